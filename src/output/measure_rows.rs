//! Measures over a corpus as rows, each table in the order of its key.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::measure::association::{Comparison, benjamini_hochberg};
use crate::measure::period::Period;
use crate::measure::rank::{text_rank, tf_idf};
use crate::measure::tally::Cell;

use super::{Aggregates, RowBuffer};

/// Rows of keyness for each organisation and kind.
const KEY_WORDS: usize = 100;
/// Least mentions by the organisation, or by all others, of a word that is tested.
const LEAST: (u64, u64) = (3, 10);
/// Keywords of a period by each method.
const KEYWORDS: usize = 20;

/// Counts of words or terms over a part of the corpus, by their numbers.
type Counts = FxHashMap<u32, u64>;

impl Aggregates<'_> {
    /// Words that tell something and terms of a publisher, and how many words its text has.
    fn told(&self, cells: &BTreeMap<Period, Cell>, telling: &[bool]) -> (Counts, Counts, u64) {
        let (mut words, mut terms, mut size) = (Counts::default(), Counts::default(), 0);
        for cell in cells.values() {
            size += cell.words;
            for (word, tally) in cell.word_counts.iter().filter(|(word, _)| telling[**word as usize]) {
                *words.entry(*word).or_default() += u64::from(tally.count);
            }
            for (term, count) in cell.terms.iter().filter(|(_, count)| count.count > 0) {
                *terms.entry(*term).or_default() += u64::from(count.count);
            }
        }
        (words, terms, size)
    }

    /// What sets each publisher apart from all others.
    pub fn keyness(&self, row: &mut RowBuffer) {
        let telling = self.telling();
        let publishers = self.tally.cells.iter();
        let told: Vec<_> = publishers.map(|(name, cells)| (name, self.told(cells, &telling))).collect();
        let (mut all_words, mut all_terms, mut all) = (Counts::default(), Counts::default(), 0);
        for (_, (words, terms, size)) in &told {
            all += size;
            words.iter().for_each(|(word, count)| *all_words.entry(*word).or_default() += count);
            terms.iter().for_each(|(term, count)| *all_terms.entry(*term).or_default() += count);
        }
        for (organisation, (words, terms, size)) in &told {
            let term = |term| self.term(term).name.as_str();
            key_rows(row, (organisation, "term"), (terms, *size), (&all_terms, all), term);
            let word = |word| self.tally.vocabulary.word(word);
            key_rows(row, (organisation, "word"), (words, *size), (&all_words, all), word);
        }
    }

    /// What each period of each publisher is about.
    pub fn keywords(&self, row: &mut RowBuffer) {
        let telling = self.telling();
        let mut texts: u64 = 0;
        let mut with_it = vec![0; telling.len()];
        for cell in self.tally.cells.values().flat_map(|cells| cells.values()).filter(|cell| cell.words > 0) {
            texts += 1;
            cell.word_counts.keys().for_each(|word| with_it[*word as usize] += 1);
        }
        let weights: Vec<f64> = with_it.iter().map(|with_it| tf_idf(1, texts, *with_it)).collect();
        for (organisation, cells) in &self.tally.cells {
            for (period, cell) in cells {
                let label = period.to_string();
                let pairs: BTreeMap<(u32, u32), u64> =
                    cell.pairs.iter().map(|(pair, count)| (*pair, u64::from(*count))).collect();
                let ranked = text_rank(&pairs).into_iter().map(|(term, rank)| (self.term(term).name.as_str(), rank));
                let weighed = cell.word_counts.iter().filter(|(word, _)| telling[**word as usize]);
                let weighed = weighed.map(|(word, tally)| {
                    (self.tally.vocabulary.word(*word), f64::from(tally.count) * weights[*word as usize])
                });
                for (method, scored) in [("textrank", best(ranked)), ("tfidf", best(weighed))] {
                    for ((word, score), rank) in scored.into_iter().zip(1_u64..) {
                        row.text(organisation)
                            .text(&label)
                            .text(method)
                            .integer(rank)
                            .text(word)
                            .number(score)
                            .end_row();
                    }
                }
            }
        }
    }

    /// Words near terms.
    pub fn collocations(&self, row: &mut RowBuffer) {
        let (counts, words) = self.word_totals();
        let mut terms: FxHashMap<u32, u64> = FxHashMap::default();
        for (term, count) in self.tally.cells.values().flat_map(|cells| cells.values()).flat_map(|cell| &cell.terms) {
            *terms.entry(*term).or_default() += u64::from(count.count);
        }
        let found = self.tally.collocations.collocations(
            &self.tally.vocabulary,
            words,
            |term| terms.get(&term).copied().unwrap_or_default(),
            |word| counts[word as usize],
        );
        for pair in found {
            row.text(&self.term(pair.term).name)
                .text(pair.word)
                .integer(pair.count)
                .number(pair.expected)
                .number(pair.log_dice)
                .number(pair.mutual_information)
                .number(pair.t_score)
                .end_row();
        }
    }

    /// How often each word of the vocabulary stands in the text of publishers, and how many words that has.
    fn word_totals(&self) -> (Vec<u64>, u64) {
        let mut counts = self.tally.characters.clone();
        counts.resize(self.tally.vocabulary.words().len(), 0);
        let mut words = 0;
        for cell in self.tally.cells.values().flat_map(|cells| cells.values()) {
            words += cell.words;
            cell.word_counts.iter().for_each(|(word, tally)| counts[*word as usize] += u64::from(tally.count));
        }
        (counts, words)
    }

    /// How evenly terms are spread.
    pub fn dispersion(&self, row: &mut RowBuffer) {
        for (term, tally) in &self.tally.terms {
            let Some(spread) = tally.spread.dispersion(self.tally.extent) else { continue };
            row.text(&self.term(*term).name)
                .integer(spread.count)
                .integer(spread.range)
                .integer(self.tally.extent.documents)
                .number(spread.dp);
            for value in [spread.dp_norm, spread.juilland_d] {
                match value {
                    Some(value) => row.number(value),
                    None => row.empty(),
                };
            }
            row.end_row();
        }
    }

    /// Words that no dictionary knows.
    pub fn new_terms(&self, row: &mut RowBuffer) {
        let (counts, words) = self.word_totals();
        let count_of = |word: &str| self.tally.vocabulary.known(word).map_or(0, |word| counts[word as usize]);
        for new in self.tally.novelty.new_terms(words, count_of) {
            row.text(&new.term)
                .integer(new.count)
                .integer(new.documents)
                .number(new.cohesion)
                .number(new.left_entropy)
                .number(new.right_entropy)
                .text(&new.first_period.map_or_else(String::new, |period| period.to_string()))
                .empty()
                .text(&new.example)
                .end_row();
        }
    }

    /// Terms in the same sentences.
    pub fn cooccurrence(&self, row: &mut RowBuffer) {
        // indices of terms are their ranks by name, so that the order of indices is that of names
        for pair in self.tally.cooccurrence.cooccurrences() {
            row.text(&self.term(pair.terms.0).name)
                .text(&self.term(pair.terms.1).name)
                .integer(pair.together.sentences)
                .integer(pair.together.documents)
                .number(pair.expected)
                .number(pair.pmi)
                .number(pair.log_dice)
                .end_row();
        }
    }

    /// Who is named with whom.
    pub fn organisation_network(&self, row: &mut RowBuffer) {
        for (source, target, tie) in self.tally.ties() {
            let label = |period: Option<_>| period.map_or_else(String::new, |p: Period| p.to_string());
            row.text(source)
                .text(target)
                .integer(tie.sentences)
                .integer(tie.documents)
                .integer(tie.events)
                .text(&label(tie.periods.map(|(first, _)| first)))
                .text(&label(tie.periods.map(|(_, last)| last)))
                .end_row();
        }
    }
}

