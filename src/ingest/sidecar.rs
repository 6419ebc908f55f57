//! `metadata.csv`: what the keeper of a corpus tells of its documents.
//!
//! Columns in any order: `path` (or `file`: a document's key; that of a JSONL file stands for all its lines), `title`,
//! `organisation` (or `publisher`), `published` (or `date`), `period`, or `period_from` and `period_to`. Other columns
//! say nothing, empty cells neither. It wins over front matter, which wins over what is inferred.

use std::collections::BTreeMap;
use std::path::Path;

use csv::{ReaderBuilder, StringRecord, Trim};

use super::given::{Field, Told, over};
use super::{Listing, decode};
use crate::lexicon::{Faults, line_of};
use crate::model::{Document, Given};

/// What `metadata.csv` tells, by key.
#[derive(Clone, Debug, Default)]
pub struct Sidecar {
    file: String,
    rows: BTreeMap<String, (usize, Given)>,
}

/// What a column holds.
enum Column {
    Path,
    Told(Field),
    Other,
}

impl Sidecar {
    /// Reads the file; what can't be used is left out and becomes a fault.
    pub fn read(path: &Path, faults: &mut Faults) -> Self {
        let file = path.display().to_string();
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                faults.add(
                    &file,
                    0,
                    format!("can't be read ({error})"),
                    "make it a file that can be read, or remove it",
                );
                return Sidecar { file, ..Sidecar::default() };
            }
        };
        match decode(&bytes) {
            Ok((text, _)) => Self::parse(&file, &text, faults),
            Err((_, detail)) => {
                faults.add(&file, 0, "is no table", detail);
                Sidecar { file, ..Sidecar::default() }
            }
        }
    }

    fn parse(file: &str, text: &str, faults: &mut Faults) -> Self {
        let mut sidecar = Sidecar { file: file.to_owned(), rows: BTreeMap::new() };
        let mut reader =
            ReaderBuilder::new().has_headers(false).flexible(true).trim(Trim::All).from_reader(text.as_bytes());
        let mut columns: Option<Vec<Column>> = None;
        let mut record = StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    faults.add(file, reader.position().line() as usize, error.to_string(), "write one row a line");
                    break;
                }
            }
            let line = record.position().map_or(0, |position| line_of(position, text));
            match &columns {
                None => {
                    let header: Vec<Column> = record.iter().map(column).collect();
                    if !header.iter().any(|column| matches!(column, Column::Path)) {
                        faults.add(
                            file,
                            line,
                            "there is no column `path`",
                            "write path,title,organisation,published,period",
                        );
                        break;
                    }
                    columns = Some(header);
                }
                Some(columns) => sidecar.take(columns, &record, line, faults),
            }
        }
        sidecar
    }

    fn take(&mut self, columns: &[Column], record: &StringRecord, line: usize, faults: &mut Faults) {
        if record.iter().all(str::is_empty) {
            return;
        }
        let mut told = Told::default();
        let mut key = String::new();
        for (column, cell) in columns.iter().zip(record) {
            match column {
                Column::Path if key.is_empty() => key = cell.replace('\\', "/").trim_start_matches("./").to_owned(),
                Column::Told(field) => told.take(*field, cell, &self.file, line, faults),
                Column::Path | Column::Other => {}
            }
        }
        let given = told.finish(&self.file, line, faults);
        if key.is_empty() {
            faults.add(&self.file, line, "names no document", "write its path below the corpus");
        } else if let Some((first, _)) = self.rows.get(&key) {
            faults.add(&self.file, line, format!("`{key}` stands in line {first} already"), "write one row a document");
        } else {
            self.rows.insert(key, (line, given));
        }
    }

    /// Adds what is told of a document; it wins over what the document's file says.
    pub fn apply(&self, document: &mut Document) {
        let own = self.rows.get(&document.key);
        let file = file_of(&document.key);
        for (_, given) in file.and_then(|file| self.rows.get(file)).into_iter().chain(own) {
            document.given = over(given.clone(), std::mem::take(&mut document.given));
        }
    }

    /// Adds a fault for each row whose document is not in the corpus.
    pub fn strangers(&self, listing: &Listing, faults: &mut Faults) {
        let inputs = listing.inputs.iter().map(|input| input.key.as_str());
        let known: std::collections::BTreeSet<&str> =
            inputs.chain(listing.rejections.iter().map(|rejection| rejection.path.as_str())).collect();
        let is_known = |key: &str| known.contains(key) || file_of(key).is_some_and(|file| known.contains(file));
        for (key, (line, _)) in self.rows.iter().filter(|(key, _)| !is_known(key)) {
            faults.add(&self.file, *line, format!("no document `{key}`"), "write its path below the corpus, with `/`");
        }
    }

    /// Number of documents it tells of.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// It tells of none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// The file of many documents that a key belongs to.
