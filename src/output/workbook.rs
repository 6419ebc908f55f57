//! All tables as one Excel workbook (Office Open XML, ECMA-376): a sheet a table, and a sheet in front that lists them.
//!
//! Sheets are written into the archive row by row, so that memory doesn't grow with the tables. Text is always text,
//! whatever it begins with. Numbers are numbers as written; whole numbers and decimals of more than fifteen significant
//! digits, which Excel would round, are text. Days are dates; those before March 1900, which Excel counts wrongly, are
//! text. What a sheet or a cell can't hold is left out, and the first sheet says how much. No time stands in the file:
//! the same tables give the same bytes.

use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use self::cell::{CellWriter, Style};
use super::cells::{Cell, Cells};
use super::schema::{Column, Table};
use super::table::CsvStyle;

mod cell;
mod parts;

/// Name of the file.
pub const FILE_NAME: &str = "wenmai.xlsx";

/// What Excel holds.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// Rows of a sheet, the header among them.
    rows: u64,
    /// UTF-16 units of a cell.
    units: usize,
}

const EXCEL: Limits = Limits { rows: 1_048_576, units: 32_767 };

/// Rows that the widths of columns are taken from.
const WIDTH_ROWS: usize = 200;
/// Widths of columns in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 8..=60;
/// Bytes of CSV beyond which a sheet may pass the four gigabytes of the plain ZIP format.
const LARGE: u64 = 400 << 20;

/// What the sheet of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The table.
    pub table: &'static Table,
    /// Rows in the sheet, the header left out.
    pub rows: u64,
    /// Rows that no sheet has room for.
    pub left_out: u64,
    /// Cells whose text was cut.
    pub cut: u64,
}

