//! Short names by the places where they stand: in a list that closes with 等企业 (and other enterprises), before the
//! office of a director, behind 走访 (call on), before 捐赠 (donate).
//!
//! Text between words that no name holds is an item. [`super::shape`] says how much an item looks like a name,
//! [`super::beside`] how much its place asks for one; the two together decide. Items of one list vouch for each other.

use crate::lexicon::{NameClass, Persons, TitleKind};
use crate::model::{Clean, OrganisationForm, OrganisationKind, OrganisationMention, PartOfSpeech, Span};

use super::beside::{before, behind, closes_list};
use super::shape::{self, is_name_character};
use super::view::View;
use super::word::{Mark, Word};

type Mention = OrganisationMention<Clean>;

/// From this score on an item is a name.
const ENOUGH: i32 = 5;
/// Longest item of a list.
const LONGEST: usize = 12;
/// Where a run is given up: no name is as long, and time stays linear.
const LONGEST_RUN: usize = 30;

/// A character that no item of a list holds, be it a name or not.
fn is_never_listed(c: char) -> bool {
    matches!(
        c,
        '的' | '了'
            | '是'
            | '与'
            | '将'
            | '被'
            | '把'
            | '从'
            | '向'
            | '对'
            | '为'
            | '及'
            | '由'
            | '并'
            | '其'
            | '该'
            | '这'
            | '那'
    )
}

/// A stretch that may be a name, or a name that is certain.
struct Item {
    start: usize,
    end: usize,
    /// A mention found before, with its kind.
    known: Option<OrganisationKind>,
    score: i32,
    /// An organisation stands right before.
    owned: bool,
    /// More words follow that are not its own.
    cut: bool,
}

/// Names in order; none overlaps a mention.
pub(super) fn find(view: &View<'_>, mentions: &[Mention]) -> Vec<Mention> {
    let mut items = items(view, mentions);
    // what stands right behind an organisation is a person, or its own
    for at in 1..items.len() {
        items[at].owned = items[at - 1].known.is_some() && items[at - 1].end == items[at].start;
    }
    for item in items.iter_mut().filter(|item| item.known.is_none()) {
        item.score = if item.owned { shape::NO_NAME } else { shape::score(view, item.start, item.end) };
        // no place makes a name of what has the shape of none
        if item.score == shape::NO_NAME {
            continue;
        }
        item.score += before(view, item.start);
        item.score +=
            if item.cut && !view.has(view.token_at(item.end), Mark::Office) { 0 } else { behind(view, item.end) };
        item.score -= if is_person_like(view, item) { 3 } else { 0 };
    }
    weigh_lists(view, &mut items);
    let found = items.iter().filter(|item| item.known.is_none() && item.score >= ENOUGH);
    found.map(|item| mention(view, Span::new(item.start, item.end))).collect()
}

/// Two or three characters that begin with a surname and end with no trade.
fn is_person_like(view: &View<'_>, item: &Item) -> bool {
    let surname = view.persons.surnames.longest(view.chars, item.start);
    let given = surname.map(|(length, _)| (item.end - item.start).saturating_sub(length));
    matches!(given, Some(1 | 2)) && !shape::tells_trade(view, item.start, item.end)
}

pub(super) fn mention(view: &View<'_>, span: Span<Clean>) -> Mention {
    Mention {
        span,
        name: view.name(span),
        kind: OrganisationKind::Company,
        form: OrganisationForm::Alias,
        parent: None,
    }
}

/// Mentions and the stretches of words between them, in order.
fn items(view: &View<'_>, mentions: &[Mention]) -> Vec<Item> {
    let mut items = Vec::new();
    let mut mentions = mentions.iter().peekable();
    let start_of = |mention: Option<&&Mention>| mention.map_or(usize::MAX, |m| m.span.start());
    let mut wall = start_of(mentions.peek());
    let mut token = 0;
    while token < view.tokens.len() {
        let start = view.tokens[token].span.start();
        if start >= wall {
            while mentions.next_if(|m| m.span.end() <= start).is_some() {}
            wall = start_of(mentions.peek());
            if let Some(mention) = mentions.peek().filter(|_| start >= wall) {
                let (start, end) = (mention.span.start(), mention.span.end());
                items.push(Item { start, end, known: Some(mention.kind), score: 0, owned: false, cut: false });
                token = view.token_at(end).max(token + 1);
                continue;
            }
        }
        let listed = start > 0 && view.chars[start - 1] == '、';
        let whole = listed.then(|| whole(view, token, wall)).flatten();
        if whole.is_none() && !view.has(token, Mark::Opens) {
            token += 1;
            continue;
        }
        let end = whole.unwrap_or_else(|| run(view, token, wall));
        let whole = end;
        let end = cut(view, start, whole);
        if end > start {
            items.push(Item { start, end, known: None, score: 0, owned: false, cut: end < whole });
            token = view.token_at(end).max(token + 1);
        } else {
            token += 1;
        }
    }
    items
}

