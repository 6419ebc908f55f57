//! One document to its facts: every stage left of the tally, in order.

use crate::clean::{Script, clean};
use crate::extract::candidate::CandidateFinder;
use crate::extract::date::DateGrammar;
use crate::extract::event::{EventContext, EventFinder, EventScan};
use crate::extract::indicator::{IndicatorFinder, IndicatorSources};
use crate::extract::organisation::{OrganisationFinder, OrganisationScan};
use crate::extract::person::{PersonFinder, PersonSources};
use crate::extract::quantity::QuantityGrammar;
use crate::extract::term::TermFinder;
use crate::lexicon::{Lexicon, Places, Sign};
use crate::link;
use crate::model::{
    Aspect, Candidate, CharIndex, Clean, CleanText, DateExpression, DateMention, Deed, Document, DocumentFacts,
    EventMention, Facts, IndicatorMention, Numeral, OrganisationMention, PersonMention, QuantityMention, Sentence,
    Source, SourceText, Span, TermMention, Token,
};
use crate::profile::{Evidence, Outline};
use crate::segment::{Segmented, Segmenter};

/// A document and its words.
struct Words {
    document: Document,
    text: CleanText,
    script: Script,
    tokens: Vec<Token>,
    places: Places,
    terms: Vec<(Span<Clean>, u32)>,
}

/// What is told by the words of a document alone, whatever it is about.
struct Found {
    organisations: OrganisationScan,
    dates: Vec<DateExpression>,
    terms: Vec<TermMention<Clean>>,
}

/// What a document is, with the organisations and dates that hang on it.
struct Settled<'w> {
    words: &'w Words,
    source: SourceText<'w>,
    outline: Outline,
    organisations: Vec<OrganisationMention<Clean>>,
    terms: Vec<TermMention<Clean>>,
    dates: Vec<DateMention<Clean>>,
    aspects: Vec<Aspect>,
}

impl Settled<'_> {
    /// The publisher's name.
    fn publisher(&self) -> Option<&str> {
        self.outline.profile.publisher.as_ref().map(|publisher| publisher.name.as_str())
    }
}

/// What is told in a document.
struct Told {
    persons: Vec<PersonMention<Clean>>,
    events: Vec<EventMention<Clean>>,
    deeds: Vec<Deed>,
    indicators: Vec<IndicatorMention<Clean>>,
}

/// What was read of one document.
pub struct Reading {
    /// Its facts.
    pub facts: Facts,
    /// The index of their source.
    pub index: CharIndex,
    /// The repaired text.
    pub text: CleanText,
    /// The words of `text`.
    pub tokens: Vec<Token>,
}

/// Reads documents. A pure function of a document and the lexicon; one reader serves all threads.
pub struct Reader<'l> {
    lexicon: &'l Lexicon,
    segmenter: Segmenter,
    terms: TermFinder<'l>,
    organisations: OrganisationFinder<'l>,
    persons: PersonFinder<'l>,
    dates: DateGrammar,
    quantities: QuantityGrammar,
    events: EventFinder<'l>,
    /// None where no figures are wanted.
    indicators: Option<IndicatorFinder<'l>>,
    candidates: CandidateFinder<'l>,
}

