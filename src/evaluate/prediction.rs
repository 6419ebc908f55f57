//! What `wenmai extract` writes, as far as it is scored.

use std::io::BufRead;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::EvaluateError;
use super::rows::{Amount, Event, Metadata, Organisation, Person, Reading, Row};

/// One object of the output of `wenmai extract`. Missing lists are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Prediction {
    /// Id of the document; a path and an extension are allowed.
    #[serde(deserialize_with = "text_or_number")]
    pub id: String,
    /// `ok` or `rejected`.
    #[serde(default)]
    pub status: Option<String>,
    /// Why the document was rejected.
    #[serde(default)]
    pub reason: Option<String>,
    /// What was found out about the document as a whole.
    #[serde(default)]
    pub document: Metadata,
    /// Mentions of organisations.
    #[serde(default)]
    pub organisations: Vec<Row<Organisation>>,
    /// Persons.
    #[serde(default)]
    pub persons: Vec<Row<Person>>,
    /// Date expressions.
    #[serde(default)]
    pub dates: Vec<Row<Reading>>,
    /// Quantities.
    #[serde(default)]
    pub quantities: Vec<Row<Amount>>,
    /// Events.
    #[serde(default)]
    pub events: Vec<Row<Event>>,
}

impl Prediction {
    /// The document's id: the last part of the path, without its extension.
    pub fn document_id(&self) -> &str {
        let name = self.id.rsplit('/').next().unwrap_or_default();
        match name.rsplit_once('.') {
            // A leading dot hides a file and begins no extension.
            Some((stem, _)) if !stem.trim_start_matches('.').is_empty() => stem,
            _ => name,
        }
    }
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => text,
        other => other.to_string(),
    })
}

/// Reads predictions, one JSON object a line; empty lines are skipped.
///
/// # Errors
/// The first line that can't be read or is no such object, and what is wrong with it.
pub fn read_predictions(lines: impl BufRead) -> Result<Vec<Prediction>, EvaluateError> {
    let mut predictions = Vec::new();
    for (line, text) in (1..).zip(lines.lines()) {
        let text = text.map_err(|problem| EvaluateError::Line { line, problem })?;
        if !text.trim().is_empty() {
            let read = serde_json::from_str(&text);
            predictions.push(read.map_err(|problem| EvaluateError::Prediction { line, problem })?);
        }
    }
    Ok(predictions)
}
