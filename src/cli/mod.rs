//! The command line, one file a subcommand; flags become a ready plan before anything runs.

mod check;
mod completions;
mod eval;
mod extract;
mod init;
mod kwic;
mod limits;
mod manual;
mod nearest;
mod run;
mod settings;
mod show;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use settings::Settings;

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
  wenmai init robots                            a folder for a project of your own
  wenmai                                        the reports in corpus/ into tables in out/
  wenmai --corpus reports --out tables          your own reports
  wenmai --corpus reports --period quarter --excel
  wenmai --only term_counts,term_trends         two tables alone
  echo '{\"id\":\"1\",\"text\":\"协会新增会员86家。\"}' | wenmai extract
  wenmai --config robots/wenmai.toml            with the settings of that file
  wenmai kwic 机器人                            every place where robots are spoken of
  wenmai kwic --indicator members_added         every place that says how many members were added
  wenmai show report.docx                       a report with what was found marked
  wenmai check --dictionaries mine              every fault of your dictionaries
  wenmai eval --gold corpus/gold                how well the extractors do
  wenmai completions bash                       for your shell; wenmai manual: pages for man

Flags that you always give can stand in wenmai.toml, which is read where it lies in the current folder.

Exit codes: 0 done; 1 done, but some inputs were rejected (rejected.csv says which and why); 2 not done;
130 ended by Ctrl-C.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Read a folder of reports and write tables (the default)
    Run(run::RunArguments),
    /// JSON lines in, JSON lines out: the facts of each document
    Extract(extract::ExtractArguments),
    /// Key words in context: every place of a term, a pattern, an organisation or a figure
    ///
    /// A term of the dictionary is found by all its names, any other word as it is written.
    Kwic(kwic::KwicArguments),
    /// A document with its mentions marked
    Show(show::ShowArguments),
    /// Score the extractors against annotated reports
    Eval(eval::EvalArguments),
    /// Report every fault of settings, dictionaries and metadata
    ///
    /// Reads wenmai.toml, the dictionaries, and the metadata.csv of a corpus, as a run would, and prints every fault with
    /// its file, its line and what to write instead.
    Check(check::CheckArguments),
    /// Lay out a folder for a project: reports, dictionaries, settings
    ///
    /// reports/ takes the reports and what you know of them, dictionaries/ words of your own, wenmai.toml the settings.
    /// Each file tells in Chinese what to write in it. No file is ever overwritten.
    Init(init::InitArguments),
    /// Print completions for a shell
    Completions(completions::CompletionsArguments),
    /// Print the manual, or write its pages into a folder
    Manual(manual::ManualArguments),
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

/// The whole command line, as it is parsed, completed and described.
fn command() -> clap::Command {
    settings::with_switches(Wenmai::command())
}

/// The command line of the process, with what the file of settings adds to it.
fn read_command_line() -> (Wenmai, Settings) {
    let mut command = command();
    let mut line: Vec<OsString> = std::env::args_os().collect();
    let matches = command.clone().try_get_matches_from(&line).unwrap_or_else(|error| error.exit());
    let settings = settings::apply(&command, &matches, &mut line);
    let matches = command.try_get_matches_from_mut(line).unwrap_or_else(|error| error.exit());
    (Wenmai::from_arg_matches(&matches).unwrap_or_else(|error| error.exit()), settings)
}

/// Runs a command; `check` alone goes on where the settings have faults, to tell them with all others.
fn dispatch(arguments: Wenmai, settings: Settings) -> anyhow::Result<Outcome> {
    if let Some(Command::Check(arguments)) = arguments.command {
        return check::main(arguments, settings);
    }
    let count = settings.faults.len();
    settings.faults.into_result(()).map_err(|faults| {
        let what = if count == 1 { "fault" } else { "faults" };
        anyhow::anyhow!("nothing was run, because of {count} {what}:\n{faults}")
    })?;
    match arguments.command {
        None => run::main(arguments.run),
        Some(Command::Run(arguments)) => run::main(arguments),
        Some(Command::Extract(arguments)) => extract::main(arguments),
        Some(Command::Kwic(arguments)) => kwic::main(arguments),
        Some(Command::Show(arguments)) => show::main(arguments),
        Some(Command::Eval(arguments)) => eval::main(arguments),
        Some(Command::Check(arguments)) => check::main(arguments, Settings::default()),
        Some(Command::Init(arguments)) => init::main(&arguments),
        Some(Command::Completions(arguments)) => completions::main(&arguments),
        Some(Command::Manual(arguments)) => manual::main(&arguments),
    }
}

/// Runs the command line of the process.
pub fn main() -> ExitCode {
    let (arguments, settings) = read_command_line();
    match dispatch(arguments, settings) {
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
    /// File of settings, one key a flag [default: wenmai.toml in the current folder, where there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
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
