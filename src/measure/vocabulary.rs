//! Words as numbers: what a word is is asked once, and counting it hashes and compares no text.

use rustc_hash::FxHashMap;

use crate::model::{CleanText, PartOfSpeech, Token, short_key};

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// No letter, digit or Chinese character: punctuation.
    Sign,
    /// One character.
    Character,
    /// Two characters and more.
    Word,
}

/// Words in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    short: FxHashMap<u128, u32>,
    long: FxHashMap<Box<str>, u32>,
    words: Vec<Entry>,
    /// What each is, by number: asked for every word of a text.
    kinds: Vec<WordKind>,
    /// Numbers here by numbers in the dictionary, one more than they are; 0 for words that have not come.
    of_dictionary: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Entry {
    word: Box<str>,
    part_of_speech: PartOfSpeech,
}

impl Vocabulary {
    /// The numbers of the tokens of a text.
    pub fn numbers(&mut self, text: &CleanText, tokens: &[Token]) -> Vec<u32> {
        let number = |token: &Token| {
            let in_dictionary = token.word.map(|word| word.get() as usize);
            let before = in_dictionary.and_then(|word| self.of_dictionary.get(word)).copied().unwrap_or_default();
            if before > 0 {
                return before - 1;
            }
            let word = text.slice(token.span);
            let number = self.known(word).unwrap_or_else(|| self.add(word, token.pos));
            if let Some(word) = in_dictionary {
                self.of_dictionary.resize(self.of_dictionary.len().max(word + 1), 0);
                self.of_dictionary[word] = number + 1;
            }
            number
        };
        tokens.iter().map(number).collect()
    }

    /// The number of a word that came before.
    pub fn known(&self, word: &str) -> Option<u32> {
        match key(word) {
            Some(key) => self.short.get(&key).copied(),
            None => self.long.get(word).copied(),
        }
    }

    /// Adds a word that has not come before.
    fn add(&mut self, word: &str, part_of_speech: PartOfSpeech) -> u32 {
        let number = self.words.len() as u32;
        match key(word) {
            Some(key) => drop(self.short.insert(key, number)),
            None => drop(self.long.insert(word.into(), number)),
        }
        self.kinds.push(match word.chars().nth(1) {
            _ if !word.chars().any(char::is_alphanumeric) => WordKind::Sign,
            None => WordKind::Character,
            Some(_) => WordKind::Word,
        });
        self.words.push(Entry { word: word.into(), part_of_speech });
        number
    }

    /// The word of a number that was given.
    pub fn word(&self, number: u32) -> &str {
        self.words.get(number as usize).map_or("", |entry| &entry.word)
    }

    /// What the word of a number that was given is.
    pub fn kind(&self, number: u32) -> WordKind {
        self.kinds.get(number as usize).copied().unwrap_or(WordKind::Sign)
    }

    /// What the word of a number that was given is, out of context.
    pub fn part_of_speech(&self, number: u32) -> PartOfSpeech {
        self.words.get(number as usize).map_or(PartOfSpeech::default(), |entry| entry.part_of_speech)
    }

    /// Words by their numbers.
    pub fn words(&self) -> impl ExactSizeIterator<Item = &str> {
        self.words.iter().map(|entry| &*entry.word)
    }

    /// The numbers, here, of the words of another, by their numbers there.
    pub fn take_over(&mut self, other: &Vocabulary) -> Vec<u32> {
        let number =
            |entry: &Entry| self.known(&entry.word).unwrap_or_else(|| self.add(&entry.word, entry.part_of_speech));
        other.words.iter().map(number).collect()
    }
}

/// The key of a word of six characters at most.
fn key(word: &str) -> Option<u128> {
    let mut chars = ['\0'; 7];
    let length = word.chars().zip(&mut chars).map(|(c, place)| *place = c).count();
    short_key(&chars[..length])
}

#[cfg(test)]
impl Vocabulary {
    /// The number of a word.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        self.known(word).unwrap_or_else(|| self.add(word, PartOfSpeech::default()))
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;
    use crate::model::{Source, Span};

    #[test]
    fn words_of_any_length_keep_their_numbers() {
        let words = ["会", "，", "机器人", "人形机器人产业链", "二〇二四年度", "人形机器人产业", "robot", "robotics"];
        let mut own = Vocabulary::default();
        let numbers: Vec<u32> = words.iter().map(|word| own.number(word)).collect();
        assert_eq!(numbers, (0..words.len() as u32).collect::<Vec<_>>());
        assert!(words.iter().zip(&numbers).all(|(word, number)| own.known(word) == Some(*number)));
        assert!(words.iter().zip(&numbers).all(|(word, number)| own.word(*number) == *word));
        assert_eq!((own.known("机器"), own.known("")), (None, None));
        let kinds: Vec<WordKind> = numbers[..3].iter().map(|number| own.kind(*number)).collect();
        assert_eq!(kinds, [WordKind::Character, WordKind::Sign, WordKind::Word]);
        let mut other = Vocabulary::default();
        assert_eq!([other.number("新"), other.number("robotics")], [0, 1]);
        assert_eq!(own.take_over(&other), [words.len() as u32, 7]);
    }

    #[test]
    fn tokens_are_numbered_as_their_words_are() {
        let source = "机器人，人形机器人产业链";
        let text = CleanText::new(source.chars().enumerate().map(|(at, c)| (c, Span::<Source>::new(at, at + 1))));
        let pos = PartOfSpeech::new("n");
        let tokens = [(0, 3), (3, 4), (4, 12)].map(|(from, to)| Token { span: Span::new(from, to), pos, word: None });
        let mut vocabulary = Vocabulary::default();
        assert_eq!(vocabulary.numbers(&text, &tokens), [0, 1, 2]);
        assert_eq!(vocabulary.known("人形机器人产业链"), Some(2));
        assert_eq!(vocabulary.numbers(&text, &tokens[1..]), [1, 2]);
        // by its number in the dictionary too
        let known = tokens.map(|token| Token { word: NonZeroU32::new(7 * token.span.len() as u32), ..token });
        assert_eq!(vocabulary.numbers(&text, &known), [0, 1, 2]);
        assert_eq!(vocabulary.numbers(&text, &known), [0, 1, 2]);
        assert_eq!(vocabulary.part_of_speech(1).as_str(), "n");
    }
}
