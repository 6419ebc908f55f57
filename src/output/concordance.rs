//! Key words in context, aligned by the width of characters on a terminal.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// One occurrence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Occurrence {
    /// The document's key.
    pub document: String,
    /// Page, from 1, where the format has any.
    pub page: Option<u64>,
    /// Sentence, counted from 1.
    pub sentence: u64,
    /// First character in the document's text.
    pub start: u64,
    /// Behind the last one.
    pub end: u64,
    /// The period of the sentence.
    pub period: String,
    /// What stands before it, line breaks left out.
    pub left: String,
    /// The key word as written.
    pub key: String,
    /// What stands behind it.
    pub right: String,
}

/// How occurrences are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Order {
    /// As they stand in the corpus.
    #[default]
    Document,
    /// By what stands before them, the nearest character first.
    Left,
    /// By what stands behind them.
    Right,
}

/// How occurrences are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Layout {
    /// Aligned lines for a terminal.
    #[default]
    Text,
    /// A table.
    Csv,
    /// One object a line.
    Jsonl,
}

/// Puts occurrences in order; those that are equal in it stay in the order of the corpus.
pub fn sort(occurrences: &mut [Occurrence], order: Order) {
    match order {
        Order::Document => {}
        Order::Left => occurrences.sort_by(|a, b| a.left.chars().rev().cmp(b.left.chars().rev())),
        Order::Right => occurrences.sort_by(|a, b| a.right.cmp(&b.right)),
    }
}

/// Writes occurrences; lines of text have at most `columns` columns, a Chinese character taking two.
///
/// # Errors
/// The writer refuses.
pub fn write(mut to: impl Write, occurrences: &[Occurrence], layout: Layout, columns: usize) -> io::Result<()> {
    match layout {
        Layout::Text => write_aligned(to, occurrences, columns),
        Layout::Csv => {
            let mut rows = csv::Writer::from_writer(to);
            for occurrence in occurrences {
                rows.serialize(occurrence).map_err(io::Error::other)?;
            }
            rows.flush()
        }
        Layout::Jsonl => occurrences.iter().try_for_each(|occurrence| {
            serde_json::to_writer(&mut to, occurrence)?;
            to.write_all(b"\n")
        }),
    }
}

fn write_aligned(mut to: impl Write, occurrences: &[Occurrence], columns: usize) -> io::Result<()> {
    /// Columns that the place takes at most.
    const PLACE: usize = 40;
    /// Columns of context on either side at least.
    const NARROWEST: usize = 8;
    let place = |occurrence: &Occurrence| {
        let page = occurrence.page.map_or_else(String::new, |page| format!(" p{page}"));
        format!("{}{page}:{} {}", occurrence.document, occurrence.sentence, occurrence.period)
    };
    let places: Vec<String> = occurrences.iter().map(|o| last_columns(&visible(&place(o)), PLACE)).collect();
    let widest = |all: &mut dyn Iterator<Item = usize>| all.max().unwrap_or(0);
    let of_places = widest(&mut places.iter().map(|place| place.width()));
    let keys: Vec<String> = occurrences.iter().map(|o| visible(&o.key)).collect();
    let of_keys = widest(&mut keys.iter().map(|key| key.width())).min(columns / 3);
    let context = (columns.saturating_sub(of_places + of_keys + 4) / 2).max(NARROWEST);
    for ((occurrence, place), key) in occurrences.iter().zip(&places).zip(&keys) {
        let left = last_columns(&visible(&occurrence.left), context);
        let right = first_columns(&visible(&occurrence.right), context);
        let pad = |filled: usize, wanted: usize| " ".repeat(wanted.saturating_sub(filled));
        let (before, behind) = (pad(left.width(), context), pad(place.width(), of_places));
        writeln!(to, "{place}{behind}  {before}{left} {key} {right}")?;
    }
    Ok(())
}

/// Control characters and marks that turn the direction of writing stand as U+FFFD: a terminal would obey them.
fn visible(text: &str) -> String {
    let harmful = |c: char| {
        c.is_control() || matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if harmful(c) { '\u{fffd}' } else { c }).collect()
}

fn first_columns(text: &str, columns: usize) -> String {
    let mut taken = 0;
    let fits = |c: &char| {
        taken += c.width().unwrap_or(0);
        taken <= columns
    };
    text.chars().take_while(fits).collect()
}

fn last_columns(text: &str, columns: usize) -> String {
    let reversed: String = text.chars().rev().collect();
    first_columns(&reversed, columns).chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn occurrence(left: &str, key: &str, right: &str) -> Occurrence {
        let (document, period) = ("a.txt".to_owned(), "2024".to_owned());
        let [left, key, right] = [left, key, right].map(str::to_owned);
        Occurrence { document, page: None, sentence: 1, start: 0, end: 1, period, left, key, right }
    }

    fn text(occurrences: &[Occurrence], columns: usize) -> Vec<String> {
        let mut out = Vec::new();
        write(&mut out, occurrences, Layout::Text, columns).unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn keys_stand_below_each_other() {
        let all = [
            occurrence("我们发展", "机器人", "产业,很快"),
            occurrence("the ", "机器人", "x"),
            occurrence("", "AGV", "车"),
        ];
        let lines = text(&all, 48);
        let column = |line: &str, key: &str| line[..line.find(key).unwrap()].width();
        let columns: Vec<usize> = lines.iter().zip(&all).map(|(line, o)| column(line, &o.key)).collect();
        assert!(columns.iter().all(|at| *at == columns[0]), "{lines:#?}");
        assert!(lines.iter().all(|line| line.width() <= 48), "{lines:#?}");
    }

    #[test]
    fn long_context_is_cut_at_the_far_side() {
        let lines = text(&[occurrence(&"远".repeat(50), "词", &"后".repeat(50))], 40);
        assert!(lines[0].contains("远 词 后"), "{lines:?}");
        assert!(lines[0].width() <= 40 && lines[0].width() >= 30, "{lines:?}");
    }

    #[test]
    fn terminals_obey_nothing() {
        let lines = text(&[occurrence("\u{1b}[31m", "词", "\u{202e}x\r")], 80);
        assert!(!lines[0].contains(['\u{1b}', '\u{202e}', '\r']), "{lines:?}");
    }

    #[test]
    fn orders() {
        let all = [occurrence("乙甲", "词", "3"), occurrence("甲乙", "词", "1"), occurrence("丙甲", "词", "2")];
        let by = |order| {
            let mut sorted = all.to_vec();
            sort(&mut sorted, order);
            sorted.iter().map(|o| o.right.clone()).collect::<String>()
        };
        // 丙 (U+4E19) sorts before 乙 (U+4E59) and 甲 (U+7532)
        assert_eq!(
            (by(Order::Document), by(Order::Left), by(Order::Right)),
            ("312".into(), "123".into(), "123".into())
        );
    }
}
