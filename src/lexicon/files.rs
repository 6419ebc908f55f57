//! Dictionary files: those that ship, those of the user, and how both are read.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use super::Faults;
use super::fault::is_invisible;

/// The dictionaries that ship, by name below `dictionaries/`.
const SHIPPED: &[(&str, &str)] = &[
    ("actions.txt", include_str!("../../dictionaries/actions.txt")),
    ("announcing.txt", include_str!("../../dictionaries/announcing.txt")),
    ("bounds.csv", include_str!("../../dictionaries/bounds.csv")),
    ("clause_words.csv", include_str!("../../dictionaries/clause_words.csv")),
    ("dates.csv", include_str!("../../dictionaries/dates.csv")),
    ("events/heads.csv", include_str!("../../dictionaries/events/heads.csv")),
    ("events/words.csv", include_str!("../../dictionaries/events/words.csv")),
    ("indicators.toml", include_str!("../../dictionaries/indicators.toml")),
    ("moments.csv", include_str!("../../dictionaries/moments.csv")),
    ("negators.txt", include_str!("../../dictionaries/negators.txt")),
    ("not_numbers.txt", include_str!("../../dictionaries/not_numbers.txt")),
    ("organisations/cues.csv", include_str!("../../dictionaries/organisations/cues.csv")),
    ("organisations/departments.csv", include_str!("../../dictionaries/organisations/departments.csv")),
    ("organisations/generic_modifiers.csv", include_str!("../../dictionaries/organisations/generic_modifiers.csv")),
    ("organisations/inner_words.txt", include_str!("../../dictionaries/organisations/inner_words.txt")),
    ("organisations/known.csv", include_str!("../../dictionaries/organisations/known.csv")),
    ("organisations/places.csv", include_str!("../../dictionaries/organisations/places.csv")),
    ("organisations/stops.csv", include_str!("../../dictionaries/organisations/stops.csv")),
    ("organisations/suffixes.csv", include_str!("../../dictionaries/organisations/suffixes.csv")),
    ("organisations/trades.txt", include_str!("../../dictionaries/organisations/trades.txt")),
    ("persons/cues.csv", include_str!("../../dictionaries/persons/cues.csv")),
    ("persons/given.txt", include_str!("../../dictionaries/persons/given.txt")),
    ("persons/not_names.txt", include_str!("../../dictionaries/persons/not_names.txt")),
    ("persons/surnames.csv", include_str!("../../dictionaries/persons/surnames.csv")),
    ("persons/title_fields.txt", include_str!("../../dictionaries/persons/title_fields.txt")),
    ("persons/title_prefixes.txt", include_str!("../../dictionaries/persons/title_prefixes.txt")),
    ("persons/titles.csv", include_str!("../../dictionaries/persons/titles.csv")),
    ("persons/transliteration.txt", include_str!("../../dictionaries/persons/transliteration.txt")),
    ("plan_headings.txt", include_str!("../../dictionaries/plan_headings.txt")),
    ("report_types.csv", include_str!("../../dictionaries/report_types.csv")),
    ("status.csv", include_str!("../../dictionaries/status.csv")),
    ("stopwords.txt", include_str!("../../dictionaries/stopwords.txt")),
    ("terms.csv", include_str!("../../dictionaries/terms.csv")),
    ("units.csv", include_str!("../../dictionaries/units.csv")),
    ("words.txt", include_str!("../../dictionaries/words.txt")),
];

/// Where dictionaries come from.
#[derive(Clone, Debug, Default)]
pub struct Files {
    folder: Option<PathBuf>,
}

/// One file's text with the name that messages give it.
struct Part {
    name: String,
    text: Cow<'static, str>,
}

impl Part {
    /// The text without the mark that some editors put before it.
    fn body(&self) -> &str {
        self.text.strip_prefix('\u{feff}').unwrap_or(&self.text)
    }
}

/// A row of a CSV dictionary.
#[derive(Clone, Debug)]
pub struct Row {
    /// File, for messages.
    pub file: String,
    /// Line, 1-based.
    pub line: usize,
    cells: Vec<String>,
}

impl Row {
    /// The cell of column `column` (counted from 0), trimmed.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// The parts of a cell that holds several values with `|` between.
    pub fn parts(&self, column: usize) -> impl Iterator<Item = &str> {
        self.cell(column).split('|').map(str::trim).filter(|part| !part.is_empty())
    }
}

/// A CSV dictionary with a header.
pub type Table = Vec<Row>;

/// A dictionary of one word a line; lines that begin with `#` are comments.
pub type List = Vec<(usize, String)>;

impl Files {
    /// The shipped dictionaries alone.
    pub fn shipped() -> Self {
        Files::default()
    }

    /// The shipped dictionaries, overlaid by the files of `folder`.
    pub fn overlaid(folder: &Path) -> Self {
        Files { folder: Some(folder.to_path_buf()) }
    }

    /// Files and their bytes that make up the dictionaries of this run, for the manifest: (name, text).
    pub fn contents(&self, faults: &mut Faults) -> Vec<(String, String)> {
        let parts = SHIPPED.iter().flat_map(|(name, _)| self.parts(name, faults)).collect::<Vec<_>>();
        parts.into_iter().map(|part| (part.name, part.text.into_owned())).collect()
    }

