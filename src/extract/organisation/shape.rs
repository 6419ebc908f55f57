//! How much a stretch of text looks like the short name of a company.

use std::sync::LazyLock;

use crate::lexicon::{CharSet, NameClass};
use crate::model::PartsOfSpeech;

use super::view::View;

/// A single character that ends names of shops and works: 春芽堂, 釉下彩工坊.
fn is_ending(c: char) -> bool {
    matches!(c, '厂' | '堂' | '坊' | '轩' | '斋' | '阁' | '号' | '记' | '行' | '谷' | '庄' | '社')
}

/// What numbers count: behind a numeral it makes no name.
pub(super) fn is_measure(c: char) -> bool {
    static MEASURES: LazyLock<CharSet> = LazyLock::new(|| CHARACTERS.chars().collect());
    const CHARACTERS: &str =
        "省市地县区家方个名项款届批期年月日次类种条位台套份场轮座篇部张件只头人吨米元倍成分点余多几大行所间层";
    MEASURES.contains(c)
}

/// A character that names are written with.
pub(super) fn is_name_character(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c) || c.is_ascii_alphanumeric() || matches!(c, '+' | '·' | '-' | '&')
}

/// The score of what has the shape of no name: more than all that its place can say for it.
pub(super) const NO_NAME: i32 = -40;

/// What the words of `start..end` say for a name: a brand that is no word, with a trade, is nearly one by itself.
pub(super) fn score(view: &View<'_>, start: usize, end: usize) -> i32 {
    let chars = &view.chars[start..end];
    if !(2..=12).contains(&chars.len()) || !chars.iter().any(|c| !c.is_ascii()) && chars.len() < 3 {
        return NO_NAME;
    }
    let (first, last) = (view.token_at(start), view.token_at(end - 1));
    const NAMES: PartsOfSpeech = PartsOfSpeech::of(&["nr", "nrt", "nz", "x", "nt"]);
    if (first == last && !NAMES.contains(view.tokens[first].pos)) || counted(view, first, chars) {
        return NO_NAME;
    }
    let marked = matches!(chars[chars.len() - 1], '省' | '市' | '县' | '区' | '州' | '镇' | '村' | '乡');
    let place = || view.classes_of(start, end).has(NameClass::Place);
    if marked && !tells_trade(view, start, end) || place() {
        return NO_NAME;
    }
    let (brand_end, trades) = trade(view, start, end);
    if brand_end == start {
        // 精工 | 泵业: words of trades alone; 机械 is no name at all
        let two = trade_to(view, start, end).is_some_and(|length| length < end - start);
        return if two && first != last { 1 } else { NO_NAME };
    }
    let brand = brand(view, start, brand_end);
    let length = end - start;
    let long = if length > 9 { 2 } else { 0 };
    match (trades, brand) {
        (_, Brand::Generic) => NO_NAME,
        (true, Brand::Unknown) => 5 - long,
        (true, Brand::Place) => 1,
        (true, Brand::Mixed) => 2 - long,
        (true, Brand::Word) => 1 - long,
        (false, Brand::Unknown) => 1 - long,
        (false, Brand::Place | Brand::Mixed) => -long,
        (false, Brand::Word) => -4,
    }
}

/// 三省, 四地, 两家: a number of things, not a name that begins with a numeral (三七, 四维).
pub(super) fn counted(view: &View<'_>, first: usize, chars: &[char]) -> bool {
    let han = |c: char| {
        matches!(
            c,
            '一' | '二'
                | '三'
                | '四'
                | '五'
                | '六'
                | '七'
                | '八'
                | '九'
                | '十'
                | '两'
                | '百'
                | '千'
                | '万'
                | '几'
                | '数'
                | '多'
        )
    };
    let digits = chars.iter().take_while(|c| han(**c) || c.is_ascii_digit()).count();
    digits > 0 && chars.get(digits).is_some_and(|c| is_measure(*c))
        || chars[0].is_ascii_digit()
        || view.tokens[first].span.len() > 1 && view.tokens[first].pos.as_str() == "m" && chars.len() <= digits
}

/// Where the brand before the words of a trade ends, and whether there are any.
fn trade(view: &View<'_>, start: usize, end: usize) -> (usize, bool) {
    let mut at = end;
    while let Some(length) = trade_to(view, start, at) {
        at -= length;
    }
    if at < end {
        return (at, true);
    }
    let last = view.chars[end - 1];
    let ending = is_ending(last) && end - start > 2 && view.is_boundary(end - 1);
    (if ending { end - 1 } else { end }, false)
}

/// The stretch ends with words of a trade.
pub(super) fn tells_trade(view: &View<'_>, start: usize, end: usize) -> bool {
    trade_to(view, start, end).is_some()
}

/// Length of the longest word of a trade that ends at `end`.
fn trade_to(view: &View<'_>, start: usize, end: usize) -> Option<usize> {
    let fits = |length: usize, _: &()| (2..=end - start).contains(&length);
    view.organisations.trade_endings.longest_where(view.chars, end, fits).map(|(length, ())| length)
}

/// What stands before the trade.
enum Brand {
    /// No word of the dictionary.
    Unknown,
    /// A place.
    Place,
    /// Words and single characters.
    Mixed,
    /// Words alone.
    Word,
    /// Words that tell no company from another.
    Generic,
}

fn brand(view: &View<'_>, start: usize, end: usize) -> Brand {
    const NAMES: PartsOfSpeech = PartsOfSpeech::of(&["nr", "nrt", "nrfg", "nz", "x", "m", "ns"]);
    let (first, last) = (view.token_at(start), view.token_at(end - 1));
    let chars = &view.chars[start..end];
    let marked = matches!(chars, [_, _, .., '省' | '市' | '县' | '区']);
    let whole = view.classes_of(start, end);
    if marked || whole.has(NameClass::Place) {
        return Brand::Place;
    }
    let country = |pair: &[char]| matches!(pair, ['中' | '全', '国'] | ['国', '际']);
    if chars.contains(&'第') || chars.windows(2).any(country) {
        return Brand::Generic;
    }
    if whole.is_stop() || whole.is_modifier() {
        return Brand::Generic;
    }
    let (mut words, mut unknown) = (0, 0);
    for token in first..=last {
        let span = view.tokens[token].span;
        let inside = span.start() >= start && span.end() <= end;
        let name = NAMES.contains(view.tokens[token].pos);
        if span.len() > 1 && (view.classes(token).is_stop() || view.classes(token).is_modifier()) {
            // 湖光|自动: behind a brand such a word is part of the trade
            if token == first {
                return Brand::Generic;
            }
            continue;
        }
        let place = view.is(token, NameClass::Place);
        // a word that the trade begins inside is the trade's: 人形机器人
        if (name && !place) || (inside && span.len() == 1) {
            unknown += 1;
        } else if !(token == first && place) {
            words += 1;
        }
    }
    let placed = first < last && view.is(first, NameClass::Place);
    let single = end - start == 1;
    match (words, unknown) {
        (0, 0) => Brand::Place,
        (0, _) if !single => Brand::Unknown,
        (1, 0) if placed => Brand::Mixed,
        (_, 0) => Brand::Word,
        _ => Brand::Mixed,
    }
}
