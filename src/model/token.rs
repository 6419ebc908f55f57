//! Words of a text.

use serde::{Deserialize, Serialize};

use super::{Clean, CleanText, Span};

/// jieba's tag set, in a fixed order.
const TAGS: &[&str] = &[
    "x", "a", "ad", "ag", "an", "b", "c", "d", "df", "dg", "e", "eng", "f", "g", "h", "i", "j", "k", "l", "m", "mg",
    "mq", "n", "ng", "nr", "nrfg", "nrt", "ns", "nt", "nz", "o", "p", "q", "r", "rg", "rr", "rz", "s", "t", "tg", "u",
    "ud", "ug", "uj", "ul", "uv", "uz", "v", "vd", "vg", "vi", "vn", "vq", "y", "z", "zg",
];

/// Part of speech in jieba's tag set; `x` where it is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PartOfSpeech(u8);

impl PartOfSpeech {
    /// Reads a tag; one that is not in the set is `x`.
    pub fn new(tag: &str) -> Self {
        PartOfSpeech(TAGS.iter().position(|t| *t == tag).unwrap_or(0) as u8)
    }

    /// The tag.
    pub fn as_str(self) -> &'static str {
        TAGS[self.0 as usize]
    }
}

/// A word and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span<Clean>,
    /// What it is by the dictionary, out of context.
    pub pos: PartOfSpeech,
}

impl Token {
    /// It holds a letter, a digit or a Chinese character: no punctuation.
    pub fn is_word(&self, text: &CleanText) -> bool {
        let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        text.chars()[self.span.range()].iter().any(|&c| han(c) || c.is_alphanumeric())
    }
}
