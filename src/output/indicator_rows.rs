//! Figures of indicators as rows, each table in the order of its key.

use rust_decimal::prelude::ToPrimitive;

use crate::lexicon::Indicator;
use crate::measure::trend::ValueTrend;

use super::{Aggregates, RowBuffer};

impl Aggregates<'_> {
    fn indicator(&self, indicator: u32) -> &Indicator {
        &self.lexicon.indicators.indicators()[indicator as usize]
    }

    /// What organisations did, have and plan.
    pub fn indicators(&self, row: &mut RowBuffer) {
        let mut all = self.tally.indicators.figures();
        all.sort_unstable_by_key(|(key, _)| {
            (key.organisation, key.period, self.indicator(key.indicator).id.as_str(), key.planned)
        });
        for (key, figures) in all {
            let indicator = self.indicator(key.indicator);
            let period = key.period.to_string();
            for ((figure, tally), rank) in figures.into_iter().zip(1_u64..) {
                row.text(key.organisation)
                    .text(&period)
                    .text(&indicator.id)
                    .text(if key.planned { "planned" } else { "done" })
                    .integer(rank)
                    .text(&indicator.title);
                for number in [&figure.value, &figure.min, &figure.max] {
                    match number {
                        Some(number) => row.decimal(number),
                        None => row.empty(),
                    };
                }
                row.text(&figure.unit)
                    .date(Some(tally.time.0))
                    .date(Some(tally.time.1))
                    .integer(tally.mentions)
                    .text(&tally.place.document)
                    .integer(u64::from(tally.place.sentence) + 1)
                    .integer(u64::from(tally.place.start))
                    .integer(u64::from(tally.place.end))
                    .text(&tally.place.text)
                    .end_row();
            }
        }
    }

    /// How the figures of an organisation change.
    pub fn indicator_trends(&self, row: &mut RowBuffer) {
        let series = self.tally.indicators.series(|indicator| self.indicator(indicator).stock);
        let mut all: Vec<_> =
            series.into_iter().filter(|((_, indicator, _), _)| !self.indicator(*indicator).rest).collect();
        all.sort_by_key(|((organisation, indicator, unit), _)| (*organisation, &self.indicator(*indicator).id, *unit));
        for ((organisation, indicator, unit), values) in all {
            let entry = self.indicator(indicator);
            let points = values.iter().map(|(period, value)| (*period, value.to_f64().unwrap_or_default()));
            let Some(trend) = ValueTrend::of(points, self.granularity) else { continue };
            row.text(organisation)
                .text(&entry.id)
                .text(unit)
                .text(&entry.title)
                .integer(trend.periods as u64)
                .text(&trend.first_period.to_string())
                .text(&trend.last_period.to_string());
            match entry.stock {
                true => row.empty(),
                false => row.number(trend.total),
            };
            row.number(trend.mean_value).number(trend.latest_value);
            for value in [trend.change, trend.slope, trend.tau, trend.p_value] {
                match value {
                    Some(value) => row.number(value),
                    None => row.empty(),
                };
            }
            row.end_row();
        }
    }
}
