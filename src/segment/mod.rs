//! Clean text to tokens: the hot path, behind one narrow interface.

mod dictionary;
mod trie;

use std::num::NonZeroU32;

use crate::lexicon::Lexicon;
use crate::model::{Clean, CleanText, PartOfSpeech, Span, Token};
pub use dictionary::Dictionary;
use dictionary::Way;

/// What stands in a text, word by word.
#[derive(Clone, Debug, Default)]
pub struct Segmented {
    /// Tokens in order, blanks and line ends left out; together they cover every other character.
    pub tokens: Vec<Token>,
    /// Every place at which a name of a term stands, whatever the words there are, and the index of the term; in no order.
    pub terms: Vec<(Span<Clean>, u32)>,
}

/// Splits Chinese text into words of the general dictionary and names of terms: of all ways to split a line, the one whose
/// words are the most frequent taken together. What no word covers is split into characters, but for Latin letters and
/// digits, which stay together.
///
/// The words are those that jieba (<https://github.com/fxsjy/jieba>) finds with the same dictionary where it guesses no unknown
/// ones, which a test holds. Guessing them by its hidden Markov model puts fewer edges of names on edges of words: see
/// `benches/words.rs`.
pub struct Segmenter {
    dictionary: Dictionary,
    number: PartOfSpeech,
    latin: PartOfSpeech,
}

impl Segmenter {
    /// Takes the general words of a lexicon and the names of its terms.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self::over(Dictionary::read(&lexicon.general), lexicon)
    }

    /// As [`Self::new`], where the general words have been read.
    pub fn over(mut dictionary: Dictionary, lexicon: &Lexicon) -> Self {
        dictionary.add_terms(&lexicon.terms);
        Segmenter { dictionary, number: PartOfSpeech::new("m"), latin: PartOfSpeech::new("eng") }
    }

    /// Splits a text.
    pub fn segment(&self, text: &CleanText) -> Segmented {
        let chars = text.chars();
        let mut found = Segmented { tokens: Vec::with_capacity(chars.len() / 2), terms: Vec::new() };
        let mut ways: Vec<Way> = Vec::new();
        let mut start = 0;
        // a line at a time, which no word crosses
        for line in chars.split(|c| *c == '\n') {
            self.dictionary.weigh(line, &mut ways, |from, to, term| {
                found.terms.push((Span::new(start + from, start + to), term));
            });
            self.dictionary.follow(line, &ways, |from, to, word| {
                let pos = match word {
                    0 if line[from].is_whitespace() => return,
                    0 => self.part_of_unknown(&line[from..to]),
                    word => self.dictionary.part_of_speech(word),
                };
                found.tokens.push(Token {
                    span: Span::new(start + from, start + to),
                    pos,
                    word: NonZeroU32::new(word),
                });
            });
            start += line.len() + 1;
        }
        found
    }

    /// What a run of Latin letters and digits is that the dictionary doesn't hold; of a character or a mark nothing is known.
    fn part_of_unknown(&self, word: &[char]) -> PartOfSpeech {
        match word {
            [first, ..] if !first.is_ascii_alphanumeric() => PartOfSpeech::default(),
            digits if digits.iter().all(char::is_ascii_digit) => self.number,
            _ => self.latin,
        }
    }
}

#[cfg(test)]
mod tests;
