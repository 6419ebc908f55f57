//! Names written with characters that stand for sounds: with a point between their parts, or known as one word.

use super::evidence::{self, TITLED};
use super::search::Name;
use super::title::Titles;
use super::view::View;

/// Points between the parts of a foreign name.
const POINTS: [char; 5] = ['·', '•', '・', '‧', '．'];
/// Longest part of a name.
const LONGEST_PART: usize = 8;

/// Names with a point between their parts, in order.
pub(super) fn pointed(view: &View<'_>, titles: &Titles) -> Vec<Name> {
    collect(view, |at| if POINTS.contains(&view.char(at)) { around_point(view, titles, at) } else { None })
}

/// Names that are one word, in order.
pub(super) fn words(view: &View<'_>, titles: &Titles) -> Vec<Name> {
    collect(view, |at| word(view, titles, at))
}

fn collect(view: &View<'_>, name_at: impl Fn(usize) -> Option<Name>) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    let mut at = 0;
    while at < view.chars.len() {
        match name_at(at).filter(|name| !view.has_organisation(name.start, name.end)) {
            Some(name) => {
                at = name.end.max(at + 1);
                if found.last().is_none_or(|last| last.end <= name.start) {
                    found.push(name);
                }
            }
            None => at += 1,
        }
    }
    found
}

/// 弗拉基米尔·普京, from the first of its points on.
fn around_point(view: &View<'_>, titles: &Titles, point: usize) -> Option<Name> {
    let left = (point.saturating_sub(LONGEST_PART)..point).rev().take_while(|at| is_sound(view, *at)).count();
    let (mut last, mut end) = (point, point);
    while POINTS.contains(&view.char(end)) {
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

fn is_sound(view: &View<'_>, at: usize) -> bool {
    view.persons.transliteration.contains(view.char(at)) && view.organisation(at).is_none()
}

/// 总统克林顿: a name that the segmenter knows, all of it sounds, where a person is spoken of.
fn word(view: &View<'_>, titles: &Titles, at: usize) -> Option<Name> {
    let token = view.token_from(at)?;
    let end = token.span.end();
    let sounds = token.span.len() >= 3 && (at..end).all(|at| is_sound(view, at));
    if view.persons.not_names.longest(view.chars, at).is_some() {
        return None;
    }
    if !sounds || POINTS.contains(&view.char(end)) || !token.pos.as_str().starts_with("nr") {
        return None;
    }
    let (left, right) = (evidence::left(view, titles, at), evidence::right(view, titles, end));
    (left.max(right) >= 3 && left + right >= 4 || left >= TITLED).then_some(Name { start: at, end })
}
