//! Sums of money: $20, 五元三毛, 两美元又三美分, 三块.

use rust_decimal::Decimal;

use super::phrase::{Phrase, Reader, is_han};
use crate::extract::numeral::{Form, digit, numeral_at};
use crate::lexicon::{Bound, UnitKind};
use crate::model::{Clean, QuantityKind, Span};

impl<'t> Reader<'t> {
    /// A sign of money and its number.
    pub(super) fn priced(&self, at: usize) -> Result<Phrase<'t>, usize> {
        let start = at + 1 + self.chars[at + 1..].iter().take(1).take_while(|c| **c == ' ').count();
        let numeral =
            numeral_at(self.chars, start).filter(|n| n.form != Form::Power && n.upper.is_none()).ok_or(at + 1)?;
        if let Some((_, unit)) = self.unit_at(numeral.span.end()).filter(|(_, unit)| unit.kind == UnitKind::Money) {
            let phrase = self.number(start, numeral, None)?;
            return Ok(Phrase { span: Span::new(at, phrase.span.end()), code: Some(&unit.code), ..phrase });
        }
        let (_, sign) = self.words.units.longest(self.chars, at).ok_or(at + 1)?;
        Ok(Phrase {
            span: Span::new(at, numeral.span.end()),
            numeral: numeral.span,
            kind: QuantityKind::Money,
            value: numeral.value,
            upper: None,
            bound: numeral.more.then_some(Bound::MoreThan),
            unit: Some(Span::new(at, at + 1)),
            code: Some(&sign.code),
            people: false,
        })
    }

    /// 三块 behind a word for paying, with nothing behind it, is three yuan.
    pub(super) fn is_price(&self, start: usize, unit: Span<Clean>) -> bool {
        let ends = || self.chars.get(unit.end()).is_none_or(|c| !c.is_alphanumeric());
        let paid =
            || self.chars[start.saturating_sub(3)..start].iter().any(|c| matches!(c, '花' | '费' | '价' | '卖' | '付'));
        unit.len() == 1 && self.chars[unit.start()] == '块' && ends() && paid()
    }

    /// 五元三毛, 50元6角三分: tenths and hundredths behind the unit; 整 closes a sum.
    pub(super) fn coins(&self, phrase: &mut Phrase<'t>, unit: Span<Clean>) {
        let mut end = unit.end();
        let mut value = phrase.value;
        for (names, scale) in [(&['角', '毛'][..], 1), (&['分'], 2)] {
            let Some(part) = self.chars.get(end).and_then(|c| c.to_digit(10).or(digit(*c))) else { break };
            if self.chars.get(end + 1).is_none_or(|c| !names.contains(c)) {
                continue;
            }
            let Some(sum) = value.checked_add(Decimal::new(part.into(), scale)) else { return };
            (value, end) = (sum, end + 2);
        }
        // 两美元又三美分
        let joined = usize::from(self.chars.get(end) == Some(&'又'));
        if let Some(numeral) = numeral_at(self.chars, end + joined).filter(|n| n.value < Decimal::ONE_HUNDRED)
            && let (Some('美' | '欧'), Some('分')) =
                (self.chars.get(numeral.span.end()), self.chars.get(numeral.span.end() + 1))
            && let Some(sum) = numeral.value.checked_div(Decimal::ONE_HUNDRED).and_then(|part| value.checked_add(part))
        {
            (value, end) = (sum, numeral.span.end() + 2);
        }
        end += usize::from(self.chars.get(end) == Some(&'整') && !self.chars.get(end + 1).is_some_and(|c| is_han(*c)));
        phrase.value = value;
        phrase.span = Span::new(phrase.span.start(), end.max(phrase.span.end()));
    }
}
