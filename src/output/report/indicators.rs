//! The figures of publishers: what they did and planned.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::prelude::ToPrimitive;
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::lexicon::Indicator;
use crate::measure::indicators::{self, Figure, FigureKey, FigureTally};
use crate::measure::period::Period;

use super::draft::Draft;
use super::figure::{Series, small_bars};
use super::pool::{Sentence, shortened};

/// All figures of one publisher, by indicator, period and status.
pub(super) type Told<'t> = indicators::Figures<'t>;

/// What is shown of the figures of one publisher.
#[derive(Debug, Serialize)]
pub(super) struct Figures {
    rows: Vec<Row>,
    charts: Vec<Chart>,
    /// The latest figure that was done of each indicator, for comparisons.
    pub latest: Vec<Latest>,
}

#[derive(Debug, Serialize)]
struct Row {
    indicator: String,
    period: String,
    planned: bool,
    value: String,
    mentions: u64,
    at: String,
}

#[derive(Debug, Serialize)]
struct Chart {
    title: String,
    id: String,
}

/// The last known figure of an indicator.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Latest {
    pub indicator: String,
    pub period: String,
    pub value: String,
    pub at: String,
}

/// Figures of the publishers that have a section.
pub(super) fn by_organisation<'t>(draft: &Draft<'t>, names: &'t [String]) -> FxHashMap<&'t str, Told<'t>> {
    let mut all: FxHashMap<&str, Told<'t>> = names.iter().map(|name| (name.as_str(), Vec::new())).collect();
    for (key, figures) in draft.aggregates.tally.indicators.figures() {
        if let Some(told) = all.get_mut(key.organisation) {
            told.push((key, figures));
        }
    }
    all
}

/// A figure as it is shown: `3,200 人`, `100–120 家`.
fn written(figure: &Figure) -> String {
    let number = |number: &rust_decimal::Decimal| match (number.scale(), number.to_u64()) {
        (0, Some(whole)) => super::draft::grouped(whole),
        _ => number.to_string(),
    };
    let value = match (&figure.value, &figure.min, &figure.max) {
        (Some(value), _, _) => number(value),
        (None, Some(low), Some(high)) => format!("{}–{}", number(low), number(high)),
        (None, Some(low), None) => format!("≥ {}", number(low)),
        (None, None, Some(high)) => format!("≤ {}", number(high)),
        (None, None, None) => "–".to_owned(),
    };
    format!("{value} {}", shortened(&figure.unit, 12)).trim_end().to_owned()
}

fn lead(draft: &mut Draft<'_>, tally: &FigureTally) -> String {
    let place = &tally.place;
    draft.lead(Sentence {
        document: place.document.to_string(),
        number: u64::from(place.sentence) + 1,
        page: place.page,
        text: place.text.to_string(),
    })
}

pub(super) fn view(draft: &mut Draft<'_>, id: usize, told: Told<'_>) -> Figures {
    let lexicon = draft.aggregates.lexicon;
    let indicator = |key: &FigureKey<'_>| -> &Indicator { &lexicon.indicators.indicators()[key.indicator as usize] };
    let mut sorted = told;
    // the latest of each indicator stands first, what was done before what is planned
    sorted.sort_by(|(a, _), (b, _)| {
        a.indicator.cmp(&b.indicator).then(b.period.cmp(&a.period)).then(a.planned.cmp(&b.planned))
    });
    let charts = charts(draft, id, &sorted, &indicator);
    let latest = latest(draft, &sorted, &indicator);
    let all: usize = sorted.iter().map(|(_, figures)| figures.len()).sum();
    // where there are too many, those of the latest periods stay
    let mut shown: Vec<usize> = (0..sorted.len()).collect();
    shown.sort_by(|a, b| sorted[*b].0.period.cmp(&sorted[*a].0.period).then(a.cmp(b)));
    shown.truncate(draft.caps.figures);
    shown.sort_unstable();
    let mut rows = Vec::new();
    for (key, figures) in shown.into_iter().map(|at| &sorted[at]) {
        for (figure, tally) in figures.iter().take(draft.caps.figures.saturating_sub(rows.len())) {
            let at = lead(draft, tally);
            rows.push(Row {
                indicator: indicator(key).title.clone(),
                period: key.period.to_string(),
                planned: key.planned,
                value: written(figure),
                mentions: tally.mentions,
                at,
            });
        }
    }
    draft.omit("omitted_figures", rows.len(), all);
    Figures { rows, charts, latest }
}

