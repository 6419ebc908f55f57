//! Words that tell what was done from what is planned.

use rustc_hash::FxHashMap;

use crate::model::Status;

use super::{Faults, Files, Words};

/// Words of deeds and plans.
#[derive(Debug, Default)]
pub struct StatusWords {
    words: Words<Status>,
    plans: Words<()>,
    headings: Words<()>,
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
        let planned = words.iter().filter(|(_, status)| **status == Status::Planned).map(|(word, _)| word.clone());
        let plans = Words::new(planned.chain(["将".to_owned()]).map(|word| (word, ())));
        let headings = files.list("plan_headings.txt", faults).into_iter().map(|(_, word)| (word, ()));
        let (words, headings) = (Words::new(words), Words::new(headings));
        StatusWords { words, plans, headings }
    }

    /// A word that begins with `c` may tell something, or be 将.
    #[inline]
    pub fn may_begin_with(&self, c: char) -> bool {
        self.words.first().contains(c) || c == '将'
    }

    /// What a word tells by itself.
    pub fn of(&self, word: &[char]) -> Status {
        let told = self.words.longest_where(word, 0, |length, _| length == word.len());
        told.map_or(Status::None, |(_, status)| *status)
    }

    /// A word of plans, or 将, stands in `chars`.
    pub fn tells_plan(&self, chars: &[char]) -> bool {
        holds(&self.plans, chars)
    }

    /// The heading announces plans.
    pub fn announces_plans(&self, heading: &[char]) -> bool {
        holds(&self.headings, heading)
    }
}

fn holds(words: &Words<()>, chars: &[char]) -> bool {
    (0..chars.len()).any(|at| words.longest(chars, at).is_some())
}
