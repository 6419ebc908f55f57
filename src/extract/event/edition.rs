//! Numbers of an event in its series: 第十四届, 首届, 二届二次, a leading 2024.

use crate::lexicon::{Places, Sign};
use crate::model::{Clean, DateKind, DateMention, Span};

/// What an edition counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counts {
    /// A calendar year before the name.
    Year,
    /// Terms of an assembly or a fair (届).
    Term,
    /// Anything else (次, 期, 批).
    Session,
}

/// A number in a series.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edition {
    pub span: Span<Clean>,
    pub counts: Counts,
}

/// Editions of a text in order.
pub(super) fn find(chars: &[char], places: &Places, dates: &[DateMention<Clean>]) -> Vec<Edition> {
    let mut editions = Vec::new();
    let mut next = 0;
    for at in places.all(Sign::Edition) {
        if at < next {
            continue;
        }
        let digits = numeral(chars, at);
        match edition_at(chars, at, digits).or_else(|| year_at(chars, at, dates)) {
            Some(edition) => {
                next = edition.span.end();
                editions.push(edition);
            }
            None => next = at + digits.max(1),
        }
    }
    editions
}

/// 第N届, 首届, N届; so many `digits` begin at `at`.
fn edition_at(chars: &[char], at: usize, digits: usize) -> Option<Edition> {
    let end = match chars[at] {
        '首' => at + 1,
        '第' => at + 1 + Some(numeral(chars, at + 1)).filter(|length| *length > 0)?,
        _ => at + Some(digits).filter(|length| *length > 0)?,
    };
    let counts = match (chars[at], chars.get(end)?) {
        ('第' | '首', '届') => Counts::Term,
        // 四届 alone counts; 四届二次 numbers
        (_, '届') if is_session(chars, end + 1) => Counts::Term,
        // 二次, 三期 without a term before them count how often
        (c, '次') if c == '第' || at.checked_sub(1).is_some_and(|before| chars[before] == '届') => Counts::Session,
        ('第', '期' | '批' | '回' | '季' | '轮') | ('首', '期') => Counts::Session,
        _ => return None,
    };
    Some(Edition { span: Span::new(at, end + 1), counts })
}

/// 二次, 第二次.
fn is_session(chars: &[char], at: usize) -> bool {
    let at = at + usize::from(chars.get(at) == Some(&'第'));
    let length = numeral(chars, at);
    length > 0 && chars.get(at + length) == Some(&'次')
}

/// A year that leads a name: no date goes on behind it.
fn year_at(chars: &[char], at: usize, dates: &[DateMention<Clean>]) -> Option<Edition> {
    let digits = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
    if digits != 4 || !matches!(chars[at..at + 2], ['1', '9'] | ['2', '0']) {
        return None;
    }
    let mut end = at + 4;
    for c in ['年', '度'] {
        end += usize::from(chars.get(end) == Some(&c));
    }
    let covering = dates.partition_point(|date| date.span.end() <= at);
    let goes_on = dates.get(covering).is_some_and(|date| {
        date.span.start() < end && (date.span.end() > end || date.span.start() < at) && date.kind != DateKind::Duration
    });
    let named = chars.get(end).is_some_and(|c| c.is_alphanumeric() && *c != '月') && (at == 0 || chars[at - 1] != '-');
    (named && !goes_on).then(|| Edition { span: Span::new(at, end), counts: Counts::Year })
}

/// Length of the run of digits that begins at `at`.
fn numeral(chars: &[char], at: usize) -> usize {
    chars.get(at..).map_or(0, |rest| rest.iter().take_while(|c| is_digit(**c)).count())
}

pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九')
        || matches!(c, '十' | '百' | '廿' | '卅')
}
