//! Figures of indicators over a corpus: mentions of one figure become one, contradictory ones stay apart.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::model::{CharIndex, Record};

use super::interner::{Interner, Numbers};
use super::period::{Granularity, Period};

/// Whose figure it is, of what time and which indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FigureKey<'t> {
    /// Canonical name.
    pub organisation: &'t str,
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
    /// Unit, simplified; one text for all figures in it.
    pub unit: Arc<str>,
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
    /// The sentence, shared by its figures.
    pub text: Arc<str>,
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

/// The number however its decimals are written.
fn plain(number: Option<Decimal>) -> Option<Decimal> {
    number.map(|number| if number.scale() == 0 { number } else { number.normalize() })
}

impl FigureTally {
    fn add(&mut self, time: (Date, Date), mentions: u64) {
        self.mentions += mentions;
        if time != self.time && time_rank(time) > time_rank(self.time) {
            self.time = time;
        }
    }
}

/// All figures by key.
pub type Figures<'t> = Vec<(FigureKey<'t>, Vec<(&'t Figure, &'t FigureTally)>)>;

/// What a figure of an organisation is of: time and indicator, and whether it is planned.
type Key = (Period, u32, bool);

/// A figure with its key.
#[derive(Clone, Debug)]
struct Told {
    key: Key,
    figure: Figure,
    tally: FigureTally,
}

/// What tells figures of an organisation apart but for a few: their scales are left out.
fn digest(key: Key, figure: &Figure) -> u64 {
    let mut hasher = FxHasher::default();
    key.hash(&mut hasher);
    for number in [figure.value, figure.min, figure.max] {
        hasher.write_u64(number.map_or(0, |number| number.mantissa() as u64));
    }
    hasher.write(figure.unit.as_bytes());
    hasher.finish()
}

/// Figures of one organisation.
#[derive(Clone, Debug, Default)]
struct OwnFigures {
    told: Vec<Told>,
    /// Where in `told` a figure stands, by its digest or, where another has that, one of the next: figures are many, and a
    /// table that held them would be too large for any cache.
    places: FxHashMap<u64, u32>,
}

impl OwnFigures {
    /// Where a figure stands in `told`, else the digest under which it will be found.
    fn find(&self, key: Key, figure: &Figure) -> Result<usize, u64> {
        let mut digest = digest(key, figure);
        while let Some(at) = self.places.get(&digest) {
            let told = &self.told[*at as usize];
            if told.key == key && told.figure == *figure {
                return Ok(*at as usize);
            }
            digest = digest.wrapping_add(1);
        }
        Err(digest)
    }

    /// Adds a figure that [`Self::find`] doesn't, under the digest that it gives.
    fn insert(&mut self, digest: u64, told: Told) {
        self.places.insert(digest, self.told.len() as u32);
        self.told.push(told);
    }

    fn merge(&mut self, told: Told) {
        match self.find(told.key, &told.figure) {
            Err(free) => self.insert(free, told),
            Ok(at) => {
                let own = &mut self.told[at].tally;
                own.add(told.tally.time, told.tally.mentions);
                if told.tally.place < own.place {
                    own.place = told.tally.place;
                }
            }
        }
    }
}

/// Figures by whose they are: a document tells those of few organisations, so that what it looks up lies close together.
#[derive(Clone, Debug, Default)]
pub struct IndicatorTally {
    organisations: Interner,
    units: FxHashSet<Arc<str>>,
    /// By the number of the organisation.
    figures: Vec<OwnFigures>,
}

/// The order in which figures came plays no part.
impl PartialEq for IndicatorTally {
    fn eq(&self, other: &Self) -> bool {
        self.figures() == other.figures()
    }
}

impl Eq for IndicatorTally {}

