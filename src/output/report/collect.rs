//! What the report wants of the documents themselves: where its figures stand, and what the corpus is made of.
//!
//! A collector is filled beside the tally, one a thread, and merges like it. It holds no text: of each figure it keeps
//! the first few places, and the report reads their sentences when it knows which figures it shows.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::measure::interner::Interner;
use crate::measure::period::{Granularity, Period};
use crate::measure::tally::{Tally, period_of};
use crate::model::{Aspect, Name, Record, Status, Text};

use super::few::{Few, First};

/// Places kept of a figure.
const PLACES: usize = 3;
/// Documents listed of one publisher, and of each finding about the quality of the data.
const DOCUMENTS: usize = 40;
/// Publishers that have a section of their own at most: those with the most text.
const PUBLISHERS: usize = 40;
/// Most organisations of a sentence that count as named together, as in the network.
const MOST_OF_SENTENCE: usize = 12;

/// A sentence of the corpus. Sorts as documents are sorted by their keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Number of the document among those of the run, copies included, from 0.
    pub document: u32,
    /// Number of the sentence in the document, from 0.
    pub sentence: u32,
}

/// The first few places of a figure.
pub(super) type Places = First<Place, PLACES>;

/// The publishers that have a section of their own.
#[derive(Clone, Debug, Default)]
pub struct Publishers {
    names: Vec<String>,
    numbers: FxHashMap<String, u32>,
    left_out: usize,
}

impl Publishers {
    /// Those with the most words, of the tally of words that the first pass leaves.
    pub fn of(words: &Tally) -> Self {
        let size =
            |cells: &BTreeMap<Period, _>| cells.values().map(|cell: &crate::measure::tally::Cell| cell.words).sum();
        let mut ranked: Vec<(u64, &String)> = words.cells.iter().map(|(name, cells)| (size(cells), name)).collect();
        ranked.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let left_out = ranked.len().saturating_sub(PUBLISHERS);
        let names: Vec<String> = ranked.into_iter().take(PUBLISHERS).map(|(_, name)| name.clone()).collect();
        let numbers = names.iter().cloned().zip(0..).collect();
        Publishers { names, numbers, left_out }
    }

    /// Names, the one with the most words first.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Publishers without a section.
    pub(super) fn left_out(&self) -> usize {
        self.left_out
    }
}

/// A document as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Listed {
    pub number: u32,
    pub key: String,
    pub title: String,
    pub report_type: &'static str,
    pub period: String,
    pub published: String,
    pub characters: u64,
}

/// Documents of one type and period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    pub documents: u64,
    pub characters: u64,
    pub places: Places,
}

/// What the corpus is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Overview {
    /// Documents that count.
    pub documents: u64,
    pub characters: u64,
    pub sentences: u64,
    pub repairs: u64,
    /// Documents that were repaired.
    pub repaired: u64,
    /// By period under review, if known, and type of report.
    pub shares: BTreeMap<(Option<Period>, &'static str), Share>,
    pub formats: BTreeMap<&'static str, u64>,
    pub encodings: BTreeMap<String, u64>,
    pub scripts: BTreeMap<String, u64>,
    /// Keys of copies and of what they are copies of.
    pub copies: Few<(u32, String, String), DOCUMENTS>,
    pub without_publisher: Few<(u32, String), DOCUMENTS>,
    pub without_period: Few<(u32, String), DOCUMENTS>,
}

/// Places and sums of a set of documents.
pub struct Collector<'p> {
    publishers: &'p Publishers,
    granularity: Granularity,
    names: Interner,
    /// By publisher, term and period; the last table is that of all publishers without a section.
    terms: Vec<FxHashMap<(u32, Period), Places>>,
    /// By number of the name.
    mentions: Vec<Places>,
    pairs: FxHashMap<(u32, u32), Places>,
    listed: FxHashMap<u32, Few<Listed, DOCUMENTS>>,
    pub(super) overview: Overview,
}

