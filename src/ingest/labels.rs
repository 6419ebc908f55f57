//! Numbers of paragraphs as office programs write them: 一、 二、, （一）, 1., iv), ①.

use std::fmt::Write as _;

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Numerals {
    #[default]
    Decimal,
    /// 01
    TwoDigits,
    /// １
    FullWidth,
    /// 一, 十, 二十一
    Chinese,
    /// 一, 一〇, 二一
    ChineseDigits,
    /// 壹, 拾, 贰拾壹
    Formal,
    /// 壹, 拾, 貳拾壹
    FormalTraditional,
    /// 甲, 乙
    Stems,
    /// 子, 丑
    Branches,
    /// ①
    Circled,
    /// ⑴
    Bracketed,
    /// ⒈
    Pointed,
    /// ㈠
    ChineseBracketed,
    /// ㊀
    ChineseCircled,
    UpperRoman,
    LowerRoman,
    /// a, z, aa, bb
    UpperLetter,
    LowerLetter,
    /// Bullets and the like: nothing is counted.
    None,
}

/// Largest number that Roman numerals and letters write; an endless label would follow from an endless number.
const MOST: u32 = 780;

const ROMAN: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

impl Numerals {
    /// What Word calls them (`w:numFmt`); an unknown name is decimal, as Word has it.
    pub(super) fn of_word(name: &str) -> Self {
        match name {
            "bullet" | "none" => Numerals::None,
            "decimalZero" => Numerals::TwoDigits,
            "decimalFullWidth" | "decimalFullWidth2" => Numerals::FullWidth,
            "chineseCounting"
            | "chineseCountingThousand"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "japaneseCounting" => Numerals::Chinese,
            "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => Numerals::ChineseDigits,
            "chineseLegalSimplified" => Numerals::Formal,
            "ideographLegalTraditional" | "japaneseLegal" => Numerals::FormalTraditional,
            "ideographTraditional" => Numerals::Stems,
            "ideographZodiac" => Numerals::Branches,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Numerals::Circled,
            "decimalEnclosedParen" => Numerals::Bracketed,
            "decimalEnclosedFullstop" => Numerals::Pointed,
            "ideographEnclosedCircle" => Numerals::ChineseCircled,
            "upperRoman" => Numerals::UpperRoman,
            "lowerRoman" => Numerals::LowerRoman,
            "upperLetter" => Numerals::UpperLetter,
            "lowerLetter" => Numerals::LowerLetter,
            _ => Numerals::Decimal,
        }
    }

    /// What OpenDocument calls them (`style:num-format`): the first numbers themselves.
    pub(super) fn of_sample(sample: &str) -> Self {
        match sample.split([',', ' ']).next().unwrap_or_default() {
            "" => Numerals::None,
            "01" => Numerals::TwoDigits,
            "a" => Numerals::LowerLetter,
            "A" => Numerals::UpperLetter,
            "i" => Numerals::LowerRoman,
            "I" => Numerals::UpperRoman,
            "１" => Numerals::FullWidth,
            "一" => Numerals::Chinese,
            "壹" if sample.contains('贰') => Numerals::Formal,
            "壹" | "壱" => Numerals::FormalTraditional,
            "甲" => Numerals::Stems,
            "子" => Numerals::Branches,
            "①" => Numerals::Circled,
            "⑴" => Numerals::Bracketed,
            "⒈" => Numerals::Pointed,
            "㈠" => Numerals::ChineseBracketed,
            "㊀" => Numerals::ChineseCircled,
            _ => Numerals::Decimal,
        }
    }

    /// Appends `number`; what these numerals can't write is written in digits.
    pub(super) fn write(self, number: u32, out: &mut String) {
        let one_of = |first: char, last: u32| {
            let at = number.checked_sub(1).filter(|_| number <= last)?;
            char::from_u32(first as u32 + at)
        };
        let nth = |list: &str| list.chars().nth(number.checked_sub(1)? as usize);
        let sign = match self {
            Numerals::None => return,
            Numerals::TwoDigits if number < 10 => {
                out.push('0');
                None
            }
            Numerals::FullWidth => {
                let wide = |digit: u8| char::from_u32(u32::from('０') + u32::from(digit - b'0'));
                return out.extend(number.to_string().bytes().filter_map(wide));
            }
            Numerals::Chinese if number < 10_000 => return chinese(number, "〇一二三四五六七八九", "十百千", out),
            Numerals::Formal if number < 10_000 => return chinese(number, "零壹贰叁肆伍陆柒捌玖", "拾佰仟", out),
            Numerals::FormalTraditional if number < 10_000 => {
                return chinese(number, "零壹貳參肆伍陸柒捌玖", "拾佰仟", out);
            }
            Numerals::ChineseDigits => {
                let digit = |digit: u8| "〇一二三四五六七八九".chars().nth(usize::from(digit - b'0'));
                return out.extend(number.to_string().bytes().filter_map(digit));
            }
            Numerals::UpperRoman | Numerals::LowerRoman | Numerals::UpperLetter | Numerals::LowerLetter
                if (1..=MOST).contains(&number) =>
            {
                return self.write_latin(number, out);
            }
            Numerals::Stems => nth("甲乙丙丁戊己庚辛壬癸"),
            Numerals::Branches => nth("子丑寅卯辰巳午未申酉戌亥"),
            Numerals::Circled if number > 35 => number.checked_sub(35).and_then(|at| one_of_from('㊱', at, 15)),
            Numerals::Circled if number > 20 => number.checked_sub(20).and_then(|at| one_of_from('㉑', at, 15)),
            Numerals::Circled => one_of('①', 20),
            Numerals::Bracketed => one_of('⑴', 20),
            Numerals::Pointed => one_of('⒈', 20),
            Numerals::ChineseBracketed => one_of('㈠', 10),
            Numerals::ChineseCircled => one_of('㊀', 10),
            _ => None,
        };
        match sign {
            Some(sign) => out.push(sign),
            None => _ = write!(out, "{number}"),
        }
    }