/// End of the words from `token` on that names may hold; its start where it is none.
fn run(view: &View<'_>, token: usize, wall: usize) -> usize {
    let mut end = view.tokens[token].span.start();
    // 新|发展|衡泉泵业: what one does with members begins no name
    let new = view.characters(token) == ['新'] && view.has(token + 1, Mark::LongStop);
    if new || view.has(token, Mark::LongStop) {
        return end;
    }
    for at in token..view.tokens.len() {
        let span = view.tokens[at].span;
        if end - view.tokens[token].span.start() > LONGEST_RUN || span.start() != end || span.end() > wall {
            if span.start() >= end {
                break;
            }
            continue;
        }
        // 滚动|体: a word of a trade that the segmenter does not know
        let trade = view.has(at, Mark::MayBeTrade).then(|| trade_from(view, span.start())).flatten();
        end = match trade.filter(|trade| *trade > span.end() && *trade <= wall) {
            Some(trade) => trade,
            None if view.has(at, Mark::Held)
                || (at == token && is_brand(view, at) && trade_from(view, span.end()).is_some()) =>
            {
                span.end()
            }
            None => break,
        };
    }
    end
}

/// A [`run`] from this word on may have an end: [`Mark::Opens`].
pub(super) fn opens(view: &View<'_>, token: usize, word: Word, held: bool) -> bool {
    let span = view.tokens[token].span;
    let trade = |at: usize| view.organisations.trade_words.may_begin(view.chars, at);
    let opens =
        held || (word.has(Mark::MayBeTrade) && trade(span.start())) || (word.has(Mark::Brand) && trade(span.end()));
    opens && !word.has(Mark::LongStop)
}

/// Where the name ends in a run that goes on behind its trade: with a department (数字化部), a verb (开发), a person, or,
/// in a list, with anything.
fn cut(view: &View<'_>, start: usize, end: usize) -> usize {
    let chars = view.chars;
    // 机器人技术|总监: the field of the post, though the segmenter takes it for the name's
    let field = |length: &usize| {
        end > start + 4 + length
            && view.classes_of(end - length, end).has(NameClass::TitleField)
            && shape::tells_trade(view, start, end - length)
    };
    let headed = end > start + 6 && view.has(view.token_at(end), Mark::Office);
    if let Some(length) = (2..=4).filter(|_| headed).find(field) {
        return end - length;
    }
    if end < start + 5 || shape::tells_trade(view, start, end) {
        return end;
    }
    let ends = (start + 3..end).rev().filter(|&at| view.is_boundary(at) && shape::tells_trade(view, start, at));
    for at in ends {
        let strong = shape::score(view, start, at) >= ENOUGH;
        let unit =
            matches!(chars[end - 1], '部' | '室' | '处' | '馆' | '站' | '厂') || chars[..end].ends_with(&['中', '心']);
        let verb =
            view.tokens.get(view.token_at(at)).is_some_and(|t| t.pos.as_str().starts_with('v') && t.span.end() == end)
                && matches!(chars.get(end), Some('的' | '了' | '出'));
        let surname = view.persons.surnames.longest(chars, at).map(|(length, _)| end - at - length.min(end - at));
        let person = matches!(surname, Some(1 | 2));
        let listed = start > 0 && chars[start - 1] == '、';
        if (strong && (unit || verb || person))
            || (listed && !unit)
            || (unit && view.has(view.token_at(end), Mark::Office))
        {
            return at;
        }
    }
    end
}

/// 顺丰|冷运: a company named after a known one and its trade ends where this says.
pub(super) fn trade_behind(view: &View<'_>, start: usize) -> Option<usize> {
    let end = trade_from(view, start)?;
    let next = view.tokens.get(view.token_at(end)).filter(|next| next.span.start() == end);
    let noun = next.is_some_and(|t| matches!(t.pos.as_str(), "n" | "vn" | "l" | "b"));
    (!noun || view.has(view.token_at(end), Mark::Office)).then_some(end)
}

