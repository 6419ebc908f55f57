//! The words of the dictionary, character by character.

use crate::lexicon::PairSieve;

/// Characters with a place of their own: those of the basic plane.
const ROOTS: usize = 1 << 16;
/// A word ends with the step.
const WORD: u32 = 1 << 31;
/// A name of a term ends with the step.
const TERM: u32 = 1 << 30;
/// A step leads to the node with this number; 0 is the beginning of all words.
const NODE: u32 = TERM - 1;
/// A character in the lower bits of [`Step::character`].
const CHARACTER: u32 = (1 << 21) - 1;

/// What ends with the characters that lead to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reached {
    marked: u32,
}

impl Reached {
    /// The number of the node, from 1, in the order in which texts were added.
    pub fn node(self) -> u32 {
        self.marked & NODE
    }

    /// A word of the dictionary.
    pub fn is_word(self) -> bool {
        self.marked & WORD != 0
    }

    /// A name of a term.
    pub fn is_term(self) -> bool {
        self.marked & TERM != 0
    }
}

/// Where walks through a text begin.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beginning {
    /// Node and marks of the first character; 0 where nothing begins with it.
    marked: u32,
    /// Where the step by the second character is looked for, if there may be one.
    second: Option<u32>,
}

/// What a text is added as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A word of the dictionary.
    Word,
    /// A name of a term.
    Term,
}

/// A step from a node by one character.
#[derive(Clone, Copy, Default)]
struct Step {
    parent: u32,
    /// The character, and above it a bit for each hash of a character that goes on from there.
    character: u32,
    /// Node and marks; 0 for a place that is free.
    marked: u32,
}

/// Texts by their characters: from any place of a text, what begins there is walked to step by step.
///
/// Steps lie in one table by the hash of node and character, which is too large for the caches near the processor. Most pairs
/// of characters begin nothing: bits that tell so lie in a table of their own, a fiftieth of it in size. With each later step
/// a few bits tell which characters go on from there.
pub(super) struct WordTrie {
    /// Nodes and marks by first character; 0 for one that nothing begins with.
    roots: Vec<u32>,
    pairs: PairSieve,
    steps: Vec<Step>,
    /// Bits of a hash that are no part of a place in `steps`.
    shift: u32,
    used: usize,
    nodes: u32,
}

impl WordTrie {
    /// A trie with room for about so many texts.
    pub fn with_room_for(texts: usize) -> Self {
        // a word of the general dictionary takes 1.4 steps, and half of the table stays free
        let steps = (texts * 14 / 5).next_power_of_two().max(64);
        WordTrie {
            roots: vec![0; ROOTS],
            pairs: PairSieve::with_room_for(texts),
            steps: vec![Step::default(); steps],
            shift: 64 - steps.trailing_zeros(),
            used: 0,
            nodes: 0,
        }
    }

    /// Adds a text that is not empty; the number of its node.
    pub fn add(&mut self, text: &str, entry: Entry) -> u32 {
        let mark = match entry {
            Entry::Word => WORD,
            Entry::Term => TERM,
        };
        let mut chars = text.chars();
        let Some(first) = chars.next() else { return 0 };
        let mut place = self.first_place(first);
        let mut before = first;
        for (c, length) in chars.zip(2..) {
            if length == 2 {
                self.pairs.insert(before, c);
            }
            place = self.place(place, c);
            before = c;
        }
        let marked = self.marked_mut(place);
        *marked |= mark;
        *marked & NODE
    }

    /// What a whole text is.
    pub fn get(&self, text: &[char]) -> Option<Reached> {
        let mut found = None;
        self.walk(text, self.begin(text), |length, reached| {
            if length == text.len() {
                found = Some(reached);
            }
        });
        found
    }

    /// Where walks through `text` begin. Looks at the step that they need next, so that it is near when they come.
    #[inline(always)]
    pub fn begin(&self, text: &[char]) -> Beginning {
        let Some(marked) = text.first().and_then(|first| self.root(*first)) else { return Beginning::default() };
        let second = match *text {
            [first, second, ..] if self.pairs.may_hold(first, second) => {
                let home = self.home(marked & NODE, second);
                std::hint::black_box(self.steps[home].parent);
                Some(home as u32)
            }
            _ => None,
        };
        Beginning { marked, second }
    }

    /// Tells of each beginning of `text`, which begins so, that is a beginning of some entry how long it is, in characters, and
    /// what it is.
    #[inline(always)]
    pub fn walk(
        &self,
        text: &[char],
        Beginning { mut marked, second }: Beginning,
        mut tell: impl FnMut(usize, Reached),
    ) {
        if marked == 0 {
            return;
        }
        tell(1, Reached { marked });
        let Some(mut home) = second else { return };
        for (at, &c) in text.iter().enumerate().skip(1) {
            let step = &self.steps[self.place_from_home(home as usize, marked & NODE, c)];
            if step.marked == 0 {
                return;
            }
            marked = step.marked;
            tell(at + 1, Reached { marked });
            let Some(&next) = text.get(at + 1).filter(|next| step.character & follower(**next) != 0) else { return };
            home = self.home(marked & NODE, next) as u32;
        }
    }

    /// The node and marks of a first character.
    #[inline(always)]
    fn root(&self, first: char) -> Option<u32> {
        match self.roots.get(first as usize) {
            Some(&marked) => (marked != 0).then_some(marked),
            None => self.step(0, first).map(|step| step.marked),
        }
    }

