//! Files become documents: walked, decoded, read by format, with the metadata that is told.
//!
//! [`walk`] lists the inputs of a corpus, [`read`] turns one of them into its documents, [`Sidecar`] adds what
//! `metadata.csv` tells. Nothing here looks at what a text says. An input that gives no document gives a [`Rejection`];
//! only a corpus that can't be listed at all is an error.
//!
//! A new format is one new file with a `READER`, its line in `READERS`, and its variant of [`Format`].

mod archive;
mod compose;
mod csv;
mod decode;
mod detect;
mod doc;
mod docx;
mod duplicate;
mod extracted;
mod flow;
mod front_matter;
mod given;
mod guard;
mod html;
mod jsonl;
mod labels;
mod limits;
mod loose;
mod markdown;
mod odt;
mod pdf;
mod rejection;
mod rtf;
mod sidecar;
mod tags;
mod text;
mod unpack;
mod walk;
mod xml;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::Read as _;

use sha2::{Digest, Sha256};

pub use decode::decode;
pub use duplicate::{Originals, Signature};
pub use extracted::write_text;
pub use given::over;
pub use limits::Limits;
pub use loose::looks_like_markdown;
pub use rejection::{IngestError, Reason, Rejection};
pub use sidecar::Sidecar;
pub use walk::{IGNORE_FILE, Input, Listing, METADATA_FILE, Packed, walk};

use crate::lexicon::Faults;
use crate::model::{Document, Format, Given};

/// Every format that is read.
const READERS: &[Reader] = &[
    text::READER,
    markdown::READER,
    jsonl::READER,
    csv::READER,
    html::READER,
    docx::READER,
    doc::READER,
    odt::READER,
    rtf::READER,
    pdf::READER,
];

/// How files of one format become documents.
struct Reader {
    format: Format,
    /// Endings of file names, in lower case.
    extensions: &'static [&'static str],
    /// A library reads it, which may panic or hang.
    guarded: bool,
    read: fn(&RawFile, &mut Faults) -> Vec<Result<Document, Rejection>>,
}

impl Reader {
    fn of(format: Format) -> &'static Reader {
        READERS.iter().find(|reader| reader.format == format).unwrap_or(&text::READER)
    }

    /// The format that files with this ending (without its dot, any case) are read as.
    fn format_of(extension: &str) -> Option<Format> {
        let extension = extension.to_ascii_lowercase();
        READERS.iter().find(|reader| reader.extensions.contains(&extension.as_str())).map(|reader| reader.format)
    }
}

/// A file's bytes before they are decoded.
#[derive(Clone, Debug)]
struct RawFile {
    key: String,
    bytes: Vec<u8>,
    limits: Limits,
    /// Archives that it lies in.
    within: u32,
}

impl RawFile {
    #[cfg(test)]
    fn new(key: &str, bytes: Vec<u8>) -> Self {
        RawFile { key: key.to_owned(), bytes, limits: Limits::default(), within: 0 }
    }

    fn decode(&self) -> Result<decode::Decoded, Rejection> {
        decode(&self.bytes).map_err(|fault| self.reject(fault))
    }

    fn reject(&self, (reason, detail): (Reason, String)) -> Rejection {
        Rejection::new(&self.key, reason, detail)
    }
}

/// What one file gave.
#[derive(Debug, Default)]
pub struct Reading {
    /// Its documents and what of it was rejected, by key.
    pub documents: Vec<Result<Document, Rejection>>,
    /// Told metadata that can't be used; the documents stand without it.
    pub faults: Faults,
}

impl Reading {
    fn rejected(rejection: Rejection) -> Self {
        Reading { documents: vec![Err(rejection)], faults: Faults::default() }
    }

    fn append(&mut self, other: Reading) {
        self.documents.extend(other.documents);
        self.faults.append(other.faults);
    }
}

/// Reads one file. Whatever is wrong with it becomes a rejection.
pub fn read(input: &Input, limits: &Limits) -> Reading {
    match load(input, limits) {
        Ok(bytes) => read_named(&input.key, bytes, input.format, input.packed, limits),
        Err(rejection) => Reading::rejected(rejection),
    }
}

