//! Ordinals: 第三届, 第5次, 二届二次, 首批.

use rust_decimal::Decimal;

use super::guard;
use super::phrase::{Phrase, Reader, is_han};
use crate::extract::numeral::{Form, numeral_at};
use crate::lexicon::UnitKind;
use crate::model::{Clean, QuantityKind, Span};

/// Bodies that have terms: a bare 三届 before one of them is a term, before another noun a number of times.
const BODIES: [&str; 8] = ["理事", "监事", "会员", "常务", "委员", "全国", "全体", "代表"];

/// Measure words behind 首 (first).
const FIRST: [char; 5] = ['届', '批', '次', '个', '期'];

impl<'t> Reader<'t> {
    /// 第 and a number with its measure word at `at`; `Err` says where to go on.
    pub(super) fn ordinal(&self, at: usize) -> Result<Phrase<'t>, usize> {
        let numeral = numeral_at(self.chars, at + 1).filter(|n| n.upper.is_none() && !n.more).ok_or(at + 1)?;
        let end = numeral.span.end();
        if matches!(numeral.form, Form::Power | Form::Fraction | Form::Percent) {
            return Err(end);
        }
        let numbered = |unit_end: usize| Phrase {
            span: Span::new(at, unit_end),
            numeral: Span::new(at, end),
            unit: (unit_end > end).then(|| Span::new(end, unit_end)),
            ..self.first(numeral.value)
        };
        match self.unit_at(end) {
            Some((_, unit)) if unit.kind == UnitKind::Time => Err(end),
            Some((length, unit)) if matches!(unit.kind, UnitKind::Count | UnitKind::Place) => {
                Ok(numbered(end + length))
            }
            _ if guard::is_whole_text(self.chars, at, end) || self.counts_something(numeral.span) => Ok(numbered(end)),
            _ => Err(end),
        }
    }

    /// 第十二峰: a number of two digits and more before a measure word that no list holds; 第三方 and its like are names.
    fn counts_something(&self, numeral: Span<Clean>) -> bool {
        let behind = |ahead: usize| self.chars.get(numeral.end() + ahead);
        numeral.len() > 1 && behind(0).is_some_and(|c| is_han(*c)) && behind(1).is_none_or(|c| !c.is_alphanumeric())
    }

    /// 首 with one of its measure words.
    pub(super) fn first_of_all(&self, at: usize) -> Option<Phrase<'t>> {
        self.chars.get(at + 1).filter(|c| FIRST.contains(c))?;
        let numeral = Span::new(at, at + 1);
        Some(Phrase {
            span: Span::new(at, at + 2),
            numeral,
            unit: Some(Span::new(at + 1, at + 2)),
            ..self.first(Decimal::ONE)
        })
    }

    fn first(&self, value: Decimal) -> Phrase<'t> {
        Phrase {
            span: Span::new(0, 0),
            numeral: Span::new(0, 0),
            kind: QuantityKind::Ordinal,
            value,
            upper: None,
            bound: None,
            unit: None,
            code: None,
            people: false,
        }
    }

    /// A number of 届 or 次 that numbers a term or a session instead of counting: 二届二次, 三届理事会.
    pub(super) fn numbers_session(&self, start: usize, unit: Span<Clean>) -> bool {
        let rest = &self.chars[unit.end()..];
        match self.chars[unit.start()] {
            '届' if unit.len() == 1 => {
                let session = numeral_at(self.chars, unit.end()).and_then(|n| self.chars.get(n.span.end()));
                let body = BODIES.iter().any(|body| body.chars().eq(rest.iter().take(2).copied()));
                session.is_some_and(|c| matches!(c, '次' | '中')) || body && !self.counts_times(start)
            }
            '次' if unit.len() == 1 => start.checked_sub(1).is_some_and(|before| self.chars[before] == '届'),
            _ => false,
        }
    }

    /// 连续, 历, 共 and 近 before the number: it counts.
    fn counts_times(&self, start: usize) -> bool {
        start
            .checked_sub(1)
            .is_some_and(|before| matches!(self.chars[before], '续' | '历' | '共' | '近' | '了' | '办' | '的'))
    }
}
