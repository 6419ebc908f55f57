//! Years: 2022年, 二〇二二年, 22年, 民国114年, 今(114)年, 去年, and four digits that can be nothing else.

use super::numeral::digit;
use super::scan::{FoundYear, Scanner};
use crate::lexicon::DateWord;
use crate::model::{DateForm, Length, Span, YearOf};

/// The Republican calendar (民国) counts from this year.
const BEFORE_REPUBLIC: i16 = 1911;

impl Scanner<'_> {
    /// Some year of the text is said to be counted from 1912: 民国113年, or 今(113)年.
    pub(super) fn counts_from_1912(&self) -> bool {
        let starts = |at: usize| self.republican(at).is_some() || self.bracketed(at).is_some_and(|(_, r, _)| r);
        (0..self.chars.len()).any(|at| matches!(self.chars[at], '民' | '今' | '去' | '明') && starts(at))
    }

    /// What [`Self::year`] says, read from the text.
    pub(super) fn read_year(&self, at: usize) -> FoundYear {
        self.year_word(at).or_else(|| self.year_number(at).map(|(year, end)| (YearOf::Explicit(year), end)))
    }

    fn year_word(&self, at: usize) -> Option<(YearOf, usize)> {
        if let Some((year, _, end)) = self.bracketed(at) {
            return Some((YearOf::Explicit(year), self.fiscal(end)));
        }
        let pick = |word| if let DateWord::Year(year) = word { Some(year) } else { None };
        let (year, end) = self.words.at(self.chars, at, pick)?;
        Some((year, end))
    }

    /// 康熙三年, 神龙元年: an era of the old calendar and its year.
    fn era(&self, at: usize) -> Option<(i16, usize)> {
        let pick = |word| if let DateWord::Era(before) = word { Some(before) } else { None };
        let (before, start) = self.words.at(self.chars, at, pick)?;
        let (year, end) = match self.char(start) {
            '元' => (1, start + 1),
            _ => self.small(start).map(|n| (n.value, n.end))?,
        };
        ((1..=61).contains(&year) && self.char(end) == '年').then_some((before + year, end + 1))
    }

    /// A year in numerals with 年.
    fn year_number(&self, at: usize) -> Option<(i16, usize)> {
        if let Some((year, end)) = self.era(at) {
            return Some((year, self.fiscal(end)));
        }
        if let Some((year, end)) = self.republican(at) {
            return Some((year, self.fiscal(end)));
        }
        let (year, end) = self.numeral_year(at).or_else(|| self.coded_year(at))?;
        Some((year, self.fiscal(end)))
    }

    /// 2024财年, 2024Q1, 2024H1: four digits that what follows makes a year; the end is before the quarter or half.
    fn coded_year(&self, at: usize) -> Option<(i16, usize)> {
        let year = self.small(at).filter(|n| n.arabic && n.width == 4 && (1900..=2099).contains(&n.value))?;
        let free = self.stands_alone(at) && !self.before(at).is_ascii_alphanumeric();
        if free && (self.char(year.end), self.char(year.end + 1)) == ('财', '年') {
            return Some((year.value, year.end + 2));
        }
        let part = matches!((self.char(year.end), self.char(year.end + 1)), ('Q', '1'..='4') | ('H', '1' | '2'));
        (free && part && !self.char(year.end + 2).is_ascii_alphanumeric()).then_some((year.value, year.end))
    }

    /// 度 behind 年.
    pub(super) fn fiscal(&self, end: usize) -> usize {
        if self.char(end) == '度' && !matches!(self.char(end + 1), '过' | '假') { end + 1 } else { end }
    }

    /// 民国114年, 民国三年.
    fn republican(&self, at: usize) -> Option<(i16, usize)> {
        if self.char(at) != '民' || self.char(at + 1) != '国' {
            return None;
        }
        let number = self.small(self.skip_blanks(at + 2))?;
        ((1..=200).contains(&number.value) && self.char(number.end) == '年')
            .then_some((number.value + BEFORE_REPUBLIC, number.end + 1))
    }

    /// 今(114)年, 去(113)年, 今年(2024年): the year, whether it is counted from 1912, the end.
    fn bracketed(&self, at: usize) -> Option<(i16, bool, usize)> {
        if !matches!(self.chars.get(at)?, '今' | '去' | '明') || self.char(at + 1) != '(' {
            return None;
        }
        let number = self.small(at + 2)?;
        if self.char(number.end) != ')' || self.char(number.end + 1) != '年' {
            return None;
        }
        match number.value {
            1900..=2999 => Some((number.value, false, number.end + 2)),
            50..=200 => Some((number.value + BEFORE_REPUBLIC, true, number.end + 2)),
            _ => None,
        }
    }

    /// Digits and 年.
    fn numeral_year(&self, at: usize) -> Option<(i16, usize)> {
        if !self.stands_alone(at) {
            return None;
        }
        let number = self.small(at)?;
        let end = number.end + 1;
        if self.char(number.end) != '年' {
            return None;
        }
        let dated = self.has_part(end);
        let year = match (number.value, number.width) {
            (1000..=2999, _) if number.digits || number.value >= 1900 => number.value,
            (n @ 80..=150, _) if number.digits && (n > 99 || dated) && self.is_republican() => n + BEFORE_REPUBLIC,
            (n @ 100..=150, 3) if number.digits && dated => n + BEFORE_REPUBLIC,
            (n @ 151..=999, 3) if number.digits && dated => n,
            (n @ 0..=99, 2) if number.digits && dated => century(n),
            (n @ 0..=99, 2) if number.digits && (number.arabic && n < 10 || self.two_chinese_digits(at)) => century(n),
            _ => return None,
        };
        Some((year, end))
    }

    /// 零八年, 二二年; 三五年 (three to five years) and its like are lengths.
    fn two_chinese_digits(&self, at: usize) -> bool {
        let value = |at| digit(self.char(at)).map(i16::from);
        let (Some(tens), Some(ones)) = (value(at), value(at + 1)) else { return false };
        tens == 0 || ones == 0 || (tens <= 2 && ones <= tens)
    }

    /// What stands behind the 年 that ends before `at` is part of a year: a month, a quarter, its end, 度.
    fn has_part(&self, at: usize) -> bool {
        let month = self.small(at).is_some_and(|n| n.value <= 12 && self.char(n.end) == '月');
        let fiscal = self.fiscal(at) > at;
        let part = |word| matches!(word, DateWord::Part(..) | DateWord::Edge(_) | DateWord::EdgeOf(..)).then_some(());
        month || fiscal || self.words.at(self.chars, at, part).is_some() || self.quarter(at).is_some()
    }

    /// Nothing before `at` makes the digits there a part of a longer number or code. The mark of a list item (`1.`) does
    /// not.
    pub(super) fn stands_alone(&self, at: usize) -> bool {
        match self.before(at) {
            '.' => self.list_mark(at - 1),
            '-' => !self.before(at - 1).is_ascii_digit(),
            c => !c.is_ascii_digit() && c != '第',
        }
    }

    /// The full stop at `stop` closes the number of a list item: one or two digits at the beginning of a line or sentence.
    pub(super) fn list_mark(&self, stop: usize) -> bool {
        let digits = self.chars[..stop].iter().rev().take(3).take_while(|c| c.is_ascii_digit()).count();
        (1..=2).contains(&digits) && matches!(self.before(stop - digits), '\n' | ' ' | '。' | ';' | '*' | '#')
    }

    /// Two digits and 年 where the year may be meant: 22年. Whether it is, the reference decides.
    pub(super) fn year_or_length(&self, at: usize) -> Option<(DateForm, usize)> {
        let number = self.small(at).filter(|n| n.arabic && n.width == 2 && n.value >= 10)?;
        let end = number.end + 1;
        let opens = !self.before(at).is_alphanumeric()
            || matches!(self.before(at), '在' | '比' | '较' | '到' | '至' | '从' | '自' | '于' | '和' | '与');
        let trailing = self.words.end_of(self.chars, end, DateWord::Trailing).is_some();
        let counted = trailing
            || matches!(self.char(end), '前' | '后' | '间' | '多' | '余' | '的' | '半' | '里' | '以' | '之' | '内');
        if !opens
            || counted
            || self.char(number.end) != '年'
            || self.has_part(end)
            || !self.stands_alone(at)
            || self.is_republican()
        {
            return None;
        }
        if self.words.at(self.chars, number.end, |word| matches!(word, DateWord::Unit(..)).then_some(()))?.1 != end {
            return None;
        }
        let mut length = Length::default();
        length.parts[0] = number.value.into();
        length.numeral = Some((Span::new(at, number.end), number.value.into()));
        Some((DateForm::YearOrLength(century(number.value), length), end))
    }

    /// Four digits without 年 that are a year all the same: “2024全国大会, 展望2025, (2020); not 〔2022〕19号.
    pub(super) fn bare_year(&self, at: usize) -> Option<(i16, usize)> {
        let number = self.small(at).filter(|n| n.arabic && n.width == 4 && (1980..=2049).contains(&n.value))?;
        let (before, behind) = (self.before(at), self.char(number.end));
        let coded = matches!(before, '—' | '–') && self.before(at - 1).is_ascii_digit()
            || before == ' ' && self.before(at - 1).is_ascii_alphanumeric();
        let joined = |c: char| {
            c.is_ascii_alphanumeric()
                || matches!(c, '.' | '/' | '-' | '_' | '%' | ':' | '~' | '*' | '+' | '=' | '#' | '@')
        };
        if coded || joined(before) || joined(behind) || self.words.ends_before(self.chars, at, DateWord::Amount) {
            return None;
        }
        if self.words.end_of(self.chars, number.end, DateWord::Measure).is_some() {
            return None;
        }
        let han = |c: char| c.is_alphabetic() && !c.is_ascii();
        let numbered =
            matches!(behind, ')' | ']' | '〕') && self.small(number.end + 1).is_some_and(|n| self.char(n.end) == '号');
        let bracketed = matches!((before, behind), ('(', ')') | ('「', _) | ('“', _) | ('《', _)) && !numbered;
        let toward = matches!(before, '望' | '顾' | '迎' | '向' | '别' | '开');
        let named = han(behind) && (han(before) || !before.is_alphanumeric());
        let listed = matches!(behind, '、' | '和' | '及' | '与')
            && self.small(number.end + 1).is_some_and(|n| n.width == 4 && matches!(self.char(n.end), '年' | '、'));
        (bracketed || toward || named || listed).then_some((number.value, number.end))
    }
}