/// Reads a file whose bytes are at hand; `format` and `packed` are what its name says.
pub fn read_named(key: &str, bytes: Vec<u8>, format: Format, packed: Packed, limits: &Limits) -> Reading {
    let file = RawFile { key: key.to_owned(), bytes, limits: *limits, within: 0 };
    if packed == Packed::No {
        return read_packed(file, format, packed);
    }
    guarded(file, move |file| read_packed(file, format, packed))
}

/// What `work` makes of a file, or why it was stopped.
fn guarded(file: RawFile, work: impl FnOnce(RawFile) -> Reading + Send + 'static) -> Reading {
    let (key, seconds) = (file.key.clone(), file.limits.seconds);
    let (reason, detail) = match guard::run(seconds, move || work(file)) {
        Ok(reading) => return reading,
        Err(guard::Stopped::Panicked(said)) => {
            (Reason::LibraryFailed, format!("what reads its format failed ({said}); save it in another format"))
        }
        Err(guard::Stopped::TooSlow) => {
            (Reason::TooSlow, format!("not read within {seconds} seconds; split it or raise --max-seconds"))
        }
    };
    Reading::rejected(Rejection::new(&key, reason, detail))
}

fn read_packed(file: RawFile, format: Format, packed: Packed) -> Reading {
    match packed {
        Packed::Gzip => archive::read_gzip(&file),
        Packed::Zip => archive::read_zip(&file),
        Packed::No => {
            let reader = Reader::of(detect::format(format, &file.bytes));
            let read = |file: &RawFile| {
                let mut faults = Faults::default();
                let documents = (reader.read)(file, &mut faults);
                Reading { documents, faults }
            };
            if reader.guarded { guarded(file, move |file| read(&file)) } else { read(&file) }
        }
    }
}

/// The key that a document or rejection is sorted by.
fn key_of(document: &Result<Document, Rejection>) -> String {
    match document {
        Ok(document) => document.key.clone(),
        Err(rejection) => rejection.path.clone(),
    }
}

/// A document from a text at hand. Markdown is read as such where `format` says so or, without a format, where the text
/// looks like it. What is `given` wins over front matter.
pub fn from_text(key: &str, text: String, format: Option<Format>, given: Given) -> Document {
    let sha256 = sha256(text.as_bytes());
    let decoded = (text, "UTF-8");
    let markup = match format {
        Some(Format::Markdown) => text::Markup::Markdown,
        _ => text::Markup::Detect,
    };
    let document = text::document(key, decoded, sha256, markup, &mut Faults::default());
    let given = over(given, document.given);
    Document { format: format.unwrap_or(Format::Jsonl), given, ..document }
}

fn load(input: &Input, limits: &Limits) -> Result<Vec<u8>, Rejection> {
    let limit = limits.file_bytes;
    let reject = |reason, detail: String| Err(Rejection::new(&input.key, reason, detail));
    let unreadable = |error: std::io::Error| Rejection::of_io(&input.key, &error);
    // A pipe would never end; asked before it is opened.
    if !std::fs::metadata(&input.path).map_err(unreadable)?.is_file() {
        return reject(Reason::NotAFile, "neither a file nor a folder; remove it or name it in .wenmaiignore".into());
    }
    let file = File::open(&input.path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    let mut bytes = Vec::new();
    if length <= limit {
        // room for one byte more, so that the end is found without asking for more memory
        let _ = bytes.try_reserve_exact(usize::try_from(length).unwrap_or_default().saturating_add(1));
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    }
    if length.max(bytes.len() as u64) > limit {
        return reject(Reason::TooLarge, format!("larger than {limit} bytes; split it or raise --max-file-bytes"));
    }
    Ok(bytes)
}

/// SHA-256, hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        for nibble in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(u32::from(nibble), 16).unwrap_or_default());
        }
        hex
    })
}
