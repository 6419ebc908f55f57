//! What the documents in `docs/` say of tables, flags, dictionaries and files is true.
//!
//! The lists of columns of `docs/tables.md`, with an example from the sample corpus each, are written by
//!
//! ```text
//! WENMAI_RENEW_DOCS=1 cargo test --test it docs::
//! ```
//!
//! between lines `<!-- table NAME WHERE -->` and `<!-- end -->`. WHERE tells which row is the example, the first of those whose
//! cells are as told: `organisation=*; term=机器人`.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use wenmai::output::schema::{ColumnKind, TABLES, Table};

use super::golden;
use super::support::{Row, files_of, folder, root, run, stdout, wenmai};

const RENEW: &str = "WENMAI_RENEW_DOCS";

fn docs() -> PathBuf {
    root().join("docs")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Rows of a table in a run over the sample corpus; of `rejected`, which is empty there, in one over an empty file.
fn rows(table: &str) -> Vec<Row> {
    if table != "rejected" {
        return golden::tables().rows(table);
    }
    let corpus = folder();
    fs::write(corpus.path().join("empty.txt"), "").expect("a file");
    run(corpus.path(), &[], 1).rows(table)
}

/// The first row whose cells are as `conditions` tell.
fn example(table: &Table, conditions: &str) -> Row {
    let wanted: Vec<(&str, &str)> = conditions
        .split(';')
        .map(|condition| condition.trim().split_once('=').unwrap_or_else(|| panic!("{}: `{condition}`", table.name)))
        .collect();
    let is_wanted = |row: &Row| wanted.iter().all(|(column, cell)| row.get(column) == *cell);
    rows(table.name).into_iter().find(is_wanted).unwrap_or_else(|| {
        panic!("docs/tables.md: no row of {} has {conditions}; name another example behind `table {0}`", table.name)
    })
}

fn code(text: &str) -> String {
    let text = text.replace('|', r"\|");
    if text.is_empty() { text } else { format!("`{text}`") }
}

/// What a table is, its key, and its columns with the cells of a row.
fn described(table: &Table, conditions: &str) -> String {
    let row = example(table, conditions);
    let key: Vec<String> = table.key.iter().map(|column| code(column)).collect();
    let mut text = format!("{}\n\nKey: {}.", table.description, key.join(", "));
    for reference in table.foreign_keys {
        let columns: Vec<String> = reference.columns.iter().map(|column| code(column)).collect();
        text += &format!(" {} refers to `{}`.", columns.join(", "), reference.table);
    }
    text += "\n\n| column | type | unit | empty | meaning | example |\n|---|---|---|---|---|---|\n";
    for column in table.columns {
        let mut meaning = column.description.replace('|', r"\|");
        if let ColumnKind::OneOf(words) = column.kind {
            let words: Vec<String> = words.iter().map(|word| code(word)).collect();
            meaning += &format!(" One of {}.", words.join(", "));
        }
        text += &format!(
            "| `{}` | {} | {} | {} | {meaning} | {} |\n",
            column.name,
            column.kind.as_str(),
            column.unit.unwrap_or_default(),
            if column.required { "never" } else { "may be" },
            code(row.get(column.name)),
        );
    }
    text
}

#[test]
fn tables_are_described_as_they_are() {
    let path = docs().join("tables.md");
    let text = read(&path);
    let block = Regex::new(r"(?s)<!-- table (\w+) ([^\n]*?) -->\n(.*?)<!-- end -->").expect("a pattern");
    let names: Vec<&str> =
        block.captures_iter(&text).map(|found| found.get(1).map_or("", |name| name.as_str())).collect();
    let tables: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    assert_eq!(names, tables, "docs/tables.md describes every table, in the order of the data package");
    let written = block.replace_all(&text, |found: &regex::Captures<'_>| {
        let (name, conditions) = (&found[1], &found[2]);
        let table = Table::named(name).expect("named above");
        format!("<!-- table {name} {conditions} -->\n{}<!-- end -->", described(table, conditions))
    });
    if std::env::var_os(RENEW).is_some() {
        fs::write(&path, &*written).expect("docs/tables.md");
        return;
    }
    for (stands, should) in text.lines().zip(written.lines()) {
        assert_eq!(stands, should, "docs/tables.md is out of date: {RENEW}=1 cargo test --test it docs:: renews it");
    }
    assert_eq!(text.lines().count(), written.lines().count(), "docs/tables.md is out of date: renew it with {RENEW}=1");
}

/// Every command and flag of the help stands in `docs/configuration.md`, a flag of `run` in one line with its key.
#[test]
fn flags_are_described() {
    let text = read(&docs().join("configuration.md"));
    let help = |arguments: &[&str]| stdout(&wenmai().args(arguments).output().expect("the binary runs"));
    let list = help(&["--help"]);
    let list = list.split_once("Commands:\n").and_then(|(_, list)| list.split_once("\n\n")).expect("commands").0;
    let commands: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.contains(&"run"), "{commands:?}");
    let flag = Regex::new(r"(?m)^\s+(?:-\w, )?(--[a-z][a-z-]*)").expect("a pattern");
    for command in commands.into_iter().filter(|command| *command != "help") {
        assert!(
            text.contains(&format!("`wenmai {command}")),
            "docs/configuration.md doesn't tell of `wenmai {command}`"
        );
        let help = help(&[command, "--help"]);
        for name in flag.captures_iter(&help).filter_map(|found| Some(found.get(1)?.as_str())) {
            let mut lines =
                text.lines().filter(|line| line.contains(&format!("`{name}`")) || line.contains(&format!("`{name} ")));
            let key = format!("| `{}` |", name.trim_start_matches('-').replace('-', "_"));
            let stands = match name {
                "--help" | "--version" => true,
                _ if command == "run" && name != "--config" => lines.any(|line| line.contains(&key)),
                _ => lines.next().is_some(),
            };
            assert!(stands, "docs/configuration.md doesn't tell what {name} of `wenmai {command}` does, or its key");
        }
    }
}

/// Every dictionary stands in `docs/configuration.md`, a table with its columns.
#[test]
fn dictionaries_are_described() {
    let text = read(&docs().join("configuration.md"));
    let folders = ["", "events", "organisations", "persons"].map(|name| root().join("dictionaries").join(name));
    for path in folders.iter().flat_map(|folder| files_of(folder)) {
        let name = path.strip_prefix(root().join("dictionaries")).expect("a path below it").display().to_string();
        let line = text.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
        let line = line.unwrap_or_else(|| panic!("docs/configuration.md doesn't describe {name}"));
        if name.ends_with(".csv") {
            let dictionary = read(&path);
            let header = dictionary.lines().next().unwrap_or_default();
            assert!(line.contains(&format!("`{header}`")), "docs/configuration.md: the columns of {name} are {header}");
        }
    }
}

/// Links between documents lead to files.
#[test]
fn links_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)#\s]+)(?:#[^)]*)?\)").expect("a pattern");
    let mut links = 0;
    for path in files_of(&docs()).into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "md")) {
        for found in link.captures_iter(&read(&path)) {
            let target = &found[1];
            if !target.contains("://") {
                links += 1;
                assert!(docs().join(target).exists(), "{}: {target} does not exist", path.display());
            }
        }
    }
    assert!(links > 10, "{links} links found");
}
