//! The number itself: bound, numeral, unit, bound; ranges; what counts nothing.

use rust_decimal::Decimal;

use super::{Starts, guard};
use crate::extract::numeral::{Form, Numeral, begins_numeral, digit, numeral_at};
use crate::lexicon::{Bound, QuantityWords, Unit, UnitKind};
use crate::model::{Clean, QuantityKind, Span};

/// A quantity before its clause is read.
#[derive(Clone, Debug)]
pub(super) struct Phrase<'t> {
    pub span: Span<Clean>,
    pub numeral: Span<Clean>,
    pub kind: QuantityKind,
    /// The value, or the lower end of a range.
    pub value: Decimal,
    pub upper: Option<Decimal>,
    pub bound: Option<Bound>,
    pub unit: Option<Span<Clean>>,
    pub code: Option<&'t str>,
    /// Its unit counts people or organisations, who do what the verb behind says.
    pub people: bool,
}

/// Words for a half, in per cent.
const HALVES: [([char; 2], u32); 5] =
    [(['一', '半'], 50), (['半', '数'], 50), (['半', '成'], 5), (['半', '折'], 50), (['对', '折'], 50)];

/// Reads phrases off the characters of a text.
pub(super) struct Reader<'t> {
    pub chars: &'t [char],
    pub words: &'t QuantityWords,
    starts: &'t Starts,
}

/// A numeral with what stands behind it, up to its unit.
#[derive(Clone, Copy)]
pub(super) struct Counted<'t> {
    pub numeral: Numeral,
    /// 余, 多, 几 behind the numeral.
    pub more: bool,
    pub unit: Option<(Span<Clean>, &'t Unit)>,
    pub end: usize,
}

impl<'t> Reader<'t> {
    pub fn new(chars: &'t [char], words: &'t QuantityWords, starts: &'t Starts) -> Self {
        Reader { chars, words, starts }
    }

