//! The file of settings: its text, its keys, and what is wrong with either.

use std::collections::BTreeSet;
use std::error::Error as _;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use clap::Command;
use clap::error::{ContextKind, ContextValue};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::cli::nearest::nearest;
use crate::lexicon::Faults;

use super::keys::{KEYS, Key, Kind, is_list, written};

/// Bytes beyond which a file holds no settings.
const LARGEST: u64 = 1 << 20;

/// A key with what is written behind it.
pub(super) struct Value {
    pub key: &'static Key,
    kind: Kind,
    line: usize,
    parts: Vec<String>,
}

/// The text of the file, without its byte order mark; `None` where there is none, or a fault was found.
pub(super) fn read(path: &Path, told: bool, faults: &mut Faults) -> Option<String> {
    let name = path.display().to_string();
    let advice = "name another file of settings with --config";
    if !told && fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        return None;
    }
    if path.is_dir() {
        faults.add(&name, 0, "is a folder, not a file of settings", format!("rename it, or {advice}"));
        return None;
    }
    let mut bytes = Vec::new();
    if let Err(error) = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)) {
        faults.add(&name, 0, format!("can't be read ({error})"), advice);
        return None;
    }
    if bytes.len() as u64 > LARGEST {
        faults.add(&name, 0, "is larger than 1 MB", advice);
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(match text.strip_prefix('\u{feff}') {
            Some(behind) => behind.to_owned(),
            None => text,
        }),
        Err(error) => {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
            faults.add(&name, line, "is not UTF-8", "save it as UTF-8");
            None
        }
    }
}

/// The keys of the file that are right, in the order of [`KEYS`]; what is wrong with the others is added to the faults.
///
/// `run` is the command whose flags the keys stand for.
pub(super) fn values(path: &Path, text: &str, run: &Command, faults: &mut Faults) -> Vec<Value> {
    let file = path.display().to_string();
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let line_of = |at: usize| ends.partition_point(|end| *end < at) + 1;
    let (table, errors) = DeTable::parse_recoverable(text);
    // one fault a line: those behind it come of it
    let mut broken = BTreeSet::new();
    for error in &errors {
        let span = error.span().unwrap_or_default();
        let line = line_of(span.start);
        if broken.insert(line) {
            let (problem, advice) = syntax(error.message(), text.get(span).unwrap_or_default());
            faults.add(&file, line, problem, advice);
        }
    }
    let mut values = Vec::new();
    for (name, value) in table.get_ref() {
        let line = line_of(name.span().start);
        // what could be made out of a broken line is not what its writer meant
        if broken.contains(&line) || broken.contains(&line_of(value.span().end)) {
            continue;
        }
        match Value::read(name.get_ref(), value, line, run) {
            Ok(value) => values.push(value),
            Err((problem, advice)) => faults.add(&file, line, problem, advice),
        }
    }
    values.sort_by_key(|value| KEYS.iter().position(|key| key.name == value.key.name));
    values
}

/// What is wrong, and what to write instead.
type Wrong = (String, String);

/// What to write, by a word of the parser's message; the first that fits.
const SYNTAX: [(&str, &str); 7] = [
    ("must be quoted", "write texts between straight quotes: KEY = \"VALUE\""),
    ("escape", "write paths with / instead of \\, or between single quotes"),
    ("basic string", "close the text with \" on the same line"),
    ("boolean", "write true or false"),
    ("array", "write a list as KEY = [\"ONE\", \"TWO\"]"),
    ("unquoted key", "write KEY = VALUE, the key as the template of `wenmai init` has it"),
    ("", "write KEY = VALUE, one on each line"),
];

fn syntax(message: &str, written: &str) -> Wrong {
    if message == "duplicate key" {
        let name = written.trim();
        return (format!("the key `{name}` stands here a second time"), "keep one of the two lines".to_owned());
    }
    let advice = SYNTAX.iter().find(|(word, _)| message.contains(word)).map_or("", |(_, advice)| advice);
    (message.lines().collect::<Vec<_>>().join(" "), advice.to_owned())
}

