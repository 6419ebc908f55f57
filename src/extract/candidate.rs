//! Runs of words that one document repeats and no dictionary knows: candidates for new terms.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::Lexicon;
use crate::model::{Candidate, Clean, CleanText, Source, Span, Token};

/// Shortest and longest candidate, in characters.
const CHARACTERS: std::ops::RangeInclusive<usize> = 2..=6;
/// Most words of a candidate.
const MOST_WORDS: usize = 4;
/// How often a document repeats it at least. What no document repeats is no term; without this bound every pair of words of
/// the corpus would have to be kept.
const REPEATED: u32 = 2;
/// Characters of the example before and behind.
const AROUND: usize = 10;

/// Finds candidates for new terms.
#[derive(Debug)]
pub struct CandidateFinder<'l> {
    lexicon: &'l Lexicon,
}

impl<'l> CandidateFinder<'l> {
    /// A finder that leaves out what the lexicon knows.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        CandidateFinder { lexicon }
    }

    /// Candidates of one document by their words. `names` are spans of organisations, people and events, in order, which
    /// are no terms.
    pub fn find(&self, text: &CleanText, tokens: &[Token], names: &[Span<Source>]) -> Vec<Candidate> {
        let fits = self.fitting(text, tokens, names);
        let mut runs: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        let mut repeated: FxHashSet<(u32, u32)> = FxHashSet::default();
        let mut found: Vec<(&str, Vec<u32>, usize)> = Vec::new();
        for words in 2..=MOST_WORDS {
            runs.clear();
            for start in 0..tokens.len().saturating_sub(words - 1) {
                let run = &tokens[start..start + words];
                let span = Span::new(run[0].span.start(), run[words - 1].span.end());
                let whole = fits[start..start + words].iter().all(|fits| *fits)
                    && run.windows(2).all(|pair| pair[0].span.end() == pair[1].span.start())
                    && span.len() <= *CHARACTERS.end();
                // a longer run is repeated only where both runs in it are
                let length = words as u32 - 1;
                let grown = words == 2
                    || repeated.contains(&(start as u32, length)) && repeated.contains(&(start as u32 + 1, length));
                if whole && grown {
                    runs.entry(text.slice(span)).or_default().push(start as u32);
                }
            }
            for (run, starts) in runs.drain().filter(|(_, starts)| starts.len() as u32 >= REPEATED) {
                repeated.extend(starts.iter().map(|start| (*start, words as u32)));
                found.push((run, starts, words));
            }
        }
        found.sort_unstable();
        let inner = inner_runs(&found);
        let candidates = found.iter().filter(|(run, starts, words)| {
            CHARACTERS.contains(&run.chars().count()) && !inner.contains(&(starts[0], *words)) && !self.is_known(run)
        });
        candidates.map(|(_, starts, words)| candidate(text, tokens, starts, *words)).collect()
    }

    /// For each token: it may be a part of a term.
    fn fitting(&self, text: &CleanText, tokens: &[Token], names: &[Span<Source>]) -> Vec<bool> {
        let mut name = 0;
        let mut furthest = 0;
        let mut fits = Vec::with_capacity(tokens.len());
        for token in tokens {
            let place = text.to_source(token.span);
            while name < names.len() && names[name].start() < place.end() {
                furthest = furthest.max(names[name].end());
                name += 1;
            }
            // nouns, verbs, adjectives and what the dictionary doesn't know; no numbers, particles, pronouns, places
            let kind = matches!(
                token.pos.as_str(),
                "n" | "nz" | "ng" | "vn" | "v" | "vg" | "a" | "an" | "b" | "x" | "j" | "l" | "eng" | "g" | "h" | "k"
            );
            let letters = || text.chars()[token.span.range()].iter().all(|c| is_letter(*c));
            let stopword = || self.lexicon.lists.stopwords.contains(text.slice(token.span));
            fits.push(kind && place.start() >= furthest && letters() && !stopword());
        }
        fits
    }

    fn is_known(&self, run: &str) -> bool {
        self.lexicon.terms.named(run).is_some()
    }
}

/// A letter of any script; most are Chinese, which are told at once.
fn is_letter(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || c.is_alphabetic()
}

