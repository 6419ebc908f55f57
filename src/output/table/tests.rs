use super::*;
use jiff::civil::date;
use proptest::prelude::*;

/// A table of one column of each kind.
static EVERY_KIND: Table = Table {
    name: "every_kind",
    title: "",
    title_zh: "",
    description: "",
    key: &[],
    foreign_keys: &[],
    columns: &[
        column("text", ColumnKind::String),
        column("word", ColumnKind::OneOf(&["done", "planned"])),
        column("integer", ColumnKind::Integer { minimum: 0 }),
        column("decimal", ColumnKind::Decimal),
        column("number", ColumnKind::Number { minimum: None, maximum: None }),
        column("date", ColumnKind::Date),
        column("boolean", ColumnKind::Boolean),
        column("last", ColumnKind::String),
    ],
};

static TWO_TEXTS: Table = Table {
    name: "two_texts",
    title: "",
    title_zh: "",
    description: "",
    key: &[],
    foreign_keys: &[],
    columns: &[column("one", ColumnKind::String), column("two", ColumnKind::String)],
};

const fn column(name: &'static str, kind: ColumnKind) -> Column {
    Column { name, title_zh: "", kind, unit: None, description: "", required: false }
}

fn cell(text: &str, style: CsvStyle) -> String {
    let mut bytes = Vec::new();
    push_text(&mut bytes, text, style);
    String::from_utf8(bytes).unwrap()
}

#[test]
fn text_is_quoted_where_it_must_be() {
    for (text, expected) in [
        ("", ""),
        ("协会", "协会"),
        (" 两端 ", " 两端 "),
        ("甲,乙", "\"甲,乙\""),
        ("“甲”", "“甲”"),
        ("6\" 管", "\"6\"\" 管\""),
        ("\"", "\"\"\"\""),
        ("一\n二", "\"一\n二\""),
        ("一\r二", "\"一\r二\""),
        ("=1+1", "=1+1"),
    ] {
        assert_eq!(cell(text, CsvStyle::Plain), expected, "{text:?}");
    }
}

#[test]
fn spreadsheets_get_no_formulas() {
    for (text, expected) in [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-5", "'-5"),
        ("@名", "'@名"),
        ("\t表", "'\t表"),
        ("\r行", "\"'\r行\""),
        ("=A1,\"B\"", "\"'=A1,\"\"B\"\"\""),
        ("1+X", "1+X"),
        ("", ""),
        ("'", "'"),
        // what looks guarded is guarded once more, so that a guard can be taken away again
        ("'=1+1", "''=1+1"),
        ("''-", "'''-"),
        ("'甲'", "'甲'"),
    ] {
        assert_eq!(cell(text, CsvStyle::Excel), expected, "{text:?}");
    }
}

#[test]
fn numbers_are_rounded_in_one_way() {
    for (number, expected) in [
        (0.0, "0"),
        (-0.0, "0"),
        (-1e-20, "0"),
        (1.0, "1"),
        (100.0, "100"),
        (-2.5, "-2.5"),
        (1.0 / 3.0, "0.333333"),
        (0.1, "0.1"),
        (0.012345678, "0.0123457"),
        (0.000_001_234_567_8, "0.00000123457"),
        (1e-15, "0.000000000000001"),
        (123456.7890123, "123456.789012"),
        (1e21, "1000000000000000000000"),
        (f64::NAN, ""),
        (f64::INFINITY, ""),
        (f64::NEG_INFINITY, ""),
    ] {
        let mut bytes = b"0.0,".to_vec();
        push_number(&mut bytes, number);
        assert_eq!(String::from_utf8(bytes).unwrap(), format!("0.0,{expected}"), "{number:e}");
    }
}

#[test]
fn every_kind_of_cell() {
    for (style, text) in [(CsvStyle::Plain, "-甲"), (CsvStyle::Excel, "'-甲")] {
        let mut rows = RowBuffer::new(&EVERY_KIND, style);
        rows.text("-甲").text("done").integer(-12).decimal(&Decimal::new(-16_400, 2)).number(-0.5);
        rows.date(Some(date(2024, 2, 29))).boolean(true).text("尾").end_row();
        rows.empty().text_or_empty(None).integer(u64::MAX).decimal(&Decimal::new(0, 3)).number(f64::NAN);
        rows.date(None).boolean(false).empty().end_row();
        let expected = format!("{text},done,-12,-164,-0.5,2024-02-29,true,尾\n,,9223372036854775807,0,,,false,\n");
        assert_eq!(String::from_utf8(rows.as_bytes().to_vec()).unwrap(), expected);
        assert_eq!(rows.rows(), 2);
        rows.clear();
        assert_eq!((rows.rows(), rows.as_bytes().len()), (0, 0));
    }
}

