//! The rows of one kind in one document, annotated ones against predicted ones.

use rustc_hash::{FxHashMap, FxHashSet};

use super::difference::{Difference, ErrorKind, Side, Subject};
use super::intervals::Intervals;
use super::report::{Counts, Share};
use super::rows::{Amount, Detail, Row, WrittenNames, squash};
use crate::model::{Source, Span};

/// Rows that count, and which predicted row has the span of which annotated one.
pub struct Matching<'a, T> {
    /// Annotated rows that must be found.
    required: Vec<&'a Row<T>>,
    /// Predicted rows that count.
    offered: Vec<&'a Row<T>>,
    /// Numbers of the predicted rows by their span.
    by_span: FxHashMap<Span<Source>, Vec<usize>>,
    required_at: Intervals,
    offered_at: Intervals,
}

impl<'a, T: Detail> Matching<'a, T> {
    /// Leaves out the annotated rows that are neither rewarded nor penalised, and the predicted rows that touch one of
    /// them, unless these stand for a row that is required.
    pub fn new(gold: &'a [Row<T>], predicted: &'a [Row<T>]) -> Self {
        let free = |row: &Row<T>| row.optional || row.detail.is_passive();
        let required: Vec<&Row<T>> = gold.iter().filter(|row| !free(row)).collect();
        let free_at = Intervals::new(gold.iter().filter(|row| free(row)).map(|row| row.span));
        let required_at = Intervals::new(required.iter().map(|row| row.span));
        let counts =
            |row: &&Row<T>| !row.detail.is_passive() && (!free_at.touch(row.span) || required_at.share_half(row.span));
        let offered: Vec<&Row<T>> = predicted.iter().filter(counts).collect();
        let mut by_span = FxHashMap::<_, Vec<usize>>::default();
        for (number, row) in offered.iter().enumerate() {
            by_span.entry(row.span).or_default().push(number);
        }
        let offered_at = Intervals::new(offered.iter().map(|row| row.span));
        Matching { required, offered, by_span, required_at, offered_at }
    }

    /// Predicted rows with the span of `expected`.
    fn hits(&self, expected: &Row<T>) -> impl Iterator<Item = &'a Row<T>> {
        self.by_span.get(&expected.span).into_iter().flatten().map(|&number| self.offered[number])
    }

    fn is_right(&self, expected: &Row<T>, written: &WrittenNames) -> bool {
        self.hits(expected).any(|found| T::agrees(expected, found, written))
    }

    /// What the figures are made of. Several predicted rows with one span count once.
    pub fn counts(&self, written: &WrittenNames) -> Counts {
        let required = |meets: &dyn Fn(&Row<T>) -> bool| self.required.iter().filter(|row| meets(row)).count();
        Counts {
            gold: self.required.len(),
            predicted: self.by_span.len(),
            strict: required(&|row| self.by_span.contains_key(&row.span)),
            right: required(&|row| self.is_right(row, written)),
            loose_gold: required(&|row| self.offered_at.share_half(row.span)),
            loose_predicted: self.by_span.keys().filter(|&&span| self.required_at.share_half(span)).count(),
        }
    }

    /// What is missed, spurious, or wrong in its value. A predicted row that touches a required one is shown with the
    /// row that was missed and is not listed a second time.
    pub fn differences(&self, document: &str, written: &WrittenNames) -> Vec<Difference> {
        let mut differences = Vec::new();
        let mut add = |error, expected: Option<&Row<T>>, found: Option<&Row<T>>| {
            let side = |row: &Row<T>| Side { text: row.text.clone(), value: row.detail.shown() };
            differences.push(Difference {
                document: document.to_owned(),
                subject: Subject::Mention(T::KIND),
                span: expected.or(found).map(|row| row.span),
                error,
                expected: expected.map(side),
                found: found.map(side),
            });
        };
        for &expected in &self.required {
            if !self.by_span.contains_key(&expected.span) {
                let nearest = self.offered_at.touching(expected.span).map(|(_, number)| number).min();
                add(ErrorKind::Missed, Some(expected), nearest.map(|number| self.offered[number]));
            } else if !self.is_right(expected, written) {
                add(ErrorKind::Value, Some(expected), self.hits(expected).next());
            }
        }
        let wanted: FxHashSet<_> = self.required.iter().map(|row| row.span).collect();
        for (number, &found) in self.offered.iter().enumerate() {
            let first = self.by_span[&found.span][0] == number;
            if first && !wanted.contains(&found.span) && !self.required_at.touch(found.span) {
                add(ErrorKind::Spurious, None, Some(found));
            }
        }
        differences
    }
}

impl Matching<'_, Amount> {
    /// Objects of the quantities whose span was found; the ones that are wrong are added to `differences`.
    pub fn objects(&self, document: &str, differences: &mut Vec<Difference>) -> Share {
        let mut share = Share::default();
        for expected in &self.required {
            let object = expected.detail.object.as_deref().filter(|object| !object.is_empty());
            let (Some(object), Some(hit)) = (object, self.hits(expected).next()) else { continue };
            let same = |found: &Row<Amount>| squash(found.detail.object.as_deref()) == squash(Some(object));
            let right = self.hits(expected).any(same);
            share.add(right);
            if !right {
                let found = hit.detail.object.clone().unwrap_or_default();
                differences.push(Difference {
                    document: document.to_owned(),
                    subject: Subject::Object,
                    span: Some(expected.span),
                    error: if found.is_empty() { ErrorKind::Missed } else { ErrorKind::Value },
                    expected: Some(Side { text: expected.text.clone(), value: object.to_owned() }),
                    found: Some(Side { text: hit.text.clone(), value: found }),
                });
            }
        }
        share
    }
}
