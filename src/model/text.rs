//! Repaired text and the way back from it to the source.

use super::{Clean, Source, Span};

/// The byte at which each character of a text begins, so that character offsets find their bytes at once.
#[derive(Clone, Debug, Default)]
pub struct CharIndex {
    bytes: Vec<u32>,
}

impl CharIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        // Chinese text has three bytes a character
        let mut bytes = Vec::with_capacity(text.len() / 3 + 16);
        for (at, byte) in (0..).zip(text.bytes()) {
            // characters needn't be put together to see where one begins
            if byte & 0b1100_0000 != 0b1000_0000 {
                bytes.push(at);
            }
        }
        CharIndex { bytes }
    }

    /// Number of characters.
    pub fn chars(&self) -> usize {
        self.bytes.len()
    }

    /// Byte offset of character `at` in the indexed `text`.
    pub fn byte(&self, text: &str, at: usize) -> usize {
        self.bytes.get(at).map_or(text.len(), |&byte| byte as usize)
    }

    /// The character that begins at byte `byte`, or behind it.
    pub fn char_at(&self, byte: usize) -> usize {
        self.bytes.partition_point(|&begins| (begins as usize) < byte)
    }

    /// The slice of the indexed `text` that a span covers.
    pub fn slice<'t>(&self, text: &'t str, span: Span<Source>) -> &'t str {
        &text[self.byte(text, span.start())..self.byte(text, span.end())]
    }
}

/// A text as it stands, asked by characters.
#[derive(Clone, Debug)]
pub struct SourceText<'t> {
    text: &'t str,
    index: CharIndex,
}

impl<'t> SourceText<'t> {
    /// Indexes `text`.
    pub fn new(text: &'t str) -> Self {
        SourceText { text, index: CharIndex::new(text) }
    }

    /// The whole.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// What a span covers.
    pub fn slice(&self, span: Span<Source>) -> &'t str {
        self.index.slice(self.text, span)
    }

    /// What a span covers, not copied.
    fn run(&self, span: Span<Source>) -> Written {
        let [start, end] = [span.start(), span.end()].map(|at| self.index.byte(self.text, at) as u32);
        Written::Run { start, end }
    }

    /// The index alone, where the text goes another way.
    pub fn into_index(self) -> CharIndex {
        self.index
    }
}

/// Words of a document as they are written. Most stand in its source in one piece and need no copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// From one byte of the source to another.
    Run {
        /// Where it begins.
        start: u32,
        /// Behind its last byte.
        end: u32,
    },
    /// Words that the source does not hold in one piece.
    Own(Box<str>),
}

impl Written {
    /// The words; `source` is the text that they were found in.
    pub fn within<'t>(&'t self, source: &'t str) -> &'t str {
        match self {
            Written::Run { start, end } => source.get(*start as usize..*end as usize).unwrap_or_default(),
            Written::Own(words) => words,
        }
    }
}

impl From<&str> for Written {
    fn from(words: &str) -> Self {
        Written::Own(words.into())
    }
}

/// A sentence of the clean text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentenceSpan {
    /// Where it stands, its closing mark included, line ends not.
    pub span: Span<Clean>,
    /// The innermost section it stands in.
    pub section: Option<u32>,
    /// It is a heading or the title, not running text.
    pub heading: bool,
}

/// A heading and its place in the tree of headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading, marks of Markdown left out.
    pub heading: Span<Clean>,
    /// Index of the section around it.
    pub parent: Option<u32>,
}

/// The text that the grammars read: repaired, simplified, with a map back to the source.
///
/// Paragraphs end with `\n`. Full-width forms of ASCII are folded (`，` is `,`), blanks that mean nothing and line
/// breaks inside a paragraph are gone. Offsets are Unicode scalars. Every character of the clean text stands for one
/// run of the source, in the same order.
#[derive(Clone, Debug, Default)]
pub struct CleanText {
    chars: Vec<char>,
    text: String,
    bytes: Vec<u32>,
    source: Vec<u32>,
    /// Characters that stand for more than one character of the source: (clean offset, source end), ascending.
    wide: Vec<(u32, u32)>,
    /// Sentences in order.
    pub sentences: Vec<SentenceSpan>,
    /// Sections in order of their headings.
    pub sections: Vec<Section>,
    /// Number of repairs made.
    pub repairs: usize,
}

impl CleanText {
    /// Builds a text from its characters and, for each, the run of source characters it stands for.
    ///
    /// # Panics
    /// If runs are empty, overlap or are out of order.
    pub fn new(pieces: impl IntoIterator<Item = (char, Span<Source>)>) -> Self {
        let pieces = pieces.into_iter();
        let characters = pieces.size_hint().0;
        let mut clean = CleanText {
            chars: Vec::with_capacity(characters),
            text: String::with_capacity(3 * characters),
            bytes: Vec::with_capacity(characters + 1),
            source: Vec::with_capacity(characters),
            ..CleanText::default()
        };
        let mut last = 0;
        for (c, run) in pieces {
            assert!(!run.is_empty() && run.start() >= last, "source runs must ascend");
            last = run.end();
            if run.len() > 1 {
                clean.wide.push((clean.chars.len() as u32, run.end() as u32));
            }
            clean.bytes.push(clean.text.len() as u32);
            clean.source.push(run.start() as u32);
            clean.text.push(c);
            clean.chars.push(c);
        }
        clean.bytes.push(clean.text.len() as u32);
        clean
    }

