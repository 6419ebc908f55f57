//! Half-open spans that carry their coordinate space in their type.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

/// Coordinate space of the decoded text of a document as it stands: Unicode scalar offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {}

/// Coordinate space of the repaired text that the grammars read: Unicode scalar offsets into [`super::CleanText`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clean {}

/// A half-open range `[start, end)` of Unicode scalar values in the space `S`.
///
/// Invariant: `start <= end`.
pub struct Span<S> {
    start: u32,
    end: u32,
    space: PhantomData<fn() -> S>,
}

impl<S> Span<S> {
    /// A span over `[start, end)`.
    ///
    /// # Panics
    /// If `start > end`, or an offset does not fit 32 bits (texts are limited to 4 billion characters).
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "span ends before it starts: {start}..{end}");
        let narrow = |n: usize| u32::try_from(n).expect("text longer than 2^32 characters");
        Span { start: narrow(start), end: narrow(end), space: PhantomData }
    }

    /// First character.
    #[inline]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Behind the last character.
    #[inline]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Number of characters.
    #[inline]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Holds no character.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The offsets as a range, to index a slice of characters.
    #[inline]
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// At least one character is shared.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Start and length: lengths are short, and take a byte where numbers are packed.
impl<S> Serialize for Span<S> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        (self.start, self.end - self.start).serialize(serializer)
    }
}

impl<'de, S> Deserialize<'de> for Span<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, length) = <(u32, u32)>::deserialize(deserializer)?;
        let end = start.checked_add(length).ok_or_else(|| D::Error::custom("a span ends behind all texts"))?;
        Ok(Span { start, end, space: PhantomData })
    }
}

impl<S> Copy for Span<S> {}
impl<S> Clone for Span<S> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<S> PartialEq for Span<S> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}
impl<S> Eq for Span<S> {}
impl<S> PartialOrd for Span<S> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
/// By start, then by end.
impl<S> Ord for Span<S> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<S> Hash for Span<S> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<S> fmt::Debug for Span<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
