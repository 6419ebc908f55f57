//! Figures recorded to hold later ones against.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::EvaluateError;
use super::report::{Line, Report};

/// Recorded figures by the labels of [`Report::lines`], rounded to 4 digits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Baseline(pub BTreeMap<String, Floor>);

/// The figures of one line, each between 0 and 1; what is not measured is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floor {
    /// F1, same span or name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strict: Option<f64>,
    /// F1 over spans that share at least half.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loose: Option<f64>,
    /// F1 over rows with the same span and value, or the share that is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<f64>,
}

impl Floor {
    fn figures(self) -> [(&'static str, Option<f64>); 3] {
        [("strict", self.strict), ("loose", self.loose), ("right", self.right)]
    }
}

impl From<Line> for Floor {
    fn from(line: Line) -> Self {
        let [strict, loose, right] = [line.strict, line.loose, line.right].map(|figure| figure.map(rounded));
        Floor { strict, loose, right }
    }
}

fn rounded(figure: f64) -> f64 {
    (figure * 1e4).round() / 1e4
}

impl Baseline {
    /// Reads a recorded baseline.
    ///
    /// # Errors
    /// When the file can't be read, or is no object of `{"strict", "loose", "right"}` by label.
    pub fn read(path: &Path) -> Result<Baseline, EvaluateError> {
        let json = fs::read_to_string(path).map_err(|problem| EvaluateError::File { path: path.into(), problem })?;
        serde_json::from_str(&json).map_err(|problem| EvaluateError::Json { path: path.into(), problem })
    }

    /// Records it as JSON, sorted by label.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn write(&self, path: &Path) -> Result<(), EvaluateError> {
        let json = serde_json::to_string_pretty(self);
        let json = json.map_err(|problem| EvaluateError::Json { path: path.into(), problem })?;
        fs::write(path, json + "\n").map_err(|problem| EvaluateError::File { path: path.into(), problem })
    }
}

impl Report {
    /// The figures to record. Lines on which nothing is measured are left out.
    pub fn baseline(&self) -> Baseline {
        let floors = self.lines().into_iter().map(|line| (line.label.to_owned(), Floor::from(line)));
        Baseline(floors.filter(|(_, floor)| *floor != Floor::default()).collect())
    }

    /// Figures that, rounded to 4 digits, are below the recorded ones or are no longer measured: one message each.
    pub fn falls_below(&self, baseline: &Baseline) -> Vec<String> {
        let now = self.baseline();
        let mut messages = Vec::new();
        for (label, floor) in &baseline.0 {
            let now = now.0.get(label).copied().unwrap_or_default();
            for ((name, recorded), (_, now)) in floor.figures().into_iter().zip(now.figures()) {
                match (recorded, now) {
                    (Some(recorded), Some(now)) if now < rounded(recorded) => {
                        messages.push(format!("{label}: {name} is {now:.4}, recorded was {recorded:.4}"));
                    }
                    (Some(recorded), None) => {
                        messages.push(format!("{label}: {name} is not measured, recorded was {recorded:.4}"));
                    }
                    _ => {}
                }
            }
        }
        messages
    }
}
