//! Document to clean text: damage repaired, blanks and broken lines joined, every character with its way back.
//!
//! Filters run in a fixed order over a [`draft::Draft`]; each is one small file, and each keeps the source run of
//! every character it leaves standing.

mod blanks;
mod characters;
mod columns;
mod draft;
mod furniture;
mod marks;
mod pinyin;
mod script;
mod sentences;
mod wrap;

pub use script::Script;

use crate::lexicon::Variants;
use crate::model::{BlockKind, CleanText, Document};

use draft::{Draft, Line, Piece};
use sentences::Paragraph;

/// Characters up to which a line with a heading mark and no full stop is a heading.
const HEADING: usize = 40;

/// Repairs a document's text and splits it into sentences and sections.
pub fn clean(document: &Document, variants: &Variants) -> (CleanText, Script) {
    let mut draft = Draft::new(document);
    pinyin::remove(&mut draft);
    let script = script::simplify(&mut draft, variants);
    furniture::remove(&mut draft);
    columns::mark(&mut draft);
    wrap::join(&mut draft);
    (assemble(&draft), script)
}

/// Lines become paragraphs, each ended by `\n`.
fn assemble(draft: &Draft) -> CleanText {
    let mut out: Vec<Piece> = Vec::with_capacity(draft.pieces.len() + draft.lines.len());
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for line in &draft.lines {
        if line.joined
            && let Some(paragraph) = paragraphs.last_mut()
        {
            out.pop();
            blanks::append(&mut out, draft.line(line), true);
            paragraph.span.1 = out.len();
            paragraph.heading = None;
        } else {
            let start = out.len();
            blanks::append(&mut out, draft.line(line), false);
            paragraphs.push(Paragraph { span: (start, out.len()), heading: heading_depth(draft, line) });
        }
        // the line end itself: one source character behind the line, which exists except at the end of the text
        let end = out.last().map_or(0, |p| p.end);
        out.push(Piece { c: '\n', start: end, end: end + 1 });
    }
    let mut clean = CleanText::new(out.iter().map(|p| (p.c, p.run())));
    clean.repairs = draft.repairs;
    sentences::split(&mut clean, &paragraphs);
    clean
}

/// Depth of a heading. A mark (一、) says more than the level of a Markdown heading, which authors choose freely.
fn heading_depth(draft: &Draft, line: &Line) -> Option<u8> {
    let pieces = draft.line(line);
    let marked = marks::mark_depth(pieces);
    match line.kind {
        BlockKind::TableRow => None,
        BlockKind::Heading(level) => Some(marked.unwrap_or(level.saturating_sub(1))),
        BlockKind::Paragraph => {
            let ends = || {
                pieces.iter().any(|p| matches!(p.c, '。' | ';' | '!' | '?'))
                    || pieces.last().is_some_and(|p| matches!(p.c, ':' | ',' | '、'))
            };
            marked.filter(|depth| pieces.len() <= HEADING && *depth <= 5 && !ends())
        }
    }
}

#[cfg(test)]
mod tests;
