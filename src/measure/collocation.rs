//! Words that stand near a term more often than by chance.

use rustc_hash::FxHashMap;

use super::association::{log_dice, mutual_information, t_score};

/// Words on either side of a term that count as near.
pub const WINDOW: usize = 5;
/// A pair is told from so many times on.
const LEAST: u64 = 3;

/// A term, a word near it, and how much they keep together.
#[derive(Clone, Debug, PartialEq)]
pub struct Collocation<'t> {
    /// Index of the term.
    pub term: u32,
    /// The word.
    pub word: &'t str,
    /// Mentions of the term with the word near.
    pub count: u64,
    /// Mentions that would have it near by chance.
    pub expected: f64,
    /// logDice.
    pub log_dice: f64,
    /// Mutual information, in bits.
    pub mutual_information: f64,
    /// t-score.
    pub t_score: f64,
}

/// What chance would give: a word that stands `word` times among `words` is near each of `term` mentions in each of the
/// places of the window.
fn expected(term: u64, word: u64, words: u64) -> f64 {
    term as f64 * word as f64 * (2 * WINDOW) as f64 / words.max(1) as f64
}

/// Collocations from counts of pairs, by term and word. `term_count` and `word_count` say how often each stands among
/// `words` words.
pub fn collocations<'t>(
    pairs: &'t FxHashMap<(u32, Box<str>), u64>,
    words: u64,
    term_count: impl Fn(u32) -> u64,
    word_count: impl Fn(&str) -> u64,
) -> Vec<Collocation<'t>> {
    let told = pairs.iter().filter(|(_, count)| **count >= LEAST);
    let mut all: Vec<Collocation<'t>> = told
        .filter_map(|((term, word), &count)| {
            let (of_term, of_word) = (term_count(*term).max(count), word_count(word).max(count));
            let expected = expected(of_term, of_word, words);
            Some(Collocation {
                term: *term,
                word,
                count,
                expected,
                log_dice: log_dice(count, of_term, of_word)?,
                mutual_information: mutual_information(count, expected)?,
                t_score: t_score(count, expected)?,
            })
        })
        .collect();
    all.sort_unstable_by_key(|found| (found.term, found.word));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the formulas of Church and Hanks (1990) and Rychlý (2008), by hand: 8 of 40 mentions with a word that stands 50
    /// times among 10,000 near; 40 × 50 × 10 / 10,000 = 2 by chance, so 2 bits, t = 6 / √8 and logDice 14 + log2(16 / 90).
    #[test]
    fn pairs_are_held_against_chance() {
        let pairs = FxHashMap::from_iter([((1, "关节".into()), 8), ((1, "的".into()), 2)]);
        let found = collocations(&pairs, 10_000, |_| 40, |_| 50);
        assert_eq!(found.len(), 1, "pairs under {LEAST} are not told");
        let Collocation { expected, mutual_information, t_score, log_dice, .. } = found[0];
        assert_eq!((expected, mutual_information), (2.0, 2.0));
        assert_eq!(format!("{t_score:.4} {log_dice:.4}"), "2.1213 11.5081");
    }
}
