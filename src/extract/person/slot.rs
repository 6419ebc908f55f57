//! Names that no list of surnames knows, by the place where they stand: right behind an office in an organisation, up to
//! a mark or a verb of people (副总裁云丽、; 教授Peter Brown在).

use crate::lexicon::TitleKind;

use super::evidence;
use super::search::Name;
use super::title::{Title, Titles};
use super::view::View;

/// Offices that a name follows.
const OFFICES: &[TitleKind] = &[TitleKind::Association, TitleKind::Office, TitleKind::Post, TitleKind::Academic];
/// Longest name in Chinese characters.
const LONGEST: usize = 7;
/// Longest name in Latin letters, in characters.
const LONGEST_LATIN: usize = 40;

/// Names in order: Latin ones, and those in Chinese characters up to whatever ends a name.
pub(super) fn find(view: &View<'_>, titles: &Titles) -> Vec<Name> {
    collect(titles, |title| {
        latin_behind(view, title).or_else(|| {
            let start = owned(view, titles, title)?;
            ends(view, titles, start).find(|end| is_plausible(view, start, *end)).map(|end| Name { start, end })
        })
    })
}

/// Names of four and more characters that stand for sounds, in order.
pub(super) fn foreign(view: &View<'_>, titles: &Titles) -> Vec<Name> {
    collect(titles, |title| {
        let start = owned(view, titles, title)?;
        let mut ends = ends(view, titles, start).filter(|end| is_sounds(view, start, *end));
        let end = ends.find(|end| *end >= start + 4)?;
        (!view.chars[start..end].contains(&'和')).then_some(Name { start, end })
    })
}

fn collect<'t>(titles: &'t Titles, name: impl Fn(&'t Title) -> Option<Name>) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    for title in titles.all().iter().filter(|title| title.kinds.has_any(OFFICES)) {
        if let Some(name) = name(title).filter(|name| found.last().is_none_or(|last| last.end <= name.start)) {
            found.push(name);
        }
    }
    found
}

/// Where a name may begin behind an office that is one in an organisation named before it.
fn owned(view: &View<'_>, titles: &Titles, title: &Title) -> Option<usize> {
    let start = title.end;
    let owned = view.organisation_to(title.start).is_some()
        || (view.before(title.start) == '、' && titles.to(title.start - 1).is_some())
        || of_state(view, title);
    let name = view.is_han(start) && view.persons.not_names.longest(view.chars, start).is_none();
    (owned && name).then_some(start)
}

/// 德国总理, 国防部长: an office behind a place, or one word with what it is the head of.
fn of_state(view: &View<'_>, title: &Title) -> bool {
    let before = title.start.checked_sub(1).and_then(|at| view.token(at));
    title.kinds.has(TitleKind::Office)
        && before
            .is_some_and(|token| token.pos.as_str() == "ns" || (token.span.end() > title.start && token.span.len() > 2))
}

/// Places where something stands that stands behind names.
fn ends<'v>(view: &'v View<'_>, titles: &'v Titles, start: usize) -> impl Iterator<Item = usize> + 'v {
    (start + 2..=start + LONGEST)
        .take_while(move |end| view.all_han(start, *end) && !view.has_organisation(start, *end))
        .filter(move |end| {
            let right = evidence::right(view, titles, *end);
            view.is_boundary(*end) && (right >= 2 || (right == 1 && is_sounds(view, start, *end)))
        })
}

fn is_sounds(view: &View<'_>, start: usize, end: usize) -> bool {
    (start..end).all(|at| view.persons.transliteration.contains(view.char(at)))
}

/// No word of the dictionary but names stands in it, and it does not begin like a clause (在京).
fn is_plausible(view: &View<'_>, start: usize, end: usize) -> bool {
    if !view.is_boundary(start) {
        return false;
    }
    if is_sounds(view, start, end) {
        return end - start > 2 || view.token_from(start).is_some_and(|token| token.span.end() != end);
    }
    let first = view.token(start).map_or("", |token| token.pos.as_str());
    if matches!(first, "p" | "c" | "r" | "d" | "m" | "q" | "y" | "v" | "f") || first.starts_with('u') {
        return false;
    }
    let word = |at: usize| {
        view.token(at).is_some_and(|token| {
            let name = matches!(token.pos.as_str(), "nr" | "nrt" | "nrfg" | "nz" | "x");
            token.span.len() > 1 && !name
        })
    };
    end - start <= 4 && !(start..end).any(word)
}

/// Words of Latin letters that begin with capitals.
fn latin_behind(view: &View<'_>, title: &Title) -> Option<Name> {
    let start = title.end + usize::from(view.char(title.end) == ' ');
    if !view.char(start).is_ascii_uppercase() {
        return None;
    }
    let letter = |at: usize| {
        let c = view.char(at);
        let joint = matches!(c, ' ' | '.' | '-' | '·' | '\'') && view.char(at + 1).is_ascii_uppercase();
        c.is_ascii_alphabetic() || joint || (c == '.' && view.char(at + 1) == ' ')
    };
    let end = start + (start..start + LONGEST_LATIN).take_while(|at| letter(*at)).count();
    let small = view.chars[start..end].iter().any(char::is_ascii_lowercase);
    (end > start + 2 && small && !view.has_organisation(start, end)).then_some(Name { start, end })
}
