//! A text and its words, as the parts of the finder read them.

use crate::lexicon::{NameClass, NameClasses, Organisations, Persons};
use crate::model::{Clean, CleanText, Span, Token};

use super::word::{Lists, Mark, Word};
use super::{OrganisationFinder, slot};

/// A text, and what is asked of its words again and again.
pub(super) struct View<'t> {
    pub text: &'t CleanText,
    pub chars: &'t [char],
    pub tokens: &'t [Token],
    pub organisations: &'t Organisations,
    pub persons: &'t Persons,
    lists: Lists<'t>,
    /// For each token.
    words: Vec<Word>,
    /// For each character, and the end of the text, the index of the first token that ends behind it.
    token_at: Vec<u32>,
}

impl<'t> View<'t> {
    pub fn new(finder: &'t OrganisationFinder<'_>, text: &'t CleanText, tokens: &'t [Token]) -> Self {
        let lists = finder.lists;
        let chars = text.chars();
        let mut token_at = vec![tokens.len() as u32; chars.len() + 1];
        let mut end = 0;
        for (token, at) in tokens.iter().zip(0..) {
            token_at[end..token.span.end()].fill(at);
            end = token.span.end();
        }
        let word = |token: &Token| finder.words.word(&lists, chars, token);
        let words = tokens.iter().map(word).collect();
        let Lists { organisations, persons, .. } = lists;
        let mut view = View { text, chars, tokens, organisations, persons, lists, words, token_at };
        for token in 0..tokens.len() {
            let office = view.has(token, Mark::MayBeOffice) && slot::begins_office(&view, token);
            let held = !office && slot::is_held(&view, token);
            let opens = slot::opens(&view, token, held);
            let word = &mut view.words[token];
            word.set(Mark::Office, office);
            word.set(Mark::Held, held);
            word.set(Mark::Opens, opens);
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
