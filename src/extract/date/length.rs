//! Lengths of time: 三年, 近半年, 15个工作日, 一年半, 8天20小时, 四年来.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::numeral::amount;
use super::scan::Scanner;
use crate::lexicon::DateWord;
use crate::model::{DateForm, Length, Part, Point, Span, YearOf};

/// One number and its unit.
struct Term {
    value: Decimal,
    numeral: (usize, usize),
    unit: usize,
    count: i16,
    end: usize,
}

impl Scanner<'_> {
    /// A length with the words that belong to it on both sides.
    pub(super) fn length(&self, at: usize) -> Option<(DateForm, usize)> {
        let around = self.words.end_of(self.chars, at, DateWord::Around);
        let start = self.skip_blanks(around.unwrap_or(at));
        if around.is_none() && !self.may_begin(at) || self.words.hides(self.chars, start) {
            return None;
        }
        let first = self.term(start)?;
        if self.chars[start..first.numeral.1]
            .iter()
            .position(|c| *c == '.')
            .is_some_and(|stop| self.list_mark(start + stop))
        {
            return None;
        }
        let lasting = || around.is_some() || self.words.ends_before(self.chars, at, DateWord::Lasting);
        if !self.is_length(&first, start, lasting) {
            return None;
        }
        let mut length = Length::default();
        let mut end = self.add(&mut length, &first);
        let mut unit = first.unit;
        let mut terms = 1;
        while let Some(next) = self.next_term(end, unit) {
            unit = next.unit;
            end = self.add(&mut length, &next);
            terms += 1;
        }
        if terms == 1 {
            length.numeral = Some((Span::new(first.numeral.0, first.numeral.1), first.value));
        }
        if let Some(found) = self.ago(&length, around.is_some(), end) {
            return Some(found);
        }
        let end = self.words.end_of(self.chars, end, DateWord::Trailing).unwrap_or(end);
        Some((DateForm::Length(length), end))
    }

    /// Nothing before the numeral makes it an ordinal (第三年), one of each (每), or part of a longer number.
    fn may_begin(&self, at: usize) -> bool {
        let c = self.before(at);
        !(c.is_ascii_alphanumeric()
            || super::numeral::is_numeral(c)
            || matches!(c, '第' | '每' | '.' | '-' | '~' | '几' | '数' | '/' | '×' | '*'))
    }

    /// Tells lengths from years, days of a month, and 一年 (“a year”) that only speaks of one.
    fn is_length(&self, term: &Term, start: usize, lasting: impl Fn() -> bool) -> bool {
        let unit = &self.chars[term.numeral.1..term.end];
        let one = term.value == Decimal::ONE && matches!(term.unit, 0 | 3);
        if one
            && matches!(
                self.before(start),
                '的' | '这'
                    | '那'
                    | '新'
                    | '又'
                    | '同'
                    | '某'
                    | '头'
                    | '有'
                    | '当'
                    | '后'
                    | '前'
                    | '上'
                    | '下'
                    | '末'
            )
        {
            return false;
        }
        let within = || {
            matches!(self.char(term.end), '内' | '之')
                || self.words.end_of(self.chars, term.end, DateWord::Trailing).is_some()
        };
        match term.unit {
            0 => term.value < Decimal::from(1000) && self.char(term.end) != '度',
            3 if *unit == ['日'] => lasting() || within(),
            // 不超过90分钟 (no more than 90 minutes) bounds a measure.
            4.. => !self.words.ends_before(self.chars, start, DateWord::Amount),
            _ => true,
        }
    }

    /// The number and unit at `at`.
    fn term(&self, at: usize) -> Option<Term> {
        if self.char(at) == '半' {
            let (unit, count, end) = self.unit(at + 1)?;
            return Some(Term { value: Decimal::new(5, 1), numeral: (at, at + 1), unit, count, end });
        }
        let (mut value, mut numeral_end) = amount(self.chars, at)?;
        if let Some(start) = self.words.end_of(self.chars, numeral_end, DateWord::Connector) {
            // 3-5年: the longer of the two.
            let (upper, end) = amount(self.chars, start).filter(|(upper, _)| *upper > value)?;
            (value, numeral_end) = (upper, end);
        }
        let mut start = numeral_end;
        if self.char(at) != self.char(start) && self.is_next_digit(at, start) {
            // 两三天: the longer of the two.
            (value, numeral_end, start) = (value + Decimal::ONE, start + 1, start + 1);
        }
        let round = self.char(start) == '来' && value >= Decimal::TEN;
        if matches!(self.char(start), '多' | '余') || round && self.unit(start + 1).is_some() {
            start += 1;
        }
        if self.char(start) == '个' && self.char(start + 1) == '半' {
            // 两个半月: the measure word stands before the half, the unit behind it.
            let (unit, count, end) = self.unit(start + 2).or_else(|| self.parted_month(start + 2))?;
            return Some(Term { value: value + Decimal::new(5, 1), numeral: (at, numeral_end), unit, count, end });
        }
        let start =
            if self.char(start) == '个' && matches!(self.char(start + 1), '多' | '余') { start + 2 } else { start };
        let (unit, count, mut end) = self.unit(start).or_else(|| self.parted_month(start))?;
        if self.char(end) == '半' && self.char(end + 1) != '以' {
            value += Decimal::new(5, 1);
            end += 1;
        }
        if self.char(end) == '多' || self.char(end) == '余' && self.unit(end + 1).is_none() {
            end += 1;
        }
        Some(Term { value, numeral: (at, numeral_end), unit, count, end })
    }

    /// The Chinese digit at `next` is by one greater than that at `at`, the one character before it.
    fn is_next_digit(&self, at: usize, next: usize) -> bool {
        let value = |at| super::numeral::digit(self.char(at)).filter(|_| self.char(at) != '元');
        next == at + 1 && value(at).zip(value(next)).is_some_and(|(low, high)| low > 0 && high == low + 1)
    }

    /// The unit word at `at`: part of a length, how many of it, end.
    fn unit(&self, at: usize) -> Option<(usize, i16, usize)> {
        let pick = |word| if let DateWord::Unit(unit, count) = word { Some((unit as usize, count)) } else { None };
        self.words.at(self.chars, at, pick).map(|((unit, count), end)| (unit, count, end))
    }

    /// 月 (month) where its measure word 个 stands apart: 三个半月, 3个多月.
    fn parted_month(&self, at: usize) -> Option<(usize, i16, usize)> {
        let parted = matches!(self.before(at), '多' | '余' | '半') && self.before(at - 1) == '个';
        (parted && self.char(at) == '月').then_some((1, 1, at + 1))
    }

    /// A further term, with or without 零, 又 between; smaller than the one before unless 又 stands there.
    fn next_term(&self, at: usize, unit: usize) -> Option<Term> {
        let joined = matches!(self.char(at), '又' | '零' | '余');
        let start = if joined { at + 1 } else { at };
        let term = self.term(start).or_else(|| self.hours(start).filter(|_| unit == 3))?;
        (term.unit != unit && (joined || term.unit > unit)).then_some(term)
    }

    /// 20时 behind days: 8天20时.
    fn hours(&self, at: usize) -> Option<Term> {
        let (value, end) = amount(self.chars, at).filter(|(value, _)| *value < Decimal::from(24))?;
        (self.char(end) == '时').then_some(Term { value, numeral: (at, end), unit: 4, count: 1, end: end + 1 })
    }

    /// Adds a term; gives its end.
    fn add(&self, length: &mut Length, term: &Term) -> usize {
        let counted = term.value.checked_mul(Decimal::from(term.count)).unwrap_or(term.value);
        length.parts[term.unit] = length.parts[term.unit].checked_add(counted).unwrap_or(counted);
        term.end
    }

    /// 五年前: the year so many years before; 三天前, 两周后, 3个月前: the day so far from today.
    fn ago(&self, length: &Length, around: bool, at: usize) -> Option<(DateForm, usize)> {
        let before = self.words.end_of(self.chars, at, DateWord::Before);
        let pick = |word| matches!(word, DateWord::Since).then_some(());
        let after = || {
            let (_, end) = self.words.at(self.chars, at, pick)?;
            self.chars[at..end].contains(&'后').then_some(end)
        };
        let (sign, end) = before.map(|end| (-1, end)).or_else(|| after().map(|end| (1, end)))?;
        if around || length.parts.iter().any(|part| !part.fract().is_zero() || *part >= Decimal::ONE_THOUSAND) {
            return None;
        }
        let [years, months, weeks, days, rest @ ..] = length.parts.map(|part| part.to_i16().unwrap_or_default());
        let point = match (years, months, weeks, days) {
            _ if rest.iter().any(|part| *part != 0) => return None,
            (years, 0, 0, 0) if sign < 0 => Point { year: YearOf::Passage(-years), part: Part::Year, edge: None },
            (0, months, weeks, days) => Point::of(Part::Shifted(sign * months, sign * (weeks * 7 + days))),
            _ => return None,
        };
        Some((DateForm::At(point), end))
    }
}
