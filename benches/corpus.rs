//! The whole corpus in memory, from decoded text to facts, on one thread and on two.

mod sample;

use criterion::{BatchSize, Throughput};
use wenmai::pipeline::{Reader, map_in_order};

fn main() {
    let lexicon = sample::lexicon();
    let reader = Reader::new(&lexicon);
    let documents = sample::documents();
    let mut criterion = sample::criterion();
    let mut group = criterion.benchmark_group("corpus");
    group.throughput(Throughput::Bytes(sample::bytes(&documents)));
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap_or_else(|e| panic!("{e}"));
        let read = |documents| pool.install(|| map_in_order(documents, |document| reader.read(document)));
        group.bench_function(format!("{threads} threads"), |b| {
            b.iter_batched(|| documents.clone(), read, BatchSize::LargeInput);
        });
    }
    group.finish();
    criterion.final_summary();
}
