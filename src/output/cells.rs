//! A written table read back, cell by cell with the types of its schema.
//!
//! CSV is the one rendering of rows: every other format of the tables is made from the finished file, so that all say the
//! same.

use std::fs::File;
use std::io;
use std::path::Path;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::schema::{ColumnKind, Table};
use super::table::{CsvStyle, unguarded};

/// A value of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'r> {
    /// No value.
    Missing,
    /// Text, never empty.
    Text(&'r str),
    /// A whole number.
    Integer(i64),
    /// A computed number: the double nearest to what is written.
    Number(f64),
    /// A number read from text, exact.
    Decimal(Decimal),
    /// A truth value.
    Boolean(bool),
    /// A day.
    Day(Date),
}

/// The rows of one CSV file, one at a time.
#[derive(Debug)]
pub struct Cells {
    table: &'static Table,
    style: CsvStyle,
    reader: csv::Reader<File>,
    row: csv::StringRecord,
}

impl Cells {
    /// Opens the file of `table` in `folder`, which was written in `style`.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn open(folder: &Path, table: &'static Table, style: CsvStyle) -> io::Result<Self> {
        let file = File::open(folder.join(table.file_name()))?;
        let reader = csv::ReaderBuilder::new().buffer_capacity(1 << 16).from_reader(file);
        Ok(Cells { table, style, reader, row: csv::StringRecord::new() })
    }

    /// Goes to the next row; false behind the last.
    ///
    /// # Errors
    /// The file can't be read, or is no CSV of this table.
    pub fn advance(&mut self) -> io::Result<bool> {
        Ok(self.reader.read_record(&mut self.row)?)
    }

    /// The cell of the column `at` as it is written, a guard taken away; empty where it is missing.
    pub fn text(&self, at: usize) -> &str {
        let text = self.row.get(at).unwrap_or_default();
        let guarded = self.style == CsvStyle::Excel && self.kind(at).is_some_and(ColumnKind::is_text);
        if guarded { unguarded(text) } else { text }
    }

    /// The cell of the column `at`.
    ///
    /// # Errors
    /// It is none of the kind of its column.
    pub fn cell(&self, at: usize) -> io::Result<Cell<'_>> {
        let text = self.text(at);
        let (Some(kind), false) = (self.kind(at), text.is_empty()) else { return Ok(Cell::Missing) };
        let cell = match kind {
            ColumnKind::String | ColumnKind::Pattern(_) | ColumnKind::OneOf(_) => Some(Cell::Text(text)),
            ColumnKind::Integer { .. } => text.parse().ok().map(Cell::Integer),
            ColumnKind::Number { .. } => text.parse().ok().map(Cell::Number),
            ColumnKind::Decimal => Decimal::from_str_exact(text).ok().map(Cell::Decimal),
            ColumnKind::Boolean => text.parse().ok().map(Cell::Boolean),
            ColumnKind::Date => text.parse().ok().map(Cell::Day),
        };
        cell.ok_or_else(|| {
            let column = self.table.columns.get(at).map_or("", |column| column.name);
            let told = format!("{}.{column} holds `{text}`, which is no {}", self.table.name, kind.as_str());
            io::Error::new(io::ErrorKind::InvalidData, told)
        })
    }

    fn kind(&self, at: usize) -> Option<ColumnKind> {
        self.table.columns.get(at).map(|column| column.kind)
    }
}

/// Digits of the decimals that every reader of Parquet and DuckDB know.
pub const DECIMAL_DIGITS: u32 = 38;

/// How much room the decimals of a column take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DecimalShape {
    /// Most digits before the point.
    pub whole: u32,
    /// Most digits behind it.
    pub scale: u32,
}

impl DecimalShape {
    /// Decimals of a type of [`DECIMAL_DIGITS`] digits for the column: all that any value has, as long as those before the
    /// point leave room.
    pub fn decimals(self) -> u32 {
        self.scale.min(DECIMAL_DIGITS.saturating_sub(self.whole))
    }

    /// The number times ten to the [`Self::decimals`]; exact, but for the decimals that have no room, to which it is rounded.
    pub fn scaled(self, number: Decimal) -> i128 {
        let decimals = self.decimals();
        let number = number.round_dp(decimals);
        number.mantissa().saturating_mul(10_i128.saturating_pow(decimals.saturating_sub(number.scale())))
    }

    fn add(&mut self, number: Decimal) {
        let digits = number.mantissa().unsigned_abs().checked_ilog10().map_or(0, |log| log + 1);
        self.whole = self.whole.max(digits.saturating_sub(number.scale()));
        self.scale = self.scale.max(number.scale());
    }
}

/// The shapes of the decimal columns of a table by position; others have the empty shape. Reads the file where the table
/// has such columns.
///
/// # Errors
/// The file can't be read, or is no CSV of this table.
pub fn decimal_shapes(folder: &Path, table: &'static Table, style: CsvStyle) -> io::Result<Vec<DecimalShape>> {
    let mut shapes = vec![DecimalShape::default(); table.columns.len()];
    if table.columns.iter().all(|column| column.kind != ColumnKind::Decimal) {
        return Ok(shapes);
    }
    let mut cells = Cells::open(folder, table, style)?;
    while cells.advance()? {
        for (at, shape) in shapes.iter_mut().enumerate() {
            if table.columns[at].kind != ColumnKind::Decimal {
                continue;
            }
            if let Cell::Decimal(number) = cells.cell(at)? {
                shape.add(number);
            }
        }
    }
    Ok(shapes)
}

#[cfg(test)]
pub(in crate::output) mod tests;
