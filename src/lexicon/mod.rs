//! Dictionaries read, checked and compiled: everything that a rule needs a list of words for.
//!
//! The dictionaries in `dictionaries/` are part of the binary. A folder given by the user replaces a file of the same
//! name (`terms.csv`) or extends it (`terms.extend.csv`). Every fault is collected; a lexicon with a fault is not built.

use std::sync::Arc;

mod fault;
mod files;
mod units;
mod words;

pub use fault::{Fault, Faults};
pub use files::{Files, List, Row, Table};
pub use units::{Bound, BoundWord, QuantityWords, Role, Unit, UnitKind};
pub use words::Words;

/// All dictionaries, compiled.
#[derive(Debug)]
pub struct Lexicon {
    /// Units, bounds and the words around numbers.
    pub quantities: Arc<QuantityWords>,
}

impl Lexicon {
    /// Compiles the dictionaries that ship, overlaid by those of `files`.
    ///
    /// # Errors
    /// All faults of all files, each with its line and what to write instead.
    pub fn compile(files: &Files) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let lexicon = Lexicon { quantities: Arc::new(QuantityWords::read(files, &mut faults)) };
        faults.into_result(lexicon)
    }
}
