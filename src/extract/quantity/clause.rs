//! What a number counts and the verb that governs it, read from the words of its clause.
//!
//! There is no tokeniser here: the words of the dictionaries (verbs, fillers, stops, and nouns that hold one of these) cut a
//! clause, and what lies between them is a noun.

use std::collections::VecDeque;

use super::cut::{Cutter, Part, Side, Sources};
use super::phrase::{Phrase, is_han};
use super::table::Tables;
use crate::extract::numeral::digit;
use crate::lexicon::Role;
use crate::model::{Clean, QuantityKind, Span};

/// What the clause says of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counted {
    pub object: Option<Span<Clean>>,
    pub action: Option<Span<Clean>>,
}

/// Reads clauses of a text; asked for its numbers in order.
pub(super) struct Clause<'t> {
    chars: &'t [char],
    last: Option<Last>,
    /// The words of the clause in hand.
    cutter: Cutter<'t>,
    tables: Tables<'t>,
    memory: Memory,
}

/// The number before, and what was said of it.
#[derive(Clone, Copy, Debug)]
struct Last {
    span: Span<Clean>,
    unit: Option<Span<Clean>>,
    counted: Counted,
}

/// What the units of the last numbers counted.
#[derive(Debug, Default)]
struct Memory {
    /// Unit, object, end of the number.
    last: VecDeque<(Span<Clean>, Span<Clean>, usize)>,
}

impl Memory {
    const NUMBERS: usize = 6;

    /// How far back a number is remembered, in characters.
    const REACH: usize = 100;

    fn remember(&mut self, chars: &[char], unit: Span<Clean>, object: Span<Clean>, end: usize) {
        match self.place_of(chars, unit) {
            Some(told) => drop(self.last.remove(told)),
            None => self.last.truncate(Self::NUMBERS - 1),
        }
        self.last.push_front((unit, object, end));
    }

    fn place_of(&self, chars: &[char], unit: Span<Clean>) -> Option<usize> {
        let wanted = &chars[unit.range()];
        self.last.iter().position(|(known, ..)| known.len() == wanted.len() && chars[known.range()] == *wanted)
    }

    /// What a number of the same unit counted before, in the same paragraph.
    fn recall(&self, chars: &[char], unit: Span<Clean>, start: usize) -> Option<Span<Clean>> {
        let (_, object, end) = self.last[self.place_of(chars, unit)?];
        let between = chars.get(end..start).filter(|between| between.len() <= Self::REACH)?;
        (!between.contains(&'\n')).then_some(object)
    }
}

/// How far a clause is read from its number, in characters.
const REACH: usize = 48;

/// Longest noun, in characters.
const LONGEST: usize = 24;

/// Longest label before a colon (会员单位:86家), in characters.
const LABEL: usize = 12;

/// Longest word in quotation marks that tells a kind instead of a name, in characters.
const CALLED: usize = 5;

/// Last characters of nouns for those that 家 and 名 count, who may be told apart by a verb: 28家申报企业 (applicants).
const ACTING: [(char, &str); 3] = [('家', "业位司构校店商员户厂"), ('名', "员手生师者表"), ('位', "员手生师者表")];

/// Last characters of names of organisations, who act and are not counted.
const ACTORS: &str = "会司部处院局厅盟心团校室组者方";

impl<'t> Clause<'t> {
    pub fn new(sources: Sources<'t>) -> Self {
        let tables = Tables::new(sources.chars, sources.covered);
        Clause { chars: sources.chars, last: None, cutter: Cutter::new(sources), tables, memory: Memory::default() }
    }

    /// What `phrase` counts.
    pub fn counted(&mut self, phrase: &Phrase<'t>) -> Counted {
        let mut counted = self.read(phrase);
        if phrase.kind == QuantityKind::Ordinal {
            counted.action = None;
        }
        // 首次超过三成: the first time is no number of its own in its clause.
        if self.chars[phrase.span.start()] != '首' {
            self.last = Some(Last { span: phrase.span, unit: phrase.unit, counted });
        }
        if let (Some(unit), Some(object)) = (phrase.unit, counted.object) {
            self.memory.remember(self.chars, unit, object, phrase.span.end());
        }
        counted
    }

