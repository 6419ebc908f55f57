//! Floors of the extractors, as the scorer beside the checkout counts them.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::support::{documents, folder, requests, shared, stderr, tell, wenmai};

/// Kind, figure, and the least that it may be.
const FLOORS: [(&str, &str, f64); 3] =
    [("organisations", "f1", 0.75), ("dates", "right_f1", 0.80), ("quantities", "right_f1", 0.75)];

fn assert_floors(corpus: &str, gold: &str) {
    let (Some(texts), Some(gold), Some(scorer)) = (shared(corpus), shared(gold), shared("gold/score.py")) else {
        return;
    };
    let Some(scores) = score(&texts, &gold, &scorer) else { return };
    let mut fallen = Vec::new();
    for (kind, figure, floor) in FLOORS {
        let found = scores[kind][figure].as_f64().unwrap_or_else(|| panic!("no {kind} {figure} in {scores}"));
        tell(&format!("score: {corpus}: {kind} {figure} {found:.3}"));
        if found < floor {
            fallen.push(format!("{kind} {figure}: {found:.3} is below {floor}"));
        }
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

/// Extracts from the texts and scores; `None` where there is no Python to score with.
fn score(texts: &Path, gold: &Path, scorer: &Path) -> Option<Value> {
    let documents = documents(texts);
    let input = requests(documents.values().map(|document| (document.key.as_str(), document.text.as_str())));
    let output = wenmai().arg("extract").write_stdin(input).output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let folder = folder();
    let predictions = folder.path().join("predictions.jsonl");
    fs::write(&predictions, &output.stdout).expect("a file");
    let scored = match Command::new("python3").arg(scorer).arg(gold).arg(&predictions).arg("--json").output() {
        Ok(scored) => scored,
        Err(error) => {
            tell(&format!("skipped: no python3 to score with ({error})"));
            return None;
        }
    };
    assert!(scored.status.success(), "{}", stderr(&scored));
    Some(serde_json::from_slice(&scored.stdout).expect("the scorer prints JSON"))
}

#[test]
fn the_seeds_are_read_well_enough() {
    assert_floors("seeds", "gold");
}

#[test]
fn the_fifty_are_read_well_enough() {
    assert_floors("corpus", "corpus/gold");
}
