use super::*;
use crate::output::schema::Column;
use crate::output::{RowBuffer, TableFile};
use jiff::civil::date;
use proptest::prelude::*;

/// A column of each kind, for the tests of all formats.
pub(in crate::output) static EVERY_KIND: Table = Table {
    name: "every_kind",
    title: "Every kind",
    title_zh: "各种类型",
    description: "A column of each kind.",
    key: &["key"],
    foreign_keys: &[],
    columns: &[
        column("key", "主键", ColumnKind::Integer { minimum: i64::MIN }),
        column("text", "文本", ColumnKind::String),
        column("decimal", "小数", ColumnKind::Decimal),
        column("number", "数", ColumnKind::Number { minimum: None, maximum: None }),
        column("date", "日期", ColumnKind::Date),
        column("boolean", "是否", ColumnKind::Boolean),
    ],
};

const fn column(name: &'static str, title_zh: &'static str, kind: ColumnKind) -> Column {
    Column { name, title_zh, kind, unit: None, description: "It is there.", required: false }
}

/// Texts that one format or another stumbles over.
pub(in crate::output) const TEXTS: &[&str] = &[
    "协会",
    "=1+1",
    "'=1+1",
    "'",
    "''甲",
    "-5",
    "@x",
    "\t空",
    "甲\r\n乙",
    "\r",
    "a\"b,c'd",
    "<b>&amp;</b> ]]>",
    "_x000D_",
    "_x5F_",
    " 两端 ",
    "\u{1}\u{1f}\u{7f}\u{fffe}\u{feff}",
    "𠮷😀",
    "; DROP TABLE terms; --",
    "NULL",
    "2024-01-01",
    "true",
    "007",
    "1e5",
];

/// A table of rows: [`TEXTS`], then values at the ends of their kinds, then nothing but missing values.
pub(in crate::output) fn write_every_kind(folder: &Path, style: CsvStyle) {
    let mut rows = RowBuffer::new(&EVERY_KIND, style);
    for (at, text) in TEXTS.iter().enumerate() {
        rows.integer(at).text(text).decimal(&Decimal::new(at as i64 * 125, 2)).number(at as f64 / 7.0);
        rows.date(Some(date(2024, 2, 29))).boolean(at % 2 == 0).end_row();
    }
    let ends = [
        (i64::MIN, Decimal::MIN, f64::MIN, date(1, 1, 1)),
        (i64::MAX, Decimal::MAX, f64::MAX, date(9999, 12, 31)),
        (-1, Decimal::new(-1, 28), -1e-15, date(1899, 12, 31)),
        (-2, Decimal::new(-1_234_567_890_123_456, 3), 123_456_789.123_456, date(1970, 1, 1)),
    ];
    for (key, decimal, number, day) in ends {
        rows.integer(key).empty().decimal(&decimal).number(number).date(Some(day)).boolean(true).end_row();
    }
    rows.integer(-3).empty().empty().empty().empty().empty().end_row();
    let mut file = TableFile::create(folder, &EVERY_KIND, style).unwrap();
    file.append(&rows).unwrap();
    file.finish().unwrap();
}

fn rows(style: CsvStyle) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    write_every_kind(folder.path(), style);
    let mut cells = Cells::open(folder.path(), &EVERY_KIND, style).unwrap();
    let mut rows = Vec::new();
    while cells.advance().unwrap() {
        rows.push((0..EVERY_KIND.columns.len()).map(|at| format!("{:?}", cells.cell(at).unwrap())).collect());
    }
    rows
}