    fn read(&mut self, phrase: &Phrase<'t>) -> Counted {
        if let Some(cell) = self.tables.name_of(phrase.span).filter(|_| phrase.kind != QuantityKind::Ordinal) {
            return self.labelled(cell, phrase);
        }
        let after = self.behind(phrase);
        if phrase.kind == QuantityKind::Ordinal {
            // 二届三次: a term counts no sessions.
            let object = after.object.filter(|span| digit(self.chars[span.start()]).is_none());
            return Counted { object, ..after };
        }
        let before = self.before(phrase);
        // 有420名代表参加: 有 only says that they are there; the verb behind tells what they do.
        let exists = before.action.is_some_and(|span| self.chars[span.range()] == ['有']) && after.object.is_some();
        let action = match after.action {
            Some(action) if exists => Some(action),
            found => before.action.or_else(|| self.listed(phrase)).or(found),
        };
        if after.object.is_some() {
            return Counted { object: after.object.and_then(|span| self.trimmed(span, phrase)), action };
        }
        Counted { object: before.object.or_else(|| self.inherited(phrase)), action }
    }

    /// What a heading or label says: `发布团体标准`, `会员总数`.
    fn labelled(&mut self, cell: Span<Clean>, phrase: &Phrase<'t>) -> Counted {
        self.cutter.cut(cell.start(), cell.end(), Side::Before);
        let said = self.governed(phrase);
        let object = said.object.and_then(|span| self.trimmed(span, phrase));
        Counted { object, ..said }
    }

    /// The noun and the verb behind a number: `86家企业参展`.
    fn behind(&mut self, phrase: &Phrase<'t>) -> Counted {
        let mut start = phrase.span.end();
        let share =
            phrase.kind == QuantityKind::Percent || phrase.kind == QuantityKind::Measure && phrase.unit.is_none();
        if share && self.chars.get(start) == Some(&'的') {
            start += 1;
        }
        // 5人“工匠”称号: people are given what is quoted, they are none of it.
        let quoted = self.quotation_at(start);
        if quoted.is_some() && phrase.people {
            return Counted::default();
        }
        start = quoted.map_or(start, |span| span.end() + 1);
        let limit = self.chars.len().min(start + LONGEST);
        let end = (start..limit).find(|&at| self.bounds_clause(at) || self.chars[at].is_ascii_digit()).unwrap_or(limit);
        let end = self.quotation_behind(start, end);
        self.cutter.cut(start, end, Side::Behind);
        let mut object = None;
        let mut words = self.cutter.parts.iter().peekable();
        let nominal = |token: &&&Part| match token.role {
            Role::Noun | Role::Lead => true,
            // 专家学者和企业代表: two nouns before the verb.
            Role::Link => {
                token.start > start
                    && self
                        .cutter
                        .parts
                        .iter()
                        .any(|t| t.start == token.end && matches!(t.role, Role::Noun | Role::Lead))
            }
            // A verb straight behind things, not people, is a noun or part of one: 19项申请, 5项培训活动.
            Role::Action if token.start == start => {
                // 3次获评: a verb that tells what one got is no noun.
                let got = matches!(self.chars[start], '获' | '荣' | '当');
                !phrase.people && !share && !got || phrase.people && self.is_told_apart(phrase, token.end)
            }
            _ => false,
        };
        if share || !matches!(phrase.kind, QuantityKind::Money | QuantityKind::Measure) {
            while let Some(token) = words.next_if(|token| nominal(&token)) {
                let begin = object.map_or(token.start, Span::start);
                object = Some(Span::new(begin, token.end));
            }
            object = object.filter(|span: &Span<Clean>| unpaired(&self.chars[span.range()]).is_none()).or(quoted);
        }
        let passing = |token: &&Part| matches!(token.role, Role::Filler | Role::Stop);
        let action = words.find(|token| !passing(token)).filter(|token| token.role == Role::Action);
        Counted { object, action: action.map(|token| Span::new(token.start, token.end)) }
    }

