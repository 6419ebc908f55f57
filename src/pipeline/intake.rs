//! What the first pass of a run takes in: files with their documents, then their facts, and what is gathered beside.

use std::io;

use crate::ingest::{Input, Originals, Rejection, Signature};
use crate::lexicon::{Faults, Lexicon};
use crate::link::Evidence;
use crate::measure::period::Granularity;
use crate::measure::tally::Tally;
use crate::model::{Candidate, Document};
use crate::output::FileDigest;

use super::Reading;
use super::spill::Spill;

/// What the first pass leaves beside the spilled facts.
#[derive(Default)]
pub(super) struct FirstPass {
    pub rejections: Vec<Rejection>,
    pub documents: u64,
    pub bytes: u64,
    /// Moved to the manifest at the end of the pass.
    pub digests: Vec<FileDigest>,
    /// Moved to the warnings of the run at the end of the pass.
    pub faults: Faults,
}

impl FirstPass {
    /// Takes over files in their order; their facts go to `spill`.
    pub fn take(&mut self, files: Vec<ReadFile>, spill: &mut Spill) -> io::Result<()> {
        for file in files {
            self.bytes += file.digest.bytes;
            self.digests.push(file.digest);
            self.faults.append(file.faults);
            for facts in file.facts {
                match facts {
                    Ok(facts) => {
                        spill.push(&facts)?;
                        self.documents += 1;
                    }
                    Err(rejection) => self.rejections.push(rejection),
                }
            }
        }
        Ok(())
    }
}

/// What needs no settled names, gathered by one thread in the first pass: what documents say of names, and their words.
/// Words make up most of what a document gives; counted at once, they need not be spilled.
pub(super) struct Gathered {
    pub evidence: Evidence,
    pub words: Tally,
}

impl Gathered {
    pub fn new(granularity: Granularity) -> Self {
        Gathered { evidence: Evidence::default(), words: Tally::new(granularity) }
    }

    /// What two threads gathered.
    pub fn merged(mut self, other: Self) -> Self {
        rayon::join(|| self.evidence.merge(other.evidence), || self.words.merge(other.words));
        self
    }

    pub fn add(&mut self, reading: &Reading, candidates: &[Candidate], lexicon: &Lexicon) {
        let Reading { facts, index, text, tokens } = reading;
        self.evidence.add(facts.organisations.iter().map(|m| (index.slice(&facts.source, m.span), m)));
        let numbers = self.words.add_words(facts, text, tokens);
        let skip = |word: &str| lexicon.lists.stopwords.contains(word);
        self.words.add_phrases(facts, text, (tokens, &numbers), candidates, skip);
    }
}

/// A document whose text is at hand.
pub(super) struct LoadedDocument {
    pub document: Document,
    pub signature: Option<Signature>,
    pub duplicate_of: Option<String>,
}

/// A file whose documents are at hand.
pub(super) struct LoadedFile<'i> {
    pub input: &'i Input,
    pub documents: Vec<Result<LoadedDocument, Rejection>>,
    pub faults: Faults,
}

impl LoadedFile<'_> {
    pub fn judge(&mut self, originals: &mut Originals) {
        for loaded in self.documents.iter_mut().flatten() {
            if let Some(signature) = loaded.signature.take() {
                loaded.duplicate_of = originals.judge(&loaded.document, signature).map(str::to_owned);
            }
        }
    }
}

/// One file read: its facts, encoded.
#[derive(Default)]
pub(super) struct ReadFile {
    pub digest: FileDigest,
    pub facts: Vec<Result<Vec<u8>, Rejection>>,
    pub faults: Faults,
}
