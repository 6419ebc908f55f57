//! Columns of tables that hold people, by their headings (选手, contestant; 联系人, contact).

use crate::lexicon::{TitleKind, TitleKinds};
use crate::model::{SourceText, Span};

use super::title::Titles;
use super::view::View;

/// Kinds of title that head a column of people.
const HEADINGS: &[TitleKind] = &[TitleKind::Label, TitleKind::Contact, TitleKind::Role];

/// A cell in a column of people.
#[derive(Clone, Copy, Debug)]
struct Cell {
    start: usize,
    end: usize,
    heading: Heading,
    /// A character of the first organisation in the row before the cell.
    organisation: Option<usize>,
}

/// What heads a column of people, and where it stands.
#[derive(Clone, Copy, Debug)]
struct Heading {
    start: usize,
    end: usize,
    kinds: TitleKinds,
}

/// What a table says of a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// The heading of the column, where it is a title.
    pub title: Option<(usize, usize)>,
    /// A character of the organisation of the row.
    pub organisation: Option<usize>,
}

/// Cells of columns that hold people, in order.
#[derive(Debug, Default)]
pub(super) struct Columns(Vec<Cell>);

impl Columns {
    /// A heading holds for the rows of as many cells right below it. Cells are told by the bars and tabs of the source
    /// between them, for the repaired text may have dropped those.
    pub fn find(view: &View<'_>, titles: &Titles, source: &SourceText<'_>) -> Self {
        let mut columns = Columns::default();
        if memchr::memchr2(b'|', b'\t', source.text().as_bytes()).is_none() {
            return columns;
        }
        let mut headings: Vec<Option<Heading>> = Vec::new();
        let mut start = 0;
        for line in view.chars.split(|c| *c == '\n') {
            let row = start..start + line.len();
            start += line.len() + 1;
            let cells = cells(view, row.start, row.end, source);
            if cells.len() < 2 {
                headings.clear();
                continue;
            }
            let own: Vec<_> = cells.iter().map(|cell| heading(titles, *cell)).collect();
            if own.iter().any(Option::is_some) {
                headings = own;
            } else if headings.len() == cells.len() {
                let organisation = row.clone().find(|at| view.organisation(*at).is_some());
                for (&(start, end), heading) in cells.iter().zip(&headings) {
                    if let Some(heading) = *heading {
                        let organisation = organisation.filter(|at| *at < start);
                        columns.0.push(Cell { start, end, heading, organisation });
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
    #[inline]
    pub fn of_persons(&self, at: usize) -> bool {
        !self.0.is_empty() && self.cell(at).is_some_and(|cell| cell.start == at)
    }

    /// What the table says of a name at `at` in a column of people.
    pub fn entry(&self, at: usize) -> Option<Entry> {
        let cell = self.cell(at)?;
        let title = !cell.heading.kinds.has(TitleKind::Contact);
        let title = title.then_some((cell.heading.start, cell.heading.end));
        Some(Entry { title, organisation: cell.organisation })
    }
}

/// The cells of a line, blanks around them left out; one for a line that is no row.
fn cells(view: &View<'_>, start: usize, end: usize, source: &SourceText<'_>) -> Vec<(usize, usize)> {
    let mut cells = Vec::new();
    let mut open = start;
    let mut close = |from: usize, to: usize| {
        let blank = |at: &usize| view.char(*at) == ' ';
        let to = to - (from..to).rev().take_while(blank).count();
        let from = from + (from..to).take_while(blank).count();
        cells.push((from, to));
    };
    for at in start..end {
        if matches!(view.char(at), '|' | '\t') {
            close(open, at);
            open = at + 1;
        } else if at > open && border_before(view, at, source) {
            close(open, at);
            open = at;
        }
    }
    close(open, end);
    cells
}

/// A bar or a tab stands in the source between this character and the one before it.
fn border_before(view: &View<'_>, at: usize, source: &SourceText<'_>) -> bool {
    let source_of = |at: usize| view.text.to_source(Span::new(at, at + 1));
    let (before, own) = (source_of(at - 1), source_of(at));
    // a blank of the repaired text may itself stand for a border
    let from = if view.char(at - 1) == ' ' { before.start() } else { before.end() };
    from < own.start() && source.slice(Span::new(from, own.start())).contains(['|', '\t'])
}

fn heading(titles: &Titles, (start, end): (usize, usize)) -> Option<Heading> {
    let title = titles.to(end).filter(|title| title.start == start && title.kinds.has_any(HEADINGS))?;
    Some(Heading { start, end, kinds: title.kinds })
}
