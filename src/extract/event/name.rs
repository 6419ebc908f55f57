//! Where the name of an event begins and ends.
//!
//! A head noun (论坛, forum) ends a name. The name begins with the quotation mark before it, or where the words before
//! the head no longer belong to it: at a verb of holding, a preposition, punctuation, a count. Within that stretch an
//! edition or a leading year marks the first word; an organisation right before it belongs to the name.

use crate::lexicon::{EventHead, EventNeeds, Sign};
use crate::model::{Clean, DateKind, EventKind, OrganisationForm, Span, Token};

use super::EventName;
use super::edition::Counts;
use super::view::{View, closing_quote};

/// Longest name, in characters.
const LONGEST: usize = 60;

/// Words that count events, and the ends of numbers before them.
const MEASURES: &[char] = &['场', '次', '期', '个', '项', '届', '余', '多', '家', '名', '位'];

/// Names in order; none overlaps another.
pub(super) fn find(view: &View<'_>) -> Vec<EventName> {
    let mut found: Vec<EventName> = Vec::new();
    let heads = &view.words.heads;
    for at in view.places.all(Sign::EventHead) {
        let end = at + 1;
        let Some((length, &head)) = heads.longest(view.chars, end) else { continue };
        let Some(name) = (Candidate { view, head, start: end - length, end }).name(&found) else { continue };
        while found.last().is_some_and(|last| name.span.contains(last.span)) {
            found.pop();
        }
        if found.last().is_none_or(|last| !last.span.overlaps(name.span)) {
            found.push(name);
        }
    }
    found
}

/// A head noun in the text.
struct Candidate<'v, 't> {
    view: &'v View<'t>,
    head: EventHead,
    start: usize,
    end: usize,
}

/// What tells an event from others of its kind.
#[derive(Clone, Copy, Debug, Default)]
struct Evidence {
    year: bool,
    term: bool,
    session: bool,
    /// Characters of words that say what it is about.
    topic: usize,
    /// Words stand between the edition and the head, common ones included.
    words: bool,
    /// An organisation stands in the name.
    owner: bool,
    /// The name begins with 全国 (national) and goes on behind it.
    national: bool,
}

impl Candidate<'_, '_> {
    fn name(&self, before: &[EventName]) -> Option<EventName> {
        let view = self.view;
        if !self.ends_word() || self.is_part_of_other() {
            return None;
        }
        if let Some(name) = self.quoted() {
            return Some(name);
        }
        let inside_word = self.end - self.start == 1 && !view.is_boundary(self.start);
        if inside_word || view.words.behind.contains(view.word_after(self.end)) {
            return None;
        }
        let edge = self.left_edge(before);
        let start = self.first_word(edge);
        if self.takes_quotation()
            && let Some(quotation) = self.leading_quotation(start)
        {
            return Some(self.named(Span::new(quotation.start() + 1, quotation.end() - 1)));
        }
        if self.is_counted_behind() {
            return None;
        }
        let bare = self.head.needs == EventNeeds::Nothing || !self.editions(start).is_empty();
        if (start < self.start || bare) && self.suffices(self.evidence(start), edge) {
            return Some(self.named(Span::new(start, self.right_edge())));
        }
        // 甲展与技术周: what names nothing by itself is the second half of the name before it
        let joint = edge.checked_sub(1).filter(|at| view.chars[*at] == '与')?;
        let first = before.last().filter(|name| name.span.end() == joint && name.edition.is_some())?;
        Some(self.named(Span::new(first.span.start(), self.right_edge())))
    }

    /// The head ends a word, whatever the dictionary makes of 暨 (together with) and what follows it, and of the 会上
    /// (at the meeting) in 年会上.
    fn ends_word(&self) -> bool {
        let view = self.view;
        let crossing = view.tokens.get(view.token_at(self.end)).filter(|token| token.span.start() < self.end);
        let Some(crossing) = crossing else { return true };
        view.chars[self.end] == '暨' || matches!(view.text.slice(crossing.span), "会上" | "会前" | "会后")
    }

    /// A common noun behind a quotation (活动, activity) is no part of the name.
    fn takes_quotation(&self) -> bool {
        matches!(self.head.needs, EventNeeds::Phrase | EventNeeds::Quotes)
            || matches!(self.head.kind, EventKind::Exhibition | EventKind::Other)
    }

    fn named(&self, span: Span<Clean>) -> EventName {
        EventName { span, kind: self.head.kind, edition: self.edition_text(span) }
    }

    /// Inside a title in 《》, or inside the name of an organisation that goes on behind it or ends with it.
    fn is_part_of_other(&self) -> bool {
        let organisation = self.view.organisation_at(self.end - 1);
        View::holding(&self.view.titles, self.start).is_some()
            || organisation.is_some_and(|m| {
                let run_together = self.view.chars[m.span.range()].contains(&'暨');
                !run_together && (m.span.start() < self.start || m.span.end() > self.end)
            })
    }

