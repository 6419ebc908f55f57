//! Lists of plain words.

use rustc_hash::FxHashSet;

use super::{Faults, Files};

/// Words that a rule or a table needs by their meaning.
#[derive(Debug, Default)]
pub struct Lists {
    /// Words that word counts leave out.
    pub stopwords: FxHashSet<String>,
    /// Words that deny what follows them in their clause.
    pub negators: FxHashSet<String>,
}

impl Lists {
    pub(super) fn compile(files: &Files, faults: &mut Faults) -> Self {
        let mut set = |name| files.list(name, faults).into_iter().map(|(_, word)| word).collect();
        Lists { stopwords: set("stopwords.txt"), negators: set("negators.txt") }
    }
}
