//! Terms of the dictionary: longest match on word boundaries, nested terms, negation.

use crate::lexicon::{Lexicon, NameMatch, TermDictionary};
use crate::model::{Clean, CleanText, Span, TermMention, Token};

/// Finds terms.
#[derive(Debug)]
pub struct TermFinder<'l> {
    terms: &'l TermDictionary,
    negators: &'l rustc_hash::FxHashSet<String>,
}

impl<'l> TermFinder<'l> {
    /// A finder over the terms of a lexicon.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        TermFinder { terms: &lexicon.terms, negators: &lexicon.lists.negators }
    }

    /// Mentions in order of their starts, a longer one before those nested in it.
    ///
    /// The longest of overlapping names wins, the leftmost of equally long ones. A term counts as found only where it
    /// begins and ends with a word: 展会 is no term in 发展会员. A different term wholly inside a longer one is nested.
    pub fn find(&self, text: &CleanText, tokens: &[Token]) -> Vec<TermMention<Clean>> {
        let mut matches: Vec<(Span<Clean>, u32)> = Vec::new();
        for found in self.terms.find(text.text()) {
            if let Some(span) = whole_word(text, found) {
                matches.push((span, found.term));
            }
        }
        matches.sort_unstable_by_key(|(span, term)| (span.start(), std::cmp::Reverse(span.end()), *term));
        let mut mentions: Vec<TermMention<Clean>> = Vec::with_capacity(matches.len());
        let mut longest: Option<usize> = None;
        for (at, &(span, term)) in matches.iter().enumerate() {
            let outer = longest.map(|l| matches[l]).filter(|(outer, _)| outer.overlaps(span));
            match outer {
                Some((outer, same)) => {
                    let repeated = same == term
                        || mentions
                            .iter()
                            .rev()
                            .take_while(|m| m.span.start() >= outer.start())
                            .any(|m| m.term == term && m.span.overlaps(span));
                    if outer.contains(span) && !repeated {
                        mentions.push(TermMention { span, term, nested: true, negated: false });
                    }
                }
                None if on_word_boundaries(tokens, span) => {
                    longest = Some(at);
                    mentions.push(TermMention { span, term, nested: false, negated: false });
                }
                None => {}
            }
        }
        self.mark_negated(text, tokens, &mut mentions);
        mentions
    }

    /// A term is negated where a negator stands before it in its clause.
    fn mark_negated(&self, text: &CleanText, tokens: &[Token], mentions: &mut [TermMention<Clean>]) {
        let mut token = 0;
        let mut negated = false;
        for mention in mentions {
            while token < tokens.len() && tokens[token].span.start() < mention.span.start() {
                let word = text.slice(tokens[token].span);
                let gap = negated
                    && token > 0
                    && text.chars()[tokens[token - 1].span.end()..tokens[token].span.start()].contains(&'\n');
                let ends = || word.chars().all(|c| ",。;!?:、\u{2014}".contains(c));
                negated = (negated && !gap && !ends()) || self.negators.contains(word);
                token += 1;
            }
            let line_end = token > 0
                && token < tokens.len()
                && text.chars()[tokens[token - 1].span.end()..tokens[token].span.start()].contains(&'\n');
            mention.negated = negated && !line_end;
        }
    }
}

/// The span of a match, unless it begins or ends inside a Latin word or a number.
fn whole_word(text: &CleanText, found: NameMatch) -> Option<Span<Clean>> {
    let bytes = text.text().as_bytes();
    let inside = |left: usize| {
        let latin = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        left > 0 && latin(left - 1) && latin(left)
    };
    if inside(found.start) || inside(found.end) {
        return None;
    }
    Some(Span::new(text.char_at_byte(found.start), text.char_at_byte(found.end)))
}

/// No token crosses either edge of `span`.
fn on_word_boundaries(tokens: &[Token], span: Span<Clean>) -> bool {
    let crosses = |edge: usize| {
        let at = tokens.partition_point(|token| token.span.end() <= edge);
        tokens.get(at).is_some_and(|token| token.span.start() < edge)
    };
    !crosses(span.start()) && !crosses(span.end())
}
