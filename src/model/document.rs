//! A report as it was read from a file.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::PartialDate;

/// The format a document was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A line of a JSON Lines file.
    Jsonl,
    /// A row of a table.
    Csv,
    /// A web page.
    Html,
    /// Office Open XML.
    Docx,
    /// A Word file of 1997 to 2003.
    Doc,
    /// OpenDocument text.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// PDF.
    Pdf,
}

impl Format {
    /// As written in `documents.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Text => "txt",
            Format::Markdown => "md",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Doc => "doc",
            Format::Odt => "odt",
            Format::Rtf => "rtf",
            Format::Pdf => "pdf",
        }
    }
}

/// What front matter, `metadata.csv` or the caller says of a document; it wins over what is inferred from the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Title.
    pub title: Option<String>,
    /// Organisation that speaks or publishes.
    pub publisher: Option<String>,
    /// Day, month or year of publication.
    pub published: Option<PartialDate>,
    /// First and last day of the period under review.
    pub period: Option<(PartialDate, PartialDate)>,
}

/// What a block of marked-up text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph, an item of a list, a caption.
    Paragraph,
    /// A row of a table.
    TableRow,
}

/// A run of marked-up text that belongs together; the marks between its pieces are no part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Byte ranges of `Document::text` in ascending order; none is empty, no two touch, except at a cell's border.
    /// A line break that the author typed stays inside a piece. Character references (`&amp;`) stay as written.
    pub pieces: Vec<Range<usize>>,
    /// For a row of a table, the piece that each of its cells begins with, as an index; empty for other blocks.
    /// An empty cell begins where the next one does.
    pub cells: Vec<usize>,
}

impl Block {
    /// The pieces of each cell of a row, one empty slice for an empty cell; a block that is no row is one cell.
    pub fn cells(&self) -> impl Iterator<Item = &[Range<usize>]> {
        let starts: &[usize] = if self.cells.is_empty() { &[0] } else { &self.cells };
        let ends = starts.iter().skip(1).copied().chain([self.pieces.len()]);
        starts.iter().zip(ends).map(|(&start, end)| &self.pieces[start..end])
    }
}

/// A report: decoded text and what is known of it before it is read.
#[derive(Clone, Debug)]
pub struct Document {
    /// Path below the corpus root with `/`; a line of a JSONL file adds `#` and its id.
    pub key: String,
    /// Decoded text as it stands, or the text taken out of the file: the source that all output offsets point into.
    pub text: String,
    /// Format it was read from.
    pub format: Format,
    /// Name of the encoding it was decoded from, such as `UTF-8` or `GB18030`.
    pub encoding: &'static str,
    /// SHA-256 of the bytes of the file (of the line for JSONL), hexadecimal.
    pub sha256: String,
    /// Blocks of marked-up text; `None` for plain text, whose lines are all there is.
    pub blocks: Option<Vec<Block>>,
    /// The character that each page begins with, ascending; empty for formats without pages.
    pub pages: Vec<u32>,
    /// Metadata that is told, not inferred.
    pub given: Given,
}
