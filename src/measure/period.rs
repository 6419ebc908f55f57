//! Reporting periods: years, halves, quarters and months, and their labels.

use std::fmt;
use std::num::NonZeroI32;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// How long a period is; the longest sorts first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Granularity {
    /// A calendar year.
    Year,
    /// January to June, or July to December.
    Half,
    /// Three months, the first of which is January, April, July or October.
    Quarter,
    /// A calendar month.
    Month,
}

impl Granularity {
    /// All, the longest first.
    pub const ALL: [Granularity; 4] = [Granularity::Year, Granularity::Half, Granularity::Quarter, Granularity::Month];

    /// As written on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Granularity::Year => "year",
            Granularity::Half => "half",
            Granularity::Quarter => "quarter",
            Granularity::Month => "month",
        }
    }

    fn months(self) -> i8 {
        match self {
            Granularity::Year => 12,
            Granularity::Half => 6,
            Granularity::Quarter => 3,
            Granularity::Month => 1,
        }
    }
}

impl fmt::Display for Granularity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Granularity {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let found = Self::ALL.into_iter().find(|granularity| granularity.as_str() == text);
        found.ok_or_else(|| PeriodError::Granularity(text.to_owned()))
    }
}

/// A text that names no period or no length of one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PeriodError {
    /// No label of a period.
    #[error("`{0}` is no period; write 2024, 2024H1, 2024Q3 or 2024-05")]
    Label(String),
    /// No length of a period.
    #[error("`{0}` is no length of a period; write year, half, quarter or month")]
    Granularity(String),
}

/// A calendar year, or a half, a quarter or a month of one.
///
/// Sorts by its first day; of periods that begin on the same day, the longest comes first: 2024, 2024H1, 2024Q1,
/// 2024-01, 2024-02, …
///
/// ```
/// use jiff::civil::date;
/// use wenmai::measure::period::{Granularity, Period};
/// let period = Period::containing(date(2024, 5, 1), date(2024, 7, 31), Granularity::Month);
/// assert_eq!(period.to_string(), "2024");
/// assert_eq!("2024Q3".parse::<Period>().unwrap().first_day(), date(2024, 7, 1));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period(NonZeroI32);

/// Most tables of counts have periods in their keys: a period is one number, so that keys are short and told apart at once.
/// From its highest bits down: the year, the month that the period begins with, its granularity, and a bit that is set.
const SET: NonZeroI32 = NonZeroI32::new(1).unwrap();

impl Period {
    /// That which begins with this month of a year.
    fn beginning(year: i16, month: i8, granularity: Granularity) -> Self {
        Period(SET | (i32::from(year) << 7 | i32::from(month) << 3 | (granularity as i32) << 1))
    }

    /// The period of this granularity that holds the day.
    pub fn of(day: Date, granularity: Granularity) -> Self {
        let elapsed = (day.month() - 1) % granularity.months();
        Self::beginning(day.year(), day.month() - elapsed, granularity)
    }

    /// The period of the wanted granularity that holds all days from `from` to `to`, both included and in either order.
    ///
    /// Where it takes more than one, the shortest longer period that holds them; where they lie in several years, the
    /// year of the last of them, for a report speaks of the year it closes.
    pub fn containing(from: Date, to: Date, wanted: Granularity) -> Self {
        if from.year() != to.year() || wanted == Granularity::Year {
            return Self::of(from.max(to), Granularity::Year);
        }
        let holding = Granularity::ALL.into_iter().rev().filter(|&granularity| granularity <= wanted);
        let mut periods = holding.map(|granularity| (Self::of(from, granularity), Self::of(to, granularity)));
        periods.find(|(first, last)| first == last).map_or_else(|| Self::of(to, Granularity::Year), |(_, last)| last)
    }

    /// How long it is.
    pub fn granularity(self) -> Granularity {
        Granularity::ALL[(self.0.get() >> 1 & 3) as usize]
    }

    /// The year it lies in.
    pub fn year(self) -> i16 {
        (self.0.get() >> 7) as i16
    }

