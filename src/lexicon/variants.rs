//! Traditional characters and their simplified forms.

use std::borrow::Cow;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use super::CharSet;

/// First of the characters that the table holds: extension A; the basic block ends it.
const FIRST: char = '\u{3400}';
const LAST: char = '\u{9fff}';

/// OpenCC's `t2s` for single characters: the one conversion that keeps lengths.
pub struct Variants {
    /// The simplified form of each character from [`FIRST`] to [`LAST`], its own where it has no other. Texts are asked
    /// character by character, so a look-up must cost no hash.
    simplified: Vec<char>,
    /// Those that have another: few of a text are, and their bits lie close together.
    traditional: CharSet,
}

impl Variants {
    /// Asks OpenCC for every character of the basic block and extension A, once a run (about 3 ms).
    pub(super) fn new() -> Self {
        let mut list = String::new();
        for c in FIRST..=LAST {
            list.extend([c, '\n']);
        }
        let converted =
            OpenCC::from_config(BuiltinConfig::T2s).map_or_else(|_| list.clone(), |opencc| opencc.convert(&list));
        let mut simplified: Vec<char> = (FIRST..=LAST).collect();
        for (own, to) in simplified.iter_mut().zip(converted.lines()) {
            *own = to.chars().next().unwrap_or(*own);
        }
        let pairs = (FIRST..=LAST).zip(&simplified);
        let traditional = pairs.filter(|(own, simplified)| own != *simplified).map(|(own, _)| own).collect();
        Variants { simplified, traditional }
    }

    /// The simplified form, or the character itself.
    pub fn simplified(&self, c: char) -> char {
        let at = (c as usize).wrapping_sub(FIRST as usize);
        self.simplified.get(at).copied().unwrap_or(c)
    }

    /// `c` has a simplified form other than itself.
    pub fn is_traditional(&self, c: char) -> bool {
        self.traditional.contains(c)
    }

    /// `text` with every character simplified: itself where all are.
    pub fn in_simplified<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if text.chars().any(|c| self.is_traditional(c)) { self.simplify(text).into() } else { text.into() }
    }

    /// `text` with every character simplified.
    pub fn simplify(&self, text: &str) -> String {
        text.chars().map(|c| self.simplified(c)).collect()
    }
}

impl std::fmt::Debug for Variants {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Variants({} characters)", self.simplified.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_characters_keep_their_number() {
        let variants = Variants::new();
        assert_eq!(variants.simplify("蓬瀛智慧機械公會"), "蓬瀛智慧机械公会");
        assert_eq!(variants.simplify("著名"), "著名");
        assert_eq!(["機械", "机械"].map(|text| variants.in_simplified(text)), ["机械", "机械"]);
        assert!(matches!(variants.in_simplified("机械"), Cow::Borrowed(_)));
        assert_eq!(variants.simplify("a\u{33ff}㐀\u{9fff}\u{a000}𠀀"), "a\u{33ff}㐀\u{9fff}\u{a000}𠀀");
        assert!(variants.is_traditional('會') && !variants.is_traditional('会') && !variants.is_traditional('a'));
    }
}
