//! Chinese names of a text: candidates weighed from left to right, lists, names that stand elsewhere in the text.

use rustc_hash::FxHashSet;

use crate::lexicon::{PairSieve, Sign, SurnameStrength};

use super::candidate::{CERTAIN, Candidate, ENOUGH, LISTED, Weigh};
use super::evidence::{self, TITLED};
use super::table::Columns;
use super::title::Titles;
use super::view::{View, is_han};

/// A name where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub start: usize,
    pub end: usize,
}

/// Adds names that overlap none that is there. Both lists are in order.
pub(super) fn add(names: &mut Vec<Name>, mut more: Vec<Name>) {
    more.retain(|name| {
        let at = names.partition_point(|other| other.end <= name.start);
        names.get(at).is_none_or(|other| other.start >= name.end)
    });
    names.append(&mut more);
    names.sort_by_key(|name| name.start);
}

/// Adds names that are surer than those there: a name that overlaps one of them goes.
pub(super) fn take(names: &mut Vec<Name>, mut surer: Vec<Name>) {
    names.retain(|name| {
        let at = surer.partition_point(|other| other.end <= name.start);
        surer.get(at).is_none_or(|other| other.start >= name.end)
    });
    names.append(&mut surer);
    names.sort_by_key(|name| name.start);
}

/// Names that one place makes certain, as they are written.
#[derive(Debug, Default)]
pub(super) struct Known<'t> {
    names: FxHashSet<&'t str>,
    /// Their first two characters.
    begin: PairSieve,
}

impl<'t> Known<'t> {
    fn new(view: &View<'t>, certain: impl Iterator<Item = Candidate>) -> Self {
        let names: FxHashSet<&str> = certain.map(|c| view.slice(c.start, c.end)).collect();
        let mut begin = PairSieve::with_room_for(names.len());
        for name in &names {
            let mut chars = name.chars();
            if let Some((first, second)) = chars.next().zip(chars.next()) {
                begin.insert(first, second);
            }
        }
        Known { begin, names }
    }

    /// One of them may begin at `at`: most places are told apart by two characters.
    fn may_begin(&self, view: &View<'_>, at: usize) -> bool {
        self.begin.may_hold(view.char(at), view.char(at + 1))
    }

    /// One of them is written in `start..end`.
    pub fn holds(&self, view: &View<'_>, start: usize, end: usize) -> bool {
        !self.names.is_empty() && self.may_begin(view, start) && self.names.contains(view.slice(start, end))
    }
}

/// Names in order; none overlaps another.
pub(super) fn find(view: &View<'_>, titles: &Titles, columns: &Columns) -> Vec<Name> {
    let mut places = places(view, titles, columns);
    let first = pass(&Weigh { view, titles, columns, known: &Known::default() }, &mut places);
    let known = Known::new(view, first.iter().filter(|c| c.score >= CERTAIN).copied());
    let all =
        if known.names.is_empty() { first } else { pass(&Weigh { view, titles, columns, known: &known }, &mut places) };
    let mut found: Vec<Name> = all.into_iter().map(|c| Name { start: c.start, end: c.end }).collect();
    add_given_names(view, titles, &known, &mut found);
    found
}

/// Where a name may begin: at a surname.
pub(super) struct Place {
    pub at: usize,
    /// The longest surname that begins there: its characters and its strength.
    pub surname: (usize, SurnameStrength),
    /// Evidence before it, other names left out, once it was asked.
    left: Option<i32>,
    /// A name before it may say something for one here.
    listed: bool,
    /// The best candidate as it was weighed while no name was known, and the evidence before it then.
    weighed: Option<(i32, Option<Candidate>)>,
}

/// The places of a text, in order.
fn places(view: &View<'_>, titles: &Titles, columns: &Columns) -> Vec<Place> {
    let surnames = &view.persons.surnames;
    // about every sixth character may be a surname
    let mut places = Vec::with_capacity(view.chars.len() / 6 + 8);
    for at in view.places.all(Sign::Surname) {
        if !view.is_han(at) || !may_go_on(view, at) {
            continue;
        }
        let Some((length, strength)) = surnames.longest(view.chars, at) else { continue };
        let listed = may_be_listed(view, at);
        let left = view.organisation(at).is_none().then(|| left(view, titles, columns, at));
        // inside a word only strong evidence or a list makes a place
        if view.is_boundary(at) || listed || left.is_none_or(|left| left >= LISTED) {
            places.push(Place { at, surname: (length, *strength), left, listed, weighed: None });
        }
    }
    places
}

/// Evidence before a place, other names left out.
fn left(view: &View<'_>, titles: &Titles, columns: &Columns, at: usize) -> i32 {
    let left = evidence::left(view, titles, at);
    if columns.of_persons(at) { left.max(TITLED + 1) } else { left }
}

/// A name of a surname of one character needs a Chinese character behind it, or a blank before the next.
fn may_go_on(view: &View<'_>, at: usize) -> bool {
    let next = view.char(at + 1);
    is_han(next) || next == ' ' || view.persons.surnames.may_begin(view.chars, at)
}

