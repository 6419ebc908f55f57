//! Files become documents: walked, decoded, read by format, with the metadata that is told.
//!
//! [`walk`] lists the inputs of a corpus, [`read`] turns one of them into its documents, [`Sidecar`] adds what
//! `metadata.csv` tells. Nothing here looks at what a text says. An input that gives no document gives a [`Rejection`];
//! only a corpus that can't be listed at all is an error.
//!
//! A new format is one new file with a `READER`, its line in `READERS`, and its variant of [`Format`].

mod decode;
mod front_matter;
mod given;
mod html;
mod jsonl;
mod loose;
mod markdown;
mod rejection;
mod sidecar;
mod text;
mod walk;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::Read as _;

use sha2::{Digest, Sha256};

pub use decode::decode;
pub use given::over;
pub use loose::looks_like_markdown;
pub use rejection::{IngestError, Reason, Rejection};
pub use sidecar::Sidecar;
pub use walk::{IGNORE_FILE, Input, Listing, METADATA_FILE, walk};

use crate::lexicon::Faults;
use crate::model::{Document, Format, Given};

/// Every format that is read.
const READERS: &[Reader] = &[text::READER, markdown::READER, jsonl::READER];

/// How files of one format become documents.
struct Reader {
    format: Format,
    /// Endings of file names, in lower case.
    extensions: &'static [&'static str],
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
struct RawFile {
    key: String,
    bytes: Vec<u8>,
}

impl RawFile {
    fn decode(&self) -> Result<decode::Decoded, Rejection> {
        decode(&self.bytes).map_err(|(reason, detail)| Rejection::new(&self.key, reason, detail))
    }
}

/// How much is read at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file.
    pub file_bytes: u64,
}

/// 256 MiB a file.
impl Default for Limits {
    fn default() -> Self {
        Limits { file_bytes: 256 << 20 }
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

/// Reads one file. Whatever is wrong with it becomes a rejection.
pub fn read(input: &Input, limits: &Limits) -> Reading {
    let mut faults = Faults::default();
    let documents = match load(input, limits) {
        Ok(bytes) => {
            let file = RawFile { key: input.key.clone(), bytes };
            (Reader::of(input.format).read)(&file, &mut faults)
        }
        Err(rejection) => vec![Err(rejection)],
    };
    Reading { documents, faults }
}

/// A document from a text at hand. Markdown is read as such where `format` says so or, without a format, where the text
/// looks like it. What is `given` wins over front matter.
pub fn from_text(key: &str, text: String, format: Option<Format>, given: Given) -> Document {
    let sha256 = sha256(text.as_bytes());
    let decoded = (text, "UTF-8");
    let markup = match format {
        Some(Format::Markdown) => text::Markup::Markdown,
        Some(Format::Text | Format::Jsonl) | None => text::Markup::Detect,
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
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    }
    if length.max(bytes.len() as u64) > limit {
        return reject(Reason::TooLarge, format!("larger than {limit} bytes; split it or raise the limit"));
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
