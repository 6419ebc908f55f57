//! The words of the dictionary, character by character.

/// Load above which the table of steps grows, in eighths.
const MOST_LOAD: usize = 6;
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

/// What a text is added as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A word of the dictionary.
    Word,
    /// A name of a term.
    Term,
}

/// The step from the beginning by one character.
#[derive(Clone, Copy, Default)]
struct Root {
    /// Node and marks; 0 for a character that nothing begins with.
    marked: u32,
    /// A bit for each hash of a character that goes on.
    followers: u32,
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
/// Steps lie in one table by the hash of node and character; of the characters that go on from a node a few bits are kept
/// with the step to it, so that most of those that don't are known without a look at the table.
pub(super) struct WordTrie {
    roots: Vec<Root>,
    steps: Vec<Step>,
    used: usize,
    nodes: u32,
}

impl WordTrie {
    /// A trie with room for about so many texts.
    pub fn with_room_for(texts: usize) -> Self {
        // a word of the general dictionary takes 1.4 steps
        let steps = (texts * 3 / 2 + 64) * 8 / MOST_LOAD;
        WordTrie { roots: vec![Root::default(); ROOTS], steps: vec![Step::default(); steps], used: 0, nodes: 0 }
    }

    /// Nodes, the beginning of all words among them.
    /// Adds a text that is not empty; the number of its node.
    pub fn add(&mut self, text: &str, entry: Entry) -> u32 {
        let mark = match entry {
            Entry::Word => WORD,
            Entry::Term => TERM,
        };
        let mut place = Place::Start;
        let mut node = 0;
        for c in text.chars() {
            place = self.place(place, node, c);
            node = self.marked(place) & NODE;
        }
        match place {
            Place::Start => {}
            Place::Root(at) => self.roots[at].marked |= mark,
            Place::Step(at) => self.steps[at].marked |= mark,
        }
        node
    }

    /// What a whole text is.
    pub fn get(&self, text: &[char]) -> Option<Reached> {
        let mut found = None;
        self.walk(text, |length, reached| {
            if length == text.len() {
                found = Some(reached);
            }
        });
        found
    }

    /// Tells of each beginning of `text` that is a beginning of some entry how long it is, in characters, and what it is.
    #[inline(always)]
    pub fn walk(&self, text: &[char], mut tell: impl FnMut(usize, Reached)) {
        let Some((&first, rest)) = text.split_first() else { return };
        let (mut marked, followed) = self.first(first, rest);
        if marked == 0 {
            return;
        }
        tell(1, Reached { marked });
        if !followed {
            return;
        }
        let mut length = 1;
        for &c in rest {
            let Some(step) = self.step(marked & NODE, c) else { return };
            marked = step.marked;
            length += 1;
            tell(length, Reached { marked });
            let goes_on = rest.get(length - 1).is_some_and(|next| step.character & follower_above(*next) != 0);
            if !goes_on {
                return;
            }
        }
    }

    /// The step by a first character, and whether the one behind it may go on.
    #[inline(always)]
    fn first(&self, first: char, rest: &[char]) -> (u32, bool) {
        match self.roots.get(first as usize) {
            Some(root) => (root.marked, rest.first().is_some_and(|next| root.followers & follower(*next) != 0)),
            None => (self.step(0, first).map_or(0, |step| step.marked), true),
        }
    }

    #[inline(always)]
    fn step(&self, parent: u32, c: char) -> Option<&Step> {
        let mut at = self.home(parent, c);
        loop {
            let step = &self.steps[at];
            if step.marked == 0 {
                return None;
            }
            if step.parent == parent && step.character & CHARACTER == c as u32 {
                return Some(step);
            }
            at += 1;
            if at == self.steps.len() {
                at = 0;
            }
        }
    }

    /// Where a step is looked for first.
    #[inline(always)]
    fn home(&self, parent: u32, c: char) -> usize {
        const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
        let hash = (u64::from(parent) << 21 | u64::from(c as u32)).wrapping_mul(GOLDEN);
        ((u128::from(hash) * self.steps.len() as u128) >> 64) as usize
    }

    /// The step from a node, which `before` leads to, by `c`; made where there is none.
    fn place(&mut self, before: Place, parent: u32, c: char) -> Place {
        match before {
            Place::Start => {}
            Place::Root(at) => self.roots[at].followers |= follower(c),
            Place::Step(at) => self.steps[at].character |= follower_above(c),
        }
        if parent == 0 && (c as usize) < ROOTS {
            if self.roots[c as usize].marked == 0 {
                self.nodes += 1;
                self.roots[c as usize].marked = self.nodes;
            }
            return Place::Root(c as usize);
        }
        if (self.used + 1) * 8 > self.steps.len() * MOST_LOAD {
            self.grow();
        }
        let at = self.free_or(parent, c);
        if self.steps[at].marked == 0 {
            self.nodes += 1;
            assert!(self.nodes < NODE, "a dictionary of a thousand million characters");
            self.steps[at] = Step { parent, character: c as u32, marked: self.nodes };
            self.used += 1;
        }
        Place::Step(at)
    }

    fn free_or(&self, parent: u32, c: char) -> usize {
        let same = |step: &Step| step.parent == parent && step.character & CHARACTER == c as u32;
        let home = self.home(parent, c);
        let places = (home..self.steps.len()).chain(0..home);
        places.into_iter().find(|at| self.steps[*at].marked == 0 || same(&self.steps[*at])).unwrap_or(home)
    }

    fn grow(&mut self) {
        let room = self.steps.len() * 2;
        for step in std::mem::replace(&mut self.steps, vec![Step::default(); room]) {
            if step.marked != 0 {
                let c = char::from_u32(step.character & CHARACTER).unwrap_or_default();
                let at = self.free_or(step.parent, c);
                self.steps[at] = step;
            }
        }
    }

    fn marked(&self, place: Place) -> u32 {
        match place {
            Place::Start => 0,
            Place::Root(at) => self.roots[at].marked,
            Place::Step(at) => self.steps[at].marked,
        }
    }
}

/// Where a step stands.
#[derive(Clone, Copy)]
enum Place {
    Start,
    Root(usize),
    Step(usize),
}

fn hash(c: char) -> u32 {
    (c as u32).wrapping_mul(0x9e37_79b1)
}

/// The bit of a character among the followers of a root.
#[inline(always)]
fn follower(c: char) -> u32 {
    1 << (hash(c) >> 27)
}

/// The bit of a character among the eleven above that of a step.
#[inline(always)]
fn follower_above(c: char) -> u32 {
    1 << (21 + ((u64::from(hash(c)) * 11) >> 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What begins a text, with W for words and T for names of terms.
    fn walked(trie: &WordTrie, text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let mut told = Vec::new();
        trie.walk(&chars, |length, reached| {
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
