//! New terms: runs of words that keep together and stand in many surroundings.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::Candidate;

use super::period::Period;

/// How often a new term stands in the corpus at least.
const LEAST_COUNT: u64 = 4;
/// In how many documents at least.
const LEAST_DOCUMENTS: u64 = 2;
/// Cohesion of a new term at least, in bits.
const LEAST_COHESION: f64 = 3.0;
/// Entropy of its neighbours on either side at least, in bits.
const LEAST_ENTROPY: f64 = 1.0;

/// What the corpus says of one candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Occurrences {
    count: u64,
    documents: u64,
    left: Vec<(char, u32)>,
    right: Vec<(char, u32)>,
    first_period: Option<Period>,
    /// Document and offset of the first, and the text around it.
    example: (Box<str>, u32, Box<str>),
}

/// Candidates by their words.
///
/// Only documents that repeat a candidate count it (see [`crate::extract::candidate`]): what is kept hangs on each document
/// alone, so that any split of a corpus keeps the same, and memory grows with what documents repeat, not with all pairs of words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoveltyTally {
    candidates: FxHashMap<Box<str>, Occurrences>,
}

/// A new term.
#[derive(Clone, Debug, PartialEq)]
pub struct NewTerm {
    /// The term.
    pub term: String,
    /// How often it stands in documents that repeat it.
    pub count: u64,
    /// Documents that repeat it.
    pub documents: u64,
    /// Pointwise mutual information of its weakest seam, in bits.
    ///
    /// K. W. Church and P. Hanks, Word association norms (1990), applied to each cut of the run.
    pub cohesion: f64,
    /// Entropy of the characters before it, in bits: Z. S. Harris, From phoneme to morpheme (1955); J. Feng and others,
    /// Accessor variety criteria for Chinese word extraction (2004).
    pub left_entropy: f64,
    /// Entropy of the characters behind it, in bits.
    pub right_entropy: f64,
    /// First period that it is spoken of, where one is known.
    pub first_period: Option<Period>,
    /// Text around its first occurrence.
    pub example: String,
}

impl NoveltyTally {
    /// Adds the candidates of one document; `period` is that of the document.
    pub fn add(&mut self, document: &str, candidates: &[Candidate], period: Option<Period>) {
        for candidate in candidates {
            match self.candidates.get_mut(&candidate.words) {
                Some(own) => own.add(document, candidate, period),
                None => {
                    let mut own = Occurrences { example: example(document, candidate), ..Occurrences::default() };
                    own.add(document, candidate, period);
                    self.candidates.insert(candidate.words.clone(), own);
                }
            }
        }
    }

    /// Adds other documents.
    pub fn merge(&mut self, other: NoveltyTally) {
        for (words, found) in other.candidates {
            match self.candidates.get_mut(&words) {
                Some(own) => own.merge(found),
                None => {
                    self.candidates.insert(words, found);
                }
            }
        }
    }

    /// The new terms in order. `count_of` says how often a word stands in the corpus of `words` words.
    pub fn new_terms(&self, words: u64, count_of: impl Fn(&str) -> u64) -> Vec<NewTerm> {
        let mut terms: BTreeMap<String, NewTerm> = BTreeMap::new();
        for (run, found) in &self.candidates {
            if found.count < LEAST_COUNT || found.documents < LEAST_DOCUMENTS {
                continue;
            }
            let (left, right) = (entropy(&found.left), entropy(&found.right));
            let Some(cohesion) = cohesion(run, found.count, words, |part| self.count(part).max(count_of(part))) else {
                continue;
            };
            if left.min(right) < LEAST_ENTROPY || cohesion < LEAST_COHESION {
                continue;
            }
            let term: String = run.split('|').collect();
            let new = NewTerm {
                term: term.clone(),
                count: found.count,
                documents: found.documents,
                cohesion,
                left_entropy: left,
                right_entropy: right,
                first_period: found.first_period,
                example: found.example.2.to_string(),
            };
            // two cuts of one run: the more frequent one stands
            match terms.get(&term) {
                Some(known) if (known.count, known.documents) >= (new.count, new.documents) => {}
                _ => {
                    terms.insert(term, new);
                }
            }
        }
        terms.into_values().collect()
    }

    fn count(&self, run: &str) -> u64 {
        self.candidates.get(run).map_or(0, |found| found.count)
    }
}

impl Occurrences {
    /// Adds those of one document.
    fn add(&mut self, document: &str, candidate: &Candidate, period: Option<Period>) {
        self.count += u64::from(candidate.count);
        self.documents += 1;
        add_counts(&mut self.left, &candidate.left);
        add_counts(&mut self.right, &candidate.right);
        self.first_period = earlier(self.first_period, period);
        let (of, at, around) = &self.example;
        if (document, candidate.at, &*candidate.example) < (&**of, *at, &**around) {
            self.example = example(document, candidate);
        }
    }

    fn merge(&mut self, other: Occurrences) {
        self.count += other.count;
        self.documents += other.documents;
        add_counts(&mut self.left, &other.left);
        add_counts(&mut self.right, &other.right);
        self.first_period = earlier(self.first_period, other.first_period);
        if other.example < self.example {
            self.example = other.example;
        }
    }
}

fn example(document: &str, candidate: &Candidate) -> (Box<str>, u32, Box<str>) {
    (document.into(), candidate.at, candidate.example.clone())
}

