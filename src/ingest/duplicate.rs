//! The same report twice: the same bytes, or the same text on two sites.
//!
//! Two texts are held to be copies where the Jaccard similarity of their sets of shingles (runs of five letters or
//! digits; everything else is passed over, and traditional characters count as their simplified forms) is 0.9 or more. Of each set the 256 smallest hashes are kept (a bottom-k
//! sketch; Broder 1997, *On the resemblance and containment of documents*): the similarity is exact where neither text
//! has more shingles, and else an estimate whose standard error is below 0.02 at the threshold. Texts are only compared
//! where they share one of the eight smallest hashes, which two of similarity 0.9 fail to once in a hundred million
//! pairs.
//!
//! Documents are judged in the order of their keys, so the first by key is the original, and threads change nothing.

use rustc_hash::FxHashMap;

use crate::lexicon::Variants;
use crate::model::Document;

/// Characters of a shingle.
const SHINGLE: usize = 5;
/// Hashes of a sketch.
const SKETCH: usize = 256;
/// Hashes by which pairs are found.
const BANDS: usize = 8;
/// Shingles below which a text is too short for any but the very same.
const SHORT: usize = 40;
/// Originals of one hash that a text is compared with: boilerplate that all share must cost no quadratic time.
const COMPARED: usize = 64;
/// Similarity, in hundredths, from which texts are copies.
const COPY: usize = 90;

/// What of a text tells whether another is its copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The smallest hashes, ascending.
    smallest: Box<[u32]>,
}

impl Signature {
    /// The signature of a text. A site in traditional characters copies one in simplified ones.
    pub fn of(text: &str, variants: &Variants) -> Self {
        // Chinese text has three bytes a character
        let likely = Sketch::likely_limit(text.len() / 3);
        Self::below(likely, text, variants).or_else(|| Self::below(u32::MAX, text, variants)).unwrap_or_default()
    }

    /// The signature of a text, in one pass over it, if no hash of it is above `limit`.
    fn below(limit: u32, text: &str, variants: &Variants) -> Option<Self> {
        let mut window = [0_u64; SHINGLE];
        let (mut seen, mut rolled) = (0_usize, 0_u64);
        let mut sketch = Sketch::below(limit);
        for c in text.chars() {
            // marks, blanks and line ends differ between two sites
            let is_letter = if c.is_ascii() { c.is_ascii_alphanumeric() } else { c >= '\u{3400}' && !is_form(c) };
            if !is_letter {
                continue;
            }
            let c = variants.simplified(c);
            let oldest = std::mem::replace(&mut window[seen % SHINGLE], u64::from(c));
            rolled = rolled.wrapping_mul(BASE).wrapping_add(u64::from(c)).wrapping_sub(oldest.wrapping_mul(BASE_5));
            seen += 1;
            if seen >= SHINGLE {
                sketch.add(mix(rolled));
            }
        }
        // a text without a single shingle is one all the same
        if seen > 0 && seen < SHINGLE {
            sketch.add(mix(rolled));
        }
        sketch.finish().map(|smallest| Signature { smallest })
    }

    fn is_copy(&self, other: &Signature) -> bool {
        if self.smallest.len().min(other.smallest.len()) < SHORT {
            return self.smallest == other.smallest;
        }
        let (mut at, mut behind, mut both, mut all) = (0, 0, 0, 0);
        let (own, others) = (&self.smallest, &other.smallest);
        // the smallest hashes of the union
        while all < SKETCH && (at < own.len() || behind < others.len()) {
            // most candidates share a sentence or two, and are far apart after a few hashes
            if (all - both) * 100 > SKETCH * (100 - COPY) {
                return false;
            }
            all += 1;
            match (own.get(at), others.get(behind)) {
                (Some(a), Some(b)) if a == b => (at, behind, both) = (at + 1, behind + 1, both + 1),
                (Some(a), Some(b)) if a < b => at += 1,
                (Some(_), None) => at += 1,
                _ => behind += 1,
            }
        }
        both * 100 >= all * COPY
    }
}