    /// The month it begins with.
    fn month(self) -> i8 {
        (self.0.get() >> 3 & 15) as i8
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        date(self.year(), self.month(), 1)
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        self.first_day().saturating_add((self.granularity().months() - 1).months()).last_of_month()
    }

    /// Its middle in years: 2024 is 2024.5. Every month counts as a twelfth of a year, so that quarters lie evenly.
    pub fn midpoint(self) -> f64 {
        let middle = f64::from(self.month() - 1) + f64::from(self.granularity().months()) / 2.0;
        f64::from(self.year()) + middle / 12.0
    }

    /// Which of its year's periods of this granularity it is, from 1.
    fn ordinal(self) -> i8 {
        (self.month() - 1) / self.granularity().months() + 1
    }
}

/// `2024`, `2024H1`, `2024Q3` or `2024-05`; a year has four digits, with a minus sign before year 0.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year() < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}", self.year().unsigned_abs())?;
        match self.granularity() {
            Granularity::Year => Ok(()),
            Granularity::Half => write!(f, "H{}", self.ordinal()),
            Granularity::Quarter => write!(f, "Q{}", self.ordinal()),
            Granularity::Month => write!(f, "-{:02}", self.ordinal()),
        }
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Reads what [`fmt::Display`] writes, and nothing else.
impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        read_label(text).ok_or_else(|| PeriodError::Label(text.to_owned()))
    }
}