    fn write_latin(self, number: u32, out: &mut String) {
        let start = out.len();
        if matches!(self, Numerals::UpperRoman | Numerals::LowerRoman) {
            let mut rest = number;
            for (value, sign) in ROMAN {
                while rest >= value {
                    out.push_str(sign);
                    rest -= value;
                }
            }
        } else {
            // 27 is aa, 28 bb
            let letter = char::from(b'a' + ((number - 1) % 26) as u8);
            out.extend(std::iter::repeat_n(letter, ((number - 1) / 26 + 1) as usize));
        }
        if matches!(self, Numerals::UpperRoman | Numerals::UpperLetter) {
            out[start..].make_ascii_uppercase();
        }
    }
}

/// The character `at`, from 1, of a run of `count` that begins with `first`.
fn one_of_from(first: char, at: u32, count: u32) -> Option<char> {
    char::from_u32(first as u32 + at.checked_sub(1).filter(|_| at <= count)?)
}

/// A number below 10,000 in digits and units; 10 to 19 begin with the unit, zeros between are written once.
fn chinese(number: u32, digits: &str, units: &str, out: &mut String) {
    let digit = |value: u32| digits.chars().nth(value as usize).unwrap_or('〇');
    if number == 0 {
        return out.push(digit(0));
    }
    let (mut rest, mut written, mut gap) = (number, false, false);
    for (value, at) in [(1000, 2), (100, 1), (10, 0), (1, usize::MAX)] {
        let count = rest / value;
        rest %= value;
        if count == 0 {
            gap = written;
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push('零');
        }
        if written || value != 10 || count > 1 {
            out.push(digit(count));
        }
        out.extend(units.chars().nth(at));
        written = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_are_written() {
        let cases: [(Numerals, &[(u32, &str)]); 14] = [
            (Numerals::Decimal, &[(0, "0"), (12, "12"), (u32::MAX, "4294967295")]),
            (Numerals::TwoDigits, &[(1, "01"), (12, "12"), (123, "123")]),
            (Numerals::FullWidth, &[(10, "１０")]),
            (
                Numerals::Chinese,
                &[
                    (0, "〇"),
                    (1, "一"),
                    (10, "十"),
                    (11, "十一"),
                    (20, "二十"),
                    (99, "九十九"),
                    (101, "一百零一"),
                    (110, "一百一十"),
                    (2003, "二千零三"),
                    (9999, "九千九百九十九"),
                    (10_000, "10000"),
                ],
            ),
            (Numerals::ChineseDigits, &[(10, "一〇"), (21, "二一")]),
            (Numerals::Formal, &[(2, "贰"), (10, "拾"), (12, "拾贰")]),
            (Numerals::FormalTraditional, &[(12, "拾貳")]),
            (Numerals::Stems, &[(1, "甲"), (10, "癸"), (11, "11"), (0, "0")]),
            (Numerals::Branches, &[(12, "亥"), (13, "13")]),
            (Numerals::Circled, &[(1, "①"), (20, "⑳"), (21, "㉑"), (36, "㊱"), (50, "㊿"), (51, "51"), (0, "0")]),
            (Numerals::ChineseBracketed, &[(10, "㈩"), (11, "11")]),
            (Numerals::LowerRoman, &[(4, "iv"), (49, "xlix"), (0, "0"), (781, "781")]),
            (Numerals::UpperRoman, &[(19, "XIX")]),
            (Numerals::LowerLetter, &[(1, "a"), (26, "z"), (27, "aa"), (28, "bb"), (0, "0")]),
        ];
        for (numerals, numbers) in cases {
            for (number, expected) in numbers {
                let mut out = String::new();
                numerals.write(*number, &mut out);
                assert_eq!(out, *expected, "{numerals:?} {number}");
            }
        }
    }
}
