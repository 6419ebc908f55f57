//! `wenmai check`: every fault of dictionaries and metadata.

use std::path::PathBuf;

use crate::ingest::{self, Sidecar};
use crate::lexicon::{Faults, Lexicon};

use super::{Common, Outcome};

/// Reads the dictionaries, and the metadata.csv of a corpus, as a run would, and prints every fault with its file, its
/// line and what to write instead. Exit code 2 where there is one.
#[derive(Debug, clap::Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    common: Common,
    /// Check the metadata.csv of this corpus too
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
}

pub(super) fn main(arguments: CheckArguments) -> anyhow::Result<Outcome> {
    let files = arguments.common.files()?;
    let mut faults = Faults::default();
    let mut checked = String::new();
    match Lexicon::compile(&files) {
        Ok(lexicon) => checked = format!("{} terms", lexicon.terms.terms().len()),
        Err(found) => faults.append(found),
    }
    if let Some(corpus) = &arguments.corpus {
        let listing = ingest::walk(corpus, &[])?;
        if let Some(path) = &listing.metadata {
            let sidecar = Sidecar::read(path, &mut faults);
            sidecar.strangers(&listing, &mut faults);
            checked += &format!(", metadata of {} documents", sidecar.len());
        }
    }
    match faults.into_result(()) {
        Ok(()) => {
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