    /// The whole of a quotation that ends with the head.
    fn quoted(&self) -> Option<EventName> {
        const SHORTEST: usize = 3;
        let quotation = View::holding(&self.view.quotations, self.start)?;
        let end = self.right_edge();
        let span = Span::new(quotation.start() + 1, quotation.end() - 1);
        let is_name = !self.view.chars[span.range()].iter().any(|c| matches!(c, '。' | ';' | '!' | '?'));
        (end == span.end() && span.len() >= SHORTEST && self.start > span.start() && is_name).then(|| self.named(span))
    }

    /// Behind brackets that hold a Latin name (SPS 2024), else behind the head.
    fn right_edge(&self) -> usize {
        const LONGEST_NOTE: usize = 16;
        let chars = self.view.chars;
        if chars.get(self.end) != Some(&'(') {
            return self.end;
        }
        let note = chars[self.end + 1..].iter().take(LONGEST_NOTE).position(|c| matches!(c, ')' | '\n'));
        let Some(length) = note else { return self.end };
        let note = &chars[self.end + 1..self.end + 1 + length];
        let latin = note.iter().any(|c| c.is_ascii_alphabetic());
        if latin && !note.contains(&'称') && chars[self.end + 1 + length] == ')' {
            self.end + length + 2
        } else {
            self.end
        }
    }

    /// 座谈会3场, 对接会不少于6场: the noun is counted and names none.
    fn is_counted_behind(&self) -> bool {
        const NEAR: usize = 8;
        let rest = &self.view.chars[self.end..(self.end + NEAR).min(self.view.chars.len())];
        let ends = |c: &char| matches!(c, ',' | ';' | '。' | '、' | '\n' | ')' | '”' | '」' | '这' | '第');
        let clause = &rest[..rest.iter().position(ends).unwrap_or(rest.len())];
        let Some(digit) = clause.iter().position(|c| is_number(*c)) else { return false };
        let behind = clause[digit..].iter().find(|c| !is_number(**c) && !matches!(c, '余' | '多'));
        digit <= 4 && matches!(behind, Some('场' | '次' | '期' | '个'))
    }

    /// 1次分支机构工作会议, 两项大赛: the noun is counted and names none.
    fn is_counted_before(&self, edge: usize) -> bool {
        let measure = edge.checked_sub(1).map(|at| self.view.chars[at]);
        let number = edge.checked_sub(2).map(|at| self.view.chars[at]);
        measure.is_some_and(|c| MEASURES.contains(&c)) && number.is_some_and(is_number)
    }

    /// Where the words before the head stop belonging to it.
    fn left_edge(&self, before: &[EventName]) -> usize {
        let view = self.view;
        let lowest = self.end.saturating_sub(LONGEST);
        let mut at = self.start;
        while at > lowest {
            let Some(next) = self.step(at, before) else { break };
            if next < lowest {
                break;
            }
            at = next;
        }
        // a list of topics (甲、乙座谈会) reaches to the verb before it
        if at.checked_sub(1).is_some_and(|mark| view.chars[mark] == '、') {
            let mut wider = at - 1;
            while wider > lowest && before.last().is_none_or(|name| name.span.end() < wider) {
                match self.step(wider, before) {
                    Some(next) => wider = next,
                    None => break,
                }
            }
            let held = view.token_before(wider).is_some_and(|token| {
                let word = view.text.slice(token.span);
                word == "了" || view.words.hold.contains(word) || view.words.organising.contains(word)
            });
            if held
                && wider + 1 < at
                && at < self.start
                && !self.view.chars[wider..at].iter().any(|c| matches!(c, '会' | '赛' | '坛' | '班'))
            {
                at = wider;
            }
        }
        at
    }

