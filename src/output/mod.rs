//! Tables to disk: what every table looks like, CSV, the data package that describes them, the folder they are swapped into.
//!
//! Rows are rendered in parallel into [`RowBuffer`]s and appended in order to a [`TableFile`] inside an [`OutputFolder`];
//! [`parquet`], [`workbook`] and [`sql`] make other formats of the finished files, [`package::write`] describes what was written, [`Manifest::write`] how the run went, and [`OutputFolder::commit`]
//! puts the folder in place of the old one.

mod aggregate_rows;
pub mod cells;
pub mod concordance;
pub mod contract;
pub mod folder;
pub mod format;
pub mod graphml;
mod indicator_rows;
pub mod manifest;
pub mod marks;
mod measure_rows;
mod number;
pub mod package;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod report;
mod rows;
pub mod schema;
pub mod sql;
pub mod table;
pub mod workbook;

pub use aggregate_rows::Aggregates;
pub use folder::{FolderError, OutputFolder};
pub use format::TableFormat;
pub use manifest::{FileDigest, Manifest, Stage};
pub use rows::{FACT_TABLES, FactRows};
pub use schema::{Column, ColumnKind, ForeignKey, TABLES, Table};
pub use table::{CsvStyle, RowBuffer, TableFile, Written, is_full};
