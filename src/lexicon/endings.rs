//! Words that are asked by the place where they end.

use rustc_hash::FxHashMap;

use super::CharSet;
use super::pairs::{ByPair, Side};

/// Words by their last two characters, the longest first.
#[derive(Clone, Debug)]
pub struct Endings<T> {
    /// Most characters end no word.
    last: CharSet,
    longer: ByPair<T>,
    /// Words of one character.
    single: FxHashMap<char, T>,
}

impl<T> Endings<T> {
    /// Compiles words with what is known of each; empty words are left out, the first of two equal ones wins.
    pub fn new(words: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut endings = Endings::default();
        let (mut last, mut longer) = (Vec::new(), Vec::new());
        for (word, value) in words {
            let chars: Vec<char> = word.chars().collect();
            last.extend(chars.last());
            match *chars {
                [] => {}
                [only] => drop(endings.single.entry(only).or_insert(value)),
                [ref others @ .., second, last] => longer.push(([second, last], others.to_vec(), value)),
            }
        }
        endings.last = last.into_iter().collect();
        endings.longer = ByPair::new(Side::Before, longer);
        endings
    }

    /// The longest word that ends at `end` and passes `fits`: its length in characters and its value.
    #[inline]
    pub fn longest_where(&self, chars: &[char], end: usize, fits: impl Fn(usize, &T) -> bool) -> Option<(usize, &T)> {
        let before = chars.get(..end)?;
        let last = *before.last()?;
        if self.last.contains(last) { self.longest_of(before, last, fits) } else { None }
    }

    fn longest_of(&self, before: &[char], last: char, fits: impl Fn(usize, &T) -> bool) -> Option<(usize, &T)> {
        if let [others @ .., second, last] = before
            && self.longer.may_hold(*second, *last)
            && let Some(found) = self.longer.longest([*second, *last], others, &fits)
        {
            return Some(found);
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
        Endings { last: CharSet::default(), longer: ByPair::on(Side::Before), single: FxHashMap::default() }
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
