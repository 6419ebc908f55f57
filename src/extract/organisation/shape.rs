//! How much a stretch of text looks like the short name of a company.

use super::View;

/// Single characters that end names of shops and works: 春芽堂, 釉下彩工坊.
const ENDINGS: &str = "厂堂坊轩斋阁号记行谷庄社";

/// What numbers count: behind a numeral they make no name.
pub(super) const MEASURES: &str =
    "省市地县区家方个名项款届批期年月日次类种条位台套份场轮座篇部张件只头人吨米元倍成分点余多几大行所间层";

/// A character that names are written with.
pub(super) fn is_name_character(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c) || c.is_ascii_alphanumeric() || matches!(c, '+' | '·' | '-' | '&')
}

/// What the words of `start..end` say for a name: a brand that is no word, with a trade, is nearly one by itself.
pub(super) fn score(view: &View<'_>, start: usize, end: usize) -> i32 {
    const NO_NAME: i32 = -20;
    let chars = &view.text.chars()[start..end];
    if !(2..=12).contains(&chars.len()) || !chars.iter().any(|c| !c.is_ascii()) && chars.len() < 3 {
        return NO_NAME;
    }
    if view.organisations.places.contains(view.text.slice(crate::model::Span::new(start, end))) {
        return NO_NAME;
    }
    let (first, last) = (view.token_at(start), view.token_at(end - 1));
    let marks = ['省', '市', '县', '区', '州', '镇', '村', '乡'];
    let name = matches!(view.tokens[first].pos.as_str(), "nr" | "nrt" | "nz" | "x" | "nt");
    let place = chars.last().is_some_and(|c| marks.contains(c)) && !tells_trade(view, start, end);
    if (first == last && !name) || place || counted(view, first, chars) {
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
    let number = |c: &char| "一二三四五六七八九十两百千万几数多".contains(*c) || c.is_ascii_digit();
    let digits = chars.iter().take_while(|c| number(c)).count();
    let measure = |c: &char| MEASURES.contains(*c);
    digits > 0 && chars.get(digits).is_some_and(measure)
        || chars[0].is_ascii_digit()
        || view.word(first).chars().count() > 1 && view.tokens[first].pos.as_str() == "m" && chars.len() <= digits
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
    let last = view.text.chars()[end - 1];
    let ending = ENDINGS.contains(last) && end - start > 2 && view.is_boundary(end - 1);
    (if ending { end - 1 } else { end }, false)
}

/// The stretch ends with words of a trade.
pub(super) fn tells_trade(view: &View<'_>, start: usize, end: usize) -> bool {
    trade_to(view, start, end).is_some()
}

/// Length of the longest word of a trade that ends at `end`.
fn trade_to(view: &View<'_>, start: usize, end: usize) -> Option<usize> {
    let longest = view.organisations.longest_trade.min(end - start);
    (2..=longest)
        .rev()
        .find(|&length| view.organisations.trades.contains(view.text.slice(crate::model::Span::new(end - length, end))))
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
    let (first, last) = (view.token_at(start), view.token_at(end - 1));
    let written = view.text.slice(crate::model::Span::new(start, end));
    let marked = end - start > 2 && written.ends_with(['省', '市', '县', '区']);
    if marked || view.organisations.places.contains(written) {
        return Brand::Place;
    }
    if written.contains('第') || written.contains("中国") || written.contains("全国") || written.contains("国际")
    {
        return Brand::Generic;
    }
    let generic =
        |word: &str| view.organisations.stops.contains(word) || view.organisations.generic_modifiers.contains(word);
    if generic(written) {
        return Brand::Generic;
    }
    let (mut words, mut unknown) = (0, 0);
    for token in first..=last {
        let span = view.tokens[token].span;
        let word = view.word(token);
        let inside = span.start() >= start && span.end() <= end;
        let name = matches!(view.tokens[token].pos.as_str(), "nr" | "nrt" | "nrfg" | "nz" | "x" | "m" | "ns");
        if word.chars().count() > 1 && generic(word) {
            // 湖光|自动: behind a brand such a word is part of the trade
            if token == first {
                return Brand::Generic;
            }
            continue;
        }
        let name = name && !view.organisations.places.contains(word);
        // a word that the trade begins inside is the trade's: 人形机器人
        if name || (inside && span.len() == 1) {
            unknown += 1;
        } else if !(token == first && view.organisations.places.contains(word)) {
            words += 1;
        }
    }
    let placed = first < last && view.organisations.places.contains(view.word(first));
    let single = end - start == 1;
    match (words, unknown) {
        (0, 0) => Brand::Place,
        (0, _) if !single => Brand::Unknown,
        (1, 0) if placed => Brand::Mixed,
        (_, 0) => Brand::Word,
        _ => Brand::Mixed,
    }
}
