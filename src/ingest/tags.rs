//! Tags of HTML that stand in Markdown.

use std::ops::Range;

/// Tags that stand within a line of text.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strike", "strong", "sub", "sup", "u",
];

/// Tags that begin or end a block.
const BLOCK: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "img",
    "input",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "object",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "video",
];

/// What a tag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Inline,
    Block,
    /// Its content is no text.
    Hidden,
}

/// A part of an HTML block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Text(Range<usize>),
    Break,
}

/// The kind and name of the tag that `text` begins with; `None` for angle brackets around something else.
pub(super) fn tag(text: &str) -> Option<(Kind, &str)> {
    let rest = text.strip_prefix('<')?;
    let (closing, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
    // No tag has a longer name; a longer word need not be looked at.
    let length = rest.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
    let name = &rest[..length];
    if !rest[length..].starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/') {
        return None;
    }
    let is = |known: &&str| name.eq_ignore_ascii_case(known);
    if !closing && ["script", "style"].iter().any(is) {
        return Some((Kind::Hidden, name));
    }
    let kind = if INLINE.iter().any(is) { Kind::Inline } else { Kind::Block };
    (kind == Kind::Inline || BLOCK.iter().any(is)).then_some((kind, name))
}

/// The text between the tags and comments of `text`; each line is a part of its own.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'<', b'\n', &text.as_bytes()[at..]) {
        let start = at + found;
        let (kind, end) = match skipped(&text[start..]) {
            Some((kind, length)) => (kind, start + length),
            None => {
                at = start + 1;
                continue;
            }
        };
        if plain < start {
            parts.push(Part::Text(plain..start));
        }
        if kind != Kind::Inline {
            parts.push(Part::Break);
        }
        (plain, at) = (end, end);
    }
    if plain < text.len() {
        parts.push(Part::Text(plain..text.len()));
    }
    parts
}

/// Kind and length of the tag, comment or line end that `text` begins with.
fn skipped(text: &str) -> Option<(Kind, usize)> {
    if text.starts_with('\n') {
        return Some((Kind::Block, 1));
    }
    if text.starts_with("<!--") {
        return Some((Kind::Inline, text.find("-->").map_or(text.len(), |at| at + 3)));
    }
    let (kind, name) = tag(text)?;
    let end = memchr::memchr2(b'<', b'>', &text.as_bytes()[1..]).map(|at| at + 1)?;
    if text.as_bytes()[end] != b'>' {
        return None;
    }
    if kind == Kind::Hidden {
        return Some((kind, hidden_end(text, name)));
    }
    Some((kind, end + 1))
}

/// Where the closing tag of a script or style begins.
fn hidden_end(text: &str, name: &str) -> usize {
    let bytes = text.as_bytes();
    let closes = |at: &usize| {
        bytes.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    };
    memchr::memmem::find_iter(bytes, "</").find(closes).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_no_text() {
        let cases = [
            ("<p>甲<b>乙</b></p>\n<div class=\"x\">丙<br/>丁", "甲乙|丙|丁"),
            ("<!-- 甲\n<p> --><td>乙</td><td>丙</td>", "乙|丙"),
            ("<SCRIPT>var a = '<p>';</Script><p>甲", "甲"),
            ("<style>甲", ""),
            ("<工作> <T/XX 012> <abc> 3<5 <p", "<工作> <T/XX 012> <abc> 3<5 <p"),
            ("<p <b>甲</b>", "<p 甲"),
        ];
        for (text, expected) in cases {
            let mut found: Vec<String> = vec![String::new()];
            for part in parts(text) {
                match part {
                    Part::Text(range) => found.last_mut().unwrap().push_str(&text[range]),
                    Part::Break => found.push(String::new()),
                }
            }
            found.retain(|text| !text.is_empty());
            assert_eq!(found.join("|"), expected, "{text}");
        }
    }
}
