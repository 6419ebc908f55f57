//! Arabic digits with separators.

use rust_decimal::Decimal;

use super::{LONGEST, is_alone};

/// Arabic digits at `at`: groups of three with commas, a decimal point, which may lead (`.5`). Returns the end and the value.
pub(super) fn arabic(chars: &[char], at: usize) -> Option<(usize, Decimal)> {
    let digits = |from: usize| chars[from..].iter().take(LONGEST).take_while(|c| c.is_ascii_digit()).count();
    let head = digits(at);
    let mut end = at + head;
    if head <= 3 {
        while end - at < LONGEST && chars.get(end) == Some(&',') && digits(end + 1) == 3 {
            end += 4;
        }
    }
    let point = |at: usize| chars.get(at) == Some(&'.') && chars.get(at + 1).is_some_and(char::is_ascii_digit);
    // 1.2.3 is no decimal, nor is its end
    let amid = match &chars[..at] {
        [.., before] if head == 0 => before.is_ascii_digit(),
        [.., before, '.'] => before.is_ascii_digit(),
        _ => false,
    };
    let behind = end + 1 + if point(end) { digits(end + 1) } else { 0 };
    if point(end) && !point(behind) && !amid {
        end = behind;
    }
    if end == at {
        return None;
    }
    let value = written(&chars[at..end])?;
    match millions(chars, at, end) {
        Some(end) => Some((end, value.checked_mul(Decimal::from(1_000_000))?)),
        None => scaled(chars, end, value),
    }
}

/// Behind the `M` of `$2.5M`. M is as often a measure (10M of memory), so a sign of money must say so, or nothing else.
fn millions(chars: &[char], at: usize, end: usize) -> Option<usize> {
    let mark = end + usize::from(chars.get(end) == Some(&' '));
    if chars.get(mark) != Some(&'M') || chars.get(mark + 1).is_some_and(|c| c.is_alphanumeric()) {
        return None;
    }
    let priced = at > 0 && matches!(chars[at - 1], '$' | '￥' | '¥' | '€' | '£');
    (priced || is_alone(chars, at, mark + 1)).then_some(mark + 1)
}

/// The value of digits, the commas between them left out.
fn written(digits: &[char]) -> Option<Decimal> {
    // as many as a machine word surely holds
    const MOST: usize = 18;
    if digits.len() > MOST {
        return digits.iter().filter(|c| **c != ',').collect::<String>().parse().ok();
    }
    let value = digits.iter().filter_map(|c| c.to_digit(10)).fold(0, |value, digit| value * 10 + i64::from(digit));
    let decimals = digits.iter().position(|c| *c == '.').map_or(0, |point| digits.len() - point - 1);
    Some(Decimal::new(value, decimals as u32))
}

/// Powers behind the digits that end at `at`: `2e5`, `2^5`, `40k`; the number itself where there are none.
fn scaled(chars: &[char], at: usize, value: Decimal) -> Option<(usize, Decimal)> {
    let Some(mark) = chars.get(at) else { return Some((at, value)) };
    let ends = |at: usize| !chars.get(at).is_some_and(char::is_ascii_alphanumeric);
    match mark {
        // 4K (a screen) is no 4,000.
        'k' if ends(at + 1) => Some((at + 1, value.checked_mul(Decimal::ONE_THOUSAND)?)),
        'K' if chars.get(at + 1).is_none_or(|c| !c.is_alphanumeric()) => {
            Some((at + 1, value.checked_mul(Decimal::ONE_THOUSAND)?))
        }
        'e' | 'E' | '^' => match exponent(chars, at + 1).filter(|(end, _)| ends(*end)) {
            Some((end, exponent)) if *mark == '^' => Some((end, raised(value, exponent)?)),
            Some((end, exponent)) => Some((end, value.checked_mul(raised(Decimal::TEN, exponent)?)?)),
            None => Some((at, value)),
        },
        _ => Some((at, value)),
    }
}

/// One or two digits with up to two signs at `at`: the end and the value.
fn exponent(chars: &[char], at: usize) -> Option<(usize, i32)> {
    let signs = chars.get(at..)?.iter().take(2).take_while(|c| matches!(c, '+' | '-' | '−')).count();
    let negative = chars[at..at + signs].iter().filter(|c| **c != '+').count() % 2 == 1;
    let start = at + signs;
    let digits = chars[start..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
    let value = chars[start..start + digits].iter().filter_map(|c| c.to_digit(10)).fold(0, |n, d| n * 10 + d as i32);
    (1..=2).contains(&digits).then_some((start + digits, if negative { -value } else { value }))
}

/// `base` to the power of `exponent`; `None` where it fits no decimal.
fn raised(base: Decimal, exponent: i32) -> Option<Decimal> {
    let mut power = Decimal::ONE;
    for _ in 0..exponent.unsigned_abs() {
        power = power.checked_mul(base)?;
    }
    if exponent < 0 { Decimal::ONE.checked_div(power) } else { Some(power) }
}
