//! Counts over documents that merge: in any order, in any split, to the same sums.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{
    Aspect, Candidate, CharIndex, CleanText, Facts, OrganisationForm, OrganisationKind, PartOfSpeech, Source, Span,
    Token,
};

use super::collocation::CollocationTally;
use super::cooccurrence::{CooccurrenceTally, for_sentences};
use super::dispersion::{Extent, Spread};
use super::indicators::IndicatorTally;
use super::network::NetworkTally;
use super::novelty::NoveltyTally;
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
    /// Sentences in which two terms stand, the lower index first.
    pub pairs: FxHashMap<(u32, u32), u64>,
    /// Words of two characters and more.
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
    /// How it is spread over documents.
    pub spread: Spread,
}

/// Sums over a set of documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    granularity: Granularity,
    /// Text by publisher and period.
    pub cells: BTreeMap<String, BTreeMap<Period, Cell>>,
    /// Organisations by canonical name.
    pub organisations: FxHashMap<String, OrganisationTally>,
    /// Terms by index in the lexicon.
    pub terms: BTreeMap<u32, TermTally>,
    /// Figures of indicators.
    pub indicators: IndicatorTally,
    /// Terms in the same sentences.
    pub cooccurrence: CooccurrenceTally,
    /// Organisations in the same sentences and events.
    pub network: NetworkTally,
    /// Words near terms.
    pub collocations: CollocationTally,
    /// Candidates for new terms.
    pub novelty: NoveltyTally,
    /// Sizes of documents.
    pub extent: Extent,
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
            organisations: FxHashMap::default(),
            terms: BTreeMap::new(),
            indicators: IndicatorTally::default(),
            cooccurrence: CooccurrenceTally::default(),
            network: NetworkTally::default(),
            collocations: CollocationTally::default(),
            novelty: NoveltyTally::default(),
            extent: Extent::default(),
            documents: 0,
            unplaced_characters: 0,
        }
    }

    /// Counts the words of one document, and nothing else. They belong to the publisher that its own text names; when
    /// names are settled over the corpus, [`Self::rename_publishers`] moves them.
    pub fn add_words(&mut self, facts: &Facts, text: &CleanText, tokens: &[Token]) {
        let Some(publisher) = &facts.document.profile.publisher else { return };
        let mut known: Vec<(Period, u64)> = Vec::new();
        let mut counts: Vec<FxHashMap<&str, (PartOfSpeech, u64)>> = Vec::new();
        let mut tokens = tokens.iter().peekable();
        let ends = text.sentences.iter().skip(1).map(|sentence| sentence.span.start()).chain([usize::MAX]);
        for (sentence, end) in facts.sentences.iter().zip(ends) {
            let period = period_of(sentence.aspect, self.granularity);
            let at = period.map(|period| {
                known.iter().position(|known| known.0 == period).unwrap_or_else(|| {
                    known.push((period, 0));
                    let room = if counts.is_empty() { tokens.len() / 2 } else { 0 };
                    counts.push(FxHashMap::with_capacity_and_hasher(room, Default::default()));
                    known.len() - 1
                })
            });
            while let Some(token) = tokens.next_if(|token| token.span.start() < end) {
                let Some(at) = at.filter(|_| token.is_word(text)) else { continue };
                known[at].1 += 1;
                if token.span.len() > 1 {
                    counts[at].entry(text.slice(token.span)).or_insert((token.pos, 0)).1 += 1;
                }
            }
        }
        let cells = self.cells_of(&publisher.name);
        for ((period, all), words) in known.into_iter().zip(counts) {
            let cell = cells.entry(period).or_default();
            cell.words += all;
            cell.add_words(&words);
        }
    }

    /// Counts the words near the terms of one document and its candidates for new terms; `skip` says which words are never
    /// near. As the words themselves, they count only where a publisher is known.
    pub fn add_phrases(
        &mut self,
        facts: &Facts,
        text: &CleanText,
        tokens: &[Token],
        candidates: &[Candidate],
        skip: impl Fn(&str) -> bool,
    ) {
        if facts.document.profile.publisher.is_none() {
            return;
        }
        self.collocations.add(facts, text, tokens, skip);
        let period = facts.document.profile.period;
        let period = period_of(Aspect { period, ..Aspect::default() }, self.granularity);
        self.novelty.add_characters(text, tokens);
        self.novelty.add(&facts.document.key, candidates, period);
    }

    /// Moves the text of publishers to the names that `canonical` gives them.
    pub fn rename_publishers(&mut self, canonical: impl Fn(&str) -> String) {
        for (publisher, cells) in std::mem::take(&mut self.cells) {
            self.add_cells(canonical(&publisher), cells);
        }
    }

    fn add_cells(&mut self, publisher: String, cells: BTreeMap<Period, Cell>) {
        let own = self.cells.entry(publisher).or_default();
        for (period, cell) in cells {
            own.entry(period).or_default().merge(cell);
        }
    }

    fn cells_of(&mut self, publisher: &str) -> &mut BTreeMap<Period, Cell> {
        if !self.cells.contains_key(publisher) {
            self.cells.insert(publisher.to_owned(), BTreeMap::new());
        }
        self.cells.get_mut(publisher).expect("inserted above")
    }

    /// Counts one document but for its words; names of organisations are canonical over the corpus. `index` is that of
    /// its source.
    pub fn add(&mut self, facts: &Facts, index: &CharIndex) {
        self.documents += 1;
        let publisher = facts.document.profile.publisher.as_ref().map(|p| p.name.as_str());
        let periods: Vec<Option<Period>> =
            facts.sentences.iter().map(|s| period_of(s.aspect, self.granularity)).collect();
        self.add_publisher(facts);
        self.add_organisations(facts, index, &periods);
        self.add_terms(facts, &periods);
        self.add_pairs(facts, &periods);
        self.indicators.add(facts, index, self.granularity);
        self.network.add(facts, &periods);
        match publisher {
            Some(publisher) => {
                self.cooccurrence.add(facts);
                self.add_spread(facts);
                self.add_text(facts, publisher, &periods);
            }
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

    fn add_organisations(&mut self, facts: &Facts, index: &CharIndex, periods: &[Option<Period>]) {
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
        let organisers = facts.events.iter().flat_map(|event| &event.organisers).map(|organiser| &organiser.name);
        for name in doers.chain(organisers).chain(facts.indicators.iter().map(|figure| &figure.organisation)) {
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

    /// How terms are spread over the documents of publishers.
    fn add_spread(&mut self, facts: &Facts) {
        self.extent.add(facts.document.characters);
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        for mention in facts.terms.iter().filter(|mention| !mention.nested) {
            *counts.entry(mention.term).or_default() += 1;
        }
        let characters = u32::try_from(facts.document.characters).unwrap_or(u32::MAX);
        for (term, count) in counts {
            self.terms.entry(term).or_default().spread.add(count, characters);
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

    /// The text of a publisher: characters and terms by period.
    fn add_text(&mut self, facts: &Facts, publisher: &str, periods: &[Option<Period>]) {
        let mut unplaced = 0;
        let cells = self.cells_of(publisher);
        for (sentence, period) in facts.sentences.iter().zip(periods) {
            match period {
                Some(period) => cells.entry(*period).or_default().characters += u64::from(sentence.characters),
                None => unplaced += u64::from(sentence.characters),
            }
        }
        for_sentences(facts, |sentence, terms| {
            let Some(period) = periods.get(sentence).copied().flatten() else { return };
            let pairs = &mut cells.entry(period).or_default().pairs;
            for (at, &a) in terms.iter().enumerate() {
                terms[at + 1..].iter().for_each(|&b| *pairs.entry((a, b)).or_default() += 1);
            }
        });
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
        self.unplaced_characters += unplaced;
    }

    /// Adds the sums over other documents.
    pub fn merge(&mut self, other: Tally) {
        self.documents += other.documents;
        self.unplaced_characters += other.unplaced_characters;
        for (publisher, cells) in other.cells {
            self.add_cells(publisher, cells);
        }
        self.indicators.merge(other.indicators);
        self.cooccurrence.merge(other.cooccurrence);
        self.network.merge(other.network);
        self.collocations.merge(other.collocations);
        self.novelty.merge(other.novelty);
        self.extent.merge(other.extent);
        for (name, organisation) in other.organisations {
            self.organisations.entry(name).or_default().merge(organisation);
        }
        for (term, tally) in other.terms {
            let own = self.terms.entry(term).or_default();
            own.count += tally.count;
            own.documents += tally.documents;
            widen_by(&mut own.periods, tally.periods);
            own.spread.merge(tally.spread);
        }
    }
}

impl Cell {
    /// Adds the words of one document.
    fn add_words(&mut self, words: &FxHashMap<&str, (PartOfSpeech, u64)>) {
        for (&word, &(part_of_speech, count)) in words {
            match self.word_counts.get_mut(word) {
                Some(tally) => {
                    tally.count += count;
                    tally.documents += 1;
                }
                None => {
                    self.word_counts.insert(word.into(), WordTally { part_of_speech, count, documents: 1 });
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
        for (pair, sentences) in other.pairs {
            *self.pairs.entry(pair).or_default() += sentences;
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
