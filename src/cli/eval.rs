//! `wenmai eval`: precision, recall and F1 against annotated reports.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::evaluate::{Baseline, Prediction, read_gold, read_predictions, score};
use crate::ingest::{self, Limits};
use crate::lexicon::Lexicon;
use crate::output::contract::Extraction;
use crate::pipeline::{Reader, map_in_order};

use super::{Common, Outcome};

/// Reads the reports that an annotation exists for, extracts, and prints how the two agree: strict F1 (same span), loose
/// F1 (spans overlap by half), right F1 (span and value), for each kind.
#[derive(Debug, clap::Args)]
pub(super) struct EvalArguments {
    /// Folder of annotations, NAME.gold.json a report
    #[arg(long, value_name = "DIR")]
    gold: PathBuf,
    /// Folder of the reports [default: the folder around the annotations]
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// Score these extractions (lines of `wenmai extract`) instead of making new ones
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Compare with these earlier extractions
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Write every difference as a row of a CSV file
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Fail where a figure falls below the one recorded in this file
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Record the figures in the baseline file
    #[arg(long, requires = "baseline")]
    record: bool,
    #[command(flatten)]
    common: Common,
}

pub(super) fn main(arguments: EvalArguments) -> anyhow::Result<Outcome> {
    let gold = read_gold(&arguments.gold)?;
    if gold.is_empty() {
        bail!("{} holds no annotation; name a folder of NAME.gold.json", arguments.gold.display());
    }
    let files = arguments.common.files()?;
    arguments.common.start_threads()?;
    let around = arguments.gold.join("..");
    let folder = arguments.texts.as_deref().unwrap_or(&around);
    let mut texts = BTreeMap::new();
    let predictions = match &arguments.predictions {
        Some(path) => load(path)?,
        None => {
            let wanted = gold.iter().map(|g| g.id.clone()).collect::<Vec<_>>();
            let lexicon = Lexicon::compile(&files)?;
            predict(folder, &wanted, &lexicon, &mut texts)?
        }
    };
    let report = score(&gold, &predictions);
    println!("{report}");
    if let Some(path) = &arguments.against {
        println!("\n{}", report.compare(&score(&gold, &load(path)?)));
    }
    if let Some(path) = &arguments.errors {
        let file = File::create(path).with_context(|| format!("{} can't be written", path.display()))?;
        report.write_csv(file, |id| texts.get(id).cloned())?;
    }
    let Some(path) = &arguments.baseline else { return Ok(Outcome::Done) };
    if arguments.record {
        report.baseline().write(path)?;
        return Ok(Outcome::Done);
    }
    let fallen = report.falls_below(&Baseline::read(path)?);
    for line in &fallen {
        eprintln!("{line}");
    }
    Ok(if fallen.is_empty() { Outcome::Done } else { Outcome::Failed })
}

fn load(path: &Path) -> anyhow::Result<Vec<Prediction>> {
    let file = File::open(path).with_context(|| format!("{} can't be read", path.display()))?;
    Ok(read_predictions(BufReader::new(file))?)
}

/// Extracts the wanted reports of a folder; their texts are kept for the context of differences.
fn predict(
    folder: &Path,
    wanted: &[String],
    lexicon: &Lexicon,
    texts: &mut BTreeMap<String, String>,
) -> anyhow::Result<Vec<Prediction>> {
    let listing = ingest::walk(folder, &[])?;
    let stem = |key: &str| {
        let name = key.rsplit('/').next().unwrap_or(key);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
    };
    let inputs: Vec<_> = listing.inputs.into_iter().filter(|input| wanted.contains(&stem(&input.key))).collect();
    let reader = Reader::new(lexicon);
    let extracted = map_in_order(inputs, |input| {
        let documents = ingest::read(&input, &Limits::default()).documents;
        let id = stem(&input.key);
        documents.into_iter().flatten().next().map(|document| {
            let facts = reader.read(document);
            let key = serde_json::Value::from(id.clone());
            let line = serde_json::to_value(Extraction::new(&key, &facts, lexicon));
            (id, facts.source, line)
        })
    });
    let mut predictions = Vec::new();
    for (id, text, line) in extracted.into_iter().flatten() {
        texts.insert(id, text);
        predictions.push(serde_json::from_value(line?)?);
    }
    Ok(predictions)
}
