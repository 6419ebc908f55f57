//! What a corpus says of each organisation.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::OrganisationKind;

use super::interner::Interner;
use super::period::Period;

/// What the corpus says of one organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganisationTally {
    /// Mentions by name.
    pub mentions: u64,
    /// Documents that mention it.
    pub documents: u64,
    /// Documents that it publishes.
    pub published: u64,
    /// Names other than the canonical one.
    pub aliases: BTreeMap<String, u64>,
    /// Organisations that it is said to be a part of.
    pub parents: BTreeMap<String, u64>,
    /// Kinds that its mentions say it is.
    pub kinds: BTreeMap<OrganisationKind, u64>,
    /// First and last period of a sentence that mentions it.
    pub periods: Option<(Period, Period)>,
    /// Sentences in which it and a term stand.
    pub terms: FxHashMap<(u32, Period), u32>,
}

impl OrganisationTally {
    /// Counts a short name as written, if it is another than `name` but for blanks.
    pub(super) fn add_alias(&mut self, written: &str, name: &str) {
        let written: Cow<'_, str> = match written.contains(char::is_whitespace) {
            true => Cow::Owned(written.split_whitespace().collect()),
            false => Cow::Borrowed(written),
        };
        if written != name {
            count(&mut self.aliases, &written);
        }
    }

    pub(super) fn add_parent(&mut self, parent: &str) {
        count(&mut self.parents, parent);
    }

    fn merge(&mut self, other: OrganisationTally) {
        self.mentions += other.mentions;
        self.documents += other.documents;
        self.published += other.published;
        add_counts(&mut self.aliases, other.aliases);
        add_counts(&mut self.parents, other.parents);
        add_counts(&mut self.kinds, other.kinds);
        widen_by(&mut self.periods, other.periods);
        for (key, count) in other.terms {
            *self.terms.entry(key).or_default() += count;
        }
    }
}

/// Organisations by canonical name, and by numbers that differ from thread to thread.
#[derive(Clone, Debug, Default)]
pub struct Organisations {
    names: Interner,
    /// By number.
    tallies: Vec<OrganisationTally>,
}

/// The order in which names came plays no part.
impl PartialEq for Organisations {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(name, tally)| other.get(name) == Some(tally))
    }
}

impl Eq for Organisations {}

impl Organisations {
    /// How many.
    pub fn len(&self) -> usize {
        self.tallies.len()
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        self.tallies.is_empty()
    }

    /// What is said of the organisation of a name.
    pub fn get(&self, name: &str) -> Option<&OrganisationTally> {
        self.names.known(name).and_then(|number| self.tallies.get(number as usize))
    }

    /// All with their names, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &OrganisationTally)> {
        self.tallies.iter().zip(0..).map(|(tally, number)| (self.names.name(number), tally))
    }

    /// The number of an organisation, which is one of them from now on.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        let number = self.names.number(name);
        if number as usize == self.tallies.len() {
            self.tallies.push(OrganisationTally::default());
        }
        number
    }

    /// What is said of the organisation of a number that was given here.
    pub(super) fn of(&mut self, number: u32) -> &mut OrganisationTally {
        &mut self.tallies[number as usize]
    }

    /// The name of a number that was given here.
    pub(super) fn name(&self, number: u32) -> &str {
        self.names.name(number)
    }

    /// Adds those of other documents; gives the numbers here by their numbers there.
    pub(super) fn merge(&mut self, other: Organisations) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(other.tallies.len());
        for (tally, number) in other.tallies.into_iter().zip(0..) {
            let own = self.number(other.names.name(number));
            self.of(own).merge(tally);
            numbers.push(own);
        }
        numbers
    }
}

/// Counts a text that is mostly known.
fn count(counts: &mut BTreeMap<String, u64>, text: &str) {
    match counts.get_mut(text) {
        Some(count) => *count += 1,
        None => drop(counts.insert(text.to_owned(), 1)),
    }
}

fn add_counts<K: Ord>(own: &mut BTreeMap<K, u64>, other: BTreeMap<K, u64>) {
    for (key, count) in other {
        *own.entry(key).or_default() += count;
    }
}

pub(super) fn widen(periods: &mut Option<(Period, Period)>, period: Option<Period>) {
    widen_by(periods, period.map(|period| (period, period)));
}

pub(super) fn widen_by(periods: &mut Option<(Period, Period)>, other: Option<(Period, Period)>) {
    *periods = match (*periods, other) {
        (Some((from, to)), Some((first, last))) => Some((from.min(first), to.max(last))),
        (known, None) => known,
        (None, new) => new,
    };
}