    /// All phrases outside `covered`, ascending.
    pub fn phrases(&self, covered: &[Span<Clean>]) -> Vec<Phrase<'t>> {
        let mut covered = covered.iter().peekable();
        let mut phrases: Vec<Phrase<'t>> = Vec::new();
        let mut at = 0;
        while at < self.chars.len() {
            while covered.next_if(|span| span.end() <= at).is_some() {}
            if let Some(span) = covered.peek().filter(|span| span.start() <= at) {
                at = span.end().max(at + 1);
                continue;
            }
            let free = covered.peek().map_or(self.chars.len(), |span| span.start().min(self.chars.len()));
            let Some(skipped) = self.chars[at..free].iter().position(|c| self.starts.phrases.contains(*c)) else {
                at = free;
                continue;
            };
            at += skipped;
            match self.phrase_at(at) {
                // A number may not reach into a date: 3 of 3至5月 is read as far as the date alone.
                Ok(phrase) if covered.peek().is_none_or(|span| !span.overlaps(phrase.span)) => {
                    at = phrase.span.end();
                    match phrases.last_mut().and_then(|last| Some((self.closed(last, &phrase)?, last))) {
                        Some((range, last)) => *last = range,
                        None => phrases.push(phrase),
                    }
                }
                Ok(_) => at += 1,
                Err(next) => at = next.max(at + 1),
            }
        }
        phrases
    }

    /// The phrase that begins at `at`, or where to go on.
    fn phrase_at(&self, at: usize) -> Result<Phrase<'t>, usize> {
        let c = self.chars[at];
        if c.is_ascii_alphabetic() {
            return Err(guard::behind_latin(self.chars, at));
        }
        let begins = self.starts.numbers.contains(c) && !guard::is_dash(self.chars, at);
        let numeral = if begins { numeral_at(self.chars, at) } else { None };
        if let Some((length, ())) = self.words.idioms.longest(self.chars, at)
            && numeral.is_none_or(|n| n.span.len() <= length && !is_part(&n))
        {
            return Err(at + length);
        }
        match c {
            '第' => return self.ordinal(at),
            '首' => return self.first_of_all(at).ok_or(at + 1),
            '翻' => return self.doubled(at).ok_or(at + 1),
            '$' | '￥' | '¥' | '€' | '£' => return self.priced(at),
            _ => {}
        }
        if let Some(phrase) = self.bounded(at) {
            return Ok(phrase);
        }
        if let Some(phrase) = self.half(at, at, None) {
            return Ok(phrase);
        }
        match numeral {
            Some(numeral) => self.number(at, numeral, None),
            None if c.is_ascii_digit() => Err(guard::behind_digits(self.chars, at)),
            // Too long for any value: the digits behind it are no other number.
            None if digit(c).is_some() => {
                Err(at + self.chars[at..].iter().take_while(|c| digit(**c).is_some()).count())
            }
            None => Err(at + 1),
        }
    }

    /// A bounding word and its number: 不少于3期.
    fn bounded(&self, at: usize) -> Option<Phrase<'t>> {
        let before = at.checked_sub(1).map(|b| self.chars[b]);
        if self.chars[at] == '>' && guard::is_markup(before) {
            return None;
        }
        let (length, word) = self
            .words
            .before
            .longest_where(self.chars, at, |_, word| before.is_none_or(|c| !word.not_after.contains(&c)))?;
        let start = at + length + self.chars[at + length..].iter().take(1).take_while(|c| **c == ' ').count();
        if let Some(phrase) = self.half(at, start, Some(word.bound)) {
            return Some(phrase);
        }
        let numeral = numeral_at(self.chars, start)?;
        let idiom = self.words.idioms.longest(self.chars, start).map_or(0, |(length, ())| length);
        let hidden = idiom >= numeral.span.len() && !is_part(&numeral);
        if hidden || word.bound == Bound::Power && numeral.form != Form::Power {
            return None;
        }
        self.number(at, numeral, Some(word.bound)).ok()
    }

    /// 一半, 半数: half of what is meant; 半成, 对折: half of a tenth, half the price.
    fn half(&self, at: usize, start: usize, bound: Option<Bound>) -> Option<Phrase<'t>> {
        let rest = &self.chars[start.min(self.chars.len())..];
        let said = rest.first_chunk()?;
        let (_, value) = HALVES.iter().find(|(word, _)| word == said)?;
        let another =
            matches!((rest[1], rest.get(2)), ('成', Some('品' | '熟' | '立' | '功')) | ('折', Some('叠' | '扣')));
        if another || rest[0] == '对' && start.checked_sub(1).is_none_or(|before| self.chars[before] != '打') {
            return None;
        }
        let numeral = Span::new(start, start + 2);
        let (end, behind) = self.bound_behind(numeral.end());
        Some(Phrase {
            span: Span::new(at, end),
            numeral,
            kind: QuantityKind::Percent,
            value: Decimal::from(*value),
            upper: None,
            bound: bound.or(behind),
            unit: None,
            code: None,
            people: false,
        })
    }

    /// 翻两番: twice doubled.
    fn doubled(&self, at: usize) -> Option<Phrase<'t>> {
        let start = at + 1 + usize::from(self.chars.get(at + 1) == Some(&'了'));
        let numeral = numeral_at(self.chars, start).filter(|n| self.chars.get(n.span.end()) == Some(&'番'))?;
        let times = u32::try_from(numeral.value.mantissa()).ok().filter(|t| numeral.value.scale() == 0 && *t < 64)?;
        Some(Phrase {
            span: Span::new(at, numeral.span.end() + 1),
            numeral: numeral.span,
            kind: QuantityKind::Measure,
            value: Decimal::from(1u64 << times),
            upper: None,
            bound: None,
            unit: None,
            code: None,
            people: false,
        })
    }

    /// The unit at `at`: its length and what is known of it.
    pub(super) fn unit_at(&self, at: usize) -> Option<(usize, &'t Unit)> {
        let next = |length: usize| self.chars.get(at + length).copied();
        self.words.units.longest_where(self.chars, at, |length, unit| {
            let latin = self.chars[at + length - 1].is_ascii_alphabetic();
            next(length).is_none_or(|c| !(unit.not_before.contains(&c) || latin && c.is_ascii_alphanumeric()))
        })
    }

    /// A numeral with 余 or 多 and its unit.
    pub(super) fn counted(&self, numeral: Numeral) -> Counted<'t> {
        let mut end = numeral.span.end();
        let loose =
            self.chars.get(end).is_some_and(|c| matches!(c, '余' | '多' | '几')) && numeral.form != Form::Percent;
        // 四百多。 ends what is said.
        let ends = || self.chars.get(end + 1).is_none_or(|c| !is_han(*c) && !c.is_ascii_alphanumeric());
        let round = || self.chars[end] == '多' && ends() && numeral.value >= Decimal::TEN;
        let more = loose && (self.unit_at(end + 1).is_some() || self.chars[end] == '余' || round());
        end += usize::from(more);
        let gap = usize::from(self.chars.get(end) == Some(&' ') && self.chars.get(end + 1).is_some_and(char::is_ascii));
        let unit = self.unit_at(end + gap).map(|(length, unit)| (Span::new(end + gap, end + gap + length), unit));
        let open = self.open_unit(end);
        let (more, unit) = (more || numeral.more || open.is_some(), open.or(unit));
        let end = unit.map_or(end, |(span, _)| span.end());
        Counted { numeral, more, unit, end }
    }

    /// 2个多百分点, 3个多月: 多 stands inside the unit.
    fn open_unit(&self, at: usize) -> Option<(Span<Clean>, &'t Unit)> {
        let inside = self.chars.get(at) == Some(&'个') && matches!(self.chars.get(at + 1), Some('多' | '余'));
        let (length, unit) = if inside { self.unit_at(at + 2)? } else { return None };
        matches!(unit.kind, UnitKind::Percent | UnitKind::Time).then(|| (Span::new(at + 2, at + 2 + length), unit))
    }

    /// The bound behind a unit: where it ends and what it says.
    fn bound_behind(&self, at: usize) -> (usize, Option<Bound>) {
        match self.words.after.longest(self.chars, at) {
            Some((length, word)) => (at + length, Some(word.bound)),
            None => (at, None),
        }
    }

    /// A number whose bounding word, if any, begins at `start`.
    pub(super) fn number(&self, start: usize, numeral: Numeral, bound: Option<Bound>) -> Result<Phrase<'t>, usize> {
        let arabic = self.chars[numeral.span.start()].is_ascii_digit() || self.chars[numeral.span.start()] == '.';
        if arabic && guard::joined_left(self.chars, numeral.span.start()) && !guard::is_chain(self.chars) {
            // ...9: the last point of an ellipsis is none of the number.
            if guard::ends_ellipsis(self.chars, numeral.span.start()) {
                return Err(numeral.span.start() + 1);
            }
            return Err(guard::behind_digits(self.chars, numeral.span.start()));
        }
        let first = self.counted(numeral);
        if let Some(end) = self.end_of_hour(&first) {
            return Err(end);
        }
        let joined = || guard::joined_right(self.chars, numeral.span.end()) && !guard::is_chain(self.chars);
        if first.unit.is_none() && joined() {
            return Err(guard::behind_digits(self.chars, numeral.span.end() - 1));
        }
        let (mut phrase, second) = match self.range_from(&first)? {
            Some(range) => range,
            None => (self.one(&first)?, first),
        };
        let (mut end, mut behind) = self.bound_behind(phrase.span.end());
        if behind.is_none() && self.loose_behind(&second) {
            (end, behind) = (end + 1, Some(Bound::MoreThan));
        }
        phrase.span = Span::new(start, end);
        phrase.bound = bound.or(behind).or(second.more.then_some(Bound::MoreThan));
        if self.counts_nothing(&phrase, &second) {
            return Err(phrase.span.end().max(numeral.span.end()));
        }
        Ok(phrase)
    }

    /// 5倍多, 两吨余: the unit's part is open.
    fn loose_behind(&self, number: &Counted<'t>) -> bool {
        let Some((span, unit)) = number.unit else { return false };
        let open = self.chars.get(span.end()).is_some_and(|c| matches!(c, '多' | '余'));
        let ends = self.chars.get(span.end() + 1).is_none_or(|c| !is_han(*c) || *c == '的');
        open && (ends || matches!(unit.kind, UnitKind::Measure | UnitKind::Tenth | UnitKind::Money))
    }

    /// A single number.
    pub(super) fn one(&self, number: &Counted<'t>) -> Result<Phrase<'t>, usize> {
        let numeral = number.numeral;
        let failed = number.end.max(numeral.span.end());
        let unit = number.unit;
        let mut phrase = Phrase {
            span: Span::new(numeral.span.start(), number.end),
            numeral: numeral.span,
            kind: unit.map_or(QuantityKind::Cardinal, |(_, unit)| kind_of(unit.kind)),
            value: numeral.value,
            upper: numeral.upper,
            bound: None,
            unit: unit.map(|(span, _)| span),
            code: unit.map(|(_, unit)| unit.code.as_str()),
            people: unit.is_some_and(|(span, _)| matches!(self.chars[span.start()], '人' | '家' | '名' | '位')),
        };
        match (numeral.form, unit) {
            (_, Some((_, unit))) if unit.kind == UnitKind::Time => return Err(failed),
            (Form::Percent, None) => {
                phrase.kind = QuantityKind::Percent;
                phrase.numeral = self.above_bar(numeral.span);
                phrase.value = numeral.value.checked_mul(Decimal::ONE_HUNDRED).ok_or(failed)?.normalize();
            }
            (Form::Fraction, None) => phrase.kind = QuantityKind::Measure,
            (_, Some((span, unit))) if unit.kind == UnitKind::Tenth => {
                self.tenths(&mut phrase, number, span).ok_or(failed)?
            }
            (_, Some((span, unit))) if unit.kind == UnitKind::Money => self.coins(&mut phrase, span),
            (_, Some((span, _))) if self.is_price(numeral.span.start(), span) => {
                (phrase.kind, phrase.code) = (QuantityKind::Money, Some("CNY"));
            }
            (_, Some((span, unit))) if unit.kind == UnitKind::Measure && self.chars.get(span.end()) == Some(&'半') => {
                phrase.value = phrase.value.checked_add(Decimal::new(5, 1)).ok_or(failed)?;
                phrase.span = Span::new(phrase.span.start(), span.end() + 1);
            }
            (_, Some((span, _))) if self.shares_points(span) && !numeral.value.fract().is_zero() => {
                phrase.kind = QuantityKind::Percent
            }
            (_, Some((span, _))) if self.numbers_session(numeral.span.start(), span) => {
                phrase.kind = QuantityKind::Ordinal
            }
            _ => {}
        }
        Ok(phrase)
    }

    /// The number of 百分之五, of which the value is the per cent.
    fn above_bar(&self, numeral: Span<Clean>) -> Span<Clean> {
        let bar = self.chars[numeral.range()].iter().position(|c| *c == '之').map(|at| numeral.start() + at + 1);
        let hundredth = matches!(self.chars[numeral.start()], '百' | '佰');
        bar.filter(|_| hundredth).map_or(numeral, |start| Span::new(start, numeral.end()))
    }

    /// 0.7个和收窄0.6个百分点: a number with a fraction counts no things, and the unit behind the next is meant for both.
    fn shares_points(&self, unit: Span<Clean>) -> bool {
        const REACH: usize = 16;
        let rest = &self.chars[unit.end()..];
        let joined = matches!(rest.first(), Some('和' | '、' | '及' | '与' | ','));
        if unit.len() != 1 || self.chars[unit.start()] != '个' || !joined {
            return false;
        }
        let clause = rest.iter().take(REACH).take_while(|c| !matches!(c, '。' | ';' | '\n')).count();
        rest[..clause].windows(4).any(|w| w == ['个', '百', '分', '点'])
    }

    /// 三成五 is 35 %, 八五折 85 %, 8.5折 85 %.
    fn tenths(&self, phrase: &mut Phrase<'t>, number: &Counted<'t>, unit: Span<Clean>) -> Option<()> {
        let discount = self.chars[unit.start()] == '折';
        let whole = phrase.value > Decimal::TEN && phrase.value < Decimal::ONE_HUNDRED && discount;
        if !whole {
            if phrase.value > Decimal::TEN {
                return None;
            }
            phrase.value = phrase.value.checked_mul(Decimal::TEN)?.normalize();
            phrase.upper = phrase.upper.and_then(|upper| upper.checked_mul(Decimal::TEN));
        }
        if !discount && !number.more && self.chars.get(unit.end()) == Some(&'半') {
            phrase.value = phrase.value.checked_add(Decimal::from(5))?;
            phrase.span = Span::new(phrase.span.start(), unit.end() + 1);
            return Some(());
        }
        let tail = numeral_at(self.chars, unit.end()).filter(|n| {
            n.span.len() == 1
                && n.form == Form::Chinese
                && n.value < Decimal::TEN
                && self.unit_at(n.span.end()).is_none()
        });
        if let Some(tail) = tail.filter(|_| !number.more && !discount) {
            phrase.value = phrase.value.checked_add(tail.value)?;
            phrase.span = Span::new(phrase.span.start(), tail.span.end());
        }
        Some(())
    }

    /// A number without a unit that is not known to be one, or an article.
    fn counts_nothing(&self, phrase: &Phrase<'t>, number: &Counted<'t>) -> bool {
        let (chars, numeral) = (self.chars, number.numeral);
        let (start, end) = (numeral.span.start(), phrase.span.end());
        let Some((unit, known)) = number.unit else { return self.bare_counts_nothing(phrase, number) };
        let single = numeral.span.len() == 1 && matches!(numeral.form, Form::Chinese | Form::Digits);
        let bounded = phrase.bound.is_some() || phrase.upper.is_some();
        let next = chars.get(end).copied();
        match known.kind {
            UnitKind::Place => single,
            UnitKind::Money if numeral.form == Form::Power => !bounded,
            UnitKind::Money => single && chars[start] == '一' && !bounded && next.is_some_and(is_han),
            // A grade (二级, 三甲) is a name unless it ends what is said.
            UnitKind::Count if chars[unit.start()] == '级' => !bounded && next.is_some_and(is_han),
            // 一队, 二组 are names; 两队 is a number.
            UnitKind::Count if matches!(chars[unit.start()], '队' | '组' | '班' | '连') && unit.len() == 1 => {
                single && !bounded && chars[start] != '两'
            }
            UnitKind::Count
                if chars[start] == '一' && numeral.span.len() == 1 && phrase.kind != QuantityKind::Ordinal =>
            {
                let counts = chars[unit.start()] == '期' || guard::is_whole_text(chars, start, end);
                let said = chars[unit.start()] != '个' && self.is_noun_phrase(start, end);
                !bounded && !counts && !said && !self.is_priced(end)
            }
            UnitKind::Count => {
                numeral.form == Form::Power
                    && !bounded
                    && start > 0
                    && is_han(chars[start - 1])
                    && chars[unit.start()] != '名'
            }
            UnitKind::Measure => {
                let article = single
                    && matches!(chars[unit.start()], '分' | '字' | '转' | '里' | '句' | '码' | '秒' | '升' | '克');
                !bounded && (article || numeral.form == Form::Power)
            }
            _ => false,
        }
    }

    /// The end of a time of day: 下午3点, 3点半, 8点20分.
    fn end_of_hour(&self, number: &Counted<'t>) -> Option<usize> {
        let (unit, _) = number.unit.filter(|(unit, _)| unit.len() == 1 && self.chars[unit.start()] == '点')?;
        let (start, end) = (number.numeral.span.start(), unit.end());
        let minute = numeral_at(self.chars, end).filter(|n| self.chars.get(n.span.end()) == Some(&'分'));
        if let Some(minute) = minute {
            return Some(minute.span.end() + 1);
        }
        let part_of_day =
            start.checked_sub(1).is_some_and(|b| matches!(self.chars[b], '午' | '晚' | '早' | '晨' | '夜'));
        let told = self.chars.get(end).is_some_and(|c| matches!(c, '半' | '整' | '许' | '钟'));
        (part_of_day || told).then_some(end)
    }
}

