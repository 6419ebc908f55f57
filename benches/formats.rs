//! Files of each format to documents, in bytes of the file a second; facts are not read.

use std::path::Path;

use criterion::Throughput;
use wenmai::ingest::{Limits, Packed, read_named};
use wenmai::model::Format;

mod sample;

fn main() {
    let mut criterion = sample::criterion();
    let mut group = criterion.benchmark_group("formats");
    let files = [
        ("report.md", Format::Markdown),
        ("saved.html", Format::Html),
        ("python-docx.docx", Format::Docx),
        ("libreoffice.odt", Format::Odt),
        ("libreoffice.rtf", Format::Rtf),
        ("libreoffice.doc", Format::Doc),
        ("libreoffice.pdf", Format::Pdf),
        ("chromium.pdf", Format::Pdf),
        ("reportlab.pdf", Format::Pdf),
    ];
    for (name, format) in files {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        let limits = Limits::default();
        group.bench_function(name, |b| {
            b.iter(|| {
                let reading = read_named(name, bytes.clone(), format, Packed::No, &limits);
                assert!(reading.documents.iter().all(Result::is_ok), "{name}");
                reading.documents.len()
            });
        });
    }
    group.finish();
    signatures(&mut criterion);
    criterion.final_summary();
}

/// What finding copies costs.
fn signatures(criterion: &mut criterion::Criterion) {
    let documents = sample::documents();
    let variants = sample::lexicon().variants;
    let mut group = criterion.benchmark_group("copies");
    group.throughput(Throughput::Bytes(sample::bytes(&documents)));
    group.bench_function("signatures", |b| {
        b.iter(|| documents.iter().map(|d| wenmai::ingest::Signature::of(&d.text, &variants)).collect::<Vec<_>>());
    });
    group.finish();
}
