//! Counts over documents that merge: in any order, in any split, to the same sums.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{
    Aspect, Candidate, CharIndex, CleanText, Facts, OrganisationForm, OrganisationKind, Source, Span, TermMention,
    Token,
};

pub use super::cell::{Cell, TermCount, WordTally};
use super::collocation::CollocationTally;
use super::cooccurrence::{CooccurrenceTally, SentenceTerms};
use super::dispersion::{Extent, Spread};
use super::indicators::IndicatorTally;
use super::network::NetworkTally;
use super::novelty::NoveltyTally;
use super::period::{Granularity, Period};
use super::vocabulary::{Vocabulary, WordKind};

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
#[derive(Clone, Debug)]
pub struct Tally {
    granularity: Granularity,
    /// The words that are counted, by number.
    pub vocabulary: Vocabulary,
    /// How often each word of one character stands in the text of publishers, by number; cells don't hold them.
    pub characters: Vec<u64>,
    /// Documents whose words were counted.
    texts: u32,
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

/// The mentions of terms of a document, which ascend, with the sentences in which they stand.
fn with_sentences(facts: &Facts) -> Vec<(usize, &TermMention<Source>)> {
    let mut sentence = 0;
    let starts = |sentence: usize| facts.sentences.get(sentence).map(|sentence| sentence.span.start());
    let mut placed = Vec::with_capacity(facts.terms.len());
    for mention in &facts.terms {
        while starts(sentence + 1).is_some_and(|start| start <= mention.span.start()) {
            sentence += 1;
        }
        placed.push((sentence, mention));
    }
    placed
}

impl Tally {
    /// Nothing counted; the identity of [`Tally::merge`].
    pub fn new(granularity: Granularity) -> Self {
        Tally {
            granularity,
            vocabulary: Vocabulary::default(),
            characters: Vec::new(),
            texts: 0,
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
    ///
    /// Gives the numbers of its tokens in the vocabulary, none where no publisher is known: such words count nowhere.
    pub fn add_words(&mut self, facts: &Facts, text: &CleanText, tokens: &[Token]) -> Vec<u32> {
        let Some(publisher) = &facts.document.profile.publisher else { return Vec::new() };
        let numbers = self.vocabulary.numbers(text, tokens);
        self.texts += 1;
        let this = self.texts;
        self.cells_of(&publisher.name);
        let Some(cells) = self.cells.get_mut(&publisher.name) else { return numbers };
        self.characters.resize(self.vocabulary.words().len(), 0);
        let mut words = tokens.iter().zip(&numbers).peekable();
        let ends = text.sentences.iter().skip(1).map(|sentence| sentence.span.start()).chain([usize::MAX]);
        for (sentence, end) in facts.sentences.iter().zip(ends) {
            let period = period_of(sentence.aspect, self.granularity);
            let mut cell = period.map(|period| cells.entry(period).or_default());
            while let Some((_, &number)) = words.next_if(|(token, _)| token.span.start() < end) {
                let kind = self.vocabulary.kind(number);
                if kind == WordKind::Character {
                    self.characters[number as usize] += 1;
                }
                if let Some(cell) = cell.as_mut().filter(|_| kind != WordKind::Sign) {
                    cell.words += 1;
                    if kind == WordKind::Word {
                        cell.add_word(number, this);
                    }
                }
            }
        }
        numbers
    }

    /// Counts the words near the terms of one document, whose tokens have these numbers, and its candidates for new terms;
    /// `skip` says which words are never near. As the words themselves, they count only where a publisher is known.
    pub fn add_phrases(
        &mut self,
        facts: &Facts,
        text: &CleanText,
        (tokens, numbers): (&[Token], &[u32]),
        candidates: &[Candidate],
        skip: impl Fn(&str) -> bool,
    ) {
        if facts.document.profile.publisher.is_none() {
            return;
        }
        self.collocations.add(facts, text, (tokens, numbers), &self.vocabulary, skip);
        let period = facts.document.profile.period;
        let period = period_of(Aspect { period, ..Aspect::default() }, self.granularity);
        self.novelty.add(&facts.document.key, candidates, period);
    }

    /// Moves the text of publishers to the names that `canonical` gives them.
    pub fn rename_publishers(&mut self, canonical: impl Fn(&str) -> String) {
        for (publisher, cells) in std::mem::take(&mut self.cells) {
            self.add_cells(canonical(&publisher), cells);
        }
    }

    /// Adds the text of a publisher, whose words have numbers of this vocabulary.
    fn add_cells(&mut self, publisher: String, cells: BTreeMap<Period, Cell>) {
        let own = self.cells.entry(publisher).or_default();
        for (period, cell) in cells {
            match own.entry(period) {
                Entry::Vacant(entry) => drop(entry.insert(cell)),
                Entry::Occupied(mut entry) => entry.get_mut().merge(cell),
            }
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
        let terms = with_sentences(facts);
        let of_sentences = SentenceTerms::new(terms.iter().copied());
        self.add_publisher(facts);
        self.add_organisations(facts, index, &periods);
        self.add_terms(facts, &terms, &periods);
        self.add_pairs(facts, &periods);
        self.indicators.add(facts, index, self.granularity);
        self.network.add(facts, &periods);
        match publisher {
            Some(publisher) => {
                self.cooccurrence.add(facts, &of_sentences);
                self.extent.add(facts.document.characters);
                self.add_text(facts, publisher, &of_sentences, &periods);
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
        let mut last = "";
        for name in doers.chain(organisers).chain(facts.indicators.iter().map(|figure| &figure.organisation)) {
            // most deeds are those of the one before
            if name != last {
                self.organisation(name);
                last = name;
            }
        }
    }

    /// Counts terms, and, where a publisher is known, how they are spread and what cells hold of them.
    fn add_terms(&mut self, facts: &Facts, mentions: &[(usize, &TermMention<Source>)], periods: &[Option<Period>]) {
        let publisher = facts.document.profile.publisher.as_ref();
        if let Some(publisher) = publisher {
            self.cells_of(&publisher.name);
        }
        let mut cells = publisher.and_then(|publisher| self.cells.get_mut(&publisher.name));
        let characters = u32::try_from(facts.document.characters).unwrap_or(u32::MAX);
        let told = |(sentence, mention): &(usize, &TermMention<Source>)| {
            (mention.term, periods.get(*sentence).copied().flatten(), mention.nested, mention.negated)
        };
        let mut mentions: Vec<(u32, Option<Period>, bool, bool)> = mentions.iter().map(told).collect();
        mentions.sort_unstable();
        for same in mentions.chunk_by(|a, b| a.0 == b.0) {
            let number = same[0].0;
            let term = self.terms.entry(number).or_default();
            let count = same.iter().filter(|(_, _, nested, _)| !nested).count();
            term.count += count as u64;
            term.documents += u64::from(count > 0);
            for of_period in same.chunk_by(|a, b| a.1 == b.1) {
                widen(&mut term.periods, of_period[0].1);
            }
            let Some(cells) = &mut cells else { continue };
            term.spread.add(count as u32, characters);
            for of_period in same.chunk_by(|a, b| a.1 == b.1) {
                let Some(period) = of_period[0].1 else { continue };
                let own = cells.entry(period).or_default().terms.entry(number).or_default();
                let outer = of_period.iter().filter(|(_, _, nested, _)| !nested);
                let count = outer.clone().count() as u64;
                own.count += count;
                own.nested += of_period.len() as u64 - count;
                own.negated += outer.filter(|(.., negated)| *negated).count() as u64;
                own.documents += u64::from(count > 0);
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

    /// The text of a publisher: characters and pairs of terms by period.
    fn add_text(&mut self, facts: &Facts, publisher: &str, terms: &SentenceTerms, periods: &[Option<Period>]) {
        let mut unplaced = 0;
        let cells = self.cells_of(publisher);
        for (sentence, period) in facts.sentences.iter().zip(periods) {
            match period {
                Some(period) => cells.entry(*period).or_default().characters += u64::from(sentence.characters),
                None => unplaced += u64::from(sentence.characters),
            }
        }
        for (sentence, terms) in terms.sentences().filter(|(_, terms)| terms.len() > 1) {
            let Some(period) = periods.get(sentence).copied().flatten() else { continue };
            let pairs = &mut cells.entry(period).or_default().pairs;
            for (at, &a) in terms.iter().enumerate() {
                terms[at + 1..].iter().for_each(|&b| *pairs.entry((a, b)).or_default() += 1);
            }
        }
        self.unplaced_characters += unplaced;
    }

    /// Adds the sums over other documents.
    pub fn merge(&mut self, other: Tally) {
        self.documents += other.documents;
        self.unplaced_characters += other.unplaced_characters;
        let numbers = self.vocabulary.take_over(&other.vocabulary);
        self.characters.resize(self.vocabulary.words().len(), 0);
        for (count, number) in other.characters.into_iter().zip(&numbers) {
            self.characters[*number as usize] += count;
        }
        // later than any document that either has counted
        self.texts += other.texts;
        for (publisher, mut cells) in other.cells {
            cells.values_mut().for_each(|cell| cell.renumber(&numbers));
            self.add_cells(publisher, cells);
        }
        self.indicators.merge(other.indicators);
        self.cooccurrence.merge(other.cooccurrence);
        self.network.merge(other.network);
        self.collocations.merge(other.collocations, &numbers);
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

/// Equal where the same is counted, whatever numbers words have and in whatever order they came.
impl PartialEq for Tally {
    fn eq(&self, other: &Self) -> bool {
        self.counts() == other.counts()
    }
}

impl Eq for Tally {}

impl Tally {
    /// All that is counted, words by their names.
    fn counts(&self) -> impl PartialEq + '_ {
        let words = |cell: &Cell| {
            let words = cell.word_counts.iter();
            let told = |(word, tally): (&u32, &WordTally)| {
                let part_of_speech = self.vocabulary.part_of_speech(*word);
                (self.vocabulary.word(*word).to_owned(), (part_of_speech, tally.count, tally.documents))
            };
            words.map(told).collect::<BTreeMap<_, _>>()
        };
        let cell = move |(period, cell): (&Period, &Cell)| {
            (*period, cell.characters, cell.words, cell.terms.clone(), cell.pairs.clone(), words(cell))
        };
        let cells = self.cells.iter().map(|(name, cells)| (name, cells.iter().map(cell).collect::<Vec<_>>()));
        let characters = self.vocabulary.words().zip(&self.characters).filter(|(_, count)| **count > 0);
        (
            (self.granularity, self.documents, self.unplaced_characters, self.extent),
            (cells.collect::<Vec<_>>(), characters.collect::<BTreeMap<_, _>>()),
            (&self.organisations, &self.terms, &self.indicators, &self.cooccurrence, &self.network, &self.novelty),
            self.collocations.named(&self.vocabulary),
        )
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
