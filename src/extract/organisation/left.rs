//! The left edge of a name, sought from its suffix.

use std::sync::LazyLock;

use crate::lexicon::{CharSet, NameClass, Needs, Suffix};
use crate::model::{Clean, OrganisationKind, OrganisationMention, PartsOfSpeech, Span};

use super::unit::{is_field, is_unit_of};
use super::view::View;
use super::word::Mark;

/// Words and characters a name may have before its suffix.
const MOST_TOKENS: usize = 20;
const MOST_CHARS: usize = 36;

/// Where a name begins.
#[derive(Debug)]
pub(super) struct LeftEdge {
    pub start: usize,
    /// The organisation whose unit this is, where its name stands right before.
    pub parent: Option<String>,
}

/// Walks left from the suffix over words a name may hold, then cuts to the strongest beginning in that run.
pub(super) fn find(
    view: &View<'_>,
    suffix_start: usize,
    suffix: &Suffix,
    before: &[OrganisationMention<Clean>],
) -> Option<LeftEdge> {
    if suffix.needs == Needs::Nothing {
        return None;
    }
    let run = walk(view, suffix_start, suffix.kind, before);
    // 分会分会分会…: a unit of a unit of a unit, each name longer than the one before, ends somewhere.
    let near = |parent: &&OrganisationMention<Clean>| suffix_start - parent.span.start() <= 2 * MOST_CHARS;
    if let Some(parent) = run
        .parent
        .filter(near)
        .filter(|parent| is_unit_of(suffix, run.parent) && is_field(view, parent.span.end(), suffix_start, suffix))
    {
        return Some(LeftEdge { start: parent.span.start(), parent: Some(view.text.slice(parent.span).to_owned()) });
    }
    if run.parent.is_none() && is_verb_before(view, suffix_start, suffix) {
        return None;
    }
    let start = cut(view, run.start, suffix_start, suffix);
    if suffix.text == "部" && is_ministry(view, start, suffix_start) {
        return Some(LeftEdge { start, parent: None });
    }
    let named = is_name(view, start, suffix_start, suffix)
        && (matches!(suffix.needs, Needs::Topic | Needs::Region) || !is_common_noun(view, start, suffix_start));
    named.then_some(LeftEdge { start, parent: None })
}

/// 推动|协会, 面对|联合体: what stands right before the noun is a verb that no name holds.
fn is_verb_before(view: &View<'_>, suffix_start: usize, suffix: &Suffix) -> bool {
    use OrganisationKind as Kind;
    let Some(token) = view.token_at(suffix_start).checked_sub(1) else { return false };
    let verb = matches!(view.tokens[token].pos.as_str(), "v" | "d" | "ad" | "vd" | "p" | "c" | "i");
    let body = || {
        matches!(suffix.kind, Kind::Association | Kind::Society | Kind::Federation | Kind::Alliance | Kind::Branch)
            && suffix.text.chars().count() <= 3
            && !suffix.text.ends_with('委')
    };
    let last = view.tokens[token].span;
    // 省创业协会: behind a place even a verb names a field
    let placed = || {
        (2..=8).any(|back| {
            last.start()
                .checked_sub(back)
                .is_some_and(|at| view.is_boundary(at) && begins_strongly(view, view.token_at(at)))
        })
    };
    verb && last.end() == suffix_start
        && last.len() > 1
        && body()
        && !placed()
        && !view.is(token, NameClass::Inner)
        && !view.is(token, NameClass::Trade)
}

/// 新西兰初级产业部: a country and the field of a ministry.
fn is_ministry(view: &View<'_>, start: usize, suffix_start: usize) -> bool {
    let country = |end: &usize| view.classes_of(start, *end).has(NameClass::Country);
    let end = (start + 2..suffix_start).take(6).find(country);
    end.is_some_and(|end| (2..=6).contains(&(suffix_start - end)))
}

struct Run<'m> {
    start: usize,
    /// The mention that the walk ran into, with nothing between it and the run.
    parent: Option<&'m OrganisationMention<Clean>>,
}

