//! The command line: help, flags, exit codes, messages.

use std::fs;

#[cfg(feature = "pdf")]
use super::support::root;
use super::support::{Run, corpus, folder, run, stderr, stdout, wenmai};

const REPORT: &str = "甲乙省丙丁协会2023年工作总结\n\n2023年，协会新增会员单位86家，举办智能制造培训12期。\n";

fn one_report(text: &str) -> tempfile::TempDir {
    let folder = folder();
    fs::write(folder.path().join("report.txt"), text).expect("a report");
    folder
}

#[test]
fn help_shows_examples_and_exit_codes() {
    let output = wenmai().arg("--help").output().expect("help");
    assert_eq!(output.status.code(), Some(0));
    let help = stdout(&output);
    for wanted in ["Examples:", "wenmai --corpus reports --out tables", "wenmai extract", "Exit codes: 0 done; 1 done"]
    {
        assert!(help.contains(wanted), "`{wanted}` is not in:\n{help}");
    }
    for command in ["run", "extract", "kwic", "eval", "check", "init", "completions", "manual"] {
        assert!(help.lines().any(|line| line.trim_start().starts_with(command)), "no {command} in:\n{help}");
        let output = wenmai().args([command, "--help"]).output().expect("help");
        assert_eq!(output.status.code(), Some(0));
        assert!(stdout(&output).contains(&format!("Usage: wenmai {command}")), "{}", stdout(&output));
    }
}

#[test]
fn wrong_flags_name_what_is_right() {
    let cases = [
        (vec!["--only", "nothing"], "the tables are documents, organisations, terms"),
        (vec!["--only", "documents,nothing"], "the tables are documents, organisations, terms"),
        (vec!["--period", "week"], "write year, half, quarter or month"),
        (vec!["--threads", "0"], "--threads"),
        (vec!["--corpus", "no/such/folder"], "name a folder of reports or one report with --corpus"),
        (vec!["--dictionaries", "no/such/folder"], "name the folder of your dictionaries"),
        (vec!["extract", "no/such/file"], "no/such/file"),
        (vec!["eval", "--gold", "no/such/folder"], "no/such/folder"),
        (vec!["nothing"], "nothing"),
    ];
    for (arguments, advice) in cases {
        let folder = folder();
        let output = wenmai().current_dir(folder.path()).args(&arguments).output().expect("it ends");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(advice), "{arguments:?}: {}", stderr(&output));
        assert!(stdout(&output).is_empty(), "{arguments:?}");
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0, "{arguments:?} left something behind");
    }
}

#[test]
fn a_folder_without_reports_is_no_corpus() {
    let empty = folder();
    let run = run(empty.path(), &[], 2);
    assert!(run.stderr.contains("holds no report"), "{}", run.stderr);
    assert!(!run.out().exists());
}

#[test]
fn no_arguments_read_corpus_and_write_out() {
    let folder = folder();
    fs::create_dir(folder.path().join("corpus")).expect("a folder");
    fs::write(folder.path().join("corpus/report.txt"), REPORT).expect("a report");
    let output = wenmai().current_dir(folder.path()).output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("1 document, 0 rejected"), "{}", stderr(&output));
    assert!(!stderr(&output).contains('\u{1b}'), "no progress bar where stderr is no terminal");
    for file in ["documents.csv", "term_counts.csv", "datapackage.json", "run.json"] {
        assert!(folder.path().join("out").join(file).is_file(), "no {file}");
    }
}

#[test]
fn quiet_says_nothing() {
    let corpus = one_report(REPORT);
    assert_eq!(run(corpus.path(), &["--quiet"], 0).stderr, "");
}

#[test]
fn only_writes_the_tables_named() {
    let corpus = one_report(REPORT);
    let all = run(corpus.path(), &[], 0);
    let some = run(corpus.path(), &["--only", "terms,quantity_mentions.csv"], 0);
    assert_eq!(some.tables(), ["quantity_mentions", "terms"]);
    for table in some.tables() {
        assert_eq!(some.text(&table), all.text(&table), "{table} is the same alone");
    }
    let package: serde_json::Value =
        serde_json::from_slice(&some.files()["datapackage.json"]).expect("the package is JSON");
    let mut named: Vec<_> =
        package["resources"].as_array().expect("resources").iter().map(|r| r["name"].clone()).collect();
    named.sort_by_key(|name| name.to_string());
    assert_eq!(named, ["quantity_mentions", "terms"]);
}

