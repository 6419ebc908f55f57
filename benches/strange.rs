//! Texts that no report holds, one piece over and over, as short and as long ones: the throughput of both should be the same.

mod sample;
#[path = "../tests/it/strange.rs"]
mod texts;

use criterion::{BatchSize, Throughput};
use wenmai::model::{Document, Format};
use wenmai::pipeline::Reader;

fn documents(characters: usize) -> Vec<Document> {
    let document = |(name, piece): &(&str, &str)| Document {
        key: (*name).to_owned(),
        text: texts::text(piece, characters),
        format: Format::Text,
        encoding: "UTF-8",
        sha256: String::new(),
        blocks: None,
        given: Default::default(),
    };
    texts::PIECES.iter().map(document).collect()
}

fn main() {
    let lexicon = sample::lexicon();
    let reader = Reader::new(&lexicon);
    let mut criterion = sample::criterion();
    let mut group = criterion.benchmark_group("strange");
    for characters in [5_000, 20_000] {
        let documents = documents(characters);
        group.throughput(Throughput::Bytes(sample::bytes(&documents)));
        group.bench_function(format!("{characters} characters"), |b| {
            let read = |documents: Vec<Document>| {
                documents.into_iter().map(|d| reader.read(d).quantities.len()).sum::<usize>()
            };
            b.iter_batched(|| documents.clone(), read, BatchSize::LargeInput);
        });
    }
    group.finish();
    criterion.final_summary();
}
