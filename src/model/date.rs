//! Date expressions as parsed, before they are read against a document, and what they are read against.

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Clean, DateRange, PartialDate, Precision, Span};

/// A date expression of the text; what the wording leaves open is still open.
#[derive(Clone, Debug, PartialEq)]
pub struct DateExpression {
    /// Where it stands.
    pub span: Span<Clean>,
    /// What it says.
    pub form: DateForm,
}

/// What a date expression says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DateForm {
    /// A day, month, quarter, half-year or year.
    At(Point),
    /// From one to another, both included; what the second leaves unsaid it takes from the first.
    Between(Point, Point),
    /// From its first day on (2021年4月份以来).
    From(Point),
    /// To its last day (截至2022年底).
    Until(Point),
    /// A length of time (近三年).
    Length(Length),
    /// Two digits and 年 (22年): a year where it is near the reference, else a length.
    YearOrLength(i16, Length),
    /// A repeated time (每年) and how long it is from one to the next; no length where that is not said.
    Repeated(Length),
}

/// A time that the calendar gives a first and a last day, once its year is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Whose year it is.
    pub year: YearOf,
    /// Which part of the year.
    pub part: Part,
    /// Its beginning (年初) or its end (月底) alone.
    pub edge: Option<Edge>,
}

/// How the year of a point is given. Offsets are in years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearOf {
    /// Not said: the document decides.
    Unsaid,
    /// A number.
    Explicit(i16),
    /// Counted from the year that the passage is about (今年 0, 去年 -1).
    Passage(i16),
    /// Counted from the year that the sentence is about (上年 -1).
    Topic(i16),
    /// Counted from the year named last (当年 0, 次年 1).
    Named(i16),
    /// Counted from the year that begins or has just begun (新的一年 0, 过去一年 -1).
    Coming(i16),
}

/// How a month is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthOf {
    /// A number, 1 to 12.
    Named(i8),
    /// Counted in months from the month under review (本月 0, 上月 -1).
    Review(i16),
    /// The month named last (当月).
    Last,
}

/// A part of a year. Numbers are as the calendar counts them, offsets count from the time of speaking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Year,
    /// Its months from first to last: a quarter, a half, 前11个月.
    Months(i8, i8, Precision),
    /// A month.
    Month(MonthOf),
    /// The 1st, 2nd or 3rd third of a month (上旬); 4 is all but the first (中下旬), 5 all but the last.
    Third(MonthOf, i8),
    /// A day; without a month, in the month named last.
    Day(Option<MonthOf>, i8),
    /// A quarter counted from that under review (本季度 0).
    Quarter(i16),
    /// A week counted from the present one, or a day of it (1 = Monday).
    Week(i16, Option<i8>),
    /// A day counted from that of speaking (昨天 -1).
    Today(i16),
    /// The n-th week of a month or, without one, of the year (-1 is the last), or a day of it (1 = Monday, 0 = all of it).
    /// A week is of the month that its Monday stands in.
    Nth(Option<MonthOf>, i8, i8),
    /// Months and days counted from that of speaking (三天前 0 and -3).
    Shifted(i16, i16),
    /// A day of the lunar calendar, which is not computed.
    Lunar,
    /// A day counted from the day named last (同日 0, 次日 1).
    SameDay(i16),
    /// The months or days named last, in the year of the point (上年同期).
    SamePeriod,
}

/// One end of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// 初.
    Start,
    /// 底, 末.
    End,
}

/// A length of time in calendar units, as written: 12个月 stays twelve months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    /// Years, months, weeks, days, hours, minutes, seconds.
    pub parts: [Decimal; 7],
    /// Its numeral and the value, where it has one alone.
    pub numeral: Option<(Span<Clean>, Decimal)>,
}

impl Length {
    /// As ISO 8601: `P3Y`, `P18M`, `P15D`, `PT2H`. Halves are written in the next smaller unit: one and a half years
    /// are 18 months, half a month 15 days, half a day 12 hours.
    pub fn to_iso(self) -> String {
        let mut parts = self.parts;
        if !parts[0].fract().is_zero() {
            parts[1] += parts[0] * Decimal::from(12);
            parts[0] = Decimal::ZERO;
        }
        for (unit, smaller, size) in [(1, 3, 30), (2, 3, 7), (3, 4, 24), (4, 5, 60), (5, 6, 60)] {
            let rest = parts[unit].fract();
            parts[unit] -= rest;
            parts[smaller] += rest * Decimal::from(size);
        }
        let mut text = String::from("P");
        for (at, (value, unit)) in parts.into_iter().zip(["Y", "M", "W", "D", "H", "M", "S"]).enumerate() {
            if !value.is_zero() {
                let time = if at > 3 && !text.contains('T') { "T" } else { "" };
                text.push_str(&format!("{time}{}{unit}", value.normalize()));
            }
        }
        text
    }
}

impl Point {
    /// A part of the year that the document decides on.
    pub fn of(part: Part) -> Self {
        Point { year: YearOf::Unsaid, part, edge: None }
    }

    /// A whole year.
    pub fn year(year: i16) -> Self {
        Point { year: YearOf::Explicit(year), part: Part::Year, edge: None }
    }

    /// First and last day where the parts say all; `None` where the document has to say the rest, or there is no
    /// such day.
    pub fn explicit(&self) -> Option<(DateRange, Precision)> {
        let YearOf::Explicit(year) = self.year else { return None };
        self.in_year(year, None)
    }

