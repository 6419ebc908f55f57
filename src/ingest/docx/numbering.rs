//! Numbers that Word writes before paragraphs: they stand in no paragraph, but are counted by lists.
//!
//! ECMA-376 part 1, 17.9: a paragraph names a number (`w:num`) and a level; the number names a list (`w:abstractNum`),
//! which counts for all its numbers together, unless one of them starts anew.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::labels::Numerals;
use super::super::xml::{Xml, attribute, walk};
use super::on;
use super::styles::{Place, Styles};

/// Levels of a list.
const LEVELS: usize = 9;
/// Characters of a label's pattern; a longer one would be repeated before every paragraph.
const PATTERN: usize = 60;
/// Lists, and numbers of lists; Word itself takes no more.
const MOST: usize = 1 << 16;

#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    numerals: Numerals,
    /// `%1` stands for the number of the first level.
    pattern: String,
    /// A bullet says nothing, and is often a character of a font of symbols.
    bullet: bool,
    /// Nothing stands between the label and the text.
    close: bool,
    /// The level, from 1, whose numbers start this one anew; 0: none does.
    restart: Option<usize>,
    /// All its numbers are decimal.
    decimal: bool,
    /// The style whose paragraphs have this level.
    style: Option<String>,
}

/// Levels by their places; most lists of most files are never used, and hold one or none.
#[derive(Debug, Default)]
struct Levels(Vec<Option<Level>>);

impl Levels {
    fn get(&self, at: usize) -> Option<&Level> {
        self.0.get(at)?.as_ref()
    }

    fn set(&mut self, at: usize, level: Level) {
        if self.0.len() <= at {
            self.0.resize(at + 1, None);
        }
        self.0[at] = Some(level);
    }
}

#[derive(Debug, Default)]
struct List {
    levels: Levels,
    /// The style that names the number to take in place of this list.
    other: Option<String>,
    counts: [Option<u32>; LEVELS],
}

#[derive(Debug, Default)]
struct Number {
    list: String,
    levels: Levels,
    starts: Vec<(usize, u32)>,
}

/// Lists, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: FxHashMap<String, List>,
    numbers: FxHashMap<String, Number>,
    /// Numbers and levels that started anew already.
    started: FxHashSet<(String, usize)>,
}

impl Numbering {
    /// Reads `numbering.xml`; what is damaged in it says nothing.
    pub(super) fn read(xml: &[u8], depth: usize, styles: &Styles) -> Self {
        let mut parse = Parse::default();
        let _ = walk(xml, depth, |event| match event {
            Xml::Open(name, start) => parse.open(name, |attr| attribute(start, attr)),
            Xml::Close(name) => parse.close(name),
            Xml::Text(_) => {}
        });
        let mut numbering = parse.numbering;
        numbering.follow(styles);
        numbering
    }

    /// Lists that are those of a style take its list.
    fn follow(&mut self, styles: &Styles) {
        let list_of = |style: &str| {
            let number = styles.place(style, |_, _| None).list?;
            Some(self.numbers.get(&number)?.list.clone())
        };
        let others: FxHashMap<String, String> =
            self.lists.iter().filter_map(|(id, list)| Some((id.clone(), list_of(list.other.as_deref()?)?))).collect();
        for number in self.numbers.values_mut() {
            if let Some(other) = others.get(&number.list) {
                number.list.clone_from(other);
            }
        }
    }

    /// The level that the list of a number gives a style.
    pub(super) fn linked(&self, number: &str, style: &str) -> Option<usize> {
        let number = self.numbers.get(number)?;
        let list = self.lists.get(&number.list)?;
        let is_linked =
            |level: &Option<Level>| level.as_ref().is_some_and(|level| level.style.as_deref() == Some(style));
        list.levels.0.iter().position(is_linked)
    }

