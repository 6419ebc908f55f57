//! Rows of annotations and of predictions: a span, its text, and what is compared of each kind.

use std::fmt;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::figure::Figure;
use crate::model::{Source, Span};

/// The kinds of mention that are scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Kind {
    Organisations,
    Persons,
    Dates,
    Quantities,
    Events,
}

impl Kind {
    /// All kinds, in the order of the tables.
    pub const ALL: [Kind; 5] = [Kind::Organisations, Kind::Persons, Kind::Dates, Kind::Quantities, Kind::Events];

    /// As written in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Organisations => "organisations",
            Kind::Persons => "persons",
            Kind::Dates => "dates",
            Kind::Quantities => "quantities",
            Kind::Events => "events",
        }
    }
}

/// What is known of a document as a whole. Dates are ISO 8601.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// The title.
    pub title: Option<String>,
    /// Canonical name of the organisation that speaks or publishes.
    pub publisher: Option<String>,
    /// `annual_summary`, `work_plan`, ….
    pub report_type: Option<String>,
    /// What relative dates are read against: a day, a month or a year.
    pub reference_date: Option<String>,
    /// First day of the period that the document reports on.
    pub period_start: Option<String>,
    /// Last day of that period.
    pub period_end: Option<String>,
}

/// A field of [`Metadata`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Field {
    Title,
    Publisher,
    ReportType,
    ReferenceDate,
    PeriodStart,
    PeriodEnd,
}

impl Field {
    /// All fields, in the order of the tables.
    pub const ALL: [Field; 6] =
        [Field::Title, Field::Publisher, Field::ReportType, Field::ReferenceDate, Field::PeriodStart, Field::PeriodEnd];

    /// As written in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Publisher => "publisher",
            Field::ReportType => "report_type",
            Field::ReferenceDate => "reference_date",
            Field::PeriodStart => "period_start",
            Field::PeriodEnd => "period_end",
        }
    }

    /// What `metadata` says of it.
    pub fn of(self, metadata: &Metadata) -> Option<&str> {
        match self {
            Field::Title => &metadata.title,
            Field::Publisher => &metadata.publisher,
            Field::ReportType => &metadata.report_type,
            Field::ReferenceDate => &metadata.reference_date,
            Field::PeriodStart => &metadata.period_start,
            Field::PeriodEnd => &metadata.period_end,
        }
        .as_deref()
    }

    /// `found` says what `expected` says: the same text; for the reference date a day within the month or year that is
    /// expected will do, and a time behind the day is left out.
    pub(super) fn agrees(self, expected: &str, found: &str) -> bool {
        const DAY: usize = "2024-12-25".len();
        match self {
            Field::ReferenceDate => {
                let mut found = found.chars().take(DAY);
                expected.chars().take(DAY).all(|c| found.next() == Some(c))
            }
            _ => expected == found,
        }
    }
}

/// A mention, annotated or predicted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Fields", bound(deserialize = "T: Detail"))]
pub struct Row<T> {
    /// Where it stands in the document's text.
    pub span: Span<Source>,
    /// The text there.
    pub text: String,
    /// Careful annotators would disagree whether to annotate it.
    pub optional: bool,
    /// What is compared of it.
    pub detail: T,
}

/// An organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    /// Canonical name.
    pub name: Option<String>,
    /// `full`, `alias` or `generic`.
    pub form: Option<String>,
}

/// A person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The nearest title as written.
    pub title: Option<String>,
}

/// What a date expression means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// `date`, `range`, `duration` or `set`.
    pub kind: Option<String>,
    /// First day, ISO 8601.
    pub from: Option<String>,
    /// Last day, ISO 8601.
    pub to: Option<String>,
    /// ISO 8601 duration.
    pub duration: Option<String>,
}

