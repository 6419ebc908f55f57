//! Inputs that gave no document, and a corpus that can't be listed.

use std::io::{Error, ErrorKind};
use std::path::PathBuf;

/// Why an input gave no document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A line of a JSONL file that is no object with a text.
    BadJson,
    /// Data of another kind than text.
    Binary,
    /// A file of its format that can't be read for its damage.
    Damaged,
    /// A link to a file that isn't there.
    DanglingLink,
    /// Two lines of a JSONL file with one id; the first counts.
    DuplicateId,
    /// No text at all.
    Empty,
    /// A password locks it.
    Encrypted,
    /// The library that reads the format failed.
    LibraryFailed,
    /// A link to a folder; none is followed, since links can form a ring.
    LinkToFolder,
    /// A pipe, a socket or a device.
    NotAFile,
    /// A table without a column of texts.
    NoTextColumn,
    /// A PDF whose pages are pictures, or whose fonts don't say their characters.
    NoTextLayer,
    /// Elements or archives within each other beyond the limit.
    TooDeep,
    /// More bytes than the limit.
    TooLarge,
    /// More pages than the limit.
    TooManyPages,
    /// More seconds than the limit.
    TooSlow,
    /// Bytes that no encoding fits.
    UnknownEncoding,
    /// A file whose ending no format has.
    UnknownFormat,
    /// More bytes unpacked than the limits.
    UnpacksTooLarge,
    /// A file or folder that the system doesn't let us read.
    Unreadable,
}

impl Reason {
    /// The code in the column `reason` of `rejected.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::BadJson => "bad_json",
            Reason::Binary => "binary",
            Reason::Damaged => "damaged",
            Reason::DanglingLink => "dangling_link",
            Reason::DuplicateId => "duplicate_id",
            Reason::Empty => "empty",
            Reason::Encrypted => "encrypted",
            Reason::LibraryFailed => "library_failed",
            Reason::LinkToFolder => "link_to_folder",
            Reason::NotAFile => "not_a_file",
            Reason::NoTextColumn => "no_text_column",
            Reason::NoTextLayer => "no_text_layer",
            Reason::TooDeep => "too_deep",
            Reason::TooLarge => "too_large",
            Reason::TooManyPages => "too_many_pages",
            Reason::TooSlow => "too_slow",
            Reason::UnknownEncoding => "unknown_encoding",
            Reason::UnknownFormat => "unknown_format",
            Reason::UnpacksTooLarge => "unpacks_too_large",
            Reason::Unreadable => "unreadable",
        }
    }
}

/// An input that gave no document: a row of `rejected.csv`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rejection {
    /// Key of the input: its path below the corpus root; a line of a JSONL file adds `#` and its id or number.
    pub path: String,
    /// Why.
    pub reason: Reason,
    /// What was found and what to do about it.
    pub detail: String,
}

impl Rejection {
    pub(super) fn new(path: &str, reason: Reason, detail: impl Into<String>) -> Self {
        Rejection { path: path.to_owned(), reason, detail: detail.into() }
    }

    pub(super) fn of_io(path: &str, error: &Error) -> Self {
        let advice = match error.kind() {
            ErrorKind::PermissionDenied => "give yourself the right to read it",
            ErrorKind::NotFound => "it vanished while the corpus was read; run again",
            _ => "see to it that it can be read, or remove it",
        };
        Rejection::new(path, Reason::Unreadable, format!("{error}; {advice}"))
    }
}

/// A corpus that can't be listed.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// Nothing stands at this path.
    #[error("there is no corpus at {}; name a folder of reports or one report with --corpus", .0.display())]
    Missing(PathBuf),
    /// It is neither a folder nor a file.
    #[error("{} is neither a folder nor a file; name a folder of reports with --corpus", .0.display())]
    NotAFolder(PathBuf),
    /// The file has a format that is not read.
    #[error("{}: {detail}", .path.display())]
    UnknownFormat {
        /// The file.
        path: PathBuf,
        /// The formats that are read.
        detail: String,
    },
    /// The system refuses.
    #[error("{} can't be read ({source}); give yourself the right to read it, or name another folder", .path.display())]
    Unreadable {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: Error,
    },
}
