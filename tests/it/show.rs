//! `wenmai show`: what a user sees of a document.

use super::support::{corpus, folder, stderr, stdout, wenmai};

const REPORT: &str = "nanping-automation-2024-summary.txt";

fn show(arguments: &[&str]) -> String {
    let output = wenmai().arg("show").arg("--corpus").arg(corpus()).args(arguments).output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

/// The text without marks of the kinds that it can have.
fn stripped(text: &str) -> String {
    let kinds = ["event", "organisation", "person", "date", "quantity", "term"];
    kinds.iter().fold(text.replace('[', ""), |text, kind| text.replace(&format!("|{kind}]"), ""))
}

#[test]
fn a_document_is_its_text_with_marks() {
    let text = std::fs::read_to_string(corpus().join(REPORT)).expect("the report").replace('[', "");
    let shown = show(&[REPORT]);
    assert!(shown.contains("|organisation]") && shown.contains("|date]") && shown.contains("|quantity]"), "{shown}");
    assert!(!shown.contains('\u{1b}'), "no colours where there is no terminal");
    assert_eq!(stripped(&shown).trim_end(), text.trim_end());
    let dates = show(&[REPORT, "--kinds", "dates"]);
    assert!(dates.contains("|date]") && !dates.contains("|term]"));
    let coloured = show(&[REPORT, "--color", "always"]);
    assert!(coloured.contains("\u{1b}[33m") && !coloured.contains("|date]"));
}

#[test]
fn a_page_stands_alone() {
    let page = show(&[REPORT, "--html"]);
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    for part in ["<mark class=\"date\" title=\"", "<mark class=\"organisation\">机构</mark>", "default-src 'none'"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("http:") && !page.contains("https:"));
}

#[test]
fn a_file_needs_no_corpus() {
    let folder = folder();
    std::fs::write(folder.path().join("mine.txt"), "2023年，协会举办培训12期。\n").expect("a report");
    let output = wenmai().current_dir(folder.path()).args(["show", "mine.txt"]).output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("[2023年|date]"), "{}", stdout(&output));
}

#[test]
fn what_is_not_there_is_told() {
    for (arguments, advice) in [
        (vec!["nanping"], "such as nanping-automation"),
        (vec!["no-such-report"], "there is no document `no-such-report`"),
        (vec![REPORT, "--kinds", "words"], "the kinds are events, organisations, persons"),
    ] {
        let output = wenmai().arg("show").arg("--corpus").arg(corpus()).args(&arguments).output().expect("it ends");
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(advice), "{arguments:?}: {}", stderr(&output));
    }
}