/// Full-width marks.
fn is_form(c: char) -> bool {
    matches!(c, '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

/// Base of the polynomial that rolls over the text, and its fifth power.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
const BASE_5: u64 = BASE.wrapping_pow(SHINGLE as u32);

/// The finish of SplitMix64: the smallest hashes must be a fair sample.
fn mix(mut hash: u64) -> u32 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (hash >> 32) as u32
}

/// The smallest hashes so far; many more are gathered before the largest are thrown out.
struct Sketch {
    hashes: Vec<u32>,
    /// The limit it began with.
    first_limit: u32,
    /// No hash that is larger can stay.
    limit: u32,
}

impl Sketch {
    /// Twice as many hashes as are wanted lie below it, if no shingle of a text is repeated: then few hashes are sorted.
    fn likely_limit(shingles: usize) -> u32 {
        let share = (2 * SKETCH) as f64 / shingles.max(1) as f64;
        // a share above 1 is the largest limit
        (share * f64::from(u32::MAX)) as u32
    }

    fn below(limit: u32) -> Self {
        Sketch { hashes: Vec::with_capacity(4 * SKETCH), first_limit: limit, limit }
    }

    fn add(&mut self, hash: u32) {
        if hash > self.limit {
            return;
        }
        self.hashes.push(hash);
        if self.hashes.len() == 4 * SKETCH {
            self.settle();
        }
    }

    fn settle(&mut self) {
        self.hashes.sort_unstable();
        self.hashes.dedup();
        if self.hashes.len() >= SKETCH {
            self.hashes.truncate(SKETCH);
            self.limit = self.hashes[SKETCH - 1];
        }
    }

    /// The smallest hashes, ascending; none where larger ones than the first limit may be among them.
    fn finish(mut self) -> Option<Box<[u32]>> {
        self.settle();
        let complete = self.first_limit == u32::MAX || self.hashes.len() == SKETCH;
        complete.then(|| self.hashes.into_boxed_slice())
    }
}

/// Into which of some classes the hashes of a signature fall: that most texts are no copies is seen by them alone.
#[derive(Clone, Copy, Debug)]
struct Glance {
    classes: [u64; 4],
    hashes: u32,
}

impl Glance {
    fn of(signature: &Signature) -> Self {
        let mut classes = [0; 4];
        for hash in &signature.smallest {
            classes[(hash >> 6) as usize % 4] |= 1 << (hash % 64);
        }
        Glance { classes, hashes: signature.smallest.len() as u32 }
    }

    /// Copies share nine tenths of the larger signature at least, and a hash that one has alone is the reason for one class
    /// at most that the other lacks.
    fn rules_out(&self, other: &Glance) -> bool {
        let apart: u32 = self.classes.iter().zip(other.classes).map(|(a, b)| (a ^ b).count_ones()).sum();
        let (all, most) = (self.hashes + other.hashes, self.hashes.max(other.hashes));
        100 * apart + 2 * COPY as u32 * most > 100 * all
    }
}

/// The originals so far.
#[derive(Debug, Default)]
pub struct Originals {
    keys: Vec<(String, Signature)>,
    /// Of the signature of each.
    glances: Vec<Glance>,
    by_digest: FxHashMap<String, usize>,
    by_hash: FxHashMap<u32, Vec<usize>>,
}

impl Originals {
    /// Key of the document that `document` is a copy of; if of none, it is an original. Documents come in the order of
    /// their keys.
    pub fn judge(&mut self, document: &Document, signature: Signature) -> Option<&str> {
        let glance = Glance::of(&signature);
        let found = self.by_digest.get(&document.sha256).copied().or_else(|| self.similar(&signature, &glance));
        if let Some(original) = found {
            self.by_digest.entry(document.sha256.clone()).or_insert(original);
            return Some(&self.keys[original].0);
        }
        let at = self.keys.len();
        self.by_digest.insert(document.sha256.clone(), at);
        for hash in signature.smallest.iter().take(BANDS) {
            let originals = self.by_hash.entry(*hash).or_default();
            if originals.len() < COMPARED {
                originals.push(at);
            }
        }
        self.keys.push((document.key.clone(), signature));
        self.glances.push(glance);
        None
    }

    fn similar(&self, signature: &Signature, glance: &Glance) -> Option<usize> {
        let shared = signature.smallest.iter().take(BANDS).filter_map(|hash| self.by_hash.get(hash));
        let mut candidates: Vec<usize> = shared.flatten().copied().collect();
        candidates.retain(|at| !glance.rules_out(&self.glances[*at]));
        candidates.sort_unstable();
        candidates.dedup();
        candidates.into_iter().find(|at| self.keys[*at].1.is_copy(signature))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    use crate::ingest::from_text;
    use crate::lexicon::{Files, Lexicon};
    use crate::model::Given;

    static VARIANTS: LazyLock<Variants> = LazyLock::new(|| Lexicon::compile(&Files::shipped()).unwrap().variants);

    fn judged(texts: &[&str]) -> Vec<Option<String>> {
        let mut originals = Originals::default();
        let judge = |(at, text): (usize, &&str)| {
            let document = from_text(&at.to_string(), (*text).to_owned(), None, Given::default());
            originals.judge(&document, Signature::of(text, &VARIANTS)).map(str::to_owned)
        };
        texts.iter().enumerate().map(judge).collect()
    }

    /// A text of `count` sentences that no other seed gives.
    fn text(seed: u32, count: u32) -> String {
        let number = |at: u32| (seed * 7919 + at).wrapping_mul(2_654_435_761) % 100_000;
        (0..count).map(|at| format!("第{}次活动有{}家会员参加，", number(at), number(at + 5000))).collect()
    }

    #[test]
    fn copies_are_found_and_their_like_are_not() {
        let report = text(1, 80);
        let on_another_site = format!("来源：某协会　发布时间：2024-01-12\n{}", report.replace('，', ",\n"));
        let other_numbers = text(2, 80);
        let half = format!("{}{}", text(1, 40), text(3, 40));
        let found = judged(&[&report, &other_numbers, &on_another_site, &half, &report]);
        assert_eq!(found, [None, None, Some("0".to_owned()), None, Some("0".to_owned())]);
    }

    #[test]
    fn a_copy_in_traditional_characters_is_one() {
        let simplified = "协会举办工业机器人培训班，会员企业参加。".repeat(3) + &text(8, 40);
        let pairs = [('协', '協'), ('会', '會'), ('举', '舉'), ('办', '辦'), ('业', '業'), ('训', '訓'), ('动', '動')];
        let traditional =
            pairs.iter().fold(simplified.clone(), |text, (from, to)| text.replace(*from, &to.to_string()));
        assert_eq!(judged(&[&simplified, &traditional]), [None, Some("0".to_owned())]);
        assert_eq!(judged(&["新增會員86家", "新增会员86家"]), [None, Some("0".to_owned())]);
    }

    #[test]
    fn a_text_that_repeats_itself_is_seen_as_a_whole() {
        // most shingles stand in it a hundred times, so far fewer hashes are small than its length tells
        let repeated = text(7, 4).repeat(100);
        let all = Signature::below(u32::MAX, &repeated, &VARIANTS).unwrap();
        assert!(all.smallest.len() < SKETCH);
        assert_eq!(Signature::of(&repeated, &VARIANTS), all);
        let long = text(7, 400);
        assert_eq!(Signature::of(&long, &VARIANTS), Signature::below(u32::MAX, &long, &VARIANTS).unwrap());
    }

    #[test]
    fn no_copy_is_ruled_out_at_a_glance() {
        let whole = text(5, 400);
        let signature = Signature::of(&whole, &VARIANTS);
        let (mut copies, mut ruled_out) = (0, 0);
        for changed in 0..60 {
            let part: String = format!("{}{}", text(5, 400 - changed * 4), text(6, changed * 4));
            let other = Signature::of(&part, &VARIANTS);
            let copy = signature.is_copy(&other);
            let out = Glance::of(&signature).rules_out(&Glance::of(&other));
            assert!(!(copy && out), "{changed}");
            copies += u32::from(copy);
            ruled_out += u32::from(out);
        }
        assert!(copies > 2 && ruled_out > 10, "{copies} {ruled_out}");
    }

    #[test]
    fn short_texts_must_be_the_same() {
        let found = judged(&["新增会员86家。", "新增会员87家。", "新增会员 86 家", "甲", "乙", "甲。"]);
        assert_eq!(found, [None, None, Some("0".to_owned()), None, None, Some("3".to_owned())]);
        // texts without a letter share nothing
        assert_eq!(judged(&["。。", "——"]), [None, None]);
    }

    #[test]
    fn the_estimate_is_near_the_similarity() {
        // replacing one of n sentences loses about one of n shingles on either side
        for (changed, copy) in [(2_u32, true), (30, false)] {
            let whole = text(5, 400);
            let part: String = format!("{}{}", text(5, 400 - changed * 4), text(6, changed * 4));
            assert_eq!(Signature::of(&whole, &VARIANTS).is_copy(&Signature::of(&part, &VARIANTS)), copy, "{changed}");
        }
    }
}
