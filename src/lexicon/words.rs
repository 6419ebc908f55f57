//! Lists of words and characters that are asked at every character of a text.

use rustc_hash::{FxHashMap, FxHashSet};

use super::pairs::{ByPair, Side};

/// Characters, asked in a step: a bit for each of the basic plane.
#[derive(Clone)]
pub struct CharSet {
    basic: Box<[u64; BASIC / 64]>,
    beyond: FxHashSet<char>,
}

/// Number of characters of the basic plane.
pub(super) const BASIC: usize = 0x1_0000;

impl CharSet {
    /// It is one of the set.
    #[inline]
    pub fn contains(&self, c: char) -> bool {
        let at = c as usize;
        if at < BASIC { self.basic[at / 64] >> (at % 64) & 1 == 1 } else { self.beyond.contains(&c) }
    }

    /// Those of the basic plane, in order.
    pub(super) fn basic(&self) -> impl Iterator<Item = char> + '_ {
        let words = self.basic.iter().enumerate().filter(|(_, bits)| **bits != 0);
        let of_word = |(word, bits): (usize, &u64)| {
            let (word, bits) = (64 * word as u32, *bits);
            (0..64).filter(move |bit| bits >> bit & 1 == 1).filter_map(move |bit| char::from_u32(word + bit))
        };
        words.flat_map(of_word)
    }

    /// Every character of the basic plane that passes `test`.
    pub fn of(test: impl Fn(char) -> bool) -> Self {
        (0..BASIC as u32).filter_map(char::from_u32).filter(|c| test(*c)).collect()
    }

    fn insert(&mut self, c: char) {
        let at = c as usize;
        if at < BASIC {
            self.basic[at / 64] |= 1 << (at % 64);
        } else {
            self.beyond.insert(c);
        }
    }
}

impl Default for CharSet {
    fn default() -> Self {
        CharSet { basic: Box::new([0; BASIC / 64]), beyond: FxHashSet::default() }
    }
}

impl FromIterator<char> for CharSet {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Self {
        let mut set = CharSet::default();
        chars.into_iter().for_each(|c| set.insert(c));
        set
    }
}

impl<'c> Extend<&'c char> for CharSet {
    fn extend<I: IntoIterator<Item = &'c char>>(&mut self, chars: I) {
        chars.into_iter().for_each(|c| self.insert(*c));
    }
}

impl std::fmt::Debug for CharSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bits: u32 = self.basic.iter().map(|bits| bits.count_ones()).sum();
        write!(f, "CharSet of {}", bits as usize + self.beyond.len())
    }
}

/// Words with what is known of each, asked for whole words: most are refused by their first character.
#[derive(Clone, Debug, Default)]
pub struct Lookup<T = ()> {
    first: CharSet,
    words: FxHashMap<String, T>,
}

impl<T> Lookup<T> {
    /// What is known of `word`.
    #[inline]
    pub fn get(&self, word: &str) -> Option<&T> {
        let first = word.chars().next()?;
        if self.first.contains(first) { self.words.get(word) } else { None }
    }

    /// One of the words may begin with this character: where this denies it, none does.
    #[inline]
    pub fn may_begin(&self, first: char) -> bool {
        self.first.contains(first)
    }

    /// It is one of the words.
    pub fn contains(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    /// Adds a word; a later one takes the place of an equal one.
    pub fn insert(&mut self, word: String, value: T) {
        if let Some(first) = word.chars().next() {
            self.first.insert(first);
            self.words.insert(word, value);
        }
    }

    /// The words, in no order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// The words with what is known of each, in no order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &T)> {
        self.words.iter().map(|(word, value)| (word.as_str(), value))
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

impl<T> FromIterator<(String, T)> for Lookup<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(words: I) -> Self {
        let mut lookup = Lookup { first: CharSet::default(), words: FxHashMap::default() };
        words.into_iter().for_each(|(word, value)| lookup.insert(word, value));
        lookup
    }
}

impl FromIterator<String> for Lookup {
    fn from_iter<I: IntoIterator<Item = String>>(words: I) -> Self {
        words.into_iter().map(|word| (word, ())).collect()
    }
}

/// Words by what they begin with, the longest first.
#[derive(Clone, Debug)]
pub struct Words<T> {
    /// Most characters begin no word.
    first: CharSet,
    /// Longer words by their first two characters, of which few words share both.
    longer: ByPair<T>,
    /// Words of one character, and which characters they are.
    alone: FxHashMap<char, T>,
    single: CharSet,
}

impl<T> Words<T> {
    /// Compiles words with what is known of each; empty words are left out, the first of two equal ones wins.
    pub fn new(words: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut all = Words::default();
        let mut longer = Vec::new();
        for (word, value) in words {
            let mut chars = word.chars();
            let Some(first) = chars.next() else { continue };
            all.first.insert(first);
            match chars.next() {
                Some(second) => longer.push(([first, second], chars.collect(), value)),
                None => {
                    all.single.insert(first);
                    all.alone.entry(first).or_insert(value);
                }
            }
        }
        all.longer = ByPair::new(Side::Behind, longer);
        all
    }

