//! Tables: a number in a cell is told by its row and its column.
//!
//! Rows are lines with a tab or `|` between their cells. The first row of a run of rows names the columns. A year stands in the
//! head of the column or in the first cell of the row; what is counted stands in the other.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::model::{
    Aspect, Clean, CleanText, DateKind, DateRange, Doer, IndicatorMention, QuantityMention, Span, Status, Written,
};

use super::context::Context;
use super::{IndicatorFinder, IndicatorSources, Told, counts};

/// Most columns of a table that is read.
const MOST_COLUMNS: usize = 40;

/// The table that the last row belongs to.
#[derive(Default)]
pub(super) struct Grid {
    /// Cells of its first row.
    head: Vec<Span<Clean>>,
    /// Cells of the last row.
    cells: Vec<Span<Clean>>,
    /// Behind the last row.
    end: usize,
}

impl Grid {
    /// Takes the next sentence; `true` where it is a row below a first one.
    pub fn row(&mut self, text: &CleanText, sentence: Span<Clean>) -> bool {
        let chars = text.chars();
        let bars: Vec<usize> =
            sentence.range().filter(|at| matches!(chars[*at], '\t' | '|')).take(MOST_COLUMNS).collect();
        if bars.is_empty() {
            return false;
        }
        let starts = std::iter::once(sentence.start()).chain(bars.iter().map(|bar| bar + 1));
        let ends = bars.iter().copied().chain(std::iter::once(sentence.end()));
        let mut cells: Vec<Span<Clean>> = starts.zip(ends).map(|(start, end)| trimmed(chars, start, end)).collect();
        // a row may begin and end with a bar
        if cells.last().is_some_and(|cell| cell.is_empty()) {
            cells.pop();
        }
        if cells.first().is_some_and(|cell| cell.is_empty()) {
            cells.remove(0);
        }
        // marks between the sentences of a table (its rule of dashes) are short
        let goes_on = !self.head.is_empty()
            && cells.len().abs_diff(self.head.len()) <= 1
            && chars[self.end.min(sentence.start())..sentence.start()].iter().all(|c| !c.is_alphanumeric());
        self.end = sentence.end();
        self.cells = cells;
        if !goes_on {
            self.head = self.cells.clone();
        }
        goes_on
    }
}

fn trimmed(chars: &[char], mut start: usize, mut end: usize) -> Span<Clean> {
    let mark = |c: char| c.is_whitespace() || matches!(c, '*' | '|');
    while start < end && mark(chars[start]) {
        start += 1;
    }
    while end > start && mark(chars[end - 1]) {
        end -= 1;
    }
    Span::new(start, end)
}

/// Reads the numbers of a row.
pub(super) fn read(
    finder: &IndicatorFinder<'_>,
    told: &Told<'_>,
    grid: &Grid,
    sources: IndicatorSources<'_>,
    numbers: Range<usize>,
    owner: &mut impl FnMut(Span<Clean>, bool) -> Option<Doer>,
    found: &mut Vec<IndicatorMention<Clean>>,
) {
    let Some(label) = grid.cells.first() else { return };
    for index in numbers {
        let quantity = &sources.quantities[index];
        let column = grid
            .cells
            .iter()
            .position(|cell| cell.start() <= quantity.span.start() && quantity.span.start() < cell.end());
        let (Some(column), true) = (column.filter(|column| *column > 0), counts(quantity)) else { continue };
        let Some(head) = grid.head.get(column) else { continue };
        let own = |cell: Span<Clean>| date_in(sources, cell);
        let (year, name) = match (own(*head), own(*label)) {
            (Some(year), _) => (Some(year), *label),
            (None, Some(year)) => (Some(year), *head),
            (None, None) => (None, *label),
        };
        let moment = Aspect {
            period: year.or(sources.moments[index].period),
            status: status(finder, &told.text.chars()[head.range()], year, sources.moments[index]),
        };
        let (bare, of_name) = unit_of(told.text.slice(name));
        let (_, of_head) = unit_of(told.text.slice(*head));
        let told_unit = quantity.unit.as_ref().map(|unit| unit.within(told.source)).or(of_name).or(of_head);
        let (times, unit) = told_unit.map_or((Decimal::ONE, ""), scaled);
        let line = CellText { text: bare, unit };
        let of_column = || CellText { text: told.text.slice(*head), unit }.rule(finder, told);
        let Some(rule) = line.rule(finder, told).or_else(of_column) else { continue };
        let scale = |value: Option<Decimal>| value.and_then(|value| value.checked_mul(times));
        let with_unit = QuantityMention {
            unit: Some(unit).filter(|unit| !unit.is_empty()).map(Written::from),
            value: scale(quantity.value),
            min: scale(quantity.min),
            max: scale(quantity.max),
            ..quantity.clone()
        };
        let simplified = finder.variants.in_simplified(unit);
        found.extend(finder.figure(rule, (&with_unit, &simplified), moment, owner));
    }
}

/// Plans stand in a column of plans. A table of past years in a part of plans tells of deeds.
fn status(finder: &IndicatorFinder<'_>, head: &[char], year: Option<DateRange>, moment: Aspect) -> Status {
    let before = year.and_then(|year| year.to).zip(moment.period.and_then(|period| period.from));
    match before {
        _ if finder.lexicon.status.tells_plan(head) => Status::Planned,
        Some((year, planned)) if year < planned => Status::Done,
        _ => moment.status,
    }
}

/// The time that a cell names.
fn date_in(sources: IndicatorSources<'_>, cell: Span<Clean>) -> Option<DateRange> {
    let from = sources.dates.partition_point(|d| d.span.start() < cell.start());
    let inside = sources.dates[from..].iter().take_while(|d| d.span.end() <= cell.end());
    inside.filter(|d| matches!(d.kind, DateKind::Date | DateKind::Range)).find_map(|d| {
        let range = DateRange { from: d.from, to: d.to };
        (range.from.is_some() && range.to.is_some()).then_some(range)
    })
}

/// `新发布(项)`: the name and the unit.
fn unit_of(name: &str) -> (&str, Option<&str>) {
    let Some((bare, unit)) = name.strip_suffix([')', '）']).and_then(|name| name.rsplit_once(['(', '（'])) else {
        return (name, None);
    };
    (bare.trim(), Some(unit.trim()).filter(|unit| !unit.is_empty()))
}

/// `万元` of a heading: ten thousand and the unit that is counted in them.
fn scaled(unit: &str) -> (Decimal, &str) {
    const POWERS: [(char, i64); 4] = [('千', 1_000), ('万', 10_000), ('百', 100), ('亿', 100_000_000)];
    let power = POWERS.into_iter().find_map(|(power, times)| Some((times.into(), unit.strip_prefix(power)?)));
    power.filter(|(_, rest)| !rest.is_empty()).unwrap_or((Decimal::ONE, unit))
}

/// The name of what a cell counts, read as if it stood before the number.
struct CellText<'c> {
    text: &'c str,
    unit: &'c str,
}

impl CellText<'_> {
    fn rule<'l>(&self, finder: &IndicatorFinder<'l>, told: &Told<'_>) -> Option<&'l crate::lexicon::IndicatorRule> {
        let chars: Vec<char> = self.text.chars().collect();
        let mut hits = Vec::new();
        finder.indicators.find(&chars, 0, &mut hits);
        let context = Context::of_cell(self.unit, &hits, chars.len());
        let cell = Told { hits: &hits, topics: &hits, ..*told };
        finder.rule_of(&cell, &context, &mut finder.indicators.no_rules())
    }
}
