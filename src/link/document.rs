//! Which organisation a mention means, from the evidence of its own document.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::Organisations;
use crate::model::{Clean, Definition, OrganisationForm, OrganisationKind, OrganisationMention, Publisher};

use super::is_subsequence;

type Mention = OrganisationMention<Clean>;

/// Gives short names the full names that the document defines or explains.
pub fn resolve(mentions: &mut [Mention], definitions: &[Definition<Clean>], organisations: &Organisations) {
    let mut canonical: FxHashMap<String, (String, OrganisationKind)> = FxHashMap::default();
    for definition in definitions {
        if let Some(full) = mentions.iter().find(|m| m.span == definition.full && m.form != OrganisationForm::Generic) {
            canonical.entry(definition.short.clone()).or_insert((full.name.clone(), full.kind));
        }
    }
    let full_names = full_names(mentions);
    let mut asked = FxHashSet::default();
    for mention in mentions.iter().filter(|m| m.form != OrganisationForm::Generic) {
        let question = (mention.name.as_str(), mention.kind, mention.parent.is_none());
        if !asked.insert(question) || canonical.contains_key(&mention.name) {
            continue;
        }
        if let Some(body) = organisations.known_body(&mention.name) {
            canonical.insert(mention.name.clone(), (body.name.clone(), body.kind));
        } else if mention.parent.is_none()
            && let Some(full) = explained_by(mention, &full_names)
        {
            canonical.insert(mention.name.clone(), full);
        }
    }
    for mention in mentions.iter_mut().filter(|m| m.form != OrganisationForm::Generic) {
        if let Some((name, kind)) = canonical.get(&mention.name) {
            if *name != mention.name {
                mention.form = OrganisationForm::Alias;
            }
            (mention.name, mention.kind) = (name.clone(), *kind);
        } else if let Some(parent) = mention.parent.clone().or_else(|| leading_parent(mention, &canonical)) {
            let known = || organisations.known_body(&parent).map(|body| &body.name);
            let whole = canonical.get(&parent).map(|(name, _)| name).or_else(known).unwrap_or(&parent).clone();
            // a branch is named after the canonical name of its whole; what has a name of its own keeps it
            if matches!(mention.kind, OrganisationKind::Branch | OrganisationKind::Party) {
                let unit = mention.name.strip_prefix(parent.as_str()).unwrap_or(&mention.name);
                mention.name = format!("{whole}{}", unit_name(unit, mention.kind));
            }
            mention.parent = Some(whole);
        }
    }
}

/// A short name that the name of a branch begins with: 华机协 in 华机协信息统计部.
fn leading_parent(mention: &Mention, canonical: &FxHashMap<String, (String, OrganisationKind)>) -> Option<String> {
    if mention.kind != OrganisationKind::Branch {
        return None;
    }
    let begins = |short: &&String| mention.name.starts_with(short.as_str()) && mention.name.len() > short.len();
    canonical.keys().filter(begins).max_by_key(|short| short.len()).cloned()
}

/// A name in full.
struct FullName<'m> {
    name: &'m str,
    kind: OrganisationKind,
    characters: u64,
}

/// The characters of a name, each a bit: most names lack one of another's, and need no look at their order.
fn characters(name: &str) -> u64 {
    name.chars().fold(0, |all, c| all | 1 << (u32::from(c).wrapping_mul(0x9e37_79b1) >> 26))
}

/// Names in full, each once, in the order of the text.
fn full_names(mentions: &[Mention]) -> Vec<FullName<'_>> {
    let mut seen = FxHashSet::default();
    let full = mentions.iter().filter(|m| m.form == OrganisationForm::Full && m.parent.is_none());
    let full = full.map(|m| (m.name.as_str(), m.kind)).filter(|(name, _)| seen.insert(*name));
    full.map(|(name, kind)| FullName { name, kind, characters: characters(name) }).collect()
}

