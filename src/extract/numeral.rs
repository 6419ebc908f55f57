//! Chinese, Arabic and mixed numerals: 十二, 1,260, 3.5万, 十几, 两三, 三分之二, 负五.
//!
//! Works on characters of the clean text: full-width forms are ASCII and characters simplified.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::model::{Clean, Span};

/// A numeral and its value.
///
/// Invariant: the span is not empty, and `upper`, where there is one, is greater than `value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// Where it stands, its sign included.
    pub span: Span<Clean>,
    /// Its value; for one that is loose (`两三`, `十几`) the least that it can mean.
    pub value: Decimal,
    /// The upper end where the numeral itself is a range: 3 for `两三`.
    pub upper: Option<Decimal>,
    /// A part is left open inside (`十几`, `2300余万`, `数十`): the value is exceeded.
    pub more: bool,
    /// How it is written.
    pub form: Form,
}

/// How a numeral is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Arabic digits alone.
    Arabic,
    /// Arabic digits and a power behind them (`3.5万`).
    Mixed,
    /// Chinese digits and powers.
    Chinese,
    /// Chinese digits without a power, read one by one (`二〇`, `八五`).
    Digits,
    /// A power alone (`千`, `百万`), which counts only beside a unit.
    Power,
    /// A fraction (`三分之二`, `2/3`).
    Fraction,
    /// A fraction of a hundred, a thousand, … (`百分之五`); the value is the ratio.
    Percent,
}

/// The longest numeral that begins at `at`; `None` where none does, or where its value does not fit a [`Decimal`].
///
/// What stands before `at` is not looked at: a caller that starts amid a word or a number gets a part of it.
pub fn numeral_at(chars: &[char], at: usize) -> Option<Numeral> {
    let (negative, start) = sign(chars, at);
    let whole = cardinal(chars, start)?;
    let found = fraction(chars, start, &whole).unwrap_or(whole);
    // Financial digits are also surnames and verbs (伍, 陆, 拾): one alone is no numeral.
    if found.end == start + 1 && is_financial(chars[start]) {
        return None;
    }
    let (value, upper) = match (negative, found.upper) {
        (true, Some(_)) => return None,
        (true, None) => (-found.value, None),
        (false, upper) => (found.value, upper),
    };
    let span = Span::new(at, found.end);
    Some(Numeral { span, value, upper, more: found.more, form: found.form })
}

/// The character can be the first of a numeral.
pub fn begins_numeral(c: char) -> bool {
    c.is_ascii_digit()
        || digit(c).is_some()
        || power(c).is_some()
        || scale(c).is_some()
        || tens(c).is_some()
        || is_open(c)
}

/// A Chinese digit, zero and financial forms included.
pub fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// A numeral without its sign, `end` behind its last character.
#[derive(Clone, Copy)]
struct Part {
    end: usize,
    value: Decimal,
    upper: Option<Decimal>,
    more: bool,
    form: Form,
}

fn sign(chars: &[char], at: usize) -> (bool, usize) {
    match (chars.get(at), chars.get(at + 1)) {
        (Some('负'), _) => (true, at + 1),
        (Some('零'), Some('下')) => (true, at + 2),
        (Some('-' | '−'), Some(c)) if c.is_ascii_digit() => (true, at + 1),
        _ => (false, at),
    }
}

