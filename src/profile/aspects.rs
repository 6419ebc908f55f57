//! The time and the status of each sentence.

use crate::lexicon::StatusWords;
use crate::model::{Aspect, Clean, CleanText, DateKind, DateMention, DateRange, Passage, Profile, Span, Status, Token};

pub(super) fn find(
    text: &CleanText,
    tokens: &[Token],
    dates: &[DateMention<Clean>],
    passages: &[Passage],
    profile: &Profile,
    words: &StatusWords,
) -> Vec<Aspect> {
    let mut aspects = Vec::with_capacity(text.sentences.len());
    let (mut token, mut date) = (0, 0);
    for sentence in &text.sentences {
        let span = sentence.span;
        token += tokens[token..].partition_point(|t| t.span.start() < span.start());
        date += dates[date..].partition_point(|d| d.span.start() < span.start());
        let inside = tokens[token..].partition_point(|t| t.span.end() <= span.end());
        let here = dates[date..].iter().take_while(|d| d.span.end() <= span.end());
        let passage = passages.partition_point(|p| p.start <= span.start()).checked_sub(1).map(|at| passages[at]);
        let told = time_of(passage, profile);
        let own = here.filter(|d| tells_time(text, d)).find_map(one_year).filter(|own| is_near(*own, told));
        let period = own.or(told);
        let status = status(text, &tokens[token..token + inside], passage, words);
        aspects.push(Aspect { period, status });
    }
    aspects
}

/// A word that tells deeds from plans, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MarkedWord {
    pub span: Span<Clean>,
    pub status: Status,
}

/// The words of a sentence that tell deeds from plans, in order.
pub(super) fn marked_words(text: &CleanText, tokens: &[Token], words: &StatusWords) -> Vec<MarkedWord> {
    let told = |at: usize, token: &Token| {
        if !words.may_begin_with(text.chars()[token.span.start()]) {
            return false;
        }
        let word = text.slice(token.span);
        match words.of(word) {
            Status::Planned => !follows_original(text, tokens, at) && !names_paper(text, token.span),
            Status::Done => true,
            Status::None => word == "将" && governs_verb(tokens, at) || is_floor(text, tokens, at, words),
        }
    };
    let found = tokens.iter().enumerate().filter(|(at, token)| told(*at, token));
    found
        .map(|(_, token)| MarkedWord {
            span: token.span,
            status: if words.of(text.slice(token.span)) == Status::Done { Status::Done } else { Status::Planned },
        })
        .collect()
}

/// The years of a passage, or the period under review where that lies in it.
pub(super) fn time_of(passage: Option<Passage>, profile: &Profile) -> Option<DateRange> {
    let review = profile.period;
    let year = passage.map(|p| p.year);
    match (review, year) {
        (Some(DateRange { from: Some(from), to: Some(to) }), Some(year))
            if from.year() != year && to.year() != year =>
        {
            DateRange::year(year)
        }
        (Some(review), _) => Some(review),
        (None, year) => year.and_then(DateRange::year),
    }
}

/// A year far from what the text is about tells of history (1989年成立), not of what the sentence reports.
fn is_near(own: DateRange, told: Option<DateRange>) -> bool {
    const FAR: i16 = 3;
    let year = |range: DateRange| range.to.or(range.from).map(|day| day.year());
    match (year(own), told.and_then(year)) {
        (Some(own), Some(told)) => (own - told).abs() <= FAR,
        _ => true,
    }
}

/// No date of a comparison (比2019年, 较上年).
fn tells_time(text: &CleanText, date: &DateMention<Clean>) -> bool {
    let before = date.span.start().checked_sub(1).map(|at| text.chars()[at]);
    matches!(date.kind, DateKind::Date | DateKind::Range) && !matches!(before, Some('比' | '较' | '由' | '超' | '于'))
}

/// Closed, and within one calendar year.
fn one_year(date: &DateMention<Clean>) -> Option<DateRange> {
    let (from, to) = (date.from?, date.to?);
    (from.year() == to.year()).then(|| DateRange::closed(from, to))
}

/// A word of plans wins over one of deeds, both over the passage; what was planned and is told as past (原定) is none.
fn status(text: &CleanText, tokens: &[Token], passage: Option<Passage>, words: &StatusWords) -> Status {
    let marks = marked_words(text, tokens, words);
    let planned = marks.iter().any(|mark| mark.status == Status::Planned);
    let done = marks.iter().any(|mark| mark.status == Status::Done);
    let in_plan = passage.is_some_and(|p| p.planned);
    match (planned || in_plan, done) {
        (true, _) => Status::Planned,
        (false, true) => Status::Done,
        (false, false) => Status::None,
    }
}

/// 不少于 (no less than), which the segmenter takes for two words.
fn is_floor(text: &CleanText, tokens: &[Token], at: usize, words: &StatusWords) -> bool {
    text.slice(tokens[at].span) == "不少"
        && tokens.get(at + 1).is_some_and(|next| text.slice(next.span) == "于")
        && words.of("不少于") == Status::Planned
}

fn follows_original(text: &CleanText, tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| text.slice(tokens[before].span).ends_with('原'))
}

/// 工作计划, 行动计划, 规划》: the name of a paper.
fn names_paper(text: &CleanText, span: Span<Clean>) -> bool {
    let before = span.start().checked_sub(2).map(|at| text.slice(Span::new(at, span.start())));
    let behind = text.chars().get(span.end());
    matches!(before, Some("工作" | "行动" | "发展" | "年度" | "提升")) || matches!(behind, Some('》' | '”' | '的'))
}

/// 将 before a verb or an adverb is the future; before a noun it is 把.
fn governs_verb(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| matches!(next.pos.as_str(), "v" | "d" | "vd" | "p" | "ad" | "t" | "m"))
}
