//! Titles and labels of a text, extended by what belongs to them.
//!
//! `titles.csv` holds the heads (会长, president). Words before a head belong to the title (常务副, executive deputy), and
//! so does the field of a post (技术总监, technical director) or the department that an office repeats
//! (软件处处长, head of the software division), unless they are part of the organisation's name.

use crate::lexicon::{PrefixUse, Sign, SurnameStrength, TitleKind, TitleKinds};
use crate::model::OrganisationKind;

use super::view::View;

/// No title.
const NONE: u32 = u32::MAX;
/// Longest department between an organisation and the office in it.
const LONGEST_DEPARTMENT: usize = 12;
/// Words that may be put before a head.
const MOST_PREFIXES: usize = 4;
/// Kinds of title that one person holds several of (会长、党支部书记).
pub(super) const OFFICES: &[TitleKind] = &[TitleKind::Association, TitleKind::Office, TitleKind::Post];

/// A title where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Title {
    pub start: usize,
    pub end: usize,
    pub kinds: TitleKinds,
}

/// All titles of a text.
#[derive(Debug, Default)]
pub(super) struct Titles {
    all: Vec<Title>,
    /// For each place of the text, the index of the title that begins there.
    by_start: Vec<u32>,
    /// For each place of the text, the index of the title that ends there.
    by_end: Vec<u32>,
}

impl Titles {
    pub fn find(view: &View<'_>) -> Self {
        let nowhere = vec![NONE; view.chars.len() + 1];
        let mut titles = Titles { all: Vec::new(), by_start: nowhere.clone(), by_end: nowhere };
        let words = &view.persons.titles;
        let may =
            |at: usize, first: char| words.may_begin(view.chars, at) || (words.is_word(first) && is_label(view, at, 1));
        let mut next = 0;
        for at in view.places.all(Sign::Title) {
            if at < next || !may(at, view.char(at)) || view.organisation(at).is_some() {
                continue;
            }
            let found = words.longest_where(view.chars, at, |length, _| is_label(view, at, length));
            let Some((length, kinds)) = found else { continue };
            let title = Title { start: extend(view, at, *kinds), end: at + length, kinds: *kinds };
            if is_word(view, at, &title) {
                titles.push(title);
                next = at + length;
            }
        }
        titles
    }

    fn push(&mut self, title: Title) {
        self.by_start[title.start] = self.all.len() as u32;
        self.by_end[title.end] = self.all.len() as u32;
        self.all.push(title);
    }

    /// All of them, in order.
    pub fn all(&self) -> &[Title] {
        &self.all
    }

    /// The title that begins at `start`.
    pub fn from(&self, start: usize) -> Option<&Title> {
        self.all.get(*self.by_start.get(start)? as usize)
    }

    /// The title that ends at `end`.
    pub fn to(&self, end: usize) -> Option<&Title> {
        self.all.get(*self.by_end.get(end)? as usize)
    }

    /// Titles that begin in `start..end`, in order.
    pub fn within(&self, start: usize, end: usize) -> &[Title] {
        let from = self.all.partition_point(|title| title.start < start);
        let to = self.all.partition_point(|title| title.start < end);
        &self.all[from..to.max(from)]
    }

    /// Where the title begins once the offices before it that one person holds too are joined to it.
    ///
    /// `held` says that a title belongs to a name before it.
    pub fn joined_start(&self, view: &View<'_>, title: &Title, held: impl Fn(&Title) -> bool) -> usize {
        let mut start = title.start;
        let mut kinds = title.kinds;
        while kinds.has_any(OFFICES) {
            let other = if view.before(start) == '、' { self.to(start - 1) } else { self.joined_by_and(view, start) };
            let Some(other) = other.filter(|other| other.kinds.has_any(OFFICES) && !held(other)) else { break };
            (start, kinds) = (other.start, other.kinds);
        }
        start
    }