/// What no table asked for rests on is not counted: each set below rests on other sums.
#[test]
fn only_changes_no_table() {
    let all = run(&corpus(), &[], 0);
    for only in [
        "new_terms,organisation_network",
        "keywords",
        "word_counts,cooccurrence",
        "collocations,indicators",
        "keyness,indicator_trends",
        "documents,organisations,organisation_terms,terms,term_counts,term_trends,dispersion,event_mentions,quantity_mentions",
    ] {
        let some = run(&corpus(), &["--only", only], 0);
        for table in some.tables() {
            assert_eq!(some.text(&table), all.text(&table), "{table} is the same with {only}");
        }
    }
}

#[test]
fn a_second_run_replaces_the_tables_of_the_first() {
    let corpus = one_report(REPORT);
    let folder = folder();
    let out = folder.path().join("out");
    let write = |arguments: &[&str]| {
        let output = wenmai().arg("--corpus").arg(corpus.path()).arg("--out").arg(&out).args(arguments).output();
        assert_eq!(output.expect("it ends").status.code(), Some(0));
    };
    write(&[]);
    write(&["--only", "terms"]);
    assert!(out.join("terms.csv").is_file());
    assert!(!out.join("documents.csv").exists(), "no table of an earlier run stands beside those of a later one");
    let entries = fs::read_dir(folder.path()).expect("the folder").count();
    assert_eq!(entries, 1, "nothing half-written is left beside the tables");
}

#[test]
fn a_folder_of_something_else_is_not_replaced() {
    let corpus = one_report(REPORT);
    let folder = folder();
    fs::write(folder.path().join("thesis.docx"), "precious").expect("a file");
    let output = wenmai().arg("--corpus").arg(corpus.path()).arg("--out").arg(folder.path()).output().expect("it ends");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("name a new or an empty folder"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(folder.path().join("thesis.docx")).expect("it stands"), "precious");
}

#[test]
fn periods_are_as_long_as_asked() {
    let form = |period: &str| period.replace(|c: char| c.is_ascii_digit(), "9");
    // a period coarser than the one asked for keeps its own length; the finest comes last
    let cases = [
        ("year", vec!["9999"]),
        ("half", vec!["9999", "9999H9"]),
        ("quarter", vec!["9999", "9999H9", "9999Q9"]),
        ("month", vec!["9999", "9999H9", "9999Q9", "9999-99"]),
    ];
    for (asked, forms) in cases {
        let run = run(&corpus(), &["--period", asked, "--only", "term_counts,documents", "--sparse"], 0);
        let found: Vec<String> = run.rows("term_counts").iter().map(|row| form(row.get("period"))).collect();
        assert!(found.iter().all(|found| forms.contains(&found.as_str())), "{asked}: {found:?}");
        assert!(found.iter().any(|found| Some(&found.as_str()) == forms.last()), "{asked}: {found:?}");
    }
}

#[test]
fn sparse_leaves_out_rows_that_count_nothing() {
    let dense = run(&corpus(), &["--only", "term_counts"], 0);
    let sparse = run(&corpus(), &["--only", "term_counts", "--sparse"], 0);
    let counts = |row: &super::support::Row| row.number("count") + row.number("count_nested") > 0;
    let (dense, sparse) = (dense.rows("term_counts"), sparse.rows("term_counts"));
    assert!(dense.iter().any(|row| !counts(row)), "zeros are written");
    assert_eq!(dense.into_iter().filter(counts).collect::<Vec<_>>(), sparse);
}

/// Table bytes with a byte order mark, and the same without it.
fn excel(run: &Run, table: &str) -> String {
    let text = run.text(table);
    text.strip_prefix('\u{feff}').unwrap_or_else(|| panic!("{table} begins with no byte order mark")).to_owned()
}

