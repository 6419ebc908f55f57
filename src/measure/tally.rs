//! Counts over documents that merge: in any order, in any split, to the same sums.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use crate::model::{
    Aspect, Candidate, CharIndex, CleanText, Facts, OrganisationForm, Record, Source, Span, TermMention, Text, Token,
};

use super::asked::Asked;
use super::cell::WordCounter;
pub use super::cell::{Cell, TermCount, WordTally};
use super::collocation::CollocationTally;
use super::cooccurrence::{CooccurrenceTally, SentenceTerms};
use super::dispersion::{Extent, Spread};
use super::indicators::IndicatorTally;
use super::interner::Numbers;
use super::network::{NetworkTally, Tie};
use super::novelty::NoveltyTally;
pub use super::organisations::OrganisationTally;
use super::organisations::{Organisations, widen, widen_by};
use super::period::{Granularity, Period};
use super::vocabulary::{Vocabulary, WordKind};

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
    asked: Asked,
    /// The words that are counted, by number.
    pub vocabulary: Vocabulary,
    /// How often each word of one character stands in the text of publishers, by number; cells don't hold them.
    pub characters: Vec<u64>,
    /// Counts nothing between two documents.
    counter: WordCounter,
    /// Text by publisher and period.
    pub cells: BTreeMap<String, BTreeMap<Period, Cell>>,
    /// Organisations by canonical name.
    pub organisations: Organisations,
    /// Terms by index in the lexicon.
    pub terms: BTreeMap<u32, TermTally>,
    /// Figures of indicators.
    pub indicators: IndicatorTally,
    /// Terms in the same sentences.
    pub cooccurrence: CooccurrenceTally,
    /// Organisations in the same sentences and events, by their numbers in `organisations`.
    network: NetworkTally,
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

/// Runs of words whose sentences are about one period.
fn parts(
    facts: &Facts,
    text: &CleanText,
    tokens: &[Token],
    granularity: Granularity,
) -> Vec<(Option<Period>, Range<usize>)> {
    let mut parts: Vec<(Option<Period>, Range<usize>)> = Vec::new();
    let ends = text.sentences.iter().skip(1).map(|sentence| sentence.span.start()).chain([usize::MAX]);
    let mut behind = 0;
    for (sentence, end) in facts.sentences.iter().zip(ends) {
        let first = behind;
        behind += tokens[first..].iter().take_while(|token| token.span.start() < end).count();
        let period = period_of(sentence.aspect, granularity);
        match parts.last_mut().filter(|(known, _)| *known == period) {
            Some((_, part)) => part.end = behind,
            None => parts.push((period, first..behind)),
        }
    }
    parts
}

/// The mentions of terms of a document, which ascend, with the sentences in which they stand.
fn with_sentences<'r>(record: &'r Record<'_>) -> Vec<(usize, &'r TermMention<Source>)> {
    let mut sentences = record.text.sentence_finder();
    record.terms.iter().map(|mention| (sentences.at(mention.span), mention)).collect()
}

impl Tally {
    /// Nothing counted; the identity of [`Tally::merge`].
    pub fn new(granularity: Granularity) -> Self {
        Self::of(granularity, Asked::ALL)
    }

