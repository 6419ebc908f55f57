//! The corpus that ships, read once, and how long a bench may take.

use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::Criterion;
use wenmai::clean::clean;
use wenmai::ingest::{self, Limits};
use wenmai::lexicon::{Files, Lexicon};
use wenmai::model::{CleanText, Document};

/// The folder of reports: `corpus/`, or what the environment variable `WENMAI_BENCH_CORPUS` names.
pub fn folder() -> PathBuf {
    let shipped = || Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    std::env::var_os("WENMAI_BENCH_CORPUS").map_or_else(shipped, PathBuf::from)
}

/// The lexicon that ships.
#[allow(dead_code)]
pub fn lexicon() -> Lexicon {
    Lexicon::compile(&Files::shipped()).unwrap_or_else(|faults| panic!("{faults}"))
}

/// Every report.
pub fn documents() -> Vec<Document> {
    let listing = ingest::walk(&folder(), &[]).unwrap_or_else(|error| panic!("{error}"));
    let readings = listing.inputs.iter().map(|input| ingest::read(input, &Limits::default()));
    readings.flat_map(|reading| reading.documents).flatten().collect()
}

/// Every report, repaired.
#[allow(dead_code)]
pub fn texts(lexicon: &Lexicon) -> Vec<CleanText> {
    documents().iter().map(|document| clean(document, &lexicon.variants).0).collect()
}

/// Bytes of the sources: what throughput is told in, whatever a stage reads of them.
#[allow(dead_code)]
pub fn bytes(documents: &[Document]) -> u64 {
    documents.iter().map(|document| document.text.len() as u64).sum()
}

/// Few samples of a short time: all benches end within four minutes.
pub fn criterion() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args()
}
