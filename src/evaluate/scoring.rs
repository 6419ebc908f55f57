//! All documents of a gold folder against their predictions.

use rustc_hash::{FxHashMap, FxHashSet};

use super::difference::{Difference, ErrorKind, Side, Subject};
use super::gold::Gold;
use super::matching::Matching;
use super::prediction::Prediction;
use super::report::{NameCounts, Report};
use super::rows::{Detail, Field, Metadata, Organisation, Row, WrittenNames, squash};

/// Holds predictions against annotations. Documents are matched by [`Gold::id`] and [`Prediction::document_id`]; of
/// several predictions for one document the last counts, predictions for other documents don't, and a document without
/// a prediction counts as one in which nothing was found.
pub fn score(gold: &[Gold], predictions: &[Prediction]) -> Report {
    let by_id: FxHashMap<&str, &Prediction> = predictions.iter().map(|p| (p.document_id(), p)).collect();
    let nothing = Prediction::default();
    let mut report = Report { documents: gold.len(), ..Report::default() };
    for annotated in gold {
        let predicted = by_id.get(annotated.id.as_str()).copied();
        match predicted {
            None => report.missing.push(annotated.id.clone()),
            Some(p) if p.status.as_deref() == Some("rejected") => {
                report.rejected.push((annotated.id.clone(), p.reason.clone().unwrap_or_default()));
            }
            Some(_) => {}
        }
        score_document(annotated, predicted.unwrap_or(&nothing), &mut report);
    }
    report.errors.sort();
    report
}

fn score_document(gold: &Gold, predicted: &Prediction, report: &mut Report) {
    let written = WrittenNames::new(&gold.organisations);
    score_kind(&Matching::new(&gold.organisations, &predicted.organisations), &gold.id, &written, report);
    score_kind(&Matching::new(&gold.persons, &predicted.persons), &gold.id, &written, report);
    score_kind(&Matching::new(&gold.dates, &predicted.dates), &gold.id, &written, report);
    score_kind(&Matching::new(&gold.events, &predicted.events), &gold.id, &written, report);
    let quantities = Matching::new(&gold.quantities, &predicted.quantities);
    score_kind(&quantities, &gold.id, &written, report);
    let objects = quantities.objects(&gold.id, &mut report.errors);
    report.objects.merge(objects);
    report.names.merge(names(gold, predicted, &written));
    score_fields(&gold.id, &gold.document, &predicted.document, report);
}

fn score_kind<T: Detail>(matching: &Matching<'_, T>, document: &str, written: &WrittenNames, report: &mut Report) {
    report.kinds.entry(T::KIND).or_default().merge(matching.counts(written));
    report.errors.extend(matching.differences(document, written));
}

/// The organisations that one document names, as a set of canonical names.
fn names(gold: &Gold, predicted: &Prediction, written: &WrittenNames) -> NameCounts {
    let named = |row: &Row<Organisation>| {
        let name = row.detail.name.as_deref().filter(|name| !name.is_empty());
        squash(name.or(Some(&row.text)))
    };
    let specific = predicted.organisations.iter().filter(|row| !row.detail.is_passive());
    let found: FxHashSet<String> = specific.map(named).collect();
    let mut known = FxHashSet::default();
    let mut wanted = FxHashMap::<String, bool>::default();
    for row in &gold.organisations {
        if !row.optional && !row.detail.is_passive() {
            let met = wanted.entry(squash(row.detail.name.as_deref())).or_default();
            *met |= written.accepted(row).any(|name| found.contains(&name));
        }
        known.extend(written.accepted(row));
    }
    NameCounts {
        gold: wanted.len(),
        found: wanted.values().filter(|&&met| met).count(),
        spurious: found.difference(&known).count(),
    }
}

/// Fields that the annotation leaves open are not scored.
fn score_fields(document: &str, gold: &Metadata, predicted: &Metadata, report: &mut Report) {
    for field in Field::ALL {
        let Some(expected) = field.of(gold).filter(|expected| !expected.is_empty()) else { continue };
        let found = field.of(predicted);
        let right = found.is_some_and(|found| field.agrees(expected, found));
        report.fields.entry(field).or_default().add(right);
        if !right {
            let side = |value: &str| Side { text: String::new(), value: value.to_owned() };
            report.errors.push(Difference {
                document: document.to_owned(),
                subject: Subject::Field(field),
                span: None,
                error: if found.is_some() { ErrorKind::Value } else { ErrorKind::Missed },
                expected: Some(side(expected)),
                found: found.map(side),
            });
        }
    }
}
