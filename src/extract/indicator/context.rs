//! A number and the words of its clause.

use std::borrow::Cow;

use crate::lexicon::{IndicatorRule, WordHit, WordSet};
use crate::model::{Clean, QuantityMention, Span, Written};

use super::{IndicatorFinder, Told, counts};

/// Furthest that the noun behind a number is looked for, in characters.
const BEHIND: usize = 14;

/// A stretch of a sentence with the words of the rules in it.
#[derive(Clone, Copy)]
pub(super) struct Region<'h> {
    /// The words that begin in it.
    hits: &'h [WordHit],
    start: usize,
    end: usize,
}

impl<'h> Region<'h> {
    /// `start..end` of a sentence; `hits` are its words by their start. It is looked for from the word `near` on.
    fn new(hits: &'h [WordHit], near: usize, start: usize, end: usize) -> Self {
        let mut first = near - hits[..near].iter().rev().take_while(|hit| hit.start >= start).count();
        first += hits[first..].iter().take_while(|hit| hit.start < start).count();
        let length = hits[first..].iter().take_while(|hit| hit.start < end).count();
        Region { hits: &hits[first..first + length], start, end }
    }

    /// Nothing of a sentence.
    fn none() -> Self {
        Region { hits: &[], start: 0, end: 0 }
    }

    /// The words that lie in it.
    pub fn words(&self) -> impl Iterator<Item = u32> + 'h {
        let end = self.end;
        self.hits.iter().filter(move |hit| hit.end <= end).map(|hit| hit.word)
    }

    /// One of `words` lies in it.
    fn holds(&self, words: &WordSet) -> bool {
        words.hits(self.hits, self.start, self.end)
    }
}

/// The regions around a number in which the parts of a rule are looked for. Offsets are characters of the clean text.
pub(super) struct Context<'h> {
    /// Unit, simplified.
    pub unit: Cow<'h, str>,
    /// Where the thing counted stands; where none was read, the words on both sides of the number.
    pub object: [Region<'h>; 2],
    /// The verb, where there is one: the word of the rules that it is, if it is one.
    pub action: Option<Option<u32>>,
    /// There is no verb, or one of being.
    being: bool,
    /// Neither a thing counted nor a verb was read.
    alone: bool,
    /// No thing counted stands with the number.
    bare: bool,
    /// The clause, from the number before to the number behind.
    pub clause: Region<'h>,
    /// Where the number starts, words that may stand before it (约, 了, 共) left out.
    lead: usize,
    /// It stands in a cell of a table.
    in_cell: bool,
    /// It is a part of a figure told before (其中, of these).
    part: bool,
    /// The sentence as far as the number.
    pub before: Region<'h>,
    /// The words of the sentence by which rules are found as by its topic.
    topics: &'h [WordHit],
}

