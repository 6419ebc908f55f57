//! Word files (Office Open XML): paragraphs with their numbers, headings by their styles, rows of tables, notes.
//!
//! The text is that of the last version: deleted text and hidden text are none, nor are field codes, headers and
//! footers. Numbers that Word counts itself stand before their paragraphs, as it shows them. The text of a note follows
//! the paragraph that refers to it. Of cells that are merged the first holds the text, the others are empty.

use rustc_hash::FxHashMap;

use super::compose::Composer;
use super::flow::{Flow, Style};
use super::unpack::{Fault, Package};
use super::xml::{Xml, attribute, walk};
use super::{Limits, RawFile, Reader, Reason, Rejection};
use crate::lexicon::Faults;
use crate::model::{Document, Format, Given};

#[path = "docx/numbering.rs"]
mod numbering;
#[path = "docx/styles.rs"]
mod styles;

use numbering::Numbering;
use styles::{Place, Styles, outline};

pub(super) const READER: Reader =
    Reader { format: Format::Docx, extensions: &["docx", "docm", "dotx"], guarded: true, read };

/// Paragraphs within paragraphs; damaged files open them without an end.
const NESTED: usize = 64;

fn read(file: &RawFile, _: &mut Faults) -> Vec<Result<Document, Rejection>> {
    let composer = compose(&file.bytes, &file.limits).map_err(|fault| file.reject(fault));
    vec![composer.and_then(|composer| composer.finish(file, Format::Docx, "UTF-8", Given::default()))]
}

fn compose(bytes: &[u8], limits: &Limits) -> Result<Composer, Fault> {
    let mut package = Package::open(bytes, limits)?;
    let body = package.part("word/document.xml")?;
    let body = body.ok_or((Reason::Damaged, "there is no text in it (word/document.xml); save it again".to_owned()))?;
    // what is damaged beside the text costs its headings and numbers, not the text
    let mut beside = |name| package.part(name).ok().flatten().unwrap_or_default();
    let styles = Styles::read(&beside("word/styles.xml"), limits.depth);
    let numbering = Numbering::read(&beside("word/numbering.xml"), limits.depth, &styles);
    let mut notes = FxHashMap::default();
    for (part, element) in [("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")] {
        notes_of(&beside(part), element, limits.depth, &mut notes);
    }
    let mut text = Body { styles, numbering, notes, ..Body::default() };
    walk(&body, limits.depth, |event| text.take(event))?;
    Ok(text.flow.finish())
}

/// What a switch such as `<w:vanish/>` is set to.
fn on(value: Option<String>) -> bool {
    !matches!(value.as_deref(), Some("0" | "false" | "off" | "none"))
}

/// Texts of notes, by kind and id; separators are none.
fn notes_of(xml: &[u8], element: &'static str, depth: usize, notes: &mut FxHashMap<(&'static str, String), String>) {
    let mut open: Option<(String, String)> = None;
    let mut text = false;
    let _ = walk(xml, depth, |event| match event {
        Xml::Open("footnote" | "endnote", start) => {
            let separator = attribute(start, "type").is_some_and(|kind| kind != "normal");
            open = attribute(start, "id").filter(|_| !separator).map(|id| (id, String::new()));
        }
        Xml::Close("footnote" | "endnote") => {
            if let Some((id, note)) = open.take() {
                notes.insert((element, id), note.trim().to_owned());
            }
        }
        Xml::Open("t", _) => text = true,
        Xml::Close("t") => text = false,
        Xml::Text(more) if text => {
            if let Some((_, note)) = &mut open {
                note.push_str(more);
            }
        }
        _ => {}
    });
}

/// What an open paragraph is told to be.
#[derive(Default)]
struct Paragraph {
    heading: Option<u8>,
    place: Place,
    style: Option<String>,
    /// Its end is deleted or hidden: its text goes on in the next one.
    endless: bool,
    /// Text of the paragraph around it, which it stands in as a box.
    around: String,
}

