//! Markdown: which pieces of the source are text, and what blocks they make.
//!
//! Marks (`#`, `**`, bars of tables, bullets, fences), tags, pictures and the targets of links are no text. The number
//! of an item of an ordered list is. What the standard reads otherwise than Chinese authors mean it is mended here:
//! `**甲。**乙` is bold though a full stop stands before its second mark, and `3*5*7` is no emphasis.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

use super::loose::{Even, opens};
use super::tags::{self, Part};
use super::text::{self, Markup};
use super::{RawFile, Reader, Rejection, sha256};
use crate::lexicon::Faults;
use crate::model::{Block, BlockKind, Document, Format};

pub(super) const READER: Reader =
    Reader { format: Format::Markdown, extensions: &["md", "markdown"], guarded: false, read };

fn read(file: &RawFile, faults: &mut Faults) -> Vec<Result<Document, Rejection>> {
    let document = |decoded| {
        let document = text::document(&file.key, decoded, sha256(&file.bytes), Markup::Markdown, faults);
        Document { format: Format::Markdown, ..document }
    };
    vec![file.decode().map(document)]
}

/// The blocks of `source` from byte `from` on, in order.
///
/// An item of a list is a block, and so is each line that a hard break ends. A plain line break stays inside its piece:
/// whether it ends a paragraph is not for Markdown to say. In a cell of a table, `<br>` stays as written.
pub(super) fn blocks(source: &str, from: usize) -> Vec<Block> {
    let even = Even::new(source, from);
    let events = Parser::new_ext(&even.text, Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS).into_offset_iter();
    let mut lost = lost_notes(&events, &even.text);
    let mut builder = Builder::new(source, &even);
    for (event, range) in events {
        builder.take(event, range);
    }
    builder.close();
    let mut blocks = builder.blocks;
    if !lost.is_empty() {
        for note in lost.drain(..) {
            let pieces = even.source(note).collect();
            blocks.push(Block { kind: BlockKind::Paragraph, pieces, cells: Vec::new() });
        }
        blocks.sort_by_key(|block| block.pieces.first().map(|piece| piece.start));
    }
    blocks
}

/// Notes such as `[注]: 数据来自年报`, which the standard takes for the target of a link.
fn lost_notes(events: &OffsetIter<'_>, text: &str) -> Vec<Range<usize>> {
    let definitions = events.reference_definitions().iter();
    let notes = definitions.filter(|(_, definition)| !definition.dest.is_ascii()).map(|(_, definition)| {
        let span = definition.span.clone();
        span.start..span.start + text[span].trim_end().len()
    });
    notes.collect()
}

struct Builder<'t> {
    source: &'t str,
    even: &'t Even,
    blocks: Vec<Block>,
    kind: BlockKind,
    pieces: Vec<Range<usize>>,
    cells: Vec<usize>,
    /// Open lists; true for ordered ones.
    lists: Vec<bool>,
    /// Marks that end the open emphases, where they are text.
    marks: Vec<Option<Range<usize>>>,
    /// Open elements whose content is no text.
    hidden: usize,
}

