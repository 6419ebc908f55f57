//! All that one document gives.

use serde::{Deserialize, Serialize};

use super::{
    Aspect, DateMention, EventMention, Format, OrganisationMention, PersonMention, Profile, QuantityMention, Source,
    Span, TermMention,
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

/// A quantity and whose deed it tells of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deed {
    /// The quantity.
    pub quantity: QuantityMention<Source>,
    /// Canonical name in its document.
    pub organisation: Option<String>,
}

/// All that one document gives, in source coordinates. Mentions are in the order of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Events.
    pub events: Vec<EventMention<Source>>,
}

impl Facts {
    /// Index of the sentence that holds `at`, or of the last one before it.
    pub fn sentence_at(&self, at: Span<Source>) -> usize {
        self.sentences.partition_point(|s| s.span.start() <= at.start()).saturating_sub(1)
    }

    /// Number of the page that `at` begins on, from 1; `None` for formats without pages.
    pub fn page_at(&self, at: Span<Source>) -> Option<u64> {
        let behind = self.pages.partition_point(|page| *page as usize <= at.start());
        (!self.pages.is_empty()).then_some(behind.max(1) as u64)
    }
}
