//! `run.json`: what was run, over what, and how it went. The one file that differs between two runs over the same input.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Name of the file.
pub const FILE_NAME: &str = "run.json";

/// The record of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of wenmai.
    pub version: String,
    /// When the run began, UTC, to the second.
    pub started: Timestamp,
    /// Seconds from its beginning to the writing of this file.
    pub seconds: f64,
    /// The command line, the program's name left out.
    pub arguments: Vec<String>,
    /// The settings in force: flags, configuration file and defaults together.
    pub configuration: Value,
    /// Every input file in the order of its path, rejected ones included.
    pub inputs: Vec<FileDigest>,
    /// Every dictionary file in the order of its name.
    pub dictionaries: Vec<FileDigest>,
    /// What was counted, by name: documents, rejected, sentences, the rows of each table, …
    pub counts: BTreeMap<String, u64>,
    /// The stages in the order in which they began.
    pub stages: Vec<Stage>,
}

/// A file and what it held.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub struct FileDigest {
    /// Path or name, with `/`.
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// What a stage cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// Its name.
    pub name: String,
    /// Wall-clock seconds, to the millisecond.
    pub seconds: f64,
    /// Bytes that it read, or wrote where it is the output.
    pub bytes: u64,
}

impl Manifest {
    /// The record of a run that begins now.
    pub fn begin(arguments: Vec<String>, configuration: Value) -> Self {
        Manifest {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            started: Timestamp::from_second(Timestamp::now().as_second()).unwrap_or_default(),
            seconds: 0.0,
            arguments,
            configuration,
            inputs: Vec::new(),
            dictionaries: Vec::new(),
            counts: BTreeMap::new(),
            stages: Vec::new(),
        }
    }

    /// Writes `run.json` into `folder`.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let mut file = BufWriter::new(File::create(folder.join(FILE_NAME))?);
        serde_json::to_writer_pretty(&mut file, self)?;
        file.write_all(b"\n")?;
        file.flush()
    }
}

impl FileDigest {
    /// The digest of a file's content.
    pub fn of(path: impl Into<String>, content: &[u8]) -> Self {
        let sha256 = format!("{:x}", Sha256::digest(content));
        FileDigest { path: path.into(), bytes: content.len() as u64, sha256 }
    }
}

impl Stage {
    /// What the stage `name` cost.
    pub fn new(name: impl Into<String>, time: Duration, bytes: u64) -> Self {
        Stage { name: name.into(), seconds: seconds(time), bytes }
    }
}

/// Seconds to the millisecond, as the manifest gives them.
pub fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest =
            Manifest::begin(vec!["--corpus".into(), "报告".into()], serde_json::json!({"period": "year"}));
        manifest.seconds = seconds(Duration::from_micros(1_234_567));
        manifest.inputs.push(FileDigest::of("甲/报告.txt", b"abc"));
        manifest.dictionaries.push(FileDigest::of("dictionaries/terms.csv", b""));
        manifest.counts.insert("documents".into(), 1);
        manifest.stages.push(Stage::new("read", Duration::from_millis(20), 3));
        manifest.write(folder.path()).unwrap();
        let text = std::fs::read_to_string(folder.path().join(FILE_NAME)).unwrap();
        assert_eq!(serde_json::from_str::<Manifest>(&text).unwrap(), manifest);
        assert!(text.contains("\"seconds\": 1.235"), "{text}");
        assert!(
            text.contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            "SHA-256 of abc: {text}"
        );
        assert_eq!(manifest.started.subsec_nanosecond(), 0);
    }
}
