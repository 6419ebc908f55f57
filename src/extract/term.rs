//! Terms of the dictionary: longest match on word boundaries, nested terms, negation.

use crate::lexicon::{CharSet, Lexicon};
use crate::model::{Clean, CleanText, Span, TermMention, Token};

/// Finds terms.
#[derive(Debug)]
pub struct TermFinder<'l> {
    negators: &'l rustc_hash::FxHashSet<String>,
    /// Characters that negators begin with.
    first: CharSet,
}

impl<'l> TermFinder<'l> {
    /// A finder over the terms of a lexicon.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        let negators = &lexicon.lists.negators;
        let first = negators.iter().filter_map(|word| word.chars().next()).collect();
        TermFinder { negators, first }
    }

    /// Mentions in order of their starts, a longer one before those nested in it. `names` are all places at which names of terms
    /// stand, in any order, and the indexes of the terms.
    ///
    /// The longest of overlapping names wins, the leftmost of equally long ones. A term counts as found only where it
    /// begins and ends with a word: 展会 is no term in 发展会员. A different term wholly inside a longer one is nested.
    pub fn find(&self, text: &CleanText, tokens: &[Token], names: &[(Span<Clean>, u32)]) -> Vec<TermMention<Clean>> {
        let whole = |(span, _): &&(Span<Clean>, u32)| is_whole(text.chars(), *span);
        let mut matches: Vec<(Span<Clean>, u32)> = names.iter().filter(whole).copied().collect();
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
                    if outer.contains(span) && !repeated && !cuts_words(outer, span) {
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
                let may_negate = self.first.contains(text.chars()[tokens[token].span.start()]);
                if negated || may_negate {
                    let word = text.slice(tokens[token].span);
                    let gap = negated
                        && token > 0
                        && text.chars()[tokens[token - 1].span.end()..tokens[token].span.start()].contains(&'\n');
                    let ends = || word.chars().all(|c| ",。;!?:、\u{2014}".contains(c));
                    negated = (negated && !gap && !ends()) || may_negate && self.negators.contains(word);
                }
                token += 1;
            }
            let line_end = token > 0
                && token < tokens.len()
                && text.chars()[tokens[token - 1].span.end()..tokens[token].span.start()].contains(&'\n');
            mention.negated = negated && !line_end;
        }
    }
}

/// It begins and ends inside no Latin word and no number.
fn is_whole(chars: &[char], span: Span<Clean>) -> bool {
    let inside = |edge: usize| {
        let latin = |at: usize| chars.get(at).is_some_and(char::is_ascii_alphanumeric);
        edge > 0 && latin(edge - 1) && latin(edge)
    };
    !inside(span.start()) && !inside(span.end())
}

/// 展会 in 发展会员: one character left over on either side is half of a word.
fn cuts_words(outer: Span<Clean>, nested: Span<Clean>) -> bool {
    nested.start() - outer.start() == 1 && outer.end() - nested.end() == 1
}

/// No token crosses either edge of `span`.
fn on_word_boundaries(tokens: &[Token], span: Span<Clean>) -> bool {
    let behind = &tokens[tokens.partition_point(|token| token.span.end() <= span.start())..];
    let crosses = |token: Option<&Token>, edge: usize| token.is_some_and(|token| token.span.start() < edge);
    let at_end = behind.iter().find(|token| token.span.end() > span.end());
    !crosses(behind.first(), span.start()) && !crosses(at_end, span.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::clean;
    use crate::ingest;
    use crate::lexicon::Files;
    use crate::model::Given;
    use crate::segment::Segmenter;

    /// Found terms: nested ones in brackets, negated ones behind a dash.
    fn found(texts: &[(&str, &str)]) {
        let lexicon = Lexicon::compile(&Files::shipped()).unwrap();
        let segmenter = Segmenter::new(&lexicon);
        let finder = TermFinder::new(&lexicon);
        for (text, expected) in texts {
            let document = ingest::from_text("", (*text).to_owned(), None, Given::default());
            let (clean, _) = clean(&document, &lexicon.variants);
            let words = segmenter.segment(&clean);
            let mentions = finder.find(&clean, &words.tokens, &words.terms);
            let shown = mentions.iter().map(|m| {
                let name = &lexicon.terms.terms()[m.term as usize].name;
                match (m.nested, m.negated) {
                    (true, _) => format!("({name})"),
                    (false, true) => format!("-{name}"),
                    (false, false) => name.clone(),
                }
            });
            assert_eq!(shown.collect::<Vec<_>>().join(" "), *expected, "{text}");
        }
    }

    #[test]
    fn longest_match_on_word_boundaries() {
        found(&[
            ("人形机器人走进工厂", "人形机器人 (机器人)"),
            ("机器人、人形机器人", "机器人 人形机器人 (机器人)"),
            ("我们发展会员", "会员发展"),
            ("我们发展会长单位", "会长"),
            ("举办展会", "展览会"),
            ("AGV与agv", "自动导引车 自动导引车"),
            ("AIGC不是AI", "生成式人工智能 人工智能"),
        ]);
    }

    #[test]
    fn negation_holds_for_its_clause() {
        found(&[
            ("全年没有举办数字孪生活动，智能制造持续推进", "-数字孪生 智能制造"),
            ("未开展团体标准工作", "-团体标准"),
            ("无人机产业发展迅速", "无人机"),
            ("不断推进智能制造", "智能制造"),
            ("没有举办。\n数字孪生", "数字孪生"),
        ]);
    }
}
