//! A table as Apache Parquet (<https://parquet.apache.org/docs/file-format/>), made from its CSV.
//!
//! Text is UTF-8, whole numbers are INT64, computed numbers DOUBLE, days DATE, truth values BOOLEAN. Exact decimals are
//! DECIMAL(38, s) with as many decimals s as any value of the column has. Where more than 38 digits were wanted, s is what
//! the digits before the point leave, and decimals behind that are rounded: fractions such as 三分之一 (a third), which
//! CSV breaks off after 28. Wider types would hold them, but not every reader knows these. Missing values are nulls;
//! columns may all be null as far as the file says, since what is required is a matter of the data package. Title, unit and description of each column stand in
//! the metadata of the file. The same table gives the same bytes.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use super::cells::{Cell, Cells, DECIMAL_DIGITS, DecimalShape, decimal_shapes};
use super::format::TableFormat;
use super::schema::{Column, ColumnKind, Table};
use super::table::CsvStyle;

/// Rows of a group at most.
const GROUP_ROWS: usize = if cfg!(test) { 10 } else { 1 << 16 };
/// Bytes of text and decimals after which a group ends.
const GROUP_BYTES: usize = 16 << 20;
/// Bytes of a decimal.
const DECIMAL_BYTES: usize = 16;
const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// Writes the Parquet file of `table` beside its CSV in `folder`, which is of `style`.
///
/// # Errors
/// The CSV can't be read, or the file can't be written.
pub fn write(folder: &Path, table: &'static Table, style: CsvStyle) -> io::Result<()> {
    let shapes = decimal_shapes(folder, table, style)?;
    let file = File::create(folder.join(TableFormat::Parquet.file_name(table)))?;
    write_to(file, folder, table, style, &shapes).map_err(into_io)
}

fn write_to(
    file: File,
    folder: &Path,
    table: &'static Table,
    style: CsvStyle,
    shapes: &[DecimalShape],
) -> Result<(), ParquetError> {
    let columns = || table.columns.iter().zip(shapes);
    let types = columns().map(|(column, shape)| column_type(column, *shape).map(Arc::new)).collect::<Result<_, _>>()?;
    let schema = Type::group_type_builder(table.name).with_fields(types).build()?;
    let mut writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties(table)))?;
    let mut values: Vec<Values> = columns().map(|(column, shape)| Values::new(column.kind, *shape)).collect();
    let mut cells = Cells::open(folder, table, style)?;
    let (mut rows, mut bytes) = (0, 0);
    while cells.advance()? {
        for (at, values) in values.iter_mut().enumerate() {
            bytes += values.push(cells.cell(at)?);
        }
        rows += 1;
        if rows == GROUP_ROWS || bytes >= GROUP_BYTES {
            write_group(writer.next_row_group()?, &mut values)?;
            (rows, bytes) = (0, 0);
        }
    }
    if rows > 0 {
        write_group(writer.next_row_group()?, &mut values)?;
    }
    writer.close().map(drop)
}

