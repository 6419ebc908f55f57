//! The report of a run: what is gathered for it in the second pass, and the sentences that it asks for afterwards.

use std::io;

use rayon::prelude::*;

use crate::ingest::Rejection;
use crate::model::{CharIndex, Text};
use crate::output::report::{self, Collector, Findings, Language, Place, Rejected, Sentence};
use crate::output::{Aggregates, OutputFolder};

use super::spill::SpillReader;

/// Documents whose facts are in memory at a time while sentences are read.
const DOCUMENTS: usize = 256;

/// Whether a run writes `report.html`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportChoice {
    /// It doesn't.
    LeftOut,
    /// Beside the tables.
    Beside(Language),
    /// And no table.
    Alone(Language),
}

impl ReportChoice {
    /// The language of the report, where one is written.
    pub fn language(self) -> Option<Language> {
        match self {
            ReportChoice::LeftOut => None,
            ReportChoice::Beside(language) | ReportChoice::Alone(language) => Some(language),
        }
    }
}

/// Writes the report; the sentences that it shows are read from the spilled facts.
pub(super) fn write(
    out: &OutputFolder,
    aggregates: &Aggregates<'_>,
    collector: &Collector<'_>,
    rejections: &[Rejection],
    language: Language,
    spilled: &mut SpillReader,
) -> io::Result<()> {
    let rejected: Vec<Rejected<'_>> = rejections
        .iter()
        .map(|one| Rejected { path: &one.path, reason: one.reason.as_str(), detail: &one.detail })
        .collect();
    let findings = Findings { aggregates, collector, rejected: &rejected, language };
    report::write(out.path(), &findings, |places| sentences(spilled, places))
}

/// The sentences at places, which ascend, in their order.
fn sentences(spilled: &mut SpillReader, places: &[Place]) -> io::Result<Vec<Sentence>> {
    let mut sentences = Vec::with_capacity(places.len());
    let of_documents: Vec<&[Place]> = places.chunk_by(|a, b| a.document == b.document).collect();
    for some in of_documents.chunks(DOCUMENTS) {
        let records = some.iter().map(|places| spilled.record(places[0].document as usize));
        let records: Vec<Vec<u8>> = records.collect::<io::Result<_>>()?;
        let read: Vec<Vec<Sentence>> = records
            .par_iter()
            .zip(some)
            .map(|(record, places)| {
                let (text, _) = postcard::take_from_bytes(record).map_err(io::Error::other)?;
                Ok(of_document(&text, places))
            })
            .collect::<io::Result<_>>()?;
        sentences.extend(read.into_iter().flatten());
    }
    Ok(sentences)
}

fn of_document(facts: &Text<'_>, places: &[Place]) -> Vec<Sentence> {
    let index = CharIndex::new(facts.source);
    let sentence = |place: &Place| {
        let span = facts.sentences.get(place.sentence as usize).map(|sentence| sentence.span);
        Sentence {
            document: facts.document.key.clone(),
            number: u64::from(place.sentence) + 1,
            page: span.and_then(|span| facts.page_at(span)),
            text: span.map_or_else(String::new, |span| index.slice(facts.source, span).to_owned()),
        }
    };
    places.iter().map(sentence).collect()
}