/// Runs that stand only inside one longer run, by first token and words: the longer one stands for them.
fn inner_runs(found: &[(&str, Vec<u32>, usize)]) -> FxHashSet<(u32, usize)> {
    let mut inner = FxHashSet::default();
    let first: FxHashMap<(u32, usize), usize> =
        found.iter().map(|(_, starts, words)| ((starts[0], *words), starts.len())).collect();
    for (_, starts, words) in found {
        for (start, shorter) in
            (1..*words).rev().flat_map(|shorter| (0..=words - shorter).map(move |at| (at as u32, shorter)))
        {
            let key = (starts[0] + start, shorter);
            if first.get(&key).is_some_and(|count| *count == starts.len()) {
                inner.insert(key);
            }
        }
    }
    inner
}

fn candidate(text: &CleanText, tokens: &[Token], starts: &[u32], words: usize) -> Candidate {
    let chars = text.chars();
    let mut left: FxHashMap<char, u32> = FxHashMap::default();
    let mut right: FxHashMap<char, u32> = FxHashMap::default();
    let span = |start: u32| {
        let run = &tokens[start as usize..start as usize + words];
        Span::<Clean>::new(run[0].span.start(), run[words - 1].span.end())
    };
    // what is no letter bounds alike
    let neighbour = |c: Option<&char>| c.copied().filter(|c| c.is_alphanumeric()).unwrap_or('\n');
    for &start in starts {
        let span = span(start);
        *left.entry(neighbour(span.start().checked_sub(1).and_then(|at| chars.get(at)))).or_default() += 1;
        *right.entry(neighbour(chars.get(span.end()))).or_default() += 1;
    }
    let first = span(starts[0]);
    let example = Span::new(first.start().saturating_sub(AROUND), (first.end() + AROUND).min(chars.len()));
    let sorted = |map: FxHashMap<char, u32>| {
        let mut pairs: Vec<(char, u32)> = map.into_iter().collect();
        pairs.sort_unstable();
        pairs
    };
    let run = &tokens[starts[0] as usize..starts[0] as usize + words];
    Candidate {
        words: run.iter().map(|token| text.slice(token.span)).collect::<Vec<_>>().join("|").into(),
        count: starts.len() as u32,
        left: sorted(left),
        right: sorted(right),
        at: first.start() as u32,
        example: text.slice(example).replace('\n', " ").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Files;
    use crate::model::PartOfSpeech;

    /// Text with its words cut at blanks.
    fn found(words: &str, names: &[&str]) -> Vec<String> {
        let lexicon = Lexicon::compile(&Files::shipped()).unwrap();
        let source: String = words.split(' ').collect();
        let text = CleanText::new(source.chars().enumerate().map(|(at, c)| (c, Span::<Source>::new(at, at + 1))));
        let mut at = 0;
        let tokens: Vec<Token> = words
            .split(' ')
            .map(|word| {
                let start = at;
                at += word.chars().count();
                let pos = PartOfSpeech::new(if word == "的" { "uj" } else { "n" });
                Token { span: Span::new(start, at), pos }
            })
            .collect();
        let spans: Vec<Span<Source>> = names
            .iter()
            .map(|name| {
                let start = source[..source.find(name).unwrap()].chars().count();
                Span::new(start, start + name.chars().count())
            })
            .collect();
        let candidates = CandidateFinder::new(&lexicon).find(&text, &tokens, &spans);
        candidates.into_iter().map(|c| format!("{} {}", c.words, c.count)).collect()
    }

    #[test]
    fn repeated_runs_of_words_are_candidates() {
        let cases: [(&str, &[&str], &[&str]); 6] = [
            ("蓝雀 簧片 , 新 蓝雀 簧片 。", &[], &["蓝雀|簧片 2"]),
            ("蓝雀 簧片 。", &[], &[]),
            // the longest run that is as frequent stands for those in it
            ("云 端 大脑 , 云 端 大脑 。", &[], &["云|端|大脑 2"]),
            ("云 端 大脑 , 云 端 大脑 , 云 端 。", &[], &["云|端 3", "云|端|大脑 2"]),
            ("蓝雀 的 簧片 , 蓝雀 的 簧片", &[], &[]),
            // names and terms of the dictionary are known
            ("甲 公司 , 乙 , 甲 公司", &["甲公司,乙,甲公司"], &[]),
        ];
        for (words, names, expected) in cases {
            assert_eq!(found(words, names), expected, "{words}");
        }
    }
}
