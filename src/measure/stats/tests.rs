//! References were printed by SciPy 1.17.1 (`kendalltau(method="exact")`, `theilslopes`) and pymannkendall 1.4.3
//! (`original_test`: S and its variance), p-values of the normal approximation by Python's `math.erfc`; where a book or
//! paper gives the figure too, the case says so.

use proptest::prelude::*;

use super::*;

fn close(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-12 * expected.abs().max(1e-3)
}

/// A series of 1..=n with the wanted S: each place takes the rank that leaves the right number of inversions.
fn series(n: usize, s: usize) -> Vec<f64> {
    let mut inversions = (pairs(n) - s) / 2;
    let mut ranks: Vec<usize> = (1..=n).collect();
    let mut values = Vec::new();
    while !ranks.is_empty() {
        let at = inversions.min(ranks.len() - 1);
        inversions -= at;
        values.push(ranks.remove(at) as f64);
    }
    values
}

fn p(values: &[f64]) -> Option<f64> {
    mann_kendall(values).and_then(|test| test.p_value).map(|p| p.two_sided)
}

#[test]
fn sen_slope_is_the_median_of_pairwise_slopes() {
    let cases: [(&[f64], &[f64], Option<f64>); 9] = [
        // Sen (1968), worked example: unequal spacing, estimate 4.
        (&[1.0, 2.0, 3.0, 4.0, 10.0, 12.0, 18.0], &[9.0, 15.0, 19.0, 20.0, 45.0, 55.0, 78.0], Some(4.0)),
        // Several points at one time: `theilslopes`.
        (
            &[1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 5.0, 5.0],
            &[10.0, 22.0, 21.0, 30.0, 22.0, 30.0, 40.0, 40.0],
            Some(20.0 / 3.0),
        ),
        (
            &[1.0, 1.0, 2.0, 3.0, 3.0, 4.0, 5.0, 5.0],
            &[10.0, 22.0, 21.0, 30.0, 22.0, 30.0, 40.0, 40.0],
            Some(19.0 / 3.0),
        ),
        (&[2021.0, 2024.0], &[1.0, 7.0], Some(2.0)),
        (&[1.0, 2.0, 3.0], &[5.0, 5.0, 5.0], Some(0.0)),
        (&[1.0], &[1.0], None),
        (&[], &[], None),
        (&[1.0, 1.0], &[1.0, 2.0], None),
        (&[1.0, 2.0], &[1.0, f64::NAN], None),
    ];
    for (times, values, expected) in cases {
        match (sen_slope(times, values), expected) {
            (Some(found), Some(expected)) => assert!(close(found, expected), "{values:?}: {found}"),
            (found, expected) => assert_eq!(found, expected, "{values:?}"),
        }
    }
}

/// One-sided probabilities as the table of S prints them (Kendall, Rank Correlation Methods, appendix; reprinted as
/// Table A18 of Gilbert, Statistical Methods for Environmental Pollution Monitoring, 1987), and the
/// two-sided `kendalltau`.
#[test]
fn p_values_agree_with_the_tables_without_ties() {
    let cases = [
        (4, 4, Some(0.167), 0.333_333_333_333_333_3),
        (4, 6, Some(0.042), 0.083_333_333_333_333_33),
        (5, 4, Some(0.242), 0.483_333_333_333_333_34),
        (5, 6, Some(0.117), 0.233_333_333_333_333_34),
        (5, 8, Some(0.042), 0.083_333_333_333_333_33),
        (5, 10, Some(0.0083), 0.016_666_666_666_666_666),
        (6, 9, Some(0.068), 0.136_111_111_111_111_1),
        (6, 11, Some(0.028), 0.055_555_555_555_555_55),
        (6, 13, Some(0.0083), 0.016_666_666_666_666_666),
        (6, 15, Some(0.0014), 0.002_777_777_777_777_778),
        (7, 13, Some(0.035), 0.069_047_619_047_619_05),
        (7, 15, Some(0.015), 0.030_158_730_158_730_16),
        (7, 21, Some(0.0002), 0.000_396_825_396_825_396_8),
        (8, 16, Some(0.031), 0.061_011_904_761_904_76),
        (8, 20, Some(0.0071), 0.014_136_904_761_904_762),
        (9, 12, Some(0.130), 0.259_518_298_059_964_74),
        (9, 20, Some(0.022), 0.044_615_299_823_633_16),
        (10, 11, Some(0.190), 0.380_719_797_178_130_54),
        (10, 21, Some(0.036), 0.072_550_154_320_987_66),
        (10, 23, Some(0.023), 0.046_622_574_955_908_29),
        (10, 27, Some(0.0083), 0.016_666_115_520_282_188),
        (10, 45, None, 5.511_463_844_797_178e-7),
        (20, 50, None, 0.112_604_127_064_797_36),
        (20, 70, None, 0.023_734_495_644_951_79),
        (34, 101, None, 0.139_058_430_491_502_77),
        (34, 151, None, 0.025_364_579_130_512_578),
    ];
    for (n, s, printed, two_sided) in cases {
        let test = mann_kendall(&series(n, s)).unwrap();
        assert_eq!(test.s, s as i64);
        let found = test.p_value.unwrap();
        assert_eq!(found.method, Method::Exact);
        assert!(close(found.two_sided, two_sided), "n={n} S={s}: {}", found.two_sided);
        // The table gives three places, or two figures of a small probability.
        let within: f64 = if two_sided > 0.02 { 5.01e-4 } else { 5.01e-5 };
        assert!(printed.is_none_or(|one| (found.two_sided / 2.0 - one).abs() < within), "n={n} S={s}");
    }
}

