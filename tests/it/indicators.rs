//! Figures that a reader took from reports stand in `indicators.csv`.

use std::collections::BTreeMap;
use std::fs;

use super::support::{corpus, run, shared, tell};

/// Share of `corpus/facts.csv` that has to stand in the table.
const WANTED: f64 = 0.90;

type Cells = BTreeMap<String, String>;

fn read(path: &std::path::Path) -> Vec<Cells> {
    let text = fs::read(path).expect("the table can be read");
    let mut reader = csv::Reader::from_reader(text.as_slice());
    let header = reader.headers().expect("a header").clone();
    let cells = |record: csv::StringRecord| {
        header.iter().zip(record.iter()).map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
    };
    reader.records().map(|record| cells(record.expect("a row"))).collect()
}

/// The same value, or the same bounds; organisation, status and year too.
fn tells(row: &Cells, fact: &Cells) -> bool {
    let same = |name: &str| row[name] == fact[name];
    let value = !fact["value"].is_empty() && same("value");
    let year = |cells: &Cells| cells["period"].chars().take(4).collect::<String>();
    same("organisation") && same("status") && year(row) == year(fact) && (value || same("min") && same("max"))
}

#[test]
fn figures_of_a_reader_are_found() {
    let folder = run(&corpus(), &["--only", "indicators"], 0);
    let rows = read(&folder.out().join("indicators.csv"));
    let facts = read(&corpus().join("facts.csv"));
    assert!(facts.len() >= 200);
    let found = facts.iter().filter(|fact| rows.iter().any(|row| tells(row, fact))).count();
    let share = found as f64 / facts.len() as f64;
    tell(&format!("{found} of {} figures of corpus/facts.csv found: {:.1} %", facts.len(), share * 100.0));
    assert!(share >= WANTED, "{share}");
}

#[test]
fn figures_of_the_five_real_reports() {
    let Some(seeds) = shared("seeds") else { return };
    let folder = run(&seeds, &["--only", "indicators"], 0);
    let rows = read(&folder.out().join("indicators.csv"));
    let wanted = [
        ("2024", "members_added", "done", "86", "86", "共计发展会员单位86家"),
        ("2024", "standards_initiated", "done", "44", "44", "立项团体标准44项"),
        ("2024", "technology_evaluations", "done", "16", "16", "16项科技成果评价"),
        ("2024", "council_meetings", "done", "1", "1", "1次理事会"),
        ("2022", "forum_attendance", "done", "600", "601", "600 余人"),
        ("2022", "contest_winners", "done", "1288", "1288", "1288 名"),
        ("2023", "promotion_tours", "planned", "3", "3", "不少于3期"),
    ];
    for (period, indicator, status, value, min, words) in wanted {
        let told = rows.iter().any(|row| {
            row["organisation"] == "中国机电一体化技术应用协会"
                && row["period"] == period
                && row["indicator"] == indicator
                && row["status"] == status
                && row["value"] == value
                && row["min"] == min
                && row["text"].contains(words)
        });
        assert!(told, "{period} {indicator} {value}");
    }
}