fn walk<'m>(
    view: &View<'_>,
    suffix_start: usize,
    kind: OrganisationKind,
    before: &'m [OrganisationMention<Clean>],
) -> Run<'m> {
    let wall = before.last();
    let mut start = suffix_start;
    let mut token = view.token_at(suffix_start);
    // a token that reaches into the suffix gives its front part
    if let Some(crossing) = view.tokens.get(token).filter(|t| t.span.start() < suffix_start) {
        start = crossing.span.start();
    }
    for _ in 0..MOST_TOKENS {
        if let Some(wall) = wall.filter(|wall| wall.span.end() >= start && wall.span.start() < start) {
            let parent = Some(wall).filter(|wall| wall.span.end() == start);
            return Run { start, parent };
        }
        let Some(left) = token.checked_sub(1) else { break };
        let span = view.tokens[left].span;
        // 苏湾大学|物理: the mention ends inside a word
        if let Some(wall) =
            wall.filter(|wall| (span.start() + 1..span.end()).contains(&wall.span.end()) && span.end() == start)
        {
            return Run { start: wall.span.end(), parent: Some(wall) };
        }
        let blank = span.end() + 1 == start && latin_around(view, span.end());
        if !(span.end() == start || blank) || suffix_start - span.start() > MOST_CHARS {
            break;
        }
        let next = match view.characters(left) {
            [')'] => bracketed(view, left),
            ['暨'] => None,
            ['与' | '和' | '及'] => joins_inside(view, left, suffix_start, kind, wall).then_some(left),
            _ if may_stand_inside(view, left, suffix_start, kind) => Some(left),
            _ => None,
        };
        let Some(next) = next else { break };
        token = next;
        start = view.tokens[token].span.start();
    }
    Run { start, parent: None }
}

/// Golden Star公司: a blank between Latin words does not end a name.
fn latin_around(view: &View<'_>, blank: usize) -> bool {
    let chars = view.chars;
    let latin = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_alphabetic);
    chars.get(blank) == Some(&' ') && latin(blank.checked_sub(1)) && latin(Some(blank + 1))
}

/// 东麓 | 省, 三 | 沙 | 镇: a word of any class right before the mark of a place is part of the place's name.
fn before_place_mark(view: &View<'_>, token: usize) -> bool {
    let mark = |t: usize| view.has(t, Mark::EndsPlace) && view.tokens[t].span.start() == view.tokens[t - 1].span.end();
    let single = |t: usize| view.tokens[t].span.len() == 1;
    !view.has(token, Mark::Particle)
        && (mark(token + 1) && (single(token) || !view.classes(token).is_stop())
            || single(token) && view.tokens.get(token + 1).is_some_and(|t| t.span.len() == 1) && mark(token + 2))
}

/// What stands behind the name of a place.
pub(super) fn is_place_mark(c: char) -> bool {
    matches!(c, '省' | '市' | '县' | '区' | '州' | '镇' | '乡' | '旗' | '盟')
}

/// 数据生态(元宇宙)专委会: brackets with a few words between belong to the name.
fn bracketed(view: &View<'_>, close: usize) -> Option<usize> {
    let open = (close.saturating_sub(5)..close).rev().find(|&at| view.characters(at) == ['('])?;
    let plain = (open + 1..close).all(|at| view.has(at, Mark::Run) && !view.is(at, NameClass::HardStop));
    let attached = open > 0 && view.tokens[open - 1].span.end() == view.tokens[open].span.start();
    (plain && open + 1 < close && attached && view.has(open - 1, Mark::Run)).then_some(open)
}

/// A character of the words that a name may hold before its suffix.
pub(super) fn is_run_character(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c) || c.is_ascii_alphabetic() || matches!(c, '+' | '·' | '-')
}

