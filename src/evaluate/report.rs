//! The figures of an evaluation.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::difference::{Difference, ErrorKind};
use super::rows::{Field, Kind};

/// What was found, by kind. Sums of counts over documents: figures are of all rows together (micro averages).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Documents annotated.
    pub documents: usize,
    /// Mentions, by kind.
    pub kinds: BTreeMap<Kind, Counts>,
    /// Organisations as a set of canonical names a document.
    pub names: NameCounts,
    /// Objects of the quantities that were found.
    pub objects: Share,
    /// Fields of the documents as a whole, where the annotation states them.
    pub fields: BTreeMap<Field, Share>,
    /// Documents without a prediction.
    pub missing: Vec<String>,
    /// Documents that were rejected, and why.
    pub rejected: Vec<(String, String)>,
    /// Every difference, sorted.
    pub errors: Vec<Difference>,
}

/// Counts of rows of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Annotated rows that must be found.
    pub gold: usize,
    /// Predicted spans that count.
    pub predicted: usize,
    /// Annotated rows found with the same span.
    pub strict: usize,
    /// Annotated rows found with the same span and value.
    pub right: usize,
    /// Annotated rows that share at least half with a predicted span.
    pub loose_gold: usize,
    /// Predicted spans that share at least half with an annotated row.
    pub loose_predicted: usize,
}

impl Counts {
    /// Adds the counts of other documents.
    pub fn merge(&mut self, other: Counts) {
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.strict += other.strict;
        self.right += other.right;
        self.loose_gold += other.loose_gold;
        self.loose_predicted += other.loose_predicted;
    }

    /// Share of the predicted spans that are annotated, 0 to 1; 0 where nothing is predicted.
    pub fn precision(self) -> f64 {
        ratio(self.strict, self.predicted)
    }

    /// Share of the annotated rows whose span was found, 0 to 1; 0 where nothing is annotated.
    pub fn recall(self) -> f64 {
        ratio(self.strict, self.gold)
    }

    /// Harmonic mean of precision and recall, same span.
    pub fn f1(self) -> f64 {
        harmonic(self.precision(), self.recall())
    }

    /// The same over spans that share at least half.
    pub fn loose_f1(self) -> f64 {
        harmonic(ratio(self.loose_predicted, self.predicted), ratio(self.loose_gold, self.gold))
    }

    /// The same over rows with the same span and value.
    pub fn right_f1(self) -> f64 {
        harmonic(ratio(self.right, self.predicted), ratio(self.right, self.gold))
    }
}

/// Counts of the organisations that documents name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameCounts {
    /// Names that must be found, summed over documents.
    pub gold: usize,
    /// Those that were.
    pub found: usize,
    /// Names found that no mention of the document has.
    pub spurious: usize,
}

impl NameCounts {
    /// Adds the counts of other documents.
    pub fn merge(&mut self, other: NameCounts) {
        self.gold += other.gold;
        self.found += other.found;
        self.spurious += other.spurious;
    }

    /// Share of the names found that are right, 0 to 1.
    pub fn precision(self) -> f64 {
        ratio(self.found, self.found + self.spurious)
    }

    /// Share of the names wanted that were found, 0 to 1.
    pub fn recall(self) -> f64 {
        ratio(self.found, self.gold)
    }

    /// Harmonic mean of both.
    pub fn f1(self) -> f64 {
        harmonic(self.precision(), self.recall())
    }
}

/// How many of how many are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// All that are annotated.
    pub gold: usize,
    /// Those that are right.
    pub right: usize,
}

impl Share {
    /// Counts one more.
    pub fn add(&mut self, right: bool) {
        self.gold += 1;
        self.right += usize::from(right);
    }

    /// Adds the counts of other documents.
    pub fn merge(&mut self, other: Share) {
        self.gold += other.gold;
        self.right += other.right;
    }

