//! Clean text to tokens: the hot path, behind one narrow interface.

use jieba_rs::Jieba;

use crate::lexicon::Lexicon;
use crate::model::{CleanText, PartOfSpeech, Span, Token};

/// Splits Chinese text into words with jieba's dictionary and the terms of the lexicon.
pub struct Segmenter {
    jieba: Jieba,
}

/// Whether unknown words are guessed by a hidden Markov model. Measured on the annotated corpus
/// (`cargo bench --bench words`, table in `benches/record/`).
const GUESS_UNKNOWN_WORDS: bool = false;

impl Segmenter {
    /// Reads jieba's dictionary and adds the terms and their aliases.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut jieba = Jieba::new();
        for term in lexicon.terms.terms() {
            for name in std::iter::once(&term.name).chain(&term.aliases) {
                if !jieba.has_word(name) {
                    jieba.add_word(name, None, Some("n"));
                }
            }
        }
        Segmenter { jieba }
    }

    /// Tokens in order, blanks and line ends left out; together they cover every other character.
    pub fn segment(&self, text: &CleanText) -> Vec<Token> {
        let tags = self.jieba.tag(text.text(), GUESS_UNKNOWN_WORDS);
        let words = tags.iter().filter(|tag| !tag.word.trim().is_empty());
        words.map(|tag| Token { span: Span::new(tag.start, tag.end), pos: PartOfSpeech::new(tag.tag) }).collect()
    }
}
