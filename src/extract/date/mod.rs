//! Date expressions: days, months, years, ranges, lengths of time, repeated times.
//!
//! Two steps: [`DateGrammar::scan`] parses what the wording says, without any context; [`DateGrammar::resolve`] reads
//! the result against its document: the year of a bare 12月25日 (25 December), of 全年 (the whole year), of 上年 (the
//! year before).

mod calendar;
mod length;
mod numeral;
mod point;
mod resolve;
mod scan;
#[cfg(test)]
mod tests;
mod topic;
mod written;
mod year;

use self::scan::Marks;
use crate::lexicon::{DateWords, Lexicon};
use crate::model::{Clean, CleanText, DateContext, DateExpression, DateMention};

/// The grammar of dates over a table of date words.
#[derive(Clone, Debug)]
pub struct DateGrammar {
    words: DateWords,
    marks: Marks,
}

impl DateGrammar {
    /// A grammar over the lexicon's date words.
    pub fn new(lexicon: &Lexicon) -> Self {
        let words = lexicon.dates.clone();
        let marks = Marks::new(&words);
        DateGrammar { words, marks }
    }

    /// The date expressions of a text: ascending, without overlap. Linear in the length of the text.
    pub fn scan(&self, text: &CleanText) -> Vec<DateExpression> {
        scan::Scanner::new(text.chars(), &self.words).run(&self.marks)
    }

    /// Reads expressions, as [`Self::scan`] gives them for the same text, against their document. An expression that
    /// names no possible day (2月30日) gives no mention; one that the whole document leaves open gives one without days.
    pub fn resolve(
        &self,
        text: &CleanText,
        found: &[DateExpression],
        context: &DateContext,
    ) -> Vec<DateMention<Clean>> {
        resolve::Resolver::new(text.chars(), &self.words, context).run(found)
    }
}
