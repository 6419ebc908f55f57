//! Words: the segmenter against plain jieba over the same text, and what guessing unknown words does to the edges of
//! annotated mentions. An extractor finds a name only where no word crosses its edges, so the share of edges that are
//! edges of words decides whether unknown words are guessed. We don't guess; jieba does with its hidden Markov model, over the same dictionary.

mod sample;

use criterion::{Criterion, Throughput};
use jieba_rs::Jieba;
use wenmai::clean::clean;
use wenmai::evaluate::{Gold, read_gold};
use wenmai::lexicon::Lexicon;
use wenmai::model::{Clean, CleanText, Source, Span};
use wenmai::segment::Segmenter;

fn main() {
    let lexicon = sample::lexicon();
    let (segmenter, jieba) = (Segmenter::new(&lexicon), jieba(&lexicon));
    edges(&lexicon, &segmenter, &jieba);
    let mut criterion = sample::criterion();
    throughput(&mut criterion, &sample::texts(&lexicon), &segmenter, &jieba);
    criterion.final_summary();
}

/// jieba with the names of our terms.
fn jieba(lexicon: &Lexicon) -> Jieba {
    let mut jieba = Jieba::new();
    for name in lexicon.terms.terms().iter().flat_map(|term| std::iter::once(&term.name).chain(&term.aliases)) {
        if !jieba.has_word(name) {
            jieba.add_word(name, None, Some("n"));
        }
    }
    jieba
}

fn throughput(criterion: &mut Criterion, texts: &[CleanText], segmenter: &Segmenter, jieba: &Jieba) {
    let mut group = criterion.benchmark_group("words");
    group.throughput(Throughput::Bytes(texts.iter().map(|text| text.text().len() as u64).sum()));
    group.bench_function("wenmai, parts of speech and terms with them", |b| {
        b.iter(|| texts.iter().map(|text| segmenter.segment(text).tokens.len()).sum::<usize>());
    });
    for (guess, name) in [(false, "off"), (true, "on")] {
        group.bench_function(format!("jieba cut, guessing {name}"), |b| {
            b.iter(|| texts.iter().map(|text| jieba.cut(text.text(), guess).len()).sum::<usize>());
        });
    }
    group.bench_function("jieba tag, guessing off", |b| {
        b.iter(|| texts.iter().map(|text| jieba.tag(text.text(), false).len()).sum::<usize>());
    });
    group.finish();
}

/// Edges that are edges of words, and all edges.
#[derive(Clone, Copy, Default)]
struct Edges {
    kept: u64,
    all: u64,
}

/// Prints a table: kind of mention, edges, share of them at edges of words with guessing off and on.
fn edges(lexicon: &Lexicon, segmenter: &Segmenter, jieba: &Jieba) {
    const KINDS: [&str; 4] = ["organisations", "persons", "dates", "quantities"];
    let gold = read_gold(&sample::folder().join("gold")).unwrap_or_else(|error| panic!("{error}"));
    let documents = sample::documents();
    let mut counts = [[Edges::default(); 2]; 4];
    for gold in &gold {
        let named = |key: &str| key.rsplit_once('.').is_some_and(|(stem, _)| stem == gold.id);
        let Some(document) = documents.iter().find(|document| named(&document.key)) else { continue };
        let (text, _) = clean(document, &lexicon.variants);
        let plain = segmenter.segment(&text).tokens.into_iter().map(|token| token.span);
        let guessed = jieba.cut(text.text(), true).into_iter().map(|token| Span::new(token.start, token.end));
        let borders = [borders(&text, plain), borders(&text, guessed)];
        for (kind, spans) in spans(gold).into_iter().enumerate() {
            for edge in spans.into_iter().flat_map(|span| [span.start(), span.end()]) {
                for (count, borders) in counts[kind].iter_mut().zip(&borders) {
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
fn borders(text: &CleanText, words: impl Iterator<Item = Span<Clean>>) -> Vec<usize> {
    let mut borders: Vec<usize> =
        words.map(|word| text.to_source(word)).flat_map(|span| [span.start(), span.end()]).collect();
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
