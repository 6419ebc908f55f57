//! Damaged files, made by a program: cut off, with bits turned, bytes doubled and moved, or random altogether.
//!
//! All of it follows from a seed, so that what failed once can be made again.

use std::fs;
use std::path::Path;

/// Reports of every format, as their own producers wrote them; see `tests/fixtures/make.py`.
pub const FIXTURES: &[&str] = &[
    "report.md",
    "saved.html",
    "python-docx.docx",
    "python-docx-structure.docx",
    "libreoffice.docx",
    "libreoffice.odt",
    "libreoffice-structure.odt",
    "libreoffice.rtf",
    "libreoffice.doc",
    "libreoffice.pdf",
    "reportlab.pdf",
    "reportlab-gbk.pdf",
    "reportlab-columns.pdf",
    "scanned.pdf",
];

/// Every ending that is read.
pub const ENDINGS: &[&str] =
    &["txt", "md", "jsonl", "csv", "html", "docx", "odt", "rtf", "doc", "pdf", "zip", "txt.gz"];

/// The bytes of a fixture.
pub fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Random numbers that are the same on every machine (SplitMix64).
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// Random bytes.
    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next() as u8).collect()
    }
}

/// Damages `bytes` in one to four ways.
pub fn damage(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut damaged = bytes.to_vec();
    for _ in 0..=random.below(4) {
        if damaged.is_empty() {
            return damaged;
        }
        let at = random.below(damaged.len());
        match random.below(7) {
            0 => damaged.truncate(at),
            1 | 2 => {
                for _ in 0..=random.below(16) {
                    let at = random.below(damaged.len());
                    damaged[at] ^= 1 << random.below(8);
                }
            }
            3 => {
                let length = random.below((damaged.len() - at).min(4096)) + 1;
                damaged.drain(at..at + length);
            }
            4 => {
                let length = random.below((damaged.len() - at).min(4096)) + 1;
                let doubled = damaged[at..at + length].to_vec();
                damaged.splice(at..at, doubled);
            }
            5 => {
                let noise = random.below(64);
                damaged.splice(at..at, random.bytes(noise));
            }
            _ => {
                // numbers tell lengths, counts and offsets
                if let Some(digit) = damaged[at..].iter().position(u8::is_ascii_digit) {
                    damaged[at + digit] = b'0' + random.below(10) as u8;
                }
            }
        }
    }
    damaged
}

/// A name and bytes for each of `count` damaged files: every fixture in turn, and random bytes under every ending.
pub fn files(count: usize, seed: u64) -> Vec<(String, Vec<u8>)> {
    let mut random = Random(seed);
    let fixtures: Vec<(&str, Vec<u8>)> = FIXTURES.iter().map(|name| (*name, fixture(name))).collect();
    let file = |at: usize| {
        if at % 6 == 5 {
            let ending = ENDINGS[at / 6 % ENDINGS.len()];
            let length = 1 + random.below(4000);
            return (format!("{at:03}.{ending}"), random.bytes(length));
        }
        let (name, bytes) = &fixtures[at % fixtures.len()];
        let bytes =
            if at.is_multiple_of(4) { bytes[..random.below(bytes.len())].to_vec() } else { damage(bytes, &mut random) };
        (format!("{at:03}-{name}"), bytes)
    };
    (0..count).map(file).collect()
}
