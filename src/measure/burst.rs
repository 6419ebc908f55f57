//! Bursts: periods in which something is spoken of much more often than over all.

/// How much more often a burst speaks of something.
const SCALE: f64 = 2.0;
/// Cost of entering a burst, in units of the logarithm of the number of periods.
const GAMMA: f64 = 1.0;

/// Occurrences in a period, and the opportunities for them (characters).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Occurrences.
    pub count: u64,
    /// Opportunities; never fewer than occurrences.
    pub size: u64,
}

/// First and last period, as indices, of the weightiest burst; `None` where there is none.
///
/// The automaton of two states over batches: state 0 at the rate of all periods together, state 1 at twice that rate, and
/// a cost of ln n for entering state 1. The sequence of states is the cheapest; a tie stays in state 0. The weight of a
/// burst is what it saves.
///
/// J. Kleinberg, Bursty and hierarchical structure in streams, Data Mining and Knowledge Discovery 7 (2003), 373-397,
/// sections 2 and 4, with s = 2 and γ = 1.
pub fn burst(batches: &[Batch]) -> Option<(usize, usize)> {
    let costs = costs(batches)?;
    let states = cheapest(&costs, entering(batches.len()));
    let mut best: Option<(f64, (usize, usize))> = None;
    let mut at = 0;
    while at < states.len() {
        let length = states[at..].iter().take_while(|state| **state).count();
        if length > 0 {
            let weight: f64 = costs[at..at + length].iter().map(|[calm, burst]| calm - burst).sum();
            if best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, (at, at + length - 1)));
            }
        }
        at += length + 1;
    }
    best.map(|(_, burst)| burst)
}

fn entering(periods: usize) -> f64 {
    GAMMA * (periods as f64).ln()
}

/// What each period costs in either state: minus the logarithm of its probability, the binomial coefficient left out, which
/// is the same in both. `None` where nothing was counted or everything was.
fn costs(batches: &[Batch]) -> Option<Vec<[f64; 2]>> {
    let count = batches.iter().fold(0, |sum: u64, batch| sum.saturating_add(batch.count));
    let size = batches.iter().fold(0, |sum: u64, batch| sum.saturating_add(batch.size.max(batch.count)));
    if count == 0 || size <= count || batches.len() < 2 {
        return None;
    }
    let calm = count as f64 / size as f64;
    let rates = [calm, (calm * SCALE).min(0.999_99)];
    let cost = |batch: &Batch, rate: f64| {
        let misses = batch.size.saturating_sub(batch.count) as f64;
        -(batch.count as f64 * rate.ln() + misses * (-rate).ln_1p())
    };
    Some(batches.iter().map(|batch| rates.map(|rate| cost(batch, rate))).collect())
}

