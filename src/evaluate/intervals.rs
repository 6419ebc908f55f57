//! Which of many spans touch a given one.

use crate::model::{Source, Span};

/// Two spans share at least half of what they cover together.
pub fn share_half(a: Span<Source>, b: Span<Source>) -> bool {
    let shared = a.end().min(b.end()).saturating_sub(a.start().max(b.start()));
    let covered = a.end().max(b.end()) - a.start().min(b.start());
    shared > 0 && 2 * shared >= covered
}

/// Spans ready to be asked for the ones that share a character with another span. Empty spans touch nothing.
pub struct Intervals {
    /// Span and its number in the order given, by start.
    spans: Vec<(Span<Source>, usize)>,
    /// Furthest end among the spans up to and with each.
    reach: Vec<usize>,
}

impl Intervals {
    /// Numbers `spans` from 0.
    pub fn new(spans: impl IntoIterator<Item = Span<Source>>) -> Self {
        let mut spans: Vec<_> = spans.into_iter().zip(0..).filter(|(span, _)| !span.is_empty()).collect();
        spans.sort_unstable();
        let reach = spans
            .iter()
            .scan(0, |far, (span, _)| {
                *far = span.end().max(*far);
                Some(*far)
            })
            .collect();
        Intervals { spans, reach }
    }

    /// Spans that share a character with `span`, with their numbers, from the last to the first start.
    pub fn touching(&self, span: Span<Source>) -> impl Iterator<Item = (Span<Source>, usize)> {
        let before = match span.is_empty() {
            true => 0,
            false => self.spans.partition_point(|(other, _)| other.start() < span.end()),
        };
        let near = (0..before).rev().take_while(move |&at| self.reach[at] > span.start());
        near.map(|at| self.spans[at]).filter(move |(other, _)| other.end() > span.start())
    }

    /// One of the spans shares a character with `span`.
    pub fn touch(&self, span: Span<Source>) -> bool {
        self.touching(span).next().is_some()
    }

    /// One of the spans shares at least half with `span`.
    pub fn share_half(&self, span: Span<Source>) -> bool {
        self.touching(span).any(|(other, _)| share_half(other, span))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn half_is_half_of_what_both_cover() {
        let cases = [
            ((0, 4), (0, 4), true),
            ((0, 4), (0, 2), true),
            ((0, 4), (2, 4), true),
            ((0, 4), (0, 1), false),
            ((0, 4), (1, 5), true),
            ((0, 4), (2, 6), false),
            ((0, 4), (4, 8), false),
            ((3, 3), (3, 3), false),
        ];
        for ((a, b), (c, d), half) in cases {
            assert_eq!(share_half(Span::new(a, b), Span::new(c, d)), half, "{a}..{b} and {c}..{d}");
        }
    }

    fn spans() -> impl Strategy<Value = Vec<Span<Source>>> {
        prop::collection::vec((0usize..40, 0usize..9).prop_map(|(start, len)| Span::new(start, start + len)), 0..20)
    }

    proptest! {
        #[test]
        fn the_same_spans_touch_as_when_each_is_asked(spans in spans(), asked in spans()) {
            let index = Intervals::new(spans.iter().copied());
            for span in asked {
                let mut found: Vec<_> = index.touching(span).map(|(_, number)| number).collect();
                found.sort_unstable();
                let shares = |other: &Span<Source>| other.end().min(span.end()) > other.start().max(span.start());
                let wanted: Vec<_> = (0..spans.len()).filter(|&at| shares(&spans[at])).collect();
                prop_assert_eq!(index.touch(span), !wanted.is_empty());
                prop_assert_eq!(index.share_half(span), spans.iter().any(|&other| share_half(other, span)));
                prop_assert_eq!(found, wanted);
            }
        }
    }
}
