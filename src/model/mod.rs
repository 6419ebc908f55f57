//! What flows through the pipeline: spans, documents, clean text, mentions, facts.

mod calendar;
mod date;
mod document;
mod mention;
mod span;
mod text;

pub use calendar::{DateRange, PartialDate, Precision};
pub use date::{DateContext, DateExpression, DateForm, Edge, Length, MonthOf, Part, Passage, Point, YearOf};
pub use document::{Block, BlockKind, Document, Format, Given};
pub use mention::{
    DateKind, DateMention, Modifier, OrganisationForm, OrganisationKind, OrganisationMention, QuantityKind,
    QuantityMention, Status, TermMention,
};
pub use span::{Clean, Source, Span};
pub use text::{CharIndex, CleanText, Section, SentenceSpan};
