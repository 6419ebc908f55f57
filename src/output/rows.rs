//! Facts and tallies as rows of the tables.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::lexicon::Lexicon;
use crate::measure::period::{Granularity, Period};
use crate::measure::tally::period_of;
use crate::model::{CharIndex, OrganisationForm, Record, SentenceFinder, Source, Span, Status, Text, series};

use super::schema::{
    DATE_MENTIONS, DOCUMENTS, EVENT_MENTIONS, ORGANISATION_MENTIONS, PERSON_MENTIONS, QUANTITY_MENTIONS, SENTENCES,
    TERM_MENTIONS, Table,
};
use super::{CsvStyle, RowBuffer};

/// Tables that hold the facts of one document after another.
pub const FACT_TABLES: [&Table; 8] = [
    &DOCUMENTS,
    &SENTENCES,
    &TERM_MENTIONS,
    &ORGANISATION_MENTIONS,
    &PERSON_MENTIONS,
    &DATE_MENTIONS,
    &QUANTITY_MENTIONS,
    &EVENT_MENTIONS,
];

/// Rows of the fact tables for a run of documents, in the order of [`FACT_TABLES`]; tables that are not wanted stay
/// empty.
pub struct FactRows<'l> {
    lexicon: &'l Lexicon,
    granularity: Granularity,
    wanted: [bool; FACT_TABLES.len()],
    buffers: [RowBuffer; FACT_TABLES.len()],
}

impl<'l> FactRows<'l> {
    /// Empty buffers; `wanted` says which tables are written.
    pub fn new(
        lexicon: &'l Lexicon,
        granularity: Granularity,
        style: CsvStyle,
        wanted: impl Fn(&Table) -> bool,
    ) -> Self {
        FactRows {
            lexicon,
            granularity,
            wanted: FACT_TABLES.map(wanted),
            buffers: FACT_TABLES.map(|table| RowBuffer::new(Table::named(table.name).unwrap_or(&DOCUMENTS), style)),
        }
    }

    /// The buffers in the order of [`FACT_TABLES`].
    pub fn buffers(&self) -> &[RowBuffer] {
        &self.buffers
    }

    /// Drops all rows and keeps the memory.
    pub fn clear(&mut self) {
        self.buffers.iter_mut().for_each(RowBuffer::clear);
    }

    /// Adds the rows of one document; `index` is that of its source.
    pub fn add(&mut self, record: &Record<'_>, index: &CharIndex) {
        let place = Place::new(record, index, self.granularity);
        let [documents, sentences, terms, organisations, persons, dates, quantities, events] = &mut self.buffers;
        let [w_documents, w_sentences, w_terms, w_organisations, w_persons, w_dates, w_quantities, w_events] =
            self.wanted;
        if w_documents {
            document_row(documents, &record.text, self.granularity);
        }
        // the first of its copies counts, here and in the tally
        if record.text.document.duplicate_of.is_some() {
            return;
        }
        if w_sentences {
            sentence_rows(sentences, &place);
        }
        if w_terms {
            term_rows(terms, &place, self.lexicon);
        }
        if w_organisations {
            organisation_rows(organisations, &place);
        }
        if w_persons {
            person_rows(persons, &place);
        }
        if w_dates {
            date_rows(dates, &place);
        }
        if w_quantities {
            quantity_rows(quantities, &place);
        }
        if w_events {
            event_rows(events, &place);
        }
    }
}

/// Mentions as they become rows of one table, most of them behind another of the same sentence.
struct Mentions<'p> {
    sentences: SentenceFinder<'p>,
    /// The sentence of the last row, and the bytes of the cells that tell of it.
    beginning: Option<(usize, Range<usize>)>,
}

/// A document and what its rows have in common.
struct Place<'f> {
    record: &'f Record<'f>,
    text: &'f Text<'f>,
    index: &'f CharIndex,
    /// For each sentence the index of the label of its period.
    periods: Vec<usize>,
    /// Labels, each once; the first is that of no period.
    labels: Vec<String>,
}

impl<'f> Place<'f> {
    fn new(record: &'f Record<'f>, index: &'f CharIndex, granularity: Granularity) -> Self {
        let mut known: FxHashMap<Period, usize> = FxHashMap::default();
        let mut labels = vec![String::new()];
        let mut label = |period: Period| {
            *known.entry(period).or_insert_with(|| {
                labels.push(period.to_string());
                labels.len() - 1
            })
        };
        let text = &record.text;
        let told = text.sentences.iter().map(|s| period_of(s.aspect, granularity));
        let periods = told.map(|period| period.map_or(0, &mut label)).collect();
        Place { record, text, index, periods, labels }
    }

    fn text(&self, span: Span<Source>) -> &'f str {
        self.index.slice(self.text.source, span)
    }

    /// The mentions of one table, of which no row is written yet.
    fn mentions(&self) -> Mentions<'_> {
        Mentions { sentences: self.text.sentence_finder(), beginning: None }
    }

    /// document, sentence, page, start, end, text; gives the index of the sentence.
    fn provenance(&self, row: &mut RowBuffer, mentions: &mut Mentions<'_>, span: Span<Source>) -> usize {
        let sentence = mentions.sentences.at(span);
        match &mentions.beginning {
            Some((known, cells)) if *known == sentence => _ = row.begin_as(cells.clone(), 2),
            _ => {
                let start = row.as_bytes().len();
                row.text(&self.text.document.key).integer(sentence as u64 + 1);
                mentions.beginning = Some((sentence, start..row.as_bytes().len()));
            }
        }
        row.optional(self.text.page_at(span));
        row.integer(span.start() as u64).integer(span.end() as u64).text(self.text(span));
        sentence
    }

    fn status(&self, sentence: usize) -> Status {
        self.text.sentences.get(sentence).map_or(Status::None, |s| s.aspect.status)
    }

    fn period(&self, sentence: usize) -> &str {
        self.periods.get(sentence).map_or("", |label| &self.labels[*label])
    }
}

