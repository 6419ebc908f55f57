//! What the characters of a numeral stand for.

use super::LONGEST;

/// The value of a Chinese digit: 〇 to 九 with their financial and spoken forms.
pub fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Powers inside a group of four digits.
pub(super) fn power(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// Powers that close a group: exponent of ten.
pub(super) fn scale(c: char) -> Option<u32> {
    Some(match c {
        '万' => 4,
        '亿' => 8,
        '兆' => 12,
        _ => return None,
    })
}

/// Tens written with one character.
pub(super) fn tens(c: char) -> Option<u32> {
    Some(match c {
        '廿' => 20,
        '卅' => 30,
        '卌' => 40,
        _ => return None,
    })
}

pub(super) fn is_financial(c: char) -> bool {
    matches!(c, '壹' | '贰' | '叁' | '肆' | '伍' | '陆' | '柒' | '捌' | '玖' | '拾' | '佰' | '仟')
}

/// 几 and 数 (several) stand for a digit before a power.
pub(super) fn is_open(c: char) -> bool {
    matches!(c, '几' | '数')
}

/// 千瓦, 百分之, 兆字节: the character belongs to a unit, not to the number.
pub(super) fn opens_unit(chars: &[char], at: usize) -> bool {
    let Some(next) = chars.get(at + 1) else { return false };
    match chars[at] {
        '百' => *next == '分' && chars.get(at + 2) == Some(&'点'),
        '千' => matches!(next, '克' | '瓦' | '米' | '伏' | '卡' | '字' | '赫' | '帕' | '焦' | '牛' | '比'),
        '兆' => matches!(next, '瓦' | '字' | '赫' | '帕' | '欧' | '比' | '焦'),
        _ => false,
    }
}

/// No word goes on at `at`.
pub(super) fn ends_word(chars: &[char], at: usize) -> bool {
    chars.get(at).is_none_or(|c| !c.is_alphanumeric())
}

/// No word and no other number stands beside the numeral: it is all there is.
pub(super) fn is_alone(chars: &[char], start: usize, end: usize) -> bool {
    chars.len() <= LONGEST && chars[..start].iter().chain(&chars[end..]).all(|c| !c.is_alphanumeric())
}
