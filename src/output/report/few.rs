//! The first few of many, the same ones whatever the order in which they came.

/// Keeps the `N` smallest items that it was given, each once, and counts all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Few<T, const N: usize> {
    kept: Vec<T>,
    seen: u64,
}

impl<T, const N: usize> Default for Few<T, N> {
    fn default() -> Self {
        Few { kept: Vec::new(), seen: 0 }
    }
}

impl<T: Ord, const N: usize> Few<T, N> {
    /// Takes an item where it is among the smallest.
    pub fn add(&mut self, item: T) {
        self.seen += 1;
        self.keep(item);
    }

    /// Takes over what another kept and saw.
    pub fn merge(&mut self, other: Self) {
        self.seen += other.seen;
        other.kept.into_iter().for_each(|item| self.keep(item));
    }

    fn keep(&mut self, item: T) {
        // items come mostly in order, so most are settled here
        if self.kept.len() == N && self.kept.last().is_some_and(|last| *last <= item) {
            return;
        }
        if let Err(at) = self.kept.binary_search(&item) {
            self.kept.insert(at, item);
            self.kept.truncate(N);
        }
    }

    /// The smallest, in order.
    pub fn kept(&self) -> &[T] {
        &self.kept
    }

    /// How many came.
    pub fn seen(&self) -> u64 {
        self.seen
    }
}

/// As [`Few`], of small items: they stand in it, and only those that are kept are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct First<T, const N: usize> {
    items: [T; N],
    len: u32,
}

impl<T: Copy + Default, const N: usize> Default for First<T, N> {
    fn default() -> Self {
        First { items: [T::default(); N], len: 0 }
    }
}

impl<T: Copy + Ord, const N: usize> First<T, N> {
    /// Takes an item where it is among the smallest.
    pub fn add(&mut self, item: T) {
        let kept = self.kept();
        // items come mostly in order, so most are settled here
        if kept.len() == N && kept.last().is_some_and(|last| *last <= item) {
            return;
        }
        if let Err(at) = kept.binary_search(&item) {
            let len = (kept.len() + 1).min(N);
            self.items.copy_within(at..len - 1, at + 1);
            self.items[at] = item;
            self.len = len as u32;
        }
    }

    /// Takes over what another kept.
    pub fn merge(&mut self, other: Self) {
        other.kept().iter().for_each(|item| self.add(*item));
    }

    /// The smallest, in order.
    pub fn kept(&self) -> &[T] {
        &self.items[..self.len as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_stay_in_any_order_and_split() {
        let items = [5, 1, 9, 3, 3, 7, 2];
        let mut whole: Few<i32, 3> = Few::default();
        items.iter().for_each(|item| whole.add(*item));
        assert_eq!((whole.kept(), whole.seen()), (&[1, 2, 3][..], 7));
        for cut in 0..items.len() {
            let (mut one, mut other): (Few<i32, 3>, Few<i32, 3>) = Default::default();
            items[cut..].iter().for_each(|item| one.add(*item));
            items[..cut].iter().rev().for_each(|item| other.add(*item));
            one.merge(other);
            assert_eq!(one, whole, "cut at {cut}");
            let (mut one, mut other): (First<i32, 3>, First<i32, 3>) = Default::default();
            items[cut..].iter().for_each(|item| one.add(*item));
            items[..cut].iter().rev().for_each(|item| other.add(*item));
            one.merge(other);
            assert_eq!(one.kept(), whole.kept(), "cut at {cut}");
        }
    }
}
