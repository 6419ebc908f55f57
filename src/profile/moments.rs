//! The time and the status of each number, read from its own clause.
//!
//! A sentence often tells of several years (全年发布31项,而2019年只有3项) and of deeds beside plans. A date holds for the
//! numbers behind it up to the next one, up to a semicolon, or, where it stands in a comparison (比2019年的6项), for the
//! number right behind it alone.

use std::borrow::Cow;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::lexicon::{Lexicon, MomentRole};
use crate::model::{
    Aspect, Clean, CleanText, DateKind, DateMention, DateRange, Passage, Precision, Profile, QuantityKind,
    QuantityMention, ReportType, Span, Status, Token,
};

use super::aspects::{MarkedWord, leading, marked_words, time_of};

/// Furthest from a compared date that its number stands, in characters.
const NEAR: usize = 12;

/// Years from the time under review at which a date holds for its own clause alone.
const FAR: i16 = 3;

/// What the moments of numbers are read from.
pub(super) struct Ground<'d> {
    pub text: &'d CleanText,
    pub tokens: &'d [Token],
    /// Words that tell deeds from plans, found in each sentence as a whole.
    pub marks: &'d [MarkedWord],
    pub dates: &'d [DateMention<Clean>],
    /// Names of events and papers: a date in them tells no time.
    pub names: &'d [Span<Clean>],
    pub passages: &'d [Passage],
    pub profile: &'d Profile,
    pub lexicon: &'d Lexicon,
}

/// The aspect of each of the quantities, which are in the order of the text.
pub(super) fn find(ground: &Ground<'_>, quantities: &[QuantityMention<Clean>]) -> Vec<Aspect> {
    let mut aspects = Vec::with_capacity(quantities.len());
    let (mut next, mut date, mut name) = (0, 0, 0);
    let carries =
        matches!(ground.profile.report_type, ReportType::MeetingNews | ReportType::EventNews | ReportType::Other);
    let announces = ground.announces();
    let mut carried: Option<DateRange> = None;
    let mut before = 0;
    let mut words = Vec::new();
    let mut stretches = ground.text.stretches().peekable();
    while let Some((number, span)) = stretches.next() {
        let limit = stretches.peek().map_or(usize::MAX, |(_, next)| next.start());
        let end = next + leading(&quantities[next..], |q| q.span.start() < limit);
        if end == next && !carries {
            continue;
        }
        date += leading(&ground.dates[date..], |d| d.span.start() < span.start());
        // names may hold others, so that their ends don't ascend
        name += ground.names[name..].partition_point(|n| n.end() <= span.start());
        let dates = &ground.dates[date..];
        let quantities = &quantities[next..end];
        if ground.text.chars()[before..span.end()].contains(&'\n') {
            carried = None;
        }
        before = span.end();
        let mut sentence = SentenceReader {
            ground,
            span,
            announces,
            carried,
            dates: &dates[..leading(dates, |d| d.span.start() < span.end())],
            names: &ground.names[name..],
            marks: Cow::Borrowed(&[]),
            words: &[],
            passage: ground
                .passages
                .partition_point(|p| p.start <= span.start())
                .checked_sub(1)
                .map(|p| ground.passages[p]),
        };
        if sentence.returns_to_the_event() {
            sentence.carried = None;
        }
        // a sentence without numbers is looked at for its year alone
        if let Some(last) = quantities.last() {
            sentence.marks = ground.marks_of(number, span);
            let end = span.end().max(last.span.start());
            ground.lexicon.moments.telling(ground.text.chars(), span.start(), end, &mut words);
            sentence.words = &words;
            sentence.read(quantities, &mut aspects);
        }
        carried = if carries { sentence.topic_year().or(sentence.carried) } else { None };
        next = end;
    }
    // quantities behind the last sentence: there are none, but every one has an aspect
    aspects.resize(quantities.len(), Aspect::default());
    aspects
}

impl<'d> Ground<'d> {
    fn is(&self, at: usize, role: MomentRole) -> bool {
        self.lexicon.moments.is(self.text.chars(), at, role)
    }

    /// The marked words of a stretch; of a part of a sentence, those that it marks by itself.
    fn marks_of(&self, sentence: usize, span: Span<Clean>) -> Cow<'d, [MarkedWord]> {
        if self.text.sentences[sentence].span == span {
            let from = self.marks.partition_point(|m| m.span.start() < span.start());
            let marks = &self.marks[from..];
            return Cow::Borrowed(&marks[..leading(marks, |m| m.span.end() <= span.end())]);
        }
        let from = self.tokens.partition_point(|t| t.span.start() < span.start());
        let tokens = &self.tokens[from..];
        let tokens = &tokens[..leading(tokens, |t| t.span.end() <= span.end())];
        Cow::Owned(marked_words(self.text, tokens, &self.lexicon.status).collect())
    }

    /// The text is a notice of what lies ahead.
    fn announces(&self) -> bool {
        let title = self.profile.title.as_deref().unwrap_or_default();
        self.profile.report_type == ReportType::Notice
            && self.lexicon.lists.announcing.iter().any(|word| title.contains(word.as_str()))
    }
}

