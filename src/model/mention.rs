//! What the extractors find. `S` is the coordinate space of the spans, `N` what names of organisations are told by and `T`
//! all other text: both own it, but for the words of quantities, and for what a [`super::Record`] holds.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Precision, Span, Written, packed};

/// Whether a sentence tells what was done or what is planned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Told as done.
    Done,
    /// Told as planned.
    Planned,
    /// Neither.
    #[default]
    None,
}

impl Status {
    /// As written in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Done => "done",
            Status::Planned => "planned",
            Status::None => "none",
        }
    }
}

/// A term of the dictionary in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct TermMention<S> {
    /// Where it stands.
    pub span: Span<S>,
    /// Index of the term in the lexicon.
    pub term: u32,
    /// It stands inside a longer term.
    pub nested: bool,
    /// It stands under a negation.
    pub negated: bool,
}

/// What an organisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum OrganisationKind {
    Association,
    Society,
    Federation,
    Alliance,
    Branch,
    Company,
    University,
    Institute,
    Government,
    Party,
    Union,
    Media,
    Fund,
    Court,
    International,
    Other,
}

impl OrganisationKind {
    /// As written in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            OrganisationKind::Association => "association",
            OrganisationKind::Society => "society",
            OrganisationKind::Federation => "federation",
            OrganisationKind::Alliance => "alliance",
            OrganisationKind::Branch => "branch",
            OrganisationKind::Company => "company",
            OrganisationKind::University => "university",
            OrganisationKind::Institute => "institute",
            OrganisationKind::Government => "government",
            OrganisationKind::Party => "party",
            OrganisationKind::Union => "union",
            OrganisationKind::Media => "media",
            OrganisationKind::Fund => "fund",
            OrganisationKind::Court => "court",
            OrganisationKind::International => "international",
            OrganisationKind::Other => "other",
        }
    }
}

/// How a mention names its organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationForm {
    /// The name or its regular full form.
    Full,
    /// A short name.
    Alias,
    /// A bare common noun that stands for it (协会, 本会, 我会).
    Generic,
}

/// An organisation in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(serialize = "N: Serialize", deserialize = "N: Deserialize<'de>"))]
pub struct OrganisationMention<S, N = String> {
    /// Where it stands.
    pub span: Span<S>,
    /// Canonical name, simplified.
    pub name: N,
    /// What it is.
    pub kind: OrganisationKind,
    /// How it is named here.
    pub form: OrganisationForm,
    /// Canonical name of the organisation that it is a part of.
    pub parent: Option<N>,
}

/// A person in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(serialize = "N: Serialize, T: Serialize", deserialize = "N: Deserialize<'de>, T: Deserialize<'de>"))]
pub struct PersonMention<S, N = String, T = String> {
    /// Where the name stands.
    pub span: Span<S>,
    /// The name, simplified, without blanks.
    pub name: T,
    /// The office nearest to the name as written, without its organisation.
    pub title: Option<T>,
    /// Canonical name of the organisation of that office, in its document.
    pub organisation: Option<N>,
}

/// A short name that a text defines (以下简称), and the mention it is said to stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition<S> {
    /// The short name.
    pub short: String,
    /// Where it is defined.
    pub span: Span<S>,
    /// The mention it stands for.
    pub full: Span<S>,
}

/// What a date expression is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateKind {
    /// A day, month, quarter, half or year.
    Date,
    /// From one to another, either end may be open.
    Range,
    /// A length of time.
    Duration,
    /// A repeated time (每年).
    Set,
}

impl DateKind {
    /// As written in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            DateKind::Date => "date",
            DateKind::Range => "range",
            DateKind::Duration => "duration",
            DateKind::Set => "set",
        }
    }
}

/// A numeral and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Numeral<S> {
    /// Where it stands.
    pub span: Span<S>,
    /// Its value.
    #[serde(with = "packed::number")]
    pub value: Decimal,
}

/// A date expression read against its document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(serialize = "T: Serialize", deserialize = "T: Deserialize<'de>"))]
pub struct DateMention<S, T = String> {
    /// Where it stands.
    pub span: Span<S>,
    /// What it is.
    pub kind: DateKind,
    /// First day.
    #[serde(with = "packed::day")]
    pub from: Option<Date>,
    /// Last day.
    #[serde(with = "packed::day")]
    pub to: Option<Date>,
    /// How fine it is; none for durations and sets.
    pub precision: Option<Precision>,
    /// ISO 8601 duration.
    pub duration: Option<T>,
    /// The numeral of a duration and its value.
    pub numeral: Option<Numeral<S>>,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum QuantityKind {
    Cardinal,
    Ordinal,
    Percent,
    Money,
    Measure,
}

impl QuantityKind {
    /// As written in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            QuantityKind::Cardinal => "cardinal",
            QuantityKind::Ordinal => "ordinal",
            QuantityKind::Percent => "percent",
            QuantityKind::Money => "money",
            QuantityKind::Measure => "measure",
        }
    }
}

