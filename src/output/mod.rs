//! Tables to disk.

pub mod schema;

pub use schema::{Column, ColumnKind, ForeignKey, TABLES, Table};
