//! The title line.

use crate::model::{Clean, CleanText, Span};

/// Paragraphs from the top among which the title is sought.
const SEARCHED: usize = 12;
/// Characters beyond which a paragraph is no title.
const LONGEST: usize = 70;
/// Characters from which a paragraph with full stops is the body.
const BODY: usize = 60;

/// The title's paragraphs: one, or a headline and the line below it that belongs to it.
pub(super) fn find(text: &CleanText, telling: &dyn Fn(&[char]) -> bool) -> Vec<Span<Clean>> {
    let paragraphs = top(text);
    let scores = paragraphs.iter().enumerate().map(|(at, span)| (score(text, *span, at, &paragraphs, telling), at));
    let Some((score, best)) = scores.max_by_key(|(score, at)| (*score, std::cmp::Reverse(*at))) else {
        return Vec::new();
    };
    if score < 2 {
        return Vec::new();
    }
    let mut title = vec![paragraphs[best]];
    if let Some(&next) = paragraphs.get(best + 1)
        && begins(text, next, "——")
    {
        title.push(next);
    } else if let Some(before) = best.checked_sub(1).map(|at| paragraphs[at])
        && begins(text, paragraphs[best], "——")
    {
        title.insert(0, before);
    } else if let Some(&next) = paragraphs.get(best + 1)
        && is_second_line(text, next)
        && text.slice(next) != text.slice(paragraphs[best])
    {
        title.push(next);
    }
    title
}

/// Paragraphs before the body.
fn top(text: &CleanText) -> Vec<Span<Clean>> {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for (at, _) in text.chars().iter().enumerate().filter(|(_, c)| **c == '\n') {
        let span = Span::new(start, at);
        start = at + 1;
        let body = span.len() >= BODY && text.chars()[span.range()].contains(&'。');
        if body || paragraphs.len() == SEARCHED {
            break;
        }
        paragraphs.push(span);
    }
    paragraphs
}

fn begins(text: &CleanText, span: Span<Clean>, with: &str) -> bool {
    text.slice(span).starts_with(with)
}

fn score(
    text: &CleanText,
    span: Span<Clean>,
    at: usize,
    all: &[Span<Clean>],
    telling: &dyn Fn(&[char]) -> bool,
) -> i32 {
    let line = text.slice(span);
    let mut score = 2 - (at as i32).min(6) / 2;
    if !(6..=LONGEST).contains(&span.len()) {
        score -= 4;
    }
    if telling(&text.chars()[span.range()]) {
        score += 3;
    }
    if line.starts_with("关于") {
        score += 2;
    } else if all.iter().any(|other| text.slice(*other).starts_with("关于")) {
        // a letterhead (某某协会公告) stands above what the paper is about
        score -= 3;
    }
    if all.iter().filter(|other| text.slice(**other) == line).count() > 1 {
        score += 3;
    }
    if line.ends_with(['。', ';', ':', ',', ')']) || line.contains(['。', '|', '>']) {
        score -= 4;
    }
    if line.ends_with("文件") || line.contains('〔') || is_byline(line) {
        score -= 5;
    }
    if text
        .sentences
        .iter()
        .any(|s| s.heading && s.span == span && text.sections.first().is_some_and(|f| f.heading == span))
        && at == 0
    {
        score += 3;
    }
    score
}

/// 发布时间, 来源, a date alone, a name with an office.
fn is_byline(line: &str) -> bool {
    ["发布时间", "来源:", "浏览", "编辑", "作者", "联系人", "当前位置", "各位", "尊敬的", "网站", "首页"]
        .iter()
        .any(|word| line.contains(word))
        || line.starts_with(|c: char| c.is_ascii_digit()) && line.ends_with(['日', '月'])
        || line.chars().filter(|c| c.is_ascii_digit()).count() * 2 > line.chars().count()
}

/// A short line right below that is no byline and no greeting ends a headline in two lines.
fn is_second_line(text: &CleanText, span: Span<Clean>) -> bool {
    let line = text.slice(span);
    let plain = !line.contains(['。', ':', ';', '〔', '(', ' ']) && !is_byline(line);
    let issue = line.starts_with(|c: char| c.is_ascii_digit()) && line.contains('期');
    let heading = text.sections.iter().any(|s| s.heading == span);
    (plain || issue) && (8..=26).contains(&span.len()) && !heading
}
