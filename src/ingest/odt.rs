//! OpenDocument text: paragraphs, headings, rows of tables, notes.

use super::compose::Composer;
use super::flow::{Flow, Style};
use super::unpack::{Fault, Package};
use super::xml::{Xml, attribute, walk};
use super::{Limits, RawFile, Reader, Reason, Rejection};
use crate::lexicon::Faults;
use crate::model::{Document, Format, Given};

pub(super) const READER: Reader = Reader { format: Format::Odt, extensions: &["odt", "ott"], guarded: true, read };

/// Blanks that one element may stand for.
const BLANKS: usize = 20;

fn read(file: &RawFile, _: &mut Faults) -> Vec<Result<Document, Rejection>> {
    let composer = compose(&file.bytes, &file.limits).map_err(|fault| file.reject(fault));
    vec![composer.and_then(|composer| composer.finish(file, Format::Odt, "UTF-8", Given::default()))]
}

fn compose(bytes: &[u8], limits: &Limits) -> Result<Composer, Fault> {
    let content = Package::open(bytes, limits)?.part("content.xml")?;
    let content = content.ok_or((Reason::Damaged, "there is no text in it (content.xml); save it again".to_owned()))?;
    let mut body = Body::default();
    walk(&content, limits.depth, |event| body.take(event))?;
    Ok(body.flow.finish())
}

#[derive(Default)]
struct Body {
    flow: Flow,
    /// Open paragraphs and headings; text elsewhere is none.
    paragraphs: Vec<Style>,
    hidden: usize,
    span: usize,
    /// Text in front of an open note.
    before_note: Option<String>,
}

impl Body {
    fn take(&mut self, event: Xml<'_>) {
        const HIDDEN: &[&str] =
            &["tracked-changes", "annotation", "annotation-end", "forms", "note-citation", "ruby-text"];
        match event {
            Xml::Open(name, _) if HIDDEN.contains(&name) => self.hidden += 1,
            Xml::Close(name) if HIDDEN.contains(&name) => self.hidden = self.hidden.saturating_sub(1),
            _ if self.hidden > 0 => {}
            Xml::Text(text) if !self.paragraphs.is_empty() => self.flow.push(text),
            Xml::Text(_) => {}
            Xml::Open("p", _) => self.paragraphs.push(Style::Body),
            Xml::Open("h", start) => {
                let level = attribute(start, "outline-level").and_then(|level| level.parse().ok()).unwrap_or(1);
                self.paragraphs.push(Style::Heading(level));
            }
            Xml::Open("s", start) => {
                let count = attribute(start, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.flow.push(&" ".repeat(BLANKS.min(count)));
            }
            Xml::Open("tab", _) => self.flow.push("\t"),
            Xml::Open("line-break", _) => self.flow.push("\n"),
            Xml::Open("table", _) => self.flow.begin_table(),
            Xml::Open("table-cell" | "covered-table-cell", start) => {
                self.span =
                    attribute(start, "number-columns-repeated").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.flow.begin_cell();
            }
            Xml::Open("note-body", _) => self.before_note = Some(self.flow.take_line()),
            Xml::Open(..) => {}
            Xml::Close(name) => self.close(name),
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                let style = self.paragraphs.pop().unwrap_or(Style::Body);
                // a note's paragraphs are gathered until its body ends
                if self.before_note.is_none() {
                    self.flow.end_paragraph(style);
                }
            }
            "note-body" => {
                if let Some(before) = self.before_note.take() {
                    let note = self.flow.take_line();
                    self.flow.note(note);
                    self.flow.push(&before);
                }
            }
            "table-cell" | "covered-table-cell" => self.flow.end_cell(self.span),
            "table-row" => self.flow.end_row(),
            "table" => self.flow.end_table(),
            _ => {}
        }
    }
}