impl Scanner<'_> {
    /// 90年代, 上世纪90年代, 20世纪八十年代 (the nineties, the eighties): first and last year, end.
    pub(super) fn decade(&self, at: usize) -> Option<(i16, i16, usize)> {
        let (century, start) = self.century_before(at).map_or((None, at), |(c, end)| (Some(c), end));
        let number = self.small(start).filter(|n| n.value % 10 == 0)?;
        let full = century.is_none() && number.width == 4 && (1000..=2090).contains(&number.value);
        if !full && !(10..=90).contains(&number.value) {
            return None;
        }
        let named = self.char(number.end) == '年' && self.char(number.end + 1) == '代';
        if !named || century.is_none() && !self.stands_alone(at) {
            return None;
        }
        if full {
            return Some((number.value, number.value + 9, number.end + 2));
        }
        let first = century.unwrap_or(if number.value < 30 { 2000 } else { 1900 }) + number.value;
        Some((first, first + 9, number.end + 2))
    }

    /// The first year of 上世纪, 本世纪, 20世纪 (the last, this, the 20th century), and the end.
    fn century_before(&self, at: usize) -> Option<(i16, usize)> {
        let named = |end| self.char(end) == '世' && self.char(end + 1) == '纪';
        match self.char(at) {
            '上' if named(at + 1) => Some((1900, at + 3)),
            '本' if named(at + 1) => Some((2000, at + 3)),
            _ => {
                let number = self.small(at).filter(|n| (10..=21).contains(&n.value) && named(n.end))?;
                Some(((number.value - 1) * 100, number.end + 2))
            }
        }
    }
}

/// The year that two digits stand for: up to 50 of this century.
fn century(two: i16) -> i16 {
    if two <= 50 { 2000 + two } else { 1900 + two }
}
