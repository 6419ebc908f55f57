//! The figures against those of the scorer that stands beside the annotations, `../shared/gold/score.py`. Where it or
//! Python is not there, these tests are skipped and say so.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::super::*;

/// The folder of annotations with the scorer, or a message that there is none.
fn reference() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold");
    let python = Command::new("python3").arg("--version").output().is_ok();
    if !folder.join("score.py").exists() || !python {
        println!("skipped: {} or python3 is missing", folder.join("score.py").display());
        return None;
    }
    Some(folder)
}

/// Scores `predictions` both ways over the annotations in `gold` and compares every figure.
fn compare(reference: &Path, gold: &Path, predictions: &[Value], what: &str) {
    let lines = predictions.iter().map(|p| p.to_string() + "\n").collect::<String>();
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(&file, &lines).unwrap();
    let out = Command::new("python3")
        .arg(reference.join("score.py"))
        .args([gold, file.path()])
        .arg("--json")
        .output()
        .unwrap();
    assert!(out.status.success(), "{what}: {}", String::from_utf8_lossy(&out.stderr));
    let theirs: Value = serde_json::from_slice(&out.stdout).unwrap();
    let ours = score(&read_gold(gold).unwrap(), &read_predictions(lines.as_bytes()).unwrap());
    let same = |path: &str, ours: f64| {
        let theirs = theirs.pointer(path).and_then(Value::as_f64).unwrap_or_else(|| panic!("{path} in {theirs}"));
        assert!((theirs - ours).abs() <= 1e-9, "{what}, {path}: {theirs}, ours {ours}\n{ours:?}");
    };
    for kind in Kind::ALL {
        let counts = ours.kind(kind);
        same(&format!("/{kind}/gold"), counts.gold as f64);
        same(&format!("/{kind}/predicted"), counts.predicted as f64);
        same(&format!("/{kind}/precision"), counts.precision());
        same(&format!("/{kind}/recall"), counts.recall());
        same(&format!("/{kind}/f1"), counts.f1());
        same(&format!("/{kind}/loose_f1"), counts.loose_f1());
        same(&format!("/{kind}/right_f1"), counts.right_f1());
    }
    same("/organisation_names/gold", ours.names.gold as f64);
    same("/organisation_names/precision", ours.names.precision());
    same("/organisation_names/recall", ours.names.recall());
    same("/organisation_names/f1", ours.names.f1());
    same("/quantity_objects/gold", ours.objects.gold as f64);
    same("/quantity_objects/accuracy", ours.objects.accuracy());
}

fn list_of(kind: Kind) -> &'static str {
    if kind == Kind::Organisations { "organisation_mentions" } else { kind.as_str() }
}

/// An annotation as a prediction: every seventh row dropped, every fifth shifted, every sixth with other values,
/// every eleventh there twice.
fn perturbed(id: &str, gold: &Value, turn: usize) -> Value {
    let mut prediction = json!({"id": format!("corpus/{id}.txt"), "status": "ok"});
    let mut number = turn;
    for kind in Kind::ALL {
        let mut rows = Vec::new();
        for row in gold[list_of(kind)].as_array().unwrap() {
            number += 1;
            let mut row = row.clone();
            if number.is_multiple_of(11) {
                rows.push(row.clone());
            }
            if number.is_multiple_of(5) {
                let by = 1 + (number / 5 % 3) as u64;
                row["start"] = json!(row["start"].as_u64().unwrap() + by);
                row["end"] = json!(row["end"].as_u64().unwrap() + by);
            }
            if number.is_multiple_of(6) {
                change_values(&mut row, number / 6);
            }
            if !number.is_multiple_of(7) {
                rows.push(row);
            }
        }
        prediction[kind.as_str()] = json!(rows);
    }
    prediction
}

/// Another name, title, date, number or unit; which ones goes by `choice`.
fn change_values(row: &mut Value, choice: usize) {
    let fields =
        ["name", "title", "from", "min", "unit", "value", "to", "object", "max", "duration", "form", "in_name"];
    for (at, field) in fields.into_iter().enumerate() {
        if (choice + at).is_multiple_of(3) && row.get(field).is_some() {
            row[field] = match &row[field] {
                Value::String(text) if choice.is_multiple_of(2) => json!(format!(" {text}\u{3000}")),
                Value::String(_) if field == "form" => json!("generic"),
                Value::Number(number) if choice.is_multiple_of(2) => json!(number.as_f64().unwrap()),
                Value::Number(number) => json!(number.as_f64().unwrap() + 0.5),
                Value::Bool(_) => json!(true),
                _ => Value::Null,
            };
        }
    }
}