impl<'l> Reader<'l> {
    /// Compiles what the stages need, once a run.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self::over(Segmenter::new(lexicon), lexicon, true)
    }

    /// As [`Self::new`], with a segmenter at hand; without `indicators`, facts hold none.
    pub(super) fn over(segmenter: Segmenter, lexicon: &'l Lexicon, indicators: bool) -> Self {
        Reader {
            lexicon,
            segmenter,
            terms: TermFinder::new(lexicon),
            organisations: OrganisationFinder::new(lexicon),
            persons: PersonFinder::new(lexicon),
            dates: DateGrammar::new(lexicon),
            quantities: QuantityGrammar::new(lexicon),
            events: EventFinder::new(lexicon),
            indicators: indicators.then(|| IndicatorFinder::new(lexicon)),
            candidates: CandidateFinder::new(lexicon),
        }
    }

    /// All facts of one document.
    pub fn read(&self, document: Document) -> Facts {
        // as many readings as documents
        self.read_together(vec![document]).swap_remove(0).facts
    }

    /// What is in documents, in their order. Each stage reads all of them before the next does: what it looks up stays in the
    /// processor's cache meanwhile.
    pub fn read_together(&self, documents: Vec<Document>) -> Vec<Reading> {
        let words: Vec<Words> = documents.into_iter().map(|document| self.words(document)).collect();
        let found: Vec<Found> = words.iter().map(|words| self.find(words)).collect();
        let settled: Vec<Settled<'_>> =
            words.iter().zip(found).map(|(words, found)| self.settle(words, found)).collect();
        let told = self.tell(&settled);
        let facts: Vec<(Facts, CharIndex)> =
            settled.into_iter().zip(told).map(|(settled, told)| facts(settled, told)).collect();
        let reading = |(words, (facts, index)): (Words, (Facts, CharIndex))| {
            let Words { document, text, tokens, .. } = words;
            Reading { facts: Facts { source: document.text, ..facts }, index, text, tokens }
        };
        words.into_iter().zip(facts).map(reading).collect()
    }

    fn words(&self, document: Document) -> Words {
        let (text, script) = clean(&document, &self.lexicon.variants);
        let Segmented { tokens, terms } = self.segmenter.segment(&text);
        let places = self.lexicon.signs.places(&text, &tokens);
        Words { document, text, script, tokens, places, terms }
    }

    fn find(&self, Words { text, tokens, places, terms, .. }: &Words) -> Found {
        Found {
            organisations: self.organisations.scan(text, tokens, places),
            dates: self.dates.scan(text),
            terms: self.terms.find(text, tokens, terms),
        }
    }

    fn settle<'w>(&self, words: &'w Words, found: Found) -> Settled<'w> {
        let Found { organisations: mut scan, dates: parsed, terms } = found;
        let Words { document, text, tokens, .. } = words;
        let source = SourceText::new(&document.text);
        link::resolve(&mut scan.mentions, &scan.definitions, &self.lexicon.organisations);
        let evidence = Evidence {
            document,
            text,
            source: &source,
            organisations: &scan.mentions,
            definitions: &scan.definitions,
            dates: &parsed,
        };
        let mut outline = Outline::infer(evidence, self.lexicon);
        link::attach_publisher(&mut scan.mentions, outline.profile.publisher.as_ref());
        let dates = self.dates.resolve(text, &parsed, &outline.context());
        outline.complete(text, &dates, &document.given, self.lexicon);
        let aspects = outline.aspects(text, tokens, &dates, self.lexicon);
        Settled { words, source, outline, organisations: scan.mentions, terms, dates, aspects }
    }

    fn tell(&self, documents: &[Settled<'_>]) -> Vec<Told> {
        let scans: Vec<EventScan<'_>> = documents.iter().map(|document| self.look_for_events(document)).collect();
        let names: Vec<Vec<Span<Clean>>> = documents.iter().zip(&scans).map(proper_names).collect();
        let quantities = documents.iter().zip(&names).map(|(document, names)| {
            let Settled { words: Words { text, tokens, .. }, source, dates, .. } = document;
            let covered: Vec<Span<Clean>> = dates.iter().map(|date| date.span).collect();
            self.quantities.scan(text, tokens, source, &covered, names)
        });
        let quantities: Vec<Vec<QuantityMention<Clean>>> = quantities.collect();
        let events = documents
            .iter()
            .zip(scans.iter().zip(&quantities))
            .map(|(document, (scan, quantities))| scan.events(quantities, document.source.text()));
        let events: Vec<Vec<EventMention<Clean>>> = events.collect();
        let persons: Vec<Vec<PersonMention<Clean>>> =
            documents.iter().map(|document| self.persons.scan(person_sources(document))).collect();
        let told = documents.iter().zip(names).zip(quantities).zip(events.into_iter().zip(persons));
        told.map(|(((document, names), quantities), (events, persons))| {
            let (deeds, indicators) = self.weigh(document, &names, quantities);
            Told { persons, events, deeds, indicators }
        })
        .collect()
    }

    fn look_for_events<'d>(&'d self, document: &'d Settled<'_>) -> EventScan<'d> {
        let Settled { words: Words { text, tokens, places, .. }, organisations, dates, .. } = document;
        self.events.look(text, tokens, EventContext { places, organisations, dates, publisher: document.publisher() })
    }

    /// Whose deed each quantity is, and when; which are figures of indicators.
    fn weigh(
        &self,
        document: &Settled<'_>,
        names: &[Span<Clean>],
        quantities: Vec<QuantityMention<Clean>>,
    ) -> (Vec<Deed>, Vec<IndicatorMention<Clean>>) {
        let Settled { words: Words { text, tokens, .. }, source, outline, organisations, dates, aspects, .. } =
            document;
        let moments = outline.moments(text, tokens, dates, names, &quantities, self.lexicon);
        let sources = IndicatorSources {
            text,
            source: source.text(),
            title: outline.profile.title.as_deref(),
            dates,
            quantities: &quantities,
            moments: &moments,
            aspects,
        };
        let mut doers = link::Doers::new(text, organisations, outline.profile.publisher.as_ref());
        let find = |finder: &IndicatorFinder<'_>| finder.find(sources, |span, own| doers.owner(span, own));
        let indicators = self.indicators.as_ref().map(find).unwrap_or_default();
        let deeds = quantities.into_iter().zip(moments).map(|(quantity, aspect)| Deed {
            organisation: doers.doer(quantity.span),
            quantity: quantity_to_source(text, quantity),
            aspect,
        });
        (deeds.collect(), indicators)
    }

    /// Candidates for new terms in a document that was read.
    pub fn candidates(&self, reading: &Reading) -> Vec<Candidate> {
        self.candidates.find(&reading.text, &reading.tokens, &name_spans(&reading.facts))
    }
}

