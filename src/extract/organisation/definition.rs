//! Short names that a text defines: (以下简称"协会"), (简称:智造标准人才办), (MESA分会).

use crate::model::{Clean, Definition, OrganisationMention, Span};

use super::view::View;

/// Longest text in brackets that may define a name.
const LONGEST: usize = 30;

pub(super) fn find(view: &View<'_>, mentions: &[OrganisationMention<Clean>]) -> Vec<Definition<Clean>> {
    mentions.iter().filter_map(|mention| defined_behind(view, mention)).collect()
}

fn defined_behind(view: &View<'_>, mention: &OrganisationMention<Clean>) -> Option<Definition<Clean>> {
    let chars = view.chars;
    let open = mention.span.end() + usize::from(matches!(chars.get(mention.span.end()), Some('”' | '"')));
    if chars.get(open) != Some(&'(') {
        return None;
    }
    let close = open + 1 + chars[open + 1..].iter().take(LONGEST).position(|c| *c == ')')?;
    let (start, told) = skip_announcement(chars, open + 1, close);
    let quote = |c: char| matches!(c, '“' | '”' | '"' | '‘' | '’' | '\'' | '「' | '」');
    let start = start + usize::from(start < close && quote(chars[start]));
    let end = close - usize::from(close > start && quote(chars[close - 1]));
    if end <= start || end - start > 16 {
        return None;
    }
    let short: String = chars[start..end].iter().collect();
    let plain = short.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '+'));
    let acronym = (2..=10).contains(&short.len()) && short.bytes().all(|b| b.is_ascii_uppercase());
    let suffixed = end - start >= 4 && view.organisations.suffix_of(&short).is_some();
    let accepted = plain && (told || acronym || suffixed);
    accepted.then(|| Definition { short, span: Span::new(start, end), full: mention.span })
}

/// Behind 以下简称, 简称: and the like, and whether one stands there.
fn skip_announcement(chars: &[char], start: usize, close: usize) -> (usize, bool) {
    for word in ["以下统称", "以下简称为", "以下简称", "以下称", "下称", "简称为", "简称"] {
        let end = start + word.chars().count();
        if end < close && chars[start..end].iter().copied().eq(word.chars()) {
            return (end + usize::from(chars[end] == ':'), true);
        }
    }
    (start, false)
}
