//! The command line, one file a subcommand; flags become a ready plan before anything runs.

mod check;
mod eval;
mod extract;
mod kwic;
mod limits;
mod run;
mod show;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::{Parser, Subcommand};

/// Chinese text mining over association reports: terms, organisations, dates and quantities as tables.
#[derive(Debug, Parser)]
#[command(name = "wenmai", version, args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
struct Wenmai {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: run::RunArguments,
}

const EXAMPLES: &str = "\
Examples:
  wenmai                                        the reports in corpus/ into tables in out/
  wenmai --corpus reports --out tables          your own reports
  wenmai --corpus reports --period quarter --excel
  wenmai --only term_counts,term_trends         two tables alone
  echo '{\"id\":\"1\",\"text\":\"协会新增会员86家。\"}' | wenmai extract
  wenmai kwic 机器人                            every place where robots are spoken of
  wenmai show report.docx                       a report with what was found marked
  wenmai check --dictionaries mine              every fault of your dictionaries
  wenmai eval --gold corpus/gold                how well the extractors do

Exit codes: 0 done; 1 done, but some inputs were rejected (rejected.csv says which and why); 2 not done;
130 ended by Ctrl-C.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Read a folder of reports and write tables (the default)
    Run(run::RunArguments),
    /// JSON lines in, JSON lines out: the facts of each document
    Extract(extract::ExtractArguments),
    /// Key words in context: every place of a term, a pattern or an organisation
    Kwic(kwic::KwicArguments),
    /// A document with its mentions marked
    Show(show::ShowArguments),
    /// Score the extractors against annotated reports
    Eval(eval::EvalArguments),
    /// Report every fault of dictionaries and metadata
    Check(check::CheckArguments),
}

/// What a command ends with.
enum Outcome {
    Done,
    SomeRejected,
    Failed,
    Stopped,
}

/// What a process that ended on an interrupt exits with.
const STOPPED: u8 = 130;

/// From the first interrupt (Ctrl-C) or request to end on, the value is true. A command that does not end by itself soon
/// after is ended: what it had begun lies in a hidden folder, and the next run clears it away.
fn stop_on_interrupt() -> anyhow::Result<&'static AtomicBool> {
    static STOP: AtomicBool = AtomicBool::new(false);
    const PATIENCE: Duration = Duration::from_millis(800);
    ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(STOPPED.into());
        }
        std::thread::spawn(|| {
            std::thread::sleep(PATIENCE);
            std::process::exit(STOPPED.into());
        });
    })?;
    Ok(&STOP)
}

/// Runs the command line of the process.
pub fn main() -> ExitCode {
    let arguments = Wenmai::parse();
    let outcome = match arguments.command {
        None => run::main(arguments.run),
        Some(Command::Run(arguments)) => run::main(arguments),
        Some(Command::Extract(arguments)) => extract::main(arguments),
        Some(Command::Kwic(arguments)) => kwic::main(arguments),
        Some(Command::Show(arguments)) => show::main(arguments),
        Some(Command::Eval(arguments)) => eval::main(arguments),
        Some(Command::Check(arguments)) => check::main(arguments),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeRejected) => ExitCode::from(1),
        Ok(Outcome::Failed) => ExitCode::from(2),
        Ok(Outcome::Stopped) => ExitCode::from(STOPPED),
        // a reader that went away wants no more output, and no complaint
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wenmai: {}", describe(&error));
            ExitCode::from(2)
        }
    }
}

/// The error and its causes, each once: many messages already hold the cause.
fn describe(error: &anyhow::Error) -> String {
    error.chain().skip(1).fold(error.to_string(), |told, cause| {
        let cause = cause.to_string();
        if told.contains(&cause) { told } else { format!("{told}: {cause}") }
    })
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |error: &std::io::Error| error.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(broken)
            || cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind)
                == Some(std::io::ErrorKind::BrokenPipe)
    })
}

/// Flags of every command that reads dictionaries and uses threads.
#[derive(Debug, clap::Args)]
struct Common {
    /// Folder of your dictionaries: NAME.csv replaces the one that ships, NAME.extend.csv adds rows to it
    #[arg(long, value_name = "DIR")]
    dictionaries: Option<PathBuf>,
    /// Threads to use [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl Common {
    fn start_threads(&self) -> anyhow::Result<()> {
        let threads = self.threads.map_or(0, usize::from);
        Ok(rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?)
    }

    fn files(&self) -> anyhow::Result<crate::lexicon::Files> {
        use crate::lexicon::Files;
        match &self.dictionaries {
            None => Ok(Files::shipped()),
            Some(folder) if folder.is_dir() => Ok(Files::overlaid(folder)),
            Some(folder) => anyhow::bail!("{} is no folder; name the folder of your dictionaries", folder.display()),
        }
    }
}
