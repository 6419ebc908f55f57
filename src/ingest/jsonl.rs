//! JSON Lines: one document a line.
//!
//! An object holds `text` and may hold `id`, `title`, `publisher` (or `organisation`), `reference_date` (or
//! `published`), `period` (or `period_from` and `period_to`) and `format` (`txt`, `md`); other names say nothing. The
//! key of a document is the file's, `#`, and its id, or the number of its line in seven digits.

use rustc_hash::FxHashSet;
use serde_json::{Map, Value};

use super::decode::without_nul;
use super::given::{Field, Told};
use super::text::{self, Markup};
use super::{RawFile, Reader, Reason, Rejection, sha256};
use crate::lexicon::Faults;
use crate::model::{Document, Format};

pub(super) const READER: Reader =
    Reader { format: Format::Jsonl, extensions: &["jsonl", "ndjson"], guarded: false, read };

fn read(file: &RawFile, faults: &mut Faults) -> Vec<Result<Document, Rejection>> {
    let (text, encoding) = match file.decode() {
        Ok(decoded) => decoded,
        Err(rejection) => return vec![Err(rejection)],
    };
    let mut ids = FxHashSet::default();
    let mut documents = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line = Line { file: &file.key, number: at + 1, text: line };
        documents.push(line.document(encoding, &mut ids, faults));
    }
    documents.sort_by_cached_key(super::key_of);
    documents
}

/// One line of a file.
struct Line<'t> {
    file: &'t str,
    number: usize,
    text: &'t str,
}

impl Line<'_> {
    fn document(
        &self,
        encoding: &'static str,
        ids: &mut FxHashSet<String>,
        faults: &mut Faults,
    ) -> Result<Document, Rejection> {
        let numbered = format!("{:07}", self.number);
        let reject = |id: &str, reason, problem: String| {
            let detail = format!("line {}: {problem}", self.number);
            Err(Rejection::new(&format!("{}#{id}", self.file), reason, detail))
        };
        let fields: Map<String, Value> = match serde_json::from_str(self.text.trim_start_matches('\u{feff}')) {
            Ok(fields) => fields,
            Err(error) => return reject(&numbered, Reason::BadJson, format!("{error}; write one JSON object a line")),
        };
        let id = match fields.get("id").map(scalar) {
            None => numbered.clone(),
            Some(Some(id)) if id.is_empty() => numbered.clone(),
            Some(Some(id)) => id,
            Some(None) => return reject(&numbered, Reason::BadJson, "`id` is neither text nor number".into()),
        };
        let Some(text) = fields.get("text").and_then(Value::as_str) else {
            return reject(&id, Reason::BadJson, "there is no `text`; write {\"text\": \"…\"}".into());
        };
        if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
            return reject(&id, Reason::Empty, "`text` is empty".into());
        }
        let markup = match fields.get("format").and_then(Value::as_str) {
            Some("md" | "markdown") => Markup::Markdown,
            _ => Markup::Detect,
        };
        if !ids.insert(id.clone()) {
            return reject(
                &id,
                Reason::DuplicateId,
                format!("the id `{id}` stands further up; give each line its own"),
            );
        }
        let key = format!("{}#{id}", self.file);
        let told = self.told(&fields, faults);
        let document = text::document(
            &key,
            (without_nul(text.to_owned()), encoding),
            sha256(self.text.as_bytes()),
            markup,
            faults,
        );
        let given = super::over(told, document.given);
        Ok(Document { format: Format::Jsonl, given, ..document })
    }

    fn told(&self, fields: &Map<String, Value>, faults: &mut Faults) -> crate::model::Given {
        let mut told = Told::default();
        for (name, value) in fields {
            let Some(field) = Field::named(name) else { continue };
            match scalar(value) {
                Some(value) => told.take(field, &value, self.file, self.number, faults),
                None => {
                    faults.add(self.file, self.number, format!("`{name}` is no text"), "write it in quotation marks")
                }
            }
        }
        told.finish(self.file, self.number, faults)
    }
}

/// A string, free of NUL, or a number as written; null is the same as nothing.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(without_nul(text.clone())),
        Value::Number(number) => Some(number.to_string()),
        Value::Null => Some(String::new()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Vec<String>, Faults) {
        let mut faults = Faults::default();
        let file = RawFile::new("a/b.jsonl", text.as_bytes().to_vec());
        let shown = |document: Result<Document, Rejection>| match document {
            Ok(document) => format!("{} {}", document.key, document.text),
            Err(rejection) => format!("{} !{}", rejection.path, rejection.reason.as_str()),
        };
        (read(&file, &mut faults).into_iter().map(shown).collect(), faults)
    }

    #[test]
    fn lines_become_documents_in_order_of_their_keys() {
        let text = "\u{feff}{\"id\":\"z\",\"text\":\"甲\"}\r\n\n{\"text\":\"乙\",\"id\":null}\n{\"id\":17,\"text\":\"丙\",\"其他\":[1]}\n[1]\n{\"id\":\"z\",\"text\":\"丁\"}\n{\"id\":\"x\"}\n{\"text\":\" \"}\n{\"id\":[],\"text\":\"戊\"}\n{\"text\":\"\\ud800\"}\n{\"text\":5}\nnull";
        let expected = [
            "a/b.jsonl#0000003 乙",
            "a/b.jsonl#0000005 !bad_json",
            "a/b.jsonl#0000008 !empty",
            "a/b.jsonl#0000009 !bad_json",
            "a/b.jsonl#0000010 !bad_json",
            "a/b.jsonl#0000011 !bad_json",
            "a/b.jsonl#0000012 !bad_json",
            "a/b.jsonl#17 丙",
            "a/b.jsonl#x !bad_json",
            "a/b.jsonl#z 甲",
            "a/b.jsonl#z !duplicate_id",
        ];
        assert_eq!(read_text(text).0, expected);
    }

    #[test]
    fn fields_are_told() {
        let text = r##"{"id":"1","text":"---\ntitle: 题\ndate: 2020\n---\n# 甲","organisation":"某协会","reference_date":"2024-12-25T08:00","period":2024,"format":"md"}
{"id":"2","text":"甲","published":"昨天","title":["题"]}"##;
        let mut faults = Faults::default();
        let file = RawFile::new("b.jsonl", text.as_bytes().to_vec());
        let documents: Vec<Document> = read(&file, &mut faults).into_iter().map(Result::unwrap).collect();
        let first = &documents[0];
        assert_eq!(first.given.title.as_deref(), Some("题"));
        assert_eq!(first.given.publisher.as_deref(), Some("某协会"));
        assert_eq!(first.given.published.map(|date| date.to_string()).as_deref(), Some("2024-12-25"));
        assert_eq!(first.given.period.map(|(from, _)| from.year), Some(2024));
        assert_eq!(first.blocks.as_ref().map(Vec::len), Some(1));
        assert_eq!(first.format, Format::Jsonl);
        assert_eq!(first.sha256, sha256(text.lines().next().unwrap().as_bytes()));
        assert_eq!(documents[1].given, crate::model::Given::default());
        assert_eq!(documents[1].blocks, None);
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2, 2], "{faults}");
    }
}
