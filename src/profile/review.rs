//! The period under review.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use jiff::civil::Date;

use crate::lexicon::{Reports, StatusWords};
use crate::model::{
    Clean, CleanText, DateExpression, DateKind, DateMention, DateRange, EventMention, PartialDate, Precision, Profile,
    ReportType, Span,
};

/// Characters from the top in which a report without a telling title says what it is about.
const TOP: usize = 400;

/// What is under review, before dates are grounded.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Review {
    /// First and last day, where they are settled.
    pub period: Option<DateRange>,
    /// The year that the report is about.
    pub year: Option<i16>,
}

impl Review {
    pub fn read(
        text: &CleanText,
        title: &[Span<Clean>],
        report_type: ReportType,
        published: Option<PartialDate>,
        dates: &[DateExpression],
        name_year: Option<i16>,
        status: &StatusWords,
    ) -> Self {
        let titled: Vec<(DateRange, Precision)> = explicit_in(dates, title).collect();
        let title_year = titled.iter().find_map(|(range, _)| Some(range.from.or(range.to)?.year()));
        let busiest = || name_year.or_else(|| busiest_year(text, dates));
        let news = || year_of_news(text, dates, name_year, status);
        match report_type {
            ReportType::AnnualSummary | ReportType::WorkPlan => {
                let year = title_year
                    .or_else(|| heading_year(text, dates))
                    .or(published.map(year_before_spring))
                    .or_else(busiest);
                Review { period: year.and_then(DateRange::year), year }
            }
            ReportType::NewYearAddress => {
                let greeted = title_year.or_else(|| greeted_year(text, dates)).map(|year| year - 1);
                // the year in the name of its file may be the old one or the new
                let year = greeted.or(published.map(year_before_spring)).or_else(|| busiest_year(text, dates));
                Review { period: year.and_then(DateRange::year), year }
            }
            ReportType::MonthlyReport => {
                let year =
                    title_year.or_else(|| heading_year(text, dates)).or(published.map(|p| p.year)).or_else(busiest);
                let fine = titled.into_iter().find(|(_, precision)| is_fine(*precision)).map(|(range, _)| range);
                let period =
                    fine.or_else(|| fine_near_top(text, dates, year)).or_else(|| year.and_then(DateRange::year));
                Review { period, year: period.and_then(|p| Some(p.from?.year())).or(year) }
            }
            _ => {
                let year = published.map(|p| p.year).or(title_year).or_else(news).or_else(busiest);
                Review { period: year.and_then(DateRange::year), year }
            }
        }
    }
}

fn is_fine(precision: Precision) -> bool {
    matches!(precision, Precision::Month | Precision::Quarter | Precision::Half)
}

fn explicit_in<'d>(
    dates: &'d [DateExpression],
    spans: &'d [Span<Clean>],
) -> impl Iterator<Item = (DateRange, Precision)> + 'd {
    dates.iter().filter(|d| spans.iter().any(|s| s.contains(d.span))).filter_map(DateExpression::explicit)
}

/// A report that comes out from November on looks back on its year, one from before that on the year before.
fn year_before_spring(published: PartialDate) -> i16 {
    if published.month.is_none_or(|month| month >= 6) { published.year } else { published.year - 1 }
}

/// The first year said near the top.
fn heading_year(text: &CleanText, dates: &[DateExpression]) -> Option<i16> {
    let near = dates.iter().filter(|d| d.span.start() < TOP.min(text.chars().len()));
    near.filter_map(DateExpression::explicit).find_map(|(range, _)| Some(range.from.or(range.to)?.year()))
}

/// 值此2025新年之际: the year that begins.
fn greeted_year(text: &CleanText, dates: &[DateExpression]) -> Option<i16> {
    let near = dates.iter().filter(|d| d.span.start() < TOP);
    near.filter_map(|d| Some((d, d.explicit()?.0.from?.year())))
        .find(|(d, _)| {
            let end = (d.span.end() + 6).min(text.chars().len());
            let around = text.slice(Span::new(d.span.start(), end));
            ["新年", "元旦", "到来", "新春"].iter().any(|word| around.contains(word))
        })
        .map(|(_, year)| year)
}

/// The first month, quarter or half near the top, in the year of the report where it says none.
fn fine_near_top(text: &CleanText, dates: &[DateExpression], year: Option<i16>) -> Option<DateRange> {
    let near = || dates.iter().filter(|d| d.span.start() < TOP.min(text.chars().len()));
    let said = near().filter_map(DateExpression::explicit).find(|(_, precision)| is_fine(*precision));
    let grounded = || near().filter_map(|d| d.in_year(year?)).find(|(_, precision)| is_fine(*precision));
    said.or_else(grounded).map(|(range, _)| range)
}

