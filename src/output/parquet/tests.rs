use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};

use super::*;
use crate::output::cells::tests::{EVERY_KIND, write_every_kind};

fn written(style: CsvStyle) -> (tempfile::TempDir, SerializedFileReader<File>) {
    let folder = tempfile::tempdir().unwrap();
    write_every_kind(folder.path(), style);
    write(folder.path(), &EVERY_KIND, style).unwrap();
    let file = File::open(folder.path().join("every_kind.parquet")).unwrap();
    (folder, SerializedFileReader::new(file).unwrap())
}

/// A value as the table means it.
fn said(cell: Cell<'_>, shape: DecimalShape) -> Field {
    match cell {
        Cell::Missing => Field::Null,
        Cell::Text(text) => Field::Str(text.to_owned()),
        Cell::Integer(number) => Field::Long(number),
        Cell::Number(number) => Field::Double(number),
        Cell::Decimal(number) => {
            let bytes = ByteArray::from(shape.scaled(number).to_be_bytes().to_vec());
            Field::Decimal(parquet::data_type::Decimal::from_bytes(bytes, 38, shape.decimals() as i32))
        }
        Cell::Boolean(value) => Field::Bool(value),
        Cell::Day(day) => Field::Date((day - EPOCH).get_days()),
    }
}

#[test]
fn every_value_is_that_of_the_csv() {
    for style in [CsvStyle::Plain, CsvStyle::Excel] {
        let (folder, reader) = written(style);
        let shapes = decimal_shapes(folder.path(), &EVERY_KIND, style).unwrap();
        let mut cells = Cells::open(folder.path(), &EVERY_KIND, style).unwrap();
        let mut rows = reader.get_row_iter(None).unwrap();
        let mut count = 0;
        while cells.advance().unwrap() {
            let row: Row = rows.next().expect("as many rows as the table").unwrap();
            for (at, (name, field)) in row.get_column_iter().enumerate() {
                assert_eq!(name, EVERY_KIND.columns[at].name);
                assert_eq!(*field, said(cells.cell(at).unwrap(), shapes[at]), "row {count}, {name}");
            }
            count += 1;
        }
        assert!(rows.next().is_none());
        assert_eq!(reader.num_row_groups(), usize::div_ceil(count, GROUP_ROWS), "groups are bounded");
    }
}

#[test]
fn types_and_descriptions_stand_in_the_file() {
    let (_folder, reader) = written(CsvStyle::Plain);
    let file = reader.metadata().file_metadata();
    let types: Vec<String> = file
        .schema_descr()
        .columns()
        .iter()
        .map(|column| format!("{} {:?} {}", column.name(), column.logical_type_ref(), column.physical_type()))
        .collect();
    assert_eq!(types[0], "key None INT64");
    assert_eq!(types[1], "text Some(String) BYTE_ARRAY");
    assert!(types[2].contains("scale: 9") && types[2].contains("precision: 38"), "{}", types[2]);
    assert_eq!(types[3], "number None DOUBLE");
    assert_eq!(types[4], "date Some(Date) INT32");
    assert_eq!(types[5], "boolean None BOOLEAN");
    let told = file.key_value_metadata().unwrap();
    let value = |key: &str| told.iter().find(|told| told.key == key).and_then(|told| told.value.as_deref());
    assert_eq!(value("title"), Some("各种类型"));
    assert_eq!(value("column:decimal"), Some("小数: It is there."));
}

#[test]
fn same_table_same_bytes() {
    let bytes = || std::fs::read(written(CsvStyle::Plain).0.path().join("every_kind.parquet")).unwrap();
    assert_eq!(bytes(), bytes());
}

#[test]
fn an_empty_table_is_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = crate::output::TableFile::create(folder.path(), &EVERY_KIND, CsvStyle::Excel).unwrap();
    file.finish().unwrap();
    write(folder.path(), &EVERY_KIND, CsvStyle::Excel).unwrap();
    let reader = SerializedFileReader::new(File::open(folder.path().join("every_kind.parquet")).unwrap()).unwrap();
    assert_eq!(reader.get_row_iter(None).unwrap().count(), 0);
    assert_eq!(reader.metadata().file_metadata().schema_descr().num_columns(), 6);
}
