//! Words with their frequencies, and the best way to split a line into them.

use crate::lexicon::{GeneralWord, GeneralWords, TermDictionary};
use crate::model::PartOfSpeech;

use super::trie::{Beginning, Entry, Reached, WordTrie};

/// Words with their frequencies, and names of terms. A word is called by the number of its node in the trie: 0 is none.
pub struct Dictionary {
    trie: WordTrie,
    /// By word.
    frequencies: Vec<u32>,
    /// Their logarithms, by word.
    log_frequencies: Vec<f64>,
    /// Sum of all frequencies.
    total: u64,
    /// Its logarithm.
    log_total: f64,
    /// By word.
    parts_of_speech: Vec<PartOfSpeech>,
    /// Terms by the nodes of their names.
    terms: Vec<u32>,
}

/// The best way from a character to the end of its block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Way {
    /// Logarithm of the product of the probabilities of its words.
    probability: f64,
    /// Where its first word ends.
    end: u32,
    /// That word.
    word: u32,
}

impl Dictionary {
    /// Takes the general words.
    pub fn read(general: &GeneralWords) -> Self {
        let mut dictionary = Dictionary {
            // a line of fourteen bytes holds a word
            trie: WordTrie::with_room_for(general.bytes() / 14),
            frequencies: Vec::new(),
            log_frequencies: Vec::new(),
            total: 0,
            log_total: 0.0,
            parts_of_speech: Vec::new(),
            terms: Vec::new(),
        };
        let mut open: Vec<GeneralWord<'_>> = Vec::new();
        for word in general.words() {
            match word.frequency {
                Some(frequency) => dictionary.add(word.text, frequency, word.part_of_speech),
                None => open.push(word),
            }
        }
        dictionary.sum_up();
        for word in open {
            dictionary.add_whole(word.text, word.part_of_speech);
        }
        dictionary
    }

    /// Adds the names of terms, as words where they are none.
    pub(super) fn add_terms(&mut self, terms: &TermDictionary) {
        let noun = PartOfSpeech::new("n");
        for term in terms.terms() {
            for name in std::iter::once(&term.name).chain(&term.aliases) {
                if self.word(&name.chars().collect::<Vec<_>>()) == 0 {
                    self.add_whole(name, noun);
                }
            }
        }
        for (name, term) in terms.spellings() {
            let node = self.trie.add(name, Entry::Term) as usize;
            self.terms.resize(self.terms.len().max(node + 1), u32::MAX);
            self.terms[node] = term;
        }
    }

    fn sum_up(&mut self) {
        self.log_total = (self.total.max(1) as f64).ln();
    }

    /// Adds a word, or gives it another frequency.
    fn add(&mut self, text: &str, frequency: u32, part_of_speech: PartOfSpeech) {
        let word = self.trie.add(text, Entry::Word) as usize;
        if word >= self.frequencies.len() {
            self.frequencies.resize(word + 1, 0);
            self.log_frequencies.resize(word + 1, 0.0);
            self.parts_of_speech.resize(word + 1, PartOfSpeech::default());
        }
        self.total = self.total - u64::from(self.frequencies[word]) + u64::from(frequency);
        self.frequencies[word] = frequency;
        self.log_frequencies[word] = f64::from(frequency).ln();
        self.parts_of_speech[word] = part_of_speech;
    }

    /// Adds a word with a frequency that is just high enough for it not to be split.
    fn add_whole(&mut self, text: &str, part_of_speech: PartOfSpeech) {
        let line: Vec<char> = text.chars().collect();
        let mut ways = Vec::new();
        self.weigh(&line, &mut ways, |_, _, _| {});
        let mut log = 0.0;
        self.follow(&line, &ways, |_, _, word| {
            let log_frequency = if word == 0 { 0.0 } else { self.log_frequencies[word as usize] };
            log = log + log_frequency - self.log_total;
        });
        let together = ((log + self.log_total).exp() as u32).saturating_add(1);
        let known = self.frequencies.get(self.word(&line) as usize).copied().unwrap_or_default();
        self.add(text, together.max(known), part_of_speech);
        self.sum_up();
    }

    /// The word that a text is.
    pub(super) fn word(&self, text: &[char]) -> u32 {
        self.trie.get(text).filter(|reached| reached.is_word()).map_or(0, Reached::node)
    }

    /// What a word is, out of context.
    pub(super) fn part_of_speech(&self, word: u32) -> PartOfSpeech {
        self.parts_of_speech[word as usize]
    }

    /// Finds the best way from each character of a line to the end of its block; tells where each name of a term begins and
    /// ends, and the term.
    pub(super) fn weigh(&self, line: &[char], ways: &mut Vec<Way>, mut tell: impl FnMut(usize, usize, u32)) {
        /// Characters before a walk at which it is begun; a power of two.
        const AHEAD: usize = 4;
        ways.clear();
        ways.resize(line.len() + 1, Way::default());
        let mut begun = [Beginning::default(); AHEAD];
        for at in line.len().saturating_sub(AHEAD)..line.len() {
            begun[at % AHEAD] = self.trie.begin(&line[at..]);
        }
        let mut block = line.len();
        for at in (0..line.len()).rev() {
            let beginning = begun[at % AHEAD];
            if let Some(ahead) = at.checked_sub(AHEAD) {
                begun[at % AHEAD] = self.trie.begin(&line[ahead..]);
            }
            let joins = joins(line[at]);
            if !joins {
                block = at;
            }
            // a mark is a block of its own
            let furthest = block.max(at + 1);
            let mut best = Way { probability: ways[at + 1].probability - self.log_total, end: at as u32 + 1, word: 0 };
            self.trie.walk(&line[at..], beginning, |length, reached| {
                let (end, word) = (at + length, reached.node());
                if reached.is_term() {
                    tell(at, end, self.terms[word as usize]);
                }
                if reached.is_word() && end <= furthest {
                    let probability = self.log_frequencies[word as usize] - self.log_total + ways[end].probability;
                    // of equally good ones the longest; any is better than none
                    if best.word == 0 || probability >= best.probability {
                        best = Way { probability, end: end as u32, word };
                    }
                }
            });
            if !joins {
                best.probability = 0.0;
            }
            ways[at] = best;
        }
    }

    /// Follows the best ways through a line; tells where each word begins and ends, and which it is.
    pub(super) fn follow(&self, line: &[char], ways: &[Way], mut tell: impl FnMut(usize, usize, u32)) {
        let alone = |at: usize| ways[at].end as usize == at + 1 && line[at].is_ascii_alphanumeric();
        let mut at = 0;
        while at < line.len() {
            let Way { end, mut word, .. } = ways[at];
            let mut end = end as usize;
            // letters and digits that are in no word together stay together
            if alone(at) && end < line.len() && alone(end) {
                end += line[end..].iter().zip(end..).take_while(|(_, next)| alone(*next)).count();
                word = self.word(&line[at..end]);
            }
            tell(at, end, word);
            at = end;
        }
    }
}

/// A Chinese character, a Latin letter, a digit, or a mark inside names such as C++: words of several characters are made of
/// these.
#[inline(always)]
fn joins(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-'),
        '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2a6df}' => true,
        '\u{2a700}'..='\u{2ebef}' | '\u{2f800}'..='\u{2fa1f}' => true,
        _ => false,
    }
}
