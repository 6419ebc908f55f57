//! Parts of a text with a year of their own: last year's work, next year's plan.

use crate::lexicon::StatusWords;
use crate::model::{Clean, CleanText, DateExpression, Passage, Precision, ReportType, Span};

use super::review::Review;

/// Characters from the start of a paragraph in which a year sets what it is about.
const OPENING: usize = 12;

/// Passages in order. A heading's year or its word for plans holds for all below it.
pub(super) fn find(
    text: &CleanText,
    paragraphs: &[Span<Clean>],
    dates: &[DateExpression],
    status: &StatusWords,
    review: &Review,
    report_type: ReportType,
) -> Vec<Passage> {
    let Some(year) = review.year else { return Vec::new() };
    let planned_year = if looks_back_on_years(report_type) { year + 1 } else { year };
    let base = (year, report_type == ReportType::WorkPlan);
    let mut passages: Vec<Passage> = Vec::new();
    if base.1 {
        passages.push(Passage { start: 0, year, planned: true });
    }
    let mut of_section: Vec<(i16, bool)> = Vec::with_capacity(text.sections.len());
    for section in &text.sections {
        let inherited = section.parent.map_or(base, |parent| of_section[parent as usize]);
        let said = years_in(dates, section.heading).next();
        let plans = status.announces_plans(&text.chars()[section.heading.range()])
            && !text.slice(section.heading).contains("完成");
        let own = match (said, plans) {
            (Some(said), plans) => (said, plans || said > year),
            (None, true) if !inherited.1 => (planned_year, true),
            _ => inherited,
        };
        of_section.push(own);
        // a heading that says nothing of time ends what the one before it said, and begins nothing by itself
        if own != passages.last().map_or(base, |last| (last.year, last.planned)) || said.is_some() {
            passages.push(Passage { start: section.heading.start(), year: own.0, planned: own.1 });
        }
    }
    let headings: Vec<Passage> = text
        .sections
        .iter()
        .zip(&of_section)
        .map(|(section, (year, planned))| Passage { start: section.heading.start(), year: *year, planned: *planned })
        .collect();
    add_openings(text, paragraphs, dates, year, &headings, &mut passages);
    passages.sort_by_key(|p| p.start);
    passages.dedup_by_key(|p| p.start);
    passages
}

fn looks_back_on_years(report_type: ReportType) -> bool {
    !matches!(report_type, ReportType::MonthlyReport | ReportType::Notice)
}

fn years_in(dates: &[DateExpression], span: Span<Clean>) -> impl Iterator<Item = i16> + '_ {
    let inside = dates.iter().filter(move |d| span.contains(d.span));
    inside.filter_map(DateExpression::explicit).filter_map(|(range, _)| Some(range.from.or(range.to)?.year()))
}

/// 2025年是…, 展望2025, …: a paragraph of running text that opens with a year is about it, and so is what follows; what
/// opens with an earlier year than that of the report looks back, up to the next heading. `headings` says what is below
/// each of them.
fn add_openings(
    text: &CleanText,
    paragraphs: &[Span<Clean>],
    dates: &[DateExpression],
    review: i16,
    headings: &[Passage],
    passages: &mut Vec<Passage>,
) {
    let sections = headings;
    let mut headings = text.sections.iter().map(|s| s.heading).peekable();
    let mut first = 0;
    for &paragraph in paragraphs {
        first += dates[first..].iter().take_while(|d| d.span.start() < paragraph.start()).count();
        if headings.next_if_eq(&paragraph).is_some() {
            continue;
        }
        let opening = |d: &&DateExpression| paragraph.contains(d.span) && d.span.start() <= paragraph.start() + OPENING;
        let year = dates[first..].iter().take_while(opening).find_map(|d| {
            let (range, precision) = d.explicit()?;
            (precision == Precision::Year && range.from.is_some() && range.to.is_some())
                .then_some((range.from?.year(), d.span))
        });
        let Some((year, span)) = year else { continue };
        if !(review - 1..=review + 1).contains(&year) || !opens_topic(text, span) {
            continue;
        }
        passages.push(Passage { start: paragraph.start(), year, planned: year > review });
        let next = sections.partition_point(|section| section.start <= paragraph.start());
        passages.extend(sections.get(next).filter(|_| year < review));
    }
}

/// What stands behind the year makes it the topic, no part of a name or a comparison.
fn opens_topic(text: &CleanText, year: Span<Clean>) -> bool {
    matches!(
        text.chars().get(year.end()),
        Some(',' | '是' | '将' | '怎' | '我' | '本' | '协' | '学' | '联' | '、' | '要')
    )
}