/// The cheapest sequence of states; it starts from state 0.
fn cheapest(costs: &[[f64; 2]], entering: f64) -> Vec<bool> {
    let mut from: Vec<[bool; 2]> = Vec::with_capacity(costs.len());
    let [mut calm, mut bursting] = [0.0, f64::INFINITY];
    for [cost_calm, cost_burst] in costs {
        let left = bursting < calm;
        let entered = calm + entering <= bursting;
        from.push([left, !entered]);
        (calm, bursting) = (
            cost_calm + if left { bursting } else { calm },
            cost_burst + if entered { calm + entering } else { bursting },
        );
    }
    let mut state = bursting < calm;
    let mut states = vec![false; costs.len()];
    for (at, [calm_from, burst_from]) in from.into_iter().enumerate().rev() {
        states[at] = state;
        state = if state { burst_from } else { calm_from };
    }
    states
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn batches(counts: &[u64], size: u64) -> Vec<Batch> {
        counts.iter().map(|&count| Batch { count, size }).collect()
    }

    fn cost_of(states: &[bool], costs: &[[f64; 2]], entering: f64) -> f64 {
        let mut before = false;
        let mut sum = 0.0;
        for (state, cost) in states.iter().zip(costs) {
            sum += cost[usize::from(*state)] + if *state && !before { entering } else { 0.0 };
            before = *state;
        }
        sum
    }

    #[test]
    fn bursts_of_series() {
        type Case<'c> = (&'c [u64], u64, Option<(usize, usize)>);
        let cases: [Case<'_>; 7] = [
            (&[1, 1, 1, 20, 22, 1, 1], 1000, Some((3, 4))),
            (&[5, 5, 5, 5], 1000, None),
            (&[0, 0, 0, 30], 1000, Some((3, 3))),
            (&[20, 1, 1, 1, 60, 1], 1000, Some((4, 4))),
            (&[0, 0], 1000, None),
            (&[9], 1000, None),
            (&[3, 3], 3, None),
        ];
        for (counts, size, expected) in cases {
            assert_eq!(burst(&batches(counts, size)), expected, "{counts:?}");
        }
    }

    /// By hand from Kleinberg (2003), section 4: batches of 10, 1 1 8 1 of them, p0 = 11/40, p1 = 22/40. The third costs
    /// -(8 ln 0.275 + 2 ln 0.725) = 10.971 in state 0 and -(8 ln 0.55 + 2 ln 0.45) = 6.380 in state 1; entering costs
    /// ln 4 = 1.386.
    #[test]
    fn costs_are_those_of_the_paper() {
        let costs = costs(&batches(&[1, 1, 8, 1], 10)).unwrap();
        assert_eq!(format!("{:.3} {:.3} {:.3}", costs[2][0], costs[2][1], entering(4)), "10.971 6.380 1.386");
        assert_eq!(burst(&batches(&[1, 1, 8, 1], 10)), Some((2, 2)));
    }

    /// `fit` and `tau` of the Python package burst_detection 0.1.3 with s = 2 and γ = 1, the cheapest of all sequences of
    /// states, and the weight that each of its bursts saves.
    #[test]
    fn weights_of_burst_detection() {
        type Case<'c> = (&'c [u64], &'c [u64], f64, &'c [(usize, usize, f64)]);
        let cases: [Case<'_>; 3] = [
            (&[1, 1, 8, 1], &[10; 4], 1.386_294_36, &[(2, 2, 4.591_329_30)]),
            (
                &[3, 5, 40, 33, 4, 2, 30, 6],
                &[1000, 1200, 900, 1100, 1000, 950, 1500, 1010],
                2.079_441_54,
                &[(2, 3, 22.633_823_6)],
            ),
            (
                &[12, 9, 14, 20, 55, 61, 18, 9, 7, 70, 11],
                &[4000; 11],
                2.397_895_27,
                &[(4, 5, 28.654_319_1), (9, 9, 22.723_694_0)],
            ),
        ];
        let close =
            |found: f64, expected: f64| assert!((found / expected - 1.0).abs() < 5e-5, "{found}, not {expected}");
        for (counts, sizes, transition, bursts) in cases {
            let batches: Vec<Batch> = counts.iter().zip(sizes).map(|(&count, &size)| Batch { count, size }).collect();
            close(entering(batches.len()), transition);
            let costs = costs(&batches).unwrap();
            let states = cheapest(&costs, entering(batches.len()));
            for (at, state) in states.iter().enumerate() {
                assert_eq!(*state, bursts.iter().any(|(from, to, _)| (*from..=*to).contains(&at)), "{counts:?}: {at}");
            }
            for &(from, to, weight) in bursts {
                close(costs[from..=to].iter().map(|[calm, burst]| calm - burst).sum(), weight);
            }
            assert_eq!(burst(&batches), Some((bursts[0].0, bursts[0].1)));
        }
    }

    proptest! {
        /// The definition: no sequence of states is cheaper than the one found.
        #[test]
        fn no_sequence_is_cheaper(counts in prop::collection::vec(0..40_u64, 2..9)) {
            let batches = batches(&counts, 50);
            if let Some(costs) = costs(&batches) {
                let entering = entering(batches.len());
                let found = cost_of(&cheapest(&costs, entering), &costs, entering);
                for bits in 0..1_u32 << batches.len() {
                    let states: Vec<bool> = (0..batches.len()).map(|at| bits >> at & 1 == 1).collect();
                    prop_assert!(found <= cost_of(&states, &costs, entering) + 1e-9);
                }
            }
            if let Some((from, to)) = burst(&batches) {
                prop_assert!(from <= to && to < batches.len());
            }
        }
    }
}
