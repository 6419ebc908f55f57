//! `report.html`: its figures are those of the tables, and its sentences those of the documents.

use std::fs;

use serde_json::Value;

use super::support::{Run, corpus, folder, run, stderr, wenmai};

fn page(run: &Run) -> String {
    fs::read_to_string(run.out().join("report.html")).expect("a report")
}

/// What the scripts of the page read.
fn data(page: &str) -> Value {
    let open = "<script type=\"application/json\" id=\"data\">";
    let (_, rest) = page.split_once(open).expect("an element with the data");
    let (json, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str(json).expect("JSON")
}

/// The page without what plotly brings.
fn own(page: &str) -> String {
    let start = page.find("/**\n* plotly.js").expect("the script of plotly");
    let end = start + page[start..].find("</script>").expect("its end");
    format!("{}{}", &page[..start], &page[end..])
}

#[test]
fn every_sentence_stands_in_the_corpus_where_the_report_says() {
    let run = run(&corpus(), &[], 0);
    let data = data(&page(&run));
    let rows = run.rows("sentences");
    let find = |document: &str, number: u64| {
        let number = number.to_string();
        rows.iter().find(|row| row.get("document") == document && row.get("sentence") == number)
    };
    let documents = data["texts"]["documents"].as_array().expect("documents");
    let sentences = data["texts"]["sentences"].as_array().expect("sentences");
    assert!(sentences.len() > 1000, "{} sentences", sentences.len());
    for sentence in sentences {
        let document = documents[sentence[0].as_u64().expect("a document") as usize].as_str().expect("a key");
        let number = sentence[1].as_u64().expect("a number");
        let row = find(document, number).unwrap_or_else(|| panic!("no sentence {number} in {document}"));
        let shown = sentence[3].as_str().expect("a text").trim_end_matches('…');
        let text: String = row.get("text").chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        assert!(!shown.is_empty() && text.starts_with(shown), "{document} {number}: {shown}");
    }
}

#[test]
fn its_trends_are_those_of_the_table() {
    let run = run(&corpus(), &[], 0);
    let page = page(&run);
    let (_, trends) = page.split_once("<section id=\"trends\"").expect("the section");
    let mut checked = 0;
    for row in run.rows("term_trends").iter().filter(|row| row.get("organisation") == "*" && row.number("total") >= 5) {
        let (_, told) = trends.split_once(&format!("<th scope=\"row\">{}</th>", row.get("term"))).expect("a row");
        let (told, _) = told.split_once("</tr>").expect("its end");
        assert!(told.contains(&format!(">{}<", row.get("total"))), "{}: {told}", row.get("term"));
        checked += 1;
    }
    assert!(checked > 50, "{checked} terms");
}

#[test]
fn nothing_in_it_asks_the_network() {
    let page = page(&run(&corpus(), &[], 0));
    assert!(page.contains("default-src 'none'"), "a policy that forbids it");
    let own = own(&page);
    for asking in [" src=", "url(", "@import", "<link", "<iframe", "fetch(", "XMLHttpRequest", "import("] {
        assert!(!own.contains(asking), "`{asking}` in the page");
    }
    assert!(own.split("href=\"").skip(1).all(|rest| rest.starts_with('#')), "links lead to the page itself");
    assert!(page.len() < 20 << 20);
}

#[test]
fn only_leaves_it_out_or_writes_it_alone() {
    let whole = page(&run(&corpus(), &[], 0));
    let tables = run(&corpus(), &["--only", "terms"], 0);
    assert!(!tables.out().join("report.html").exists());
    let alone = run(&corpus(), &["--only", "report"], 0);
    assert_eq!((alone.tables(), page(&alone)), (Vec::new(), whole.clone()));
    let both = run(&corpus(), &["--only", "terms,report"], 0);
    assert_eq!((both.tables(), page(&both)), (vec!["terms".to_owned()], whole));
}

#[test]
fn it_speaks_english_too() {
    let english = page(&run(&corpus(), &["--lang", "en"], 0));
    assert!(english.contains("<html lang=\"en\">") && english.contains("Rising terms"));
    let out = folder();
    let output = wenmai().args(["run", "--lang", "fr", "--out"]).arg(out.path().join("out")).output().expect("it ends");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("write zh or en"), "{}", stderr(&output));
}
