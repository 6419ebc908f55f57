//! The other formats of the tables, made from the CSV files of a run before its folder is put in place.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::output::schema::Table;
use crate::output::workbook::{self, Sheet};
use crate::output::{CsvStyle, TableFormat, Written, sql};

use super::Progress;

/// What was made.
pub(super) struct Formats {
    /// The tables in the format that the data package points to.
    pub(super) written: Vec<Written>,
    /// That format.
    pub(super) described: TableFormat,
    /// Sheets of the workbook, where there is one.
    pub(super) sheets: Vec<Sheet>,
}

/// Writes the tables of `folder`, CSV of `style`, in all `formats`; where CSV is none of these, its files go.
///
/// # Errors
/// A file can't be read or written.
pub(super) fn write(
    folder: &Path,
    tables: Vec<Written>,
    style: CsvStyle,
    formats: &[TableFormat],
    progress: &dyn Progress,
) -> io::Result<Formats> {
    let wants = |format| formats.contains(&format);
    let made: Vec<TableFormat> = TableFormat::ALL.into_iter().filter(|&f| f != TableFormat::Csv && wants(f)).collect();
    if made.is_empty() {
        return Ok(Formats { written: tables, described: TableFormat::Csv, sheets: Vec::new() });
    }
    let bytes: u64 = tables.iter().map(|written| written.bytes).sum();
    progress.begin("formats", bytes * made.len() as u64);
    let names: Vec<&'static Table> = tables.iter().map(|written| written.table).collect();
    let done = |table: &Table| {
        let bytes = tables.iter().find(|written| written.table.name == table.name).map_or(0, |written| written.bytes);
        progress.advance(bytes);
    };
    let parquet = || match wants(TableFormat::Parquet) {
        true => names.par_iter().try_for_each(|table| write_parquet(folder, table, style).map(|()| done(table))),
        false => Ok(()),
    };
    let workbook = || match wants(TableFormat::Workbook) {
        true => workbook::write(folder, &names, style, &done),
        false => Ok(Vec::new()),
    };
    let script = || if wants(TableFormat::Sql) { sql::write(folder, &names, style, &done) } else { Ok(()) };
    let (parquet, (sheets, script)) = rayon::join(parquet, || rayon::join(workbook, script));
    parquet?;
    script?;
    let sheets = sheets?;
    let described = TableFormat::ALL.into_iter().find(|&format| wants(format)).unwrap_or(TableFormat::Csv);
    let written = match described {
        TableFormat::Csv => tables,
        format => {
            for table in &names {
                fs::remove_file(folder.join(table.file_name()))?;
            }
            tables.into_par_iter().map(|written| described_as(folder, written, format)).collect::<io::Result<_>>()?
        }
    };
    Ok(Formats { written, described, sheets })
}

/// Bytes that the tables may take in all `formats` while they are written, by what they take as CSV. An upper bound: the
/// script repeats nothing but quotes, and what is compressed is smaller than CSV.
pub(super) fn room(csv: u64, formats: &[TableFormat]) -> u64 {
    let others = formats.iter().map(|format| match format {
        TableFormat::Csv => 0,
        TableFormat::Parquet | TableFormat::Workbook => csv,
        TableFormat::Sql => csv * 3 / 2,
    });
    csv + others.sum::<u64>()
}

#[cfg(feature = "parquet")]
fn write_parquet(folder: &Path, table: &'static Table, style: CsvStyle) -> io::Result<()> {
    crate::output::parquet::write(folder, table, style)
}

#[cfg(not(feature = "parquet"))]
fn write_parquet(_: &Path, _: &'static Table, _: CsvStyle) -> io::Result<()> {
    Err(io::Error::other("this wenmai is built without the feature `parquet`"))
}

/// The table with size and digest of its file in `format`.
fn described_as(folder: &Path, written: Written, format: TableFormat) -> io::Result<Written> {
    let mut file = File::open(folder.join(format.file_name(written.table)))?;
    let mut hash = Sha256::new();
    let bytes = io::copy(&mut file, &mut hash)?;
    Ok(Written { bytes, sha256: format!("{:x}", hash.finalize()), ..written })
}
