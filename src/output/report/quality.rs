//! How good the data is: what was rejected, repaired, or is not known.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Rejected;
use super::draft::{Draft, grouped};
use super::pool::shortened;

/// What the section shows.
#[derive(Debug, Serialize)]
pub(super) struct View {
    facts: Vec<Fact>,
    reasons: Vec<Reason>,
    rejected: Vec<[String; 3]>,
    copies: Vec<[String; 2]>,
    without_publisher: Vec<String>,
    without_period: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Fact {
    what: &'static str,
    value: String,
}

#[derive(Debug, Serialize)]
struct Reason {
    name: String,
    count: usize,
}

pub(super) fn view(draft: &mut Draft<'_>, rejected: &[Rejected<'_>]) -> View {
    let overview = &draft.collector.overview;
    let share = |part: u64| {
        let percent = part as f64 * 100.0 / overview.documents.max(1) as f64;
        format!("{} ({percent:.1} %)", grouped(part))
    };
    let listed = |counts: Vec<(String, u64)>| {
        let mut counts = counts;
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let named = counts.iter().take(8).map(|(name, count)| format!("{name} {}", grouped(*count)));
        named.collect::<Vec<_>>().join(" · ")
    };
    let owned = |counts: &BTreeMap<String, u64>| {
        counts.iter().map(|(name, count)| (if name.is_empty() { "–" } else { name }.to_owned(), *count)).collect()
    };
    let fact = |what, value| Fact { what, value };
    let facts = vec![
        fact("rejected", grouped(rejected.len() as u64)),
        fact("duplicates", grouped(overview.copies.seen())),
        fact("no_publisher", share(overview.without_publisher.seen())),
        fact("no_period", share(overview.without_period.seen())),
        fact("unplaced", grouped(draft.aggregates.tally.unplaced_characters)),
        fact("repaired_documents", share(overview.repaired)),
        fact("repairs", grouped(overview.repairs)),
        fact("formats", listed(overview.formats.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect())),
        fact("encodings", listed(owned(&overview.encodings))),
        fact(
            "scripts",
            listed(overview.scripts.iter().map(|(name, n)| (draft.words.label("script_", name), *n)).collect()),
        ),
    ];
    let mut by_reason: BTreeMap<&str, usize> = BTreeMap::new();
    rejected.iter().for_each(|one| *by_reason.entry(one.reason).or_default() += 1);
    let most = draft.caps.findings;
    let keys = |of: &[(u32, String)]| of.iter().take(most).map(|(_, key)| shortened(key, 120)).collect();
    let view = View {
        facts,
        reasons: by_reason
            .into_iter()
            .map(|(name, count)| Reason { name: draft.words.label("reason_", name), count })
            .collect(),
        rejected: rejected
            .iter()
            .take(most)
            .map(|one| [shortened(one.path, 120), draft.words.label("reason_", one.reason), shortened(one.detail, 240)])
            .collect(),
        copies: overview
            .copies
            .kept()
            .iter()
            .take(most)
            .map(|(_, key, original)| [shortened(key, 120), shortened(original, 120)])
            .collect(),
        without_publisher: keys(overview.without_publisher.kept()),
        without_period: keys(overview.without_period.kept()),
    };
    let seen = [
        ("omitted_rejected", view.rejected.len(), rejected.len()),
        ("omitted_copies", view.copies.len(), overview.copies.seen() as usize),
        (
            "omitted_unknown",
            view.without_publisher.len() + view.without_period.len(),
            (overview.without_publisher.seen() + overview.without_period.seen()) as usize,
        ),
    ];
    seen.into_iter().for_each(|(what, shown, all)| draft.omit(what, shown, all));
    view
}
