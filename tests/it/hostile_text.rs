//! Text and names that are made to hurt: tables load back, keys join, and the good reports lose nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::provenance::assert_provenance;
use super::support::{Row, Run, corpus, folder, run, tell};

/// A report in a line, with facts of every kind.
const REPORT: &str =
    "2023年，岚桥市智能装备行业协会新增会员86家，举办工业机器人培训班24期，会长陶景行出席第五届智能制造论坛。";

/// Characters of a cell without an end; a debug build is slow.
const LONG: usize = if cfg!(debug_assertions) { 400_000 } else { 3_500_000 };

/// Texts that are read, by the name of their file.
fn texts() -> Vec<(&'static str, String)> {
    let between = |mark: &str| REPORT.chars().map(|c| format!("{c}{mark}")).collect::<String>();
    vec![
        ("zero-width", between("\u{200b}")),
        ("directions", format!("\u{202e}{REPORT}\u{202c}\u{2066}{REPORT}\u{2069}\u{200f}")),
        ("controls", format!("{REPORT}\u{1b}[2J\u{7}\u{8}\u{1a}\u{7f}\u{85}{REPORT}")),
        ("line ends", REPORT.replace('，', "，\r").replace('。', "。\u{2028}\u{2029}\u{b}\u{c}\n\r")),
        ("no characters", format!("{REPORT}\u{fffe}\u{ffff}\u{1fffe}\u{10ffff}\u{fdd0}{REPORT}")),
        ("tags", format!("{}\u{e0001}", between("\u{e0041}"))),
        ("shapes", between("\u{fe0f}")),
        ("marks", format!("{REPORT}协{}会", "\u{301}\u{20dd}\u{489}".repeat(30_000))),
        ("private", format!("{REPORT}\u{e000}\u{f0b7}\u{100000}")),
        ("emoji", format!("{REPORT}👩\u{200d}👩\u{200d}👧🏽🇨🇳1\u{fe0f}\u{20e3}")),
        ("far planes", format!("𠀀𪚥𬺰𰀀{REPORT}𝟗𝟗家")),
        ("quotes", format!("{REPORT}\",\"\"\n\"\r\n,,\"'`{REPORT}")),
        ("formulas", format!("=cmd|' /C calc'!A0\n+86家\n-86家\n@SUM(1+1)\n\t=1\n＝1\n{REPORT}")),
        ("html", format!("<script>alert(1)</script>&lt;b&gt;</td><!-- {REPORT}")),
        ("templates", format!("{{{{ 7*7 }}}}${{7*7}}%s%n{REPORT}\\x00\\u0000")),
        ("nothing seen", format!("\u{feff}\u{200b}\u{2060}\n{REPORT}")),
    ]
}

fn utf16(units: impl IntoIterator<Item = u16>) -> Vec<u8> {
    units.into_iter().flat_map(u16::to_le_bytes).collect()
}

/// Bytes that are no text of any encoding, and what they are rejected for.
fn broken() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let long = REPORT.repeat(3);
    let with = |bytes: &[u8]| [long.as_bytes(), bytes, long.as_bytes()].concat();
    let lone = |mark: &[u16]| {
        utf16(mark.iter().copied().chain(long.encode_utf16()).chain([0xd800]).chain(long.encode_utf16()))
    };
    vec![
        ("cesu-8.txt", with(b"\xed\xa0\xbd\xed\xb8\x80"), "unknown_encoding"),
        ("surrogate.txt", with(b"\xed\xa0\x80"), "unknown_encoding"),
        ("overlong.txt", with(b"\xc0\x80"), "unknown_encoding"),
        ("beyond.txt", with(b"\xf4\x90\x80\x80"), "unknown_encoding"),
        ("utf-8 with a mark.txt", [b"\xef\xbb\xbf", with(b"\xff").as_slice()].concat(), "unknown_encoding"),
        ("lone surrogate.txt", lone(&[0xfeff]), "unknown_encoding"),
        ("lone surrogate without a mark.txt", lone(&[]), "binary"),
        ("nul.txt", with(b"\0"), "binary"),
    ]
}

/// A line that is rejected, and the number that it is rejected under.
type Refused = (&'static str, &'static str);

