//! Dates as reports give them: a day, or no more than a month or a year.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::packed;

/// How fine a date expression is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// A day, or days of one or several months.
    Day,
    /// A month or thirds of one.
    Month,
    /// A quarter (三季度).
    Quarter,
    /// Half a year (上半年).
    Half,
    /// A calendar year.
    Year,
    /// Several years, such as a five-year plan.
    Years,
}

impl Precision {
    /// As written in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Month => "month",
            Precision::Quarter => "quarter",
            Precision::Half => "half",
            Precision::Year => "year",
            Precision::Years => "years",
        }
    }
}

/// A year, a month or a day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    /// Year.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: Option<i8>,
    /// Day of the month; none where there is no month.
    pub day: Option<i8>,
}

impl PartialDate {
    /// First day meant; `None` where there is no such day.
    pub fn first_day(self) -> Option<Date> {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()
    }

    /// Last day meant; `None` where there is no such day.
    pub fn last_day(self) -> Option<Date> {
        match (self.month, self.day) {
            (Some(month), Some(day)) => Date::new(self.year, month, day).ok(),
            (Some(month), None) => Date::new(self.year, month, 1).ok().map(Date::last_of_month),
            (None, _) => Date::new(self.year, 12, 31).ok(),
        }
    }
}

/// A whole day as a partial date.
impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        PartialDate { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

/// ISO 8601: `2024-12-25`, `2024-12` or `2024`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// Reads what [`fmt::Display`] writes; what follows a `T` or a blank (a time) is dropped.
impl FromStr for PartialDate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let day = text.trim().split(['T', ' ']).next().unwrap_or_default();
        let bad = || format!("`{text}` is no date; write YYYY, YYYY-MM or YYYY-MM-DD");
        let mut parts = day.split(['-', '/', '.']);
        let year = parts.next().filter(|y| y.len() == 4).and_then(|y| y.parse().ok()).ok_or_else(bad)?;
        let month = parts.next().map(|m| m.parse::<i8>().map_err(|_| bad())).transpose()?;
        let day = parts.next().map(|d| d.parse::<i8>().map_err(|_| bad())).transpose()?;
        let date = PartialDate { year, month, day };
        if parts.next().is_some() || date.first_day().is_none() {
            return Err(bad());
        }
        Ok(date)
    }
}

/// Days from `from` to `to`, both included; an open end is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "packed::Days", try_from = "packed::Days")]
pub struct DateRange {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl DateRange {
    /// A closed range.
    pub fn closed(from: Date, to: Date) -> Self {
        DateRange { from: Some(from), to: Some(to) }
    }

    /// The whole calendar year; `None` where the calendar ends before it.
    pub fn year(year: i16) -> Option<Self> {
        Some(Self::closed(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_read_what_they_write() {
        for text in ["2024-12-25", "2024-02", "1949"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
        for text in ["2024-13", "2023-02-29", "24", "", "2024-1-1-1", "昨天"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
        assert_eq!("2024-02".parse::<PartialDate>().unwrap().last_day(), Some(jiff::civil::date(2024, 2, 29)));
    }
}
