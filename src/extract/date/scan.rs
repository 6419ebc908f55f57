//! Whole expressions: points, ranges, open ranges, plans, repeated times.

use std::cell::{Cell, OnceCell};

use rust_decimal::Decimal;

use super::numeral::{Small, is_numeral, small};
use crate::lexicon::{CharSet, DateWord, DateWords};
use crate::model::{DateExpression, DateForm, Edge, Length, MonthOf, Part, Point, Span, YearOf};

/// What tells from a character, or a numeral and the character behind it, that no expression begins.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    /// Characters that may begin an expression: most of a text don't.
    starts: CharSet,
    /// First characters of the words that make a date or a length of the numeral before them.
    behind: CharSet,
}

impl Marks {
    pub fn new(words: &DateWords) -> Self {
        let begins = |c| words.begins_with(c, |word| counts(word).is_some());
        Marks { starts: CharSet::of(|c| may_begin(c, words)), behind: CharSet::of(begins) }
    }
}

/// Reads date expressions off a text.
pub(super) struct Scanner<'a> {
    pub chars: &'a [char],
    pub words: &'a DateWords,
    /// The text counts years from 1912 (民国); asked of few texts.
    republic: OnceCell<bool>,
    /// The place last asked for a year, and what it is: several rules ask for the year that an expression begins with.
    year: Cell<Option<(usize, FoundYear)>>,
    /// The place last asked for a numeral, and what it is: most rules ask for the one that an expression begins with.
    numeral: Cell<Option<(usize, Option<Small>)>>,
}

/// A year, if there is one, and the end of it.
pub(super) type FoundYear = Option<(YearOf, usize)>;

/// Words that an expression begins with.
fn opens(word: DateWord) -> Option<()> {
    use DateWord as Word;
    let named = matches!(word, Word::Year(_) | Word::Part(_) | Word::EdgeOf(..) | Word::Third(_) | Word::Weekday(_));
    let named = named || matches!(word, Word::Era(_) | Word::Lunar);
    let around = matches!(word, Word::Plan(..) | Word::AsOf | Word::Repeated | Word::Each | Word::Around);
    (named || around).then_some(())
}

/// Words that follow the numeral of an expression: its unit, or what joins another numeral to it.
fn counts(word: DateWord) -> Option<()> {
    matches!(word, DateWord::Unit(..) | DateWord::Cycle | DateWord::Connector).then_some(())
}

/// Furthest behind the first digit of a numeral that is looked for what makes a date of it, in characters.
const FURTHEST: usize = 24;

/// A length of one unit.
fn every(unit: usize, value: Decimal) -> Length {
    let mut length = Length::default();
    length.parts[unit] = value;
    length
}

/// An expression may begin with `c`: a digit, a numeral, a word of the table, a quotation mark before one, or a
/// character that the grammar itself reads.
fn may_begin(c: char, words: &DateWords) -> bool {
    c.is_ascii_digit()
        || is_numeral(c)
        || words.begins_with(c, |word| opens(word).is_some())
        || matches!(c, '上' | '本' | '今' | '去' | '明' | '元') && words.begins(c)
        || matches!(c, '“' | '"' | '「' | '第' | '前' | '半' | 'Q' | '农' | '阴' | '正' | '腊' | '冬' | '最' | '民')
}

/// A point, or two that share a unit (25-26日), and the end of it.
pub(super) type Found = (Point, Option<Point>, usize);

impl<'a> Scanner<'a> {
    pub fn new(chars: &'a [char], words: &'a DateWords) -> Self {
        Scanner { chars, words, republic: OnceCell::new(), year: Cell::new(None), numeral: Cell::new(None) }
    }

    /// The text counts years from 1912 (民国).
    pub fn is_republican(&self) -> bool {
        *self.republic.get_or_init(|| self.counts_from_1912())
    }

    /// A year and its end, 度 (“of the fiscal or calendar year”) included.
    pub fn year(&self, at: usize) -> FoundYear {
        match self.year.get() {
            Some((known, year)) if known == at => year,
            _ => {
                let year = self.read_year(at);
                self.year.set(Some((at, year)));
                year
            }
        }
    }

    /// The numeral at `at`, as [`small`] reads it.
    pub fn small(&self, at: usize) -> Option<Small> {
        match self.numeral.get() {
            Some((known, numeral)) if known == at => numeral,
            _ => {
                let numeral = small(self.chars, at);
                self.numeral.set(Some((at, numeral)));
                numeral
            }
        }
    }