/// How the wording bounds a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Modifier {
    Exact,
    Approx,
    AtLeast,
    AtMost,
    MoreThan,
    LessThan,
    Range,
}

impl Modifier {
    /// As written in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Modifier::Exact => "exact",
            Modifier::Approx => "approx",
            Modifier::AtLeast => "at_least",
            Modifier::AtMost => "at_most",
            Modifier::MoreThan => "more_than",
            Modifier::LessThan => "less_than",
            Modifier::Range => "range",
        }
    }
}

/// A number with its bounds, its unit and what it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(serialize = "T: Serialize", deserialize = "T: Deserialize<'de>"))]
pub struct QuantityMention<S, T = Written> {
    /// Where it stands, modifiers and unit included.
    pub span: Span<S>,
    /// The numeral alone.
    pub numeral: Span<S>,
    /// What it counts.
    pub kind: QuantityKind,
    /// The number as written (14万 is 140000); none for a range.
    #[serde(with = "packed::number_or_none")]
    pub value: Option<Decimal>,
    /// Lower bound.
    #[serde(with = "packed::number_or_none")]
    pub min: Option<Decimal>,
    /// Upper bound.
    #[serde(with = "packed::number_or_none")]
    pub max: Option<Decimal>,
    /// How the wording bounds it.
    pub modifier: Modifier,
    /// The unit or measure word as written.
    pub unit: Option<T>,
    /// ISO 4217 or UCUM code of the unit.
    pub unit_code: Option<T>,
    /// The thing counted, as written.
    pub object: Option<T>,
    /// The verb that governs it, as written.
    pub action: Option<T>,
    /// It stands inside a proper name.
    pub in_name: bool,
}

/// What an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum EventKind {
    Conference,
    Forum,
    Exhibition,
    Contest,
    Training,
    Meeting,
    Visit,
    Launch,
    Ceremony,
    Other,
}

impl EventKind {
    /// As written in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            EventKind::Conference => "conference",
            EventKind::Forum => "forum",
            EventKind::Exhibition => "exhibition",
            EventKind::Contest => "contest",
            EventKind::Training => "training",
            EventKind::Meeting => "meeting",
            EventKind::Visit => "visit",
            EventKind::Launch => "launch",
            EventKind::Ceremony => "ceremony",
            EventKind::Other => "other",
        }
    }
}

/// What an organiser does for an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganiserRole {
    /// 主办, or no verb says another role.
    Host,
    /// 承办.
    Undertake,
    /// 协办.
    Assist,
    /// 指导.
    Guide,
    /// 支持.
    Support,
}

/// Who holds an event, and in which role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(serialize = "N: Serialize", deserialize = "N: Deserialize<'de>"))]
pub struct Organiser<N = String> {
    /// Canonical name.
    pub name: N,
    /// In which role.
    pub role: OrganiserRole,
}

/// An event in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(serialize = "N: Serialize, T: Serialize", deserialize = "N: Deserialize<'de>, T: Deserialize<'de>"))]
pub struct EventMention<S, N = String, T = String> {
    /// Where its name stands, quotation marks around the whole left out.
    pub span: Span<S>,
    /// The name, simplified, with its edition and its leading year.
    pub name: T,
    /// The edition, session or leading year as written in the name, simplified (第十四届, 二届二次, 2024).
    pub edition: Option<T>,
    /// What it is.
    pub kind: EventKind,
    /// First day.
    #[serde(with = "packed::day")]
    pub from: Option<Date>,
    /// Last day.
    #[serde(with = "packed::day")]
    pub to: Option<Date>,
    /// Where it is held, as written.
    pub place: Option<T>,
    /// How many people came or will come: the number as written, bounds left aside.
    #[serde(with = "packed::number_or_none")]
    pub attendance: Option<Decimal>,
    /// Who holds it.
    pub organisers: Vec<Organiser<N>>,
}

/// The name of an event without its edition or leading year, in its two parts.
pub fn series<'n>(name: &'n str, edition: Option<&str>) -> (&'n str, &'n str) {
    let Some((edition, (before, behind))) = edition.and_then(|edition| Some((edition, name.split_once(edition)?)))
    else {
        return (name, "");
    };
    let dated = edition.ends_with(|c: char| c.is_ascii_digit());
    (before, if dated { behind.trim_start_matches(['年', '度']) } else { behind })
}

impl<S> EventMention<S> {
    /// The name without its edition or leading year.
    pub fn series(&self) -> String {
        let (before, behind) = series(&self.name, self.edition.as_deref());
        format!("{before}{behind}")
    }
}
