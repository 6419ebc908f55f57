//! Facts between the two passes of a run: each text once, and none of them copied.

use std::borrow::Cow;

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};

use super::facts::page_at;
use super::{
    DateMention, Deed, DocumentFacts, EventMention, Facts, IndicatorMention, OrganisationMention, Organiser,
    PersonMention, QuantityMention, Sentence, Source, Span, TermMention,
};

/// The number of a name of an organisation in its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name(u32);

impl Name {
    /// Its place among [`Record::names`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The number of any other text in its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word(u32);

/// What the encoding of a [`Record`] begins with: the text of a document and its sentences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Text<'f> {
    /// What the document is.
    pub document: Cow<'f, DocumentFacts>,
    /// The text that spans point into.
    pub source: &'f str,
    /// Where each page begins; empty for formats without pages.
    pub pages: Cow<'f, [u32]>,
    /// Heading paths, by index.
    #[serde(borrow)]
    pub sections: Vec<&'f str>,
    /// Sentences in order.
    pub sentences: Cow<'f, [Sentence]>,
}

impl Text<'_> {
    /// See [`Facts::page_at`].
    pub fn page_at(&self, at: Span<Source>) -> Option<u64> {
        page_at(&self.pages, at)
    }

    /// See [`Facts::sentence_at`]; for many mentions one after another.
    pub fn sentence_finder(&self) -> SentenceFinder<'_> {
        SentenceFinder { sentences: &self.sentences, at: 0 }
    }
}

/// Finds the sentences of mentions, at once where these come in the order of the text.
pub struct SentenceFinder<'s> {
    sentences: &'s [Sentence],
    /// The sentence that was found last.
    at: usize,
}

impl SentenceFinder<'_> {
    /// Index of the sentence that holds `at`, or of the last one before it.
    pub fn at(&mut self, at: Span<Source>) -> usize {
        let begun = |sentence: Option<&Sentence>| sentence.is_some_and(|s| s.span.start() <= at.start());
        if !begun(self.sentences.get(self.at)) {
            self.at = self.sentences.partition_point(|s| begun(Some(s))).saturating_sub(1);
            return self.at;
        }
        while begun(self.sentences.get(self.at + 1)) {
            self.at += 1;
        }
        self.at
    }
}

/// What [`Facts`] hold, as it is spilled and read back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record<'f> {
    /// The document, its text and its sentences.
    #[serde(borrow)]
    pub text: Text<'f>,
    #[serde(borrow)]
    names: Vec<&'f str>,
    #[serde(borrow)]
    words: Vec<&'f str>,
    /// Terms.
    pub terms: Cow<'f, [TermMention<Source>]>,
    /// Organisations; names are canonical within the document until [`Self::settle`].
    pub organisations: Vec<OrganisationMention<Source, Name>>,
    /// People.
    pub persons: Vec<PersonMention<Source, Name, Word>>,
    /// Dates.
    pub dates: Vec<DateMention<Source, Word>>,
    /// Quantities.
    pub quantities: Vec<Deed<Name, Word>>,
    /// Figures of indicators.
    pub indicators: Vec<IndicatorMention<Source, Name, Word>>,
    /// Events.
    pub events: Vec<EventMention<Source, Name, Word>>,
}

impl<'f> Record<'f> {
    /// The record of facts.
    pub fn of(facts: &'f Facts) -> Self {
        let (mut names, mut words) = (Numbered::new(32), Numbered::new(128));
        let Facts { organisations, persons, dates, quantities, indicators, events, .. } = facts;
        Record {
            text: Text {
                document: Cow::Borrowed(&facts.document),
                source: &facts.source,
                pages: Cow::Borrowed(&facts.pages),
                sections: facts.sections.iter().map(String::as_str).collect(),
                sentences: Cow::Borrowed(&facts.sentences),
            },
            terms: Cow::Borrowed(&facts.terms),
            organisations: organisations.iter().map(|mention| organisation(mention, &mut names)).collect(),
            persons: persons.iter().map(|mention| person(mention, &mut names, &mut words)).collect(),
            dates: dates.iter().map(|mention| date(mention, &mut words)).collect(),
            quantities: quantities.iter().map(|deed| quantity(deed, &mut names, &mut words)).collect(),
            indicators: indicators.iter().map(|mention| indicator(mention, &mut names, &mut words)).collect(),
            events: events.iter().map(|mention| event(mention, &mut names, &mut words)).collect(),
            names: names.texts,
            words: words.texts,
        }
    }