/// A word that names hold. Words that mostly end the search (发展, 服务) are let in and judged by [`cut`].
fn may_stand_inside(view: &View<'_>, token: usize, suffix_start: usize, kind: OrganisationKind) -> bool {
    if !view.has(token, Mark::Run) {
        return is_ordinal_of_institution(view, token, suffix_start);
    }
    if view.is(token, NameClass::Inner) || view.is(token, NameClass::Place) {
        return true;
    }
    if view.has(token, Mark::Generic) {
        return false;
    }
    if before_place_mark(view, token) {
        return true;
    }
    // it is one of the run's characters
    let single = view.has(token, Mark::Single);
    if view.classes(token).is_stop() {
        // brands are made of any characters: 衡则 is one though 则 mostly begins a clause
        return view.is(token, NameClass::SoftStop)
            || (kind == OrganisationKind::Government && single && opens_department(view, token))
            || (kind == OrganisationKind::Company && single && view.has(token.wrapping_sub(1), Mark::Single));
    }
    const NUMERALS: PartsOfSpeech = PartsOfSpeech::of(&["m", "mq"]);
    const SELDOM: PartsOfSpeech =
        PartsOfSpeech::of(&["p", "c", "r", "d", "q", "t", "y", "u", "uj", "ul", "uv", "uz", "i", "f", "e"]);
    let part = view.tokens[token].pos;
    if NUMERALS.contains(part) {
        let chars = view.characters(token);
        let counts = chars.iter().any(char::is_ascii_digit)
            || matches!(chars, [.., '家' | '个' | '名' | '位' | '次' | '大' | '项' | '条']);
        let brand = kind == OrganisationKind::Company && !counts && view.tokens[token].span.len() < 3;
        return brand || is_ordinal_of_institution(view, token, suffix_start);
    }
    single || !SELDOM.contains(part)
}

/// 经|信|厅: the short form of a department begins here.
fn opens_department(view: &View<'_>, token: usize) -> bool {
    let rest = &view.chars[view.tokens[token].span.start()..];
    matches!(rest, ['经', '信' | '开' | '发' | '贸', ..] | ['外', '办' | '事', ..] | ['内', '卫', ..])
}

/// Prepositions, conjunctions, particles and pronouns of one character.
pub(super) fn is_particle(c: char) -> bool {
    static PARTICLES: LazyLock<CharSet> = LazyLock::new(|| CHARACTERS.chars().collect());
    const CHARACTERS: &str = "由在向对为从被将把让与和及同了的是有之些么很更最才只我你他它其该此这那等请使赴因按据给比称过会时次个家名位所项";
    PARTICLES.contains(c)
}

/// 第二人民医院, 第一中学: an ordinal inside the name of an institution.
fn is_ordinal_of_institution(view: &View<'_>, token: usize, suffix_start: usize) -> bool {
    let end = view.tokens[token].span.end();
    if suffix_start - end > 4 {
        return false;
    }
    let ordinal = match view.characters(token) {
        ['第', ..] => view.chars.get(end) != Some(&'届'),
        ['一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十', ..] => true,
        _ => false,
    };
    let kind = || {
        let rest: String = view.chars[end..].iter().take(2).collect();
        let kinds = [
            "社会", "职业", "工程", "设计", "勘察", "建筑", "研究", "军医", "外国", "师范", "幼儿", "税务", "检察",
            "稽查", "人民", "医院", "中学", "小学", "职业", "高级", "中等", "附属",
        ];
        kinds.contains(&rest.as_str())
    };
    ordinal && kind()
}

/// 与, 和, 及 belong to the name: in the name of a department (工业和信息化), behind a place or an organisation that
/// begins the name (中国机电装备维修与改造技术协会, 理工学院电气与信息学院), and between two fields of a branch.
fn joins_inside(
    view: &View<'_>,
    joint: usize,
    suffix_start: usize,
    kind: OrganisationKind,
    wall: Option<&OrganisationMention<Clean>>,
) -> bool {
    let at = view.tokens[joint].span.start();
    let covers = |(before, department): &(usize, Vec<char>)| {
        at.checked_sub(*before).is_some_and(|start| view.chars[start..].starts_with(department))
    };
    if view.organisations.joined_departments.iter().any(covers) {
        return true;
    }
    if let Some(wall) = wall {
        let between = at.checked_sub(wall.span.end());
        if between == Some(0) {
            return false;
        }
        if let Some(1..=8) = between
            && matches!(wall.kind, OrganisationKind::University | OrganisationKind::Institute)
            && kind == wall.kind
        {
            return (view.token_at(wall.span.end())..joint).all(|t| may_stand_inside(view, t, suffix_start, kind));
        }
    }
    let mut first = joint;
    while let Some(left) = first.checked_sub(1) {
        let adjacent = view.tokens[left].span.end() == view.tokens[first].span.start();
        let walled = wall.is_some_and(|wall| view.tokens[left].span.start() < wall.span.end());
        if !adjacent
            || walled
            || joint - left > 8
            || !may_stand_inside(view, left, suffix_start, kind)
            || is_joint(view.characters(left))
        {
            break;
        }
        first = left;
    }
    if first == joint {
        return false;
    }
    let region = |t: usize| view.tokens[t].pos.as_str() == "ns" && view.tokens[t].span.len() > 1;
    let place = (first..joint).find(|&t| begins_strongly(view, t) || ends_place(view, t));
    match kind {
        OrganisationKind::Branch => {
            let people = (first..joint).any(|t| view.classes(t).is_stop());
            place.is_none() && !people && at - view.tokens[first].span.start() <= 8
        }
        // 宁川市海洋与渔业局: one short field on either side
        OrganisationKind::Government => {
            let ends = (first..joint).find(|&t| ends_place(view, t)).filter(|ends| ends + 1 < joint);
            let near = ends.is_some_and(|ends| (1..=4).contains(&(at - view.tokens[ends].span.end())));
            near && (1..=5).contains(&(suffix_start - at - 1))
        }
        OrganisationKind::Company => false,
        _ if ends_like_name(view, first, joint) => false,
        _ => place.or_else(|| (first..joint).find(|&t| region(t))).is_some_and(|place| place + 1 < joint),
    }
}

