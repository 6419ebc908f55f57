//! The pages of a PDF and what of them is text of the report.

use rustc_hash::FxHashMap;
use unpdf::model::{Block as Found, Table};
use unpdf::parser::LayoutAnalyzer;
use unpdf::parser::backend::RawBackend;
use unpdf::{Error, ParseOptions, PdfParser};

use crate::ingest::Reason;
use crate::ingest::compose::Composer;
use crate::ingest::unpack::Fault;

/// Points from the origin of a page at most; the largest page that readers show has 14,400.
const FARTHEST: f32 = 100_000.0;

/// Blocks at the head and at the foot of a page among which furniture is looked for.
const EDGE: usize = 2;
/// Characters of a running head at most.
const HEAD: usize = 60;

/// Characters of a signature at most, its date left out.
const SIGNATURE: usize = 40;

/// A block of a page.
#[derive(Debug, PartialEq)]
pub(super) enum Block {
    Heading(u8, String),
    Paragraph(String),
    Row(Vec<String>),
}

impl Block {
    pub(super) fn characters(&self) -> usize {
        let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        match self {
            Block::Heading(_, text) | Block::Paragraph(text) => count(text),
            Block::Row(cells) => cells.iter().map(|cell| count(cell)).sum(),
        }
    }

    fn text(&self) -> Option<&str> {
        match self {
            Block::Heading(_, text) | Block::Paragraph(text) => Some(text),
            Block::Row(_) => None,
        }
    }
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) blocks: Vec<Block>,
    /// A font whose characters can't be told.
    pub(super) unreadable: Option<String>,
}

/// Reads the pages.
///
/// # Errors
/// `encrypted`, `damaged`, `too_many_pages`.
pub(super) fn read(bytes: &[u8], limit: u32) -> Result<Vec<Page>, Fault> {
    let fault = |error: Error| match error {
        Error::Encrypted | Error::InvalidPassword => {
            (Reason::Encrypted, "a password locks it; save it without one".to_owned())
        }
        error => (Reason::Damaged, format!("{error}; fetch or print it again")),
    };
    let options = ParseOptions::new().lenient().sequential();
    let parser = PdfParser::from_bytes_with_options(bytes, options).map_err(fault)?;
    let count = parser.page_count();
    if count > limit {
        return Err((Reason::TooManyPages, format!("{count} pages, more than {limit}; split it or raise --max-pages")));
    }
    if let Some(page) = scattered(bytes, count).map_err(fault)? {
        let detail = format!("page {page} holds text far outside of it; print it again");
        return Err((Reason::Damaged, detail));
    }
    let document = parser.parse().map_err(fault)?;
    Ok(document.pages.into_iter().map(page).collect())
}

/// The first page with text so far outside that no reader shows it. Columns are looked for with a counter for every two
/// points between the first and the last character: one damaged number would take all the memory there is.
fn scattered(bytes: &[u8], pages: u32) -> Result<Option<u32>, Error> {
    let backend = RawBackend::load_bytes(bytes)?;
    let is_far = |at: f32| at.is_nan() || at.abs() > FARTHEST;
    let far = |page: &u32| {
        // what can't be read here can't be read there either
        let spans = LayoutAnalyzer::new(&backend).extract_page_spans(*page).unwrap_or_default();
        spans.iter().any(|span| [span.x, span.y, span.width, span.font_size].into_iter().any(is_far))
    };
    Ok((1..=pages).find(far))
}

fn page(page: unpdf::model::Page) -> Page {
    let unreadable = page.unreadable_fonts.first().map(|font| font.name.clone());
    let mut blocks = Vec::new();
    for block in page.elements {
        match block {
            Found::Paragraph(paragraph) => {
                let text = paragraph.plain_text();
                blocks.push(match paragraph.style.heading_level {
                    Some(level) => Block::Heading(level, text),
                    None => Block::Paragraph(text),
                });
            }
            Found::Table(table) => rows(&table, &mut blocks),
            Found::Code { content } | Found::Raw { content } => blocks.push(Block::Paragraph(content)),
            _ => {}
        }
    }
    blocks.retain(|block| block.characters() > 0);
    Page { blocks, unreadable }
}

