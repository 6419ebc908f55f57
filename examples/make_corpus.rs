//! Makes a large corpus for measurements of speed and memory: new reports out of the sentences of real ones.
//!
//! ```text
//! cargo run --release --example make_corpus -- OUT --megabytes 100 --files 20000 [--seed 1] [--corpus corpus]
//! ```
//!
//! `OUT` is a new or empty folder. It gets exactly so many files, in subfolders of a thousand, of about so many
//! megabytes (10^6 bytes) in all. The same arguments over the same reports give the same bytes: the generator of random
//! numbers is the program's own, and no clock is asked.
//!
//! A made report has the title of a real one with another year, sections under real headings numbered anew, paragraphs
//! of two to six sentences taken from all real reports of the same script, and behind them the publisher and a day of
//! that year. Sentences stand as their source has them, damage inside them included, but for line breaks: what each
//! stage has to do a character is that of real text. Two things are not: sentences contradict each other, and words and
//! names repeat more than in a real corpus of that size, so tables of words stay smaller.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Parser;
use wenmai::clean::{Script, clean};
use wenmai::ingest::{self, Limits};
use wenmai::lexicon::{Files, Lexicon};
use wenmai::model::{CharIndex, Document};
use wenmai::pipeline::Reader;

/// Makes a large corpus for measurements out of the sentences of real reports. The same arguments give the same bytes.
#[derive(Debug, Parser)]
struct Arguments {
    /// New or empty folder for the reports
    out: PathBuf,
    /// Size of all files together, in millions of bytes (met to within one part in a hundred)
    #[arg(long, default_value_t = 100)]
    megabytes: u64,
    /// Number of files, exact
    #[arg(long, default_value_t = 20_000)]
    files: u64,
    /// Another seed gives another corpus
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder of the real reports
    #[arg(long, default_value = "corpus")]
    corpus: PathBuf,
}

/// Files of one subfolder.
const FOLDER: u64 = 1000;
/// Years that made reports speak of.
const YEARS: std::ops::RangeInclusive<u64> = 2016..=2025;

fn main() -> anyhow::Result<()> {
    let Arguments { out, megabytes, files, seed, corpus } = Arguments::parse();
    if fs::read_dir(&out).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!("{} is not empty; name a new folder", out.display());
    }
    let stock = Stock::read(&corpus)?;
    let mut random = Random(seed);
    let total = megabytes * 1_000_000;
    let mut written = 0;
    for file in 0..files {
        // what earlier files were too long or too short by is spread over those to come
        let share = total.saturating_sub(written) / (files - file);
        let size = share / 2 + random.below(share + 1);
        let report = stock.report(size as usize, &mut random);
        let folder = out.join(format!("part-{:03}", file / FOLDER));
        if file % FOLDER == 0 {
            fs::create_dir_all(&folder).with_context(|| format!("{} can't be made", folder.display()))?;
        }
        let path = folder.join(format!("report-{file:06}.txt"));
        fs::write(&path, &report).with_context(|| format!("{} can't be written", path.display()))?;
        written += report.len() as u64;
    }
    eprintln!("{files} files, {written} bytes");
    Ok(())
}

/// What reports are made from.
#[derive(Default)]
struct Stock {
    /// Title and publisher of each real report.
    frames: Vec<Frame>,
    /// Sentences and headings by script: simplified, and all else.
    pools: [Pool; 2],
}

struct Frame {
    title: String,
    publisher: String,
    pool: usize,
}

#[derive(Default)]
struct Pool {
    headings: Vec<String>,
    sentences: Vec<String>,
}

impl Stock {
    fn read(corpus: &Path) -> anyhow::Result<Stock> {
        let lexicon = Lexicon::compile(&Files::shipped()).map_err(|faults| anyhow::anyhow!("{faults}"))?;
        let reader = Reader::new(&lexicon);
        let mut stock = Stock::default();
        for input in &ingest::walk(corpus, &[])?.inputs {
            for document in ingest::read(input, &Limits::default()).documents.into_iter().flatten() {
                stock.add(document, &lexicon, &reader);
            }
        }
        // a report without a sentence of its own script would never grow
        stock.frames.retain(|frame| !stock.pools[frame.pool].sentences.is_empty());
        if stock.frames.is_empty() {
            bail!("{} holds no report with a title and a publisher", corpus.display());
        }
        Ok(stock)
    }

    fn add(&mut self, document: Document, lexicon: &Lexicon, reader: &Reader<'_>) {
        let (text, script) = clean(&document, &lexicon.variants);
        let index = CharIndex::new(&document.text);
        let at = usize::from(script != Script::Hans);
        let pool = &mut self.pools[at];
        for sentence in &text.sentences {
            let whole = index.slice(&document.text, text.to_source(sentence.span));
            let line: String = whole.lines().map(str::trim).collect();
            if sentence.heading {
                let bare = line.trim_start_matches(|c: char| !c.is_alphabetic() || "一二三四五六七八九十".contains(c));
                pool.headings.extend((bare.chars().count() >= 2).then(|| bare.to_owned()));
            } else if line.ends_with(['。', '！', '？', '”']) {
                pool.sentences.push(line);
            }
        }
        let profile = reader.read(document).document.profile;
        if let (Some(title), Some(publisher)) = (profile.title, profile.publisher) {
            self.frames.push(Frame { title, publisher: publisher.name, pool: at });
        }
    }

    /// A report of about `size` bytes.
    fn report(&self, size: usize, random: &mut Random) -> String {
        let frame = random.pick(&self.frames);
        let pool = &self.pools[frame.pool];
        let year = YEARS.start() + random.below(YEARS.end() - YEARS.start() + 1);
        let mut report = format!("{}\n\n", with_year(&frame.title, year));
        let mut section = 0;
        while report.len() < size {
            if let Some(heading) = (!pool.headings.is_empty()).then(|| random.pick(&pool.headings)) {
                let _ = writeln!(report, "{}、{heading}", numeral(section));
                section += 1;
            }
            for _ in 0..1 + random.below(4) {
                for _ in 0..2 + random.below(5) {
                    if report.len() < size {
                        report.push_str(random.pick::<String>(&pool.sentences));
                    }
                }
                report.push('\n');
                if report.len() >= size {
                    break;
                }
            }
        }
        let (month, day) = (1 + random.below(12), 1 + random.below(28));
        let _ = write!(report, "\n{}\n{year}年{month}月{day}日\n", frame.publisher);
        report
    }
}

/// The title with every year of this century replaced.
fn with_year(title: &str, year: u64) -> String {
    let mut new = title.to_owned();
    let mut from = 0;
    while let Some(at) = new[from..].find("20").map(|at| at + from) {
        from = at + 2;
        let digits = new.as_bytes()[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 2 {
            new.replace_range(at..at + 4, &year.to_string());
            from = at + 4;
        }
    }
    new
}

/// 一, 二, … 十, 十一, … of a section; from the hundredth on they begin again.
fn numeral(section: u64) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let number = section % 99 + 1;
    let (tens, ones) = ((number / 10) as usize, (number % 10) as usize);
    let tens = match tens {
        0 => String::new(),
        1 => "十".to_owned(),
        more => format!("{}十", DIGITS[more]),
    };
    tens + DIGITS[ones]
}

/// SplitMix64 (Steele, Lea and Flood 2014): small, and the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    fn pick<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len() as u64) as usize]
    }
}
