//! The main job: a corpus to a folder of tables, in two passes over bounded memory.
//!
//! The first pass reads documents in parallel, spills their facts to a file and gathers what they say of names; the
//! second, with names settled over the whole corpus, renders rows and tallies. Aggregates follow from the merged tally.

use std::io;
use std::path::PathBuf;
use std::thread;
use std::time::Instant;

use rayon::prelude::*;

use crate::ingest::{self, Input, Listing, Originals, Rejection, Sidecar, Signature};
use crate::lexicon::{Faults, Files, GeneralWords, Lexicon};
use crate::measure::tally::Tally;
use crate::model::Document;
use crate::output::report::{Collector, Publishers};
use crate::output::schema::{INDICATORS, ORGANISATION_NETWORK, TABLES, Table};
use crate::output::workbook::Sheet;
use crate::output::{
    Aggregates, FACT_TABLES, FileDigest, Manifest, OutputFolder, RowBuffer, Stage, TableFile, Written, folder, is_full,
    manifest, package,
};
use crate::segment::{Dictionary, Segmenter};

use super::Reader;
use super::error::{RunError, no_room};
use super::formats::{self, Formats};
use super::intake::{self, FirstPass, Gathered, LoadedDocument, LoadedFile, ReadFile};
use super::plan::{Plan, Progress, Summary};
use super::render::Rendered;
use super::report;
use super::spill::{self, Spill, SpillReader};
use super::threads::EachThread;

/// Bytes of input that are read before their facts are spilled.
const BATCH_BYTES: u64 = 12 << 20;
/// Files that one task loads.
const LOAD_FILES: usize = 16;
/// Bytes of documents that are read together.
const TOGETHER_BYTES: u64 = 128 << 10;

/// Runs a plan. Tables appear in the output folder all at once, or not at all.
///
/// # Errors
/// See [`RunError`]; the old tables stand then.
pub fn run(plan: &Plan, progress: &dyn Progress) -> Result<Summary, RunError> {
    let start = Instant::now();
    let files = plan.dictionaries.as_deref().map_or_else(Files::shipped, Files::overlaid);
    let ours: Vec<PathBuf> = [&plan.out].into_iter().chain(&plan.write_text).cloned().collect();
    let ours = || (Lexicon::compile(&files), ingest::walk(&plan.corpus, &ours));
    let ((lexicon, listing), dictionary) = rayon::join(ours, || Dictionary::read(&GeneralWords::of(&files)));
    let lexicon = lexicon.map_err(|faults| RunError::Faults { faults })?;
    let listing = listing?;
    if listing.inputs.is_empty() && listing.rejections.is_empty() {
        return Err(RunError::NoReports(plan.corpus.clone()));
    }
    if folder::contains(&plan.out, &plan.corpus).unwrap_or(false) {
        return Err(RunError::CorpusInOutput(plan.out.clone()));
    }
    let out = OutputFolder::prepare(&plan.out)?;
    let mut manifest = Manifest::begin(plan.arguments.clone(), plan.configuration());
    let mut run = Run { plan, lexicon: &lexicon, progress, warnings: Faults::default(), written: Vec::new() };
    let (first, spill, Gathered { evidence, mut words }) = run.read(listing, dictionary, &mut manifest)?;
    let links = evidence.settle();
    words.rename_publishers(|name| links.canonical(name).to_owned());
    let publishers = Publishers::of(&words);
    let Rendered { tally, collector, mut spilled } =
        run.render(&out, spill, (&links, &publishers), words, &mut manifest)?;
    let (tables, report) = thread::scope(|scope| {
        // the tables of facts, which are most of all, go to the disk meanwhile; without a thread more they go at the end
        let _ = thread::Builder::new().spawn_scoped(scope, || out.begin_synchronising());
        // the report is made by one thread, and the largest of these tables by another
        rayon::join(
            || run.aggregate(&out, &tally, &first.rejections),
            || {
                let graph = run.write_graph(&out, &tally);
                graph.and_then(|()| run.write_report(&out, &tally, collector, &first.rejections, &mut spilled))
            },
        )
    });
    let (tables, stage) = tables?;
    run.written.extend(tables);
    run.written.sort_by_key(|w| TABLES.iter().position(|table| table.name == w.table.name));
    let needed = formats::room(run.written.iter().map(|table| table.bytes).sum(), &plan.formats);
    let no_room = || RunError::NoRoom { needed, out: plan.out.clone() };
    if run.written.iter().any(|table| !table.complete) {
        return Err(no_room());
    }
    let full = |error: io::Error| if is_full(&error) { no_room() } else { error.into() };
    manifest.stages.push(stage);
    manifest.stages.extend(report.map_err(full)?);
    let sheets = run.write_formats(&out, &mut manifest).map_err(full)?;
    let summary = run.summary(&tally, &first, sheets);
    manifest.counts = counts(&run.written, &summary);
    let mut faults = Faults::default();
    manifest.dictionaries =
        files.contents(&mut faults).iter().map(|(name, text)| FileDigest::of(name, text.as_bytes())).collect();
    manifest.seconds = manifest::seconds(start.elapsed());
    manifest.write(out.path()).map_err(full)?;
    run.go_on()?;
    // a million small things are given back while the disk is waited for
    let (committed, ()) = rayon::join(|| out.commit(), || drop((tally, spilled)));
    committed?;
    Ok(summary)
}

