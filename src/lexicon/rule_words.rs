//! The words that rules of indicators are made of, where they stand in a text, and sets of them and of rules.

use rustc_hash::FxHashMap;

use super::CharSet;
use super::pairs::{PairSieve, pair};

/// Where in its region a word has to stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// At its start.
    pub start: bool,
    /// At its end.
    pub end: bool,
}

/// A word of the rules in a text: character offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordHit {
    /// First character.
    pub start: usize,
    /// Behind the last character.
    pub end: usize,
    /// Number of the word.
    pub word: u32,
}

/// Words, each with its anchor, by number. Most parts of most rules are empty: those take no more room than to say so.
#[derive(Clone, Debug, Default)]
pub struct WordSet(Option<Box<Words>>);

#[derive(Clone, Debug)]
struct Words {
    /// By number, at least one.
    words: Vec<(u32, Anchor)>,
    /// The first number, and a bit for each number from it on: most words of a text are refused by it.
    first: u32,
    members: Vec<u64>,
    /// Some word has to stand at the start or the end.
    anchored: bool,
}

impl WordSet {
    pub(super) fn new(mut words: Vec<(u32, Anchor)>) -> Self {
        words.sort_by_key(|(word, _)| *word);
        let (Some((first, _)), Some((last, _))) = (words.first(), words.last()) else { return WordSet::default() };
        let (first, last) = (*first, *last);
        let mut members = vec![0; (last - first) as usize / 64 + 1];
        for (word, _) in &words {
            let at = (word - first) as usize;
            members[at / 64] |= 1 << (at % 64);
        }
        let anchored = words.iter().any(|(_, anchor)| anchor.start || anchor.end);
        WordSet(Some(Box::new(Words { words, first, members, anchored })))
    }

    /// There is no word in it.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Some word has to stand at the start or the end of its region.
    #[inline]
    pub fn is_anchored(&self) -> bool {
        self.0.as_ref().is_some_and(|words| words.anchored)
    }

    /// The word is in it, whatever its anchor.
    #[inline]
    pub fn contains(&self, word: u32) -> bool {
        self.0.as_ref().is_some_and(|words| words.contain(word))
    }

    /// One of the hits lies in `[start, end)`, as its anchor wants.
    pub fn hits(&self, hits: &[WordHit], start: usize, end: usize) -> bool {
        let Some(words) = &self.0 else { return false };
        let lies = |hit: &WordHit| hit.start >= start && hit.end <= end;
        let fits = |hit: &WordHit| !words.anchored || words.fit(*hit, start, end);
        hits.iter().any(|hit| words.contain(hit.word) && lies(hit) && fits(hit))
    }

    /// One of the words ends at `end`.
    pub fn ends_at(&self, hits: &[WordHit], end: usize) -> bool {
        hits.iter().any(|hit| hit.end == end && self.contains(hit.word))
    }

    /// One of `words` is in it.
    pub fn holds(&self, words: &[u32]) -> bool {
        words.iter().any(|word| self.contains(*word))
    }

    /// The numbers of the words.
    pub(super) fn words(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().flat_map(|words| &words.words).map(|(word, _)| *word)
    }
}

impl Words {
    #[inline]
    fn contain(&self, word: u32) -> bool {
        let at = word.wrapping_sub(self.first) as usize;
        self.members.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
    }

    fn fit(&self, hit: WordHit, start: usize, end: usize) -> bool {
        let from = self.words.partition_point(|(word, _)| *word < hit.word);
        self.words[from..]
            .iter()
            .take_while(|(word, _)| *word == hit.word)
            .any(|(_, anchor)| (!anchor.start || hit.start == start) && (!anchor.end || hit.end == end))
    }
}

/// The rules of each word, in one stretch.
#[derive(Clone, Debug, Default)]
pub(super) struct RuleLists {
    rules: Vec<u32>,
    /// Where those of each word start, and where the last ones end.
    starts: Vec<u32>,
}

