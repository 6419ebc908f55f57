//! Short names without a suffix of their own: defined ones, ones that a full name in the text explains, and an unknown
//! word with a trade (云 + 构 + 科技).

use std::borrow::Cow;
use std::cmp::Reverse;

use crate::lexicon::{NameClass, PairSieve, pair};
use crate::model::{Clean, Definition, OrganisationForm, OrganisationKind, OrganisationMention, Span};

use super::view::View;
use super::{is_generic_noun, shape, slot};

type Mention = OrganisationMention<Clean>;

/// A short name has at most this many characters.
const LONGEST: usize = 12;
/// A brand begins at most this far into the full name, behind its place.
const DEEPEST_BRAND: usize = 4;

pub(super) fn add(view: &View<'_>, definitions: &[Definition<Clean>], mentions: &mut Vec<Mention>) {
    let mut found = defined(view, definitions, mentions);
    merge(mentions, &mut found);
    let mut found = explained(view, mentions);
    merge(mentions, &mut found);
    let mut found = slot::find(view, mentions);
    merge(mentions, &mut found);
    let mut found = repeated(view, mentions);
    merge(mentions, &mut found);
}

/// Adds what overlaps nothing that is there.
fn merge(mentions: &mut Vec<Mention>, found: &mut Vec<Mention>) {
    mentions.sort_by_key(|m| m.span);
    found.retain(|new| {
        let at = mentions.partition_point(|m| m.span.end() <= new.span.start());
        mentions.get(at).is_none_or(|m| !m.span.overlaps(new.span))
    });
    mentions.append(found);
    mentions.sort_by_key(|m| m.span);
    mentions.dedup_by(|b, a| a.span.overlaps(b.span));
}

fn alias(view: &View<'_>, span: Span<Clean>, kind: OrganisationKind) -> Mention {
    Mention { span, name: view.name(span), kind, form: OrganisationForm::Alias, parent: None }
}

/// Every place where a defined short name stands.
fn defined(view: &View<'_>, definitions: &[Definition<Clean>], mentions: &[Mention]) -> Vec<Mention> {
    let mut found = Vec::new();
    for definition in definitions.iter().filter(|d| !is_generic_noun(&view.chars[d.span.range()])) {
        let kind = mentions.iter().find(|m| m.span == definition.full).map_or(OrganisationKind::Other, |m| m.kind);
        found.extend(view.places(&definition.short).map(|span| alias(view, span, kind)));
    }
    found.sort_by_key(|m| m.span);
    found
}

/// A sieve of the pairs that names begin with: few places of a text pass.
fn sieve<'c>(names: impl ExactSizeIterator<Item = &'c [char]>) -> PairSieve {
    // there are few names, so that a wide one is small
    const WIDER: usize = 8;
    let mut sieve = PairSieve::with_room_for(names.len() * WIDER);
    names.for_each(|name| sieve.insert(name[0], name[1]));
    sieve
}

/// Those of the names in order of their pairs that have this pair.
fn of_pair<N>(names: &[N], pair_of: impl Fn(&N) -> u64, pair: u64) -> &[N] {
    let from = names.partition_point(|name| pair_of(name) < pair);
    let alike = names[from..].partition_point(|name| pair_of(name) == pair);
    &names[from..from + alike]
}

/// How far ahead two characters stand that pass the sieve.
fn next_pair(chars: &[char], sieve: &PairSieve) -> Option<usize> {
    chars.windows(2).position(|pair| sieve.may_hold(pair[0], pair[1]))
}

/// A full name of the text, for which short names are sought.
struct FullName<'t> {
    chars: Cow<'t, [char]>,
    kind: OrganisationKind,
    /// Length of the known place that it begins with.
    place: usize,
}

