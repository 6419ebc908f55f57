//! Arabic digits with separators.

use rust_decimal::Decimal;

use super::LONGEST;

/// Arabic digits at `at`: groups of three with commas, a decimal point. Returns the end and the value.
pub(super) fn arabic(chars: &[char], at: usize) -> Option<(usize, Decimal)> {
    let digits = |from: usize| chars[from..].iter().take(LONGEST).take_while(|c| c.is_ascii_digit()).count();
    let head = digits(at);
    let mut end = at + head;
    if head <= 3 {
        while end - at < LONGEST && chars.get(end) == Some(&',') && digits(end + 1) == 3 {
            end += 4;
        }
    }
    if chars.get(end) == Some(&'.') && chars.get(end + 1).is_some_and(char::is_ascii_digit) {
        end += 1 + digits(end + 1);
    }
    let text: String = chars[at..end].iter().filter(|c| **c != ',').collect();
    Some((end, text.parse().ok()?))
}
