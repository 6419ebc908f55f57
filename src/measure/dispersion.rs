//! How evenly something is spread over the documents of a corpus.

/// Occurrences and size of the documents in which something occurs, and the corpus around them.
///
/// Documents without it need no entry of their own: only their number and size count.
#[derive(Clone, Debug, Default)]
pub struct Spread {
    /// For each document in which it occurs: how often, and the size of the document in characters.
    parts: Vec<(u32, u32)>,
}

/// The order in which documents came plays no part.
impl PartialEq for Spread {
    fn eq(&self, other: &Self) -> bool {
        let sorted = |spread: &Spread| {
            let mut parts = spread.parts.clone();
            parts.sort_unstable();
            parts
        };
        sorted(self) == sorted(other)
    }
}

impl Eq for Spread {}

/// How evenly it is spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dispersion {
    /// How often it occurs.
    pub count: u64,
    /// Documents in which it occurs.
    pub range: u64,
    /// Deviation of proportions: 0 where it is spread as the text is, towards 1 where it stands in one small document.
    ///
    /// S. Th. Gries, Dispersions and adjusted frequencies in corpora, IJCL 13 (2008), 403-437.
    pub dp: f64,
    /// DP over its largest possible value, `None` for a single document.
    ///
    /// J. Lijffijt and S. Th. Gries, Correction to "Dispersions and adjusted frequencies in corpora", IJCL 17 (2012), 147-149.
    pub dp_norm: Option<f64>,
    /// Juilland's D over the rates of the documents: 1 where all are equal, 0 where one document has all; `None` for a
    /// single document.
    ///
    /// A. Juilland and others, Frequency Dictionary of French Words (1970), with rates as sizes differ.
    pub juilland_d: Option<f64>,
}

/// The documents of the corpus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// How many.
    pub documents: u64,
    /// Their characters.
    pub characters: u64,
    /// Characters of the smallest that has any.
    pub smallest: u64,
}

impl Extent {
    /// Adds a document.
    pub fn add(&mut self, characters: u64) {
        if characters > 0 {
            self.merge(Extent { documents: 1, characters, smallest: characters });
        }
    }

    /// Adds other documents.
    pub fn merge(&mut self, other: Extent) {
        self.smallest = match (self.documents, other.documents) {
            (0, _) => other.smallest,
            (_, 0) => self.smallest,
            _ => self.smallest.min(other.smallest),
        };
        self.documents += other.documents;
        self.characters += other.characters;
    }
}

impl Spread {
    /// Adds a document of so many characters in which it occurs `count` times.
    pub fn add(&mut self, count: u32, characters: u32) {
        if count > 0 && characters > 0 {
            self.parts.push((count, characters));
        }
    }

    /// Adds other documents.
    pub fn merge(&mut self, mut other: Spread) {
        if self.parts.len() < other.parts.len() {
            std::mem::swap(self, &mut other);
        }
        self.parts.extend(other.parts);
    }

    /// Its dispersion over a corpus; `None` where it doesn't occur.
    ///
    /// The order in which documents were added plays no part.
    pub fn dispersion(&self, corpus: Extent) -> Option<Dispersion> {
        let mut parts = self.parts.clone();
        parts.sort_unstable();
        let total: u64 = parts.iter().map(|(count, _)| u64::from(*count)).sum();
        if total == 0 || corpus.characters == 0 {
            return None;
        }
        let [all, characters] = [total as f64, corpus.characters as f64];
        let covered: u64 = parts.iter().map(|(_, size)| u64::from(*size)).sum();
        let apart = |&(count, size): &(u32, u32)| (f64::from(count) / all - f64::from(size) / characters).abs();
        let without = corpus.characters.saturating_sub(covered) as f64 / characters;
        let dp = (parts.iter().map(apart).sum::<f64>() + without) / 2.0;
        let several = corpus.documents > 1;
        let most = 1.0 - corpus.smallest as f64 / characters;
        Some(Dispersion {
            count: total,
            range: parts.len() as u64,
            dp,
            dp_norm: (several && most > 0.0).then(|| (dp / most).min(1.0)),
            juilland_d: several.then(|| juilland_d(&parts, corpus.documents)),
        })
    }
}

