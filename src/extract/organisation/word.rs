//! What the rules ask of a word again and again, each a bit.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::lexicon::{NameClasses, NameWords, Organisations, Persons};
use crate::model::Token;

use super::{is_generic_noun, left, shape, slot};

/// What a word is, in every text, or where it stands in this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// All its characters are ones that names are written with.
    Name,
    /// As before, without digits.
    Run,
    /// A preposition, conjunction, particle or pronoun of one character.
    Particle,
    /// One character that may be one of a brand.
    Single,
    /// The mark of a place: 省, 市.
    EndsPlace,
    /// A noun that stands for the publisher: 协会, 本会.
    Generic,
    /// It has more than one character and mostly ends a name, or begins none: 发展, 服务.
    LongStop,
    /// It may be a brand right before its trade though it is no noun.
    Brand,
    /// An office may begin with it.
    MayBeOffice,
    /// Words of a trade may begin with it.
    MayBeTrade,
    /// The names of companies may hold it, if it is no office.
    MayBeHeld,
    /// As before, beside another single character.
    MayBeHeldBeside,
    /// A title, or a word that belongs to one, begins with it where it stands.
    Office,
    /// The names of companies may hold it where it stands.
    Held,
    /// The short name of a company may begin with it where it stands, as far as can be told at once.
    Opens,
}

/// What is known of a word: the lists it stands in, and a bit for each [`Mark`] that it bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    classes: NameClasses,
    marks: u16,
}

impl Word {
    /// What is known of a word whatever stands beside it.
    fn new(lists: &Lists<'_>, chars: &[char], token: &Token) -> Self {
        let Lists { names, organisations, persons } = *lists;
        let classes = names.classes(chars);
        let mut word = Word { classes, marks: 0 };
        let run = chars.iter().all(|c| left::is_run_character(*c));
        word.set(Mark::Run, run);
        word.set(Mark::Name, run || chars.iter().all(|c| shape::is_name_character(*c)));
        if let [only] = *chars {
            let particle = left::is_particle(only);
            word.set(Mark::Particle, particle);
            word.set(Mark::Single, run && !particle);
            word.set(Mark::EndsPlace, left::is_place_mark(only));
        }
        word.set(Mark::Generic, is_generic_noun(chars));
        word.set(Mark::LongStop, chars.len() > 1 && classes.is_stop());
        word.set(Mark::Brand, slot::may_be_brand(word, chars, token.pos));
        word.set(Mark::MayBeOffice, slot::may_be_office(word, chars, persons));
        word.set(Mark::MayBeTrade, organisations.trade_words.any_begins_with(chars));
        if let Some(held) = slot::may_be_held(word, chars, token.pos) {
            word.set(held, true);
        }
        let settled = !word.hangs_on_its_place();
        word.set(Mark::Held, settled && word.has(Mark::MayBeHeld));
        word.set(Mark::Opens, settled && word.has(Mark::MayBeHeld) && !word.has(Mark::LongStop));
        word
    }

    /// What stands beside it, too, tells whether it bears [`Mark::Office`], [`Mark::Held`] or [`Mark::Opens`].
    #[inline]
    pub fn hangs_on_its_place(self) -> bool {
        const BESIDE: u16 = 1 << Mark::MayBeHeldBeside as u16 | 1 << Mark::MayBeTrade as u16 | 1 << Mark::Brand as u16;
        self.has(Mark::MayBeOffice) || (!self.has(Mark::MayBeHeld) && self.marks & BESIDE != 0)
    }

    #[inline]
    pub fn has(self, mark: Mark) -> bool {
        self.marks >> mark as u16 & 1 == 1
    }

    #[inline]
    pub fn set(&mut self, mark: Mark, holds: bool) {
        self.marks |= u16::from(holds) << mark as u16;
    }

    /// The lists in which it stands.
    #[inline]
    pub fn classes(self) -> NameClasses {
        self.classes
    }
}

