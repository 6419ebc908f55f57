//! The network of organisations: who is named with whom.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::measure::network::Tie;

use super::draft::{Count, Draft};
use super::figure::{self, Edge, Node};
use super::organisations::span;
use super::pool::shortened;

/// Steps of the layout: more move nothing that can be seen.
const STEPS: usize = 400;
/// Nearest that two names stand to each other, across and down; nodes without one tell theirs when pointed at.
const LABEL: (f64, f64) = (0.22, 0.045);

/// What the section shows.
#[derive(Debug, Serialize)]
pub(super) struct View {
    chart: Option<String>,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    one: String,
    other: String,
    sentences: Count,
    documents: u64,
    events: u64,
    periods: String,
}

pub(super) fn view(draft: &mut Draft<'_>) -> View {
    let all = draft.aggregates.tally.ties();
    let strength = |tie: &Tie| u64::from(tie.sentences + tie.events);
    let mut degrees: FxHashMap<&str, u64> = FxHashMap::default();
    for (one, other, tie) in &all {
        *degrees.entry(one).or_default() += strength(tie);
        *degrees.entry(other).or_default() += strength(tie);
    }
    let mut ranked: Vec<(&str, u64)> = degrees.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    draft.cut("omitted_nodes", &mut ranked, draft.caps.nodes);
    let numbers: FxHashMap<&str, usize> = ranked.iter().enumerate().map(|(at, (name, _))| (*name, at)).collect();
    let mut ties: Vec<(usize, usize, (&str, &str, Tie))> = Vec::new();
    for tie in &all {
        if let Some((a, b)) = numbers.get(tie.0).copied().zip(numbers.get(tie.1).copied()) {
            ties.push((a, b, *tie));
        }
    }
    ties.sort_by(|a, b| strength(&b.2.2).cmp(&strength(&a.2.2)).then((a.0, a.1).cmp(&(b.0, b.1))));
    let within = ties.len();
    ties.truncate(draft.caps.ties);
    draft.omit("omitted_ties", ties.len(), all.len().max(within));
    let mut rows = Vec::new();
    for (_, _, (one, other, tie)) in &ties {
        let places = draft.collector.pair(one, other);
        rows.push(Row {
            one: shortened(one, 60),
            other: shortened(other, 60),
            sentences: draft.count(tie.sentences.into(), places),
            documents: tie.documents.into(),
            events: tie.events.into(),
            periods: span(tie.periods),
        });
    }
    if ties.is_empty() {
        return View { chart: None, rows };
    }
    let most = ties.iter().map(|(_, _, (_, _, tie))| strength(tie)).max().unwrap_or(1).max(1) as f64;
    let edges: Vec<Edge> = ties
        .iter()
        .zip(&rows)
        .map(|((a, b, (_, _, tie)), row)| Edge {
            name: format!("{} — {}: {}", row.one, row.other, strength(tie)),
            ends: (*a, *b),
            weight: strength(tie) as f64 / most,
            leads: row.sentences.at.clone(),
        })
        .collect();
    let nodes = nodes(draft, &ranked, &edges);
    let kinds = [draft.words.get("publishes"), draft.words.get("named_only")];
    let figure = figure::network(&nodes, &edges, kinds);
    View { chart: Some(draft.draw("chart-network".to_owned(), figure)), rows }
}

fn nodes(draft: &mut Draft<'_>, ranked: &[(&str, u64)], edges: &[Edge]) -> Vec<Node> {
    let publishers: FxHashSet<&str> = draft.aggregates.tally.cells.keys().map(String::as_str).collect();
    let places = spread(ranked.len(), edges);
    let most = ranked.first().map_or(1, |(_, degree)| *degree).max(1) as f64;
    let mut nodes: Vec<Node> = Vec::new();
    for ((name, degree), at) in ranked.iter().zip(places) {
        let near = |node: &Node| (node.at.0 - at.0).abs() < LABEL.0 && (node.at.1 - at.1).abs() < LABEL.1;
        let labelled = !nodes.iter().any(|node| node.labelled && near(node));
        let leads = draft.leads(draft.collector.mentions(name));
        nodes.push(Node {
            name: shortened(name, 40),
            at,
            size: 9 + (22.0 * (*degree as f64 / most).sqrt()) as usize,
            publishes: publishers.contains(name),
            leads,
            labelled,
        });
    }
    nodes
}