impl RuleLists {
    /// The rules of a word.
    #[inline]
    pub fn of(&self, word: u32) -> &[u32] {
        match self.starts.get(word as usize..).unwrap_or_default() {
            [start, end, ..] => &self.rules[*start as usize..*end as usize],
            _ => &[],
        }
    }
}

impl FromIterator<Vec<u32>> for RuleLists {
    fn from_iter<I: IntoIterator<Item = Vec<u32>>>(lists: I) -> Self {
        let mut all = RuleLists { rules: Vec::new(), starts: vec![0] };
        for rules in lists {
            all.rules.extend(rules);
            all.starts.push(all.rules.len() as u32);
        }
        all
    }
}

/// Rules by their index, a bit each.
#[derive(Clone, Debug, Default)]
pub struct RuleSet(Vec<u64>);

impl RuleSet {
    /// A set for the first `rules` rules, with none in it.
    pub(super) fn with_room(rules: usize) -> Self {
        RuleSet(vec![0; rules.div_ceil(64)])
    }

    /// Becomes the same as `other`, which has as much room.
    pub fn copy(&mut self, other: &RuleSet) {
        self.0.clone_from(&other.0);
    }

    /// Adds rules.
    #[inline]
    pub fn extend(&mut self, rules: &[u32]) {
        for rule in rules {
            self.0[*rule as usize / 64] |= 1 << (rule % 64);
        }
    }

    /// Adds those that are in `other`.
    pub(super) fn add(&mut self, other: &RuleSet) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    /// Keeps those that are in `other` too.
    pub fn keep(&mut self, other: &RuleSet) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= other);
    }

    /// The rules, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().zip((0u32..).step_by(64)).flat_map(|(bits, base)| {
            let mut rest = *bits;
            std::iter::from_fn(move || {
                let rule = (rest != 0).then(|| base + rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(rule)
            })
        })
    }
}

/// A word of two characters or more, but for these two.
#[derive(Clone, Copy, Debug)]
struct Longer {
    /// The third character, which tells most words apart without a look at the rest; none where the two are all.
    third: Option<char>,
    /// What stands behind it: where that begins in [`RuleWords::tails`], and how many characters it has.
    from: u32,
    length: u32,
    word: u32,
}

/// The words of all rules, each with a number.
#[derive(Clone, Debug, Default)]
pub(super) struct RuleWords {
    numbers: FxHashMap<String, u32>,
    /// First characters of words, which tell most places of a text from words without a look at the tables.
    first: CharSet,
    /// Words of one character.
    alone: CharSet,
    by_char: FxHashMap<char, u32>,
    /// First two characters of longer words.
    pairs: PairSieve,
    /// Range of the longer words that begin with a [`pair`].
    by_pair: FxHashMap<u64, (u32, u32)>,
    longer: Vec<Longer>,
    tails: Vec<char>,
}