/// End of the longest word of a trade that begins at `start` and ends with a word.
fn trade_from(view: &View<'_>, start: usize) -> Option<usize> {
    const LONGEST_TRADE: usize = 4;
    let fits = |length: usize, _: &()| (2..=LONGEST_TRADE).contains(&length) && view.is_boundary(start + length);
    view.organisations.trade_words.longest_where(view.chars, start, fits).map(|(length, ())| start + length)
}

/// 启衡|仿真, 新月|纸业: any word of two characters may be a brand right before its trade, if no rule says it ends names.
fn is_brand(view: &View<'_>, token: usize) -> bool {
    view.has(token, Mark::Brand)
        && !view.has(token, Mark::Office)
        && view.persons.after.longest(view.chars, view.tokens[token].span.start()).is_none()
}

/// [`Mark::Brand`] of a word with these characters.
pub(super) fn may_be_brand(word: Word, chars: &[char], pos: PartOfSpeech) -> bool {
    chars.len() == 2
        && matches!(pos.as_str(), "v" | "t" | "d" | "i" | "ad" | "vd" | "f" | "s")
        && word.has(Mark::Name)
        && !word.classes().is_stop()
        && !word.classes().has(NameClass::Deed)
}

/// End of an item of a list that stands between its marks whole, whatever its words are: 海之味, 节卡.
fn whole(view: &View<'_>, token: usize, wall: usize) -> Option<usize> {
    let chars = view.chars;
    let start = view.tokens[token].span.start();
    // 四家企业, 12家单位 behind the last item
    let counted = |at: usize| {
        let rest = &chars[at..(at + 6).min(chars.len())];
        let number = |c: &&char| {
            let han = |c| {
                matches!(
                    c,
                    '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '两' | '多' | '余' | '几'
                )
            };
            c.is_ascii_digit() || han(**c)
        };
        let number = rest.iter().take_while(number).count();
        number > 0 && rest.get(number) == Some(&'家') && view.is_boundary(at)
    };
    let closes = |at: usize| {
        at > start
            && (counted(at)
                || matches!(chars.get(at), Some('、' | '('))
                || chars[at..].starts_with(&['等']) && view.is_boundary(at))
    };
    let end = (start..(start + LONGEST).min(chars.len())).find(|&at| closes(at) || !is_name_character(chars[at]))?;
    let plain = chars[start..end].iter().all(|c| !is_never_listed(*c) && is_name_character(*c));
    let words = (token..view.tokens.len()).take_while(|t| view.tokens[*t].span.start() < end);
    let parted =
        words.clone().any(|t| view.tokens[t].span.len() > 1 && (view.has(t, Mark::Office) || ends_item(view, t)));
    let joined = words.clone().skip(2).any(|t| view.characters(t) == ['和']);
    (closes(end) && plain && !parted && !joined && end <= wall && end - start >= 2 && view.is_boundary(end))
        .then_some(end)
}

/// A word that no item holds though no rule of grammar says so: 会员单位, 参加.
fn ends_item(view: &View<'_>, token: usize) -> bool {
    view.is(token, NameClass::HardStop)
        || view.tokens[token].pos.as_str() == "m" && view.characters(token).ends_with(&['家'])
}

/// The names of companies may hold the word where it stands, if it is no office: [`Mark::Held`].
pub(super) fn is_held(view: &View<'_>, token: usize, word: Word) -> bool {
    let beside = || [token.wrapping_sub(1), token + 1].into_iter().any(|t| view.has(t, Mark::Single));
    word.has(Mark::MayBeHeld) || (word.has(Mark::MayBeHeldBeside) && beside())
}

/// Whether names of companies hold such a word, or hold it beside another single character.
pub(super) fn may_be_held(word: Word, chars: &[char], pos: PartOfSpeech) -> Option<Mark> {
    let classes = word.classes();
    if !word.has(Mark::Name) {
        return None;
    }
    if let ['高', '新', '区'] | ['经', '开', '区'] | ['开', '发', '区'] | ['园', '区'] | ['产' | '工', '业', '园'] =
        chars
    {
        return None;
    }
    if classes.has(NameClass::Inner) || classes.has(NameClass::Trade) {
        return Some(Mark::MayBeHeld);
    }
    let single = chars.len() == 1;
    if !single && classes.has(NameClass::Holder) {
        return None;
    }
    // 晋|能|煤业: a brand of single characters may hold any that is no particle
    let lone = (single && !word.has(Mark::Particle)).then_some(Mark::MayBeHeldBeside);
    if classes.is_stop() {
        return lone;
    }
    if word.has(Mark::Generic) {
        return None;
    }
    let held = match pos.as_str() {
        "p" | "c" | "r" | "u" | "uj" | "ul" | "uv" | "uz" | "ud" | "ug" | "e" => return lone,
        "m" => {
            let counts = chars.iter().any(|c| c.is_ascii_digit() || (!single && shape::is_measure(*c)));
            !counts && chars[0] != '第' && chars.len() < 3
        }
        "q" | "y" | "d" | "t" | "f" => single,
        "v" | "mq" | "ad" | "vd" | "i" => single,
        _ => true,
    };
    held.then_some(Mark::MayBeHeld)
}

