//! Fractions: 三分之二, 百分之五, 三又五分之一, 2/3.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::arabic::arabic;
use super::{Form, Part, cardinal, is_alone, sign};

/// 三分之二, 百分之五, 三又五分之一, 2/3: `whole` is what was read at `start`.
pub(super) fn read(chars: &[char], start: usize, whole: &Part) -> Option<Part> {
    let joined = |at: usize| chars.get(at) == Some(&'分') && chars.get(at + 1) == Some(&'之');
    if chars.get(whole.end) == Some(&'又') {
        let below = cardinal(chars, whole.end + 1).filter(|p| p.form != Form::Power && joined(p.end))?;
        let (end, ratio) = over(chars, below.end + 2, below.value)?;
        return Some(Part {
            end,
            value: whole.value.checked_add(ratio)?,
            upper: None,
            more: false,
            form: Form::Fraction,
        });
    }
    if joined(whole.end) && whole.upper.is_none() {
        let (end, value) = over(chars, whole.end + 2, whole.value)?;
        let form = if whole.form == Form::Power || chars[start] == '十' && whole.end == start + 2 {
            Form::Percent
        } else {
            Form::Fraction
        };
        return Some(Part { end, value, upper: None, more: false, form });
    }
    if whole.form != Form::Arabic {
        return None;
    }
    if matches!(chars.get(whole.end), Some('/' | '／')) {
        return slashed(chars, start, whole);
    }
    // 1 3/5: one and three fifths.
    let above = chars.get(whole.end + 1).filter(|c| c.is_ascii_digit() && chars[whole.end] == ' ')?;
    let above = above.to_digit(10).filter(|_| matches!(chars.get(whole.end + 2), Some('/' | '／')))?;
    let part = slashed(chars, start, &Part { end: whole.end + 2, value: above.into(), ..*whole })?;
    Some(Part { value: whole.value.checked_add(part.value)?, ..part })
}

/// The number above the bar at `at`, divided by `below`.
fn over(chars: &[char], at: usize, below: Decimal) -> Option<(usize, Decimal)> {
    let (negative, start) = sign(chars, at);
    let above = cardinal(chars, start).filter(|p| p.upper.is_none())?;
    let ratio = above.value.checked_div(below)?;
    Some((above.end, if negative { -ratio } else { ratio }))
}

/// `2/3`: of small whole numbers, and not a part of a date or a path. Proper (24/7 is none) unless it is all there is, or
/// tells how much of something: `1 4/3的`.
fn slashed(chars: &[char], start: usize, whole: &Part) -> Option<Part> {
    let (end, below) =
        chars.get(whole.end + 1).filter(|c| c.is_ascii_digit()).and_then(|_| arabic(chars, whole.end + 1))?;
    let goes_on = chars.get(end).is_some_and(|c| matches!(c, '/' | '-' | '.' | '_') || c.is_ascii_alphanumeric());
    let small = below.to_u32().is_some_and(|b| b <= 1000) && below.fract().is_zero() && whole.value.fract().is_zero();
    let mixed = whole.end > start + 2 && chars[whole.end - 2] == ' ';
    let of_something = mixed && chars.get(end) == Some(&'的');
    if goes_on || !small || whole.value >= below && !of_something && !is_alone(chars, start, end) {
        return None;
    }
    Some(Part { end, value: whole.value.checked_div(below)?, upper: None, more: false, form: Form::Fraction })
}
