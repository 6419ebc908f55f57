//! `wenmai run`: the main job.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::measure::period::Granularity;
use crate::output::report::{FILE_NAME, Language};
use crate::output::{CsvStyle, TABLES, Table, TableFormat};
use crate::pipeline::{self, Plan, Progress, ReportChoice, RunError, Summary};

use super::limits::LimitArguments;
use super::{Common, Outcome};

#[derive(Debug, clap::Args)]
pub(super) struct RunArguments {
    /// Folder of reports (.txt, .md, .html, .docx, .doc, .odt, .rtf, .pdf, .jsonl, .csv; .gz and .zip of these), or one report
    #[arg(long, value_name = "PATH", default_value = "corpus")]
    corpus: PathBuf,
    /// Folder for the tables; one that wenmai wrote is replaced as a whole
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    #[command(flatten)]
    common: Common,
    /// Length of the periods that counts are summed over: year, half, quarter or month
    #[arg(long, value_name = "PERIOD", default_value = "year")]
    period: Granularity,
    /// Formats of the tables, commas between: csv, parquet (a file a table), xlsx (one workbook, wenmai.xlsx), sql (one
    /// script for SQLite and DuckDB, wenmai.sql)
    #[arg(long, value_name = "FORMAT,…", value_delimiter = ',', value_parser = format, default_value = "csv")]
    format: Vec<TableFormat>,
    /// Write CSV that Excel opens as it is: byte order mark, and text that looks like a formula guarded
    #[arg(long)]
    excel: bool,
    /// Leave rows that count nothing out of term_counts.csv
    #[arg(long)]
    sparse: bool,
    /// Write these tables alone, commas between; `report` among them for report.html, which is left out otherwise
    #[arg(long, value_name = "TABLE,…", value_delimiter = ',', value_parser = product)]
    only: Vec<Product>,
    /// Language of report.html: zh or en
    #[arg(long, value_name = "LANG", default_value = "zh")]
    lang: Language,
    /// Print nothing but errors
    #[arg(long, short)]
    quiet: bool,
    /// Count documents that are copies of others too; without this, the first by path counts
    #[arg(long)]
    keep_duplicates: bool,
    /// Write the text of each document into this folder; offsets in the tables point into it
    #[arg(long, value_name = "DIR")]
    write_text: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArguments,
}

/// What a run writes and `--only` may name.
#[derive(Clone, Copy, Debug)]
enum Product {
    Table(&'static Table),
    Report,
}

fn product(name: &str) -> Result<Product, String> {
    if matches!(name, "report" | "report.html") {
        return Ok(Product::Report);
    }
    Table::named(name.trim_end_matches(".csv")).map(Product::Table).ok_or_else(|| {
        let names = TABLES.iter().map(|table| table.name).collect::<Vec<_>>().join(", ");
        format!("there is no such table; the tables are {names}; `report` is report.html")
    })
}

fn format(name: &str) -> Result<TableFormat, String> {
    let format = TableFormat::named(name).ok_or("the formats are csv, parquet, xlsx and sql")?;
    if format.is_built() {
        return Ok(format);
    }
    Err(format!("this wenmai was built without it; build it with `cargo build --release --features {name}`"))
}

/// The tables that `--only` names, and whether the report is wanted: without `--only`, all of them are.
fn products(only: &[Product], language: Language) -> (Vec<&'static Table>, ReportChoice) {
    let table = |product: &Product| match product {
        Product::Table(table) => Some(*table),
        Product::Report => None,
    };
    let tables: Vec<_> = only.iter().filter_map(table).collect();
    let report = match (only.is_empty(), tables.len() < only.len()) {
        (true, _) => ReportChoice::Beside(language),
        (false, false) => ReportChoice::LeftOut,
        (false, true) if tables.is_empty() => ReportChoice::Alone(language),
        (false, true) => ReportChoice::Beside(language),
    };
    (tables, report)
}

pub(super) fn main(arguments: RunArguments) -> anyhow::Result<Outcome> {
    arguments.common.files()?;
    arguments.common.start_threads()?;
    let (only, report_choice) = products(&arguments.only, arguments.lang);
    let plan = Plan {
        corpus: arguments.corpus,
        out: arguments.out,
        dictionaries: arguments.common.dictionaries,
        granularity: arguments.period,
        style: if arguments.excel { CsvStyle::Excel } else { CsvStyle::Plain },
        formats: arguments.format,
        only,
        report: report_choice,
        sparse: arguments.sparse,
        limits: arguments.limits.limits(),
        keep_duplicates: arguments.keep_duplicates,
        write_text: arguments.write_text,
        arguments: std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect(),
    };
    let bar = Bar::new(arguments.quiet, super::stop_on_interrupt()?);
    let summary = pipeline::run(&plan, &bar);
    bar.bar.finish_and_clear();
    let summary = match summary {
        Err(error @ RunError::Stopped) => {
            eprintln!("wenmai: {error}");
            return Ok(Outcome::Stopped);
        }
        summary => summary?,
    };
    if !arguments.quiet {
        report(&plan, &summary);
    }
    Ok(if summary.rejected > 0 { Outcome::SomeRejected } else { Outcome::Done })
}

fn report(plan: &Plan, summary: &Summary) {
    for fault in summary.warnings.iter() {
        eprintln!("warning: {fault}");
    }
    if summary.unplaced_characters > 0 {
        eprintln!(
            "note: {} characters have no known publisher or period and count in no aggregate; metadata.csv can tell both",
            summary.unplaced_characters
        );
    }
    for sheet in summary.sheets.iter().filter(|sheet| sheet.left_out > 0) {
        eprintln!(
            "warning: {} rows of {} have no room in a sheet and are left out of wenmai.xlsx; --format csv,parquet,sql have all",
            sheet.left_out, sheet.table.name
        );
    }
    let cut: u64 = summary.sheets.iter().map(|sheet| sheet.cut).sum();
    if cut > 0 {
        eprintln!("warning: {cut} texts are longer than a cell of a workbook and are cut in wenmai.xlsx");
    }
    let of = |count: u64, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    eprintln!(
        "{}, {} rejected: {} in {} tables in {}",
        of(summary.documents, "document", "documents"),
        summary.rejected,
        of(summary.rows, "row", "rows"),
        summary.tables,
        plan.out.display()
    );
    if plan.report != ReportChoice::LeftOut {
        eprintln!("open {} in a browser to read what they say", plan.out.join(FILE_NAME).display());
    }
    if summary.rejected > 0 {
        eprintln!("{} says why", plan.out.join("rejected.csv").display());
    }
}

/// A bar on a terminal; nothing elsewhere.
struct Bar {
    bar: ProgressBar,
    stopped: &'static AtomicBool,
}

impl Bar {
    fn new(quiet: bool, stopped: &'static AtomicBool) -> Self {
        // indicatif draws on stderr, and only where that is a terminal
        Bar { bar: if quiet { ProgressBar::hidden() } else { ProgressBar::new(0) }, stopped }
    }
}

impl Progress for Bar {
    fn begin(&self, what: &str, total: u64) {
        let style = ProgressStyle::with_template("{msg:8} {bar:40} {bytes}/{total_bytes}  {bytes_per_sec}  {eta}");
        self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.bar.set_message(what.to_owned());
        self.bar.reset();
        self.bar.set_length(total);
        self.bar.enable_steady_tick(Duration::from_millis(200));
    }

    fn advance(&self, steps: u64) {
        self.bar.inc(steps);
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}
