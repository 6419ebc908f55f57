//! What stands to the left and to the right of a place where a name may be.

use crate::lexicon::{CueRole, TitleKind, TitleKinds};

use super::title::Titles;
use super::view::{View, ends_clause, is_han};

/// Longest group between a label and the name (联系人:展务组 …).
const LONGEST_GROUP: usize = 10;

const BEFORE_NAMES: &[TitleKind] =
    &[TitleKind::Association, TitleKind::Office, TitleKind::Post, TitleKind::Academic, TitleKind::Role];
const BEHIND_NAMES: &[TitleKind] =
    &[TitleKind::Association, TitleKind::Office, TitleKind::Post, TitleKind::Academic, TitleKind::Address];
const LABELS: &[TitleKind] = &[TitleKind::Label, TitleKind::Contact];

/// Evidence of a title or label right beside a name.
pub(super) const TITLED: i32 = 5;

/// How strongly what stands before `at` announces a name.
pub(super) fn left(view: &View<'_>, titles: &Titles, at: usize) -> i32 {
    let mark = view.before(at);
    let blank = usize::from(mark == ' ');
    let edge = at - blank;
    let before = |kinds: TitleKinds| kinds.has_any(BEFORE_NAMES) || (blank == 1 && kinds.has_any(LABELS));
    if let Some(title) = titles.to(edge).filter(|title| before(title.kinds)) {
        // an office in an organisation that is named is somebody's
        return TITLED + i32::from(blank == 0 && view.named_organisation_to(title.start));
    }
    if labelled(view, titles, at) {
        return TITLED + 1;
    }
    if let Some(organisation) = of_organisation(view, at) {
        return organisation;
    }
    if mark == '、' {
        return 2;
    }
    let cue = cue_before(view, at);
    if cue > 0 {
        return cue;
    }
    let open = mark == '的' || !is_han(mark) && (ends_clause(mark) || matches!(mark, ' ' | '/'));
    if open { 1 } else { after_noun(view, at) }
}

/// A name right behind a single character that is no verb, preposition or particle begins before it (松|岳精机).
fn after_noun(view: &View<'_>, at: usize) -> i32 {
    let Some(token) = at.checked_sub(1).and_then(|at| view.token(at)) else { return 0 };
    let noun = matches!(token.pos.as_str().as_bytes()[0], b'n' | b'a' | b'j' | b'g' | b'z' | b'x' | b'q' | b'm' | b'v');
    if token.span.len() == 1 && noun { -2 } else { 0 }
}

/// 联系人:, 文/, and 联系人:展务组 before a blank.
pub(super) fn labelled(view: &View<'_>, titles: &Titles, at: usize) -> bool {
    let mark = view.before(at);
    if is_han(mark) {
        return false;
    }
    let label = |colon: usize| {
        let kinds = titles.to(colon).map(|title| title.kinds);
        kinds.is_some_and(|kinds| kinds.has_any(LABELS) || (view.char(colon) == ':' && kinds.has_any(BEFORE_NAMES)))
    };
    let blank = usize::from(mark == ' ');
    let edge = at - blank;
    if matches!(view.before(edge), ':' | '/') {
        return label(edge - 1);
    }
    if blank == 0 {
        return false;
    }
    let nearest = edge.saturating_sub(LONGEST_GROUP);
    let group = (nearest..edge).rev().take_while(|at| view.is_han(*at)).count();
    group > 0 && view.before(edge - group) == ':' && label(edge - group - 1)
}

/// 沅锐机床卞临舟, 南屏钢铁的滕子骞: whose person it is.
fn of_organisation(view: &View<'_>, at: usize) -> Option<i32> {
    let edge = at - usize::from(matches!(view.before(at), '的' | ' '));
    view.organisation_to(edge)?;
    Some(if view.named_organisation_to(edge) { 3 } else { 1 })
}

fn cue_before(view: &View<'_>, at: usize) -> i32 {
    let word = |length: usize, _: &CueRole| length > 1 || view.is_boundary(at - 1);
    match view.persons.before.longest_where(view.chars, at, word) {
        Some((_, CueRole::Before)) => 3,
        Some(_) => 1,
        None => 0,
    }
}

/// How strongly what stands behind `at` says that a name ends there.
pub(super) fn right(view: &View<'_>, titles: &Titles, at: usize) -> i32 {
    let mark = view.char(at);
    let title = titles.from(at).filter(|title| title.kinds.has_any(BEHIND_NAMES));
    // 实到理事75名: people are counted, none is named
    if title.is_some_and(|title| !view.char(title.end).is_ascii_digit()) {
        return TITLED;
    }
    if mark == '/' && titles.from(at + 1).is_some_and(|title| title.kinds.has(TitleKind::Contact)) {
        return TITLED;
    }
    if !is_han(mark) && (ends_clause(mark) || matches!(mark, '、' | ' ' | '/')) {
        return 2;
    }
    match cue(view, at) {
        Some((length, CueRole::Election)) if length > 1 || titles.from(at + 1).is_some() => 4,
        Some((_, CueRole::After | CueRole::Election)) => 3,
        // 的 follows any noun
        Some((_, CueRole::Particle)) if mark == '的' => 0,
        Some((_, CueRole::Particle)) if mark == '等' => 2,
        Some((_, CueRole::Particle)) => 1,
        Some((_, CueRole::NamedAfter)) => -9,
        _ => 0,
    }
}

/// The longest cue that begins at `at`; one of a single character must be a word.
pub(super) fn cue(view: &View<'_>, at: usize) -> Option<(usize, CueRole)> {
    let word = |length: usize, role: &CueRole| {
        length > 1 || view.is_boundary(at + 1) || *role == CueRole::Election || mark_behind(view, at + 1)
    };
    view.persons.after.longest_where(view.chars, at, word).map(|(length, role)| (length, *role))
}

fn mark_behind(view: &View<'_>, at: usize) -> bool {
    ends_clause(view.char(at))
}