#[test]
fn excel_gets_a_mark_and_no_formula() {
    let corpus = one_report("=HYPERLINK(\"a\")\n\n-1%，下降-3.5%。\n@会员，新增86家。\n+86电话。\n");
    let plain = run(corpus.path(), &[], 0);
    let guarded = run(corpus.path(), &["--excel"], 0);
    for table in plain.tables() {
        assert!(!plain.text(&table).starts_with('\u{feff}'), "{table}");
        excel(&guarded, &table);
    }
    let text = |run: &Run| run.rows("sentences").iter().map(|row| row.get("text").to_owned()).collect::<Vec<_>>();
    let dangerous = |text: &&String| text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    assert!(text(&plain).iter().filter(dangerous).count() >= 3, "the case is one: {:?}", text(&plain));
    assert_eq!(text(&guarded).iter().filter(dangerous).count(), 0, "{:?}", text(&guarded));
    for (plain, guarded) in text(&plain).iter().zip(text(&guarded)) {
        let wanted = if dangerous(&plain) { format!("'{plain}") } else { plain.clone() };
        assert_eq!(guarded, wanted);
    }
    // what is a number stays one
    let values =
        |run: &Run| run.rows("quantity_mentions").iter().map(|r| r.get("value").to_owned()).collect::<Vec<_>>();
    assert_eq!(values(&plain), values(&guarded));
}

#[test]
fn kwic_shows_every_place_of_a_term() {
    let folder = one_report("甲市机器人协会2024年工作总结\n\n协会发布机器人标准3项，举办工业机器人培训2期。\n");
    let kwic = |arguments: &[&str]| {
        let output = wenmai().args(["kwic", "--corpus"]).arg(folder.path()).args(arguments).output().expect("a run");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    let lines = kwic(&["机器人", "--format", "jsonl"]);
    let keys: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    // those in the name of the association and inside 工业机器人 count too
    assert_eq!(keys.len(), 3, "{lines}");
    assert!(keys.iter().all(|found| found["key"] == "机器人" && found["period"] == "2024"), "{lines}");
    assert!(kwic(&["标准3项"]).contains("机器人 标准3项 "), "a word of no dictionary is found as written");
    assert_eq!(kwic(&["--regex", r"\d期", "--format", "csv"]).lines().count(), 2);
    assert!(kwic(&["--organisation", "甲市机器人协会"]).lines().count() >= 2, "the bare noun means it too");
    assert_eq!(kwic(&["沙漠"]), "");
}

#[test]
fn kwic_shows_the_figures_of_an_indicator() {
    let report = "甲市机器人协会2024年工作总结\n\n2024年，协会新增会员单位86家，举办培训班12期。\n\n二、2025年工作计划\n\n2025年，\
        计划新增会员单位100家。\n";
    let folder = one_report(report);
    let kwic = |arguments: &[&str], code| {
        let output = wenmai().args(["kwic", "--corpus"]).arg(folder.path()).args(arguments).output().expect("a run");
        assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
        if code == 0 { stdout(&output) } else { stderr(&output) }
    };
    let keys = |more: &[&str]| {
        let lines = kwic(&[&["--format", "jsonl"], more].concat(), 0);
        let found: Vec<serde_json::Value> = lines.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
        let told = found.iter().map(|one| format!("{} {}", one["key"], one["period"]).replace('"', ""));
        told.collect::<Vec<_>>()
    };
    assert_eq!(keys(&["--indicator", "members_added"]), ["86家 2024", "100家 2025"]);
    assert_eq!(keys(&["--indicator", "新增会员", "--status", "planned"]), ["100家 2025"]);
    assert_eq!(keys(&["--indicator", "members_added", "--status", "done"]), ["86家 2024"]);
    assert_eq!(keys(&["会员单位", "--status", "planned"]), ["会员单位 2025"]);
    let told = kwic(&["--indicator", "member_added"], 2);
    assert!(told.contains("there is no indicator `member_added`; write members_added"), "{told}");
    assert!(kwic(&["--indicator", "沙漠"], 2).contains("membership_fee_rate, members_left"), "all of them");
}

#[cfg(feature = "pdf")]
#[test]
fn kwic_tells_pages() {
    let pdf = root().join("tests/fixtures/reportlab.pdf");
    let query = ["kwic", "--regex", "会员|培训", "--format", "csv", "--corpus"];
    let found = stdout(&wenmai().args(query).arg(pdf).output().expect("it ends"));
    let pages: Vec<&str> = found.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
    assert!(!pages.is_empty() && pages.iter().all(|page| page.parse::<u32>().is_ok_and(|page| page > 0)), "{found}");
}
