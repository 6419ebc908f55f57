//! Figures of indicators over a corpus: mentions of one figure become one, contradictory ones stay apart.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::{CharIndex, Facts};

use super::period::{Granularity, Period};

/// Whose figure it is, of what time and which indicator.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FigureKey {
    /// Canonical name.
    pub organisation: String,
    /// The period that the figure is of.
    pub period: Period,
    /// Index of the indicator in the lexicon.
    pub indicator: u32,
    /// It is planned, not done.
    pub planned: bool,
}

/// A number with its bounds and its unit, the same however its decimals are written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure {
    /// The number; none for a range.
    pub value: Option<Decimal>,
    /// Lower bound.
    pub min: Option<Decimal>,
    /// Upper bound.
    pub max: Option<Decimal>,
    /// Unit, simplified.
    pub unit: String,
}

/// Where a figure is told first, by the order of documents and sentences.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Key of the document, shared by its figures.
    pub document: Arc<str>,
    /// Index of the sentence.
    pub sentence: u32,
    /// First character and the one behind the last, in the source.
    pub start: u32,
    /// Behind the last character.
    pub end: u32,
    /// The sentence.
    pub text: Box<str>,
    /// Its page, where the format has pages.
    pub page: Option<u64>,
}

/// Mentions of one figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureTally {
    /// How many.
    pub mentions: u64,
    /// The longest time that a mention tells it of, the latest of equally long ones.
    pub time: (Date, Date),
    /// The first of them.
    pub place: Place,
}

impl FigureTally {
    fn add(&mut self, time: (Date, Date), mentions: u64) {
        self.mentions += mentions;
        if time_rank(time) > time_rank(self.time) {
            self.time = time;
        }
    }
}

/// Figures by their key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndicatorTally {
    figures: BTreeMap<FigureKey, BTreeMap<Figure, FigureTally>>,
}

impl IndicatorTally {
    /// Adds the figures of one document, whose names are canonical over the corpus. `source` is the index of its source.
    pub fn add(&mut self, facts: &Facts, source: &CharIndex, granularity: Granularity) {
        if facts.indicators.is_empty() {
            return;
        }
        let document: Arc<str> = facts.document.key.as_str().into();
        for mention in &facts.indicators {
            let (Some(from), Some(to)) = (mention.period.from, mention.period.to) else { continue };
            let key = FigureKey {
                organisation: mention.organisation.clone(),
                period: Period::containing(from, to, granularity),
                indicator: mention.indicator,
                planned: mention.planned,
            };
            let plain = |number: Option<Decimal>| number.map(|number| number.normalize());
            let figure = Figure {
                value: plain(mention.value),
                min: plain(mention.min),
                max: plain(mention.max),
                unit: mention.unit.clone(),
            };
            let sentence = facts.sentence_at(mention.span);
            let (start, end) = (mention.span.start() as u32, mention.span.end() as u32);
            let place = || Place {
                document: document.clone(),
                sentence: sentence as u32,
                start,
                end,
                text: facts.sentences.get(sentence).map_or("", |s| source.slice(&facts.source, s.span)).into(),
                page: facts.page_at(mention.span),
            };
            match self.figures.entry(key).or_default().entry(figure) {
                Entry::Vacant(entry) => {
                    entry.insert(FigureTally { mentions: 1, time: (from, to), place: place() });
                }
                // most figures are told again and again: their sentence is copied only where it is the first
                Entry::Occupied(mut entry) => {
                    let own = entry.get_mut();
                    let first = &own.place;
                    if (&*document, sentence as u32, start) < (&*first.document, first.sentence, first.start) {
                        own.place = place();
                    }
                    own.add((from, to), 1);
                }
            }
        }
    }

