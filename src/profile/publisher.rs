//! Who speaks or publishes.

use std::collections::BTreeMap;

use crate::model::{Clean, Definition, OrganisationForm, OrganisationKind, OrganisationMention, Publisher, Span};

/// Paragraphs at either end that hold letterheads and signatures.
const EDGE: usize = 4;

/// Weighs every organisation named: in the title, in a letterhead or a signature, defined as 协会 or 本会, by count.
pub(super) fn find(
    paragraphs: &[Span<Clean>],
    title: &[Span<Clean>],
    mentions: &[OrganisationMention<Clean>],
    definitions: &[Definition<Clean>],
) -> Option<Publisher> {
    let edges: Vec<Span<Clean>> =
        paragraphs.iter().take(EDGE).chain(paragraphs.iter().rev().take(EDGE)).copied().collect();
    let generics = mentions
        .iter()
        .filter(|m| m.form == OrganisationForm::Generic)
        .map(|m| m.name.trim_start_matches(['本', '我']));
    let mut nouns: BTreeMap<&str, usize> = BTreeMap::new();
    for noun in generics {
        *nouns.entry(noun).or_default() += 1;
    }
    let nouns: Vec<(&str, i64)> = nouns.into_iter().map(|(noun, count)| (noun, count as i64 * 4)).collect();
    let mut scores: BTreeMap<&str, (i64, OrganisationKind)> = BTreeMap::new();
    for mention in mentions.iter().filter(|m| m.form != OrganisationForm::Generic) {
        let mut score = 10;
        if title.iter().any(|t| t.contains(mention.span)) {
            score += 60;
        }
        if let Some(edge) = edges.iter().find(|e| e.contains(mention.span)) {
            // a line that holds little else is a letterhead or a signature
            score += if edge.len() <= mention.span.len() + 12 { 80 } else { 5 };
        }
        if definitions.iter().any(|d| d.full == mention.span && stands_for_speaker(&d.short)) {
            score += 100;
        }
        let name =
            mention.parent.as_deref().filter(|_| mention.kind == OrganisationKind::Branch).unwrap_or(&mention.name);
        let (score, kind) =
            if name == mention.name { (score, mention.kind) } else { (score / 2, OrganisationKind::Association) };
        let entry = scores.entry(name).or_insert((0, kind));
        entry.0 += score;
        if name == mention.name {
            entry.1 = mention.kind;
        }
    }
    let weigh = |name: &str, score: i64, kind: OrganisationKind| {
        let called = nouns.iter().filter(|(noun, _)| name.ends_with(noun)).map(|(_, weight)| weight).sum::<i64>();
        (score + called) * weight(kind)
    };
    let best =
        scores.iter().max_by_key(|(name, (score, kind))| (weigh(name, *score, *kind), std::cmp::Reverse(**name)));
    best.map(|(name, (_, kind))| Publisher { name: (*name).to_owned(), kind: *kind })
}

/// Reports come from associations and their like; a company or a ministry speaks only where no association does.
fn weight(kind: OrganisationKind) -> i64 {
    use OrganisationKind as Kind;
    match kind {
        Kind::Association | Kind::Society | Kind::Federation | Kind::Alliance => 10,
        Kind::Branch | Kind::Fund | Kind::Union => 3,
        _ => 1,
    }
}

fn stands_for_speaker(short: &str) -> bool {
    short.ends_with('会') && short.chars().count() <= 3 || matches!(short, "联盟" | "本联盟" | "联合体" | "联合会")
}