fn properties(table: &Table) -> WriterProperties {
    let told = |column: &Column| {
        let unit = column.unit.map(|unit| format!(" [{unit}]")).unwrap_or_default();
        KeyValue::new(format!("column:{}", column.name), format!("{}{unit}: {}", column.title_zh, column.description))
    };
    let own = [
        KeyValue::new("title".to_owned(), table.title_zh.to_owned()),
        KeyValue::new("description".to_owned(), table.description.to_owned()),
    ];
    WriterProperties::builder()
        .set_created_by(concat!("wenmai version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::SNAPPY)
        .set_key_value_metadata(Some(own.into_iter().chain(table.columns.iter().map(told)).collect()))
        .build()
}

fn column_type(column: &Column, shape: DecimalShape) -> Result<Type, ParquetError> {
    let of = |physical| Type::primitive_type_builder(column.name, physical).with_repetition(Repetition::OPTIONAL);
    match column.kind {
        ColumnKind::String | ColumnKind::Pattern(_) | ColumnKind::OneOf(_) => {
            of(Physical::BYTE_ARRAY).with_logical_type(Some(LogicalType::String)).build()
        }
        ColumnKind::Integer { .. } => of(Physical::INT64).build(),
        ColumnKind::Number { .. } => of(Physical::DOUBLE).build(),
        ColumnKind::Decimal => {
            // both are 38 at most
            let (precision, scale) = (DECIMAL_DIGITS as i32, shape.decimals() as i32);
            of(Physical::FIXED_LEN_BYTE_ARRAY)
                .with_length(DECIMAL_BYTES as i32)
                .with_logical_type(Some(LogicalType::decimal(scale, precision)))
                .with_precision(precision)
                .with_scale(scale)
                .build()
        }
        ColumnKind::Boolean => of(Physical::BOOLEAN).build(),
        ColumnKind::Date => of(Physical::INT32).with_logical_type(Some(LogicalType::Date)).build(),
    }
}

/// One column of the group that is gathered.
struct Values {
    /// One for each row: 1 for a value, 0 for a missing one.
    levels: Vec<i16>,
    kind: Kind,
}

/// Values that are there, without gaps.
enum Kind {
    /// All texts in one piece, and where each ends.
    Text(Vec<u8>, Vec<usize>),
    Integer(Vec<i64>),
    Number(Vec<f64>),
    /// All decimals in one piece, big endian, and their shape.
    Decimal(Vec<u8>, DecimalShape),
    Boolean(Vec<bool>),
    Day(Vec<i32>),
}

impl Values {
    fn new(kind: ColumnKind, shape: DecimalShape) -> Self {
        let kind = match kind {
            ColumnKind::String | ColumnKind::Pattern(_) | ColumnKind::OneOf(_) => Kind::Text(Vec::new(), Vec::new()),
            ColumnKind::Integer { .. } => Kind::Integer(Vec::new()),
            ColumnKind::Number { .. } => Kind::Number(Vec::new()),
            ColumnKind::Decimal => Kind::Decimal(Vec::new(), shape),
            ColumnKind::Boolean => Kind::Boolean(Vec::new()),
            ColumnKind::Date => Kind::Day(Vec::new()),
        };
        Values { levels: Vec::new(), kind }
    }

    /// Adds a cell of the kind of the column, and tells how many bytes of text or decimals it takes.
    fn push(&mut self, cell: Cell<'_>) -> usize {
        let mut bytes = 0;
        let mut there = 1;
        match (&mut self.kind, cell) {
            (Kind::Text(texts, ends), Cell::Text(text)) => {
                texts.extend_from_slice(text.as_bytes());
                ends.push(texts.len());
                bytes = text.len();
            }
            (Kind::Integer(numbers), Cell::Integer(number)) => numbers.push(number),
            (Kind::Number(numbers), Cell::Number(number)) => numbers.push(number),
            (Kind::Decimal(numbers, shape), Cell::Decimal(number)) => {
                numbers.extend_from_slice(&shape.scaled(number).to_be_bytes());
                bytes = DECIMAL_BYTES;
            }
            (Kind::Boolean(values), Cell::Boolean(value)) => values.push(value),
            (Kind::Day(days), Cell::Day(day)) => days.push((day - EPOCH).get_days()),
            // cells are of the kind of their column or missing
            _ => there = 0,
        }
        self.levels.push(there);
        bytes
    }

    /// Writes what was gathered and forgets it.
    fn write(&mut self, writer: &mut ColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = Some(self.levels.as_slice());
        match (&mut self.kind, writer) {
            (Kind::Text(texts, ends), ColumnWriter::ByteArrayColumnWriter(writer)) => {
                let whole = ByteArray::from(std::mem::take(texts));
                let mut start = 0;
                let parts: Vec<ByteArray> =
                    ends.drain(..).map(|end| whole.slice(start, end - std::mem::replace(&mut start, end))).collect();
                writer.write_batch(&parts, levels, None)?;
            }
            (Kind::Integer(numbers), ColumnWriter::Int64ColumnWriter(writer)) => {
                writer.write_batch(numbers, levels, None)?;
                numbers.clear();
            }
            (Kind::Number(numbers), ColumnWriter::DoubleColumnWriter(writer)) => {
                writer.write_batch(numbers, levels, None)?;
                numbers.clear();
            }
            (Kind::Decimal(numbers, _), ColumnWriter::FixedLenByteArrayColumnWriter(writer)) => {
                let count = numbers.len() / DECIMAL_BYTES;
                let whole = ByteArray::from(std::mem::take(numbers));
                let parts: Vec<FixedLenByteArray> =
                    (0..count).map(|at| whole.slice(at * DECIMAL_BYTES, DECIMAL_BYTES).into()).collect();
                writer.write_batch(&parts, levels, None)?;
            }
            (Kind::Boolean(values), ColumnWriter::BoolColumnWriter(writer)) => {
                writer.write_batch(values, levels, None)?;
                values.clear();
            }
            (Kind::Day(days), ColumnWriter::Int32ColumnWriter(writer)) => {
                writer.write_batch(days, levels, None)?;
                days.clear();
            }
            _ => return Err(ParquetError::General("a column is of another type than its values".to_owned())),
        }
        self.levels.clear();
        Ok(())
    }
}

fn write_group(mut group: SerializedRowGroupWriter<'_, File>, values: &mut [Values]) -> Result<(), ParquetError> {
    for values in values {
        if let Some(mut column) = group.next_column()? {
            values.write(column.untyped())?;
            column.close()?;
        }
    }
    group.close().map(drop)
}

/// What the system said, where it said it: a full disk has to be known.
fn into_io(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => error.downcast::<io::Error>().map_or_else(io::Error::other, |error| *error),
        error => io::Error::other(error),
    }
}

#[cfg(test)]
mod tests;
