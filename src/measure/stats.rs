//! Statistics of short time series: Sen's slope, the Mann-Kendall test, and intervals of counts.

use libm::erfc;

/// Longest series that is read, in points: two hundred years of months. Both statistics compare every pair, so an
/// absurd series (a text that lists each month of ten thousand years) must not take the run with it.
pub const MAX_POINTS: usize = 2_400;

/// Shortest series with a p-value. Of three values even a strictly rising series has p = 2/3! = 0.33: no outcome could
/// speak against chance. Of four, the smallest is 2/4! = 0.083.
const MIN_TESTED: usize = 4;

/// Longest series with an exact p-value: 34! is the largest factorial that 128 bits hold.
const MAX_EXACT: usize = 34;

/// 97.5 % point of the standard normal distribution: intervals cover 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// 95 % interval of the mean of a Poisson distribution of which `count` was seen: the score interval, which has no zero
/// width at zero.
///
/// L. Barker, A comparison of nine confidence intervals for a Poisson parameter when the expected number of events is
/// ≤ 5, The American Statistician 56 (2002), 85-89. Mentions of one text are not independent, so it is a lower bound of
/// what is uncertain.
///
/// ```
/// let (low, high) = wenmai::measure::stats::poisson_interval(10);
/// assert_eq!(format!("{low:.4} {high:.4}"), "5.4320 18.4095");
/// ```
pub fn poisson_interval(count: u64) -> (f64, f64) {
    let middle = count as f64 + Z * Z / 2.0;
    let half = Z * (count as f64 + Z * Z / 4.0).sqrt();
    ((middle - half).max(0.0), middle + half)
}

/// Sen's slope: the median of the slopes between all pairs of points, in units of value per unit of time.
///
/// Pairs at the same time have no slope and are left out. `times` and `values` run in parallel; what is longer is cut.
/// `None` where no pair has a slope, a number is not finite, or there are more than [`MAX_POINTS`] points.
///
/// P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, JASA 63 (1968), 1379-1389.
///
/// ```
/// use wenmai::measure::stats::sen_slope;
/// assert_eq!(sen_slope(&[2021.0, 2022.0, 2024.0], &[1.0, 2.0, 4.0]), Some(1.0));
/// assert_eq!(sen_slope(&[2021.0], &[1.0]), None);
/// ```
pub fn sen_slope(times: &[f64], values: &[f64]) -> Option<f64> {
    let points = times.len().min(values.len());
    let (times, values) = (&times[..points], &values[..points]);
    if !readable(times) || !readable(values) {
        return None;
    }
    let mut slopes = Vec::with_capacity(points * points.saturating_sub(1) / 2);
    for later in 1..points {
        for earlier in 0..later {
            let elapsed = times[later] - times[earlier];
            if elapsed != 0.0 {
                slopes.push((values[later] - values[earlier]) / elapsed);
            }
        }
    }
    median(slopes).filter(|slope| slope.is_finite())
}

/// How a p-value was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Counted over all orders in which the values could have come, ties included.
    Exact,
    /// From the normal distribution, with the correction for ties and for continuity.
    Normal,
}

/// A p-value and its provenance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PValue {
    /// Probability, in (0, 1], of an |S| at least as large where every order of the values is equally likely.
    pub two_sided: f64,
    /// How it was found.
    pub method: Method,
}

/// What the Mann-Kendall test says of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MannKendall {
    /// Kendall's S: pairs that rise less pairs that fall.
    pub s: i64,
    /// Kendall's tau-b: S over the geometric mean of all pairs and of the pairs that are not tied, in [-1, 1]. Without
    /// ties it is tau-a. `None` where all values are equal.
    pub tau: Option<f64>,
    /// Variance of S where there is no trend, corrected for ties.
    pub variance: f64,
    /// `None` under four values, where no outcome could be rare, and where all values are equal.
    pub p_value: Option<PValue>,
}

