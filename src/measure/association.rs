//! How much more often something occurs here than elsewhere, or together than by chance.

use libm::erfc;

/// Smallest expected count at which the χ² distribution is trusted with a p-value.
///
/// W. G. Cochran, Some methods for strengthening the common χ² tests, Biometrics 10 (1954), 417-451.
const LEAST_EXPECTED: f64 = 5.0;

/// 97.5 % point of the standard normal distribution: intervals cover 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// What was counted in a part of a corpus and in the rest of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Occurrences in the part.
    pub count: u64,
    /// Words of the part.
    pub size: u64,
    /// Occurrences in the rest.
    pub count_rest: u64,
    /// Words of the rest.
    pub size_rest: u64,
}

/// Binary logarithm of the ratio of two rates, with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogRatio {
    /// Doublings: 1 is twice as often, -1 half as often.
    pub value: f64,
    /// Ends of the 95 % interval; `None` where one of the counts is zero.
    pub interval: Option<(f64, f64)>,
}

impl Comparison {
    /// Log-likelihood ratio G² of the 2×2 table; 0 where the rates are equal or a side is empty.
    ///
    /// T. Dunning, Accurate methods for the statistics of surprise and coincidence, Computational Linguistics 19 (1993),
    /// 61-74. All four cells count, as in `textstat_keyness(measure = "lr")` of quanteda.
    ///
    /// ```
    /// use wenmai::measure::association::Comparison;
    /// let told = Comparison { count: 52, size: 1000, count_rest: 31, size_rest: 2000 };
    /// assert_eq!(format!("{:.3}", told.log_likelihood()), "30.621");
    /// ```
    pub fn log_likelihood(&self) -> f64 {
        let [a, b] = [self.count as f64, self.count_rest as f64];
        let [n, m] = [self.size as f64, self.size_rest as f64];
        let [c, d] = [(n - a).max(0.0), (m - b).max(0.0)];
        let (total, hits) = (n + m, a + b);
        if n <= 0.0 || m <= 0.0 {
            return 0.0;
        }
        let cell = |observed: f64, row: f64, column: f64| match observed > 0.0 {
            true => observed * (observed * total / (row * column)).ln(),
            false => 0.0,
        };
        let misses = total - hits;
        let sum = cell(a, n, hits) + cell(b, m, hits) + cell(c, n, misses) + cell(d, m, misses);
        (2.0 * sum).max(0.0)
    }

    /// Two-sided p-value of G² by the χ² distribution with one degree of freedom; `None` where an expected count is under
    /// five, at which it can't be trusted.
    pub fn p_value(&self) -> Option<f64> {
        let total = (self.size + self.size_rest) as f64;
        let hits = (self.count + self.count_rest) as f64;
        let least = self.size.min(self.size_rest) as f64 * hits.min(total - hits) / total;
        (total > 0.0 && least >= LEAST_EXPECTED)
            .then(|| erfc((self.log_likelihood() / 2.0).sqrt()).clamp(f64::MIN_POSITIVE, 1.0))
    }

    /// Log ratio of the two rates. Where one count is zero, half an occurrence is added to both.
    ///
    /// A. Hardie, Log Ratio: an informal introduction (2014); the interval is that of the ratio of two proportions,
    /// D. Katz and others, Obtaining confidence intervals for the risk ratio in cohort studies, Biometrics 34 (1978),
    /// 469-474. `None` where a side is empty or nothing was counted.
    pub fn log_ratio(&self) -> Option<LogRatio> {
        let [n, m] = [self.size as f64, self.size_rest as f64];
        if n <= 0.0 || m <= 0.0 || self.count + self.count_rest == 0 {
            return None;
        }
        let half = if self.count == 0 || self.count_rest == 0 { 0.5 } else { 0.0 };
        let [a, b] = [self.count as f64 + half, self.count_rest as f64 + half];
        let value = ((a / n) / (b / m)).log2();
        let error = (1.0 / a - 1.0 / n + 1.0 / b - 1.0 / m).max(0.0).sqrt() * std::f64::consts::LOG2_E;
        let interval = (half == 0.0).then(|| (Z.mul_add(-error, value), Z.mul_add(error, value)));
        Some(LogRatio { value, interval })
    }
}