impl Value {
    fn read(name: &str, value: &Spanned<DeValue<'_>>, line: usize, run: &Command) -> Result<Self, Wrong> {
        let found = KEYS.iter().find(|key| key.name == name).and_then(|key| Some((key, key.argument(run)?)));
        let Some((key, flag)) = found else { return Err(unknown(name, value.get_ref())) };
        let kind = Kind::of(flag);
        let list = is_list(flag);
        let parts = match value.get_ref() {
            DeValue::Array(parts) if list => parts.iter().map(|part| text_of(part.get_ref(), kind)).collect(),
            other => text_of(other, kind).map(|part| vec![part]),
        };
        let Some(parts) = parts else {
            let problem = format!("`{name}` is {}", type_of(value.get_ref()));
            let advice = match kind {
                Kind::Switch => format!("write `{name} = true` or `{name} = false`"),
                _ => format!("write it as in `{}`", key.line(flag)),
            };
            return Err((problem, advice));
        };
        // "C:\temp" is a tab in TOML, and no error
        if kind == Kind::Path && parts.iter().any(|part| part.contains(char::is_control)) {
            let problem = format!("`{name}` holds a tab, a line break or another character that no path has");
            return Err((problem, "write paths with / instead of \\, or between single quotes".to_owned()));
        }
        let value = Value { key, kind, line, parts };
        for part in &value.parts {
            try_out(run, value.flag(part.as_ref()), flag.get_id().as_str())
                .map_err(|(problem, advice)| (format!("`{name}` is {}: {problem}", written(part, kind)), advice))?;
        }
        Ok(value)
    }

    fn flag(&self, value: &OsStr) -> OsString {
        let mut flag = OsString::from(format!("--{}=", self.key.name.replace('_', "-")));
        flag.push(value);
        flag
    }

    /// The flags that it stands for; paths begin at `folder`. What it names and is not there is a fault.
    pub(super) fn flags(&self, folder: &Path, file: &Path, faults: &mut Faults) -> Vec<OsString> {
        if self.kind != Kind::Path {
            return self.parts.iter().map(|part| self.flag(part.as_ref())).collect();
        }
        let paths = self.parts.iter().map(|part| folder.join(part));
        let mut flags = Vec::new();
        for path in paths {
            if self.key.exists && !path.exists() {
                let problem = format!("`{}` names {}, which isn't there", self.key.name, path.display());
                let advice = "write a path as seen from the folder of this file";
                faults.add(&file.display().to_string(), self.line, problem, advice);
            } else {
                flags.push(self.flag(path.as_os_str()));
            }
        }
        flags
    }
}

fn unknown(name: &str, value: &DeValue<'_>) -> Wrong {
    if let (DeValue::Table(_), true) = (value, name == "run") {
        return ("there is no table `run`".to_owned(), "take the line [run] out: keys stand by themselves".to_owned());
    }
    let names = || KEYS.iter().map(|key| key.name);
    let advice = match nearest(name, names()).first() {
        Some(near) => format!("write `{near}`"),
        None => format!("the keys are {}", names().collect::<Vec<_>>().join(", ")),
    };
    (format!("there is no key `{name}`"), advice)
}

/// As the command line would have it.
fn text_of(value: &DeValue<'_>, kind: Kind) -> Option<String> {
    match (kind, value) {
        (Kind::Switch, DeValue::Boolean(on)) => Some(on.to_string()),
        (Kind::Number, DeValue::Integer(number)) => {
            let number = i128::from_str_radix(number.as_str(), number.radix());
            Some(number.map_or_else(|_| "a number of too many digits".to_owned(), |number| number.to_string()))
        }
        (Kind::Path | Kind::Text, DeValue::String(text)) => Some(text.to_string()),
        _ => None,
    }
}

fn type_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// What the command line would say of a flag.
fn try_out(run: &Command, flag: OsString, id: &str) -> Result<(), Wrong> {
    let line = [OsString::from("run"), flag];
    let Err(error) = run.clone().try_get_matches_from(line) else { return Ok(()) };
    let default = "see what `wenmai run --help` says of it".to_owned();
    let told = match (error.get(ContextKind::ValidValue), error.source()) {
        (Some(ContextValue::Strings(allowed)), _) => {
            return Err(("it isn't allowed".to_owned(), format!("write {}", allowed.join(", "))));
        }
        (_, Some(source)) => source.to_string(),
        _ => error.to_string().lines().next().unwrap_or(id).trim_start_matches("error: ").to_owned(),
    };
    Err(match told.split_once("; ") {
        Some((problem, advice)) => (problem.to_owned(), advice.to_owned()),
        None => (told, default),
    })
}
