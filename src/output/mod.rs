//! Tables to disk.

pub mod schema;
pub mod table;

pub use schema::{Column, ColumnKind, ForeignKey, TABLES, Table};
pub use table::{CsvStyle, RowBuffer, TableFile, Written};