/// p-values corrected for their number, in the order given: the false discovery rate at which each would be reported.
/// Where there is no p-value there is none corrected, and it doesn't count.
///
/// Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, JRSS B 57 (1995), 289-300.
pub fn benjamini_hochberg(p_values: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut ranked: Vec<(usize, f64)> = p_values.iter().enumerate().filter_map(|(at, p)| Some((at, (*p)?))).collect();
    ranked.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let tests = ranked.len() as f64;
    let mut corrected = vec![None; p_values.len()];
    let mut least = 1.0_f64;
    for (rank, (at, p)) in ranked.into_iter().enumerate().rev() {
        // rounding must not make it smaller than what it corrects
        least = least.min((p * tests / (rank + 1) as f64).max(p));
        corrected[at] = Some(least);
    }
    corrected
}

/// logDice of two things that occur `x` and `y` times, `joint` times together: 14 where they always do, one less for each
/// halving, whatever the size of the corpus. `None` where they never do.
///
/// P. Rychlý, A lexicographer-friendly association score, RASLAN 2008, 6-9.
pub fn log_dice(joint: u64, x: u64, y: u64) -> Option<f64> {
    (joint > 0 && x + y > 0).then(|| 14.0 + (2.0 * joint as f64 / (x as f64 + y as f64)).log2())
}

/// Mutual information of what was observed and what was expected, in bits; `None` where one of them is nothing.
///
/// K. W. Church and P. Hanks, Word association norms, mutual information, and lexicography, Computational Linguistics 16
/// (1990), 22-29.
pub fn mutual_information(observed: u64, expected: f64) -> Option<f64> {
    (observed > 0 && expected > 0.0).then(|| (observed as f64 / expected).log2())
}

