//! What the first pass of a run takes in: files with their documents, then their facts, and what is gathered beside.

use std::io;

use crate::ingest::{Input, Originals, Rejection, Signature};
use crate::lexicon::{Faults, Lexicon};
use crate::link::Evidence;
use crate::measure::asked::Asked;
use crate::measure::period::Granularity;
use crate::measure::tally::Tally;
use crate::model::{Candidate, Document};
use crate::output::FileDigest;

use super::spill::Spill;
use super::{Reader, Reading};

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
    pub fn new(granularity: Granularity, asked: Asked) -> Self {
        Gathered { evidence: Evidence::default(), words: Tally::of(granularity, asked) }
    }

    /// What two threads gathered.
    pub fn merged(mut self, other: Self) -> Self {
        rayon::join(|| self.evidence.merge(other.evidence), || self.words.merge(other.words));
        self
    }

    /// Takes what documents say; of copies nothing.
    pub fn add(&mut self, readings: &[Reading], reader: &Reader<'_>, lexicon: &Lexicon) {
        let own = || readings.iter().filter(|reading| reading.facts.document.duplicate_of.is_none());
        for Reading { facts, index, .. } in own() {
            self.evidence.add(facts.organisations.iter().map(|m| (index.slice(&facts.source, m.span), m)));
        }
        let novelty = self.words.asked().novelty;
        let candidates = |reading| if novelty { reader.candidates(reading) } else { Vec::new() };
        let candidates: Vec<Vec<Candidate>> = own().map(candidates).collect();
        let words = |reading: &Reading| self.words.add_words(&reading.facts, &reading.text, &reading.tokens);
        let numbers: Vec<_> = own().map(words).collect();
        let skip = |word: &str| lexicon.lists.stopwords.contains(word);
        for ((Reading { facts, text, tokens, .. }, numbers), candidates) in own().zip(&numbers).zip(&candidates) {
            self.words.add_phrases(facts, text, (tokens, numbers), candidates, skip);
        }
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

/// Files in their order, some of about `bytes` together; the last groups are smaller, so that threads are done with them at
/// about the same time.
pub(super) fn groups(files: Vec<LoadedFile<'_>>, bytes: u64) -> Vec<Vec<LoadedFile<'_>>> {
    let mut groups: Vec<Vec<LoadedFile<'_>>> = Vec::new();
    let mut taken = 0;
    let mut left: u64 = files.iter().map(|file| file.input.bytes).sum();
    for file in files {
        let length = file.input.bytes;
        let full = if left > 2 * bytes { bytes } else { bytes / 4 };
        left = left.saturating_sub(length);
        match groups.last_mut().filter(|_| taken < full) {
            Some(group) => group.push(file),
            None => {
                groups.push(vec![file]);
                taken = 0;
            }
        }
        taken += length;
    }
    groups
}

impl LoadedFile<'_> {
    /// The file with no facts yet.
    pub fn begin(&mut self) -> ReadFile {
        let sha256 = self.documents.iter().rev().flatten().next().map(|loaded| loaded.document.sha256.clone());
        let digest =
            FileDigest { path: self.input.key.clone(), bytes: self.input.bytes, sha256: sha256.unwrap_or_default() };
        ReadFile { digest, facts: Vec::with_capacity(self.documents.len()), faults: std::mem::take(&mut self.faults) }
    }

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
