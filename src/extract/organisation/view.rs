//! A text and its words, as the parts of the finder read them.

use crate::lexicon::{NameClass, NameClasses, NameWords, Organisations, Persons};
use crate::model::{Clean, CleanText, Span, Token};

use super::{OrganisationFinder, is_generic_noun, left, shape, slot};

/// A text, and what is asked of its words again and again.
pub(super) struct View<'t> {
    pub text: &'t CleanText,
    pub chars: &'t [char],
    pub tokens: &'t [Token],
    pub organisations: &'t Organisations,
    pub persons: &'t Persons,
    lists: &'t NameWords,
    /// For each token.
    words: Vec<Word>,
    /// For each character, and the end of the text, the index of the first token that ends behind it.
    token_at: Vec<u32>,
}

/// What is known of a word.
#[derive(Clone, Copy, Default)]
struct Word {
    /// What the lists say of it.
    classes: NameClasses,
    /// A bit for each [`Mark`].
    marks: u16,
}

/// What the characters of a word, and the words beside it, make of it.
#[derive(Clone, Copy)]
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
    PlaceMark,
    /// A noun that stands for the publisher: 协会, 本会.
    Generic,
    /// A title, or a word that belongs to one, begins with it.
    Office,
    /// The names of companies may hold it.
    Held,
    /// The short name of a company may begin with it, as far as can be told at once.
    Opens,
}

impl Word {
    #[inline]
    fn has(self, mark: Mark) -> bool {
        self.marks >> mark as u16 & 1 == 1
    }

    #[inline]
    fn set(&mut self, mark: Mark, holds: bool) {
        self.marks |= u16::from(holds) << mark as u16;
    }

    fn new(chars: &[char], lists: &NameWords) -> Self {
        let mut word = Word { classes: lists.classes(chars), marks: 0 };
        let run = chars.iter().all(|c| left::is_run_character(*c));
        word.set(Mark::Run, run);
        word.set(Mark::Name, run || chars.iter().all(|c| shape::is_name_character(*c)));
        match *chars {
            [only] => {
                let particle = left::is_particle(only);
                word.set(Mark::Particle, particle);
                word.set(Mark::Single, run && !particle);
                word.set(Mark::PlaceMark, left::is_place_mark(only));
            }
            [.., '会' | '盟' | '体'] => word.set(Mark::Generic, is_generic_noun(chars)),
            _ => {}
        }
        word
    }
}

impl<'t> View<'t> {
    pub fn new(finder: &OrganisationFinder<'t>, text: &'t CleanText, tokens: &'t [Token]) -> Self {
        let OrganisationFinder { organisations, persons, words: lists } = *finder;
        let chars = text.chars();
        let mut token_at = vec![tokens.len() as u32; chars.len() + 1];
        let mut end = 0;
        for (token, at) in tokens.iter().zip(0..) {
            token_at[end..token.span.end()].fill(at);
            end = token.span.end();
        }
        let words = tokens.iter().map(|token| Word::new(&chars[token.span.range()], lists)).collect();
        let mut view = View { text, chars, tokens, organisations, persons, lists, words, token_at };
        for token in 0..tokens.len() {
            let office = slot::begins_office(&view, token);
            view.words[token].set(Mark::Office, office);
            let held = slot::may_be_held(&view, token);
            view.words[token].set(Mark::Held, held);
            let opens = slot::may_open(&view, token);
            view.words[token].set(Mark::Opens, opens);
        }
        view
    }

    #[inline]
    pub fn characters(&self, token: usize) -> &'t [char] {
        &self.chars[self.tokens[token].span.range()]
    }

    /// Index of the first token that ends behind `at`.
    #[inline]
    pub fn token_at(&self, at: usize) -> usize {
        self.token_at.get(at).map_or(self.tokens.len(), |token| *token as usize)
    }

    /// Tokens of which this holds, in order.
    pub fn all(&self, mark: Mark) -> impl Iterator<Item = &'t Token> {
        self.tokens.iter().zip(&self.words).filter(move |(_, word)| word.has(mark)).map(|(token, _)| token)
    }

    /// Where `written` stands, whatever the words there are, in order.
    pub fn places(&self, written: &str) -> impl Iterator<Item = Span<Clean>> {
        let length = written.chars().count();
        let starts = memchr::memmem::find_iter(self.text.text().as_bytes(), written.as_bytes());
        starts.map(move |at| {
            let start = self.text.char_at_byte(at);
            Span::new(start, start + length)
        })
    }

    /// No token crosses `edge`.
    #[inline]
    pub fn is_boundary(&self, edge: usize) -> bool {
        self.tokens.get(self.token_at(edge)).is_none_or(|token| token.span.start() >= edge)
    }

    /// The token's characters, or the words beside it, make this of it; behind the last token nothing holds.
    #[inline]
    pub fn has(&self, token: usize, mark: Mark) -> bool {
        self.words.get(token).is_some_and(|word| word.has(mark))
    }

    /// The token stands in a list.
    #[inline]
    pub fn is(&self, token: usize, class: NameClass) -> bool {
        self.words[token].classes.has(class)
    }

    /// What the lists say of a token.
    #[inline]
    pub fn classes(&self, token: usize) -> NameClasses {
        self.words[token].classes
    }

    /// What the lists say of the characters of `start..end`, be they words or not.
    pub fn classes_of(&self, start: usize, end: usize) -> NameClasses {
        self.lists.classes(&self.chars[start..end])
    }

    /// The text of `span`, as a name.
    pub fn name(&self, span: Span<Clean>) -> String {
        self.text.slice(span).to_owned()
    }
}