    /// 副主席兼专家委员会主任: an office, 兼 (concurrently), a body of the same organisation.
    fn joined_by_and(&self, view: &View<'_>, start: usize) -> Option<&Title> {
        let nearest = start.saturating_sub(LONGEST_DEPARTMENT);
        let mut at = start;
        while at > nearest && view.is_han(at - 1) {
            at -= 1;
            if view.char(at) == '兼' {
                return self.to(at);
            }
            if view.organisation(at).is_some_and(|mention| mention.kind != OrganisationKind::Branch) {
                return None;
            }
        }
        None
    }
}

/// A title ends with a word, and begins with one unless the word before is part of its own (协会会长, 大学教授).
/// What stands before it may make it certain even where the segmenter took its last character to the name behind.
fn is_word(view: &View<'_>, head: usize, title: &Title) -> bool {
    let repeats = view.before(head) == view.char(head);
    if !view.is_boundary(title.end) {
        return title.start < head || repeats || view.organisation_to(title.start).is_some();
    }
    let inside = title.start < head || view.token(title.end - 1).is_some_and(|token| token.span.start() < title.start);
    inside
        || repeats
        || behind_name(view, title)
        || view.is_boundary(title.start)
        || view.organisation_to(title.start).is_some()
}

/// 厉|文博会|长: a surname and a given name stand before it, whatever word their characters make with its first.
fn behind_name(view: &View<'_>, title: &Title) -> bool {
    (2..=3).filter_map(|length| title.start.checked_sub(length)).any(|start| {
        let surname = view.persons.surnames.longest(view.chars, start);
        let plain = surname.is_some_and(|(length, strength)| length == 1 && *strength == SurnameStrength::Plain);
        let word = view.token(title.start).is_some_and(|token| token.span.start() > start);
        plain && word && view.is_boundary(start)
    })
}

/// A label of one character (文, text) is one only beside its mark.
fn is_label(view: &View<'_>, at: usize, length: usize) -> bool {
    length > 1 || matches!(view.char(at + 1), '/' | ':') || view.before(at) == '/'
}

fn extend(view: &View<'_>, head: usize, kinds: TitleKinds) -> usize {
    let mut start = head;
    for _ in 0..MOST_PREFIXES {
        let end = start;
        let belongs = |length: usize, before: &PrefixUse| {
            let known = *before == PrefixUse::Any || kinds.has(TitleKind::Post) || view.before(end) == '区';
            known && (!view.has_organisation(end - length, end) || party_organ(view, end, length))
        };
        let Some((length, _)) = view.persons.before_titles.longest_where(view.chars, end, belongs) else { break };
        start -= length;
    }
    department(view, start, head, kinds).unwrap_or(start)
}

/// 科协党组成员: the organ of the party belongs to the title, not only to the organisation's name.
fn party_organ(view: &View<'_>, end: usize, length: usize) -> bool {
    let whole = view.organisation_to(end).is_some_and(|mention| mention.span.len() > length);
    whole && view.char(end - length) == '党'
}

/// What stands between an organisation and an office in it, where it belongs to the title.
fn department(view: &View<'_>, start: usize, head: usize, kinds: TitleKinds) -> Option<usize> {
    let nearest = start.saturating_sub(LONGEST_DEPARTMENT);
    let from =
        (nearest..start).rev().take_while(|at| view.is_han(*at)).find(|at| view.organisation(*at).is_some())? + 1;
    if from == start || !view.is_boundary(from) {
        return None;
    }
    let gap = view.chars.get(from..start)?;
    let repeats = gap.last() == view.chars.get(head)
        && matches!(gap.last(), Some('处' | '部' | '科' | '室' | '股' | '局' | '庭'));
    let plain = !gap.iter().any(|c| matches!(c, '的' | '第' | '届' | '和' | '与' | '及' | '由' | '是' | '在' | '为'));
    // 投诉部主任, 茶学系主任: the office is the head of what stands before it
    let heads = matches!(view.char(head), '主' | '经' | '负')
        && matches!(gap.last(), Some('部' | '科' | '系' | '室' | '站' | '组'));
    let unit = matches!(view.char(head), '系' | '室' | '办')
        || view.slice(head, head + 2.min(view.chars.len() - head)) == "中心";
    ((repeats || heads || unit || kinds.has(TitleKind::Post)) && plain).then_some(from)
}