    /// The noun and the verb before a number: `发展会员11家`, `会员达到365家`.
    fn before(&mut self, phrase: &Phrase<'t>) -> Counted {
        let end = phrase.span.start();
        let floor = end.saturating_sub(REACH).max(self.last.map_or(0, |last| last.span.end()));
        let quoted = self.quoted(floor, end);
        let end = quoted.map_or(end, |span| span.start() - 1);
        let colon = end.checked_sub(1).filter(|&at| at > floor && self.chars[at] == ':');
        let end = colon.unwrap_or(end);
        let start = (floor..end).rev().find(|&at| self.bounds_clause(at)).map_or(floor, |at| at + 1);
        if colon.is_some() && end - start > LABEL {
            return Counted::default();
        }
        self.cutter.cut(start, end, Side::Before);
        let mut counted = self.governed(phrase);
        if counted.action.is_none() {
            counted.action = self.enumerated(start);
        }
        if let Some(quoted) = quoted {
            counted.object = Some(quoted);
        }
        counted.object =
            counted.object.filter(|span| span.len() <= LONGEST).and_then(|span| self.trimmed(span, phrase));
        counted
    }

    /// Without 中, 等 behind the noun, and without 产量, 销量 where things are counted.
    fn trimmed(&self, span: Span<Clean>, phrase: &Phrase<'t>) -> Option<Span<Clean>> {
        let (mut start, mut end) = (span.start(), span.end());
        // Half of a quotation is no noun: what stands behind its mark is.
        while let Some(mark) = unpaired(&self.chars[start..end]) {
            start += mark + 1;
        }
        // “机器人进校园”活动12场: activities are counted, not what they are called; “专精特新”企业 is a kind.
        if let Some(mark) = self.chars[start..end].iter().rposition(|c| *c == '”')
            && mark > CALLED
            && start + mark + 1 < end
        {
            start += mark + 1;
        }
        let edge =
            |end: usize| matches!(self.cutter.sources.words.clause.longest(self.chars, end - 1), Some((1, Role::Edge)));
        while end > start && edge(end) {
            end -= 1;
        }
        let amount = end.saturating_sub(2);
        if phrase.kind == QuantityKind::Cardinal
            && amount > start
            && matches!(self.chars[amount..end], ['产' | '销', '量'])
        {
            end = amount;
        }
        (end > start).then(|| Span::new(start, end))
    }

    /// The words before a number, read from it backwards.
    fn governed(&self, phrase: &Phrase<'t>) -> Counted {
        let share = matches!(phrase.kind, QuantityKind::Percent);
        let mut rest = self.uncompared();
        let mut change = None;
        while let Some((last, head)) = rest.split_last() {
            match last.role {
                Role::Filler => {}
                Role::Change if change.is_none() => change = Some(*last),
                // 会员由41家: the noun stands before the preposition; 占总收入的八成, 由去年的60家: before 的.
                Role::Stop if matches!(self.chars[last.start], '由' | '从' | '自' | '已' | '均' | '共' | '在') =>
                    {}
                Role::Stop
                    if self.chars[last.start] == '的'
                        && (share || head.last().is_some_and(|t| t.role == Role::Filler)) => {}
                _ => break,
            }
            rest = head;
        }
        let span = |token: Part| Span::new(token.start, token.end);
        let run = self.run(rest);
        let action = change.and_then(|token| self.stem(span(token)));
        match run {
            [] => Counted { object: None, action },
            [head @ .., last] if last.role == Role::Action && change.is_none() => {
                // The verb itself is counted where another governs it: 开展宣贯27场.
                if let Some(governor) = self.governor(head) {
                    return Counted { object: Some(Span::new(governor.end, last.end)), action: Some(span(governor)) };
                }
                let subject = (run.len() > 1).then(|| Span::new(run[0].start, last.start)).filter(|s| !self.acts(*s));
                Counted { object: subject, action: Some(span(*last)) }
            }
            [first, .., last] => {
                // 创新大赛恢复到100支: with a verb that tells how many, another is known to be one or part of the noun.
                let governs = change.is_none() || first.role == Role::Action && !first.guessed;
                let verb = self.governor(run).filter(|_| governs);
                match verb {
                    Some(verb) if verb.end < last.end => {
                        Counted { object: Some(Span::new(verb.end, last.end)), action: Some(span(verb)) }
                    }
                    _ => {
                        let link = run.iter().rposition(|t| t.role == Role::Link).map_or(first.start, |at| run[at].end);
                        Counted { object: Some(Span::new(link, last.end)), action }
                    }
                }
            }
            [one] => Counted { object: Some(span(*one)), action },
        }
    }

