//! `wenmai completions`: what a shell needs to complete commands and flags.

use std::io::Write as _;

use clap_complete::Shell;

use super::Outcome;

/// Prints a script that lets your shell complete commands, flags and their values.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct CompletionsArguments {
    /// Your shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  wenmai completions bash > ~/.local/share/bash-completion/completions/wenmai
  wenmai completions zsh > \"${fpath[1]}/_wenmai\"
  wenmai completions fish > ~/.config/fish/completions/wenmai.fish
  wenmai completions powershell >> $PROFILE";

pub(super) fn main(arguments: &CompletionsArguments) -> anyhow::Result<Outcome> {
    let mut command = super::command();
    let name = command.get_name().to_owned();
    // clap_complete panics where its writer fails, and a pipe may be closed
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Outcome::Done)
}
