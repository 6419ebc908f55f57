//! Traditional characters and their simplified forms.

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use rustc_hash::FxHashMap;

use super::CharSet;

/// OpenCC's `t2s` for single characters: the one conversion that keeps lengths.
#[derive(Debug)]
pub struct Variants {
    /// Characters that have a simplified form, which few texts hold any of.
    traditional: CharSet,
    simplified: FxHashMap<char, char>,
}

impl Variants {
    /// Asks OpenCC for every character of the basic block and extension A, once a run (about 3 ms).
    pub(super) fn new() -> Self {
        let mut list = String::new();
        for c in '\u{3400}'..='\u{9fff}' {
            list.extend([c, '\n']);
        }
        let converted =
            OpenCC::from_config(BuiltinConfig::T2s).map_or_else(|_| list.clone(), |opencc| opencc.convert(&list));
        let pairs: FxHashMap<char, char> = list
            .lines()
            .zip(converted.lines())
            .filter_map(|(from, to)| {
                let (from, to) = (from.chars().next()?, to.chars().next()?);
                (from != to).then_some((from, to))
            })
            .collect();
        Variants { traditional: pairs.keys().copied().collect(), simplified: pairs }
    }

    /// The simplified form, or the character itself.
    pub fn simplified(&self, c: char) -> char {
        if self.traditional.contains(c) { self.simplified[&c] } else { c }
    }

    /// `c` has a simplified form other than itself.
    pub fn is_traditional(&self, c: char) -> bool {
        self.traditional.contains(c)
    }

    /// `text` with every character simplified.
    pub fn simplify(&self, text: &str) -> String {
        text.chars().map(|c| self.simplified(c)).collect()
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
    }
}
