//! Where a prediction differs from an annotation.

use std::fmt;
use std::io::Write;

use serde::{Deserialize, Serialize};

use super::report::Report;
use super::rows::{Field, Kind};
use crate::model::{CharIndex, Source, Span};

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A field of the document as a whole.
    Field(Field),
    /// A mention.
    Mention(Kind),
    /// The thing that a quantity counts.
    Object,
}

impl Subject {
    /// As written in the table of differences, the same as in the table of figures.
    pub fn as_str(self) -> &'static str {
        match self {
            Subject::Field(field) => field.as_str(),
            Subject::Mention(kind) => kind.as_str(),
            Subject::Object => "quantity_objects",
        }
    }
}

/// How a prediction differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// Annotated, and nothing was found with this span.
    Missed,
    /// Found where nothing is annotated.
    Spurious,
    /// Found with the right span and another value.
    Value,
}

impl ErrorKind {
    /// As written in the table of differences.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorKind::Missed => "missed",
            ErrorKind::Spurious => "spurious",
            ErrorKind::Value => "value",
        }
    }
}

/// What one side says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Side {
    /// The text of the mention; empty for fields of the document.
    pub text: String,
    /// The normalised value: a name, a title, days, `value [min,max] modifier unit`, an object.
    pub value: String,
}

/// One difference. Sorted by document, then by place, then by subject.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Difference {
    /// The document's id.
    pub document: String,
    /// Where: the annotated span, else the predicted one; none for fields of the document.
    pub span: Option<Span<Source>>,
    /// What it is about.
    pub subject: Subject,
    /// How it differs.
    pub error: ErrorKind,
    /// What is annotated.
    pub expected: Option<Side>,
    /// What was found: for a missed row, the first predicted row that touches it.
    pub found: Option<Side>,
}

/// One line: `a 12..18 dates missed: expected 12月25日 = 2024-12-25, found 12月 = 2024-12-01/2024-12-31`.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.document)?;
        if let Some(span) = self.span {
            write!(f, " {}..{}", span.start(), span.end())?;
        }
        write!(f, " {} {}:", self.subject.as_str(), self.error.as_str())?;
        let sides = [("expected", &self.expected), ("found", &self.found)];
        for (at, (role, side)) in sides.iter().filter_map(|(role, side)| Some((role, side.as_ref()?))).enumerate() {
            let (text, value) = (side.text.escape_debug(), side.value.escape_debug());
            let (comma, equals) = (if at > 0 { "," } else { "" }, if side.text.is_empty() { "" } else { " = " });
            write!(f, "{comma} {role} {text}{equals}{value}")?;
        }
        Ok(())
    }
}

/// Characters of context on each side of a difference.
const CONTEXT: usize = 20;

const HEADER: [&str; 11] = [
    "document",
    "kind",
    "error",
    "start",
    "end",
    "expected_text",
    "found_text",
    "expected_value",
    "found_value",
    "before",
    "after",
];

impl Report {
    /// Writes the differences as a CSV table with 20 characters of context on each side, line breaks in the context as
    /// blanks. `text_of` gives the source text of a document by its id; without one the context stays empty.
    ///
    /// # Errors
    /// When `out` can't be written.
    pub fn write_csv(
        &self,
        out: impl Write,
        mut text_of: impl FnMut(&str) -> Option<String>,
    ) -> Result<(), csv::Error> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record(HEADER)?;
        for of_document in self.errors.chunk_by(|a, b| a.document == b.document) {
            let text = text_of(&of_document[0].document).unwrap_or_default();
            let index = CharIndex::new(&text);
            for difference in of_document {
                table.write_record(record(difference, &text, &index))?;
            }
        }
        Ok(table.flush()?)
    }
}

fn record(difference: &Difference, text: &str, index: &CharIndex) -> [String; HEADER.len()] {
    let offset = |at: fn(Span<Source>) -> usize| difference.span.map(|span| at(span).to_string()).unwrap_or_default();
    let side = |side: &Option<Side>| side.clone().map(|side| (side.text, side.value)).unwrap_or_default();
    let (expected_text, expected_value) = side(&difference.expected);
    let (found_text, found_value) = side(&difference.found);
    let [before, after] = difference.span.map(|span| context(span, text, index)).unwrap_or_default();
    [
        difference.document.clone(),
        difference.subject.as_str().to_owned(),
        difference.error.as_str().to_owned(),
        offset(Span::start),
        offset(Span::end),
        expected_text,
        found_text,
        expected_value,
        found_value,
        before,
        after,
    ]
}

/// What stands before and behind a span; offsets beyond the text are cut to it.
fn context(span: Span<Source>, text: &str, index: &CharIndex) -> [String; 2] {
    let cut = |start: usize, end: usize| {
        let end = end.min(index.chars());
        let around = index.slice(text, Span::new(start.min(end), end));
        around.replace(|c: char| c.is_control(), " ")
    };
    let (start, end) = (span.start(), span.end());
    [cut(start.saturating_sub(CONTEXT), start), cut(end, end.saturating_add(CONTEXT))]
}
