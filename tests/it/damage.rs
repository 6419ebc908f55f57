//! Damaged files beside good ones: each is read or rejected, and the good ones lose nothing.

use std::collections::BTreeSet;
use std::fs;

use wenmai::ingest::{Limits, Packed, Reason, read_named};
use wenmai::model::Format;

use crate::hostile::{self, FIXTURES, Random, damage, fixture};
use crate::support::{Row, corpus, folder, run, run_measured, tell};

/// Damaged files of the whole test.
const FILES: usize = 500;

/// Bytes of memory that a run over them may take.
const MEMORY: u64 = 1 << 30;

#[test]
fn five_hundred_damaged_files_are_read_or_rejected() {
    let (good, all) = (folder(), folder());
    for folder in [good.path(), all.path()] {
        fs::create_dir(folder.join("a")).unwrap();
        for name in ["yunzhou-robot-2019-summary.txt", "hualan-machinetool-2022-summary.md"] {
            fs::copy(corpus().join(name), folder.join("a").join(name)).unwrap();
        }
        fs::write(folder.join("a/saved.html"), fixture("saved.html")).unwrap();
    }
    fs::create_dir(all.path().join("b")).unwrap();
    let mut wanted = BTreeSet::new();
    for (name, bytes) in hostile::files(FILES, 20_261_121) {
        fs::write(all.path().join("b").join(&name), bytes).unwrap();
        wanted.insert(format!("b/{name}"));
    }
    let alone = run(good.path(), &[], 0);
    let start = std::time::Instant::now();
    let (beside, peak) = run_measured(all.path(), &["--max-seconds", "30"], 1);
    let told: Vec<String> = beside
        .rows("documents")
        .iter()
        .map(|row| row.get("document").to_owned())
        .chain(beside.rows("rejected").iter().map(|row| row.get("path").to_owned()))
        .map(|key| key.split('#').next().unwrap_or_default().to_owned())
        .filter(|key| key.starts_with("b/"))
        .collect();
    assert_eq!(told.iter().cloned().collect::<BTreeSet<_>>(), wanted);
    let rejected = beside.rows("rejected");
    let count = |reason: &str| rejected.iter().filter(|row| row.get("reason") == reason).count();
    tell(&format!(
        "damaged: {FILES} files in {:.1} s and {} MiB, {} rejected, {} by a library's panic, {} too slow",
        start.elapsed().as_secs_f64(),
        peak >> 20,
        rejected.len(),
        count("library_failed"),
        count("too_slow")
    ));
    assert_eq!(count("too_slow"), 0, "{rejected:?}");
    assert!(peak < MEMORY, "{} MiB", peak >> 20);
    for table in alone.tables() {
        let rows = alone.rows(&table);
        // what a damaged copy still tells of an organisation adds up with the rest
        if rows.first().is_none_or(|row| !row.has("document")) || table == "indicators" {
            continue;
        }
        let kept: Vec<Row> =
            beside.rows(&table).into_iter().filter(|row| row.get("document").starts_with("a/")).collect();
        assert!(kept == rows, "{table}: rows of the good reports differ");
        // the good reports stand first, so their bytes do too
        assert!(beside.text(&table).starts_with(&alone.text(&table)), "{table}: bytes of the good reports differ");
    }
}

/// One bit of a page's content turned: text stands at 3,462,187,780 points, which took memory without an end.
#[cfg(feature = "pdf")]
#[test]
fn text_far_outside_a_page_takes_no_memory() {
    let mut random = Random(9_635_886_081_133_553_712);
    let seeds = ["libreoffice.pdf", "reportlab.pdf", "reportlab-gbk.pdf", "reportlab-columns.pdf", "scanned.pdf"];
    let bytes = damage(&fixture(seeds[random.below(seeds.len())]), &mut random);
    let corpus = folder();
    fs::write(corpus.path().join("a.pdf"), bytes).unwrap();
    let (run, peak) = run_measured(corpus.path(), &["--max-seconds", "20"], 1);
    assert_eq!(run.rows("rejected")[0].get("reason"), "damaged");
    assert!(peak < MEMORY / 2, "{} MiB", peak >> 20);
}

