//! Numbers of lists and headings, and styles that hide text.
//!
//! OpenDocument 1.3 part 3, 5.3 and 16.30: the first paragraph of an item is counted at the level of its list. A list
//! begins anew unless it says that it goes on; an item without a paragraph of its own counts nothing.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::labels::Numerals;

/// Levels of a list.
const LEVELS: usize = 10;
/// Characters before or behind a number; longer ones would be repeated before every paragraph.
const AROUND: usize = 20;
/// Styles of a file.
const MOST: usize = 1 << 16;
/// What the style of numbered headings is called here: no list has an empty name.
const OUTLINE: &str = "";

#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    numerals: Numerals,
    prefix: String,
    suffix: String,
    /// Levels whose numbers are shown, the own one among them.
    shown: usize,
    /// Nothing stands between the label and the text.
    close: bool,
}

#[derive(Debug, Default)]
struct Style {
    levels: Vec<Level>,
    counts: [Option<u32>; LEVELS],
}

/// A list that is open.
#[derive(Debug)]
struct Open {
    style: String,
    /// The open item has had no paragraph, and this number of its own.
    fresh: Option<Option<u32>>,
}

/// Lists by their styles, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    styles: FxHashMap<String, Style>,
    hidden: FxHashSet<String>,
    open: Vec<Open>,
    /// The styles while their elements go by: name of a style of lists, name of one of text.
    list: Option<String>,
    text: Option<String>,
}

impl Lists {
    /// Takes an element outside the text.
    pub(super) fn style(&mut self, name: &str, attr: impl Fn(&str) -> Option<String>) {
        match name {
            "list-style" => self.list = attr("name"),
            "outline-style" => self.list = Some(OUTLINE.to_owned()),
            "list-level-style-number"
            | "list-level-style-bullet"
            | "list-level-style-image"
            | "outline-level-style" => {
                self.level(name, attr);
            }
            "list-level-label-alignment" => {
                let close = attr("label-followed-by").as_deref() == Some("nothing");
                let style = self.list.as_ref().and_then(|list| self.styles.get_mut(list));
                if let Some(level) = style.and_then(|style| style.levels.last_mut()) {
                    level.close = close;
                }
            }
            "style" => self.text = attr("name").filter(|_| attr("family").as_deref() == Some("text")),
            "text-properties" if attr("display").as_deref() == Some("none") && self.hidden.len() < MOST => {
                self.hidden.extend(self.text.take());
            }
            _ => {}
        }
    }

    fn level(&mut self, name: &str, attr: impl Fn(&str) -> Option<String>) {
        let Some(list) = self.list.as_ref().filter(|_| self.styles.len() < MOST) else { return };
        let number = |name: &str, other: u32| attr(name).and_then(|value| value.parse().ok()).unwrap_or(other);
        let around = |name: &str| attr(name).unwrap_or_default().chars().take(AROUND).collect();
        let numbered = matches!(name, "list-level-style-number" | "outline-level-style");
        let sample = attr("num-format").filter(|_| numbered).unwrap_or_default();
        let style = self.styles.entry(list.clone()).or_default();
        // levels stand in order; one that is left out is not numbered
        let at = (number("level", 1) as usize).clamp(1, LEVELS);
        style.levels.resize(at - 1, Level::default());
        style.levels.push(Level {
            start: number("start-value", 1),
            numerals: Numerals::of_sample(&sample),
            prefix: around("num-prefix"),
            suffix: around("num-suffix"),
            shown: number("display-levels", 1) as usize,
            close: false,
        });
    }

    /// Text of this style is hidden.
    pub(super) fn is_hidden(&self, style: &str) -> bool {
        self.hidden.contains(style)
    }

    /// A list begins, in an item of another or by itself.
    pub(super) fn begin(&mut self, style: Option<String>, goes_on: bool) {
        let around = self.open.last().map(|open| open.style.clone());
        let anew = around.is_none() && !goes_on;
        let style = style.or(around).unwrap_or_else(|| OUTLINE.to_owned());
        if anew && let Some(style) = self.styles.get_mut(&style) {
            style.counts = Default::default();
        }
        if self.open.len() < LEVELS {
            self.open.push(Open { style, fresh: None });
        }
    }

    pub(super) fn end(&mut self) {
        self.open.pop();
    }

    /// An item begins, with a number of its own or not.
    pub(super) fn item(&mut self, number: Option<u32>) {
        if let Some(open) = self.open.last_mut() {
            open.fresh = Some(number);
        }
    }

    /// The label of a paragraph that begins, with the blank behind it; `heading` is its level from 1.
    pub(super) fn label(&mut self, heading: Option<usize>) -> String {
        let depth = self.open.len();
        if let Some(open) = self.open.last_mut() {
            let Some(number) = open.fresh.take() else { return String::new() };
            let style = self.styles.get_mut(&open.style);
            return style.map(|style| style.count(depth - 1, number)).unwrap_or_default();
        }
        let (Some(level @ 1..=LEVELS), Some(style)) = (heading, self.styles.get_mut(OUTLINE)) else {
            return String::new();
        };
        style.count(level - 1, None)
    }
}

impl Style {
    fn count(&mut self, at: usize, number: Option<u32>) -> String {
        let mut label = String::new();
        let Style { levels, counts } = self;
        let Some(own) = levels.get(at) else { return label };
        counts[at] = Some(number.or(counts[at].map(|count| count.saturating_add(1))).unwrap_or(own.start));
        counts[at + 1..].fill(None);
        if own.numerals == Numerals::None {
            return label;
        }
        label.push_str(&own.prefix);
        let first = (at + 1).saturating_sub(own.shown.max(1));
        let shown = levels.iter().zip(&counts[..]).take(at + 1).skip(first);
        for (order, (level, count)) in shown.filter(|(level, _)| level.numerals != Numerals::None).enumerate() {
            if order > 0 {
                label.push('.');
            }
            level.numerals.write(count.unwrap_or(level.start), &mut label);
        }
        label.push_str(&own.suffix);
        if !own.close {
            label.push(' ');
        }
        label
    }
}
