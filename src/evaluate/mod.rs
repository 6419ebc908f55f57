//! Extractions held against annotated reports: precision, recall, F1 by kind, and every difference as a row.
//!
//! [`read_gold`] reads the annotations, [`read_predictions`] the lines that `wenmai extract` writes, [`score`] holds
//! one against the other. Three figures a kind: strict F1 (the same span), loose F1 (spans that share at least half of
//! what they cover together), right F1 (the same span and the same normalised value). What annotators may disagree on
//! (optional rows, generic organisation names, numbers inside names) is neither rewarded nor penalised.

mod baseline;
mod comparison;
mod difference;
mod figure;
mod gold;
mod intervals;
mod matching;
mod prediction;
mod report;
mod rows;
mod scoring;
#[cfg(test)]
mod tests;

use std::io;
use std::path::PathBuf;

pub use baseline::{Baseline, Floor};
pub use comparison::Comparison;
pub use difference::{Difference, ErrorKind, Side, Subject};
pub use figure::Figure;
pub use gold::{Gold, GoldProblem, read_gold};
pub use prediction::{Prediction, read_predictions};
pub use report::{Counts, Line, NameCounts, Report, Share};
pub use rows::{Amount, Event, Field, Kind, Metadata, Organisation, Person, Reading, Row};
pub use scoring::score;

/// Why an evaluation could not be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluateError {
    /// A file or folder can't be read or written.
    #[error("{}: {problem}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        problem: io::Error,
    },
    /// A folder holds no annotations.
    #[error("{}: no file ends in `.gold.json`", path.display())]
    NoGold {
        /// The folder.
        path: PathBuf,
    },
    /// An annotation or a baseline is not what it should be.
    #[error("{}: {problem}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column.
        problem: serde_json::Error,
    },
    /// A line of the predictions can't be read.
    #[error("predictions, line {line}: {problem}")]
    Line {
        /// Line, 1-based.
        line: usize,
        /// What the system says.
        problem: io::Error,
    },
    /// A line of the predictions is not what `wenmai extract` writes.
    #[error("predictions, line {line}: {problem}")]
    Prediction {
        /// Line, 1-based.
        line: usize,
        /// What is wrong, with the column.
        problem: serde_json::Error,
    },
}