/// The facts of a document but for its text, which stays with its words, and the index of the text.
fn facts(settled: Settled<'_>, told: Told) -> (Facts, CharIndex) {
    let Settled { words, source, outline, organisations, terms, dates, aspects } = settled;
    let Words { document, text, script, tokens, .. } = words;
    let profile = outline.conclude(text, &dates, &told.events, &document.given);
    let facts = Facts {
        sections: section_paths(text),
        sentences: sentences(text, &aspects),
        terms: terms.into_iter().map(|m| term_to_source(text, m)).collect(),
        organisations: organisations.into_iter().map(|m| organisation_to_source(text, m)).collect(),
        persons: told.persons.into_iter().map(|m| person_to_source(text, m)).collect(),
        dates: dates.into_iter().map(|m| date_to_source(text, m)).collect(),
        quantities: told.deeds,
        indicators: told.indicators.into_iter().map(|m| indicator_to_source(text, m)).collect(),
        events: told.events.into_iter().map(|m| event_to_source(text, m)).collect(),
        document: DocumentFacts {
            key: document.key.clone(),
            format: document.format,
            encoding: document.encoding.to_owned(),
            script: Script::as_str(*script).to_owned(),
            pages: (!document.pages.is_empty()).then_some(document.pages.len() as u32),
            characters: text.chars().iter().filter(|c| **c != '\n').count() as u64,
            words: count_words(text, tokens),
            repairs: text.repairs as u64,
            sha256: document.sha256.clone(),
            profile,
            duplicate_of: None,
        },
        pages: document.pages.clone(),
        source: String::new(),
    };
    (facts, source.into_index())
}

fn person_sources<'d>(document: &'d Settled<'_>) -> PersonSources<'d> {
    let Settled { words: Words { text, tokens, places, .. }, source, organisations, .. } = document;
    PersonSources { text, source, tokens, places, organisations, publisher: document.publisher() }
}

/// Spans of a document in which names stand, in order.
fn name_spans(facts: &Facts) -> Vec<Span<Source>> {
    let organisations = facts.organisations.iter().map(|m| m.span);
    let others = facts.persons.iter().map(|m| m.span).chain(facts.events.iter().map(|m| m.span));
    let mut spans: Vec<Span<Source>> = organisations.chain(others).collect();
    spans.sort_unstable();
    spans
}