    /// First and last day in `year`; `month` stands in for a month that the point itself does not name.
    pub fn in_year(&self, year: i16, month: Option<i8>) -> Option<(DateRange, Precision)> {
        let named = |given: MonthOf| if let MonthOf::Named(m) = given { Some(m) } else { month };
        let (first, last, precision) = match self.part {
            Part::Year => (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?, Precision::Year),
            Part::Months(a, b, precision) => {
                (Date::new(year, a, 1).ok()?, Date::new(year, b, 1).ok()?.last_of_month(), precision)
            }
            Part::Month(m) => {
                let first = Date::new(year, named(m)?, 1).ok()?;
                (first, first.last_of_month(), Precision::Month)
            }
            Part::Third(m, third) => {
                let m = named(m)?;
                let (from, to) = match third {
                    1 => (1, Some(10)),
                    2 => (11, Some(20)),
                    3 => (21, None),
                    5 => (1, Some(20)),
                    _ => (11, None),
                };
                let first = Date::new(year, m, from).ok()?;
                let last = to.map_or(Some(first.last_of_month()), |to| Date::new(year, m, to).ok())?;
                (first, last, Precision::Month)
            }
            Part::Nth(m, nth, weekday) => nth_week(year, m.map(|m| named(m).ok_or(())), nth, weekday)?,
            Part::Day(m, day) => {
                let day = Date::new(year, m.map_or(month, named)?, day).ok()?;
                (day, day, Precision::Day)
            }
            _ => return None,
        };
        Some((DateRange::closed(first, last), precision))
    }
}

/// The `nth` week, or that day of it, of a month or a year; `month` is an error where it is not known.
fn nth_week(year: i16, month: Option<Result<i8, ()>>, nth: i8, weekday: i8) -> Option<(Date, Date, Precision)> {
    if weekday != 0 && month.is_none() {
        return None;
    }
    let month = month.transpose().ok()?;
    let first = Date::new(year, month.unwrap_or(1), 1).ok()?;
    let last = if month.is_some() { first.last_of_month() } else { first.last_of_year() };
    let day = i32::from(weekday.max(1)) - 1;
    let offset = |date: Date| i32::from(date.weekday().to_monday_zero_offset());
    // Weeks of a year are those of ISO 8601: the first holds 4 January.
    let start = if month.is_none() {
        let fourth = Date::new(year, 1, 4).ok()?;
        fourth.checked_sub(offset(fourth).days()).ok()?
    } else {
        first.checked_add((day - offset(first)).rem_euclid(7).days()).ok()?
    };
    let found = if nth < 0 {
        last.checked_sub((offset(last) - day).rem_euclid(7).days()).ok()?
    } else {
        start.checked_add((i32::from(nth) - 1).weeks()).ok().filter(|date| *date <= last)?
    };
    let end = if weekday == 0 { found.checked_add(6.days()).ok()? } else { found };
    Some((found, end, Precision::Day))
}

impl DateExpression {
    /// First and last day and precision, the year `year` taken where none is said; `None` for ranges and durations.
    pub fn in_year(&self, year: i16) -> Option<(DateRange, Precision)> {
        match &self.form {
            DateForm::At(point) if point.year == YearOf::Unsaid => point.in_year(year, None),
            DateForm::At(point) => point.explicit(),
            _ => None,
        }
    }

    /// First and last day and precision, where the year is explicit and no context is needed.
    pub fn explicit(&self) -> Option<(DateRange, Precision)> {
        match &self.form {
            DateForm::At(point) => point.explicit(),
            DateForm::Between(a, b) => {
                let (first, precision) = a.explicit()?;
                let b = b.completed_from(a);
                let (last, _) = b.explicit()?;
                let precision = if a.part == Part::Year { Precision::Years } else { precision };
                let range = DateRange { from: first.from, to: last.to };
                (range.from <= range.to).then_some((range, precision))
            }
            DateForm::From(point) => {
                let (range, precision) = point.explicit()?;
                Some((DateRange { from: range.from, to: None }, precision))
            }
            DateForm::Until(point) => {
                let (range, precision) = point.explicit()?;
                Some((DateRange { from: None, to: range.to }, precision))
            }
            DateForm::Length(_) | DateForm::YearOrLength(..) | DateForm::Repeated(_) => None,
        }
    }
}

impl Point {
    /// The point with what it leaves unsaid taken from an earlier one (the second of `12月25日至26日`).
    pub fn completed_from(&self, earlier: &Point) -> Point {
        let mut point = *self;
        if point.year == YearOf::Unsaid {
            point.year = earlier.year;
        }
        if let (Part::Day(None, day), Part::Day(Some(month), _)) = (point.part, earlier.part) {
            point.part = Part::Day(Some(month), day);
        }
        point
    }
}

/// A part of the text and the year that it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// First character, in clean text.
    pub start: usize,
    /// The year.
    pub year: i16,
    /// It tells what is planned.
    pub planned: bool,
}

/// What date expressions are read against.
#[derive(Clone, Copy, Debug, Default)]
pub struct DateContext<'a> {
    /// When the text was published or spoken: 今年, 昨天 are read against it.
    pub reference: Option<PartialDate>,
    /// The period under review.
    pub period: Option<DateRange>,
    /// Parts of the text with a year of their own, ascending by start.
    pub passages: &'a [Passage],
}
