//! Words that stand near a term more often than by chance.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::{Clean, CleanText, Facts, Span, Token};

use super::association::{log_dice, mutual_information, t_score};
use super::vocabulary::{Vocabulary, WordKind};

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
#[derive(Clone, Debug, Default)]
pub struct CollocationTally {
    /// By term, and by word; a table a term is small enough to stay near the processor while a document is counted.
    near: Vec<FxHashMap<u32, u32>>,
    /// Words that are never near, by number; asked once a word.
    left_out: Vec<bool>,
}

impl CollocationTally {
    /// Adds one document: for each mention of a term that stands in no longer one, every different word of two characters and
    /// more within [`WINDOW`] words on either side, in the same sentence. Tokens come with their numbers in `vocabulary`;
    /// `skip` says which words are left out.
    pub fn add(
        &mut self,
        facts: &Facts,
        text: &CleanText,
        (tokens, numbers): (&[Token], &[u32]),
        vocabulary: &Vocabulary,
        skip: impl Fn(&str) -> bool,
    ) {
        for number in self.left_out.len() as u32..vocabulary.words().len() as u32 {
            self.left_out.push(vocabulary.kind(number) != WordKind::Word || skip(vocabulary.word(number)));
        }
        let mut mentions = facts.terms.iter().filter(|mention| !mention.nested).peekable();
        let ends = text.sentences.iter().skip(1).map(|sentence| sentence.span.start()).chain([usize::MAX]);
        let begins = |token: &Token| text.to_source(Span::<Clean>::new(token.span.start(), token.span.start())).start();
        // where each word of the sentence begins in the source, and its number
        let mut words: Vec<(usize, u32)> = Vec::new();
        let mut behind = 0;
        for (sentence, end) in text.sentences.iter().zip(ends) {
            let first = behind;
            behind += tokens[first..].iter().take_while(|token| token.span.start() < end).count();
            let last = text.to_source(sentence.span).end();
            match mentions.peek() {
                Some(mention) if mention.span.start() < last => {}
                Some(_) => continue,
                None => break,
            }
            let inside = tokens[first..behind].iter().zip(&numbers[first..behind]);
            let inside = inside.filter(|(_, number)| vocabulary.kind(**number) != WordKind::Sign);
            words.clear();
            words.extend(inside.map(|(token, number)| (begins(token), *number)));
            while let Some(mention) = mentions.next_if(|mention| mention.span.start() < last) {
                // such a mention begins and ends where words do
                let from = words.partition_point(|(begin, _)| *begin < mention.span.start());
                let to = words.partition_point(|(begin, _)| *begin < mention.span.end());
                self.add_mention(mention.term, &words, from..to);
            }
        }
    }

    fn add_mention(&mut self, term: u32, words: &[(usize, u32)], own: std::ops::Range<usize>) {
        let before = &words[own.start.saturating_sub(WINDOW)..own.start];
        let behind = &words[own.end..(own.end + WINDOW).min(words.len())];
        let mut around = [0; 2 * WINDOW];
        let mut found = 0;
        for (_, word) in before.iter().chain(behind) {
            if !self.left_out[*word as usize] && !around[..found].contains(word) {
                around[found] = *word;
                found += 1;
            }
        }
        let near = self.near(term);
        for word in &around[..found] {
            *near.entry(*word).or_default() += 1;
        }
    }

    /// The words near a term.
    fn near(&mut self, term: u32) -> &mut FxHashMap<u32, u32> {
        if self.near.len() <= term as usize {
            self.near.resize_with(term as usize + 1, FxHashMap::default);
        }
        &mut self.near[term as usize]
    }

    /// Every term and word with its count.
    fn counts(&self) -> impl Iterator<Item = (u32, u32, u64)> {
        let of_term = |(near, term): (_, u32)| {
            let near: &FxHashMap<u32, u32> = near;
            near.iter().map(move |(word, count)| (term, *word, u64::from(*count)))
        };
        self.near.iter().zip(0..).flat_map(of_term)
    }