/// Titles in 《》 and names of events, in order: numbers inside belong to the name.
fn proper_names((document, scan): (&Settled<'_>, &EventScan<'_>)) -> Vec<Span<Clean>> {
    const LONGEST: usize = 80;
    let mut names: Vec<Span<Clean>> = scan.names.iter().map(|name| name.span).collect();
    let mut open = None;
    let Words { text, places, .. } = document.words;
    for at in places.all(Sign::Mark) {
        match text.chars()[at] {
            '《' => open = Some(at),
            '》' => {
                if let Some(start) = open.take().filter(|start| at - start <= LONGEST) {
                    names.push(Span::new(start + 1, at));
                }
            }
            _ => {}
        }
    }
    names.sort_unstable();
    names
}

/// Words of the text, punctuation left out.
fn count_words(text: &CleanText, tokens: &[Token]) -> u64 {
    let words = tokens.iter().filter(|token| token.is_word(text));
    words.count() as u64
}

fn section_paths(text: &CleanText) -> Vec<String> {
    let mut paths: Vec<String> = Vec::with_capacity(text.sections.len());
    for section in &text.sections {
        let heading = text.slice(section.heading);
        paths.push(match section.parent {
            Some(parent) => format!("{} > {heading}", paths[parent as usize]),
            None => heading.to_owned(),
        });
    }
    paths
}

fn sentences(text: &CleanText, aspects: &[Aspect]) -> Vec<Sentence> {
    let all = text.sentences.iter().zip(aspects);
    all.map(|(sentence, aspect)| Sentence {
        span: text.to_source(sentence.span),
        section: sentence.section,
        characters: sentence.span.len() as u32,
        aspect: *aspect,
    })
    .collect()
}

fn term_to_source(text: &CleanText, m: TermMention<Clean>) -> TermMention<Source> {
    TermMention { span: text.to_source(m.span), term: m.term, nested: m.nested, negated: m.negated }
}

fn organisation_to_source(text: &CleanText, m: OrganisationMention<Clean>) -> OrganisationMention<Source> {
    OrganisationMention { span: text.to_source(m.span), name: m.name, kind: m.kind, form: m.form, parent: m.parent }
}

fn person_to_source(text: &CleanText, m: PersonMention<Clean>) -> PersonMention<Source> {
    PersonMention { span: text.to_source(m.span), name: m.name, title: m.title, organisation: m.organisation }
}

fn date_to_source(text: &CleanText, m: DateMention<Clean>) -> DateMention<Source> {
    DateMention {
        span: text.to_source(m.span),
        kind: m.kind,
        from: m.from,
        to: m.to,
        precision: m.precision,
        duration: m.duration,
        numeral: m.numeral.map(|n| Numeral { span: text.to_source(n.span), value: n.value }),
    }
}

fn quantity_to_source(text: &CleanText, m: QuantityMention<Clean>) -> QuantityMention<Source> {
    QuantityMention {
        span: text.to_source(m.span),
        numeral: text.to_source(m.numeral),
        kind: m.kind,
        value: m.value,
        min: m.min,
        max: m.max,
        modifier: m.modifier,
        unit: m.unit,
        unit_code: m.unit_code,
        object: m.object,
        action: m.action,
        in_name: m.in_name,
    }
}

fn indicator_to_source(text: &CleanText, m: IndicatorMention<Clean>) -> IndicatorMention<Source> {
    IndicatorMention {
        span: text.to_source(m.span),
        indicator: m.indicator,
        value: m.value,
        min: m.min,
        max: m.max,
        unit: m.unit,
        organisation: m.organisation,
        period: m.period,
        planned: m.planned,
    }
}

fn event_to_source(text: &CleanText, m: EventMention<Clean>) -> EventMention<Source> {
    EventMention {
        span: text.to_source(m.span),
        name: m.name,
        edition: m.edition,
        kind: m.kind,
        from: m.from,
        to: m.to,
        place: m.place,
        attendance: m.attendance,
        organisers: m.organisers,
    }
}
