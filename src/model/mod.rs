//! What flows through the pipeline: spans, documents, clean text, mentions, facts.

mod calendar;
mod date;
mod document;
mod facts;
mod mention;
mod packed;
mod profile;
mod record;
mod span;
mod text;
mod token;

pub use calendar::{DateRange, PartialDate, Precision};
pub use date::{DateContext, DateExpression, DateForm, Edge, Length, MonthOf, Part, Passage, Point, YearOf};
pub use document::{Block, BlockKind, Document, Format, Given};
pub use facts::{Candidate, Deed, DocumentFacts, Doer, Facts, IndicatorMention, Sentence};
pub use mention::{
    DateKind, DateMention, Definition, EventKind, EventMention, Modifier, Numeral, OrganisationForm, OrganisationKind,
    OrganisationMention, Organiser, OrganiserRole, PersonMention, QuantityKind, QuantityMention, Status, TermMention,
    series,
};
pub use profile::{Aspect, Profile, Publisher, ReportType};
pub use record::{Name, Record, SentenceFinder, Text};
pub use span::{Clean, Source, Span};
pub use text::{CharIndex, CleanText, Section, SentenceSpan, SourceText, Written};
pub use token::{PartOfSpeech, PartsOfSpeech, Token, short_key};
