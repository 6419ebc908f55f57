//! Denials: what was not done counts as nothing.

use memchr::memmem;

use crate::lexicon::{IndicatorRule, Indicators, MomentWords};
use crate::model::{
    Aspect, Clean, CleanText, DateMention, DateRange, Doer, IndicatorMention, QuantityMention, Span, Status,
};

use super::{IndicatorFinder, Told, days};

/// Shortest time of which a denial tells a zero, in days: that nothing was held in one month says little.
const LONG_ENOUGH: i32 = 80;

/// Words that deny a deed of the time under review; 原定 (originally planned) and the like tell of one deed alone.
const DENIALS: [&[char]; 4] = [&['没', '有'], &['没', '能'], &['没'], &['未']];

/// The rules by which a denial tells a zero: those that ask for nothing that a denial leaves out.
pub(super) fn rules(indicators: &Indicators) -> Vec<&IndicatorRule> {
    let zero = |rule: &&IndicatorRule| indicators.indicators()[rule.indicator as usize].zero && !rule.object.is_empty();
    let plain = |rule: &&IndicatorRule| rule.near.is_empty() && rule.about.is_empty() && rule.lead.is_empty();
    indicators.rules().iter().filter(zero).filter(plain).collect()
}

/// Where words of denial begin, ascending.
pub(super) fn denials(text: &CleanText, words: &MomentWords) -> Vec<usize> {
    let marks = ["未", "没"].into_iter().flat_map(|mark| places(text.text(), mark));
    let mut denials: Vec<usize> = marks.filter(|at| words.voids(text.chars(), *at)).collect();
    denials.sort_unstable();
    denials
}

/// The characters at which `mark` begins in a text.
fn places<'t>(text: &'t str, mark: &'t str) -> impl Iterator<Item = usize> + 't {
    let (mut at, mut seen) = (0, 0);
    memmem::find_iter(text.as_bytes(), mark).map(move |byte| {
        // characters are counted many at a time, which is faster than to look for the byte among theirs
        at += text[seen..byte].chars().count();
        seen = byte;
        at
    })
}

/// Reads the clauses of a sentence that deny a deed and hold no number.
pub(super) fn read(
    finder: &IndicatorFinder<'_>,
    told: &Told<'_>,
    quantities: &[QuantityMention<Clean>],
    aspect: Aspect,
    dates: &[DateMention<Clean>],
    owner: &mut impl FnMut(Span<Clean>, bool) -> Option<Doer>,
    found: &mut Vec<IndicatorMention<Clean>>,
) {
    if aspect.status == Status::Planned {
        return;
    }
    let chars = told.text.chars();
    let mut start = told.span.start();
    while start < told.span.end() {
        let end = (start..told.span.end()).find(|at| matches!(chars[*at], ',' | ';' | '。')).unwrap_or(told.span.end());
        let clause = Span::new(start, end);
        start = end + 1;
        let denial = clause.range().find(|at| matches!(chars[*at], '未' | '没') && finder.moments.voids(chars, *at));
        let Some(denial) = denial else { continue };
        let planned = clause.range().any(|at| chars[at] == '原');
        if planned || quantities.iter().any(|q| clause.overlaps(q.span)) {
            continue;
        }
        let Some(period) = time(told.span, clause, aspect, dates) else { continue };
        let Some(indicator) = denied(finder, told, clause, denial) else { continue };
        found.extend(finder.nothing(indicator, clause, period, owner));
    }
}

/// The time of a clause: its own date, else that of the sentence; long enough to say something.
fn time(sentence: Span<Clean>, clause: Span<Clean>, aspect: Aspect, dates: &[DateMention<Clean>]) -> Option<DateRange> {
    let from = dates.partition_point(|d| d.span.start() < sentence.start());
    let own =
        dates[from..].iter().take_while(|d| d.span.start() < clause.end()).filter(|d| clause.contains(d.span)).last();
    let range = match own {
        Some(date) => DateRange { from: date.from, to: date.to },
        None => aspect.period?,
    };
    let (from, to) = (range.from?, range.to?);
    (LONG_ENOUGH..=super::PERIOD_DAYS).contains(&days(from, to)).then_some(range)
}

/// The first indicator with zeros whose thing counted stands behind the denial, its verb between or in the clause.
fn denied(finder: &IndicatorFinder<'_>, told: &Told<'_>, clause: Span<Clean>, denial: usize) -> Option<u32> {
    let behind = &told.text.chars()[denial..clause.end()];
    let denied = DENIALS.iter().find(|word| behind.starts_with(word))?;
    let (start, end, from) = (clause.start(), clause.end(), denial + denied.len());
    let holds = |rule: &&&IndicatorRule| {
        rule.object.hits(told.hits, from, end)
            && rule.action.hits(told.hits, from, end)
            && !rule.not.hits(told.hits, start, end)
    };
    finder.zeros.iter().find(holds).map(|rule| rule.indicator)
}
