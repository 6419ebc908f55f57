//! Tables of documents: one a row.
//!
//! A header names the columns: `text` (`content`, 正文, 内容, 全文: the text), `id` (编号: number), and those that tell
//! metadata, as in `metadata.csv`. Other columns say nothing. Commas, semicolons or tabs part the cells. The key of a
//! document is the file's, `#`, and its id, or the number of its row in seven digits.

use csv::{ReaderBuilder, StringRecord};
use rustc_hash::FxHashSet;

use super::given::{Field, Told};
use super::text::{self, Markup};
use super::{RawFile, Reader, Reason, Rejection, sha256};
use crate::lexicon::Faults;
use crate::model::{Document, Format};

pub(super) const READER: Reader = Reader { format: Format::Csv, extensions: &["csv", "tsv"], guarded: false, read };

enum Column {
    Text,
    Id,
    Told(Field),
    Other,
}

fn column(name: &str) -> Column {
    match name.trim().trim_start_matches('\u{feff}').to_lowercase().as_str() {
        "text" | "content" | "fulltext" | "full_text" | "正文" | "内容" | "全文" => Column::Text,
        "id" | "编号" => Column::Id,
        name => Field::named(name).map_or(Column::Other, Column::Told),
    }
}

fn read(file: &RawFile, faults: &mut Faults) -> Vec<Result<Document, Rejection>> {
    let (text, encoding) = match file.decode() {
        Ok(decoded) => decoded,
        Err(rejection) => return vec![Err(rejection)],
    };
    let header_line = text.lines().next().unwrap_or_default();
    let count = |mark| header_line.matches(mark).count();
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|mark| count(char::from(*mark))).unwrap_or(b',');
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut table = Table { file, encoding, columns: Vec::new(), ids: FxHashSet::default(), faults };
    let mut documents = Vec::new();
    let mut record = StringRecord::new();
    for number in 0.. {
        match reader.read_record(&mut record) {
            Ok(true) if number == 0 => {
                table.columns = record.iter().map(column).collect();
                if !table.columns.iter().any(|column| matches!(column, Column::Text)) {
                    let detail = "no column is named text; name one text, or name the file in .wenmaiignore";
                    return vec![Err(file.reject((Reason::NoTextColumn, detail.to_owned())))];
                }
            }
            Ok(true) if record.iter().all(|cell| cell.trim().is_empty()) => {}
            Ok(true) => documents.push(table.document(number, &record)),
            Ok(false) => break,
            Err(error) => {
                documents.push(Err(
                    file.reject((Reason::Damaged, format!("row {number}: {error}; write one row a document")))
                ));
                break;
            }
        }
    }
    documents.sort_by_cached_key(super::key_of);
    documents
}

/// A file while its rows are read.
struct Table<'f> {
    file: &'f RawFile,
    encoding: &'static str,
    columns: Vec<Column>,
    ids: FxHashSet<String>,
    faults: &'f mut Faults,
}

impl Table<'_> {
    fn document(&mut self, number: usize, record: &StringRecord) -> Result<Document, Rejection> {
        let mut told = Told::default();
        let (mut id, mut text) = (String::new(), "");
        for (column, cell) in self.columns.iter().zip(record) {
            match column {
                Column::Text if text.is_empty() => text = cell,
                Column::Id if id.is_empty() => id = cell.trim().to_owned(),
                Column::Told(field) => told.take(*field, cell, &self.file.key, number + 1, self.faults),
                _ => {}
            }
        }
        if id.is_empty() {
            id = format!("{number:07}");
        }
        let key = format!("{}#{id}", self.file.key);
        let reject = |reason, problem: &str| Err(Rejection::new(&key, reason, format!("row {number}: {problem}")));
        if text.trim().is_empty() {
            return reject(Reason::Empty, "its text is empty");
        }
        if !self.ids.insert(id) {
            return reject(Reason::DuplicateId, "its id stands further up; give each row its own");
        }
        let decoded = (text.to_owned(), self.encoding);
        let document = text::document(&key, decoded, sha256(text.as_bytes()), Markup::Detect, self.faults);
        let given = super::over(told.finish(&self.file.key, number + 1, self.faults), document.given);
        Ok(Document { format: Format::Csv, given, ..document })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let file = RawFile::new("a.csv", text.as_bytes().to_vec());
        let shown = |document: Result<Document, Rejection>| match document {
            Ok(d) => format!("{} {} {}", d.key, d.text, d.given.title.unwrap_or_default()),
            Err(rejection) => format!("{} !{}", rejection.path, rejection.reason.as_str()),
        };
        read(&file, &mut Faults::default()).into_iter().map(shown).collect()
    }

    #[test]
    fn rows_become_documents() {
        let text = "\u{feff}编号,标题,正文,其他\nb,题,\"甲\n乙\",1\n,,丙\na,,\nb,,丁\n,,,\n";
        assert_eq!(shown(text), ["a.csv#0000002 丙 ", "a.csv#a !empty", "a.csv#b 甲\n乙 题", "a.csv#b !duplicate_id"]);
        assert_eq!(shown("id\ttext\n1\t甲,乙\n"), ["a.csv#1 甲,乙 "]);
        assert_eq!(shown("a,b\n1,2\n"), ["a.csv !no_text_column"]);
    }
}