/// How a date bears on the numbers behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Bearing {
    /// It is their time.
    Topic(DateRange),
    /// It is the time of the number right behind it.
    Compared(DateRange),
    /// Their time begins with it (自2021年以来).
    Since(Date),
    /// Their time is so long (四年来), in years.
    Years(i16),
    /// It is no time of theirs.
    Nothing,
}

struct SentenceReader<'g> {
    ground: &'g Ground<'g>,
    span: Span<Clean>,
    /// The text is a notice of what lies ahead.
    announces: bool,
    /// In news, the year that the sentences before it in its paragraph look back on.
    carried: Option<DateRange>,
    dates: &'g [DateMention<Clean>],
    names: &'g [Span<Clean>],
    marks: Cow<'g, [MarkedWord]>,
    /// Words that tell of the time of numbers, and where they begin.
    words: &'g [(usize, MomentRole)],
    passage: Option<Passage>,
}

/// What holds at a place of a sentence.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// The time set by the last date; none where it is that under review.
    topic: Option<DateRange>,
    /// The time set by the first date.
    first: Option<Option<DateRange>>,
    /// The time of the next number alone.
    compared: Option<DateRange>,
    /// What a change is told from.
    since: Option<Date>,
    /// Behind the last date.
    said: usize,
    /// The time was told as one that something is counted up to (截至12月底).
    up_to: bool,
}

impl State {
    /// What no longer holds behind a mark.
    fn end_clause(&mut self, mark: char, told: Option<DateRange>) {
        self.compared = None;
        if mark == ';' {
            self.topic = self.first.flatten().filter(|first| !same_year(*first, told));
        } else if self.topic.is_some_and(|topic| is_far(topic, told)) {
            self.topic = None;
        }
    }
}