    /// One word further to the left; `None` where the name can't go on.
    fn step(&self, at: usize, before: &[EventName]) -> Option<usize> {
        let view = self.view;
        let last = at.checked_sub(1)?;
        let edition = view.editions.partition_point(|e| e.span.end() < at);
        if let Some(edition) = view.editions.get(edition).filter(|e| e.span.end() == at) {
            return Some(edition.span.start());
        }
        match view.chars[last] {
            '”' | '」' | '』' => {
                let quotation = View::holding(&view.quotations, last)?;
                let is_event = before.last().is_some_and(|name| quotation.contains(name.span));
                return (!is_event).then_some(quotation.start());
            }
            ')' => return bracket(view, last),
            ' ' => {
                let latin = |at: usize| view.chars.get(at).is_some_and(char::is_ascii_alphanumeric);
                return (latin(at) && latin(last.checked_sub(1)?)).then_some(last);
            }
            '\n' => return None,
            _ => {}
        }
        let date = view.dates.partition_point(|d| d.span.end() <= last);
        if let Some(date) = view.dates.get(date).filter(|d| d.span.start() <= last) {
            let jubilee = date.kind == DateKind::Duration && view.text.slice(date.span).ends_with("周年");
            return jubilee.then_some(date.span.start());
        }
        let token = view.token_before(at)?;
        let word = view.text.slice(token.span);
        if word.starts_with('暨') && at > token.span.start() + 1 {
            return Some(token.span.start() + 1);
        }
        let word = if view.chars[last] == '暨' { "暨" } else { word };
        if matches!(word, "和" | "与" | "及" | "暨") {
            let joined = ends_at(before, at - 1);
            let edition = view.editions.partition_point(|e| e.span.start() < at);
            let term = view.editions.get(edition).filter(|e| e.span.start() == at && e.counts == Counts::Term);
            let owner = view.organisations.partition_point(|m| m.span.end() <= at);
            let named = view.organisations.get(owner).is_some_and(|m| m.span.end() <= self.start);
            // 某会成立30周年纪念大会 says itself whose it is
            let founded = view.slice(at, self.start).find("成立").is_some_and(|byte| byte > 0);
            let own = term.is_some() || named || founded;
            return (!joined || word == "暨" && !own).then_some(at - 1);
        }
        (!self.is_stop(token, word, at)).then_some(token.span.start())
    }

    fn is_stop(&self, token: Token, word: &str, at: usize) -> bool {
        let view = self.view;
        if view.organisation_at(token.span.start()).is_some() {
            return false;
        }
        if view.words.stops.contains(word) {
            return true;
        }
        let latin = |at: Option<usize>| {
            at.and_then(|at| view.chars.get(at))
                .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'))
        };
        let pos = token.pos.as_str();
        match pos.as_bytes().first() {
            Some(b'p' | b'u' | b'r' | b'd' | b'y' | b'c') => true,
            Some(b'm') => {
                let measured = view.words.stops.contains(view.word_after(at)) || word.ends_with(MEASURES);
                let digits = word.chars().all(|c| c.is_ascii_digit());
                measured || digits && !(latin(Some(at)) || latin(token.span.start().checked_sub(1)))
            }
            _ => !word.chars().all(|c| is_letter(c) || matches!(c, '+' | '-' | '·' | '×' | '/' | '&' | '.')),
        }
    }

    /// The first word of the name in what stands between `edge` and the head.
    fn first_word(&self, edge: usize) -> usize {
        let view = self.view;
        let start = self.trimmed(edge);
        let Some(edition) = self.editions(start).first().map(|e| e.span.start()) else {
            let whole = view.tokens[view.token_at(start)..].iter().take_while(|t| t.span.end() <= self.start);
            let nation = whole.filter(|t| view.text.slice(t.span) == "全国").last();
            return nation.map_or(start, |token| token.span.start());
        };
        if edition == start {
            return start;
        }
        if matches!(view.chars[edition - 1], '会' | '盟') && edition - start >= 3 {
            return start;
        }
        if let Some(organisation) = view.organisation_before(edition) {
            let own = organisation.form != OrganisationForm::Generic && organisation.span.start() >= start;
            return if own { organisation.span.start() } else { edition };
        }
        let word = view.token_before(edition).map_or("", |token| view.text.slice(token.span));
        let quoted = View::holding(&view.quotations, edition - 1).is_some();
        let place = matches!(word, "全国" | "中国" | "国际" | "杯") || word.ends_with(['省', '市']) && word.len() > 3;
        if quoted || place { start } else { edition }
    }

    /// Without the joining words and the noun for the publisher that lead it.
    fn trimmed(&self, edge: usize) -> usize {
        let view = self.view;
        let mut start = edge;
        while start < self.start {
            let word = view.word_after(start);
            let generic = view.organisation_at(start).filter(|m| m.span.start() == start);
            let generic = generic.filter(|m| m.form == OrganisationForm::Generic && m.span.end() <= self.start);
            if let Some(noun) = generic {
                let founded = view.word_after(noun.span.end()) == "成立" && self.start > noun.span.end();
                if founded {
                    break;
                }
                start = noun.span.end();
            } else if matches!(word, "和" | "与" | "及" | "暨")
                || matches!(view.chars[start], '、' | ' ' | '-' | '/' | '.' | '+')
            {
                start += 1;
            } else {
                break;
            }
        }
        start
    }

    fn editions(&self, start: usize) -> &[super::edition::Edition] {
        let all = &self.view.editions;
        let from = all.partition_point(|e| e.span.start() < start);
        let to = all.partition_point(|e| e.span.end() <= self.end);
        all.get(from..to).unwrap_or_default()
    }

