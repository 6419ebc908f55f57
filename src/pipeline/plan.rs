//! What a run is asked to do, what it gives, and who is told how far it is.

use std::path::PathBuf;

use crate::ingest::Limits;
use crate::lexicon::Faults;
use crate::measure::asked::Asked;
use crate::measure::period::Granularity;
use crate::output::schema::{
    COLLOCATIONS, COOCCURRENCE, INDICATOR_TRENDS, INDICATORS, KEYNESS, KEYWORDS, NEW_TERMS, ORGANISATION_NETWORK,
    Table, WORD_COUNTS,
};
use crate::output::workbook::Sheet;
use crate::output::{CsvStyle, TableFormat};

use super::report::ReportChoice;

/// What to run, settled before anything runs.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Folder of reports, or one report.
    pub corpus: PathBuf,
    /// Folder that the tables are written into.
    pub out: PathBuf,
    /// Folder of the user's dictionaries.
    pub dictionaries: Option<PathBuf>,
    /// Length of the periods that counts are summed over.
    pub granularity: Granularity,
    /// How CSV is written.
    pub style: CsvStyle,
    /// Formats that the tables are written in; empty for CSV.
    pub formats: Vec<TableFormat>,
    /// Tables to write; empty for all.
    pub only: Vec<&'static Table>,
    /// Whether the report is written.
    pub report: ReportChoice,
    /// Leave rows out of `term_counts` that count nothing.
    pub sparse: bool,
    /// How much is read at most.
    pub limits: Limits,
    /// Count documents that are copies of others too.
    pub keep_duplicates: bool,
    /// Folder that the text of each document is written into.
    pub write_text: Option<PathBuf>,
    /// The command line and the settings, for the manifest.
    pub arguments: Vec<String>,
}

impl Plan {
    pub(super) fn wants(&self, table: &Table) -> bool {
        if matches!(self.report, ReportChoice::Alone(_)) {
            return false;
        }
        self.only.is_empty() || self.only.iter().any(|wanted| wanted.name == table.name)
    }

    /// The sums that the tables and the report rest on.
    pub(super) fn asked(&self) -> Asked {
        if self.report.language().is_some() {
            return Asked::ALL;
        }
        let any = |tables: &[&Table]| tables.iter().any(|table| self.wants(table));
        let collocations = self.wants(&COLLOCATIONS);
        Asked {
            words: collocations || any(&[&WORD_COUNTS, &KEYNESS, &KEYWORDS, &NEW_TERMS]),
            collocations,
            novelty: self.wants(&NEW_TERMS),
            indicators: any(&[&INDICATORS, &INDICATOR_TRENDS]),
            cooccurrence: self.wants(&COOCCURRENCE),
            pairs: self.wants(&KEYWORDS),
            network: self.wants(&ORGANISATION_NETWORK),
        }
    }

    /// What of it decides what the tables hold, for the manifest.
    pub(super) fn configuration(&self) -> serde_json::Value {
        serde_json::json!({
            "period": self.granularity.as_str(),
            "excel": self.style == CsvStyle::Excel,
            "formats": self.formats.iter().map(|format| format.as_str()).collect::<Vec<_>>(),
            "sparse": self.sparse,
            "only": self.only.iter().map(|table| table.name).collect::<Vec<_>>(),
            "report": self.report.language().map(|language| language.as_str()),
            "limits": {
                "file_bytes": self.limits.file_bytes,
                "unpacked_bytes": self.limits.unpacked_bytes,
                "ratio": self.limits.ratio,
                "depth": self.limits.depth,
                "pages": self.limits.pages,
                "seconds": self.limits.seconds,
            },
            "keep_duplicates": self.keep_duplicates,
        })
    }
}

/// What a run gave.
#[derive(Debug)]
pub struct Summary {
    /// Documents in the tables.
    pub documents: u64,
    /// Inputs that gave no document.
    pub rejected: u64,
    /// Faults of told metadata, which were passed over.
    pub warnings: Faults,
    /// Tables written.
    pub tables: usize,
    /// Rows written.
    pub rows: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Characters that belong to no publisher or no period, which no aggregate counts.
    pub unplaced_characters: u64,
    /// Sheets of the workbook, where one was written.
    pub sheets: Vec<Sheet>,
}

/// Told about the progress of a run.
pub trait Progress: Sync {
    /// Work of `total` steps begins.
    fn begin(&self, what: &str, total: u64);
    /// `steps` more are done.
    fn advance(&self, steps: u64);
    /// The user wants the run to end.
    fn is_stopped(&self) -> bool {
        false
    }
}
