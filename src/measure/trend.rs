//! The trend of one rate over periods, such as that of a term in the reports of an organisation.

use std::collections::BTreeMap;

use super::burst::{Batch, burst};
use super::period::{Granularity, Period};
use super::stats::{mann_kendall, sen_slope};

/// Rates are occurrences in so many characters of text.
pub const RATE_CHARACTERS: f64 = 10_000.0;

/// What was counted in one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observation {
    /// When.
    pub period: Period,
    /// Occurrences.
    pub count: u64,
    /// Characters of the text they were counted in.
    pub characters: u64,
}

/// Occurrences per 10,000 characters; `None` where there is no text.
///
/// Two equal ratios give equal floats, so ties are found (below 9 × 10^11 occurrences).
pub fn rate(count: u64, characters: u64) -> Option<f64> {
    (characters > 0).then(|| count as f64 * RATE_CHARACTERS / characters as f64)
}

/// How a rate changes over periods of one length. Rates are occurrences per 10,000 characters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// Number of periods that have text.
    pub periods: usize,
    /// The first of them.
    pub first_period: Period,
    /// The last of them.
    pub last_period: Period,
    /// Occurrences in all of them.
    pub total: u64,
    /// Mean of the rates, each period weighing the same.
    pub mean_rate: f64,
    /// Rate of the last period.
    pub latest_rate: f64,
    /// Rate of the last period over that of the one before that has text; `None` where there is none, or its rate is 0.
    pub change: Option<f64>,
    /// Sen's slope: change of the rate per year, whatever the length of the periods; gaps count as the time they are.
    /// `None` for a single period.
    pub slope: Option<f64>,
    /// Kendall's tau-b of the rates against time; `None` where all are equal.
    pub tau: Option<f64>,
    /// Mann-Kendall, two-sided; `None` under four periods, and where all rates are equal.
    pub p_value: Option<f64>,
    /// First and last period of the weightiest burst; `None` where there is none.
    pub burst: Option<(Period, Period)>,
}

impl Trend {
    /// The trend over the periods of one granularity; longer and shorter ones are left out, as are those without text.
    ///
    /// A period that is given twice counts once with its sums, and the order plays no part, so that parts of a corpus
    /// can simply be chained. `None` where no period is left.
    pub fn of(series: impl IntoIterator<Item = Observation>, granularity: Granularity) -> Option<Self> {
        let mut sums: BTreeMap<Period, (u64, u64)> = BTreeMap::new();
        for seen in series.into_iter().filter(|seen| seen.period.granularity() == granularity) {
            let (count, characters) = sums.entry(seen.period).or_default();
            *count = count.saturating_add(seen.count);
            *characters = characters.saturating_add(seen.characters);
        }
        sums.retain(|_, &mut (_, characters)| characters > 0);

        let times: Vec<f64> = sums.keys().map(|period| period.midpoint()).collect();
        let rates: Vec<f64> = sums.values().filter_map(|&(count, characters)| rate(count, characters)).collect();
        let (&first_period, &last_period) = sums.keys().next().zip(sums.keys().next_back())?;
        let &latest_rate = rates.last()?;
        let before = rates.iter().rev().nth(1).filter(|&&rate| rate > 0.0);
        let test = mann_kendall(&rates);
        let batches: Vec<Batch> = sums.values().map(|&(count, size)| Batch { count, size }).collect();
        let labels: Vec<Period> = sums.keys().copied().collect();
        Some(Trend {
            burst: burst(&batches).map(|(from, to)| (labels[from], labels[to])),
            periods: rates.len(),
            first_period,
            last_period,
            total: sums.values().fold(0, |total, &(count, _)| total.saturating_add(count)),
            mean_rate: rates.iter().sum::<f64>() / rates.len() as f64,
            latest_rate,
            change: before.map(|before| latest_rate / before),
            slope: sen_slope(&times, &rates),
            tau: test.and_then(|test| test.tau),
            p_value: test.and_then(|test| test.p_value).map(|p| p.two_sided),
        })
    }
}

/// How a value changes over periods of one length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueTrend {
    /// Number of periods that have a value.
    pub periods: usize,
    /// The first of them.
    pub first_period: Period,
    /// The last of them.
    pub last_period: Period,
    /// Sum of the values.
    pub total: f64,
    /// Mean of the values.
    pub mean_value: f64,
    /// Value of the last period.
    pub latest_value: f64,
    /// Value of the last period over that of the one before; `None` where there is none, or it is 0.
    pub change: Option<f64>,
    /// Sen's slope: change per year, whatever the length of the periods. `None` for a single period.
    pub slope: Option<f64>,
    /// Kendall's tau-b of the values against time; `None` where all are equal.
    pub tau: Option<f64>,
    /// Mann-Kendall, two-sided; `None` under four periods, and where all values are equal.
    pub p_value: Option<f64>,
}