/// The one full name that a shorter name abbreviates; names between the two abbreviate it as well.
fn explained_by(mention: &Mention, full_names: &[FullName<'_>]) -> Option<(String, OrganisationKind)> {
    let own = characters(&mention.name);
    let whole = full_names.iter().filter(|full| own & !full.characters == 0);
    let found: Vec<_> = whole.filter(|full| abbreviates(mention, full.name, full.kind)).collect();
    let longest = found.iter().max_by_key(|full| full.name.len())?;
    let one = found.iter().all(|full| is_subsequence(full.name, longest.name));
    one.then(|| (longest.name.to_owned(), longest.kind))
}

fn abbreviates(mention: &Mention, full: &str, kind: OrganisationKind) -> bool {
    use OrganisationKind as Kind;
    let short = mention.name.as_str();
    let related = match (mention.kind, kind) {
        (a, b) if a == b => true,
        (Kind::Association | Kind::Society | Kind::Federation | Kind::Alliance, b) => {
            matches!(b, Kind::Association | Kind::Society | Kind::Federation | Kind::Alliance)
        }
        _ => false,
    };
    let shorter = related && short.len() < full.len();
    let fits = shorter
        && match kind {
            Kind::Company => !short.ends_with("有限公司"),
            Kind::Branch => false,
            // a unit begins with the whole name of what it is a part of; that is no short form of it
            _ => full.strip_prefix(short).is_none_or(|rest| rest.chars().count() <= 2),
        };
    fits && is_subsequence(short, full)
}

/// Lets bare nouns stand for the publisher, and gives branches without one their parent.
pub fn attach_publisher(mentions: &mut Vec<Mention>, publisher: Option<&Publisher>) {
    mentions.retain_mut(|mention| match (mention.form, publisher) {
        (OrganisationForm::Generic, None) => false,
        (OrganisationForm::Generic, Some(publisher)) => {
            let bare = mention.name.trim_start_matches(['本', '我']);
            let stands_for = bare == "会" || ends_alike(&publisher.name, bare);
            (mention.name, mention.kind) = (publisher.name.clone(), publisher.kind);
            stands_for
        }
        _ => true,
    });
    let Some(publisher) = publisher else { return };
    for mention in mentions.iter_mut() {
        if mention.kind == OrganisationKind::Branch && mention.parent.is_none() && mention.name != publisher.name {
            if let Some(unit) = unit_behind_abbreviation(&mention.name, &publisher.name) {
                mention.name = format!("{}{}", publisher.name, unit_name(unit, mention.kind));
            } else if !mention.name.starts_with(&publisher.name) {
                mention.name = format!("{}{}", publisher.name, unit_name(&mention.name, mention.kind));
            }
            mention.parent = Some(publisher.name.clone());
        }
    }
}

/// 华机协 + 信息统计部: the unit, where the name begins with a short form of the publisher's.
fn unit_behind_abbreviation<'n>(name: &'n str, publisher: &str) -> Option<&'n str> {
    let ends = name.char_indices().map(|(at, c)| (at + c.len_utf8(), c)).enumerate().take(7);
    let mut behind = None;
    for (at, (end, c)) in ends {
        let abbreviation = at >= 2 && matches!(c, '协' | '联' | '会' | '盟') && is_subsequence(&name[..end], publisher);
        if abbreviation && end < name.len() && !name.starts_with(publisher) {
            behind = Some(&name[end..]);
        }
    }
    behind
}

/// 协会 stands for 轴承行业协会; 联盟 for 产业联盟.
fn ends_alike(name: &str, noun: &str) -> bool {
    name.ends_with(noun)
}

/// The regular name of a unit: 专委会 is 专业委员会.
fn unit_name(unit: &str, kind: OrganisationKind) -> String {
    if kind != OrganisationKind::Branch {
        return unit.to_owned();
    }
    for (short, full) in [("专委会", "专业委员会"), ("工委会", "工作委员会"), ("工委", "工作委员会")]
    {
        if let Some(field) = unit.strip_suffix(short) {
            return format!("{field}{full}");
        }
    }
    unit.to_owned()
}
