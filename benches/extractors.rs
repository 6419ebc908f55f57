//! Each stage by itself over all reports. Throughput is told in bytes of the sources, so that the times of the stages
//! add up to that of a document.

mod sample;

use criterion::Throughput;
use wenmai::clean::clean;
use wenmai::extract::date::DateGrammar;
use wenmai::extract::organisation::OrganisationFinder;
use wenmai::extract::quantity::QuantityGrammar;
use wenmai::extract::term::TermFinder;
use wenmai::lexicon::{Lexicon, Places};
use wenmai::link;
use wenmai::model::{Clean, CleanText, DateExpression, DateMention, Document, SourceText, Span, Token};
use wenmai::profile::{Evidence, Outline};
use wenmai::segment::{Segmented, Segmenter};

/// A document with what the stages before the one measured give it.
struct Prepared {
    document: Document,
    /// Lives as long as the bench.
    source: &'static SourceText<'static>,
    text: CleanText,
    tokens: Vec<Token>,
    places: Places,
    terms: Vec<(Span<Clean>, u32)>,
    organisations: wenmai::extract::organisation::OrganisationScan,
    expressions: Vec<DateExpression>,
    outline: Outline,
    dates: Vec<DateMention<Clean>>,
    covered: Vec<Span<Clean>>,
}

impl Prepared {
    fn evidence(&self) -> Evidence<'_> {
        Evidence {
            document: &self.document,
            text: &self.text,
            source: self.source,
            organisations: &self.organisations.mentions,
            definitions: &self.organisations.definitions,
            dates: &self.expressions,
        }
    }
}

fn prepare(lexicon: &Lexicon) -> Vec<Prepared> {
    let segmenter = Segmenter::new(lexicon);
    let (finder, grammar) = (OrganisationFinder::new(lexicon), DateGrammar::new(lexicon));
    let one = |document: Document| {
        let source: &'static str = Box::leak(document.text.clone().into_boxed_str());
        let source: &'static SourceText<'static> = Box::leak(Box::new(SourceText::new(source)));
        let text = clean(&document, &lexicon.variants).0;
        let Segmented { tokens, terms } = segmenter.segment(&text);
        let places = lexicon.signs.places(&text, &tokens);
        let mut organisations = finder.scan(&text, &tokens, &places);
        link::resolve(&mut organisations.mentions, &organisations.definitions, &lexicon.organisations);
        let expressions = grammar.scan(&text);
        let evidence = Evidence {
            document: &document,
            text: &text,
            source,
            organisations: &organisations.mentions,
            definitions: &organisations.definitions,
            dates: &expressions,
        };
        let outline = Outline::infer(evidence, lexicon);
        let dates = grammar.resolve(&text, &expressions, &outline.context());
        let covered = dates.iter().map(|date| date.span).collect();
        Prepared { document, source, text, tokens, places, terms, organisations, expressions, outline, dates, covered }
    };
    sample::documents().into_iter().map(one).collect()
}

fn main() {
    let lexicon = sample::lexicon();
    let all = prepare(&lexicon);
    let segmenter = Segmenter::new(&lexicon);
    let terms = TermFinder::new(&lexicon);
    let organisations = OrganisationFinder::new(&lexicon);
    let dates = DateGrammar::new(&lexicon);
    let quantities = QuantityGrammar::new(&lexicon);
    let mut criterion = sample::criterion();
    let mut group = criterion.benchmark_group("extractors");
    group.throughput(Throughput::Bytes(all.iter().map(|one| one.document.text.len() as u64).sum()));
    let mut bench = |name: &str, stage: &dyn Fn(&Prepared) -> usize| {
        group.bench_function(name, |b| b.iter(|| all.iter().map(stage).sum::<usize>()));
    };
    bench("cleaning", &|one| clean(&one.document, &lexicon.variants).0.chars().len());
    bench("words", &|one| segmenter.segment(&one.text).tokens.len());
    bench("terms", &|one| terms.find(&one.text, &one.tokens, &one.terms).len());
    bench("organisations", &|one| organisations.scan(&one.text, &one.tokens, &one.places).mentions.len());
    bench("organisations, in the document", &|one| {
        let mut mentions = one.organisations.mentions.clone();
        link::resolve(&mut mentions, &one.organisations.definitions, &lexicon.organisations);
        mentions.len()
    });
    bench("dates, parsed", &|one| dates.scan(&one.text).len());
    bench("dates, resolved", &|one| dates.resolve(&one.text, &one.expressions, &one.outline.context()).len());
    bench("quantities", &|one| quantities.scan(&one.text, &one.tokens, one.source, &one.covered, &[]).len());
    bench("profile", &|one| Outline::infer(one.evidence(), &lexicon).passages.len());
    bench("profile, sentences", &|one| one.outline.clone().aspects(&one.text, &one.tokens, &one.dates, &lexicon).len());
    group.finish();
    criterion.final_summary();
}
