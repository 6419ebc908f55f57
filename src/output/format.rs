//! The formats that tables are written in.

use super::schema::Table;

/// A format of the tables. CSV is rendered first, and the others are made from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableFormat {
    /// A file a table, see [`super::table`].
    Csv,
    /// A file a table, see [`super::parquet`].
    Parquet,
    /// All tables in one workbook, see [`super::workbook`].
    Workbook,
    /// All tables in one script for databases, see [`super::sql`].
    Sql,
}

impl TableFormat {
    /// All of them; what the data package points to is the first of those that are written.
    pub const ALL: [TableFormat; 4] = [TableFormat::Csv, TableFormat::Parquet, TableFormat::Workbook, TableFormat::Sql];

    /// The format called `name`: `csv`, `parquet`, `xlsx` or `sql`.
    pub fn named(name: &str) -> Option<TableFormat> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }

    /// Its name, which is the ending of its files too.
    pub fn as_str(self) -> &'static str {
        match self {
            TableFormat::Csv => "csv",
            TableFormat::Parquet => "parquet",
            TableFormat::Workbook => "xlsx",
            TableFormat::Sql => "sql",
        }
    }

    /// This build can write it.
    pub fn is_built(self) -> bool {
        self != TableFormat::Parquet || cfg!(feature = "parquet")
    }

    /// Name of the file that holds `table`.
    pub fn file_name(self, table: &Table) -> String {
        match self {
            TableFormat::Csv => table.file_name(),
            TableFormat::Parquet => format!("{}.parquet", table.name),
            TableFormat::Workbook => super::workbook::FILE_NAME.to_owned(),
            TableFormat::Sql => super::sql::FILE_NAME.to_owned(),
        }
    }

    /// Media type of that file.
    pub fn media_type(self) -> &'static str {
        match self {
            TableFormat::Csv => "text/csv",
            TableFormat::Parquet => "application/vnd.apache.parquet",
            TableFormat::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            TableFormat::Sql => "application/sql",
        }
    }
}
