//! Word files (Office Open XML): paragraphs, headings by their styles, rows of tables, notes.
//!
//! Deleted text, field codes, headers and footers are no text of the report. The text of a note follows the paragraph
//! that refers to it. Of cells that are merged the first holds the text, the others are empty.

use rustc_hash::FxHashMap;

use super::compose::Composer;
use super::flow::{Flow, Style};
use super::unpack::{Fault, Package};
use super::xml::{Xml, attribute, walk};
use super::{Limits, RawFile, Reader, Reason, Rejection};
use crate::lexicon::Faults;
use crate::model::{Document, Format, Given};

pub(super) const READER: Reader =
    Reader { format: Format::Docx, extensions: &["docx", "docm", "dotx"], guarded: true, read };

fn read(file: &RawFile, _: &mut Faults) -> Vec<Result<Document, Rejection>> {
    let composer = compose(&file.bytes, &file.limits).map_err(|fault| file.reject(fault));
    vec![composer.and_then(|composer| composer.finish(file, Format::Docx, "UTF-8", Given::default()))]
}

fn compose(bytes: &[u8], limits: &Limits) -> Result<Composer, Fault> {
    let mut package = Package::open(bytes, limits)?;
    let body = package.part("word/document.xml")?;
    let body = body.ok_or((Reason::Damaged, "there is no text in it (word/document.xml); save it again".to_owned()))?;
    let styles = match package.part("word/styles.xml") {
        Ok(Some(styles)) => headings(&styles, limits.depth).unwrap_or_default(),
        _ => FxHashMap::default(),
    };
    let mut notes = FxHashMap::default();
    for (part, element) in [("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")] {
        if let Ok(Some(xml)) = package.part(part) {
            notes_of(&xml, element, limits.depth, &mut notes);
        }
    }
    let mut text = Body { styles, notes, ..Body::default() };
    walk(&body, limits.depth, |event| text.take(event))?;
    Ok(text.flow.finish())
}

/// Levels of headings by the ids of their styles.
fn headings(xml: &[u8], depth: usize) -> Result<FxHashMap<String, u8>, Fault> {
    let mut levels: FxHashMap<String, u8> = FxHashMap::default();
    let mut based: Vec<(String, String)> = Vec::new();
    let mut id = String::new();
    walk(xml, depth, |event| {
        let Xml::Open(name, start) = event else { return };
        let value = || attribute(start, "val").unwrap_or_default();
        match name {
            "style" => id = attribute(start, "styleId").unwrap_or_default(),
            "name" => {
                let name = value().to_lowercase();
                let level = name.strip_prefix("heading ").or(name.strip_prefix("标题 ")).and_then(|n| n.parse().ok());
                // the title is the heading above all
                let level = if matches!(name.as_str(), "title" | "标题") { Some(1) } else { level };
                if let Some(level) = level.filter(|level| (1..=9).contains(level)) {
                    levels.insert(id.clone(), level);
                }
            }
            "outlineLvl" => {
                if let Ok(level @ 0..=8) = value().parse::<u8>() {
                    levels.entry(id.clone()).or_insert(level + 1);
                }
            }
            "basedOn" => based.push((id.clone(), value())),
            _ => {}
        }
    })?;
    for (style, base) in based {
        if let Some(level) = levels.get(&base).copied() {
            levels.entry(style).or_insert(level);
        }
    }
    Ok(levels)
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

#[derive(Default)]
struct Body {
    flow: Flow,
    styles: FxHashMap<String, u8>,
    notes: FxHashMap<(&'static str, String), String>,
    style: Option<u8>,
    /// In an element that holds text as it is read.
    text: bool,
    /// Open elements whose content is no text.
    hidden: usize,
    span: usize,
}

impl Body {
    fn take(&mut self, event: Xml<'_>) {
        const HIDDEN: &[&str] = &["del", "moveFrom", "Fallback", "instrText", "pict"];
        match event {
            Xml::Open(name, _) if HIDDEN.contains(&name) => self.hidden += 1,
            Xml::Close(name) if HIDDEN.contains(&name) => self.hidden = self.hidden.saturating_sub(1),
            _ if self.hidden > 0 => {}
            Xml::Text(text) if self.text => self.flow.push(text),
            Xml::Text(_) => {}
            Xml::Open("t", _) => self.text = true,
            Xml::Close("t") => self.text = false,
            Xml::Open(name, start) => self.open(name, |attr| attribute(start, attr)),
            Xml::Close(name) => self.close(name),
        }
    }

    fn open(&mut self, name: &str, attr: impl Fn(&str) -> Option<String>) {
        match name {
            "p" => self.style = None,
            "pStyle" => {
                if let Some(level) = attr("val").and_then(|style| self.styles.get(&style).copied()) {
                    self.style.get_or_insert(level);
                }
            }
            "outlineLvl" => {
                if let Some(level @ 0..=8) = attr("val").and_then(|level| level.parse::<u8>().ok()) {
                    self.style = Some(level + 1);
                }
            }
            "tab" => self.flow.push("\t"),
            "br" | "cr" => self.flow.push("\n"),
            "noBreakHyphen" => self.flow.push("-"),
            "tbl" => self.flow.begin_table(),
            "tc" => {
                self.span = 1;
                self.flow.begin_cell();
            }
            "gridSpan" => self.span = attr("val").and_then(|span| span.parse().ok()).unwrap_or(1),
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
            "p" => self.flow.end_paragraph(self.style.take().map_or(Style::Body, Style::Heading)),
            "tc" => self.flow.end_cell(self.span),
            "tr" => self.flow.end_row(),
            "tbl" => self.flow.end_table(),
            _ => {}
        }
    }
}