/// Short names that are made of characters of a full name in their order: 云枢信息 of 云枢信息技术有限公司.
fn explained(view: &View<'_>, mentions: &[Mention]) -> Vec<Mention> {
    use OrganisationKind as Kind;
    let mut fulls: Vec<FullName<'_>> = Vec::new();
    let mut seen = rustc_hash::FxHashSet::default();
    for mention in mentions {
        let telling = matches!(
            mention.kind,
            Kind::Company | Kind::University | Kind::Association | Kind::Society | Kind::Federation | Kind::Alliance
        );
        if telling && mention.form == OrganisationForm::Full && mention.span.len() >= 5 && seen.insert(&mention.name) {
            let chars = if view.text.slice(mention.span) == mention.name {
                Cow::Borrowed(&view.chars[mention.span.range()])
            } else {
                mention.name.chars().collect()
            };
            let first = view.tokens[view.token_at(mention.span.start())];
            let named = (first.pos.as_str() == "ns" && first.span.len() > 1).then(|| first.span.len());
            let place = (2..=view.organisations.longest_place.min(chars.len())).rev().find(|length| {
                let start = mention.span.start();
                view.classes_of(start, start + length).has(NameClass::Place)
            });
            fulls.push(FullName { chars, kind: mention.kind, place: place.or(named).unwrap_or(usize::MAX) });
        }
    }
    if fulls.is_empty() {
        return Vec::new();
    }
    // where each may begin: the pair there, the name, and how deep in it the pair stands
    let mut brands: Vec<(u64, usize, usize)> = Vec::with_capacity(fulls.len() * (DEEPEST_BRAND + 1));
    for (at, full) in fulls.iter().enumerate() {
        let deepest = if full.kind == Kind::Company { DEEPEST_BRAND } else { 0 };
        for brand in 0..=deepest.min(full.chars.len() - 2) {
            brands.push((pair(full.chars[brand], full.chars[brand + 1]), at, brand));
        }
    }
    brands.sort_unstable();
    let sieve = sieve(brands.iter().map(|(_, full, brand)| &fulls[*full].chars[*brand..]));
    let mut found: Vec<Mention> = Vec::new();
    let chars = view.chars;
    let mut at = 0;
    while let Some(ahead) = next_pair(&chars[at..], &sieve) {
        at += ahead;
        let best = of_pair(&brands, |brand| brand.0, pair(chars[at], chars[at + 1]))
            .iter()
            .map(|&(_, full, brand)| (&fulls[full], brand))
            .filter(|(full, brand)| *brand == 0 || is_unknown(view, at, at + 2) || full.place == *brand)
            .filter_map(|(full, brand)| Some((shortened(view, at, full, brand)?, full.kind)))
            .max_by_key(|(end, _)| *end);
        match best {
            Some((end, kind)) if view.is_boundary(at) => {
                found.push(alias(view, Span::new(at, end), kind));
                at = end;
            }
            _ => at += 1,
        }
    }
    found.extend(societies(view, &fulls));
    found.sort_by_key(|m| m.span);
    found
}

/// End of a short name of `full` whose brand stands at `at`.
fn shortened(view: &View<'_>, at: usize, full: &FullName<'_>, brand: usize) -> Option<usize> {
    let chars = view.chars;
    let mut rest = brand + 2;
    let mut end = at + 2;
    let (mut closed, mut told) = (false, 2);
    while end < chars.len() && end - at < LONGEST {
        if let Some(next) = full.chars[rest..].iter().position(|c| *c == chars[end]) {
            rest += next + 1;
            end += 1;
            told += 1;
            continue;
        }
        let token = view.token_at(end);
        let word = view.tokens.get(token).is_some_and(|t| t.span.start() == end);
        match word {
            true if full.kind == OrganisationKind::Company && closes_company(view, token) => {
                end = view.tokens[token].span.end();
                closed = true;
            }
            _ => break,
        }
    }
    // the tail must not run into the next word
    while end > at + 2 && !view.is_boundary(end) {
        end -= 1;
    }
    let whole = end - at == full.chars.len() - brand && brand == 0;
    let tail = chars[at..end].last().copied();
    let enough = end - at >= 4 || (end - at == 3 && matches!(tail, Some('协' | '联')));
    let closes = match full.kind {
        OrganisationKind::Company => {
            (closed || tells_trade(view, at, end)) && !matches!(tail, Some('省' | '市' | '县' | '区'))
        }
        OrganisationKind::University => true,
        // what an association is called ends as associations do; its first words alone are its trade
        _ => matches!(tail, Some('协' | '会' | '联' | '盟' | '体')),
    };
    // a place with any trade is no short form: 竹溪 + 工业软件 of 竹溪云构科技有限公司
    let own = brand > 0 || told > if full.place == usize::MAX { 2 } else { full.place } || !closed;
    let next = view.tokens.get(view.token_at(end)).filter(|t| t.span.start() == end);
    let noun =
        closed && next.is_some_and(|t| matches!(t.pos.as_str(), "n" | "vn") && !is_office(&view.chars[t.span.range()]));
    (enough && !whole && closes && own && !noun).then_some(end)
}

/// Names that begin with the same two characters and are looked for.
const MOST_ALIKE: usize = 32;
/// Legal forms behind the name that a company goes by.
const LEGAL_FORMS: [&[char]; 3] = [&['有', '限', '公', '司'], &['集', '团'], &['公', '司']];

/// A place, a word of the dictionary or words of a trade name no company.
fn is_no_word(view: &View<'_>, start: usize, end: usize) -> bool {
    let first = view.tokens[view.token_at(start)];
    let word = first.span.start() == start && first.span.end() == end;
    !word && view.is_boundary(end) && shape::score(view, start, end) >= 0
}

