//! One table to one CSV file.
//!
//! RFC 4180 with `\n` line ends: a cell is quoted where it holds a comma, a quote or a line end, quotes are doubled, and
//! an empty cell is a missing value. Callers render rows into [`RowBuffer`]s, in parallel where they like, and append the
//! buffers in order to a [`TableFile`].

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::Path;

use jiff::civil::Date;
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use super::number::{push_integer, push_number};
use super::schema::{Column, ColumnKind, Table};

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// For whom the file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CsvStyle {
    /// For programs: no byte order mark, cells as they are.
    #[default]
    Plain,
    /// For spreadsheets: a byte order mark, and an apostrophe before text that they would run as a formula (text that
    /// begins with `=`, `+`, `-`, `@`, the like in full width, a tab or a line end; apostrophes may stand before, so that a
    /// guarded cell less its first apostrophe is the text again). Numbers, dates and booleans are never guarded.
    Excel,
}

/// Bytes of rows that a buffer holds before it writes them, where it writes: they are hashed and copied while the processor's
/// cache holds them.
const FULL: usize = 1 << 18;

/// Rendered rows of one table.
///
/// Cells are added in the order of the table's columns, each by the method of its column's kind, then the row is ended;
/// debug builds panic where the order, the kind or the number is wrong, or a required cell is empty. No cell allocates.
#[derive(Debug)]
pub struct RowBuffer {
    table: &'static Table,
    style: CsvStyle,
    bytes: Vec<u8>,
    /// Cells of the row begun.
    cells: usize,
    rows: u64,
    /// Where rows go when there are many, and what went wrong there.
    file: Option<Box<(TableFile, io::Result<()>)>>,
}

impl RowBuffer {
    /// An empty buffer for rows of `table`.
    pub fn new(table: &'static Table, style: CsvStyle) -> Self {
        RowBuffer { table, style, bytes: Vec::new(), cells: 0, rows: 0, file: None }
    }

    /// A buffer for the rows of `file`, which go there as they come, so that a table is never in memory as a whole.
    pub fn onto(file: TableFile) -> Self {
        let rows = Self::new(file.table, file.style);
        RowBuffer { file: Some(Box::new((file, Ok(())))), ..rows }
    }

    /// Writes what is left of the rows of [`Self::onto`] and tells what stands on disk.
    ///
    /// # Errors
    /// The file can't be written, or there is none.
    pub fn finish(mut self) -> io::Result<Written> {
        let Some(file) = self.file.take() else { return Err(io::ErrorKind::NotFound.into()) };
        let (mut file, written) = *file;
        written.and_then(|()| file.append(&self))?;
        file.finish()
    }