impl RuleWords {
    /// The number of `word`, which is not empty; a new word is added.
    pub fn number(&mut self, word: &str) -> u32 {
        if let Some(known) = self.numbers.get(word) {
            return *known;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(word.to_owned(), number);
        number
    }

    /// Makes ready for [`Self::find`], when all words are in.
    pub fn close(&mut self) {
        let mut words: Vec<(Vec<char>, u32)> =
            self.numbers.iter().map(|(word, number)| (word.chars().collect(), *number)).collect();
        // those that begin alike lie together
        words.sort_unstable();
        self.first = words.iter().filter_map(|(chars, _)| chars.first().copied()).collect();
        self.pairs = PairSieve::with_room_for(words.len());
        for (chars, word) in words {
            match chars[..] {
                [] => {}
                [only] => drop(self.by_char.insert(only, word)),
                [first, second, ref rest @ ..] => {
                    self.pairs.insert(first, second);
                    let at = self.longer.len() as u32;
                    self.by_pair.entry(pair(first, second)).or_insert((at, at)).1 = at + 1;
                    let tail = rest.get(1..).unwrap_or_default();
                    let (from, length) = (self.tails.len() as u32, tail.len() as u32);
                    self.longer.push(Longer { third: rest.first().copied(), from, length, word });
                    self.tails.extend(tail);
                }
            }
        }
        self.alone = self.by_char.keys().copied().collect();
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The word that `text` as a whole is.
    pub fn get(&self, text: &str) -> Option<u32> {
        let begins = text.chars().next().is_some_and(|first| self.first.contains(first));
        if begins { self.numbers.get(text).copied() } else { None }
    }

    /// Adds all words that occur in `chars`, overlapping ones too, by their start; offsets are shifted by `base`.
    pub fn find(&self, chars: &[char], base: usize, found: &mut Vec<WordHit>) {
        for (at, first) in chars.iter().enumerate() {
            if !self.first.contains(*first) {
                continue;
            }
            let start = base + at;
            if self.alone.contains(*first)
                && let Some(&word) = self.by_char.get(first)
            {
                found.push(WordHit { start, end: start + 1, word });
            }
            let Some((second, rest)) = chars[at + 1..].split_first() else { continue };
            if !self.pairs.may_hold(*first, *second) {
                continue;
            }
            let Some(&(from, to)) = self.by_pair.get(&pair(*first, *second)) else { continue };
            let third = rest.first().copied();
            // most tails are short, and a call to compare them is too dear
            let begins = |text: &[char], tail: &[char]| {
                text.len() >= tail.len() && text.iter().zip(tail).all(|(one, other)| one == other)
            };
            for Longer { third: wanted, from, length, word } in &self.longer[from as usize..to as usize] {
                if wanted.is_none() {
                    found.push(WordHit { start, end: start + 2, word: *word });
                } else if *wanted == third {
                    let tail = &self.tails[*from as usize..(*from + *length) as usize];
                    if begins(&rest[1..], tail) {
                        found.push(WordHit { start, end: start + 3 + tail.len(), word: *word });
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_of_a_text_are_found() {
        let mut words = RuleWords::default();
        let [member, unit, whole] = ["会员", "员", "会员单位"].map(|word| words.number(word));
        assert_eq!((words.number("员"), words.len()), (unit, 3));
        words.close();
        let chars: Vec<char> = "新会员单位".chars().collect();
        let mut found = Vec::new();
        words.find(&chars, 10, &mut found);
        found.sort_by_key(|hit| (hit.start, hit.end));
        let hit = |start, end, word| WordHit { start, end, word };
        assert_eq!(found, [hit(11, 13, member), hit(11, 15, whole), hit(12, 13, unit)]);
        assert_eq!((words.get("会员"), words.get("新会员")), (Some(member), None));
    }

    #[test]
    fn sets_hold_what_was_put_in() {
        let set = WordSet::new(vec![(200, Anchor::default()), (70, Anchor { start: true, end: false })]);
        let held = [0, 69, 70, 71, 199, 200, 201, u32::MAX].map(|word| set.contains(word));
        assert_eq!(held, [false, false, true, false, false, true, false, false]);
        assert!(!WordSet::default().contains(0) && set.holds(&[3, 200]) && !set.holds(&[3]));
        let hit = |start| WordHit { start, end: start + 2, word: 70 };
        assert!(set.hits(&[hit(5)], 5, 9) && !set.hits(&[hit(6)], 5, 9) && !set.hits(&[hit(8)], 8, 9));

        let lists: RuleLists = [vec![4, 7], vec![], vec![5]].into_iter().collect();
        assert_eq!([0, 1, 2, 3].map(|word| lists.of(word).to_vec()), [vec![4, 7], vec![], vec![5], vec![]]);

        let mut rules = RuleSet::with_room(130);
        rules.extend(&[129, 0, 64, 0]);
        assert_eq!(rules.iter().collect::<Vec<_>>(), [0, 64, 129]);
        let mut others = RuleSet::with_room(130);
        others.extend(&[64, 65]);
        rules.keep(&others);
        assert_eq!(rules.iter().collect::<Vec<_>>(), [64]);
        rules.copy(&others);
        assert_eq!(rules.iter().collect::<Vec<_>>(), [64, 65]);
        rules.add(&RuleSet(vec![1, 0, 2]));
        assert_eq!(rules.iter().collect::<Vec<_>>(), [0, 64, 65, 129]);
    }
}
