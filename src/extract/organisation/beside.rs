//! How much the words beside a stretch of text ask for the name of an organisation there.

use crate::lexicon::{NameClass, SurnameStrength, TitleKind};

use super::view::View;
use super::word::Mark;

/// Offices of companies: a name right before one is a company's.
const OFFICES: &[&str] = &[
    "董事长",
    "总经理",
    "总裁",
    "董事",
    "总工程师",
    "总工",
    "创始人",
    "首席",
    "经理",
    "总监",
    "合伙人",
    "副总",
    "法定代表人",
    "厂长",
];

/// How much what stands before `at` asks for an organisation.
pub(super) fn before(view: &View<'_>, at: usize) -> i32 {
    let Some(token) = view.token_at(at).checked_sub(1).filter(|_| at > 0) else { return 1 };
    let adjacent = view.tokens[token].span.end() == at;
    if !adjacent {
        return 0;
    }
    // 2021年, 2台: what follows a number is counted
    let chars = view.chars;
    let edition = matches!(chars[at - 1], '届' | '批' | '轮' | '期') && view.tokens[token].pos.as_str() == "m";
    if edition || chars[at - 1].is_ascii_digit() {
        return -20;
    }
    // whoever stands right behind an organisation, an office or its 的 is a person
    let titled = view.persons.title_ends.contains(chars[at - 1]);
    let office = (2..=4).any(|length| {
        titled
            && at > length
            && view
                .persons
                .titles
                .longest(chars, at - length)
                .is_some_and(|(found, kinds)| found == length && !kinds.has(TitleKind::Contact))
    });
    if office {
        return -20;
    }
    let word = view.characters(token);
    let told = if matches!(word, ['了' | '过' | '的' | ':']) { token.checked_sub(1) } else { None };
    let told =
        told.filter(|&told| view.is(told, NameClass::Visit) || (word != ['了'] && view.is(told, NameClass::Holder)));
    let cue = told.unwrap_or(token);
    if view.is(cue, NameClass::Holder) {
        3
    } else if view.is(cue, NameClass::Visit) {
        2
    } else if view.is(cue, NameClass::Preposition) || !view.tokens[cue].is_word(view.text) {
        i32::from(word != ['、'])
    } else if word == ['的'] {
        -4
    } else {
        0
    }
}

/// How much what stands behind `at` asks for an organisation.
pub(super) fn behind(view: &View<'_>, at: usize) -> i32 {
    let chars = view.chars;
    if matches!(chars.get(at), Some('”' | '》' | '’')) {
        return -5;
    }
    let token = view.token_at(at);
    let Some(next) = view.tokens.get(token).filter(|t| t.span.start() == at) else { return 0 };
    let word = view.characters(token);
    let role = [TitleKind::Association, TitleKind::Office, TitleKind::Post, TitleKind::Academic];
    if view.has(token, Mark::Office) {
        if !(0..6)
            .any(|ahead| view.persons.titles.longest(chars, at + ahead).is_some_and(|(_, kinds)| kinds.has_any(&role)))
        {
            return -20;
        }
        let rest: String = chars[at..].iter().take(8).collect();
        if !OFFICES.iter().any(|office| rest.contains(office)) {
            return 2;
        }
        // 董事长王强: whose office it is stands behind; before it stands the company
        return if holder_behind(view, at) { 7 } else { 4 };
    }
    if word == ['的'] {
        return if owns_person(view, at + 1) { 4 } else { 0 };
    }
    if closes_list(view, at) == Some(true) {
        return 4;
    }
    // a noun behind makes both one phrase: 竹溪工业软件 + 大会
    let noun = matches!(next.pos.as_str(), "n" | "vn" | "nz" | "an" | "nt" | "l" | "b" | "j" | "s" | "ng");
    if noun && !view.is(token, NameClass::Deed) && !view.has(token, Mark::Generic) {
        return -20;
    }
    i32::from(view.is(token, NameClass::Deed)) * 2
}

/// A surname stands right behind the office that begins at `at`.
fn holder_behind(view: &View<'_>, at: usize) -> bool {
    let chars = view.chars;
    let end = (at..at + 8).find_map(|at| {
        let (length, _) = view.persons.titles.longest(chars, at)?;
        Some(at + length)
    });
    let surname = |at: usize| view.persons.surnames.longest(chars, at);
    end.and_then(surname).is_some_and(|(_, strength)| *strength == SurnameStrength::Plain)
}

/// 宁远同志, 孔德才获: a name of a person, by its surname and what follows it.
fn owns_person(view: &View<'_>, at: usize) -> bool {
    let chars = view.chars;
    let Some((length, SurnameStrength::Plain)) = view.persons.surnames.longest(chars, at) else { return false };
    (1..=2).any(|given| {
        let end = at + length + given;
        let title = view.persons.titles.longest(chars, end).is_some_and(|(length, _)| length > 1);
        title
            || matches!(chars.get(end), Some('、'))
            || view.persons.after.longest(chars, end).is_some_and(|(length, _)| length > 1)
    })
}

/// A character of a number of bodies: 十余家, 二十多个.
fn is_of_count(c: char) -> bool {
    let numeral = matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '两' | '数' | '几');
    c.is_ascii_digit() || numeral || matches!(c, '多' | '余' | '家' | '所' | '个' | '位')
}

/// 等12家会员企业 behind the last item: what the items are, told by the noun. `None` where no noun tells.
pub(super) fn closes_list(view: &View<'_>, at: usize) -> Option<bool> {
    const MODIFIERS: usize = 4;
    let mut token = view.token_at(at);
    let mut counted = false;
    if view.tokens.get(token)?.span.start() != at {
        return None;
    }
    let first = view.chars[at];
    let other = view.characters(token) == ['等'];
    if !other && !is_of_count(first) && first != ' ' {
        return None;
    }
    token += usize::from(other);
    while let Some(next) = view.tokens.get(token) {
        let word = view.characters(token);
        let number = word.iter().all(|c| is_of_count(*c));
        if !number && word != [' '] {
            break;
        }
        counted |= number && matches!(word, [.., '家' | '所' | '个']);
        token += 1;
        if next.span.end() > at + 12 {
            return None;
        }
    }
    if !other && !counted {
        return None;
    }
    for next in token..(token + MODIFIERS).min(view.tokens.len()) {
        let word = view.characters(next);
        if !view.has(next, Mark::Name) {
            break;
        }
        // the head of the noun phrase tells: 会员 + 企业, 企业 + 代表
        let body = |t: usize| view.is(t, NameClass::Body);
        let follows = view.tokens.get(next + 1).is_some_and(|t| {
            t.span.start() == view.tokens[next].span.end()
                && (body(next + 1) || view.is(next + 1, NameClass::OtherBody))
        });
        if body(next) && (!follows || body(next + 1) || word.ends_with(&['企', '业'])) {
            return Some(true);
        }
        if view.is(next, NameClass::OtherBody) {
            return Some(false);
        }
    }
    (other && counted && view.characters(token - 1).ends_with(&['家'])).then_some(true)
}
