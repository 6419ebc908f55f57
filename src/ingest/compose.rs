//! The text of a document that has none of its own: put together block by block.
//!
//! A format such as HTML or DOCX holds text among much else. What a reader of the file would call its text is composed
//! here, one block a line, cells of a table row with ` | ` between, and becomes `Document::text`: offsets of all rows
//! point into it, and `--write-text` writes it.

use super::{RawFile, Reason, Rejection, sha256};
use crate::model::{Block, BlockKind, Document, Format, Given};

/// Stands between the cells of a row.
const BORDER: &str = " | ";

/// Text and blocks so far.
#[derive(Debug, Default)]
pub(super) struct Composer {
    text: String,
    blocks: Vec<Block>,
    /// Byte at which each page begins.
    pages: Vec<usize>,
}

impl Composer {
    /// A heading of level 1 to 6; its line breaks count as blanks.
    pub(super) fn heading(&mut self, level: u8, text: &str) {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.line(BlockKind::Heading(level.clamp(1, 6)), &line);
    }

    /// A paragraph; each of its lines is a block.
    pub(super) fn paragraph(&mut self, text: &str) {
        for line in text.split('\n') {
            self.line(BlockKind::Paragraph, line);
        }
    }

    /// A row of a table, an empty cell for what a merged one covers. A row that holds one cell alone is a paragraph.
    pub(super) fn row<T: AsRef<str>>(&mut self, cells: &[T]) {
        if let [cell] = cells {
            return self.paragraph(cell.as_ref());
        }
        if cells.iter().all(|cell| cell.as_ref().trim().is_empty()) {
            return;
        }
        let mut block = Block { kind: BlockKind::TableRow, pieces: Vec::new(), cells: Vec::new() };
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.text.push_str(BORDER);
            }
            block.cells.push(block.pieces.len());
            let start = self.text.len();
            for (at, word) in cell.as_ref().split_whitespace().enumerate() {
                if at > 0 {
                    self.text.push(' ');
                }
                self.text.push_str(word);
            }
            if start < self.text.len() {
                block.pieces.push(start..self.text.len());
            }
        }
        self.text.push('\n');
        self.blocks.push(block);
    }

    /// A page begins here.
    pub(super) fn page(&mut self) {
        self.pages.push(self.text.len());
    }

    /// More of the last paragraph, without a break; a paragraph of its own where the last block is none.
    pub(super) fn more(&mut self, text: &str) {
        let text = text.trim();
        let end = self.text.len();
        match self.blocks.last_mut().map(|block| (block.kind, block.pieces.last_mut())) {
            Some((BlockKind::Paragraph, Some(piece))) if !text.contains('\n') && piece.end + 1 == end => {
                self.text.pop();
                for page in self.pages.iter_mut().rev().take_while(|page| **page == end) {
                    *page = end - 1;
                }
                self.text.push_str(text);
                piece.end = self.text.len();
                self.text.push('\n');
            }
            _ => self.paragraph(text),
        }
    }

    /// The last block, where it is a paragraph.
    pub(super) fn last_paragraph(&self) -> Option<&str> {
        let block = self.blocks.last().filter(|block| block.kind == BlockKind::Paragraph)?;
        Some(&self.text[block.pieces.first()?.clone()])
    }

    fn line(&mut self, kind: BlockKind, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        // what ends a line elsewhere would end the block's line within it
        self.text.extend(text.chars().map(|c| if is_break(c) { ' ' } else { c }));
        let piece = start..self.text.len();
        self.blocks.push(Block { kind, pieces: vec![piece], cells: Vec::new() });
        self.text.push('\n');
    }

    /// The document; without any text a rejection.
    pub(super) fn finish(
        self,
        file: &RawFile,
        format: Format,
        encoding: &'static str,
        given: Given,
    ) -> Result<Document, Rejection> {
        if self.blocks.is_empty() {
            return Err(Rejection::new(&file.key, Reason::Empty, "the file holds no text; write some or remove it"));
        }
        let pages = char_offsets(&self.text, &self.pages);
        Ok(Document {
            key: file.key.clone(),
            text: self.text,
            format,
            encoding,
            sha256: sha256(&file.bytes),
            blocks: Some(self.blocks),
            pages,
            given,
        })
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\0')
}

/// Ascending byte offsets as offsets of characters.
fn char_offsets(text: &str, bytes: &[usize]) -> Vec<u32> {
    let (mut byte, mut char) = (0, 0);
    let offset = |&at: &usize| {
        char += text[byte..at].chars().count() as u32;
        byte = at;
        char
    };
    bytes.iter().map(offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_lie_in_the_text() {
        let mut composer = Composer::default();
        composer.page();
        composer.heading(1, " 题\n目 ");
        composer.row(&["甲", "", "乙\n丙"]);
        composer.row(&["", " "]);
        composer.paragraph("丁\n戊\u{b}己");
        composer.page();
        composer.more("庚");
        let file = RawFile::new("a.docx", vec![]);
        let document = composer.finish(&file, Format::Docx, "UTF-8", Given::default()).unwrap();
        assert_eq!(document.text, "题 目\n甲 |  | 乙 丙\n丁\n戊 己庚\n");
        assert_eq!(document.pages, [0, 20]);
        assert_eq!(document.text.chars().nth(20), Some('庚'));
        let blocks = document.blocks.unwrap();
        let shown: Vec<Vec<&str>> =
            blocks.iter().map(|b| b.pieces.iter().map(|p| &document.text[p.clone()]).collect()).collect();
        assert_eq!(shown, [vec!["题 目"], vec!["甲", "乙 丙"], vec!["丁"], vec!["戊 己庚"]]);
        assert_eq!(blocks[1].cells, [0, 1, 1]);
        let empty = Composer::default().finish(&file, Format::Docx, "UTF-8", Given::default());
        assert_eq!(empty.unwrap_err().reason, Reason::Empty);
    }
}
