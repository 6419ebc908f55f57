//! OpenDocument text: paragraphs and headings with their numbers, rows of tables, notes. Deleted and hidden text is none.

use super::compose::Composer;
use super::flow::{Flow, Style};
use super::unpack::{Fault, Package};
use super::xml::{Xml, attribute, walk};
use super::{Limits, RawFile, Reader, Reason, Rejection};
use crate::lexicon::Faults;
use crate::model::{Document, Format, Given};

#[path = "odt/lists.rs"]
mod lists;

use lists::Lists;

pub(super) const READER: Reader = Reader { format: Format::Odt, extensions: &["odt", "ott"], guarded: true, read };

/// Blanks that one element may stand for.
const BLANKS: usize = 20;

/// Paragraphs within paragraphs; damaged files open them without an end.
const NESTED: usize = 64;

fn read(file: &RawFile, _: &mut Faults) -> Vec<Result<Document, Rejection>> {
    let composer = compose(&file.bytes, &file.limits).map_err(|fault| file.reject(fault));
    vec![composer.and_then(|composer| composer.finish(file, Format::Odt, "UTF-8", Given::default()))]
}

fn compose(bytes: &[u8], limits: &Limits) -> Result<Composer, Fault> {
    let mut package = Package::open(bytes, limits)?;
    let content = package.part("content.xml")?;
    let content = content.ok_or((Reason::Damaged, "there is no text in it (content.xml); save it again".to_owned()))?;
    let mut body = Body::default();
    // what is damaged beside the text costs its numbers, not the text
    if let Ok(Some(styles)) = package.part("styles.xml") {
        let _ = walk(&styles, limits.depth, |event| {
            if let Xml::Open(name, start) = event {
                body.lists.style(name, |attr| attribute(start, attr));
            }
        });
    }
    walk(&content, limits.depth, |event| body.take(event))?;
    Ok(body.flow.finish())
}

/// A paragraph or heading that is open.
struct Paragraph {
    style: Style,
    label: String,
    /// Text of the paragraph around it, which it stands in as a box.
    around: String,
}

#[derive(Default)]
struct Body {
    flow: Flow,
    lists: Lists,
    /// In the text, not in the styles before it.
    body: bool,
    /// Open paragraphs and headings; text elsewhere is none.
    paragraphs: Vec<Paragraph>,
    /// Open elements whose content is no text.
    hidden: usize,
    /// For each open span, that its text is hidden.
    spans: Vec<bool>,
    unseen: usize,
    span: usize,
    /// Text in front of an open note.
    before_note: Option<String>,
}

impl Body {
    fn take(&mut self, event: Xml<'_>) {
        const HIDDEN: &[&str] =
            &["tracked-changes", "annotation", "annotation-end", "forms", "note-citation", "ruby-text"];
        match event {
            Xml::Open("body", _) => self.body = true,
            Xml::Open(name, start) if !self.body => self.lists.style(name, |attr| attribute(start, attr)),
            Xml::Open(name, _) if HIDDEN.contains(&name) => self.hidden += 1,
            Xml::Close(name) if HIDDEN.contains(&name) => self.hidden = self.hidden.saturating_sub(1),
            _ if self.hidden > 0 => {}
            Xml::Text(text) => self.push(text),
            Xml::Open(name, start) => self.open(name, |attr| attribute(start, attr)),
            Xml::Close(name) => self.close(name),
        }
    }

    fn push(&mut self, text: &str) {
        if !self.paragraphs.is_empty() && self.unseen == 0 {
            self.flow.push(text);
        }
    }

    fn open(&mut self, name: &str, attr: impl Fn(&str) -> Option<String>) {
        let number = |name: &str| attr(name).and_then(|value| value.parse::<usize>().ok());
        match name {
            "p" => self.begin_paragraph(None),
            "h" => self.begin_paragraph(Some(number("outline-level").unwrap_or(1))),
            "list" => {
                let goes_on = attr("continue-numbering").as_deref() == Some("true") || attr("continue-list").is_some();
                self.lists.begin(attr("style-name"), goes_on);
            }
            "list-item" => self.lists.item(number("start-value").and_then(|value| value.try_into().ok())),
            "span" => {
                let hides = attr("style-name").is_some_and(|style| self.lists.is_hidden(&style));
                self.spans.push(hides);
                self.unseen += usize::from(hides);
            }
            "s" => self.push(&" ".repeat(BLANKS.min(number("c").unwrap_or(1)))),
            "tab" => self.push("\t"),
            "line-break" => self.push("\n"),
            "table" => self.flow.begin_table(),
            "table-cell" | "covered-table-cell" => {
                self.span = number("number-columns-repeated").unwrap_or(1);
                self.flow.begin_cell();
            }
            "note-body" => self.before_note = Some(self.flow.take_line()),
            _ => {}
        }
    }

    fn begin_paragraph(&mut self, heading: Option<usize>) {
        // a note's paragraphs are gathered until its body ends
        let boxed = !self.paragraphs.is_empty() && self.before_note.is_none();
        if boxed && self.paragraphs.len() >= NESTED {
            self.end_paragraph();
        }
        let around = if boxed { self.flow.take_line() } else { String::new() };
        let label = if self.before_note.is_none() { self.lists.label(heading) } else { String::new() };
        let style = heading.map_or(Style::Body, |level| Style::Heading(level.min(9) as u8));
        self.paragraphs.push(Paragraph { style, label, around });
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        if self.before_note.is_none() {
            self.flow.put_before(paragraph.label);
            self.flow.end_paragraph(paragraph.style);
            self.flow.put_before(paragraph.around);
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" => self.end_paragraph(),
            "list" => self.lists.end(),
            "span" => self.unseen -= usize::from(self.spans.pop().unwrap_or(false)),
            "note-body" => {
                if let Some(before) = self.before_note.take() {
                    let note = self.flow.take_line();
                    self.flow.note(note);
                    self.flow.put_before(before);
                }
            }
            "table-cell" | "covered-table-cell" => self.flow.end_cell(self.span),
            "table-row" => self.flow.end_row(),
            "table" => self.flow.end_table(),
            _ => {}
        }
    }
}

#[cfg(test)]
#[path = "odt/tests.rs"]
mod tests;
