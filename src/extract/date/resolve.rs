//! Expressions read against their document.

use jiff::ToSpan;
use jiff::civil::Date;

use super::topic::Topics;
use crate::lexicon::DateWords;
use crate::model::{
    Clean, DateContext, DateExpression, DateForm, DateKind, DateMention, DateRange, Edge, Length, MonthOf, Part, Point,
    Precision, Span, YearOf,
};

/// Reads one text from beginning to end, and remembers what was named last.
pub(super) struct Resolver<'a> {
    chars: &'a [char],
    context: &'a DateContext<'a>,
    topics: Topics<'a>,
    last_year: Option<i16>,
    last_month: Option<(i16, i8)>,
    /// Days named last, and where.
    last_days: Option<(Date, Date, usize)>,
    /// The first run of several days of the text: what an event report is about.
    first_days: Option<(Date, Date)>,
    /// What was named last that is shorter than a year.
    last_period: Option<(Date, Date)>,
}

/// First and last day, precision.
type Days = (Date, Date, Precision);

impl<'a> Resolver<'a> {
    pub fn new(chars: &'a [char], words: &'a DateWords, context: &'a DateContext<'a>) -> Self {
        Resolver {
            chars,
            context,
            topics: Topics::new(chars, words, context),
            last_year: None,
            last_month: None,
            last_days: None,
            first_days: None,
            last_period: None,
        }
    }

    pub fn run(mut self, found: &[DateExpression]) -> Vec<DateMention<Clean>> {
        let mut mentions = Vec::with_capacity(found.len());
        for (at, expression) in found.iter().enumerate() {
            if let Some(mention) = self.mention(expression, found.get(at + 1)) {
                mentions.push(mention);
            }
        }
        mentions
    }

    fn mention(&mut self, expression: &DateExpression, next: Option<&DateExpression>) -> Option<DateMention<Clean>> {
        let span = expression.span;
        let at = span.start();
        let dated = |kind, from, to, precision| DateMention {
            span,
            kind,
            from,
            to,
            precision: Some(precision),
            duration: None,
            numeral: None,
        };
        match &expression.form {
            DateForm::Length(length) => Some(length_mention(span, length)),
            DateForm::Repeated => Some(DateMention {
                span,
                kind: DateKind::Set,
                from: None,
                to: None,
                precision: None,
                duration: None,
                numeral: None,
            }),
            DateForm::YearOrLength(year, length) => {
                let near = self.topics.base(at).is_some_and(|base| (base - 15..=base + 5).contains(year));
                if !near {
                    return Some(length_mention(span, length));
                }
                let (first, last, precision) = self.days_of(&Point::year(*year), at)?;
                self.notice(expression, first, last, precision);
                Some(dated(DateKind::Date, Some(first), Some(last), precision))
            }
            DateForm::At(point) => {
                let (first, last, precision) = self.explained(point, span, next).or_else(|| self.days_of(point, at))?;
                self.notice(expression, first, last, precision);
                let kind = if matches!(point.part, Part::Months(1, _, Precision::Month)) {
                    DateKind::Range
                } else {
                    DateKind::Date
                };
                Some(dated(kind, Some(first), Some(last), precision))
            }
            DateForm::From(point) => {
                let (first, last, precision) = self.days_of(point, at)?;
                self.notice(expression, first, last, precision);
                Some(dated(DateKind::Range, Some(first), None, precision))
            }
            DateForm::Until(point) => {
                let (first, last, precision) = self.days_of(point, at)?;
                self.notice(expression, first, last, precision);
                Some(dated(DateKind::Range, None, Some(last), precision))
            }
            DateForm::Between(a, b) => {
                let (first, last, precision) = self.between(a, b, at)?;
                self.notice(expression, first, last, precision);
                Some(dated(DateKind::Range, Some(first), Some(last), precision))
            }
        }
    }

    /// 昨天(9月6日): the brackets say which day a relative one is.
    fn explained(&self, point: &Point, span: Span<Clean>, next: Option<&DateExpression>) -> Option<Days> {
        let next = next.filter(|n| n.span.start() == span.end() + 1 && self.chars[span.end()] == '(')?;
        match (point.part, &next.form) {
            (Part::Today(_) | Part::SameDay(_) | Part::Week(..), DateForm::At(day))
                if matches!(day.part, Part::Day(Some(_), _)) =>
            {
                self.days_of(day, span.start())
            }
            _ => None,
        }
    }

