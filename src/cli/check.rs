//! `wenmai check`: every fault of settings, dictionaries and metadata.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::ingest::{self, Sidecar};
use crate::lexicon::{Faults, Lexicon};

use super::settings::Settings;
use super::{Common, Outcome};

/// Reads the settings, the dictionaries, and the metadata.csv of a corpus, as a run would, and prints every fault with
/// its file, its line and what to write instead. Exit code 2 where there is one.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    common: Common,
    /// Check the metadata.csv of this corpus too
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Print the rows for terms.extend.csv of this new_terms.csv: those into which you wrote a category
    #[arg(long, value_name = "FILE")]
    new_terms: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  wenmai check                                  wenmai.toml, and the dictionaries and the corpus that it names
  wenmai check --dictionaries mine --corpus reports
  wenmai check --new-terms out/new_terms.csv > dictionaries/terms.extend.csv";

/// The rows of a `new_terms.csv` that a user wants.
#[derive(Default)]
struct NewTerms {
    /// Candidate and category.
    rows: Vec<(String, String)>,
    offered: usize,
}

impl NewTerms {
    fn read(path: &Path, faults: &mut Faults) -> Self {
        let file = path.display().to_string();
        let mut taken = NewTerms::default();
        let mut reader = match csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path) {
            Ok(reader) => reader,
            Err(error) => {
                faults.add(&file, 0, error.to_string(), "name the new_terms.csv of a run");
                return taken;
            }
        };
        let columns = ["candidate", "category"].map(|wanted| {
            let header = reader.headers().ok()?;
            header.iter().position(|name| name.trim_start_matches('\u{feff}') == wanted)
        });
        let [Some(candidate), Some(category)] = columns else {
            faults.add(&file, 1, "has no columns `candidate` and `category`", "name the new_terms.csv of a run");
            return taken;
        };
        for record in reader.records() {
            match record {
                Ok(record) => {
                    taken.offered += 1;
                    let (candidate, category) =
                        (record.get(candidate).unwrap_or_default(), record.get(category).unwrap_or_default());
                    if !candidate.is_empty() && !category.is_empty() {
                        taken.rows.push((candidate.to_owned(), category.to_owned()));
                    }
                }
                Err(error) => {
                    let line = error.position().map_or(0, |position| position.line() as usize);
                    faults.add(&file, line, error.to_string(), "write as many cells as the header has");
                }
            }
        }
        taken
    }

    /// As rows of terms.csv, its header first.
    fn as_dictionary(&self) -> anyhow::Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["term", "category", "broader", "aliases"])?;
        for (candidate, category) in &self.rows {
            writer.write_record([candidate, category, "", ""])?;
        }
        Ok(writer.into_inner()?)
    }
}

pub(super) fn main(arguments: CheckArguments, settings: Settings) -> anyhow::Result<Outcome> {
    let files = arguments.common.files()?;
    let Settings { file, keys, mut faults } = settings;
    let mut checked = String::new();
    match Lexicon::compile(&files) {
        Ok(lexicon) => checked = format!("{} terms", lexicon.terms.terms().len()),
        Err(found) => faults.append(found),
    }
    if let Some(file) = file {
        let what = if keys == 1 { "key" } else { "keys" };
        checked += &format!(", {keys} {what} of {}", file.display());
    }
    if let Some(corpus) = &arguments.corpus {
        let listing = ingest::walk(corpus, &[])?;
        if let Some(path) = &listing.metadata {
            let sidecar = Sidecar::read(path, &mut faults);
            sidecar.strangers(&listing, &mut faults);
            checked += &format!(", metadata of {} documents", sidecar.len());
        }
    }
    let taken = arguments.new_terms.as_deref().map(|path| NewTerms::read(path, &mut faults));
    match faults.into_result(()) {
        Ok(()) => {
            if let Some(taken) = taken {
                checked += &format!(", {} new terms taken of {}", taken.rows.len(), taken.offered);
                std::io::stdout().write_all(&taken.as_dictionary()?)?;
            }
            eprintln!("no fault found: {checked}");
            Ok(Outcome::Done)
        }
        Err(faults) => {
            eprintln!("{faults}");
            eprintln!(
                "{} found",
                if faults.len() == 1 { "1 fault".to_owned() } else { format!("{} faults", faults.len()) }
            );
            Ok(Outcome::Failed)
        }
    }
}
