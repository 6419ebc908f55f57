//! What a number counts and the verb that governs it, read from the words of its clause.
//!
//! There is no tokeniser here: the words of the dictionaries (verbs, fillers, stops, and nouns that hold one of these) cut a
//! clause, and what lies between them is a noun.

use super::phrase::{Phrase, is_han};
use crate::extract::numeral::digit;
use crate::lexicon::{QuantityWords, Role};
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
    words: &'t QuantityWords,
    covered: &'t [Span<Clean>],
    /// The number before, and what was said of it.
    last: Option<(Phrase<'t>, Counted)>,
    /// Buffer for the words of a clause.
    tokens: Vec<Token>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Token {
    role: Role,
    start: usize,
    end: usize,
}

/// How far a clause is read from its number, in characters.
const REACH: usize = 48;

/// Longest noun, in characters.
const LONGEST: usize = 24;

/// Last characters of names of organisations, who act and are not counted.
const ACTORS: &str = "会司部处院局厅盟心团校室组者方";

impl<'t> Clause<'t> {
    pub fn new(chars: &'t [char], words: &'t QuantityWords, covered: &'t [Span<Clean>]) -> Self {
        Clause { chars, words, covered, last: None, tokens: Vec::new() }
    }

    /// What `phrase` counts.
    pub fn counted(&mut self, phrase: &Phrase<'t>) -> Counted {
        let mut counted = self.read(phrase);
        if phrase.kind == QuantityKind::Ordinal {
            counted.action = None;
        }
        self.last = Some((phrase.clone(), counted));
        counted
    }

    fn read(&mut self, phrase: &Phrase<'t>) -> Counted {
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

    /// The noun and the verb behind a number: `86家企业参展`.
    fn behind(&mut self, phrase: &Phrase<'t>) -> Counted {
        let mut start = phrase.span.end();
        let share = phrase.kind == QuantityKind::Percent;
        if share && self.chars.get(start) == Some(&'的') {
            start += 1;
        }
        let limit = self.chars.len().min(start + LONGEST);
        let end = (start..limit).find(|&at| self.bounds_clause(at) || self.chars[at].is_ascii_digit()).unwrap_or(limit);
        self.cut(start, end);
        let mut object = None;
        let mut words = self.tokens.iter().peekable();
        let nominal = |token: &&&Token| match token.role {
            Role::Noun | Role::Lead => true,
            // 专家学者和企业代表: two nouns before the verb.
            Role::Link => {
                token.start > start && self.tokens.iter().any(|t| t.start == token.end && t.role == Role::Noun)
            }
            // A verb straight behind things, not people, is a noun or part of one: 19项申请, 5项培训活动.
            Role::Action => !phrase.people && !share && token.start == start,
            _ => false,
        };
        if !matches!(phrase.kind, QuantityKind::Money | QuantityKind::Measure) {
            while let Some(token) = words.next_if(|token| nominal(&token)) {
                let begin = object.map_or(token.start, Span::start);
                object = Some(Span::new(begin, token.end));
            }
            object = object.filter(|span: &Span<Clean>| unpaired(&self.chars[span.range()]).is_none());
        }
        let passing = |token: &&Token| matches!(token.role, Role::Filler | Role::Stop);
        let action = words.find(|token| !passing(token)).filter(|token| token.role == Role::Action);
        Counted { object, action: action.map(|token| Span::new(token.start, token.end)) }
    }

    /// The noun and the verb before a number: `发展会员11家`, `会员达到365家`.
    fn before(&mut self, phrase: &Phrase<'t>) -> Counted {
        let end = phrase.span.start();
        let floor = end.saturating_sub(REACH).max(self.last.as_ref().map_or(0, |(last, _)| last.span.end()));
        let quoted = self.quoted(floor, end);
        let end = quoted.map_or(end, |span| span.start() - 1);
        let start = (floor..end).rev().find(|&at| self.bounds_clause(at)).map_or(floor, |at| at + 1);
        self.cut(start, end);
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
        let edge = |end: usize| matches!(self.words.clause.longest(self.chars, end - 1), Some((1, Role::Edge)));
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
        let span = |token: Token| Span::new(token.start, token.end);
        let run = self.run(rest);
        let action = change.and_then(|token| self.stem(span(token)));
        match run {
            [] => Counted { object: None, action },
            [head @ .., last] if last.role == Role::Action && change.is_none() => {
                // The verb itself is counted where another governs it: 开展宣贯27场.
                if let Some(governor) = governor(head) {
                    return Counted { object: Some(Span::new(governor.end, last.end)), action: Some(span(governor)) };
                }
                let subject = (run.len() > 1).then(|| Span::new(run[0].start, last.start)).filter(|s| !self.acts(*s));
                Counted { object: subject, action: Some(span(*last)) }
            }
            [first, .., last] => {
                let verb = governor(run).filter(|_| change.is_none() || first.role == Role::Action);
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
        let floor = self.last.as_ref().map_or(0, |(last, _)| last.span.end()).max(end.saturating_sub(3 * REACH));
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
            self.cut(start, end);
            if let Some(verb) = governor(&self.tokens) {
                return Some(Span::new(verb.start, verb.end));
            }
            end = start;
        }
        None
    }

    /// The verb of the number before, where 、 joins the two: 召开理事会1次、常务理事会3次.
    fn listed(&self, phrase: &Phrase<'t>) -> Option<Span<Clean>> {
        let (last, counted) = self.last.as_ref()?;
        let between = self.chars.get(last.span.end()..phrase.span.start())?;
        let list = between.first() == Some(&'、') || between.last() == Some(&'、');
        let one_clause =
            between.len() <= REACH && !between.iter().any(|c| matches!(c, ',' | '。' | ';' | '\n' | '!' | '?'));
        counted.action.filter(|_| list && one_clause)
    }

    /// The words before a comparison (比上年, 较110年的): what is compared stands before it.
    fn uncompared(&self) -> &[Token] {
        let compares =
            |t: &Token| t.role == Role::Stop && matches!(self.chars[t.start], '比' | '较') && t.end == t.start + 1;
        self.tokens.iter().rposition(compares).map_or(&self.tokens[..], |at| &self.tokens[..at])
    }

    /// The nouns and verbs at the end of `tokens`, without what leads them.
    fn run<'a>(&self, tokens: &'a [Token]) -> &'a [Token] {
        let inside = |t: &&Token| matches!(t.role, Role::Noun | Role::Action | Role::Link | Role::Lead);
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

    /// A clause that names nothing goes on about what the last number of its sentence counted: 立项14项、发布5项.
    fn inherited(&self, phrase: &Phrase<'t>) -> Option<Span<Clean>> {
        let (last, counted) = self.last.as_ref()?;
        let object = counted.object?;
        let unit = |phrase: &Phrase<'t>| phrase.unit.map(|span| &self.chars[span.range()]);
        let times = |phrase: &Phrase<'t>| unit(phrase).is_some_and(|unit| *unit == ['倍']);
        let alike = unit(last) == unit(phrase) || phrase.kind == QuantityKind::Percent || times(phrase);
        let between = &self.chars[last.span.end().min(phrase.span.start())..phrase.span.start()];
        let one_sentence =
            between.len() <= REACH && !between.iter().any(|c| matches!(c, '。' | '!' | '?' | '\n' | ';'));
        let silent = self.uncompared().iter().all(|t| t.role != Role::Noun);
        (alike && one_sentence && silent).then_some(object)
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

    /// Cuts `start..end` into words.
    fn cut(&mut self, start: usize, end: usize) {
        self.tokens.clear();
        let mut at = start;
        while at < end {
            if let Some(date) = self.date_at(at) {
                self.push(Role::Filler, at, date.min(end));
                at = date.min(end).max(at + 1);
                continue;
            }
            let (length, role) = match self.words.clause.longest_where(self.chars, at, |length, _| at + length <= end) {
                Some((length, role)) => (length, self.role_at(at, length, *role, end)),
                None => (1, Role::Noun),
            };
            self.push(role, at, at + length);
            at += length;
        }
    }

    /// The role of a word at its place: a single character is one of these words only where the words beside it say so.
    fn role_at(&self, at: usize, length: usize, role: Role, end: usize) -> Role {
        let last = at + length == end;
        let after_noun = self.tokens.last().is_some_and(|t| t.role == Role::Noun);
        match role {
            Role::Modifier => {
                let next = self.words.clause.longest(self.chars, at + length).map(|(_, role)| *role);
                if !last && matches!(next, None | Some(Role::Noun)) { Role::Noun } else { Role::Action }
            }
            role if length > 1 => role,
            Role::Edge if last => Role::Stop,
            Role::Edge => Role::Noun,
            // 有, 是, 为 before the number tell how many; elsewhere they end a noun.
            Role::Change if matches!(self.chars[at], '有' | '是' | '为') => {
                if last {
                    Role::Change
                } else {
                    Role::Stop
                }
            }
            Role::Change if !last => Role::Noun,
            Role::Action if after_noun && !last => Role::Noun,
            Role::Filler if after_noun && !last && !matches!(self.chars[at], '了' | '已' | '将' | '仅') => {
                let next = self.words.clause.longest(self.chars, at + 1).map(|(_, role)| *role);
                if matches!(next, Some(Role::Action | Role::Change | Role::Filler)) { Role::Filler } else { Role::Noun }
            }
            role => role,
        }
    }

    /// Adds a word; nouns that touch are one.
    fn push(&mut self, role: Role, start: usize, end: usize) {
        match self.tokens.last_mut() {
            Some(last) if last.role == Role::Noun && role == Role::Noun => last.end = end,
            _ => self.tokens.push(Token { role, start, end }),
        }
    }

    /// End of the date that stands at `at`.
    fn date_at(&self, at: usize) -> Option<usize> {
        let found = self.covered.partition_point(|span| span.end() <= at);
        self.covered.get(found).filter(|span| span.start() <= at).map(|span| span.end())
    }
}

/// The verb that governs what follows it: the last of the first verbs that stand together (组织编写教材).
fn governor(run: &[Token]) -> Option<Token> {
    let verbs = run.iter().skip_while(|t| t.role != Role::Action).take_while(|t| t.role == Role::Action);
    verbs.last().copied()
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
