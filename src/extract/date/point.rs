//! Points: a year and its part, or the part alone, in every way of writing them.

use super::numeral::{Small, is_numeral};
use super::scan::{Found, Scanner};
use crate::lexicon::DateWord;
use crate::model::{Edge, MonthOf, Part, Point, Precision, YearOf};

/// A part of a year, a second part that shares its unit, an edge, the end.
type FoundPart = (Part, Option<Part>, Option<Edge>, usize);

impl Scanner<'_> {
    /// The point at `at`, with its half-day and clock time; or two points that share a unit.
    pub(super) fn point(&self, at: usize) -> Option<Found> {
        if at >= self.chars.len() {
            return None;
        }
        if let Some(found) = self.numeric_date(at).or_else(|| self.years(at)) {
            return Some(found);
        }
        let (year, start) = match self.year(at) {
            Some(found) => found,
            None => {
                return self.part_alone(at).or_else(|| self.bare_year(at).map(|(y, end)| (Point::year(y), None, end)));
            }
        };
        let of = if self.char(start) == '的' { start + 1 } else { start };
        if let Some((part, end)) = self.season(of).or_else(|| self.week_of_year(of)).or_else(|| self.half_of_year(of)) {
            return Some((Point { year, part, edge: None }, None, end));
        }
        let Some((part, second, edge, end)) = self
            .part(self.skip_blanks(of))
            .filter(|f| !matches!(f.0, Part::Today(_) | Part::SameDay(_) | Part::Week(..)))
        else {
            return Some(self.year_alone(year, start));
        };
        let point = |part| Point { year, part, edge };
        let end = if matches!(second.unwrap_or(part), Part::Day(..)) { self.clock(end) } else { end };
        Some((point(part), second.map(point), end))
    }

    /// A whole year or its beginning or end.
    fn year_alone(&self, year: YearOf, at: usize) -> Found {
        let edge = |word| if let DateWord::Edge(edge) = word { Some(edge) } else { None };
        let (edge, end) = self.words.at(self.chars, at, edge).map_or((None, at), |(edge, end)| (Some(edge), end));
        (Point { year, part: Part::Year, edge }, None, end)
    }

    /// 2021-2023年, 2021至2023年, 2021、2022年 has two expressions; 2010—2020 alone where it can be nothing else.
    fn years(&self, at: usize) -> Option<Found> {
        if !self.stands_alone(at) {
            return None;
        }
        let plausible = |n: &Small| n.digits && n.width == 4 && (1900..=2100).contains(&n.value);
        let first = self.small(at).filter(plausible)?;
        let start = self.words.end_of(self.chars, self.skip_blanks(first.end), DateWord::Connector)?;
        let start = self.skip_blanks(start);
        let last = self.small(start).filter(plausible).filter(|last| last.value > first.value)?;
        let said = self.char(last.end) == '年';
        if !said && !(self.bare_range_ends(at, last.end)) || said && self.has_month(last.end + 1) {
            return None;
        }
        let end = if said { self.fiscal(last.end + 1) } else { last.end };
        let end = if self.char(end) == '学' && self.char(end + 1) == '年' { end + 2 } else { end };
        Some((Point::year(first.value), Some(Point::year(last.value)), end))
    }

    fn has_month(&self, at: usize) -> bool {
        self.small(at).is_some_and(|n| self.char(n.end) == '月')
    }

    /// Nothing on either side makes two joined years part of a code or of an amount.
    fn bare_range_ends(&self, start: usize, end: usize) -> bool {
        let joined = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-' | '_' | '%');
        !joined(self.before(start))
            && !joined(self.char(end))
            && self.words.end_of(self.chars, end, DateWord::Measure).is_none()
    }

    /// A part whose year is not said.
    fn part_alone(&self, at: usize) -> Option<Found> {
        let alone = |part| Point { year: YearOf::Unsaid, part, edge: None };
        if let Some((part, second, edge, end)) = self.part(at).filter(|f| f.0 != Part::SamePeriod) {
            let end = if self.is_daylike(second.unwrap_or(part)) { self.clock(end) } else { end };
            let point = |part| Point { edge, ..alone(part) };
            return Some((point(part), second.map(point), end));
        }
        self.bare_day(at)
    }

    fn is_daylike(&self, part: Part) -> bool {
        matches!(part, Part::Day(..) | Part::Today(_) | Part::SameDay(_) | Part::Week(_, Some(_)))
    }

    /// A month, quarter, half, third, edge, or a word for one of them.
    fn part(&self, at: usize) -> Option<FoundPart> {
        if let Some(found) = self.month_led(at) {
            return Some(found);
        }
        if self.char(at) == '最' {
            let (part, end) = self.week_of_month(MonthOf::Review(0), at)?;
            return Some((part, None, None, end));
        }
        if let Some((part, end)) = self.quarter(at).or_else(|| self.first_months(at)) {
            let edge = |word| if let DateWord::Edge(edge) = word { Some(edge) } else { None };
            let (edge, end) = self.words.at(self.chars, end, edge).map_or((None, end), |(e, end)| (Some(e), end));
            return Some((part, None, edge, end));
        }
        let pick = |word| match word {
            // 美好的明天 (a better tomorrow) is no day.
            DateWord::Part(Part::Today(_)) if self.before(at) == '的' => None,
            DateWord::Part(part) => Some((part, None)),
            DateWord::EdgeOf(part, edge) => Some((part, Some(edge))),
            DateWord::Third(third) => Some((Part::Third(MonthOf::Last, third), None)),
            DateWord::Weekday(day) => Some((Part::Week(0, Some(day)), None)),
            _ => None,
        };
        let ((part, edge), end) = self.words.at(self.chars, at, pick)?;
        // 月初一 is a day of the lunar calendar.
        if edge == Some(Edge::Start) && is_numeral(self.char(end)) {
            return None;
        }
        match part {
            Part::Month(month) if edge.is_none() => Some(self.in_month(month, end)),
            Part::Week(week, None) => Some(self.in_week(week, end)),
            Part::Quarter(_) if edge.is_none() => {
                let edge = |word| if let DateWord::Edge(edge) = word { Some(edge) } else { None };
                let (edge, end) = self.words.at(self.chars, end, edge).map_or((None, end), |(e, end)| (Some(e), end));
                Some((part, None, edge, end))
            }
            _ => Some((part, None, edge, end)),
        }
    }

    /// 上周五, 下周, 上周末.
    fn in_week(&self, week: i16, end: usize) -> FoundPart {
        if self.char(end) == '末' {
            return (Part::Week(week, None), None, Some(Edge::End), end + 1);
        }
        let day = match self.char(end) {
            '天' => Some(7),
            '日' if !matches!(self.char(end + 1), '程' | '常') => Some(7),
            c if matches!(c, '一' | '二' | '三' | '四' | '五' | '六') && !is_numeral(self.char(end + 1)) => {
                "一二三四五六".chars().zip(1i8..).find(|(d, _)| *d == c).map(|(_, n)| n)
            }
            _ => None,
        };
        (Part::Week(week, day), None, None, end + usize::from(day.is_some()))
    }

    /// 12月, 1-3月, 12月25日, 12月25-26日, 12月上旬, 12月底.
    fn month_led(&self, at: usize) -> Option<FoundPart> {
        if !self.stands_alone(at) || matches!(self.before(at), '个') {
            return None;
        }
        let valid = |n: &Small| (1..=12).contains(&n.value) && n.width <= 2;
        let first = self.small(at).filter(valid)?;
        if self.char(first.end) == '月' {
            return self.named_month(first.value as i8, first.end + 1);
        }
        let last = self.joined(at, &first).filter(valid)?;
        if self.char(last.end) != '月'
            || self.small(last.end + 1).is_some_and(|n| matches!(self.char(n.end), '日' | '号'))
        {
            return None;
        }
        let month = |n: Small| Part::Month(MonthOf::Named(n.value as i8));
        let end = if self.char(last.end + 1) == '份' { last.end + 2 } else { last.end + 1 };
        Some((month(first), Some(month(last)), None, end))
    }

    /// The larger number that a connector, or 、 where it is the next one, joins to the number at `at`: 1-3月, 6、7月.
    fn joined(&self, at: usize, first: &Small) -> Option<Small> {
        let behind = self.skip_blanks(first.end);
        // A number and 、 at the beginning of a line mark an item of a list.
        if self.char(behind) == '、' && !matches!(self.before(at), '\n' | ' ') {
            return self.small(behind + 1).filter(|last| last.value == first.value + 1);
        }
        let start = self.words.end_of(self.chars, behind, DateWord::Connector)?;
        self.small(self.skip_blanks(start)).filter(|last| last.value > first.value)
    }

    fn named_month(&self, month: i8, end: usize) -> Option<FoundPart> {
        // 三月初一 is a day of the lunar calendar, which is not read.
        if self.char(end) == '初' && is_numeral(self.char(end + 1)) || self.words.hides(self.chars, end - 1) {
            return None;
        }
        Some(self.in_month(MonthOf::Named(month), end))
    }

    /// What stands behind a month that ends before `at`.
    fn in_month(&self, month: MonthOf, at: usize) -> FoundPart {
        if let Some((part, end)) = self.week_of_month(month, at) {
            return (part, None, None, end);
        }
        if let Some((first, second, end)) = self.days(month, self.skip_blanks(at)) {
            return (first, second, None, end);
        }
        let at = if self.char(at) == '份' { at + 1 } else { at };
        let third = |word| if let DateWord::Third(third) = word { Some(third) } else { None };
        if let Some((third, end)) = self.words.at(self.chars, at, third) {
            return (Part::Third(month, third), None, None, end);
        }
        let edge = |word| if let DateWord::Edge(edge) = word { Some(edge) } else { None };
        if let Some((edge, end)) = self.words.at(self.chars, at, edge) {
            return (Part::Month(month), None, Some(edge), end);
        }
        (Part::Month(month), None, None, at)
    }

    /// 25日, 25-26日, 25号 behind a month.
    fn days(&self, month: MonthOf, at: usize) -> Option<(Part, Option<Part>, usize)> {
        let valid = |n: &Small| (1..=31).contains(&n.value) && n.width <= 3;
        let is_day = |c| matches!(c, '日' | '号');
        let first = self.small(at).filter(valid)?;
        let day = |n: Small| Part::Day(Some(month), n.value as i8);
        if is_day(self.char(first.end)) {
            return Some((day(first), None, first.end + 1));
        }
        if !first.digits && first.width > 1 && is_numeral(self.before(at - 1)) && self.ends_bare_day(first.end) {
            return Some((day(first), None, first.end));
        }
        let last = self.joined(at, &first).filter(valid)?;
        is_day(self.char(last.end)).then(|| (day(first), Some(day(last)), last.end + 1))
    }

    /// 八月十五 (15 August): what follows makes no count of the day.
    fn ends_bare_day(&self, end: usize) -> bool {
        let counted = matches!(self.char(end), '月' | '年' | '个' | '成' | '几' | '%' | '.' | '-');
        !counted
            && self
                .words
                .at(self.chars, end, |w| matches!(w, DateWord::Measure | DateWord::Unit(..)).then_some(()))
                .is_none()
    }

    /// A day without its month: 17日下午, 11日至12日, 28~29日.
    fn bare_day(&self, at: usize) -> Option<Found> {
        let valid = |n: &Small| (1..=31).contains(&n.value) && (n.arabic && n.width <= 2 || !n.arabic && !n.digits);
        let first = self.small(at).filter(valid)?;
        if !self.stands_alone(at)
            || matches!(self.before(at), '每' | '/')
            || self.words.ends_before(self.chars, at, DateWord::Lasting)
        {
            return None;
        }
        let day = |n: &Small| Point::of(Part::Day(None, n.value as i8));
        if self.char(first.end) == '号' {
            let clock = self.clock(first.end + 1);
            return self.is_day_number(at, first.end, clock).then(|| (day(&first), None, clock));
        }
        if self.char(first.end) != '日' {
            let last = self.joined(at, &first).filter(valid)?;
            return (self.char(last.end) == '日').then(|| (day(&first), Some(day(&last)), self.clock(last.end + 1)));
        }
        let end = first.end + 1;
        let hidden = self.words.hides(self.chars, first.end);
        let clock = self.clock(end);
        let ranged = self.words.end_of(self.chars, end, DateWord::Connector).is_some();
        let plain = first.arabic || first.width > 1 || clock > end || ranged;
        let counted = matches!(self.char(end), '内' | '之' | '游' | '均');
        (!hidden && plain && !counted).then(|| (day(&first), None, clock))
    }

    /// 12号 is a day of the month where it ends what is said, or has an hour, and nothing before makes it an address or the
    /// number of a document.
    fn is_day_number(&self, at: usize, mark: usize, clock: usize) -> bool {
        let before = self.before(at);
        let free = matches!(before, '的' | '在' | '于' | '到' | '至' | '是' | '月' | '\n');
        let ends = clock > mark + 1 || !self.char(mark + 1).is_alphanumeric();
        free && ends && self.char(mark + 1) != '、'
    }

    /// 三季度, 第三季度, 3季度, Q3.
    pub(super) fn quarter(&self, at: usize) -> Option<(Part, usize)> {
        let quarter = |n: i16, end| {
            let n = i8::try_from(n).ok().filter(|n| (1..=4).contains(n))?;
            Some((Part::Months(n * 3 - 2, n * 3, Precision::Quarter), end))
        };
        if self.char(at) == 'Q' && !self.before(at).is_ascii_alphabetic() {
            let n = self.small(at + 1).filter(|n| n.width == 1 && n.arabic)?;
            return if self.char(n.end).is_ascii_alphanumeric() { None } else { quarter(n.value, n.end) };
        }
        let start = if self.char(at) == '第' { at + 1 } else { at };
        let n = self.small(start).filter(|n| n.width == 1)?;
        let alone = start > at || self.stands_alone(at);
        (alone && self.char(n.end) == '季' && self.char(n.end + 1) == '度')
            .then(|| quarter(n.value, n.end + 2))
            .flatten()
    }

    /// 前三季度, 前11个月.
    fn first_months(&self, at: usize) -> Option<(Part, usize)> {
        // 提前3个月 is three months earlier, not the first three of the year.
        if self.char(at) != '前'
            || matches!(self.before(at), '提' | '之' | '以' | '目' | '日' | '会' | '展' | '赛' | '期' | '届')
        {
            return None;
        }
        let n = self.small(at + 1).filter(|n| (1..=12).contains(&n.value))?;
        let start = if self.char(n.end) == '个' { n.end + 1 } else { n.end };
        let (months, end) = match (self.char(start), self.char(start + 1)) {
            ('季', '度') => (n.value.checked_mul(3)?, start + 2),
            ('月', _) if start > n.end => (n.value, start + 1),
            _ => return None,
        };
        (months <= 12).then_some((Part::Months(1, months as i8, Precision::Month), end))
    }

    /// The end of a half-day word at `at`.
    pub(super) fn half_day(&self, at: usize) -> Option<usize> {
        self.words.end_of(self.chars, at, DateWord::HalfDay)
    }

    /// Behind a weekday in brackets, a half-day and a clock time that follow a day; `at` where there is none.
    pub(super) fn clock(&self, at: usize) -> usize {
        let at = self.bracketed_weekday(at).unwrap_or(at);
        let half = self.half_day(at).unwrap_or(at);
        let start = if half == at { if self.char(at) == 'T' { at + 1 } else { self.skip_blanks(at) } } else { half };
        let Some(end) = self.time(start, half > at) else { return half };
        let until = self.words.end_of(self.chars, end, DateWord::Connector);
        until.and_then(|start| self.time(start, half > at)).unwrap_or(end)
    }

    /// 14:30, 2时, 下午2点半, 9:30-11:00.
    fn time(&self, at: usize, after_half_day: bool) -> Option<usize> {
        let hour = self.small(at).filter(|n| n.value <= 24 && n.width <= 2)?;
        let minute = |at| self.small(at).filter(|n| n.value < 60 && n.width <= 3);
        let end = match self.char(hour.end) {
            ':' if hour.arabic => {
                let mut end = minute(hour.end + 1)?.end;
                if self.char(end) == ':' {
                    end = minute(end + 1).map_or(end, |second| second.end);
                }
                end
            }
            '时' | '点' if after_half_day || !matches!(self.char(hour.end + 1), '间' | '建' | '希') => {
                match self.char(hour.end + 1) {
                    '半' | '整' | '许' => hour.end + 2,
                    _ => minute(hour.end + 1).filter(|m| self.char(m.end) == '分').map_or(hour.end + 1, |m| m.end + 1),
                }
            }
            _ => return None,
        };
        Some(end)
    }

    /// (星期三), (周三): a weekday in brackets.
    fn bracketed_weekday(&self, at: usize) -> Option<usize> {
        if !matches!(self.char(at), '(' | ',') {
            return None;
        }
        let end = self.words.at(self.chars, at + 1, |word| matches!(word, DateWord::Weekday(_)).then_some(()))?.1;
        match self.char(at) {
            ',' => Some(end),
            _ => (self.char(end) == ')').then_some(end + 1),
        }
    }
}