#[test]
fn perturbed_annotations_score_the_same() {
    let Some(folder) = reference() else { return };
    let ids: Vec<String> = read_gold(&folder).unwrap().into_iter().map(|gold| gold.id).collect();
    assert!(!ids.is_empty());
    for turn in 0..12 {
        let read = |id: &String| {
            let gold = fs::read_to_string(folder.join(format!("{id}.gold.json"))).unwrap();
            perturbed(id, &serde_json::from_str(&gold).unwrap(), turn)
        };
        let predictions: Vec<Value> = ids.iter().map(read).collect();
        compare(&folder, &folder, &predictions, &format!("turn {turn}"));
    }
}

#[test]
fn annotations_are_true_to_their_texts() {
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Some(folder) = reference().filter(|_| texts.exists()) else { return println!("skipped: no texts") };
    for gold in read_gold(&folder).unwrap() {
        let text = fs::read_to_string(texts.join(format!("{}.txt", gold.id))).unwrap();
        assert_eq!(gold.check(&text), [], "{}", gold.id);
        let shifted = gold.check(&format!("\u{fffd}{text}"));
        let rows = gold.organisations.len() + gold.persons.len() + gold.dates.len();
        assert!(shifted.len() > (rows + gold.quantities.len() + gold.events.len()) / 2, "{}", gold.id);
    }
}

/// Numbers that look random and are the same on every run (a linear congruential generator, Knuth's constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % sides
    }

    fn of<T: Clone>(&mut self, sides: &[T]) -> T {
        sides[self.below(sides.len() as u64) as usize].clone()
    }

    /// A row of any kind somewhere in a short text, so that rows overlap, repeat and nest.
    fn row(&mut self) -> Value {
        let start = self.below(60);
        let numbers =
            [json!(1), json!(1.0), json!(2), json!(2.5), json!("2"), json!("2.50"), json!(1e-12), Value::Null];
        let days = [json!("2024-01-01"), json!("2024-12-31"), json!(""), Value::Null];
        let words = [json!("甲"), json!("甲 "), json!("乙"), json!("丙\n"), json!("\u{1c}丁\u{a0}"), json!("")];
        let words_or_none = [words.as_slice(), &[Value::Null]].concat();
        json!({
            "start": start, "end": start + self.below(9),
            "text": self.of(&words), "name": self.of(&words),
            "form": self.of(&[json!("full"), json!("alias"), json!("generic"), Value::Null]),
            "title": self.of(&words_or_none), "unit": self.of(&words_or_none), "object": self.of(&words_or_none),
            "kind": self.of(&[json!("date"), json!("duration"), json!("set"), json!("percent"), json!("range")]),
            "modifier": self.of(&[json!("exact"), json!("range"), Value::Null]),
            "from": self.of(&days), "to": self.of(&days), "duration": self.of(&[json!("P3Y"), Value::Null]),
            "value": self.of(&numbers), "min": self.of(&numbers), "max": self.of(&numbers),
            "in_name": self.below(5) == 0, "optional": self.below(4) == 0,
        })
    }

    fn rows(&mut self, most: u64) -> Vec<Value> {
        (0..self.below(most + 1)).map(|_| self.row()).collect()
    }
}

#[test]
fn random_rows_score_the_same() {
    let Some(reference) = reference() else { return };
    for seed in 0..24 {
        let mut dice = Dice(seed);
        let folder = tempfile::tempdir().unwrap();
        let mut predictions = Vec::new();
        for document in 0..1 + dice.below(6) {
            let id = format!("d{document}");
            let mut gold = json!({});
            let mut prediction = json!({"id": dice.of(&[id.clone(), format!("x/{id}.md")])});
            for kind in Kind::ALL {
                let rows = dice.rows(12);
                // Some predicted rows are annotated ones, as they are or with a value changed.
                let mut found = dice.rows(6);
                for row in &rows {
                    let mut row = row.clone();
                    let field = dice.of(&["name", "title", "from", "min", "unit", "value", "object", "kind"]);
                    match dice.below(3) {
                        0 => continue,
                        1 => row[field] = dice.row()[field].clone(),
                        _ => {}
                    }
                    found.push(row);
                }
                gold[list_of(kind)] = json!(rows);
                prediction[kind.as_str()] = json!(found);
            }
            fs::write(folder.path().join(format!("{id}.gold.json")), gold.to_string()).unwrap();
            if dice.below(6) > 0 {
                predictions.push(prediction);
            }
        }
        compare(&reference, folder.path(), &predictions, &format!("seed {seed}"));
    }
}