    /// The share, 0 to 1; 0 where nothing is annotated.
    pub fn accuracy(self) -> f64 {
        ratio(self.right, self.gold)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn harmonic(precision: f64, recall: f64) -> f64 {
    let sum = precision + recall;
    if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum }
}

/// A line of the table of figures, each between 0 and 1; what is not measured is none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Line {
    /// What is measured: a kind, `organisation_names`, `quantity_objects`, or a field of the document.
    pub label: &'static str,
    /// Number of annotated rows, names, objects or fields.
    pub gold: usize,
    /// Number of predicted spans.
    pub predicted: Option<usize>,
    /// Precision, same span or name.
    pub precision: Option<f64>,
    /// Recall, same span or name.
    pub recall: Option<f64>,
    /// F1, same span or name.
    pub strict: Option<f64>,
    /// F1 over spans that share at least half.
    pub loose: Option<f64>,
    /// F1 over rows with the same span and value; for objects and fields the share that is right.
    pub right: Option<f64>,
}

impl Report {
    /// Counts of a kind.
    pub fn kind(&self, kind: Kind) -> Counts {
        self.kinds.get(&kind).copied().unwrap_or_default()
    }

    /// The share of right values of a field.
    pub fn field(&self, field: Field) -> Share {
        self.fields.get(&field).copied().unwrap_or_default()
    }

    /// All figures: five kinds, organisation names, quantity objects, six fields. Where nothing is annotated and
    /// nothing predicted, there are none.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = Kind::ALL.map(|kind| self.kind_line(kind)).into();
        let (names, measured) = (self.names, self.names.gold + self.names.spurious > 0);
        lines.push(Line {
            label: "organisation_names",
            gold: names.gold,
            precision: measured.then(|| names.precision()),
            recall: measured.then(|| names.recall()),
            strict: measured.then(|| names.f1()),
            ..Line::default()
        });
        let shares = Field::ALL.map(|field| (field.as_str(), self.field(field)));
        for (label, share) in [("quantity_objects", self.objects)].into_iter().chain(shares) {
            let right = (share.gold > 0).then(|| share.accuracy());
            lines.push(Line { label, gold: share.gold, right, ..Line::default() });
        }
        lines
    }

    fn kind_line(&self, kind: Kind) -> Line {
        let counts = self.kind(kind);
        let measured = counts.gold + counts.predicted > 0;
        Line {
            label: kind.as_str(),
            gold: counts.gold,
            predicted: Some(counts.predicted),
            precision: measured.then(|| counts.precision()),
            recall: measured.then(|| counts.recall()),
            strict: measured.then(|| counts.f1()),
            loose: measured.then(|| counts.loose_f1()),
            right: measured.then(|| counts.right_f1()),
        }
    }
}

/// The table of figures, then how many differences there are, then documents without a prediction. No line break at
/// the end.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [gold, predicted, strict] = ["gold", "pred", "F1"];
        writeln!(f, "{:<18}{gold:>6}{predicted:>6}{:>7}{:>7}{strict:>7}{:>7}{:>7}", "", "P", "R", "loose", "right")?;
        for line in self.lines() {
            let predicted = line.predicted.map(|n| n.to_string()).unwrap_or_default();
            let mut row = format!("{:<18}{:>6}{predicted:>6}", line.label, line.gold);
            for figure in [line.precision, line.recall, line.strict, line.loose, line.right] {
                row += &figure.map_or_else(|| " ".repeat(7), |figure| format!("{figure:>7.3}"));
            }
            writeln!(f, "{}", row.trim_end())?;
        }
        let of_error = |kind| self.errors.iter().filter(|difference| difference.error == kind).count();
        let [missed, spurious, value] = [ErrorKind::Missed, ErrorKind::Spurious, ErrorKind::Value].map(of_error);
        write!(f, "{} documents; differences: {missed} missed, {spurious} spurious, {value} value", self.documents)?;
        if !self.missing.is_empty() {
            write!(f, "\nno prediction for {}", self.missing.join(", "))?;
        }
        for (document, reason) in &self.rejected {
            write!(f, "\nrejected: {document} ({reason})")?;
        }
        Ok(())
    }
}
