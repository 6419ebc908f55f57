//! What every table looks like: columns in order, types, units, keys.
//!
//! One constant a table stands in the file of its group; [`TABLES`] registers it.

mod aggregates;
mod dimensions;
mod facts;
mod measures;

pub use aggregates::{INDICATOR_TRENDS, INDICATORS, ORGANISATION_TERMS, TERM_COUNTS, TERM_TRENDS, WORD_COUNTS};
pub use dimensions::{DOCUMENTS, ORGANISATIONS, REJECTED, SENTENCES, TERMS};
pub use facts::{
    DATE_MENTIONS, EVENT_MENTIONS, ORGANISATION_MENTIONS, PERSON_MENTIONS, QUANTITY_MENTIONS, TERM_MENTIONS,
};

pub use measures::{COLLOCATIONS, COOCCURRENCE, DISPERSION, KEYNESS, KEYWORDS, NEW_TERMS, ORGANISATION_NETWORK};

/// Every table that a run can write, in the order of the data package.
pub const TABLES: &[&Table] = &[
    &DOCUMENTS,
    &ORGANISATIONS,
    &TERMS,
    &SENTENCES,
    &REJECTED,
    &TERM_MENTIONS,
    &ORGANISATION_MENTIONS,
    &PERSON_MENTIONS,
    &DATE_MENTIONS,
    &QUANTITY_MENTIONS,
    &EVENT_MENTIONS,
    &TERM_COUNTS,
    &TERM_TRENDS,
    &ORGANISATION_TERMS,
    &WORD_COUNTS,
    &KEYNESS,
    &KEYWORDS,
    &COLLOCATIONS,
    &DISPERSION,
    &NEW_TERMS,
    &INDICATORS,
    &INDICATOR_TRENDS,
    &COOCCURRENCE,
    &ORGANISATION_NETWORK,
];

/// A period label: `2024`, `2024H1`, `2024Q3` or `2024-05`.
///
/// Patterns are anchored at both ends by those who read them (Table Schema), so they carry no anchors.
pub const PERIOD_PATTERN: &str = "[0-9]{4}(H[12]|Q[1-4]|-(0[1-9]|1[0-2]))?";

/// A year, a month or a day.
pub const PARTIAL_DATE_PATTERN: &str = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?";

/// An ISO 8601 duration in whole years, months, weeks, days, hours, minutes and seconds, a decimal fraction allowed.
pub const DURATION_PATTERN: &str = "P(([0-9.]+[YMWD])+(T([0-9.]+[HMS])+)?|T([0-9.]+[HMS])+)";

/// The specification of one table.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Name of the resource and, with its ending, of the file.
    pub name: &'static str,
    /// A few words for people.
    pub title: &'static str,
    /// The same in Chinese, which names the sheet of a workbook: 31 characters at most, none of `[]:*?/\\`.
    pub title_zh: &'static str,
    /// What one row is, and what a reader has to know.
    pub description: &'static str,
    /// Columns that no two rows share all of; rows are sorted by them.
    pub key: &'static [&'static str],
    /// Columns whose values are keys of other tables.
    pub foreign_keys: &'static [ForeignKey],
    /// Columns in the order of the file.
    pub columns: &'static [Column],
}

impl Table {
    /// The table called `name`.
    pub fn named(name: &str) -> Option<&'static Table> {
        TABLES.iter().copied().find(|table| table.name == name)
    }

    /// Name of the CSV file.
    pub fn file_name(&self) -> String {
        format!("{}.csv", self.name)
    }

    /// The column called `name`.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// Columns whose values, where there are any, stand in the same row of another table (or of the same one).
#[derive(Debug, PartialEq, Eq)]
pub struct ForeignKey {
    /// Columns of this table.
    pub columns: &'static [&'static str],
    /// Table referred to.
    pub table: &'static str,
    /// Its columns, in the same order.
    pub referenced: &'static [&'static str],
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Name in the header, ASCII snake_case.
    pub name: &'static str,
    /// What people call it, in Chinese; no two columns of a table share one.
    pub title_zh: &'static str,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// Unit of measurement of a numeric column.
    pub unit: Option<&'static str>,
    /// What it says, and what an empty cell means where that is not plain.
    pub description: &'static str,
    /// No cell is empty.
    pub required: bool,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Any text.
    String,
    /// Text of a fixed shape: a regular expression for the whole cell.
    Pattern(&'static str),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A whole number.
    Integer {
        /// Smallest value.
        minimum: i64,
    },
    /// A computed number, rounded when written (see [`super::RowBuffer::number`]).
    Number {
        /// Smallest value, where there is one.
        minimum: Option<i64>,
        /// Largest value, where there is one.
        maximum: Option<i64>,
    },
    /// A number read from text, written exactly.
    Decimal,
    /// `true` or `false`.
    Boolean,
    /// A day, ISO 8601.
    Date,
}