    /// The verb without the preposition that leads to its result (增加到), none for 是 and 为.
    fn stem(&self, verb: Span<Clean>) -> Option<Span<Clean>> {
        let chars = &self.chars[verb.range()];
        match chars {
            ['是' | '为'] => None,
            ['达' | '成', _] => Some(verb),
            [_, .., '到' | '至' | '为' | '了'] => Some(Span::new(verb.start(), verb.end() - 1)),
            _ => Some(verb),
        }
    }

    /// The verb before names that a number sums up, the last of which ends at `end`: 发布《甲》、《乙》等6项.
    fn enumerated(&mut self, mut end: usize) -> Option<Span<Clean>> {
        let floor = self.last.map_or(0, |last| last.span.end()).max(end.saturating_sub(3 * REACH));
        while let Some(mark) = end.checked_sub(1).filter(|at| *at >= floor) {
            let close = match self.chars[mark] {
                '》' => mark,
                '、' if mark > floor && self.chars[mark - 1] == '》' => mark - 1,
                '、' => mark,
                _ => return None,
            };
            if self.chars[close] == '》' {
                end = (floor..close).rev().find(|&at| self.chars[at] == '《')?;
                if end > floor && matches!(self.chars[end - 1], '、' | '》') {
                    continue;
                }
            } else {
                end = close;
            }
            let start = (floor..end).rev().find(|&at| self.bounds_clause(at)).map_or(floor, |at| at + 1);
            self.cutter.cut(start, end, Side::Before);
            if let Some(verb) = self.governor(&self.cutter.parts) {
                return Some(Span::new(verb.start, verb.end));
            }
            end = start;
        }
        None
    }

    /// The verb of the number before, where 、 joins the two: 召开理事会1次、常务理事会3次.
    fn listed(&self, phrase: &Phrase<'t>) -> Option<Span<Clean>> {
        let last = self.last?;
        let between = self.chars.get(last.span.end()..phrase.span.start())?;
        let joins = |c: &char| matches!(c, '、' | '和' | '及' | '与' | '并');
        let list = between.first() == Some(&'、') || between.last().is_some_and(joins);
        let one_clause =
            between.len() <= REACH && !between.iter().any(|c| matches!(c, ',' | '。' | ';' | '\n' | '!' | '?'));
        last.counted.action.filter(|_| list && one_clause)
    }

    /// The words before a comparison (比上年, 较110年的): what is compared stands before it.
    fn uncompared(&self) -> &[Part] {
        let parts = &self.cutter.parts[..];
        // 会员由成立时的32家: what is told of 由 and 从 ends with 的.
        let told = parts.last().is_some_and(|t| t.role == Role::Stop && self.chars[t.start] == '的');
        let compares = |t: &Part| {
            let mark = t.role == Role::Stop && t.end == t.start + 1;
            mark && (matches!(self.chars[t.start], '比' | '较') || told && matches!(self.chars[t.start], '由' | '从'))
        };
        parts.iter().rposition(compares).map_or(parts, |at| &parts[..at])
    }