    /// Files in the user's folder that no dictionary is called.
    pub fn strangers(&self, faults: &mut Faults) {
        let Some(folder) = &self.folder else { return };
        let walk = ignore::WalkBuilder::new(folder).standard_filters(false).sort_by_file_path(Path::cmp).build();
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    faults.add(&folder.display().to_string(), 0, error.to_string(), "name a folder that can be read");
                    continue;
                }
            };
            let Ok(name) = entry.path().strip_prefix(folder) else { continue };
            let name = name.to_string_lossy().replace('\\', "/");
            let known = SHIPPED.iter().any(|(shipped, _)| *shipped == name || extension_name(shipped) == name);
            if entry.file_type().is_some_and(|t| t.is_file())
                && !known
                && [".csv", ".txt", ".toml"].iter().any(|ending| name.ends_with(ending))
            {
                let names = SHIPPED.iter().map(|(shipped, _)| *shipped).collect::<Vec<_>>().join(", ");
                let advice = format!("use one of {names}, or NAME.extend.csv to add rows to it");
                faults.add(&folder.join(&name).display().to_string(), 0, "no dictionary has this name", advice);
            }
        }
    }

    /// Reads a CSV dictionary whose header must be `header`.
    pub fn table(&self, name: &str, header: &[&str], faults: &mut Faults) -> Table {
        let mut rows = Vec::new();
        for part in self.parts(name, faults) {
            read_table(&part, header, &mut rows, faults);
        }
        rows
    }

    /// Reads a dictionary of one word a line.
    pub fn list(&self, name: &str, faults: &mut Faults) -> List {
        let mut words = Vec::new();
        for part in self.parts(name, faults) {
            let lines = part.body().lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
            for (line, word) in lines.filter(|(_, word)| !word.is_empty() && !word.starts_with('#')) {
                if is_visible(word, &part.name, line, faults) {
                    words.push((line, word.to_owned()));
                }
            }
        }
        words
    }

    /// A dictionary of a form of its own: the name and text of each of its parts, for its own reader.
    pub fn documents(&self, name: &str, faults: &mut Faults) -> Vec<(String, Cow<'static, str>)> {
        self.parts(name, faults).into_iter().map(|part| (part.name, part.text)).collect()
    }

    /// The user's file in place of the shipped one, then what extends it.
    fn parts(&self, name: &str, faults: &mut Faults) -> Vec<Part> {
        let shipped = SHIPPED.iter().find(|(shipped, _)| *shipped == name).map(|(_, text)| *text);
        let shipped = shipped.map(|text| Part { name: format!("dictionaries/{name}"), text: Cow::Borrowed(text) });
        let Some(folder) = &self.folder else { return shipped.into_iter().collect() };
        let own = read_file(&folder.join(name), faults).or(shipped);
        own.into_iter().chain(read_file(&folder.join(extension_name(name)), faults)).collect()
    }
}

/// `terms.csv` is extended by `terms.extend.csv`.
fn extension_name(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.extend.{ending}"),
        None => format!("{name}.extend"),
    }
}

/// `None` where there is no such file; a file that can't be read is a fault.
fn read_file(path: &Path, faults: &mut Faults) -> Option<Part> {
    let name = path.display().to_string();
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => {
            faults.add(&name, 0, format!("can't be read ({error})"), "make it a file that can be read, or remove it");
            return None;
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => Some(Part { name, text: Cow::Owned(text) }),
        Err(error) => {
            let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
            faults.add(&name, line, "is not UTF-8", "save it as UTF-8 (in Excel: CSV UTF-8)");
            None
        }
    }
}

/// The line, from 1, on which a record of a CSV text begins: the reader's position lies before the blank lines that it
/// skips.
pub fn line_of(position: &csv::Position, text: &str) -> usize {
    let rest = &text.as_bytes()[(position.byte() as usize).min(text.len())..];
    let blank = rest.iter().take_while(|b| matches!(b, b'\n' | b'\r')).filter(|b| **b == b'\n').count();
    position.line() as usize + blank
}

/// A word with a character that no one sees would match no text, and no one would know why.
fn is_visible(cell: &str, file: &str, line: usize, faults: &mut Faults) -> bool {
    let found = cell.chars().find(|c| is_invisible(*c));
    if let Some(c) = found {
        let shown: String = cell.chars().filter(|c| !is_invisible(*c)).collect();
        let problem = format!("an invisible character (U+{:04X}) stands in `{shown}`", u32::from(c));
        faults.add(file, line, problem, "delete it: write the word anew");
    }
    found.is_none()
}

fn read_table(part: &Part, header: &[&str], rows: &mut Table, faults: &mut Faults) {
    let text = part.body();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut first = true;
    loop {
        let start = reader.position().line() as usize;
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                faults.add(&part.name, start, error.to_string(), "close every quote and write one row a line");
                break;
            }
        }
        let line = record.position().map_or(start, |position| line_of(position, text));
        if first {
            first = false;
            if record.iter().ne(header.iter().copied()) {
                let found = record.iter().collect::<Vec<_>>().join(",");
                faults.add(
                    &part.name,
                    line,
                    format!("the header is `{found}`"),
                    format!("write `{}`", header.join(",")),
                );
                return;
            }
            continue;
        }
        if record.iter().all(str::is_empty) || record.get(0).is_some_and(|cell| cell.starts_with('#')) {
            continue;
        }
        if record.len() != header.len() {
            let problem = format!("has {} cells, the header {}", record.len(), header.len());
            faults.add(
                &part.name,
                line,
                problem,
                format!("write {} (quote a cell that holds a comma)", header.join(",")),
            );
            continue;
        }
        if record.iter().any(|cell| cell.contains('\n')) {
            faults.add(
                &part.name,
                line,
                "a cell goes on over the end of its line",
                "close the quote that it begins with",
            );
            continue;
        }
        if !record.iter().all(|cell| is_visible(cell, &part.name, line, faults)) {
            continue;
        }
        rows.push(Row { file: part.name.clone(), line, cells: record.iter().map(str::to_owned).collect() });
    }
    if first {
        faults.add(&part.name, 0, "is empty", format!("write the header `{}` at least", header.join(",")));
    }
}
