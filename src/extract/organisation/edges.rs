//! Left edges that the words got wrong, set right by names seen elsewhere in the text.

use rustc_hash::FxHashSet;

use crate::model::{Clean, CleanText, OrganisationForm, OrganisationMention, Span};

/// Characters that part two names but that the dictionary may have drawn into a word: 和平 | 澜省, 年会 | 暨南.
const JOINTS: &str = "与和及暨由在向对为等同";
/// A name of this length is telling enough to be recognised inside a longer one.
const TELLING: usize = 5;

/// Cuts what stands before a name known from elsewhere in the text, or before the place that other names begin with.
pub(super) fn trim(text: &CleanText, mentions: &mut [OrganisationMention<Clean>]) {
    let names: FxHashSet<Vec<char>> =
        mentions.iter().filter(|m| m.parent.is_none()).map(|m| m.name.chars().collect()).collect();
    let places: FxHashSet<[char; 2]> =
        names.iter().filter(|n| n.len() > 2 && !JOINTS.contains(n[0])).map(|n| [n[0], n[1]]).collect();
    for mention in mentions.iter_mut().filter(|m| m.form == OrganisationForm::Full && m.parent.is_none()) {
        let name: Vec<char> = mention.name.chars().collect();
        let known = (1..name.len().saturating_sub(TELLING - 1))
            .find(|&at| JOINTS.contains(name[at - 1]) && names.contains(&name[at..]));
        let placed = || {
            let begins = name.len() > TELLING && JOINTS.contains(name[0]);
            (begins && places.contains(&[name[1], name[2]]) && !places.contains(&[name[0], name[1]])).then_some(1)
        };
        if let Some(at) = known.or_else(placed) {
            mention.span = Span::new(mention.span.start() + at, mention.span.end());
            mention.name =
                text.slice(Span::new(mention.span.start(), mention.span.start() + name.len() - at)).to_owned();
        }
    }
}
