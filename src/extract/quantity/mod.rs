//! Quantities: a number with its bounds and its unit, what it counts and the verb that governs it.
//!
//! One pass over the characters. A number is tried where a digit, a Chinese numeral or a bounding word begins
//! ([`phrase`], [`ordinal`]); what only looks like one is passed over ([`guard`]). What a number counts is read from the
//! words of its clause ([`clause`]). The conventions are those of the gold annotations (`corpus/gold/README.md`).

mod bare;
mod bounds;
mod clause;
mod cut;
mod guard;
mod money;
mod ordinal;
mod phrase;
mod range;
mod table;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use self::clause::{Clause, Counted};
use self::cut::Sources;
use self::phrase::{Phrase, Reader};
use crate::lexicon::{CharSet, Lexicon, QuantityWords};
use crate::model::{Clean, CleanText, QuantityMention, SourceText, Span, Token, Written};

/// Characters that tell at once that nothing begins at a place, which holds for most of a text.
#[derive(Clone, Debug)]
struct Starts {
    /// Those that a phrase, or what only looks like one, may begin with.
    phrases: CharSet,
    /// Those that a number or its sign may begin with.
    numbers: CharSet,
}

/// The grammar of quantities, compiled once a run.
#[derive(Clone, Debug)]
pub struct QuantityGrammar {
    words: Arc<QuantityWords>,
    starts: Starts,
}

impl QuantityGrammar {
    /// Takes the words of the lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let words = Arc::clone(&lexicon.quantities);
        let starts = Starts {
            phrases: CharSet::of(|c| phrase::may_begin(c, &words)),
            numbers: CharSet::of(phrase::begins_number),
        };
        QuantityGrammar { words, starts }
    }

    /// The quantities of a text, ascending, not overlapping.
    ///
    /// `tokens` are the words of the text. `source` is the document's text, from which units, objects and actions are
    /// written out. `covered` are dates, whose numbers are left out, and `names` spans inside proper names, whose
    /// quantities are marked; both ascend.
    pub fn scan(
        &self,
        text: &CleanText,
        tokens: &[Token],
        source: &SourceText<'_>,
        covered: &[Span<Clean>],
        names: &[Span<Clean>],
    ) -> Vec<QuantityMention<Clean>> {
        let phrases = Reader::new(text.chars(), &self.words, &self.starts).phrases(covered);
        if phrases.is_empty() {
            return Vec::new();
        }
        let written = |span: Span<Clean>| text.written(span, source);
        let mut clause = Clause::new(Sources { chars: text.chars(), tokens, words: &self.words, covered });
        let mut names = names.iter().peekable();
        let mut mentions = Vec::with_capacity(phrases.len());
        for phrase in &phrases {
            while names.next_if(|name| name.end() <= phrase.span.start()).is_some() {}
            let in_name = names.peek().is_some_and(|name| name.overlaps(phrase.span));
            let counted = clause.counted(phrase);
            mentions.push(mention(phrase, counted, in_name, written));
        }
        mentions
    }
}

fn mention(
    phrase: &Phrase<'_>,
    counted: Counted,
    in_name: bool,
    written: impl Fn(Span<Clean>) -> Written,
) -> QuantityMention<Clean> {
    let bounds = bounds::of(phrase);
    QuantityMention {
        span: phrase.span,
        numeral: phrase.numeral,
        kind: phrase.kind,
        value: bounds.value,
        min: bounds.min,
        max: bounds.max,
        modifier: bounds.modifier,
        unit: phrase.unit.map(&written),
        unit_code: phrase.code.filter(|code| !code.is_empty()).map(Written::from),
        object: counted.object.map(&written),
        action: counted.action.map(&written),
        in_name,
    }
}