impl IndicatorTally {
    /// Adds the figures of one document, whose names are canonical over the corpus. `source` is the index of its source.
    pub fn add(&mut self, record: &Record<'_>, source: &CharIndex, granularity: Granularity) {
        if record.indicators.is_empty() {
            return;
        }
        let text = &record.text;
        let document: Arc<str> = text.document.key.as_str().into();
        let (mut numbers, mut sentences) = (Numbers::new(record), text.sentence_finder());
        // the text of the last sentence that was copied: figures of one sentence come in a row
        let mut copied: Option<(usize, Arc<str>)> = None;
        for mention in &record.indicators {
            let (Some(from), Some(to)) = (mention.period.from, mention.period.to) else { continue };
            let organisation = record.name(mention.organisation);
            let organisation = numbers.of(mention.organisation, || self.organisations.number(organisation));
            let period = Period::containing(from, to, granularity);
            let key = (period, mention.indicator, mention.planned);
            let value = plain(mention.value);
            // most numbers are their own bounds
            let bound = |bound| if bound == mention.value { value } else { plain(bound) };
            let (min, max) = (bound(mention.min), bound(mention.max));
            let figure = Figure { value, min, max, unit: self.unit(mention.unit) };
            let sentence = sentences.at(mention.span);
            let (start, end) = (mention.span.start() as u32, mention.span.end() as u32);
            let mut place = || {
                let (_, copy) = match copied.take() {
                    Some(known) if known.0 == sentence => copied.insert(known),
                    _ => {
                        let told = text.sentences.get(sentence).map_or("", |s| source.slice(text.source, s.span));
                        copied.insert((sentence, told.into()))
                    }
                };
                let (document, copy) = (document.clone(), copy.clone());
                Place { document, sentence: sentence as u32, start, end, text: copy, page: text.page_at(mention.span) }
            };
            let figures = self.of(organisation);
            match figures.find(key, &figure) {
                Err(free) => {
                    let tally = FigureTally { mentions: 1, time: (from, to), place: place() };
                    figures.insert(free, Told { key, figure, tally });
                }
                // most figures are told again and again: their sentence is copied only where it is the first
                Ok(at) => {
                    let own = &mut figures.told[at].tally;
                    let first = &own.place;
                    if (&*document, sentence as u32, start) < (&*first.document, first.sentence, first.start) {
                        own.place = place();
                    }
                    own.add((from, to), 1);
                }
            }
        }
    }

    /// The figures of an organisation.
    fn of(&mut self, organisation: u32) -> &mut OwnFigures {
        let at = organisation as usize;
        if at >= self.figures.len() {
            self.figures.resize_with(at + 1, OwnFigures::default);
        }
        &mut self.figures[at]
    }

    fn unit(&mut self, unit: &str) -> Arc<str> {
        self.units.get(unit).cloned().unwrap_or_else(|| {
            let unit: Arc<str> = unit.into();
            self.units.insert(unit.clone());
            unit
        })
    }

    /// Adds the figures of other documents.
    pub fn merge(&mut self, other: IndicatorTally) {
        let organisations = self.organisations.take_over(&other.organisations);
        for (organisation, figures) in organisations.into_iter().zip(other.figures) {
            for mut told in figures.told {
                told.figure.unit = self.unit(&told.figure.unit);
                self.of(organisation).merge(told);
            }
        }
    }

    /// Organisations in the order of their names, each with its figures.
    fn by_name(&self) -> Vec<(&str, &[Told])> {
        let names = (0..).map(|number| self.organisations.name(number));
        let mut all: Vec<_> = names.zip(&self.figures).map(|(name, figures)| (name, &figures.told[..])).collect();
        all.sort_unstable_by_key(|(name, _)| *name);
        all
    }