impl<'p> Collector<'p> {
    /// Nothing collected; the identity of [`Self::merge`].
    pub fn new(publishers: &'p Publishers, granularity: Granularity) -> Self {
        Collector {
            publishers,
            granularity,
            names: Interner::default(),
            terms: vec![FxHashMap::default(); publishers.names.len() + 1],
            mentions: Vec::new(),
            pairs: FxHashMap::default(),
            listed: FxHashMap::default(),
            overview: Overview::default(),
        }
    }

    /// Adds a document, the `number`th of the run, whose names are canonical over the corpus.
    pub fn add(&mut self, number: u32, record: &Record<'_>) {
        let document = &record.text.document;
        if let Some(original) = &document.duplicate_of {
            self.overview.copies.add((number, document.key.clone(), original.clone()));
            return;
        }
        self.add_overview(number, &record.text);
        self.add_terms(number, record);
        self.add_organisations(number, record);
    }

    fn add_overview(&mut self, number: u32, text: &Text<'_>) {
        let (document, profile) = (&text.document, &text.document.profile);
        let period = period_of(Aspect { period: profile.period, status: Status::None }, self.granularity);
        let overview = &mut self.overview;
        overview.documents += 1;
        overview.characters += document.characters;
        overview.sentences += text.sentences.len() as u64;
        overview.repairs += document.repairs;
        overview.repaired += u64::from(document.repairs > 0);
        let share = overview.shares.entry((period, profile.report_type.as_str())).or_default();
        share.documents += 1;
        share.characters += document.characters;
        share.places.add(Place { document: number, sentence: 0 });
        *overview.formats.entry(document.format.as_str()).or_default() += 1;
        for (counts, name) in [(&mut overview.encodings, &document.encoding), (&mut overview.scripts, &document.script)]
        {
            match counts.get_mut(name.as_str()) {
                Some(count) => *count += 1,
                None => drop(counts.insert(name.clone(), 1)),
            }
        }
        if period.is_none() {
            overview.without_period.add((number, document.key.clone()));
        }
        let Some(publisher) = &profile.publisher else {
            overview.without_publisher.add((number, document.key.clone()));
            return;
        };
        if let Some(publisher) = self.publishers.numbers.get(&publisher.name) {
            self.listed.entry(*publisher).or_default().add(Listed {
                number,
                key: document.key.clone(),
                title: profile.title.clone().unwrap_or_default(),
                report_type: profile.report_type.as_str(),
                period: period.map(|period| period.to_string()).unwrap_or_default(),
                published: profile.published.map(|day| day.to_string()).unwrap_or_default(),
                characters: document.characters,
            });
        }
    }

