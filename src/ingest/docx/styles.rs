//! Styles of paragraphs and runs: which are headings, which are numbered, which are hidden.

use rustc_hash::FxHashMap;

use super::super::xml::{Xml, attribute, walk};
use super::on;

/// Styles that one may be based on in turn; a circle ends here.
const CHAIN: usize = 16;
/// Styles of a file; Word itself takes far fewer.
const MOST: usize = 1 << 16;

/// What a paragraph is numbered by: the id of a list, and the level in it from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// `0` where the number is taken away.
    pub list: Option<String>,
    pub level: Option<usize>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    based: Option<String>,
    /// Level of a heading by its name, from 1.
    named: Option<u8>,
    /// Level in the outline, from 1.
    outline: Option<u8>,
    place: Place,
    hidden: Option<bool>,
}

/// Styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles(FxHashMap<String, Style>);

impl Styles {
    /// Reads `styles.xml`; what is damaged in it says nothing.
    pub(super) fn read(xml: &[u8], depth: usize) -> Self {
        let mut styles = Styles::default();
        let mut open: Option<(String, Style)> = None;
        let _ = walk(xml, depth, |event| match event {
            Xml::Open("style", start) => {
                open = attribute(start, "styleId").map(|id| (id, Style::default()));
            }
            Xml::Close("style") if styles.0.len() < MOST => styles.0.extend(open.take()),
            Xml::Open(name, start) => {
                if let Some((_, style)) = &mut open {
                    style.take(name, || attribute(start, "val"));
                }
            }
            _ => {}
        });
        styles
    }

    /// Level of the heading that paragraphs of this style are.
    pub(super) fn heading(&self, id: &str) -> Option<u8> {
        // the name of a style says more than the outline of the one it is based on
        self.first(id, |style| style.named.or(style.outline))
    }

    /// The list that paragraphs of this style are numbered in; `linked` tells the level that a list gives a style.
    pub(super) fn place(&self, id: &str, linked: impl Fn(&str, &str) -> Option<usize>) -> Place {
        let list = self.first(id, |style| style.place.list.clone());
        let own = self.0.get(id).and_then(|style| style.place.level);
        let link = list.as_deref().and_then(|list| linked(list, id));
        Place { level: own.or(link).or_else(|| self.first(id, |style| style.place.level)), list }
    }

    /// Text of this style is hidden.
    pub(super) fn is_hidden(&self, id: &str) -> bool {
        self.first(id, |style| style.hidden).unwrap_or(false)
    }

    /// What the style says, or the nearest one that it is based on.
    fn first<T>(&self, id: &str, say: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut next = self.0.get(id);
        for _ in 0..CHAIN {
            let style = next?;
            if let Some(said) = say(style) {
                return Some(said);
            }
            next = self.0.get(style.based.as_deref()?);
        }
        None
    }
}

impl Style {
    fn take(&mut self, name: &str, value: impl Fn() -> Option<String>) {
        match name {
            "basedOn" => self.based = value(),
            "name" => {
                let name = value().unwrap_or_default().to_lowercase();
                let level = name.strip_prefix("heading ").or(name.strip_prefix("标题 ")).and_then(|n| n.parse().ok());
                // the title is the heading above all
                let level = if matches!(name.as_str(), "title" | "标题") { Some(1) } else { level };
                self.named = level.filter(|level| (1..=9).contains(level));
            }
            "outlineLvl" => self.outline = outline(value()),
            "numId" => self.place.list = value(),
            "ilvl" => self.place.level = value().and_then(|level| level.parse().ok()),
            "vanish" => self.hidden = Some(on(value())),
            _ => {}
        }
    }
}

/// The level from 1 that `w:outlineLvl` tells; 9 is body text.
pub(super) fn outline(value: Option<String>) -> Option<u8> {
    value?.parse::<u8>().ok().filter(|level| *level <= 8).map(|level| level + 1)
}