impl ColumnKind {
    /// Cells hold text of one sort or another.
    pub fn is_text(self) -> bool {
        self.as_str() == "string"
    }

    /// Type of the column in a Table Schema.
    pub fn as_str(self) -> &'static str {
        match self {
            ColumnKind::String | ColumnKind::Pattern(_) | ColumnKind::OneOf(_) => "string",
            ColumnKind::Integer { .. } => "integer",
            ColumnKind::Number { .. } | ColumnKind::Decimal => "number",
            ColumnKind::Boolean => "boolean",
            ColumnKind::Date => "date",
        }
    }
}

impl Column {
    const fn new(name: &'static str, title_zh: &'static str, kind: ColumnKind, description: &'static str) -> Self {
        Column { name, title_zh, kind, unit: None, description, required: false }
    }

    const fn text(name: &'static str, title_zh: &'static str, description: &'static str) -> Self {
        Self::new(name, title_zh, ColumnKind::String, description)
    }

    const fn one_of(
        name: &'static str,
        title_zh: &'static str,
        words: &'static [&'static str],
        description: &'static str,
    ) -> Self {
        Self::new(name, title_zh, ColumnKind::OneOf(words), description)
    }

    const fn period(name: &'static str, title_zh: &'static str, description: &'static str) -> Self {
        Self::new(name, title_zh, ColumnKind::Pattern(PERIOD_PATTERN), description)
    }

    /// A number of things, never empty.
    const fn count(name: &'static str, title_zh: &'static str, unit: &'static str, description: &'static str) -> Self {
        Self::new(name, title_zh, ColumnKind::Integer { minimum: 0 }, description).unit(unit).required()
    }

    /// A computed number without bounds.
    const fn number(name: &'static str, title_zh: &'static str, unit: &'static str, description: &'static str) -> Self {
        Self::new(name, title_zh, ColumnKind::Number { minimum: None, maximum: None }, description).unit(unit)
    }

    /// A computed number from `minimum` up.
    const fn number_from(
        name: &'static str,
        title_zh: &'static str,
        minimum: i64,
        unit: &'static str,
        description: &'static str,
    ) -> Self {
        Self::new(name, title_zh, ColumnKind::Number { minimum: Some(minimum), maximum: None }, description).unit(unit)
    }

    const fn decimal(name: &'static str, title_zh: &'static str, description: &'static str) -> Self {
        Self::new(name, title_zh, ColumnKind::Decimal, description)
    }

    const fn boolean(name: &'static str, title_zh: &'static str, description: &'static str) -> Self {
        Self::new(name, title_zh, ColumnKind::Boolean, description).required()
    }

    const fn date(name: &'static str, title_zh: &'static str, description: &'static str) -> Self {
        Self::new(name, title_zh, ColumnKind::Date, description)
    }

    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = Some(unit);
        self
    }
}

const DOCUMENT_REFERENCE: ForeignKey =
    ForeignKey { columns: &["document"], table: "documents", referenced: &["document"] };
const SENTENCE_REFERENCE: ForeignKey =
    ForeignKey { columns: &["document", "sentence"], table: "sentences", referenced: &["document", "sentence"] };
const ORGANISATION_REFERENCE: ForeignKey =
    ForeignKey { columns: &["organisation"], table: "organisations", referenced: &["organisation"] };
const TERM_REFERENCE: ForeignKey = ForeignKey { columns: &["term"], table: "terms", referenced: &["term"] };

const STATUSES: &[&str] = &["done", "planned", "none"];
const ORGANISATION_KINDS: &[&str] = &[
    "association",
    "society",
    "federation",
    "alliance",
    "branch",
    "company",
    "university",
    "institute",
    "government",
    "party",
    "union",
    "media",
    "fund",
    "court",
    "international",
    "other",
];

#[cfg(test)]
mod tests;
