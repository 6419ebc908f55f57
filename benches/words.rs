//! Words: the segmenter against plain jieba over the same text, and what guessing unknown words does to the edges of
//! annotated mentions. An extractor finds a name only where no word crosses its edges, so the share of edges that are
//! edges of words decides whether [`Segmenter::new`] guesses.

mod sample;

use criterion::{Criterion, Throughput};
use jieba_rs::Jieba;
use wenmai::clean::clean;
use wenmai::evaluate::{Gold, read_gold};
use wenmai::model::{CleanText, Source, Span};
use wenmai::segment::Segmenter;

fn main() {
    let lexicon = sample::lexicon();
    let segmenters = [("off", Segmenter::guessing(&lexicon, false)), ("on", Segmenter::guessing(&lexicon, true))];
    edges(&lexicon, &segmenters);
    let mut criterion = sample::criterion();
    throughput(&mut criterion, &sample::texts(&lexicon), &segmenters);
    criterion.final_summary();
}

fn throughput(criterion: &mut Criterion, texts: &[CleanText], segmenters: &[(&str, Segmenter); 2]) {
    let jieba = Jieba::new();
    let mut group = criterion.benchmark_group("words");
    group.throughput(Throughput::Bytes(texts.iter().map(|text| text.text().len() as u64).sum()));
    for (guess, segmenter) in segmenters {
        group.bench_function(format!("wenmai, guessing {guess}"), |b| {
            b.iter(|| texts.iter().map(|text| segmenter.segment(text).len()).sum::<usize>());
        });
        group.bench_function(format!("jieba cut, guessing {guess}"), |b| {
            b.iter(|| texts.iter().map(|text| jieba.cut(text.text(), *guess == "on").len()).sum::<usize>());
        });
    }
    group.finish();
}

/// Edges that are edges of words, and all edges.
#[derive(Clone, Copy, Default)]
struct Edges {
    kept: u64,
    all: u64,
}

/// Prints a table: kind of mention, edges, share of them at edges of words with guessing off and on.
fn edges(lexicon: &wenmai::lexicon::Lexicon, segmenters: &[(&str, Segmenter); 2]) {
    const KINDS: [&str; 4] = ["organisations", "persons", "dates", "quantities"];
    let gold = read_gold(&sample::folder().join("gold")).unwrap_or_else(|error| panic!("{error}"));
    let documents = sample::documents();
    let mut counts = [[Edges::default(); 2]; 4];
    for gold in &gold {
        let named = |key: &str| key.rsplit_once('.').is_some_and(|(stem, _)| stem == gold.id);
        let Some(document) = documents.iter().find(|document| named(&document.key)) else { continue };
        let (text, _) = clean(document, &lexicon.variants);
        for (which, (_, segmenter)) in segmenters.iter().enumerate() {
            let borders = borders(&text, segmenter);
            for (kind, spans) in spans(gold).into_iter().enumerate() {
                for edge in spans.into_iter().flat_map(|span| [span.start(), span.end()]) {
                    let count = &mut counts[kind][which];
                    count.all += 1;
                    count.kept += u64::from(borders.binary_search(&edge).is_ok());
                }
            }
        }
    }
    println!("{:15}{:>8}{:>14}{:>14}", "edges of gold", "edges", "guessing off", "guessing on");
    let mut all = [Edges::default(); 2];
    for (kind, [off, on]) in KINDS.iter().zip(counts) {
        row(kind, [off, on]);
        for (sum, count) in all.iter_mut().zip([off, on]) {
            (sum.kept, sum.all) = (sum.kept + count.kept, sum.all + count.all);
        }
    }
    row("all", all);
}

fn row(kind: &str, [off, on]: [Edges; 2]) {
    let share = |edges: Edges| 100.0 * edges.kept as f64 / edges.all.max(1) as f64;
    println!("{kind:15}{:>8}{:>12.2} %{:>12.2} %", off.all, share(off), share(on));
}

/// Offsets into the source at which a word begins or ends, ascending.
fn borders(text: &CleanText, segmenter: &Segmenter) -> Vec<usize> {
    let words = segmenter.segment(text).into_iter().map(|token| text.to_source(token.span));
    let mut borders: Vec<usize> = words.flat_map(|span| [span.start(), span.end()]).collect();
    borders.sort_unstable();
    borders.dedup();
    borders
}

/// The mentions that careful annotators agree on, by kind.
fn spans(gold: &Gold) -> [Vec<Span<Source>>; 4] {
    [
        gold.organisations.iter().filter(|row| !row.optional).map(|row| row.span).collect(),
        gold.persons.iter().filter(|row| !row.optional).map(|row| row.span).collect(),
        gold.dates.iter().filter(|row| !row.optional).map(|row| row.span).collect(),
        gold.quantities.iter().filter(|row| !row.optional).map(|row| row.span).collect(),
    ]
}
