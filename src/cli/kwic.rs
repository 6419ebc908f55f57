//! `wenmai kwic`: key words in context.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::Context;
use regex::Regex;

use crate::ingest::{self, Limits, Sidecar};
use crate::lexicon::{Faults, Lexicon};
use crate::measure::period::{Granularity, Period};
use crate::measure::tally::period_of;
use crate::model::{Aspect, CharIndex, Facts, Source, Span, Status};
use crate::output::concordance::{self, Layout, Occurrence, Order};
use crate::pipeline::{Reader, map_in_order};

use super::nearest::nearest;
use super::{Common, Outcome};

/// Shows every occurrence of a term, a pattern, an organisation or a figure with what stands around it. A term of the
/// dictionary is found by all its names; any other word as it is written.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct KwicArguments {
    /// A term or any other word
    #[arg(value_name = "TERM", required_unless_present_any = ["regex", "organisation", "indicator"])]
    term: Option<String>,
    /// A pattern instead, matched within lines
    #[arg(long, value_name = "R", conflicts_with_all = ["term", "organisation", "indicator"])]
    regex: Option<String>,
    /// An organisation instead, by its canonical name or as it is written
    #[arg(long, value_name = "O", conflicts_with_all = ["term", "indicator"])]
    organisation: Option<String>,
    /// The numbers of an indicator instead, by its id in indicators.toml (members_added) or its title (新增会员)
    #[arg(long, value_name = "ID", conflicts_with = "term")]
    indicator: Option<String>,
    /// Only what is told as done, or only what is planned
    #[arg(long, value_name = "STATUS")]
    status: Option<Told>,
    /// Folder of reports, or one report
    #[arg(long, value_name = "PATH", default_value = "corpus")]
    corpus: PathBuf,
    /// Order by what stands before or behind
    #[arg(long, value_name = "ORDER", default_value = "document")]
    sort: Order,
    /// How to write
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Layout,
    /// Columns of a line [default: those of the terminal, else 120]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..))]
    width: Option<u16>,
    /// Length of the periods that are shown
    #[arg(long, value_name = "PERIOD", default_value = "year")]
    period: Granularity,
    #[command(flatten)]
    common: Common,
}

const EXAMPLES: &str = "\
Examples:
  wenmai kwic 机器人                              where robots are spoken of, also as aliases
  wenmai kwic 团体标准 --sort right               what follows
  wenmai kwic --regex '第[一二三四五六]届' --corpus reports
  wenmai kwic --organisation 民政部 --format csv > found.csv
  wenmai kwic --indicator members_added         who says how many members were added
  wenmai kwic --indicator trainings --status planned";

/// Characters of context on either side.
const CONTEXT: usize = 60;

/// How a deed is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Told {
    Done,
    Planned,
}

impl From<Told> for Status {
    fn from(told: Told) -> Self {
        match told {
            Told::Done => Status::Done,
            Told::Planned => Status::Planned,
        }
    }
}

/// What is looked for.
enum Query {
    Term(u32),
    Pattern(Regex),
    Organisation(String),
    Indicator(u32),
}

pub(super) fn main(arguments: KwicArguments) -> anyhow::Result<Outcome> {
    let files = arguments.common.files()?;
    arguments.common.start_threads()?;
    let lexicon = Lexicon::compile(&files)?;
    let query = query(&arguments, &lexicon)?;
    let listing = ingest::walk(&arguments.corpus, &[])?;
    let mut faults = Faults::default();
    let sidecar = listing.metadata.as_deref().map(|path| Sidecar::read(path, &mut faults));
    faults.into_result(())?;
    let reader = Reader::new(&lexicon);
    let found = map_in_order(listing.inputs, |input| {
        let mut found = Vec::new();
        for mut document in ingest::read(&input, &Limits::default()).documents.into_iter().flatten() {
            if let Some(sidecar) = &sidecar {
                sidecar.apply(&mut document);
            }
            occurrences(&reader.read(document), &query, &arguments, &mut found);
        }
        found
    });
    let mut found: Vec<Occurrence> = found.into_iter().flatten().collect();
    concordance::sort(&mut found, arguments.sort);
    let columns = arguments.width.map_or_else(terminal_columns, usize::from);
    let mut out = BufWriter::new(io::stdout().lock());
    concordance::write(&mut out, &found, arguments.format, columns)?;
    out.flush()?;
    if arguments.format == Layout::Text {
        eprintln!("{} found", found.len());
    }
    Ok(Outcome::Done)
}