impl ValueTrend {
    /// The trend over the periods of one granularity, given in order; longer and shorter ones are left out. `None` where no
    /// period is left.
    pub fn of(series: impl IntoIterator<Item = (Period, f64)>, granularity: Granularity) -> Option<Self> {
        let series: Vec<_> = series.into_iter().filter(|(period, _)| period.granularity() == granularity).collect();
        let times: Vec<f64> = series.iter().map(|(period, _)| period.midpoint()).collect();
        let values: Vec<f64> = series.iter().map(|(_, value)| *value).collect();
        let (&(first_period, _), &(last_period, latest_value)) = series.first().zip(series.last())?;
        let before = values.iter().rev().nth(1).filter(|&&value| value > 0.0);
        let test = mann_kendall(&values);
        let total = values.iter().sum::<f64>();
        Some(ValueTrend {
            periods: values.len(),
            first_period,
            last_period,
            total,
            mean_value: total / values.len() as f64,
            latest_value,
            change: before.map(|before| latest_value / before),
            slope: sen_slope(&times, &values),
            tau: test.and_then(|test| test.tau),
            p_value: test.and_then(|test| test.p_value).map(|p| p.two_sided),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads `2023 5/10000, 2024 7/10000`.
    fn series(text: &str) -> Vec<Observation> {
        let read = |item: &str| {
            let (period, ratio) = item.trim().split_once(' ').unwrap();
            let (count, characters) = ratio.split_once('/').unwrap();
            Observation {
                period: period.parse().unwrap(),
                count: count.parse().unwrap(),
                characters: characters.parse().unwrap(),
            }
        };
        text.split(',').filter(|item| !item.is_empty()).map(read).collect()
    }

    /// The figures in the order of the table, `-` for none.
    fn figures(trend: &Trend) -> String {
        let show = |figure: Option<f64>| figure.map_or("-".to_owned(), |f| format!("{f:.3}"));
        let Trend { periods, first_period, last_period, total, .. } = trend;
        let figures =
            [Some(trend.mean_rate), Some(trend.latest_rate), trend.change, trend.slope, trend.tau, trend.p_value];
        format!("{periods} {first_period} {last_period} {total} {}", figures.map(show).join(" "))
    }

    #[test]
    fn trends_of_series() {
        use Granularity::{Month, Quarter, Year};
        let cases = [
            ("one period", "2024 3/10000", Year, "1 2024 2024 3 3.000 3.000 - - - -"),
            ("two", "2023 2/10000, 2024 3/5000", Year, "2 2023 2024 5 4.000 6.000 3.000 4.000 1.000 -"),
            (
                "new: nothing to compare with",
                "2023 0/900, 2024 1/1000",
                Year,
                "2 2023 2024 1 5.000 10.000 - 10.000 1.000 -",
            ),
            ("gone", "2023 4/10000, 2024 0/9000", Year, "2 2023 2024 4 2.000 0.000 0.000 -4.000 -1.000 -"),
            ("never", "2023 0/900, 2024 0/900", Year, "2 2023 2024 0 0.000 0.000 - 0.000 - -"),
            (
                "equal ratios are ties",
                "2022 1/3000, 2023 2/6000, 2024 7/21000, 2025 3/9000",
                Year,
                "4 2022 2025 13 3.333 3.333 1.000 0.000 - -",
            ),
            (
                "rising",
                "2021 1/10000, 2022 2/10000, 2023 3/10000, 2024 5/10000",
                Year,
                "4 2021 2024 11 2.750 5.000 1.667 1.167 1.000 0.083",
            ),
            ("a gap is time", "2020 1/10000, 2024 5/10000", Year, "2 2020 2024 6 3.000 5.000 5.000 1.000 1.000 -"),
            (
                "no text, no period",
                "2022 1/10000, 2023 0/0, 2024 5/10000",
                Year,
                "2 2022 2024 6 3.000 5.000 5.000 2.000 1.000 -",
            ),
            (
                "slope per year",
                "2024Q1 1/10000, 2024Q2 2/10000, 2024Q3 3/10000",
                Quarter,
                "3 2024Q1 2024Q3 6 2.000 3.000 1.500 4.000 1.000 -",
            ),
            (
                "others left out",
                "2024 9/10000, 2024H1 9/10000, 2024-01 1/10000, 2024Q1 9/10000, 2024-02 2/10000",
                Month,
                "2 2024-01 2024-02 3 1.500 2.000 2.000 12.000 1.000 -",
            ),
            ("same period twice", "2024 1/4000, 2024 2/6000", Year, "1 2024 2024 3 3.000 3.000 - - - -"),
        ];
        for (name, text, granularity, expected) in cases {
            let trend = Trend::of(series(text), granularity).unwrap();
            assert_eq!(figures(&trend), expected, "{name}");
        }
    }

    /// SciPy 1.17 `stats.theilslopes` over the years and `stats.kendalltau(method="exact")` of rates per 10,000 characters, in
    /// the order mean, latest, change, slope, tau, p; one year of the first series is missing.
    #[test]
    fn trends_of_scipy() {
        let cases = [
            (
                "2018 3/5210, 2019 2/4333, 2021 7/6120, 2022 4/5987, 2023 11/7001, 2024 13/6450",
                [10.726_671, 20.155_039, 1.282_777, 2.399_480, 0.733_333_3, 0.055_555_56],
            ),
            (
                "2019 0/1073, 2020 2/2011, 2021 1/1640, 2022 5/2200, 2023 9/3105, 2024 14/2890, 2025 8/990",
                [28.143_804, 80.808_081, 1.668_110, 11.443_973, 0.904_761_9, 0.002_777_778],
            ),
        ];
        for (text, expected) in cases {
            let trend = Trend::of(series(text), Granularity::Year).unwrap();
            let found =
                [Some(trend.mean_rate), Some(trend.latest_rate), trend.change, trend.slope, trend.tau, trend.p_value];
            for (found, expected) in found.into_iter().zip(expected) {
                let found = found.unwrap();
                assert!((found / expected - 1.0).abs() < 5e-5, "{text}: {found} is not {expected}");
            }
        }
        let values = [412.0, 388.0, 455.0, 501.0, 468.0, 530.0];
        let years = (2019..).map(|year: i16| year.to_string().parse().unwrap());
        let trend = ValueTrend::of(years.zip(values), Granularity::Year).unwrap();
        let figures = [trend.slope, trend.tau, trend.p_value].map(Option::unwrap);
        for (found, expected) in figures.into_iter().zip([25.0, 0.733_333_333, 0.055_555_556]) {
            assert!((found / expected - 1.0).abs() < 5e-5, "{found} is not {expected}");
        }
    }

    #[test]
    fn a_burst_has_its_periods() {
        let text = "2019 1/10000, 2020 1/10000, 2021 30/10000, 2022 28/10000, 2023 1/10000";
        let burst = Trend::of(series(text), Granularity::Year).unwrap().burst;
        assert_eq!(burst.map(|(from, to)| (from.to_string(), to.to_string())), Some(("2021".into(), "2022".into())));
        assert_eq!(Trend::of(series("2023 3/9000, 2024 3/9000"), Granularity::Year).unwrap().burst, None);
    }

    #[test]
    fn trends_of_values() {
        let series = |values: &[f64]| -> Vec<(Period, f64)> {
            (2019..).zip(values).map(|(year, value)| (format!("{year}").parse().unwrap(), *value)).collect()
        };
        let trend = ValueTrend::of(series(&[10.0, 20.0, 30.0, 60.0]), Granularity::Year).unwrap();
        assert_eq!(
            (trend.total, trend.mean_value, trend.change, trend.slope),
            (120.0, 30.0, Some(2.0), Some(40.0 / 3.0))
        );
        assert_eq!((trend.tau, trend.p_value), (Some(1.0), Some(2.0 / 24.0)));
        let trend = ValueTrend::of(series(&[0.0, 5.0]), Granularity::Year).unwrap();
        assert_eq!((trend.change, trend.p_value), (None, None));
        assert_eq!(ValueTrend::of(series(&[1.0]), Granularity::Month), None);
    }

    #[test]
    fn no_trend_without_periods() {
        for (text, granularity) in
            [("", Granularity::Year), ("2024 0/0", Granularity::Year), ("2024 1/9", Granularity::Month)]
        {
            assert_eq!(Trend::of(series(text), granularity), None, "{text}");
        }
    }

    #[test]
    fn rates_are_per_ten_thousand_characters() {
        for (count, characters, expected) in
            [(3, 10_000, Some(3.0)), (1, 4, Some(2500.0)), (0, 5, Some(0.0)), (0, 0, None)]
        {
            assert_eq!(rate(count, characters), expected);
        }
    }

    proptest! {
        #[test]
        fn order_and_splits_play_no_part(
            counts in prop::collection::vec((0..30_i16, any::<u64>(), any::<u64>(), 0..50_usize), 0..50)
        ) {
            let seen = |&(year, count, characters, _): &(i16, u64, u64, usize)| Observation {
                period: format!("{}", 2000 + year).parse().unwrap(), count, characters,
            };
            let forward: Vec<Observation> = counts.iter().map(seen).collect();
            let mut shuffled = counts.clone();
            shuffled.sort_by_key(|item| item.3);
            let trend = Trend::of(forward, Granularity::Year);
            prop_assert_eq!(trend, Trend::of(shuffled.iter().map(seen), Granularity::Year));
            if let Some(trend) = trend {
                prop_assert!(trend.mean_rate.is_finite() && trend.first_period <= trend.last_period);
                prop_assert!(trend.p_value.is_none_or(|p| p > 0.0 && p <= 1.0));
            }
        }
    }
}