/// A quantity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// `cardinal`, `ordinal`, `percent`, `money` or `measure`.
    pub kind: Option<String>,
    /// The number as written.
    pub value: Option<Figure>,
    /// Lower bound.
    pub min: Option<Figure>,
    /// Upper bound.
    pub max: Option<Figure>,
    /// How the wording bounds it.
    pub modifier: Option<String>,
    /// Unit or measure word as written.
    pub unit: Option<String>,
    /// The thing counted, as written.
    pub object: Option<String>,
    /// It stands inside a proper name.
    pub in_name: bool,
}

/// An event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// First day, ISO 8601.
    pub from: Option<String>,
}

/// A row of any kind as JSON gives it; what a kind has no use for is left out. (One flat structure: `serde(flatten)`
/// can't read numbers of arbitrary precision.)
#[derive(Debug, Deserialize)]
pub struct Fields {
    start: u32,
    end: u32,
    #[serde(default)]
    text: Option<String>,
    optional: Option<bool>,
    name: Option<String>,
    form: Option<String>,
    title: Option<String>,
    kind: Option<String>,
    from: Option<String>,
    to: Option<String>,
    duration: Option<String>,
    value: Option<Figure>,
    min: Option<Figure>,
    max: Option<Figure>,
    modifier: Option<String>,
    unit: Option<String>,
    object: Option<String>,
    in_name: Option<bool>,
}

impl<T: Detail> TryFrom<Fields> for Row<T> {
    type Error = String;

    fn try_from(mut fields: Fields) -> Result<Self, String> {
        let Fields { start, end, .. } = fields;
        if start > end {
            return Err(format!("a row ends before it starts: {start}..{end}"));
        }
        Ok(Row {
            span: Span::new(start as usize, end as usize),
            text: fields.text.take().unwrap_or_default(),
            optional: fields.optional.unwrap_or(false),
            detail: T::take(fields),
        })
    }
}

/// What is compared of a kind of mention.
pub trait Detail: Sized {
    /// The kind.
    const KIND: Kind;

    /// Takes its own fields.
    fn take(fields: Fields) -> Self;

    /// Rows like it are left out of the scores, annotated or predicted.
    fn is_passive(&self) -> bool {
        false
    }

    /// `found`, which has the span of `expected`, says the same.
    fn agrees(expected: &Row<Self>, found: &Row<Self>, written: &WrittenNames) -> bool;

    /// The value as the table of differences shows it.
    fn shown(&self) -> String;
}

impl Detail for Organisation {
    const KIND: Kind = Kind::Organisations;

    fn take(fields: Fields) -> Self {
        Organisation { name: fields.name, form: fields.form }
    }

    fn is_passive(&self) -> bool {
        self.form.as_deref() == Some("generic")
    }

    fn agrees(expected: &Row<Self>, found: &Row<Self>, written: &WrittenNames) -> bool {
        let found = squash(found.detail.name.as_deref());
        written.accepted(expected).any(|name| name == found)
    }

    fn shown(&self) -> String {
        self.name.clone().unwrap_or_default()
    }
}

impl Detail for Person {
    const KIND: Kind = Kind::Persons;

    fn take(fields: Fields) -> Self {
        Person { title: fields.title }
    }

    fn agrees(expected: &Row<Self>, found: &Row<Self>, _: &WrittenNames) -> bool {
        squash(expected.detail.title.as_deref()) == squash(found.detail.title.as_deref())
    }

    fn shown(&self) -> String {
        self.title.clone().unwrap_or_default()
    }
}

impl Detail for Reading {
    const KIND: Kind = Kind::Dates;

    fn take(fields: Fields) -> Self {
        Reading { kind: fields.kind, from: fields.from, to: fields.to, duration: fields.duration }
    }

    fn agrees(expected: &Row<Self>, found: &Row<Self>, _: &WrittenNames) -> bool {
        let (expected, found) = (&expected.detail, &found.detail);
        match expected.kind.as_deref() {
            Some("duration") => expected.duration == found.duration,
            Some("set") => found.kind == expected.kind,
            _ => (&expected.from, &expected.to) == (&found.from, &found.to),
        }
    }