    /// All figures by key; those of one key by mentions, the most first, then by the length of
    /// their time.
    pub fn figures(&self) -> Figures<'_> {
        let mut all = Vec::new();
        for (organisation, told) in self.by_name() {
            let mut told: Vec<&Told> = told.iter().collect();
            told.sort_unstable_by(|a, b| a.key.cmp(&b.key).then_with(|| rank(a, b)));
            for same in told.chunk_by(|a, b| a.key == b.key) {
                let (period, indicator, planned) = same[0].key;
                let figures = same.iter().map(|told| (&told.figure, &told.tally)).collect();
                all.push((FigureKey { organisation, period, indicator, planned }, figures));
            }
        }
        all
    }

    /// The values of an indicator that was done, by organisation, indicator and unit, one a period.
    ///
    /// Where a period has several, the one told of the longest time stands for a sum and of the latest time for a level;
    /// of those, the one told most often, then the largest. A figure without a value (a range) gives none.
    pub fn series(&self, stock: impl Fn(u32) -> bool) -> BTreeMap<(&str, u32, &str), BTreeMap<Period, Decimal>> {
        type Best<'t> = ((i32, Date, u64, Decimal), Decimal);
        let mut series: BTreeMap<(&str, u32, &str), BTreeMap<Period, Best<'_>>> = BTreeMap::new();
        let all = self.by_name().into_iter().flat_map(|(name, told)| told.iter().map(move |told| (name, told)));
        for (organisation, Told { key: (period, indicator, planned), figure, tally }) in all {
            let Some(value) = figure.value.filter(|_| !planned) else { continue };
            let (length, last) = time_rank(tally.time);
            let rank = (if stock(*indicator) { 0 } else { length }, last, tally.mentions, value);
            let periods = series.entry((organisation, *indicator, &figure.unit)).or_default();
            let best = periods.entry(*period).or_insert((rank, value));
            if rank > best.0 {
                *best = (rank, value);
            }
        }
        let values = |periods: BTreeMap<Period, Best<'_>>| {
            periods.into_iter().map(|(period, (_, value))| (period, value)).collect()
        };
        series.into_iter().map(|(key, periods)| (key, values(periods))).collect()
    }
}

/// The order of the figures of one key.
fn rank(one: &Told, other: &Told) -> Ordering {
    let by_mentions = other.tally.mentions.cmp(&one.tally.mentions);
    // most are told of the same time, and days cost more to count than to compare
    let same_time = one.tally.time == other.tally.time;
    let by_time =
        || if same_time { Ordering::Equal } else { time_rank(other.tally.time).cmp(&time_rank(one.tally.time)) };
    by_mentions.then_with(by_time).then_with(|| other.figure.cmp(&one.figure))
}

/// Days of a time, and its last one.
fn time_rank((from, to): (Date, Date)) -> (i32, Date) {
    ((to.duration_since(from).as_hours() / 24) as i32, to)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    /// A tally of one figure.
    fn one((organisation, year, value, document, months): (u8, i16, i64, u8, i8)) -> IndicatorTally {
        let (from, to) = (date(year, 1, 1), date(year, months, 28));
        let mut tally = IndicatorTally::default();
        let organisation = tally.organisations.number(&format!("甲{organisation}会"));
        let key = (Period::of(from, Granularity::Year), 0, false);
        let number = Some(Decimal::from(value));
        let figure = Figure { value: number, min: number, max: number, unit: tally.unit("家") };
        let place =
            Place { document: document.to_string().into(), sentence: 0, start: 0, end: 1, text: "".into(), page: None };
        tally.of(organisation).merge(Told { key, figure, tally: FigureTally { mentions: 1, time: (from, to), place } });
        tally
    }

    fn tally(entries: &[(u8, i16, i64, u8, i8)]) -> IndicatorTally {
        let mut tally = IndicatorTally::default();
        entries.iter().for_each(|entry| tally.merge(one(*entry)));
        tally
    }

    #[test]
    fn one_figure_is_one_row_and_contradictions_stay() {
        let tally = tally(&[(1, 2024, 86, 9, 12), (1, 2024, 86, 3, 12), (1, 2024, 85, 1, 12)]);
        let rows = tally.figures();
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