fn read_label(text: &str) -> Option<Period> {
    let (sign, unsigned) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (year, part) = unsigned.split_at_checked(4)?;
    let (granularity, ordinal) = match part.split_at_checked(1) {
        None => (Granularity::Year, "1"),
        Some(("H", half)) => (Granularity::Half, half),
        Some(("Q", quarter)) => (Granularity::Quarter, quarter),
        Some(("-", month)) => (Granularity::Month, month),
        Some(_) => return None,
    };
    let elapsed = ordinal.parse::<i8>().ok()?.checked_sub(1)?.checked_mul(granularity.months())?;
    let first = Date::new(sign * year.parse::<i16>().ok()?, elapsed.checked_add(1)?, 1).ok()?;
    let period = Period::of(first, granularity);
    // Integers parse with a plus sign and with other numbers of zeros too; a label is written in one way.
    (period.to_string() == text).then_some(period)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn days() -> impl Strategy<Value = Date> {
        (Date::MIN.year()..=Date::MAX.year(), 1..=12_i8, 1..=28_i8)
            .prop_map(|(year, month, day)| date(year, month, day))
    }

    fn periods() -> impl Strategy<Value = Period> {
        (days(), prop::sample::select(Granularity::ALL.to_vec())).prop_map(|(day, length)| Period::of(day, length))
    }

    #[test]
    fn a_range_falls_into_the_shortest_period_that_holds_it() {
        use Granularity::{Half, Month, Quarter, Year};
        let cases = [
            ((2024, 5, 1), (2024, 5, 31), Month, "2024-05"),
            ((2024, 12, 25), (2024, 12, 26), Month, "2024-12"),
            ((2024, 5, 31), (2024, 6, 1), Month, "2024Q2"),
            ((2024, 3, 31), (2024, 4, 1), Month, "2024H1"),
            ((2024, 6, 30), (2024, 7, 1), Month, "2024"),
            ((2024, 7, 1), (2024, 9, 30), Quarter, "2024Q3"),
            ((2024, 7, 1), (2024, 7, 1), Quarter, "2024Q3"),
            ((2024, 7, 1), (2024, 12, 31), Quarter, "2024H2"),
            ((2024, 7, 1), (2024, 7, 31), Half, "2024H2"),
            ((2024, 1, 1), (2024, 12, 31), Half, "2024"),
            ((2024, 5, 1), (2024, 5, 1), Year, "2024"),
            ((2023, 12, 31), (2024, 1, 1), Month, "2024"),
            ((2021, 1, 1), (2025, 12, 31), Year, "2025"),
            ((2024, 9, 30), (2024, 7, 1), Quarter, "2024Q3"),
        ];
        let day = |(year, month, day)| date(year, month, day);
        for (from, to, wanted, label) in cases {
            assert_eq!(Period::containing(day(from), day(to), wanted).to_string(), label, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn periods_know_their_days_and_middles() {
        let cases = [
            ("2024", date(2024, 1, 1), date(2024, 12, 31), 2024.5),
            ("2024H1", date(2024, 1, 1), date(2024, 6, 30), 2024.25),
            ("2024H2", date(2024, 7, 1), date(2024, 12, 31), 2024.75),
            ("2024Q3", date(2024, 7, 1), date(2024, 9, 30), 2024.625),
            ("2024-02", date(2024, 2, 1), date(2024, 2, 29), 2024.125),
            ("9999", date(9999, 1, 1), date(9999, 12, 31), 9999.5),
            ("0000-12", date(0, 12, 1), date(0, 12, 31), 23.0 / 24.0),
        ];
        for (label, first, last, middle) in cases {
            let period: Period = label.parse().unwrap();
            assert_eq!((period.first_day(), period.last_day(), period.midpoint()), (first, last, middle), "{label}");
        }
    }

    #[test]
    fn a_year_sorts_before_its_parts() {
        let sorted =
            ["2023", "2023-12", "2024", "2024H1", "2024Q1", "2024-01", "2024-03", "2024Q2", "2024-04", "2024H2"];
        let mut periods: Vec<Period> = sorted.iter().rev().map(|label| label.parse().unwrap()).collect();
        periods.sort();
        let labels: Vec<String> = periods.iter().map(Period::to_string).collect();
        assert_eq!(labels, sorted);
    }

    #[test]
    fn other_texts_are_refused() {
        let bad = [
            "",
            "24",
            "2024H0",
            "2024H3",
            "2024Q5",
            "2024Q0",
            "2024-00",
            "2024-13",
            "2024-5",
            "2024-005",
            "2024-+5",
            "+024",
            "02024",
            "-0000",
            "2024H",
            "2024-",
            "2024q1",
            " 2024",
            "2024 ",
            "2024-05-01",
            "2024年",
            "二〇二四",
            "2024-127",
            "2024H100",
            "--999",
        ];
        for text in bad {
            assert_eq!(text.parse::<Period>(), Err(PeriodError::Label(text.to_owned())));
        }
        assert_eq!("Year".parse::<Granularity>(), Err(PeriodError::Granularity("Year".to_owned())));
        assert_eq!("-0044Q4".parse::<Period>().unwrap().first_day(), date(-44, 10, 1));
    }

    #[test]
    fn granularities_read_what_they_write() {
        for granularity in Granularity::ALL {
            assert_eq!(granularity.to_string().parse(), Ok(granularity));
        }
    }

    proptest! {
        #[test]
        fn labels_read_what_they_write(period in periods()) {
            prop_assert_eq!(period.to_string().parse(), Ok(period));
        }

        #[test]
        fn any_text_is_a_label_or_an_error(text in "[-+0-9HQ年]{0,9}") {
            if let Ok(period) = text.parse::<Period>() {
                prop_assert_eq!(period.to_string(), text);
            }
        }

        #[test]
        fn a_period_holds_its_days(period in periods(), day in days()) {
            prop_assert!(period.first_day() <= period.last_day());
            prop_assert_eq!(Period::containing(period.first_day(), period.last_day(), period.granularity()), period);
            let own = Period::of(day, period.granularity());
            prop_assert!(own.first_day() <= day && day <= own.last_day());
            prop_assert_eq!(own.year(), day.year());
        }

        #[test]
        fn a_range_lies_in_its_period(from in days(), length in 0..400_i32, shortest in 0..4_usize) {
            let to = from.saturating_add(length.days());
            let wanted = Granularity::ALL[shortest];
            let period = Period::containing(from, to, wanted);
            prop_assert!(period.granularity() <= wanted && to <= period.last_day());
            prop_assert!(period.first_day() <= from || from.year() < to.year());
            prop_assert_eq!(period, Period::containing(to, from, wanted));
        }

        #[test]
        fn order_is_that_of_days_then_of_length(a in periods(), b in periods()) {
            let key = |period: Period| (period.first_day(), std::cmp::Reverse(period.last_day()));
            prop_assert_eq!(a.cmp(&b), key(a).cmp(&key(b)));
        }
    }
}