/// The words with the best scores, the first by name of equals first.
fn best<'t>(scored: impl Iterator<Item = (&'t str, f64)>) -> Vec<(&'t str, f64)> {
    let mut scored: Vec<_> = scored.collect();
    let order = |a: &(&str, f64), b: &(&str, f64)| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0));
    if scored.len() > KEYWORDS {
        scored.select_nth_unstable_by(KEYWORDS, order);
        scored.truncate(KEYWORDS);
    }
    scored.sort_unstable_by(order);
    scored
}

/// Rows of one organisation and kind: all that is tested is corrected for, what is most telling is written.
fn key_rows<'t>(
    row: &mut RowBuffer,
    key: (&str, &str),
    own: (&Counts, u64),
    all: (&Counts, u64),
    name: impl Fn(u32) -> &'t str,
) {
    let (counts, size) = own;
    let size_rest = all.1 - size;
    if size == 0 || size_rest == 0 {
        return;
    }
    let compared = all.0.iter().map(|(word, total)| {
        let count = counts.get(word).copied().unwrap_or_default();
        (name(*word), Comparison { count, size, count_rest: total - count, size_rest })
    });
    let mut tested: Vec<(&str, Comparison, f64)> = compared
        .filter(|(_, told)| told.count >= LEAST.0 || told.count_rest >= LEAST.1)
        .map(|(word, told)| (word, told, told.log_likelihood()))
        .collect();
    tested.sort_unstable_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.0.cmp(b.0)));
    let p_values: Vec<Option<f64>> = tested.iter().map(|(_, told, _)| told.p_value()).collect();
    let corrected = benjamini_hochberg(&p_values);
    let mut telling: Vec<_> = tested.into_iter().zip(p_values).zip(corrected).take(KEY_WORDS).collect();
    telling.sort_unstable_by_key(|(((word, ..), _), _)| *word);
    for (((word, told, log_likelihood), p_value), adjusted) in telling {
        let Some(ratio) = told.log_ratio() else { continue };
        row.text(key.0)
            .text(key.1)
            .text(word)
            .integer(told.count)
            .integer(told.size)
            .integer(told.count_rest)
            .integer(told.size_rest)
            .number(log_likelihood)
            .number(ratio.value);
        let (low, high) = ratio.interval.unzip();
        for value in [low, high, p_value, adjusted] {
            match value {
                Some(value) => row.number(value),
                None => row.empty(),
            };
        }
        row.end_row();
    }
}
