//! Told metadata: what front matter, `metadata.csv` and the fields of a JSON line share.

use crate::lexicon::Faults;
use crate::model::{Given, PartialDate};

/// What to write for a period; part of the messages.
const PERIOD_ADVICE: &str =
    "write YYYY, YYYY-MM, YYYY-Q1 to YYYY-Q4, YYYY-H1, YYYY-H2, or first and last as YYYY-MM-DD/YYYY-MM-DD";

/// What a name of a column or key tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Publisher,
    Published,
    Period,
    PeriodFrom,
    PeriodTo,
}

impl Field {
    /// The field that a column or key of this name holds, in any case; `None` for a name that says nothing to us.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name.trim().to_ascii_lowercase().as_str() {
            "title" | "标题" => Field::Title,
            "organisation" | "organization" | "publisher" | "author" | "机构" | "单位" | "发布单位" => {
                Field::Publisher
            }
            "published" | "date" | "reference_date" | "日期" | "发布日期" | "发布时间" => Field::Published,
            "period" | "期间" => Field::Period,
            "period_from" | "period_start" => Field::PeriodFrom,
            "period_to" | "period_end" => Field::PeriodTo,
            _ => return None,
        })
    }
}

/// Collects told fields and the faults among them.
#[derive(Debug, Default)]
pub(super) struct Told {
    given: Given,
    from: Option<PartialDate>,
    to: Option<PartialDate>,
}

impl Told {
    /// Takes one field; an empty value tells nothing, a fault is added under `file` and `line`, and the value is left
    /// out. The first of several names of one field wins.
    pub(super) fn take(&mut self, field: Field, value: &str, file: &str, line: usize, faults: &mut Faults) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let mut date = |slot: &mut Option<PartialDate>| match value.parse() {
            Ok(date) => _ = slot.get_or_insert(date),
            Err(_) => faults.add(file, line, format!("`{value}` is no date"), "write YYYY, YYYY-MM or YYYY-MM-DD"),
        };
        match field {
            Field::Title => _ = self.given.title.get_or_insert_with(|| value.to_owned()),
            Field::Publisher => _ = self.given.publisher.get_or_insert_with(|| value.to_owned()),
            Field::Published => date(&mut self.given.published),
            Field::PeriodFrom => date(&mut self.from),
            Field::PeriodTo => date(&mut self.to),
            Field::Period => match period(value) {
                Some(period) => _ = self.given.period.get_or_insert(period),
                None => faults.add(file, line, format!("`{value}` is no period"), PERIOD_ADVICE),
            },
        }
    }

    /// What was told; a period in one field wins over one in two.
    pub(super) fn finish(self, file: &str, line: usize, faults: &mut Faults) -> Given {
        let Told { mut given, from, to } = self;
        if given.period.is_none()
            && let Some((from, to)) = from.zip(to)
        {
            given.period = ordered(from, to);
            if given.period.is_none() {
                let problem = format!("the period ends ({to}) before it begins ({from})");
                faults.add(file, line, problem, "write the earlier day as period_from");
            }
        } else if given.period.is_none() && (from.is_some() || to.is_some()) {
            faults.add(file, line, "the period has one end alone", "write both period_from and period_to");
        }
        given
    }
}

/// The stronger source of metadata, filled up from the weaker one.
pub fn over(strong: Given, weak: Given) -> Given {
    Given {
        title: strong.title.or(weak.title),
        publisher: strong.publisher.or(weak.publisher),
        published: strong.published.or(weak.published),
        period: strong.period.or(weak.period),
    }
}

fn ordered(from: PartialDate, to: PartialDate) -> Option<(PartialDate, PartialDate)> {
    (from.first_day()? <= to.last_day()?).then_some((from, to))
}

/// A year, month, day, quarter or half-year, or first and last day with `/` between.
fn period(text: &str) -> Option<(PartialDate, PartialDate)> {
    if let Some(part) = part_of_year(text) {
        return Some(part);
    }
    // 2022/03 is a month, 2022-01/2022-03 a range.
    let range = text.split_once('/').filter(|(from, to)| (from.contains('-') || to.len() >= 4) && !to.contains('/'));
    match range {
        Some((from, to)) => ordered(from.parse().ok()?, to.parse().ok()?),
        None => text.parse().ok().map(|date| (date, date)),
    }
}

/// `2022-Q3`, `2022H1`.
fn part_of_year(text: &str) -> Option<(PartialDate, PartialDate)> {
    let (year, rest) = text.split_at_checked(4)?;
    let year = year.parse::<PartialDate>().ok()?.year;
    let (kind, number) = rest.strip_prefix('-').unwrap_or(rest).split_at_checked(1)?;
    let months = match kind {
        "Q" | "q" => 3,
        "H" | "h" => 6,
        _ => return None,
    };
    let number = number.parse::<i8>().ok().filter(|n| (1..=12 / months).contains(n))?;
    let month = |month| PartialDate { year, month: Some(month), day: None };
    Some((month((number - 1) * months + 1), month(number * months)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods() {
        let cases = [
            ("2022", Some("2022 2022")),
            ("2022-03", Some("2022-03 2022-03")),
            ("2022/03", Some("2022-03 2022-03")),
            ("2022/3/1", Some("2022-03-01 2022-03-01")),
            ("2021/2022", Some("2021 2022")),
            ("2022-01-01/2022-03-31", Some("2022-01-01 2022-03-31")),
            ("2022-Q3", Some("2022-07 2022-09")),
            ("2022H2", Some("2022-07 2022-12")),
            ("2022-Q5", None),
            ("2022-H3", None),
            ("2022-01/03", None),
            ("2022-03-31/2022-01-01", None),
            ("2022-01-01/2022-02-30", None),
            ("去年", None),
            ("二二二二", None),
        ];
        for (text, expected) in cases {
            let found = period(text).map(|(from, to)| format!("{from} {to}"));
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn faults_name_their_line_and_leave_the_rest() {
        let mut faults = Faults::default();
        let mut told = Told::default();
        for (line, (name, value)) in [
            ("title", " 总结 "),
            ("date", "昨天"),
            ("period_to", "2022-01"),
            ("period_from", "2022-02"),
            ("colour", "red"),
        ]
        .into_iter()
        .enumerate()
        {
            if let Some(field) = Field::named(name) {
                told.take(field, value, "a.md", line + 1, &mut faults);
            }
        }
        let given = told.finish("a.md", 9, &mut faults);
        assert_eq!(given, Given { title: Some("总结".into()), ..Given::default() });
        let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [2, 9], "{faults}");
    }
}
