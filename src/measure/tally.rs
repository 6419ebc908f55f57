//! Counts over documents that merge: in any order, in any split, to the same sums.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{
    Aspect, CharIndex, Facts, OrganisationForm, OrganisationKind, PartOfSpeech, Source, Span, WordCount,
};

use super::indicators::IndicatorTally;
use super::period::{Granularity, Period};

/// Counts of a term in the text of one publisher and period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TermCount {
    /// Mentions that stand in no longer term.
    pub count: u64,
    /// Mentions inside longer terms.
    pub nested: u64,
    /// Mentions of `count` under a negation.
    pub negated: u64,
    /// Documents with a mention of `count`.
    pub documents: u64,
}

/// Counts of a word in the text of one publisher and period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordTally {
    /// What it is by the dictionary.
    pub part_of_speech: PartOfSpeech,
    /// How often.
    pub count: u64,
    /// Documents in which it stands.
    pub documents: u64,
}

/// The text of one publisher about one period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Characters of repaired text.
    pub characters: u64,
    /// Words, punctuation and stop words included.
    pub words: u64,
    /// Terms by index in the lexicon.
    pub terms: FxHashMap<u32, TermCount>,
    /// Words that are counted.
    pub word_counts: FxHashMap<Box<str>, WordTally>,
}

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
    pub terms: FxHashMap<(u32, Period), u64>,
}

/// What the corpus says of one term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermTally {
    /// Mentions that stand in no longer term.
    pub count: u64,
    /// Documents with such a mention.
    pub documents: u64,
    /// First and last period of a sentence that holds it.
    pub periods: Option<(Period, Period)>,
}

/// Sums over a set of documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    granularity: Granularity,
    /// Text by publisher and period.
    pub cells: BTreeMap<String, BTreeMap<Period, Cell>>,
    /// Organisations by canonical name.
    pub organisations: BTreeMap<String, OrganisationTally>,
    /// Terms by index in the lexicon.
    pub terms: BTreeMap<u32, TermTally>,
    /// Figures of indicators.
    pub indicators: IndicatorTally,
    /// Documents.
    pub documents: u64,
    /// Characters of text that no publisher or no period is known of: they count in no aggregate.
    pub unplaced_characters: u64,
}

/// The period of an aspect.
pub fn period_of(aspect: Aspect, granularity: Granularity) -> Option<Period> {
    let range = aspect.period?;
    let (from, to) = (range.from.or(range.to)?, range.to.or(range.from)?);
    Some(Period::containing(from, to, granularity))
}

impl Tally {
    /// Nothing counted; the identity of [`Tally::merge`].
    pub fn new(granularity: Granularity) -> Self {
        Tally {
            granularity,
            cells: BTreeMap::new(),
            organisations: BTreeMap::new(),
            terms: BTreeMap::new(),
            indicators: IndicatorTally::default(),
            documents: 0,
            unplaced_characters: 0,
        }
    }

    /// Counts one document, whose names of organisations are canonical over the corpus.
    pub fn add(&mut self, facts: &Facts) {
        self.documents += 1;
        let publisher = facts.document.profile.publisher.as_ref().map(|p| p.name.as_str());
        let periods: Vec<Option<Period>> =
            facts.sentences.iter().map(|s| period_of(s.aspect, self.granularity)).collect();
        self.add_publisher(facts);
        self.add_organisations(facts, &periods);
        self.add_terms(facts, &periods);
        self.add_pairs(facts, &periods);
        self.indicators.add(facts, self.granularity);
        match publisher {
            Some(publisher) => self.add_text(facts, publisher, &periods),
            None => self.unplaced_characters += facts.sentences.iter().map(|s| u64::from(s.characters)).sum::<u64>(),
        }
    }

    fn add_publisher(&mut self, facts: &Facts) {
        let Some(publisher) = &facts.document.profile.publisher else { return };
        let organisation = self.organisation(&publisher.name);
        organisation.published += 1;
        *organisation.kinds.entry(publisher.kind).or_default() += 1;
    }

