//! The year that a place in the text is about, where the sentence says another than the document does.

use crate::lexicon::{DateWord, DateWords};
use crate::model::{DateContext, DateExpression, DateForm, Part, Passage, YearOf};

/// Follows the text from expression to expression.
pub(super) struct Topics<'a> {
    chars: &'a [char],
    words: &'a DateWords,
    context: &'a DateContext<'a>,
    /// A year that stands until another takes its place: (year, where it was said).
    standing: Option<(i16, usize)>,
    /// A year for the rest of its sentence or paragraph: (year, it is a paragraph).
    passing: Option<(i16, bool)>,
    /// How far the text was looked through for ends of sentences.
    seen: usize,
    /// Paragraphs that ended before `seen`.
    pub paragraph: usize,
}

impl<'a> Topics<'a> {
    pub fn new(chars: &'a [char], words: &'a DateWords, context: &'a DateContext<'a>) -> Self {
        Topics { chars, words, context, standing: None, passing: None, seen: 0, paragraph: 0 }
    }

    /// Goes on to `at`: what was said for a sentence or paragraph lapses with it.
    pub fn advance(&mut self, at: usize) {
        let passed = &self.chars[self.seen.min(at)..at];
        let lines = passed.iter().filter(|c| **c == '\n').count();
        self.paragraph += lines;
        let ends = |c: &char| matches!(c, '。' | '!' | '?');
        if self.passing.is_some_and(|(_, paragraph)| lines > 0 || !paragraph && passed.iter().any(ends)) {
            self.passing = None;
        }
        self.seen = self.seen.max(at);
    }

    /// The passage that `at` stands in.
    pub fn passage(&self, at: usize) -> Option<Passage> {
        let behind = self.context.passages.partition_point(|p| p.start <= at);
        behind.checked_sub(1).map(|last| self.context.passages[last])
    }

    /// The year of the passage, else of the period under review, else of the reference.
    pub fn base(&self, at: usize) -> Option<i16> {
        let reference = self.context.reference.map(|r| r.year);
        let end = self.context.period.and_then(|p| p.to).map(|day| day.year());
        self.passage(at).map(|p| p.year).or_else(|| self.reviewed()).or(reference).or(end)
    }

    /// The year that the period under review lies in.
    fn reviewed(&self) -> Option<i16> {
        let period = self.context.period?;
        let years = (period.from?.year(), period.to?.year());
        (years.0 == years.1).then_some(years.0)
    }

    /// The year that the sentence at `at` is about, where it says so itself.
    pub fn said(&self, at: usize) -> Option<i16> {
        let passing = self.passing.map(|(year, _)| year);
        let entered = self.passage(at).map_or(0, |p| p.start);
        passing.or(self.standing.filter(|(_, said)| *said >= entered).map(|(year, _)| year))
    }

    /// The year that the sentence at `at` is about.
    pub fn year(&self, at: usize) -> Option<i16> {
        self.said(at).or_else(|| self.base(at))
    }

    /// The year that 今年 (this year) at `at` means. A part on what is planned may be spoken the year before.
    pub fn speaking(&self, at: usize) -> Option<i16> {
        let reference = self.context.reference.map(|r| r.year);
        let spoken = reference.or_else(|| self.reviewed());
        match self.passage(at).filter(|p| p.planned) {
            Some(plan) => Some(spoken.map_or(plan.year - 1, |spoken| plan.year.min(spoken))),
            _ if self.standing.is_some() && self.said(at) == reference => reference,
            _ => self.base(at),
        }
    }

    /// Takes notice of an expression that was read as a point in `year`.
    pub fn notice(&mut self, expression: &DateExpression, year: i16) {
        let (point, until) = match expression.form {
            DateForm::At(point) => (point, false),
            DateForm::Until(point) => (point, true),
            _ => return,
        };
        let at = expression.span.start();
        let Some(base) = self.base(at) else { return };
        if year == base
            && matches!(point.year, YearOf::Explicit(_) | YearOf::Passage(_))
            && !self.words.ends_before(self.chars, at, DateWord::Compared)
        {
            self.passing = None;
        }
        if point.part != Part::Year
            || point.year == YearOf::Unsaid
            || matches!(point.year, YearOf::Topic(_) | YearOf::Named(_))
        {
            return;
        }
        let initial = self.begins_clause(at);
        let agenda = self.agenda(expression.span.end());
        if until || point.edge.is_some() {
            if until && initial && year != base {
                self.passing = Some((year, false));
            }
        } else if year > base && (initial && self.is_told(expression.span.end()) || self.begins_section(at)) {
            self.standing = Some((year, at));
        } else if year > base && (initial || agenda.is_some()) {
            self.passing = Some((year, true));
        } else if year < base && (self.opens_review(expression) || agenda.is_some_and(|end| self.announces(end))) {
            self.standing = Some((year, at));
        } else if year < base && initial && !matches!(point.year, YearOf::Passage(_)) {
            self.passing = Some((year, false));
        } else if year == base && initial {
            (self.standing, self.passing) = (None, None);
        }
    }

    /// The paragraph tells of the year (2019年是…, 2019年,…), and nothing else says which year is under review.
    fn opens_review(&self, expression: &DateExpression) -> bool {
        let unknown = self.context.period.is_none() && self.context.passages.is_empty();
        unknown && self.begins_section(expression.span.start()) && self.is_told(expression.span.end())
    }

    /// What stands before `at` is the end of a clause, or a word that turns to what follows (展望, 回顾).
    fn begins_clause(&self, at: usize) -> bool {
        let Some(before) = self.previous(at) else { return true };
        let turned = matches!(before, '望' | '顾') || self.chars[..at].ends_with(&['值', '此']);
        let ends = matches!(before, '\n' | '。' | '!' | '?' | ';' | ',' | ':' | '—' | '-');
        (ends || turned) && !self.words.ends_before(self.chars, at, DateWord::Compared)
    }

    /// `at` begins a paragraph or an item of a list.
    fn begins_section(&self, at: usize) -> bool {
        let window = &self.chars[at.saturating_sub(7)..at];
        let Some(line) = window.iter().rposition(|c| *c == '\n').map(|end| end + 1).or((at < 7).then_some(0)) else {
            return false;
        };
        let lead = &window[line..];
        lead.iter().all(|c| {
            matches!(c, '-' | ' ' | '*' | '·' | '—' | '#' | '、' | '(' | ')' | '.')
                || super::numeral::is_numeral(*c)
                || c.is_ascii_digit()
        })
    }

    /// The year is what is spoken of: 2025年是…, 2025年,…
    fn is_told(&self, end: usize) -> bool {
        matches!(self.chars.get(end), Some('是' | ',' | '怎'))
    }

    /// The end of a word such as 工作计划 (plan of work) at `at`.
    fn agenda(&self, at: usize) -> Option<usize> {
        self.words.end_of(self.chars, at, DateWord::Agenda)
    }

    /// A list follows: `:`, 如下 (as follows).
    fn announces(&self, at: usize) -> bool {
        let next = |n: usize| self.chars.get(at + n).copied();
        next(0) == Some(':') || next(0) == Some('如') && next(1) == Some('下')
    }

    /// The character before `at`, blanks, quotation marks and marks of emphasis left out.
    fn previous(&self, at: usize) -> Option<char> {
        self.chars[..at].iter().rev().take(4).copied().find(|c| !matches!(c, ' ' | '“' | '「' | '"' | '*'))
    }
}
