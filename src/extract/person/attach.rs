//! Which title a name bears, and in which organisation.

use rustc_hash::FxHashMap;

use crate::lexicon::{CueRole, TitleKind};
use crate::model::{OrganisationForm, OrganisationKind};

use super::evidence::{self, labelled};
use super::search::Name;
use super::table::{Columns, Entry};
use super::title::{OFFICES, Title, Titles};
use super::view::{View, ends_clause};

/// Longest stretch between 当选 and the office (当选新一届理事会副会长).
const LONGEST_GAP: usize = 14;

/// Kinds of title that stand before a name.
const BEFORE: &[TitleKind] =
    &[TitleKind::Association, TitleKind::Office, TitleKind::Post, TitleKind::Academic, TitleKind::Role];
/// Kinds of title that stand behind a name.
const BEHIND: &[TitleKind] = &[TitleKind::Association, TitleKind::Office, TitleKind::Post, TitleKind::Academic];

/// What is known of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Role {
    /// Where the title stands.
    pub title: Option<(usize, usize)>,
    /// Canonical name of the organisation.
    pub organisation: Option<String>,
    /// The title stands before the name, so that it holds for the rest of a list.
    spreads: bool,
    /// The title is taken (当选), so that it holds for the names before in a list.
    taken: bool,
    /// The office is one that associations have.
    association: bool,
}

/// Titles and organisations of `names`, in the same order.
pub(super) fn roles(
    view: &View<'_>,
    titles: &Titles,
    columns: &Columns,
    names: &[Name],
    publisher: Option<&str>,
) -> Vec<Role> {
    let attach = Attach { view, titles, columns, names, publisher };
    let mut roles: Vec<Role> = Vec::with_capacity(names.len());
    for at in 0..names.len() {
        let role = attach.role(at, roles.last());
        roles.push(role);
    }
    for at in (1..names.len()).rev() {
        if roles[at].taken && roles[at - 1].title.is_none() && attach.is_list(at) {
            roles[at - 1] = roles[at].clone();
        }
    }
    attach.recall(&mut roles);
    roles
}

struct Attach<'v, 't> {
    view: &'v View<'t>,
    titles: &'v Titles,
    columns: &'v Columns,
    names: &'v [Name],
    publisher: Option<&'v str>,
}

impl Attach<'_, '_> {
    fn role(&self, at: usize, last: Option<&Role>) -> Role {
        let name = self.names[at];
        if let Some(role) = self.in_brackets(name) {
            return role;
        }
        if let Some(role) = self.before(at, last) {
            return role;
        }
        if let Some(role) = self.in_row(name) {
            return role;
        }
        if let Some(role) = self.in_table(name) {
            return role;
        }
        if let Some(role) = self.behind(name) {
            return role;
        }
        if let Some(last) = last.filter(|last| last.spreads && self.is_list(at)) {
            return last.clone();
        }
        if let Some(role) = self.takes(name) {
            return role;
        }
        Role { organisation: self.organisation_of(name), ..Role::default() }
    }

    /// 会长 张三, 编辑:张三.
    fn before(&self, at: usize, last: Option<&Role>) -> Option<Role> {
        let name = self.names[at];
        let view = self.view;
        let blank = usize::from(view.before(name.start) == ' ');
        let edge = name.start - blank;
        if labelled(view, self.titles, name.start) {
            return Some(self.label(edge));
        }
        let title = self.titles.to(edge)?;
        if !title.kinds.has_any(BEFORE) {
            return None;
        }
        let held = |title: &Title| self.names[..at].last().is_some_and(|name| name.end == title.start);
        let start = self.titles.joined_start(view, title, held);
        let (organisation, association) = self.organisation_before(at, start, title, last);
        Some(Role { title: Some((start, title.end)), organisation, spreads: true, taken: false, association })
    }

    fn label(&self, edge: usize) -> Role {
        let view = self.view;
        let mut at = edge;
        while !matches!(view.before(at), ':' | '/' | '\n') {
            at -= 1;
        }
        let label = at.checked_sub(1).and_then(|colon| self.titles.to(colon));
        let contact = label.is_none_or(|label| label.kinds.has(TitleKind::Contact));
        let title = label.filter(|_| !contact).map(|label| (label.start, label.end));
        // contacts and authors are the publisher's; who heads a project or drafts a standard may be anyone's
        let organisation = self.publisher.filter(|_| contact).map(str::to_owned);
        Role { title, organisation, spreads: true, ..Role::default() }
    }

    fn in_table(&self, name: Name) -> Option<Role> {
        let Entry { title, organisation } = self.columns.entry(name.start)?;
        let organisation = organisation.and_then(|at| self.view.organisation(at)).map(|mention| mention.name.clone());
        Some(Role { title, organisation, ..Role::default() })
    }

    /// 主持人:张三(常务副会长): brackets behind a name that hold an office and, before it, whose it is.
    fn in_brackets(&self, name: Name) -> Option<Role> {
        const LONGEST: usize = 40;
        let view = self.view;
        let open = name.end;
        let titled = self.titles.to(name.start).is_some_and(|title| title.kinds.has_any(BEFORE));
        if view.char(open) != '(' || titled {
            return None;
        }
        let close = (open + 1..open + LONGEST).find(|&at| matches!(view.char(at), ')' | '\n'))?;
        let title = self.titles.to(close).filter(|title| title.kinds.has_any(BEHIND))?;
        let edge = title.start;
        let owner = view.organisation_to(edge).filter(|mention| mention.span.start() == open + 1);
        let lone = edge == open + 1;
        (lone || owner.is_some()).then(|| Role {
            title: Some((edge, close)),
            organisation: owner.map(|mention| mention.name.clone()).or_else(|| self.publisher.map(str::to_owned)),
            ..Role::default()
        })
    }