/// 1 less the coefficient of variation of the rates over the square root of their number less one.
fn juilland_d(parts: &[(u32, u32)], documents: u64) -> f64 {
    let rates: Vec<f64> = parts.iter().map(|(count, size)| f64::from(*count) / f64::from(*size)).collect();
    let n = documents as f64;
    let mean = rates.iter().sum::<f64>() / n;
    let absent = documents.saturating_sub(rates.len() as u64) as f64;
    let squares = rates.iter().map(|rate| (rate - mean).powi(2)).sum::<f64>() + absent * mean * mean;
    let deviation = (squares / n).sqrt();
    (1.0 - deviation / mean / (n - 1.0).sqrt()).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spread(parts: &[(u32, u32)]) -> (Spread, Extent) {
        let (mut spread, mut extent) = (Spread::default(), Extent::default());
        for &(count, size) in parts {
            spread.add(count, size);
            extent.add(u64::from(size));
        }
        (spread, extent)
    }

    /// The example of Gries (2008): *a* stands 1, 2, 3, 4 and 5 times in parts of 9, 10, 10, 10 and 11 words. DP is 0.18
    /// there; Juilland's D over the rates is 0.785; DP norm is 0.18 / (1 - 9/50) = 0.2195 by Lijffijt and Gries (2012).
    #[test]
    fn figures_of_gries() {
        let (spread, extent) = spread(&[(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)]);
        let found = spread.dispersion(extent).unwrap();
        assert_eq!(
            format!("{:.4} {:.4} {:.3}", found.dp, found.dp_norm.unwrap(), found.juilland_d.unwrap()),
            "0.1800 0.2195 0.785"
        );
        assert_eq!(found.range, 5);
    }

    /// SciPy 1.17: half of `spatial.distance.cityblock` of the shares of text and of occurrences, that over 1 less the
    /// smallest share, and 1 less `stats.variation` of the rates over the square root of the documents less one.
    #[test]
    fn figures_of_scipy() {
        type Case<'c> = (&'c [(u32, u32)], [f64; 3]);
        let cases: [Case<'_>; 2] = [
            (&[(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)], [0.18, 0.219_512_195, 0.785_150_453]),
            (
                &[(7, 812), (0, 1033), (2, 455), (0, 2790), (11, 1204), (1, 96)],
                [0.598_278_560, 0.607_403_877, 0.649_131_438],
            ),
        ];
        for (parts, expected) in cases {
            let (spread, extent) = spread(parts);
            let found = spread.dispersion(extent).unwrap();
            let found = [found.dp, found.dp_norm.unwrap(), found.juilland_d.unwrap()];
            for (figure, expected) in found.into_iter().zip(expected) {
                assert!((figure / expected - 1.0).abs() < 5e-5, "{parts:?}: {figure} is not {expected}");
            }
        }
    }

    #[test]
    fn the_ends_of_the_scale() {
        let (even, extent) = spread(&[(2, 100), (4, 200), (6, 300)]);
        let found = even.dispersion(extent).unwrap();
        assert!(found.dp.abs() < 1e-12 && (found.juilland_d.unwrap() - 1.0).abs() < 1e-12);
        let (one, extent) = spread(&[(9, 100), (0, 100), (0, 100), (0, 100)]);
        let found = one.dispersion(extent).unwrap();
        assert_eq!((found.range, found.dp, found.dp_norm), (1, 0.75, Some(1.0)));
        assert!(found.juilland_d.unwrap() < 1e-12);
        let (alone, extent) = spread(&[(9, 100)]);
        assert_eq!(alone.dispersion(extent).unwrap().dp_norm, None);
        assert_eq!(Spread::default().dispersion(extent), None);
    }

    proptest! {
        #[test]
        fn any_split_and_order_gives_the_same(parts in prop::collection::vec((0..9_u32, 1..500_u32), 1..20), cut in 0..20_usize) {
            let (whole, extent) = spread(&parts);
            let cut = cut.min(parts.len());
            let (mut merged, mut sum) = spread(&parts[cut..]);
            let (first, rest) = spread(&parts[..cut]);
            merged.merge(first);
            sum.merge(rest);
            prop_assert_eq!(sum, extent);
            prop_assert_eq!(merged.dispersion(sum), whole.dispersion(extent));
            if let Some(found) = whole.dispersion(extent) {
                prop_assert!((0.0..=1.0).contains(&found.dp), "{}", found.dp);
            }
        }
    }
}
