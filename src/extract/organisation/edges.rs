//! Left edges that the words got wrong, set right by names seen elsewhere in the text.

use rustc_hash::FxHashSet;

use crate::model::{Clean, CleanText, OrganisationForm, OrganisationMention, Span};

/// A name of this length is telling enough to be recognised inside a longer one.
const TELLING: usize = 5;

/// Cuts what stands before a name known from elsewhere in the text, or before the place that other names begin with.
pub(super) fn trim(text: &CleanText, mentions: &mut [OrganisationMention<Clean>]) {
    for (mention, at) in cuts(mentions) {
        let mention = &mut mentions[mention];
        let behind = mention.name.chars().count() - at;
        mention.span = Span::new(mention.span.start() + at, mention.span.end());
        mention.name = text.slice(Span::new(mention.span.start(), mention.span.start() + behind)).to_owned();
    }
}

/// Mentions to be cut, and how many characters of each.
fn cuts(mentions: &[OrganisationMention<Clean>]) -> Vec<(usize, usize)> {
    let whole = |m: &OrganisationMention<Clean>| m.form == OrganisationForm::Full && m.parent.is_none();
    let mut joined = mentions.iter().enumerate().filter(|(_, m)| whole(m) && m.name.contains(is_joint)).peekable();
    if joined.peek().is_none() {
        return Vec::new();
    }
    let names: FxHashSet<&str> = mentions.iter().filter(|m| m.parent.is_none()).map(|m| m.name.as_str()).collect();
    let place = |name: &str| {
        let mut chars = name.chars();
        let place = [chars.next()?, chars.next()?];
        (chars.next().is_some() && !is_joint(place[0])).then_some(place)
    };
    let places: FxHashSet<[char; 2]> = names.iter().filter_map(|name| place(name)).collect();
    let cut = |name: &str| {
        let joints = name.char_indices().enumerate().filter(|(_, (_, c))| is_joint(*c));
        let mut behind = joints.map(|(at, (byte, c))| (at + 1, &name[byte + c.len_utf8()..]));
        let known = behind.find(|(_, rest)| rest.chars().nth(TELLING - 1).is_some() && names.contains(rest));
        let placed = || {
            let mut chars = name.chars();
            let [first, second, third] = [chars.next()?, chars.next()?, chars.next()?];
            let begins = is_joint(first) && name.chars().nth(TELLING).is_some();
            (begins && places.contains(&[second, third]) && !places.contains(&[first, second])).then_some(1)
        };
        known.map(|(at, _)| at).or_else(placed)
    };
    joined.filter_map(|(at, mention)| Some((at, cut(&mention.name)?))).collect()
}

/// A character that parts two names but that the dictionary may have drawn into a word: 和平 | 澜省, 年会 | 暨南.
fn is_joint(c: char) -> bool {
    matches!(c, '与' | '和' | '及' | '暨' | '由' | '在' | '向' | '对' | '为' | '等' | '同')
}