/// A fraction: 十分之一 is no 十分.
fn is_part(numeral: &Numeral) -> bool {
    matches!(numeral.form, Form::Fraction | Form::Percent)
}

/// A phrase, or an idiom that hides one, may begin with `c`.
pub(super) fn may_begin(c: char, words: &QuantityWords) -> bool {
    c.is_ascii_alphabetic()
        || begins_number(c)
        || matches!(c, '第' | '首' | '翻' | '$' | '￥' | '¥' | '€' | '£')
        || HALVES.iter().any(|([first, _], _)| *first == c)
        || words.idioms.first().contains(c)
        || words.before.first().contains(c)
}

/// A number or its sign may begin with `c`.
pub(super) fn begins_number(c: char) -> bool {
    begins_numeral(c) || matches!(c, '负' | '零' | '-' | '−' | '.')
}

fn kind_of(unit: UnitKind) -> QuantityKind {
    match unit {
        UnitKind::Count | UnitKind::Place | UnitKind::Time => QuantityKind::Cardinal,
        UnitKind::Money => QuantityKind::Money,
        UnitKind::Percent | UnitKind::Tenth => QuantityKind::Percent,
        UnitKind::Measure => QuantityKind::Measure,
    }
}

/// A Chinese character.
pub(super) fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c) || c == '〇'
}
