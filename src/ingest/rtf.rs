//! Rich Text Format: paragraphs and rows of tables; fonts, styles, pictures, headers and footers are no text.
//!
//! Text stands as ASCII, as bytes in hexadecimal in the code page of its font (`\'b2\'c4`), or as Unicode with a
//! substitute behind it that is passed over (`\u26448?`). Source: Rich Text Format Specification, version 1.9.1.

use encoding_rs::{BIG5, Encoding, GB18030, WINDOWS_1252};
use rustc_hash::FxHashMap;

use super::compose::Composer;
use super::flow::{Flow, Style};
use super::{RawFile, Reader, Rejection};
use crate::lexicon::Faults;
use crate::model::{Document, Format, Given};

pub(super) const READER: Reader = Reader { format: Format::Rtf, extensions: &["rtf"], guarded: true, read };

/// Groups within groups that are told apart; those further in are passed over.
const DEPTH: usize = 2_000;

/// Groups that hold no text of the report.
const DESTINATIONS: &[&str] = &[
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "generator",
    "themedata",
    "fldinst",
    "object",
    "shpinst",
    "datastore",
    "xmlnstbl",
    "latentstyles",
    "nonshppict",
    "bkmkstart",
    "bkmkend",
    "filetbl",
];

fn read(file: &RawFile, _: &mut Faults) -> Vec<Result<Document, Rejection>> {
    let (composer, encoding) = compose(&file.bytes);
    vec![composer.finish(file, Format::Rtf, encoding, Given::default())]
}

/// What a group sets until it ends.
#[derive(Clone, Copy)]
struct Group {
    hidden: bool,
    fonts: bool,
    font: i32,
    /// Characters of the substitute behind a Unicode one.
    substitute: usize,
    note: bool,
}

struct State {
    flow: Flow,
    groups: Vec<Group>,
    now: Group,
    page: &'static Encoding,
    /// Encodings by the numbers of fonts.
    charsets: FxHashMap<i32, &'static Encoding>,
    /// Bytes of the code page that are not decoded yet.
    bytes: Vec<u8>,
    /// Characters of a substitute that are still to come.
    skip: usize,
    /// First half of a pair of UTF-16.
    high: Option<u16>,
    in_row: bool,
    heading: Option<u8>,
    before_note: Option<String>,
}

fn compose(bytes: &[u8]) -> (Composer, &'static str) {
    let plain = Group { hidden: false, fonts: false, font: 0, substitute: 1, note: false };
    let mut state = State {
        flow: Flow::default(),
        groups: Vec::new(),
        now: plain,
        page: WINDOWS_1252,
        charsets: FxHashMap::default(),
        bytes: Vec::new(),
        skip: 0,
        high: None,
        in_row: false,
        heading: None,
        before_note: None,
    };
    let mut at = 0;
    let mut over = 0_usize;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' if state.groups.len() < DEPTH => {
                state.decode();
                state.groups.push(state.now);
            }
            b'{' => over += 1,
            b'}' if over > 0 => over -= 1,
            b'}' => state.end_group(),
            b'\r' | b'\n' | 0 => {}
            b'\\' => at = state.control(bytes, at),
            byte => state.byte(byte),
        }
    }
    state.decode();
    let encoding = if state.page == GB18030 { "GB18030" } else { state.page.name() };
    (state.flow.finish(), encoding)
}

