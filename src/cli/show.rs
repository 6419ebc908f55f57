//! `wenmai show`: a document with its mentions marked.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::ingest::{self, Input, Limits, Sidecar};
use crate::lexicon::{Faults, Lexicon};
use crate::model::Document;
use crate::output::marks::{self, Kind, Look};
use crate::pipeline::Reader;

use super::{Common, Outcome};

/// Shows a document with its terms, organisations, people, dates, quantities and events marked: by colours on a
/// terminal, by brackets elsewhere ([机器人|term]), or as a page of HTML.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ShowArguments {
    /// A document of the corpus, as documents.csv names it, or a file
    #[arg(value_name = "DOCUMENT")]
    document: String,
    /// Folder of reports, or one report
    #[arg(long, value_name = "PATH", default_value = "corpus")]
    corpus: PathBuf,
    /// Mark these alone, commas between: terms, organisations, persons, dates, quantities, events
    #[arg(long, value_name = "KIND,…", value_delimiter = ',', value_parser = kind)]
    kinds: Vec<Kind>,
    /// Colours instead of brackets: always, never, or on a terminal (auto, unless NO_COLOR is set)
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: When,
    /// Write a page of HTML
    #[arg(long)]
    html: bool,
    #[command(flatten)]
    common: Common,
}

const EXAMPLES: &str = "\
Examples:
  wenmai show 2023/report.txt                   a document of corpus/
  wenmai show report.docx --kinds dates,quantities
  wenmai show report.pdf --html > report.html

Colours: events red, organisations blue, persons magenta, dates yellow, quantities cyan, terms green.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum When {
    Always,
    Never,
    Auto,
}

fn kind(name: &str) -> Result<Kind, String> {
    Kind::named(name).ok_or_else(|| format!("the kinds are {}", Kind::ALL.map(Kind::plural).join(", ")))
}

pub(super) fn main(arguments: ShowArguments) -> anyhow::Result<Outcome> {
    let files = arguments.common.files()?;
    arguments.common.start_threads()?;
    let lexicon = Lexicon::compile(&files)?;
    let documents = find(&arguments.document, &arguments.corpus)?;
    let reader = Reader::new(&lexicon);
    let kinds = if arguments.kinds.is_empty() { Kind::ALL.to_vec() } else { arguments.kinds };
    let look = if is_coloured(arguments.color) { Look::Colours } else { Look::Brackets };
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.html {
        marks::begin_page(&mut out, &arguments.document, &kinds)?;
    }
    let several = documents.len() > 1;
    for document in documents {
        let facts = reader.read(document);
        let marked = marks::marks(&facts, &lexicon, &kinds);
        if arguments.html {
            marks::write_article(&mut out, &facts.document.key, &facts.source, &marked)?;
            continue;
        }
        if several {
            writeln!(out, "== {}", facts.document.key.escape_debug())?;
        }
        marks::write(&mut out, &facts.source, &marked, look)?;
        if !facts.source.ends_with('\n') {
            out.write_all(b"\n")?;
        }
    }
    if arguments.html {
        marks::end_page(&mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn is_coloured(when: When) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

/// The documents of that key or file: several where a file holds several.
fn find(name: &str, corpus: &Path) -> anyhow::Result<Vec<Document>> {
    let is_file = Path::new(name).is_file();
    let mut near = Vec::new();
    match ingest::walk(corpus, &[]) {
        // without a corpus a file is read all the same
        Err(error) if !is_file => return Err(error.into()),
        Err(_) => {}
        Ok(listing) => {
            let of = |input: &&Input| {
                name.strip_prefix(&*input.key).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            };
            let inputs: Vec<&Input> = listing.inputs.iter().filter(of).collect();
            if !inputs.is_empty() {
                let mut faults = Faults::default();
                let sidecar = listing.metadata.as_deref().map(|path| Sidecar::read(path, &mut faults));
                faults.into_result(())?;
                let documents =
                    read(&inputs, sidecar.as_ref(), |document, input| document.key == name || input.key == name);
                if !is_file || documents.as_ref().is_ok_and(|documents| !documents.is_empty()) {
                    return documents.and_then(|documents| none_is_wrong(documents, name, &near));
                }
            }
            near = listing.inputs.into_iter().map(|input| input.key).filter(|key| key.contains(name)).take(3).collect();
        }
    }
    let inputs = if is_file { ingest::walk(Path::new(name), &[])?.inputs } else { Vec::new() };
    none_is_wrong(read(&inputs.iter().collect::<Vec<_>>(), None, |_, _| true)?, name, &near)
}

/// The documents in `inputs` that are wanted; an error where there are none but what was rejected.
fn read(
    inputs: &[&Input],
    sidecar: Option<&Sidecar>,
    wanted: impl Fn(&Document, &Input) -> bool,
) -> anyhow::Result<Vec<Document>> {
    let mut found = Vec::new();
    let mut rejected = None;
    for input in inputs {
        for document in ingest::read(input, &Limits::default()).documents {
            match document {
                Ok(document) if !wanted(&document, input) => {}
                Ok(mut document) => {
                    if let Some(sidecar) = sidecar {
                        sidecar.apply(&mut document);
                    }
                    found.push(document);
                }
                Err(rejection) => rejected = Some(rejection),
            }
        }
    }
    match rejected {
        Some(rejection) if found.is_empty() => {
            anyhow::bail!("{} can't be read: {} ({})", rejection.path, rejection.detail, rejection.reason.as_str())
        }
        _ => Ok(found),
    }
}

fn none_is_wrong(documents: Vec<Document>, name: &str, near: &[String]) -> anyhow::Result<Vec<Document>> {
    let like = if near.is_empty() { String::new() } else { format!(", such as {}", near.join(", ")) };
    anyhow::ensure!(
        !documents.is_empty(),
        "there is no document `{name}`; name one of the corpus as documents.csv does{like}, or a file"
    );
    Ok(documents)
}
