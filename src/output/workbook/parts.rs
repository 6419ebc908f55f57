//! The parts of a workbook that hold no rows of tables.

use std::fmt::Write as _;

use super::cell::{CellWriter, Style, letters, push_escaped};
use super::{Limits, Sheet};
use crate::output::schema::Table;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Name of the sheet that lists the others ("notes").
pub(super) const OVERVIEW: &str = "说明";

/// Widths of its columns, in characters.
const OVERVIEW_WIDTHS: [usize; 5] = [24, 24, 26, 22, 22];

const STYLES: &str = r#"<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7EEF5"/><bgColor indexed="64"/></patternFill></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
"#;

/// Path of a sheet in the archive; 0 is the overview.
pub(super) fn sheet_path(at: usize) -> String {
    format!("xl/worksheets/sheet{}.xml", at + 1)
}

/// What stands before the rows of a sheet; the header of a table stays in sight.
pub(super) fn sheet_head(widths: &[usize], of_table: bool) -> String {
    let mut xml = format!("{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetViews>");
    xml.push_str(if of_table {
        "<sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>\
         <selection pane=\"bottomLeft\"/></sheetView>"
    } else {
        "<sheetView tabSelected=\"1\" workbookViewId=\"0\"/>"
    });
    xml.push_str("</sheetViews><cols>");
    for (at, width) in widths.iter().enumerate() {
        // writing to a string can't fail
        let _ = write!(xml, "<col min=\"{0}\" max=\"{0}\" width=\"{width}\" customWidth=\"1\"/>", at + 1);
    }
    xml.push_str("</cols><sheetData>\n");
    xml
}

/// What stands behind them.
pub(super) fn sheet_tail(filtered: &str) -> String {
    format!("</sheetData><autoFilter ref=\"{filtered}\"/></worksheet>\n")
}

/// The cells of a table, header and `rows`.
pub(super) fn range(table: &Table, rows: u64) -> String {
    format!("A1:{}{}", letters(table.columns.len().saturating_sub(1)), rows + 1)
}

/// The sheet that lists tables, what was left out of them, and their columns.
pub(super) fn overview(sheets: &[Sheet], limits: Limits) -> String {
    let mut rows = CellWriter::new(limits.units);
    rows.push_raw(&sheet_head(&OVERVIEW_WIDTHS, false));
    let limited = format!(
        "Excel 每个工作表至多 {} 行、每格至多 {} 个字符，超出的部分未写入，数目见下表；完整数据请用 CSV、Parquet 或 SQL 格式。",
        limits.rows, limits.units
    );
    line(&mut rows, &[concat!("文脉 wenmai ", env!("CARGO_PKG_VERSION"))], Style::Header);
    line(&mut rows, &[&limited], Style::Plain);
    line(
        &mut rows,
        &["超过 15 位有效数字的数、1900 年 3 月以前的日期按文本保存，以免失真。空格子表示缺失值。"],
        Style::Plain,
    );
    line(&mut rows, &[], Style::Plain);
    line(&mut rows, &["工作表", "数据表", "行数", "未写入的行数", "截短的格数"], Style::Header);
    for sheet in sheets {
        rows.begin_row();
        rows.text(sheet.table.title_zh, Style::Plain);
        rows.text(sheet.table.name, Style::Plain);
        for count in [sheet.rows, sheet.left_out, sheet.cut] {
            rows.number(&count.to_string(), Style::Plain);
        }
        rows.end_row();
    }
    line(&mut rows, &[], Style::Plain);
    line(&mut rows, &["工作表", "列", "列名", "单位"], Style::Header);
    for table in sheets.iter().map(|sheet| sheet.table) {
        for column in table.columns {
            line(
                &mut rows,
                &[table.title_zh, column.title_zh, column.name, column.unit.unwrap_or_default()],
                Style::Plain,
            );
        }
    }
    rows.push_raw("</sheetData></worksheet>\n");
    rows.into_xml()
}

fn line(rows: &mut CellWriter, texts: &[&str], style: Style) {
    rows.begin_row();
    for text in texts {
        if text.is_empty() {
            rows.skip();
        } else {
            rows.text(text, style);
        }
    }
    rows.end_row();
}

/// Names and contents of the parts that say how the sheets hang together.
pub(super) fn fixed(sheets: &[Sheet]) -> [(&'static str, String); 5] {
    [
        ("[Content_Types].xml", content_types(sheets.len() + 1)),
        ("_rels/.rels", relations(&[("officeDocument", "xl/workbook.xml".to_owned())])),
        ("xl/workbook.xml", workbook(sheets)),
        ("xl/_rels/workbook.xml.rels", {
            let mut parts: Vec<(&str, String)> =
                (0..=sheets.len()).map(|at| ("worksheet", format!("worksheets/sheet{}.xml", at + 1))).collect();
            parts.push(("styles", "styles.xml".to_owned()));
            relations(&parts)
        }),
        (
            "xl/styles.xml",
            format!(
                "{HEAD}<styleSheet xmlns=\"{MAIN}\">\
                 <numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>\n\
                 {STYLES}</styleSheet>\n"
            ),
        ),
    ]
}

fn content_types(sheets: usize) -> String {
    let mut xml = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{TYPES}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{TYPES}.styles+xml\"/>\n"
    );
    for at in 0..sheets {
        let _ = writeln!(xml, "<Override PartName=\"/{}\" ContentType=\"{TYPES}.worksheet+xml\"/>", sheet_path(at));
    }
    xml.push_str("</Types>\n");
    xml
}

/// Relations `rId1`, `rId2`, … to parts of a kind each.
fn relations(parts: &[(&str, String)]) -> String {
    let mut xml = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">\n");
    for (at, (kind, target)) in parts.iter().enumerate() {
        let _ = writeln!(xml, "<Relationship Id=\"rId{}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>", at + 1);
    }
    xml.push_str("</Relationships>\n");
    xml
}

fn workbook(sheets: &[Sheet]) -> String {
    let mut xml = format!(
        "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\">\
         <bookViews><workbookView activeTab=\"0\"/></bookViews><sheets>\n"
    );
    let names = std::iter::once(OVERVIEW).chain(sheets.iter().map(|sheet| sheet.table.title_zh));
    for (at, name) in names.enumerate() {
        xml.push_str("<sheet name=\"");
        push_escaped(&mut xml, name);
        let _ = writeln!(xml, "\" sheetId=\"{0}\" r:id=\"rId{0}\"/>", at + 1);
    }
    xml.push_str("</sheets><definedNames>\n");
    for (at, sheet) in sheets.iter().enumerate() {
        let last = letters(sheet.table.columns.len().saturating_sub(1));
        let _ = write!(xml, "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{}\" hidden=\"1\">'", at + 1);
        push_escaped(&mut xml, sheet.table.title_zh);
        let _ = writeln!(xml, "'!$A$1:${last}${}</definedName>", sheet.rows + 1);
    }
    xml.push_str("</definedNames></workbook>\n");
    xml
}