/// Shares of all permutations, counted one by one with Python's `itertools.permutations`; tau-b by `kendalltau`.
#[test]
fn p_values_are_exact_with_ties() {
    let cases: [(&[f64], i64, f64, f64); 5] = [
        (&[1.0, 2.0, 2.0, 3.0], 5, 0.912_870_929_175_276_9, 4.0 / 24.0),
        (&[1.0, 1.0, 2.0, 3.0, 3.0], 8, 0.894_427_190_999_915_9, 8.0 / 120.0),
        (&[0.0, 0.0, 0.0, 1.0, 2.0], 7, 0.836_660_026_534_075_6, 12.0 / 120.0),
        (&[2.0, 1.0, 1.0, 4.0, 3.0, 4.0], 7, 0.501_280_411_827_603, 184.0 / 720.0),
        (&[0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 3.0], 18, 0.925_820_099_772_551_5, 16.0 / 5040.0),
    ];
    for (values, s, tau, two_sided) in cases {
        let test = mann_kendall(values).unwrap();
        assert_eq!(test.s, s);
        assert!(close(test.tau.unwrap(), tau), "{values:?}");
        assert!(close(test.p_value.unwrap().two_sided, two_sided), "{values:?}");
    }
}

#[test]
fn statistics_of_a_series_with_a_tie() {
    // J. Little, A Mann-Kendall example by hand (College of the Holy Cross): S = 54, Z = 2.9058; pymannkendall agrees.
    let test =
        mann_kendall(&[12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7]).unwrap();
    assert_eq!(test.s, 54);
    assert!(close(test.variance, 332.666_666_666_666_7));
    assert!(close(test.tau.unwrap(), 0.596_694_189_718_616_3));
    assert!(close((test.s - 1) as f64 / test.variance.sqrt(), 2.905_836_845_996_537));
    let normal = normal_p(test.s, test.variance);
    assert!(close(normal, 0.003_662_723_762_882_436), "{normal}");
}

#[test]
fn long_series_take_the_normal_approximation() {
    // S, variance, p.
    let tied: Vec<f64> = (0..40).map(|i| f64::from(i * 7 % 11 + i / 4)).collect();
    let untied: Vec<f64> = (0..40).map(|i| f64::from(i * 17 % 41)).collect();
    let cases = [
        (tied, 346, 7_313.333_333_333_333, 5.478_000_121_510_136e-5),
        (untied, 14, 7_366.666_666_666_667, 0.879_610_141_396_947_8),
    ];
    for (values, s, variance, two_sided) in cases {
        let test = mann_kendall(&values).unwrap();
        assert_eq!(test.s, s);
        assert!(close(test.variance, variance));
        let found = test.p_value.unwrap();
        assert_eq!(found.method, Method::Normal);
        assert!((found.two_sided / two_sided - 1.0).abs() < 1e-9, "{}", found.two_sided);
    }
}