impl State {
    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if !self.now.hidden {
            self.bytes.push(byte);
        }
    }

    fn push(&mut self, text: &str) {
        self.decode();
        if !self.now.hidden {
            self.flow.push(text);
        }
    }

    /// Bytes that wait become text in the encoding of their font.
    fn decode(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let encoding = self.charsets.get(&self.now.font).copied().unwrap_or(self.page);
        let (text, _) = encoding.decode_without_bom_handling(&self.bytes);
        self.flow.push(&text);
        self.bytes.clear();
    }

    fn end_group(&mut self) {
        self.decode();
        let note = self.now.note;
        if let Some(before) = self.groups.pop() {
            self.now = before;
        }
        if note && !self.now.note {
            let text = self.flow.take_line();
            self.flow.note(text.trim().to_owned());
            self.flow.push(&self.before_note.take().unwrap_or_default());
        }
    }

    /// Reads a control word or symbol behind its backslash; gives the byte behind it.
    fn control(&mut self, bytes: &[u8], at: usize) -> usize {
        let Some(&first) = bytes.get(at) else { return at };
        if !first.is_ascii_alphabetic() {
            return self.symbol(first, bytes, at + 1);
        }
        let word_end = at + bytes[at..].iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
        let word = std::str::from_utf8(&bytes[at..word_end]).unwrap_or_default();
        let mut end = word_end;
        end += usize::from(bytes.get(end) == Some(&b'-'));
        end += bytes[end..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let value = std::str::from_utf8(&bytes[word_end..end]).ok().and_then(|n| n.parse::<i32>().ok());
        let next = end + usize::from(bytes.get(end) == Some(&b' '));
        if word == "bin" {
            return next.saturating_add(value.unwrap_or(0).max(0) as usize).min(bytes.len());
        }
        self.word(word, value);
        next
    }

    fn symbol(&mut self, symbol: u8, bytes: &[u8], at: usize) -> usize {
        match symbol {
            b'\'' => {
                let hex = bytes.get(at..at + 2).and_then(|hex| std::str::from_utf8(hex).ok());
                if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    self.byte(byte);
                    return at + 2;
                }
            }
            b'*' => self.now.hidden = true,
            b'~' => self.push(" "),
            b'_' => self.push("-"),
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'\r' | b'\n' => self.paragraph(),
            _ => {}
        }
        at
    }

    fn word(&mut self, word: &str, value: Option<i32>) {
        match word {
            "u" => self.unicode(value.unwrap_or(0)),
            "uc" => self.now.substitute = value.unwrap_or(1).clamp(0, 8) as usize,
            "ansicpg" => self.page = code_page(value.unwrap_or(0)),
            "fonttbl" => (self.now.hidden, self.now.fonts) = (true, true),
            "f" => {
                self.decode();
                self.now.font = value.unwrap_or(0);
            }
            "fcharset" if self.now.fonts => {
                let encoding = match value {
                    Some(134) => Some(GB18030),
                    Some(136) => Some(BIG5),
                    Some(0) => Some(WINDOWS_1252),
                    _ => None,
                };
                if let Some(encoding) = encoding {
                    // a Latin font in a Chinese file holds Chinese bytes all the same
                    if encoding != WINDOWS_1252 || self.page == WINDOWS_1252 {
                        self.charsets.insert(self.now.font, encoding);
                    }
                }
            }
            "par" | "sect" => self.paragraph(),
            "line" => self.push("\n"),
            "tab" => self.push("\t"),
            "emdash" => self.push("—"),
            "endash" => self.push("–"),
            "lquote" => self.push("‘"),
            "rquote" => self.push("’"),
            "ldblquote" => self.push("“"),
            "rdblquote" => self.push("”"),
            "bullet" => self.push("·"),
            "pard" => self.heading = None,
            "outlinelevel" => self.heading = value.filter(|level| (0..9).contains(level)).map(|level| level as u8 + 1),
            "trowd" if !self.now.hidden && !self.in_row => {
                self.decode();
                self.in_row = true;
                self.flow.begin_table();
                self.flow.begin_cell();
            }
            "cell" if !self.now.hidden => {
                self.decode();
                self.flow.end_cell(1);
                self.flow.begin_cell();
            }
            "row" if !self.now.hidden && self.in_row => {
                self.decode();
                self.in_row = false;
                self.flow.end_table();
            }
            "footnote" if !self.now.hidden && !self.now.note => {
                self.decode();
                self.before_note = Some(self.flow.take_line());
                self.now.note = true;
            }
            _ if DESTINATIONS.contains(&word) => self.now.hidden = true,
            _ => {}
        }
    }

    fn unicode(&mut self, value: i32) {
        self.decode();
        self.skip = self.now.substitute;
        let unit = value as u16;
        let pair = self.high.take().and_then(|high| char::decode_utf16([high, unit]).next()?.ok());
        match pair.or_else(|| char::from_u32(u32::from(unit))) {
            Some(c) => self.push(c.encode_utf8(&mut [0; 4])),
            None => self.high = Some(unit),
        }
    }

    fn paragraph(&mut self) {
        self.decode();
        if self.now.hidden {
            return;
        }
        if self.now.note {
            return self.flow.push(" ");
        }
        self.flow.end_paragraph(self.heading.map_or(Style::Body, Style::Heading));
    }
}

fn code_page(number: i32) -> &'static Encoding {
    match number {
        936 | 54936 => GB18030,
        950 => BIG5,
        _ => WINDOWS_1252,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(rtf: &[u8]) -> String {
        let file = RawFile::new("a.rtf", rtf.to_vec());
        read(&file, &mut Faults::default()).remove(0).map(|document| document.text).unwrap_or_default()
    }

    #[test]
    fn text_of_every_notation_is_read() {
        let cases: [(&[u8], &str); 8] = [
            (
                br"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 \'cb\'ce;}}\f0 \'bb\'e1\'d4\'b186\'bc\'d2\par A}",
                "会员86家\nA\n",
            ),
            (br"{\rtf1\ansi\uc1 \u20250?\u21592?86\par}", "会员86\n"),
            (br"{\rtf1{\fonttbl{\f3\fcharset134 x;}}{\f3\'bb\'e1}\'e9}", "会é\n"),
            (br"{\rtf1{\*\generator x}{\header h\par}a\{b\}\tab c\par}", "a{b}\tc\n"),
            (br"{\rtf1 \trowd\cellx1 a\cell b\cell\row\trowd c\cell\cell d\cell\row e\par}", "a | b\nc |  | d\ne\n"),
            (br"{\rtf1 a{\footnote  note\par}b\par}", "ab\nnote\n"),
            (br"{\rtf1\pard\outlinelevel0 h\par\pard b\par}", "h\nb\n"),
            (br"{\rtf1 \bin3 {{{a}", "a\n"),
        ];
        for (rtf, expected) in cases {
            assert_eq!(text(rtf), expected, "{}", String::from_utf8_lossy(rtf));
        }
        assert_eq!(text(&[b"{\\rtf1".as_slice(), &[b'{'; 100_000], b"a"].concat()), "a\n");
    }
}
