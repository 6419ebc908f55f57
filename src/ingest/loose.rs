//! Markdown as reports hold it: pasted, indented, half marked up.
//!
//! The parser sees an even copy of the text: indentation is gone, so that no paragraph becomes code, and lines that
//! authors mean as blocks of their own stand apart. The copy knows where each of its bytes stands in the source.

use std::ops::Range;

/// The text holds marks of Markdown: a heading, bold words on two lines, or the rule below a table's head.
pub fn looks_like_markdown(text: &str) -> bool {
    let mut bold = 0;
    lines(text).any(|range| {
        let line = text[range].trim_matches(blank);
        bold += usize::from(has_bold(line));
        bold >= 2 || is_heading(line) || is_table_rule(line)
    })
}

/// `#` to `######`, a blank, and a text.
fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - rest.len()))
        && rest.starts_with(blank)
        && rest.trim_matches(blank).starts_with(|c: char| c.is_alphanumeric() || opens(c) || c == '*')
}

/// A heading whose author left out the blank (`##标题`), by the number of its marks; a word between two `#` is none.
fn unspaced_heading(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches('#');
    let marks = line.len() - rest.len();
    let begins = |c: char| !c.is_ascii() && (c.is_alphanumeric() || opens(c)) || c == '*';
    ((1..=6).contains(&marks) && rest.starts_with(begins) && !rest.contains('#')).then_some(marks)
}

/// Two `**` with words between.
fn has_bold(line: &str) -> bool {
    let Some((_, rest)) = line.split_once("**") else { return false };
    rest.find("**").is_some_and(|end| rest[..end].chars().any(char::is_alphanumeric))
}

/// `| --- | :-: |`, of two columns at least.
fn is_table_rule(line: &str) -> bool {
    let line = line.trim_end();
    line.contains('|') && line.contains("--") && line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// A line of `---` or `===` alone.
fn is_rule(line: &str) -> bool {
    line.len() >= 2 && (line.bytes().all(|b| b == b'-') || line.bytes().all(|b| b == b'='))
}

/// Marks that a bold passage may begin with.
pub(super) fn opens(c: char) -> bool {
    matches!(c, '“' | '‘' | '《' | '〈' | '（' | '【' | '「' | '『' | '〔' | '(' | '[' | '"' | '\'')
}

fn blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{a0}' | '\u{3000}')
}

/// Lines with their ends, which are `\n`, `\r\n` or `\r`.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = 0;
    std::iter::from_fn(move || {
        if start == bytes.len() {
            return None;
        }
        let length = match memchr::memchr2(b'\n', b'\r', &bytes[start..]) {
            Some(at) if bytes[start + at..].starts_with(b"\r\n") => at + 2,
            Some(at) => at + 1,
            None => bytes.len() - start,
        };
        let line = start..start + length;
        start = line.end;
        Some(line)
    })
}

/// Longest title, in bytes, that a rule below it makes a heading.
const TITLE: usize = 200;

/// The even copy of a text.
pub(super) struct Even {
    /// What the parser reads.
    pub(super) text: String,
    /// Runs of the copy: (start in the copy, start in the source, length), ascending.
    runs: Vec<(usize, usize, usize)>,
}

/// What the line above was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    Blank,
    /// A line of text; `title` where it begins its paragraph and is short.
    Text {
        title: bool,
    },
    Row,
}

