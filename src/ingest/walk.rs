//! The files of a corpus, in a fixed order.
//!
//! A corpus is a folder with its subfolders, or one file. Hidden files and folders are passed over, and so is what a
//! file [`IGNORE_FILE`] names (syntax of `.gitignore`, in any folder of the corpus): notes, annotations, scripts that
//! live beside the reports. `metadata.csv` at the root tells of the documents and is none itself. Every other entry is
//! an input or a rejection. Links to files are read, links to folders are not followed.

use std::fs;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};
use rustc_hash::FxHashSet;

use super::{IngestError, READERS, Reader, Reason, Rejection};
use crate::model::Format;

/// Name of the files that say what is no part of the corpus.
pub const IGNORE_FILE: &str = ".wenmaiignore";

/// Name of the file at the root of a corpus that tells of its documents.
pub const METADATA_FILE: &str = "metadata.csv";

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where it is.
    pub path: PathBuf,
    /// Path below the root with `/`. Bytes of a name that are no UTF-8 stand as U+FFFD; where two keys would be the
    /// same, the second ends with `~2`.
    pub key: String,
    /// Size in bytes when it was listed.
    pub bytes: u64,
    /// The format its name says; of a `.gz` that of what lies in it.
    pub format: Format,
    /// How it is packed, by its name.
    pub packed: Packed,
}

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packed {
    /// Not at all.
    No,
    /// One file, compressed.
    Gzip,
    /// An archive of files.
    Zip,
}

/// What stands in a corpus.
#[derive(Debug, Default)]
pub struct Listing {
    /// Files to read, by the bytes of their keys; the key of a file of many documents (JSONL, CSV, ZIP) counts as if
    /// `#` stood behind it, so that documents are in the order of their own keys.
    pub inputs: Vec<Input>,
    /// What can't be read, by path.
    pub rejections: Vec<Rejection>,
    /// `metadata.csv` at the root, unless the ignore file names it.
    pub metadata: Option<PathBuf>,
}

/// Lists a corpus; what stands at or below a path of `skip` (the output folder) is left out.
///
/// # Errors
/// A root that is missing, can't be read, is neither folder nor file, or is one file of a format that is not read.
pub fn walk(root: &Path, skip: &[PathBuf]) -> Result<Listing, IngestError> {
    let unreadable = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::NotFound => IngestError::Missing(root.to_owned()),
        _ => IngestError::Unreadable { path: root.to_owned(), source },
    };
    let metadata = fs::metadata(root).map_err(unreadable)?;
    if metadata.is_file() {
        return single(root, metadata.len());
    }
    if !metadata.is_dir() {
        return Err(IngestError::NotAFolder(root.to_owned()));
    }
    fs::read_dir(root).map_err(unreadable)?;
    let mut listing = Listing::default();
    for entry in entries(root, skip) {
        match entry {
            Ok(entry) => sort_in(root, &entry, &mut listing),
            Err(error) => listing.rejections.push(unlisted(root, &error)),
        }
    }
    listing.inputs.sort_by(|a, b| sort_key(a).cmp(sort_key(b)).then_with(|| a.path.cmp(&b.path)));
    for (key, count) in repeated(&listing.inputs) {
        listing.inputs[key].key.push_str(&format!("~{count}"));
    }
    reject_disguised(&mut listing);
    listing.rejections.sort();
    Ok(listing)
}

/// A corpus of one file.
fn single(path: &Path, bytes: u64) -> Result<Listing, IngestError> {
    let Some((format, packed)) = format_of(path) else {
        return Err(IngestError::UnknownFormat { path: path.to_owned(), detail: supported() });
    };
    let key = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Listing { inputs: vec![Input { path: path.to_owned(), key, bytes, format, packed }], ..Listing::default() })
}

fn entries(root: &Path, skip: &[PathBuf]) -> ignore::Walk {
    // Links are not followed, so an entry's place below the root is enough to know it by.
    let real_root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let below = |path: &PathBuf| Some(fs::canonicalize(path).ok()?.strip_prefix(&real_root).ok()?.to_owned());
    let skip: Vec<PathBuf> = skip.iter().filter_map(below).filter(|path| path != Path::new("")).collect();
    let base = root.to_owned();
    WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .add_custom_ignore_filename(IGNORE_FILE)
        .filter_entry(move |entry| {
            !entry.path().strip_prefix(&base).is_ok_and(|path| skip.iter().any(|skipped| skipped == path))
        })
        .build()
}

