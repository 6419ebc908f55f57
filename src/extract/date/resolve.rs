//! Expressions read against their document.

use jiff::ToSpan;
use jiff::civil::Date;

use super::topic::Topics;
use crate::lexicon::DateWords;
use crate::model::{
    Clean, DateContext, DateExpression, DateForm, DateKind, DateMention, DateRange, Edge, Length, MonthOf, Numeral,
    Part, Point, Precision, Span, YearOf,
};

/// Reads one text from beginning to end, and remembers what was named last.
pub(super) struct Resolver<'a> {
    chars: &'a [char],
    context: &'a DateContext<'a>,
    topics: Topics<'a>,
    last_year: Option<i16>,
    last_month: Option<(i16, i8)>,
    /// Days named last, and in which paragraph.
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
        self.topics.advance(at);
        let form = match expression.form {
            DateForm::Length(length) => return Some(length_mention(span, &length)),
            DateForm::Repeated(period) => {
                let duration = (period != Length::default()).then(|| period.to_iso());
                return Some(DateMention { duration, ..undated(span, DateKind::Set) });
            }
            DateForm::YearOrLength(year, length) => {
                if !self.topics.base(at).is_some_and(|base| (base - 15..=base + 5).contains(&year)) {
                    return Some(length_mention(span, &length));
                }
                DateForm::At(Point::year(year))
            }
            form => form,
        };
        let (point, read) = match form {
            DateForm::Between(a, b) => (a, self.between(&a, &b, at)),
            DateForm::At(a) => (a, self.explained(&a, span, next).or_else(|| self.days_of(&a, at))),
            DateForm::From(a) | DateForm::Until(a) => (a, self.days_of(&a, at)),
            _ => return None,
        };
        let kind = match (form, point.part) {
            (DateForm::At(_), Part::Months(1, _, Precision::Month)) => DateKind::Range,
            (DateForm::At(_), _) => DateKind::Date,
            _ => DateKind::Range,
        };
        let Some((first, last, precision)) = read else {
            return self.is_open(&point, at).then(|| undated(span, kind));
        };
        self.notice(expression, first, last, precision);
        let from = (!matches!(form, DateForm::Until(_))).then_some(first);
        let to = (!matches!(form, DateForm::From(_))).then_some(last);
        Some(DateMention { from, to, precision: Some(precision), ..undated(span, kind) })
    }

    /// A point that could not be read is possible, but the document does not say what it counts from.
    fn is_open(&self, point: &Point, at: usize) -> bool {
        match point.part {
            Part::Today(_) | Part::Week(..) => self.today().is_none(),
            Part::Shifted(..) => self.today().is_none(),
            Part::Lunar => true,
            Part::SameDay(_) => false,
            Part::Quarter(_) => self.quarter(0).is_none(),
            Part::Day(None, _) => self.last_days.is_none() && self.last_month.or_else(|| self.review_month()).is_none(),
            Part::Year | Part::SamePeriod => self.year(point, at).is_none(),
            _ => self.year(point, at).is_none() && point.in_year(2000, Some(1)).is_some(),
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
            Part::Shifted(months, days) => {
                let day = self.today()?.checked_add(i32::from(months).months()).ok()?;
                self.on_day(day.checked_add(i32::from(days).days()).ok()?)
            }
            Part::Lunar => return None,
            Part::SameDay(days) => self.on_day(self.last_days?.1.checked_add(days.days()).ok()?),
            Part::Week(weeks, None) if point.edge.is_some() => {
                let (monday, sunday, precision) = self.week(weeks, None)?;
                return Some((monday.checked_add(5.days()).ok()?, sunday, precision));
            }
            Part::Week(weeks, day) => self.week(weeks, day)?,
            Part::Quarter(quarters) => self.quarter(quarters)?,
            Part::SamePeriod => return self.same_period(point, at),
            Part::Day(None, day) => self.bare_day(day)?,
            Part::Month(month) | Part::Third(month, _) | Part::Day(Some(month), _) | Part::Nth(Some(month), ..)
                if !matches!(month, MonthOf::Named(_)) =>
            {
                let (year, month) = self.month(month)?;
                let year = if point.year == YearOf::Unsaid { year } else { self.year(point, at)? };
                closed(point.in_year(year, Some(month))?)?
            }
            Part::Day(Some(MonthOf::Named(2)), 29) if point.year == YearOf::Unsaid => {
                // 29 February of the last leap year.
                let year = self.year(point, at)?;
                closed((year - 4..=year).rev().find_map(|year| point.in_year(year, None))?)?
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
            YearOf::Topic(years) => self.topics.year(at).or(self.last_year)?.checked_add(years),
            YearOf::Named(years) => self.last_year.or_else(|| self.topics.year(at))?.checked_add(years),
            YearOf::Coming(years) => self.coming(at)?.checked_add(years),
            YearOf::Unsaid => self.recent(point, at).or_else(|| self.topics.year(at)).or(self.last_year),
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
    fn bare_day(&self, day: i8) -> Option<Days> {
        let within = |(first, last): (Date, Date)| {
            let in_month_of = |date: Date| Date::new(date.year(), date.month(), day).ok();
            [in_month_of(first), in_month_of(last)].into_iter().flatten().find(|d| first <= *d && *d <= last)
        };
        let short = self.period().filter(|(a, b)| b.since(*a).is_ok_and(|span| span.get_days() < 28));
        let paragraph = self.last_days.filter(|(.., p)| *p == self.topics.paragraph).map(|(a, b, _)| (a, b));
        let event = short.and_then(within).or_else(|| paragraph.and_then(within));
        if let Some(day) = event.or_else(|| if paragraph.is_none() { self.first_days.and_then(within) } else { None }) {
            return Some(self.on_day(day));
        }
        let named = self.last_days.map(|(first, ..)| (first.year(), first.month()));
        match (named.or(self.last_month), self.today()) {
            (None, Some(today)) if self.period().is_none() => Some(self.on_day(last_before(today, day)?)),
            (named, _) => {
                let (year, month) = named.or_else(|| self.review_month())?;
                // 29日 read in February is of the month before.
                let earlier = || last_before(self.today()?, day);
                Some(self.on_day(Date::new(year, month, day).ok().or_else(earlier)?))
            }
        }
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
        self.last_year = Some(last.year());
        match precision {
            Precision::Day => {
                self.last_days = Some((first, last, self.topics.paragraph));
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

/// The last day of that number that is not behind `today`.
fn last_before(today: Date, day: i8) -> Option<Date> {
    let months = (0..3i32).filter_map(|n| today.first_of_month().checked_sub(n.months()).ok());
    months.filter_map(|month| month.with().day(day).build().ok()).find(|date| *date <= today)
}

/// A mention that gives no days.
fn undated(span: Span<Clean>, kind: DateKind) -> DateMention<Clean> {
    DateMention { span, kind, from: None, to: None, precision: None, duration: None, numeral: None }
}

fn length_mention(span: Span<Clean>, length: &Length) -> DateMention<Clean> {
    let duration = Some(length.to_iso());
    DateMention {
        duration,
        numeral: length.numeral.map(|(span, value)| Numeral { span, value }),
        ..undated(span, DateKind::Duration)
    }
}