    /// Nothing counted; what is not asked for never will be.
    pub fn of(granularity: Granularity, asked: Asked) -> Self {
        Tally {
            granularity,
            asked,
            vocabulary: Vocabulary::default(),
            characters: Vec::new(),
            counter: WordCounter::default(),
            cells: BTreeMap::new(),
            organisations: Organisations::default(),
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

    /// What is counted.
    pub fn asked(&self) -> Asked {
        self.asked
    }

    /// Counts the words of one document, and nothing else. They belong to the publisher that its own text names; when
    /// names are settled over the corpus, [`Self::rename_publishers`] moves them.
    ///
    /// Gives the numbers of its tokens in the vocabulary, none where no publisher is known: such words count nowhere.
    /// None, too, where words are not asked for.
    pub fn add_words(&mut self, facts: &Facts, text: &CleanText, tokens: &[Token]) -> Vec<u32> {
        let publisher = facts.document.profile.publisher.as_ref().filter(|_| self.asked.words);
        let Some(publisher) = publisher else { return Vec::new() };
        let numbers = self.vocabulary.numbers(text, tokens);
        self.cells_of(&publisher.name);
        let Some(cells) = self.cells.get_mut(&publisher.name) else { return numbers };
        self.characters.resize(self.vocabulary.words().len(), 0);
        self.counter.make_room(self.vocabulary.words().len());
        let mut parts = self::parts(facts, text, tokens, self.granularity);
        parts.sort_by_key(|(period, _)| *period);
        for of_period in parts.chunk_by(|a, b| a.0 == b.0) {
            let mut words = 0;
            for &number in of_period.iter().flat_map(|(_, part)| &numbers[part.clone()]) {
                match self.vocabulary.kind(number) {
                    WordKind::Sign => continue,
                    WordKind::Character => self.characters[number as usize] += 1,
                    WordKind::Word => self.counter.add(number),
                }
                words += 1;
            }
            let counted = self.counter.drain();
            let Some(period) = of_period[0].0 else {
                counted.for_each(drop);
                continue;
            };
            let cell = cells.entry(period).or_default();
            cell.words += words;
            cell.add_words(counted);
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
        if self.asked.collocations {
            self.collocations.add(facts, text, (tokens, numbers), &self.vocabulary, skip);
        }
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
    pub fn add(&mut self, record: &Record<'_>, index: &CharIndex) {
        self.documents += 1;
        let text = &record.text;
        let publisher = text.document.profile.publisher.as_ref();
        let periods: Vec<Option<Period>> =
            text.sentences.iter().map(|s| period_of(s.aspect, self.granularity)).collect();
        let terms = with_sentences(record);
        let of_sentences = SentenceTerms::new(terms.iter().copied());
        if let Some(publisher) = publisher {
            let number = self.organisations.number(&publisher.name);
            let organisation = self.organisations.of(number);
            organisation.published += 1;
            *organisation.kinds.entry(publisher.kind).or_default() += 1;
        }
        let mut numbers = Numbers::new(record);
        self.add_organisations(record, index, &periods, &mut numbers);
        self.add_terms(record, &terms, &periods);
        self.add_pairs(record, &periods, &mut numbers);
        self.indicators.add(record, index, self.granularity);
        let organisations = &mut self.organisations;
        if self.asked.network {
            self.network.add(record, &periods, |name| numbers.of(name, || organisations.number(record.name(name))));
        }
        match publisher {
            Some(publisher) => {
                if self.asked.cooccurrence {
                    self.cooccurrence.add(text.sentences.len(), &of_sentences);
                }
                self.extent.add(text.document.characters);
                self.add_text(text, &publisher.name, &of_sentences, &periods);
            }
            None => self.unplaced_characters += text.sentences.iter().map(|s| u64::from(s.characters)).sum::<u64>(),
        }
    }

    fn add_organisations(
        &mut self,
        record: &Record<'_>,
        index: &CharIndex,
        periods: &[Option<Period>],
        numbers: &mut Numbers,
    ) {
        let organisations = &mut self.organisations;
        let mut sentences = record.text.sentence_finder();
        let mut named: Vec<u32> = Vec::with_capacity(record.organisations.len());
        for mention in &record.organisations {
            let name = record.name(mention.name);
            let number = numbers.of(mention.name, || organisations.number(name));
            let parent = mention.parent.map(|parent| {
                let name = record.name(parent);
                (numbers.of(parent, || organisations.number(name)), name)
            });
            named.push(number);
            let organisation = organisations.of(number);
            organisation.mentions += 1;
            *organisation.kinds.entry(mention.kind).or_default() += 1;
            if let Some((_, parent)) = parent.filter(|(parent, _)| *parent != number) {
                organisation.add_parent(parent);
            }
            widen(&mut organisation.periods, periods.get(sentences.at(mention.span)).copied().flatten());
            if mention.form == OrganisationForm::Alias {
                organisation.add_alias(index.slice(record.text.source, mention.span), name);
            }
        }
        named.sort_unstable();
        named.dedup();
        named.into_iter().for_each(|number| organisations.of(number).documents += 1);
        let doers = record.quantities.iter().filter_map(|deed| deed.organisation);
        let organisers = record.events.iter().flat_map(|event| &event.organisers).map(|organiser| organiser.name);
        for name in doers.chain(organisers).chain(record.indicators.iter().map(|figure| figure.organisation)) {
            numbers.of(name, || organisations.number(record.name(name)));
        }
    }

    /// Counts terms, and, where a publisher is known, how they are spread and what cells hold of them.
    fn add_terms(
        &mut self,
        record: &Record<'_>,
        mentions: &[(usize, &TermMention<Source>)],
        periods: &[Option<Period>],
    ) {
        let document = &record.text.document;
        let publisher = document.profile.publisher.as_ref();
        if let Some(publisher) = publisher {
            self.cells_of(&publisher.name);
        }
        let mut cells = publisher.and_then(|publisher| self.cells.get_mut(&publisher.name));
        let characters = u32::try_from(document.characters).unwrap_or(u32::MAX);
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
                let count = outer.clone().count() as u32;
                own.count += count;
                own.nested += of_period.len() as u32 - count;
                own.negated += outer.filter(|(.., negated)| *negated).count() as u32;
                own.documents += u32::from(count > 0);
            }
        }
    }

    /// Organisations and terms in one sentence, each pair once a sentence.
    fn add_pairs(&mut self, record: &Record<'_>, periods: &[Option<Period>], numbers: &mut Numbers) {
        let mut terms = record.terms.iter().peekable();
        let mut mentions = record.organisations.iter().peekable();
        let (mut here, mut who): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        for (sentence, period) in record.text.sentences.iter().zip(periods) {
            let inside = |span: Span<Source>| span.start() < sentence.span.end();
            here.clear();
            while let Some(term) = terms.next_if(|m| inside(m.span)) {
                here.push(term.term);
            }
            who.clear();
            while let Some(mention) = mentions.next_if(|m| inside(m.span)) {
                let number = || self.organisations.number(record.name(mention.name));
                who.push(numbers.of(mention.name, number));
            }
            let Some(period) = *period else { continue };
            here.sort_unstable();
            here.dedup();
            who.sort_unstable();
            who.dedup();
            for &number in &who {
                let organisation = self.organisations.of(number);
                for &term in &here {
                    *organisation.terms.entry((term, period)).or_default() += 1;
                }
            }
        }
    }

    /// The text of a publisher: characters and pairs of terms by period.
    fn add_text(&mut self, text: &Text<'_>, publisher: &str, terms: &SentenceTerms, periods: &[Option<Period>]) {
        let asked = self.asked;
        let cells = self.cells_of(publisher);
        let mut unplaced = 0;
        let characters = text.sentences.iter().map(|sentence| u64::from(sentence.characters));
        let told: Vec<(Option<Period>, u64)> = periods.iter().copied().zip(characters).collect();
        // most sentences are about the period of those around them
        for same in told.chunk_by(|a, b| a.0 == b.0) {
            let characters: u64 = same.iter().map(|(_, characters)| characters).sum();
            match same[0].0 {
                Some(period) => cells.entry(period).or_default().characters += characters,
                None => unplaced += characters,
            }
        }
        for (sentence, terms) in terms.sentences().filter(|(_, terms)| asked.pairs && terms.len() > 1) {
            let Some(period) = periods.get(sentence).copied().flatten() else { continue };
            let pairs = &mut cells.entry(period).or_default().pairs;
            for (at, &a) in terms.iter().enumerate() {
                terms[at + 1..].iter().for_each(|&b| *pairs.entry((a, b)).or_default() += 1);
            }
        }
        self.unplaced_characters += unplaced;
    }

    /// Ties of organisations by their names, the smaller name first.
    pub fn ties(&self) -> Vec<(&str, &str, Tie)> {
        self.network.ties(|number| self.organisations.name(number))
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
        for (publisher, mut cells) in other.cells {
            cells.values_mut().for_each(|cell| cell.renumber(&numbers));
            self.add_cells(publisher, cells);
        }
        self.indicators.merge(other.indicators);
        self.cooccurrence.merge(other.cooccurrence);
        self.collocations.merge(other.collocations, &numbers);
        self.novelty.merge(other.novelty);
        self.extent.merge(other.extent);
        let organisations = self.organisations.merge(other.organisations);
        self.network.merge(other.network, &organisations);
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
            (&self.organisations, &self.terms, &self.indicators, &self.cooccurrence, self.ties(), &self.novelty),
            self.collocations.named(&self.vocabulary),
        )
    }
}