/// Puts an entry where it belongs; folders need no place.
fn sort_in(root: &Path, entry: &DirEntry, listing: &mut Listing) {
    let path = entry.path();
    let key = key_of(root, path);
    if let Some(error) = entry.error() {
        let detail = format!("{error}; write the patterns of {IGNORE_FILE} as in .gitignore");
        listing.rejections.push(Rejection::new(&key, Reason::Unreadable, detail));
    }
    let Some(kind) = entry.file_type().filter(|kind| !kind.is_dir()) else { return };
    let reject = |reason, detail: &str| Rejection::new(&key, reason, detail);
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if kind.is_symlink() && error.kind() == std::io::ErrorKind::NotFound => {
            let rejection = reject(Reason::DanglingLink, "a link to a file that isn't there; remove or mend it");
            return listing.rejections.push(rejection);
        }
        Err(error) => return listing.rejections.push(Rejection::of_io(&key, &error)),
    };
    if metadata.is_dir() {
        let detail = "links to folders are not followed; move the folder here or run over it";
        return listing.rejections.push(reject(Reason::LinkToFolder, detail));
    }
    if !metadata.is_file() {
        let detail = format!("neither a file nor a folder; remove it or name it in {IGNORE_FILE}");
        return listing.rejections.push(reject(Reason::NotAFile, &detail));
    }
    if key == METADATA_FILE {
        return listing.metadata = Some(path.to_owned());
    }
    match format_of(path) {
        Some((format, packed)) => {
            listing.inputs.push(Input { path: path.to_owned(), key, bytes: metadata.len(), format, packed });
        }
        None => listing.rejections.push(reject(Reason::UnknownFormat, &supported())),
    }
}

fn unlisted(root: &Path, error: &ignore::Error) -> Rejection {
    fn path(error: &ignore::Error) -> Option<&Path> {
        match error {
            ignore::Error::WithPath { path, .. } => Some(path),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path(err),
            _ => None,
        }
    }
    let key = path(error).map_or_else(|| ".".to_owned(), |path| key_of(root, path));
    match error.io_error() {
        Some(error) => Rejection::of_io(&key, error),
        None => Rejection::new(&key, Reason::Unreadable, error.to_string()),
    }
}

fn key_of(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let key = below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    if key.is_empty() { ".".to_owned() } else { key }
}

fn format_of(path: &Path) -> Option<(Format, Packed)> {
    // a name that is no UTF-8 may have an ending that is
    named(&path.file_name()?.to_string_lossy())
}

/// What a name says of a file.
pub(super) fn named(name: &str) -> Option<(Format, Packed)> {
    let (stem, ending) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty())?;
    if ending.eq_ignore_ascii_case("zip") {
        return Some((Format::Text, Packed::Zip));
    }
    if ending.eq_ignore_ascii_case("gz") {
        let (_, ending) = stem.rsplit_once('.')?;
        return Some((Reader::format_of(ending)?, Packed::Gzip));
    }
    Some((Reader::format_of(ending)?, Packed::No))
}

fn supported() -> String {
    let endings: Vec<String> = READERS.iter().flat_map(|r| r.extensions).map(|ending| format!(".{ending}")).collect();
    format!("no format has this ending; use {}, .gz, .zip, or name the file in {IGNORE_FILE}", endings.join(", "))
}

/// A file named `a.jsonl#1.txt` beside `a.jsonl` would be called as a document of that file may be.
fn reject_disguised(listing: &mut Listing) {
    let many: FxHashSet<String> =
        listing.inputs.iter().filter(|input| holds_many(input)).map(|i| i.key.clone()).collect();
    let Listing { inputs, rejections, .. } = listing;
    inputs.retain(|input| {
        let file = input.key.match_indices('#').map(|(at, _)| &input.key[..at]).find(|file| many.contains(*file));
        if let Some(file) = file {
            let detail = format!("a document of {file} may have this name; name the file without #");
            rejections.push(Rejection::new(&input.key, Reason::DuplicateId, detail));
        }
        file.is_none()
    });
}

fn holds_many(input: &Input) -> bool {
    matches!(input.format, Format::Jsonl | Format::Csv) || input.packed == Packed::Zip
}

fn sort_key(input: &Input) -> impl Iterator<Item = u8> {
    let mark = holds_many(input).then_some(b'#');
    input.key.bytes().chain(mark)
}

/// Inputs whose key stood before (names that differ in bytes that are no UTF-8), with their number.
fn repeated(inputs: &[Input]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut count = 1;
    for at in 1..inputs.len() {
        count = if inputs[at].key == inputs[at - 1].key { count + 1 } else { 1 };
        if count > 1 {
            found.push((at, count));
        }
    }
    found
}