    fn between(&self, a: &Point, b: &Point, at: usize) -> Option<Days> {
        let mut a = *a;
        if a.year == YearOf::Unsaid && b.year != YearOf::Unsaid {
            // 12月25日至2025年1月5日: the year behind says the year before.
            let (_, last, _) = self.days_of(b, at)?;
            a.year = YearOf::Explicit(last.year());
            if self.days_of(&a, at)?.0 > last {
                a.year = YearOf::Explicit(last.year() - 1);
            }
        }
        let (first, _, precision) = self.days_of(&a, at)?;
        let mut b = *b;
        if let Part::Day(None, day) = b.part {
            b.part = Part::Day(Some(MonthOf::Named(first.month())), day);
        }
        if b.year == YearOf::Unsaid {
            b.year = YearOf::Explicit(first.year());
        }
        let mut last = self.days_of(&b, at)?.1;
        if last < first && !matches!(b.part, Part::Year) {
            b.year = YearOf::Explicit(last.year() + 1);
            last = self.days_of(&b, at)?.1;
        }
        let precision = if a.part == Part::Year && a.edge.is_none() { Precision::Years } else { precision };
        (first <= last).then_some((first, last, precision))
    }

    /// First and last day of a point at `at`.
    fn days_of(&self, point: &Point, at: usize) -> Option<Days> {
        let days = match point.part {
            Part::Today(days) => self.on_day(self.today()?.checked_add(days.days()).ok()?),
            Part::SameDay(days) => self.on_day(self.last_days?.1.checked_add(days.days()).ok()?),
            Part::Week(weeks, day) => self.week(weeks, day)?,
            Part::Quarter(quarters) => self.quarter(quarters)?,
            Part::SamePeriod => return self.same_period(point, at),
            Part::Day(None, day) => self.bare_day(day, at)?,
            Part::Month(month) | Part::Third(month, _) | Part::Day(Some(month), _)
                if !matches!(month, MonthOf::Named(_)) =>
            {
                let (year, month) = self.month(month)?;
                let year = if point.year == YearOf::Unsaid { year } else { self.year(point, at)? };
                closed(point.in_year(year, Some(month))?)?
            }
            _ => closed(point.in_year(self.year(point, at)?, None)?)?,
        };
        Some(match point.edge {
            Some(edge) => edge_of(days, edge),
            None => days,
        })
    }

    fn on_day(&self, day: Date) -> Days {
        (day, day, Precision::Day)
    }

    /// The year of a point.
    fn year(&self, point: &Point, at: usize) -> Option<i16> {
        let year = match point.year {
            YearOf::Explicit(year) => Some(year),
            YearOf::Passage(years) => self.topics.speaking(at)?.checked_add(years),
            YearOf::Topic(years) => self.topics.year(at)?.checked_add(years),
            YearOf::Named(years) => self.last_year.or_else(|| self.topics.year(at))?.checked_add(years),
            YearOf::Coming(years) => self.coming(at)?.checked_add(years),
            YearOf::Unsaid => self.recent(point, at).or_else(|| self.topics.year(at)),
        };
        year.filter(|year| (1..=9998).contains(year))
    }

    /// The year that begins, or has just begun.
    fn coming(&self, at: usize) -> Option<i16> {
        if let Some(plan) = self.topics.passage(at).filter(|p| p.planned) {
            return Some(plan.year);
        }
        match self.context.reference {
            Some(reference) => Some(reference.year + i16::from(reference.month.is_none_or(|m| m >= 11))),
            None => self.topics.base(at).map(|base| base + 1),
        }
    }

    /// The reference's year for a bare day shortly before it, where neither passage nor sentence has a year of its own.
    fn recent(&self, point: &Point, at: usize) -> Option<i16> {
        let Part::Day(Some(MonthOf::Named(_)), _) = point.part else { return None };
        if self.topics.passage(at).is_some() || self.topics.said(at).is_some() {
            return None;
        }
        let today = self.today()?;
        [today.year(), today.year() - 1].into_iter().find(|year| {
            let day = point.in_year(*year, None).and_then(|(days, _)| days.from);
            day.is_some_and(|day| day <= today && day.checked_add(31.days()).is_ok_and(|end| end >= today))
        })
    }

    /// The day of the reference.
    fn today(&self) -> Option<Date> {
        let reference = self.context.reference?;
        reference.day.and_then(|_| reference.first_day())
    }

    /// The period under review, both ends known.
    fn period(&self) -> Option<(Date, Date)> {
        let period = self.context.period?;
        period.from.zip(period.to)
    }

    /// The month under review, else that of the reference.
    fn review_month(&self) -> Option<(i16, i8)> {
        let of_period = self
            .period()
            .filter(|(a, b)| (a.year(), a.month()) == (b.year(), b.month()))
            .map(|(a, _)| (a.year(), a.month()));
        of_period.or_else(|| self.context.reference.and_then(|r| Some((r.year, r.month?))))
    }

    fn month(&self, month: MonthOf) -> Option<(i16, i8)> {
        let whole =
            self.period().filter(|(a, b)| a.day() == 1 && *b == a.last_of_month()).map(|(a, _)| (a.year(), a.month()));
        match month {
            MonthOf::Named(_) => None,
            MonthOf::Last => whole.or(self.last_month).or_else(|| self.review_month()),
            MonthOf::Review(months) => {
                let (year, month) = self.review_month()?;
                let moved = Date::new(year, month, 1).ok()?.checked_add(i32::from(months).months()).ok()?;
                Some((moved.year(), moved.month()))
            }
        }
    }

