//! `report.html`: what a run found, on one page that opens anywhere and asks the network for nothing.
//!
//! The report is made from the merged [`Tally`](crate::measure::tally::Tally) and from what a [`Collector`] gathered of the
//! documents beside it. Sections choose what they show (`draft::Caps`), tell what they leave out, and ask the
//! `pool::Pool` for the sentences behind their figures; those are read last. The same input gives the same bytes.
//!
//! Text of documents gets into the page in two ways: through the template, which escapes it, and as JSON in an element
//! of its own, in which no `<` stands.

mod collect;
mod comparison;
mod draft;
mod few;
mod figure;
mod indicators;
mod network;
mod organisations;
mod overview;
mod pool;
mod profile;
mod quality;
mod trends;
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, context};
use serde::Serialize;

pub use collect::{Collector, Place, Publishers};
pub use pool::Sentence;
pub use words::Language;

use super::Aggregates;
use draft::{Caps, Draft, Omission};
use figure::Figure;

/// Name of the file.
pub const FILE_NAME: &str = "report.html";

/// Largest report, in bytes. What shows too much is made again with half as much.
const MOST_BYTES: usize = 19 << 20;

const TEMPLATES: &[(&str, &str)] = &[
    ("page.html", include_str!("page.html")),
    ("macros.html", include_str!("macros.html")),
    ("organisations.html", include_str!("organisations.html")),
    ("trends.html", include_str!("trends.html")),
    ("quality.html", include_str!("quality.html")),
];

/// An input that gave no document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rejected<'r> {
    /// Its path.
    pub path: &'r str,
    /// Code of the reason.
    pub reason: &'r str,
    /// What was wrong.
    pub detail: &'r str,
}

/// What a report is made from.
pub struct Findings<'r> {
    /// The sums over the corpus.
    pub aggregates: &'r Aggregates<'r>,
    /// What was gathered beside them, of the same documents.
    pub collector: &'r Collector<'r>,
    /// Inputs that gave no document, in order.
    pub rejected: &'r [Rejected<'r>],
    /// Language of the page.
    pub language: Language,
}

/// Writes `report.html` into `folder`. `fetch` gives the sentences at places, which ascend, in the same order.
///
/// # Errors
/// The file can't be written, or `fetch` fails.
pub fn write(
    folder: &Path,
    findings: &Findings<'_>,
    mut fetch: impl FnMut(&[Place]) -> io::Result<Vec<Sentence>>,
) -> io::Result<()> {
    fs::write(folder.join(FILE_NAME), page(findings, MOST_BYTES, &mut fetch)?)
}

/// The page, smaller than `most` bytes unless its scripts alone are larger.
fn page(
    findings: &Findings<'_>,
    most: usize,
    fetch: &mut impl FnMut(&[Place]) -> io::Result<Vec<Sentence>>,
) -> io::Result<String> {
    let mut caps = Caps::FULL;
    loop {
        let page = render(findings, caps, &mut *fetch)?;
        if page.len() <= most || caps.sentences == 0 {
            return Ok(page);
        }
        caps = caps.halved();
    }
}

/// What the scripts of the page read.
#[derive(Serialize)]
struct Data<'d> {
    texts: pool::Texts,
    figures: BTreeMap<String, Figure>,
    compared: comparison::Compared,
    words: &'d BTreeMap<&'static str, &'static str>,
}

fn render(
    findings: &Findings<'_>,
    caps: Caps,
    fetch: &mut impl FnMut(&[Place]) -> io::Result<Vec<Sentence>>,
) -> io::Result<String> {
    let mut draft = Draft::new(findings.aggregates, findings.collector, findings.language, caps);
    let overview = overview::view(&mut draft, findings.rejected.len());
    let trends = trends::view(&mut draft);
    let organisations = organisations::view(&mut draft);
    let (names, figures) = organisations.compared();
    let compared = comparison::compared_with(&mut draft, names, figures);
    let network = network::view(&mut draft);
    let quality = quality::view(&mut draft, findings.rejected);
    draft.omit("omitted_sentences", draft.pool.len(), draft.pool.len() + draft.pool.left_out() as usize);
    let Draft { words, pool, figures, omissions, .. } = draft;
    let omissions: Vec<Omission> = omissions.into_iter().filter(|omission| omission.shown < omission.all).collect();
    let data = Data { texts: pool.read(&mut *fetch)?, figures, compared, words: words.all() };
    let context = context! {
        t => Serde(words.all()), language => findings.language.tag(), overview => Serde(overview),
        organisations => Serde(organisations), trends => Serde(trends), network => Serde(network),
        quality => Serde(quality), omissions => Serde(omissions),
        style => include_str!("style.css"), plotly => figure::script(), data => embedded(&data)?,
        script => [include_str!("sentences.js"), include_str!("charts.js"), include_str!("tables.js")].concat(),
    };
    let environment = environment().map_err(io::Error::other)?;
    let page = environment.get_template("page.html").and_then(|template| template.render(context));
    page.map_err(io::Error::other)
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    // a key without words is a fault that tests must see, not an empty heading
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.add_filter("grouped", draft::grouped);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    Ok(environment)
}

/// JSON that may stand in an element of a page: no `<` opens or closes one, whatever a document says.
fn embedded(data: &impl Serialize) -> io::Result<String> {
    let mut json = Vec::new();
    data.serialize(&mut serde_json::Serializer::with_formatter(&mut json, Embedded))?;
    String::from_utf8(json).map_err(io::Error::other)
}

/// Writes strings without the characters that a page would take for its own.
struct Embedded;

impl serde_json::ser::Formatter for Embedded {
    fn write_string_fragment<W: io::Write + ?Sized>(&mut self, to: &mut W, mut fragment: &str) -> io::Result<()> {
        while let Some((before, found)) = split_at_markup(fragment) {
            to.write_all(before.as_bytes())?;
            write!(to, "\\u{:04x}", found as u32)?;
            fragment = &fragment[before.len() + found.len_utf8()..];
        }
        to.write_all(fragment.as_bytes())
    }
}

/// The first character of a text that a page or a script would take for its own, and what stands before it.
fn split_at_markup(text: &str) -> Option<(&str, char)> {
    let at = text.find(['<', '>', '&', '\u{2028}', '\u{2029}'])?;
    Some((&text[..at], text[at..].chars().next()?))
}

#[cfg(test)]
mod tests;