fn file_of(key: &str) -> Option<&str> {
    key.match_indices('#').map(|(at, _)| &key[..at]).find(|file| {
        let ending = file.rsplit('.').find(|part| !part.eq_ignore_ascii_case("gz")).unwrap_or_default();
        ["jsonl", "ndjson", "csv", "tsv", "zip"].iter().any(|many| ending.eq_ignore_ascii_case(many))
    })
}

fn column(name: &str) -> Column {
    match name.to_ascii_lowercase().as_str() {
        "path" | "file" | "document" => Column::Path,
        name => Field::named(name).map_or(Column::Other, Column::Told),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Input, Reason, Rejection, from_text};
    use super::*;
    use crate::model::Format;

    const TABLE: &str = "\u{feff}damage,File,organisation,title,period_to,period_from,published\n\
        x,a.txt,某协会,\"甲,乙\",2022-12-31,2022-01-01,2023-01\n\
        ,b\\c.md,,,,2022,昨天\n\
        \n\
        ,a.txt,别的,,,,\n\
        ,,无名,,,,\n\
        ,lines.jsonl,全体,,,,2020\n\
        ,lines.jsonl#7,一个\n\
        ,gone.txt,某会,,,,\n\
        ,bad.txt,某会,,,,\n";

    #[test]
    fn rows_are_told_and_faults_have_lines() {
        let mut faults = Faults::default();
        let sidecar = Sidecar::parse("metadata.csv", TABLE.trim_start_matches('\u{feff}'), &mut faults);
        let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [3, 3, 5, 6], "{faults}");
        assert_eq!(sidecar.len(), 6);

        let inner = Given { title: Some("内".into()), publisher: Some("内会".into()), ..Given::default() };
        let mut document = from_text("b/c.md", "正文".into(), None, inner.clone());
        sidecar.apply(&mut document);
        assert_eq!(document.given, inner);
        document.key = "a.txt".into();
        sidecar.apply(&mut document);
        assert_eq!(document.given.title.as_deref(), Some("甲,乙"));
        assert_eq!(document.given.publisher.as_deref(), Some("某协会"));
        assert_eq!(
            document.given.period.map(|(from, to)| format!("{from} {to}")).as_deref(),
            Some("2022-01-01 2022-12-31")
        );
        for (key, publisher) in [("lines.jsonl#7", "一个"), ("lines.jsonl#8", "全体")] {
            let mut document = from_text(key, "正文".into(), None, Given::default());
            sidecar.apply(&mut document);
            assert_eq!(document.given.publisher.as_deref(), Some(publisher));
            assert_eq!(document.given.published.map(|date| date.year), Some(2020));
        }
    }

    #[test]
    fn rows_without_a_document_are_faults() {
        let mut faults = Faults::default();
        let sidecar = Sidecar::parse("metadata.csv", TABLE.trim_start_matches('\u{feff}'), &mut faults);
        let input = |key: &str| Input {
            path: key.into(),
            key: key.into(),
            bytes: 0,
            format: Format::Text,
            packed: super::super::Packed::No,
        };
        let listing = Listing {
            inputs: ["a.txt", "b/c.md", "lines.jsonl"].map(input).into(),
            rejections: vec![Rejection::new("bad.txt", Reason::Empty, "")],
            metadata: None,
        };
        let mut faults = Faults::default();
        sidecar.strangers(&listing, &mut faults);
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [9], "{faults}");
    }

    #[test]
    fn what_is_no_table_is_one_fault() {
        for text in ["title,organisation\na,b\n", "path\n\"a\n", "正文"] {
            let mut faults = Faults::default();
            Sidecar::parse("metadata.csv", text, &mut faults);
            assert!(faults.len() <= 1, "{faults}");
        }
        let mut faults = Faults::default();
        assert!(Sidecar::read(Path::new("/nowhere/metadata.csv"), &mut faults).is_empty());
        assert_eq!(faults.len(), 1);
    }
}
