//! Terms that rise and fall over the periods, in the text of all publishers together.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::measure::association::benjamini_hochberg;
use crate::measure::period::Period;
use crate::measure::stats::poisson_interval;
use crate::measure::tally::Cell;
use crate::measure::trend::{Observation, RATE_CHARACTERS, Trend, rate};

use super::draft::{Count, Draft, least_text, readable};
use super::figure::{Series, small_line};
use super::organisations::span;

/// Mentions that a term needs to have a trend worth a row.
const LEAST: u64 = 5;

/// What the section shows.
#[derive(Debug, Serialize)]
pub(super) struct View {
    rows: Vec<Row>,
    periods: Vec<String>,
    counts: Vec<Counts>,
    rising: Vec<Chart>,
    falling: Vec<Chart>,
}

#[derive(Debug, Serialize)]
struct Row {
    term: String,
    category: String,
    total: Count,
    mean: String,
    latest: String,
    interval: String,
    change: String,
    slope: String,
    p_value: String,
    p_adjusted: String,
    burst: String,
}

#[derive(Debug, Serialize)]
struct Counts {
    term: String,
    cells: Vec<Count>,
}

#[derive(Debug, Serialize)]
struct Chart {
    term: String,
    id: String,
    note: String,
}

/// Rate of a period with its 95 % interval, in mentions per 10,000 characters.
fn with_interval(count: u64, characters: u64) -> (f64, (f64, f64)) {
    let (low, high) = poisson_interval(count);
    let per = RATE_CHARACTERS / characters.max(1) as f64;
    (rate(count, characters).unwrap_or_default(), (low * per, high * per))
}

pub(super) fn view(draft: &mut Draft<'_>) -> View {
    let summed = draft.aggregates.summed();
    let granularity = draft.aggregates.granularity;
    let cells: BTreeMap<Period, &Cell> = summed
        .iter()
        .filter(|(period, cell)| period.granularity() == granularity && cell.characters > 0)
        .map(|(period, cell)| (*period, cell))
        .collect();
    let mut found: Vec<(u32, Trend)> = Vec::new();
    for term in draft.aggregates.tally.terms.keys() {
        let series = cells.iter().map(|(period, cell)| Observation {
            period: *period,
            count: cell.mentions_of(*term),
            characters: cell.characters,
        });
        found.extend(Trend::of(series, granularity).filter(|trend| trend.total >= LEAST).map(|trend| (*term, trend)));
    }
    let adjusted = benjamini_hochberg(&found.iter().map(|(_, trend)| trend.p_value).collect::<Vec<_>>());
    let mut found: Vec<_> = found.into_iter().zip(adjusted).map(|((term, trend), p)| (term, trend, p)).collect();
    let steepness = |trend: &Trend| trend.slope.unwrap_or_default();
    found.sort_by(|a, b| {
        let size = |trend: &Trend| steepness(trend).abs();
        size(&b.1).total_cmp(&size(&a.1)).then_with(|| draft.term(a.0).cmp(draft.term(b.0)))
    });
    draft.cut("omitted_trends", &mut found, draft.caps.trends);
    let latest: Vec<(Period, &Cell)> =
        cells.iter().rev().take(draft.caps.periods).map(|(p, c)| (*p, *c)).rev().collect();
    let least = least_text(latest.iter().map(|(_, cell)| cell.characters));
    let drawn: Vec<(Period, &Cell)> = latest.iter().filter(|(_, cell)| cell.characters >= least).copied().collect();
    let charts = |draft: &mut Draft<'_>, rises: bool| {
        let chosen =
            found.iter().filter(|(_, trend, _)| if rises { steepness(trend) > 0.0 } else { steepness(trend) < 0.0 });
        let chosen: Vec<_> = chosen.take(draft.caps.charts).map(|(term, trend, _)| (*term, *trend)).collect();
        chosen
            .into_iter()
            .enumerate()
            .map(|(at, (term, trend))| chart(draft, &drawn, term, &trend, rises, at))
            .collect()
    };
    let (rising, falling) = (charts(draft, true), charts(draft, false));
    let (mut rows, mut counts) = (Vec::new(), Vec::new());
    for (term, trend, p_adjusted) in &found {
        let mut row = Vec::new();
        let mut places = Vec::new();
        for (period, cell) in &latest {
            let at = draft.collector.term(None, *term, *period);
            places.extend_from_slice(at.kept());
            row.push(draft.count(cell.mentions_of(*term), at.kept()));
        }
        places.sort_unstable();
        places.dedup();
        places.truncate(5);
        counts.push(Counts { term: draft.term(*term).to_owned(), cells: row });
        rows.push(table_row(draft, *term, trend, *p_adjusted, &latest, &places));
    }
    View { rows, periods: latest.iter().map(|(period, _)| period.to_string()).collect(), counts, rising, falling }
}

fn table_row(
    draft: &mut Draft<'_>,
    term: u32,
    trend: &Trend,
    p_adjusted: Option<f64>,
    latest: &[(Period, &Cell)],
    places: &[super::collect::Place],
) -> Row {
    let last = latest.last().map(|(_, cell)| *cell);
    let count = last.map_or(0, |cell| cell.mentions_of(term));
    let (_, (low, high)) = with_interval(count, last.map_or(0, |cell| cell.characters));
    let optional = |number: Option<f64>| number.map(readable).unwrap_or_default();
    Row {
        term: draft.term(term).to_owned(),
        category: draft.category(term),
        total: draft.count(trend.total, places),
        mean: readable(trend.mean_rate),
        latest: readable(trend.latest_rate),
        interval: format!("[{}, {}]", readable(low), readable(high)),
        change: optional(trend.change),
        slope: trend
            .slope
            .map(|slope| format!("{}{}", if slope > 0.0 { "+" } else { "" }, readable(slope)))
            .unwrap_or_default(),
        p_value: optional(trend.p_value),
        p_adjusted: optional(p_adjusted),
        burst: span(trend.burst),
    }
}

fn chart(draft: &mut Draft<'_>, latest: &[(Period, &Cell)], term: u32, trend: &Trend, rises: bool, at: usize) -> Chart {
    let name = draft.term(term).to_owned();
    let mut series = Series { name: name.clone(), ..Series::default() };
    for (period, cell) in latest {
        let count = cell.mentions_of(term);
        let (value, interval) = with_interval(count, cell.characters);
        series.labels.push(period.to_string());
        series.values.push(value);
        series.intervals.push(interval);
        series.leads.push(draft.leads(draft.collector.term(None, term, *period).kept()));
    }
    let id = draft.draw(format!("chart-{}-{at}", if rises { "rising" } else { "falling" }), small_line(&series, rises));
    let slope = trend.slope.unwrap_or_default();
    let sign = if slope > 0.0 { "+" } else { "" };
    let p_value = trend.p_value.map_or_else(String::new, |p| format!(" · p = {}", readable(p)));
    let note = format!("{sign}{} {}{p_value}", readable(slope), draft.words.get("slope_unit"));
    Chart { term: name, id, note }
}
