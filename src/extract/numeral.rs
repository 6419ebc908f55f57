//! Chinese, Arabic and mixed numerals: 十二, 1,260, 3.5万, 十几, 两三, 三分之二, 负五.
//!
//! Works on characters of the clean text: full-width forms are ASCII and characters simplified.

use rust_decimal::Decimal;

use crate::model::{Clean, Span};

mod arabic;
mod characters;
mod fraction;

use self::arabic::arabic;
pub use self::characters::digit;
use self::characters::{ends_word, is_alone, is_financial, is_open, opens_unit, power, scale, tens};

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
    let found = fraction::read(chars, start, &whole).unwrap_or(whole);
    // Financial digits are also surnames and verbs (伍, 陆, 拾): one alone is no numeral unless it is all there is, or all
    // that something is said to be (是叁。).
    let is_all = || is_alone(chars, at, found.end) || chars[..at].ends_with(&['是']) && ends_word(chars, found.end);
    if found.end == start + 1 && is_financial(chars[start]) && !is_all() {
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
        || matches!(c, '半' | '俩')
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
        (Some('-' | '−'), Some(c)) if c.is_ascii_digit() || *c == '.' => (true, at + 1),
        _ => (false, at),
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
    /// A decimal point was read.
    pointed: bool,
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

/// Longest numeral, in characters; no value has more digits, and a longer run would be read again and again.
const LONGEST: usize = 64;

fn cardinal(chars: &[char], at: usize) -> Option<Part> {
    let form = if chars.get(at).is_some_and(|c| c.is_ascii_digit() || *c == '.') { Form::Arabic } else { Form::Power };
    if form == Form::Arabic {
        // most numbers are digits alone
        let pointless = chars[at] == '.' && !chars.get(at + 1).is_some_and(char::is_ascii_digit);
        let (end, value) = if pointless { None } else { arabic(chars, at) }?;
        if !chars.get(end).is_some_and(|c| goes_on(*c)) {
            let part = Part { end, value: value.normalize(), upper: None, more: false, form };
            return (end - at <= LONGEST).then_some(part);
        }
    }
    let mut reader = Reader {
        chars,
        at,
        groups: [None; 3],
        section: None,
        floor: NO_FLOOR,
        pending: None,
        more: false,
        pointed: false,
        form,
    };
    while reader.step(at)? {
        if reader.at - at > LONGEST {
            return None;
        }
    }
    reader.finish(at)
}

/// A numeral may go on with `c` behind digits.
fn goes_on(c: char) -> bool {
    matches!(c, '点' | '打' | '余' | '多') || begins_numeral(c)
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    /// Takes one element; false where the numeral ends. `None` on overflow.
    fn step(&mut self, start: usize) -> Option<bool> {
        let Some(c) = self.peek(0) else { return Some(false) };
        if c.is_ascii_digit() || c == '.' && self.fresh(start) && self.peek(1).is_some_and(|c| c.is_ascii_digit()) {
            return Some(self.pending.is_none() && (self.fresh(start) || self.at_join(start)) && self.arabic()?);
        }
        if c == '点' {
            return Some(self.decimals(start));
        }
        if c == '打' {
            return Some(self.dozens(start));
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
        Some(self.colloquial(start) || self.open(start))
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
        let mut length = rest.iter().take(LONGEST + 1).take_while(|c| digit(**c).is_some()).count();
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
        // Without a digit before it, 十 may stand behind a higher power, all at the head or behind a zero (零百 is 100).
        let zero = self.at > start && digit(self.chars[self.at - 1]) == Some(0);
        let bare = self.pending.is_none_or(|p| zero && p.range.high.is_zero());
        if power >= self.floor
            || opens_unit(self.chars, self.at)
            || bare && !zero && !self.fresh(start) && (power != 10 || !self.at_join(start))
        {
            return Some(false);
        }
        let digits = self.pending.take().filter(|_| !bare).map_or(Range::of(1), |p| p.range);
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
        let doubled = self.pending.is_none() && self.section.is_none() && !self.fresh(start);
        if let (true, 4, Some(group)) = (doubled, exponent, self.groups[slot]) {
            // 万万 is 亿.
            self.groups[slot] = Some(group.times(10_000)?);
            self.at += 1;
            return Some(true);
        }
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

    /// 半百 is 50; 俩 stands for 两 before a power.
    fn colloquial(&mut self, start: usize) -> bool {
        let Some(next) = self.peek(1).filter(|_| self.fresh(start)) else { return false };
        match self.peek(0) {
            // 近半百姓: half of the people.
            Some('半')
                if next == '百' && !self.peek(2).is_some_and(|c| matches!(c, '姓' | '货' | '科' | '强' | '分')) =>
            {
                self.section = Some(Range::of(50));
                (self.floor, self.at) = (10, self.at + 2);
            }
            Some('俩') if power(next).is_some() || scale(next).is_some() => {
                self.pending = Some(Pending { range: Range::of(2), spoken: false });
                self.at += 1;
            }
            _ => return false,
        }
        self.form = self.form.chinese();
        true
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
    fn decimals(&mut self, start: usize) -> bool {
        if self.fresh(start) || self.pointed || self.form == Form::Power {
            return false;
        }
        let rest = &self.chars[self.at + 1..];
        let length =
            rest.iter().take(LONGEST).take_while(|c| digit(**c).is_some() && **c != '两' || c.is_ascii_digit()).count();
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
        if self.settle(start).is_none() {
            return false;
        }
        let whole = self.close().unwrap_or(Range::of(0));
        let Some(sum) = whole.plus(Range::of(part)) else { return false };
        self.pending = Some(Pending { range: sum, spoken: false });
        self.form = self.form.chinese();
        self.at += 1 + length;
        self.pointed = true;
        true
    }

    /// 五十打 is 600; 打 is also a verb (打造, 打破).
    fn dozens(&mut self, start: usize) -> bool {
        let verb = self.peek(1).is_some_and(|c| "造击破通响好赢下开印包卡听扫算工磨动基出头折".contains(c));
        if self.fresh(start) || verb || self.form == Form::Power || self.settle(start).is_none() {
            return false;
        }
        let mut sum = self.close();
        for group in self.groups.iter_mut().filter_map(Option::take) {
            sum = sum.map_or(Some(group), |s| s.plus(group));
        }
        let Some(dozens) = sum.and_then(|sum| sum.times(12)) else { return false };
        self.pending = Some(Pending { range: dozens, spoken: false });
        // Nothing goes on behind it.
        (self.floor, self.pointed, self.form) = (0, true, self.form.chinese());
        self.at += 1;
        true
    }

    /// 几, 数, 余, 多 where they stand for digits inside the number: 十几, 数十, 2300余万.
    fn open(&mut self, start: usize) -> bool {
        let Some(c) = self.peek(0) else { return false };
        let next_is_scale = self.peek(1).is_some_and(|c| scale(c).is_some()) && !opens_unit(self.chars, self.at + 1);
        let next_is_power = next_is_scale || self.peek(1).is_some_and(|c| power(c).is_some());
        let open = match c {
            '几' | '数' if self.fresh(start) => next_is_power && !opens_unit(self.chars, self.at + 1),
            '几' if self.pending.is_none() => {
                let zero = self.at > 0 && digit(self.chars[self.at - 1]) == Some(0);
                self.floor == 10 || zero && next_is_scale
            }
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

    /// A single digit behind a bare power is of the next lower one: 一百二 is 120, 一万五 is 15,000.
    fn settle(&mut self, start: usize) -> Option<()> {
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
        Some(())
    }

    /// Sums up.
    fn finish(mut self, start: usize) -> Option<Part> {
        if self.fresh(start) || self.more && self.at == start + 1 {
            return None;
        }
        self.settle(start)?;
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

#[cfg(test)]
mod tests;