    fn add_terms(&mut self, number: u32, record: &Record<'_>) {
        let text = &record.text;
        let Some(publisher) = &text.document.profile.publisher else { return };
        let rest = self.publishers.names.len();
        let publisher = self.publishers.numbers.get(&publisher.name).map_or(rest, |number| *number as usize);
        let periods: Vec<Option<Period>> =
            text.sentences.iter().map(|told| period_of(told.aspect, self.granularity)).collect();
        let mut sentences = text.sentence_finder();
        let outer = record.terms.iter().filter(|mention| !mention.nested);
        let placed = outer.filter_map(|mention| {
            let sentence = sentences.at(mention.span);
            Some((mention.term, periods.get(sentence).copied().flatten()?, sentence as u32))
        });
        // of each term and period at once
        let mut placed: Vec<(u32, Period, u32)> = placed.collect();
        placed.sort_unstable();
        for same in placed.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (term, period, _) = same[0];
            let places = self.terms[publisher].entry((term, period)).or_default();
            same.iter().for_each(|(_, _, sentence)| places.add(Place { document: number, sentence: *sentence }));
        }
    }

    fn add_organisations(&mut self, number: u32, record: &Record<'_>) {
        let place = |sentence: usize| Place { document: number, sentence: sentence as u32 };
        let numbers: Vec<u32> = record.names().iter().map(|name| self.names.number(name)).collect();
        self.mentions.resize(self.names.len(), Places::default());
        let number_of = |name: Name| numbers.get(name.index()).copied().unwrap_or_default();
        let mut sentences = record.text.sentence_finder();
        let mentions: Vec<(usize, u32)> =
            record.organisations.iter().map(|m| (sentences.at(m.span), number_of(m.name))).collect();
        for (sentence, name) in &mentions {
            if let Some(places) = self.mentions.get_mut(*name as usize) {
                places.add(place(*sentence));
            }
        }
        for same in mentions.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            self.add_pairs(same.iter().map(|(_, name)| *name), place(same[0].0));
        }
        for event in record.events.iter().filter(|event| event.organisers.len() > 1) {
            let organisers = event.organisers.iter().map(|organiser| number_of(organiser.name));
            self.add_pairs(organisers, place(sentences.at(event.span)));
        }
    }

    fn add_pairs(&mut self, names: impl Iterator<Item = u32>, place: Place) {
        let mut names: Vec<u32> = names.collect();
        names.sort_unstable();
        names.dedup();
        if names.len() > MOST_OF_SENTENCE {
            return;
        }
        for (at, &a) in names.iter().enumerate() {
            for &b in &names[at + 1..] {
                self.pairs.entry((a, b)).or_default().add(place);
            }
        }
    }

    /// Adds other documents.
    pub fn merge(&mut self, other: Self) {
        let numbers = self.names.take_over(&other.names);
        let number = |name: u32| numbers[name as usize];
        for (own, terms) in self.terms.iter_mut().zip(other.terms) {
            for (key, places) in terms {
                own.entry(key).or_default().merge(places);
            }
        }
        self.mentions.resize(self.names.len(), Places::default());
        for (places, name) in other.mentions.into_iter().zip(0..) {
            self.mentions[number(name) as usize].merge(places);
        }
        for ((a, b), places) in other.pairs {
            let (a, b) = (number(a), number(b));
            self.pairs.entry((a.min(b), a.max(b))).or_default().merge(places);
        }
        for (publisher, documents) in other.listed {
            self.listed.entry(publisher).or_default().merge(documents);
        }
        self.overview.merge(other.overview);
    }

    pub(super) fn publishers(&self) -> &'p Publishers {
        self.publishers
    }

    /// Where a publisher, or all together, speaks of a term in a period.
    pub(super) fn term(&self, publisher: Option<u32>, term: u32, period: Period) -> Places {
        let publishers = match publisher {
            Some(publisher) => self.terms.get(publisher as usize).map_or(&[][..], std::slice::from_ref),
            None => &self.terms,
        };
        let mut places = Places::default();
        publishers.iter().filter_map(|terms| terms.get(&(term, period))).for_each(|some| places.merge(*some));
        places
    }

    /// Where an organisation is named.
    pub(super) fn mentions(&self, name: &str) -> &[Place] {
        let places = self.names.known(name).and_then(|name| self.mentions.get(name as usize));
        places.map_or(&[], |places| places.kept())
    }

    /// Where two organisations are named together.
    pub(super) fn pair(&self, one: &str, other: &str) -> &[Place] {
        let Some((a, b)) = self.names.known(one).zip(self.names.known(other)) else { return &[] };
        self.pairs.get(&(a.min(b), a.max(b))).map_or(&[], |places| places.kept())
    }

    /// The first documents of a publisher, and how many it has.
    pub(super) fn documents(&self, publisher: u32) -> (&[Listed], u64) {
        self.listed.get(&publisher).map_or((&[], 0), |documents| (documents.kept(), documents.seen()))
    }
}

impl Overview {
    fn merge(&mut self, other: Overview) {
        self.documents += other.documents;
        self.characters += other.characters;
        self.sentences += other.sentences;
        self.repairs += other.repairs;
        self.repaired += other.repaired;
        for (key, share) in other.shares {
            let own = self.shares.entry(key).or_default();
            own.documents += share.documents;
            own.characters += share.characters;
            own.places.merge(share.places);
        }
        other.formats.into_iter().for_each(|(name, count)| *self.formats.entry(name).or_default() += count);
        other.encodings.into_iter().for_each(|(name, count)| *self.encodings.entry(name).or_default() += count);
        other.scripts.into_iter().for_each(|(name, count)| *self.scripts.entry(name).or_default() += count);
        self.copies.merge(other.copies);
        self.without_publisher.merge(other.without_publisher);
        self.without_period.merge(other.without_period);
    }
}
