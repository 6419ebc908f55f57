//! Bytes to text: which encoding a report was saved in.
//!
//! A byte order mark settles it, then strict UTF-8. What is left is decoded as UTF-16, GB18030 and Big5, each strictly,
//! and the reading whose characters are the likeliest wins; between two that are equally likely, `chardetng` decides.
//! Likely characters are level 1 of GB 2312 and of Big5: both standards put there what is in daily use.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::Reason;

/// Text, and the name of the encoding that it was decoded from.
pub type Decoded = (String, &'static str);

/// Why bytes are no text: a code and what to do.
pub type Undecodable = (Reason, String);

/// Characters of a reading that are looked at to judge it.
const SAMPLE: usize = 1 << 16;

/// Share of likely characters below which a reading is no text.
const PLAUSIBLE: f64 = 0.6;

/// Readings whose shares differ by no more are equally likely.
const TIE: f64 = 0.02;

/// Share of control characters above which a text is data of another kind.
const CONTROLS: f64 = 0.05;

/// Beginnings of files that are often saved under a wrong name.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
];

/// Decodes a file. A byte order mark is no part of the text; line ends stay as they are.
///
/// # Errors
/// `empty` for nothing but blanks, `binary` for data of another kind, `unknown_encoding` for what no encoding fits.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Undecodable> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err((Reason::Binary, format!("the file is {what}; save its text as UTF-8")));
    }
    let (text, label) = match marked(bytes) {
        Some(decoded) => decoded?,
        None => unmarked(bytes)?,
    };
    let text = without_nul(text);
    if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err((Reason::Empty, "the file holds no text; write some or remove it".into()));
    }
    if controls(&text) > CONTROLS {
        return Err((Reason::Binary, "control characters fill the file; save its text as UTF-8".into()));
    }
    Ok((text, label))
}

/// U+FFFD for each NUL: it ends a text for many programs that read tables (C strings, Python's `csv` before 3.11).
pub(super) fn without_nul(text: String) -> String {
    if memchr::memchr(0, text.as_bytes()).is_none() { text } else { text.replace('\0', "\u{fffd}") }
}

/// What a byte order mark settles.
fn marked(bytes: &[u8]) -> Option<Result<Decoded, Undecodable>> {
    const GB18030_MARK: &[u8] = b"\x84\x31\x95\x33";
    if let Some(rest) = bytes.strip_prefix(GB18030_MARK)
        && let Some(text) = strict(GB18030, rest)
    {
        return Some(Ok((text, "GB18030")));
    }
    let (encoding, length) = Encoding::for_bom(bytes)?;
    let decoded = strict(encoding, &bytes[length..]).map(|text| (text, encoding.name()));
    Some(decoded.ok_or_else(|| {
        let name = encoding.name();
        (
            Reason::UnknownEncoding,
            format!("a byte order mark says {name}, the bytes behind it are not; save it as UTF-8"),
        )
    }))
}

/// UTF-8, or the likeliest of the others.
fn unmarked(bytes: &[u8]) -> Result<Decoded, Undecodable> {
    let utf8 = simdutf8::basic::from_utf8(bytes).ok();
    // UTF-16 can be UTF-8 by chance, but then control characters stand in it.
    if let Some(text) = utf8.filter(|text| !has_control(text)) {
        return Ok((text.to_owned(), "UTF-8"));
    }
    let mut readings = Vec::new();
    if bytes.len().is_multiple_of(2) {
        readings.extend([(UTF_16LE, "UTF-16LE"), (UTF_16BE, "UTF-16BE")]);
    }
    if utf8.is_none() && !damaged_utf8(bytes) {
        readings.extend([(GB18030, "GB18030"), (BIG5, "Big5")]);
    }
    let readings = readings.into_iter().filter_map(|(encoding, label)| {
        let text = strict(encoding, bytes)?;
        let share = plausibility(&text, label.starts_with("UTF-16"));
        (share >= PLAUSIBLE).then_some((text, label, share))
    });
    let mut readings: Vec<_> = readings.collect();
    readings.sort_by(|a, b| b.2.total_cmp(&a.2));
    if let [(_, leader, first), (_, second, share), ..] = readings.as_slice()
        && first - share <= TIE
        && !leader.starts_with("UTF-16")
        && guess(bytes) == Some(*second)
    {
        readings.swap(0, 1);
    }
    match (readings.into_iter().next(), utf8) {
        (Some((text, label, _)), _) => Ok((text, label)),
        (None, Some(text)) if memchr::memchr(0, bytes).is_none() => Ok((text.to_owned(), "UTF-8")),
        (None, _) => Err(unknown(bytes, utf8)),
    }
}

fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

/// What `chardetng` takes the bytes for, where that is one of the two.
fn guess(bytes: &[u8]) -> Option<&'static str> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], true);
    match detector.guess(None, Utf8Detection::Deny).name() {
        "GBK" | "gb18030" => Some("GB18030"),
        "Big5" => Some("Big5"),
        _ => None,
    }
}

/// Share of likely characters among those that a wrong encoding would change; the vowels of pinyin (ǎ, é), which some
/// sites paste behind characters, say nothing either way.
fn plausibility(text: &str, ascii_counts: bool) -> f64 {
    let (mut likely, mut all) = (0_u32, 0_u32);
    let counts = |c: &char| (ascii_counts || !c.is_ascii() || is_control(*c)) && !matches!(c, 'à'..='ü' | 'ā'..='ǜ');
    for c in text.chars().take(SAMPLE).filter(counts) {
        all += 1;
        likely += u32::from(is_likely(c));
    }
    if all == 0 { 0.0 } else { f64::from(likely) / f64::from(all) }
}

fn is_likely(c: char) -> bool {
    match c {
        ' '..='~' | '\t' | '\n' | '\r' | '\u{3000}'..='\u{3017}' | '\u{ff01}'..='\u{ff5e}' => true,
        '\u{2010}'..='\u{203b}' | '·' | '×' | '○' | '●' | '①'..='⑩' => true,
        _ => LEVEL_1.binary_search(&c).is_ok(),
    }
}

/// Level 1 of GB 2312 (rows 16 to 55) and of Big5 (A440 to C67E), sorted.
static LEVEL_1: LazyLock<Vec<char>> = LazyLock::new(|| {
    let pairs = |leads: std::ops::RangeInclusive<u8>, encoding: &'static Encoding| {
        leads.flat_map(move |lead| (0x40..=0xfe).map(move |trail| (encoding, [lead, trail])))
    };
    let simplified = pairs(0xb0..=0xd7, GB18030).filter(|(_, pair)| pair[1] >= 0xa1);
    let traditional = pairs(0xa4..=0xc6, BIG5).filter(|(_, pair)| *pair <= [0xc6, 0x7e]);
    let mut chars: Vec<char> = simplified
        .chain(traditional)
        .filter_map(|(encoding, pair)| strict(encoding, &pair)?.chars().next())
        .filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c))
        .collect();
    chars.sort_unstable();
    chars.dedup();
    chars
});

/// UTF-8 with a few bad bytes, which the double-byte encodings would turn into other characters without an error.
fn damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| c.len_utf8() >= 3).map(char::len_utf8).sum::<usize>();
        bad += chunk.invalid().len();
    }
    good > 9 * bad
}

fn controls(text: &str) -> f64 {
    if !has_control(text) {
        return 0.0;
    }
    let (mut controls, mut all) = (0_u32, 0_u32);
    for c in text.chars().take(SAMPLE) {
        all += 1;
        controls += u32::from(is_control(c));
    }
    f64::from(controls) / f64::from(all.max(1))
}

/// Asked of every text: by its bytes, of which all but the two kinds of control characters are passed over unread.
fn has_control(text: &str) -> bool {
    let bytes = text.as_bytes();
    let behind_c2 = |at: usize| bytes.get(at + 1).is_some_and(|next| (0x80..0xa0).contains(next) && *next != 0x85);
    let in_ascii = |b: &u8| b.is_ascii_control() && !matches!(b, b'\t'..=b'\r');
    // some bytes at once, without an end in between
    bytes.chunks(64).any(|some| some.iter().fold(false, |found, b| found | in_ascii(b)))
        || memchr::memchr_iter(0xc2, bytes).any(behind_c2)
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t'..='\r' | '\u{85}')
}

fn unknown(bytes: &[u8], utf8: Option<&str>) -> Undecodable {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls = sample.iter().filter(|b| b.is_ascii_control() && !matches!(b, b'\t'..=b'\r')).count();
    if utf8.is_some() || controls as f64 > CONTROLS * sample.len() as f64 {
        return (Reason::Binary, "the file is no text; save its text as UTF-8".into());
    }
    if damaged_utf8(bytes) {
        let at = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
        let line = memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1;
        let detail =
            format!("UTF-8 with a bad byte at offset {at} (line {line}); repair the line and save it as UTF-8");
        return (Reason::UnknownEncoding, detail);
    }
    (Reason::UnknownEncoding, "neither UTF-8, UTF-16, GB18030 nor Big5; save it as UTF-8".into())
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
