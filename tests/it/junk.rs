//! A folder of junk: each piece is named with its reason, and the good reports beside it lose nothing.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::support::{Row, corpus, folder, run, tell};

/// Bytes of the file that is one line: every size must do, and a debug build is slow.
const LINE_BYTES: usize = if cfg!(debug_assertions) { 5_000_000 } else { 50_000_000 };

/// Repeated without an end; names no organisation and no term, so that sums over the corpus stay as they are.
const SENTENCE: &str = "早上喝了三碗粥，外面下着很大的雨，大家都在屋子里坐着。";

/// Good reports, by the names that they get here.
const GOOD: [(&str, &str); 5] = [
    ("good.txt", "hualan-logistics-2021-annual_summary.txt"),
    ("x.txt/inside.txt", "yunzhou-robot-2019-summary.txt"),
    ("quote\"comma,半.txt", "qingluan-bearing-2022-q3.txt"),
    ("🤖 报告.md", "hualan-machinetool-2022-summary.md"),
    ("=sum(1).txt", "nanping-automation-2024-summary.txt"),
];

#[cfg(unix)]
const LINES_IN_NAME: &str = "two\nlines.txt";

fn write_good(target: &Path) -> Vec<&'static str> {
    let mut names = Vec::new();
    for (name, report) in GOOD {
        let path = target.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::copy(corpus().join(report), path).expect("a copy");
        names.push(name);
    }
    #[cfg(unix)]
    {
        fs::copy(corpus().join("beiming-standards-2024-council.txt"), target.join(LINES_IN_NAME)).expect("a copy");
        names.push(LINES_IN_NAME);
    }
    names
}

/// Writes junk; returns what each piece is rejected for.
fn write_junk(target: &Path) -> BTreeMap<String, &'static str> {
    let mut wanted = BTreeMap::new();
    let mut put = |name: &str, bytes: &[u8], reason: &'static str| {
        fs::write(target.join(name), bytes).expect("a file");
        wanted.insert(name.to_owned(), reason);
    };
    put("empty.txt", b"", "empty");
    put("blank.md", b" \n\n\t\n", "empty");
    put("mark.txt", b"\xef\xbb\xbf", "empty");
    put("mark16.txt", b"\xff\xfe", "empty");
    put("ff.txt", &[0xff; 4096], "unknown_encoding");
    put("zeros.txt", &[0; 4096], "binary");
    put("picture.png", b"\x89PNG\r\n\x1a\n", "unknown_format");
    put("no ending", "协会".as_bytes(), "unknown_format");
    put("empty\"🤖,.txt", b"", "empty");
    #[cfg(unix)]
    {
        put("empty\nname.txt", b"", "empty");
        std::os::unix::fs::symlink("nowhere.txt", target.join("dangling.txt")).expect("a link");
        wanted.insert("dangling.txt".to_owned(), "dangling_link");
        std::os::unix::fs::symlink("x.txt", target.join("folder-link.txt")).expect("a link");
        wanted.insert("folder-link.txt".to_owned(), "link_to_folder");
        if let Some(name) = write_locked(target) {
            wanted.insert(name, "unreadable");
        }
    }
    fs::write(target.join("lines.jsonl"), "{\"id\": \"a\"\n[]\n").expect("a file");
    wanted.insert("lines.jsonl#0000001".to_owned(), "bad_json");
    wanted.insert("lines.jsonl#0000002".to_owned(), "bad_json");
    wanted
}

/// A file that its owner may not read; none where rights don't bind us.
#[cfg(unix)]
fn write_locked(target: &Path) -> Option<String> {
    use std::os::unix::fs::PermissionsExt as _;
    let path = target.join("locked.txt");
    fs::write(&path, "协会").expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("rights");
    if File::open(&path).is_ok() {
        tell("skipped: rights bind no root, so no file is without permission");
        fs::remove_file(&path).expect("removed");
        return None;
    }
    Some("locked.txt".to_owned())
}