    fn organisation(&mut self, name: &str) -> &mut OrganisationTally {
        if !self.organisations.contains_key(name) {
            self.organisations.insert(name.to_owned(), OrganisationTally::default());
        }
        self.organisations.get_mut(name).expect("inserted above")
    }

    fn add_organisations(&mut self, facts: &Facts, periods: &[Option<Period>]) {
        let index = CharIndex::new(&facts.source);
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for mention in &facts.organisations {
            let name = &mention.name;
            let period = periods.get(facts.sentence_at(mention.span)).copied().flatten();
            if let Some(parent) = &mention.parent {
                self.organisation(parent);
            }
            let first = seen.insert(name);
            let organisation = self.organisation(name);
            organisation.mentions += 1;
            organisation.documents += u64::from(first);
            *organisation.kinds.entry(mention.kind).or_default() += 1;
            if let Some(parent) = mention.parent.as_ref().filter(|parent| *parent != name) {
                *organisation.parents.entry(parent.clone()).or_default() += 1;
            }
            widen(&mut organisation.periods, period);
            if mention.form == OrganisationForm::Alias {
                let written: String = index.slice(&facts.source, mention.span).split_whitespace().collect();
                if written != *name {
                    *organisation.aliases.entry(written).or_default() += 1;
                }
            }
        }
        let doers = facts.quantities.iter().filter_map(|deed| deed.organisation.as_ref());
        for name in doers.chain(facts.indicators.iter().map(|figure| &figure.organisation)) {
            self.organisation(name);
        }
    }

    fn add_terms(&mut self, facts: &Facts, periods: &[Option<Period>]) {
        let mut seen = FxHashSet::default();
        for mention in &facts.terms {
            let term = self.terms.entry(mention.term).or_default();
            widen(&mut term.periods, periods.get(facts.sentence_at(mention.span)).copied().flatten());
            if !mention.nested {
                term.count += 1;
                term.documents += u64::from(seen.insert(mention.term));
            }
        }
    }

    /// Organisations and terms in one sentence, each pair once a sentence.
    fn add_pairs(&mut self, facts: &Facts, periods: &[Option<Period>]) {
        let mut terms = facts.terms.iter().peekable();
        let mut mentions = facts.organisations.iter().peekable();
        for (sentence, period) in facts.sentences.iter().zip(periods) {
            let inside = |span: Span<Source>| span.start() < sentence.span.end();
            let mut here: Vec<u32> = Vec::new();
            while let Some(term) = terms.next_if(|m| inside(m.span)) {
                here.push(term.term);
            }
            let mut who: Vec<&str> = Vec::new();
            while let Some(mention) = mentions.next_if(|m| inside(m.span)) {
                who.push(&mention.name);
            }
            let Some(period) = *period else { continue };
            here.sort_unstable();
            here.dedup();
            who.sort_unstable();
            who.dedup();
            for name in who {
                let organisation = self.organisation(name);
                for &term in &here {
                    *organisation.terms.entry((term, period)).or_default() += 1;
                }
            }
        }
    }

    /// The text of a publisher: characters, terms and words by period.
    fn add_text(&mut self, facts: &Facts, publisher: &str, periods: &[Option<Period>]) {
        let mut unplaced = 0;
        if !self.cells.contains_key(publisher) {
            self.cells.insert(publisher.to_owned(), BTreeMap::new());
        }
        let cells = self.cells.get_mut(publisher).expect("inserted above");
        for (sentence, period) in facts.sentences.iter().zip(periods) {
            match period {
                Some(period) => cells.entry(*period).or_default().characters += u64::from(sentence.characters),
                None => unplaced += u64::from(sentence.characters),
            }
        }
        let mut seen = FxHashSet::default();
        for mention in &facts.terms {
            let Some(period) = periods.get(facts.sentence_at(mention.span)).copied().flatten() else { continue };
            let count = cells.entry(period).or_default().terms.entry(mention.term).or_default();
            if mention.nested {
                count.nested += 1;
            } else {
                count.count += 1;
                count.negated += u64::from(mention.negated);
                count.documents += u64::from(seen.insert((period, mention.term)));
            }
        }
        for (period, words) in words_by_period(facts, periods) {
            cells.entry(period).or_default().add_words(words);
        }
        self.unplaced_characters += unplaced;
    }

