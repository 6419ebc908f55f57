//! The day of publication: after a label, in a signature, in a letterhead.

use crate::model::{Clean, CleanText, DateExpression, PartialDate, Precision, Span};

/// Paragraphs at the top and at the end that bylines and signatures stand in.
const TOP: usize = 12;
const END: usize = 6;
/// Characters that a line may hold beside its date to be a byline.
const BYLINE: usize = 24;

pub(super) fn find(
    text: &CleanText,
    all: &[Span<Clean>],
    title: &[Span<Clean>],
    dates: &[DateExpression],
) -> Option<PartialDate> {
    let days = || dates.iter().filter_map(|d| Some((d.span, day(d)?)));
    let inside = |paragraph: Span<Clean>| days().find(move |(span, _)| paragraph.contains(*span));
    let labelled = |p: &&Span<Clean>| {
        let line = text.slice(**p);
        p.len() < 90
            && (line.contains("日期") || line.contains("时间"))
            && ["发布时间", "发布日期", "发文日期", "日期:", "时间:"].iter().any(|label| line.contains(label))
    };
    let label = all.iter().take(TOP).filter(labelled).find_map(|p| inside(*p));
    let signature = || {
        let last = all.iter().rev().take(END);
        last.filter(|p| !title.contains(p))
            .find_map(|p| inside(*p).filter(|(span, _)| p.len() <= span.len() + BYLINE && !is_sentence(text, *p)))
    };
    let letterhead = || {
        let first = all.iter().take(TOP).filter(|p| !title.contains(p));
        first
            .filter(|p| !is_sentence(text, **p))
            .find_map(|p| inside(*p).filter(|(span, _)| p.len() <= span.len() + BYLINE))
    };
    label.or_else(signature).or_else(letterhead).map(|(_, day)| day)
}

/// A single day whose year is said.
fn day(expression: &DateExpression) -> Option<PartialDate> {
    let (range, precision) = expression.explicit()?;
    (precision == Precision::Day && range.from == range.to).then_some(range.from?.into())
}

fn is_sentence(text: &CleanText, paragraph: Span<Clean>) -> bool {
    text.slice(paragraph).trim_end_matches(')').ends_with(['。', ';', '!'])
}