fn document_row(row: &mut RowBuffer, text: &Text<'_>, granularity: Granularity) {
    let document = &text.document;
    let profile = &document.profile;
    let period = profile.period;
    let label = period_of(crate::model::Aspect { period, status: Status::None }, granularity);
    row.text(&document.key)
        .text_or_empty(profile.title.as_deref())
        .text_or_empty(profile.publisher.as_ref().map(|p| p.name.as_str()))
        .text(profile.report_type.as_str())
        .text_or_empty(profile.published.map(|p| p.to_string()).as_deref())
        .date(period.and_then(|p| p.from))
        .date(period.and_then(|p| p.to))
        .text_or_empty(label.map(|p| p.to_string()).as_deref())
        .text(document.format.as_str())
        .text(&document.encoding)
        .text(&document.script);
    match document.pages {
        Some(pages) => row.integer(u64::from(pages)),
        None => row.empty(),
    };
    row.integer(document.characters)
        .integer(text.sentences.len() as u64)
        .integer(document.words)
        .integer(document.repairs)
        .text(&document.sha256)
        .text_or_empty(document.duplicate_of.as_deref())
        .end_row();
}

fn sentence_rows(row: &mut RowBuffer, place: &Place<'_>) {
    let text = place.text;
    for (at, sentence) in text.sentences.iter().enumerate() {
        let section = sentence.section.and_then(|section| text.sections.get(section as usize).copied());
        row.text(&text.document.key)
            .integer(at as u64 + 1)
            .optional(text.page_at(sentence.span))
            .integer(sentence.span.start() as u64)
            .integer(sentence.span.end() as u64)
            .text_or_empty(section)
            .text(place.period(at))
            .code(sentence.aspect.status.as_str())
            .text(place.text(sentence.span))
            .end_row();
    }
}

fn term_rows(row: &mut RowBuffer, place: &Place<'_>, lexicon: &Lexicon) {
    let mut mentions = place.mentions();
    for mention in place.record.terms.iter() {
        let term = &lexicon.terms.terms()[mention.term as usize];
        let sentence = place.provenance(row, &mut mentions, mention.span);
        row.text(&term.name)
            .text(&term.category)
            .boolean(mention.nested)
            .boolean(mention.negated)
            .text(place.period(sentence))
            .code(place.status(sentence).as_str())
            .end_row();
    }
}

fn organisation_rows(row: &mut RowBuffer, place: &Place<'_>) {
    let mut mentions = place.mentions();
    for mention in &place.record.organisations {
        place.provenance(row, &mut mentions, mention.span);
        let form = match mention.form {
            OrganisationForm::Full => "full",
            OrganisationForm::Alias => "alias",
            OrganisationForm::Generic => "generic",
        };
        row.text(place.record.name(mention.name)).code(mention.kind.as_str()).code(form).end_row();
    }
}

fn person_rows(row: &mut RowBuffer, place: &Place<'_>) {
    let mut mentions = place.mentions();
    for mention in &place.record.persons {
        place.provenance(row, &mut mentions, mention.span);
        row.text(mention.name)
            .text_or_empty(mention.title)
            .text_or_empty(mention.organisation.map(|name| place.record.name(name)))
            .end_row();
    }
}

fn date_rows(row: &mut RowBuffer, place: &Place<'_>) {
    let mut mentions = place.mentions();
    for mention in &place.record.dates {
        place.provenance(row, &mut mentions, mention.span);
        row.code(mention.kind.as_str())
            .date(mention.from)
            .date(mention.to)
            .text_or_empty(mention.precision.map(|p| p.as_str()))
            .text_or_empty(mention.duration)
            .end_row();
    }
}

fn quantity_rows(row: &mut RowBuffer, place: &Place<'_>) {
    let mut mentions = place.mentions();
    for deed in &place.record.quantities {
        let mention = &deed.quantity;
        place.provenance(row, &mut mentions, mention.span);
        let when = deed.aspect.period;
        row.code(mention.kind.as_str());
        for bound in [&mention.value, &mention.min, &mention.max] {
            match bound {
                Some(bound) => row.decimal(bound),
                None => row.empty(),
            };
        }
        row.code(mention.modifier.as_str())
            .text_or_empty(mention.unit)
            .text_or_empty(mention.object)
            .text_or_empty(mention.action)
            .text_or_empty(deed.organisation.map(|name| place.record.name(name)))
            .date(when.and_then(|w| w.from))
            .date(when.and_then(|w| w.to))
            .code(deed.aspect.status.as_str())
            .text_or_empty(mention.unit_code)
            .boolean(mention.in_name)
            .integer(mention.numeral.start() as u64)
            .integer(mention.numeral.end() as u64)
            .end_row();
    }
}

fn event_rows(row: &mut RowBuffer, place: &Place<'_>) {
    let mut mentions = place.mentions();
    for mention in &place.record.events {
        place.provenance(row, &mut mentions, mention.span);
        let organisers: Vec<&str> = mention.organisers.iter().map(|o| place.record.name(o.name)).collect();
        let (before, behind) = series(mention.name, mention.edition);
        row.text(&[before, behind].concat())
            .text_or_empty(mention.edition)
            .code(mention.kind.as_str())
            .date(mention.from)
            .date(mention.to)
            .text_or_empty(mention.place);
        match &mention.attendance {
            Some(number) => row.decimal(number),
            None => row.empty(),
        };
        row.text_or_empty(Some(organisers.join("|")).filter(|names| !names.is_empty()).as_deref()).end_row();
    }
}