/// 省市技协和工会: what stands before the joint is a name, or the noun of one, itself.
fn ends_like_name(view: &View<'_>, first: usize, joint: usize) -> bool {
    let span = Span::new(view.tokens[first].span.start(), view.tokens[joint].span.start());
    view.organisations.suffix_of(view.text.slice(span)).is_some_and(|suffix| suffix.needs != Needs::Parent)
}

fn is_joint(word: &[char]) -> bool {
    matches!(word, ['与' | '和' | '及' | '暨'])
}

/// 中国, 全国, a province, a city.
pub(super) fn begins_strongly(view: &View<'_>, token: usize) -> bool {
    view.is(token, NameClass::Place)
        || matches!(
            view.characters(token),
            ['中' | '全', '国']
                | ['国', '家']
                | ['中', '华']
                | ['中', '华', '全', '国']
                | ['中', '华', '人', '民', '共', '和', '国']
        )
}

/// The best beginning of a run: a place or 中国 in it where there is one; else behind the last word that mostly ends
/// the search.
fn cut(view: &View<'_>, start: usize, suffix_start: usize, suffix: &Suffix) -> usize {
    let first = view.token_at(start);
    let last = view.token_at(suffix_start);
    let strong = (first..last).find(|&t| begins_strongly(view, t) && !in_brackets(view, t));
    if let Some(strong) = strong {
        return beginning_of_place(view, first, strong);
    }
    let soft = |t: &usize| {
        view.classes(*t).is_stop()
            && !view.is(*t, NameClass::Inner)
            && !(view.tokens[*t].span.len() == 1 && before_place_mark(view, *t))
    };
    let administrative = (first + 1..last).find(|&t| ends_place(view, t)).unwrap_or(last);
    let mut begins = (first..administrative).rev().filter(soft).map(|t| view.tokens[t].span.end());
    let begin = begins.find(|&begin| is_name(view, begin, suffix_start, suffix)).unwrap_or(start);
    behind_verbs(view, begin, suffix_start, suffix)
}

/// 云 | 津市: a list may know the end of a longer name of a place alone.
fn beginning_of_place(view: &View<'_>, first: usize, strong: usize) -> usize {
    let start = view.tokens[strong].span.start();
    let before = strong.checked_sub(1).filter(|&t| t >= first && view.tokens[t].span.end() == start);
    let part = before.filter(|&t| {
        let word = view.characters(t);
        let proper = matches!(view.tokens[t].pos.as_str(), "ns" | "nr" | "nz" | "j" | "zg" | "g" | "ng" | "x");
        let ends = matches!(view.characters(strong), [_, '市' | '县' | '区' | '省' | '州']);
        ends && proper
            && view.tokens[t].span.len() == 1
            && !view.has(t, Mark::Particle)
            && !view.is(t, NameClass::HardStop)
            && !matches!(word, ['省' | '市'])
    });
    part.map_or(start, |t| view.tokens[t].span.start())
}

