//! Clean text to tokens: the hot path, behind one narrow interface.

use jieba_rs::Jieba;

use crate::lexicon::Lexicon;
use crate::model::{CleanText, PartOfSpeech, Span, Token};

/// Splits Chinese text into words with jieba's dictionary and the terms of the lexicon.
pub struct Segmenter {
    jieba: Jieba,
    guess: bool,
    tags: Tags,
}

/// jieba's own dictionary, which takes longer to read than all of ours, and needs none of them.
pub struct Dictionary(Jieba);

impl Dictionary {
    /// Reads it, and what the parts of speech of unknown words are guessed by: else the first text that holds one would
    /// keep all threads waiting.
    pub fn read() -> Self {
        // every word is unknown where there is no dictionary
        Jieba::empty().tag("字", false);
        Dictionary(Jieba::new())
    }
}

/// Whether unknown words are guessed by a hidden Markov model. Measured on the annotated corpus
/// (`cargo bench --bench words`, table in `benches/record/`).
const GUESS_UNKNOWN_WORDS: bool = false;

impl Segmenter {
    /// Reads jieba's dictionary and adds the terms and their aliases.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self::guessing(lexicon, GUESS_UNKNOWN_WORDS)
    }

    /// As [`Self::new`]; `guess` says whether characters that no word of the dictionary covers are joined to words by a
    /// hidden Markov model.
    pub fn guessing(lexicon: &Lexicon, guess: bool) -> Self {
        Self::over(Dictionary(Jieba::new()), lexicon, guess)
    }

    /// As [`Self::new`], over a dictionary that is read.
    pub fn with(dictionary: Dictionary, lexicon: &Lexicon) -> Self {
        Self::over(dictionary, lexicon, GUESS_UNKNOWN_WORDS)
    }

    fn over(Dictionary(mut jieba): Dictionary, lexicon: &Lexicon, guess: bool) -> Self {
        for term in lexicon.terms.terms() {
            for name in std::iter::once(&term.name).chain(&term.aliases) {
                if !jieba.has_word(name) {
                    jieba.add_word(name, None, Some("n"));
                }
            }
        }
        Segmenter { jieba, guess, tags: Tags::new() }
    }

    /// Tokens in order, blanks and line ends left out; together they cover every other character.
    pub fn segment(&self, text: &CleanText) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(text.chars().len() / 2);
        let mut start = 0;
        // a line at a time, which no word crosses: the tags of a whole report would not stay in the cache
        for line in text.chars().split(|c| *c == '\n') {
            let end = start + line.len();
            for tag in self.jieba.tag(text.slice(Span::new(start, end)), self.guess) {
                if !tag.word.chars().all(char::is_whitespace) {
                    tokens.push(Token {
                        span: Span::new(start + tag.start, start + tag.end),
                        pos: self.tags.get(tag.tag),
                    });
                }
            }
            start = end + 1;
        }
        tokens
    }
}

/// Parts of speech by tags of one or two letters, so that no token's tag is searched among all tags.
struct Tags(Vec<PartOfSpeech>);

const LETTERS: usize = 27;

impl Tags {
    fn new() -> Self {
        let letter = |n: usize| char::from(b'`' + n as u8);
        let tag = |at: usize| match (at / LETTERS, at % LETTERS) {
            (first, 0) => letter(first).to_string(),
            (first, second) => [letter(first), letter(second)].iter().collect(),
        };
        Tags((0..LETTERS * LETTERS).map(|at| PartOfSpeech::new(&tag(at))).collect())
    }

    fn get(&self, tag: &str) -> PartOfSpeech {
        let number = |letter: u8| usize::from(letter - b'`');
        match *tag.as_bytes() {
            [first @ b'a'..=b'z'] => self.0[number(first) * LETTERS],
            [first @ b'a'..=b'z', second @ b'a'..=b'z'] => self.0[number(first) * LETTERS + number(second)],
            _ => PartOfSpeech::new(tag),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_those_of_the_model() {
        let tags = Tags::new();
        for tag in ["n", "v", "x", "nr", "ng", "zg", "vn", "eng", "nrfg", "a", "z", "qq", "N", "", "n1"] {
            assert_eq!(tags.get(tag), PartOfSpeech::new(tag), "{tag}");
        }
    }
}
