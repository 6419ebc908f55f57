//! Sentences and the tree of headings.

use crate::model::{CleanText, Section, SentenceSpan, Span};

/// A paragraph of the clean text and what it is.
pub(super) struct Paragraph {
    pub span: (usize, usize),
    /// Depth of a heading, the smaller the higher; none for running text.
    pub heading: Option<u8>,
}

/// Fills in sentences and sections. A sentence ends at 。 ! ? (closing quotes behind it included) and with its paragraph.
pub(super) fn split(clean: &mut CleanText, paragraphs: &[Paragraph]) {
    let mut open: Vec<(u8, u32)> = Vec::new();
    let mut sentences = Vec::new();
    let mut sections = Vec::new();
    for paragraph in paragraphs {
        let (start, end) = paragraph.span;
        if let Some(depth) = paragraph.heading {
            while open.last().is_some_and(|(above, _)| *above >= depth) {
                open.pop();
            }
            let parent = open.last().map(|(_, section)| *section);
            open.push((depth, sections.len() as u32));
            sections.push(Section { heading: Span::new(start, end), parent });
        }
        let section = open.last().map(|(_, section)| *section);
        let heading = paragraph.heading.is_some();
        let mut from = start;
        let chars = clean.chars();
        let mut at = start;
        while at < end {
            if matches!(chars[at], '。' | '!' | '?') {
                let mut close = at + 1;
                while close < end && matches!(chars[close], '。' | '!' | '?' | '”' | '’' | '」' | '』' | '》' | ')')
                {
                    close += 1;
                }
                sentences.push(SentenceSpan { span: Span::new(from, close), section, heading });
                (from, at) = (close, close);
            } else {
                at += 1;
            }
        }
        if from < end {
            sentences.push(SentenceSpan { span: Span::new(from, end), section, heading });
        }
    }
    clean.sentences = sentences;
    clean.sections = sections;
}
