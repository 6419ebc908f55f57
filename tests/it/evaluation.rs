//! `wenmai eval`: the table, the differences, and figures that may not fall.

use std::fs;

use serde_json::Value;

use super::support::{corpus, folder, read_csv, stderr, stdout, wenmai};

#[test]
fn a_table_of_figures_for_every_kind() {
    let output = wenmai().args(["eval", "--gold", "corpus/gold"]).output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let table = stdout(&output);
    let head = table.lines().next().expect("a header");
    for column in ["gold", "pred", "P", "R", "F1", "loose", "right"] {
        assert!(head.split_whitespace().any(|word| word == column), "no {column} in {head}");
    }
    for kind in ["organisations", "dates", "quantities", "publisher"] {
        assert!(table.lines().any(|line| line.starts_with(kind)), "no {kind} in:\n{table}");
    }
    let reports = fs::read_dir(corpus().join("gold")).expect("annotations").flatten();
    let reports = reports.filter(|entry| entry.file_name().to_string_lossy().ends_with(".gold.json")).count();
    assert!(table.contains(&format!("{reports} documents")), "every annotated report is scored:\n{table}");
}

#[test]
fn differences_as_rows() {
    let folder = folder();
    let path = folder.path().join("errors.csv");
    let output = wenmai().args(["eval", "--gold", "corpus/gold", "--errors"]).arg(&path).output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(!read_csv(&path).is_empty(), "the extractors are not perfect");
}

#[test]
fn a_figure_below_the_recorded_one_fails() {
    let folder = folder();
    let path = folder.path().join("baseline.json");
    let eval = |more: &[&str]| {
        let mut command = wenmai();
        command.args(["eval", "--gold", "corpus/gold", "--baseline"]).arg(&path).args(more);
        command.output().expect("it ends")
    };
    assert_eq!(eval(&[]).status.code(), Some(2), "a baseline that is not there is no success");
    assert_eq!(eval(&["--record"]).status.code(), Some(0));
    let output = eval(&[]);
    assert_eq!(output.status.code(), Some(0), "figures are not below themselves: {}", stderr(&output));

    let mut baseline: Value = serde_json::from_slice(&fs::read(&path).expect("a baseline")).expect("JSON");
    let recorded = baseline["dates"]["right"].as_f64().expect("a figure");
    baseline["dates"]["right"] = Value::from(recorded + 0.01);
    fs::write(&path, baseline.to_string()).expect("a baseline");
    let output = eval(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
    assert!(stderr(&output).contains("dates") && stderr(&output).contains("right"), "{}", stderr(&output));
    assert!(stdout(&output).contains("dates"), "the table is printed all the same");
}

#[test]
fn a_folder_without_annotations_is_none() {
    let folder = folder();
    let output = wenmai().args(["eval", "--gold"]).arg(folder.path()).output().expect("it ends");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains(".gold.json"), "{}", stderr(&output));
}