fn pass(weigh: &Weigh<'_, '_>, places: &mut [Place]) -> Vec<Candidate> {
    let mut accepted: Vec<Candidate> = Vec::new();
    let mut open: Vec<Candidate> = Vec::new();
    let mut next = 0;
    while let Some(place) = places.get_mut(next) {
        next += 1;
        let Some(mut best) = at_place(weigh, accepted.last(), place) else { continue };
        if best.score < ENOUGH {
            open.push(best);
            continue;
        }
        let inside = places[next..].partition_point(|later| later.at < best.end);
        for later in &mut places[next..next + inside] {
            if let Some(other) = at_place(weigh, accepted.last(), later).filter(|c| c.score > best.score + 1) {
                best = other;
            }
        }
        next += places[next..].partition_point(|later| later.at < best.end);
        accepted.push(best);
    }
    add_listed(weigh.view, &open, &mut accepted);
    accepted
}

/// The best candidate at a place behind the name `last`. A place where no known name may stand says what it said before
/// any was known, unless the name before it is another.
fn at_place(weigh: &Weigh<'_, '_>, last: Option<&Candidate>, place: &mut Place) -> Option<Candidate> {
    let (view, at) = (weigh.view, place.at);
    // in the name of an organisation only known names stand
    if view.organisation(at).is_some() && !weigh.known.may_begin(view, at) {
        return None;
    }
    let left = *place.left.get_or_insert_with(|| left(view, weigh.titles, weigh.columns, at));
    let left = match last.filter(|_| place.listed) {
        Some(last) => left.max(listed(view, last.end, at)).max(item_of_list(view, last.end, at)),
        None => left,
    };
    if let Some((before, best)) = place.weighed
        && before == left
        && !weigh.known.may_begin(view, at)
    {
        return best;
    }
    let best = weigh.best(place, left);
    if weigh.known.names.is_empty() {
        place.weighed = Some((left, best));
    }
    best
}

/// A name before `at` may say something for one that begins there: see [`listed`] and [`item_of_list`].
fn may_be_listed(view: &View<'_>, at: usize) -> bool {
    matches!(view.before(at), '、' | '和' | '与' | '及' | ' ' | '的') || view.organisation_to(at).is_some()
}

/// What a name that ends at `end` says for one at `at`, over the mark of a list between them.
fn listed(view: &View<'_>, end: usize, at: usize) -> i32 {
    if at <= end || at - end > 2 {
        return 0;
    }
    match view.slice(end, at) {
        "、" => TITLED,
        "和" | "与" | "及" | "以及" => 4,
        " " => 3,
        _ => 0,
    }
}

/// 甲公司的张三、乙公司的李四: names in a list, each behind whose it is.
fn item_of_list(view: &View<'_>, end: usize, at: usize) -> i32 {
    const LONGEST: usize = 24;
    let edge = at - usize::from(view.before(at) == '的');
    let Some(mention) = view.organisation_to(edge) else {
        let plain = edge < at && edge > end && edge - end <= LONGEST && view.char(end) == '、';
        return if plain && view.all_han(end + 1, edge) { 3 } else { 0 };
    };
    if view.char(end) == '、' && mention.span.start() == end + 1 { TITLED } else { 0 }
}

/// 卞澄、欧阳恪当选: the first of a list is known by those behind it.
fn add_listed(view: &View<'_>, open: &[Candidate], accepted: &mut Vec<Candidate>) {
    let mut ends: FxHashSet<usize> = accepted.iter().map(|c| c.start).collect();
    let taken: Vec<Candidate> = accepted.clone();
    let free = |candidate: &Candidate| {
        let at = taken.partition_point(|other| other.end <= candidate.start);
        taken.get(at).is_none_or(|other| other.start >= candidate.end)
    };
    // an item of a list that has the length of a name needs less
    let item = |c: &Candidate| view.before(c.start) == '、' && view.char(c.end) == '、' && c.score >= LISTED - 3;
    for candidate in open.iter().rev().filter(|c| c.score >= LISTED || item(c)) {
        let next = candidate.end + 1;
        if matches!(view.char(candidate.end), '、' | '和' | '与' | '及') && ends.contains(&next) && free(candidate)
        {
            ends.insert(candidate.start);
            accepted.push(Candidate { score: ENOUGH, ..*candidate });
        }
    }
    accepted.sort_by_key(|c| c.start);
    accepted.dedup_by(|later, first| later.start < first.end);
}

/// 世明主席: the given name alone, before a title, of someone named in full.
fn add_given_names(view: &View<'_>, titles: &Titles, known: &Known<'_>, found: &mut Vec<Name>) {
    let given: FxHashSet<&str> = known.names.iter().filter_map(|name| given_of_three(name)).collect();
    let mut alone = Vec::new();
    for end in titles.all().iter().map(|title| title.start).filter(|end| *end > 2 && !given.is_empty()) {
        let at = end - 2;
        if !view.is_boundary(at) || !view.is_boundary(end) {
            continue;
        }
        let place = found.partition_point(|name| name.end <= at);
        let free = found.get(place).is_none_or(|name| name.start >= end);
        if free && !view.has_organisation(at, end) && given.contains(view.slice(at, end)) {
            alone.push(Name { start: at, end });
        }
    }
    found.append(&mut alone);
    found.sort_by_key(|name| name.start);
    found.dedup_by(|later, first| later.start < first.end);
}

fn given_of_three(name: &str) -> Option<&str> {
    let (second, _) = name.char_indices().nth(1)?;
    (name.chars().count() == 3).then(|| &name[second..])
}
