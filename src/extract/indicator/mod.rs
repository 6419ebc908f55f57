//! Figures of indicators: which of the numbers of a report tell what an association did, has or plans.
//!
//! The rules stand in `dictionaries/indicators.toml`. A number is read with its clause ([`context`]), a number in a cell
//! of a table with its row and column ([`grid`]), and a denial (没有举办培训班) as a zero ([`zero`]).

mod context;
mod grid;
mod zero;

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::lexicon::{Indicator, IndicatorRule, Indicators, Lexicon, MomentWords, RuleSet, Variants, WordHit};
use crate::model::{
    Aspect, Clean, CleanText, DateMention, DateRange, Doer, IndicatorMention, QuantityKind, QuantityMention, Section,
    Span, Status,
};

use context::{Context, Region};

/// Longest time that a sum of one period covers, in days: a year, give or take.
const PERIOD_DAYS: i32 = 370;

/// Finds figures of indicators.
#[derive(Debug)]
pub struct IndicatorFinder<'l> {
    indicators: &'l Indicators,
    moments: &'l MomentWords,
    variants: &'l Variants,
    lexicon: &'l Lexicon,
    /// The rules by which a denial tells a zero.
    zeros: Vec<&'l IndicatorRule>,
}

/// What figures are read from.
#[derive(Clone, Copy)]
pub struct IndicatorSources<'d> {
    /// The repaired text.
    pub text: &'d CleanText,
    /// The text as it stands, in which the words of numbers are written.
    pub source: &'d str,
    /// Title of the document, simplified or not.
    pub title: Option<&'d str>,
    /// Dates in order.
    pub dates: &'d [DateMention<Clean>],
    /// Numbers in order.
    pub quantities: &'d [QuantityMention<Clean>],
    /// When each of them is told of.
    pub moments: &'d [Aspect],
    /// What each sentence is about.
    pub aspects: &'d [Aspect],
}

/// A sentence with the words of the rules in it.
#[derive(Clone, Copy)]
struct Told<'d> {
    text: &'d CleanText,
    source: &'d str,
    span: Span<Clean>,
    hits: &'d [WordHit],
    /// Those of them by which rules are found as by a topic.
    topics: &'d [WordHit],
    about: &'d Topic,
}

/// What the headings above a place and the title are about.
struct Topic {
    /// The words of the rules in them, ascending.
    words: Vec<u32>,
    /// The rules that are found by these words.
    rules: RuleSet,
}