    /// Adds other documents, whose words have these numbers here.
    pub fn merge(&mut self, other: CollocationTally, numbers: &[u32]) {
        for (theirs, term) in other.near.into_iter().zip(0..) {
            let near = self.near(term);
            for (word, count) in theirs {
                *near.entry(numbers[word as usize]).or_default() += count;
            }
        }
    }

    /// Counts by term and word.
    pub fn named<'v>(&self, vocabulary: &'v Vocabulary) -> BTreeMap<(u32, &'v str), u64> {
        self.counts().map(|(term, word, count)| ((term, vocabulary.word(word)), count)).collect()
    }

    /// Collocations by term and word, which has its number in `vocabulary`. `term_count` and `word_count` say how often
    /// each stands among `words` words.
    pub fn collocations<'v>(
        &self,
        vocabulary: &'v Vocabulary,
        words: u64,
        term_count: impl Fn(u32) -> u64,
        word_count: impl Fn(u32) -> u64,
    ) -> Vec<Collocation<'v>> {
        let mut all: Vec<Collocation<'_>> = self
            .counts()
            .filter(|(_, _, count)| *count >= LEAST)
            .filter_map(|(term, word, count)| {
                let (of_term, of_word) = (term_count(term).max(count), word_count(word).max(count));
                let expected = expected(of_term, of_word, words);
                Some(Collocation {
                    term,
                    word: vocabulary.word(word),
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

    fn tally(vocabulary: &mut Vocabulary, near: &[(u32, &str, u32)]) -> CollocationTally {
        let mut tally = CollocationTally::default();
        for (term, word, count) in near {
            tally.near(*term).insert(vocabulary.number(word), *count);
        }
        tally
    }

    /// By the formulas of Church and Hanks (1990) and Rychlý (2008), by hand: 8 of 40 mentions with a word that stands 50
    /// times among 10,000 near; 40 × 50 × 10 / 10,000 = 2 by chance, so 2 bits, t = 6 / √8 and logDice 14 + log2(16 / 90).
    #[test]
    fn pairs_are_held_against_chance() {
        let mut vocabulary = Vocabulary::default();
        let tally = tally(&mut vocabulary, &[(1, "关节", 8), (1, "场景", 2)]);
        let found = tally.collocations(&vocabulary, 10_000, |_| 40, |_| 50);
        assert_eq!(found.len(), 1, "pairs under {LEAST} are not told");
        let Collocation { word, expected, mutual_information, t_score, log_dice, .. } = found[0];
        assert_eq!((word, expected, mutual_information), ("关节", 2.0, 2.0));
        assert_eq!(format!("{t_score:.4} {log_dice:.4}"), "2.1213 11.5081");
    }

    /// NLTK 3.10 `BigramAssocMeasures`, where each of 171 mentions has ten places for a word that stands 412 times among
    /// 30,201: `pmi` and `student_t` of (23, (1710, 412), 30201); logDice is 14 + log2 `dice(23, (171, 412), 30201)`.
    #[test]
    fn figures_of_nltk() {
        let mut vocabulary = Vocabulary::default();
        let tally = tally(&mut vocabulary, &[(1, "关节", 23)]);
        let found = &tally.collocations(&vocabulary, 30_201, |_| 171, |_| 412)[0];
        let figures = [found.expected, found.mutual_information, found.t_score, found.log_dice];
        for (figure, expected) in figures.into_iter().zip([23.327_704, -0.020_410_48, -0.068_331_09, 10.336_210]) {
            assert!((figure / expected - 1.0).abs() < 5e-5, "{figure} is not {expected}");
        }
    }

    #[test]
    fn parts_merge_to_the_whole() {
        let mut own = Vocabulary::default();
        let mut one = tally(&mut own, &[(1, "场景", 4), (1, "关节", 1)]);
        let mut theirs = Vocabulary::default();
        let other = tally(&mut theirs, &[(1, "关节", 2), (2, "力矩", 3)]);
        let numbers = own.take_over(&theirs);
        one.merge(other, &numbers);
        one.merge(CollocationTally::default(), &[]);
        let expected = [((1, "关节"), 3), ((1, "场景"), 4), ((2, "力矩"), 3)];
        assert_eq!(one.named(&own), BTreeMap::from(expected));
    }
}