/// t-score of what was observed against what was expected; `None` where nothing was observed.
///
/// K. Church, W. Gale, P. Hanks and D. Hindle, Using statistics in lexical analysis (1991).
pub fn t_score(observed: u64, expected: f64) -> Option<f64> {
    let observed = observed as f64;
    (observed > 0.0).then(|| (observed - expected) / observed.sqrt())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() <= expected.abs() * 5e-5, "{found} is not {expected} to four figures");
    }

    /// scipy 1.17 `chi2_contingency(table, correction=False, lambda_="log-likelihood")` and
    /// `stats.contingency.relative_risk(a, n, b, m).confidence_interval(0.95)`, as binary logarithms.
    #[test]
    fn figures_of_scipy() {
        let cases = [
            ((52, 1000, 31, 2000), 30.620_848, Some(3.137_047e-8), 1.746_243, Some((1.114_037, 2.378_450))),
            ((10, 5000, 100, 95_000), 3.157_632, Some(0.075_572_73), 0.925_999_4, Some((-0.010_921_6, 1.862_920))),
            ((120, 10_000, 480, 90_000), 53.686_746, Some(2.351_443e-13), 1.169_925, Some((0.882_874_5, 1.456_976))),
            // an expected count of one half: no p-value; none in the rest: no interval
            ((3, 1000, 0, 5000), 10.758_066, None, (7.0_f64 * 5.0).log2(), None),
        ];
        for ((count, size, count_rest, size_rest), g2, p, ratio, interval) in cases {
            let told = Comparison { count, size, count_rest, size_rest };
            close(told.log_likelihood(), g2);
            assert_eq!(told.p_value().is_some(), p.is_some());
            told.p_value().zip(p).into_iter().for_each(|(found, expected)| close(found, expected));
            let log_ratio = told.log_ratio().unwrap();
            close(log_ratio.value, ratio);
            assert_eq!(log_ratio.interval.is_some(), interval.is_some());
            if let (Some(found), Some(expected)) = (log_ratio.interval, interval) {
                close(found.0, expected.0);
                close(found.1, expected.1);
            }
        }
    }

    /// scipy 1.17 `stats.false_discovery_control([0.01, 0.04, 0.03, 0.005, 0.2, 0.2, 0.9])`.
    #[test]
    fn false_discoveries_of_scipy() {
        let p_values = [Some(0.01), Some(0.04), None, Some(0.03), Some(0.005), Some(0.2), Some(0.2), Some(0.9)];
        let expected =
            [Some(0.035), Some(0.07), None, Some(0.07), Some(0.035), Some(0.233_333), Some(0.233_333), Some(0.9)];
        for (found, expected) in benjamini_hochberg(&p_values).into_iter().zip(expected) {
            assert_eq!(found.is_some(), expected.is_some());
            found.zip(expected).into_iter().for_each(|(found, expected)| close(found, expected));
        }
        assert!(benjamini_hochberg(&[]).is_empty());
    }

    /// C. D. Manning and H. Schütze, Foundations of Statistical Natural Language Processing (1999): t of *new companies*
    /// (section 5.3.1, 8 of 15828 and 4675 in 14307668) and mutual information of *Ayatollah Ruhollah* (table 5.14: 20 of
    /// 42 and 20).
    #[test]
    fn figures_of_the_textbook() {
        let corpus = 14_307_668.0;
        close(t_score(8, 15_828.0 * 4_675.0 / corpus).unwrap(), 0.999_932);
        let found = mutual_information(20, 42.0 * 20.0 / corpus).unwrap();
        assert_eq!(format!("{found:.2}"), "18.38");
    }

    /// NLTK 3.10 `BigramAssocMeasures`: `likelihood_ratio(52, (83, 1000), 3000)`, and `student_t`, `pmi` and `dice` of pairs
    /// given as (joint, (x, y), words); logDice is 14 + log2 of `dice`.
    #[test]
    fn figures_of_nltk() {
        let told = Comparison { count: 52, size: 1000, count_rest: 31, size_rest: 2000 };
        close(told.log_likelihood(), 30.620_848_0);
        let cases = [
            ((8, 15_828, 4_675, 14_307_668_u64), 0.999_931_99, 0.629_343_21, 3.676_452_60),
            ((20, 42, 20, 14_307_668), 4.472_122_83, 18.377_967_8, 13.367_731_8),
        ];
        for ((joint, x, y, words), t, bits, dice) in cases {
            let expected = x as f64 * y as f64 / words as f64;
            close(t_score(joint, expected).unwrap(), t);
            close(mutual_information(joint, expected).unwrap(), bits);
            close(log_dice(joint, x, y).unwrap(), dice);
        }
    }

    /// Rychlý (2008), section 3: always together is 14; one of each other in 16,000 is 0.
    #[test]
    fn log_dice_has_its_fixed_points() {
        assert_eq!(log_dice(7, 7, 7), Some(14.0));
        close(log_dice(1, 16_384, 16_384).unwrap() + 1.0, 1.0);
        assert_eq!(log_dice(1, 3, 5), Some(12.0));
        assert_eq!((log_dice(0, 3, 5), mutual_information(0, 1.0), t_score(0, 1.0)), (None, None, None));
    }

    proptest! {
        #[test]
        fn numbers_are_finite(count in 0..1000_u64, size in 0..1000_u64, rest in 0..1000_u64, size_rest in 0..1000_u64) {
            let told = Comparison { count: count.min(size), size, count_rest: rest.min(size_rest), size_rest };
            prop_assert!(told.log_likelihood() >= 0.0 && told.log_likelihood().is_finite());
            prop_assert!(told.p_value().is_none_or(|p| p > 0.0 && p <= 1.0));
            prop_assert!(told.log_ratio().is_none_or(|ratio| ratio.value.is_finite()));
        }

        #[test]
        fn corrected_values_keep_their_order(p_values in prop::collection::vec(0.0..1.0_f64, 0..30)) {
            let given: Vec<_> = p_values.iter().copied().map(Some).collect();
            let corrected = benjamini_hochberg(&given);
            for (a, p) in p_values.iter().enumerate() {
                prop_assert!(corrected[a].unwrap() >= *p);
                for (b, q) in p_values.iter().enumerate() {
                    prop_assert!(p > q || corrected[a] <= corrected[b] || p == q);
                }
            }
        }
    }
}