    /// The longest word that begins at `at` and passes `fits`: its length in characters and its value.
    #[inline]
    pub fn longest_where(&self, chars: &[char], at: usize, fits: impl Fn(usize, &T) -> bool) -> Option<(usize, &T)> {
        let first = *chars.get(at)?;
        if !self.first.contains(first) {
            return None;
        }
        if self.may_begin(chars, at) {
            return self.longest_of(&chars[at..], fits);
        }
        if self.single.contains(first) { self.alone(first, fits) } else { None }
    }

    /// A word of two characters or more may begin at `at`: where this denies it, none does.
    #[inline]
    pub fn may_begin(&self, chars: &[char], at: usize) -> bool {
        matches!(chars.get(at..), Some([first, second, ..]) if self.longer.may_hold(*first, *second))
    }

    /// One of the words is `chars` or begins with them.
    pub fn any_begins_with(&self, chars: &[char]) -> bool {
        match chars {
            [] => false,
            [only] => self.first.contains(*only),
            [first, second, rest @ ..] => self.longer.any_goes_on([*first, *second], rest),
        }
    }

    /// The character is a word by itself.
    #[inline]
    pub fn is_word(&self, c: char) -> bool {
        self.single.contains(c)
    }

    fn longest_of(&self, chars: &[char], fits: impl Fn(usize, &T) -> bool) -> Option<(usize, &T)> {
        let [first, second, rest @ ..] = chars else { return None };
        let longer = self.longer.longest([*first, *second], rest, &fits);
        longer.or_else(|| self.alone(*first, fits))
    }

    fn alone(&self, first: char, fits: impl Fn(usize, &T) -> bool) -> Option<(usize, &T)> {
        self.alone.get(&first).filter(|value| fits(1, value)).map(|value| (1, value))
    }

    /// Words in a text, leftmost and longest first: (first character, behind the last character, value). At least where one
    /// of the first characters stands a word is sought, in order.
    ///
    /// Few characters begin a word, and few words begin alike: that costs less than an automaton, whose states lie far apart.
    pub fn matches<'t>(
        &'t self,
        chars: &'t [char],
        sought: impl Iterator<Item = usize> + 't,
    ) -> impl Iterator<Item = (usize, usize, &'t T)> + 't {
        let mut end = 0;
        sought.filter_map(move |start| {
            if start < end {
                return None;
            }
            let (length, value) = self.longest(chars, start)?;
            end = start + length;
            Some((start, end, value))
        })
    }

    /// The characters that are words by themselves.
    pub(super) fn single(&self) -> &CharSet {
        &self.single
    }

    /// The pairs that longer words begin with, in no order.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (char, char)> + '_ {
        self.longer.pairs()
    }

    /// The characters that words begin with.
    #[inline]
    pub fn first(&self) -> &CharSet {
        &self.first
    }

    /// The longest word that begins at `at`: its length in characters and its value.
    #[inline]
    pub fn longest(&self, chars: &[char], at: usize) -> Option<(usize, &T)> {
        self.longest_where(chars, at, |_, _| true)
    }
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Words {
            first: CharSet::default(),
            longer: ByPair::on(Side::Behind),
            alone: FxHashMap::default(),
            single: CharSet::default(),
        }
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

    #[test]
    fn words_that_begin_alike_are_told_apart() {
        let words = ["中国", "中国人", "中国机器人", "中国机械", "中国人民银行", "中"];
        let words = Words::new(words.into_iter().enumerate().map(|(at, word)| (word.to_owned(), at)));
        let longest = |text: &str| words.longest(&text.chars().collect::<Vec<_>>(), 0).map(|(_, at)| *at);
        let cases =
            ["中国", "中国话", "中国人民", "中国机器", "中国机器人", "中国机械", "中国人民银行", "中文", "国中"];
        let found = [Some(0), Some(0), Some(1), Some(0), Some(2), Some(3), Some(4), Some(5), None];
        assert_eq!(cases.map(longest), found);
        let chars: Vec<char> = "中国人民银行".chars().collect();
        let up_to = |most: usize| words.longest_where(&chars, 0, |length, _| length <= most).map(|(_, at)| *at);
        assert_eq!([6, 5, 2, 1, 0].map(up_to), [Some(4), Some(1), Some(0), Some(5), None]);
        assert!(words.may_begin(&chars, 0) && words.is_word('中'));
        assert!(!words.may_begin(&chars, 1) && !words.is_word('国'));
    }

    #[test]
    fn words_are_known_by_how_they_begin() {
        let words = Words::new(["中国机器人", "中", "部长"].map(|word| (word.to_owned(), ())));
        let begins = |text: &str| words.any_begins_with(&text.chars().collect::<Vec<_>>());
        assert!(["中", "中国", "中国机", "中国机器人", "部", "部长"].into_iter().all(begins));
        assert!(!["", "国", "中部", "中国人", "中国机器人会", "部长级"].into_iter().any(begins));
    }

    #[test]
    fn a_set_holds_its_characters() {
        let set: CharSet = "机\u{20001}a".chars().collect();
        let held = ['机', '\u{20001}', 'a', '器', 'b', '\u{20002}', '\0', '\u{10ffff}'].map(|c| set.contains(c));
        assert_eq!(held, [true, true, true, false, false, false, false, false]);
        let digits = CharSet::of(|c| c.is_ascii_digit());
        assert!(digits.contains('7') && !digits.contains('七'));
    }
}