#[derive(Default)]
struct Body {
    flow: Flow,
    styles: Styles,
    numbering: Numbering,
    notes: FxHashMap<(&'static str, String), String>,
    paragraphs: Vec<Paragraph>,
    /// In the properties of the paragraph rather than in its runs.
    properties: bool,
    /// In an element that holds text as it is read.
    text: bool,
    /// In a run that is not shown.
    unseen: bool,
    /// Open elements whose content is no text.
    hidden: usize,
    span: usize,
}

impl Body {
    fn take(&mut self, event: Xml<'_>) {
        // old properties, deleted text, what stands there twice, and the reading above characters
        const HIDDEN: &[&str] = &["pPrChange", "rPrChange", "Fallback", "instrText", "delText", "pict", "rt"];
        let hides = |name| HIDDEN.contains(&name) || (matches!(name, "del" | "moveFrom") && !self.properties);
        match event {
            Xml::Open(name, _) if hides(name) => self.hidden += 1,
            Xml::Close(name) if hides(name) => self.hidden = self.hidden.saturating_sub(1),
            _ if self.hidden > 0 => {}
            Xml::Text(text) if self.text && !self.unseen => self.flow.push(text),
            Xml::Text(_) => {}
            Xml::Open("t", _) => self.text = true,
            Xml::Close("t") => self.text = false,
            Xml::Open(name, start) if self.properties => self.set(name, |attr| attribute(start, attr)),
            Xml::Open(name, start) => self.open(name, |attr| attribute(start, attr)),
            Xml::Close(name) => self.close(name),
        }
    }

    /// A property of the open paragraph.
    fn set(&mut self, name: &str, attr: impl Fn(&str) -> Option<String>) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let value = || attr("val");
        match name {
            "pStyle" => paragraph.style = value(),
            "outlineLvl" => paragraph.heading = outline(value()).or(paragraph.heading),
            "numId" => paragraph.place.list = value(),
            "ilvl" => paragraph.place.level = value().and_then(|level| level.parse().ok()),
            "vanish" => paragraph.endless |= on(value()),
            // of its end, which is a character like others
            "del" | "moveFrom" => paragraph.endless = true,
            _ => {}
        }
    }

    fn open(&mut self, name: &str, attr: impl Fn(&str) -> Option<String>) {
        match name {
            "p" => {
                if self.paragraphs.len() >= NESTED {
                    self.end_paragraph();
                }
                let around = if self.paragraphs.is_empty() { String::new() } else { self.flow.take_line() };
                self.paragraphs.push(Paragraph { around, ..Paragraph::default() });
                self.properties = false;
            }
            "pPr" => self.properties = true,
            "r" => self.unseen = false,
            "vanish" => self.unseen = on(attr("val")),
            "rStyle" => self.unseen = attr("val").is_some_and(|style| self.styles.is_hidden(&style)),
            "tbl" => self.flow.begin_table(),
            "tc" => {
                self.span = 1;
                self.flow.begin_cell();
            }
            "gridSpan" => self.span = attr("val").and_then(|span| span.parse().ok()).unwrap_or(1),
            _ if self.unseen => {}
            "tab" => self.flow.push("\t"),
            "br" | "cr" => self.flow.push("\n"),
            "noBreakHyphen" => self.flow.push("-"),
            "footnoteReference" | "endnoteReference" => {
                let kind = if name.starts_with('f') { "footnote" } else { "endnote" };
                let note = attr("id").and_then(|id| self.notes.remove(&(kind, id)));
                if let Some(note) = note.filter(|note| !note.is_empty()) {
                    self.flow.note(note);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "pPr" => self.properties = false,
            "r" => self.unseen = false,
            "p" => self.end_paragraph(),
            "tc" => self.flow.end_cell(self.span),
            "tr" => self.flow.end_row(),
            "tbl" => self.flow.end_table(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        if paragraph.endless {
            return self.flow.put_before(paragraph.around);
        }
        let Paragraph { heading, mut place, style, around, .. } = paragraph;
        if let Some(style) = style.as_deref() {
            let told = self.styles.place(style, |number, style| self.numbering.linked(number, style));
            // a list of its own has its own levels
            place.level = place.level.or(told.level.filter(|_| place.list.is_none()));
            place.list = place.list.or(told.list);
        }
        let label = self.numbering.count(&place);
        self.flow.put_before(label);
        let heading = heading.or_else(|| self.styles.heading(style.as_deref()?));
        self.flow.end_paragraph(heading.map_or(Style::Body, Style::Heading));
        self.flow.put_before(around);
    }
}

#[cfg(test)]
#[path = "docx/tests.rs"]
mod tests;
