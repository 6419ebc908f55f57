//! From a number and the word that bounds it to the least and the greatest that is meant.

use rust_decimal::Decimal;

use super::phrase::Phrase;
use crate::lexicon::Bound;
use crate::model::{Modifier, QuantityKind};

/// Value and bounds as the gold annotations give them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    pub modifier: Modifier,
    pub value: Option<Decimal>,
    pub min: Option<Decimal>,
    pub max: Option<Decimal>,
}

/// Bounds of counts step by one (300余 is 301 and more); money, per cent and measures keep the open bound.
pub(super) fn of(phrase: &Phrase<'_>) -> Bounds {
    let value = phrase.value;
    if let Some(upper) = phrase.upper {
        return Bounds { modifier: Modifier::Range, value: None, min: Some(value), max: Some(upper) };
    }
    let step =
        if phrase.kind == QuantityKind::Cardinal && value.fract().is_zero() { Decimal::ONE } else { Decimal::ZERO };
    let (modifier, min, max) = match phrase.bound {
        None => (Modifier::Exact, Some(value), Some(value)),
        Some(Bound::Approx) => (Modifier::Approx, None, None),
        Some(Bound::AtLeast | Bound::Power) => (Modifier::AtLeast, Some(value), None),
        Some(Bound::AtMost) => (Modifier::AtMost, None, Some(value)),
        Some(Bound::MoreThan) => (Modifier::MoreThan, value.checked_add(step), None),
        Some(Bound::LessThan) => (Modifier::LessThan, None, value.checked_sub(step)),
    };
    Bounds { modifier, value: Some(value), min, max }
}