    /// All names of organisations, by their numbers.
    pub fn names(&self) -> &[&'f str] {
        &self.names
    }

    /// The name of a number.
    pub fn name(&self, name: Name) -> &'f str {
        self.names.get(name.index()).copied().unwrap_or_default()
    }

    /// The text of a number.
    pub fn word(&self, word: Word) -> &'f str {
        self.words.get(word.0 as usize).copied().unwrap_or_default()
    }

    /// The text of a number, if there is one.
    pub fn word_or_none(&self, word: Option<Word>) -> Option<&'f str> {
        word.map(|word| self.word(word))
    }

    /// Gives its organisations other names, wherever they are told; its publisher is no part of them.
    pub fn settle(&mut self, canonical: impl Fn(&'f str) -> &'f str) {
        self.names.iter_mut().for_each(|name| *name = canonical(name));
    }
}

/// Texts in the order in which they came.
struct Numbered<'f> {
    texts: Vec<&'f str>,
    numbers: FxHashMap<&'f str, u32>,
    /// The text that was asked for last, and its number: most deeds are those of the one before.
    last: (&'f str, u32),
}

impl<'f> Numbered<'f> {
    fn new(likely: usize) -> Self {
        let numbers = FxHashMap::with_capacity_and_hasher(likely, FxBuildHasher);
        Numbered { texts: Vec::with_capacity(likely), numbers, last: ("", u32::MAX) }
    }

    fn number(&mut self, text: &'f str) -> u32 {
        if self.last.0 == text && self.last.1 != u32::MAX {
            return self.last.1;
        }
        let next = self.texts.len() as u32;
        let number = *self.numbers.entry(text).or_insert(next);
        if number == next {
            self.texts.push(text);
        }
        self.last = (text, number);
        number
    }

    fn name(&mut self, name: &'f str) -> Name {
        Name(self.number(name))
    }

    fn name_or_none(&mut self, name: &'f Option<String>) -> Option<Name> {
        name.as_deref().map(|name| self.name(name))
    }

    fn word(&mut self, word: &'f str) -> Word {
        Word(self.number(word))
    }

    fn word_or_none(&mut self, word: &'f Option<String>) -> Option<Word> {
        word.as_deref().map(|word| self.word(word))
    }
}

fn organisation<'f>(
    mention: &'f OrganisationMention<Source>,
    names: &mut Numbered<'f>,
) -> OrganisationMention<Source, Name> {
    OrganisationMention {
        span: mention.span,
        name: names.name(&mention.name),
        kind: mention.kind,
        form: mention.form,
        parent: names.name_or_none(&mention.parent),
    }
}

fn person<'f>(
    mention: &'f PersonMention<Source>,
    names: &mut Numbered<'f>,
    words: &mut Numbered<'f>,
) -> PersonMention<Source, Name, Word> {
    PersonMention {
        span: mention.span,
        name: words.word(&mention.name),
        title: words.word_or_none(&mention.title),
        organisation: names.name_or_none(&mention.organisation),
    }
}

fn date<'f>(mention: &'f DateMention<Source>, words: &mut Numbered<'f>) -> DateMention<Source, Word> {
    DateMention {
        span: mention.span,
        kind: mention.kind,
        from: mention.from,
        to: mention.to,
        precision: mention.precision,
        duration: words.word_or_none(&mention.duration),
        numeral: mention.numeral,
    }
}

fn quantity<'f>(deed: &'f Deed, names: &mut Numbered<'f>, words: &mut Numbered<'f>) -> Deed<Name, Word> {
    let mention = &deed.quantity;
    let quantity = QuantityMention {
        span: mention.span,
        numeral: mention.numeral,
        kind: mention.kind,
        value: mention.value,
        min: mention.min,
        max: mention.max,
        modifier: mention.modifier,
        unit: words.word_or_none(&mention.unit),
        unit_code: words.word_or_none(&mention.unit_code),
        object: words.word_or_none(&mention.object),
        action: words.word_or_none(&mention.action),
        in_name: mention.in_name,
    };
    Deed { quantity, organisation: names.name_or_none(&deed.organisation), aspect: deed.aspect }
}

