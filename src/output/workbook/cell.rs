//! Cells of a sheet as XML.

use std::fmt::Write as _;

use jiff::civil::Date;
use unicode_width::UnicodeWidthStr;

/// Significant digits that Excel keeps.
const DIGITS: usize = 15;
/// The first day from which on Excel counts right: it believes in a 29 February 1900.
const FIRST_DAY: Date = jiff::civil::date(1900, 3, 1);
/// Day zero for those days.
const DAY_ZERO: Date = jiff::civil::date(1899, 12, 30);

/// Formats of cells, in the order of `styles.xml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain = 0,
    Header = 1,
    Date = 2,
}

/// Rows of a sheet, one cell behind the other.
#[derive(Debug)]
pub(super) struct CellWriter {
    xml: String,
    /// UTF-16 units that a cell holds.
    units: usize,
    row: u64,
    column: usize,
    cut: u64,
}

impl CellWriter {
    pub(super) fn new(units: usize) -> Self {
        CellWriter { xml: String::new(), units, row: 0, column: 0, cut: 0 }
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.xml.as_bytes()
    }

    pub(super) fn clear(&mut self) {
        self.xml.clear();
    }

    pub(super) fn into_xml(self) -> String {
        self.xml
    }

    /// Cells whose text was cut so far.
    pub(super) fn cut(&self) -> u64 {
        self.cut
    }

    pub(super) fn push_raw(&mut self, xml: &str) {
        self.xml.push_str(xml);
    }

    pub(super) fn begin_row(&mut self) {
        self.row += 1;
        self.column = 0;
        let _ = write!(self.xml, "<row r=\"{}\">", self.row);
    }

    pub(super) fn end_row(&mut self) {
        self.xml.push_str("</row>\n");
    }

    /// An empty cell.
    pub(super) fn skip(&mut self) {
        self.column += 1;
    }

    pub(super) fn text(&mut self, text: &str, style: Style) {
        self.begin_cell(style, " t=\"inlineStr\"");
        self.xml.push_str("<is><t xml:space=\"preserve\">");
        let kept = fitting(text, self.units);
        self.cut += u64::from(kept.len() < text.len());
        push_escaped(&mut self.xml, kept);
        self.xml.push_str("</t></is></c>");
    }

    /// A number as it is written.
    pub(super) fn number(&mut self, number: &str, style: Style) {
        self.begin_cell(style, "");
        let _ = write!(self.xml, "<v>{number}</v></c>");
    }

    pub(super) fn boolean(&mut self, value: bool) {
        self.begin_cell(Style::Plain, " t=\"b\"");
        let _ = write!(self.xml, "<v>{}</v></c>", u8::from(value));
    }

    /// Writing to a string can't fail.
    fn begin_cell(&mut self, style: Style, kind: &str) {
        let _ = write!(self.xml, "<c r=\"{}{}\"", letters(self.column), self.row);
        if style != Style::Plain {
            let _ = write!(self.xml, " s=\"{}\"", style as u8);
        }
        let _ = write!(self.xml, "{kind}>");
        self.column += 1;
    }
}

/// The name of a column, from 0: A, B, … Z, AA, ….
pub(super) fn letters(column: usize) -> String {
    let letter = char::from(b'A' + (column % 26) as u8);
    if column < 26 { letter.to_string() } else { format!("{}{letter}", letters(column / 26 - 1)) }
}

/// Excel keeps every digit of it.
pub(super) fn fits_excel(number: &str) -> bool {
    let digits = || number.bytes().filter(u8::is_ascii_digit);
    let leading = digits().take_while(|&digit| digit == b'0').count();
    // a decimal has no zeros at its end
    let trailing = number.bytes().rev().take_while(|&digit| digit == b'0').count();
    digits().count().saturating_sub(leading + trailing) <= DIGITS
}

/// The number that stands for a day; none for days that Excel counts wrongly or not at all.
pub(super) fn serial(day: Date) -> Option<i32> {
    (day >= FIRST_DAY).then(|| (day - DAY_ZERO).get_days())
}

/// Columns of a terminal that the longest line of `text` takes, which is about what it takes in a sheet.
pub(super) fn width(text: &str) -> usize {
    text.lines().map(|line| line.width()).max().unwrap_or(0)
}

/// As much of the text as `units` of UTF-16 hold.
fn fitting(text: &str, units: usize) -> &str {
    // a character has at least as many bytes as units
    if text.len() <= units {
        return text;
    }
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.len_utf16();
        if used > units {
            return &text[..at];
        }
    }
    text
}

/// Text between tags. What XML can't hold, and the carriage return, which it doesn't keep, are written `_x000D_` as Excel
/// does; text that looks like that has its underscore written so.
pub(super) fn push_escaped(xml: &mut String, text: &str) {
    for (at, c) in text.char_indices() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '\t' | '\n' => xml.push(c),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(xml, "_x{:04X}_", u32::from(c));
            }
            '_' if looks_escaped(&text[at..]) => xml.push_str("_x005F_"),
            c => xml.push(c),
        }
    }
}

/// `_x`, four hexadecimal digits, `_`.
fn looks_escaped(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes[1].eq_ignore_ascii_case(&b'x')
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
        && bytes[6] == b'_'
}