    fn shown(&self) -> String {
        let open = |day: &Option<String>| day.clone().unwrap_or_else(|| "..".to_owned());
        match self.kind.as_deref() {
            Some("set") => "set".to_owned(),
            Some("duration") => self.duration.clone().unwrap_or_else(|| "duration".to_owned()),
            _ if self.from == self.to => open(&self.from),
            _ => format!("{}/{}", open(&self.from), open(&self.to)),
        }
    }
}

impl Detail for Amount {
    const KIND: Kind = Kind::Quantities;

    fn take(fields: Fields) -> Self {
        Amount {
            kind: fields.kind,
            value: fields.value,
            min: fields.min,
            max: fields.max,
            modifier: fields.modifier,
            unit: fields.unit,
            object: fields.object,
            in_name: fields.in_name.unwrap_or(false),
        }
    }

    fn is_passive(&self) -> bool {
        self.in_name
    }

    /// A range has no value of its own; per cent is per cent however it is written (%, 成 tenths, 折 tenths of a price).
    fn agrees(expected: &Row<Self>, found: &Row<Self>, _: &WrittenNames) -> bool {
        let (expected, found) = (&expected.detail, &found.detail);
        let close = |expected: &Option<Figure>, found: &Option<Figure>| match (expected, found) {
            (Some(expected), Some(found)) => expected.is_close(found),
            (expected, found) => expected.is_none() && found.is_none(),
        };
        (expected.modifier.as_deref() == Some("range") || close(&expected.value, &found.value))
            && close(&expected.min, &found.min)
            && close(&expected.max, &found.max)
            && (expected.kind.as_deref() == Some("percent")
                || squash(expected.unit.as_deref()) == squash(found.unit.as_deref()))
    }

    /// `300 [301,] more_than 名`.
    fn shown(&self) -> String {
        let figure = |figure: &Option<Figure>| figure.as_ref().map(Figure::to_string).unwrap_or_default();
        let bounds = format!("[{},{}]", figure(&self.min), figure(&self.max));
        let parts = [figure(&self.value), bounds, text_of(&self.modifier), text_of(&self.unit)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

impl Detail for Event {
    const KIND: Kind = Kind::Events;

    fn take(fields: Fields) -> Self {
        Event { from: fields.from }
    }

    fn agrees(expected: &Row<Self>, found: &Row<Self>, _: &WrittenNames) -> bool {
        text_of(&expected.detail.from) == text_of(&found.detail.from)
    }

    fn shown(&self) -> String {
        text_of(&self.from)
    }
}

fn text_of(text: &Option<String>) -> String {
    text.clone().unwrap_or_default()
}

/// `text` without white space: names and units are the same wherever a line was broken. Nothing is empty text.
pub fn squash(text: Option<&str>) -> String {
    // The four separators of ASCII count too: the annotations were made with a language that takes them for blanks.
    let blank = |c: char| c.is_whitespace() || ('\x1c'..='\x1f').contains(&c);
    text.unwrap_or_default().chars().filter(|&c| !blank(c)).collect()
}

/// The forms that a document's organisations are written in. A canonical name that stands nowhere in the document
/// can't be asked for: there the name as written is right too.
#[derive(Debug, Default)]
pub struct WrittenNames(FxHashSet<String>);

impl WrittenNames {
    /// Of the organisation mentions of one document.
    pub fn new(mentions: &[Row<Organisation>]) -> Self {
        WrittenNames(mentions.iter().map(|row| squash(Some(&row.text))).collect())
    }

    /// The names that are right for a mention, without white space.
    pub fn accepted(&self, mention: &Row<Organisation>) -> impl Iterator<Item = String> + use<> {
        let name = squash(mention.detail.name.as_deref());
        let written = (!self.0.contains(&name)).then(|| squash(Some(&mention.text)));
        std::iter::once(name).chain(written)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