/// A run under way.
pub(super) struct Run<'r> {
    pub(super) plan: &'r Plan,
    pub(super) lexicon: &'r Lexicon,
    pub(super) progress: &'r dyn Progress,
    warnings: Faults,
    pub(super) written: Vec<Written>,
}

impl Run<'_> {
    pub(super) fn wants(&self, table: &Table) -> bool {
        self.plan.wants(table)
    }

    /// An error where the user wants the run to end.
    pub(super) fn go_on(&self) -> Result<(), RunError> {
        if self.progress.is_stopped() { Err(RunError::Stopped) } else { Ok(()) }
    }

    fn read(
        &mut self,
        listing: Listing,
        dictionary: Dictionary,
        manifest: &mut Manifest,
    ) -> Result<(FirstPass, Spill, Gathered), RunError> {
        let start = Instant::now();
        let mut faults = Faults::default();
        let sidecar = listing.metadata.as_deref().map(|path| Sidecar::read(path, &mut faults));
        if let Some(sidecar) = &sidecar {
            sidecar.strangers(&listing, &mut self.warnings);
        }
        faults.into_result(()).map_err(|faults| RunError::Faults { faults })?;
        let total: u64 = listing.inputs.iter().map(|input| input.bytes).sum();
        self.progress.begin("reading", total);
        let mut first = FirstPass { rejections: listing.rejections, ..FirstPass::default() };
        let mut spill = Spill::new()?;
        let (granularity, asked) = (self.plan.granularity, self.plan.asked());
        let gathered = EachThread::new(|| Gathered::new(granularity, asked));
        let mut originals = Originals::default();
        let mut load = |batch| self.load_batch(batch, sidecar.as_ref(), &mut originals);
        let mut batches = batches(&listing.inputs);
        let reader = || Reader::over(Segmenter::over(dictionary, self.lexicon), self.lexicon, asked.indicators);
        let (reader, mut loaded) = rayon::join(reader, || batches.next().map(&mut load).unwrap_or_default());
        let mut done: Vec<ReadFile> = Vec::new();
        while !loaded.is_empty() {
            // no task but of one group: a thread that is done with its own takes over those of the others to the last
            let groups = intake::groups(std::mem::take(&mut loaded), TOGETHER_BYTES);
            let groups = groups.into_par_iter().with_max_len(1);
            let read = || groups.flat_map_iter(|files| self.read_files(files, &reader, &gathered)).collect();
            // files before are put away and files behind are loaded meanwhile: one thread at it would leave the others idle
            let (files, stored) = rayon::join(read, || {
                loaded = batches.next().map(&mut load).unwrap_or_default();
                first.take(done, &mut spill)
            });
            self.go_on()?;
            stored.map_err(|error| no_room(error, spill.bytes(), first.bytes, total))?;
            done = files;
        }
        first.take(done, &mut spill).map_err(|error| no_room(error, spill.bytes(), first.bytes, total))?;
        manifest.inputs.append(&mut first.digests);
        self.warnings.append(std::mem::take(&mut first.faults));
        first.rejections.sort();
        let all = gathered.merged(Gathered::merged);
        manifest.stages.push(Stage::new("read", start.elapsed(), first.bytes));
        Ok((first, spill, all.unwrap_or_else(|| Gathered::new(granularity, asked))))
    }

    fn load_batch<'i>(
        &self,
        batch: &'i [Input],
        sidecar: Option<&Sidecar>,
        originals: &mut Originals,
    ) -> Vec<LoadedFile<'i>> {
        let mut files: Vec<LoadedFile<'_>> =
            batch.par_iter().with_max_len(LOAD_FILES).map(|input| self.load(input, sidecar)).collect();
        // in the order of the keys: the first of its copies is the original
        files.iter_mut().for_each(|file| file.judge(originals));
        files
    }

    /// Documents of a file, before anything is read in them.
    fn load<'i>(&self, input: &'i Input, sidecar: Option<&Sidecar>) -> LoadedFile<'i> {
        if self.progress.is_stopped() {
            return LoadedFile { input, documents: Vec::new(), faults: Faults::default() };
        }
        let ingest::Reading { documents, faults } = ingest::read(input, &self.plan.limits);
        let told = |document: Result<Document, Rejection>| {
            let mut document = document?;
            if let Some(sidecar) = sidecar {
                sidecar.apply(&mut document);
            }
            if let Some(folder) = &self.plan.write_text {
                ingest::write_text(folder, &document).map_err(|error| Rejection {
                    path: document.key.clone(),
                    reason: ingest::Reason::Unreadable,
                    detail: format!("its text can't be written into {} ({error})", folder.display()),
                })?;
            }
            let signature = (!self.plan.keep_duplicates).then(|| Signature::of(&document.text, &self.lexicon.variants));
            Ok(LoadedDocument { document, signature, duplicate_of: None })
        };
        LoadedFile { input, documents: documents.into_iter().map(told).collect(), faults }
    }

    /// Reads files a stage at a time over some documents: what the stage looks up stays in the processor's cache meanwhile.
    fn read_files(
        &self,
        mut files: Vec<LoadedFile<'_>>,
        reader: &Reader<'_>,
        gathered: &EachThread<Gathered>,
    ) -> Vec<ReadFile> {
        if self.progress.is_stopped() {
            return Vec::new();
        }
        let mut read: Vec<ReadFile> = files.iter_mut().map(LoadedFile::begin).collect();
        let documents = |(at, file): (usize, LoadedFile<'_>)| file.documents.into_iter().map(move |found| (at, found));
        let mut documents = files.into_iter().enumerate().flat_map(documents);
        loop {
            let (mut bytes, mut together, mut loaded) = (0, Vec::new(), Vec::new());
            while bytes < TOGETHER_BYTES
                && let Some((file, document)) = documents.next()
            {
                match document {
                    Ok(LoadedDocument { document, duplicate_of, .. }) => {
                        bytes += document.text.len() as u64;
                        together.push(document);
                        loaded.push((file, duplicate_of));
                    }
                    Err(rejection) => read[file].facts.push(Err(rejection)),
                }
            }
            if together.is_empty() {
                break;
            }
            let mut readings = reader.read_together(together);
            for (reading, (_, original)) in readings.iter_mut().zip(&mut loaded) {
                if original.is_some() {
                    // another site may make another publisher of it, who would stand in no other table
                    reading.facts.document.profile.publisher = None;
                }
                reading.facts.document.duplicate_of = original.take();
            }
            gathered.own().add(&readings, reader, self.lexicon);
            for (reading, (file, _)) in readings.iter().zip(&loaded) {
                read[*file].facts.push(spill::encoded(&reading.facts));
            }
        }
        self.progress.advance(read.iter().map(|file| file.digest.bytes).sum());
        read
    }

    /// The tables of sums, which stand on disk, in any order.
    fn aggregate(
        &self,
        out: &OutputFolder,
        tally: &Tally,
        rejections: &[Rejection],
    ) -> io::Result<(Vec<Written>, Stage)> {
        let start = Instant::now();
        let aggregates = self.aggregates(tally);
        let write = |table: &'static Table| -> io::Result<Option<Written>> {
            if !self.wants(table) {
                return Ok(None);
            }
            let mut rows = RowBuffer::onto(TableFile::create(out.path(), table, self.plan.style)?);
            match table.name {
                "organisations" => aggregates.organisations(&mut rows),
                "terms" => aggregates.terms(&mut rows),
                "term_counts" => aggregates.term_counts(&mut rows),
                "term_trends" => aggregates.term_trends(&mut rows),
                "organisation_terms" => aggregates.organisation_terms(&mut rows),
                "word_counts" => aggregates.word_counts(&mut rows),
                "keyness" => aggregates.keyness(&mut rows),
                "keywords" => aggregates.keywords(&mut rows),
                "collocations" => aggregates.collocations(&mut rows),
                "dispersion" => aggregates.dispersion(&mut rows),
                "new_terms" => aggregates.new_terms(&mut rows),
                "cooccurrence" => aggregates.cooccurrence(&mut rows),
                "organisation_network" => aggregates.organisation_network(&mut rows),
                "indicators" => aggregates.indicators(&mut rows),
                "indicator_trends" => aggregates.indicator_trends(&mut rows),
                _ => rejected_rows(&mut rows, rejections),
            }
            rows.finish().map(Some)
        };
        let mut tables: Vec<&'static Table> =
            TABLES.iter().copied().filter(|table| FACT_TABLES.iter().all(|facts| facts.name != table.name)).collect();
        // what takes longest is begun first
        tables.sort_by_key(|table| table.name != INDICATORS.name);
        let each = tables.par_iter().with_max_len(1);
        let written: Vec<Option<Written>> = each.map(|table| write(table)).collect::<io::Result<_>>()?;
        let written: Vec<Written> = written.into_iter().flatten().collect();
        let bytes = written.iter().map(|w| w.bytes).sum();
        Ok((written, Stage::new("aggregate", start.elapsed(), bytes)))
    }

    fn aggregates<'t>(&'t self, tally: &'t Tally) -> Aggregates<'t> {
        Aggregates { tally, lexicon: self.lexicon, granularity: self.plan.granularity, sparse: self.plan.sparse }
    }

    /// The network of organisations once more, for programs that draw networks.
    fn write_graph(&self, out: &OutputFolder, tally: &Tally) -> io::Result<()> {
        let wanted = self.wants(&ORGANISATION_NETWORK);
        if wanted { self.aggregates(tally).write_graphml(out.path()) } else { Ok(()) }
    }

    /// The report, where one is wanted; the sentences that it shows are read from the spilled facts.
    fn write_report(
        &self,
        out: &OutputFolder,
        tally: &Tally,
        collector: Option<Collector<'_>>,
        rejections: &[Rejection],
        spilled: &mut SpillReader,
    ) -> io::Result<Option<Stage>> {
        let start = Instant::now();
        let Some((language, collector)) = self.plan.report.language().zip(collector) else { return Ok(None) };
        report::write(out, &self.aggregates(tally), &collector, rejections, language, spilled)?;
        Ok(Some(Stage::new("report", start.elapsed(), 0)))
    }

    /// The formats beside CSV, and the package that describes the tables.
    fn write_formats(&mut self, out: &OutputFolder, manifest: &mut Manifest) -> io::Result<Vec<Sheet>> {
        let start = Instant::now();
        let (plan, written) = (self.plan, std::mem::take(&mut self.written));
        let bytes = written.iter().map(|written| written.bytes).sum();
        let Formats { written, described, sheets } =
            formats::write(out.path(), written, plan.style, &plan.formats, self.progress)?;
        self.written = written;
        manifest.stages.push(Stage::new("formats", start.elapsed(), bytes));
        package::write(out.path(), &self.written, described)?;
        Ok(sheets)
    }

    fn summary(&mut self, tally: &Tally, first: &FirstPass, sheets: Vec<Sheet>) -> Summary {
        Summary {
            documents: first.documents,
            rejected: first.rejections.len() as u64,
            warnings: std::mem::take(&mut self.warnings),
            tables: self.written.len(),
            rows: self.written.iter().map(|w| w.rows).sum(),
            bytes: first.bytes,
            unplaced_characters: tally.unplaced_characters,
            sheets,
        }
    }
}

/// Runs of inputs of about [`BATCH_BYTES`].
fn batches(inputs: &[Input]) -> impl Iterator<Item = &[Input]> {
    let mut rest = inputs;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let full = |input: &Input| {
            bytes += input.bytes;
            bytes >= BATCH_BYTES
        };
        let length = rest.iter().position(full).map_or(rest.len(), |last| last + 1);
        let (batch, after) = rest.split_at(length);
        rest = after;
        (!batch.is_empty()).then_some(batch)
    })
}

fn rejected_rows(rows: &mut RowBuffer, rejections: &[Rejection]) {
    for rejection in rejections {
        rows.text(&rejection.path).text(rejection.reason.as_str()).text(&rejection.detail).end_row();
    }
}

fn counts(written: &[Written], summary: &Summary) -> std::collections::BTreeMap<String, u64> {
    let rows = written.iter().map(|w| (format!("{}_rows", w.table.name), w.rows));
    let own = [
        ("documents", summary.documents),
        ("rejected", summary.rejected),
        ("unplaced_characters", summary.unplaced_characters),
    ];
    rows.chain(own.map(|(name, count)| (name.to_owned(), count))).collect()
}
