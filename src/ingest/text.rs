//! Plain text, which may hold marks of Markdown.

use super::{RawFile, Reader, Rejection, decode, front_matter, looks_like_markdown, markdown, sha256};
use crate::lexicon::Faults;
use crate::model::{Document, Format};

pub(super) const READER: Reader = Reader { format: Format::Text, extensions: &["txt", "text"], guarded: false, read };

/// Whether a text is read as Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// It is Markdown.
    Markdown,
    /// Its content decides.
    Detect,
}

fn read(file: &RawFile, faults: &mut Faults) -> Vec<Result<Document, Rejection>> {
    let document = |decoded| document(&file.key, decoded, sha256(&file.bytes), Markup::Detect, faults);
    vec![file.decode().map(document)]
}

/// A document whose text is at hand; its format is that of a text file.
pub(super) fn document(
    key: &str,
    (text, encoding): decode::Decoded,
    sha256: String,
    markup: Markup,
    faults: &mut Faults,
) -> Document {
    let front = front_matter::read(&text, key, faults);
    let marked_up = markup == Markup::Markdown || front.end > 0 || looks_like_markdown(&text);
    let blocks = marked_up.then(|| markdown::blocks(&text, front.end));
    Document {
        key: key.to_owned(),
        text,
        format: Format::Text,
        encoding,
        sha256,
        blocks,
        pages: Vec::new(),
        given: front.given,
    }
}
