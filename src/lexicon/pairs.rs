//! Pairs of neighbouring characters, by which words of lists are found in a text.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

/// Pairs of characters, asked in a step: what does not pass is none of them, of other pairs few pass.
#[derive(Clone)]
pub struct PairSieve {
    bits: Box<[u64]>,
    /// Upper bits of the hash that tell the bit of a pair: 32 less this.
    shift: u32,
}

impl PairSieve {
    /// A sieve for about so many pairs, through which one of sixteen others passes.
    pub fn with_room_for(pairs: usize) -> Self {
        const BITS_OF_A_PAIR: usize = 16;
        // what stays in the cache beside a processor
        const MOST: usize = 1 << 15;
        let words = (pairs * BITS_OF_A_PAIR / 64).clamp(1, MOST).next_power_of_two();
        PairSieve { bits: vec![0; words].into(), shift: 32 - 6 - words.trailing_zeros() }
    }

    #[inline]
    fn place(&self, first: char, second: char) -> (usize, u64) {
        let bit = mixed(first, second) >> self.shift;
        ((bit / 64) as usize, 1 << (bit % 64))
    }

    /// Whether it is one of them; another may look like one.
    #[inline]
    pub fn may_hold(&self, first: char, second: char) -> bool {
        let (at, bit) = self.place(first, second);
        self.bits.get(at).is_some_and(|bits| bits & bit != 0)
    }

    /// Adds a pair.
    pub fn insert(&mut self, first: char, second: char) {
        let (at, bit) = self.place(first, second);
        self.bits[at] |= bit;
    }
}

impl Default for PairSieve {
    fn default() -> Self {
        PairSieve::with_room_for(0)
    }
}

impl std::fmt::Debug for PairSieve {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let set: u32 = self.bits.iter().map(|bits| bits.count_ones()).sum();
        write!(f, "PairSieve({set} of {} bits)", self.bits.len() * 64)
    }
}

/// A hash of two characters: its upper bits are the best.
#[inline]
pub(super) fn mixed(first: char, second: char) -> u32 {
    let mixed = u32::from(first).wrapping_mul(0x9e37_79b1).wrapping_add(u32::from(second));
    mixed.wrapping_mul(0x85eb_ca6b)
}

/// Two characters as a key, which sorts as they do.
pub fn pair(first: char, second: char) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// A word without its pair, and what is known of it.
#[derive(Clone, Debug)]
struct Entry<T> {
    /// The character of the word beside its pair: see [`Side::nearest`].
    beside: u32,
    /// Its other characters: where they begin in [`ByPair::others`], and how many there are.
    from: u32,
    length: u32,
    value: T,
}

/// On which side of its pair a word has its other characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The pair ends the word.
    Before,
    /// The pair begins the word.
    Behind,
}

impl Side {
    /// The character that stands next to the pair, as a number above 0, which is none.
    fn nearest(self, others: &[char]) -> u32 {
        let nearest = match self {
            Side::Before => others.last(),
            Side::Behind => others.first(),
        };
        nearest.map_or(0, |c| u32::from(*c) + 1)
    }

    /// `text` has these characters next to the pair; most are told apart by one, for which a call is too dear.
    fn stands(self, text: &[char], others: &[char]) -> bool {
        let equal = |(own, other): (&char, &char)| own == other;
        text.len() >= others.len()
            && match self {
                Side::Before => text.iter().rev().zip(others.iter().rev()).all(equal),
                Side::Behind => text.iter().zip(others).all(equal),
            }
    }
}

/// Words of two characters or more by their first or last pair. What is asked lies side by side.
#[derive(Clone, Debug)]
pub(super) struct ByPair<T> {
    side: Side,
    sieve: PairSieve,
    /// Range of entries of each pair.
    places: FxHashMap<u64, (u32, u32)>,
    /// Those of a pair by the character beside it, then the longest first.
    entries: Vec<Entry<T>>,
    others: Vec<char>,
}

