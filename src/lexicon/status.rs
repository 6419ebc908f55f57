//! Words that tell what was done from what is planned.

use rustc_hash::FxHashMap;

use crate::model::Status;

use super::{Faults, Files};

/// Words of deeds and plans.
#[derive(Debug, Default)]
pub struct StatusWords {
    words: FxHashMap<String, Status>,
    headings: Vec<String>,
}

impl StatusWords {
    pub(super) fn compile(files: &Files, faults: &mut Faults) -> Self {
        let mut words = FxHashMap::default();
        for row in files.table("status.csv", &["word", "status"], faults) {
            let status = match row.cell(1) {
                "done" => Status::Done,
                "planned" => Status::Planned,
                other => {
                    faults.add(&row.file, row.line, format!("`{other}` is no status"), "write done or planned");
                    continue;
                }
            };
            words.insert(row.cell(0).to_owned(), status);
        }
        let headings = files.list("plan_headings.txt", faults).into_iter().map(|(_, word)| word).collect();
        StatusWords { words, headings }
    }

    /// What a word tells by itself.
    pub fn of(&self, word: &str) -> Status {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// A word of plans stands in `text`.
    pub fn tells_plan(&self, text: &str) -> bool {
        text.contains('将')
            || self.words.iter().any(|(word, status)| *status == Status::Planned && text.contains(word.as_str()))
    }

    /// The heading announces plans.
    pub fn announces_plans(&self, heading: &str) -> bool {
        self.headings.iter().any(|word| heading.contains(word.as_str()))
    }
}
