//! Organisations: a section for each publisher with the most text, and a row for those named most beside them.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::measure::network::Tie;
use crate::measure::tally::OrganisationTally;

use super::draft::{Count, Draft};
use super::indicators::{self, Figures};
use super::pool::shortened;
use super::profile::{self, Shown};

/// What the section shows.
#[derive(Debug, Serialize)]
pub(super) struct View {
    publishers: Vec<Publisher>,
    others: Vec<Other>,
}

impl View {
    /// Names and latest figures of publishers, for comparisons.
    pub fn compared(&self) -> (Vec<String>, Vec<Vec<indicators::Latest>>) {
        self.publishers.iter().map(|one| (one.name.clone(), one.figures.latest.clone())).unzip()
    }
}

/// A publisher and all that is shown of it.
#[derive(Debug, Serialize)]
struct Publisher {
    id: usize,
    name: String,
    kind: String,
    parent: String,
    aliases: String,
    periods: String,
    mentions: Count,
    characters: u64,
    terms: profile::Terms,
    keyness: profile::Keyness,
    figures: Figures,
    partners: Vec<Partner>,
    documents: Vec<Document>,
    documents_in_all: u64,
}

#[derive(Debug, Serialize)]
struct Document {
    title: String,
    key: String,
    kind: String,
    period: String,
    published: String,
    characters: u64,
}

#[derive(Debug, Serialize)]
struct Partner {
    name: String,
    sentences: Count,
    documents: u64,
    events: u64,
    periods: String,
}

#[derive(Debug, Serialize)]
struct Other {
    name: String,
    kind: String,
    aliases: String,
    mentions: Count,
    documents: u64,
    periods: String,
    partners: String,
}

/// Ties by organisation, the closest first.
type Ties<'t> = FxHashMap<&'t str, Vec<(&'t str, Tie)>>;

pub(super) fn view(draft: &mut Draft<'_>) -> View {
    let tally = draft.aggregates.tally;
    let mut ties: Ties<'_> = FxHashMap::default();
    for (one, other, tie) in tally.ties() {
        ties.entry(one).or_default().push((other, tie));
        ties.entry(other).or_default().push((one, tie));
    }
    for of_one in ties.values_mut() {
        of_one.sort_by(|a, b| closeness(&b.1).cmp(&closeness(&a.1)).then(a.0.cmp(b.0)));
    }
    let names = draft.collector.publishers().names();
    let left_out = draft.collector.publishers().left_out();
    draft.omit("omitted_publishers", names.len(), names.len() + left_out);
    let shown = Shown::of(draft);
    let mut figures = indicators::by_organisation(draft, names);
    let mut publishers = Vec::new();
    for (id, name) in names.iter().enumerate() {
        let figures = figures.remove(name.as_str()).unwrap_or_default();
        publishers.push(publisher(draft, &shown, id, name, &ties, figures));
    }
    View { publishers, others: others(draft, &ties) }
}

fn closeness(tie: &Tie) -> u64 {
    u64::from(tie.sentences + tie.events)
}

fn publisher(
    draft: &mut Draft<'_>,
    shown: &Shown,
    id: usize,
    name: &str,
    ties: &Ties<'_>,
    figures: indicators::Told<'_>,
) -> Publisher {
    let tally = draft.aggregates.tally;
    let empty = OrganisationTally::default();
    let organisation = tally.organisations.get(name).unwrap_or(&empty);
    let mentions = draft.collector.mentions(name);
    let (listed, documents_in_all) = draft.collector.documents(id as u32);
    let documents = listed.iter().take(draft.caps.documents).map(|document| Document {
        title: shortened(if document.title.is_empty() { &document.key } else { &document.title }, 80),
        key: shortened(&document.key, 120),
        kind: draft.words.label("type_", document.report_type),
        period: document.period.clone(),
        published: document.published.clone(),
        characters: document.characters,
    });
    let documents: Vec<Document> = documents.collect();
    draft.omit("omitted_documents", documents.len(), documents_in_all as usize);
    let cells = tally.cells.get(name);
    Publisher {
        id,
        name: shortened(name, 60),
        kind: draft.words.label("kind_", crate::output::aggregate_rows::kind_of(organisation).as_str()),
        parent: crate::output::aggregate_rows::most(&organisation.parents)
            .map_or_else(String::new, |name| shortened(name, 60)),
        aliases: aliases(organisation),
        periods: span(organisation.periods),
        mentions: draft.count(organisation.mentions, mentions),
        characters: cells.map_or(0, |cells| cells.values().map(|cell| cell.characters).sum()),
        terms: profile::terms(draft, id, name),
        keyness: profile::keyness(draft, shown, id, name),
        figures: indicators::view(draft, id, figures),
        partners: partners(draft, name, ties),
        documents,
        documents_in_all,
    }
}

fn partners(draft: &mut Draft<'_>, name: &str, ties: &Ties<'_>) -> Vec<Partner> {
    let mut closest: Vec<(&str, Tie)> = ties.get(name).cloned().unwrap_or_default();
    draft.cut("omitted_partners", &mut closest, draft.caps.partners);
    let mut partners = Vec::new();
    for (partner, tie) in closest {
        let places = draft.collector.pair(name, partner);
        partners.push(Partner {
            name: shortened(partner, 60),
            sentences: draft.count(tie.sentences.into(), places),
            documents: tie.documents.into(),
            events: tie.events.into(),
            periods: span(tie.periods),
        });
    }
    partners
}

/// Organisations without a section of their own, those named most first.
fn others(draft: &mut Draft<'_>, ties: &Ties<'_>) -> Vec<Other> {
    let tally = draft.aggregates.tally;
    let own: BTreeMap<&str, ()> = draft.collector.publishers().names().iter().map(|name| (name.as_str(), ())).collect();
    let mut ranked: Vec<(&str, &OrganisationTally)> = tally
        .organisations
        .iter()
        .filter(|(name, organisation)| organisation.mentions > 0 && !own.contains_key(name))
        .collect();
    ranked.sort_by(|a, b| b.1.mentions.cmp(&a.1.mentions).then(a.0.cmp(b.0)));
    draft.cut("omitted_others", &mut ranked, draft.caps.others);
    let mut others = Vec::new();
    for (name, organisation) in ranked {
        let places = draft.collector.mentions(name);
        let closest = ties.get(name).into_iter().flatten().take(3).map(|(name, _)| shortened(name, 40));
        others.push(Other {
            name: shortened(name, 60),
            kind: draft.words.label("kind_", crate::output::aggregate_rows::kind_of(organisation).as_str()),
            aliases: aliases(organisation),
            mentions: draft.count(organisation.mentions, places),
            documents: organisation.documents,
            periods: span(organisation.periods),
            partners: closest.collect::<Vec<_>>().join("、"),
        });
    }
    others
}

fn aliases(organisation: &OrganisationTally) -> String {
    shortened(&organisation.aliases.keys().take(8).map(String::as_str).collect::<Vec<_>>().join("、"), 160)
}

/// First and last of two periods.
pub(super) fn span<P: ToString + PartialEq>(periods: Option<(P, P)>) -> String {
    match periods {
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{}–{}", first.to_string(), last.to_string()),
        None => String::new(),
    }
}
