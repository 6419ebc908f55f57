//! A list of words that is asked which of them begins at a character.

use rustc_hash::FxHashMap;

/// A word and what is known of it.
type Entry<T> = (Box<[char]>, T);

/// Words by their first character, the longest first.
#[derive(Clone, Debug)]
pub struct Words<T> {
    by_first: FxHashMap<char, Vec<Entry<T>>>,
}

impl<T> Words<T> {
    /// Compiles words with what is known of each; empty words are left out, the first of two equal ones wins.
    pub fn new(words: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut by_first: FxHashMap<char, Vec<Entry<T>>> = FxHashMap::default();
        for (word, value) in words {
            let chars: Box<[char]> = word.chars().collect();
            if let Some(&first) = chars.first() {
                by_first.entry(first).or_default().push((chars, value));
            }
        }
        for same in by_first.values_mut() {
            same.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
            same.dedup_by(|later, first| later.0 == first.0);
        }
        Words { by_first }
    }

    /// The longest word that begins at `at` and passes `fits`: its length in characters and its value.
    pub fn longest_where(&self, chars: &[char], at: usize, fits: impl Fn(usize, &T) -> bool) -> Option<(usize, &T)> {
        let rest = chars.get(at..)?;
        let words = self.by_first.get(rest.first()?)?;
        words
            .iter()
            .find(|(word, value)| {
                let here = word.len() <= rest.len() && word.iter().zip(rest).all(|(a, b)| a == b);
                here && fits(word.len(), value)
            })
            .map(|(word, value)| (word.len(), value))
    }

    /// The longest word that begins at `at`: its length in characters and its value.
    pub fn longest(&self, chars: &[char], at: usize) -> Option<(usize, &T)> {
        self.longest_where(chars, at, |_, _| true)
    }
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Words { by_first: FxHashMap::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins() {
        let words =
            Words::new([("人".to_owned(), 1), ("人次".to_owned(), 2), ("人次".to_owned(), 3), (String::new(), 4)]);
        let chars: Vec<char> = "人次人".chars().collect();
        assert_eq!(words.longest(&chars, 0), Some((2, &2)));
        assert_eq!(words.longest(&chars, 2), Some((1, &1)));
        assert_eq!(words.longest(&chars, 1), None);
        assert_eq!(words.longest(&chars, 9), None);
        assert_eq!(words.longest_where(&chars, 0, |length, _| length < 2), Some((1, &1)));
    }
}
