//! Ranges: 3-5家, 1万元至2万元.

use rust_decimal::Decimal;

use super::bounds;
use super::phrase::{Counted, Phrase, Reader, is_han};
use crate::extract::numeral::{Form, Numeral, numeral_at};
use crate::lexicon::{Bound, UnitKind};
use crate::model::{Clean, Span};

impl<'t> Reader<'t> {
    /// A range that begins with `first`: 3-5家, 1万元至2万元. `None` where there is none.
    pub(super) fn range_from(&self, first: &Counted<'t>) -> Result<Option<(Phrase<'t>, Counted<'t>)>, usize> {
        let Some(second) = self.second_end(first) else { return Ok(None) };
        let (low, high) = (first.numeral, second.numeral);
        let phrase = self.one(&second)?;
        let Some(scale) = ratio_of(&low, &high, first.unit.is_some()) else { return Ok(None) };
        let tenth = second.unit.is_some_and(|(_, unit)| unit.kind == UnitKind::Tenth);
        let factor = if tenth { Decimal::TEN } else { scale };
        let value = low.value.checked_mul(factor);
        let Some(value) = value.filter(|value| *value < phrase.value && low.upper.is_none() && high.upper.is_none())
        else {
            return Ok(None);
        };
        let numeral = Span::new(low.span.start(), high.span.end());
        let between = self.between(phrase.span.end()).filter(|_| self.joins(first));
        let span = Span::new(low.span.start(), between.unwrap_or(phrase.span.end()));
        Ok(Some((Phrase { span, numeral, upper: Some(phrase.value), value: value.normalize(), ..phrase }, second)))
    }

    /// The number behind a dash or 至, with the same unit where the first has one.
    fn second_end(&self, first: &Counted<'t>) -> Option<Counted<'t>> {
        let blank = |at: usize| usize::from(self.chars.get(at) == Some(&' '));
        let mark = first.end + blank(first.end);
        let dash = *self.chars.get(mark)?;
        let joins = self.joins(first);
        if !joins && !matches!(dash, '-' | '~' | '—' | '–' | '～' | '至' | '到' | '−') || first.more {
            return None;
        }
        let from = first.numeral.span.start().checked_sub(1).is_some_and(|b| matches!(self.chars[b], '由' | '从'));
        if dash == '到' && from {
            return None;
        }
        let start = mark + 1 + blank(mark + 1);
        let low = if self.chars.get(start) == Some(&'-') { None } else { numeral_at(self.chars, start) }?;
        let second = self.counted(low);
        let dashed = self.chars.get(second.end).is_some_and(|c| matches!(c, '-' | '/'));
        let digit_behind = self.chars.get(second.end + 1).is_some_and(char::is_ascii_digit);
        if second.unit.is_none() && dashed && digit_behind || second.unit.is_none() && first.unit.is_some() {
            return None;
        }
        let short = first.numeral.span.len() < 2 || low.span.len() < 2;
        if second.unit.is_none()
            && (matches!(low.form, Form::Digits | Form::Power) || low.form == Form::Chinese && short)
        {
            return None;
        }
        let same = |a: Span<Clean>, b: Span<Clean>| self.chars[a.range()] == self.chars[b.range()];
        let agrees = match (first.unit, second.unit) {
            (Some((a, _)), Some((b, _))) => same(a, b),
            _ => true,
        };
        (agrees && (!joins || self.between(second.end).is_some())).then_some(second)
    }

    /// Behind the 之间 at `at`, or the 间 that ends what is said: 间 counts rooms before a noun (20和30间客房).
    fn between(&self, at: usize) -> Option<usize> {
        let ends = |at: usize| self.chars.get(at).is_none_or(|c| !is_han(*c) || *c == '的');
        match (self.chars.get(at)?, self.chars.get(at + 1)) {
            ('之', Some('间')) => Some(at + 2),
            ('间', _) if ends(at + 1) => Some(at + 1),
            _ => None,
        }
    }

    /// 大于10小于20, 50人以上500人以下: two bounds of one unit on either side make a range.
    pub(super) fn closed(&self, first: &Phrase<'t>, second: &Phrase<'t>) -> Option<Phrase<'t>> {
        use Bound::{AtLeast, AtMost, LessThan, MoreThan};
        let (low, high) = match (first.bound?, second.bound?) {
            (AtLeast | MoreThan, AtMost | LessThan) => (first, second),
            (AtMost | LessThan, AtLeast | MoreThan) => (second, first),
            _ => return None,
        };
        let written = |unit: Option<Span<Clean>>| unit.map(|span| &self.chars[span.range()]);
        let alike = first.unit.is_none() || second.unit.is_none() || written(first.unit) == written(second.unit);
        let single = first.upper.is_none() && second.upper.is_none() && first.kind == second.kind;
        if !alike || !single || !self.touch(first, second) {
            return None;
        }
        let (value, upper) = (bounds::of(low).min?, bounds::of(high).max?);
        let span = Span::new(first.span.start(), second.span.end());
        let numeral = Span::new(first.numeral.start(), second.numeral.end());
        let unit = second.unit.or(first.unit);
        (value < upper).then(|| Phrase { span, numeral, value, upper: Some(upper), unit, ..second.clone() })
    }

    /// Nothing stands between two bounded numbers but a word that joins them; a comma where both bounds stand behind.
    fn touch(&self, first: &Phrase<'t>, second: &Phrase<'t>) -> bool {
        let behind = |phrase: &Phrase<'t>| phrase.span.start() == phrase.numeral.start();
        let between = self.chars.get(first.span.end()..second.span.start()).unwrap_or_default();
        match between {
            [',', blanks @ ..] => behind(first) && behind(second) && matches!(blanks, [] | [' ']),
            [' ', word @ ..] | word => matches!(word, [] | ['且' | '并' | '又'] | ['并' | '而', '且'] | ['同', '时']),
        }
    }

    /// 和 or 与 stands behind the first number, which makes a range before 之间 (between) alone.
    fn joins(&self, first: &Counted<'t>) -> bool {
        let mark = first.end + usize::from(self.chars.get(first.end) == Some(&' '));
        self.chars.get(mark).is_some_and(|c| matches!(c, '和' | '与'))
    }
}

/// 3-5万: the scale of the second number is meant for the first too. `None` where the two make no range.
fn ratio_of(low: &Numeral, high: &Numeral, has_unit: bool) -> Option<Decimal> {
    if low.form == Form::Power || high.form == Form::Power {
        return None;
    }
    let mut scale = Decimal::ONE;
    let scaled = matches!((low.form, high.form), (Form::Arabic, Form::Mixed))
        || low.form == Form::Chinese && low.value < Decimal::TEN;
    while scaled && !has_unit && scale < Decimal::from(100_000_000) {
        let next = scale.checked_mul(Decimal::from(10_000))?;
        if low.value.checked_mul(next)? >= high.value {
            break;
        }
        scale = next;
    }
    Some(scale)
}
