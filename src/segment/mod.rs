//! Clean text to tokens: the hot path, behind one narrow interface.

mod trie;

use std::num::NonZeroU32;

use jieba_rs::Jieba;

use crate::lexicon::{GeneralWord, Lexicon};
use crate::model::{Clean, CleanText, PartOfSpeech, Span, Token};
use trie::{Entry, Reached, WordTrie};

/// What stands in a text, word by word.
#[derive(Clone, Debug, Default)]
pub struct Segmented {
    /// Tokens in order, blanks and line ends left out; together they cover every other character.
    pub tokens: Vec<Token>,
    /// Every place at which a name of a term stands, whatever the words there are, and the index of the term: lines in
    /// order, places of a line in none.
    pub terms: Vec<(Span<Clean>, u32)>,
}

/// Splits Chinese text into words of the general dictionary and names of terms: of all ways to split a line, the one whose
/// words are the most frequent taken together, by their product. What no word covers is split into characters, but for
/// Latin letters and digits, which stay together.
///
/// The words are those that jieba (<https://github.com/fxsjy/jieba>, `cut` without its hidden Markov model) finds with the same
/// dictionary, which a test holds. Guessing unknown words by that model was measured and left out: see `benches/words.rs`.
pub struct Segmenter {
    trie: WordTrie,
    /// Of words, by node.
    meanings: Vec<Meaning>,
    /// Terms of names, by node; none where no name ends.
    terms: Vec<u32>,
    /// Sum of the frequencies of all words.
    total: u64,
    log_total: f64,
    parts: Parts,
    /// Tells what parts of speech unknown characters are.
    unknown: Jieba,
}

#[derive(Clone, Copy, Debug, Default)]
struct Meaning {
    log_frequency: f64,
    frequency: u32,
    part_of_speech: PartOfSpeech,
}

/// The best way from a character to the end of its block.
#[derive(Clone, Copy, Debug, Default)]
struct Way {
    /// Logarithm of the product of the probabilities of its words.
    probability: f64,
    /// Where its first word ends.
    end: u32,
    /// The node of that word; 0 for what is no word.
    node: u32,
}

impl Segmenter {
    /// Takes the general words of the lexicon, and adds the names of its terms.
    pub fn new(lexicon: &Lexicon) -> Self {
        // five million bytes hold 350,000 words
        let mut segmenter = Segmenter {
            trie: WordTrie::with_room_for(lexicon.general.bytes() / 14),
            meanings: Vec::new(),
            terms: Vec::new(),
            total: 0,
            log_total: 0.0,
            parts: Parts { number: PartOfSpeech::new("m"), english: PartOfSpeech::new("eng") },
            unknown: Jieba::empty(),
        };
        let mut open: Vec<GeneralWord<'_>> = Vec::new();
        for word in lexicon.general.words() {
            match word.frequency {
                Some(frequency) => segmenter.add_word(word.text, frequency, word.part_of_speech),
                None => open.push(word),
            }
        }
        segmenter.log_total = (segmenter.total.max(1) as f64).ln();
        for word in open {
            segmenter.add_frequent_word(word.text, word.part_of_speech);
        }
        let noun = PartOfSpeech::new("n");
        for term in lexicon.terms.terms() {
            for name in std::iter::once(&term.name).chain(&term.aliases) {
                if segmenter.word(&name.chars().collect::<Vec<_>>()) == 0 {
                    segmenter.add_frequent_word(name, noun);
                }
            }
        }
        for (name, term) in lexicon.terms.spellings() {
            let node = segmenter.trie.add(name, Entry::Term) as usize;
            segmenter.terms.resize(segmenter.terms.len().max(node + 1), u32::MAX);
            segmenter.terms[node] = term;
        }
        segmenter
    }

    fn add_word(&mut self, text: &str, frequency: u32, part_of_speech: PartOfSpeech) {
        let node = self.trie.add(text, Entry::Word) as usize;
        if node >= self.meanings.len() {
            self.meanings.resize(node + 1, Meaning::default());
        }
        self.total = self.total - u64::from(self.meanings[node].frequency) + u64::from(frequency);
        self.meanings[node] = Meaning { log_frequency: f64::from(frequency).ln(), frequency, part_of_speech };
    }

    /// Adds a word whose frequency is just enough that it is not split.
    fn add_frequent_word(&mut self, text: &str, part_of_speech: PartOfSpeech) {
        let line: Vec<char> = text.chars().collect();
        let mut ways = Vec::new();
        self.weigh(&line, &mut ways, |_, _, _| {});
        let mut log = 0.0;
        self.follow(&line, &ways, |_, _, node| {
            let log_frequency = if node == 0 { 0.0 } else { self.meanings[node as usize].log_frequency };
            log = log + log_frequency - self.log_total;
        });
        let together = (log + self.log_total).exp() as u32;
        let node = self.word(&line);
        let known = if node == 0 { 1 } else { self.meanings[node as usize].frequency };
        self.add_word(text, together.saturating_add(1).max(known), part_of_speech);
        self.log_total = (self.total as f64).ln();
    }

