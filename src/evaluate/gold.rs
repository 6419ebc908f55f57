//! Annotated reports, read from `<document id>.gold.json`.

use std::fmt;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::EvaluateError;
use super::rows::{Amount, Event, Metadata, Organisation, Person, Reading, Row};
use crate::model::{CharIndex, Source, Span};

const SUFFIX: &str = ".gold.json";

/// The annotation of one report. Fields of the file that are not scored are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Gold {
    /// Name of the file without its ending; predictions are matched by it.
    #[serde(skip)]
    pub id: String,
    /// What is known of the document as a whole.
    #[serde(default)]
    pub document: Metadata,
    /// Mentions of organisations.
    #[serde(rename = "organisation_mentions")]
    pub organisations: Vec<Row<Organisation>>,
    /// Persons.
    pub persons: Vec<Row<Person>>,
    /// Date expressions.
    pub dates: Vec<Row<Reading>>,
    /// Quantities.
    pub quantities: Vec<Row<Amount>>,
    /// Events.
    pub events: Vec<Row<Event>>,
}

/// A row whose text is not what stands in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldProblem {
    /// The list that the row stands in.
    pub list: &'static str,
    /// Number of the row in its list, 1-based.
    pub row: usize,
    /// Its span.
    pub span: Span<Source>,
    /// What is wrong.
    pub detail: String,
}

impl fmt::Display for GoldProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let GoldProblem { list, row, span, detail } = self;
        write!(f, "{list}, row {row}, {}..{}: {detail}", span.start(), span.end())
    }
}

impl Gold {
    /// Reads the annotation of the document `id`.
    ///
    /// # Errors
    /// What is wrong with the JSON, with line and column.
    pub fn parse(id: &str, json: &str) -> Result<Gold, serde_json::Error> {
        let gold: Gold = serde_json::from_str(json.trim_start_matches('\u{feff}'))?;
        Ok(Gold { id: id.to_owned(), ..gold })
    }

    /// Rows whose span is not in `text` or holds another text than the row says.
    pub fn check(&self, text: &str) -> Vec<GoldProblem> {
        let index = CharIndex::new(text);
        let mut problems = Vec::new();
        let mut check = |list, row: usize, span: Span<Source>, said: &str| {
            let detail = if span.end() > index.chars() {
                format!("the text ends at {}", index.chars())
            } else if index.slice(text, span) != said {
                format!("`{}` stands there, the row says `{said}`", index.slice(text, span))
            } else {
                return;
            };
            problems.push(GoldProblem { list, row: row + 1, span, detail });
        };
        self.organisations.iter().enumerate().for_each(|(n, r)| check("organisation_mentions", n, r.span, &r.text));
        self.persons.iter().enumerate().for_each(|(n, r)| check("persons", n, r.span, &r.text));
        self.dates.iter().enumerate().for_each(|(n, r)| check("dates", n, r.span, &r.text));
        self.quantities.iter().enumerate().for_each(|(n, r)| check("quantities", n, r.span, &r.text));
        self.events.iter().enumerate().for_each(|(n, r)| check("events", n, r.span, &r.text));
        problems
    }
}

/// Reads every `*.gold.json` of a folder, by document id.
///
/// # Errors
/// The first file that can't be read or is no annotation, and what is wrong with it; a folder without annotations.
pub fn read_gold(folder: &Path) -> Result<Vec<Gold>, EvaluateError> {
    let file = |path: &Path, problem| EvaluateError::File { path: path.to_owned(), problem };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|problem| file(folder, problem))? {
        let name = entry.map_err(|problem| file(folder, problem))?.file_name();
        found.extend(name.to_str().and_then(|name| name.strip_suffix(SUFFIX)).map(str::to_owned));
    }
    if found.is_empty() {
        return Err(EvaluateError::NoGold { path: folder.to_owned() });
    }
    found.sort();
    let read = |id: String| {
        let path = folder.join(format!("{id}{SUFFIX}"));
        let json = fs::read_to_string(&path).map_err(|problem| file(&path, problem))?;
        Gold::parse(&id, &json).map_err(|problem| EvaluateError::Json { path, problem })
    };
    found.into_iter().map(read).collect()
}
