//! What is inferred of the sample reports against what a careful reader filled in (`corpus/gold/metadata.csv`).

use super::support::{Row, corpus, read_csv, run, tell};

fn squash(text: &str) -> String {
    text.split_whitespace().collect()
}

fn year(date: &str) -> &str {
    date.get(..4).unwrap_or(date)
}

/// A name, the least share of reports for which it is right, and how a row of `documents.csv` agrees with one of the
/// metadata.
type Check = (&'static str, f64, fn(&Row, &Row) -> bool);

const CHECKS: [Check; 6] = [
    ("title", 0.80, |found, wanted| squash(found.get("title")) == squash(wanted.get("title"))),
    ("publisher", 0.95, |found, wanted| found.get("organisation") == wanted.get("organisation")),
    ("report_type", 0.90, |found, wanted| found.get("report_type") == wanted.get("report_type")),
    ("published", 0.65, |found, wanted| found.get("published") == wanted.get("published")),
    ("year under review", 0.90, |found, wanted| {
        ["period_from", "period_to"].iter().all(|column| year(found.get(column)) == year(wanted.get(column)))
    }),
    ("period under review", 0.85, |found, wanted| {
        ["period_from", "period_to"].iter().all(|column| found.get(column) == wanted.get(column))
    }),
];

#[test]
fn most_of_what_is_inferred_is_right() {
    let documents = run(&corpus(), &["--only", "documents"], 0).rows("documents");
    let wanted = read_csv(&corpus().join("gold/metadata.csv"));
    let names = |rows: &[Row], column| rows.iter().map(|r| r.get(column).to_owned()).collect::<Vec<_>>();
    let mut files = names(&wanted, "file");
    files.sort();
    assert_eq!(names(&documents, "document"), files, "metadata.csv tells of every report and no other");

    let mut fallen = Vec::new();
    for (name, floor, agrees) in CHECKS {
        let wrong: Vec<&str> = documents
            .iter()
            .filter(|found| {
                let wanted = wanted.iter().find(|row| row.get("file") == found.get("document"));
                !wanted.is_some_and(|wanted| agrees(found, wanted))
            })
            .map(|found| found.get("document"))
            .collect();
        let share = 1.0 - wrong.len() as f64 / documents.len() as f64;
        tell(&format!("metadata: {name} right for {share:.3} of {} reports", documents.len()));
        if share < floor {
            fallen.push(format!("{name}: {share:.3} is below {floor}; wrong for {}", wrong.join(", ")));
        }
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}