impl<'h> Context<'h> {
    /// The context of the number `at` of a sentence's numbers; `None` where it is no figure: an ordinal, a part of a
    /// name, or something that did not come about.
    pub fn new(
        told: &Told<'h>,
        quantities: &'h [QuantityMention<Clean>],
        at: usize,
        finder: &IndicatorFinder<'_>,
    ) -> Option<Self> {
        let quantity = &quantities[at];
        if !counts(quantity) {
            return None;
        }
        let chars = told.text.chars();
        let span = quantity.span;
        let (mut denied, mut part) = (false, false);
        let (mut start, mut end) = (span.start(), span.end());
        while start > told.span.start() && !ends_clause(chars[start - 1]) {
            start -= 1;
            denied |= finder.moments.voids(chars, start);
            // 其中 (of these)
            part |= chars[start] == '其' && chars[start + 1] == '中' && start + 1 < span.start();
        }
        while end < told.span.end() && !ends_clause(chars[end]) {
            denied |= finder.moments.voids(chars, end);
            end += 1;
        }
        let (start, end) = (start.max(told.span.start()), end.min(told.span.end()));
        let zero = quantity.value.is_some_and(|value| value.is_zero());
        if denied && !zero {
            return None;
        }
        let before = at.checked_sub(1).map_or(start, |before| quantities[before].span.end().clamp(start, span.start()));
        let behind = quantities.get(at + 1).map_or(end, |next| next.span.start().clamp(span.end(), end));
        // 、120人次: what the number before it says holds for it too
        let head = if chars[before..span.start()].iter().any(|c| is_letter(*c)) { before } else { start };
        let mut lead = span.start();
        while lead > before
            && matches!(chars[lead - 1], '了' | '约' | '近' | '共' | '达' | '逾' | '超' | ' ' | '至' | '为')
        {
            lead -= 1;
        }
        let simplified = |word: &'h Option<Written>| {
            word.as_ref().map(|word| finder.variants.in_simplified(word.within(told.source)))
        };
        let object = simplified(&quantity.object);
        let found = object.and_then(|object| locate(told, &object, span));
        // a thing counted that is taken over from the numbers before stands with none of this one's words
        let bare = found.is_none_or(|object| object.end() <= before);
        let ahead = told.hits.partition_point(|hit| hit.start < span.start());
        let region = |from: usize, to: usize| Region::new(told.hits, ahead, from, to);
        let object = match found {
            Some(object) => [region(object.start(), object.end()), Region::none()],
            None => [region(head, span.start()), region(span.end(), behind.min(span.end() + BEHIND))],
        };
        let action = simplified(&quantity.action);
        Some(Context {
            unit: simplified(&quantity.unit).unwrap_or_default(),
            object,
            being: action.as_deref().is_none_or(is_being),
            action: action.map(|action| finder.indicators.word(&action)),
            alone: quantity.object.is_none() && quantity.action.is_none(),
            bare,
            clause: region(head, behind),
            in_cell: false,
            part,
            lead,
            before: Region { hits: &told.hits[..ahead], start: told.span.start(), end: span.start() },
            topics: told.topics,
        })
    }

    /// The context of a number in a cell of a table, whose name is `length` characters long and stands alone.
    pub fn of_cell(unit: &'h str, hits: &'h [WordHit], length: usize) -> Self {
        let name = Region { hits, start: 0, end: length };
        Context {
            unit: unit.into(),
            object: [name, Region::none()],
            action: None,
            being: true,
            alone: false,
            bare: false,
            clause: name,
            in_cell: true,
            part: false,
            lead: length,
            before: name,
            topics: hits,
        }
    }

    /// The words before the number by which rules are found as by a topic.
    pub fn topics(&self) -> impl Iterator<Item = u32> + 'h {
        let end = self.before.end;
        self.topics.iter().take_while(move |hit| hit.start < end).filter(move |hit| hit.end <= end).map(|hit| hit.word)
    }

    /// A cell of a table may leave its unit out.
    pub fn leaves_unit_out(&self) -> bool {
        self.in_cell && self.unit.is_empty()
    }

    /// All parts of a rule hold, which has the unit, is one of [`Indicators::rules_with_verb`] where there is a verb, and
    /// where it names things counted has one of them in a region of `object`.
    pub fn fits(&self, rule: &IndicatorRule, told: &Told<'_>) -> bool {
        let Region { hits: before, end: number, .. } = self.before;
        (self.alone || !rule.alone)
            && (!self.part || rule.part)
            && (!rule.object.is_anchored() || self.object.iter().any(|region| region.holds(&rule.object)))
            && self.acts(rule)
            && (rule.near.is_empty() || self.clause.holds(&rule.near))
            && (rule.about.is_empty() || self.before.holds(&rule.about) || rule.about.holds(&told.about.words))
            && (rule.lead.is_empty() || rule.lead.ends_at(before, self.lead) || rule.lead.ends_at(before, number))
            && (rule.not.is_empty() || !self.clause.holds(&rule.not))
            && (rule.not_lead.is_empty() || !rule.not_lead.ends_at(before, number))
            && (rule.not_before.is_empty() || !self.before.holds(&rule.not_before))
    }

    /// It may repeat what the number before it told, of another time (…31项,而2019年只有3项): no thing counted and no
    /// other verb than one of being was read of it.
    pub fn repeats(&self) -> bool {
        !self.part && self.bare && self.being
    }

    /// There is a verb, which is one of the rule's then, or the rule asks for none, or one stands in the clause.
    fn acts(&self, rule: &IndicatorRule) -> bool {
        self.action.is_some() || rule.bare || self.clause.holds(&rule.action)
    }
}

fn ends_clause(c: char) -> bool {
    matches!(c, ',' | ';' | '。' | ':' | '(' | ')' | '\n' | '!' | '?' | '\t' | '|')
}

fn is_being(verb: &str) -> bool {
    matches!(verb, "有" | "为" | "是" | "达" | "达到" | "办" | "增" | "降" | "恢复" | "超过")
}

/// The thing counted: right behind its number, else the nearest before it in the sentence.
fn locate(told: &Told<'_>, object: &str, number: Span<Clean>) -> Option<Span<Clean>> {
    let (first, length) = (object.chars().next()?, object.chars().count());
    let chars = told.text.chars();
    let here =
        |at: &usize| chars.get(*at) == Some(&first) && object.chars().eq(chars[*at..].iter().copied().take(length));
    let behind = (number.end()..number.end() + 3).find(here);
    let before = || (told.span.start()..(number.start() + 1).saturating_sub(length)).rev().find(here);
    behind.or_else(before).map(|at| Span::new(at, at + length))
}

/// A letter, a digit or a Chinese character.
fn is_letter(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || c.is_alphanumeric()
}