    /// Adds the figures of other documents.
    pub fn merge(&mut self, other: IndicatorTally) {
        for (key, figures) in other.figures {
            let own = match self.figures.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(figures);
                    continue;
                }
                Entry::Occupied(entry) => entry.into_mut(),
            };
            for (figure, tally) in figures {
                match own.entry(figure) {
                    Entry::Vacant(entry) => {
                        entry.insert(tally);
                    }
                    Entry::Occupied(mut entry) => {
                        let own = entry.get_mut();
                        own.add(tally.time, tally.mentions);
                        if tally.place < own.place {
                            own.place = tally.place;
                        }
                    }
                }
            }
        }
    }

    /// All figures by key; those of one key by mentions, the most first, then by the length of
    /// their time.
    pub fn figures(&self) -> impl Iterator<Item = (&FigureKey, Vec<(&Figure, &FigureTally)>)> {
        self.figures.iter().map(|(key, figures)| {
            let mut ranked: Vec<_> = figures.iter().collect();
            let rank = |tally: &FigureTally| (tally.mentions, time_rank(tally.time));
            ranked.sort_by(|a, b| rank(b.1).cmp(&rank(a.1)).then_with(|| b.0.cmp(a.0)));
            (key, ranked)
        })
    }

    /// The values of an indicator that was done, by organisation, indicator and unit, one a period.
    ///
    /// Where a period has several, the one told of the longest time stands for a sum and of the latest time for a level;
    /// of those, the one told most often, then the largest. A figure without a value (a range) gives none.
    pub fn series(&self, stock: impl Fn(u32) -> bool) -> BTreeMap<(&str, u32, &str), BTreeMap<Period, Decimal>> {
        type Best<'t> = ((i32, Date, u64, Decimal), Decimal);
        let mut series: BTreeMap<(&str, u32, &str), BTreeMap<Period, Best<'_>>> = BTreeMap::new();
        for (key, figures) in self.figures.iter().filter(|(key, _)| !key.planned) {
            for (figure, tally) in figures {
                let Some(value) = figure.value else { continue };
                let (length, last) = time_rank(tally.time);
                let rank = (if stock(key.indicator) { 0 } else { length }, last, tally.mentions, value);
                let periods = series.entry((&key.organisation, key.indicator, &figure.unit)).or_default();
                let best = periods.entry(key.period).or_insert((rank, value));
                if rank > best.0 {
                    *best = (rank, value);
                }
            }
        }
        let values = |periods: BTreeMap<Period, Best<'_>>| {
            periods.into_iter().map(|(period, (_, value))| (period, value)).collect()
        };
        series.into_iter().map(|(key, periods)| (key, values(periods))).collect()
    }
}

fn time_rank((from, to): (Date, Date)) -> (i32, Date) {
    (to.since(from).map_or(0, |span| span.get_days()), to)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn entry(organisation: u8, year: i16, value: i64, document: u8, months: i8) -> (FigureKey, Figure, FigureTally) {
        let (from, to) = (date(year, 1, 1), date(year, months, 28));
        let key = FigureKey {
            organisation: format!("甲{organisation}会"),
            period: Period::of(from, Granularity::Year),
            indicator: 0,
            planned: false,
        };
        let number = Some(Decimal::from(value));
        let figure = Figure { value: number, min: number, max: number, unit: "家".into() };
        let place =
            Place { document: document.to_string().into(), sentence: 0, start: 0, end: 1, text: "".into(), page: None };
        (key, figure, FigureTally { mentions: 1, time: (from, to), place })
    }

    fn tally(entries: &[(u8, i16, i64, u8, i8)]) -> IndicatorTally {
        let mut tally = IndicatorTally::default();
        for &(organisation, year, value, document, months) in entries {
            let (key, figure, one) = entry(organisation, year, value, document, months);
            let figures = BTreeMap::from([(key, BTreeMap::from([(figure, one)]))]);
            tally.merge(IndicatorTally { figures });
        }
        tally
    }

    #[test]
    fn one_figure_is_one_row_and_contradictions_stay() {
        let tally = tally(&[(1, 2024, 86, 9, 12), (1, 2024, 86, 3, 12), (1, 2024, 85, 1, 12)]);
        let rows: Vec<_> = tally.figures().collect();
        assert_eq!(rows.len(), 1);
        let told: Vec<_> = rows[0].1.iter().map(|(f, t)| (f.value.unwrap(), t.mentions, &*t.place.document)).collect();
        assert_eq!(told, [(Decimal::from(86), 2, "3"), (Decimal::from(85), 1, "1")]);
    }

    #[test]
    fn sums_are_told_of_the_longest_time_and_levels_of_the_latest() {
        let tally = tally(&[(1, 2024, 9, 1, 3), (1, 2024, 30, 2, 12), (1, 2024, 20, 2, 9)]);
        for (stock, expected) in [(false, 30), (true, 30)] {
            let series = tally.series(|_| stock);
            let values: Vec<_> = series[&("甲1会", 0, "家")].values().collect();
            assert_eq!(values, [&Decimal::from(expected)]);
        }
    }

    proptest! {
        #[test]
        fn any_split_and_order_gives_the_same_figures(
            mut entries in prop::collection::vec((0..3_u8, 2020..2023_i16, 0..4_i64, 0..5_u8, 1..=12_i8), 0..30),
            cut in 0..30_usize,
        ) {
            let whole = tally(&entries);
            let cut = cut.min(entries.len());
            let mut merged = tally(&entries[cut..]);
            merged.merge(tally(&entries[..cut]));
            merged.merge(IndicatorTally::default());
            prop_assert_eq!(&merged, &whole);
            entries.reverse();
            prop_assert_eq!(&tally(&entries), &whole);
        }
    }
}
