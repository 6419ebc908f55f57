//! A report in the making: what sections take from, and what they add to.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Language;
use super::collect::{Collector, Place};
use super::figure::Figure;
use super::pool::{Pool, Sentence};
use super::words::Words;
use crate::output::Aggregates;

/// How much of a corpus the report shows; the rest is counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caps {
    /// Sentences.
    pub sentences: usize,
    /// Terms of the table of trends.
    pub trends: usize,
    /// Terms of each publisher.
    pub terms: usize,
    /// Latest periods of a table or chart.
    pub periods: usize,
    /// Figures of indicators of each publisher.
    pub figures: usize,
    /// Small charts side by side.
    pub charts: usize,
    /// Partners and key terms of each publisher.
    pub partners: usize,
    /// Documents of each publisher.
    pub documents: usize,
    /// Other organisations.
    pub others: usize,
    /// Organisations of the network.
    pub nodes: usize,
    /// Ties of the network.
    pub ties: usize,
    /// Terms of a comparison.
    pub compared: usize,
    /// Rows of each list about the quality of the data.
    pub findings: usize,
}

impl Caps {
    pub const FULL: Caps = Caps {
        sentences: 12_000,
        trends: 200,
        terms: 14,
        periods: 12,
        figures: 100,
        charts: 6,
        partners: 12,
        documents: 40,
        others: 60,
        nodes: 44,
        ties: 140,
        compared: 20,
        findings: 40,
    };

    /// Half of everything that a text may make long.
    pub fn halved(self) -> Caps {
        Caps {
            sentences: self.sentences / 2,
            trends: self.trends / 2,
            terms: self.terms / 2,
            figures: self.figures / 2,
            documents: self.documents / 2,
            others: self.others / 2,
            ties: self.ties / 2,
            compared: self.compared / 2,
            findings: self.findings / 2,
            ..self
        }
    }
}

/// A count and the numbers of sentences behind it, commas between.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Count {
    pub n: u64,
    pub at: String,
}

/// Something of which the report shows a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Omission {
    pub what: &'static str,
    pub shown: usize,
    pub all: usize,
}

/// What sections take from and add to.
pub(super) struct Draft<'r> {
    pub aggregates: &'r Aggregates<'r>,
    pub collector: &'r Collector<'r>,
    pub words: Words,
    pub caps: Caps,
    pub pool: Pool,
    /// Charts by the id of their element.
    pub figures: BTreeMap<String, Figure>,
    pub omissions: Vec<Omission>,
}

impl<'r> Draft<'r> {
    pub fn new(aggregates: &'r Aggregates<'r>, collector: &'r Collector<'r>, language: Language, caps: Caps) -> Self {
        Draft {
            aggregates,
            collector,
            words: Words::of(language),
            caps,
            pool: Pool::new(caps.sentences),
            figures: BTreeMap::new(),
            omissions: Vec::new(),
        }
    }

    /// A count that leads to the sentences at these places.
    pub fn count(&mut self, n: u64, places: &[Place]) -> Count {
        Count { n, at: self.leads(places) }
    }

    /// Numbers of the sentences at these places, commas between.
    pub fn leads(&mut self, places: &[Place]) -> String {
        self.pool.want(places).iter().map(u32::to_string).collect::<Vec<_>>().join(",")
    }

    /// The number of a sentence whose text is at hand, or nothing.
    pub fn lead(&mut self, sentence: Sentence) -> String {
        self.pool.give(sentence).map(|number| number.to_string()).unwrap_or_default()
    }

    /// Adds a chart; gives the id of its element.
    pub fn draw(&mut self, id: String, figure: Figure) -> String {
        self.figures.insert(id.clone(), figure);
        id
    }

    /// Keeps the first `most` and says how many there were.
    pub fn cut<T>(&mut self, what: &'static str, items: &mut Vec<T>, most: usize) {
        let all = items.len();
        items.truncate(most);
        self.omit(what, items.len(), all);
    }

    /// Says that only a part is shown; parts of the same kind add up.
    pub fn omit(&mut self, what: &'static str, shown: usize, all: usize) {
        match self.omissions.iter_mut().find(|omission| omission.what == what) {
            Some(omission) => {
                omission.shown += shown;
                omission.all += all;
            }
            None => self.omissions.push(Omission { what, shown, all }),
        }
    }
}

/// The least text that a period needs to be drawn: a tenth of the median. One mention in a few lines is a rate that
/// would make every other look like nothing.
pub(super) fn least_text(sizes: impl Iterator<Item = u64>) -> u64 {
    let mut sizes: Vec<u64> = sizes.collect();
    sizes.sort_unstable();
    sizes.get(sizes.len() / 2).map_or(0, |median| median / 10)
}

/// Whole numbers with a comma every three digits.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A computed number for reading: three digits that count, at most two decimals more than it needs.
pub(super) fn readable(number: f64) -> String {
    let decimals = match number.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 0.1 || size == 0.0 => 2,
        _ => 3,
    };
    let text = format!("{number:.decimals$}");
    // a rounded -0.000 has no sign
    if text.trim_start_matches(['-', '0', '.']).is_empty() { text.replace('-', "") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (12_345_678, "12,345,678")] {
            assert_eq!(grouped(number), text);
        }
        for (number, text) in [(0.0, "0.00"), (123.4, "123"), (12.34, "12.3"), (-0.00001, "0.000"), (-0.5, "-0.50")] {
            assert_eq!(readable(number), text);
        }
    }
}
