//! The formats of the tables beside CSV. What stands in them is checked by tests/validate_formats.py with programs that
//! read them.

use std::process::Command;

use super::support::{corpus, folder, run, stderr};

const ALL: &str = "csv,parquet,xlsx,sql";

#[test]
fn all_formats_are_the_same_bytes_whatever_the_threads() {
    let one = run(&corpus(), &["--format", ALL, "--threads", "1"], 0);
    let many = run(&corpus(), &["--format", ALL, "--threads", "4"], 0);
    let (one, many) = (one.files(), many.files());
    assert_eq!(one.keys().collect::<Vec<_>>(), many.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(bytes == &many[name], "{name} differs");
    }
    let tables = one.keys().filter(|name| name.ends_with(".csv")).count();
    let parquet = one.keys().filter(|name| name.ends_with(".parquet")).count();
    assert_eq!((tables, parquet), (24, 24));
    assert!(one.contains_key("wenmai.xlsx") && one.contains_key("wenmai.sql"));
}

#[test]
fn excel_style_changes_csv_alone() {
    let report = folder();
    let text = "甲乙省丙丁协会2023年工作总结\n\n=协会新增会员单位86家。\n+协会举办智能制造培训12期。\n";
    std::fs::write(report.path().join("report.txt"), text).expect("a report");
    let arguments = ["--format", ALL, "--only", "documents,sentences,terms"];
    let plain = run(report.path(), &arguments, 0).files();
    let excel = run(report.path(), &[&arguments[..], &["--excel"]].concat(), 0).files();
    assert!(String::from_utf8_lossy(&excel["sentences.csv"]).contains("'=协会"));
    assert_ne!(plain["sentences.csv"], excel["sentences.csv"]);
    for (name, bytes) in plain.iter().filter(|(name, _)| !name.ends_with(".csv") && *name != "datapackage.json") {
        assert!(bytes == &excel[name], "{name} differs");
    }
    let sql = String::from_utf8_lossy(&plain["wenmai.sql"]);
    assert!(sql.contains("'=协会新增会员单位86家。'"), "{sql}");
}

#[test]
fn the_package_points_to_what_is_there() {
    for (formats, wanted) in
        [("sql,parquet", "terms.parquet"), ("xlsx", "wenmai.xlsx"), ("sql", "wenmai.sql"), ("parquet,csv", "terms.csv")]
    {
        let run = run(&corpus(), &["--only", "terms", "--format", formats], 0);
        let package: serde_json::Value =
            serde_json::from_slice(&run.files()["datapackage.json"]).expect("the package is JSON");
        let resource = &package["resources"][0];
        assert_eq!(resource["path"], wanted, "{formats}");
        let bytes = &run.files()[wanted];
        assert_eq!(resource["bytes"], bytes.len(), "{formats}");
        let mut files: Vec<String> = run.files().into_keys().filter(|name| name != "datapackage.json").collect();
        files.retain(|name| name != wanted && name != "report.html");
        assert_eq!(files.len(), formats.split(',').count() - 1, "no other tables are left: {files:?}");
        assert_eq!(resource["schema"]["fields"][0]["title"], "术语");
    }
}

#[test]
fn a_run_with_fewer_formats_clears_the_others_away() {
    let root = folder();
    let out = root.path().join("out");
    let start = |formats: &str| {
        let output = super::support::wenmai()
            .args(["run", "--quiet", "--only", "terms", "--corpus"])
            .arg(corpus())
            .arg("--out")
            .arg(&out)
            .args(["--format", formats])
            .output()
            .expect("a run");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let mut names: Vec<String> = std::fs::read_dir(&out)
            .expect("the folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .filter(|name| name != "report.html")
            .collect();
        names.sort();
        names
    };
    assert_eq!(start(ALL), ["datapackage.json", "run.json", "terms.csv", "terms.parquet", "wenmai.sql", "wenmai.xlsx"]);
    assert_eq!(start("sql"), ["datapackage.json", "run.json", "wenmai.sql"]);
    assert_eq!(start("csv"), ["datapackage.json", "run.json", "terms.csv"]);
}

#[test]
fn unknown_formats_are_refused() {
    let run = run(&corpus(), &["--format", "csv,ods"], 2);
    assert!(run.stderr.contains("the formats are csv, parquet, xlsx and sql"), "{}", run.stderr);
}

/// As in `interruption`: a limit on the size of files stands in for a disk that fills up.
#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_is_told_for_every_format() {
    let root = folder();
    let reports = root.path().join("reports");
    std::fs::create_dir(&reports).expect("a folder");
    let name = "nanping-automation-2024-summary.txt";
    std::fs::copy(corpus().join(name), reports.join(name)).expect("a copy");
    for format in ["parquet", "xlsx", "sql"] {
        let mut failed = 0;
        for blocks in [2, 16, 24, 32, 48, 64, 96] {
            let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
            let out = root.path().join("out");
            let output = Command::new("sh")
                .args(["-c", &script, env!("CARGO_BIN_EXE_wenmai"), "run", "--quiet", "--format", format, "--corpus"])
                .arg(&reports)
                .args(["--only", "sentences,term_mentions,documents,terms", "--out"])
                .arg(&out)
                .output()
                .expect("a shell");
            let message = stderr(&output);
            match output.status.code() {
                Some(0) => {}
                Some(2) => {
                    failed += 1;
                    assert!(message.contains("room") && message.lines().count() == 1, "{format}, {blocks}: {message}");
                }
                other => panic!("{other:?} for {format} at {blocks} blocks: {message}"),
            }
        }
        assert!(failed > 0, "{format}: none of the limits was too small");
    }
}
