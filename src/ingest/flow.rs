//! The text of an office document while its elements go by: paragraphs, cells of rows, notes.

use super::compose::Composer;

/// Columns that one cell may cover.
const SPAN: usize = 63;

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Body,
    Heading(u8),
}

/// Text that flows in, in the order of the file.
#[derive(Default)]
pub(super) struct Flow {
    composer: Composer,
    line: String,
    /// Tables within tables; only cells of the outermost become cells.
    tables: usize,
    row: Vec<String>,
    cell: Option<String>,
    /// Notes of the open paragraph; they follow it.
    notes: Vec<String>,
}

impl Flow {
    pub(super) fn push(&mut self, text: &str) {
        self.line.push_str(text);
    }

    pub(super) fn note(&mut self, text: String) {
        self.notes.push(text);
    }

    /// Text of the open paragraph so far is put aside, for a note that stands in it.
    pub(super) fn take_line(&mut self) -> String {
        std::mem::take(&mut self.line)
    }

    /// Text goes before that of the open paragraph.
    pub(super) fn put_before(&mut self, text: String) {
        let behind = std::mem::replace(&mut self.line, text);
        self.line.push_str(&behind);
    }

    pub(super) fn end_paragraph(&mut self, style: Style) {
        let line = std::mem::take(&mut self.line);
        if let Some(cell) = &mut self.cell {
            cell.push(' ');
            cell.push_str(&line);
            return;
        }
        match style {
            Style::Heading(level) => self.composer.heading(level, &line),
            Style::Body => self.composer.paragraph(&line),
        }
        self.write_notes();
    }

    pub(super) fn begin_table(&mut self) {
        // a paragraph that has no end before it is no part of its first cell
        if self.tables == 0 && !self.line.is_empty() {
            self.end_paragraph(Style::Body);
        }
        self.tables += 1;
    }

    pub(super) fn end_table(&mut self) {
        self.tables = self.tables.saturating_sub(1);
        if self.tables == 0 {
            self.end_row();
            self.cell = None;
        }
    }

    pub(super) fn begin_cell(&mut self) {
        if self.tables == 1 {
            self.cell = Some(String::new());
        }
    }

    /// Ends a cell that covers `span` columns.
    pub(super) fn end_cell(&mut self, span: usize) {
        if self.tables == 1
            && let Some(mut cell) = self.cell.take()
        {
            cell.push_str(&std::mem::take(&mut self.line));
            self.row.push(cell.trim().to_owned());
            self.row.extend((1..span.clamp(1, SPAN)).map(|_| String::new()));
        }
    }

    pub(super) fn end_row(&mut self) {
        if self.tables <= 1 {
            let row = std::mem::take(&mut self.row);
            self.composer.row(&row);
            self.write_notes();
        }
    }

    fn write_notes(&mut self) {
        for note in std::mem::take(&mut self.notes) {
            self.composer.paragraph(&note);
        }
    }

    pub(super) fn finish(mut self) -> Composer {
        if !self.row.is_empty() {
            self.tables = 0;
            self.end_row();
        }
        self.cell = None;
        self.end_paragraph(Style::Body);
        self.composer
    }
}
