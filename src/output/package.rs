//! `datapackage.json`: what the tables are, for programs (Frictionless Data Package v2, <https://datapackage.org>).
//!
//! The same tables give the same bytes: no time and no path of the machine stands in it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use super::format::TableFormat;
use super::schema::{Column, ColumnKind, ForeignKey, Table};
use super::table::Written;

/// Name of the file.
pub const FILE_NAME: &str = "datapackage.json";

/// Name of every package that a run writes, by which its folder is known again.
const PACKAGE_NAME: &str = "wenmai";

const PACKAGE_PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const RESOURCE_PROFILE: &str = "https://datapackage.org/profiles/2.0/dataresource.json";
const SCHEMA_PROFILE: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// Writes `datapackage.json` into `folder`: one resource for each table, in the order given, with the file of `format`
/// that holds it. A foreign key is left out where the table that it refers to is not among them.
///
/// # Errors
/// The file can't be written.
pub fn write(folder: &Path, tables: &[Written], format: TableFormat) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(folder.join(FILE_NAME))?);
    serde_json::to_writer_pretty(&mut file, &package(tables, format))?;
    file.write_all(b"\n")?;
    file.flush()
}

/// `folder` holds a package that a run wrote.
pub(super) fn is_ours(folder: &Path) -> bool {
    read(folder).is_some_and(|package| package["name"] == PACKAGE_NAME)
}

/// Paths of the resources of the package in `folder`; none where there is no package.
pub(super) fn paths(folder: &Path) -> Vec<String> {
    let package = read(folder).unwrap_or_default();
    let resources = package["resources"].as_array().into_iter().flatten();
    resources.filter_map(|resource| resource["path"].as_str()).map(str::to_owned).collect()
}

fn read(folder: &Path) -> Option<Value> {
    serde_json::from_slice(&fs::read(folder.join(FILE_NAME)).ok()?).ok()
}

#[derive(Serialize)]
struct Package<'a> {
    #[serde(rename = "$schema")]
    profile: &'static str,
    name: &'static str,
    title: &'static str,
    description: &'static str,
    generator: &'static str,
    resources: Vec<Resource<'a>>,
}

#[derive(Serialize)]
struct Resource<'a> {
    #[serde(rename = "$schema")]
    profile: &'static str,
    name: &'static str,
    title: &'static str,
    description: &'static str,
    path: String,
    #[serde(rename = "type")]
    kind: &'static str,
    scheme: &'static str,
    format: &'static str,
    mediatype: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    bytes: u64,
    hash: String,
    rows: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    dialect: Option<Dialect>,
    schema: Schema<'a>,
}

/// How the file is to be read, where its format leaves that open.
#[derive(Serialize)]
#[serde(untagged)]
enum Dialect {
    #[serde(rename_all = "camelCase")]
    Csv {
        header: bool,
        delimiter: &'static str,
        line_terminator: &'static str,
        quote_char: &'static str,
        double_quote: bool,
    },
    #[serde(rename_all = "camelCase")]
    Sheet {
        header: bool,
        sheet_name: &'static str,
    },
    Table {
        table: &'static str,
    },
}

impl Dialect {
    fn of(format: TableFormat, table: &'static Table) -> Option<Self> {
        match format {
            TableFormat::Csv => Some(Dialect::Csv {
                header: true,
                delimiter: ",",
                line_terminator: "\n",
                quote_char: "\"",
                double_quote: true,
            }),
            TableFormat::Parquet => None,
            TableFormat::Workbook => Some(Dialect::Sheet { header: true, sheet_name: table.title_zh }),
            TableFormat::Sql => Some(Dialect::Table { table: table.name }),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Schema<'a> {
    #[serde(rename = "$schema")]
    profile: &'static str,
    fields: Vec<Field<'a>>,
    missing_values: [&'static str; 1],
    primary_key: &'a [&'static str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<Reference<'a>>,
}

#[derive(Serialize)]
struct Field<'a> {
    name: &'a str,
    title: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    format: &'static str,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    constraints: Constraints<'a>,
}

#[derive(Default, PartialEq, Serialize)]
struct Constraints<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<bool>,
    #[serde(rename = "enum", skip_serializing_if = "Option::is_none")]
    words: Option<&'a [&'a str]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<i64>,
}

impl Constraints<'_> {
    fn is_empty(&self) -> bool {
        *self == Constraints::default()
    }
}

#[derive(Serialize)]
struct Reference<'a> {
    fields: &'a [&'static str],
    reference: Referred<'a>,
}

#[derive(Serialize)]
struct Referred<'a> {
    /// Left out where the table refers to itself, as the standard wants.
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<&'a str>,
    fields: &'a [&'static str],
}

fn package(tables: &[Written], format: TableFormat) -> Package<'_> {
    Package {
        profile: PACKAGE_PROFILE,
        name: PACKAGE_NAME,
        title: "What the reports say",
        description: "Terms, organisations, dates and quantities of a corpus of Chinese reports as tables. Every fact \
                      leads back to its sentence; offsets are Unicode scalar values, half open, into the decoded source.",
        generator: concat!("wenmai ", env!("CARGO_PKG_VERSION")),
        resources: tables.iter().map(|written| resource(written, tables, format)).collect(),
    }
}