/// Writes the workbook of `tables`, whose CSV files in `folder` are of `style`. `done` hears of each table that stands.
///
/// # Errors
/// A CSV can't be read, or the workbook can't be written.
pub fn write(
    folder: &Path,
    tables: &[&'static Table],
    style: CsvStyle,
    done: &dyn Fn(&Table),
) -> io::Result<Vec<Sheet>> {
    write_within(folder, tables, style, EXCEL, done)
}

fn write_within(
    folder: &Path,
    tables: &[&'static Table],
    style: CsvStyle,
    limits: Limits,
    done: &dyn Fn(&Table),
) -> io::Result<Vec<Sheet>> {
    let file = Sink::new(File::create(folder.join(FILE_NAME))?);
    let mut archive = ZipWriter::new(file);
    let sheets = fill(&mut archive, folder, tables, style, limits, done);
    let mut file = archive.finish().map_err(io::Error::other)?;
    let sheets = sheets?;
    file.error.take().map_or(Ok(()), Err)?;
    file.file.flush()?;
    Ok(sheets)
}

fn fill(
    archive: &mut ZipWriter<Sink>,
    folder: &Path,
    tables: &[&'static Table],
    style: CsvStyle,
    limits: Limits,
    done: &dyn Fn(&Table),
) -> io::Result<Vec<Sheet>> {
    let mut sheets = Vec::with_capacity(tables.len());
    for (at, table) in tables.iter().enumerate() {
        let large = std::fs::metadata(folder.join(table.file_name()))?.len() > LARGE;
        // the first sheet lists the others, which have to be counted before
        archive.start_file(parts::sheet_path(at + 1), options().large_file(large)).map_err(io::Error::other)?;
        sheets.push(write_table(archive, folder, table, style, limits)?);
        done(table);
    }
    archive.start_file(parts::sheet_path(0), options()).map_err(io::Error::other)?;
    archive.write_all(parts::overview(&sheets, limits).as_bytes())?;
    for (name, text) in parts::fixed(&sheets) {
        archive.start_file(name, options()).map_err(io::Error::other)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(sheets)
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::DEFAULT)
}

fn write_table(
    archive: &mut ZipWriter<Sink>,
    folder: &Path,
    table: &'static Table,
    style: CsvStyle,
    limits: Limits,
) -> io::Result<Sheet> {
    let mut sheet = Sheet { table, rows: 0, left_out: 0, cut: 0 };
    let mut row = CellWriter::new(limits.units);
    row.push_raw(&parts::sheet_head(&widths(folder, table, style)?, true));
    row.begin_row();
    for column in table.columns {
        row.text(column.title_zh, Style::Header);
    }
    row.end_row();
    let mut cells = Cells::open(folder, table, style)?;
    while cells.advance()? {
        if sheet.rows + 1 == limits.rows {
            sheet.left_out += 1;
            continue;
        }
        row.begin_row();
        for at in 0..table.columns.len() {
            push(&mut row, &cells, at)?;
        }
        row.end_row();
        sheet.rows += 1;
        archive.write_all(row.as_bytes())?;
        row.clear();
    }
    sheet.cut = row.cut();
    row.push_raw(&parts::sheet_tail(&parts::range(table, sheet.rows)));
    archive.write_all(row.as_bytes())?;
    Ok(sheet)
}

fn push(row: &mut CellWriter, cells: &Cells, at: usize) -> io::Result<()> {
    let text = cells.text(at);
    match cells.cell(at)? {
        Cell::Missing => row.skip(),
        Cell::Integer(_) | Cell::Decimal(_) if !cell::fits_excel(text) => row.text(text, Style::Plain),
        Cell::Text(_) => row.text(text, Style::Plain),
        Cell::Integer(_) | Cell::Decimal(_) | Cell::Number(_) => row.number(text, Style::Plain),
        Cell::Boolean(value) => row.boolean(value),
        Cell::Day(day) => match cell::serial(day) {
            Some(serial) => row.number(&serial.to_string(), Style::Date),
            None => row.text(text, Style::Plain),
        },
    }
    Ok(())
}

/// Widths of the columns that show the titles and most of the first rows.
fn widths(folder: &Path, table: &'static Table, style: CsvStyle) -> io::Result<Vec<usize>> {
    // the button of the filter covers two characters of a title
    let title = |column: &Column| cell::width(column.title_zh) + 3;
    let mut widths: Vec<usize> = table.columns.iter().map(title).collect();
    let mut cells = Cells::open(folder, table, style)?;
    let mut rows = 0;
    while rows < WIDTH_ROWS && cells.advance()? {
        for (at, width) in widths.iter_mut().enumerate() {
            *width = (*width).max(cell::width(cells.text(at)) + 1);
        }
        rows += 1;
    }
    Ok(widths.into_iter().map(|width| width.clamp(*WIDTHS.start(), *WIDTHS.end())).collect())
}

/// A file that takes everything and keeps the first error: the archive writer would complain on the terminal where it
/// can't end what it began, and it relies on the places that it is told.
#[derive(Debug)]
struct Sink {
    file: BufWriter<File>,
    error: Option<io::Error>,
    /// Where the next byte goes, or would go if the file had not failed.
    place: u64,
    /// Bytes that it holds, or would hold.
    length: u64,
}

impl Sink {
    fn new(file: File) -> Self {
        Sink { file: BufWriter::with_capacity(1 << 16, file), error: None, place: 0, length: 0 }
    }

    /// Does something to the file, unless something failed before.
    fn attempt(&mut self, what: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) {
        if self.error.is_none() {
            self.error = what(&mut self.file).err();
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.attempt(|file| file.write_all(bytes));
        self.place += bytes.len() as u64;
        self.length = self.length.max(self.place);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.attempt(BufWriter::flush);
        Ok(())
    }
}

impl Seek for Sink {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(ahead) => self.length.checked_add_signed(ahead),
            SeekFrom::Current(ahead) => self.place.checked_add_signed(ahead),
        };
        let place = place.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        self.attempt(|file| file.seek(SeekFrom::Start(place)).map(drop));
        self.place = place;
        Ok(place)
    }
}

#[cfg(test)]
mod tests;