#[test]
fn no_figure_where_there_is_none() {
    assert_eq!(mann_kendall(&[]), None);
    assert_eq!(mann_kendall(&[1.0]), None);
    assert_eq!(mann_kendall(&[1.0, f64::NAN, 2.0, 3.0]), None);
    let flat = mann_kendall(&[0.0; 12]).unwrap();
    assert_eq!((flat.s, flat.tau, flat.variance, flat.p_value), (0, None, 0.0, None));
    let short = mann_kendall(&[1.0, 2.0, 3.0]).unwrap();
    assert_eq!((short.s, short.tau, short.p_value), (3, Some(1.0), None));
    assert_eq!(mann_kendall(&vec![1.0; MAX_POINTS + 1]), None);
    assert_eq!(sen_slope(&vec![1.0; MAX_POINTS + 1], &vec![1.0; MAX_POINTS + 1]), None);
    // Far beyond the smallest number a float can hold.
    let rising: Vec<f64> = (0..MAX_POINTS).map(|i| i as f64).collect();
    assert!(p(&rising).is_some_and(|p| p > 0.0));
}

/// |S| of every order of `values` (Heap's algorithm).
fn all_orders(values: &mut Vec<f64>, k: usize, seen: &mut Vec<u64>) {
    if k <= 1 {
        return seen.push(kendall_s(values).unsigned_abs());
    }
    for at in 0..k {
        all_orders(values, k - 1, seen);
        values.swap(if k.is_multiple_of(2) { at } else { 0 }, k - 1);
    }
}

fn whole_numbers(sizes: std::ops::Range<usize>, values: std::ops::Range<i32>) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(values.prop_map(f64::from), sizes)
}

proptest! {
    #[test]
    fn p_is_the_share_of_orders_at_least_as_extreme(values in whole_numbers(4..8, 0..5)) {
        let mut seen = Vec::new();
        all_orders(&mut values.clone(), values.len(), &mut seen);
        let s = kendall_s(&values).unsigned_abs();
        let share = seen.iter().filter(|&&other| other >= s).count() as f64 / seen.len() as f64;
        match p(&values) {
            Some(p) => prop_assert!(close(p, share), "{p} {share}"),
            None => prop_assert!(values.iter().all(|v| *v == values[0])),
        }
    }

    #[test]
    fn reversing_negates_and_shifting_changes_nothing(values in whole_numbers(2..50, -9..9), shift in -99..99) {
        let times: Vec<f64> = (0..values.len()).map(|at| at as f64).collect();
        let test = mann_kendall(&values).unwrap();
        let slope = sen_slope(&times, &values).unwrap();

        let reversed: Vec<f64> = values.iter().rev().copied().collect();
        let back = mann_kendall(&reversed).unwrap();
        prop_assert_eq!((back.s, back.tau), (-test.s, test.tau.map(|tau| -tau)));
        prop_assert_eq!((back.variance, back.p_value), (test.variance, test.p_value));
        prop_assert_eq!(sen_slope(&times, &reversed).unwrap(), -slope);

        let shifted: Vec<f64> = values.iter().map(|v| v + f64::from(shift)).collect();
        prop_assert_eq!(mann_kendall(&shifted).unwrap(), test);
        prop_assert_eq!(sen_slope(&times, &shifted).unwrap(), slope);
    }

    #[test]
    fn figures_stay_in_their_bounds(values in prop::collection::vec(any::<f64>(), 0..60)) {
        let times: Vec<f64> = (0..values.len()).map(|at| at as f64).collect();
        let _ = sen_slope(&times, &values);
        let _ = sen_slope(&values, &times);
        if let Some(test) = mann_kendall(&values) {
            prop_assert!(test.tau.is_none_or(|tau| tau.abs() <= 1.0 + 1e-15));
            prop_assert!(test.p_value.is_none_or(|p| p.two_sided > 0.0 && p.two_sided <= 1.0));
        }
    }

    #[test]
    fn exact_and_normal_agree_in_the_middle_of_long_series(values in whole_numbers(20..35, 0..30)) {
        let test = mann_kendall(&values).unwrap();
        if let Some(exact) = test.p_value {
            prop_assert!((exact.two_sided - normal_p(test.s, test.variance)).abs() < 0.02);
        }
    }
}