/// Places between 0 and 1 for nodes, those with ties near each other.
///
/// T. Fruchterman and E. Reingold, Graph drawing by force-directed placement, Software: Practice and Experience 21 (1991),
/// 1129-1164, from a circle rather than from chance: the same network gives the same picture on every machine.
fn spread(nodes: usize, edges: &[Edge]) -> Vec<(f64, f64)> {
    let turn = std::f64::consts::TAU / nodes.max(1) as f64;
    let mut at: Vec<(f64, f64)> = (0..nodes)
        .map(|n| {
            // neighbours in rank begin apart
            let angle = turn * ((n * 7) % nodes.max(1)) as f64 + n as f64 * 1e-3;
            (libm::cos(angle), libm::sin(angle))
        })
        .collect();
    let ideal = 1.6 / (nodes.max(1) as f64).sqrt();
    for step in 0..STEPS {
        let heat = 0.12 * (1.0 - step as f64 / STEPS as f64);
        let mut push = vec![(0.0, 0.0); nodes];
        for a in 0..nodes {
            for b in 0..a {
                let (x, y) = (at[a].0 - at[b].0, at[a].1 - at[b].1);
                let square = x.mul_add(x, y * y).max(1e-6);
                let force = ideal * ideal / square;
                push[a] = (push[a].0 + x * force, push[a].1 + y * force);
                push[b] = (push[b].0 - x * force, push[b].1 - y * force);
            }
        }
        for edge in edges {
            let (a, b) = edge.ends;
            let (x, y) = (at[a].0 - at[b].0, at[a].1 - at[b].1);
            let force = x.mul_add(x, y * y).sqrt() / ideal * (0.12 + 0.4 * edge.weight);
            push[a] = (push[a].0 - x * force, push[a].1 - y * force);
            push[b] = (push[b].0 + x * force, push[b].1 + y * force);
        }
        for (place, push) in at.iter_mut().zip(push) {
            // towards the middle, so that what has no tie stays in the picture
            let (x, y) = (push.0 - place.0 * 0.3, push.1 - place.1 * 0.3);
            let length = x.mul_add(x, y * y).sqrt().max(1e-9);
            let moved = length.min(heat) / length;
            *place = (place.0 + x * moved, place.1 + y * moved);
        }
    }
    scaled(at)
}

/// Stretched to the square between 0 and 1, three decimals.
fn scaled(at: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let bounds = |of: fn(&(f64, f64)) -> f64| {
        let values = at.iter().map(of);
        (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max))
    };
    let (x, y) = (bounds(|place| place.0), bounds(|place| place.1));
    let place = |value: f64, (low, high): (f64, f64)| {
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        (share * 1e3).round() / 1e3
    };
    at.iter().map(|one| (place(one.0, x), place(one.1, y))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(a: usize, b: usize) -> Edge {
        Edge { name: String::new(), ends: (a, b), weight: 1.0, leads: String::new() }
    }

    #[test]
    fn tied_nodes_stand_nearer_than_others() {
        let edges = [edge(0, 1), edge(1, 2), edge(0, 2), edge(3, 4), edge(4, 5), edge(3, 5)];
        let at = spread(6, &edges);
        let far = |a: usize, b: usize| (at[a].0 - at[b].0).hypot(at[a].1 - at[b].1);
        assert!(far(0, 1) < far(0, 3) && far(4, 5) < far(1, 4), "{at:?}");
        assert!(at.iter().all(|(x, y)| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y)));
        assert_eq!(spread(1, &[]), [(0.5, 0.5)]);
        assert_eq!(spread(0, &[]), []);
    }
}
