//! `wenmai manual`: pages for `man`.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use anyhow::Context;
use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::Outcome;

/// Prints the page of wenmai, or writes the pages of all commands into a folder.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ManualArguments {
    /// Write one page a command into this folder, which is made where there is none
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  wenmai manual | man -l -                        read the page
  wenmai manual ~/.local/share/man/man1           then: man wenmai, man wenmai-run, …";

pub(super) fn main(arguments: &ManualArguments) -> anyhow::Result<Outcome> {
    let mut command = super::command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = &arguments.folder else {
        io::stdout().write_all(&page(&command)?)?;
        return Ok(Outcome::Done);
    };
    fs::create_dir_all(folder).with_context(|| format!("{} can't be made; name a folder", folder.display()))?;
    for command in [&command].into_iter().chain(command.get_subcommands()) {
        let name = command.get_display_name().unwrap_or(command.get_name());
        let path = folder.join(format!("{name}.1"));
        fs::write(&path, page(command)?).with_context(|| format!("{} can't be written", path.display()))?;
    }
    Ok(Outcome::Done)
}

/// The page of a command that was built, in roff.
fn page(command: &Command) -> io::Result<Vec<u8>> {
    let man = Man::new(command.clone()).manual("wenmai");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    if let Some(notes) = command.get_after_help() {
        notes_of(&notes.to_string()).to_writer(&mut page)?;
    }
    if command.get_version().is_some() {
        man.render_version_section(&mut page)?;
    }
    Ok(page)
}

/// What stands below the help. clap_mangen would run the lines of examples into one paragraph.
fn notes_of(notes: &str) -> Roff {
    let mut roff = Roff::new();
    for paragraph in notes.split("\n\n") {
        if let Some(examples) = paragraph.strip_prefix("Examples:\n") {
            roff.control("SH", ["EXAMPLES"]).control("nf", []);
            for line in examples.lines() {
                roff.text([roman(line.trim_start())]);
            }
            roff.control("fi", []);
        } else if let Some(codes) = paragraph.strip_prefix("Exit codes: ") {
            roff.control("SH", ["EXIT STATUS"]).text([roman(codes)]);
        } else {
            roff.control("SH", ["NOTES"]).text([roman(paragraph)]);
        }
    }
    roff
}
