//! What a text is about: TF-IDF of its words, TextRank of its terms.

use std::collections::BTreeMap;

/// Share of the weight that flows along the edges of a graph.
const DAMPING: f64 = 0.85;
/// Rounds after which ranks are taken as they are.
const ROUNDS: usize = 200;
/// Sum of the changes below which ranks stand still.
const STILL: f64 = 1e-10;

/// TF-IDF: how often a word stands in one text, weighed by how few of the `texts` hold it.
///
/// The weight is ln((1 + texts) / (1 + texts with it)) + 1, so that a word of every text still counts: K. Spärck Jones, A
/// statistical interpretation of term specificity (1972), smoothed as in scikit-learn's `TfidfTransformer`.
pub fn tf_idf(count: u64, texts: u64, texts_with_it: u64) -> f64 {
    count as f64 * (((1 + texts) as f64 / (1 + texts_with_it) as f64).ln() + 1.0)
}

/// TextRank of the nodes of an undirected weighted graph, by node; the ranks sum to one.
///
/// R. Mihalcea and P. Tarau, TextRank: bringing order into texts, EMNLP 2004, 404-411, with edges weighed by how often
/// two nodes stand together.
pub fn text_rank(edges: &BTreeMap<(u32, u32), u64>) -> BTreeMap<u32, f64> {
    let mut nodes: Vec<u32> = edges.keys().flat_map(|(a, b)| [*a, *b]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let place = |node: u32| nodes.binary_search(&node).unwrap_or_default();
    let edges: Vec<(usize, usize, f64)> = edges
        .iter()
        .filter(|((a, b), weight)| a != b && **weight > 0)
        .map(|((a, b), w)| (place(*a), place(*b), *w as f64))
        .collect();
    let mut strength = vec![0.0; nodes.len()];
    for (a, b, weight) in &edges {
        strength[*a] += weight;
        strength[*b] += weight;
    }
    let share = 1.0 / nodes.len().max(1) as f64;
    let mut ranks = vec![share; nodes.len()];
    for _ in 0..ROUNDS {
        let idle: f64 =
            ranks.iter().zip(&strength).filter(|(_, strength)| **strength <= 0.0).map(|(rank, _)| rank).sum();
        let mut next = vec![(1.0 - DAMPING) * share + DAMPING * idle * share; nodes.len()];
        for (a, b, weight) in &edges {
            next[*b] += DAMPING * ranks[*a] * weight / strength[*a];
            next[*a] += DAMPING * ranks[*b] * weight / strength[*b];
        }
        let change: f64 = ranks.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
        ranks = next;
        if change < STILL {
            break;
        }
    }
    nodes.into_iter().zip(ranks).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// networkx 3.6 `pagerank(G, alpha=0.85, tol=1e-12)` of the same weighted graph.
    #[test]
    fn ranks_of_networkx() {
        let edges = BTreeMap::from([((0, 1), 3), ((0, 2), 1), ((1, 2), 2), ((2, 3), 4), ((3, 4), 1)]);
        let ranks = |edges| text_rank(edges).values().map(|rank| format!("{rank:.6}")).collect::<Vec<_>>();
        assert_eq!(ranks(&edges), ["0.176667", "0.215822", "0.301397", "0.235994", "0.070119"]);
        // in three parts, one of them a node that stands with none but itself
        let parts = BTreeMap::from([((0, 1), 3), ((1, 2), 2), ((3, 4), 7), ((5, 5), 2)]);
        assert_eq!(ranks(&parts), ["0.173655", "0.283390", "0.125479", "0.194175", "0.194175", "0.029126"]);
    }

    /// scikit-learn 1.9 `TfidfTransformer(norm=None, smooth_idf=True)` on the example of its user guide: six texts, the
    /// second word in one of them, the third in two.
    #[test]
    fn weights_of_scikit_learn() {
        for (count, with_it, expected) in [(3, 6, "3.0000"), (1, 2, "1.8473"), (2, 1, "4.5055"), (2, 2, "3.6946")] {
            assert_eq!(format!("{:.4}", tf_idf(count, 6, with_it)), expected);
        }
        assert_eq!(format!("{:.4}", tf_idf(9, 24, 5)), "21.8440");
    }

    proptest! {
        #[test]
        fn ranks_sum_to_one(edges in prop::collection::btree_map((0..12_u32, 0..12_u32), 0..9_u64, 0..30)) {
            let ranks = text_rank(&edges);
            let sum: f64 = ranks.values().sum();
            prop_assert!(ranks.is_empty() || (sum - 1.0).abs() < 1e-6, "{}", sum);
        }
    }
}
