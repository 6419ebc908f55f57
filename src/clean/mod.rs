//! Document to clean text.

use crate::model::{CleanText, Document, SentenceSpan, Span};

/// Repairs a document's text. (First slice: folds full-width forms, drops blanks that touch Chinese characters.)
pub fn clean(document: &Document) -> CleanText {
    let chars: Vec<char> = document.text.chars().collect();
    let han = |c: Option<&char>| {
        c.is_some_and(|&c| ('\u{3400}'..='\u{9fff}').contains(&c) || c == '〇' || c == '、' || c == '。')
    };
    let mut pieces = Vec::with_capacity(chars.len());
    for (at, &c) in chars.iter().enumerate() {
        let folded = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\t' | '\u{a0}' => ' ',
            '\u{200b}'..='\u{200d}' | '\u{feff}' => continue,
            c => c,
        };
        if folded == ' ' {
            let before = chars[..at].iter().rev().find(|c| !c.is_whitespace());
            let after = chars[at..].iter().find(|c| !c.is_whitespace());
            if han(before) || han(after) {
                continue;
            }
        }
        pieces.push((folded, Span::new(at, at + 1)));
    }
    let mut clean = CleanText::new(pieces);
    let mut start = 0;
    let chars = clean.chars().to_vec();
    for (at, &c) in chars.iter().enumerate() {
        if matches!(c, '。' | '!' | '?' | '\n') {
            let end = if c == '\n' { at } else { at + 1 };
            if end > start {
                clean.sentences.push(SentenceSpan { span: Span::new(start, end), section: None, heading: false });
            }
            start = at + 1;
        }
    }
    if start < chars.len() {
        clean.sentences.push(SentenceSpan { span: Span::new(start, chars.len()), section: None, heading: false });
    }
    clean
}