    /// The node of a word; 0 for what is none.
    fn word(&self, text: &[char]) -> u32 {
        self.trie.get(text).filter(|reached| reached.is_word()).map_or(0, Reached::node)
    }

    /// Splits a text.
    pub fn segment(&self, text: &CleanText) -> Segmented {
        let chars = text.chars();
        let mut found = Segmented { tokens: Vec::with_capacity(chars.len() / 2), terms: Vec::new() };
        let mut ways: Vec<Way> = Vec::new();
        let mut start = 0;
        // a line at a time, which no word crosses
        for line in chars.split(|c| *c == '\n') {
            self.weigh(line, &mut ways, |from, to, node| {
                found.terms.push((Span::new(start + from, start + to), self.terms[node as usize]));
            });
            self.follow(line, &ways, |from, to, node| {
                let pos = match node {
                    0 if line[from].is_whitespace() => return,
                    0 => self.part_of_unknown(&line[from..to]),
                    node => self.meanings[node as usize].part_of_speech,
                };
                let span = Span::new(start + from, start + to);
                found.tokens.push(Token { span, pos, word: NonZeroU32::new(node) });
            });
            start += line.len() + 1;
        }
        found
    }

    /// Finds the best way from each character of a line to the end of its block; tells where names of terms begin and end, and
    /// their nodes.
    fn weigh(&self, line: &[char], ways: &mut Vec<Way>, mut tell: impl FnMut(usize, usize, u32)) {
        ways.clear();
        ways.resize(line.len() + 1, Way::default());
        let mut block = line.len();
        for at in (0..line.len()).rev() {
            let joins = joins(line[at]);
            if !joins {
                block = at;
            }
            // a mark is a block of its own
            let furthest = block.max(at + 1);
            let mut best: Option<Way> = None;
            self.trie.walk(&line[at..], |length, reached| {
                let (end, node) = (at + length, reached.node());
                if reached.is_term() {
                    tell(at, end, node);
                }
                if reached.is_word() && end <= furthest {
                    let log_frequency = self.meanings[node as usize].log_frequency;
                    let probability = log_frequency - self.log_total + ways[end].probability;
                    // of equally good ones the longest
                    if best.is_none_or(|best| probability >= best.probability) {
                        best = Some(Way { probability, end: end as u32, node });
                    }
                }
            });
            ways[at] = best.unwrap_or_else(|| {
                Way { probability: ways[at + 1].probability - self.log_total, end: at as u32 + 1, node: 0 }
            });
            if !joins {
                ways[at].probability = 0.0;
            }
        }
    }

    /// Follows the best ways through a line; tells where each word begins and ends, and its node.
    fn follow(&self, line: &[char], ways: &[Way], mut tell: impl FnMut(usize, usize, u32)) {
        let mut at = 0;
        while at < line.len() {
            let Way { end, node, .. } = ways[at];
            let mut next = end as usize;
            if next == at + 1 && line[at].is_ascii_alphanumeric() {
                let alone = |at: usize| ways[at].end as usize == at + 1 && line[at].is_ascii_alphanumeric();
                while next < line.len() && alone(next) {
                    next += 1;
                }
                tell(at, next, if next == at + 1 { node } else { self.word(&line[at..next]) });
            } else {
                tell(at, next, node);
            }
            at = next;
        }
    }

    /// What a character, or a run of Latin letters and digits, is that the dictionary doesn't hold.
    fn part_of_unknown(&self, word: &[char]) -> PartOfSpeech {
        if word[0].is_ascii_alphanumeric() {
            return if word.iter().all(char::is_ascii_digit) { self.parts.number } else { self.parts.english };
        }
        if !joins(word[0]) || word[0].is_ascii() {
            return PartOfSpeech::default();
        }
        let word: String = word.iter().collect();
        self.unknown.tag(&word, false).first().map_or(PartOfSpeech::default(), |tag| PartOfSpeech::new(tag.tag))
    }
}

/// Parts of speech that are given to tokens by what they are made of.
struct Parts {
    number: PartOfSpeech,
    english: PartOfSpeech,
}

/// A Chinese character, a Latin letter, a digit, or a mark inside names such as C++: only these are in words of several
/// characters.
#[inline(always)]
fn joins(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-'),
        '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2ebef}' => true,
        '\u{2f800}'..='\u{2fa1f}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
