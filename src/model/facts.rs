//! All that one document gives.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    Aspect, DateMention, DateRange, EventMention, Format, OrganisationMention, PersonMention, Profile, QuantityMention,
    Source, Span, TermMention, Written,
};

/// What `documents.csv` says of a document beside its profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentFacts {
    /// Path below the corpus root.
    pub key: String,
    /// Format it was read from.
    pub format: Format,
    /// Encoding it was decoded from.
    pub encoding: String,
    /// hans, hant or mixed.
    pub script: String,
    /// Pages, where the format has any.
    pub pages: Option<u32>,
    /// Characters of the repaired text.
    pub characters: u64,
    /// Words, punctuation left out.
    pub words: u64,
    /// Repairs made.
    pub repairs: u64,
    /// SHA-256 of the file.
    pub sha256: String,
    /// What is told or inferred of it.
    pub profile: Profile,
    /// Key of the document that it is a copy of.
    pub duplicate_of: Option<String>,
}

/// A sentence of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span<Source>,
    /// Index into [`Facts::sections`].
    pub section: Option<u32>,
    /// Characters of repaired text.
    pub characters: u32,
    /// What it is about.
    pub aspect: Aspect,
}

/// Whose deed or figure something is: who bears the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doer {
    /// The publisher of the document.
    Publisher,
    /// The organisation of a mention, by its index in [`Facts::organisations`].
    Mentioned(u32),
    /// The organisation that this one is a part of.
    ParentOf(u32),
}

/// A quantity and whose deed it tells of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(serialize = "N: Serialize, T: Serialize", deserialize = "N: Deserialize<'de>, T: Deserialize<'de>"))]
pub struct Deed<N = Doer, T = Written> {
    /// The quantity.
    pub quantity: QuantityMention<Source, T>,
    /// Whose deed it is.
    pub organisation: Option<N>,
    /// When, and whether it was done or is planned.
    pub aspect: Aspect,
}

/// A figure of an indicator: what an organisation did, has, or plans.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(serialize = "N: Serialize, T: Serialize", deserialize = "N: Deserialize<'de>, T: Deserialize<'de>"))]
pub struct IndicatorMention<S, N = Doer, T = Written> {
    /// Where the number stands; for a zero that is told in words, the words.
    pub span: Span<S>,
    /// Index of the indicator in the lexicon.
    pub indicator: u32,
    /// The number as written; none for a range.
    #[serde(with = "super::packed::number_or_none")]
    pub value: Option<Decimal>,
    /// Lower bound.
    #[serde(with = "super::packed::number_or_none")]
    pub min: Option<Decimal>,
    /// Upper bound.
    #[serde(with = "super::packed::number_or_none")]
    pub max: Option<Decimal>,
    /// Unit, simplified.
    pub unit: T,
    /// Whose figure it is.
    pub organisation: N,
    /// The time that the figure is of.
    pub period: DateRange,
    /// It is planned, not done.
    pub planned: bool,
}

/// A run of words that a document repeats and no dictionary knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its words, `|` between.
    pub words: Box<str>,
    /// How often it stands in the document.
    pub count: u32,
    /// Characters before it and how often, in order; `\n` is what is no letter.
    pub left: Vec<(char, u32)>,
    /// Characters behind it.
    pub right: Vec<(char, u32)>,
    /// Offset of the first in clean text.
    pub at: u32,
    /// Text around the first.
    pub example: Box<str>,
}

/// All that one document gives, in source coordinates. Mentions are in the order of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// What the document is.
    pub document: DocumentFacts,
    /// Its decoded text.
    pub source: String,
    /// The character that each page begins with, ascending; empty for formats without pages.
    pub pages: Vec<u32>,
    /// Heading paths, outermost first, ` > ` between.
    pub sections: Vec<String>,
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
    /// Terms.
    pub terms: Vec<TermMention<Source>>,
    /// Organisations; names are canonical within the document.
    pub organisations: Vec<OrganisationMention<Source>>,
    /// People; their organisations are canonical within the document.
    pub persons: Vec<PersonMention<Source>>,
    /// Dates.
    pub dates: Vec<DateMention<Source>>,
    /// Quantities.
    pub quantities: Vec<Deed>,
    /// Figures of indicators.
    pub indicators: Vec<IndicatorMention<Source>>,
    /// Events.
    pub events: Vec<EventMention<Source>>,
}

/// Number of the page that `at` begins on, from 1.
pub(super) fn page_at(pages: &[u32], at: Span<Source>) -> Option<u64> {
    let behind = pages.partition_point(|page| *page as usize <= at.start());
    (!pages.is_empty()).then_some(behind.max(1) as u64)
}

impl Facts {
    /// The canonical name of `doer` in the document.
    pub fn name_of(&self, doer: Doer) -> &str {
        let mentioned = |at: u32| self.organisations.get(at as usize);
        let name = match doer {
            Doer::Publisher => self.document.profile.publisher.as_ref().map(|publisher| &publisher.name),
            Doer::Mentioned(at) => mentioned(at).map(|mention| &mention.name),
            Doer::ParentOf(at) => mentioned(at).and_then(|mention| mention.parent.as_ref()),
        };
        name.map_or("", String::as_str)
    }

    /// Index of the sentence that holds `at`, or of the last one before it.
    pub fn sentence_at(&self, at: Span<Source>) -> usize {
        self.sentences.partition_point(|s| s.span.start() <= at.start()).saturating_sub(1)
    }

    /// Number of the page that `at` begins on, from 1; `None` for formats without pages.
    pub fn page_at(&self, at: Span<Source>) -> Option<u64> {
        page_at(&self.pages, at)
    }
}
