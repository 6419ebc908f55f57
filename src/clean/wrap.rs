//! Lines that a typesetter broke: joined again, over blank lines and page breaks too.

use crate::model::BlockKind;

use super::draft::{Draft, Line, Piece};
use super::marks::{begins_anew, mark_depth};

/// Columns below which a line is too short to have been broken by a margin.
const NARROW: usize = 24;
/// Columns above which lines are paragraphs, not set lines.
const WIDE: usize = 130;
/// A line is full when it reaches this share of the widest of its neighbours. A last line of a paragraph may reach it
/// too, but that ends with a full stop.
const FULL: f64 = 0.75;
/// Share of the widest line that the second widest reaches where both are set in one column.
const ALIKE: f64 = 0.85;
/// How many lines around one settle its column width.
const NEIGHBOURS: usize = 6;
/// In text with whole paragraphs on a line, one that breaks off is at least this long.
const BROKEN_PARAGRAPH: usize = 60;

/// Marks lines that continue the one before them.
pub(super) fn join(draft: &mut Draft) {
    let widths: Vec<usize> = draft.lines.iter().map(|line| width(draft.line(line))).collect();
    let open: Vec<bool> = draft.lines.iter().map(|line| is_open(draft.line(line), line)).collect();
    let wrapped = is_wrapped(&widths, &open);
    let usual_gap = usual_gap(&draft.lines, &open);
    for at in 1..draft.lines.len() {
        let (line, before) = (&draft.lines[at], at - 1);
        // pages of the web write their title twice
        let repeats = || draft.line(line).iter().map(|p| p.c).eq(draft.line(&draft.lines[before]).iter().map(|p| p.c));
        if !open[before] || line.kind != BlockKind::Paragraph || begins_anew(draft.line(line)) || repeats() {
            continue;
        }
        let full = widths[before] as f64 >= FULL * widest_around(&widths, before) as f64 && widths[before] >= NARROW;
        let follows = if wrapped {
            let heading = mark_depth(draft.line(&draft.lines[before])).is_some() && !full;
            (line.page_break && !heading) || (full && line.gap <= usual_gap)
        } else {
            widths[before] >= BROKEN_PARAGRAPH
                && is_running(draft.line(&draft.lines[before]))
                && (line.gap > 0 || line.page_break)
        };
        if follows {
            draft.lines[at].joined = true;
            draft.repairs += 1;
        }
    }
}

/// Columns: two for a Chinese character, one for others.
fn width(line: &[Piece]) -> usize {
    line.iter().map(|p| if p.c.is_ascii() { 1 } else { 2 }).sum()
}

/// The sentence is not over at the end of the line.
fn is_open(line: &[Piece], info: &Line) -> bool {
    info.kind == BlockKind::Paragraph
        && !line.last().is_some_and(|p| matches!(p.c, '。' | '!' | '?' | ':' | ';' | '…' | '】'))
}

/// Running text has commas; titles and bylines have none.
fn is_running(line: &[Piece]) -> bool {
    line.iter().any(|p| matches!(p.c, ',' | '。' | ';'))
}

/// Many lines break off near one column.
fn is_wrapped(widths: &[usize], open: &[bool]) -> bool {
    let broken = (0..widths.len())
        .filter(|&at| open[at] && (NARROW..=WIDE).contains(&widths[at]))
        .filter(|&at| widths[at] as f64 >= 0.85 * widest_around(widths, at) as f64)
        .count();
    broken >= 5 && broken * 3 >= widths.len()
}

/// The widest line around, one that is much wider than all others (a navigation bar, a byline) left out.
fn widest_around(widths: &[usize], at: usize) -> usize {
    let (from, to) = (at.saturating_sub(NEIGHBOURS), (at + NEIGHBOURS + 1).min(widths.len()));
    let (mut widest, mut second) = (0, 0);
    for &width in widths[from..to].iter().filter(|width| **width <= WIDE) {
        if width > widest {
            (widest, second) = (width, widest);
        } else {
            second = second.max(width);
        }
    }
    match (widest, second) {
        (0, _) => WIDE,
        (_, second) if second >= NARROW && widest as f64 * ALIKE > second as f64 => second,
        _ => widest,
    }
}

/// Blank lines that stand between most lines that break off and the next: text out of PDF may have one everywhere.
fn usual_gap(lines: &[Line], open: &[bool]) -> u32 {
    let gaps =
        lines.windows(2).zip(open).filter(|(pair, open)| **open && !pair[1].page_break).map(|(pair, _)| pair[1].gap);
    let (mut none, mut some) = (0, 0);
    for gap in gaps {
        if gap == 0 { none += 1 } else { some += 1 }
    }
    u32::from(some > none)
}