    fn evidence(&self, start: usize) -> Evidence {
        let view = self.view;
        let mut evidence = Evidence::default();
        for edition in self.editions(start) {
            match edition.counts {
                Counts::Year => evidence.year = true,
                Counts::Term => evidence.term = true,
                Counts::Session => evidence.session = true,
            }
        }
        let editions = self.editions(start);
        evidence.national = view.word_after(start) == "全国" && start + 2 < self.start;
        for token in &view.tokens[view.token_at(start)..] {
            if token.span.start() >= self.start {
                break;
            }
            let end = token.span.end().min(self.start);
            let word = view.slice(token.span.start(), end);
            if editions.iter().any(|e| e.span.overlaps(token.span)) {
                continue;
            }
            evidence.words = true;
            if self.is_generic(word) {
                continue;
            }
            if view.organisation_at(token.span.start()).is_some_and(|m| m.span.end() <= self.start) {
                evidence.owner = true;
                continue;
            }
            evidence.topic += view.chars[token.span.start()..end].iter().filter(|c| is_letter(**c)).count();
        }
        evidence
    }

    /// A common word, or two of them run together.
    fn is_generic(&self, word: &str) -> bool {
        let generic = &self.view.words.generic;
        let parts = || word.char_indices().skip(1).map(|(at, _)| word.split_at(at));
        generic.contains(word) || parts().any(|(first, second)| generic.contains(first) && generic.contains(second))
    }

    fn suffices(&self, evidence: Evidence, edge: usize) -> bool {
        let view = self.view;
        let Evidence { year, term, session, topic, words, owner, national } = evidence;
        match self.head.needs {
            EventNeeds::Quotes => false,
            EventNeeds::Session => session,
            EventNeeds::Edition => term || (session || year) && (topic > 0 || self.end - self.start > 2),
            EventNeeds::Nothing => true,
            EventNeeds::Topic => {
                term || session && words
                    || year && topic > 0
                    || (topic >= 2 || owner || national) && !self.is_counted_before(edge)
            }
            EventNeeds::Phrase => {
                const LEAST: usize = 4;
                let word = view.token_before(edge).map_or("", |token| view.text.slice(token.span));
                let held = view.words.hold.contains(word) || matches!(word, "、" | "和" | "了" | "," | "好");
                let ends =
                    view.chars.get(self.end).is_none_or(|c| matches!(c, ',' | '。' | ';' | '、' | '\n' | '!' | '('));
                let next = view.word_after(self.end);
                let ends = ends || matches!(next, "等" | "和" | "及") || view.words.stops.contains(next);
                (term || session || topic >= LEAST) && held && ends
            }
        }
    }

    /// A quotation at `start` that names the event, the common noun behind it left out: “机器人进校园”活动.
    fn leading_quotation(&self, start: usize) -> Option<Span<Clean>> {
        let view = self.view;
        closing_quote(*view.chars.get(start)?)?;
        let quotation = View::holding(&view.quotations, start).filter(|q| q.end() <= self.start)?;
        let between = view.slice(quotation.end(), self.end);
        let cup = view.chars[quotation.end() - 2] == '杯';
        (between.chars().count() <= 6 && !between.contains("系列") && !cup && quotation.len() > 4).then_some(quotation)
    }

    /// The editions in a name, as written.
    fn edition_text(&self, span: Span<Clean>) -> Option<String> {
        let inside = self.editions(span.start());
        let first = inside.first()?;
        let mut end = first.span.end();
        for next in &inside[1..] {
            if next.span.start() != end {
                break;
            }
            end = next.span.end();
        }
        Some(self.view.slice(first.span.start(), end).trim_end_matches(['年', '度']).to_owned())
    }
}

/// A name ends at `end`.
fn ends_at(names: &[EventName], end: usize) -> bool {
    let near = names.partition_point(|name| name.span.end() < end);
    names.get(near).is_some_and(|name| name.span.end() == end)
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' | '两')
        || matches!(c, '几' | '数' | '多')
}

/// A letter or a digit of any script; most are Chinese, which are told at once.
fn is_letter(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || c.is_alphanumeric()
}

/// The start of the brackets that end at `close`, unless they say how something is called.
fn bracket(view: &View<'_>, close: usize) -> Option<usize> {
    const LONGEST_NOTE: usize = 10;
    let lowest = close.saturating_sub(LONGEST_NOTE);
    let open = (lowest..close).rev().find(|at| matches!(view.chars[*at], '(' | ')' | '\n'))?;
    let note = &view.chars[open + 1..close];
    (view.chars[open] == '(' && !note.contains(&'称') && note.len() > 1).then_some(open)
}