    /// The quarter `quarters` after that under review.
    fn quarter(&self, quarters: i16) -> Option<Days> {
        let of_period = self
            .period()
            .filter(|(a, b)| a.year() == b.year() && (a.month() - 1) / 3 == (b.month() - 1) / 3)
            .map(|(a, _)| a);
        let day = of_period.or_else(|| self.context.reference.filter(|r| r.month.is_some())?.first_day())?;
        let first = Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).ok()?;
        let first = first.checked_add((i32::from(quarters) * 3).months()).ok()?;
        let last = first.checked_add(2.months()).ok()?.last_of_month();
        Some((first, last, Precision::Quarter))
    }

    fn week(&self, weeks: i16, day: Option<i8>) -> Option<Days> {
        let today = self.today()?;
        let since_monday = today.weekday().to_monday_zero_offset();
        let monday = today.checked_add((i32::from(weeks) * 7 - i32::from(since_monday)).days()).ok()?;
        match day {
            Some(day) => Some(self.on_day(monday.checked_add((i32::from(day) - 1).days()).ok()?)),
            None => Some((monday, monday.checked_add(6.days()).ok()?, Precision::Day)),
        }
    }

    /// A day whose month was named before: in the event's own days, else in this paragraph, else in the first run of days.
    fn bare_day(&self, day: i8, at: usize) -> Option<Days> {
        let within = |(first, last): (Date, Date)| {
            let in_month_of = |date: Date| Date::new(date.year(), date.month(), day).ok();
            [in_month_of(first), in_month_of(last)].into_iter().flatten().find(|d| first <= *d && *d <= last)
        };
        let short = self.period().filter(|(a, b)| b.since(*a).is_ok_and(|span| span.get_days() < 28));
        let paragraph =
            self.last_days.filter(|(.., said)| !self.chars[*said..at].contains(&'\n')).map(|(a, b, _)| (a, b));
        let event = short.and_then(within).or_else(|| paragraph.and_then(within));
        if let Some(day) = event.or_else(|| if paragraph.is_none() { self.first_days.and_then(within) } else { None }) {
            return Some(self.on_day(day));
        }
        let named = self.last_days.map(|(first, ..)| (first.year(), first.month()));
        let (year, month) = named.or(self.last_month).or_else(|| self.review_month())?;
        Some(self.on_day(Date::new(year, month, day).ok()?))
    }

    /// What was named last, in the year of the point.
    fn same_period(&self, point: &Point, at: usize) -> Option<Days> {
        let year = self.year(point, at)?;
        let Some((first, last)) = self.last_period.filter(|(a, b)| a.year() == b.year()) else {
            return closed(Point::year(year).in_year(year, None)?);
        };
        let ends_month = last == last.last_of_month();
        let first =
            Date::new(year, first.month(), 1).ok().and_then(|m| first.with().year(year).build().ok().or(Some(m)))?;
        let month = Date::new(year, last.month(), 1).ok()?;
        let last = if ends_month { month.last_of_month() } else { last.with().year(year).build().ok()? };
        Some((first, last, Precision::Month))
    }

    /// Remembers what was named.
    fn notice(&mut self, expression: &DateExpression, first: Date, last: Date, precision: Precision) {
        let at = expression.span.start();
        self.last_year = Some(last.year());
        match precision {
            Precision::Day => {
                self.last_days = Some((first, last, at));
                self.last_month = Some((first.year(), first.month()));
                if first < last && self.first_days.is_none() {
                    self.first_days = Some((first, last));
                }
            }
            Precision::Month if !matches!(expression.form, DateForm::From(_)) => {
                self.last_month = Some((last.year(), last.month()))
            }
            _ => {}
        }
        if !matches!(precision, Precision::Year | Precision::Years)
            && !matches!(expression.form, DateForm::From(_) | DateForm::Until(_))
        {
            self.last_period = Some((first, last));
        }
        self.topics.notice(expression, first.year());
    }
}

fn closed((range, precision): (DateRange, Precision)) -> Option<Days> {
    Some((range.from?, range.to?, precision))
}

/// The beginning or end of a period: of a year its first or last month; of a month its first ten days or its last day.
fn edge_of((first, last, precision): Days, edge: Edge) -> Days {
    match (edge, precision) {
        (Edge::Start, Precision::Month) => {
            let tenth = first.with().day(10).build().unwrap_or(first);
            (first, tenth, Precision::Month)
        }
        (Edge::End, Precision::Month) => (last, last, Precision::Day),
        (Edge::Start, _) => (first, first.last_of_month(), Precision::Month),
        (Edge::End, _) => (last.first_of_month(), last, Precision::Month),
    }
}

fn length_mention(span: Span<Clean>, length: &Length) -> DateMention<Clean> {
    DateMention {
        span,
        kind: DateKind::Duration,
        from: None,
        to: None,
        precision: None,
        duration: Some(length.to_iso()),
        numeral: length.numeral,
    }
}