/// Lines of `lines.jsonl` that are read, by the ids that they get, then those that are not.
fn lines() -> (Vec<(String, Value)>, Vec<Refused>) {
    let line = |id: &str, title: &str, publisher: &str| json!({"id": id, "title": title, "publisher": publisher, "text": REPORT});
    let read = vec![
        ("two\nlines".to_owned(), line("two\nlines", "二\r\n行", "甲乙\n协会")),
        ("quo\"te,".to_owned(), line("quo\"te,", "\"题\",", "甲\"乙\"协会")),
        ("=1+1".to_owned(), line("=1+1", "=cmd|' /C calc'!A0", "@甲乙协会")),
        ("-1".to_owned(), line("-1", "-2+3", "+甲乙协会")),
        ("a\u{fffd}b".to_owned(), line("a\0b", "题\0目", "甲\0乙协会")),
        ("\u{202e}x".to_owned(), line("\u{202e}x", "\u{202e}题", "<甲&乙>协会\u{ffff}\u{1b}")),
        ("pair".to_owned(), json!({"id": "pair", "text": format!("🤖{REPORT}\0")})),
    ];
    let rejected = vec![
        (r#"{"id": "high", "text": "会员\ud800家"}"#, "0000008"),
        (r#"{"id": "low", "text": "会员\udc00家"}"#, "0000009"),
        (r#"{"id": "turned", "text": "会员\udd16\ud83e家"}"#, "0000010"),
        (r#"{"id": "\ud800", "text": "会员"}"#, "0000011"),
    ];
    (read, rejected)
}

/// Names of files, all of them good ones.
#[cfg(unix)]
const NAMES: &[&[u8]] = &[
    b"two\nlines.txt",
    b"quo\"te',.txt",
    "🤖 报告.md".as_bytes(),
    b"x\xff.txt",
    b"x\xfe.txt",
    b"-rf.txt",
    b"--help.txt",
    b"=1+1.txt",
    b"+a.txt",
    b"@b.txt",
    b"\tc.txt",
    b" d.txt",
    b"e\r.txt",
    b"'f.txt",
    b"a#b.txt",
    b"%0a.txt",
    b"\x1b[2Jg.txt",
    "\u{202e}txt.h.txt".as_bytes(),
    b"$(touch i);`j`.txt",
];

/// Writes the hostile part of a corpus; returns its documents, and its rejections with their reasons.
fn write(root: &Path) -> (BTreeSet<String>, BTreeMap<String, &'static str>) {
    let (mut documents, mut rejected) = (BTreeSet::new(), BTreeMap::new());
    for (at, (name, text)) in texts().into_iter().enumerate() {
        // none is a copy of another
        let text = format!("{text}\n{}", format!("第{at}号，").repeat(60));
        fs::write(root.join(format!("{name}.txt")), &text).unwrap();
        documents.insert(format!("b/{name}.txt"));
        let marked = utf16(format!("\u{feff}{text}\0").encode_utf16());
        fs::write(root.join(format!("{name}.utf16.md")), marked).unwrap();
        documents.insert(format!("b/{name}.utf16.md"));
    }
    for (name, bytes, reason) in broken() {
        fs::write(root.join(name), bytes).unwrap();
        rejected.insert(format!("b/{name}"), reason);
    }
    let (read, bad) = lines();
    let mut text = String::new();
    for (id, line) in read {
        text += &format!("{line}\n");
        documents.insert(format!("b/lines.jsonl#{id}"));
    }
    for (line, number) in bad {
        text += &format!("{line}\n");
        rejected.insert(format!("b/lines.jsonl#{number}"), "bad_json");
    }
    fs::write(root.join("lines.jsonl"), text).unwrap();
    fs::write(root.join("lines.jsonl#pair.txt"), REPORT).unwrap();
    rejected.insert("b/lines.jsonl#pair.txt".to_owned(), "duplicate_id");
    write_names(root, &mut documents);
    (documents, rejected)
}

#[cfg(unix)]
fn write_names(root: &Path, documents: &mut BTreeSet<String>) {
    use std::os::unix::ffi::OsStrExt as _;
    for (at, name) in NAMES.iter().enumerate() {
        let text = format!("{REPORT}\n{}", format!("名称{at}，").repeat(60));
        fs::write(root.join(std::ffi::OsStr::from_bytes(name)), text).unwrap();
        let key = format!("b/{}", String::from_utf8_lossy(name));
        if !documents.insert(key.clone()) {
            documents.insert(format!("{key}~2"));
        }
    }
}

#[cfg(not(unix))]
fn write_names(_: &Path, _: &mut BTreeSet<String>) {}

/// A table cell by cell, the header first: UTF-8, no NUL, every row as wide as the header.
fn cells(run: &Run, table: &str) -> Vec<Vec<String>> {
    let text = run.text(table);
    assert!(!text.contains('\0'), "a NUL in {table}");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows: Vec<Vec<String>> = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    for row in &rows {
        assert_eq!(row.len(), rows[0].len(), "{table}: {row:?}");
    }
    rows
}

/// Documents are told once, and every row that names one, or a sentence of one, joins.
fn assert_joined(run: &Run) {
    let documents: Vec<String> = run.rows("documents").iter().map(|row| row.get("document").to_owned()).collect();
    let known: BTreeSet<&String> = documents.iter().collect();
    assert_eq!(known.len(), documents.len(), "a document is told twice");
    assert!(documents.is_sorted(), "rows are in the order of their keys");
    let place = |row: &Row| (row.get("document").to_owned(), row.number("sentence"));
    let sentences: BTreeSet<(String, usize)> = run.rows("sentences").iter().map(place).collect();
    for table in run.tables() {
        for row in run.rows(&table) {
            if row.has("document") && !row.get("document").is_empty() {
                assert!(known.contains(&row.get("document").to_owned()), "{table}: {row:?}");
            }
            if row.has("document") && row.has("sentence") && !row.get("sentence").is_empty() {
                assert!(sentences.contains(&place(&row)), "{table}: {row:?}");
            }
        }
    }
}

#[test]
fn tables_load_back_and_good_reports_lose_nothing() {
    let (good, all) = (folder(), folder());
    for folder in [good.path(), all.path()] {
        fs::create_dir(folder.join("a")).unwrap();
        for name in ["yunzhou-robot-2019-summary.txt", "hualan-machinetool-2022-summary.md"] {
            fs::copy(corpus().join(name), folder.join("a").join(name)).unwrap();
        }
    }
    fs::create_dir(all.path().join("b")).unwrap();
    let (documents, rejected) = write(&all.path().join("b"));
    let alone = run(good.path(), &[], 0);
    let texts = folder();
    let beside = run(all.path(), &["--write-text", texts.path().to_str().unwrap()], 1);
    assert!(!beside.stderr.contains(['\u{1b}', '\u{202e}', '\0']), "{}", beside.stderr.escape_debug());

    let rows = beside.rows("rejected");
    let told: BTreeMap<String, &str> = rows.iter().map(|row| (row.get("path").to_owned(), row.get("reason"))).collect();
    assert_eq!(told, rejected);
    let keys = beside.rows("documents");
    let told: BTreeSet<String> =
        keys.iter().map(|row| row.get("document").to_owned()).filter(|key| key.starts_with("b/")).collect();
    assert_eq!(told, documents);
    let copies: Vec<&Row> = keys.iter().filter(|row| !row.get("duplicate_of").is_empty()).collect();
    tell(&format!("hostile text: {} documents, {} of them copies, {} rejected", keys.len(), copies.len(), rows.len()));

    for table in beside.tables() {
        cells(&beside, &table);
    }
    assert_joined(&beside);
    assert_provenance(all.path(), &beside);
    for table in alone.tables() {
        let rows = alone.rows(&table);
        // what a hostile report tells of an organisation adds up with the rest
        if rows.first().is_none_or(|row| !row.has("document")) || table == "indicators" {
            continue;
        }
        let kept: Vec<Row> =
            beside.rows(&table).into_iter().filter(|row| row.get("document").starts_with("a/")).collect();
        assert!(kept == rows, "{table}: rows of the good reports differ");
    }
    // what no one sees hides nothing
    let facts = beside.rows("quantity_mentions");
    for name in ["zero-width", "directions", "tags", "shapes"] {
        let of_it = |row: &&Row| row.get("document") == format!("b/{name}.txt") && row.get("value") == "86";
        assert!(facts.iter().any(|row| of_it(&row)), "no 86 members in {name}");
    }
}

#[test]
fn spreadsheets_run_no_cell() {
    let all = folder();
    fs::create_dir(all.path().join("b")).unwrap();
    write(&all.path().join("b"));
    let plain = run(all.path(), &[], 1);
    let guarded = run(all.path(), &["--excel"], 1);
    let package = fs::read_to_string(guarded.out().join("datapackage.json")).unwrap();
    let package: Value = serde_json::from_str(&package).unwrap();
    let is_text = |table: &str, column: &str| {
        let tables = package["resources"].as_array().unwrap();
        let table = tables.iter().find(|resource| resource["path"] == format!("{table}.csv")).unwrap();
        let fields = table["schema"]["fields"].as_array().unwrap();
        fields.iter().find(|field| field["name"] == column).unwrap()["type"] == "string"
    };
    let begins_formula = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let mut count = 0;
    for table in plain.tables() {
        let (own, others) = (cells(&plain, &table), cells(&guarded, &table));
        assert_eq!(own.len(), others.len(), "{table}");
        let columns: Vec<bool> = own[0].iter().map(|column| is_text(&table, column)).collect();
        for (row, other) in own.iter().zip(&others).skip(1) {
            for ((cell, other), is_text) in row.iter().zip(other).zip(&columns) {
                let guard = *is_text && begins_formula(cell);
                count += usize::from(guard);
                assert_eq!(*other, if guard { format!("'{cell}") } else { cell.clone() }, "{table}: {row:?}");
            }
        }
    }
    assert!(count > 20, "{count} cells are guarded");
}

#[test]
fn a_cell_without_an_end_is_a_document() {
    let all = folder();
    // no mark ends a sentence, and nothing else a line
    let long: String = "会员单位3家".repeat(LONG / 6);
    fs::write(all.path().join("cell.csv"), format!("id,text\n1,\"{long}\"\n2,{REPORT}\n")).unwrap();
    fs::write(all.path().join("line.jsonl"), json!({"id": 1, "text": format!("甲{long}")}).to_string()).unwrap();
    fs::write(all.path().join("page.html"), format!("<html><body><p>乙{}</p></body></html>", long.replace('3', "三")))
        .unwrap();
    fs::write(all.path().join("quote.csv"), format!("id,text\n1,\"{REPORT}\n2,{REPORT}\n")).unwrap();
    let start = std::time::Instant::now();
    let run = run(all.path(), &[], 0);
    tell(&format!("cells of {} MB: {:.1} s", long.len() / 1_000_000, start.elapsed().as_secs_f64()));
    let keys: Vec<String> = run.rows("documents").iter().map(|row| row.get("document").to_owned()).collect();
    assert_eq!(keys, ["cell.csv#1", "cell.csv#2", "line.jsonl#1", "page.html", "quote.csv#1"]);
    for table in run.tables() {
        cells(&run, &table);
    }
    assert_joined(&run);
    let mut lengths: BTreeMap<String, usize> = BTreeMap::new();
    for row in run.rows("sentences") {
        *lengths.entry(row.get("document").to_owned()).or_default() += row.get("text").chars().count();
    }
    for (document, length) in
        [("cell.csv#1", LONG / 6 * 6), ("line.jsonl#1", LONG / 6 * 6 + 1), ("page.html", LONG / 6 * 6 + 1)]
    {
        assert_eq!(lengths[document], length, "{document} has lost text");
    }
}

#[test]
fn entries_of_one_name_are_documents_of_their_own() {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let other = REPORT.replace("86", "1,286").repeat(2);
    for (name, text) in [("a\\b.txt", REPORT), ("a/b.txt", other.as_str()), ("=c\n\"d.txt", "甲协会新增会员9家。")]
    {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    let all = folder();
    fs::write(all.path().join("x.zip"), archive.finish().unwrap().into_inner()).unwrap();
    let run = run(all.path(), &[], 0);
    let keys: Vec<String> = run.rows("documents").iter().map(|row| row.get("document").to_owned()).collect();
    assert_eq!(keys, ["x.zip#=c\n\"d.txt", "x.zip#a/b.txt", "x.zip#a/b.txt~2"]);
    assert_joined(&run);
}