    /// 张三 甲大学 教授: a row of a table that lost its borders.
    fn in_row(&self, name: Name) -> Option<Role> {
        let view = self.view;
        if view.char(name.end) != ' ' {
            return None;
        }
        let mention = view.organisation(name.end + 1).filter(|mention| mention.span.start() == name.end + 1)?;
        let end = mention.span.end();
        let title = (view.char(end) == ' ').then(|| self.titles.from(end + 1)).flatten();
        let title = title.filter(|title| matches!(view.char(title.end), '\n' | ' '));
        Some(Role {
            title: title.map(|title| (title.start, title.end)),
            organisation: Some(mention.name.clone()),
            ..Role::default()
        })
    }

    /// 张三教授.
    fn behind(&self, name: Name) -> Option<Role> {
        let title = self.titles.from(name.end).filter(|title| title.kinds.has_any(BEHIND))?;
        let association = title.kinds.has(TitleKind::Association);
        let organisation = self.organisation_of(name);
        let organisation = organisation.or_else(|| association.then_some(self.publisher?.to_owned()));
        let second = (self.view.char(title.end) == '兼').then(|| self.titles.from(title.end + 1)).flatten();
        let end = second.filter(|second| second.kinds.has_any(OFFICES)).map_or(title.end, |second| second.end);
        Some(Role { title: Some((title.start, end)), organisation, association, ..Role::default() })
    }

    /// 张三当选理事长, 张三等3人任副秘书长, 聘任张三为秘书长.
    fn takes(&self, name: Name) -> Option<Role> {
        let view = self.view;
        let mut at = name.end;
        if view.char(at) == '等' {
            let counted = view.chars[at..].iter().take(6).position(|c| matches!(c, '人' | '位' | '名'))?;
            at += counted + 1;
        }
        let (length, _) = evidence::cue(view, at).filter(|(_, role)| *role == CueRole::Election)?;
        let from = at + length;
        let clause = (from..view.chars.len()).take(LONGEST_GAP).take_while(|at| !ends_clause(view.char(*at)));
        let title = self.titles.within(from, from + clause.count()).iter().find(|t| t.kinds.has_any(OFFICES))?;
        let organisation = view.organisation_to(title.start).map(|mention| mention.name.clone());
        let organisation = organisation.or_else(|| self.publisher.map(str::to_owned));
        Some(Role { title: Some((title.start, title.end)), organisation, taken: true, ..Role::default() })
    }

    /// The name stands behind the one before it in a list.
    fn is_list(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|at| self.names[at]) else { return false };
        let (end, start) = (before.end, self.names[at].start);
        start <= end + 2 && matches!(self.view.slice(end, start), "、" | "和" | "与" | "及" | "以及" | " ")
    }

    /// The organisation before a title, or the one that the title is meant in.
    fn organisation_before(
        &self,
        at: usize,
        start: usize,
        title: &Title,
        last: Option<&Role>,
    ) -> (Option<String>, bool) {
        let view = self.view;
        let association = title.kinds.has(TitleKind::Association);
        let edge = start - usize::from(matches!(view.before(start), '的' | ' '));
        let edge = term_of_office(view, edge);
        if let Some(mention) = view.organisation_to(edge) {
            let own = mention.form == OrganisationForm::Generic || is_association(mention.kind);
            return (Some(mention.name.clone()), association && own);
        }
        let before = at.checked_sub(1).map(|at| self.names[at].end);
        let beside = before.is_some_and(|end| end < start && matches!(view.slice(end, start), "、" | "," | "和"));
        if let Some(last) = last.filter(|last| beside && association && last.association) {
            return (last.organisation.clone(), true);
        }
        (association.then_some(self.publisher).flatten().map(str::to_owned), association)
    }

    /// 南屏钢铁的滕子骞.
    fn organisation_of(&self, name: Name) -> Option<String> {
        let edge = name.start - usize::from(matches!(self.view.before(name.start), '的' | ' '));
        self.view.organisation_to(edge).map(|mention| mention.name.clone())
    }

    /// A bare name belongs where it was said to belong before.
    fn recall(&self, roles: &mut [Role]) {
        let mut first: FxHashMap<&str, String> = FxHashMap::default();
        for (name, role) in self.names.iter().zip(roles) {
            let written = self.view.slice(name.start, name.end);
            match &role.organisation {
                Some(organisation) => drop(first.entry(written).or_insert_with(|| organisation.clone())),
                None if role.title.is_none() => role.organisation = first.get(written).cloned(),
                None => {}
            }
        }
    }
}

/// 第五届理事会理事长: the office is one of the organisation before the term.
fn term_of_office(view: &View<'_>, edge: usize) -> usize {
    const LONGEST_TERM: usize = 10;
    let nearest = edge.saturating_sub(LONGEST_TERM);
    let start = (nearest..edge).rev().take_while(|at| !ends_clause(view.char(*at))).find(|at| view.char(*at) == '第');
    start.filter(|start| view.chars[*start..edge].contains(&'届')).unwrap_or(edge)
}

fn is_association(kind: OrganisationKind) -> bool {
    use OrganisationKind as Kind;
    matches!(kind, Kind::Association | Kind::Society | Kind::Federation | Kind::Alliance | Kind::Branch)
}
