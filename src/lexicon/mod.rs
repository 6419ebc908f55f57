//! Dictionaries read, checked and compiled: everything that a rule needs a list of words for.
//!
//! The dictionaries in `dictionaries/` are part of the binary. A folder given by the user replaces a file of the same
//! name (`terms.csv`) or extends it (`terms.extend.csv`). Every fault is collected; a lexicon with a fault is not built.

use std::sync::Arc;

mod dates;
mod endings;
mod events;
mod fault;
mod files;
mod general;
mod indicators;
mod lists;
mod moments;
mod name_words;
mod organisations;
mod pairs;
mod persons;
mod places;
mod reports;
mod rule_words;
mod status;
mod terms;
mod units;
mod variants;
mod words;

pub use dates::{DateWord, DateWords};
pub use endings::Endings;
pub use events::{EventHead, EventNeeds, EventWords};
pub use fault::{Fault, Faults};
pub use files::{Files, List, Row, Table, line_of};
pub use general::{GeneralWord, GeneralWords};
pub use indicators::{Indicator, IndicatorRule, Indicators, UnitRules};
pub use lists::Lists;
pub use moments::{MomentRole, MomentWords};
pub use name_words::{NameClass, NameClasses, NameWords};
pub use organisations::{KnownBody, NameCues, Needs, Organisations, Suffix};
pub use pairs::{PairSieve, pair};
pub use persons::{CueRole, Persons, PrefixUse, SurnameStrength, TitleKind, TitleKinds};
pub use places::{CharSigns, POINTS, Places, Sign};
pub use reports::{Reports, TypeRule};
pub use rule_words::{Anchor, RuleSet, WordHit, WordSet};
pub use status::StatusWords;
pub use terms::{Term, TermDictionary};
pub use units::{Bound, BoundWord, QuantityWords, Role, Unit, UnitKind};
pub use variants::Variants;
pub use words::{CharSet, Lookup, Words};

/// All dictionaries, compiled.
#[derive(Debug)]
pub struct Lexicon {
    /// Traditional characters and their simplified forms.
    pub variants: Variants,
    /// The general words of Chinese.
    pub general: GeneralWords,
    /// Terms and their names.
    pub terms: TermDictionary,
    /// What names of organisations are made of.
    pub organisations: Organisations,
    /// What names of people are made of, and what stands around them.
    pub persons: Persons,
    /// The words of names and around them, with all that those two say of each.
    pub name_words: NameWords,
    /// What each character may begin or end of names.
    pub signs: CharSigns,
    /// Words that tell what a report is.
    pub reports: Reports,
    /// Words that tell deeds from plans.
    pub status: StatusWords,
    /// Lists of plain words.
    pub lists: Lists,
    /// Words of dates.
    pub dates: DateWords,
    /// Words that tell when a number is told of.
    pub moments: MomentWords,
    /// Figures that are followed over the years, and the rules that find them.
    pub indicators: Indicators,
    /// Nouns that end names of events and the words around them.
    pub events: EventWords,
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
        files.strangers(&mut faults);
        let terms = TermDictionary::compile(files, &mut faults);
        let organisations = Organisations::compile(files, &mut faults);
        let persons = Persons::compile(files, &mut faults);
        let events = EventWords::compile(files, &mut faults);
        let lexicon = Lexicon {
            variants: Variants::new(),
            general: GeneralWords::compile(files, &mut faults),
            terms,
            name_words: name_words::compile(&organisations, &persons),
            signs: places::compile(&organisations, &persons, &events),
            organisations,
            persons,
            reports: Reports::compile(files, &mut faults),
            status: StatusWords::compile(files, &mut faults),
            lists: Lists::compile(files, &mut faults),
            dates: DateWords::compile(files, &mut faults),
            moments: MomentWords::compile(files, &mut faults),
            indicators: Indicators::compile(files, &mut faults),
            events,
            quantities: Arc::new(QuantityWords::read(files, &mut faults)),
        };
        faults.into_result(lexicon)
    }
}