/// Names of companies found in one place of the text, wherever else they stand.
fn repeated(view: &View<'_>, mentions: &[Mention]) -> Vec<Mention> {
    let mut names: Vec<&[char]> = Vec::new();
    let mut seen = rustc_hash::FxHashSet::default();
    let short = |m: &&Mention| {
        m.kind == OrganisationKind::Company && m.parent.is_none() && (2..=LONGEST).contains(&m.span.len())
    };
    for mention in mentions.iter().filter(short) {
        let written = view.text.slice(mention.span);
        if seen.insert(written) {
            let chars = &view.chars[mention.span.range()];
            names.push(chars);
            // 恒天然 of 恒天然集团: what stands before the legal form, where it is no word
            let bare = LEGAL_FORMS.iter().find_map(|form| chars.strip_suffix(*form)).unwrap_or_default();
            let end = mention.span.start() + bare.len();
            if bare.len() >= 3 && is_no_word(view, mention.span.start(), end) {
                names.push(bare);
            }
        }
    }
    if names.is_empty() {
        return Vec::new();
    }
    // each has two characters or more
    names.sort_by_key(|name| (pair(name[0], name[1]), Reverse(name.len())));
    let sieve = sieve(names.iter().copied());
    let mut found = Vec::new();
    let chars = view.chars;
    let mut at = 0;
    while let Some(ahead) = next_pair(&chars[at..], &sieve) {
        at += ahead;
        let same = of_pair(&names, |name| pair(name[0], name[1]), pair(chars[at], chars[at + 1]));
        let here = same.iter().take(MOST_ALIKE).find(|name| {
            let clear = view.is_boundary(at) && view.is_boundary(at + name.len());
            chars[at..].starts_with(name) && (clear || name.len() > 3)
        });
        match here {
            Some(name) => {
                found.push(alias(view, Span::new(at, at + name.len()), OrganisationKind::Company));
                at += name.len();
            }
            None => at += 1,
        }
    }
    found
}

fn closes_company(view: &View<'_>, token: usize) -> bool {
    view.is(token, NameClass::Trade) || matches!(view.characters(token), ['公', '司'] | ['集', '团'])
}

/// What stands behind the brand is a word of a trade or characters of one, no sentence that happens to go on.
fn tells_trade(view: &View<'_>, at: usize, end: usize) -> bool {
    let token = view.token_at(at + 2);
    (token..view.token_at(end)).all(|t| !view.is(t, NameClass::HardStop))
}

/// The characters are no word of the dictionary: every one is a token by itself, or the word is a name.
fn is_unknown(view: &View<'_>, start: usize, end: usize) -> bool {
    let (first, last) = (view.token_at(start), view.token_at(end - 1));
    let exact = view.tokens.get(first).is_some_and(|t| t.span.start() == start)
        && view.tokens.get(last).is_some_and(|t| t.span.end() == end);
    if !exact {
        return false;
    }
    let single = (first..=last).all(|t| view.tokens[t].span.len() == 1 && !view.is(t, NameClass::HardStop));
    single || (first == last && matches!(view.tokens[first].pos.as_str(), "nr" | "nrt" | "nrfg" | "nz" | "x"))
}

/// 云机协, 省标协: 协 behind characters of the full name of an association in the text.
fn societies(view: &View<'_>, fulls: &[FullName<'_>]) -> Vec<Mention> {
    let chars = view.chars;
    let associations: Vec<&FullName<'_>> =
        fulls.iter().filter(|f| f.kind != OrganisationKind::Company && f.chars.contains(&'协')).collect();
    let mut found = Vec::new();
    if associations.is_empty() {
        return found;
    }
    for at in view.places("协").map(Span::start) {
        if chars.get(at + 1) == Some(&'会') || !view.is_boundary(at + 1) {
            continue;
        }
        let longest = (2..=4).rev().filter_map(|length| at.checked_sub(length)).find(|&start| {
            view.is_boundary(start)
                && associations
                    .iter()
                    .any(|full| is_subsequence(&chars[start..=at], &full.chars) && chars[start] != full.chars[1])
        });
        if let Some(start) = longest {
            found.push(alias(view, Span::new(start, at + 1), OrganisationKind::Association));
        }
    }
    found
}

fn is_subsequence(short: &[char], full: &[char]) -> bool {
    let mut rest = full.iter();
    short.iter().all(|c| rest.any(|f| f == c))
}

/// 董事长, 总工程师, 副总裁: who stands behind the name of a company.
fn is_office(word: &[char]) -> bool {
    matches!(word, [.., '长' | '师' | '任' | '席' | '记' | '监' | '裁' | '理' | '事' | '官' | '授'])
}