/// The year that the text speaks of most; whole dates count three times.
fn busiest_year(text: &CleanText, dates: &[DateExpression]) -> Option<i16> {
    let mut weights: BTreeMap<i16, u32> = BTreeMap::new();
    for expression in dates {
        let Some((range, precision)) = expression.explicit() else { continue };
        let Some(year) = range.from.or(range.to).map(Date::year) else { continue };
        // the year in front of an event's name is no better than one of a comparison
        let weight = if precision == Precision::Day { 3 } else { 1 };
        let first = u32::from(weights.is_empty() && expression.span.start() < TOP.min(text.chars().len()));
        *weights.entry(year).or_default() += weight + first;
    }
    weights.into_iter().max_by_key(|(year, weight)| (*weight, *year)).map(|(year, _)| year)
}

/// The year of news that do not say when they came out: that of its days and months, plans left out; else the year in
/// the name of its file; else the year after the last one told, since writers call their own year 今年 (this year).
fn year_of_news(
    text: &CleanText,
    dates: &[DateExpression],
    name_year: Option<i16>,
    status: &StatusWords,
) -> Option<i16> {
    let mut fine = None;
    let mut bare = None;
    for expression in dates {
        let Some((range, precision)) = expression.explicit() else { continue };
        let Some(year) = range.to.or(range.from).map(Date::year) else { continue };
        if is_ahead(text, expression.span, status) {
            continue;
        }
        let latest = if matches!(precision, Precision::Day | Precision::Month) { &mut fine } else { &mut bare };
        *latest = (*latest).max(Some(year));
    }
    fine.or(name_year).or(bare.map(|year| year + 1))
}

/// The year in the name of a document: `2023年会.txt`, `news-20231116.pdf`. None where the name holds two.
pub(super) fn year_in_name(name: &str) -> Option<i16> {
    const PLAUSIBLE: RangeInclusive<i16> = 1900..=2099;
    let runs = name.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| {
        let (year, rest) = digits.split_at_checked(4)?;
        let month = rest.get(..2).unwrap_or("01");
        let day = rest.get(2..).filter(|day| !day.is_empty()).unwrap_or("01");
        let is_date = matches!(rest.len(), 0 | 2 | 4);
        let day = is_date.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok());
        Some(day??.year()).filter(|year| PLAUSIBLE.contains(year))
    });
    let mut years = runs.collect::<BTreeSet<i16>>().into_iter();
    years.next().filter(|_| years.next().is_none())
}

/// Told as planned, or as once planned (原定).
fn is_ahead(text: &CleanText, span: Span<Clean>, status: &StatusWords) -> bool {
    let ends = |c: &char| matches!(c, ',' | '。' | ';' | '\n');
    let before = &text.chars()[span.start().saturating_sub(6)..span.start()];
    let before = before.rsplit(ends).next().unwrap_or_default();
    let behind = &text.chars()[span.end()..(span.end() + 10).min(text.chars().len())];
    let behind = behind.split(ends).next().unwrap_or_default();
    matches!(before.last(), Some('到' | '至'))
        || before.contains(&'原')
        || status.tells_plan(before)
        || status.tells_plan(behind)
}

/// News tell of the days of their event: the first days grounded in the text.
pub(super) fn complete(profile: &mut Profile, text: &CleanText, dates: &[DateMention<Clean>], reports: &Reports) {
    if !matches!(profile.report_type, ReportType::MeetingNews | ReportType::EventNews | ReportType::Other) {
        return;
    }
    let body_start = super::paragraphs(text).find(|p| text.slice(*p).contains('。')).map_or(0, Span::start);
    let days = dates.iter().filter(|d| {
        matches!(d.kind, DateKind::Date | DateKind::Range)
            && d.precision == Some(Precision::Day)
            && d.span.start() >= body_start
    });
    let first = days.clone().filter_map(|d| Some(DateRange::closed(d.from?, d.to?))).next();
    if profile.published.is_none()
        && let Some(held) = first.and_then(|days| days.to)
    {
        profile.reference = Some(held.into());
    }
    let reviewed = first.and_then(|days| reviewed_year(text, days.from?, reports));
    let held = first.map(|first| since_opening(text, first, days, reports));
    profile.period = reviewed.and_then(DateRange::year).or(held).or(profile.period);
}

