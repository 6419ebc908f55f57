//! Facts between the two passes of a run: each name of an organisation once, and no text copied.

use std::borrow::Cow;

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};

use super::facts::page_at;
use super::{
    DateMention, Deed, DocumentFacts, Doer, EventMention, Facts, IndicatorMention, OrganisationMention, Organiser,
    PersonMention, QuantityMention, Sentence, Source, Span, TermMention, Written, packed,
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

/// What the encoding of a [`Record`] begins with: the text of a document and its sentences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Text<'f> {
    /// What the document is.
    pub document: Cow<'f, DocumentFacts>,
    /// The text that spans point into.
    #[serde(borrow, with = "packed::text")]
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
    /// Terms.
    pub terms: Cow<'f, [TermMention<Source>]>,
    /// Organisations; names are canonical within the document until [`Self::settle`].
    pub organisations: Vec<OrganisationMention<Source, Name>>,
    /// People.
    #[serde(borrow)]
    pub persons: Vec<PersonMention<Source, Name, &'f str>>,
    /// Dates.
    #[serde(borrow)]
    pub dates: Vec<DateMention<Source, &'f str>>,
    /// Quantities.
    #[serde(borrow)]
    pub quantities: Vec<Deed<Name, &'f str>>,
    /// Figures of indicators.
    #[serde(borrow)]
    pub indicators: Vec<IndicatorMention<Source, Name, &'f str>>,
    /// Events.
    #[serde(borrow)]
    pub events: Vec<EventMention<Source, Name, &'f str>>,
}

impl<'f> Record<'f> {
    /// The record of facts.
    pub fn of(facts: &'f Facts) -> Self {
        let mut names = Names::new();
        let Facts { organisations, persons, dates, quantities, indicators, events, source, .. } = facts;
        let organisations: Vec<_> = organisations.iter().map(|mention| organisation(mention, &mut names)).collect();
        let persons = persons.iter().map(|mention| person(mention, &mut names)).collect();
        let mut publisher = None;
        let mut named = |doer: Doer| match doer {
            Doer::Publisher => Some(*publisher.get_or_insert_with(|| names.number(facts.name_of(doer)))),
            Doer::Mentioned(at) => organisations.get(at as usize).map(|mention| mention.name),
            Doer::ParentOf(at) => organisations.get(at as usize).and_then(|mention| mention.parent),
        };
        let quantities =
            quantities.iter().map(|deed| quantity(deed, deed.organisation.and_then(&mut named), source)).collect();
        let figures = indicators.iter();
        let indicators =
            figures.filter_map(|figure| Some(indicator(figure, named(figure.organisation)?, source))).collect();
        Record {
            text: Text {
                document: Cow::Borrowed(&facts.document),
                source: &facts.source,
                pages: Cow::Borrowed(&facts.pages),
                sections: facts.sections.iter().map(String::as_str).collect(),
                sentences: Cow::Borrowed(&facts.sentences),
            },
            terms: Cow::Borrowed(&facts.terms),
            organisations,
            persons,
            dates: dates.iter().map(date).collect(),
            quantities,
            indicators,
            events: events.iter().map(|mention| event(mention, &mut names)).collect(),
            names: names.names,
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

    /// Gives its organisations other names, wherever they are told; its publisher is no part of them.
    pub fn settle(&mut self, canonical: impl Fn(&'f str) -> &'f str) {
        self.names.iter_mut().for_each(|name| *name = canonical(name));
    }
}

/// Names in the order in which they came.
struct Names<'f> {
    names: Vec<&'f str>,
    numbers: FxHashMap<&'f str, Name>,
    /// The name that was asked for last: most deeds are those of the one before.
    last: Option<(&'f str, Name)>,
}

impl<'f> Names<'f> {
    fn new() -> Self {
        Names { names: Vec::new(), numbers: FxHashMap::with_capacity_and_hasher(32, FxBuildHasher), last: None }
    }

    fn number(&mut self, name: &'f str) -> Name {
        if let Some((_, number)) = self.last.filter(|(last, _)| *last == name) {
            return number;
        }
        let next = Name(self.names.len() as u32);
        let number = *self.numbers.entry(name).or_insert(next);
        if number == next {
            self.names.push(name);
        }
        self.last = Some((name, number));
        number
    }

    fn number_or_none(&mut self, name: &'f Option<String>) -> Option<Name> {
        name.as_deref().map(|name| self.number(name))
    }
}

fn organisation<'f>(
    mention: &'f OrganisationMention<Source>,
    names: &mut Names<'f>,
) -> OrganisationMention<Source, Name> {
    OrganisationMention {
        span: mention.span,
        name: names.number(&mention.name),
        kind: mention.kind,
        form: mention.form,
        parent: names.number_or_none(&mention.parent),
    }
}

fn person<'f>(mention: &'f PersonMention<Source>, names: &mut Names<'f>) -> PersonMention<Source, Name, &'f str> {
    PersonMention {
        span: mention.span,
        name: &mention.name,
        title: mention.title.as_deref(),
        organisation: names.number_or_none(&mention.organisation),
    }
}

fn date(mention: &DateMention<Source>) -> DateMention<Source, &str> {
    DateMention {
        span: mention.span,
        kind: mention.kind,
        from: mention.from,
        to: mention.to,
        precision: mention.precision,
        duration: mention.duration.as_deref(),
        numeral: mention.numeral,
    }
}

fn quantity<'f>(deed: &'f Deed, organisation: Option<Name>, source: &'f str) -> Deed<Name, &'f str> {
    let mention = &deed.quantity;
    let words = |written: &'f Option<Written>| written.as_ref().map(|written| written.within(source));
    let quantity = QuantityMention {
        span: mention.span,
        numeral: mention.numeral,
        kind: mention.kind,
        value: mention.value,
        min: mention.min,
        max: mention.max,
        modifier: mention.modifier,
        unit: words(&mention.unit),
        unit_code: words(&mention.unit_code),
        object: words(&mention.object),
        action: words(&mention.action),
        in_name: mention.in_name,
    };
    Deed { quantity, organisation, aspect: deed.aspect }
}

fn indicator<'f>(
    mention: &'f IndicatorMention<Source>,
    organisation: Name,
    source: &'f str,
) -> IndicatorMention<Source, Name, &'f str> {
    IndicatorMention {
        span: mention.span,
        indicator: mention.indicator,
        value: mention.value,
        min: mention.min,
        max: mention.max,
        unit: mention.unit.within(source),
        organisation,
        period: mention.period,
        planned: mention.planned,
    }
}

fn event<'f>(mention: &'f EventMention<Source>, names: &mut Names<'f>) -> EventMention<Source, Name, &'f str> {
    let organiser = |organiser: &'f Organiser| Organiser { name: names.number(&organiser.name), role: organiser.role };
    EventMention {
        span: mention.span,
        name: &mention.name,
        edition: mention.edition.as_deref(),
        kind: mention.kind,
        from: mention.from,
        to: mention.to,
        place: mention.place.as_deref(),
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
    fn a_name_is_kept_once_and_settles_everywhere() {
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
        assert_eq!(record.persons[0].name, "甲会");
        let (text, _): (Text<'_>, _) = postcard::take_from_bytes(&bytes).unwrap();
        assert_eq!((text.source, &text.sections[..]), ("甲会", &["一、"][..]));
    }
}
