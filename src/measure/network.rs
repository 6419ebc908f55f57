//! Who is named with whom: organisations in one sentence, and organisers of one event.

use rustc_hash::FxHashMap;

use crate::model::{Name, Record};

use super::period::Period;

/// Most organisations of a sentence that are held to have to do with each other: longer ones are lists of names.
const MOST_OF_SENTENCE: usize = 12;

/// What two organisations have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tie {
    /// Sentences in which both are named.
    pub sentences: u32,
    /// Documents in which they are so.
    pub documents: u32,
    /// Events that both hold: namings of them.
    pub events: u32,
    /// First and last period of those sentences and events.
    pub periods: Option<(Period, Period)>,
}

impl Tie {
    fn merge(&mut self, other: Tie) {
        self.sentences += other.sentences;
        self.documents += other.documents;
        self.events += other.events;
        self.periods = match (self.periods, other.periods) {
            (Some((from, to)), Some((first, last))) => Some((from.min(first), to.max(last))),
            (own, other) => own.or(other),
        };
    }
}

/// Ties of pairs of organisations, by numbers that something else gives their names.
#[derive(Clone, Debug, Default)]
pub struct NetworkTally {
    ties: FxHashMap<(u32, u32), Tie>,
}

impl NetworkTally {
    /// Adds one document, whose names are canonical over the corpus; `periods` are those of its sentences, `number` gives
    /// the numbers of names.
    pub fn add(&mut self, record: &Record<'_>, periods: &[Option<Period>], mut number: impl FnMut(Name) -> u32) {
        let mut sentences = record.text.sentence_finder();
        let mentions: Vec<(usize, u32)> =
            record.organisations.iter().map(|m| (sentences.at(m.span), number(m.name))).collect();
        let mut of_document: Vec<(u32, u32)> = Vec::new();
        for same in mentions.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            let period = periods.get(same[0].0).copied().flatten();
            for pair in pairs(same.iter().map(|(_, number)| *number)) {
                self.tie(pair, Tie { sentences: 1, periods: period.map(|p| (p, p)), ..Tie::default() });
                of_document.push(pair);
            }
        }
        for event in record.events.iter().filter(|event| event.organisers.len() > 1) {
            let period = periods.get(sentences.at(event.span)).copied().flatten();
            for pair in pairs(event.organisers.iter().map(|organiser| number(organiser.name))) {
                self.tie(pair, Tie { events: 1, periods: period.map(|p| (p, p)), ..Tie::default() });
            }
        }
        of_document.sort_unstable();
        of_document.dedup();
        for pair in of_document {
            self.tie(pair, Tie { documents: 1, ..Tie::default() });
        }
    }

    fn tie(&mut self, pair: (u32, u32), tie: Tie) {
        self.ties.entry(pair).or_default().merge(tie);
    }

    /// Adds other documents, whose organisations have these numbers here.
    pub fn merge(&mut self, other: NetworkTally, numbers: &[u32]) {
        for ((a, b), tie) in other.ties {
            let (a, b) = (numbers[a as usize], numbers[b as usize]);
            self.tie((a.min(b), a.max(b)), tie);
        }
    }

    /// Every tie by the names, the smaller name first.
    pub fn ties<'n>(&self, name: impl Fn(u32) -> &'n str) -> Vec<(&'n str, &'n str, Tie)> {
        let named = |(&(a, b), tie): (&(u32, u32), &Tie)| {
            let (a, b) = (name(a), name(b));
            (a.min(b), a.max(b), *tie)
        };
        let mut ties: Vec<_> = self.ties.iter().map(named).collect();
        ties.sort_unstable_by_key(|(a, b, _)| (*a, *b));
        ties
    }
}

/// Pairs of different names, none of a list.
fn pairs(numbers: impl Iterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() > MOST_OF_SENTENCE {
        return Vec::new();
    }
    let behind = |at: usize| numbers[at + 1..].iter().copied();
    numbers.iter().enumerate().flat_map(|(at, &a)| behind(at).map(move |b| (a, b))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::interner::Interner;

    fn tally(names: &mut Interner, sentences: &[&[&str]], year: &str) -> NetworkTally {
        let mut tally = NetworkTally::default();
        let period: Period = year.parse().unwrap();
        for named in sentences {
            for pair in pairs(named.iter().map(|name| names.number(name))) {
                tally.tie(pair, Tie { sentences: 1, periods: Some((period, period)), ..Tie::default() });
            }
        }
        tally
    }

    #[test]
    fn pairs_of_one_sentence_are_tied_and_lists_are_not() {
        let many: Vec<String> = (0..MOST_OF_SENTENCE + 1).map(|n| n.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let mut names = Interner::default();
        let tally = tally(&mut names, &[&["乙", "甲", "乙"], &["甲", "乙", "丙"], &["甲"], &many], "2024");
        let ties = tally.ties(|number| names.name(number));
        let found: Vec<_> = ties.into_iter().map(|(a, b, tie)| (a, b, tie.sentences)).collect();
        assert_eq!(found, [("丙", "乙", 1), ("丙", "甲", 1), ("乙", "甲", 2)]);
    }

    #[test]
    fn parts_merge_to_the_whole_in_any_order() {
        let (mut first, mut second) = (Interner::default(), Interner::default());
        let one = tally(&mut first, &[&["乙", "甲"]], "2022");
        let other = tally(&mut second, &[&["丙", "甲"], &["甲", "乙"]], "2024");
        let merged = |(mut own, names): (NetworkTally, &Interner), (other, theirs): (NetworkTally, &Interner)| {
            let mut names = names.clone();
            own.merge(other, &names.take_over(theirs));
            own.merge(NetworkTally::default(), &[]);
            let ties = own.ties(|number| names.name(number));
            ties.into_iter().map(|(a, b, tie)| (a.to_owned(), b.to_owned(), tie)).collect::<Vec<_>>()
        };
        let both = merged((one.clone(), &first), (other.clone(), &second));
        assert_eq!(both, merged((other, &second), (one, &first)));
        let (_, _, tie) = both.iter().find(|(a, b, _)| (a.as_str(), b.as_str()) == ("乙", "甲")).unwrap();
        assert_eq!(tie.periods.map(|(a, b)| (a.to_string(), b.to_string())), Some(("2022".into(), "2024".into())));
    }
}
