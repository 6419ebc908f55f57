//! Words of a text.

use std::num::NonZeroU32;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Clean, CleanText, Span};

/// jieba's tag set, in a fixed order.
const TAGS: &[&str] = &[
    "x", "a", "ad", "ag", "an", "b", "c", "d", "df", "dg", "e", "eng", "f", "g", "h", "i", "j", "k", "l", "m", "mg",
    "mq", "n", "ng", "nr", "nrfg", "nrt", "ns", "nt", "nz", "o", "p", "q", "r", "rg", "rr", "rz", "s", "t", "tg", "u",
    "ud", "ug", "uj", "ul", "uv", "uz", "v", "vd", "vg", "vi", "vn", "vq", "y", "z", "zg",
];

/// Part of speech in jieba's tag set; `x` where it is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PartOfSpeech(u8);

impl PartOfSpeech {
    /// Reads a tag; one that is not in the set is `x`.
    pub fn new(tag: &str) -> Self {
        Self::known(tag).unwrap_or_default()
    }

    /// Reads a tag of the set.
    pub fn known(tag: &str) -> Option<Self> {
        /// By their first two letters, the first where several share them: a dictionary holds 350,000 tags.
        static BY_LETTERS: LazyLock<Vec<Option<PartOfSpeech>>> = LazyLock::new(|| {
            let mut by_letters = vec![None; 1 << 16];
            for (at, tag) in TAGS.iter().enumerate().rev() {
                by_letters[letters(tag)] = Some(PartOfSpeech(at as u8));
            }
            by_letters
        });
        BY_LETTERS[letters(tag)]
            .filter(|known| known.as_str() == tag)
            .or_else(|| place_of(tag).map(|at| PartOfSpeech(at as u8)))
    }

    /// The tag.
    pub fn as_str(self) -> &'static str {
        TAGS[self.0 as usize]
    }
}

/// The first two bytes of a tag as a number.
fn letters(tag: &str) -> usize {
    let byte = |at| usize::from(tag.as_bytes().get(at).copied().unwrap_or_default());
    byte(0) << 8 | byte(1)
}

/// Some parts of speech, asked in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartsOfSpeech(u64);

impl PartsOfSpeech {
    /// Those with these tags.
    ///
    /// # Panics
    /// If one is not in the set: at compile time, in a constant.
    pub const fn of(tags: &[&str]) -> Self {
        let (mut all, mut at) = (0, 0);
        while at < tags.len() {
            let Some(place) = place_of(tags[at]) else { panic!("no tag of the set") };
            all |= 1 << place;
            at += 1;
        }
        PartsOfSpeech(all)
    }

    /// It is one of them.
    #[inline]
    pub const fn contains(self, part: PartOfSpeech) -> bool {
        self.0 >> part.0 & 1 == 1
    }
}

/// The place of a tag in the set; by hand, so that sets of tags can be constants.
const fn place_of(tag: &str) -> Option<usize> {
    let mut place = 0;
    while place < TAGS.len() {
        let (known, tag) = (TAGS[place].as_bytes(), tag.as_bytes());
        let mut same = 0;
        while same < known.len() && same < tag.len() && known[same] == tag[same] {
            same += 1;
        }
        if same == known.len() && same == tag.len() {
            return Some(place);
        }
        place += 1;
    }
    None
}

/// A text of six characters at most as a number of its own, which is hashed and compared in a step; none for longer ones.
pub fn short_key(text: &[char]) -> Option<u128> {
    const CHARACTERS: usize = 6;
    // the one before the first tells texts apart that differ in characters of value 0 alone
    (text.len() <= CHARACTERS).then(|| text.iter().fold(1, |key, c| key << 21 | u128::from(u32::from(*c))))
}

/// A word and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span<Clean>,
    /// What it is by the dictionary, out of context.
    pub pos: PartOfSpeech,
    /// Its number in the dictionary, smaller for frequenter words; none for what the dictionary doesn't hold.
    pub word: Option<NonZeroU32>,
}

impl Token {
    /// It holds a letter, a digit or a Chinese character: no punctuation.
    pub fn is_word(&self, text: &CleanText) -> bool {
        text.chars()[self.span.range()].iter().any(|&c| match c {
            '\u{4e00}'..='\u{9fff}' => true,
            // the commonest marks, for which Unicode's tables are far to go
            ',' | '、' | '。' | '“' | '”' | '《' | '》' => false,
            c => c.is_alphanumeric(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tag_has_a_place_of_its_own() {
        for tag in TAGS {
            let one = PartsOfSpeech::of(&[tag]);
            assert!(TAGS.iter().all(|other| one.contains(PartOfSpeech::new(other)) == (other == tag)), "{tag}");
        }
    }

    #[test]
    fn short_texts_have_keys_of_their_own() {
        let texts = ["", "会", "\0", "\0会", "会\0", "机器人", "器机人", "\u{10ffff}机器人产业", "机器人产业链"];
        let keys: Vec<_> = texts.iter().map(|text| short_key(&text.chars().collect::<Vec<_>>())).collect();
        for (at, key) in keys.iter().enumerate() {
            assert!(key.is_some() && !keys[..at].contains(key), "{:?}", texts[at]);
        }
        assert_eq!(short_key(&['会'; 7]), None);
    }
}
