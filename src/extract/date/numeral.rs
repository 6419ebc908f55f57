//! The numerals that dates are written with.

use rust_decimal::Decimal;

/// A run of digits that is no longer than a year, or a Chinese numeral, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Small {
    /// Value.
    pub value: i16,
    /// Behind its last character.
    pub end: usize,
    /// Number of characters.
    pub width: usize,
    /// Written digit by digit (2022, 二〇二二), not with 十, 百, 千.
    pub digits: bool,
    /// Written with 0 to 9.
    pub arabic: bool,
}

/// The value of a Chinese digit.
pub(super) fn digit(c: char) -> Option<u8> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '元' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The value of a Chinese tens character: 十, 廿 (twenty), 卅 (thirty).
fn ten(c: char) -> Option<i16> {
    match c {
        '十' => Some(10),
        '廿' => Some(20),
        '卅' => Some(30),
        _ => None,
    }
}

/// A character that Chinese numerals are written with (元, "first", stands in dates alone).
pub(super) fn is_numeral(c: char) -> bool {
    c != '元' && digit(c).is_some() || ten(c).is_some() || matches!(c, '百' | '千' | '万' | '亿')
}

/// The numeral at `at`: 1 to 4 digits that no further digit follows, or a Chinese numeral below 10,000.
pub(super) fn small(chars: &[char], at: usize) -> Option<Small> {
    let c = *chars.get(at)?;
    if c.is_ascii_digit() {
        let run = chars[at..].iter().take(5).take_while(|c| c.is_ascii_digit()).count();
        let value =
            chars[at..at + run].iter().fold(0i16, |n, c| n.saturating_mul(10).saturating_add(*c as i16 - '0' as i16));
        return (run <= 4).then_some(Small { value, end: at + run, width: run, digits: true, arabic: true });
    }
    if !is_numeral(c) {
        return None;
    }
    positional(chars, at).or_else(|| {
        let (value, end) = cardinal(chars, at)?;
        Some(Small { value: i16::try_from(value).ok()?, end, width: end - at, digits: false, arabic: false })
    })
}

/// 二〇二二, 一九四九, 二二, 零八: two digits or more in a row, none of 十, 百, 千 behind them.
fn positional(chars: &[char], at: usize) -> Option<Small> {
    let plain = |c: &&char| **c != '两' && **c != '元' && digit(**c).is_some();
    let width = chars[at..].iter().take(5).take_while(plain).count();
    let closed = chars.get(at + width).is_none_or(|c| !is_numeral(*c));
    if !(2..=4).contains(&width) || !closed {
        return None;
    }
    let value = chars[at..at + width].iter().filter_map(|c| digit(*c)).fold(0, |n, d| n * 10 + i16::from(d));
    Some(Small { value, end: at + width, width, digits: true, arabic: false })
}

/// A Chinese cardinal below 10,000 written with its powers (二十三, 一百, 两千零四), and its end.
fn cardinal(chars: &[char], at: usize) -> Option<(i32, usize)> {
    let (mut total, mut end, mut last_power) = (0i32, at, 10_000i32);
    while let Some(&c) = chars.get(end) {
        if c == '零' && end > at {
            end += 1;
            continue;
        }
        if let Some(tens) = ten(c) {
            if last_power <= 10 {
                break;
            }
            (total, last_power, end) = (total + i32::from(tens), 10, end + 1);
            continue;
        }
        let Some(d) = digit(c).filter(|_| c != '元') else { break };
        let power = match chars.get(end + 1) {
            Some('千') => 1000,
            Some('百') => 100,
            Some('十') => 10,
            _ => 1,
        };
        if power >= last_power {
            break;
        }
        (total, last_power) = (total + i32::from(d) * power, power);
        end += if power > 1 { 2 } else { 1 };
    }
    (end > at).then_some((total, end))
}

/// An amount of units of time: `3`, `6,200`, `1.5`, `1.2万`, 二十三; and its end.
pub(super) fn amount(chars: &[char], at: usize) -> Option<(Decimal, usize)> {
    let first = *chars.get(at)?;
    if first == '百' && matches!(chars.get(at + 1), Some('年' | '天')) {
        return Some((Decimal::ONE_HUNDRED, at + 1));
    }
    if !first.is_ascii_digit() {
        let (value, end) = cardinal(chars, at)?;
        return Some((Decimal::from(value), end));
    }
    // digits and the point, of which a few are read: the number fits
    let (mut digits, mut length, mut point) = (0i64, 0, None);
    let mut end = at;
    while let Some(&c) = chars.get(end).filter(|_| length < 16) {
        let next_is_digit = || chars.get(end + 1).is_some_and(char::is_ascii_digit);
        match c {
            '0'..='9' => (digits, length) = (digits * 10 + i64::from(c as u32 - '0' as u32), length + 1),
            '.' if point.is_none() && next_is_digit() => (point, length) = (Some(length + 1), length + 1),
            ',' if point.is_none() && next_is_digit() && grouped(chars, end) => {}
            _ => break,
        }
        end += 1;
    }
    let value = Decimal::new(digits, point.map_or(0, |point| length - point));
    if chars.get(end) == Some(&'万') {
        return Some((value.checked_mul(Decimal::from(10_000))?, end + 1));
    }
    Some((value, end))
}

/// The comma at `at` stands before a group of three digits.
fn grouped(chars: &[char], at: usize) -> bool {
    chars[at + 1..].iter().take(4).take_while(|c| c.is_ascii_digit()).count() == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numerals() {
        for (text, value, width) in [
            ("2022年", 2022, 4),
            ("07", 7, 2),
            ("二〇二二年", 2022, 4),
            ("二零二二", 2022, 4),
            ("零八年", 8, 2),
            ("十一月", 11, 2),
            ("二十三日", 23, 3),
            ("三十", 30, 2),
            ("廿五", 25, 2),
            ("两千零四年", 2004, 4),
            ("一百周年", 100, 2),
            ("十", 10, 1),
        ] {
            let found = small(&text.chars().collect::<Vec<_>>(), 0);
            assert_eq!(found.map(|s| (s.value, s.width)), Some((value, width)), "{text}");
        }
        for text in ["20221", "余", "", "百"] {
            assert_eq!(small(&text.chars().collect::<Vec<_>>(), 0), None, "{text}");
        }
    }

    #[test]
    fn amounts() {
        for (text, value, end) in
            [("3年", "3", 1), ("6,200小时", "6200", 5), ("1.5年", "1.5", 3), ("1.2万", "12000", 4), ("三,四", "3", 1)]
        {
            let found = amount(&text.chars().collect::<Vec<_>>(), 0);
            assert_eq!(found, Some((value.parse().unwrap(), end)), "{text}");
        }
    }
}