fn query(arguments: &KwicArguments, lexicon: &Lexicon) -> anyhow::Result<Query> {
    if let Some(pattern) = &arguments.regex {
        return Ok(Query::Pattern(Regex::new(pattern).context("the pattern can't be read")?));
    }
    if let Some(organisation) = &arguments.organisation {
        return Ok(Query::Organisation(organisation.clone()));
    }
    if let Some(name) = &arguments.indicator {
        return Ok(Query::Indicator(indicator(name.trim(), lexicon)?));
    }
    let word = arguments.term.as_deref().unwrap_or_default().trim();
    anyhow::ensure!(!word.is_empty(), "name a term to look for");
    let known =
        lexicon.terms.terms().iter().zip(0..).find(|(t, _)| t.name == word || t.aliases.iter().any(|a| a == word));
    Ok(match known {
        Some((_, term)) => Query::Term(term),
        None => Query::Pattern(Regex::new(&regex::escape(word))?),
    })
}

/// The number of an indicator in the lexicon.
fn indicator(name: &str, lexicon: &Lexicon) -> anyhow::Result<u32> {
    let all = lexicon.indicators.indicators();
    if let Some((_, at)) = all.iter().zip(0..).find(|(one, _)| one.id == name || one.title == name) {
        return Ok(at);
    }
    let ids = || all.iter().map(|one| one.id.as_str());
    let near = nearest(name, ids());
    let offered = if near.is_empty() { ids().collect() } else { near };
    anyhow::bail!("there is no indicator `{name}`; write {}", offered.join(", "))
}

fn occurrences(facts: &Facts, query: &Query, arguments: &KwicArguments, found: &mut Vec<Occurrence>) {
    let index = CharIndex::new(&facts.source);
    let written = |span| index.slice(&facts.source, span);
    let wanted = arguments.status.map(Status::from);
    let mut add_of = |span: Span<Source>, aspect: Aspect| {
        if wanted.is_none_or(|wanted| wanted == aspect.status) {
            found.push(occurrence(facts, &index, span, period_of(aspect, arguments.period)));
        }
    };
    if let Query::Indicator(wanted) = query {
        for figure in facts.indicators.iter().filter(|figure| figure.indicator == *wanted) {
            let status = if figure.planned { Status::Planned } else { Status::Done };
            add_of(figure.span, Aspect { period: Some(figure.period), status });
        }
        return;
    }
    let aspect_at = |span| facts.sentences.get(facts.sentence_at(span)).map(|s| s.aspect).unwrap_or_default();
    let mut add = |span: Span<Source>| add_of(span, aspect_at(span));
    match query {
        Query::Term(term) => facts.terms.iter().filter(|m| m.term == *term).for_each(|m| add(m.span)),
        Query::Organisation(name) => {
            let named = facts.organisations.iter().filter(|m| m.name == *name || written(m.span) == *name);
            named.for_each(|m| add(m.span));
        }
        Query::Pattern(pattern) => {
            let matches = pattern.find_iter(&facts.source).filter(|m| !m.is_empty());
            matches.for_each(|m| add(Span::new(index.char_at(m.start()), index.char_at(m.end()))));
        }
        Query::Indicator(_) => {}
    }
}

fn occurrence(facts: &Facts, index: &CharIndex, span: Span<Source>, period: Option<Period>) -> Occurrence {
    let around = |from: usize, to: usize| one_line(index.slice(&facts.source, Span::new(from, to)));
    Occurrence {
        document: facts.document.key.clone(),
        page: facts.page_at(span),
        sentence: facts.sentence_at(span) as u64 + 1,
        start: span.start() as u64,
        end: span.end() as u64,
        period: period.map(|period| period.to_string()).unwrap_or_default(),
        left: around(span.start().saturating_sub(CONTEXT), span.start()),
        key: one_line(index.slice(&facts.source, span)),
        right: around(span.end(), (span.end() + CONTEXT).min(index.chars())),
    }
}

/// A blank for each line break and what stands around it.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Columns of the terminal; a file or a pipe gets lines of a width of their own.
fn terminal_columns() -> usize {
    const ELSEWHERE: usize = 120;
    let terminal = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    terminal.map_or(ELSEWHERE, |(columns, _)| usize::from(columns.0).max(40))
}
