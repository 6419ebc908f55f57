//! What a publisher speaks of: its terms over the periods, and those that set it apart.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::measure::association::Comparison;
use crate::measure::period::Period;
use crate::measure::tally::Cell;
use crate::measure::trend::rate;

use super::collect::Place;
use super::draft::{Count, Draft, least_text, readable};
use super::figure::{Series, dots, lines};

/// Lines of a chart: more can't be told apart.
const LINES: usize = 6;
/// Mentions that a term needs to be said to set a publisher apart, as in `keyness.csv`.
const LEAST: u64 = 3;

/// G² below which chance explains a difference: the 95 % point of χ² with one degree of freedom.
const LEAST_LIKELIHOOD: f64 = 3.841;

/// Terms by period.
#[derive(Debug, Serialize)]
pub(super) struct Terms {
    periods: Vec<String>,
    rows: Vec<TermRow>,
    all: usize,
    chart: Option<String>,
}

#[derive(Debug, Serialize)]
struct TermRow {
    term: String,
    category: String,
    total: u64,
    cells: Vec<TermCell>,
}

#[derive(Debug, Serialize)]
struct TermCell {
    count: Count,
    rate: String,
}

/// Terms that a publisher uses more than all others.
#[derive(Debug, Serialize)]
pub(super) struct Keyness {
    rows: Vec<KeyRow>,
    chart: Option<String>,
}

#[derive(Debug, Serialize)]
struct KeyRow {
    term: String,
    count: Count,
    rest: u64,
    ratio: String,
    interval: String,
    log_likelihood: String,
}

/// What all publishers say, for comparison with one.
pub(super) struct Shown {
    terms: FxHashMap<u32, u64>,
    words: u64,
}

impl Shown {
    pub fn of(draft: &Draft<'_>) -> Self {
        let mut all = Shown { terms: FxHashMap::default(), words: 0 };
        for cell in draft.aggregates.tally.cells.values().flat_map(|cells| cells.values()) {
            all.words += cell.words;
            cell.terms.iter().for_each(|(term, count)| *all.terms.entry(*term).or_default() += u64::from(count.count));
        }
        all
    }
}

/// Mentions of terms over all periods, the commonest first; the names settle which of equals.
fn ranked(draft: &Draft<'_>, cells: &BTreeMap<Period, Cell>) -> Vec<(u32, u64)> {
    let mut totals: FxHashMap<u32, u64> = FxHashMap::default();
    for (term, count) in cells.values().flat_map(|cell| &cell.terms).filter(|(_, count)| count.count > 0) {
        *totals.entry(*term).or_default() += u64::from(count.count);
    }
    let mut ranked: Vec<(u32, u64)> = totals.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| draft.term(a.0).cmp(draft.term(b.0))));
    ranked
}

pub(super) fn terms(draft: &mut Draft<'_>, id: usize, name: &str) -> Terms {
    let empty = BTreeMap::new();
    let cells = draft.aggregates.tally.cells.get(name).unwrap_or(&empty);
    let mut ranked = ranked(draft, cells);
    let all = ranked.len();
    draft.cut("omitted_terms", &mut ranked, draft.caps.terms);
    let with_text: Vec<(&Period, &Cell)> = cells.iter().filter(|(_, cell)| cell.characters > 0).collect();
    let latest = &with_text[with_text.len().saturating_sub(draft.caps.periods)..];
    let periods: Vec<String> = latest.iter().map(|(period, _)| period.to_string()).collect();
    let least = least_text(latest.iter().map(|(_, cell)| cell.characters));
    let drawn = latest.iter().filter(|(_, cell)| cell.characters >= least);
    let order: Vec<String> = drawn.map(|(period, _)| period.to_string()).collect();
    let (mut rows, mut series) = (Vec::new(), Vec::new());
    for (term, total) in ranked {
        let mut one = Series { name: draft.term(term).to_owned(), ..Series::default() };
        let mut row = Vec::new();
        for (period, cell) in latest {
            let count = cell.mentions_of(term);
            let places = draft.collector.term(Some(id as u32), term, **period);
            let count = draft.count(count, places.kept());
            let rate = rate(count.n, cell.characters).unwrap_or_default();
            if cell.characters >= least {
                one.labels.push(period.to_string());
                one.values.push(rate);
                one.leads.push(count.at.clone());
            }
            row.push(TermCell { count, rate: readable(rate) });
        }
        series.push(one);
        let category = draft.category(term);
        rows.push(TermRow { term: draft.term(term).to_owned(), category, total, cells: row });
    }
    series.truncate(LINES);
    let chart = (order.len() > 1 && !series.is_empty()).then(|| {
        let figure = lines(&series, &order, draft.words.get("rate_unit"));
        draft.draw(format!("chart-terms-{id}"), figure)
    });
    Terms { periods, rows, all, chart }
}

pub(super) fn keyness(draft: &mut Draft<'_>, all: &Shown, id: usize, name: &str) -> Keyness {
    let empty = BTreeMap::new();
    let cells = draft.aggregates.tally.cells.get(name).unwrap_or(&empty);
    let size: u64 = cells.values().map(|cell| cell.words).sum();
    let mut found = Vec::new();
    for (term, count) in ranked(draft, cells).into_iter().filter(|(_, count)| *count >= LEAST) {
        let count_rest = all.terms.get(&term).copied().unwrap_or_default().saturating_sub(count);
        let comparison = Comparison { count, size, count_rest, size_rest: all.words.saturating_sub(size) };
        let Some(ratio) = comparison.log_ratio().filter(|ratio| ratio.value > 0.0) else { continue };
        let log_likelihood = comparison.log_likelihood();
        if log_likelihood >= LEAST_LIKELIHOOD {
            found.push((term, comparison, ratio, log_likelihood));
        }
    }
    found.sort_by(|a, b| b.3.total_cmp(&a.3).then_with(|| draft.term(a.0).cmp(draft.term(b.0))));
    draft.cut("omitted_keyness", &mut found, draft.caps.partners);
    let (mut rows, mut series) = (Vec::new(), Series::default());
    for (term, comparison, ratio, log_likelihood) in found {
        let mut places: Vec<Place> = Vec::new();
        for period in cells.keys() {
            places.extend_from_slice(draft.collector.term(Some(id as u32), term, *period).kept());
        }
        places.sort_unstable();
        places.dedup();
        places.truncate(LINES);
        let count = draft.count(comparison.count, &places);
        series.labels.push(draft.term(term).to_owned());
        series.values.push(ratio.value);
        // a term that nobody else uses has no interval
        series.intervals.push(ratio.interval.unwrap_or((ratio.value, ratio.value)));
        series.leads.push(count.at.clone());
        rows.push(KeyRow {
            term: draft.term(term).to_owned(),
            count,
            rest: comparison.count_rest,
            ratio: readable(ratio.value),
            interval: ratio
                .interval
                .map_or_else(String::new, |(low, high)| format!("[{}, {}]", readable(low), readable(high))),
            log_likelihood: readable(log_likelihood),
        });
    }
    let chart = (series.labels.len() > 1).then(|| {
        let figure = dots(&series, draft.words.get("log_ratio"));
        draft.draw(format!("chart-key-{id}"), figure)
    });
    Keyness { rows, chart }
}

impl Draft<'_> {
    /// What a term is, in the language of the report; the word of the dictionary where it is the user's own.
    pub fn category(&self, term: u32) -> String {
        self.words.label("category_", &self.aggregates.term(term).category)
    }

    /// The name of a term.
    pub fn term(&self, term: u32) -> &str {
        &self.aggregates.term(term).name
    }
}