/// The lists that words are looked up in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lists<'l> {
    pub names: &'l NameWords,
    pub organisations: &'l Organisations,
    pub persons: &'l Persons,
}

/// What is known of the words of the dictionary, by their numbers, and before them of single characters that it doesn't hold:
/// asked when one is met for the first time in a run. All tokens come from one segmenter, whose numbers these are.
pub(super) struct KnownWords {
    /// Classes and marks, and [`KNOWN`] where they were asked.
    words: Box<[AtomicU32]>,
}

/// No mark has this bit.
const KNOWN: u32 = 1 << 31;
/// Characters of the basic plane.
const CHARACTERS: usize = 1 << 16;
/// The number of what has none: no character is written so.
const UNKNOWN: usize = CHARACTERS - 1;
/// Words of greater numbers are asked again each time.
const WORDS: usize = 1 << 19;

impl KnownWords {
    pub fn new() -> Self {
        KnownWords { words: (0..CHARACTERS + WORDS).map(|_| AtomicU32::new(0)).collect() }
    }

    /// What is known of the word of a token in a text.
    #[inline]
    pub fn word(&self, lists: &Lists<'_>, text: &[char], token: &Token) -> Word {
        let number = match token.word {
            Some(number) => CHARACTERS + number.get() as usize,
            None if token.span.len() == 1 => (text[token.span.start()] as usize).min(UNKNOWN),
            None => UNKNOWN,
        };
        let known = self.words.get(number).map_or(0, |place| place.load(Ordering::Relaxed));
        if known & KNOWN == 0 {
            return self.ask(number, lists, text, token);
        }
        Word { classes: NameClasses::from_bits(known as u16), marks: ((known & !KNOWN) >> 16) as u16 }
    }

    #[inline(never)]
    fn ask(&self, number: usize, lists: &Lists<'_>, text: &[char], token: &Token) -> Word {
        let word = Word::new(lists, &text[token.span.range()], token);
        if let Some(place) = self.words.get(number).filter(|_| number != UNKNOWN) {
            place.store(KNOWN | u32::from(word.marks) << 16 | u32::from(word.classes.bits()), Ordering::Relaxed);
        }
        word
    }
}

impl std::fmt::Debug for KnownWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KnownWords({} places)", self.words.len())
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;
    use crate::lexicon::{Files, Lexicon};
    use crate::model::{PartOfSpeech, Span};

    #[test]
    fn a_word_is_the_same_each_time() {
        let lexicon = Lexicon::compile(&Files::shipped()).expect("the dictionaries that ship have no faults");
        let Lexicon { organisations, persons, name_words: names, .. } = &lexicon;
        let lists = Lists { names, organisations, persons };
        let known = KnownWords::new();
        let seldom = (WORDS + 5) as u32;
        let words = [
            ("协会", "n", 3),
            ("发展", "vn", 4),
            ("省", "n", 5),
            ("、", "x", 0),
            ("A1", "eng", 0),
            ("会长", "n", seldom),
        ];
        for (text, pos, number) in words {
            let chars: Vec<char> = text.chars().collect();
            let span = Span::new(0, chars.len());
            let token = Token { span, pos: PartOfSpeech::new(pos), word: NonZeroU32::new(number) };
            let word = Word::new(&lists, &chars, &token);
            let asked = [known.word(&lists, &chars, &token), known.word(&lists, &chars, &token)];
            assert_eq!(asked, [word; 2], "{text}");
            assert_eq!(word.has(Mark::Generic), text == "协会");
            assert_eq!(word.has(Mark::LongStop), matches!(text, "发展" | "会长"));
            assert_eq!(word.has(Mark::EndsPlace), text == "省");
            assert_eq!(word.has(Mark::Name), text != "、");
            assert_eq!(word.has(Mark::Run), !matches!(text, "、" | "A1"));
        }
    }
}
