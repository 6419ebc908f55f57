//! Tallies as rows of the aggregate tables, each in the order of its key.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::lexicon::{Lexicon, Term};
use crate::measure::period::{Granularity, Period};
use crate::measure::tally::{Cell, OrganisationTally, Tally, TermCount};
use crate::measure::trend::{Observation, Trend, rate};
use crate::model::OrganisationKind;

use super::RowBuffer;

/// What aggregate rows are written from.
pub struct Aggregates<'t> {
    /// The sums over the corpus.
    pub tally: &'t Tally,
    /// The lexicon that they were counted with.
    pub lexicon: &'t Lexicon,
    /// Length of the periods of trends.
    pub granularity: Granularity,
    /// Leave out rows of `term_counts` that count nothing.
    pub sparse: bool,
}

/// Name of the row for all organisations together.
const ALL: &str = "*";

impl Aggregates<'_> {
    pub(super) fn term(&self, term: u32) -> &Term {
        &self.lexicon.terms.terms()[term as usize]
    }

    fn sorted_organisations(&self) -> Vec<(&str, &OrganisationTally)> {
        let mut all: Vec<_> = self.tally.organisations.iter().collect();
        all.sort_unstable_by_key(|(name, _)| *name);
        all
    }

    /// Every organisation that publishes, is mentioned, or is the parent of one that is.
    pub fn organisations(&self, row: &mut RowBuffer) {
        for (name, organisation) in self.sorted_organisations() {
            let aliases = organisation.aliases.keys().map(String::as_str).collect::<Vec<_>>().join("|");
            let (first, last) = labels(organisation.periods);
            row.text(name)
                .text(kind_of(organisation).as_str())
                .text_or_empty(most(&organisation.parents).map(String::as_str))
                .text(&aliases)
                .integer(organisation.published)
                .integer(organisation.mentions)
                .integer(organisation.documents)
                .text(&first)
                .text(&last)
                .boolean(self.lexicon.organisations.known_body(name).is_some())
                .end_row();
        }
    }

    /// Every term that occurs, and the broader terms of those.
    pub fn terms(&self, row: &mut RowBuffer) {
        let mut wanted: BTreeSet<u32> = BTreeSet::new();
        for &term in self.tally.terms.keys() {
            let mut next = Some(term);
            while let Some(term) = next.filter(|term| wanted.insert(*term)) {
                next = self.term(term).broader;
            }
        }
        let mut publishers: FxHashMap<u32, u64> = FxHashMap::default();
        for cells in self.tally.cells.values() {
            let counted = cells.values().flat_map(|cell| cell.terms.iter()).filter(|(_, count)| count.count > 0);
            for term in counted.map(|(term, _)| *term).collect::<BTreeSet<_>>() {
                *publishers.entry(term).or_default() += 1;
            }
        }
        for term in wanted {
            let entry = self.term(term);
            let tally = self.tally.terms.get(&term).cloned().unwrap_or_default();
            let (first, last) = labels(tally.periods);
            row.text(&entry.name)
                .text(&entry.category)
                .text_or_empty(entry.broader.map(|broader| self.term(broader).name.as_str()))
                .text(&entry.aliases.join("|"))
                .integer(tally.count)
                .integer(tally.documents)
                .integer(publishers.get(&term).copied().unwrap_or_default())
                .text(&first)
                .text(&last)
                .end_row();
        }
    }

    /// The whole panel: every publisher, every period it has text about, every term that occurs anywhere.
    pub fn term_counts(&self, row: &mut RowBuffer) {
        for (organisation, cells) in &self.tally.cells {
            for (period, cell) in cells {
                let label = period.to_string();
                for &term in self.tally.terms.keys() {
                    let count = cell.terms.get(&term).copied().unwrap_or_default();
                    if self.sparse && count == TermCount::default() {
                        continue;
                    }
                    let entry = self.term(term);
                    row.text(organisation)
                        .text(&label)
                        .text(&entry.name)
                        .text(&entry.category)
                        .integer(count.count)
                        .integer(count.nested)
                        .integer(count.negated)
                        .integer(count.documents)
                        .integer(cell.characters);
                    match rate(count.count.into(), cell.characters) {
                        Some(rate) => row.number(rate),
                        None => row.empty(),
                    };
                    row.end_row();
                }
            }
        }
    }

    /// The trend of every term in the text of every organisation that uses it, and in all text.
    pub fn term_trends(&self, row: &mut RowBuffer) {
        self.trends_of(row, ALL, &self.summed());
        for (organisation, cells) in &self.tally.cells {
            self.trends_of(row, organisation, cells);
        }
    }

    /// Text and mentions of terms of all publishers together, by period; nothing else is summed.
    pub(super) fn summed(&self) -> BTreeMap<Period, Cell> {
        let mut all: BTreeMap<Period, Cell> = BTreeMap::new();
        for (period, cell) in self.tally.cells.values().flatten() {
            let sum = all.entry(*period).or_default();
            sum.characters += cell.characters;
            for (term, count) in &cell.terms {
                sum.terms.entry(*term).or_default().count += count.count;
            }
        }
        all
    }

    fn trends_of(&self, row: &mut RowBuffer, organisation: &str, cells: &BTreeMap<Period, Cell>) {
        let used = cells.values().flat_map(|cell| cell.terms.iter()).filter(|(_, count)| count.count > 0);
        for term in used.map(|(term, _)| *term).collect::<BTreeSet<_>>() {
            let series = cells.iter().map(|(period, cell)| Observation {
                period: *period,
                count: cell.mentions_of(term),
                characters: cell.characters,
            });
            let Some(trend) = Trend::of(series, self.granularity) else { continue };
            row.text(organisation)
                .text(&self.term(term).name)
                .integer(trend.periods as u64)
                .text(&trend.first_period.to_string())
                .text(&trend.last_period.to_string())
                .integer(trend.total)
                .number(trend.mean_rate)
                .number(trend.latest_rate);
            for value in [trend.change, trend.slope, trend.tau, trend.p_value] {
                match value {
                    Some(value) => row.number(value),
                    None => row.empty(),
                };
            }
            let (from, to) = trend.burst.unzip();
            for period in [from, to] {
                row.text_or_empty(period.map(|period| period.to_string()).as_deref());
            }
            row.end_row();
        }
    }

    /// Sentences in which an organisation and a term stand together.
    pub fn organisation_terms(&self, row: &mut RowBuffer) {
        for (name, organisation) in self.sorted_organisations() {
            let sorted: BTreeMap<(u32, Period), u32> = organisation.terms.iter().map(|(key, n)| (*key, *n)).collect();
            for ((term, period), sentences) in sorted {
                row.text(name).text(&self.term(term).name).text(&period.to_string()).integer(sentences).end_row();
            }
        }
    }

    /// Words of two characters and more that are no stop words.
    pub fn word_counts(&self, row: &mut RowBuffer) {
        let (told, ranks) = (self.telling(), self.ranks());
        for (organisation, cells) in &self.tally.cells {
            for (period, cell) in cells {
                let label = period.to_string();
                let mut words: Vec<_> = cell.word_counts.iter().filter(|(word, _)| told[**word as usize]).collect();
                words.sort_unstable_by_key(|(word, _)| ranks[**word as usize]);
                for (word, tally) in words {
                    row.text(organisation)
                        .text(&label)
                        .text(self.tally.vocabulary.word(*word))
                        .text(self.tally.vocabulary.part_of_speech(*word).as_str())
                        .integer(tally.count)
                        .integer(u64::from(tally.documents));
                    row.number(f64::from(tally.count) * 1e6 / cell.words as f64);
                    row.end_row();
                }
            }
        }
    }

    /// For each word of the vocabulary: it tells something, that is it has two characters and more, a letter among them, and
    /// is no stop word.
    pub(super) fn telling(&self) -> Vec<bool> {
        let letter = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || c.is_alphabetic();
        let tells = |word: &str| {
            let long = word.chars().nth(1).is_some();
            long && word.chars().any(letter) && !self.lexicon.lists.stopwords.contains(word)
        };
        self.tally.vocabulary.words().map(tells).collect()
    }

    /// The place of each word of the vocabulary in the order of words.
    fn ranks(&self) -> Vec<u32> {
        let mut words: Vec<(&str, usize)> = self.tally.vocabulary.words().zip(0..).collect();
        words.sort_unstable();
        let mut ranks = vec![0; words.len()];
        words.iter().zip(0..).for_each(|((_, number), rank)| ranks[*number] = rank);
        ranks
    }
}

/// What an organisation is by most of its mentions.
pub(super) fn kind_of(organisation: &OrganisationTally) -> OrganisationKind {
    most(&organisation.kinds).copied().unwrap_or(OrganisationKind::Other)
}

/// The key counted most often, the first of equals.
pub(super) fn most<K: Ord>(counts: &BTreeMap<K, u64>) -> Option<&K> {
    counts.iter().rev().max_by_key(|(_, count)| **count).map(|(key, _)| key)
}

fn labels(periods: Option<(Period, Period)>) -> (String, String) {
    periods.map_or_else(Default::default, |(first, last)| (first.to_string(), last.to_string()))
}