    /// The characters; index them with spans.
    #[inline]
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The text as a string.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Sentences with their numbers, those beyond all measure in parts: what is read number by number within a sentence
    /// then takes a time that grows with the text alone.
    pub fn stretches(&self) -> impl Iterator<Item = (usize, Span<Clean>)> + '_ {
        const LONGEST: usize = 1000;
        self.sentences.iter().enumerate().flat_map(|(number, sentence)| {
            let (start, end) = (sentence.span.start(), sentence.span.end());
            let parts = (start..end.max(start + 1)).step_by(LONGEST);
            parts.map(move |from| (number, Span::new(from, end.min(from + LONGEST))))
        })
    }

    /// Slice under a span.
    pub fn slice(&self, span: Span<Clean>) -> &str {
        &self.text[self.byte(span.start())..self.byte(span.end())]
    }

    /// Byte offset in [`Self::text`] of a character.
    pub fn byte(&self, at: usize) -> usize {
        self.bytes[at] as usize
    }

    /// Character that begins at or before byte `byte` of [`Self::text`].
    pub fn char_at_byte(&self, byte: usize) -> usize {
        self.bytes.partition_point(|&b| (b as usize) < byte)
    }

    /// The run of the source that a span stands for.
    pub fn to_source(&self, span: Span<Clean>) -> Span<Source> {
        if span.is_empty() {
            let at = self.source.get(span.start()).map_or_else(|| self.source_end(self.chars.len()), |&s| s as usize);
            return Span::new(at, at);
        }
        Span::new(self.source[span.start()] as usize, self.source_end(span.end()))
    }

    /// The first character that stands for nothing before this place of the source.
    pub fn char_at_source(&self, at: usize) -> usize {
        self.source.partition_point(|&start| (start as usize) < at)
    }

    fn source_end(&self, end: usize) -> usize {
        let Some(last) = end.checked_sub(1) else { return 0 };
        match self.wide.binary_search_by_key(&(last as u32), |w| w.0) {
            Ok(found) => self.wide[found].1 as usize,
            Err(_) => self.source[last] as usize + 1,
        }
    }

    /// The span as it is written in the source, damage left out: the source's own character for each clean one
    /// (traditional forms stay, blanks and pasted pinyin don't).
    pub fn as_written(&self, span: Span<Clean>, source: &SourceText<'_>) -> String {
        self.written(span, source).within(source.text()).to_owned()
    }

    /// As [`Self::as_written`], copied only where damage is left out.
    pub fn written(&self, span: Span<Clean>, source: &SourceText<'_>) -> Written {
        let runs = &self.source[span.range()];
        let Some((&first, &last)) = runs.first().zip(runs.last()) else { return Written::Run { start: 0, end: 0 } };
        let covered = Span::new(first as usize, last as usize + 1);
        if runs.len() == (last - first + 1) as usize {
            return source.run(covered);
        }
        let mut wanted = runs.iter().copied().peekable();
        let kept = source.slice(covered).chars().zip(first..).filter(|(_, at)| wanted.next_if_eq(at).is_some());
        Written::Own(kept.map(|(c, _)| c).collect::<String>().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_lead_back_over_gaps_and_wide_characters() {
        let source = "机(jī)器 人";
        let clean = CleanText::new([('机', Span::new(0, 5)), ('器', Span::new(5, 6)), ('人', Span::new(7, 8))]);
        let indexed = SourceText::new(source);
        let back = |start, end| indexed.slice(clean.to_source(Span::new(start, end)));
        assert_eq!(back(0, 1), "机(jī)");
        assert_eq!(back(0, 3), source);
        assert_eq!(back(1, 3), "器 人");
        assert_eq!(clean.as_written(Span::new(0, 3), &indexed), "机器人");
        assert_eq!(clean.written(Span::new(0, 3), &indexed), Written::from("机器人"));
        assert_eq!(clean.written(Span::new(2, 3), &indexed).within(source), "人");
        assert_eq!(clean.to_source(Span::new(3, 3)), Span::new(8, 8));
        assert_eq!(clean.char_at_byte(clean.byte(2)), 2);
    }

    #[test]
    fn index_finds_characters() {
        let text = "一a二".repeat(100);
        let index = CharIndex::new(&text);
        for (at, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.byte(&text, at), byte);
            assert_eq!(index.char_at(byte), at);
        }
        assert_eq!(index.byte(&text, 300), text.len());
        assert_eq!(index.slice(&text, Span::new(63, 66)), "一a二");
    }
}
