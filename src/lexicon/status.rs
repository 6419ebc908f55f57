//! Words that tell what was done from what is planned.

use rustc_hash::FxHashMap;

use crate::model::Status;

use super::{CharSet, Faults, Files, Words};

/// Words of deeds and plans.
#[derive(Debug, Default)]
pub struct StatusWords {
    words: FxHashMap<String, Status>,
    /// Characters that begin one of them, and 将 (will).
    first: CharSet,
    plans: Words<()>,
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
        let first = words.keys().filter_map(|word| word.chars().next()).chain(['将']).collect();
        let planned = words.iter().filter(|(_, status)| **status == Status::Planned).map(|(word, _)| word.clone());
        let plans = Words::new(planned.chain(["将".to_owned()]).map(|word| (word, ())));
        StatusWords { words, first, plans, headings }
    }

    /// A word that begins with `c` may tell something, or be 将.
    pub fn may_begin_with(&self, c: char) -> bool {
        self.first.contains(c)
    }

    /// What a word tells by itself.
    pub fn of(&self, word: &str) -> Status {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// A word of plans, or 将, stands in `chars`.
    pub fn tells_plan(&self, chars: &[char]) -> bool {
        (0..chars.len()).any(|at| self.plans.longest(chars, at).is_some())
    }

    /// The heading announces plans.
    pub fn announces_plans(&self, heading: &str) -> bool {
        self.headings.iter().any(|word| heading.contains(word.as_str()))
    }
}
