//! Two publishers side by side: what the page needs to put any two of them together.

use serde::Serialize;

use crate::measure::stats::poisson_interval;
use crate::measure::tally::Cell;
use crate::measure::trend::{RATE_CHARACTERS, rate};

use super::draft::Draft;
use super::figure::{Figure, Series, compared};
use super::indicators::Latest;

/// What the page holds for the comparison.
#[derive(Serialize)]
pub(super) struct Compared {
    /// Names, in the order of the traces of the figure.
    names: Vec<String>,
    /// One trace a publisher; two are shown.
    figure: Figure,
    /// The latest figures of each.
    figures: Vec<Vec<Latest>>,
}

/// The terms that the publishers with a section mention most, with the rate of each in each.
pub(super) fn compared_with(draft: &mut Draft<'_>, names: Vec<String>, figures: Vec<Vec<Latest>>) -> Compared {
    let tally = draft.aggregates.tally;
    let mut terms: Vec<(u32, u64)> = tally.terms.iter().map(|(term, sums)| (*term, sums.count)).collect();
    terms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| draft.term(a.0).cmp(draft.term(b.0))));
    terms.retain(|(_, count)| *count > 0);
    draft.cut("omitted_compared", &mut terms, draft.caps.compared);
    let mut series = Vec::new();
    let publishers = draft.collector.publishers().names();
    for (number, publisher) in publishers.iter().enumerate() {
        let mut one = Series { name: names.get(number).cloned().unwrap_or_default(), ..Series::default() };
        let cells: Vec<_> = tally.cells.get(publisher).into_iter().flatten().collect();
        let characters = cells.iter().map(|(_, cell): &(_, &Cell)| cell.characters).sum::<u64>();
        for (term, _) in &terms {
            let count: u64 = cells.iter().map(|(_, cell)| cell.mentions_of(*term)).sum();
            let mut places = Vec::new();
            for (period, _) in &cells {
                places.extend_from_slice(draft.collector.term(Some(number as u32), *term, **period).kept());
            }
            places.sort_unstable();
            places.dedup();
            places.truncate(3);
            let (low, high) = poisson_interval(count);
            let per = RATE_CHARACTERS / characters.max(1) as f64;
            one.labels.push(draft.term(*term).to_owned());
            one.values.push(rate(count, characters).unwrap_or_default());
            one.intervals.push((low * per, high * per));
            one.leads.push(draft.leads(&places));
        }
        series.push(one);
    }
    Compared { names, figure: compared(&series, draft.words.get("rate_unit")), figures }
}