/// [`Mark::MayBeOffice`] of a word with these characters: a title begins with it, or its last two or three are one.
pub(super) fn may_be_office(word: Word, chars: &[char], persons: &Persons) -> bool {
    let ends = |length: usize| {
        let start = chars.len().checked_sub(length).filter(|start| *start > 0);
        let title = start.and_then(|start| persons.titles.longest(chars, start));
        title.is_some_and(|(found, _)| found == length)
    };
    word.classes().has(NameClass::TitlePrefix)
        || word.classes().has(NameClass::TitleField)
        || persons.titles.any_begins_with(chars)
        || ends(2)
        || ends(3)
}

/// A title, or a word that belongs to one, begins with this word: [`Mark::Office`].
pub(super) fn begins_office(view: &View<'_>, token: usize) -> bool {
    let span = view.tokens[token].span;
    let chars = view.chars;
    // one word with what it is the head of: 市委书记, 党委书记
    let ends = |length: usize| {
        span.len() > length
            && view.persons.titles.longest(chars, span.end() - length).is_some_and(|(found, _)| found == length)
    };
    if ends(2) || ends(3) {
        return true;
    }
    let mut at = span.start();
    for _ in 0..3 {
        if let Some((length, kinds)) =
            view.persons.titles.longest_where(chars, at, |length, _| view.is_boundary(at + length))
        {
            return length > 1 && !kinds.has_any(&[TitleKind::Contact, TitleKind::Label]) || length > 2;
        }
        let token = view.token_at(at);
        let Some(word) = view.tokens.get(token).map(|t| t.span).filter(|word| word.start() == at) else { return false };
        let post = || {
            let head = view.persons.titles.longest(chars, word.end());
            chars[word.end() - 1] == '区' && head.is_some() || head.is_some_and(|(_, kinds)| kinds.has(TitleKind::Post))
        };
        let belongs = view.is(token, NameClass::TitlePrefix) || view.is(token, NameClass::TitleField) && post();
        if !belongs {
            return false;
        }
        at = word.end();
    }
    false
}

/// What the other items of a list, and the noun behind it, say of each.
fn weigh_lists(view: &View<'_>, items: &mut [Item]) {
    let chars = view.chars;
    let beside = |a: &Item, b: &Item| {
        b.start == a.end + 1
            && (chars[a.end] == '、' || (matches!(chars[a.end], '和' | '与' | '及') && view.is_boundary(a.end + 1)))
    };
    let mut first = 0;
    while first < items.len() {
        let mut last = first;
        while last + 1 < items.len() && beside(&items[last], &items[last + 1]) {
            last += 1;
        }
        if last > first {
            weigh_list(view, &mut items[first..=last]);
        }
        first = last + 1;
    }
}

fn weigh_list(view: &View<'_>, list: &mut [Item]) {
    let end = list[list.len() - 1].end;
    let opened = before(view, list[0].start);
    let closed = match closes_list(view, end) {
        Some(true) => 4,
        Some(false) => -4,
        None => 0,
    };
    let company = |item: &&Item| {
        matches!(item.known, Some(OrganisationKind::Company)) || (item.known.is_none() && item.score >= ENOUGH)
    };
    let companies = list.iter().filter(company).count();
    let known = list.iter().any(|item| item.known.is_some());
    let told = if companies > 0 { 4 } else { 2 * i32::from(known) };
    let last = list.len() - 1;
    for (at, item) in list.iter_mut().enumerate().filter(|(_, item)| item.known.is_none()) {
        let own = item.score >= ENOUGH;
        let others = companies - usize::from(own);
        item.score += if others > 0 || (companies == 0 && known) { told } else { 0 };
        item.score += if closed > 0 { i32::from(at < last) * closed } else { closed };
        item.score += i32::from(at > 0) * opened.max(0);
    }
}
