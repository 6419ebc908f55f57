//! One document whole, from decoded text to facts: one of middle length, and the longest, whose time a byte should be no
//! longer than the other's.

mod sample;

use criterion::{BatchSize, Throughput};
use wenmai::pipeline::Reader;

fn main() {
    let lexicon = sample::lexicon();
    let reader = Reader::new(&lexicon);
    let mut documents = sample::documents();
    documents.sort_by_key(|document| document.text.len());
    let mut criterion = sample::criterion();
    let mut group = criterion.benchmark_group("document");
    for (name, at) in [("middle", documents.len() / 2), ("longest", documents.len() - 1)] {
        let document = &documents[at];
        group.throughput(Throughput::Bytes(document.text.len() as u64));
        group.bench_function(name, |b| {
            b.iter_batched(|| document.clone(), |document| reader.read(document), BatchSize::SmallInput);
        });
    }
    group.finish();
    criterion.final_summary();
}
