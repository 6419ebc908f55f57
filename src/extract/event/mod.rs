//! Events: named conferences, fairs, contests, courses and meetings.
//!
//! [`name`] finds where a name begins and ends; [`when`] the day that its sentence gives it; [`around`] the place, the
//! number of people and the organisers. Names are found first, because numbers inside them count nothing; the rest
//! needs the quantities.

mod around;
mod edition;
mod name;
mod view;
mod when;

#[cfg(test)]
mod tests;

use crate::lexicon::{EventWords, Lexicon, Places};
use crate::model::{
    Clean, CleanText, DateMention, EventKind, EventMention, OrganisationMention, QuantityMention, Span, Token,
};

use view::View;

/// Finds events.
#[derive(Debug)]
pub struct EventFinder<'l> {
    words: &'l EventWords,
}

/// The name of an event in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventName {
    /// Where it stands, quotation marks around the whole left out.
    pub span: Span<Clean>,
    /// What the event is.
    pub kind: EventKind,
    /// Its number in the series or its leading year.
    pub edition: Option<String>,
}

/// What one text holds beside its words.
#[derive(Clone, Copy, Debug)]
pub struct EventContext<'a> {
    /// Where its words stand.
    pub places: &'a Places,
    /// Organisations, ascending, with canonical names.
    pub organisations: &'a [OrganisationMention<Clean>],
    /// Dates, ascending, read against the document.
    pub dates: &'a [DateMention<Clean>],
    /// Who speaks: the one who holds an event where the text names nobody.
    pub publisher: Option<&'a str>,
}

impl<'l> EventFinder<'l> {
    /// A finder over the dictionaries of a lexicon.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        EventFinder { words: &lexicon.events }
    }

    /// What the finder sees in one text: ask it for the names first, and for the events once quantities are known.
    pub fn look<'t>(&'t self, text: &'t CleanText, tokens: &'t [Token], context: EventContext<'t>) -> EventScan<'t> {
        let view = View::new(self.words, text, tokens, context);
        EventScan { names: name::find(&view), view, publisher: context.publisher }
    }
}

/// Names of events in a text, and what the text holds around them.
pub struct EventScan<'t> {
    /// Names in order; none overlaps another.
    pub names: Vec<EventName>,
    view: View<'t>,
    publisher: Option<&'t str>,
}

impl EventScan<'_> {
    /// The events that have these names, with what the text says of each. `source` is what the units of quantities are
    /// written in.
    pub fn events(&self, quantities: &[QuantityMention<Clean>], source: &str) -> Vec<EventMention<Clean>> {
        let EventScan { names, view, publisher } = self;
        let days = when::find(view, names);
        let surroundings = around::Surroundings { view, names, quantities, source, publisher: *publisher };
        let described = names.iter().zip(days).enumerate().map(|(at, (name, days))| EventMention {
            span: name.span,
            name: view.text.slice(name.span).to_owned(),
            edition: name.edition.clone(),
            kind: name.kind,
            from: days.and_then(|d| d.from),
            to: days.and_then(|d| d.to),
            place: surroundings.place(at),
            attendance: surroundings.attendance(at),
            organisers: surroundings.organisers(at),
        });
        described.collect()
    }
}
