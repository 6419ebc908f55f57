//! The text of one publisher about one period: what is counted in it.

use rustc_hash::FxHashMap;

/// Counts of a term in the text of one publisher and period. Short, as all counts of cells: there are many of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TermCount {
    /// Mentions that stand in no longer term.
    pub count: u32,
    /// Mentions inside longer terms.
    pub nested: u32,
    /// Mentions of `count` under a negation.
    pub negated: u32,
    /// Documents with a mention of `count`.
    pub documents: u32,
}

/// Counts of a word in the text of one publisher and period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordTally {
    /// How often.
    pub count: u32,
    /// Documents in which it stands.
    pub documents: u32,
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
    pub pairs: FxHashMap<(u32, u32), u32>,
    /// Words of two characters and more, by their numbers in the vocabulary of the tally.
    pub word_counts: FxHashMap<u32, WordTally>,
}

impl Cell {
    /// Mentions of a term that stand in no longer one.
    pub fn mentions_of(&self, term: u32) -> u64 {
        self.terms.get(&term).map_or(0, |count| u64::from(count.count))
    }

    /// Takes the words of one document.
    pub(super) fn add_words(&mut self, words: impl Iterator<Item = (u32, u32)>) {
        for (word, count) in words {
            let own = self.word_counts.entry(word).or_default();
            own.count += count;
            own.documents += 1;
        }
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
            let own = self.word_counts.entry(word).or_default();
            own.count += tally.count;
            own.documents += tally.documents;
        }
    }
}

/// Counts the words of one document, so that each is looked up in its cell once.
#[derive(Clone, Debug, Default)]
pub(super) struct WordCounter {
    /// By number; all zero between two documents.
    counts: Vec<u32>,
    /// Words with a count.
    met: Vec<u32>,
}

impl WordCounter {
    /// Makes room for words with numbers below `words`.
    pub fn make_room(&mut self, words: usize) {
        self.counts.resize(words, 0);
    }

    pub fn add(&mut self, word: u32) {
        let count = &mut self.counts[word as usize];
        if *count == 0 {
            self.met.push(word);
        }
        *count += 1;
    }

    /// Takes out the words with their counts.
    pub fn drain(&mut self) -> impl Iterator<Item = (u32, u32)> {
        let counts = &mut self.counts;
        self.met.drain(..).map(|word| (word, std::mem::take(&mut counts[word as usize])))
    }
}
