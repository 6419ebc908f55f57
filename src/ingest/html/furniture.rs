//! Lines that a site puts around a text: registrations, view counts, links to the next page.

use std::sync::LazyLock;

use super::walk::Part;

/// Words and where they tell, one a line.
const WORDS: &str = include_str!("furniture.txt");

/// Characters above which a line is text, whatever it holds.
const LONG: usize = 120;

struct Words {
    /// A line that holds one is no text.
    anywhere: Vec<&'static str>,
    /// A line that begins with one is no text.
    first: Vec<&'static str>,
    /// Cut out of a line, with what stands behind it up to the next blank.
    cut: Vec<&'static str>,
}

static LIST: LazyLock<Words> = LazyLock::new(|| {
    let rows = WORDS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(','));
    let of = |wanted: &str| rows.clone().filter(|(_, place)| *place == wanted).map(|(word, _)| word).collect();
    Words { anywhere: of("anywhere"), first: of("first"), cut: of("cut") }
});

/// A part without what is furniture in it; `None` where it is nothing else.
pub(super) fn kept(part: &Part) -> Option<Part> {
    match part {
        Part::Paragraph(text) if text.chars().count() <= LONG => line(text).map(Part::Paragraph),
        part => Some(part.clone()),
    }
}

/// A line without what is furniture in it.
pub(super) fn line(text: &str) -> Option<String> {
    let list = &*LIST;
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    if list.anywhere.iter().any(|word| text.contains(word)) || list.first.iter().any(|word| bare.starts_with(word)) {
        return None;
    }
    let mut kept = text.to_owned();
    for word in &list.cut {
        while let Some(at) = kept.find(word) {
            let behind = &kept[at + word.len()..];
            let value = behind.trim_start_matches([':', '：', ' ']);
            // a label with a number or a bracket is a widget; the same word in a sentence is none
            let skipped = behind.len() - value.len();
            if skipped == 0 && !value.starts_with(|c: char| c.is_ascii_digit()) && !value.is_empty() {
                break;
            }
            let length = value.find([' ', '\t', '|', '】', ']', ')', '）']).unwrap_or(value.len());
            let end = at + word.len() + skipped + length;
            kept.replace_range(at..end, "");
        }
    }
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    kept.contains(|c: char| c.is_alphanumeric()).then_some(kept)
}