    #[inline(always)]
    fn step(&self, parent: u32, c: char) -> Option<&Step> {
        let step = &self.steps[self.place_of(parent, c)];
        (step.marked != 0).then_some(step)
    }

    /// Where a step stands, or the free place where it would.
    #[inline(always)]
    fn place_of(&self, parent: u32, c: char) -> usize {
        self.place_from_home(self.home(parent, c), parent, c)
    }

    #[inline(always)]
    fn place_from_home(&self, home: usize, parent: u32, c: char) -> usize {
        let mut at = home;
        loop {
            let step = &self.steps[at];
            if step.marked == 0 || step.parent == parent && step.character & CHARACTER == c as u32 {
                return at;
            }
            at = (at + 1) & (self.steps.len() - 1);
        }
    }

    /// Where a step is looked for first.
    #[inline(always)]
    fn home(&self, parent: u32, c: char) -> usize {
        (hash(parent, c) >> self.shift) as usize
    }

    fn first_place(&mut self, first: char) -> Place {
        if (first as usize) < ROOTS {
            if self.roots[first as usize] == 0 {
                self.nodes += 1;
                self.roots[first as usize] = self.nodes;
            }
            return Place::Root(first as usize);
        }
        self.place_from(0, first)
    }

    /// The step by `c` from where `before` leads to; made where there is none.
    fn place(&mut self, before: Place, c: char) -> Place {
        if let Place::Step(at) = before {
            self.steps[at].character |= follower(c);
        }
        let parent = *self.marked_mut(before) & NODE;
        self.place_from(parent, c)
    }

    fn place_from(&mut self, parent: u32, c: char) -> Place {
        if (self.used + 1) * 8 > self.steps.len() * 5 {
            self.grow();
        }
        let at = self.place_of(parent, c);
        if self.steps[at].marked == 0 {
            self.nodes += 1;
            assert!(self.nodes < NODE, "dictionaries hold less than a thousand million characters");
            self.steps[at] = Step { parent, character: c as u32, marked: self.nodes };
            self.used += 1;
        }
        Place::Step(at)
    }

    fn grow(&mut self) {
        let room = self.steps.len() * 2;
        self.shift -= 1;
        for step in std::mem::replace(&mut self.steps, vec![Step::default(); room]) {
            if step.marked != 0 {
                let c = char::from_u32(step.character & CHARACTER).unwrap_or_default();
                let at = self.place_of(step.parent, c);
                self.steps[at] = step;
            }
        }
    }

    fn marked_mut(&mut self, place: Place) -> &mut u32 {
        match place {
            Place::Root(at) => &mut self.roots[at],
            Place::Step(at) => &mut self.steps[at].marked,
        }
    }
}

/// Where a step stands.
#[derive(Clone, Copy)]
enum Place {
    Root(usize),
    Step(usize),
}

#[inline(always)]
fn hash(parent: u32, c: char) -> u64 {
    const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
    (u64::from(parent) << 21 | u64::from(c as u32)).wrapping_mul(GOLDEN)
}

/// The bit of a character among the eleven above that of a step.
#[inline(always)]
fn follower(c: char) -> u32 {
    let hash = (c as u32).wrapping_mul(0x9e37_79b1);
    1 << (21 + ((u64::from(hash) * 11) >> 32))
}
#[cfg(test)]
mod tests {
    use super::*;

    /// What begins a text, with W for words and T for names of terms.
    fn walked(trie: &WordTrie, text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let mut told = Vec::new();
        trie.walk(&chars, trie.begin(&chars), |length, reached| {
            let marks = [(reached.is_word(), "W"), (reached.is_term(), "T")];
            let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
            if !marks.is_empty() {
                told.push(format!("{}{marks}", chars[..length].iter().collect::<String>()));
            }
        });
        told.join(" ")
    }

    #[test]
    fn all_that_begins_at_a_place_is_told() {
        let mut trie = WordTrie::with_room_for(0);
        for word in ["机", "机器", "机器人", "器", "𠮷", "𠮷野家", "C++", "器人"] {
            trie.add(word, Entry::Word);
        }
        trie.add("机器人", Entry::Term);
        trie.add("机器人产业", Entry::Term);
        let cases = [
            ("机器人产业园", "机W 机器W 机器人WT 机器人产业T"),
            ("机器", "机W 机器W"),
            ("机人", "机W"),
            ("人", ""),
            ("", ""),
            ("𠮷野家", "𠮷W 𠮷野家W"),
            ("C++", "C++W"),
        ];
        for (text, expected) in cases {
            assert_eq!(walked(&trie, text), expected, "{text}");
        }
        assert!(trie.get(&['机', '器']).is_some_and(Reached::is_word));
        assert!(trie.get(&['𠮷', '野']).is_some_and(|reached| !reached.is_word()));
        assert_eq!(trie.get(&['人']), None);
    }

    #[test]
    fn nodes_keep_their_numbers_while_the_table_grows() {
        let mut trie = WordTrie::with_room_for(0);
        let words: Vec<String> = (0..3000).map(|n| format!("词{n}")).collect();
        let nodes: Vec<u32> = words.iter().map(|word| trie.add(word, Entry::Word)).collect();
        for (word, node) in words.iter().zip(&nodes) {
            let found = trie.get(&word.chars().collect::<Vec<_>>());
            assert_eq!(found.map(Reached::node), Some(*node), "{word}");
            assert_eq!(trie.add(word, Entry::Term), *node);
        }
        assert!(nodes.iter().all(|node| *node <= trie.nodes));
    }
}
