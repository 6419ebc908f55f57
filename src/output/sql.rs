//! All tables as one script that SQLite and DuckDB read alike: `sqlite3 reports.db < wenmai.sql`.
//!
//! Tables come in an order in which every foreign key leads to rows that are already there, in one transaction. What is
//! missing is NULL. Exact decimals are DECIMAL(38, s) as in [`super::parquet`]; DuckDB keeps them exact, SQLite has no such
//! type and keeps fifteen digits. NUL, which would end the script, becomes U+FFFD. The shells of both take a carriage return
//! before a line feed away; their libraries don't.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use rustc_hash::FxHashMap;

use super::cells::{Cell, Cells, DECIMAL_DIGITS, DecimalShape, decimal_shapes};
use super::schema::{Column, ColumnKind, ForeignKey, Table};
use super::table::CsvStyle;

/// Name of the file.
pub const FILE_NAME: &str = "wenmai.sql";

/// Digits that any double keeps; longer numbers are written with an exponent, so that no reader takes them for decimals.
const DOUBLE_DIGITS: usize = 15;
/// Rows and bytes of one statement, about.
const BATCH_ROWS: usize = 500;
const BATCH_BYTES: usize = 1 << 16;

/// Writes the script of `tables`, whose CSV files in `folder` are of `style`. `done` hears of each table that stands.
///
/// # Errors
/// A CSV can't be read, or the script can't be written.
pub fn write(folder: &Path, tables: &[&'static Table], style: CsvStyle, done: &dyn Fn(&Table)) -> io::Result<()> {
    let mut script = BufWriter::with_capacity(1 << 16, File::create(folder.join(FILE_NAME))?);
    writeln!(script, "-- The tables of a run of wenmai {}, for SQLite and DuckDB.", env!("CARGO_PKG_VERSION"))?;
    writeln!(script, "BEGIN TRANSACTION;")?;
    for table in in_order(tables) {
        let shapes = decimal_shapes(folder, table, style)?;
        script.write_all(definition(table, tables, &shapes).as_bytes())?;
        let rows = Rows { table, shapes: &shapes, cells: Cells::open(folder, table, style)? };
        match own_parent(table) {
            Some(parent) => rows.write_parents_first(&mut script, parent)?,
            None => rows.write(&mut script)?,
        }
        done(table);
    }
    writeln!(script, "COMMIT;")?;
    script.flush()
}

/// The tables, each behind those that it refers to.
fn in_order(tables: &[&'static Table]) -> Vec<&'static Table> {
    let mut rest = tables.to_vec();
    let mut ordered: Vec<&'static Table> = Vec::with_capacity(rest.len());
    while !rest.is_empty() {
        let waits = |table: &Table| {
            let waits_for = |key: &ForeignKey| key.table != table.name && rest.iter().any(|r| r.name == key.table);
            table.foreign_keys.iter().any(waits_for)
        };
        // in a circle the first goes first; the schema has none
        let next = rest.iter().position(|table| !waits(table)).unwrap_or(0);
        ordered.push(rest.remove(next));
    }
    ordered
}

/// Positions of the key and of the column that refers to it, in a table that refers to itself.
fn own_parent(table: &Table) -> Option<(usize, usize)> {
    let own = table.foreign_keys.iter().find(|key| key.table == table.name)?;
    let position = |names: &[&str]| table.columns.iter().position(|column| Some(&column.name) == names.first());
    Some((position(own.referenced)?, position(own.columns)?))
}

/// `CREATE TABLE` with what people call the columns as comments.
fn definition(table: &Table, tables: &[&'static Table], shapes: &[DecimalShape]) -> String {
    let quoted = |names: &[&str]| names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let mut text = format!("\n-- {}\nCREATE TABLE \"{}\" (\n", table.title_zh, table.name);
    for (column, shape) in table.columns.iter().zip(shapes) {
        let required = if column.required { " NOT NULL" } else { "" };
        // writing to a string can't fail
        let _ = writeln!(
            text,
            "  \"{}\" {}{required}, -- {}: {}",
            column.name,
            type_of(column, *shape),
            column.title_zh,
            column.description
        );
    }
    let _ = write!(text, "  PRIMARY KEY ({})", quoted(table.key));
    for key in table.foreign_keys.iter().filter(|key| tables.iter().any(|other| other.name == key.table)) {
        let (columns, referenced) = (quoted(key.columns), quoted(key.referenced));
        let _ = write!(text, ",\n  FOREIGN KEY ({columns}) REFERENCES \"{}\" ({referenced})", key.table);
    }
    text.push_str("\n);\n");
    text
}

fn type_of(column: &Column, shape: DecimalShape) -> String {
    let plain = match column.kind {
        ColumnKind::String | ColumnKind::Pattern(_) | ColumnKind::OneOf(_) => "VARCHAR",
        ColumnKind::Integer { .. } => "BIGINT",
        ColumnKind::Number { .. } => "DOUBLE",
        ColumnKind::Decimal => return format!("DECIMAL({DECIMAL_DIGITS}, {})", shape.decimals()),
        ColumnKind::Boolean => "BOOLEAN",
        ColumnKind::Date => "DATE",
    };
    plain.to_owned()
}

/// The rows of one table on their way into the script.
struct Rows<'r> {
    table: &'static Table,
    shapes: &'r [DecimalShape],
    cells: Cells,
}

impl Rows<'_> {
    fn write(mut self, script: &mut impl Write) -> io::Result<()> {
        let mut batch = Batch::new(self.table);
        let mut tuple = String::new();
        while self.cells.advance()? {
            tuple.clear();
            self.push_tuple(&mut tuple)?;
            batch.add(&tuple, script)?;
        }
        batch.end(script)
    }

    /// Parents before their children, each generation in statements of its own: databases look for a parent among the
    /// rows of statements before. Such tables are lists of names, which fit into memory.
    fn write_parents_first(mut self, script: &mut impl Write, (key, parent): (usize, usize)) -> io::Result<()> {
        let mut tuples = Vec::new();
        let mut rows: FxHashMap<String, usize> = FxHashMap::default();
        let mut parents = Vec::new();
        while self.cells.advance()? {
            let mut tuple = String::new();
            self.push_tuple(&mut tuple)?;
            rows.insert(self.cells.text(key).to_owned(), tuples.len());
            parents.push(self.cells.text(parent).to_owned());
            tuples.push(tuple);
        }
        let parents: Vec<Option<usize>> = parents.iter().map(|parent| rows.get(parent).copied()).collect();
        let generations = generations(&parents);
        let mut order: Vec<usize> = (0..tuples.len()).collect();
        order.sort_by_key(|&row| generations[row]);
        let mut batch = Batch::new(self.table);
        let mut before = 0;
        for row in order {
            if generations[row] != before {
                batch.end(script)?;
                before = generations[row];
            }
            batch.add(&tuples[row], script)?;
        }
        batch.end(script)
    }

    /// The values of the row, in parentheses.
    fn push_tuple(&self, tuple: &mut String) -> io::Result<()> {
        for at in 0..self.table.columns.len() {
            tuple.push_str(if at == 0 { "(" } else { ", " });
            let text = self.cells.text(at);
            match self.cells.cell(at)? {
                Cell::Missing => tuple.push_str("NULL"),
                Cell::Text(_) | Cell::Day(_) => push_quoted(tuple, text),
                Cell::Integer(_) => tuple.push_str(text),
                Cell::Decimal(number) => {
                    // writing to a string can't fail
                    let _ = write!(tuple, "{}", number.round_dp(self.shapes[at].decimals()).normalize());
                }
                Cell::Number(_) => {
                    tuple.push_str(text);
                    if text.len() > DOUBLE_DIGITS {
                        tuple.push_str("e0");
                    }
                }
                Cell::Boolean(value) => tuple.push_str(if value { "TRUE" } else { "FALSE" }),
            }
        }
        tuple.push(')');
        Ok(())
    }
}

/// How many ancestors each row has; a circle begins anew.
fn generations(parents: &[Option<usize>]) -> Vec<usize> {
    let mut known: Vec<Option<usize>> = vec![None; parents.len()];
    let mut path = Vec::new();
    for row in 0..parents.len() {
        let mut next = Some(row);
        while let Some(at) = next.filter(|&at| known[at].is_none()) {
            // for now, which also ends a circle
            known[at] = Some(0);
            path.push(at);
            next = parents[at].filter(|&parent| parent != at);
        }
        let first = next.and_then(|at| known[at]).map_or(0, |generation| generation + 1);
        for (generation, at) in (first..).zip(path.drain(..).rev()) {
            known[at] = Some(generation);
        }
    }
    known.into_iter().map(Option::unwrap_or_default).collect()
}

/// Rows of one `INSERT`.
struct Batch {
    statement: String,
    start: usize,
    rows: usize,
}

impl Batch {
    fn new(table: &Table) -> Self {
        let statement = format!("INSERT INTO \"{}\" VALUES\n", table.name);
        Batch { start: statement.len(), statement, rows: 0 }
    }

    fn add(&mut self, tuple: &str, script: &mut impl Write) -> io::Result<()> {
        if self.rows > 0 {
            self.statement.push_str(",\n");
        }
        self.statement.push_str(tuple);
        self.rows += 1;
        if self.rows == BATCH_ROWS || self.statement.len() >= BATCH_BYTES { self.end(script) } else { Ok(()) }
    }

    fn end(&mut self, script: &mut impl Write) -> io::Result<()> {
        if self.rows > 0 {
            self.statement.push_str(";\n");
            script.write_all(self.statement.as_bytes())?;
            self.statement.truncate(self.start);
            self.rows = 0;
        }
        Ok(())
    }
}

fn push_quoted(tuple: &mut String, text: &str) {
    tuple.push('\'');
    for c in text.chars() {
        match c {
            '\'' => tuple.push_str("''"),
            '\0' => tuple.push(char::REPLACEMENT_CHARACTER),
            c => tuple.push(c),
        }
    }
    tuple.push('\'');
}

#[cfg(test)]
mod tests;
