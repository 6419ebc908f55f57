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
        const MOST: usize = 1 << 12;
        let words = (pairs * BITS_OF_A_PAIR / 64).clamp(1, MOST).next_power_of_two();
        PairSieve { bits: vec![0; words].into(), shift: 32 - 6 - words.trailing_zeros() }
    }

    #[inline]
    fn place(&self, first: char, second: char) -> (usize, u64) {
        let mixed = u32::from(first).wrapping_mul(0x9e37_79b1).wrapping_add(u32::from(second));
        let bit = mixed.wrapping_mul(0x85eb_ca6b) >> self.shift;
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

/// Two characters as a key.
pub(super) fn pair(first: char, second: char) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// A word without its pair, and what is known of it.
#[derive(Clone, Debug)]
struct Entry<T> {
    /// Its other characters: where they begin in [`ByPair::others`], and how many there are.
    from: u32,
    length: u32,
    value: T,
}

/// Words of two characters or more by a pair of theirs, the longest first. What is asked lies side by side.
#[derive(Clone, Debug)]
pub(super) struct ByPair<T> {
    sieve: PairSieve,
    /// Range of entries of each pair.
    places: FxHashMap<u64, (u32, u32)>,
    entries: Vec<Entry<T>>,
    others: Vec<char>,
}

impl<T> ByPair<T> {
    /// Takes the pair of each word, its other characters, and what is known of it; the first of two equal ones wins.
    pub fn new(mut words: Vec<([char; 2], Vec<char>, T)>) -> Self {
        words.sort_by(|a, b| (a.0, Reverse(a.1.len()), &a.1).cmp(&(b.0, Reverse(b.1.len()), &b.1)));
        words.dedup_by(|later, first| (later.0, &later.1) == (first.0, &first.1));
        let mut all = ByPair { sieve: PairSieve::with_room_for(words.len()), ..ByPair::default() };
        for ([first, second], others, value) in words {
            all.sieve.insert(first, second);
            let at = all.entries.len() as u32;
            all.places.entry(pair(first, second)).or_insert((at, at)).1 = at + 1;
            all.entries.push(Entry { from: all.others.len() as u32, length: others.len() as u32, value });
            all.others.extend(others);
        }
        all
    }

    /// A word with this pair may be there.
    #[inline]
    pub fn may_hold(&self, first: char, second: char) -> bool {
        self.sieve.may_hold(first, second)
    }

    /// The longest word with this pair whose other characters stand there and that passes `fits`: its length and value.
    pub fn longest(
        &self,
        [first, second]: [char; 2],
        stands: impl Fn(&[char]) -> bool,
        fits: impl Fn(usize, &T) -> bool,
    ) -> Option<(usize, &T)> {
        let &(from, to) = self.places.get(&pair(first, second))?;
        self.entries[from as usize..to as usize].iter().find_map(|Entry { from, length, value }| {
            let (from, length) = (*from as usize, *length as usize);
            (stands(&self.others[from..from + length]) && fits(length + 2, value)).then_some((length + 2, value))
        })
    }
}

impl<T> Default for ByPair<T> {
    fn default() -> Self {
        ByPair { sieve: PairSieve::default(), places: FxHashMap::default(), entries: Vec::new(), others: Vec::new() }
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
