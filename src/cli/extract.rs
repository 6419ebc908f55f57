//! `wenmai extract`: JSON lines in, JSON lines out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;
use serde::Deserialize;
use serde_json::Value;

use crate::ingest;
use crate::lexicon::Lexicon;
use crate::model::{Format, Given, PartialDate};
use crate::output::contract::{Extraction, RejectedLine};
use crate::pipeline::{Reader, map_in_order};

use super::{Common, Outcome};

/// Reads one object a line: {"id", "text"} and optionally "title", "publisher", "reference_date", "format" (txt, md).
/// A year in the id counts as one in the name of a file: for texts that name none.
/// Writes one object a line in the same order; offsets are Unicode scalars of the text as given.
#[derive(Debug, clap::Args)]
pub(super) struct ExtractArguments {
    /// Files of JSON lines; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    common: Common,
}

/// Bytes of lines that are worked on at a time.
const BATCH_BYTES: usize = 1 << 20;

pub(super) fn main(arguments: ExtractArguments) -> anyhow::Result<Outcome> {
    let files = arguments.common.files()?;
    arguments.common.start_threads()?;
    let lexicon = Lexicon::compile(&files)?;
    let reader = Reader::new(&lexicon);
    let mut out = BufWriter::new(io::stdout().lock());
    let mut rejected = false;
    for path in &arguments.files {
        let mut input: Box<dyn BufRead> = if path.as_os_str() == "-" {
            Box::new(io::stdin().lock())
        } else {
            let file = File::open(path).with_context(|| format!("{} can't be read", path.display()))?;
            Box::new(BufReader::with_capacity(1 << 20, file))
        };
        let mut number = 0;
        loop {
            let batch =
                next_lines(&mut input, &mut number).with_context(|| format!("{} can't be read", path.display()))?;
            if batch.is_empty() {
                break;
            }
            for (line, ok) in map_in_order(batch, |(number, line)| extract(&line, number, &reader, &lexicon)) {
                rejected |= !ok;
                out.write_all(&line)?;
            }
            out.flush()?;
        }
    }
    Ok(if rejected { Outcome::SomeRejected } else { Outcome::Done })
}

/// Lines that are not blank, with their numbers.
fn next_lines(input: &mut dyn BufRead, number: &mut u64) -> io::Result<Vec<(u64, Vec<u8>)>> {
    let mut lines = Vec::new();
    let mut bytes = 0;
    while bytes < BATCH_BYTES {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        *number += 1;
        bytes += line.len();
        if !line.trim_ascii().is_empty() {
            lines.push((*number, line));
        }
    }
    Ok(lines)
}

#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    id: Value,
    text: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    publisher: Option<String>,
    #[serde(default)]
    reference_date: Option<String>,
    #[serde(default)]
    format: Option<String>,
}

/// The line for one line, and whether it is the facts of a document.
fn extract(line: &[u8], number: u64, reader: &Reader<'_>, lexicon: &Lexicon) -> (Vec<u8>, bool) {
    let reject = |id: &Value, reason: &str, detail: &str| {
        let id = if id.is_null() { &Value::from(number) } else { id };
        (to_line(&RejectedLine::new(id, reason, detail)), false)
    };
    let request = match serde_json::from_slice::<Value>(line) {
        Ok(value @ Value::Object(_)) => value,
        Ok(_) => return reject(&Value::Null, "bad_json", "the line is no JSON object; write {\"id\": …, \"text\": …}"),
        Err(error) => return reject(&Value::Null, "bad_json", &error.to_string()),
    };
    let id = request.get("id").cloned().unwrap_or_default();
    let request: Request = match serde_json::from_value(request) {
        Ok(request) => request,
        Err(error) => return reject(&id, "bad_json", &format!("{error}; write {{\"id\": …, \"text\": …}}")),
    };
    let published = match request.reference_date.as_deref().map(str::parse::<PartialDate>).transpose() {
        Ok(published) => published,
        Err(error) => return reject(&id, "bad_date", &error),
    };
    let format = match request.format.as_deref() {
        None => None,
        Some("txt" | "text") => Some(Format::Text),
        Some("md" | "markdown") => Some(Format::Markdown),
        Some(other) => {
            return reject(&id, "unknown_format", &format!("the format `{other}` is not read; write txt or md"));
        }
    };
    let given = Given { title: request.title, publisher: request.publisher, published, period: None };
    // an id is most often the name of a file, which may hold a year
    let facts = reader.read(ingest::from_text(request.id.as_str().unwrap_or(""), request.text, format, given));
    let id = if request.id.is_null() { Value::from(number) } else { request.id };
    (to_line(&Extraction::new(&id, &facts, lexicon)), true)
}

fn to_line(value: &impl serde::Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(value)
        .unwrap_or_else(|error| format!("{{\"status\":\"rejected\",\"detail\":\"{error}\"}}").into_bytes());
    line.push(b'\n');
    line
}
