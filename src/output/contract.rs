//! The JSON object that `wenmai extract` writes for a document.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::lexicon::Lexicon;
use crate::model::{
    CharIndex, DateKind, Deed, EventKind, Facts, Modifier, OrganisationForm, OrganisationKind, OrganiserRole,
    Precision, QuantityKind, Source, Span, Status, Written,
};

/// Facts of one document, offsets in Unicode scalars of the text as given.
#[derive(Debug, Serialize)]
pub struct Extraction<'f> {
    id: &'f serde_json::Value,
    status: &'static str,
    document: DocumentRow<'f>,
    terms: Vec<TermRow<'f>>,
    organisations: Vec<OrganisationRow<'f>>,
    persons: Vec<PersonRow<'f>>,
    dates: Vec<DateRow<'f>>,
    quantities: Vec<QuantityRow<'f>>,
    events: Vec<EventRow<'f>>,
}

/// A line that gave no document.
#[derive(Debug, Serialize)]
pub struct RejectedLine<'r> {
    id: &'r serde_json::Value,
    status: &'static str,
    reason: &'r str,
    detail: &'r str,
}

impl<'r> RejectedLine<'r> {
    /// A line that gave no document, and why.
    pub fn new(id: &'r serde_json::Value, reason: &'r str, detail: &'r str) -> Self {
        RejectedLine { id, status: "rejected", reason, detail }
    }
}

#[derive(Debug, Serialize)]
struct DocumentRow<'f> {
    title: Option<&'f str>,
    publisher: Option<&'f str>,
    report_type: &'static str,
    reference_date: Option<String>,
    period_start: Option<Date>,
    period_end: Option<Date>,
}

#[derive(Debug, Serialize)]
struct TermRow<'f> {
    start: usize,
    end: usize,
    text: &'f str,
    term: &'f str,
    category: &'f str,
    nested: bool,
    negated: bool,
}

#[derive(Debug, Serialize)]
struct OrganisationRow<'f> {
    start: usize,
    end: usize,
    text: &'f str,
    name: &'f str,
    kind: OrganisationKind,
    form: OrganisationForm,
    parent: Option<&'f str>,
}

#[derive(Debug, Serialize)]
struct PersonRow<'f> {
    start: usize,
    end: usize,
    text: &'f str,
    title: Option<&'f str>,
    organisation: Option<&'f str>,
}

#[derive(Debug, Serialize)]
struct DateRow<'f> {
    start: usize,
    end: usize,
    text: &'f str,
    kind: DateKind,
    from: Option<Date>,
    to: Option<Date>,
    precision: Option<Precision>,
    duration: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    numeral_start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    numeral_end: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none", with = "rust_decimal::serde::arbitrary_precision_option")]
    value: Option<Decimal>,
}

#[derive(Debug, Serialize)]
struct QuantityRow<'f> {
    start: usize,
    end: usize,
    text: &'f str,
    kind: QuantityKind,
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option")]
    value: Option<Decimal>,
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option")]
    min: Option<Decimal>,
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option")]
    max: Option<Decimal>,
    modifier: Modifier,
    unit: Option<&'f str>,
    unit_code: Option<&'f str>,
    numeral_start: usize,
    numeral_end: usize,
    object: Option<&'f str>,
    action: Option<&'f str>,
    organisation: Option<&'f str>,
    status: Status,
    in_name: bool,
}

#[derive(Debug, Serialize)]
struct EventRow<'f> {
    start: usize,
    end: usize,
    text: &'f str,
    name: &'f str,
    edition: Option<&'f str>,
    kind: EventKind,
    from: Option<Date>,
    to: Option<Date>,
    place: Option<&'f str>,
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option")]
    attendance: Option<Decimal>,
    organisers: Vec<OrganiserRow<'f>>,
}

#[derive(Debug, Serialize)]
struct OrganiserRow<'f> {
    name: &'f str,
    role: OrganiserRole,
}

