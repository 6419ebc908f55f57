//! Lines that are no text of the report: page numbers, running heads, file names of pictures, rows of links.

use rustc_hash::FxHashMap;

use super::draft::{Draft, Line, Piece};

/// A page number farther than this many lines from a repeated line does not make it a running head.
const NEAR: usize = 2;

/// Drops furniture; the line behind it knows that a page broke there.
pub(super) fn remove(draft: &mut Draft) {
    // 3/5 by itself is a fraction: a page number has a page around it.
    let paged = draft.lines.len() > 1;
    let number: Vec<bool> = draft.lines.iter().map(|line| paged && is_page_number(draft.line(line))).collect();
    let heads = running_heads(draft, &number);
    let mut broken = false;
    let mut gap = 0;
    let lines = std::mem::take(&mut draft.lines);
    let mut kept = Vec::with_capacity(lines.len());
    for (at, mut line) in lines.into_iter().enumerate() {
        if number[at] || heads[at] {
            (broken, gap) = (true, gap + line.gap);
            draft.repairs += 1;
        } else if is_picture(draft.line(&line)) || is_navigation(draft.line(&line)) {
            gap += line.gap + 1;
            draft.repairs += 1;
        } else {
            (line.page_break, line.gap) = (broken, line.gap + gap);
            (broken, gap) = (false, 0);
            kept.push(line);
        }
    }
    draft.lines = kept;
}

/// — 3 —, - 3 -, 第3页, 3 / 10.
fn is_page_number(line: &[Piece]) -> bool {
    if line.len() > 24 {
        return false;
    }
    let text: String = line.iter().map(|p| p.c).filter(|c| !c.is_whitespace()).take(20).collect();
    let digits = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    let dashes: &[char] = &['—', '-', '–', '―', '·'];
    let inner = text.trim_matches(dashes);
    if inner.len() < text.len() {
        return digits(inner);
    }
    if let Some(page) = text.strip_prefix('第') {
        let page = page.split_once("页").map(|(page, rest)| (page, rest.trim_start_matches(',')));
        return page.is_some_and(|(page, rest)| {
            let total = rest.strip_prefix('共').and_then(|rest| rest.strip_suffix('页'));
            digits(page) && (rest.is_empty() || total.is_some_and(digits))
        });
    }
    text.split_once('/').is_some_and(|(page, total)| digits(page) && digits(total))
}

/// Short lines that stand again and again next to page numbers.
fn running_heads(draft: &Draft, number: &[bool]) -> Vec<bool> {
    let mut heads = vec![false; draft.lines.len()];
    if !number.contains(&true) {
        return heads;
    }
    let key = |line: &Line| -> String { draft.line(line).iter().map(|p| p.c).filter(|c| !c.is_whitespace()).collect() };
    let mut places: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, line) in draft.lines.iter().enumerate() {
        if line.range.len() <= 60 {
            places.entry(key(line)).or_default().push(at);
        }
    }
    let beside_number = |at: usize| {
        let (from, to) = (at.saturating_sub(NEAR), (at + NEAR + 1).min(number.len()));
        number[from..to].contains(&true)
    };
    for places in places.values().filter(|places| places.len() > 1) {
        if places.iter().filter(|at| beside_number(**at)).count() * 2 >= places.len() {
            for &at in places.iter().filter(|at| beside_number(**at)) {
                heads[at] = true;
            }
        }
    }
    // a head that stands on one page alone is one where it follows a page number and repeats the document's first line
    let first = draft.lines.first().map(&key).unwrap_or_default();
    for at in 1..draft.lines.len() {
        let again = !first.is_empty() && draft.lines[at].range.len() <= 60 && key(&draft.lines[at]) == first;
        heads[at] |= number[at - 1] && (again || is_issue_line(draft.line(&draft.lines[at])));
    }
    heads
}

/// 某某简报 2022年第3期: the number of an issue in a short line without a full stop.
fn is_issue_line(line: &[Piece]) -> bool {
    let text: String = line.iter().map(|p| p.c).collect();
    line.len() <= 48 && text.ends_with('期') && text.contains('第') && !text.contains(['。', ','])
}

/// A file name of a picture and nothing else.
fn is_picture(line: &[Piece]) -> bool {
    // the last letter of the endings below
    if line.len() > 60 || !line.last().is_some_and(|p| matches!(p.c.to_ascii_lowercase(), 'f' | 'g' | 'p')) {
        return false;
    }
    let text: String = line.iter().map(|p| p.c.to_ascii_lowercase()).collect();
    [".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp"].iter().any(|ending| text.ends_with(ending))
        && !text.contains(['。', ',', ';'])
}

/// 首页 | 关于我们 | …: at least three bars between short labels.
fn is_navigation(line: &[Piece]) -> bool {
    let bars = line.iter().filter(|p| p.c == '|').count();
    bars >= 3 && line.len() <= 120 && !line.iter().any(|p| p.c == '。' || p.c == '\t') && line[0].c != '|'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<Piece> {
        text.chars().map(|c| Piece { c, start: 0, end: 1 }).collect()
    }

    #[test]
    fn page_numbers() {
        for text in ["— 1 —", "- 12 -", "第3页", "第 3 页 共 10 页", "3/10", "·2·"] {
            assert!(is_page_number(&pieces(text)), "{text}");
        }
        for text in ["12", "2024", "— 新年致辞", "第3期", "1.战略咨询", "2021/2022年度"] {
            assert!(!is_page_number(&pieces(text)), "{text}");
        }
    }

    #[test]
    fn pictures_and_links() {
        assert!(is_picture(&pieces("1_副本.jpg")));
        assert!(!is_picture(&pieces("会议使用了图片1.jpg。")));
        assert!(is_navigation(&pieces("首页 | 概况 | 学术交流 | 科普园地")));
        assert!(!is_navigation(&pieces("甲 | 乙")));
    }
}