    /// The expressions of the text.
    pub fn run(&self, marks: &Marks) -> Vec<DateExpression> {
        let mut found = Vec::new();
        let mut at = 0;
        let start = |from: usize| self.chars.get(from..)?.iter().position(|c| marks.starts.contains(*c));
        while let Some(passed) = start(at) {
            at += passed;
            if let Some((start, form, end)) = self.expression(at, marks) {
                found.push(DateExpression { span: Span::new(start, end), form });
                at = end;
            } else {
                at = self.behind_numeral(at);
            }
        }
        found
    }

    /// The character at `at`; a line end behind the text.
    pub fn char(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or('\n')
    }

    /// The character before `at`; a line end before the text.
    pub fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or('\n', |at| self.chars[at])
    }

    /// Behind up to two blanks.
    pub fn skip_blanks(&self, at: usize) -> usize {
        at + self.chars[at.min(self.chars.len())..].iter().take(2).take_while(|c| **c == ' ').count()
    }

    /// Behind the numeral at `at`, or the next character: a numeral that begins no date has none inside.
    fn behind_numeral(&self, at: usize) -> usize {
        let run = |of: fn(char) -> bool| self.chars[at..].iter().take_while(|c| of(**c)).count();
        at + run(|c| c.is_ascii_digit()).max(run(is_numeral)).max(1)
    }

    /// The expression at `at`: its start (behind a quotation mark it may be later), form and end.
    fn expression(&self, at: usize, marks: &Marks) -> Option<(usize, DateForm, usize)> {
        let c = self.chars[at];
        let quoted = matches!(c, '“' | '"' | '「');
        // one look in the table instead of one for each class, of which most characters begin none
        let worded = self.words.at(self.chars, at + usize::from(quoted), opens).is_some();
        if !worded && !self.opens_without_word(at, marks) {
            return None;
        }
        let here = |(form, end)| (at, form, end);
        if !worded {
            return self.once_a(at).or_else(|| self.dated(at)).or_else(|| self.length(at)).map(here);
        }
        if let Some(found) = self.plan(at) {
            return Some(found);
        }
        // 马上一年半: the 上 of 马上 (soon) begins nothing.
        if c == '上' && self.before(at) == '马' {
            return None;
        }
        self.as_of(at).or_else(|| self.repeated(at)).or_else(|| self.dated(at)).or_else(|| self.length(at)).map(here)
    }

    /// A character that begins no word of the table begins an expression all the same: a numeral with its unit, or one of
    /// the characters that the grammar itself reads (第三季度, 前9个月, 民国, 半年, Q3, 上世纪, 今(114)年, 元月).
    fn opens_without_word(&self, at: usize, marks: &Marks) -> bool {
        let c = self.chars[at];
        let next = self.char(at + 1);
        match c {
            '第' | '前' => next.is_ascii_digit() || is_numeral(next),
            '半' => self.words.begins(next),
            'Q' => next.is_ascii_digit(),
            '农' | '阴' => next == '历',
            '正' | '腊' | '冬' => next == '月',
            '最' => next == '后',
            '民' => next == '国',
            '上' | '本' => next == '世' && self.words.begins(c),
            '今' | '去' | '明' => next == '(' && self.words.begins(c),
            '元' => self.words.begins(c),
            c => (c.is_ascii_digit() || is_numeral(c)) && self.may_be_dated(at, marks),
        }
    }

    /// Something that makes a date or a length of the numeral at `at` stands behind it, or its digits may do so
    /// themselves. Most numbers of a text count things, and are done with here.
    fn may_be_dated(&self, at: usize, marks: &Marks) -> bool {
        let year = self.chars[at..].iter().take(5).take_while(|c| c.is_ascii_digit()).count() == 4;
        let mut pointed = false;
        for next in at + 1..at + FURTHEST {
            let c = self.char(next);
            if marks.behind.contains(c) && self.words.at(self.chars, next, counts).is_some() {
                return true;
            }
            match c {
                // 2018, 13.5.2015, 3/7/2017
                _ if year => return true,
                '-' | '/' => return true,
                '.' if pointed => return true,
                '.' => pointed = true,
                // 6、7月
                '、' => return self.char(next + 1).is_ascii_digit() || is_numeral(self.char(next + 1)),
                // a year and what is part of it, a day, a length whose unit stands further behind
                '年' | '月' | '日' | '号' | '季' | '世' | '天' | '来' | '多' | '余' => return true,
                '个' => return matches!(self.char(next + 1), '半' | '多' | '余'),
                ',' | ' ' => {}
                c if c.is_ascii_digit() || is_numeral(c) => {}
                _ => return false,
            }
        }
        true
    }

    /// 截至 and a point. (“截至” means “as of”.)
    fn as_of(&self, at: usize) -> Option<(DateForm, usize)> {
        let start = self.words.end_of(self.chars, at, DateWord::AsOf)?;
        match self.point(self.skip_blanks(start))? {
            (point, None, end) => {
                Some((DateForm::Until(point), self.words.end_of(self.chars, end, DateWord::Before).unwrap_or(end)))
            }
            (_, Some(last), end) => Some((DateForm::Until(last), end)),
        }
    }

    /// 十四五 (the 14th five-year plan) in quotation marks or not, its beginning or end, what is since or before.
    fn plan(&self, at: usize) -> Option<(usize, DateForm, usize)> {
        let quoted = matches!(self.chars[at], '“' | '"' | '「');
        let start = if quoted { at + 1 } else { at };
        let plan = |word| if let DateWord::Plan(first, last) = word { Some((first, last)) } else { None };
        let ((first, last), mut end) = self.words.at(self.chars, start, plan)?;
        let counted = self.words.end_of(self.chars, end, DateWord::Measure).is_some() && self.char(end) != '期';
        if counted || is_numeral(self.before(start)) || matches!(self.char(end), '年' | '月' | '日' | '个' | '天')
        {
            return None;
        }
        let inner = end;
        if quoted && matches!(self.char(end), '”' | '"' | '」') {
            end += 1;
        } else if quoted {
            return None;
        }
        let edge = |word| if let DateWord::Edge(edge) = word { Some(edge) } else { None };
        if let Some((edge, end)) = self.words.at(self.chars, end, edge) {
            let day = match edge {
                Edge::Start => {
                    Point { year: YearOf::Explicit(first), part: Part::Day(Some(MonthOf::Named(1)), 1), edge: None }
                }
                Edge::End => {
                    Point { year: YearOf::Explicit(last), part: Part::Day(Some(MonthOf::Named(12)), 31), edge: None }
                }
            };
            return Some((at, DateForm::At(day), end));
        }
        if let Some((form, end)) = self.open(Point::year(first), end) {
            return Some((at, form, end));
        }
        Some((start, DateForm::Between(Point::year(first), Point::year(last)), inner))
    }

    /// 每 (each) and a unit, or a word for a repeated time.
    fn repeated(&self, at: usize) -> Option<(DateForm, usize)> {
        if let Some(end) = self.words.end_of(self.chars, at, DateWord::Repeated) {
            return Some((DateForm::Repeated(Length::default()), end));
        }
        let Some(start) = self.words.end_of(self.chars, at, DateWord::Each) else {
            return self.once_a(at);
        };
        if let Some(end) = self.weekday(start).or_else(|| self.weekday_of_each(start)) {
            return Some((DateForm::Repeated(every(2, Decimal::ONE)), self.clock(end)));
        }
        let unit = |word| match word {
            DateWord::Unit(unit, count) => Some(Some((unit as usize, count))),
            DateWord::Cycle => Some(None),
            _ => None,
        };
        let (value, counted) = if self.char(start) == '半' {
            (Decimal::new(5, 1), start + 1)
        } else {
            self.small(start).map_or((Decimal::ONE, start), |n| (n.value.into(), n.end))
        };
        let counted = if self.words.at(self.chars, counted, unit).is_none() && self.char(counted) == '个' {
            counted + 1
        } else {
            counted
        };
        let (unit, end) = self.words.at(self.chars, counted, unit)?;
        let cycle = match (self.char(counted), self.char(counted + 1)) {
            ('月', _) => Some((1, 1)),
            ('季', _) => Some((1, 3)),
            ('年', _) => Some((0, 1)),
            _ => None,
        };
        let period = unit.or(cycle).map(|(unit, count)| every(unit, value * Decimal::from(count)));
        Some((DateForm::Repeated(period.unwrap_or_default()), self.within_each(end)))
    }

    /// The end of a half-day, or of a part of the year or month, that stands behind 每天, 每年, 每月: 每年3月至4月.
    fn within_each(&self, end: usize) -> usize {
        let point = match self.dated(end) {
            Some((
                DateForm::At(point) | DateForm::Between(point, _) | DateForm::Until(point) | DateForm::From(point),
                end,
            )) => Some((point, end)),
            _ => None,
        };
        let dated = point.filter(|(point, _)| {
            let calendar = matches!(point.part, Part::Month(_) | Part::Months(..) | Part::Third(..) | Part::Day(..));
            point.year == YearOf::Unsaid && (calendar || point.part == Part::Year && point.edge.is_some())
        });
        dated.map(|(_, end)| end).or_else(|| self.half_day(end)).unwrap_or(end)
    }

    /// 一年一度, 两年一届 (once a year, every two years), 一年两次.
    fn once_a(&self, at: usize) -> Option<(DateForm, usize)> {
        let number = self.small(at)?;
        let cycle = |word| match word {
            DateWord::Unit(unit @ 0..=3, count) => Some(every(unit as usize, Decimal::from(count))),
            DateWord::Cycle => Some(Length::default()),
            _ => None,
        };
        let (mut period, end) = self.words.at(self.chars, number.end, cycle)?;
        let times = self.small(end).filter(|n| n.value < 100)?;
        let once = times.value == 1 && matches!(self.char(times.end), '度' | '届' | '评');
        period.parts = period.parts.map(|part| part * Decimal::from(number.value));
        // 一年两次 says how often, not how long it is from one to the next.
        let period = if times.value == 1 { period } else { Length::default() };
        (once || self.char(times.end) == '次').then_some((DateForm::Repeated(period), times.end + 1))
    }

    fn weekday(&self, at: usize) -> Option<usize> {
        let end = self.words.at(self.chars, at, |word| matches!(word, DateWord::Weekday(_)).then_some(()))?.1;
        // 每周一次 is once a week, not on Mondays.
        let counts = self.words.end_of(self.chars, end, DateWord::Measure).is_some();
        (!counts || self.chars[end - 1] != '一').then_some(end)
    }

    /// 每个周三, 每逢周三.
    fn weekday_of_each(&self, at: usize) -> Option<usize> {
        matches!(self.char(at), '个' | '逢').then(|| self.weekday(at + 1)).flatten()
    }

    /// A point, a range of two, or a range with one end open.
    fn dated(&self, at: usize) -> Option<(DateForm, usize)> {
        if let Some(end) = self.lunar(at) {
            return Some((DateForm::At(Point::of(Part::Lunar)), end));
        }
        if let Some((first, last, end)) = self.decade(at) {
            return Some((DateForm::Between(Point::year(first), Point::year(last)), end));
        }
        if let Some(found) = self.year_or_length(at) {
            return Some(found);
        }
        let (first, second, end) = self.point(at)?;
        if let Some(second) = second {
            return Some((DateForm::Between(first, second), self.stop(end)));
        }
        if let Some((second, end)) = self.second(&first, end) {
            return Some((DateForm::Between(first, second), self.stop(end)));
        }
        if let Some((second, end)) = self.between(&first, end) {
            return Some((DateForm::Between(first, second), end));
        }
        Some(self.open(first, end).unwrap_or((DateForm::At(first), end)))
    }

    /// 2007年与2009年之间, 2007年和2009年间.
    fn between(&self, first: &Point, at: usize) -> Option<(Point, usize)> {
        let joined = matches!(self.char(at), '与' | '和') && first.edge.is_none();
        let (second, None, end) = joined.then(|| self.point(self.skip_blanks(at + 1)))?? else { return None };
        match (self.char(end), self.char(end + 1)) {
            ('之', '间') => Some((second, end + 2)),
            ('间', next) if !next.is_alphabetic() || next == '的' => Some((second, end + 1)),
            _ => None,
        }
    }

    /// A connector and the point behind it, where the two fit.
    fn second(&self, first: &Point, at: usize) -> Option<(Point, usize)> {
        let start = self.words.end_of(self.chars, self.skip_blanks(at), DateWord::Connector)?;
        let (second, more, end) = self.point(self.skip_blanks(start))?;
        let fits = match (first.part, second.part) {
            (Part::Day(..) | Part::Today(_) | Part::Week(..), Part::Day(..)) => true,
            (_, Part::Day(None, _)) => false,
            (Part::Year, Part::Year) => second.edge.is_some() || second.year != YearOf::Unsaid,
            (Part::Year, _) => first.edge.is_some() || second.year != YearOf::Unsaid,
            (_, Part::Year) => second.edge.is_some(),
            _ => true,
        };
        (more.is_none() && fits).then_some((second, end))
    }

    /// 止 behind a range.
    fn stop(&self, end: usize) -> usize {
        if self.char(end) == '止' { end + 1 } else { end }
    }

    /// 以来, 起, 后, 前 behind a point.
    fn open(&self, point: Point, at: usize) -> Option<(DateForm, usize)> {
        let pick = |word| matches!(word, DateWord::Since | DateWord::Before).then_some(word);
        let (word, end) = self.words.at(self.chars, at, pick)?;
        let counts = end == at + 1 && (self.char(end).is_ascii_digit() || is_numeral(self.char(end)));
        match word {
            _ if counts && matches!(self.char(at), '前' | '后') => None,
            DateWord::Since => Some((DateForm::From(point), end)),
            _ => Some((DateForm::Until(point), end)),
        }
    }
}
