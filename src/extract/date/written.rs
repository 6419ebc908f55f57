//! Dates in digits: 2018.04.13, 2018-04-13, 2018/4/13-15, 13.5.2015, 2010 01 29.

use super::numeral::Small;
use super::scan::{Found, Scanner};
use crate::lexicon::DateWord;
use crate::model::{MonthOf, Part, Point, YearOf};

impl Scanner<'_> {
    /// 2018.04.13, 2018-04-13, 2018/4/13-15; 2018-04.
    pub(super) fn numeric_date(&self, at: usize) -> Option<Found> {
        let before = self.before(at);
        let code = before.is_ascii_alphanumeric() || matches!(before, '.' | '/' | '_');
        if code || before == '-' && !self.before(at - 1).is_ascii_digit() {
            return None;
        }
        if let Some(found) = self.day_first(at) {
            return Some(found);
        }
        let year = self.small(at).filter(|n| n.arabic && n.width == 4 && (1000..=2999).contains(&n.value))?;
        let mark = self.char(year.end);
        if mark == ' ' {
            return self.spaced_date(year);
        }
        if !matches!(mark, '.' | '-' | '/') {
            return None;
        }
        let point = |(month, day): (Small, Option<Small>)| {
            let named = MonthOf::Named(month.value as i8);
            let part = day.map_or(Part::Month(named), |day| Part::Day(Some(named), day.value as i8));
            Point { year: YearOf::Explicit(year.value), part, edge: None }
        };
        let month = self.number_to(year.end + 1, 12)?;
        if self.char(month.end) != mark {
            let closed =
                !matches!(self.char(month.end), '.' | '-' | '/' | '~') && !self.char(month.end).is_alphanumeric();
            return (mark == '-' && month.width == 2 && closed).then(|| (point((month, None)), None, month.end));
        }
        let day = self.number_to(month.end + 1, 31)?;
        let first = point((month, Some(day)));
        if let Some((second, end)) = self.numeric_end(mark, month, day.end) {
            return Some((first, Some(point((second.0, Some(second.1)))), end));
        }
        let further =
            matches!(mark, '.' | '/') && self.char(day.end) == mark && self.char(day.end + 1).is_ascii_digit();
        if self.char(day.end).is_ascii_alphanumeric() && self.char(day.end) != 'T' || further {
            return None;
        }
        let end = if self.char(day.end) == '日' { day.end + 1 } else { day.end };
        Some((first, None, self.clock(end)))
    }

    /// 2010 01 29: month and day of two digits each behind the year, and nothing more.
    fn spaced_date(&self, year: Small) -> Option<Found> {
        let month = self.number_to(year.end + 1, 12).filter(|n| n.width == 2 && self.char(n.end) == ' ')?;
        let day = self.number_to(month.end + 1, 31).filter(|n| n.width == 2)?;
        let behind = self.char(day.end);
        let goes_on = behind.is_alphanumeric() || behind == ' ' && self.char(day.end + 1).is_ascii_digit();
        let part = Part::Day(Some(MonthOf::Named(month.value as i8)), day.value as i8);
        (!goes_on).then_some((Point { year: YearOf::Explicit(year.value), part, edge: None }, None, day.end))
    }

    /// 13.5.2015, 3/7/2017: the day first, unless only the month can be.
    fn day_first(&self, at: usize) -> Option<Found> {
        let first = self.number_to(at, 31)?;
        let mark = self.char(first.end);
        if !matches!(mark, '.' | '-' | '/') {
            return None;
        }
        let second = self.number_to(first.end + 1, 31).filter(|n| self.char(n.end) == mark)?;
        let year =
            self.small(second.end + 1).filter(|n| n.arabic && n.width == 4 && (1900..=2099).contains(&n.value))?;
        let behind = self.char(year.end);
        let goes_on = matches!(behind, '.' | '/' | '_') && self.char(year.end + 1).is_ascii_alphanumeric();
        if goes_on || behind.is_ascii_alphanumeric() {
            return None;
        }
        let (day, month) = if second.value <= 12 { (first.value, second.value) } else { (second.value, first.value) };
        let part = Part::Day(Some(MonthOf::Named(i8::try_from(month).ok().filter(|m| *m <= 12)?)), day as i8);
        Some((Point { year: YearOf::Explicit(year.value), part, edge: None }, None, self.clock(year.end)))
    }

    /// One or two digits with a value from 1 to `most`.
    fn number_to(&self, at: usize, most: i16) -> Option<Small> {
        self.small(at).filter(|n| n.arabic && n.width <= 2 && (1..=most).contains(&n.value))
    }

    /// The second month and day of 2018.04.13-04.15, or the second day of 2018.04.13-15, behind the first day.
    fn numeric_end(&self, mark: char, month: Small, at: usize) -> Option<((Small, Small), usize)> {
        let start = self.words.end_of(self.chars, at, DateWord::Connector).filter(|_| self.char(at) != mark)?;
        let number = self.number_to(start, 31)?;
        if self.char(number.end) == mark {
            let day = self.number_to(number.end + 1, 31).filter(|_| number.value <= 12)?;
            return (!self.char(day.end).is_ascii_digit()).then_some(((number, day), day.end));
        }
        (!self.char(number.end).is_alphanumeric()).then_some(((month, number), number.end))
    }
}