    /// Counts a paragraph, and gives its label with the blank behind it; empty where it has none.
    pub(super) fn count(&mut self, place: &Place) -> String {
        let mut label = String::new();
        let Some(id) = place.list.as_deref() else { return label };
        let at = place.level.unwrap_or(0);
        let Some(number) = self.numbers.get(id).filter(|_| at < LEVELS) else { return label };
        let Some(list) = self.lists.get_mut(&number.list) else { return label };
        let List { levels, counts, .. } = list;
        let level = |at: usize| number.levels.get(at).or(levels.get(at));
        let given = |at: usize| number.starts.iter().find(|start| start.0 == at).map(|start| start.1);
        let anew = given(at).filter(|_| self.started.insert((id.to_owned(), at)));
        let start = |at: usize| given(at).or(level(at).map(|level| level.start)).unwrap_or(0);
        counts[at] = Some(match (anew, counts[at]) {
            (Some(start), _) => start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => start(at),
        });
        for (deeper, count) in counts.iter_mut().enumerate().skip(at + 1) {
            let restart = level(deeper).and_then(|level| level.restart);
            if restart.is_none_or(|restart| at < restart) {
                *count = None;
            }
        }
        let Some(own) = level(at).filter(|level| !level.bullet) else { return label };
        let mut pattern = own.pattern.chars().peekable();
        while let Some(c) = pattern.next() {
            let named = pattern.peek().and_then(|c| c.to_digit(10)).filter(|n| c == '%' && (1..=9).contains(n));
            let Some(named) = named.map(|n| n as usize - 1) else {
                label.push(c);
                continue;
            };
            pattern.next();
            let numerals = match level(named) {
                Some(level) if own.decimal && level.numerals != Numerals::TwoDigits => Numerals::Decimal,
                Some(level) => level.numerals,
                None => continue,
            };
            numerals.write(counts[named].unwrap_or_else(|| start(named)), &mut label);
        }
        if !own.close && !label.is_empty() {
            label.push(' ');
        }
        label
    }
}

/// The file while its elements go by.
#[derive(Default)]
struct Parse {
    numbering: Numbering,
    list: Option<(String, List)>,
    number: Option<(String, Number)>,
    level: Option<(usize, Level)>,
    /// Level that an open `lvlOverride` is for.
    over: usize,
}

impl Parse {
    fn open(&mut self, name: &str, attr: impl Fn(&str) -> Option<String>) {
        let value = || attr("val");
        let count = || value().and_then(|value| value.parse::<u32>().ok());
        let at = || attr("ilvl").and_then(|level| level.parse::<usize>().ok());
        match (name, &mut self.level) {
            ("abstractNum", _) => self.list = attr("abstractNumId").map(|id| (id, List::default())),
            ("num", _) => self.number = attr("numId").map(|id| (id, Number::default())),
            ("lvlOverride", _) => self.over = at().unwrap_or(LEVELS),
            ("lvl", _) => self.level = at().filter(|at| *at < LEVELS).map(|at| (at, Level::default())),
            ("start", Some((_, level))) => level.start = count().unwrap_or(0),
            ("numFmt", Some((_, level))) => {
                let name = value().unwrap_or_default();
                level.bullet = name == "bullet";
                level.numerals = Numerals::of_word(&name);
            }
            ("lvlText", Some((_, level))) => {
                level.pattern = value().unwrap_or_default().chars().take(PATTERN).filter(|c| !c.is_control()).collect();
            }
            ("suff", Some((_, level))) => level.close = value().as_deref() == Some("nothing"),
            ("lvlRestart", Some((_, level))) => level.restart = count().map(|count| count as usize),
            ("isLgl", Some((_, level))) => level.decimal = on(value()),
            ("pStyle", Some((_, level))) => level.style = value(),
            ("startOverride", None) => {
                if let (Some((_, number)), Some(start)) = (&mut self.number, count())
                    && self.over < LEVELS
                    && number.starts.len() < LEVELS
                {
                    number.starts.push((self.over, start));
                }
            }
            ("abstractNumId", None) => {
                if let Some((_, number)) = &mut self.number {
                    number.list = value().unwrap_or_default();
                }
            }
            ("numStyleLink", None) => {
                if let Some((_, list)) = &mut self.list {
                    list.other = value();
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "lvl" => {
                let Some((at, level)) = self.level.take() else { return };
                let levels = match (&mut self.number, &mut self.list) {
                    (Some((_, number)), _) => &mut number.levels,
                    (None, Some((_, list))) => &mut list.levels,
                    (None, None) => return,
                };
                levels.set(at, level);
            }
            "abstractNum" if self.numbering.lists.len() < MOST => self.numbering.lists.extend(self.list.take()),
            "num" if self.numbering.numbers.len() < MOST => self.numbering.numbers.extend(self.number.take()),
            _ => {}
        }
    }
}