    /// Number of rows ended.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The rows as they stand in the file.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Drops all rows and keeps the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.cells = 0;
        self.rows = 0;
    }

    /// A cell of text; empty text is a missing value.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.begin(|column| match column.kind {
            ColumnKind::OneOf(words) => text.is_empty() || words.contains(&text),
            kind => matches!(kind, ColumnKind::String | ColumnKind::Pattern(_)),
        });
        self.debug_assert_optional(text.is_empty());
        push_text(&mut self.bytes, text, self.style);
        self
    }

    /// A cell of text that may be missing.
    pub fn text_or_empty(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(text),
            None => self.empty(),
        }
    }

    /// A cell of one of a few words of ours: in Latin letters, so that none is quoted or guarded.
    pub fn code(&mut self, code: &'static str) -> &mut Self {
        debug_assert!(code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'), "`{code}` is no code");
        self.begin(|column| match column.kind {
            ColumnKind::OneOf(words) => words.contains(&code),
            kind => matches!(kind, ColumnKind::String | ColumnKind::Pattern(_)),
        });
        self.bytes.extend_from_slice(code.as_bytes());
        self
    }

    /// The first cells of a row, of which there are so many, as the bytes of an earlier row hold them.
    pub(super) fn begin_as(&mut self, earlier: Range<usize>, cells: usize) -> &mut Self {
        debug_assert_eq!(self.cells, 0, "a row of {} is begun", self.table.name);
        self.bytes.extend_from_within(earlier);
        self.cells = cells;
        self
    }

    /// A whole number.
    pub fn integer(&mut self, number: impl TryInto<i64>) -> &mut Self {
        self.begin(|column| matches!(column.kind, ColumnKind::Integer { .. }));
        // Counts beyond 2^63 can't occur; the largest number stands for them rather than a panic.
        push_integer(&mut self.bytes, number.try_into().unwrap_or(i64::MAX));
        self
    }

    /// A whole number, or an empty cell.
    pub fn optional(&mut self, number: Option<u64>) -> &mut Self {
        match number {
            Some(number) => self.integer(number),
            None => self.empty(),
        }
    }

    /// A number read from text, exact: without an exponent, zeros at the end of its decimals cut.
    pub fn decimal(&mut self, number: &Decimal) -> &mut Self {
        self.begin(|column| column.kind == ColumnKind::Decimal);
        let number = if number.is_zero() { Decimal::ZERO } else { number.normalize() };
        match i64::try_from(number.mantissa()) {
            Ok(whole) if number.scale() == 0 => push_integer(&mut self.bytes, whole),
            _ => push(&mut self.bytes, format_args!("{number}")),
        }
        self
    }

    /// A computed number, rounded to six decimals, below 0.1 to six significant digits and at most fifteen decimals;
    /// zeros at the end are cut, there is no exponent and no negative zero. What is not finite is a missing value.
    pub fn number(&mut self, number: f64) -> &mut Self {
        self.begin(|column| matches!(column.kind, ColumnKind::Number { .. }));
        self.debug_assert_optional(!number.is_finite());
        push_number(&mut self.bytes, number);
        self
    }

    /// A day; `None` is a missing value.
    pub fn date(&mut self, date: Option<Date>) -> &mut Self {
        self.begin(|column| column.kind == ColumnKind::Date);
        self.debug_assert_optional(date.is_none());
        if let Some(date) = date {
            push_date(&mut self.bytes, date);
        }
        self
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, value: bool) -> &mut Self {
        self.begin(|column| column.kind == ColumnKind::Boolean);
        self.bytes.extend_from_slice(if value { b"true" } else { b"false" });
        self
    }

    /// A missing value, whatever the column.
    pub fn empty(&mut self) -> &mut Self {
        self.begin(|_| true);
        self.debug_assert_optional(true);
        self
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        debug_assert_eq!(self.cells, self.table.columns.len(), "cells of a row of {}", self.table.name);
        self.bytes.push(b'\n');
        self.cells = 0;
        self.rows += 1;
        if self.bytes.len() >= FULL {
            self.pass_on();
        }
    }

    fn pass_on(&mut self) {
        let Some(mut file) = self.file.take() else { return };
        let (to, written) = &mut *file;
        if written.is_ok() {
            *written = to.append(self);
        }
        self.clear();
        self.file = Some(file);
    }

    /// Begins a cell of the next column, whose kind must fit.
    fn begin(&mut self, fits: impl FnOnce(&Column) -> bool) {
        if cfg!(debug_assertions) {
            match self.table.columns.get(self.cells) {
                Some(column) => assert!(fits(column), "{}.{} is {:?}", self.table.name, column.name, column.kind),
                None => panic!("{} has {} columns, the row more cells", self.table.name, self.table.columns.len()),
            }
        }
        if self.cells > 0 {
            self.bytes.push(b',');
        }
        self.cells += 1;
    }

    /// An empty cell must not be a required one.
    fn debug_assert_optional(&self, empty: bool) {
        debug_assert!(!empty || !self.required(), "an empty cell in column {} of {}", self.cells, self.table.name);
    }

    /// The cell begun must not be empty.
    fn required(&self) -> bool {
        self.table.columns.get(self.cells - 1).is_some_and(|column| column.required)
    }
}

/// Writing to a vector can't fail.
fn push(bytes: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    let _ = bytes.write_fmt(text);
}

/// A spreadsheet would take it for a formula, or for one that is guarded already.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'])
}

/// The text of a cell of [`CsvStyle::Excel`].
pub(super) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_formula(text)).unwrap_or(cell)
}

fn push_text(bytes: &mut Vec<u8>, text: &str, style: CsvStyle) {
    let guarded = style == CsvStyle::Excel && is_formula(text);
    let text = text.as_bytes();
    if !guarded && !holds_sign(text) {
        return bytes.extend_from_slice(text);
    }
    let quoted = memchr::memchr3(b',', b'"', b'\n', text).is_some() || memchr::memchr(b'\r', text).is_some();
    if quoted {
        bytes.push(b'"');
    }
    if guarded {
        bytes.push(b'\'');
    }
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'"', rest).filter(|_| quoted) {
        bytes.extend_from_slice(&rest[..=at]);
        bytes.push(b'"');
        rest = &rest[at + 1..];
    }
    bytes.extend_from_slice(rest);
    if quoted {
        bytes.push(b'"');
    }
}

