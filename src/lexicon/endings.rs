//! Words that are asked by the place where they end.

use rustc_hash::FxHashMap;

use super::CharSet;

/// A word and what is known of it.
type Ending<T> = (Box<[char]>, T);

/// Words by their last two characters, the longest first.
#[derive(Clone, Debug)]
pub struct Endings<T> {
    /// Most characters end no word.
    last: CharSet,
    by_last_two: FxHashMap<[char; 2], Vec<Ending<T>>>,
    /// Words of one character.
    single: FxHashMap<char, T>,
}

impl<T> Endings<T> {
    /// Compiles words with what is known of each; empty words are left out, the first of two equal ones wins.
    pub fn new(words: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut endings = Endings::default();
        let mut last = Vec::new();
        for (word, value) in words {
            let chars: Box<[char]> = word.chars().collect();
            last.extend(chars.last());
            match *chars {
                [] => {}
                [only] => drop(endings.single.entry(only).or_insert(value)),
                [.., second, last] => endings.by_last_two.entry([second, last]).or_default().push((chars, value)),
            }
        }
        endings.last = last.into_iter().collect();
        for same in endings.by_last_two.values_mut() {
            same.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            same.dedup_by(|later, first| later.0 == first.0);
        }
        endings
    }

    /// The longest word that ends at `end` and passes `fits`: its length in characters and its value.
    pub fn longest_where(&self, chars: &[char], end: usize, fits: impl Fn(usize, &T) -> bool) -> Option<(usize, &T)> {
        let before = chars.get(..end)?;
        let last = *before.last().filter(|last| self.last.contains(**last))?;
        let two = before.last_chunk().and_then(|two| self.by_last_two.get(two));
        let fitting = |(word, value): &&Ending<T>| before.ends_with(word) && fits(word.len(), value);
        if let Some((word, value)) = two.and_then(|words| words.iter().find(fitting)) {
            return Some((word.len(), value));
        }
        self.single.get(&last).filter(|value| fits(1, value)).map(|value| (1, value))
    }

    /// The characters that words end with.
    pub fn last(&self) -> &CharSet {
        &self.last
    }

    /// The longest word that ends at `end`: its length in characters and its value.
    pub fn longest(&self, chars: &[char], end: usize) -> Option<(usize, &T)> {
        self.longest_where(chars, end, |_, _| true)
    }
}

impl<T> Default for Endings<T> {
    fn default() -> Self {
        Endings { last: CharSet::default(), by_last_two: FxHashMap::default(), single: FxHashMap::default() }
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
        assert_eq!(words.longest(&chars, 1), Some((1, &1)));
        assert_eq!(words.longest(&chars, 4), Some((3, &2)));
        assert_eq!(words.longest_where(&chars, 4, |length, _| length < 3), Some((1, &1)));
        assert_eq!([0, 2, 6, 9].map(|end| words.longest(&chars, end)), [None; 4]);
    }
}
