//! A text and what is known of it, as the parts of the finder read it.

use crate::lexicon::{EventWords, Lookup, Places, Sign};
use crate::model::{Clean, CleanText, DateMention, OrganisationMention, Span, Token};

use super::EventContext;
use super::edition::{self, Edition};

pub(super) struct View<'t> {
    pub text: &'t CleanText,
    pub chars: &'t [char],
    pub tokens: &'t [Token],
    pub places: &'t Places,
    pub organisations: &'t [OrganisationMention<Clean>],
    pub dates: &'t [DateMention<Clean>],
    pub words: &'t EventWords,
    pub editions: Vec<Edition>,
    /// Quotations, marks included, innermost only, in order.
    pub quotations: Vec<Span<Clean>>,
    /// Titles in 《》, marks included.
    pub titles: Vec<Span<Clean>>,
}

impl<'t> View<'t> {
    pub fn new(
        words: &'t EventWords,
        text: &'t CleanText,
        tokens: &'t [Token],
        EventContext { places, organisations, dates, .. }: EventContext<'t>,
    ) -> Self {
        let chars = text.chars();
        let (quotations, titles) = quotations_and_titles(chars, places);
        View {
            text,
            chars,
            tokens,
            places,
            organisations,
            dates,
            words,
            editions: edition::find(chars, places, dates),
            quotations,
            titles,
        }
    }

    pub fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.slice(Span::new(start, end))
    }

    /// Up to `length` characters from `at` on.
    pub fn slice_after(&self, at: usize, length: usize) -> &'t str {
        self.slice(at.min(self.chars.len()), (at + length).min(self.chars.len()))
    }

    /// Index of the token that holds the character at `at`, or of the next one.
    pub fn token_at(&self, at: usize) -> usize {
        self.places.token(at)
    }

    /// The token that holds the character before `at`.
    pub fn token_before(&self, at: usize) -> Option<Token> {
        let token = self.tokens.get(self.token_at(at.checked_sub(1)?))?;
        (token.span.start() < at).then_some(*token)
    }

    /// What a list says of the word of a token.
    pub fn of_list<'l, T>(&self, list: &'l Lookup<T>, token: &Token) -> Option<&'l T> {
        let may = list.may_begin(self.chars[token.span.start()]);
        if may { list.get(self.text.slice(token.span)) } else { None }
    }

    /// The word of a token stands in a list.
    pub fn is_in<T>(&self, list: &Lookup<T>, token: &Token) -> bool {
        self.of_list(list, token).is_some()
    }

    /// The word right behind `at`; empty where none begins there.
    pub fn word_after(&self, at: usize) -> &'t str {
        let next = self.tokens.get(self.token_at(at)).filter(|token| token.span.start() == at);
        next.map_or("", |token| self.text.slice(token.span))
    }

    /// No token crosses `edge`.
    pub fn is_boundary(&self, edge: usize) -> bool {
        self.tokens.get(self.token_at(edge)).is_none_or(|token| token.span.start() >= edge)
    }

    /// The first span of ascending `spans` that ends behind `at`, if it holds the character at `at`.
    pub fn holding(spans: &[Span<Clean>], at: usize) -> Option<Span<Clean>> {
        let next = spans.partition_point(|span| span.end() <= at);
        spans.get(next).copied().filter(|span| span.start() <= at)
    }

    /// The organisation whose mention ends at `end`.
    pub fn organisation_before(&self, end: usize) -> Option<&'t OrganisationMention<Clean>> {
        let at = self.organisations.partition_point(|m| m.span.end() < end);
        self.organisations.get(at).filter(|m| m.span.end() == end)
    }

    /// The organisation whose mention holds the character at `at`.
    pub fn organisation_at(&self, at: usize) -> Option<&'t OrganisationMention<Clean>> {
        let next = self.organisations.partition_point(|m| m.span.end() <= at);
        self.organisations.get(next).filter(|m| m.span.start() <= at)
    }

    /// What is near `at` of the sentence that holds it: a text may be one sentence of any length.
    pub fn sentence(&self, at: usize) -> Span<Clean> {
        const REACH: usize = 400;
        let span = self.text.sentences.get(self.sentence_number(at)).map_or(Span::new(at, at), |s| s.span);
        let start = span.start().max(at.saturating_sub(REACH)).min(at);
        Span::new(start, span.end().min(at + REACH).max(at))
    }

    pub fn sentence_number(&self, at: usize) -> usize {
        self.text.sentences.partition_point(|s| s.span.start() <= at).saturating_sub(1)
    }
}

pub(super) fn closing_quote(c: char) -> Option<char> {
    match c {
        '“' => Some('”'),
        '「' => Some('」'),
        '『' => Some('』'),
        _ => None,
    }
}

/// Quotations and titles in 《》, marks included.
fn quotations_and_titles(chars: &[char], places: &Places) -> (Vec<Span<Clean>>, Vec<Span<Clean>>) {
    let (mut quotations, mut titles) = (Pairs::default(), Pairs::default());
    for at in places.all(Sign::Mark) {
        let c = chars[at];
        quotations.read(at, c, closing_quote(c));
        titles.read(at, c, (c == '《').then_some('》'));
    }
    (quotations.found, titles.found)
}

/// Innermost pairs of marks, no longer than a name is.
#[derive(Default)]
struct Pairs {
    found: Vec<Span<Clean>>,
    /// Where a pair was opened, and what closes it.
    open: Option<(usize, char)>,
}

impl Pairs {
    /// Takes the next character, and what closes a pair that it opens.
    fn read(&mut self, at: usize, c: char, closing: Option<char>) {
        const LONGEST: usize = 62;
        if let Some(close) = closing {
            self.open = Some((at, close));
        } else if let Some((start, close)) = self.open {
            if c == close && at - start <= LONGEST {
                self.found.push(Span::new(start, at + 1));
            }
            if c == close || c == '\n' {
                self.open = None;
            }
        }
    }
}