/// A byte of it stands before `-` in ASCII, as commas, quotes and line ends do; letters, digits and Chinese text don't.
/// Most cells hold none, and are told so eight bytes at a time.
fn holds_sign(text: &[u8]) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let below = |eight: [u8; 8]| {
        let eight = u64::from_ne_bytes(eight);
        eight.wrapping_sub(EACH * b'-' as u64) & !eight & (EACH << 7)
    };
    // the last bytes are looked at together, those before them that belong to another eight or four once more
    if let Some(last) = text.last_chunk::<8>() {
        let (eights, _) = text.as_chunks::<8>();
        return eights.iter().fold(below(*last), |found, eight| found | below(*eight)) != 0;
    }
    match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        (Some([a, b, c, d]), Some([e, f, g, h])) => below([*a, *b, *c, *d, *e, *f, *g, *h]) != 0,
        _ => text.iter().any(|byte| *byte < b'-'),
    }
}

/// ISO 8601; by hand for the same reason.
fn push_date(bytes: &mut Vec<u8>, date: Date) {
    let Ok(year @ 0..=9999) = u16::try_from(date.year()) else {
        return push(bytes, format_args!("{date}"));
    };
    let pair = |number: u16| [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
    let ([a, b], [c, d]) = (pair(year / 100), pair(year % 100));
    let ([e, f], [g, h]) = (pair(date.month() as u16), pair(date.day() as u16));
    bytes.extend_from_slice(&[a, b, c, d, b'-', e, f, b'-', g, h]);
}

/// A CSV file that grows.
#[derive(Debug)]
pub struct TableFile {
    table: &'static Table,
    style: CsvStyle,
    /// None once the disk was full: what follows is counted, so that the run can tell how much room it wants.
    file: Option<BufWriter<File>>,
    hash: Sha256,
    rows: u64,
    bytes: u64,
}

/// A table that stands on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Which one.
    pub table: &'static Table,
    /// Rows, the header left out.
    pub rows: u64,
    /// Size of the file.
    pub bytes: u64,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// The disk had room for all of it.
    pub complete: bool,
}

impl TableFile {
    /// Creates the file of `table` in `folder` and writes its header.
    ///
    /// # Errors
    /// The file can't be created or written.
    pub fn create(folder: &Path, table: &'static Table, style: CsvStyle) -> io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 16, File::create(folder.join(table.file_name()))?);
        let mut file = TableFile { table, style, file: Some(file), hash: Sha256::new(), rows: 0, bytes: 0 };
        let mut header = Vec::new();
        if style == CsvStyle::Excel {
            header.extend_from_slice(BYTE_ORDER_MARK);
        }
        for (at, column) in table.columns.iter().enumerate() {
            if at > 0 {
                header.push(b',');
            }
            header.extend_from_slice(column.name.as_bytes());
        }
        header.push(b'\n');
        file.write(&header)?;
        Ok(file)
    }

    /// Appends the rows of a buffer for the same table in the same style. On a full disk they are counted alone.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn append(&mut self, rows: &RowBuffer) -> io::Result<()> {
        debug_assert_eq!(
            (rows.table.name, rows.style),
            (self.table.name, self.style),
            "rows of another table or style"
        );
        debug_assert_eq!(rows.cells, 0, "a row of {} is not ended", self.table.name);
        self.rows += rows.rows;
        self.write(&rows.bytes)
    }

    /// Writes what is still in memory and tells what stands on disk.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn finish(mut self) -> io::Result<Written> {
        self.try_on_file(|file| file.flush())?;
        let sha256 = format!("{:x}", self.hash.finalize());
        let complete = self.file.is_some();
        Ok(Written { table: self.table, rows: self.rows, bytes: self.bytes, sha256, complete })
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        self.try_on_file(|file| file.write_all(bytes))
    }

    /// A file for which there is no room is given up, and its room with it.
    fn try_on_file(&mut self, work: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> io::Result<()> {
        let Some(file) = &mut self.file else { return Ok(()) };
        match work(file) {
            Err(error) if is_full(&error) => {
                if let Some(file) = self.file.take() {
                    // what it still holds in memory is not wanted either
                    let (file, _) = file.into_parts();
                    let _ = file.set_len(0);
                }
                Ok(())
            }
            done => done,
        }
    }
}

/// The disk, or the share of it that the user has, is full.
pub fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge)
}

#[cfg(test)]
mod tests;