impl<'l> IndicatorFinder<'l> {
    /// A finder by the rules of a lexicon.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        IndicatorFinder {
            indicators: &lexicon.indicators,
            moments: &lexicon.moments,
            variants: &lexicon.variants,
            lexicon,
            zeros: zero::rules(&lexicon.indicators),
        }
    }

    /// Figures in the order of the text. `owner` tells whose figure a number at a place is; asked with `true` where only an
    /// association can have it.
    pub fn find(
        &self,
        sources: IndicatorSources<'_>,
        mut owner: impl FnMut(Span<Clean>, bool) -> Option<Doer>,
    ) -> Vec<IndicatorMention<Clean>> {
        let IndicatorSources { text, source, .. } = sources;
        let mut found = Vec::new();
        let (mut hits, mut topics): (Vec<WordHit>, Vec<WordHit>) = (Vec::new(), Vec::new());
        let mut candidates = self.indicators.no_rules();
        let mut grid = grid::Grid::default();
        let (title, headings) = self.topics(text, sources.title);
        let denials = zero::denials(text, self.moments);
        let mut denials = denials.iter().copied().peekable();
        // asked once of a text, since few have tables
        let tables = memchr::memchr2(b'\t', b'|', text.text().as_bytes()).is_some();
        let mut next = 0;
        let mut stretches = text.stretches().peekable();
        while let Some((at, span)) = stretches.next() {
            let limit = stretches.peek().map_or(usize::MAX, |(_, next)| next.start());
            let here = next..next + sources.quantities[next..].iter().take_while(|q| q.span.start() < limit).count();
            next = here.end;
            let quantities = &sources.quantities[here.clone()];
            let about = text.sentences[at].section.map_or(&title, |section| &headings[section as usize]);
            if tables && grid.row(text, span) {
                let told = Told { text, source, span, hits: &[], topics: &[], about };
                grid::read(self, &told, &grid, sources, here, &mut owner, &mut found);
                continue;
            }
            while denials.next_if(|denial| *denial < span.start()).is_some() {}
            let denied = denials.peek().is_some_and(|denial| *denial < span.end());
            if !denied && !quantities.iter().any(counts) {
                continue;
            }
            hits.clear();
            self.indicators.find(&text.chars()[span.range()], span.start(), &mut hits);
            topics.clear();
            for hit in hits.iter().filter(|hit| !self.indicators.rules_about(hit.word).is_empty()) {
                topics.push(*hit);
            }
            let told = Told { text, source, span, hits: &hits, topics: &topics, about };
            // what the last figure of the sentence told, in which unit and of what time
            let mut last: Option<(&IndicatorRule, Cow<'_, str>, Aspect)> = None;
            for (index, (quantity, moment)) in quantities.iter().zip(&sources.moments[here]).enumerate() {
                let Some(context) = Context::new(&told, quantities, index, self) else { continue };
                let repeated = last.as_ref().filter(|(_, unit, time)| {
                    context.repeats() && *unit == context.unit && time.period != moment.period
                });
                let rule = repeated.map(|(rule, ..)| *rule).or_else(|| self.rule_of(&told, &context, &mut candidates));
                let Some(rule) = rule else { continue };
                found.extend(self.figure(rule, (quantity, &context.unit), *moment, &mut owner));
                last = Some((rule, context.unit, *moment));
            }
            if denied {
                zero::read(self, &told, quantities, sources.aspects[at], sources.dates, &mut owner, &mut found);
            }
        }
        found
    }

    /// What the title is about, and the headings above each section with it.
    fn topics(&self, text: &CleanText, title: Option<&str>) -> (Topic, Vec<Topic>) {
        let mut hits: Vec<WordHit> = Vec::new();
        let mut topic = |line: &[char], above: &[u32]| {
            hits.clear();
            self.indicators.find(line, 0, &mut hits);
            let mut words: Vec<u32> = hits.iter().map(|hit| hit.word).chain(above.iter().copied()).collect();
            words.sort_unstable();
            words.dedup();
            let mut rules = self.indicators.no_rules();
            words.iter().for_each(|word| rules.extend(self.indicators.rules_about(*word)));
            Topic { words, rules }
        };
        let title: Vec<char> = title.unwrap_or_default().chars().map(|c| self.variants.simplified(c)).collect();
        let title = topic(&title, &[]);
        let mut of_sections: Vec<Topic> = Vec::with_capacity(text.sections.len());
        for Section { heading, parent } in &text.sections {
            let above = parent.map_or(&title, |parent| &of_sections[parent as usize]);
            let own = topic(&text.chars()[heading.range()], &above.words);
            of_sections.push(own);
        }
        (title, of_sections)
    }

    /// The first rule that holds for a number. `candidates` is room for rules.
    fn rule_of(&self, told: &Told<'_>, context: &Context<'_>, candidates: &mut RuleSet) -> Option<&'l IndicatorRule> {
        let with_unit = self.indicators.rules_with(&context.unit);
        if with_unit.is_none() && !context.leaves_unit_out() {
            return None;
        }
        candidates.copy(&told.about.rules);
        for word in context.object.iter().flat_map(Region::words) {
            candidates.extend(self.indicators.rules_counting(word));
            candidates.extend(self.indicators.rules_doing(word));
        }
        for word in context.clause.words().chain(context.action.flatten()) {
            candidates.extend(self.indicators.rules_doing(word));
        }
        for word in context.topics() {
            candidates.extend(self.indicators.rules_about(word));
        }
        if let Some(rules) = with_unit.filter(|_| !context.leaves_unit_out()) {
            candidates.keep(&rules.all);
        }
        if let Some(verb) = context.action {
            candidates.keep(self.indicators.rules_with_verb(verb));
        }
        let open = with_unit.map_or(&[][..], |rules| &rules.open);
        let mut rules = candidates.iter().chain(open.iter().copied()).map(|at| &self.indicators.rules()[at as usize]);
        rules.find(|rule| context.fits(rule, told))
    }

    /// The indicator of a rule.
    fn indicator(&self, rule: &IndicatorRule) -> &'l Indicator {
        &self.indicators.indicators()[rule.indicator as usize]
    }

    /// A number, with its unit simplified, as a figure of the indicator of its rule, where its time and its owner are known.
    fn figure(
        &self,
        rule: &IndicatorRule,
        (quantity, unit): (&QuantityMention<Clean>, &Cow<'_, str>),
        moment: Aspect,
        owner: &mut impl FnMut(Span<Clean>, bool) -> Option<Doer>,
    ) -> Option<IndicatorMention<Clean>> {
        let indicator = self.indicator(rule);
        let unit = match (&quantity.unit, unit) {
            (None, _) => indicator.unit.as_str().into(),
            (Some(written), Cow::Borrowed(_)) => written.clone(),
            (Some(_), Cow::Owned(simplified)) => simplified.as_str().into(),
        };
        Some(IndicatorMention {
            span: quantity.span,
            indicator: rule.indicator,
            value: quantity.value,
            min: quantity.min,
            max: quantity.max,
            unit,
            organisation: owner(quantity.span, indicator.own)?,
            period: settled(moment.period?, indicator.stock)?,
            planned: moment.status == Status::Planned,
        })
    }

    /// A denial of what an indicator counts.
    fn nothing(
        &self,
        indicator: u32,
        span: Span<Clean>,
        period: DateRange,
        owner: &mut impl FnMut(Span<Clean>, bool) -> Option<Doer>,
    ) -> Option<IndicatorMention<Clean>> {
        let entry = &self.indicators.indicators()[indicator as usize];
        let zero = Some(Decimal::ZERO);
        Some(IndicatorMention {
            span,
            indicator,
            value: zero,
            min: zero,
            max: zero,
            unit: entry.unit.as_str().into(),
            organisation: owner(span, entry.own)?,
            period,
            planned: false,
        })
    }
}

/// The time of a figure: a level is that of the last day; a sum over several years is of no one period.
fn settled(period: DateRange, stock: bool) -> Option<DateRange> {
    let (from, to) = (period.from.or(period.to)?, period.to.or(period.from)?);
    match days(from, to) {
        length if length <= PERIOD_DAYS => Some(DateRange::closed(from, to)),
        _ if stock => Some(DateRange::closed(to, to)),
        _ => None,
    }
}

fn days(from: Date, to: Date) -> i32 {
    to.since(from).map_or(i32::MAX, |span| span.get_days().saturating_add(1))
}

/// A number that may be a figure at all.
fn counts(quantity: &QuantityMention<Clean>) -> bool {
    !quantity.in_name && quantity.kind != QuantityKind::Ordinal
}

#[cfg(test)]
mod tests;
