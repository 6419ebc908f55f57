//! The second pass of a run: spilled facts become rows of tables and sums.

use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use rayon::prelude::*;

use crate::link::Links;
use crate::measure::tally::Tally;
use crate::model::{CharIndex, Record};
use crate::output::report::{Collector, Publishers};
use crate::output::{FACT_TABLES, FactRows, Manifest, OutputFolder, Stage, TableFile};

use super::error::{RunError, no_room};
use super::report::ReportChoice;
use super::run::Run;
use super::spill::{Records, Spill, SpillReader};
use super::threads::EachThread;

/// Bytes of spilled facts that are rendered at a time.
const RENDER_BYTES: u64 = 12 << 20;
/// Documents that one task renders.
const RENDER_DOCUMENTS: usize = 16;

/// What the second pass leaves: sums, what was gathered for the report, and the facts to look sentences up in.
pub(super) struct Rendered<'p> {
    pub tally: Tally,
    pub collector: Option<Collector<'p>>,
    pub spilled: SpillReader,
}

impl Run<'_> {
    /// Second pass: fact tables, and all that is tallied but words.
    pub(super) fn render<'p>(
        &mut self,
        out: &OutputFolder,
        spill: Spill,
        (links, publishers): (&Links, &'p Publishers),
        words: Tally,
        manifest: &mut Manifest,
    ) -> Result<Rendered<'p>, RunError> {
        let start = Instant::now();
        let (granularity, asked) = (self.plan.granularity, self.plan.asked());
        let mut tables = Vec::new();
        for table in FACT_TABLES {
            tables.push(self.wants(table).then(|| TableFile::create(out.path(), table, self.plan.style)).transpose()?);
        }
        let mut words = Some(words);
        let sums = EachThread::new(|| {
            let tally = words.take().unwrap_or_else(|| Tally::of(granularity, asked));
            (tally, Collector::new(publishers, granularity))
        });
        let bytes = spill.bytes();
        self.progress.begin("writing", bytes);
        let mut spilled = spill.into_reader().map_err(|error| no_room(error, bytes, 1, 1))?;
        let (mut batch, mut next) = (Records::default(), Records::default());
        spilled.next(RENDER_BYTES, &mut batch)?;
        let mut rendered: Vec<FactRows> = Vec::new();
        // buffers whose rows stand on disk are filled again: fresh memory is dear
        let spare: Mutex<Vec<FactRows>> = Mutex::default();
        let of_spare = || spare.lock().unwrap_or_else(PoisonError::into_inner);
        let mut before = 0;
        while !batch.ranges().is_empty() {
            let chunks = batch.ranges().par_chunks(RENDER_DOCUMENTS).enumerate().with_max_len(1);
            let chunk = |(at, ranges): (usize, &[_])| {
                let empty = || FactRows::new(self.lexicon, granularity, self.plan.style, |table| self.wants(table));
                let rows = of_spare().pop().unwrap_or_else(empty);
                let records = ranges.iter().map(|range| batch.record(range));
                self.render_chunk(before + at * RENDER_DOCUMENTS, records, rows, (links, &sums))
            };
            let render = || chunks.map(chunk).collect::<io::Result<_>>();
            // rows before are written and facts behind are read meanwhile
            let (rows, read) = rayon::join(render, || {
                append(&mut tables, &rendered)?;
                rendered.drain(..).for_each(|mut rows| {
                    rows.clear();
                    of_spare().push(rows);
                });
                spilled.next(RENDER_BYTES, &mut next)
            });
            read?;
            self.progress.advance(batch.ranges().iter().map(|range| range.len() as u64).sum());
            before += batch.ranges().len();
            rendered = rows?;
            std::mem::swap(&mut batch, &mut next);
            self.go_on()?;
        }
        append(&mut tables, &rendered)?;
        for table in tables.into_iter().flatten() {
            self.written.push(table.finish()?);
        }
        let sums = sums.merged(|(mut tally, mut collector), (part, collected)| {
            rayon::join(|| tally.merge(part), || collector.merge(collected));
            (tally, collector)
        });
        let (tally, collector) = sums.ok_or_else(|| io::Error::other("no thread renders"))?;
        manifest.stages.push(Stage::new("render", start.elapsed(), bytes));
        let collector = self.plan.report.language().map(|_| collector);
        Ok(Rendered { tally, collector, spilled })
    }

    /// Rows of documents, the first of which is the `first`th of the run, in empty buffers.
    fn render_chunk<'r, 'l>(
        &self,
        first: usize,
        records: impl Iterator<Item = &'r [u8]>,
        mut rows: FactRows<'l>,
        (links, sums): (&'r Links, &EachThread<(Tally, Collector<'_>)>),
    ) -> io::Result<FactRows<'l>> {
        let mut sums = sums.own();
        let (tally, collector) = &mut *sums;
        let mut chunk: Vec<(Record<'r>, CharIndex)> = Vec::with_capacity(RENDER_DOCUMENTS);
        for record in records {
            let mut record: Record<'r> = postcard::from_bytes(record).map_err(io::Error::other)?;
            links.apply(&mut record);
            let index = CharIndex::new(record.text.source);
            chunk.push((record, index));
        }
        // each table and sum takes all documents before the next does: it stays in the processor's cache meanwhile
        for (record, index) in &chunk {
            rows.add(record, index);
        }
        for (record, index) in chunk.iter().filter(|(record, _)| record.text.document.duplicate_of.is_none()) {
            tally.add(record, index);
        }
        if self.plan.report != ReportChoice::LeftOut {
            for (number, (record, _)) in chunk.iter().enumerate() {
                collector.add((first + number) as u32, record);
            }
        }
        Ok(rows)
    }
}

/// Appends rendered rows, each table by itself.
fn append(tables: &mut [Option<TableFile>], rendered: &[FactRows]) -> io::Result<()> {
    tables.par_iter_mut().enumerate().try_for_each(|(at, table)| match table {
        Some(table) => rendered.iter().try_for_each(|rows| table.append(&rows.buffers()[at])),
        None => Ok(()),
    })
}
