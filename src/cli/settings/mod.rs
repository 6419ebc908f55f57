//! `wenmai.toml`: what else would stand on every command line.
//!
//! A key of the file becomes the flag that it stands for, put before those of the user: so the file allows what the
//! command line allows, and means the same. Flags that the user gives win. Paths are relative to the file.

mod file;
mod keys;
mod template;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgAction, ArgMatches, Command};

use crate::lexicon::Faults;

use keys::{KEYS, Kind};
pub(super) use template::template;

/// Name of the file that is read where it stands in the current folder.
pub(super) const FILE_NAME: &str = "wenmai.toml";

/// The flag that names another.
const FLAG: &str = "config";

/// What a file of settings gave.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// The file; none where there is none to read.
    pub file: Option<PathBuf>,
    /// Number of keys in it.
    pub keys: usize,
    /// What is wrong with it.
    pub faults: Faults,
}

/// Lets switches that have a key be switched off again on the command line: `--excel=false`.
pub(super) fn with_switches(command: Command) -> Command {
    let command = KEYS.iter().fold(command, |command, key| {
        let switch = key.argument(&command).filter(|argument| Kind::of(argument) == Kind::Switch);
        let Some(id) = switch.map(|argument| argument.get_id().clone()) else { return command };
        command.mut_arg(id, |argument| {
            let argument =
                argument.action(ArgAction::Set).num_args(0..=1).require_equals(true).value_name("true|false");
            argument
                .default_value("false")
                .default_missing_value("true")
                .hide_default_value(true)
                .hide_possible_values(true)
        })
    });
    command.mut_subcommands(with_switches)
}

/// Reads the file of settings for a command line, and puts the flags that it gives into it.
///
/// `command` is the whole command, `matches` what it makes of `line`. Where the command takes no settings, nothing is
/// read. A key with a fault gives no flag.
pub(super) fn apply(command: &Command, matches: &ArgMatches, line: &mut Vec<OsString>) -> Settings {
    let (name, matches) = matches.subcommand().map_or(("run", matches), |(name, matches)| (name, matches));
    let at = if line.get(1).is_some_and(|first| first == name) { 2 } else { 1 };
    let Some((path, told)) = file_of(matches) else { return Settings::default() };
    let mut settings = Settings { file: Some(path.clone()), ..Settings::default() };
    let Some(run) = command.find_subcommand("run") else { return settings };
    let text = match file::read(&path, told, &mut settings.faults) {
        Some(text) => text,
        // one that nobody named may be missing
        None if settings.faults.is_empty() => return Settings::default(),
        None => return settings,
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let values = file::values(&path, &text, run, &mut settings.faults);
    settings.keys = values.len();
    let mut flags = Vec::new();
    for value in values {
        let taken = name == "run" || value.key.also.contains(&name);
        // the id is that of the flag in this command
        let flag = command.find_subcommand(name).and_then(|command| value.key.argument(command));
        let given = |id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
        if taken && flag.is_some_and(|flag| !given(flag.get_id().as_str())) {
            flags.extend(value.flags(folder, &path, &mut settings.faults));
        }
    }
    let at = at.min(line.len());
    line.splice(at..at, flags);
    settings
}

/// The file to read, and whether the user named it; `None` for a command that takes no settings.
fn file_of(matches: &ArgMatches) -> Option<(PathBuf, bool)> {
    let told = matches.try_get_one::<PathBuf>(FLAG).ok()?;
    Some(told.map_or_else(|| (PathBuf::from(FILE_NAME), false), |path| (path.clone(), true)))
}

#[cfg(test)]
mod tests;