fn rows(table: &Table, blocks: &mut Vec<Block>) {
    for row in &table.rows {
        let mut cells = Vec::with_capacity(row.cells.len());
        for cell in &row.cells {
            cells.push(cell.plain_text());
            cells.extend((1..cell.colspan).map(|_| String::new()));
        }
        blocks.push(Block::Row(cells));
    }
}

/// The text of all pages, and the title where something else stands above it.
pub(super) fn compose(pages: &[Page]) -> (Composer, Option<String>) {
    let furniture = Furniture::of(pages);
    let mut composer = Composer::default();
    let mut title = None;
    for (number, page) in pages.iter().enumerate() {
        composer.page();
        let kept = page.blocks.iter().enumerate().filter(|(at, _)| !furniture.holds(page, *at));
        let mut kept: Vec<&Block> = kept.map(|(_, block)| block).collect();
        if number == 0 {
            title = title_first(&mut kept);
        }
        for (nth, block) in kept.into_iter().enumerate() {
            match block {
                Block::Heading(level, text) => composer.heading(*level, text),
                Block::Paragraph(text) if nth == 0 && composer.last_paragraph().is_some_and(goes_on) => {
                    composer.more(text);
                }
                Block::Paragraph(text) => match signature(text) {
                    Some((name, date)) => {
                        composer.paragraph(&text[..name]);
                        composer.paragraph(&text[name..date]);
                        composer.paragraph(&text[date..]);
                    }
                    None => composer.paragraph(text),
                },
                Block::Row(cells) => composer.row(cells),
            }
        }
    }
    (composer, title)
}