impl Even {
    /// Copies `source` from byte `from` on.
    pub(super) fn new(source: &str, from: usize) -> Self {
        let mut even = Even { text: String::with_capacity(source.len() - from), runs: Vec::new() };
        let mut above = Above::Blank;
        for range in lines(&source[from..]) {
            let line = &source[from + range.start..from + range.end];
            let words = line.trim_start_matches([' ', '\t', '\u{a0}', '\u{3000}']);
            let indent = &line[..line.len() - words.len()];
            let trimmed = words.trim_end();
            if above != Above::Blank && !trimmed.is_empty() && stands_apart(above, indent, trimmed) {
                even.text.push('\n');
                above = Above::Blank;
            }
            let start = from + range.start + indent.len();
            let marks = unspaced_heading(trimmed).unwrap_or(0);
            even.copy(source, start..start + marks);
            if marks > 0 {
                even.text.push(' ');
            }
            even.copy(source, start + marks..from + range.end);
            above = match trimmed {
                "" => Above::Blank,
                row if row.starts_with('|') => Above::Row,
                title => Above::Text { title: above == Above::Blank && title.len() <= TITLE },
            };
        }
        even
    }

    fn copy(&mut self, source: &str, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let at = self.text.len();
        self.text.push_str(&source[range.clone()]);
        match self.runs.last_mut() {
            Some((to, from, length)) if *to + *length == at && *from + *length == range.start => *length += range.len(),
            _ => self.runs.push((at, range.start, range.len())),
        }
    }

    /// Where a range of the copy stands in the source.
    pub(super) fn source(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let first = self.runs.partition_point(|(to, _, length)| to + length <= range.start);
        self.runs[first..].iter().take_while(move |run| run.0 < range.end).filter_map(move |&(to, from, length)| {
            let start = range.start.max(to);
            let end = range.end.min(to + length);
            (start < end).then(|| from + (start - to)..from + (end - to))
        })
    }
}

/// The line begins a block though no blank line stands above it: Chinese authors indent each paragraph by two wide
/// blanks, a table ends where its bars end, and a rule below a long text is no mark of a heading.
fn stands_apart(above: Above, indent: &str, line: &str) -> bool {
    let row = line.starts_with('|');
    match above {
        Above::Blank => false,
        Above::Row => !line.contains('|'),
        Above::Text { .. } if row || indent.contains('\u{3000}') => true,
        Above::Text { title } => is_rule(line) && !title,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_of_markdown() {
        let cases = [
            ("# 总结\n正文", true),
            ("　　## 一、**工作**\n", true),
            ("正文\r\r### 3 项工作", true),
            ("**甲。**乙\n\n**丙**", true),
            ("| a | b |\n| --- | :-: |\n", true),
            ("**甲**一处", false),
            ("#话题#很热\n# \n####### 七", false),
            ("3 ** 2 ** 2", false),
            ("甲 | 乙\n-----\n", false),
            ("1. 甲\n2. 乙\n- 丙", false),
            ("", false),
        ];
        for (text, expected) in cases {
            assert_eq!(looks_like_markdown(text), expected, "{text}");
        }
    }

    #[test]
    fn copies_are_even() {
        let cases = [
            ("甲\n    乙\n", "甲\n乙\n"),
            ("　　甲\n　　乙\n", "甲\n\n乙\n"),
            ("##标题\r\n#话题#\n", "## 标题\r\n#话题#\n"),
            ("甲\n|a|\n|-|\n乙\n", "甲\n\n|a|\n|-|\n\n乙\n"),
            ("甲\n---\n", "甲\n---\n"),
            ("甲\n乙\n---\n", "甲\n乙\n\n---\n"),
        ];
        for (text, expected) in cases {
            assert_eq!(Even::new(text, 0).text, expected);
        }
    }

    proptest! {
        #[test]
        fn copies_lead_back(text in "([ 　\t]{0,3}(#{0,7}|\\||---?|甲乙。|a|\r)[ \n]{0,2}){0,12}") {
            let even = Even::new(&text, 0);
            for (at, c) in even.text.char_indices() {
                for range in even.source(at..at + c.len_utf8()) {
                    prop_assert_eq!(&text[range], c.to_string());
                }
            }
            let all: String = even.source(0..even.text.len()).map(|range| &text[range]).collect();
            let kept = |text: &str| text.chars().filter(|c| !blank(*c)).collect::<String>();
            prop_assert_eq!(kept(&all), kept(&text));
        }
    }
}
