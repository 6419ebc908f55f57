//! A document with its mentions marked: in brackets, in colours for a terminal, or as a page of HTML.
//!
//! A mention inside another stands inside its mark. Of two that cross, the one that begins later is marked in two pieces:
//! what lies in the other, and what goes beyond it. Of two at one place, kinds go in the order of [`Kind`], the first
//! outside. Without its marks the text is that of the source; characters that would steer a terminal or have no place
//! in HTML show as U+FFFD.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{self, Write};

use crate::lexicon::Lexicon;
use crate::model::{CharIndex, Facts, Source, Span};

/// A kind of mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Names of events.
    Event,
    /// Names of organisations.
    Organisation,
    /// Names of people.
    Person,
    /// Dates, ranges, durations.
    Date,
    /// Numbers with their units.
    Quantity,
    /// Terms of the dictionary.
    Term,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 6] = [Kind::Event, Kind::Organisation, Kind::Person, Kind::Date, Kind::Quantity, Kind::Term];

    /// The word in a mark.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Event => "event",
            Kind::Organisation => "organisation",
            Kind::Person => "person",
            Kind::Date => "date",
            Kind::Quantity => "quantity",
            Kind::Term => "term",
        }
    }

    /// The kind called `name`, one or many.
    pub fn named(name: &str) -> Option<Kind> {
        Self::ALL.into_iter().find(|kind| name == kind.plural() || name == kind.as_str())
    }

    /// Its name for many.
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Event => "events",
            Kind::Organisation => "organisations",
            Kind::Person => "persons",
            Kind::Date => "dates",
            Kind::Quantity => "quantities",
            Kind::Term => "terms",
        }
    }

    /// Its name in the legend of a page.
    fn title_zh(self) -> &'static str {
        match self {
            Kind::Event => "活动",
            Kind::Organisation => "机构",
            Kind::Person => "人物",
            Kind::Date => "日期",
            Kind::Quantity => "数量",
            Kind::Term => "术语",
        }
    }

    /// Number of its colour on a terminal.
    fn colour(self) -> u8 {
        match self {
            Kind::Event => 31,
            Kind::Organisation => 34,
            Kind::Person => 35,
            Kind::Date => 33,
            Kind::Quantity => 36,
            Kind::Term => 32,
        }
    }
}

/// How marks are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// `[机器人|term]`.
    Brackets,
    /// Colours of a terminal.
    Colours,
    /// Elements of HTML.
    Html,
}

/// One mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it stands.
    pub span: Span<Source>,
    /// What it is.
    pub kind: Kind,
    /// What it was read as.
    pub meaning: String,
}

/// The mentions of some kinds in a document.
pub fn marks(facts: &Facts, lexicon: &Lexicon, kinds: &[Kind]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut add = |kind: Kind, span: Span<Source>, meaning: String| {
        if kinds.contains(&kind) && !span.is_empty() {
            marks.push(Mark { span, kind, meaning });
        }
    };
    for m in &facts.events {
        add(Kind::Event, m.span, m.series());
    }
    for m in &facts.organisations {
        add(Kind::Organisation, m.span, format!("{} ({})", m.name, m.kind.as_str()));
    }
    for m in &facts.persons {
        let title = m.title.as_deref().map(|title| format!(" ({title})")).unwrap_or_default();
        add(Kind::Person, m.span, format!("{}{title}", m.name));
    }
    for m in &facts.dates {
        let days = [m.from, m.to].map(|day| day.map(|day| day.to_string()).unwrap_or_default());
        let read = m.duration.clone().unwrap_or_else(|| format!("{}/{}", days[0], days[1]));
        add(Kind::Date, m.span, read);
    }
    for m in facts.quantities.iter().map(|deed| &deed.quantity) {
        let value = m.value.map(|value| value.normalize().to_string()).unwrap_or_default();
        let unit = m.unit.as_ref().map_or("", |unit| unit.within(&facts.source));
        add(Kind::Quantity, m.span, format!("{value} {unit}").trim().to_owned());
    }
    for m in &facts.terms {
        let name = lexicon.terms.terms().get(m.term as usize).map(|term| term.name.clone());
        add(Kind::Term, m.span, name.unwrap_or_default());
    }
    marks
}

/// Where a mark starts and ends, its kind and its number: outer marks before those inside.
type Waiting = (usize, Reverse<usize>, Kind, usize);