fn write_line(path: PathBuf) {
    fs::write(path, SENTENCE.repeat(LINE_BYTES / SENTENCE.len())).expect("a file");
}

#[test]
fn junk_is_named_and_good_reports_lose_nothing() {
    let (good, all) = (folder(), folder());
    let names = write_good(good.path());
    write_good(all.path());
    let junk = write_junk(all.path());
    write_line(all.path().join("line.txt"));
    fs::create_dir(all.path().join("empty-folder.txt")).expect("a folder");

    let alone = run(good.path(), &[], 0);
    let beside = run(all.path(), &[], 1);
    assert!(beside.stderr.contains(&format!("{} rejected", junk.len())), "{}", beside.stderr);

    let rejected = beside.rows("rejected");
    let told: BTreeMap<String, &str> = rejected.iter().map(|r| (r.get("path").to_owned(), r.get("reason"))).collect();
    assert_eq!(told, junk);
    assert_eq!(rejected.len(), junk.len(), "each once");
    assert!(rejected.iter().all(|row| row.get("detail").len() > 10), "each with what to do: {rejected:?}");

    let documents: Vec<String> = beside.rows("documents").iter().map(|row| row.get("document").to_owned()).collect();
    let mut wanted: Vec<&str> = names.iter().copied().chain(["line.txt"]).collect();
    wanted.sort_unstable();
    assert_eq!(documents, wanted, "the long line is a document, a folder named x.txt none");

    for table in alone.tables() {
        let of_good = |row: &Row| !row.has("document") || row.get("document") != "line.txt";
        if table == "rejected" {
            continue;
        }
        let (alone_rows, beside_rows) = (alone.rows(&table), beside.rows(&table));
        assert!(!alone_rows.is_empty(), "{table}");
        if !alone_rows[0].has("document") {
            assert_eq!(alone.text(&table), beside.text(&table), "{table}");
        }
        let kept: Vec<Row> = beside_rows.into_iter().filter(of_good).collect();
        assert!(alone_rows == kept, "{table}: rows of the good reports differ");
        // byte for byte: what the good reports gave stands in one piece before or behind the line's
        assert!(without_line(&beside.text(&table)) == alone.text(&table), "{table}: bytes of the good reports differ");
    }
}

/// A table without the records that begin with the key of the long line.
fn without_line(table: &str) -> String {
    let (mut kept, mut record, mut quotes) = (String::new(), String::new(), 0);
    for line in table.split_inclusive('\n') {
        record.push_str(line);
        quotes += line.matches('"').count();
        if quotes % 2 == 0 {
            if !record.starts_with("line.txt,") {
                kept.push_str(&record);
            }
            record.clear();
        }
    }
    kept + &record
}

#[test]
fn a_corpus_of_junk_alone_gives_tables_without_rows() {
    let all = folder();
    let junk = {
        fs::create_dir(all.path().join("x.txt")).expect("a folder");
        write_junk(all.path())
    };
    let run = run(all.path(), &[], 1);
    assert_eq!(run.rows("rejected").len(), junk.len());
    for table in run.tables().iter().filter(|table| *table != "rejected") {
        assert_eq!(run.text(table).lines().count(), 1, "{table} has a header alone");
    }
}

#[test]
fn a_line_takes_time_in_proportion_to_its_length() {
    let seconds = |repeats: usize| {
        let folder = folder();
        fs::write(folder.path().join("line.txt"), "12月1日，".repeat(repeats)).expect("a file");
        let start = std::time::Instant::now();
        run(folder.path(), &["--only", "documents"], 0);
        start.elapsed().as_secs_f64()
    };
    let (short, long) = (seconds(5_000), seconds(80_000));
    // 16 times the text; were it quadratic it would be 256 times the time
    assert!(long < 64.0 * short.max(0.05), "{short:.2} s, then {long:.2} s");
}
