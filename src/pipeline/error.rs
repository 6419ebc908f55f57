//! Why a run could not be done, and what to do about it.

use std::io;
use std::path::PathBuf;

use crate::ingest::IngestError;
use crate::lexicon::Faults;
use crate::output::{FolderError, is_full};

/// Why a run could not be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The corpus can't be listed.
    #[error(transparent)]
    Corpus(#[from] IngestError),
    /// There is nothing to read.
    #[error("{} holds no report; name a folder of .txt, .md or .jsonl files with --corpus", .0.display())]
    NoReports(PathBuf),
    /// A dictionary or metadata file has faults.
    #[error("nothing was run, because of {count} {what}:\n{faults}", count = .faults.len(), what = if .faults.len() == 1 { "fault" } else { "faults" })]
    Faults {
        /// All of them.
        faults: Faults,
    },
    /// The output folder can't be used.
    #[error(transparent)]
    Output(#[from] FolderError),
    /// The corpus lies in the output folder, which will be replaced.
    #[error("the corpus lies in the output folder {}; name another folder with --out", .0.display())]
    CorpusInOutput(PathBuf),
    /// The disk is full.
    #[error(
        "the tables need {}, and the disk of {} has no room for them; make room, or name another folder with --out",
        size(*.needed), .out.display()
    )]
    NoRoom {
        /// Bytes of all tables.
        needed: u64,
        /// The output folder.
        out: PathBuf,
    },
    /// The disk of temporary files is full.
    #[error(
        "facts of the documents need about {} while tables are made, and {} has no room for them; make room there, or \
         name a folder on another disk in the environment variable TMPDIR",
        size(*.needed), .folder.display()
    )]
    NoRoomForFacts {
        /// Bytes, estimated from the share of the corpus that was read.
        needed: u64,
        /// The folder of temporary files.
        folder: PathBuf,
    },
    /// The user ended the run.
    #[error("the run was ended; the tables of the run before stand as they were")]
    Stopped,
    /// The system refuses a write.
    #[error("tables can't be written ({0}); make room for them, and see that you may write to the output folder")]
    Write(#[from] io::Error),
}

/// What a spill that could not be written tells the user.
///
/// `spilled` bytes of facts came of `read` bytes of `total`.
pub(super) fn no_room(error: io::Error, spilled: u64, read: u64, total: u64) -> RunError {
    if !is_full(&error) {
        return RunError::Write(error);
    }
    let share = (total.max(1) as f64 / read.max(1) as f64).max(1.0);
    RunError::NoRoomForFacts { needed: (spilled as f64 * share) as u64, folder: std::env::temp_dir() }
}

/// Bytes for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
