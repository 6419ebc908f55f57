//! Terms that stand in the same sentences.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::Facts;

use super::association::{log_dice, mutual_information};

/// In how many sentences and documents two terms stand together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Together {
    /// Sentences.
    pub sentences: u64,
    /// Documents.
    pub documents: u64,
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
    /// Adds one document.
    pub fn add(&mut self, facts: &Facts) {
        self.sentences += facts.sentences.len() as u64;
        let mut of_document: FxHashSet<(u32, u32)> = FxHashSet::default();
        for_sentences(facts, |_, terms| {
            for (at, &a) in terms.iter().enumerate() {
                *self.of_term.entry(a).or_default() += 1;
                for &b in &terms[at + 1..] {
                    self.pairs.entry((a, b)).or_default().sentences += 1;
                    of_document.insert((a, b));
                }
            }
        });
        for pair in of_document {
            self.pairs.entry(pair).or_default().documents += 1;
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
                let expected = of(a) as f64 * of(b) as f64 / self.sentences.max(1) as f64;
                Some(Cooccurrence {
                    terms: (a, b),
                    together,
                    expected,
                    pmi: mutual_information(together.sentences, expected)?,
                    log_dice: log_dice(together.sentences, of(a), of(b))?,
                })
            })
            .collect();
        all.sort_unstable_by_key(|pair| pair.terms);
        all
    }
}

/// Calls `take` with the index and the terms, ascending, of every sentence that holds some.
pub fn for_sentences(facts: &Facts, mut take: impl FnMut(usize, &[u32])) {
    let mut here: Vec<u32> = Vec::new();
    let outer: Vec<_> = facts.terms.iter().filter(|mention| !mention.nested).collect();
    for same in outer.chunk_by(|a, b| facts.sentence_at(a.span) == facts.sentence_at(b.span)) {
        here.clear();
        here.extend(same.iter().map(|mention| mention.term));
        here.sort_unstable();
        here.dedup();
        take(facts.sentence_at(same[0].span), &here);
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