impl<T> ByPair<T> {
    /// Takes the pair of each word, its other characters, and what is known of it; the first of two equal ones wins.
    pub fn new(side: Side, mut words: Vec<([char; 2], Vec<char>, T)>) -> Self {
        let order = |(pair, others, _): &([char; 2], Vec<char>, T)| {
            (*pair, side.nearest(others), Reverse(others.len()), others.clone())
        };
        words.sort_by_cached_key(order);
        words.dedup_by(|later, first| (later.0, &later.1) == (first.0, &first.1));
        let mut all = ByPair { sieve: PairSieve::with_room_for(words.len()), ..ByPair::on(side) };
        for ([first, second], others, value) in words {
            all.sieve.insert(first, second);
            let at = all.entries.len() as u32;
            all.places.entry(pair(first, second)).or_insert((at, at)).1 = at + 1;
            let (from, length) = (all.others.len() as u32, others.len() as u32);
            all.entries.push(Entry { beside: side.nearest(&others), from, length, value });
            all.others.extend(others);
        }
        all
    }

    /// No words.
    pub fn on(side: Side) -> Self {
        ByPair {
            side,
            sieve: PairSieve::default(),
            places: FxHashMap::default(),
            entries: Vec::new(),
            others: Vec::new(),
        }
    }

    /// The pairs, in no order.
    pub fn pairs(&self) -> impl Iterator<Item = (char, char)> + '_ {
        let pairs = self.places.keys().map(|pair| ((pair >> 32) as u32, *pair as u32));
        pairs.filter_map(|(first, second)| char::from_u32(first).zip(char::from_u32(second)))
    }

    /// A word with this pair may be there.
    #[inline]
    pub fn may_hold(&self, first: char, second: char) -> bool {
        self.sieve.may_hold(first, second)
    }

    /// A word with this pair has these characters next to it, and maybe more behind them.
    pub fn any_goes_on(&self, [first, second]: [char; 2], others: &[char]) -> bool {
        if !self.may_hold(first, second) {
            return false;
        }
        let same = self.places.get(&pair(first, second)).map_or(0..0, |(from, to)| *from as usize..*to as usize);
        let own = |Entry { from, length, .. }: &Entry<T>| &self.others[*from as usize..(*from + *length) as usize];
        self.entries[same].iter().any(|entry| self.side.stands(own(entry), others))
    }

    /// The longest word with this pair whose other characters stand beside it in `text` and that passes `fits`: its length
    /// and value.
    pub fn longest(
        &self,
        [first, second]: [char; 2],
        text: &[char],
        fits: impl Fn(usize, &T) -> bool,
    ) -> Option<(usize, &T)> {
        let &(from, to) = self.places.get(&pair(first, second))?;
        let same = &self.entries[from as usize..to as usize];
        let beside = self.side.nearest(text);
        let stands = |Entry { from, length, .. }: &Entry<T>| {
            let (from, length) = (*from as usize, *length as usize);
            self.side.stands(text, &self.others[from..from + length])
        };
        // behind some pairs many words go on: 中国
        let alike = match beside {
            0 => [].iter(),
            _ => same[same.partition_point(|entry| entry.beside < beside)..].iter(),
        };
        let longer = alike.take_while(|entry| entry.beside == beside).filter(|entry| stands(entry));
        let pair_alone = same.first().filter(|entry| entry.beside == 0);
        let mut found = longer.chain(pair_alone).map(|entry| (entry.length as usize + 2, &entry.value));
        found.find(|(length, value)| fits(*length, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_pass_and_few_others_do() {
        let pairs: Vec<[char; 2]> = ('一'..='五').map(|c| [c, '会']).collect();
        let mut sieve = PairSieve::with_room_for(pairs.len());
        pairs.iter().for_each(|[first, second]| sieve.insert(*first, *second));
        assert!(pairs.iter().all(|[first, second]| sieve.may_hold(*first, *second)));
        let others = ('六'..='龥').filter(|c| sieve.may_hold(*c, '会')).count();
        assert!(others < ('六'..='龥').count() / 8, "{others}");
        assert!(!PairSieve::default().may_hold('会', '员'));
    }
}