    /// Adds the sums over other documents.
    pub fn merge(&mut self, other: Tally) {
        self.documents += other.documents;
        self.unplaced_characters += other.unplaced_characters;
        for (publisher, cells) in other.cells {
            let own = self.cells.entry(publisher).or_default();
            for (period, cell) in cells {
                own.entry(period).or_default().merge(cell);
            }
        }
        self.indicators.merge(other.indicators);
        for (name, organisation) in other.organisations {
            self.organisations.entry(name).or_default().merge(organisation);
        }
        for (term, tally) in other.terms {
            let own = self.terms.entry(term).or_default();
            own.count += tally.count;
            own.documents += tally.documents;
            widen_by(&mut own.periods, tally.periods);
        }
    }
}

/// The words of a document by period, those of one period in order.
fn words_by_period<'f>(facts: &'f Facts, periods: &[Option<Period>]) -> BTreeMap<Period, Vec<&'f WordCount>> {
    let mut all: BTreeMap<Period, Vec<&WordCount>> = BTreeMap::new();
    for run in facts.words.chunk_by(|a, b| a.sentence == b.sentence) {
        if let Some(period) = periods.get(run[0].sentence as usize).copied().flatten() {
            all.entry(period).or_default().extend(run);
        }
    }
    // runs of equal words, from times within one period, come together; the sort is quick on the sorted runs
    all.values_mut().for_each(|words| words.sort_by(|a, b| a.word.cmp(&b.word)));
    all
}

impl Cell {
    /// Adds words of one document in order.
    fn add_words(&mut self, words: Vec<&WordCount>) {
        for same in words.chunk_by(|a, b| a.word == b.word) {
            let count: u64 = same.iter().map(|word| u64::from(word.count)).sum();
            self.words += count;
            match self.word_counts.get_mut(&same[0].word) {
                Some(tally) => {
                    tally.count += count;
                    tally.documents += 1;
                }
                None => {
                    let tally = WordTally { part_of_speech: same[0].part_of_speech, count, documents: 1 };
                    self.word_counts.insert(same[0].word.clone(), tally);
                }
            }
        }
    }

    fn merge(&mut self, other: Cell) {
        self.characters += other.characters;
        self.words += other.words;
        for (term, count) in other.terms {
            let own = self.terms.entry(term).or_default();
            own.count += count.count;
            own.nested += count.nested;
            own.negated += count.negated;
            own.documents += count.documents;
        }
        for (word, tally) in other.word_counts {
            match self.word_counts.get_mut(&word) {
                Some(own) => {
                    own.count += tally.count;
                    own.documents += tally.documents;
                }
                None => {
                    self.word_counts.insert(word, tally);
                }
            }
        }
    }
}

impl OrganisationTally {
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

fn add_counts<K: Ord>(own: &mut BTreeMap<K, u64>, other: BTreeMap<K, u64>) {
    for (key, count) in other {
        *own.entry(key).or_default() += count;
    }
}

fn widen(periods: &mut Option<(Period, Period)>, period: Option<Period>) {
    widen_by(periods, period.map(|period| (period, period)));
}

fn widen_by(periods: &mut Option<(Period, Period)>, other: Option<(Period, Period)>) {
    *periods = match (*periods, other) {
        (Some((from, to)), Some((first, last))) => Some((from.min(first), to.max(last))),
        (known, None) => known,
        (None, new) => new,
    };
}