/// Tests a series in chronological order for a monotonic trend, two-sided.
///
/// Up to 34 values the p-value is exact, with ties too: under the null hypothesis the discordant pairs are the
/// inversions of a random arrangement of the values, whose generating function is the Gaussian multinomial coefficient.
/// Above that it is the normal approximation. Spacing in time plays no part.
/// `None` under two values, where a value is not finite, or where there are more than [`MAX_POINTS`].
///
/// H. B. Mann, Nonparametric tests against trend, Econometrica 13 (1945), 245-259; M. G. Kendall, Rank Correlation
/// Methods, 4th ed. (1975); for the distribution with ties, P. A. MacMahon, Combinatory Analysis (1915).
///
/// ```
/// use wenmai::measure::stats::mann_kendall;
/// let test = mann_kendall(&[1.0, 2.0, 3.0, 4.0]).unwrap();
/// assert_eq!((test.s, test.tau), (6, Some(1.0)));
/// assert_eq!(test.p_value.unwrap().two_sided, 2.0 / 24.0);
/// ```
pub fn mann_kendall(values: &[f64]) -> Option<MannKendall> {
    if values.len() < 2 || !readable(values) {
        return None;
    }
    let groups = tie_groups(values);
    let all_pairs = pairs(values.len());
    let untied = all_pairs - groups.iter().map(|&group| pairs(group)).sum::<usize>();
    let s = kendall_s(values);
    let variance = variance(values.len(), &groups);
    let tau = (untied > 0).then(|| s as f64 / (all_pairs as f64 * untied as f64).sqrt());
    let p_value = (untied > 0 && values.len() >= MIN_TESTED).then(|| {
        if values.len() <= MAX_EXACT {
            PValue { two_sided: exact_p(s.unsigned_abs() as usize, untied, &groups), method: Method::Exact }
        } else {
            PValue { two_sided: normal_p(s, variance), method: Method::Normal }
        }
    });
    Some(MannKendall { s, tau, variance, p_value })
}

fn readable(numbers: &[f64]) -> bool {
    numbers.len() <= MAX_POINTS && numbers.iter().all(|number| number.is_finite())
}

fn pairs(n: usize) -> usize {
    n * n.saturating_sub(1) / 2
}

fn median(mut numbers: Vec<f64>) -> Option<f64> {
    let middle = numbers.len() / 2;
    if numbers.is_empty() {
        return None;
    }
    let odd = numbers.len() % 2 == 1;
    let (below, &mut upper, _) = numbers.select_nth_unstable_by(middle, f64::total_cmp);
    if odd {
        return Some(upper);
    }
    below.iter().copied().max_by(f64::total_cmp).map(|lower| lower.midpoint(upper))
}

fn kendall_s(values: &[f64]) -> i64 {
    let sign = |earlier: f64, later: f64| i64::from(later > earlier) - i64::from(later < earlier);
    let against_earlier = |at: usize| values[..at].iter().map(move |&earlier| sign(earlier, values[at])).sum::<i64>();
    (1..values.len()).map(against_earlier).sum()
}

/// Sizes of the groups of equal values; a value that stands alone is a group of one.
fn tie_groups(values: &[f64]) -> Vec<usize> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.chunk_by(|a, b| a == b).map(<[f64]>::len).collect()
}

fn variance(n: usize, groups: &[usize]) -> f64 {
    let term = |n: usize| (n * n.saturating_sub(1) * (2 * n + 5)) as f64;
    (term(n) - groups.iter().map(|&group| term(group)).sum::<f64>()) / 18.0
}

/// Share of the arrangements of the values whose |S| is at least `s`. S and -S are equally frequent.
///
/// S is `untied` less twice the inversions, so one tail is the arrangements with few inversions. Counts are kept modulo
/// 2^128, where multiplying and dividing a power series by 1 - q^k are exact, and no count of 34 values reaches 2^128.
fn exact_p(s: usize, untied: usize, groups: &[usize]) -> f64 {
    if s == 0 {
        return 1.0;
    }
    let most = untied.saturating_sub(s) / 2;
    let mut by_inversions = vec![0_u128; most + 1];
    by_inversions[0] = 1;
    let mut total = 1_u128;
    let mut placed = 0;
    for &group in groups {
        for member in 1..=group {
            placed += 1;
            total = total * placed as u128 / member as u128;
            for at in (placed..=most).rev() {
                by_inversions[at] = by_inversions[at].wrapping_sub(by_inversions[at - placed]);
            }
            for at in member..=most {
                by_inversions[at] = by_inversions[at].wrapping_add(by_inversions[at - member]);
            }
        }
    }
    let tail: u128 = by_inversions.iter().sum();
    2.0 * (tail as f64 / total as f64)
}

/// Two-sided p-value of S by the normal distribution; S is pulled one towards 0, half the step between its values.
fn normal_p(s: i64, variance: f64) -> f64 {
    let distance = s.unsigned_abs().saturating_sub(1) as f64;
    // A trend over hundreds of periods is rarer than the smallest number there is, but never impossible.
    erfc(distance / (2.0 * variance).sqrt()).clamp(f64::MIN_POSITIVE, 1.0)
}

#[cfg(test)]
mod tests;