impl<'f> Extraction<'f> {
    /// The object for `facts`, whose terms `lexicon` names.
    pub fn new(id: &'f serde_json::Value, facts: &'f Facts, lexicon: &'f Lexicon) -> Self {
        let index = CharIndex::new(&facts.source);
        let text = |span: Span<Source>| index.slice(&facts.source, span);
        let profile = &facts.document.profile;
        let terms = facts.terms.iter().map(|m| {
            let term = &lexicon.terms.terms()[m.term as usize];
            let (start, end) = (m.span.start(), m.span.end());
            TermRow {
                start,
                end,
                text: text(m.span),
                term: &term.name,
                category: &term.category,
                nested: m.nested,
                negated: m.negated,
            }
        });
        let organisations = facts.organisations.iter().map(|m| OrganisationRow {
            start: m.span.start(),
            end: m.span.end(),
            text: text(m.span),
            name: &m.name,
            kind: m.kind,
            form: m.form,
            parent: m.parent.as_deref(),
        });
        let persons = facts.persons.iter().map(|m| PersonRow {
            start: m.span.start(),
            end: m.span.end(),
            text: text(m.span),
            title: m.title.as_deref(),
            organisation: m.organisation.as_deref(),
        });
        let dates = facts.dates.iter().map(|m| DateRow {
            start: m.span.start(),
            end: m.span.end(),
            text: text(m.span),
            kind: m.kind,
            from: m.from,
            to: m.to,
            precision: m.precision,
            duration: m.duration.as_deref(),
            numeral_start: m.numeral.map(|n| n.span.start()),
            numeral_end: m.numeral.map(|n| n.span.end()),
            value: m.numeral.map(|n| n.value),
        });
        let events = facts.events.iter().map(|m| EventRow {
            start: m.span.start(),
            end: m.span.end(),
            text: text(m.span),
            name: &m.name,
            edition: m.edition.as_deref(),
            kind: m.kind,
            from: m.from,
            to: m.to,
            place: m.place.as_deref(),
            attendance: m.attendance.map(|number| number.normalize()),
            organisers: m.organisers.iter().map(|o| OrganiserRow { name: &o.name, role: o.role }).collect(),
        });
        Extraction {
            id,
            status: "ok",
            document: DocumentRow {
                title: profile.title.as_deref(),
                publisher: profile.publisher.as_ref().map(|p| p.name.as_str()),
                report_type: profile.report_type.as_str(),
                reference_date: profile.reference.map(|date| date.to_string()),
                period_start: profile.period.and_then(|p| p.from),
                period_end: profile.period.and_then(|p| p.to),
            },
            terms: terms.collect(),
            organisations: organisations.collect(),
            persons: persons.collect(),
            dates: dates.collect(),
            quantities: facts
                .quantities
                .iter()
                .map(|deed| quantity_row(deed, text(deed.quantity.span), facts))
                .collect(),
            events: events.collect(),
        }
    }
}

fn quantity_row<'f>(deed: &'f Deed, text: &'f str, facts: &'f Facts) -> QuantityRow<'f> {
    let m = &deed.quantity;
    let words = |written: &'f Option<Written>| written.as_ref().map(|written| written.within(&facts.source));
    QuantityRow {
        start: m.span.start(),
        end: m.span.end(),
        text,
        kind: m.kind,
        value: m.value.map(|v| v.normalize()),
        min: m.min.map(|v| v.normalize()),
        max: m.max.map(|v| v.normalize()),
        modifier: m.modifier,
        unit: words(&m.unit),
        unit_code: words(&m.unit_code),
        numeral_start: m.numeral.start(),
        numeral_end: m.numeral.end(),
        object: words(&m.object),
        action: words(&m.action),
        organisation: deed.organisation.map(|doer| facts.name_of(doer)),
        status: deed.aspect.status,
        in_name: m.in_name,
    }
}
