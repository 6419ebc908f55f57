//! The corpus at a glance.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::draft::{Count, Draft, grouped};
use super::figure::{Series, stacked};

/// What the section shows.
#[derive(Debug, Serialize)]
pub(super) struct View {
    tiles: Vec<Tile>,
    chart: String,
    types: Vec<Row>,
    periods: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Tile {
    what: &'static str,
    value: String,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    documents: Count,
    characters: u64,
}

pub(super) fn view(draft: &mut Draft<'_>, rejected: usize) -> View {
    let overview = &draft.collector.overview;
    let tally = draft.aggregates.tally;
    let periods: BTreeSet<_> = overview.shares.keys().filter_map(|(period, _)| *period).collect();
    let span = match (periods.first(), periods.last()) {
        (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
        (Some(only), _) => only.to_string(),
        _ => "–".to_owned(),
    };
    let tile = |what, value: u64| Tile { what, value: grouped(value) };
    let tiles = vec![
        tile("documents", overview.documents),
        tile("publishers", tally.cells.len() as u64),
        tile("organisations_named", tally.organisations.len() as u64),
        Tile { what: "periods_covered", value: span },
        tile("characters", overview.characters),
        tile("sentences", overview.sentences),
        tile("terms_found", tally.terms.values().filter(|term| term.count > 0).count() as u64),
        tile("rejected", rejected as u64),
    ];
    let (types, periods) = (rows(draft, false), rows(draft, true));
    View { tiles, chart: chart(draft), types, periods }
}

/// Documents summed by period, or by type, the commonest type first.
fn rows(draft: &mut Draft<'_>, by_period: bool) -> Vec<Row> {
    let collector = draft.collector;
    let mut sums: BTreeMap<(Option<_>, &str), (u64, u64, Vec<_>)> = BTreeMap::new();
    for ((period, report_type), share) in &collector.overview.shares {
        let key = if by_period { (*period, "") } else { (None, *report_type) };
        let sum = sums.entry(key).or_default();
        sum.0 += share.documents;
        sum.1 += share.characters;
        sum.2.extend_from_slice(share.places.kept());
    }
    let mut rows = Vec::new();
    for ((period, report_type), (documents, characters, mut places)) in sums {
        let name = match period {
            Some(period) => period.to_string(),
            None if by_period => draft.words.get("unknown").to_owned(),
            None => draft.words.label("type_", report_type),
        };
        places.sort_unstable();
        places.truncate(5);
        rows.push(Row { name, documents: draft.count(documents, &places), characters });
    }
    match by_period {
        true => rows.reverse(),
        false => rows.sort_by(|a, b| b.documents.n.cmp(&a.documents.n).then_with(|| a.name.cmp(&b.name))),
    }
    rows
}

fn chart(draft: &mut Draft<'_>) -> String {
    let collector = draft.collector;
    let mut by_type: BTreeMap<&str, (u64, Series)> = BTreeMap::new();
    let periods: BTreeSet<_> = collector.overview.shares.keys().filter_map(|(period, _)| *period).collect();
    let latest: BTreeSet<_> = periods.iter().rev().take(24).copied().collect();
    for ((period, report_type), share) in &collector.overview.shares {
        let Some(period) = period.filter(|period| latest.contains(period)) else { continue };
        let leads = draft.leads(share.places.kept());
        let (documents, series) = by_type.entry(report_type).or_default();
        *documents += share.documents;
        series.labels.push(period.to_string());
        series.values.push(share.documents as f64);
        series.leads.push(leads);
    }
    let mut ranked: Vec<_> = by_type.into_iter().collect();
    ranked.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(b.0)));
    let named = |(report_type, (_, series)): (&str, (u64, Series))| Series {
        name: draft.words.label("type_", report_type),
        ..series
    };
    let series: Vec<Series> = ranked.into_iter().map(named).collect();
    let order: Vec<String> = latest.iter().map(ToString::to_string).collect();
    let figure = stacked(&series, &order, draft.words.get("documents"));
    draft.draw("chart-documents".to_owned(), figure)
}
