//! Numbers without a unit: which of them count something, by their form, their place, or the words beside them (答案是五, 降至120。,
//! 排名前三).

use super::guard;
use super::phrase::{Counted, Phrase, Reader, is_han};
use crate::extract::numeral::{Form, Numeral, begins_numeral, digit, numeral_at};
use crate::lexicon::Role;
use crate::model::{Clean, Span};

/// Longest verb of a result (骤降至), in characters.
const VERB: usize = 4;

impl Reader<'_> {
    /// Without a unit, a number counts where its own form, a bound or its place says so.
    pub(super) fn bare_counts_nothing(&self, phrase: &Phrase<'_>, number: &Counted<'_>) -> bool {
        let (chars, numeral) = (self.chars, number.numeral);
        let (start, end) = (phrase.numeral.start(), phrase.span.end());
        if guard::is_whole_text(chars, start, end) {
            return numeral.form == Form::Power;
        }
        if self.heads_list(start, end) || numeral.form == Form::Fraction && chars.get(end) == Some(&'的') {
            return false;
        }
        if guard::marks_list(chars, start, end) || phrase.bound.is_none() && self.is_label(start, end) {
            return true;
        }
        if guard::fills_cell(chars, start, end) {
            return numeral.form == Form::Power;
        }
        let length = numeral.span.len();
        match numeral.form {
            Form::Percent | Form::Fraction => false,
            Form::Arabic | Form::Chinese if self.is_stated(phrase) => false,
            Form::Chinese if phrase.bound.is_some() => length < 2,
            Form::Arabic if phrase.upper.is_some() => true,
            Form::Mixed => false,
            Form::Arabic if phrase.bound.is_some() => false,
            Form::Arabic => !chars[numeral.span.range()].contains(&',') && !self.is_coefficient(numeral.span),
            Form::Chinese => length < 3 && chars[numeral.span.end() - 1] != '打',
            Form::Digits | Form::Power => true,
        }
    }

    /// 图3, 表1.2, 编号 12, 4.0版: the number names something.
    fn is_label(&self, start: usize, end: usize) -> bool {
        let before = self.chars[..start].iter().rev().find(|c| **c != ' ');
        let labelled = before.is_none_or(|c| {
            matches!(c, '图' | '表' | '号' | '码' | '话' | '真' | '式' | '第' | '版' | '业' | '编' | '\n' | ':')
        });
        let label = self
            .chars
            .get(end)
            .is_some_and(|c| matches!(c, '号' | '版' | '时' | '年' | '月' | '日' | '页' | '楼' | '室' | '幢'));
        labelled && self.chars.get(start).is_some_and(char::is_ascii_digit) || label
    }

    /// A decimal fraction below ten thousand that ends its clause: 影响因子0.87.
    fn is_coefficient(&self, numeral: Span<Clean>) -> bool {
        let digits = &self.chars[numeral.range()];
        let decimals = digits.iter().position(|c| *c == '.').map(|dot| &digits[dot + 1..]);
        let ends = self.chars.get(numeral.end()).is_none_or(|c| !is_han(*c) && !c.is_ascii_alphanumeric());
        decimals.is_some_and(|d| d != ['0']) && ends
    }

    /// The words beside a number without a unit say that it is one.
    fn is_stated(&self, phrase: &Phrase<'_>) -> bool {
        let (start, end) = (phrase.numeral.start(), phrase.span.end());
        let arabic = !is_han(self.chars[start]);
        if phrase.upper.is_some() {
            // 介于20和30之间
            return arabic && self.chars[end - 1] == '间' && !self.is_year(start);
        }
        self.is_rank(start, end)
            || self.is_quoted(start, end)
            || if arabic {
                self.is_result(start, end)
            } else {
                self.is_equated(start, end) || self.is_round(end) || self.is_subject(start, end)
            }
    }

    /// 排名前三, 跻身前10: how many stand at the head of a ranking.
    fn is_rank(&self, start: usize, end: usize) -> bool {
        let ranked =
            matches!(self.chars[..start], [.., '名' | '列' | '居' | '身' | '入' | '围' | '国' | '省' | '球', '前']);
        ranked && (self.ends(end) || self.chars.get(end) == Some(&'的'))
    }

    /// 降至120。, 等于1535的: behind a verb that tells how much, and the last of its clause.
    fn is_result(&self, start: usize, end: usize) -> bool {
        let verb_end = start - usize::from(start > 0 && self.chars[start - 1] == ' ');
        let equals =
            matches!(self.chars[..verb_end], [.., before, '等', '于'] if !matches!(before, '不' | '或' | '者' | ' '));
        if equals {
            return self.ends(end) || self.chars.get(end) == Some(&'的');
        }
        // 没有 is no 有, 较高 no 高: the longest word decides.
        let word = (1..=VERB).rev().find_map(|length| {
            let (found, role) = self.words.clause.longest(self.chars, verb_end.checked_sub(length)?)?;
            (found == length).then_some((length, role))
        });
        let Some((verb, Role::Change)) = word else { return false };
        // 分机为3037, 房间是1404, 版本为2: the number names something.
        let names =
            self.chars[..verb_end - verb].last().is_none_or(|c| "机号码话真址编间室楼本版页期届年月日时".contains(*c));
        self.ends(end) && !names && !self.is_year(start)
    }

    /// 答案是五, 不是四而是五: nothing but a new statement follows.
    fn is_equated(&self, start: usize, end: usize) -> bool {
        let [head @ .., '是'] = &self.chars[..start] else { return false };
        // 一是一 is an idiom, 这是一 counts reasons, 但是 and its like are other words.
        let another = head.last().is_some_and(|c| digit(*c).is_some() || matches!(c, '但' | '可' | '于' | '凡' | '若'));
        let reason = self.chars[start] == '一' && matches!(head, [.., '这' | '那' | '此' | '其']);
        let stated = || match self.chars.get(end..).unwrap_or_default() {
            ['这' | '那', ..] | ['不' | '而' | '却' | '也' | '还' | '更', '是', ..] => true,
            _ => self.ends(end),
        };
        !another && !reason && stated()
    }

    /// “一”和“五”: digits that are spoken of; one by itself may be a name.
    fn is_quoted(&self, start: usize, end: usize) -> bool {
        let behind = match self.chars.get(end..).unwrap_or_default() {
            ['”', '和' | '与' | '或', '“', other, '”', ..] => digit(*other).is_some(),
            _ => false,
        };
        let before = match &self.chars[..start] {
            [.., '“', other, '”', '和' | '与' | '或', '“'] => digit(*other).is_some(),
            _ => false,
        };
        behind && self.chars[..start].ends_with(&['“']) || before && self.chars.get(end) == Some(&'”')
    }

    /// 一对八千。: hundreds and more of a single digit end their clause; in quotation marks they are a name, and at the end of a
    /// line the first half of what goes on in the next (一千 above 一百余名).
    fn is_round(&self, end: usize) -> bool {
        let named = self.chars.get(end) == Some(&'”');
        let goes_on = matches!(self.chars[end..], ['\n', next, ..] if begins_numeral(next));
        matches!(self.chars[end - 1], '百' | '千' | '万' | '亿') && !named && !goes_on && self.ends(end)
    }

    /// 三的平方: a single digit at the head of its clause that something is said of.
    fn is_subject(&self, start: usize, end: usize) -> bool {
        let heads = start.checked_sub(1).is_none_or(|before| !self.chars[before].is_alphanumeric());
        heads && end == start + 1 && self.chars[start] != '一' && self.chars.get(end) == Some(&'的')
    }

    /// 1502222,二百五,…: digits at the head of a line, with a number in words behind them, neither of which counts anything.
    fn heads_list(&self, start: usize, end: usize) -> bool {
        const SHORTEST: usize = 3;
        let heads = start.checked_sub(1).is_none_or(|before| self.chars[before] == '\n');
        let digits = self.chars[start..end].iter().all(char::is_ascii_digit) && !self.is_year(start);
        let next = match self.chars.get(end..).unwrap_or_default() {
            [',', ' ', ..] => end + 2,
            [',', ..] => end + 1,
            _ => return false,
        };
        let in_words = |n: &Numeral| n.form == Form::Chinese && n.span.len() >= SHORTEST && self.ends(n.span.end());
        heads && digits && numeral_at(self.chars, next).is_some_and(|n| in_words(&n))
    }

    /// 一对八千: behind one and its measure word, what that costs.
    pub(super) fn is_priced(&self, end: usize) -> bool {
        numeral_at(self.chars, end)
            .is_some_and(|n| n.form == Form::Chinese && n.span.len() > 1 && self.ends(n.span.end()))
    }

    /// 一块蛋糕 is all there is: one, with its measure word and a noun.
    pub(super) fn is_noun_phrase(&self, start: usize, end: usize) -> bool {
        const NOUN: std::ops::RangeInclusive<usize> = 1..=3;
        let noun = self.chars[end..].strip_suffix(&['\n']).unwrap_or(&self.chars[end..]);
        start == 0 && NOUN.contains(&noun.len()) && noun.iter().all(|c| is_han(*c))
    }

    /// Nothing or a mark follows that ends a clause: no list goes on behind it, and no code.
    fn ends(&self, end: usize) -> bool {
        match self.chars.get(end..).unwrap_or_default() {
            [',' | ';', digit, ..] => !digit.is_ascii_digit(),
            [c, ..] => matches!(c, '。' | ',' | ';' | '!' | '?' | '\n' | '”' | '…'),
            [] => true,
        }
    }

    /// 1998, 2020: rather a year than a number.
    fn is_year(&self, start: usize) -> bool {
        let digits = self.chars[start..].iter().take_while(|c| c.is_ascii_digit()).count();
        digits == 4 && matches!(self.chars[start..], ['1', '9', ..] | ['2', '0', ..])
    }
}