/// 一 to 九 with their financial and spoken forms.
fn digit(c: char) -> Option<u32> {
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
fn power(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// Powers that close a group: exponent of ten.
fn scale(c: char) -> Option<u32> {
    Some(match c {
        '万' => 4,
        '亿' => 8,
        '兆' => 12,
        _ => return None,
    })
}

/// Tens written with one character.
fn tens(c: char) -> Option<u32> {
    Some(match c {
        '廿' => 20,
        '卅' => 30,
        '卌' => 40,
        _ => return None,
    })
}

fn is_financial(c: char) -> bool {
    "壹贰叁肆伍陆柒捌玖拾佰仟".contains(c)
}

/// 几 and 数 (several) stand for a digit before a power.
fn is_open(c: char) -> bool {
    matches!(c, '几' | '数')
}

/// 千瓦, 百分之, 兆字节: the character belongs to a unit, not to the number.
fn opens_unit(chars: &[char], at: usize) -> bool {
    let Some(next) = chars.get(at + 1) else { return false };
    match chars[at] {
        '百' => *next == '分' && chars.get(at + 2) == Some(&'点'),
        '千' => "克瓦米伏卡字赫帕焦牛比".contains(*next),
        '兆' => "瓦字赫帕欧比焦".contains(*next),
        _ => false,
    }
}

/// Reads a numeral group by group, left to right.
struct Reader<'t> {
    chars: &'t [char],
    at: usize,
    /// Groups that are closed by 万, 亿, 兆.
    groups: [Option<Range>; 3],
    /// The open group: what its powers have summed up so far.
    section: Option<Range>,
    /// Least power of the open group so far (10,000 where it has none).
    floor: u32,
    /// Digits that wait for their power.
    pending: Option<Pending>,
    more: bool,
    form: Form,
}

/// A value or a range of two.
#[derive(Clone, Copy)]
struct Range {
    low: Decimal,
    high: Decimal,
}

#[derive(Clone, Copy)]
struct Pending {
    range: Range,
    /// A single Chinese digit, or two neighbours: may stand for a lower power by itself (一百二 is 120).
    spoken: bool,
}

impl Range {
    fn of(value: impl Into<Decimal>) -> Self {
        let value = value.into();
        Range { low: value, high: value }
    }

    fn times(self, factor: impl Into<Decimal>) -> Option<Self> {
        let factor = factor.into();
        Some(Range { low: self.low.checked_mul(factor)?, high: self.high.checked_mul(factor)? })
    }

    fn plus(self, other: Self) -> Option<Self> {
        Some(Range { low: self.low.checked_add(other.low)?, high: self.high.checked_add(other.high)? })
    }
}

const NO_FLOOR: u32 = 10_000;

fn cardinal(chars: &[char], at: usize) -> Option<Part> {
    let form = if chars.get(at)?.is_ascii_digit() { Form::Arabic } else { Form::Power };
    let mut reader =
        Reader { chars, at, groups: [None; 3], section: None, floor: NO_FLOOR, pending: None, more: false, form };
    while reader.step(at)? {}
    reader.finish(at)
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    /// Takes one element; false where the numeral ends. `None` on overflow.
    fn step(&mut self, start: usize) -> Option<bool> {
        let Some(c) = self.peek(0) else { return Some(false) };
        if c.is_ascii_digit() {
            return Some(self.pending.is_none() && (self.fresh(start) || self.at_join(start)) && self.arabic()?);
        }
        if c == '点' {
            return Some(self.decimals());
        }
        if let Some(exponent) = scale(c) {
            return self.scale(exponent, start);
        }
        if let Some(power) = power(c) {
            return self.power(power, start);
        }
        if let Some(value) = tens(c) {
            let free = self.pending.is_none() && self.floor > 10;
            if free {
                self.section = Some(self.section.unwrap_or(Range::of(0)).plus(Range::of(value))?);
                (self.floor, self.form) = (10, self.form.chinese());
                self.at += 1;
            }
            return Some(free);
        }
        if digit(c).is_some() {
            return Some(self.pending.is_none() && self.digits(start)?);
        }
        Some(self.open(start))
    }

    /// Nothing was read yet.
    fn fresh(&self, start: usize) -> bool {
        self.at == start
    }

    /// Behind a power or a zero, where digits may go on.
    fn at_join(&self, start: usize) -> bool {
        self.at > start
            && self
                .chars
                .get(self.at - 1)
                .is_some_and(|&c| power(c).is_some() || scale(c).is_some() || digit(c) == Some(0))
    }

    /// `1,260`, `3.5`: digits with separators.
    fn arabic(&mut self) -> Option<bool> {
        let (end, value) = arabic(self.chars, self.at)?;
        self.pending = Some(Pending { range: Range::of(value), spoken: false });
        self.at = end;
        Some(true)
    }

    /// A run of Chinese digits: one, two neighbours (两三), or digits read one by one (二〇二二).
    fn digits(&mut self, start: usize) -> Option<bool> {
        let rest = &self.chars[self.at..];
        let mut length = rest.iter().take_while(|c| digit(**c).is_some()).count();
        // 两 is a digit at the head alone: in 三千两 and 二两 it is the unit.
        length = rest[..length].iter().skip(1).position(|c| *c == '两').map_or(length, |p| p + 1);
        if rest[0] == '两'
            && !self.fresh(start)
            && !rest.get(1).is_some_and(|c| power(*c).is_some() || scale(*c).is_some())
        {
            return Some(false);
        }
        let run = &rest[..length];
        let zeros = if self.fresh(start) { 0 } else { run.iter().take_while(|c| digit(**c) == Some(0)).count() };
        let tail = &run[zeros..];
        let value = |c: &char| digit(*c).unwrap_or(0);
        self.form = self.form.chinese();
        self.at += zeros;
        match tail {
            [] => return Some(zeros > 0),
            [one] => {
                let range = Range::of(value(one));
                self.pending = Some(Pending { range, spoken: zeros == 0 && *one != '零' && *one != '〇' });
                self.at += 1;
            }
            [low, high] if value(low) > 0 && value(high) == value(low) + 1 => {
                let range = Range { low: value(low).into(), high: value(high).into() };
                self.pending = Some(Pending { range, spoken: zeros == 0 });
                self.at += 2;
            }
            _ if self.fresh(start) || zeros > 0 => {
                let text: String = tail.iter().filter_map(|c| char::from_digit(value(c), 10)).collect();
                self.pending = Some(Pending { range: Range::of(text.parse::<Decimal>().ok()?), spoken: false });
                self.at += tail.len();
                if self.at == start + tail.len() {
                    self.form = Form::Digits;
                }
            }
            _ => {
                self.pending = Some(Pending { range: Range::of(value(&tail[0])), spoken: false });
                self.at += 1;
                return Some(false);
            }
        }
        Some(true)
    }

    /// 十, 百, 千.
    fn power(&mut self, power: u32, start: usize) -> Option<bool> {
        // Without a digit before it, 十 may stand behind a higher power or a zero, 百 and 千 only at the head.
        let bare = self.pending.is_none();
        if power >= self.floor
            || opens_unit(self.chars, self.at)
            || bare && !self.fresh(start) && (power != 10 || !self.at_join(start))
        {
            return Some(false);
        }
        let digits = self.pending.take().map_or(Range::of(1), |p| p.range);
        self.section = Some(self.section.unwrap_or(Range::of(0)).plus(digits.times(power)?)?);
        self.floor = power;
        self.form = match self.form {
            Form::Arabic if !bare => Form::Mixed,
            Form::Power if bare && power != 10 => Form::Power,
            form => form.chinese(),
        };
        self.at += 1;
        Some(true)
    }

    /// 万, 亿, 兆 close all that stands before them.
    fn scale(&mut self, exponent: u32, start: usize) -> Option<bool> {
        let slot = (exponent / 4 - 1) as usize;
        if self.groups[slot].is_some() || opens_unit(self.chars, self.at) {
            return Some(false);
        }
        let mut inner = self.close();
        for group in &mut self.groups[..slot] {
            if let Some(value) = group.take() {
                inner = Some(inner.map_or(Some(value), |sum| sum.plus(value))?);
            }
        }
        if inner.is_none() && !self.fresh(start) {
            return Some(false);
        }
        self.groups[slot] = Some(inner.unwrap_or(Range::of(1)).times(Decimal::from(10u64.pow(exponent)))?);
        self.floor = NO_FLOOR;
        self.form = if self.form == Form::Arabic { Form::Mixed } else { self.form };
        self.at += 1;
        Some(true)
    }

    /// The open group with the digits that wait, which count as ones; leaves both empty.
    fn close(&mut self) -> Option<Range> {
        let pending = self.pending.take().map(|p| p.range);
        match (self.section.take(), pending) {
            (Some(sum), Some(ones)) => sum.plus(ones),
            (sum, ones) => sum.or(ones),
        }
    }

    /// 一点五: 点 is a decimal point between a Chinese number and digits, unless a clock time follows.
    fn decimals(&mut self) -> bool {
        if self.pending.is_none() && self.section.is_none() || self.form == Form::Power {
            return false;
        }
        let rest = &self.chars[self.at + 1..];
        let length = rest.iter().take_while(|c| digit(**c).is_some() && **c != '两' || c.is_ascii_digit()).count();
        let text: String = rest[..length]
            .iter()
            .filter_map(|c| c.to_digit(10).or(digit(*c)).and_then(|d| char::from_digit(d, 10)))
            .collect();
        let spoken_time = rest.get(length).is_some_and(|c| matches!(c, '十' | '分' | '刻' | '百' | '千'))
            && rest.get(length + 1) != Some(&'之');
        let Ok(part) = format!("0.{text}").parse::<Decimal>() else { return false };
        if length == 0 || spoken_time || self.form == Form::Arabic {
            return false;
        }
        let Some(sum) = self.close().and_then(|sum| sum.plus(Range::of(part))) else { return false };
        self.pending = Some(Pending { range: sum, spoken: false });
        self.form = self.form.chinese();
        self.at += 1 + length;
        true
    }

    /// 几, 数, 余, 多 where they stand for digits inside the number: 十几, 数十, 2300余万.
    fn open(&mut self, start: usize) -> bool {
        let Some(c) = self.peek(0) else { return false };
        let next_is_scale = self.peek(1).is_some_and(|c| scale(c).is_some()) && !opens_unit(self.chars, self.at + 1);
        let next_is_power = next_is_scale || self.peek(1).is_some_and(|c| power(c).is_some());
        let open = match c {
            '几' | '数' if self.fresh(start) => next_is_power && !opens_unit(self.chars, self.at + 1),
            '几' => self.floor == 10 && self.pending.is_none(),
            '余' | '多' => !self.fresh(start) && next_is_scale,
            _ => false,
        };
        if open {
            self.more = true;
            self.form = if self.form == Form::Power { Form::Chinese } else { self.form };
            if self.fresh(start) {
                self.pending = Some(Pending { range: Range::of(1), spoken: false });
            }
            self.at += 1;
        }
        open
    }

    /// Sums up. A single digit behind a bare power is of the next lower one: 一百二 is 120, 一万五 is 15,000.
    fn finish(mut self, start: usize) -> Option<Part> {
        if self.fresh(start) || self.more && self.at == start + 1 {
            return None;
        }
        if let Some(Pending { range, spoken: true }) = self.pending {
            let before = self
                .at
                .checked_sub(if range.low == range.high { 2 } else { 3 })
                .filter(|&b| b >= start)
                .map(|b| self.chars[b]);
            let lower = match before.and_then(|c| power(c).or(scale(c).map(|e| 10u32.saturating_pow(e)))) {
                Some(power) if power >= 100 => power / 10,
                _ => 1,
            };
            self.pending = Some(Pending { range: range.times(lower)?, spoken: false });
        }
        let mut sum = self.close();
        for group in self.groups.into_iter().flatten() {
            sum = Some(sum.map_or(Some(group), |s| s.plus(group))?);
        }
        let Range { low, high } = sum?;
        let (more, form) = (self.more, self.form);
        Some(Part { end: self.at, value: low.normalize(), upper: (high > low).then(|| high.normalize()), more, form })
    }
}

impl Form {
    /// The form once a Chinese digit or power is part of the number.
    fn chinese(self) -> Form {
        match self {
            Form::Arabic | Form::Mixed => Form::Mixed,
            _ => Form::Chinese,
        }
    }
}

/// Arabic digits at `at`: groups of three with commas, a decimal point. Returns the end and the value.
fn arabic(chars: &[char], at: usize) -> Option<(usize, Decimal)> {
    let digits = |from: usize| chars[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let head = digits(at);
    let mut end = at + head;
    if head <= 3 {
        while chars.get(end) == Some(&',') && digits(end + 1) == 3 {
            end += 4;
        }
    }
    if chars.get(end) == Some(&'.') && chars.get(end + 1).is_some_and(char::is_ascii_digit) {
        end += 1 + digits(end + 1);
    }
    let text: String = chars[at..end].iter().filter(|c| **c != ',').collect();
    Some((end, text.parse().ok()?))
}

/// 三分之二, 百分之五, 三又五分之一, 2/3: `whole` is what was read at `start`.
fn fraction(chars: &[char], start: usize, whole: &Part) -> Option<Part> {
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
    if chars.get(whole.end) == Some(&'/') && whole.form == Form::Arabic {
        return slashed(chars, whole);
    }
    None
}

/// The number above the bar at `at`, divided by `below`.
fn over(chars: &[char], at: usize, below: Decimal) -> Option<(usize, Decimal)> {
    let (negative, start) = sign(chars, at);
    let above = cardinal(chars, start).filter(|p| p.upper.is_none())?;
    let ratio = above.value.checked_div(below)?;
    Some((above.end, if negative { -ratio } else { ratio }))
}

/// `2/3`: proper, of small whole numbers, and not a part of a date or a path.
fn slashed(chars: &[char], whole: &Part) -> Option<Part> {
    let (end, below) =
        chars.get(whole.end + 1).filter(|c| c.is_ascii_digit()).and_then(|_| arabic(chars, whole.end + 1))?;
    let goes_on = chars.get(end).is_some_and(|c| matches!(c, '/' | '-' | '.' | '_') || c.is_ascii_alphanumeric());
    let small = below.to_u32().is_some_and(|b| b <= 1000) && below.fract().is_zero() && whole.value.fract().is_zero();
    if goes_on || !small || whole.value >= below {
        return None;
    }
    Some(Part { end, value: whole.value.checked_div(below)?, upper: None, more: false, form: Form::Fraction })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<(usize, Numeral)> {
        let chars: Vec<char> = text.chars().collect();
        numeral_at(&chars, 0).map(|n| (chars.len(), n))
    }

    #[test]
    fn numerals_have_their_value() {
        for (text, value) in [
            ("0", "0"),
            ("1,260", "1260"),
            ("2,123.5", "2123.5"),
            ("3.5万", "35000"),
            ("36.57亿", "3657000000"),
            ("16.4亿", "1640000000"),
            ("1.23兆", "1230000000000"),
            ("1.2万亿", "1200000000000"),
            ("6千", "6000"),
            ("十", "10"),
            ("十二", "12"),
            ("二十", "20"),
            ("廿九", "29"),
            ("卅", "30"),
            ("两百", "200"),
            ("三千四百", "3400"),
            ("一万零五", "10005"),
            ("一千零一十", "1010"),
            ("一百十五", "115"),
            ("一百二", "120"),
            ("一万五", "15000"),
            ("三千一百万零五十四", "31000054"),
            ("兩", ""),
            ("二〇二二", "2022"),
            ("五五", "55"),
            ("四十九兆九千五百九十二亿", "49959200000000"),
            ("九千八百七十六万五千四百三十二亿九千八百七十六万五千四百三十二", "9876543298765432"),
            ("壹拾贰万叁仟", "123000"),
            ("壹拾万亿", "10000000000000"),
            ("5万4千6百", "54600"),
            ("1百01", "101"),
            ("一点五", "1.5"),
            ("二十点零五", "20.05"),
            ("一点五亿", "150000000"),
            ("一千零十又3分之1", "1010.3333333333333333333333333"),
            ("负壹拾壹", "-11"),
            ("零下25", "-25"),
            ("-3.5", "-3.5"),
            ("百分之三十", "0.30"),
            ("万分之三", "0.0003"),
            ("三分之二", "0.6666666666666666666666666667"),
            ("1/4", "0.25"),
            ("千", "1000"),
            ("百万", "1000000"),
        ] {
            match read(text) {
                Some((length, numeral)) => {
                    assert_eq!(numeral.value, value.parse::<Decimal>().unwrap(), "{text}");
                    assert_eq!(numeral.span.range(), 0..length, "{text}");
                    assert!(!numeral.more && numeral.upper.is_none(), "{text}");
                }
                None => assert_eq!(value, "", "{text}"),
            }
        }
    }

    #[test]
    fn loose_numerals_keep_their_bounds() {
        for (text, value, upper) in [
            ("两三", 2, 3),
            ("五六十", 50, 60),
            ("十五六", 15, 16),
            ("三四百", 300, 400),
            ("二三十万", 200_000, 300_000),
        ] {
            let (length, numeral) = read(text).unwrap();
            assert_eq!((numeral.value, numeral.upper), (value.into(), Some(upper.into())), "{text}");
            assert_eq!(numeral.span.range(), 0..length, "{text}");
        }
        for (text, value) in [
            ("十几", 10),
            ("三十几万", 300_000),
            ("2300余万", 23_000_000),
            ("数十", 10),
            ("几百万", 1_000_000),
            ("十余万", 100_000),
        ] {
            let (length, numeral) = read(text).unwrap();
            assert_eq!((numeral.value, numeral.more), (value.into(), true), "{text}");
            assert_eq!(numeral.span.range(), 0..length, "{text}");
        }
    }

    #[test]
    fn a_numeral_ends_where_its_unit_begins() {
        for (text, end) in [
            ("3千克", 1),
            ("五千瓦", 1),
            ("三千两百两", 4),
            ("二两", 1),
            ("2个百分点", 1),
            ("三点建议", 1),
            ("十余家", 1),
            ("300余千米", 3),
            ("八点二十分", 1),
            ("12,34", 2),
            ("1.2.3", 3),
            ("五十兆字节", 2),
            ("一二三", 3),
            ("二百五万万", 4),
        ] {
            assert_eq!(read(text).unwrap().1.span.end(), end, "{text}");
        }
        for text in ["", "伍", "陆续", "拾", "几家", "数字", "负责", "余", "的", "-a", "9".repeat(40).as_str()]
        {
            assert!(read(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_a_span_in_bounds(text in "[0-9一二三两十百千万亿兆几数余多点零〇负分之又/.,廿壹拾 年家-]{0,24}", at in 0usize..26) {
            let chars: Vec<char> = text.chars().collect();
            if let Some(numeral) = numeral_at(&chars, at) {
                prop_assert_eq!(numeral.span.start(), at);
                prop_assert!(!numeral.span.is_empty() && numeral.span.end() <= chars.len());
                prop_assert!(numeral.upper.is_none_or(|upper| upper > numeral.value));
            }
        }
    }
}
