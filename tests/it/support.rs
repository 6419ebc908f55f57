//! What the tests share: the binary, folders to write in, tables read back.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;
use wenmai::ingest::{self, Limits};
use wenmai::model::Document;

/// The binary under test.
pub fn wenmai() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenmai"));
    command.current_dir(root());
    command
}

/// The folder of the checkout.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample corpus that ships.
pub fn corpus() -> PathBuf {
    root().join("corpus")
}

/// A path below `../shared`; `None`, and a word about it, where that is missing.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(path);
    if !path.exists() {
        tell("skipped: ../shared is not here");
        return None;
    }
    Some(path)
}

/// Says something that stands in the test's output even where it passes: the harness keeps `eprintln!` to itself.
pub fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A new folder that vanishes with its guard.
pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// What a process wrote to stderr.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

/// What a process wrote to stdout.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

/// A run as by [`run`], and the most bytes of memory that it took; 0 where the system doesn't tell (it does on Linux).
pub fn run_measured(corpus: &Path, arguments: &[&str], code: i32) -> (Run, u64) {
    let folder = folder();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_wenmai"))
        .current_dir(root())
        .args(["run", "--corpus"])
        .arg(corpus)
        .arg("--out")
        .arg(folder.path().join("out"))
        .args(arguments)
        .stderr(fs::File::create(folder.path().join("stderr")).expect("a file"))
        .spawn()
        .expect("the binary runs");
    let mut peak = 0;
    let status = loop {
        // it only grows: what is told last before the end is the most
        peak = resident(child.id()).unwrap_or(0).max(peak);
        match child.try_wait().expect("a process") {
            Some(status) => break status,
            None => std::thread::sleep(std::time::Duration::from_millis(5)),
        }
    };
    let stderr = fs::read_to_string(folder.path().join("stderr")).expect("messages are UTF-8");
    assert_eq!(status.code(), Some(code), "{stderr}");
    (Run { folder, stderr }, peak)
}

/// The most bytes of memory that a process has taken so far.
fn resident(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

/// A run over `corpus` with more arguments; it must end with `code`. The tables stand in `out` of the folder.
pub fn run(corpus: &Path, arguments: &[&str], code: i32) -> Run {
    let folder = folder();
    let output = wenmai()
        .args(["run", "--corpus"])
        .arg(corpus)
        .arg("--out")
        .arg(folder.path().join("out"))
        .args(arguments)
        .output()
        .expect("the binary runs");
    assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
    Run { folder, stderr: stderr(&output) }
}

/// A run that ended.
pub struct Run {
    folder: TempDir,
    /// Its messages.
    pub stderr: String,
}

impl Run {
    /// The folder of its tables.
    pub fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// A table as it stands on disk.
    pub fn text(&self, table: &str) -> String {
        let path = self.out().join(format!("{table}.csv"));
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The rows of a table.
    pub fn rows(&self, table: &str) -> Vec<Row> {
        read_csv(&self.out().join(format!("{table}.csv")))
    }

    /// Names of the tables, sorted.
    pub fn tables(&self) -> Vec<String> {
        let mut tables: Vec<String> =
            self.files().into_keys().filter_map(|name| name.strip_suffix(".csv").map(str::to_owned)).collect();
        tables.sort();
        tables
    }

    /// Every file by name, `run.json` left out: it tells the time.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(self.out()).expect("the output folder");
        entries
            .map(|entry| entry.expect("an entry").path())
            .map(|path| (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), path))
            .filter(|(name, _)| name != "run.json")
            .map(|(name, path)| (name, fs::read(path).expect("a table")))
            .collect()
    }
}

/// A row of a table: cells by column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row(BTreeMap<String, String>);

impl Row {
    /// The cell of a column that must exist.
    pub fn get(&self, column: &str) -> &str {
        self.0.get(column).unwrap_or_else(|| panic!("no column `{column}` in {:?}", self.0.keys()))
    }

    /// The column exists.
    pub fn has(&self, column: &str) -> bool {
        self.0.contains_key(column)
    }

    /// The cell of a column as a whole number.
    pub fn number(&self, column: &str) -> usize {
        self.get(column).parse().unwrap_or_else(|_| panic!("`{}` in {column} is no whole number", self.get(column)))
    }
}

/// The rows of a CSV file with a header.
pub fn read_csv(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader
        .deserialize::<BTreeMap<String, String>>()
        .map(|row| Row(row.unwrap_or_else(|error| panic!("{}: {error}", path.display()))))
        .collect()
}

/// The documents of a corpus as they are read, by key.
pub fn documents(corpus: &Path) -> BTreeMap<String, Document> {
    let listing = ingest::walk(corpus, &[]).expect("a corpus");
    let documents = listing.inputs.iter().flat_map(|input| ingest::read(input, &Limits::default()).documents);
    documents.flatten().map(|document| (document.key.clone(), document)).collect()
}

/// The text between two offsets in Unicode scalars.
pub fn slice(text: &[char], start: usize, end: usize) -> String {
    assert!(start <= end && end <= text.len(), "{start}..{end} lies outside a text of {} characters", text.len());
    text[start..end].iter().collect()
}

/// Lines for `wenmai extract`, from (id, text).
pub fn requests<'t>(texts: impl IntoIterator<Item = (&'t str, &'t str)>) -> String {
    texts.into_iter().map(|(id, text)| serde_json::json!({"id": id, "text": text}).to_string() + "\n").collect()
}

/// The lines of an output, as JSON.
pub fn json_lines(output: &str) -> Vec<Value> {
    let parse = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    output.lines().map(parse).collect()
}

/// Copies the reports at the root of a corpus (no annotations) in the order given.
pub fn copy_in_order(files: &[PathBuf], target: &Path) {
    for file in files {
        fs::copy(file, target.join(file.file_name().expect("a file name"))).expect("a copy");
    }
}

/// The files at the root of a folder, sorted, hidden ones too.
pub fn files_of(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}
