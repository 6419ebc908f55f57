//! The time and the status of each sentence.

use crate::lexicon::StatusWords;
use crate::model::{Aspect, Clean, CleanText, DateKind, DateMention, DateRange, Passage, Profile, Span, Status, Token};

/// The aspects of all sentences, and the words in them that tell deeds from plans.
pub(super) fn find(
    text: &CleanText,
    tokens: &[Token],
    dates: &[DateMention<Clean>],
    passages: &[Passage],
    profile: &Profile,
    words: &StatusWords,
) -> (Vec<Aspect>, Vec<MarkedWord>) {
    let mut aspects = Vec::with_capacity(text.sentences.len());
    let mut marks = Vec::new();
    let (mut token, mut date) = (0, 0);
    for sentence in &text.sentences {
        let span = sentence.span;
        token += leading(&tokens[token..], |t| t.span.start() < span.start());
        date += leading(&dates[date..], |d| d.span.start() < span.start());
        let inside = leading(&tokens[token..], |t| t.span.end() <= span.end());
        let here = dates[date..].iter().take_while(|d| d.span.end() <= span.end());
        let passage = passages.partition_point(|p| p.start <= span.start()).checked_sub(1).map(|at| passages[at]);
        let told = time_of(passage, profile);
        let own = here.filter(|d| tells_time(text, d)).find_map(one_year).filter(|own| is_near(*own, told));
        let period = own.or(told);
        let before = marks.len();
        marks.extend(marked_words(text, &tokens[token..token + inside], words));
        token += inside;
        aspects.push(Aspect { period, status: status(&marks[before..], passage) });
    }
    (aspects, marks)
}

/// How many items at the head of a list are `before` a place. Asked from place to place this is faster than to search
/// the whole rest of the list each time.
pub(super) fn leading<T>(items: &[T], before: impl Fn(&T) -> bool) -> usize {
    items.iter().take_while(|item| before(item)).count()
}

/// A word that tells deeds from plans, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MarkedWord {
    pub span: Span<Clean>,
    pub status: Status,
}

/// The words of a sentence that tell deeds from plans, in order.
pub(super) fn marked_words<'t>(
    text: &'t CleanText,
    tokens: &'t [Token],
    words: &'t StatusWords,
) -> impl Iterator<Item = MarkedWord> + 't {
    let chars = text.chars();
    let told = move |at: usize, span: Span<Clean>| match (words.of(&chars[span.range()]), &chars[span.range()]) {
        (Status::Planned, _) if follows_original(chars, tokens, at) || names_paper(chars, span) => Status::None,
        (Status::None, ['将']) if governs_verb(tokens, at) => Status::Planned,
        (Status::None, ['不', '少']) if is_floor(chars, tokens, at, words) => Status::Planned,
        (status, _) => status,
    };
    let may = tokens.iter().enumerate().filter(move |(_, token)| words.may_begin_with(chars[token.span.start()]));
    let marks = may.map(move |(at, token)| MarkedWord { span: token.span, status: told(at, token.span) });
    marks.filter(|mark| mark.status != Status::None)
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
fn status(marks: &[MarkedWord], passage: Option<Passage>) -> Status {
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
fn is_floor(chars: &[char], tokens: &[Token], at: usize, words: &StatusWords) -> bool {
    tokens.get(at + 1).is_some_and(|next| chars[next.span.range()] == ['于'])
        && words.of(&['不', '少', '于']) == Status::Planned
}

fn follows_original(chars: &[char], tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| chars[tokens[before].span.range()].ends_with(&['原']))
}

/// 工作计划, 行动计划, 规划》: the name of a paper.
fn names_paper(chars: &[char], span: Span<Clean>) -> bool {
    let before = span.start().checked_sub(2).map(|at| &chars[at..span.start()]);
    let led = matches!(before, Some(['工', '作'] | ['行', '动'] | ['发', '展'] | ['年', '度'] | ['提', '升']));
    led || matches!(chars.get(span.end()), Some('》' | '”' | '的'))
}

/// 将 before a verb or an adverb is the future; before a noun it is 把.
fn governs_verb(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| matches!(next.pos.as_str(), "v" | "d" | "vd" | "p" | "ad" | "t" | "m"))
}