impl<'t> Builder<'t> {
    fn new(source: &'t str, even: &'t Even) -> Self {
        Builder {
            source,
            even,
            blocks: Vec::new(),
            kind: BlockKind::Paragraph,
            pieces: Vec::new(),
            cells: Vec::new(),
            lists: Vec::new(),
            marks: Vec::new(),
            hidden: 0,
        }
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            _ if self.hidden > 0 => {}
            Event::Text(_) => self.push(range),
            Event::SoftBreak => self.soft_break(range),
            Event::Code(_) => self.code(range),
            Event::HardBreak => self.line_end(),
            Event::InlineHtml(_) => self.inline_html(range),
            Event::Rule => self.close(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.kind = BlockKind::Heading(*level as u8),
            Tag::BlockQuote(_) | Tag::CodeBlock(_) => self.close(),
            Tag::HtmlBlock => {
                self.html_block(range);
                self.hidden += 1;
            }
            Tag::List(first) => {
                self.close();
                self.lists.push(first.is_some());
            }
            Tag::Item => {
                self.close();
                self.list_mark(range);
            }
            Tag::TableHead | Tag::TableRow => {
                self.close();
                self.kind = BlockKind::TableRow;
            }
            Tag::TableCell => self.cells.push(self.pieces.len()),
            Tag::Emphasis => self.emphasis(range, 1),
            Tag::Strong => self.emphasis(range, 2),
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } | Tag::Image { .. } => self.hidden += 1,
            // Its text is that of a link like any other, and its end must not close what is hidden.
            Tag::Link { .. } if self.hidden > 0 => self.hidden += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::Item
            | TagEnd::TableHead
            | TagEnd::TableRow => self.close(),
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::Emphasis | TagEnd::Strong => {
                if let Some(mark) = self.marks.pop().flatten() {
                    self.push(mark);
                }
            }
            TagEnd::HtmlBlock | TagEnd::Image | TagEnd::Link => self.hidden = self.hidden.saturating_sub(1),
            _ => {}
        }
    }

    /// Adds a range of the copy to the open block.
    fn push(&mut self, range: Range<usize>) {
        let border = self.cells.last() == Some(&self.pieces.len());
        let mut mergeable = !border;
        for piece in self.even.source(range) {
            match self.pieces.last_mut() {
                Some(last) if mergeable && last.end == piece.start => last.end = piece.end,
                _ => self.pieces.push(piece),
            }
            mergeable = true;
        }
    }

    /// Of `\r\n` the `\n` alone is text, so that a piece holds one line end for one break.
    fn soft_break(&mut self, range: Range<usize>) {
        let pair = self.even.text[range.clone()].starts_with("\r\n");
        self.push(range.start + usize::from(pair)..range.end);
    }

    /// Code within a line, without its backticks and the blanks that set them off.
    fn code(&mut self, range: Range<usize>) {
        let code = &self.even.text[range.clone()];
        let ticks = code.len() - code.trim_start_matches('`').len();
        let (start, end) = (range.start + ticks, range.end.saturating_sub(ticks));
        if start < end {
            let text = &self.even.text[start..end];
            let trimmed = text.trim_matches(' ');
            let set_off = text.len() - text.trim_start_matches(' ').len();
            self.push(start + set_off..start + set_off + trimmed.len());
        }
    }

    fn inline_html(&mut self, range: Range<usize>) {
        let text = &self.even.text[range.clone()];
        match tags::tag(text) {
            None if !text.starts_with("<!--") => self.push(range),
            Some((_, name)) if name.eq_ignore_ascii_case("br") => match self.kind {
                BlockKind::TableRow => self.push(range),
                _ => self.line_end(),
            },
            _ => {}
        }
    }

    fn html_block(&mut self, range: Range<usize>) {
        self.close();
        for part in tags::parts(&self.even.text[range.clone()]) {
            match part {
                Part::Text(text) => self.push(range.start + text.start..range.start + text.end),
                Part::Break => self.close(),
            }
        }
        self.close();
    }

    /// The mark of an item: numbers are text; so is a dash that belongs to a page number (`- 5 -`).
    fn list_mark(&mut self, item: Range<usize>) {
        let text = &self.even.text[item.clone()];
        let line = text.lines().next().unwrap_or_default().trim_end();
        let mark = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if self.lists.last() == Some(&true) && mark > 0 {
            let words = line[mark..].trim_start_matches(['.', ')']).trim_start_matches([' ', '\t']);
            self.push(item.start..item.start + line.len() - words.len());
        } else if line.starts_with('-') && line.len() > 1 && line.ends_with('-') {
            let words = line[1..].trim_start_matches([' ', '\t']);
            self.push(item.start..item.start + line.len() - words.len());
        }
    }

    /// Stars between digits (`3*5*7`) are text.
    fn emphasis(&mut self, range: Range<usize>, length: usize) {
        let text = self.even.text.as_bytes();
        let digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_digit);
        let star = text.get(range.start) == Some(&b'*');
        let outside = digit(range.start.checked_sub(1)) || digit(Some(range.end));
        let inside = digit(Some(range.start + length)) && digit(range.end.checked_sub(length + 1));
        let is_text = star && outside && inside && range.len() > 2 * length;
        if is_text && self.hidden == 0 {
            self.push(range.start..range.start + length);
        }
        self.marks.push((is_text && self.hidden == 0).then(|| range.end - length..range.end));
    }

    /// A hard break: what follows is a block of the same kind.
    fn line_end(&mut self) {
        let kind = self.kind;
        if kind != BlockKind::TableRow {
            self.close();
            self.kind = kind;
        }
    }

    /// Ends the open block.
    fn close(&mut self) {
        let kind = std::mem::replace(&mut self.kind, BlockKind::Paragraph);
        let pieces = std::mem::take(&mut self.pieces);
        let cells = std::mem::take(&mut self.cells);
        let mut block =
            Block { kind, pieces: Vec::with_capacity(pieces.len()), cells: Vec::with_capacity(cells.len()) };
        let starts: &[usize] = if cells.is_empty() { &[0] } else { &cells };
        for (at, &start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).copied().unwrap_or(pieces.len());
            if !cells.is_empty() {
                block.cells.push(block.pieces.len());
            }
            block.pieces.extend(trimmed(self.source, without_bold_marks(self.source, &pieces[start..end])));
        }
        if !block.pieces.is_empty() {
            self.blocks.push(block);
        }
    }
}

/// Takes out pairs of `**` that the standard leaves as text because a Chinese mark stands beside them. Stars that hide
/// a part of a name or number (`张**`, `138****0000`) are no pairs.
fn without_bold_marks(source: &str, pieces: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut cuts: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    for piece in pieces {
        let mut at = piece.start;
        while let Some(found) = memchr::memmem::find(&source.as_bytes()[at..piece.end], b"**") {
            let start = at + found;
            let end = start + source[start..piece.end].bytes().take_while(|b| *b == b'*').count();
            at = end;
            let next = source[end..].chars().next();
            let last = source[..start].chars().next_back();
            let between_digits = [next, last].iter().all(|c| c.is_some_and(|c| c.is_ascii_digit()));
            if end - start > 3 || between_digits {
                continue;
            }
            if open.is_some() && last.is_some_and(|c| !c.is_whitespace()) {
                cuts.extend(open.take());
                cuts.push(start..end);
            } else if next.is_some_and(|c| c.is_alphanumeric() || opens(c)) {
                open = Some(start..end);
            }
        }
    }
    let mut cuts = cuts.into_iter().peekable();
    let mut kept = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let mut start = piece.start;
        while let Some(cut) = cuts.next_if(|cut| cut.end <= piece.end) {
            kept.push(start..cut.start);
            start = cut.end;
        }
        kept.push(start..piece.end);
    }
    kept.retain(|piece| !piece.is_empty());
    kept
}

/// Without the blanks at both ends.
fn trimmed(source: &str, mut pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
    while let Some(last) = pieces.last_mut() {
        last.end = last.start + source[last.clone()].trim_end().len();
        if last.start < last.end {
            break;
        }
        pieces.pop();
    }
    let empty = pieces.iter().take_while(|piece| source[(*piece).clone()].trim().is_empty()).count();
    pieces.drain(..empty);
    if let Some(first) = pieces.first_mut() {
        first.start = first.end - source[first.clone()].trim_start().len();
    }
    pieces
}

#[cfg(test)]
#[path = "markdown_tests.rs"]
mod tests;
