//! What a number in a cell of a table counts: its column's heading, or the label of its row.

use super::guard;
use crate::model::{Clean, Span};

/// Reads tables, cell by cell in the order of the text.
pub(super) struct Tables<'t> {
    chars: &'t [char],
    covered: &'t [Span<Clean>],
    /// The row read last, so that a row is passed through once.
    row: Option<Row>,
    /// Cells of the first row of the table in hand.
    heads: Vec<Span<Clean>>,
}

/// How far a row was read.
#[derive(Clone, Copy, Debug)]
struct Row {
    end: usize,
    /// Marks between cells seen so far, and up to where.
    marks: usize,
    seen: usize,
    /// The row begins with a mark.
    framed: bool,
    label: Option<Span<Clean>>,
}

/// Longest heading or label that names what is counted, in characters.
const LONGEST: usize = 16;

/// Headings of columns that hold figures of what the row names.
const FIGURES: [&str; 18] = [
    "数量", "数值", "数据", "合计", "总计", "累计", "同比", "环比", "增长", "增幅", "目标", "计划", "实际", "完成",
    "本期", "上期", "本月", "单位",
];

impl<'t> Tables<'t> {
    pub fn new(chars: &'t [char], covered: &'t [Span<Clean>]) -> Self {
        Tables { chars, covered, row: None, heads: Vec::new() }
    }

    /// The heading or label that says what the number at `number` counts; `None` where it fills no cell.
    pub fn name_of(&mut self, number: Span<Clean>) -> Option<Span<Clean>> {
        if !guard::fills_cell(self.chars, number.start(), number.end()) {
            return None;
        }
        let column = self.column_of(number.start())?;
        let label = self.row?.label;
        let head = self.heads.get(column).copied().filter(|head| self.names(*head));
        head.or(label.filter(|label| self.names(*label))).map(|cell| self.bare(cell))
    }

    /// The column of the cell at `at`, counted from 0.
    fn column_of(&mut self, at: usize) -> Option<usize> {
        if self.row.is_none_or(|row| at >= row.end) {
            self.enter(at);
        }
        let chars = self.chars;
        let row = self.row.as_mut()?;
        row.marks += chars[row.seen..at].iter().filter(|c| is_mark(**c)).count();
        row.seen = at;
        row.marks.checked_sub(usize::from(row.framed))
    }

    /// Takes up the row that holds `at`, and the first row of its table unless it is the table in hand.
    fn enter(&mut self, at: usize) {
        let start = line_start(self.chars, self.row.map_or(0, |row| row.end.min(at)), at);
        let end = line_end(self.chars, at);
        let follows = self.row.is_some_and(|row| self.is_rows(row.end + 1, start));
        let cells = self.cells(start, end);
        let framed = self.chars.get(start).is_some_and(|c| *c == '|');
        if !follows {
            // Rows above this one that hold no number: the heading, and what divides it from the rest.
            let mut first = start;
            while let Some(end) = first.checked_sub(1) {
                let above = line_start(self.chars, 0, end);
                if !self.chars[above..end].iter().any(|c| is_mark(*c)) {
                    break;
                }
                first = above;
            }
            self.heads = if first < start { self.cells(first, line_end(self.chars, first)) } else { Vec::new() };
            if self.heads.len() != cells.len() {
                self.heads.clear();
            }
        }
        let label = cells.into_iter().take(3).find(|cell| self.names(*cell));
        self.row = Some(Row { end, marks: 0, seen: start, framed, label });
    }

    /// Every line of `start..end` is a row.
    fn is_rows(&self, start: usize, end: usize) -> bool {
        start <= end
            && self.chars[start..end].split(|c| *c == '\n').rev().skip(1).all(|line| line.iter().any(|c| is_mark(*c)))
    }

    /// The cells of a row, blanks and emphasis around them left out.
    fn cells(&self, start: usize, end: usize) -> Vec<Span<Clean>> {
        let mut cells = Vec::new();
        let mut from = start;
        for at in start..=end {
            if at < end && !is_mark(self.chars[at]) {
                continue;
            }
            // The frame around a row makes no cell.
            let frame = from == start && at == start || at == end && from == end;
            if !frame {
                cells.push(self.trimmed(from, at));
            }
            from = at + 1;
        }
        cells
    }

    fn trimmed(&self, mut start: usize, mut end: usize) -> Span<Clean> {
        let blank = |at: usize| matches!(self.chars[at], ' ' | '*');
        while start < end && blank(start) {
            start += 1;
        }
        while end > start && blank(end - 1) {
            end -= 1;
        }
        Span::new(start, end)
    }

    /// The cell names something: it is no date, no number, no mere word for figures.
    fn names(&self, cell: Span<Clean>) -> bool {
        let chars = &self.chars[cell.range()];
        let dated = self.covered.get(self.covered.partition_point(|date| date.end() <= cell.start()));
        let figures = FIGURES.iter().any(|word| chars.len() <= 4 && word.chars().zip(chars).all(|(a, b)| a == *b));
        chars.len() >= 2
            && chars.len() <= LONGEST
            && chars[0].is_alphabetic()
            && !chars[0].is_ascii()
            && dated.is_none_or(|date| !date.overlaps(cell))
            && !figures
    }

    /// Without the unit in brackets behind it: 产值(亿元).
    fn bare(&self, cell: Span<Clean>) -> Span<Clean> {
        match self.chars[cell.range()].iter().position(|c| *c == '(') {
            Some(at) if at >= 2 => Span::new(cell.start(), cell.start() + at),
            _ => cell,
        }
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '|' | '\t')
}

/// Beginning of the line that holds `at`, not before `floor`.
fn line_start(chars: &[char], floor: usize, at: usize) -> usize {
    chars[floor..at].iter().rposition(|c| *c == '\n').map_or(floor, |end| floor + end + 1)
}

/// End of the line that holds `at`.
fn line_end(chars: &[char], at: usize) -> usize {
    chars[at..].iter().position(|c| *c == '\n').map_or(chars.len(), |length| at + length)
}
