//! Pinyin pasted behind characters to foil copying: 機(jī)器 is 機器.

use super::draft::{Draft, Piece};

/// Longest syllable (zhuāng, shuāng).
const SYLLABLE: usize = 6;

/// Takes pasted syllables out; the character in front stands for them too, so that a span over it covers them.
pub(super) fn remove(draft: &mut Draft) {
    if !draft.pieces.iter().any(|p| has_tone(p.c)) {
        return;
    }
    let mut kept: Vec<Piece> = Vec::with_capacity(draft.pieces.len());
    for line in &mut draft.lines {
        let start = kept.len();
        let mut at = line.range.start;
        while at < line.range.end {
            let rest = &draft.pieces[at..line.range.end];
            match (kept.len() > start).then(|| kept.last_mut()).flatten() {
                Some(before) if is_han(before.c) && pasted(rest).is_some() => {
                    let length = pasted(rest).unwrap_or(1);
                    before.end = rest[length - 1].end;
                    draft.repairs += 1;
                    at += length;
                }
                _ => {
                    kept.push(rest[0]);
                    at += 1;
                }
            }
        }
        line.range = start..kept.len();
    }
    draft.pieces = kept;
}

/// Length of a bracketed syllable with a tone mark at the start of `rest`.
fn pasted(rest: &[Piece]) -> Option<usize> {
    if rest.first()?.c != '(' {
        return None;
    }
    let close = rest.iter().take(SYLLABLE + 2).position(|p| p.c == ')')?;
    let syllable = &rest[1..close];
    let latin = syllable.iter().all(|p| p.c.is_ascii_lowercase() || has_tone(p.c));
    (latin && syllable.iter().any(|p| has_tone(p.c))).then_some(close + 1)
}

fn has_tone(c: char) -> bool {
    // asked of every character: Han lies behind the last of them
    ('\u{e0}'..='\u{1e3f}').contains(&c) && "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ".contains(c)
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}
