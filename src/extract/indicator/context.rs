//! A number and the words of its clause.

use crate::lexicon::{IndicatorRule, MomentRole};
use crate::model::{Clean, QuantityMention, Span};

use super::{IndicatorFinder, Told, counts};

/// Furthest that the noun behind a number is looked for, in characters.
const BEHIND: usize = 14;

/// The regions around a number in which the parts of a rule are looked for. Offsets are bytes of the clean text.
pub(super) struct Context {
    /// Unit, simplified.
    unit: String,
    /// Where the thing counted stands; where none was read, the words around the number.
    pub object: Vec<(usize, usize)>,
    /// The words of the rules that the verb is, where there is one.
    pub action: Option<Vec<u32>>,
    /// There is no verb, or one of being.
    being: bool,
    /// Neither a thing counted nor a verb was read.
    alone: bool,
    /// No thing counted stands with the number.
    bare: bool,
    /// The clause, from the number before to the number behind.
    pub clause: (usize, usize),
    /// Where the number starts, words that may stand before it (约, 了, 共) left out.
    lead: usize,
    /// It stands in a cell of a table.
    in_cell: bool,
    /// It is a part of a figure told before (其中, of these).
    part: bool,
    /// Where the sentence and the number start.
    pub before: (usize, usize),
}

impl Context {
    /// The context of the number `at` of a sentence's numbers; `None` where it is no figure: an ordinal, a part of a
    /// name, or something that did not come about.
    pub fn new(
        told: &Told<'_>,
        quantities: &[QuantityMention<Clean>],
        at: usize,
        finder: &IndicatorFinder<'_>,
    ) -> Option<Self> {
        let quantity = &quantities[at];
        if !counts(quantity) {
            return None;
        }
        let chars = told.text.chars();
        let span = quantity.span;
        let ends =
            |at: &usize| matches!(chars[*at], ',' | ';' | '。' | ':' | '(' | ')' | '\n' | '!' | '?' | '\t' | '|');
        let start = (told.span.start()..span.start()).rev().find(ends).map_or(told.span.start(), |at| at + 1);
        let end = (span.end()..told.span.end()).find(ends).unwrap_or(told.span.end());
        let denied = |from: usize, to: usize| (from..to).any(|at| finder.moments.is(chars, at, MomentRole::Void));
        let zero = quantity.value.is_some_and(|value| value.is_zero());
        if !zero && (denied(start, span.start()) || denied(span.end(), end)) {
            return None;
        }
        let before = at.checked_sub(1).map_or(start, |before| quantities[before].span.end().clamp(start, span.start()));
        let behind = quantities.get(at + 1).map_or(end, |next| next.span.start().clamp(span.end(), end));
        let byte = |at: usize| told.text.byte(at);
        let mut head = byte(before);
        // 、120人次: what the number before it says holds for it too
        if !chars[before..span.start()].iter().any(|c| c.is_alphanumeric()) {
            head = byte(start);
        }
        let mut lead = span.start();
        while lead > before
            && matches!(chars[lead - 1], '了' | '约' | '近' | '共' | '达' | '逾' | '超' | ' ' | '至' | '为')
        {
            lead -= 1;
        }
        let object = quantity.object.as_deref().map(|object| finder.variants.simplify(object));
        let found = object.and_then(|object| locate(told, &object, span));
        // a thing counted that is taken over from the numbers before stands with none of this one's words
        let bare = found.is_none_or(|object| object.end() <= before);
        let object = match found {
            Some(object) => vec![(byte(object.start()), byte(object.end()))],
            None => vec![(head, byte(span.start())), (byte(span.end()), byte(behind.min(span.end() + BEHIND)))],
        };
        let action = quantity.action.as_deref().map(|action| finder.variants.simplify(action));
        Some(Context {
            unit: finder.variants.simplify(quantity.unit.as_deref().unwrap_or_default()),
            object,
            being: action.as_deref().is_none_or(is_being),
            action: action.map(|action| finder.words_that_are(&action)),
            alone: quantity.object.is_none() && quantity.action.is_none(),
            bare,
            clause: (head, byte(behind)),
            in_cell: false,
            part: chars[start..span.start()].windows(2).any(|pair| pair == ['其', '中']),
            lead: byte(lead),
            before: (byte(told.span.start()), byte(span.start())),
        })
    }

    /// The context of a number in a cell of a table, whose name is `length` bytes long and stands alone.
    pub fn of_cell(unit: &str, length: usize) -> Self {
        Context {
            unit: unit.to_owned(),
            object: vec![(0, length)],
            action: None,
            being: true,
            alone: false,
            bare: false,
            clause: (0, length),
            in_cell: true,
            part: false,
            lead: length,
            before: (0, length),
        }
    }

    /// All parts of a rule hold.
    pub fn fits(&self, rule: &IndicatorRule, told: &Told<'_>) -> bool {
        let hits = told.hits;
        let (start, end) = self.clause;
        let object = || self.object.iter().any(|(from, to)| rule.object.hits(hits, *from, *to));
        let about = || rule.about.hits(hits, self.before.0, self.before.1) || rule.about.holds(told.about);
        // a cell of a table may leave its unit out
        (rule.units.contains(&self.unit) || self.in_cell && self.unit.is_empty() && !rule.is_open())
            && (self.alone || !rule.alone)
            && (!self.part || rule.part)
            && (rule.object.is_empty() || object())
            && self.acts(rule, told)
            && (rule.near.is_empty() || rule.near.hits(hits, start, end))
            && (rule.about.is_empty() || about())
            && (rule.lead.is_empty() || rule.lead.ends_at(hits, self.lead) || rule.lead.ends_at(hits, self.before.1))
            && !rule.not.hits(hits, start, end)
            && !rule.not_lead.ends_at(hits, self.before.1)
            && !rule.not_before.hits(hits, self.before.0, self.before.1)
    }

    /// It may repeat what the number before it told, of another time (…31项,而2019年只有3项): no thing counted and no
    /// other verb than one of being was read of it.
    pub fn repeats(&self) -> bool {
        !self.part && self.bare && self.being
    }

    /// Unit, simplified.
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// The verb is one of the rule's, or there is none and the rule asks for none.
    fn acts(&self, rule: &IndicatorRule, told: &Told<'_>) -> bool {
        if rule.action.is_empty() {
            return true;
        }
        match &self.action {
            Some(words) => rule.action.holds(words),
            None => rule.bare || rule.action.hits(told.hits, self.clause.0, self.clause.1),
        }
    }
}

fn is_being(verb: &str) -> bool {
    matches!(verb, "有" | "为" | "是" | "达" | "达到" | "办" | "增" | "降" | "恢复" | "超过")
}

/// The thing counted: right behind its number, else the nearest before it in the sentence.
fn locate(told: &Told<'_>, object: &str, number: Span<Clean>) -> Option<Span<Clean>> {
    let object: Vec<char> = object.chars().collect();
    if object.is_empty() {
        return None;
    }
    let chars = told.text.chars();
    let here = |at: &usize| chars.get(*at..*at + object.len()) == Some(&object[..]);
    let behind = (number.end()..number.end() + 3).find(here);
    let before = || (told.span.start()..(number.start() + 1).saturating_sub(object.len())).rev().find(here);
    behind.or_else(before).map(|at| Span::new(at, at + object.len()))
}
