//! Partial sums merge: any split of the corpus, merged in any order, gives the same tally and the same links.

use std::sync::OnceLock;

use proptest::prelude::*;
use wenmai::lexicon::{Files, Lexicon};
use wenmai::link::{Evidence, Links};
use wenmai::measure::period::Granularity;
use wenmai::measure::tally::Tally;
use wenmai::model::{CharIndex, Facts, Record};
use wenmai::pipeline::{Reader, Reading};

use super::support::{corpus, documents};

/// The sample corpus as read: facts as its own documents tell them, and what settles names over all of it.
struct Sample {
    told: Vec<Reading>,
    facts: Vec<Facts>,
    links: Links,
}

fn sample() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let lexicon = Lexicon::compile(&Files::shipped()).expect("the dictionaries that ship have no fault");
        let reader = Reader::new(&lexicon);
        let told = reader.read_together(documents(&corpus()).into_values().collect());
        let links = evidence(told.iter()).settle();
        let facts = told.iter().map(|reading| reading.facts.clone()).collect();
        Sample { told, facts, links }
    })
}

fn evidence<'f>(documents: impl IntoIterator<Item = &'f Reading>) -> Evidence {
    let mut evidence = Evidence::default();
    for Reading { facts, index, .. } in documents {
        evidence.add(facts.organisations.iter().map(|m| (index.slice(&facts.source, m.span), m)));
    }
    evidence
}

/// Documents with names settled over the corpus.
fn tally<'f>(documents: impl IntoIterator<Item = &'f Facts>, links: &'f Links, granularity: Granularity) -> Tally {
    let mut tally = Tally::new(granularity);
    for facts in documents {
        let mut record = Record::of(facts);
        links.apply(&mut record);
        tally.add(&record, &CharIndex::new(&facts.source));
    }
    tally
}

/// Words of documents as read, under the names of publishers that hold over the corpus.
fn words<'f>(documents: impl IntoIterator<Item = &'f Reading>, granularity: Granularity) -> Tally {
    let mut tally = Tally::new(granularity);
    documents.into_iter().for_each(|Reading { facts, text, tokens, .. }| drop(tally.add_words(facts, text, tokens)));
    tally
}

/// The part that a document falls to, and where it stands among those of its part.
type Place = (usize, u32);

/// The part that is taken, and the one that it is merged into.
type Merge = (prop::sample::Index, prop::sample::Index);

/// A split of `documents` (each: its part, and its place within the part), and the pairs of parts to merge in turn.
fn splits(documents: usize) -> impl Strategy<Value = (Vec<Place>, Vec<Merge>)> {
    (1..=9_usize).prop_flat_map(move |parts| {
        let places = prop::collection::vec((0..parts, any::<u32>()), documents);
        let merges = prop::collection::vec(any::<Merge>(), parts - 1);
        (places, merges)
    })
}

/// Documents by part, in the order of their places; parts may be empty.
fn divide<'f, T>(documents: &'f [T], places: &[Place], parts: usize) -> Vec<Vec<&'f T>> {
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_key(|&at| places[at].1);
    let mut divided = vec![Vec::new(); parts];
    order.into_iter().for_each(|at| divided[places[at].0].push(&documents[at]));
    divided
}

/// Merges parts pair by pair, as a tree of any shape, until one is left.
fn reduce<T>(mut parts: Vec<T>, merges: &[Merge], merge: impl Fn(&mut T, T)) -> T {
    for (taken, into) in merges {
        let part = parts.swap_remove(taken.index(parts.len()));
        let at = into.index(parts.len());
        merge(&mut parts[at], part);
    }
    parts.pop().expect("one part is left")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_split_gives_the_same_tally(
        (places, merges) in splits(sample().facts.len()),
        granularity in prop::sample::select(Granularity::ALL.to_vec()),
    ) {
        let Sample { told, facts, links } = sample();
        let parts = divide(facts, &places, merges.len() + 1);
        let parts = parts.into_iter().map(|part| tally(part, links, granularity)).collect();
        let merged = reduce(parts, &merges, Tally::merge);
        prop_assert!(merged == tally(facts, links, granularity));
        let parts = divide(told, &places, merges.len() + 1);
        let parts = parts.into_iter().map(|part| words(part, granularity)).collect();
        let mut merged = reduce(parts, &merges, Tally::merge);
        merged.rename_publishers(|name| links.canonical(name).to_owned());
        let mut whole = words(told, granularity);
        whole.rename_publishers(|name| links.canonical(name).to_owned());
        prop_assert!(merged == whole);
    }

    #[test]
    fn any_split_gives_the_same_links((places, merges) in splits(sample().told.len())) {
        let told = &sample().told;
        let parts = divide(told, &places, merges.len() + 1).into_iter().map(evidence).collect();
        let merged = reduce(parts, &merges, Evidence::merge);
        prop_assert_eq!(&merged, &evidence(told));
        prop_assert_eq!(merged.settle(), evidence(told).settle());
    }
}

#[test]
fn the_corpus_counts_something() {
    let Sample { told, facts, links } = sample();
    let mut whole = tally(facts, links, Granularity::Year);
    assert_eq!(whole.documents as usize, facts.len());
    whole.merge(words(told, Granularity::Year));
    assert!(
        whole.cells.values().flatten().any(|(_, cell)| cell.words > 500),
        "no publisher has five hundred words in a year"
    );
    assert!(whole.cells.len() >= 10, "{} publishers", whole.cells.len());
    assert!(whole.terms.len() >= 100, "{} terms", whole.terms.len());
    let mut twice = whole.clone();
    twice.merge(whole.clone());
    assert_ne!(twice, whole, "what is merged counts");
    let mut with_nothing = whole.clone();
    with_nothing.merge(Tally::new(Granularity::Year));
    assert_eq!(with_nothing, whole, "nothing is the identity");
}