/// News of a last day tell further down when it all began: 竞赛自9月15日开赛.
fn since_opening<'d>(
    text: &CleanText,
    first: DateRange,
    mut days: impl Iterator<Item = &'d DateMention<Clean>>,
    reports: &Reports,
) -> DateRange {
    const LONGEST: i32 = 31;
    let opening = days.find_map(|day| {
        let (began, ended) = (day.from?, first.to?);
        let near = day.to == day.from && began < first.from? && ended.since(began).ok()?.get_days() < LONGEST;
        let behind = &text.chars()[day.span.end()..];
        (near && reports.tells_opening(behind)).then_some(began)
    });
    DateRange { from: opening.or(first.from), ..first }
}

/// What a notice is on, or a speech looks back on.
pub(super) fn conclude(
    profile: &mut Profile,
    text: &CleanText,
    title: &[Span<Clean>],
    dates: &[DateMention<Clean>],
    events: &[EventMention<Clean>],
) {
    let day = profile.published.filter(|published| published.day.is_some()).and_then(PartialDate::first_day);
    let on = match profile.report_type {
        ReportType::Notice => subject_of_notice(text, title, dates, events, day),
        ReportType::Speech => None,
        _ => return,
    };
    let year = profile.period.filter(|period| day.and_then(|day| DateRange::year(day.year())) == Some(*period));
    profile.period = match (on, day) {
        // what is to come begins with its announcement
        (Some(on), Some(day)) if on.to > Some(day) => Some(DateRange { from: Some(day), ..on }),
        (Some(on), _) => Some(on),
        (None, Some(day)) if !closes_year(day) => year.map(|year| DateRange { to: Some(day), ..year }),
        (None, _) => None,
    }
    .or(profile.period);
}

/// The event or the year (2020年度) in the title of a notice, else the last of the days that it invites to.
fn subject_of_notice(
    text: &CleanText,
    title: &[Span<Clean>],
    dates: &[DateMention<Clean>],
    events: &[EventMention<Clean>],
    published: Option<Date>,
) -> Option<DateRange> {
    let in_title = |span: Span<Clean>| title.iter().any(|line| line.contains(span));
    let days = |event: &EventMention<Clean>| Some(DateRange::closed(event.from?, event.to?));
    let titled = || events.iter().filter(|event| in_title(event.span)).find_map(days);
    let yearly = || {
        let mut titled = dates.iter().filter(|date| in_title(date.span) && date.precision == Some(Precision::Year));
        let date = titled.find(|date| text.chars()[..date.span.end()].ends_with(&['年', '度']))?;
        Some(DateRange::closed(date.from?, date.to?))
    };
    let invited = || {
        let published = published?;
        let coming = events.iter().filter_map(days).filter(|days| days.from > Some(published));
        coming.max_by_key(|days| days.to)
    };
    titled().or_else(yearly).or_else(invited)
}

/// In the second half of December a year is spoken of as past.
fn closes_year(day: Date) -> bool {
    day.month() == 12 && day.day() > 15
}

/// A meeting early in a year that hears the report on the year before reviews that year.
fn reviewed_year(text: &CleanText, held: Date, reports: &Reports) -> Option<i16> {
    const EARLY: i8 = 4;
    if held.month() > EARLY {
        return None;
    }
    let before = held.year() - 1;
    let republican = before - 1911;
    let heard = memchr::memmem::find_iter(text.text().as_bytes(), "年").any(|at| {
        let (year, rest) = (&text.text()[..at], &text.text()[at + "年".len()..]);
        let report = rest.strip_prefix('度').unwrap_or(rest);
        let of = |heard: i16| year.ends_with(&heard.to_string());
        (of(before) || of(republican)) && reports.looks_back(report)
    });
    heard.then_some(before)
}

#[cfg(test)]
mod tests {
    use super::year_in_name;

    #[test]
    fn a_name_holds_a_year_where_it_holds_one_alone() {
        let years = [("2023年会.txt", 2023), ("a-2019-news", 2019), ("news20231116.pdf", 2023), ("b_202402", 2024)];
        let years = years.map(|(name, year)| (name, Some(year)));
        let none = ["年会", "2022-2023.md", "12345.txt", "0001.txt", "20239999.txt", "99", "2023111.txt", ""];
        for (name, year) in years.into_iter().chain(none.map(|name| (name, None))) {
            assert_eq!(year_in_name(name), year, "{name}");
        }
    }
}