fn earlier(own: Option<Period>, other: Option<Period>) -> Option<Period> {
    match (own, other) {
        (Some(own), Some(other)) => Some(own.min(other)),
        (own, other) => own.or(other),
    }
}

/// Adds counts to sorted ones.
fn add_counts(own: &mut Vec<(char, u32)>, other: &[(char, u32)]) {
    if own.is_empty() {
        return own.extend_from_slice(other);
    }
    for &(c, count) in other {
        match own.binary_search_by_key(&c, |(known, _)| *known) {
            Ok(at) => own[at].1 += count,
            Err(at) => own.insert(at, (c, count)),
        }
    }
}

/// Shannon entropy of counts, in bits.
fn entropy(counts: &[(char, u32)]) -> f64 {
    let total: f64 = counts.iter().map(|(_, count)| f64::from(*count)).sum();
    let bits = |count: u32| {
        let share = f64::from(count) / total;
        -share * share.log2()
    };
    if total > 0.0 { counts.iter().map(|(_, count)| bits(*count)).sum() } else { 0.0 }
}

/// Mutual information of a run at its weakest seam; `None` where a part was never counted.
fn cohesion(run: &str, count: u64, words: u64, count_of: impl Fn(&str) -> u64) -> Option<f64> {
    let seams = run.match_indices('|').map(|(at, _)| (&run[..at], &run[at + 1..]));
    let bits = |(a, b): (&str, &str)| {
        // a part stands at least where the run does
        let [a, b] = [a, b].map(|part| count_of(part).max(count) as f64);
        (words > 0).then(|| (count as f64 * words as f64 / (a * b)).log2())
    };
    seams.map(bits).try_fold(f64::INFINITY, |least, seam| Some(least.min(seam?))).filter(|least| least.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(words: &str, count: u32, left: &[(char, u32)], right: &[(char, u32)]) -> Candidate {
        Candidate {
            words: words.into(),
            count,
            left: left.to_vec(),
            right: right.to_vec(),
            at: 7,
            example: format!("某{words}等").into(),
        }
    }

    /// scipy 1.17 `stats.entropy([3, 2, 1], base=2)` and `stats.entropy([1, 1, 1, 1], base=2)`.
    #[test]
    fn entropies_of_scipy() {
        assert_eq!(format!("{:.4}", entropy(&[('甲', 3), ('乙', 2), ('丙', 1)])), "1.4591");
        assert_eq!(entropy(&[('甲', 1), ('乙', 1), ('丙', 1), ('丁', 1)]), 2.0);
        assert_eq!(entropy(&[]), 0.0);
    }

    /// NLTK 3.10 `BigramAssocMeasures.pmi` of each seam: (6, (40, 11), 98765) and (6, (7, 9), 98765); the weaker one counts.
    #[test]
    fn cohesion_is_that_of_the_weakest_seam() {
        let counts = |part: &str| {
            [("甲", 40), ("乙|丙", 11), ("甲|乙", 7), ("丙", 9)].iter().find(|(p, _)| *p == part).map_or(0, |(_, n)| *n)
        };
        assert_eq!(format!("{:.4}", cohesion("甲|乙|丙", 6, 98_765, counts).unwrap()), "10.3953");
        // 乙 was never counted alone: it stands at least where the run does, (6, (40, 6), 98765)
        assert_eq!(format!("{:.4}", cohesion("甲|乙", 6, 98_765, counts).unwrap()), "11.2698");
    }

    #[test]
    fn terms_keep_together_in_many_surroundings() {
        let around = [('甲', 1), ('乙', 1), ('丙', 1)];
        let mut tally = NoveltyTally::default();
        for document in ["b.txt", "a.txt"] {
            tally.add(document, &[candidate("灵巧|手", 3, &around, &around)], "2024".parse().ok());
            tally.add(document, &[candidate("发展|工作", 3, &around, &around)], None);
            tally.add(document, &[candidate("云|端", 3, &[('甲', 3)], &around)], None);
        }
        tally.add("a.txt", &[candidate("单|独", 9, &around, &around)], None);
        let count_of = |word: &str| if matches!(word, "发展" | "工作") { 2000 } else { 8 };
        let found = tally.new_terms(100_000, count_of);
        // 发展 and 工作 stand together by chance, 云端 only behind 甲, 单独 in one document
        assert_eq!(found.iter().map(|new| new.term.as_str()).collect::<Vec<_>>(), ["灵巧手"]);
        assert_eq!((found[0].count, found[0].documents), (6, 2));
        assert_eq!(found[0].cohesion, (6.0_f64 * 100_000.0 / 64.0).log2());
        assert_eq!(found[0].first_period, "2024".parse().ok());
    }

    #[test]
    fn parts_merge_to_the_whole() {
        let one = |document: &str| {
            let mut tally = NoveltyTally::default();
            tally.add(document, &[candidate("灵巧|手", 2, &[('甲', 1), ('乙', 1)], &[('丙', 2)])], None);
            tally
        };
        let (mut ab, mut ba) = (one("a.txt"), one("b.txt"));
        ab.merge(one("b.txt"));
        ba.merge(one("a.txt"));
        ba.merge(NoveltyTally::default());
        assert_eq!(ab, ba);
    }
}
