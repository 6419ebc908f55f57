//! Time grows with the length of a text, whatever stands in it.

use std::time::{Duration, Instant};

use wenmai::lexicon::{Files, Lexicon};
use wenmai::model::{Document, Format};
use wenmai::pipeline::Reader;

use super::strange;

/// Characters of the shorter text.
const SHORT: usize = 40_000;

/// The longer text is so many times as long, and may take this many times as long.
const LONGER: usize = 4;
const TOLERANCE: u32 = 8;

/// What a short time may be off by.
const NOISE: Duration = Duration::from_millis(40);

fn document(text: String) -> Document {
    Document {
        key: "strange.txt".into(),
        text,
        format: Format::Text,
        encoding: "UTF-8",
        sha256: String::new(),
        blocks: None,
        given: Default::default(),
    }
}

fn time(reader: &Reader, text: String) -> Duration {
    let document = document(text);
    let start = Instant::now();
    reader.read(document);
    start.elapsed()
}

/// Whether a text of the piece is read in a time that grows with its length; a machine at other work gets two more tries.
fn is_linear(reader: &Reader, piece: &str) -> Result<(), String> {
    let mut told = String::new();
    for _ in 0..3 {
        let short = time(reader, strange::text(piece, SHORT));
        let long = time(reader, strange::text(piece, SHORT * LONGER));
        if long <= short * TOLERANCE + NOISE {
            return Ok(());
        }
        told = format!("{short:?} and {long:?} for a text {LONGER} times as long");
    }
    Err(told)
}

#[test]
fn time_grows_with_the_length_of_any_text() {
    let lexicon = Lexicon::compile(&Files::shipped()).expect("a lexicon");
    let reader = Reader::new(&lexicon);
    let slow: Vec<String> = strange::PIECES
        .iter()
        .filter_map(|(name, piece)| is_linear(&reader, piece).err().map(|told| format!("{name}: {told}")))
        .collect();
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

/// Two million bytes and more in one line.
#[test]
fn one_endless_line_is_read() {
    let lexicon = Lexicon::compile(&Files::shipped()).expect("a lexicon");
    let reader = Reader::new(&lexicon);
    let sentence = "协会全年举办培训班12期，培训1,260人次，2024年1月1日起施行";
    let characters = 1_000_000;
    let text = strange::text(sentence, characters);
    assert!(text.len() > 2_000_000 && !text.contains('\n'));
    let facts = reader.read(document(text));
    let repeated = characters / sentence.chars().count();
    assert!(facts.quantities.len() > repeated && facts.dates.len() >= repeated);
}