fn indicator<'f>(
    mention: &'f IndicatorMention<Source>,
    names: &mut Numbered<'f>,
    words: &mut Numbered<'f>,
) -> IndicatorMention<Source, Name, Word> {
    IndicatorMention {
        span: mention.span,
        indicator: mention.indicator,
        value: mention.value,
        min: mention.min,
        max: mention.max,
        unit: words.word(&mention.unit),
        organisation: names.name(&mention.organisation),
        period: mention.period,
        planned: mention.planned,
    }
}

fn event<'f>(
    mention: &'f EventMention<Source>,
    names: &mut Numbered<'f>,
    words: &mut Numbered<'f>,
) -> EventMention<Source, Name, Word> {
    let organiser = |organiser: &'f Organiser| Organiser { name: names.name(&organiser.name), role: organiser.role };
    EventMention {
        span: mention.span,
        name: words.word(&mention.name),
        edition: words.word_or_none(&mention.edition),
        kind: mention.kind,
        from: mention.from,
        to: mention.to,
        place: words.word_or_none(&mention.place),
        attendance: mention.attendance,
        organisers: mention.organisers.iter().map(organiser).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Aspect, OrganisationForm, OrganisationKind};

    fn sentences(starts: &[usize]) -> Text<'static> {
        let sentence = |start: &usize| Sentence {
            span: Span::new(*start, *start + 1),
            section: None,
            characters: 1,
            aspect: Aspect::default(),
        };
        Text {
            document: Cow::Owned(DocumentFacts {
                key: "甲.txt".into(),
                format: crate::model::Format::Text,
                encoding: String::new(),
                script: String::new(),
                pages: None,
                characters: 0,
                words: 0,
                repairs: 0,
                sha256: String::new(),
                profile: crate::model::Profile::default(),
                duplicate_of: None,
            }),
            source: "",
            pages: Cow::Borrowed(&[]),
            sections: Vec::new(),
            sentences: starts.iter().map(sentence).collect(),
        }
    }

    #[test]
    fn sentences_are_found_forwards_and_backwards() {
        for starts in [&[][..], &[3], &[0, 4, 4, 9], &[2, 5, 7, 8]] {
            let text = sentences(starts);
            let mut finder = text.sentence_finder();
            for at in [0, 1, 2, 4, 5, 9, 12, 8, 3, 0, 7] {
                let expected = starts.partition_point(|start| *start <= at).saturating_sub(1);
                assert_eq!(finder.at(Span::new(at, at + 1)), expected, "{at} in {starts:?}");
            }
        }
    }

    #[test]
    fn a_text_is_kept_once_and_names_settle_everywhere() {
        let text = sentences(&[0]);
        let mention = |name: &str, parent: Option<&str>| OrganisationMention {
            span: Span::new(0, 1),
            name: name.to_owned(),
            kind: OrganisationKind::Association,
            form: OrganisationForm::Full,
            parent: parent.map(str::to_owned),
        };
        let facts = Facts {
            document: text.document.into_owned(),
            source: "甲会".into(),
            pages: Vec::new(),
            sections: vec!["一、".into()],
            sentences: text.sentences.into_owned(),
            terms: Vec::new(),
            organisations: vec![mention("甲会", None), mention("乙会", Some("甲会")), mention("甲会", None)],
            persons: vec![PersonMention {
                span: Span::new(0, 1),
                name: "甲会".into(),
                title: None,
                organisation: Some("甲会".into()),
            }],
            dates: Vec::new(),
            quantities: Vec::new(),
            indicators: Vec::new(),
            events: Vec::new(),
        };
        let bytes = postcard::to_stdvec(&Record::of(&facts)).unwrap();
        let mut record: Record<'_> = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(record, Record::of(&facts));
        assert_eq!(record.names(), ["甲会", "乙会"]);
        record.settle(|name| if name == "甲会" { "甲省甲会" } else { name });
        let told: Vec<&str> = record.organisations.iter().map(|mention| record.name(mention.name)).collect();
        assert_eq!(told, ["甲省甲会", "乙会", "甲省甲会"]);
        assert_eq!(record.organisations[1].parent.map(|name| record.name(name)), Some("甲省甲会"));
        // a person is no organisation
        assert_eq!(record.word(record.persons[0].name), "甲会");
        let (text, _): (Text<'_>, _) = postcard::take_from_bytes(&bytes).unwrap();
        assert_eq!((text.source, &text.sections[..]), ("甲会", &["一、"][..]));
    }
}
