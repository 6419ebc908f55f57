//! Words that stand near a term more often than by chance.

use rustc_hash::FxHashMap;

use crate::model::{CleanText, Facts, Token};

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

/// Counts of words near terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CollocationTally {
    near: FxHashMap<u32, FxHashMap<Box<str>, u64>>,
}

impl CollocationTally {
    /// Adds one document: for each mention of a term that stands in no longer one, every different word of two characters and
    /// more within [`WINDOW`] words on either side, in the same sentence. `skip` says which words are left out.
    pub fn add(&mut self, facts: &Facts, text: &CleanText, tokens: &[Token], skip: impl Fn(&str) -> bool) {
        let mut mentions = facts.terms.iter().filter(|mention| !mention.nested).peekable();
        if mentions.peek().is_none() {
            return;
        }
        let ends = text.sentences.iter().skip(1).map(|sentence| sentence.span.start()).chain([usize::MAX]);
        let mut tokens = tokens.iter().peekable();
        let mut words: Vec<&Token> = Vec::new();
        for (sentence, end) in text.sentences.iter().zip(ends) {
            words.clear();
            while let Some(token) = tokens.next_if(|token| token.span.start() < end) {
                if token.is_word(text) {
                    words.push(token);
                }
            }
            let last = text.to_source(sentence.span).end();
            while let Some(mention) = mentions.next_if(|mention| mention.span.start() < last) {
                let from = words.partition_point(|word| text.to_source(word.span).end() <= mention.span.start());
                let to = words.partition_point(|word| text.to_source(word.span).start() < mention.span.end());
                self.add_mention(mention.term, &words, from..to.max(from), text, &skip);
            }
        }
    }

    fn add_mention(
        &mut self,
        term: u32,
        words: &[&Token],
        own: std::ops::Range<usize>,
        text: &CleanText,
        skip: impl Fn(&str) -> bool,
    ) {
        let before = words[own.start.saturating_sub(WINDOW)..own.start].iter();
        let behind = words[own.end..(own.end + WINDOW).min(words.len())].iter();
        let mut around: [&str; 2 * WINDOW] = [""; 2 * WINDOW];
        let mut found = 0;
        for token in before.chain(behind) {
            let word = text.slice(token.span);
            if token.span.len() > 1 && !around[..found].contains(&word) && !skip(word) {
                around[found] = word;
                found += 1;
            }
        }
        let near = self.near.entry(term).or_default();
        for word in &around[..found] {
            match near.get_mut(*word) {
                Some(count) => *count += 1,
                None => {
                    near.insert((*word).into(), 1);
                }
            }
        }
    }

    /// Adds other documents.
    pub fn merge(&mut self, other: CollocationTally) {
        for (term, words) in other.near {
            let own = self.near.entry(term).or_default();
            for (word, count) in words {
                *own.entry(word).or_default() += count;
            }
        }
    }

    /// Collocations by term and word. `term_count` and `word_count` say how often each stands among `words` words.
    pub fn collocations(
        &self,
        words: u64,
        term_count: impl Fn(u32) -> u64,
        word_count: impl Fn(&str) -> u64,
    ) -> Vec<Collocation<'_>> {
        let pairs =
            self.near.iter().flat_map(|(term, near)| near.iter().map(move |(word, count)| (*term, &**word, *count)));
        let mut all: Vec<Collocation<'_>> = pairs
            .filter(|(_, _, count)| *count >= LEAST)
            .filter_map(|(term, word, count)| {
                let (of_term, of_word) = (term_count(term).max(count), word_count(word).max(count));
                let expected = expected(of_term, of_word, words);
                Some(Collocation {
                    term,
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
}

/// What chance would give: a word that stands `word` times among `words` is near each of `term` mentions in each of the
/// places of the window.
fn expected(term: u64, word: u64, words: u64) -> f64 {
    term as f64 * word as f64 * (2 * WINDOW) as f64 / words.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the formulas of Church and Hanks (1990) and Rychlý (2008), by hand: 8 of 40 mentions with a word that stands 50
    /// times among 10,000 near; 40 × 50 × 10 / 10,000 = 2 by chance, so 2 bits, t = 6 / √8 and logDice 14 + log2(16 / 90).
    #[test]
    fn pairs_are_held_against_chance() {
        let near = FxHashMap::from_iter([("关节".into(), 8), ("场景".into(), 2)]);
        let tally = CollocationTally { near: FxHashMap::from_iter([(1, near)]) };
        let found = tally.collocations(10_000, |_| 40, |_| 50);
        assert_eq!(found.len(), 1, "pairs under {LEAST} are not told");
        let Collocation { expected, mutual_information, t_score, log_dice, .. } = found[0];
        assert_eq!((expected, mutual_information), (2.0, 2.0));
        assert_eq!(format!("{t_score:.4} {log_dice:.4}"), "2.1213 11.5081");
    }

    /// NLTK 3.10 `BigramAssocMeasures`, where each of 171 mentions has ten places for a word that stands 412 times among
    /// 30,201: `pmi` and `student_t` of (23, (1710, 412), 30201); logDice is 14 + log2 `dice(23, (171, 412), 30201)`.
    #[test]
    fn figures_of_nltk() {
        let near = FxHashMap::from_iter([("关节".into(), 23)]);
        let tally = CollocationTally { near: FxHashMap::from_iter([(1, near)]) };
        let found = &tally.collocations(30_201, |_| 171, |_| 412)[0];
        let figures = [found.expected, found.mutual_information, found.t_score, found.log_dice];
        for (figure, expected) in figures.into_iter().zip([23.327_704, -0.020_410_48, -0.068_331_09, 10.336_210]) {
            assert!((figure / expected - 1.0).abs() < 5e-5, "{figure} is not {expected}");
        }
    }

    #[test]
    fn parts_merge_to_the_whole() {
        let part = |word: &str, count| CollocationTally {
            near: FxHashMap::from_iter([(1, FxHashMap::from_iter([(word.into(), count)]))]),
        };
        let mut one = part("关节", 1);
        one.merge(part("关节", 2));
        one.merge(CollocationTally::default());
        let mut other = part("关节", 2);
        other.merge(part("关节", 1));
        assert_eq!(one, other);
        assert_eq!(one, part("关节", 3));
    }
}
