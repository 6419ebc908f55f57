//! People: names with the nearest title and its organisation.
//!
//! A Chinese name is a surname and one or two characters more, so nearly every sentence holds something of that shape.
//! [`candidate`] weighs each such place: how sure the surname is, whether the dictionary knows the characters as a word,
//! and what [`evidence`] stands beside them (a title, a label, an organisation, a list of names, a verb of saying).
//! [`search`] does so twice: a name that one place makes certain is found in the rest of the text too. [`foreign`]
//! finds names in characters that stand for sounds, [`slot`] those of other peoples behind an office. [`attach`] gives each name its title, over lists
//! (副会长 A、B、C), and the organisation of that title.

mod attach;
mod candidate;
mod evidence;
mod foreign;
mod search;
mod slot;
mod table;
mod title;
mod view;

use crate::lexicon::{Lexicon, Persons, Places};
use crate::model::{Clean, CleanText, OrganisationMention, PersonMention, SourceText, Span, Token};

use table::Columns;
use title::Titles;
use view::View;

/// Finds people.
#[derive(Debug)]
pub struct PersonFinder<'l> {
    persons: &'l Persons,
}

/// What the finder reads of one document.
#[derive(Clone, Copy, Debug)]
pub struct PersonSources<'t> {
    /// The repaired text.
    pub text: &'t CleanText,
    /// The text that its spans lead back to: titles are given as written there.
    pub source: &'t SourceText<'t>,
    /// Its words.
    pub tokens: &'t [Token],
    /// Where they stand.
    pub places: &'t Places,
    /// Its organisations, in order, with canonical names.
    pub organisations: &'t [OrganisationMention<Clean>],
    /// Canonical name of the organisation that speaks or publishes.
    pub publisher: Option<&'t str>,
}

impl<'l> PersonFinder<'l> {
    /// A finder over the dictionaries of a lexicon.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        PersonFinder { persons: &lexicon.persons }
    }

    /// Mentions in order. Time grows linearly with the text.
    pub fn scan(&self, sources: PersonSources<'_>) -> Vec<PersonMention<Clean>> {
        let PersonSources { text, source, tokens, places, organisations, publisher } = sources;
        let view = View::new(text, tokens, places, organisations, self.persons);
        let titles = Titles::find(&view);
        let columns = Columns::find(&view, &titles, source);
        let mut names = search::find(&view, &titles, &columns);
        search::take(&mut names, foreign::pointed(&view, &titles));
        search::take(&mut names, slot::foreign(&view, &titles));
        search::add(&mut names, foreign::words(&view, &titles));
        search::add(&mut names, slot::find(&view, &titles));
        let roles = attach::roles(&view, &titles, &columns, &names, publisher);
        let mention = |(name, role): (&search::Name, attach::Role)| PersonMention {
            span: Span::new(name.start, name.end),
            name: spelled(text.slice(Span::new(name.start, name.end))),
            title: role.title.map(|(start, end)| text.as_written(Span::new(start, end), source)),
            organisation: role.organisation,
        };
        names.iter().zip(roles).map(mention).collect()
    }
}

/// The name without the blanks that set short Chinese names apart.
fn spelled(written: &str) -> String {
    if written.is_ascii() { written.to_owned() } else { written.replace(' ', "") }
}

#[cfg(test)]
mod tests;
