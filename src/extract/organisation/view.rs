//! A text and its words, as the parts of the finder read them.

use crate::lexicon::{NameClass, NameClasses, Organisations, Persons, Places};
use crate::model::{Clean, CleanText, Span, Token};

use super::word::{Lists, Mark, Word};
use super::{OrganisationFinder, slot};

/// A text, and what is asked of its words again and again.
pub(super) struct View<'t> {
    pub text: &'t CleanText,
    pub chars: &'t [char],
    pub tokens: &'t [Token],
    pub places: &'t Places,
    pub organisations: &'t Organisations,
    pub persons: &'t Persons,
    lists: Lists<'t>,
    /// For each token.
    words: Vec<Word>,
    /// Nouns that stand for the publisher: 协会, 本会.
    pub generic: Vec<Span<Clean>>,
}

impl<'t> View<'t> {
    pub fn new(
        finder: &'t OrganisationFinder<'_>,
        text: &'t CleanText,
        tokens: &'t [Token],
        places: &'t Places,
    ) -> Self {
        let lists = finder.lists;
        let chars = text.chars();
        let word = |token: &Token| finder.words.word(&lists, chars, token);
        let words = tokens.iter().map(word).collect();
        let Lists { organisations, persons, .. } = lists;
        let mut view = View { text, chars, tokens, places, organisations, persons, lists, words, generic: Vec::new() };
        for (token, Token { span, .. }) in tokens.iter().enumerate() {
            let mut word = view.words[token];
            if word.has(Mark::Generic) {
                view.generic.push(*span);
            }
            if !word.hangs_on_its_place() {
                continue;
            }
            let office = word.has(Mark::MayBeOffice) && slot::begins_office(&view, token);
            let held = !office && slot::is_held(&view, token, word);
            word.set(Mark::Office, office);
            word.set(Mark::Held, held);
            word.set(Mark::Opens, slot::opens(&view, token, word, held));
            view.words[token] = word;
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
        self.places.token(at)
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

    /// The token bears this mark; none does behind the last.
    #[inline]
    pub fn has(&self, token: usize, mark: Mark) -> bool {
        self.words.get(token).is_some_and(|word| word.has(mark))
    }

    /// The token stands in a list.
    #[inline]
    pub fn is(&self, token: usize, class: NameClass) -> bool {
        self.words[token].classes().has(class)
    }

    /// What the lists say of a token.
    #[inline]
    pub fn classes(&self, token: usize) -> NameClasses {
        self.words[token].classes()
    }

    /// What the lists say of the characters of `start..end`, be they words or not.
    pub fn classes_of(&self, start: usize, end: usize) -> NameClasses {
        self.lists.names.classes(&self.chars[start..end])
    }

    /// The text of `span`, as a name.
    pub fn name(&self, span: Span<Clean>) -> String {
        self.text.slice(span).to_owned()
    }
}