#[test]
fn cells_come_back_as_they_were_in_both_styles() {
    let plain = rows(CsvStyle::Plain);
    assert_eq!(plain, rows(CsvStyle::Excel));
    assert_eq!(plain.len(), TEXTS.len() + 5);
    for (at, text) in TEXTS.iter().enumerate() {
        assert_eq!(plain[at][1], format!("{:?}", Cell::Text(text)));
    }
    let row = |at: usize| plain[TEXTS.len() + at].join(" ");
    assert_eq!(
        row(0),
        format!(
            "Integer({}) Missing Decimal({}) Number({:?}) Day(0001-01-01) Boolean(true)",
            i64::MIN,
            Decimal::MIN,
            f64::MIN
        )
    );
    assert!(row(2).contains("Decimal(-0.0000000000000000000000000001) Number(-1e-15) Day(1899-12-31)"), "{}", row(2));
    assert_eq!(row(4), "Integer(-3) Missing Missing Missing Missing Missing");
}

#[test]
fn shapes_hold_every_decimal() {
    let folder = tempfile::tempdir().unwrap();
    write_every_kind(folder.path(), CsvStyle::Plain);
    let shapes = decimal_shapes(folder.path(), &EVERY_KIND, CsvStyle::Plain).unwrap();
    assert_eq!(shapes[2], DecimalShape { whole: 29, scale: 28 });
    assert_eq!((shapes[0], shapes[2].decimals()), (DecimalShape::default(), 9));
    for (number, whole, scale) in [("0", 0, 0), ("0.05", 0, 2), ("-12.5", 2, 1), ("1000", 4, 0)] {
        let mut shape = DecimalShape::default();
        shape.add(Decimal::from_str_exact(number).unwrap());
        assert_eq!(shape, DecimalShape { whole, scale }, "{number}");
    }
}

#[test]
fn decimals_are_exact_while_they_have_room() {
    let scaled = |whole, scale, number| DecimalShape { whole, scale }.scaled(Decimal::from_str_exact(number).unwrap());
    for (whole, scale, number, expected) in [
        (3, 2, "-12.5", -1250),
        (3, 2, "0", 0),
        (1, 28, "0.3333333333333333333333333333", 3_333_333_333_333_333_333_333_333_333),
        (13, 28, "0.3333333333333333333333333333", 3_333_333_333_333_333_333_333_333),
        (29, 28, "0.0000000005", 0),
        (29, 28, "0.0000000016", 2),
        (29, 28, "79228162514264337593543950335", 79_228_162_514_264_337_593_543_950_335_000_000_000),
    ] {
        assert_eq!(scaled(whole, scale, number), expected, "{number} in {whole} and {scale}");
    }
}

#[test]
fn what_is_no_cell_of_its_column_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("every_kind.csv"), "key,text,decimal,number,date,boolean\nx,,,,,maybe\n")
        .unwrap();
    let mut cells = Cells::open(folder.path(), &EVERY_KIND, CsvStyle::Plain).unwrap();
    assert!(cells.advance().unwrap());
    assert!(cells.cell(0).unwrap_err().to_string().contains("every_kind.key holds `x`, which is no integer"));
    assert!(cells.cell(5).is_err());
    assert_eq!(cells.cell(1).unwrap(), Cell::Missing);
    assert_eq!(cells.cell(99).unwrap(), Cell::Missing);
}

proptest! {
    #[test]
    fn any_text_comes_back(text in "[='+@\\-\t\r\n\",甲a]{0,6}|\\PC{0,8}") {
        for style in [CsvStyle::Plain, CsvStyle::Excel] {
            let folder = tempfile::tempdir().unwrap();
            let mut rows = RowBuffer::new(&EVERY_KIND, style);
            rows.integer(1).text(&text).empty().empty().empty().empty().end_row();
            let mut file = TableFile::create(folder.path(), &EVERY_KIND, style).unwrap();
            file.append(&rows).unwrap();
            file.finish().unwrap();
            let mut cells = Cells::open(folder.path(), &EVERY_KIND, style).unwrap();
            prop_assert!(cells.advance().unwrap());
            prop_assert_eq!(cells.text(1), &text);
            prop_assert!(!cells.advance().unwrap());
        }
    }
}
