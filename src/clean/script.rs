//! Traditional characters to simplified ones, for matching; output keeps what is written.

use crate::lexicon::Variants;

use super::draft::Draft;

/// The script of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Simplified characters.
    Hans,
    /// Traditional characters.
    Hant,
    /// Both.
    Mixed,
}

impl Script {
    /// As written in `documents.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Script::Hans => "hans",
            Script::Hant => "hant",
            Script::Mixed => "mixed",
        }
    }
}

/// Share of Chinese characters that are traditional from which a document counts as mixed, and as traditional.
/// Names keep a traditional character here and there in simplified text (a surname 樑): far under 1 %.
const MIXED: f64 = 0.02;
const TRADITIONAL: f64 = 0.15;

/// Tells the script, and simplifies the characters where it is not simplified already.
pub(super) fn simplify(draft: &mut Draft, variants: &Variants) -> Script {
    let han = draft.pieces.iter().filter(|p| ('\u{3400}'..='\u{9fff}').contains(&p.c)).count();
    let traditional = draft.pieces.iter().filter(|p| variants.is_traditional(p.c)).count();
    let share = traditional as f64 / han.max(1) as f64;
    if share < MIXED {
        return Script::Hans;
    }
    for piece in &mut draft.pieces {
        piece.c = variants.simplified(piece.c);
    }
    if share < TRADITIONAL { Script::Mixed } else { Script::Hant }
}
