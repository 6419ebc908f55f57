//! Names as numbers, so that a table of pairs holds each name once.

use rustc_hash::FxHashMap;

use crate::model::{Name, Record};

/// Names in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    numbers: FxHashMap<Box<str>, u32>,
    names: Vec<Box<str>>,
}

impl Interner {
    /// The number of a name.
    pub fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.into(), number);
        self.names.push(name.into());
        number
    }

    /// The number of a name that came before.
    pub fn known(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    /// How many names came.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// None came.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name of a number that was given.
    pub fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", |name| name)
    }

    /// The numbers, here, of the names of another, by their numbers there.
    pub fn take_over(&mut self, other: &Interner) -> Vec<u32> {
        other.names.iter().map(|name| self.number(name)).collect()
    }
}

/// The numbers that something else gives the names of one record, each asked for once.
#[derive(Debug)]
pub struct Numbers(Vec<Option<u32>>);

impl Numbers {
    /// None is known yet.
    pub fn new(record: &Record<'_>) -> Self {
        Numbers(vec![None; record.names().len()])
    }

    /// That of a name; `number` gives it.
    pub fn of(&mut self, name: Name, number: impl FnOnce() -> u32) -> u32 {
        match self.0.get_mut(name.index()) {
            Some(known) => *known.get_or_insert_with(number),
            None => number(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_numbers() {
        let mut own = Interner::default();
        assert_eq!([own.number("甲"), own.number("乙"), own.number("甲")], [0, 1, 0]);
        let mut other = Interner::default();
        other.number("丙");
        other.number("乙");
        assert_eq!(own.take_over(&other), [2, 1]);
        assert_eq!((own.name(2), own.known("丁"), own.known("乙")), ("丙", None, Some(1)));
    }
}