/// What is read, how a name says so, and whether all of it is our own code, which must not panic.
const TARGETS: &[(&str, Format, Packed, bool)] = &[
    ("txt", Format::Text, Packed::No, true),
    ("md", Format::Markdown, Packed::No, true),
    ("jsonl", Format::Jsonl, Packed::No, true),
    ("csv", Format::Csv, Packed::No, true),
    ("html", Format::Html, Packed::No, false),
    ("docx", Format::Docx, Packed::No, true),
    ("odt", Format::Odt, Packed::No, true),
    ("rtf", Format::Rtf, Packed::No, true),
    ("doc", Format::Doc, Packed::No, false),
    ("pdf", Format::Pdf, Packed::No, false),
    ("zip", Format::Text, Packed::Zip, false),
    ("gz", Format::Text, Packed::Gzip, false),
];

/// Seeds of a target, small ones: a damaged byte should matter.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let report = String::from_utf8(fixture("report.md")).unwrap();
    let own = match target {
        "txt" | "gz" => encoding_rs::GB18030.encode(&report).0.into_owned(),
        "jsonl" => format!("{}\n{{\"id\":2,\"text\":\"甲\"}}\n", serde_json::json!({"text": report})).into_bytes(),
        "csv" => format!("id,text\n1,\"{}\"\n2,甲\n", report.replace('"', "")).into_bytes(),
        _ => report.into_bytes(),
    };
    let ending = match target {
        "zip" => ".docx",
        "gz" => ".gz",
        target => target,
    };
    let small = |bytes: &Vec<u8>| bytes.len() < 60_000;
    let mut seeds: Vec<Vec<u8>> =
        FIXTURES.iter().filter(|name| name.ends_with(ending)).map(|name| fixture(name)).collect();
    seeds.retain(small);
    match target {
        "gz" => {
            use std::io::Write as _;
            let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            gz.write_all(&own).unwrap();
            seeds.push(gz.finish().unwrap());
        }
        "txt" | "md" | "jsonl" | "csv" => seeds.push(own),
        _ => {}
    }
    seeds
}

/// Executions of each target: a few in a test run; `WENMAI_FUZZ_EXECUTIONS=1000000` for a long one.
fn executions() -> u64 {
    std::env::var("WENMAI_FUZZ_EXECUTIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(500)
}

#[test]
fn damaged_bytes_never_stop_a_reader() {
    let seed = std::env::var("WENMAI_FUZZ_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let limits = Limits { seconds: 30, ..Limits::default() };
    let mut total = 0;
    // a failure tells the seed that makes it the first execution; its bytes are kept there
    let keep = std::env::var_os("WENMAI_FUZZ_KEEP");
    let named = std::env::var("WENMAI_FUZZ_TARGETS").ok();
    let named: Option<Vec<&str>> = named.as_ref().map(|names| names.split(',').collect());
    let wanted = |target: &str| named.as_ref().is_none_or(|names| names.contains(&target));
    for (target, format, packed, ours) in TARGETS.iter().filter(|(target, ..)| wanted(target)) {
        let mut random = Random(seed);
        let seeds = seeds(target);
        let mut failed = 0_u64;
        let count = executions();
        for at in 0..count {
            let start = random.0;
            let bytes = if at % 16 == 15 {
                let length = random.below(600);
                random.bytes(length)
            } else {
                damage(&seeds[random.below(seeds.len())], &mut random)
            };
            if let Some(path) = &keep {
                fs::write(path, &bytes).unwrap();
            }
            for document in read_named("a", bytes, *format, *packed, &limits).documents {
                match document {
                    Ok(document) => check(&document, target),
                    Err(rejection) => {
                        assert_ne!(rejection.reason, Reason::TooSlow, "{target}, seed {start}");
                        failed += u64::from(rejection.reason == Reason::LibraryFailed);
                        assert!(
                            !ours || rejection.reason != Reason::LibraryFailed,
                            "{target}, seed {start}: {}",
                            rejection.detail
                        );
                    }
                }
            }
        }
        total += count;
        if failed > 0 {
            tell(&format!("fuzz: {target}: {failed} of {count} executions met a panic of a library"));
        }
    }
    tell(&format!(
        "fuzz: {total} executions over {}",
        named.map_or_else(|| "all targets".to_owned(), |n| n.join(", "))
    ));
}

/// Blocks and pages lie in the text, in order.
fn check(document: &wenmai::model::Document, target: &str) {
    let mut last = 0;
    for block in document.blocks.iter().flatten() {
        for piece in &block.pieces {
            assert!(last <= piece.start && piece.start < piece.end, "{target}: {piece:?} behind {last}");
            assert!(document.text.get(piece.clone()).is_some(), "{target}: {piece:?}");
            last = piece.end;
        }
        assert!(block.cells.iter().all(|cell| *cell <= block.pieces.len()), "{target}");
    }
    assert!(document.pages.is_sorted(), "{target}");
}