/// The latest figure that was done of each indicator.
fn latest<'l>(
    draft: &mut Draft<'_>,
    sorted: &Told<'_>,
    indicator: &impl Fn(&FigureKey<'_>) -> &'l Indicator,
) -> Vec<Latest> {
    let mut latest: Vec<(u32, Latest)> = Vec::new();
    for (key, figures) in sorted.iter().filter(|(key, _)| !key.planned && !indicator(key).rest) {
        let known = latest.last().is_some_and(|(last, _)| *last == key.indicator);
        if let Some((figure, tally)) = figures.first().filter(|_| !known) {
            let at = lead(draft, tally);
            let (indicator, period) = (indicator(key).title.clone(), key.period.to_string());
            latest.push((key.indicator, Latest { indicator, period, value: written(figure), at }));
        }
    }
    latest.into_iter().map(|(_, latest)| latest).collect()
}

/// Small charts of the indicators that have figures in the most periods.
fn charts<'l>(
    draft: &mut Draft<'_>,
    id: usize,
    told: &Told<'_>,
    indicator: &impl Fn(&FigureKey<'_>) -> &'l Indicator,
) -> Vec<Chart> {
    type Points<'t> = BTreeMap<(bool, Period), (&'t Figure, &'t FigureTally)>;
    let mut by_indicator: BTreeMap<(u32, &str), Points<'_>> = BTreeMap::new();
    for (key, figures) in told.iter().filter(|(key, _)| !indicator(key).rest) {
        // the figure that is told most often stands first
        if let Some((figure, tally)) = figures.iter().find(|(figure, _)| figure.value.is_some()) {
            let points = by_indicator.entry((key.indicator, &figure.unit)).or_default();
            points.insert((key.planned, key.period), (figure, tally));
        }
    }
    let mut ranked: Vec<_> = by_indicator.into_iter().filter(|(_, points)| points.len() > 1).collect();
    ranked.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    ranked.truncate(draft.caps.charts);
    let mut charts = Vec::new();
    for (at, ((number, unit), points)) in ranked.into_iter().enumerate() {
        let periods: BTreeSet<Period> = points.keys().map(|(_, period)| *period).collect();
        let latest: BTreeSet<Period> = periods.iter().rev().take(draft.caps.periods).copied().collect();
        let mut series = [("done", false), ("planned", true)]
            .map(|(name, planned)| (planned, Series { name: draft.words.get(name).to_owned(), ..Series::default() }));
        for ((planned, period), (figure, tally)) in points.into_iter().filter(|((_, p), _)| latest.contains(p)) {
            let leads = lead(draft, tally);
            for (_, one) in series.iter_mut().filter(|(of, _)| *of == planned) {
                one.labels.push(period.to_string());
                one.values.push(figure.value.and_then(|value| value.to_f64()).unwrap_or_default());
                one.leads.push(leads.clone());
            }
        }
        let order: Vec<String> = latest.iter().map(ToString::to_string).collect();
        let figure = small_bars(&series.map(|(_, one)| one), &order);
        let title = &draft.aggregates.lexicon.indicators.indicators()[number as usize].title;
        let title = if unit.is_empty() { title.clone() } else { format!("{title}（{}）", shortened(unit, 12)) };
        charts.push(Chart { title, id: draft.draw(format!("chart-figure-{id}-{at}"), figure) });
    }
    charts
}
