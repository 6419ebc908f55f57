//! Lists of plain words.

use rustc_hash::FxHashSet;

use super::{Faults, Files, Lookup};

/// Words that a rule or a table needs by their meaning.
#[derive(Debug, Default)]
pub struct Lists {
    /// Words that word counts leave out.
    pub stopwords: Lookup,
    /// Words that deny what follows them in their clause.
    pub negators: FxHashSet<String>,
    /// Words in the title of a notice that announces what lies ahead.
    pub announcing: Vec<String>,
}

impl Lists {
    pub(super) fn compile(files: &Files, faults: &mut Faults) -> Self {
        let mut words = |name| files.list(name, faults).into_iter().map(|(_, word)| word);
        Lists {
            stopwords: words("stopwords.txt").collect(),
            negators: words("negators.txt").collect(),
            announcing: words("announcing.txt").collect(),
        }
    }
}
