//! One text as the rules for names see it: characters, words, organisations, each asked by position.

use crate::lexicon::{Persons, Places};
use crate::model::{Clean, CleanText, OrganisationForm, OrganisationMention, Span, Token};

/// No organisation.
const NONE: u32 = u32::MAX;

/// A text, its words and its organisations.
pub(super) struct View<'t> {
    pub text: &'t CleanText,
    pub chars: &'t [char],
    pub persons: &'t Persons,
    pub tokens: &'t [Token],
    pub places: &'t Places,
    organisations: &'t [OrganisationMention<Clean>],
    /// Index of the organisation over each character.
    organisation_at: Vec<u32>,
}

impl<'t> View<'t> {
    pub fn new(
        text: &'t CleanText,
        tokens: &'t [Token],
        places: &'t Places,
        organisations: &'t [OrganisationMention<Clean>],
        persons: &'t Persons,
    ) -> Self {
        let chars = text.chars();
        let mut organisation_at = vec![NONE; chars.len()];
        let mut filled = 0;
        for (mention, at) in organisations.iter().zip(0..) {
            let start = mention.span.start().max(filled);
            if start < mention.span.end() {
                organisation_at[start..mention.span.end()].fill(at);
                filled = mention.span.end();
            }
        }
        View { text, chars, persons, tokens, places, organisations, organisation_at }
    }

    /// The character at `at`; a line end beyond either end of the text.
    #[inline]
    pub fn char(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or('\n')
    }

    /// The character before `at`.
    #[inline]
    pub fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or('\n', |at| self.char(at))
    }

    #[inline]
    pub fn is_han(&self, at: usize) -> bool {
        is_han(self.char(at))
    }

    /// All characters of `start..end` are Chinese.
    pub fn all_han(&self, start: usize, end: usize) -> bool {
        self.chars.get(start..end).is_some_and(|chars| chars.iter().all(|c| is_han(*c)))
    }

    /// The text of `start..end`.
    pub fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.slice(Span::new(start, end))
    }

    /// No word crosses `edge`.
    #[inline]
    pub fn is_boundary(&self, edge: usize) -> bool {
        self.tokens.get(self.places.token(edge)).is_none_or(|token| token.span.start() >= edge)
    }

    /// The word over a character.
    #[inline]
    pub fn token(&self, at: usize) -> Option<&'t Token> {
        self.tokens.get(self.places.token(at)).filter(|token| token.span.start() <= at)
    }

    /// The word that begins at `at`.
    #[inline]
    pub fn token_from(&self, at: usize) -> Option<&'t Token> {
        self.token(at).filter(|token| token.span.start() == at)
    }

    /// The organisation over a character.
    #[inline]
    pub fn organisation(&self, at: usize) -> Option<&'t OrganisationMention<Clean>> {
        self.organisations.get(*self.organisation_at.get(at)? as usize)
    }

    /// The organisation that ends at `end`.
    #[inline]
    pub fn organisation_to(&self, end: usize) -> Option<&'t OrganisationMention<Clean>> {
        let found = self.organisation(end.checked_sub(1)?)?;
        (found.span.end() == end).then_some(found)
    }

    /// An organisation stands in `start..end`.
    pub fn has_organisation(&self, start: usize, end: usize) -> bool {
        (start..end).any(|at| self.organisation(at).is_some())
    }

    /// An organisation that is named, not only meant, ends at `end`.
    pub fn named_organisation_to(&self, end: usize) -> bool {
        self.organisation_to(end).is_some_and(|mention| mention.form != OrganisationForm::Generic)
    }
}

pub(super) fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c) || ('\u{20000}'..='\u{3ffff}').contains(&c)
}

/// A mark that ends a clause, or an edge of the text.
pub(super) fn ends_clause(c: char) -> bool {
    matches!(c, '\n' | '\t' | '。' | '.' | ';' | '!' | '?' | ',' | ':' | ')' | '(' | '】' | '【' | '》' | '《')
        || matches!(c, '”' | '“' | '"' | '’' | '‘' | '|' | '…' | '—' | '[' | ']' | '」' | '「' | '※' | '◆' | '●' | '■')
}
