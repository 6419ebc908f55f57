//! Points that other calendars and countings name: seasons, weeks of a year or a month, days of the lunar calendar.

use super::scan::Scanner;
use crate::lexicon::DateWord;
use crate::model::{MonthOf, Part, Precision};

impl Scanner<'_> {
    /// 夏季 behind a year: its three months; winter is read as far as the year goes.
    pub(super) fn season(&self, at: usize) -> Option<(Part, usize)> {
        let pick = |word| if let DateWord::Season(month) = word { Some(month) } else { None };
        let (first, end) = self.words.at(self.chars, at, pick)?;
        Some((Part::Months(first, (first + 2).min(12), Precision::Month), end))
    }

    /// H1, H2 behind a year: its halves.
    pub(super) fn half_of_year(&self, at: usize) -> Option<(Part, usize)> {
        let first = match (self.char(at), self.char(at + 1)) {
            ('H', '1') => 1,
            ('H', '2') => 7,
            _ => return None,
        };
        (!self.char(at + 2).is_ascii_alphanumeric())
            .then_some((Part::Months(first, first + 5, Precision::Half), at + 2))
    }

    /// 第12周 behind a year.
    pub(super) fn week_of_year(&self, at: usize) -> Option<(Part, usize)> {
        let n = self.small(at + 1).filter(|n| self.char(at) == '第' && (1..=53).contains(&n.value))?;
        (self.char(n.end) == '周').then(|| (Part::Nth(None, n.value as i8, 0), n.end + 1))
    }

    /// 第一周, 第二个星期三, 最后一个周五 of a month.
    pub(super) fn week_of_month(&self, month: MonthOf, at: usize) -> Option<(Part, usize)> {
        let start = if self.char(at) == '的' { at + 1 } else { at };
        let (nth, end) = match (self.char(start), self.char(start + 1), self.char(start + 2)) {
            ('最', '后', '一') => (-1, start + 3),
            ('第', ..) => {
                let n = self.small(start + 1).filter(|n| (1..=5).contains(&n.value))?;
                (n.value as i8, n.end)
            }
            _ => return None,
        };
        let end = if self.char(end) == '个' { end + 1 } else { end };
        let end = if self.char(end) == '的' { end + 1 } else { end };
        let weekday = |word| if let DateWord::Weekday(day) = word { Some(day) } else { None };
        if let Some((day, end)) = self.words.at(self.chars, end, weekday) {
            return Some((Part::Nth(Some(month), nth, day), end));
        }
        let week = match (self.char(end), self.char(end + 1)) {
            ('周', next) if !matches!(next, '年' | '期' | '岁' | '边') => end + 1,
            ('星', '期') | ('礼', '拜') => end + 2,
            _ => return None,
        };
        Some((Part::Nth(Some(month), nth, 0), week))
    }

    /// A day of the lunar calendar: 农历十月初一, 正月十五, 大年三十; its year included.
    pub(super) fn lunar(&self, at: usize) -> Option<usize> {
        let named =
            |at: usize| if matches!((self.char(at), self.char(at + 1)), ('农' | '阴', '历')) { at + 2 } else { at };
        let year = |at: usize| self.year(at).filter(|_| at < self.chars.len()).map_or(at, |(_, end)| end);
        let head = named(at);
        let dated = year(head);
        let start = named(dated);
        if let Some(end) = self.words.end_of(self.chars, start, DateWord::Lunar) {
            return Some(end);
        }
        let said = head > at || start > dated;
        let month = match (self.char(start), self.char(start + 1)) {
            ('正' | '腊' | '冬', '月') => start + 2,
            _ => {
                let month = self.small(start).filter(|n| !n.arabic && (1..=12).contains(&n.value))?;
                (self.char(month.end) == '月' && (start > at || self.stands_alone(at))).then_some(month.end + 1)?
            }
        };
        let of_moon = matches!(self.char(start), '正' | '腊' | '冬');
        if self.char(month) == '初' {
            return self.small(month + 1).filter(|n| !n.arabic && n.value <= 10).map(|n| n.end);
        }
        let day = self.small(month).filter(|n| !n.arabic && n.value <= 30 && (said || of_moon));
        day.map(|n| n.end).or((said || of_moon && !self.char(month).is_alphabetic()).then_some(month))
    }
}