/// Puts the title in front of the lines above it: a running head, which one page alone can't show to be one, is no
/// title, and a letterhead is one behind the title too.
fn title_first(blocks: &mut [&Block]) -> Option<String> {
    let is_title = |block: &&Block| matches!(block, Block::Heading(1, _));
    let at = blocks.iter().take(EDGE + 1).position(is_title).filter(|at| *at > 0)?;
    let short = |block: &&Block| block.text().is_some_and(|text| text.chars().count() <= HEAD);
    if !blocks[..at].iter().all(short) {
        return None;
    }
    blocks[..=at].rotate_right(1);
    blocks[0].text().map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Where name and date of a signature begin that was run into the paragraph above it.
fn signature(text: &str) -> Option<(usize, usize)> {
    let name = text.rfind('。')? + '。'.len_utf8();
    let date = name + text[name..].rfind(' ')?;
    let is_date = |c: char| c.is_ascii_digit() || matches!(c, '年' | '月');
    let day = text[date..].trim().strip_suffix('日')?;
    let found = day.contains('年') && day.contains('月') && day.chars().all(is_date);
    let length = text[name..date].trim().chars().count();
    (found && (1..=SIGNATURE).contains(&length)).then_some((name, date))
}

/// A paragraph that ends within a sentence, and is too long for a line that stands alone.
fn goes_on(text: &str) -> bool {
    let ends = |c: char| "。！？；：…”）】.!?;:".contains(c);
    text.chars().count() > 20 && !text.trim_end().ends_with(ends)
}

/// Lines at the edges of pages that are no text of the report.
struct Furniture {
    /// Lines, digits left out, and on how many pages they stand.
    lines: FxHashMap<String, usize>,
    pages: usize,
}

impl Furniture {
    fn of(pages: &[Page]) -> Self {
        let mut lines: FxHashMap<String, usize> = FxHashMap::default();
        for page in pages {
            let mut own: Vec<String> = Vec::new();
            for text in edges(page.blocks.len()).filter_map(|at| page.blocks[at].text()) {
                own.extend(key(text));
            }
            own.sort_unstable();
            own.dedup();
            for line in own {
                *lines.entry(line).or_default() += 1;
            }
        }
        Furniture { lines, pages: pages.len() }
    }

    fn holds(&self, page: &Page, at: usize) -> bool {
        let Some(text) = page.blocks[at].text() else { return false };
        if !edges(page.blocks.len()).any(|edge| edge == at) {
            return false;
        }
        if is_page_number(text) {
            return true;
        }
        // half the pages: a book has other heads on its left pages
        let often = |count: &usize| *count >= 2 && *count * 5 >= self.pages * 2;
        key(text).is_some_and(|line| self.lines.get(&line).is_some_and(often))
    }
}

/// Indices at both ends.
fn edges(length: usize) -> impl Iterator<Item = usize> {
    (0..length).filter(move |at| *at < EDGE || *at + EDGE >= length)
}

/// A short line without its digits and blanks; none of what ends as a sentence does.
fn key(text: &str) -> Option<String> {
    if text.chars().count() > HEAD || text.trim_end().ends_with(['。', '；', '：']) {
        return None;
    }
    let key: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect();
    (!key.is_empty()).then_some(key)
}

/// 3, — 3 —, 第3页, 第3页共9页, 3/9.
fn is_page_number(text: &str) -> bool {
    let rest: String = text.chars().filter(|c| !c.is_whitespace() && !"—-–―·第页頁共/,，".contains(*c)).collect();
    !rest.is_empty()
        && rest.len() <= 8
        && rest.bytes().all(|b| b.is_ascii_digit())
        && text.chars().count() <= 24
        && (rest.len() <= 4 || text.contains(['页', '頁', '/']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(pages: &[&[&str]]) -> String {
        let page = |lines: &&[&str]| Page {
            blocks: lines.iter().map(|line| Block::Paragraph((*line).to_owned())).collect(),
            unreadable: None,
        };
        let pages: Vec<Page> = pages.iter().map(page).collect();
        let file = crate::ingest::RawFile::new("a.pdf", Vec::new());
        compose(&pages).0.finish(&file, crate::model::Format::Pdf, "PDF", crate::model::Given::default()).unwrap().text
    }

    #[test]
    fn what_repeats_at_the_edges_goes() {
        let found = text(&[
            &["某协会简报 第3期", "一、会员", "正文甲。", "— 1 —"],
            &["某协会简报 第3期", "正文乙。", "2024年", "— 2 —"],
            &["某协会简报 第3期", "正文丙。", "第 3 页 共 3 页"],
        ]);
        assert_eq!(found, "一、会员\n正文甲。\n正文乙。\n2024年\n正文丙。\n");
        assert_eq!(text(&[&["某协会简报", "正文。"]]), "某协会简报\n正文。\n");
    }

    #[test]
    fn signatures_stand_alone() {
        let found = text(&[&["计划发展会员90家。某市某行业协会 2024年1月12日"]]);
        assert_eq!(found, "计划发展会员90家。\n某市某行业协会\n2024年1月12日\n");
        for whole in ["甲。乙 2024年", "甲。2024年1月12日", "甲 2024年1月12日", "甲。乙 1月12日"] {
            assert_eq!(text(&[&[whole]]), format!("{whole}\n"));
        }
    }

    #[test]
    fn the_title_comes_first() {
        let page = Page {
            blocks: vec![Block::Paragraph("某简报".to_owned()), Block::Heading(1, "总结".to_owned())],
            unreadable: None,
        };
        let file = crate::ingest::RawFile::new("a.pdf", Vec::new());
        let (composer, title) = compose(&[page]);
        let document = composer.finish(&file, crate::model::Format::Pdf, "PDF", crate::model::Given::default());
        assert_eq!((document.unwrap().text.as_str(), title.as_deref()), ("总结\n某简报\n", Some("总结")));
    }

    #[test]
    fn a_paragraph_goes_on_over_a_page() {
        let first = "本会全年新增会员八十六家，培训技术人员一千二百人次，发布团体标";
        assert_eq!(text(&[&["甲。", first], &["准九项。", "乙。"]]), format!("甲。\n{first}准九项。\n乙。\n"));
        assert_eq!(text(&[&["一、会员"], &["正文。"]]), "一、会员\n正文。\n");
    }
}