/// A name does not begin with a verb (发挥…专委会), except a company's, whose brand may be any word.
fn behind_verbs(view: &View<'_>, begin: usize, suffix_start: usize, suffix: &Suffix) -> usize {
    let mut start = begin;
    loop {
        let token = view.token_at(start);
        let span = view.tokens[token].span;
        let verb = view.tokens[token].pos.as_str() == "v" && span.len() > 1 && !view.is(token, NameClass::Inner);
        // 开好, 办好: a verb of one character with what it brings about
        let done = view.tokens[token].pos.as_str() == "v"
            && span.len() == 1
            && view.tokens.get(token + 1).is_some_and(|next| {
                next.span.start() == span.end()
                    && matches!(view.chars[next.span.range()], ['好' | '到' | '出' | '成' | '完' | '强'])
            });
        if done && suffix.kind != OrganisationKind::Company {
            let end = view.tokens[token + 1].span.end();
            if end >= suffix_start {
                return end;
            }
            start = end;
            continue;
        }
        let compound = view.tokens.get(token + 1).is_some_and(|next| next.span.len() == 1);
        let cut = verb && !compound && suffix.kind != OrganisationKind::Company && span.start() == start;
        if !cut || !is_name(view, span.end(), suffix_start, suffix) {
            return start;
        }
        start = span.end();
    }
}

fn in_brackets(view: &View<'_>, token: usize) -> bool {
    token > 0 && view.characters(token - 1) == ['(']
}

/// 省, 市, 县, 区 behind a name that no list has.
fn ends_place(view: &View<'_>, token: usize) -> bool {
    matches!(view.characters(token), [.., '省' | '市' | '县' | '区' | '州']) && view.tokens[token].pos.as_str() != "v"
}

fn is_name(view: &View<'_>, start: usize, suffix_start: usize, suffix: &Suffix) -> bool {
    if start >= suffix_start {
        // 市委, 省委: of the place that is meant
        return suffix.kind == OrganisationKind::Party && suffix.text.starts_with(['省', '市', '区', '县']);
    }
    let (first, last) = (view.token_at(start), view.token_at(suffix_start - 1) + 1);
    let field = suffix.needs == Needs::Topic;
    let names_no_one = |t: usize| view.is(t, NameClass::Modifier) || !field && view.is(t, NameClass::FieldModifier);
    let telling = (first..last).any(|t| !names_no_one(t) && !is_joint(view.characters(t)));
    match suffix.needs {
        Needs::Parent | Needs::Nothing => false,
        Needs::Region => {
            let place = |end: usize| view.classes_of(start, end).has(NameClass::Place);
            let national = view.chars[start..].starts_with(&['中', '国']);
            suffix_start - start <= 8 && (national || (start + 2..=suffix_start).any(place))
        }
        Needs::Place => {
            let begin = &view.chars[start..suffix_start.min(start + 8)];
            let direct = || matches!(begin, ['省' | '市' | '区' | '县' | '州', ..]) && suffix_start - start >= 1;
            // 岭海省委, 成安市政府: the suffix itself holds the mark of the place
            let marked = || {
                suffix.text.starts_with(['省', '市', '县', '区', '镇', '乡']) && suffix_start - start >= 2 && telling
            };
            let national = || begin.starts_with(&['国', '家']) && suffix_start - start > 2;
            let local = suffix_start - start >= 5 && telling;
            local
                || direct()
                || marked()
                || national()
                || begin.iter().any(|c| matches!(c, '省' | '市' | '县' | '区' | '州'))
                || (first..last).any(|t| begins_strongly(view, t))
        }
        Needs::Name | Needs::Topic => telling && suffix_start - start >= 2,
    }
}

/// 上市公司: one word of the dictionary that is no proper noun.
fn is_common_noun(view: &View<'_>, start: usize, suffix_start: usize) -> bool {
    let token = view.tokens[view.token_at(start)];
    let whole = token.span.start() == start && token.span.end() > suffix_start;
    // 市政协, 省农科院: short forms that the dictionary knows begin with the mark of their place
    let marked = matches!(view.chars[token.span.range()], ['省' | '市' | '区' | '县', ..]) && token.pos.as_str() == "j";
    whole && !marked && matches!(token.pos.as_str(), "n" | "l" | "vn" | "b" | "v" | "j")
}
