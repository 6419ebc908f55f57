//! Runs of words that one document repeats and no dictionary knows: candidates for new terms.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::Lexicon;
use crate::model::{Candidate, Clean, CleanText, PartsOfSpeech, Source, Span, Token, short_key};

/// Shortest and longest candidate, in characters: no longer than what [`short_key`] takes.
const CHARACTERS: std::ops::RangeInclusive<usize> = 2..=6;
/// Most words of a candidate.
const MOST_WORDS: usize = 4;
/// How often a document repeats it at least. What no document repeats is no term; without this bound every pair of words of
/// the corpus would have to be kept.
const REPEATED: usize = 2;
/// Characters of the example before and behind.
const AROUND: usize = 10;

/// Nouns, verbs, adjectives and what the dictionary doesn't know; no numbers, particles, pronouns, places.
const KINDS: PartsOfSpeech =
    PartsOfSpeech::of(&["n", "nz", "ng", "vn", "v", "vg", "a", "an", "b", "x", "j", "l", "eng", "g", "h", "k"]);

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
        let adjoin = |pair: &[Token]| pair[0].span.end() == pair[1].span.start();
        let pairs = tokens.windows(2).zip(fits.windows(2)).zip(0..);
        let mut starts: Vec<u32> =
            pairs.filter(|((pair, fit), _)| fit[0] && fit[1] && adjoin(pair)).map(|(_, start)| start).collect();
        let mut found: Vec<(&str, Vec<u32>, usize)> = Vec::new();
        for words in 2..=MOST_WORDS {
            let span = |start: u32| run_span(tokens, start, words);
            let fitting = starts.iter().filter(|start| span(**start).len() <= *CHARACTERS.end());
            let keyed = fitting.filter_map(|start| Some((short_key(&text.chars()[span(*start).range()])?, *start)));
            let mut runs: Vec<(u128, u32)> = keyed.collect();
            runs.sort_unstable();
            starts.clear();
            for same in runs.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() >= REPEATED) {
                let places: Vec<u32> = same.iter().map(|(_, start)| *start).collect();
                starts.extend(&places);
                found.push((text.slice(span(places[0])), places, words));
            }
            // a longer run is repeated only where both runs in it are
            starts.sort_unstable();
            starts = starts.windows(2).filter(|pair| pair[0] + 1 == pair[1]).map(|pair| pair[0]).collect();
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
        // the edges of names as characters of the repaired text
        let names: Vec<(usize, usize)> =
            names.iter().map(|name| (text.char_at_source(name.start()), text.char_at_source(name.end()))).collect();
        let mut name = 0;
        let mut furthest = 0;
        let kinds: Vec<bool> = tokens.iter().map(|token| KINDS.contains(token.pos)).collect();
        // one between two that don't fit is in no run
        let beside = |at: usize| kinds.get(at + 1) == Some(&true) || at > 0 && kinds[at - 1];
        let fits = |(at, token): (usize, &Token)| {
            let letters = || text.chars()[token.span.range()].iter().all(|c| is_letter(*c));
            if !kinds[at] || !beside(at) || token.span.is_empty() || !letters() {
                return false;
            }
            while name < names.len() && names[name].0 < token.span.end() {
                furthest = furthest.max(names[name].1);
                name += 1;
            }
            let stopword = || self.lexicon.lists.stopwords.contains(text.slice(token.span));
            token.span.start() >= furthest && !stopword()
        };
        tokens.iter().enumerate().map(fits).collect()
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

/// What `words` words cover, the first of which is the token `start`.
fn run_span(tokens: &[Token], start: u32, words: usize) -> Span<Clean> {
    let run = &tokens[start as usize..start as usize + words];
    Span::new(run[0].span.start(), run[words - 1].span.end())
}

fn candidate(text: &CleanText, tokens: &[Token], starts: &[u32], words: usize) -> Candidate {
    let chars = text.chars();
    let mut left: FxHashMap<char, u32> = FxHashMap::default();
    let mut right: FxHashMap<char, u32> = FxHashMap::default();
    let span = |start: u32| run_span(tokens, start, words);
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
                Token { span: Span::new(start, at), pos, word: None }
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
