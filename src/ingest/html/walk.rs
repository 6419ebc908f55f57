//! The tree of a page as blocks.

use dom_query::NodeRef;

use crate::ingest::compose::Composer;

/// Columns that one cell may cover.
const SPAN: usize = 50;
/// Characters of a cell above which a table lays out a page and holds no data.
const LAYOUT_CELL: usize = 400;

/// Elements whose content is no text.
const HIDDEN: &[&str] = &[
    "script", "style", "noscript", "template", "head", "title", "select", "option", "button", "input", "textarea",
    "svg", "iframe", "object", "canvas", "video", "audio", "map",
];

/// Elements that stand within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
];

/// Which elements are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// None.
    Whole,
    /// Those that say that they hold no main text (`nav`, `footer`, `aside`).
    Body,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Part {
    Heading(u8, String),
    Paragraph(String),
    Row(Vec<String>),
}

impl Part {
    pub(super) fn write(&self, composer: &mut Composer) {
        match self {
            Part::Heading(level, text) => composer.heading(*level, text),
            Part::Paragraph(text) => composer.paragraph(text),
            Part::Row(cells) => composer.row(cells),
        }
    }

    /// Its text; nothing for a row.
    pub(super) fn text(&self) -> &str {
        match self {
            Part::Heading(_, text) | Part::Paragraph(text) => text,
            Part::Row(_) => "",
        }
    }
}

/// Characters that are no blanks.
pub(super) fn characters(parts: &[Part]) -> usize {
    let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let of = |part: &Part| match part {
        Part::Heading(_, text) | Part::Paragraph(text) => count(text),
        Part::Row(cells) => cells.iter().map(|cell| count(cell)).sum(),
    };
    parts.iter().map(of).sum()
}

/// Rows of tables.
pub(super) fn rows(parts: &[Part]) -> usize {
    parts.iter().filter(|part| matches!(part, Part::Row(_))).count()
}

/// The blocks below a node, whose depth has been checked.
pub(super) fn parts(root: &NodeRef<'_>, scope: Scope) -> Vec<Part> {
    let mut walk = Walk { scope, parts: Vec::new(), line: String::new(), lists: Vec::new() };
    walk.children(root);
    walk.flush();
    walk.parts
}

struct Walk {
    scope: Scope,
    parts: Vec<Part>,
    /// Text of the open block.
    line: String,
    /// Next numbers of open lists; none for lists without numbers.
    lists: Vec<Option<u32>>,
}

impl Walk {
    fn children(&mut self, node: &NodeRef<'_>) {
        let mut child = node.first_child();
        while let Some(node) = child {
            if node.is_text() {
                self.text(&node.text());
            } else if node.is_element() {
                self.element(&node);
            }
            child = node.next_sibling();
        }
    }

    fn element(&mut self, node: &NodeRef<'_>) {
        let name = node.node_name().unwrap_or_default();
        let name: &str = &name;
        match name {
            _ if HIDDEN.contains(&name) => {}
            "nav" | "footer" | "aside" if self.scope == Scope::Body => {}
            "br" => self.line.push('\n'),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.children(node);
                self.heading(name.as_bytes()[1] - b'0');
            }
            "table" => self.table(node),
            "ol" | "ul" => {
                let first = node.attr("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.lists.push((name == "ol").then_some(first));
                self.block(node);
                self.lists.pop();
            }
            "li" => {
                self.flush();
                if let Some(Some(number)) = self.lists.last_mut() {
                    self.line = format!("{number}. ");
                    *number = number.saturating_add(1);
                }
                self.block(node);
            }
            "pre" => {
                self.flush();
                self.line = node.text().to_string();
                self.flush();
            }
            _ if INLINE.contains(&name) => self.children(node),
            _ => self.block(node),
        }
    }

    fn block(&mut self, node: &NodeRef<'_>) {
        if self.line.trim_end().ends_with('.') && self.lists.last().is_some_and(Option::is_some) {
            // the number of an item belongs to its first line, whatever element that stands in
            return self.numbered(node);
        }
        self.flush();
        self.children(node);
        self.flush();
    }

    fn numbered(&mut self, node: &NodeRef<'_>) {
        let number = std::mem::take(&mut self.line);
        let at = self.parts.len();
        self.children(node);
        self.flush();
        if let Some(Part::Paragraph(text)) = self.parts.get_mut(at) {
            text.insert_str(0, &number);
        }
    }

    /// Blanks of the source are one blank; a line break of the source between two Chinese characters is none at all.
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_ascii_whitespace() || c == '\u{a0}' {
                if !self.line.ends_with([' ', '\n']) && !self.line.is_empty() {
                    self.line.push(' ');
                }
            } else if !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}') {
                self.line.push(c);
            }
        }
    }

    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        for text in line.split('\n').map(str::trim).filter(|text| !text.is_empty()) {
            self.parts.push(Part::Paragraph(text.to_owned()));
        }
    }

    fn heading(&mut self, level: u8) {
        let line = std::mem::take(&mut self.line);
        let text = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.parts.push(Part::Heading(level, text));
        }
    }

    fn table(&mut self, node: &NodeRef<'_>) {
        self.flush();
        match data(node) {
            Some(rows) => self.parts.extend(rows.into_iter().map(Part::Row)),
            None => {
                self.children(node);
                self.flush();
            }
        }
    }
}

/// The rows of a table that holds data: none within another, no cell that is a page of text.
fn data(table: &NodeRef<'_>) -> Option<Vec<Vec<String>>> {
    let mut rows: Vec<NodeRef<'_>> = Vec::new();
    let mut captions = Vec::new();
    let mut groups = vec![table.first_child()];
    while let Some(next) = groups.pop() {
        let Some(node) = next else { continue };
        groups.push(node.next_sibling());
        match &*node.node_name().unwrap_or_default() {
            "tr" => rows.push(node),
            "thead" | "tbody" | "tfoot" => groups.push(node.first_child()),
            "caption" => captions.push(vec![text_of(&node)]),
            _ => {}
        }
    }
    let mut covered: Vec<usize> = Vec::new();
    let mut wide = false;
    let mut data = captions;
    for row in rows {
        let mut cells: Vec<String> = Vec::new();
        for cell in row.element_children() {
            let name = cell.node_name().unwrap_or_default();
            if !matches!(&*name, "td" | "th") {
                continue;
            }
            if cell.descendants_it().any(|inner| inner.has_name("table")) {
                return None;
            }
            skip_covered(&mut cells, &mut covered);
            let text = text_of(&cell);
            if text.chars().count() > LAYOUT_CELL {
                return None;
            }
            let span = |name| cell.attr(name).and_then(|n| n.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, SPAN);
            let (columns, below) = (span("colspan"), span("rowspan"));
            for at in 0..columns {
                if covered.len() <= cells.len() {
                    covered.resize(cells.len() + 1, 0);
                }
                covered[cells.len()] = below - 1;
                cells.push(if at == 0 { text.clone() } else { String::new() });
            }
        }
        skip_covered(&mut cells, &mut covered);
        wide |= cells.len() > 1;
        data.push(cells);
    }
    wide.then_some(data)
}

/// Empty cells where one from above reaches down.
fn skip_covered(cells: &mut Vec<String>, covered: &mut [usize]) {
    while let Some(rows) = covered.get_mut(cells.len()).filter(|rows| **rows > 0) {
        *rows -= 1;
        cells.push(String::new());
    }
}

/// The text of a cell in one line.
fn text_of(node: &NodeRef<'_>) -> String {
    let texts = parts(node, Scope::Whole);
    texts.iter().map(Part::text).collect::<Vec<_>>().join(" ")
}
