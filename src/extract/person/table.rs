//! Columns of tables that hold people, by their headings (选手, contestant; 联系人, contact).

use crate::lexicon::{TitleKind, TitleKinds};

use super::title::Titles;
use super::view::View;

/// Kinds of title that head a column of people.
const HEADINGS: &[TitleKind] = &[TitleKind::Label, TitleKind::Contact, TitleKind::Role];

/// A cell in a column of people.
#[derive(Clone, Copy, Debug)]
struct Cell {
    start: usize,
    end: usize,
    /// Where the heading stands.
    heading: (usize, usize),
    kinds: TitleKinds,
    /// First character of the row.
    row: usize,
}

/// Cells of columns that hold people, in order.
#[derive(Debug, Default)]
pub(super) struct Columns(Vec<Cell>);

impl Columns {
    /// Rows are lines with a tab between their cells; a heading holds for the rows of as many cells right below it.
    pub fn find(view: &View<'_>, titles: &Titles) -> Self {
        let mut columns = Columns::default();
        let mut headings: Vec<Option<((usize, usize), TitleKinds)>> = Vec::new();
        let mut start = 0;
        for line in view.chars.split(|c| *c == '\n') {
            let row = start;
            start += line.len() + 1;
            if !line.contains(&'\t') {
                headings.clear();
                continue;
            }
            let mut cells = Vec::new();
            let mut at = row;
            for cell in line.split(|c| *c == '\t') {
                cells.push((at, at + cell.len()));
                at += cell.len() + 1;
            }
            let own: Vec<_> = cells.iter().map(|cell| heading(titles, *cell)).collect();
            if own.iter().any(Option::is_some) {
                headings = own;
            } else if headings.len() == cells.len() {
                for (&(start, end), heading) in cells.iter().zip(&headings) {
                    if let Some((heading, kinds)) = *heading {
                        columns.0.push(Cell { start, end, heading, kinds, row });
                    }
                }
            }
        }
        columns
    }

    fn cell(&self, at: usize) -> Option<&Cell> {
        let cell = &self.0[self.0.partition_point(|cell| cell.start <= at).checked_sub(1)?];
        (at < cell.end).then_some(cell)
    }

    /// A cell of a column of people begins at `at`.
    pub fn of_persons(&self, at: usize) -> bool {
        self.cell(at).is_some_and(|cell| cell.start == at)
    }

    /// The heading of the column around `at`, where it is a title, and the first character of the row.
    pub fn title(&self, at: usize) -> Option<(Option<(usize, usize)>, usize)> {
        let cell = self.cell(at)?;
        let title = !cell.kinds.has(TitleKind::Contact);
        Some((title.then_some(cell.heading), cell.row))
    }
}

fn heading(titles: &Titles, (start, end): (usize, usize)) -> Option<((usize, usize), TitleKinds)> {
    let title = titles.to(end).filter(|title| title.start == start && title.kinds.has_any(HEADINGS))?;
    Some(((start, end), title.kinds))
}