impl SentenceReader<'_> {
    /// A word of `role` begins in `[start, end)`.
    fn holds(&self, start: usize, end: usize, role: MomentRole) -> bool {
        self.words.iter().any(|(at, found)| *found == role && (start..end).contains(at))
    }

    fn read(&self, quantities: &[QuantityMention<Clean>], aspects: &mut Vec<Aspect>) {
        let told = self.told();
        let mut state = State { said: self.span.start(), ..State::default() };
        let mut dates = self.dates.iter().peekable();
        let mut at = self.span.start();
        let mut clause = at;
        for quantity in quantities {
            let start = quantity.span.start();
            while at < start {
                let stop = dates.peek().map_or(start, |date| date.span.start().min(start)).max(at);
                for (ahead, c) in self.ground.text.chars()[at..stop].iter().enumerate() {
                    if matches!(c, ',' | ';') {
                        state.end_clause(*c, told);
                        clause = at + ahead + 1;
                    }
                }
                at = stop;
                if let Some(date) = dates.next_if(|_| at < start) {
                    self.take(date, told, &mut state);
                    at = at.max(date.span.end());
                }
            }
            at = at.max(quantity.span.end());
            let ordinal = quantity.kind == QuantityKind::Ordinal;
            let mut period = self.time(quantity.span, ordinal, clause, told, &mut state);
            let status = self.status(quantity.span, clause, period, &state);
            if status == Status::Planned && state.topic.is_none() && period == told {
                period = self.coming(told).or(period);
            }
            aspects.push(Aspect { period, status });
        }
    }

    /// A plan without a time of its own in a review of last year is for the year that has begun.
    fn coming(&self, told: Option<DateRange>) -> Option<DateRange> {
        let profile = self.ground.profile;
        let reviewed = told.filter(|told| Some(*told) == profile.period).and_then(year_of)?;
        // a review that comes out in December plans for the year to come
        let closes = matches!(profile.report_type, ReportType::AnnualSummary | ReportType::NewYearAddress)
            && self.reviewed().is_some();
        let begun = profile.reference.is_some_and(|reference| reference.year == reviewed + 1);
        if closes || begun { DateRange::year(reviewed + 1) } else { None }
    }

    fn take(&self, date: &DateMention<Clean>, told: Option<DateRange>, state: &mut State) {
        match self.bearing(date) {
            Bearing::Topic(range) => {
                state.topic = Some(range);
                state.up_to = date.from.is_none();
                state.first.get_or_insert(Some(range));
                state.compared = None;
                state.said = date.span.end();
            }
            Bearing::Compared(range) => state.compared = Some(range),
            Bearing::Since(from) => {
                state.since = Some(from);
                let to = told.and_then(|told| told.to);
                state.topic = to.filter(|to| from <= *to).map(|to| DateRange::closed(from, to));
                state.first.get_or_insert(None);
                state.said = date.span.end();
            }
            Bearing::Years(years) => {
                let to = told.and_then(|told| told.to);
                let from = to.and_then(|to| to.checked_sub((years - 1).max(0).years()).ok());
                let from = from.and_then(|from| Date::new(from.year(), 1, 1).ok());
                state.topic = from.zip(to).map(|(from, to)| DateRange::closed(from, to));
                state.first.get_or_insert(state.topic);
                state.said = date.span.end();
            }
            Bearing::Nothing => {}
        }
    }

    fn bearing(&self, date: &DateMention<Clean>) -> Bearing {
        if self.names.iter().take_while(|n| n.start() < date.span.end()).any(|n| n.overlaps(date.span)) {
            return Bearing::Nothing;
        }
        let chars = self.ground.text.chars();
        let before =
            |back: usize| date.span.start().checked_sub(back).filter(|at| *at >= self.span.start()).map(|at| chars[at]);
        let behind = chars.get(date.span.end()).copied().unwrap_or('\n');
        match (date.kind, date.from, date.to) {
            (DateKind::Duration, ..) => match years_of(date.duration.as_deref()) {
                Some(years)
                    if self.ground.is(date.span.end(), MomentRole::Several) || ends_with_lai(chars, date.span) =>
                {
                    Bearing::Years(years)
                }
                _ => Bearing::Nothing,
            },
            (DateKind::Set, ..) | (_, None, None) => Bearing::Nothing,
            (_, Some(from), None) => Bearing::Since(from),
            (_, from, Some(to)) => {
                let range = DateRange { from: from.or(Some(to)), to: Some(to) };
                if before(1) == Some('自') {
                    return from.map_or(Bearing::Nothing, Bearing::Since);
                }
                let compared = matches!(before(1), Some('比' | '较' | '同' | '超'))
                    || matches!((before(2), before(1)), (Some('超'), Some('过')));
                match (compared, self.of_number(date.span.end())) {
                    (_, true) => Bearing::Compared(range),
                    (true, false) => Bearing::Nothing,
                    _ if behind == '的' && matches!(before(1), Some('是' | '为' | '到' | '于')) => {
                        Bearing::Nothing
                    }
                    _ if behind == '水' || behind == '同' && before(1).is_some_and(|c| c != ',') => Bearing::Nothing,
                    // 全年 in a review of last year is that year, whenever it is told
                    _ if chars[date.span.start()] == '全' => {
                        self.carried.or_else(|| self.reviewed()).map_or(Bearing::Topic(range), Bearing::Topic)
                    }
                    _ => Bearing::Topic(range),
                }
            }
        }
    }

    /// `2019年的62支`, `2021年首届的84名`: 的 stands right before a number near behind the date.
    fn of_number(&self, from: usize) -> bool {
        let chars = self.ground.text.chars();
        let near = (from..(from + NEAR).min(chars.len().saturating_sub(1)))
            .take_while(|at| !matches!(chars[*at], ',' | ';' | '。' | '、' | '\n'));
        let mut of = near.filter(|at| chars[*at] == '的');
        of.any(|at| {
            let next = if matches!(chars[at + 1], '约' | '近') { at + 2 } else { at + 1 };
            chars.get(next).is_some_and(|c| is_digit(*c))
        })
    }

    /// The time that holds where the sentence names none.
    fn told(&self) -> Option<DateRange> {
        self.carried.or_else(|| time_of(self.passage, self.ground.profile))
    }

    /// The whole year before that of the news that the sentence names as its only time.
    fn topic_year(&self) -> Option<DateRange> {
        let own = self.ground.profile.period.and_then(year_of);
        let mut topics = self.dates.iter().filter_map(|date| match self.bearing(date) {
            Bearing::Topic(range) => Some((range, date.precision)),
            _ => None,
        });
        let (range, precision) = topics.next()?;
        let past = year_of(range).zip(own).is_some_and(|(year, own)| (1..=FAR).contains(&(own - year)));
        let whole = precision == Some(Precision::Year) && range.from.map(Date::year) == year_of(range);
        (past && whole && topics.all(|(other, _)| other == range)).then_some(range)
    }

    /// 会议审议, 本次大会: what takes place, not what is looked back on.
    fn returns_to_the_event(&self) -> bool {
        self.ground.is(self.span.start(), MomentRole::Event)
    }

    /// The year under review, where it is one.
    fn reviewed(&self) -> Option<DateRange> {
        let period = self.ground.profile.period?;
        let (from, to) = (period.from?, period.to?);
        (from.year() == to.year() && to.month() - from.month() == 11).then_some(period)
    }

    fn time(
        &self,
        span: Span<Clean>,
        ordinal: bool,
        clause: usize,
        told: Option<DateRange>,
        state: &mut State,
    ) -> Option<DateRange> {
        // 2021年首届竞赛的84名: the edition is no number of that time
        let compared = if ordinal { state.compared } else { state.compared.take() };
        let begins = self.holds(clause.max(span.start().saturating_sub(NEAR + 4)), span.start(), MomentRole::Begin)
            && self.ground.is(span.end(), MomentRole::Change);
        if begins {
            // the time that a change begins from is the one it names, or none that is known
            return compared.or_else(|| state.since.map(|from| DateRange::closed(from, from)));
        }
        if compared.is_some() {
            return compared;
        }
        if state.topic.is_some() && self.holds(state.said, span.start(), MomentRole::Now) {
            state.topic = None;
        }
        state.topic.or(told)
    }

    /// A word of plans in the clause or before it wins, unless a word of what is done stands between; then the time, the
    /// part of the text, and the words of deeds tell.
    fn status(&self, span: Span<Clean>, clause: usize, range: Option<DateRange>, state: &State) -> Status {
        let chars = self.ground.text.chars();
        let end =
            (span.end()..self.span.end()).find(|at| matches!(chars[*at], ',' | ';' | '。')).unwrap_or(self.span.end());
        let planned = self.marks.iter().rfind(|m| m.status == Status::Planned && m.span.start() < end);
        let reference = self.ground.profile.reference;
        let ends_before = reference
            .and_then(|r| Date::new(r.year, 1, 1).ok())
            .zip(range.and_then(|r| r.to))
            .is_some_and(|(year, to)| to < year);
        if let Some(planned) = planned.filter(|m| m.span.start() >= clause || m.span.start() < span.start()) {
            let from = planned.span.end();
            let broken = from < span.start()
                && (self.holds(from, span.start(), MomentRole::Firm) || state.said > from && ends_before);
            if !broken {
                return Status::Planned;
            }
            return Status::Done;
        }
        // a report of December tells what stands at the end of its year
        let begins_after = reference
            .and_then(|r| r.last_day())
            .zip(range.and_then(|r| r.from))
            .is_some_and(|(last, from)| from > last && !(state.up_to && from.year() == last.year()));
        let ahead =
            self.dates.iter().take_while(|d| d.span.start() < span.start()).any(|d| {
                d.kind == DateKind::Duration && matches!(chars[d.span.range()], ['未' | '今', '来' | '后', ..])
            });
        if ahead {
            return Status::Planned;
        }
        let in_plan = self.passage.is_some_and(|p| p.planned);
        let firm = || self.holds(clause, end, MomentRole::Firm);
        let done = || self.marks.iter().any(|m| m.status == Status::Done);
        match () {
            () if ends_before => Status::Done,
            () if begins_after || in_plan && !firm() => Status::Planned,
            () if in_plan || done() => Status::Done,
            // what a notice announces lies ahead, unless it looks back
            () if self.announces && range == self.told() => Status::Planned,
            () => Status::None,
        }
    }
}

fn year_of(range: DateRange) -> Option<i16> {
    range.to.or(range.from).map(|day| day.year())
}

fn same_year(range: DateRange, told: Option<DateRange>) -> bool {
    told.is_some_and(|told| year_of(told) == year_of(range))
}

fn is_far(range: DateRange, told: Option<DateRange>) -> bool {
    year_of(range).zip(told.and_then(year_of)).is_some_and(|(own, told)| (own - told).abs() > FAR)
}

/// Whole years of an ISO 8601 duration that has no finer part.
fn years_of(duration: Option<&str>) -> Option<i16> {
    duration?.strip_prefix('P')?.strip_suffix('Y')?.parse().ok().filter(|years| (1..=50).contains(years))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千')
}

/// 四年来: the character is a part of the date itself.
fn ends_with_lai(chars: &[char], span: Span<Clean>) -> bool {
    span.end().checked_sub(1).is_some_and(|at| chars[at] == '来')
        || matches!(chars.get(span.start()), Some('近' | '过' | '最'))
}

#[cfg(test)]
#[path = "moments_tests.rs"]
mod tests;
