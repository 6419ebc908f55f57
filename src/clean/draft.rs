//! The text while it is being repaired: characters with the source run each stands for, in lines.

use std::ops::Range;

use crate::model::{BlockKind, Document, Source, Span};

use super::characters::fold;

/// A character of the text to be, and the run of the source it stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub c: char,
    pub start: u32,
    pub end: u32,
}

impl Piece {
    pub fn run(self) -> Span<Source> {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// A line of the source, or a block of marked-up text.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its pieces, blanks at both ends left out.
    pub range: Range<usize>,
    pub kind: BlockKind,
    /// Empty lines in front of it.
    pub gap: u32,
    /// Page furniture stood in front of it.
    pub page_break: bool,
    /// It continues the line in front of it.
    pub joined: bool,
}

/// Lines over one run of pieces.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub pieces: Vec<Piece>,
    pub lines: Vec<Line>,
    pub repairs: usize,
}

impl Draft {
    /// Splits a document into lines and folds its characters.
    pub fn new(document: &Document) -> Self {
        let mut draft = Draft { pieces: Vec::with_capacity(document.text.len() / 2), ..Draft::default() };
        let mut gap = 0;
        match &document.blocks {
            None => draft.read(&document.text, 0, BlockKind::Paragraph, &mut gap),
            Some(blocks) => {
                let mut at = Cursor { text: &document.text, byte: 0, char: 0 };
                for block in blocks {
                    gap += 1;
                    draft.read_block(&mut at, block.kind, &block.pieces, &mut gap);
                }
            }
        }
        draft
    }

    pub fn line(&self, line: &Line) -> &[Piece] {
        &self.pieces[line.range.clone()]
    }

    /// A table row becomes one line with a blank between its cells; other blocks end their lines where the source does.
    fn read_block(&mut self, at: &mut Cursor<'_>, kind: BlockKind, pieces: &[Range<usize>], gap: &mut u32) {
        let mut open = self.pieces.len();
        let mut end_of_last = pieces.first().map_or(0, |p| p.start);
        for piece in pieces {
            let between = at.text.get(end_of_last..piece.start).unwrap_or_default();
            if between.contains('\n') {
                self.end_line(open, kind, gap);
                open = self.pieces.len();
            } else if kind == BlockKind::TableRow && between.contains('|') {
                let char = at.char_at(end_of_last);
                self.pieces.push(Piece { c: '\t', start: char as u32, end: char as u32 + 1 });
            }
            let first = at.char_at(piece.start);
            for (char, c) in (first..).zip(at.text[piece.clone()].chars()) {
                if is_line_end(c) {
                    self.end_line(open, kind, gap);
                    open = self.pieces.len();
                } else {
                    self.push(c, char);
                }
            }
            end_of_last = piece.end;
        }
        self.end_line(open, kind, gap);
    }

    fn read(&mut self, text: &str, first_char: usize, kind: BlockKind, gap: &mut u32) {
        let mut open = self.pieces.len();
        let mut before = ' ';
        for (at, c) in (first_char..).zip(text.chars()) {
            if is_line_end(c) {
                if !(c == '\n' && before == '\r') {
                    self.end_line(open, kind, gap);
                    open = self.pieces.len();
                }
            } else {
                self.push(c, at);
            }
            before = c;
        }
        self.end_line(open, kind, gap);
    }

    fn push(&mut self, c: char, at: usize) {
        match fold(c) {
            Some((folded, repaired)) => {
                self.repairs += usize::from(repaired);
                self.pieces.push(Piece { c: folded, start: at as u32, end: at as u32 + 1 });
            }
            None => self.repairs += 1,
        }
    }

    fn end_line(&mut self, open: usize, kind: BlockKind, gap: &mut u32) {
        let blank = |p: &&Piece| p.c != ' ' && p.c != '\t';
        let lead = self.pieces[open..].iter().take_while(|p| !blank(p)).count();
        let trail = self.pieces[open + lead..].iter().rev().take_while(|p| !blank(p)).count();
        let range = open + lead..self.pieces.len() - trail;
        if range.is_empty() {
            *gap += 1;
            return;
        }
        self.lines.push(Line { range, kind, gap: *gap, page_break: false, joined: false });
        *gap = 0;
    }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Turns ascending byte offsets into character offsets.
struct Cursor<'t> {
    text: &'t str,
    byte: usize,
    char: usize,
}

impl Cursor<'_> {
    fn char_at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.char) = (0, 0);
        }
        self.char += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.char
    }
}
