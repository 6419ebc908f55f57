//! The days that a text gives an event: in the clause of its name, before it or behind it, or at the head of its
//! sentence; else where the same name stands a second time.

use rustc_hash::FxHashMap;

use crate::model::{Clean, DateKind, DateMention, DateRange, Precision, Span};

use super::EventName;
use super::edition::Counts;
use super::view::View;

/// First and last day of each event, where the text gives them.
pub(super) fn find(view: &View<'_>, names: &[EventName]) -> Vec<Option<DateRange>> {
    let finder = Finder { view, names };
    let mut days: Vec<Option<DateRange>> = (0..names.len()).map(|at| finder.own(at)).collect();
    let mut told: FxHashMap<&str, DateRange> = FxHashMap::default();
    for (name, days) in names.iter().zip(&days) {
        if let Some(days) = days {
            told.entry(finder.core(name)).or_insert(*days);
        }
    }
    for (name, days) in names.iter().zip(&mut days).filter(|(_, days)| days.is_none()) {
        *days = told.get(finder.core(name)).copied();
    }
    days
}

struct Finder<'v, 't> {
    view: &'v View<'t>,
    names: &'v [EventName],
}

impl<'t> Finder<'_, 't> {
    /// The name without the organisation that leads it.
    fn core(&self, name: &EventName) -> &'t str {
        let view = self.view;
        let owner = view.organisation_at(name.span.start()).filter(|m| m.span.end() < name.span.end());
        let start = owner.map_or(name.span.start(), |m| m.span.end());
        let first = view.editions.partition_point(|e| e.span.start() < start);
        let inside = view.editions[first..].iter().take_while(|e| e.span.end() <= name.span.end());
        let start = inside.filter(|e| e.counts == Counts::Term).map(|e| e.span.start()).next().unwrap_or(start);
        let year = view.editions.partition_point(|e| e.span.start() < start);
        let year = view.editions.get(year).filter(|e| e.span.start() == start && e.counts == Counts::Year);
        view.slice(year.map_or(start, |e| e.span.end()), name.span.end())
    }

    fn own(&self, at: usize) -> Option<DateRange> {
        let (from, to) = self.listed(at);
        let to = self.behind_note(to);
        let sentence = self.view.sentence(from);
        let clause = self.clause_start(from, sentence.start());
        let date = self
            .moved(to, sentence.end())
            .or_else(|| self.before(clause, from))
            .or_else(|| self.behind(to, sentence.end()))
            .or_else(|| self.leading(clause, from, sentence.start()))
            .or_else(|| self.planned(to, sentence.end()))
            .or_else(|| self.under_title(to))
            .or_else(|| self.year_of_list(from))?;
        let date = self.postponed(date, sentence.end()).unwrap_or(date);
        Some(DateRange { from: date.from, to: date.to })
    }

    /// The first and the last character of the list of names (甲、乙和丙) that the name stands in: a list has one date.
    fn listed(&self, at: usize) -> (usize, usize) {
        let joined = |left: &EventName, right: &EventName| {
            const LONGEST_JOIN: usize = 4;
            let gap = left.span.end()..right.span.start();
            gap.len() <= LONGEST_JOIN
                && self.view.chars[gap]
                    .iter()
                    .all(|c| matches!(c, '“' | '”' | '「' | '」' | '、' | '和' | '与' | '及' | '暨'))
        };
        const LONGEST_LIST: usize = 16;
        let lowest = at.saturating_sub(LONGEST_LIST);
        let mut first = at;
        while first > lowest && joined(&self.names[first - 1], &self.names[first]) {
            first -= 1;
        }
        let mut last = at;
        while last + 1 < self.names.len()
            && last < at + LONGEST_LIST
            && joined(&self.names[last], &self.names[last + 1])
        {
            last += 1;
        }
        (self.names[first].span.start(), self.names[last].span.end())
    }

    /// Behind the closing quotation mark and the brackets that explain the name (以下简称).
    fn behind_note(&self, to: usize) -> usize {
        const LONGEST_NOTE: usize = 24;
        let chars = self.view.chars;
        let to = to + usize::from(matches!(chars.get(to), Some('”' | '」')));
        if chars.get(to) != Some(&'(') {
            return to;
        }
        let note = chars[to..].iter().take(LONGEST_NOTE).position(|c| matches!(c, ')' | '\n'));
        note.filter(|length| chars[to + length] == ')').map_or(to, |length| to + length + 1)
    }

    fn clause_start(&self, at: usize, lowest: usize) -> usize {
        let reversed = self.view.chars[lowest..at].iter().rev();
        at - reversed.take_while(|c| !ends_clause(**c)).count()
    }

    fn clause_end(&self, at: usize, highest: usize) -> usize {
        let rest = &self.view.chars[at..highest.max(at)];
        at + rest.iter().take_while(|c| !ends_clause(**c)).count()
    }

    /// Dates that begins in `from..to` and can be the day of an event.
    fn dates(&self, from: usize, to: usize) -> impl DoubleEndedIterator<Item = &'t DateMention<Clean>> + use<'_, 't> {
        let all = self.view.dates;
        let first = all.partition_point(|d| d.span.start() < from);
        let last = all.partition_point(|d| d.span.start() < to);
        all[first..last.max(first)].iter().filter(|date| self.can_be_day(date))
    }

    fn can_be_day(&self, date: &DateMention<Clean>) -> bool {
        let text = self.view.text.slice(date.span);
        let whole = date.precision == Some(Precision::Year) && (text.contains('全') || text.contains('一'));
        let deadline =
            text.ends_with('前') || self.view.slice_after(date.span.end(), 2).starts_with(['前', '截', '止']);
        matches!(date.kind, DateKind::Date | DateKind::Range)
            && date.from.is_some()
            && !whole
            && !deadline
            && !self.in_name(date.span)
    }

    fn in_name(&self, span: Span<Clean>) -> bool {
        let next = self.names.partition_point(|n| n.span.end() <= span.start());
        self.names.get(next).is_some_and(|n| n.span.overlaps(span))
    }

    /// Another name begins in the stretch.
    fn names_another(&self, from: usize, to: usize) -> bool {
        let next = self.names.partition_point(|n| n.span.start() < from);
        self.names.get(next).is_some_and(|n| n.span.start() < to)
    }

    /// 改期至7月14日: the new date of an event that was moved.
    fn moved(&self, to: usize, end: usize) -> Option<&'t DateMention<Clean>> {
        const NEAR: usize = 24;
        self.dates(to, end.min(to + NEAR)).find(|date| {
            let before = self.view.slice(date.span.start().saturating_sub(3).max(to), date.span.start());
            before.contains(['改', '延', '推']) && !self.names_another(to, date.span.start())
        })
    }

    /// 原定于9月举办。…展会延至次年5月: the day that a later sentence moves the event to.
    fn postponed(&self, once: &DateMention<Clean>, end: usize) -> Option<&'t DateMention<Clean>> {
        const ONCE: usize = 4;
        const REACH: usize = 400;
        const VERB: usize = 4;
        let start = once.span.start();
        if !self.view.slice(start.saturating_sub(ONCE), start).contains('原') {
            return None;
        }
        self.dates(end, (end + REACH).min(self.view.chars.len())).find(|date| {
            let clause = self.clause_start(date.span.start(), self.view.sentence(date.span.start()).start());
            let lead = &self.view.chars[clause..date.span.start()];
            let verb = lead.iter().rev().take(VERB).position(|c| matches!(c, '改' | '延' | '推'));
            let subject = verb.map(|back| &lead[..lead.len() - 1 - back]);
            let subject = subject.map(|subject| subject.strip_suffix(&['将']).unwrap_or(subject));
            matches!(subject, Some([.., '会' | '赛' | '展' | '坛' | '班' | '动']))
                && matches!(lead.last(), Some('至' | '到' | '在' | '于'))
        })
    }

    fn before(&self, clause: usize, from: usize) -> Option<&'t DateMention<Clean>> {
        self.dates(clause, from).rfind(|date| !self.names_another(date.span.end(), from))
    }

    fn behind(&self, to: usize, end: usize) -> Option<&'t DateMention<Clean>> {
        const NEAR: usize = 14;
        let end = self.clause_end(to, end);
        let date = self.dates(to, end.min(to + NEAR)).next()?;
        let between = self.view.slice(to, date.span.start());
        let of_other = between.contains(['了', '过', '的']) || between.contains("以来");
        (!of_other && !self.names_another(to, date.span.start())).then_some(date)
    }

    /// The date at the head of an earlier clause of the sentence.
    fn leading(&self, clause: usize, from: usize, start: usize) -> Option<&'t DateMention<Clean>> {
        const CLAUSES: usize = 4;
        let mut clause = clause;
        for _ in 0..CLAUSES {
            let mark = clause.checked_sub(1).filter(|mark| *mark > start && self.view.chars[*mark] == ',')?;
            clause = self.clause_start(mark, start);
            if let Some(date) = self.dates(clause, mark).next() {
                let mark_of_list = self.view.slice(clause, date.span.start()).ends_with([')', '.', '、', ' ']);
                let heads = date.span.start() <= clause + 2 || date.span.end() == mark || mark_of_list;
                return (heads && !self.names_another(date.span.end(), from)).then_some(date);
            }
        }
        None
    }

    /// The next clause, where it says when: 拟于10月在石埠举办, 时间为9月23日.
    fn planned(&self, to: usize, end: usize) -> Option<&'t DateMention<Clean>> {
        const NEAR: usize = 8;
        let mark = self.clause_end(to, end);
        if self.view.chars.get(mark) != Some(&',') {
            return None;
        }
        let date = self.dates(mark + 1, end.min(mark + 1 + NEAR)).next()?;
        let lead = self.view.slice(mark + 1, date.span.start());
        let says_when = lead.is_empty()
            || lead.starts_with(['拟', '定', '计', '于', '赛', '会', '时', '将', '暂', '初', '预', '原']);
        (says_when && !self.names_another(to, date.span.start())).then_some(date)
    }

    /// The line with the day under the title of a speech held at the event.
    fn under_title(&self, to: usize) -> Option<&'t DateMention<Clean>> {
        const LINES: usize = 4;
        if !self.view.slice_after(to, 2).starts_with('上') {
            return None;
        }
        let title = self.view.sentence_number(to);
        let lines = self.view.text.sentences.iter().skip(title + 1).take(LINES).map(|s| s.span);
        lines.flat_map(|line| self.dates(line.start(), line.end().min(line.start() + 2))).next()
    }

    /// The year that heads the list of deeds or plans that the name stands in (2024年的工作: 一是举办…; 二是…).
    fn year_of_list(&self, from: usize) -> Option<&'t DateMention<Clean>> {
        const REACH: usize = 400;
        let (view, sentence) = (self.view, self.view.sentence(from));
        let chars = &view.chars[..from];
        let paragraph = chars.iter().rev().take(REACH).take_while(|c| **c != '\n').count();
        let clause = self.clause_start(from, sentence.start());
        let is_item = |at: usize| matches!(view.chars.get(at..at + 2), Some([n, '是']) if matches!(n, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九'));
        let in_sentence = view.chars[sentence.start()..clause].iter().any(|c| matches!(c, ';' | ':'));
        let lowest = if is_item(sentence.start()) {
            from - paragraph
        } else if in_sentence {
            sentence.start()
        } else {
            return None;
        };
        self.dates(lowest, from).rfind(|date| date.precision == Some(Precision::Year))
    }
}

fn ends_clause(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '。' | '!' | '?')
}
