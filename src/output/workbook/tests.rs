use std::io::Read;

use super::*;
use crate::output::TABLES;
use crate::output::cells::tests::{EVERY_KIND, TEXTS, write_every_kind};
use crate::output::schema::REJECTED;
use crate::output::{RowBuffer, TableFile};
use jiff::civil::date;

/// A part of the workbook in `folder`.
fn part(folder: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(File::open(folder.join(FILE_NAME)).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn every_kind(style: CsvStyle) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    write_every_kind(folder.path(), style);
    let sheets = write(folder.path(), &[&EVERY_KIND], style, &|_| ()).unwrap();
    assert_eq!(sheets, [Sheet { table: &EVERY_KIND, rows: TEXTS.len() as u64 + 5, left_out: 0, cut: 0 }]);
    let sheet = part(folder.path(), "xl/worksheets/sheet2.xml");
    (folder, sheet)
}

#[test]
fn every_kind_is_a_cell() {
    let (_folder, sheet) = every_kind(CsvStyle::Plain);
    assert_eq!(sheet, every_kind(CsvStyle::Excel).1, "no guard of CSV gets in");
    for part in [
        "<row r=\"1\"><c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">主键</t></is></c>",
        "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>",
        "<autoFilter ref=\"A1:F29\"/>",
        "<row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"B3\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t></is></c>\
         <c r=\"C3\"><v>1.25</v></c><c r=\"D3\"><v>0.142857</v></c><c r=\"E3\" s=\"2\"><v>45351</v></c>\
         <c r=\"F3\" t=\"b\"><v>0</v></c></row>",
        "甲_x000D_\n乙",
        "&lt;b&gt;&amp;amp;&lt;/b&gt; ]]&gt;",
        "_x005F_x000D_<",
        "_x5F_<",
        "_x0001__x001F_\u{7f}_xFFFE_\u{feff}",
        "> 两端 <",
        // more digits than Excel keeps, and a day before its calendar
        "t=\"inlineStr\"><is><t xml:space=\"preserve\">79228162514264337593543950335<",
        "t=\"inlineStr\"><is><t xml:space=\"preserve\">9223372036854775807<",
        "t=\"inlineStr\"><is><t xml:space=\"preserve\">1899-12-31<",
        "t=\"inlineStr\"><is><t xml:space=\"preserve\">-1234567890123.456<",
        // a computed number is a double anyway
        "<v>123456789.123456</v>",
        // nothing but a key
        "<row r=\"29\"><c r=\"A29\"><v>-3</v></c></row>",
    ] {
        assert!(sheet.contains(part), "{part}\nis not in\n{sheet}");
    }
    assert!(!sheet.contains("<f>"), "nothing is a formula");
}

#[test]
fn what_a_sheet_cannot_hold_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = RowBuffer::new(&REJECTED, CsvStyle::Plain);
    for path in ["甲", "乙", "丙", "丁"] {
        rows.text(path).text("too_large").text("一二三四五六七八九十😀").end_row();
    }
    let mut file = TableFile::create(folder.path(), &REJECTED, CsvStyle::Plain).unwrap();
    file.append(&rows).unwrap();
    file.finish().unwrap();
    let limits = Limits { rows: 3, units: 11 };
    let sheets = write_within(folder.path(), &[&REJECTED], CsvStyle::Plain, limits, &|_| ()).unwrap();
    assert_eq!(sheets, [Sheet { table: &REJECTED, rows: 2, left_out: 2, cut: 2 }]);
    let sheet = part(folder.path(), "xl/worksheets/sheet2.xml");
    assert!(sheet.contains("一二三四五六七八九十<") && !sheet.contains("😀"), "half a character is none: {sheet}");
    assert!(sheet.contains("乙") && !sheet.contains("丙") && sheet.contains("ref=\"A1:C3\""));
    let overview = part(folder.path(), "xl/worksheets/sheet1.xml");
    assert!(
        overview.contains("<c r=\"C6\"><v>2</v></c><c r=\"D6\"><v>2</v></c><c r=\"E6\"><v>2</v></c>"),
        "{overview}"
    );
}

#[test]
fn all_tables_make_one_workbook_without_a_time() {
    let bytes = || {
        let folder = tempfile::tempdir().unwrap();
        for table in TABLES {
            TableFile::create(folder.path(), table, CsvStyle::Plain).unwrap().finish().unwrap();
        }
        write(folder.path(), TABLES, CsvStyle::Plain, &|_| ()).unwrap();
        let workbook = part(folder.path(), "xl/workbook.xml");
        for (at, table) in TABLES.iter().enumerate() {
            let sheet = format!("<sheet name=\"{}\" sheetId=\"{1}\" r:id=\"rId{1}\"/>", table.title_zh, at + 2);
            assert!(workbook.contains(&sheet), "{sheet}");
            let path = format!("/xl/worksheets/sheet{}.xml", at + 2);
            assert!(part(folder.path(), "[Content_Types].xml").contains(&path));
            assert!(!part(folder.path(), &path[1..]).is_empty());
        }
        assert!(TABLES.iter().all(|table| table.title_zh != parts::OVERVIEW));
        std::fs::read(folder.path().join(FILE_NAME)).unwrap()
    };
    assert_eq!(bytes(), bytes());
}

#[test]
fn columns_have_letters() {
    for (column, expected) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")] {
        assert_eq!(cell::letters(column), expected);
    }
}

#[test]
fn excel_keeps_fifteen_digits() {
    for number in ["0", "-1", "100000000000000000000", "123456789012345", "0.000000000123456789012345", "-12.5"] {
        assert!(cell::fits_excel(number), "{number}");
    }
    for number in ["1234567890123456", "0.3333333333333333333333333333", "100000000000000.01"] {
        assert!(!cell::fits_excel(number), "{number}");
    }
}

#[test]
fn days_are_counted_as_excel_does() {
    for (day, expected) in [
        (date(1900, 2, 28), None),
        (date(1900, 3, 1), Some(61)),
        (date(2024, 2, 29), Some(45_351)),
        (date(9999, 12, 31), Some(2_958_465)),
    ] {
        assert_eq!(cell::serial(day), expected, "{day}");
    }
}

/// Writes to `/dev/full` find no room.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_the_error_and_no_panic() {
    let file = File::options().write(true).open("/dev/full").unwrap();
    let mut sink = Sink::new(file);
    sink.write_all(&[0; 1 << 16]).unwrap();
    sink.flush().unwrap();
    // places are told as if nothing had failed
    sink.write_all(&[0; 10]).unwrap();
    let asked = [SeekFrom::Current(0), SeekFrom::Start(7), SeekFrom::Current(-3), SeekFrom::End(-1)];
    assert_eq!(asked.map(|to| sink.seek(to).unwrap()), [65_546, 7, 4, 65_545]);
    assert!(sink.seek(SeekFrom::Current(-100_000)).is_err());
    assert!(crate::output::is_full(&sink.error.unwrap()));
}
