//! Every row of a fact leads back to the text that it was read from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::support::{Run, corpus, documents, run, shared, slice};

/// Tables whose rows carry text and its place, with their number of rows.
pub(super) fn assert_provenance(corpus: &Path, run: &Run) -> BTreeMap<String, usize> {
    let sources: BTreeMap<String, Vec<char>> =
        documents(corpus).into_iter().map(|(key, document)| (key, document.text.chars().collect())).collect();
    let mut sentences: BTreeMap<(String, usize), (usize, usize)> = BTreeMap::new();
    for row in run.rows("sentences") {
        let place = (row.get("document").to_owned(), row.number("sentence"));
        let previous = place.1.checked_sub(2).map(|_| sentences[&(place.0.clone(), place.1 - 1)]);
        assert!(
            previous.is_none_or(|(_, end)| end <= row.number("start")),
            "{place:?} begins before the last one ends"
        );
        assert!(sentences.insert(place, (row.number("start"), row.number("end"))).is_none(), "numbers are unique");
    }
    let mut counts = BTreeMap::new();
    for table in run.tables() {
        let rows = run.rows(&table);
        let Some(first) = rows.first() else { continue };
        if !["document", "sentence", "start", "end", "text"].iter().all(|column| first.has(column)) {
            continue;
        }
        for row in &rows {
            let (document, start) = (row.get("document"), row.number("start"));
            let place = format!("{table}: {row:?}");
            let source = sources.get(document).unwrap_or_else(|| panic!("no document of {place}"));
            assert_eq!(row.get("text"), slice(source, start, row.number("end")), "{place}");
            let sentence = sentences.get(&(document.to_owned(), row.number("sentence")));
            let (from, to) = sentence.unwrap_or_else(|| panic!("no sentence of {place}"));
            assert!((*from..*to).contains(&start), "{place} does not begin in its sentence {from}..{to}");
        }
        counts.insert(table, rows.len());
    }
    counts
}

/// Tables with a row for every mention, and the least that the seeds give.
const FACTS: [(&str, usize); 5] = [
    ("date_mentions", 50),
    ("organisation_mentions", 50),
    ("quantity_mentions", 50),
    ("sentences", 50),
    ("term_mentions", 50),
];

#[test]
fn every_row_is_its_slice_in_the_sample_corpus() {
    let run = run(&corpus(), &[], 0);
    let encodings: BTreeSet<String> = run.rows("documents").iter().map(|r| r.get("encoding").to_owned()).collect();
    for encoding in ["UTF-8", "GB18030", "Big5", "UTF-16LE"] {
        assert!(encodings.contains(encoding), "{encoding} is not among {encodings:?}");
    }
    let counts = assert_provenance(&corpus(), &run);
    for (table, least) in FACTS {
        assert!(counts.get(table).is_some_and(|rows| *rows > 3 * least), "{table}: {counts:?}");
    }
}

#[test]
fn every_row_is_its_slice_in_the_seeds() {
    let Some(seeds) = shared("seeds") else { return };
    let counts = assert_provenance(&seeds, &run(&seeds, &[], 0));
    for (table, least) in FACTS {
        assert!(counts.get(table).is_some_and(|rows| *rows > least), "{table}: {counts:?}");
    }
}
