//! The text of one publisher about one period: what is counted in it.

use rustc_hash::FxHashMap;

/// Counts of a term in the text of one publisher and period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TermCount {
    /// Mentions that stand in no longer term.
    pub count: u64,
    /// Mentions inside longer terms.
    pub nested: u64,
    /// Mentions of `count` under a negation.
    pub negated: u64,
    /// Documents with a mention of `count`.
    pub documents: u64,
}

/// Counts of a word in the text of one publisher and period.
#[derive(Clone, Copy, Debug, Default)]
pub struct WordTally {
    /// How often.
    pub count: u64,
    /// Documents in which it stands.
    pub documents: u32,
    /// The last document that was counted, so that each counts once.
    last: u32,
}

/// The text of one publisher about one period.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Characters of repaired text.
    pub characters: u64,
    /// Words, punctuation and stop words included.
    pub words: u64,
    /// Terms by index in the lexicon.
    pub terms: FxHashMap<u32, TermCount>,
    /// Sentences in which two terms stand, the lower index first.
    pub pairs: FxHashMap<(u32, u32), u64>,
    /// Words of two characters and more, by their numbers in the vocabulary of the tally.
    pub word_counts: FxHashMap<u32, WordTally>,
}

impl Cell {
    /// Counts a word of the document with this number among those counted.
    pub(super) fn add_word(&mut self, number: u32, document: u32) {
        let own = self.word_counts.entry(number).or_default();
        own.count += 1;
        own.documents += u32::from(own.last != document);
        own.last = document;
    }

    /// Gives its words other numbers.
    pub(super) fn renumber(&mut self, numbers: &[u32]) {
        let words = std::mem::take(&mut self.word_counts);
        self.word_counts = words.into_iter().map(|(word, tally)| (numbers[word as usize], tally)).collect();
    }

    pub(super) fn merge(&mut self, other: Cell) {
        self.characters += other.characters;
        self.words += other.words;
        for (term, count) in other.terms {
            let own = self.terms.entry(term).or_default();
            own.count += count.count;
            own.nested += count.nested;
            own.negated += count.negated;
            own.documents += count.documents;
        }
        for (pair, sentences) in other.pairs {
            *self.pairs.entry(pair).or_default() += sentences;
        }
        for (word, tally) in other.word_counts {
            let own = self.word_counts.entry(word).or_insert(WordTally { last: tally.last, ..WordTally::default() });
            own.count += tally.count;
            own.documents += tally.documents;
        }
    }
}
