//! Words as numbers: what a word is is asked once, and counting it hashes and compares no text.

use rustc_hash::FxHashMap;

use crate::model::{CleanText, Token, short_key};

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
    words: Vec<Box<str>>,
    kinds: Vec<WordKind>,
}

impl Vocabulary {
    /// The numbers of the tokens of a text.
    pub fn numbers(&mut self, text: &CleanText, tokens: &[Token]) -> Vec<u32> {
        let number = |token: &Token| {
            let chars = &text.chars()[token.span.range()];
            let known = match short_key(chars) {
                Some(key) => self.short.get(&key),
                None => self.long.get(text.slice(token.span)),
            };
            known.copied().unwrap_or_else(|| self.add(chars, text.slice(token.span)))
        };
        tokens.iter().map(number).collect()
    }

    /// The number of a word.
    pub fn number(&mut self, word: &str) -> u32 {
        self.known(word).unwrap_or_else(|| self.add(&word.chars().collect::<Vec<_>>(), word))
    }

    /// The number of a word that came before.
    pub fn known(&self, word: &str) -> Option<u32> {
        let mut chars = ['\0'; 7];
        let length = word.chars().zip(&mut chars).map(|(c, place)| *place = c).count();
        match short_key(&chars[..length]) {
            Some(key) => self.short.get(&key).copied(),
            None => self.long.get(word).copied(),
        }
    }

    fn add(&mut self, chars: &[char], word: &str) -> u32 {
        let number = self.words.len() as u32;
        match short_key(chars) {
            Some(key) => drop(self.short.insert(key, number)),
            None => drop(self.long.insert(word.into(), number)),
        }
        self.words.push(word.into());
        self.kinds.push(match chars {
            _ if !chars.iter().any(|c| c.is_alphanumeric()) => WordKind::Sign,
            [_] => WordKind::Character,
            _ => WordKind::Word,
        });
        number
    }

    /// The word of a number that was given.
    pub fn word(&self, number: u32) -> &str {
        self.words.get(number as usize).map_or("", |word| word)
    }

    /// What the word of a number that was given is.
    pub fn kind(&self, number: u32) -> WordKind {
        self.kinds.get(number as usize).copied().unwrap_or(WordKind::Sign)
    }

    /// Words by their numbers.
    pub fn words(&self) -> impl ExactSizeIterator<Item = &str> {
        self.words.iter().map(|word| &**word)
    }

    /// The numbers, here, of the words of another, by their numbers there.
    pub fn take_over(&mut self, other: &Vocabulary) -> Vec<u32> {
        other.words().map(|word| self.number(word)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PartOfSpeech, Source, Span};

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
    }
}