/// Writes `text` with `marks`, which may overlap in any way; what lies outside the text is left out.
///
/// # Errors
/// `out` can't be written.
pub fn write(out: &mut impl Write, text: &str, marks: &[Mark], look: Look) -> io::Result<()> {
    let index = CharIndex::new(text);
    let mut waiting: BinaryHeap<Reverse<Waiting>> = marks
        .iter()
        .enumerate()
        .map(|(at, mark)| (mark.span.start(), mark.span.end().min(index.chars()), mark.kind, at))
        .filter(|(start, end, ..)| start < end)
        .map(|(start, end, kind, at)| Reverse((start, Reverse(end), kind, at)))
        .collect();
    let mut open: Vec<(usize, &Mark)> = Vec::new();
    let mut at = 0;
    while let Some(Reverse((start, Reverse(end), kind, number))) = waiting.pop() {
        close(out, text, &index, &mut open, &mut at, start, look)?;
        if let Some(&(outer, _)) = open.last().filter(|&&(outer, _)| outer < end) {
            waiting.push(Reverse((outer, Reverse(end), kind, number)));
            waiting.push(Reverse((start, Reverse(outer), kind, number)));
            continue;
        }
        write_text(out, index.slice(text, Span::new(at, start)), look)?;
        at = start;
        let mark = &marks[number];
        write_start(out, mark, look)?;
        open.push((end, mark));
    }
    close(out, text, &index, &mut open, &mut at, usize::MAX, look)?;
    write_text(out, index.slice(text, Span::new(at, index.chars())), look)
}

/// Ends the marks that end before or at `start`.
fn close(
    out: &mut impl Write,
    text: &str,
    index: &CharIndex,
    open: &mut Vec<(usize, &Mark)>,
    at: &mut usize,
    start: usize,
    look: Look,
) -> io::Result<()> {
    while let Some((end, mark)) = open.pop_if(|(end, _)| *end <= start) {
        write_text(out, index.slice(text, Span::new(*at, end)), look)?;
        *at = end;
        match look {
            Look::Brackets => write!(out, "|{}]", mark.kind.as_str())?,
            Look::Html => out.write_all(b"</mark>")?,
            Look::Colours => {
                out.write_all(b"\x1b[0m")?;
                if let Some((_, outer)) = open.last() {
                    write_start(out, outer, look)?;
                }
            }
        }
    }
    Ok(())
}

fn write_start(out: &mut impl Write, mark: &Mark, look: Look) -> io::Result<()> {
    match look {
        Look::Brackets => out.write_all(b"["),
        Look::Colours => write!(out, "\x1b[{}m", mark.kind.colour()),
        Look::Html => {
            write!(out, "<mark class=\"{}\" title=\"", mark.kind.as_str())?;
            write_text(out, &mark.meaning, look)?;
            out.write_all(b"\">")
        }
    }
}

fn write_text(out: &mut impl Write, text: &str, look: Look) -> io::Result<()> {
    let mut rest = text;
    let special = |c: char| c.is_control() || look == Look::Html && matches!(c, '&' | '<' | '>' | '"' | '\'');
    while let Some((at, c)) = rest.char_indices().find(|&(_, c)| special(c)) {
        out.write_all(&rest.as_bytes()[..at])?;
        let shown = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            '\n' => "\n",
            '\t' => "\t",
            // the end of a line on some systems
            '\r' if rest[at..].starts_with("\r\n") => "\r",
            _ => "\u{fffd}",
        };
        out.write_all(shown.as_bytes())?;
        rest = &rest[at + c.len_utf8()..];
    }
    out.write_all(rest.as_bytes())
}

const STYLE: &str = "body{max-width:50em;margin:2em auto;padding:0 1em;font-family:sans-serif;line-height:1.8}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-family:inherit}
mark{color:inherit;border-radius:.2em;padding:.05em .1em}
.event{background:#f8d3d0}.organisation{background:#cfe0f7}.person{background:#e8d2f2}
.date{background:#f8ecb5}.quantity{background:#c9eef0}.term{background:#d3efcb}
";

/// Begins a page about `title`: a legend of `kinds`, and nothing that is loaded from elsewhere.
///
/// # Errors
/// `out` can't be written.
pub fn begin_page(out: &mut impl Write, title: &str, kinds: &[Kind]) -> io::Result<()> {
    out.write_all(b"<!DOCTYPE html>\n<html lang=\"zh\">\n<head>\n<meta charset=\"utf-8\">\n")?;
    out.write_all(
        b"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    )?;
    out.write_all(b"<meta name=\"viewport\" content=\"width=device-width\">\n<title>")?;
    write_text(out, title, Look::Html)?;
    write!(out, "</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<p>")?;
    for kind in Kind::ALL.into_iter().filter(|kind| kinds.contains(kind)) {
        writeln!(out, "<mark class=\"{}\">{}</mark>", kind.as_str(), kind.title_zh())?;
    }
    out.write_all(b"</p>\n")
}

/// Adds a document to a page.
///
/// # Errors
/// `out` can't be written.
pub fn write_article(out: &mut impl Write, key: &str, text: &str, marks: &[Mark]) -> io::Result<()> {
    out.write_all(b"<h1>")?;
    write_text(out, key, Look::Html)?;
    // a line end behind the tag is none of the text
    out.write_all(b"</h1>\n<pre>\n")?;
    write(out, text, marks, Look::Html)?;
    out.write_all(b"</pre>\n")
}

/// Ends a page.
///
/// # Errors
/// `out` can't be written.
pub fn end_page(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"</body>\n</html>\n")
}

#[cfg(test)]
mod tests;