fn resource<'a>(written: &'a Written, tables: &[Written], format: TableFormat) -> Resource<'a> {
    let table = written.table;
    let is_written = |reference: &&ForeignKey| tables.iter().any(|other| other.table.name == reference.table);
    let refer = |key: &'a ForeignKey| {
        let resource = (key.table != table.name).then_some(key.table);
        Reference { fields: key.columns, reference: Referred { resource, fields: key.referenced } }
    };
    Resource {
        profile: RESOURCE_PROFILE,
        name: table.name,
        title: table.title_zh,
        description: table.description,
        path: format.file_name(table),
        kind: "table",
        scheme: "file",
        format: format.as_str(),
        mediatype: format.media_type(),
        encoding: matches!(format, TableFormat::Csv | TableFormat::Sql).then_some("utf-8"),
        bytes: written.bytes,
        hash: format!("sha256:{}", written.sha256),
        rows: written.rows,
        dialect: Dialect::of(format, table),
        schema: Schema {
            profile: SCHEMA_PROFILE,
            fields: table.columns.iter().map(field).collect(),
            missing_values: [""],
            primary_key: table.key,
            foreign_keys: table.foreign_keys.iter().filter(is_written).map(refer).collect(),
        },
    }
}

fn field(column: &Column) -> Field<'_> {
    let mut constraints = Constraints { required: column.required.then_some(true), ..Constraints::default() };
    match column.kind {
        ColumnKind::Pattern(pattern) => constraints.pattern = Some(pattern),
        ColumnKind::OneOf(words) => constraints.words = Some(words),
        ColumnKind::Integer { minimum } => constraints.minimum = Some(minimum),
        ColumnKind::Number { minimum, maximum } => (constraints.minimum, constraints.maximum) = (minimum, maximum),
        ColumnKind::String | ColumnKind::Decimal | ColumnKind::Boolean | ColumnKind::Date => {}
    }
    Field {
        name: column.name,
        title: column.title_zh,
        kind: column.kind.as_str(),
        format: "default",
        description: column.description,
        unit: column.unit,
        constraints,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::TABLES;

    fn written(name: &str, rows: u64) -> Written {
        Written { table: Table::named(name).unwrap(), rows, bytes: rows * 10, sha256: "0".repeat(64), complete: true }
    }

    fn json(tables: &[Written]) -> Value {
        serde_json::to_value(package(tables, TableFormat::Csv)).unwrap()
    }

    #[test]
    fn same_tables_same_bytes() {
        let tables: Vec<_> = TABLES.iter().map(|table| written(table.name, 3)).collect();
        let bytes = || {
            let folder = tempfile::tempdir().unwrap();
            write(folder.path(), &tables, TableFormat::Csv).unwrap();
            assert!(is_ours(folder.path()));
            assert_eq!(paths(folder.path()).len(), TABLES.len());
            fs::read(folder.path().join(FILE_NAME)).unwrap()
        };
        let once = bytes();
        assert_eq!(once, bytes());
        assert!(once.ends_with(b"}\n"));
    }

    #[test]
    fn foreign_keys_lead_to_tables_that_are_written() {
        let resources = |names: &[&str]| {
            let tables: Vec<_> = names.iter().map(|name| written(name, 1)).collect();
            json(&tables)["resources"][0]["schema"]["foreignKeys"].clone()
        };
        let referred = |keys: &Value| -> Vec<String> {
            keys.as_array().unwrap().iter().map(|key| key["reference"]["resource"].to_string()).collect()
        };
        assert_eq!(resources(&["term_mentions"]), Value::Null);
        assert_eq!(referred(&resources(&["term_mentions", "terms"])), ["\"terms\""]);
        let keys = resources(&["term_mentions", "documents", "sentences", "terms"]);
        assert_eq!(referred(&keys), ["\"documents\"", "\"sentences\"", "\"terms\""]);
        let itself = resources(&["organisations"]);
        assert_eq!(itself, serde_json::json!([{"fields": ["parent"], "reference": {"fields": ["organisation"]}}]));
    }

    #[test]
    fn columns_become_fields() {
        let package = json(&[written("term_trends", 7)]);
        let resource = &package["resources"][0];
        assert_eq!(
            (&resource["path"], &resource["rows"], &resource["bytes"]),
            (&"term_trends.csv".into(), &7.into(), &70.into())
        );
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let named = |name: &str| fields.iter().find(|field| field["name"] == name).unwrap();
        assert_eq!(named("tau")["constraints"], serde_json::json!({"minimum": -1, "maximum": 1}));
        assert_eq!(named("total")["constraints"], serde_json::json!({"required": true, "minimum": 0}));
        assert_eq!(named("total")["unit"], "mentions");
        assert_eq!(named("slope").get("constraints"), None);
        assert_eq!(named("term").get("unit"), None);
    }
}