#[test]
fn decimals_stay_exact() {
    for (number, expected) in [
        ("1640000000", "1640000000"),
        ("36.5700", "36.57"),
        ("1e3", "1000"),
        ("0.00000001", "0.00000001"),
        ("-0.0", "0"),
    ] {
        let number = Decimal::from_str_exact(number).or_else(|_| Decimal::from_scientific(number)).unwrap();
        let mut rows = RowBuffer::new(&EVERY_KIND, CsvStyle::Plain);
        rows.empty().empty().empty().decimal(&number);
        assert_eq!(rows.as_bytes(), format!(",,,{expected}").as_bytes());
    }
}

#[test]
#[should_panic(expected = "every_kind.integer is Integer")]
#[cfg(debug_assertions)]
fn a_cell_of_another_kind_is_noticed() {
    RowBuffer::new(&EVERY_KIND, CsvStyle::Plain).text("甲").text("done").text("12");
}

#[test]
#[should_panic(expected = "every_kind.word is OneOf")]
#[cfg(debug_assertions)]
fn a_word_that_the_schema_does_not_know_is_noticed() {
    RowBuffer::new(&EVERY_KIND, CsvStyle::Plain).text("甲").text("finished");
}

#[test]
#[should_panic(expected = "cells of a row of two_texts")]
#[cfg(debug_assertions)]
fn a_short_row_is_noticed() {
    RowBuffer::new(&TWO_TEXTS, CsvStyle::Plain).text("甲").end_row();
}

#[test]
fn files_are_counted_and_hashed_as_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    for (style, start) in [(CsvStyle::Plain, "one,two\n"), (CsvStyle::Excel, "\u{feff}one,two\n")] {
        let mut file = TableFile::create(folder.path(), &TWO_TEXTS, style).unwrap();
        for word in ["甲", "乙"] {
            let mut rows = RowBuffer::new(&TWO_TEXTS, style);
            rows.text(word).text("尾").end_row();
            file.append(&rows).unwrap();
        }
        let written = file.finish().unwrap();
        let bytes = std::fs::read(folder.path().join("two_texts.csv")).unwrap();
        assert_eq!(String::from_utf8(bytes.clone()).unwrap(), format!("{start}甲,尾\n乙,尾\n"));
        assert_eq!((written.rows, written.bytes), (2, bytes.len() as u64));
        assert_eq!(written.sha256, format!("{:x}", Sha256::digest(&bytes)));
    }
}

proptest! {
    #[test]
    fn any_cells_come_back(rows in prop::collection::vec((any::<String>(), "[\",\n\r=+@\t甲-]{0,6}"), 0..8)) {
        let mut buffer = RowBuffer::new(&TWO_TEXTS, CsvStyle::Plain);
        for (one, two) in &rows {
            buffer.text(one).text(two).end_row();
        }
        let file = [b"one,two\n", buffer.as_bytes()].concat();
        let mut reader = csv::Reader::from_reader(file.as_slice());
        let back: Vec<(String, String)> = reader.deserialize().map(|row| row.unwrap()).collect();
        prop_assert_eq!(back, rows);
    }

    #[test]
    fn any_number_comes_back_near(number in any::<f64>().prop_filter("finite", |n| n.is_finite())) {
        let mut bytes = Vec::new();
        push_number(&mut bytes, number);
        let text = String::from_utf8(bytes).unwrap();
        prop_assert!(!text.contains('e') && text != "-0" && !(text.contains('.') && text.ends_with('0')), "{}", text);
        let error = (text.parse::<f64>().unwrap() - number).abs();
        prop_assert!(error <= number.abs() * 1e-5 || error <= 1e-15, "{} for {:e}", text, number);
    }

    #[test]
    fn any_integer_comes_back(number in any::<i64>()) {
        let mut bytes = Vec::new();
        push_integer(&mut bytes, number);
        prop_assert_eq!(String::from_utf8(bytes).unwrap(), number.to_string());
    }
}