    /// The nouns and verbs at the end of `tokens`, without what leads them.
    fn run<'a>(&self, tokens: &'a [Part]) -> &'a [Part] {
        let inside = |t: &&Part| matches!(t.role, Role::Noun | Role::Action | Role::Link | Role::Lead);
        let length = tokens.iter().rev().take_while(inside).count();
        let mut run = &tokens[tokens.len() - length..];
        while let [first, rest @ ..] = run
            && (first.role == Role::Link || first.role == Role::Lead && !rest.is_empty())
        {
            run = rest;
        }
        run
    }

    /// What is quoted right before a number.
    fn quoted(&self, floor: usize, end: usize) -> Option<Span<Clean>> {
        let close = end.checked_sub(1).filter(|&at| at >= floor && self.chars[at] == '”')?;
        let open = (floor..close)
            .rev()
            .find(|&at| matches!(self.chars[at], '“' | '”' | '\n'))
            .filter(|&at| self.chars[at] == '“')?;
        (open + 1 < close).then(|| Span::new(open + 1, close))
    }

    /// The clause cut last says that something was done or has grown, and names nothing.
    fn is_silent(&self) -> bool {
        self.uncompared().iter().all(|t| t.role != Role::Noun)
    }

    /// What stands in quotation marks at `start`.
    fn quotation_at(&self, start: usize) -> Option<Span<Clean>> {
        let rest = self.chars.get(start + 1..).filter(|_| self.chars[start] == '“')?;
        let length = rest.iter().take(REACH).take_while(|c| **c != '\n').position(|c| *c == '”')?;
        (length > 0).then(|| Span::new(start + 1, start + 1 + length))
    }

    /// The end of what stands behind a number without what is quoted in it: 35家企业“示范单位”称号.
    fn quotation_behind(&self, start: usize, end: usize) -> usize {
        (start + 1..end).find(|&at| self.chars[at] == '“').unwrap_or(end)
    }

    /// A verb that ends at `end`, straight behind `phrase`, tells those counted apart: a noun for them follows.
    fn is_told_apart(&self, phrase: &Phrase<'t>, end: usize) -> bool {
        let noun = self.cutter.parts.iter().find(|part| part.start == end && part.role == Role::Noun);
        let unit = phrase.unit.map(|unit| self.chars[unit.start()]);
        let heads = ACTING.iter().find(|(counter, _)| unit == Some(*counter)).map(|(_, heads)| *heads);
        noun.zip(heads)
            .is_some_and(|(noun, heads)| noun.end - noun.start <= 4 && heads.contains(self.chars[noun.end - 1]))
    }

    /// A clause that names nothing goes on about what the last number of its sentence counted: 立项14项、发布5项.
    fn inherited(&self, phrase: &Phrase<'t>) -> Option<Span<Clean>> {
        let recalled = || {
            let unit = phrase.unit.filter(|_| phrase.kind == QuantityKind::Cardinal)?;
            self.memory.recall(self.chars, unit, phrase.span.start())
        };
        let last = self.last?;
        if !self.is_silent() {
            return None;
        }
        let Some(object) = last.counted.object else { return recalled() };
        let written = |unit: Option<Span<Clean>>| unit.map(|span| &self.chars[span.range()]);
        let unit = written(phrase.unit);
        let times = unit.is_some_and(|unit| *unit == ['倍']);
        let alike = written(last.unit) == unit || phrase.kind == QuantityKind::Percent || times;
        let between = &self.chars[last.span.end().min(phrase.span.start())..phrase.span.start()];
        let one_sentence =
            between.len() <= REACH && !between.iter().any(|c| matches!(c, '。' | '!' | '?' | '\n' | ';'));
        let listed = *between == ['、'];
        let found = ((alike || listed) && one_sentence).then_some(object);
        found.or_else(recalled)
    }

    /// The verb that governs what follows: the first, or the one behind verbs that only lead to it (组织编写教材); another
    /// verb behind it belongs to the noun (接待来访客商).
    fn governor(&self, run: &[Part]) -> Option<Part> {
        let mut verbs = run.iter().skip_while(|t| t.role != Role::Action).take_while(|t| t.role == Role::Action);
        let leads = |part: &Part| {
            self.cutter
                .sources
                .words
                .leaders
                .longest(self.chars, part.start)
                .is_some_and(|(n, ())| part.start + n == part.end)
        };
        let mut found = *verbs.next()?;
        for verb in verbs {
            if !leads(&found) {
                break;
            }
            found = *verb;
        }
        Some(found)
    }

    /// The span names somebody who acts.
    fn acts(&self, span: Span<Clean>) -> bool {
        ACTORS.contains(self.chars[span.end() - 1])
    }

    /// A mark that ends a clause, and so a noun.
    fn bounds_clause(&self, at: usize) -> bool {
        let c = self.chars[at];
        !is_han(c) && !c.is_ascii_alphanumeric() && !matches!(c, '-' | '·' | '/' | '&' | '+' | '“' | '”')
    }
}

/// The first quotation mark without its partner.
fn unpaired(chars: &[char]) -> Option<usize> {
    let mut open = None;
    for (at, c) in chars.iter().enumerate() {
        match c {
            '“' if open.is_none() => open = Some(at),
            '”' if open.is_some() => open = None,
            '“' | '”' => return open.or(Some(at)),
            _ => {}
        }
    }
    open
}
