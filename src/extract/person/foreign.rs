//! Names written with characters that stand for sounds: with a point between their parts, or known as one word.

use crate::lexicon::{POINTS, Sign};
use crate::model::{PartsOfSpeech, Token};

use super::evidence;
use super::search::Name;
use super::title::Titles;
use super::view::View;

/// Longest part of a name.
const LONGEST_PART: usize = 8;

/// A point between the parts of a foreign name.
fn is_point(c: char) -> bool {
    POINTS.contains(&c)
}

/// Names with a point between their parts, in order.
pub(super) fn pointed(view: &View<'_>, titles: &Titles) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    let mut next = 0;
    for at in view.places.all(Sign::Point) {
        if at < next || !is_point(view.char(at)) {
            continue;
        }
        if let Some(name) = around_point(view, titles, at).filter(|name| !view.has_organisation(name.start, name.end)) {
            next = name.end;
            if found.last().is_none_or(|last| last.end <= name.start) {
                found.push(name);
            }
        }
    }
    found
}

/// Names that are one word, in order.
pub(super) fn words(view: &View<'_>, titles: &Titles) -> Vec<Name> {
    const PROPER: PartsOfSpeech = PartsOfSpeech::of(&["nr", "nrt", "nrfg"]);
    let long = view.tokens.iter().filter(|token| PROPER.contains(token.pos) && token.span.len() >= 3);
    let names = long.filter_map(|token| word(view, titles, token));
    names.filter(|name| !view.has_organisation(name.start, name.end)).collect()
}

/// 弗拉基米尔·普京, from the first of its points on.
fn around_point(view: &View<'_>, titles: &Titles, point: usize) -> Option<Name> {
    let left = (point.saturating_sub(LONGEST_PART)..point).rev().take_while(|at| is_sound(view, *at)).count();
    // the last character of a word before (青年|买买提·艾力) is none of the name
    let left = (1..=left).rev().find(|length| view.is_boundary(point - length)).unwrap_or(left);
    let (mut last, mut end) = (point, point);
    while is_point(view.char(end)) {
        let right = (end + 1..end + 1 + LONGEST_PART).take_while(|at| is_sound(view, *at)).count();
        if right == 0 {
            break;
        }
        (last, end) = (end, end + 1 + right);
    }
    // characters of sounds are also those of words (当选): the name ends where something follows that follows names
    let ends = |end: &usize| evidence::right(view, titles, *end) > 0;
    let end = (last + 2..=end).rev().find(ends).unwrap_or(end);
    (left > 0 && end > last + 1).then(|| Name { start: point - left, end })
}

/// 休斯敦队, 诺贝尔奖: what stands behind names of places and of things.
fn is_named_after(c: char) -> bool {
    "市州省国族语人队山河街湾海岛城县郡奖杯系型牌式区港".contains(c)
}

fn is_sound(view: &View<'_>, at: usize) -> bool {
    view.persons.transliteration.contains(view.char(at)) && view.organisation(at).is_none()
}

/// 总统克林顿, 克林顿访问…: a word that the dictionary takes for a name, all of it sounds, which is none of a place or a thing.
fn word(view: &View<'_>, titles: &Titles, token: &Token) -> Option<Name> {
    let (start, end) = (token.span.start(), token.span.end());
    if is_point(view.char(end))
        || !(start..end).all(|at| is_sound(view, at))
        || view.persons.not_names.longest(view.chars, start).is_some()
    {
        return None;
    }
    // the end of a longer name (莱茵|科斯特), or of a place or a thing
    const BEGUN: PartsOfSpeech = PartsOfSpeech::of(&["nr", "nrt", "nrfg", "ns", "nz"]);
    let before = start.checked_sub(1).and_then(|at| view.token(at));
    let goes_on = before.is_some_and(|before| before.span.end() == start && BEGUN.contains(before.pos));
    if goes_on || is_named_after(view.char(end)) {
        return None;
    }
    let (left, right) = (evidence::left(view, titles, start), evidence::right(view, titles, end));
    (left.min(right) >= 0).then_some(Name { start, end })
}
