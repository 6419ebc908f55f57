//! Words that are asked by the place where they end.

use rustc_hash::FxHashMap;

use super::CharSet;

/// Words by their last character, the longest first.
#[derive(Clone, Debug)]
pub struct Endings<T> {
    /// Most characters end no word.
    last: CharSet,
    by_last: FxHashMap<char, Vec<(Box<[char]>, T)>>,
}

impl<T> Endings<T> {
    /// Compiles words with what is known of each; empty words are left out, the first of two equal ones wins.
    pub fn new(words: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut by_last: FxHashMap<char, Vec<(Box<[char]>, T)>> = FxHashMap::default();
        for (word, value) in words {
            let chars: Box<[char]> = word.chars().collect();
            if let Some(&last) = chars.last() {
                by_last.entry(last).or_default().push((chars, value));
            }
        }
        for same in by_last.values_mut() {
            same.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            same.dedup_by(|later, first| later.0 == first.0);
        }
        Endings { last: by_last.keys().copied().collect(), by_last }
    }

    /// The longest word that ends at `end` and passes `fits`: its length in characters and its value.
    pub fn longest_where(&self, chars: &[char], end: usize, fits: impl Fn(usize, &T) -> bool) -> Option<(usize, &T)> {
        let before = chars.get(..end)?;
        let last = before.last().filter(|last| self.last.contains(**last))?;
        let words = self.by_last.get(last)?;
        let found = words.iter().find(|(word, value)| before.ends_with(word) && fits(word.len(), value));
        found.map(|(word, value)| (word.len(), value))
    }
}

impl<T> Default for Endings<T> {
    fn default() -> Self {
        Endings { last: CharSet::default(), by_last: FxHashMap::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_before_a_place_wins() {
        let words = [("副", 1), ("常务副", 2), ("常务副", 3), ("", 4)].map(|(word, value)| (word.to_owned(), value));
        let words = Endings::new(words);
        let chars: Vec<char> = "副常务副会长".chars().collect();
        assert_eq!(words.longest_where(&chars, 1, |_, _| true), Some((1, &1)));
        assert_eq!(words.longest_where(&chars, 4, |_, _| true), Some((3, &2)));
        assert_eq!(words.longest_where(&chars, 4, |length, _| length < 3), Some((1, &1)));
        assert_eq!([0, 2, 6, 9].map(|end| words.longest_where(&chars, end, |_, _| true)), [None; 4]);
    }
}
