//! Terms that stand in the same sentences.

use rustc_hash::FxHashMap;

use crate::model::{Source, TermMention};

use super::association::{log_dice, mutual_information};

/// In how many sentences and documents two terms stand together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Together {
    /// Sentences.
    pub sentences: u32,
    /// Documents.
    pub documents: u32,
}

/// Counts of terms and pairs of terms in sentences. Terms inside longer ones don't count: every sentence about 人形机器人
/// (humanoid robots) would pair it with 机器人 (robots).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CooccurrenceTally {
    sentences: u64,
    of_term: FxHashMap<u32, u64>,
    pairs: FxHashMap<(u32, u32), Together>,
}

/// Two terms, the lower index first, and how much they keep together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cooccurrence {
    /// The terms by index.
    pub terms: (u32, u32),
    /// How often.
    pub together: Together,
    /// Sentences in which both would stand by chance.
    pub expected: f64,
    /// Pointwise mutual information, in bits.
    pub pmi: f64,
    /// logDice.
    pub log_dice: f64,
}

impl CooccurrenceTally {
    /// Adds one document of so many sentences; `terms` are those of them.
    pub fn add(&mut self, sentences: usize, terms: &SentenceTerms) {
        self.sentences += sentences as u64;
        let mut of_document: Vec<(u32, u32)> = Vec::new();
        for (_, terms) in terms.sentences() {
            for (at, &a) in terms.iter().enumerate() {
                *self.of_term.entry(a).or_default() += 1;
                of_document.extend(terms[at + 1..].iter().map(|&b| (a, b)));
            }
        }
        of_document.sort_unstable();
        for same in of_document.chunk_by(|a, b| a == b) {
            let together = self.pairs.entry(same[0]).or_default();
            together.sentences += same.len() as u32;
            together.documents += 1;
        }
    }

    /// Adds other documents.
    pub fn merge(&mut self, other: CooccurrenceTally) {
        self.sentences += other.sentences;
        for (term, count) in other.of_term {
            *self.of_term.entry(term).or_default() += count;
        }
        for (pair, together) in other.pairs {
            let own = self.pairs.entry(pair).or_default();
            own.sentences += together.sentences;
            own.documents += together.documents;
        }
    }

    /// Every pair, by index.
    pub fn cooccurrences(&self) -> Vec<Cooccurrence> {
        let of = |term: u32| self.of_term.get(&term).copied().unwrap_or_default();
        let mut all: Vec<Cooccurrence> = self
            .pairs
            .iter()
            .filter_map(|(&(a, b), &together)| {
                let sentences = u64::from(together.sentences);
                let expected = of(a) as f64 * of(b) as f64 / self.sentences.max(1) as f64;
                Some(Cooccurrence {
                    terms: (a, b),
                    together,
                    expected,
                    pmi: mutual_information(sentences, expected)?,
                    log_dice: log_dice(sentences, of(a), of(b))?,
                })
            })
            .collect();
        all.sort_unstable_by_key(|pair| pair.terms);
        all
    }
}

/// The terms of each sentence of a document that holds some, each once; those inside longer ones don't count.
#[derive(Debug, Default)]
pub struct SentenceTerms {
    /// Sentence and term, ascending.
    terms: Vec<(usize, u32)>,
    numbers: Vec<u32>,
}

impl SentenceTerms {
    /// Those of mentions with the sentences in which they stand, in the order of the text.
    pub fn new<'f>(mentions: impl Iterator<Item = (usize, &'f TermMention<Source>)>) -> Self {
        let outer = mentions.filter(|(_, mention)| !mention.nested);
        let mut terms: Vec<(usize, u32)> = outer.map(|(sentence, mention)| (sentence, mention.term)).collect();
        terms.sort_unstable();
        terms.dedup();
        let numbers = terms.iter().map(|(_, term)| *term).collect();
        SentenceTerms { terms, numbers }
    }

    /// Sentences with their terms, ascending.
    pub fn sentences(&self) -> impl Iterator<Item = (usize, &[u32])> {
        let mut start = 0;
        self.terms.chunk_by(|a, b| a.0 == b.0).map(move |same| {
            let from = start;
            start += same.len();
            (same[0].0, &self.numbers[from..start])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(sentences: &[&[u32]]) -> CooccurrenceTally {
        let mut tally = CooccurrenceTally { sentences: sentences.len() as u64, ..CooccurrenceTally::default() };
        for terms in sentences {
            for (at, &a) in terms.iter().enumerate() {
                *tally.of_term.entry(a).or_default() += 1;
                for &b in &terms[at + 1..] {
                    tally.pairs.entry((a, b)).or_default().sentences += 1;
                }
            }
        }
        tally
    }

    /// NLTK 3.10 `BigramAssocMeasures`: `pmi(2, (3, 3), 8)`, and 14 + log2 `dice(2, (3, 3), 8)`.
    #[test]
    fn pairs_are_held_against_chance() {
        let found = tally(&[&[1, 2], &[1, 2], &[1], &[], &[2, 3], &[], &[], &[]]).cooccurrences();
        assert_eq!(found.iter().map(|pair| pair.terms).collect::<Vec<_>>(), [(1, 2), (2, 3)]);
        // two of eight sentences, 3 × 3 / 8 by chance
        assert_eq!((found[0].together.sentences, found[0].expected), (2, 1.125));
        assert_eq!(format!("{:.6} {:.5}", found[0].pmi, found[0].log_dice), "0.830075 13.41504");
    }

    #[test]
    fn parts_merge_to_the_whole() {
        let parts: [&[u32]; 4] = [&[1, 2], &[2, 3], &[1, 2, 3], &[]];
        for cut in 0..=parts.len() {
            let mut merged = tally(&parts[cut..]);
            merged.merge(tally(&parts[..cut]));
            merged.merge(CooccurrenceTally::default());
            assert_eq!(merged, tally(&parts));
        }
    }
}
