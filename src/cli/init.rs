//! `wenmai init`: a folder to begin with.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::{Outcome, settings};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct InitArguments {
    /// The folder; made where there is none
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  wenmai init robots        a folder robots/; put reports into robots/reports/
  cd robots                 then, with no flags:
  wenmai                    reports/ into tables in out/
  wenmai check              every fault of settings, dictionaries and metadata.csv
  wenmai init .             the same in the current folder";

/// What is laid out beside the settings.
const FILES: [(&str, &str); 13] = [
    ("reports/README.md", include_str!("../../templates/project/reports/README.md")),
    ("reports/.wenmaiignore", include_str!("../../templates/project/reports/.wenmaiignore")),
    ("reports/metadata.csv", include_str!("../../templates/project/reports/metadata.csv")),
    ("dictionaries/terms.extend.csv", include_str!("../../templates/project/dictionaries/terms.extend.csv")),
    (
        "dictionaries/indicators.extend.toml",
        include_str!("../../templates/project/dictionaries/indicators.extend.toml"),
    ),
    ("dictionaries/units.extend.csv", include_str!("../../templates/project/dictionaries/units.extend.csv")),
    ("dictionaries/stopwords.extend.txt", include_str!("../../templates/project/dictionaries/stopwords.extend.txt")),
    ("dictionaries/status.extend.csv", include_str!("../../templates/project/dictionaries/status.extend.csv")),
    (
        "dictionaries/report_types.extend.csv",
        include_str!("../../templates/project/dictionaries/report_types.extend.csv"),
    ),
    (
        "dictionaries/organisations/known.extend.csv",
        include_str!("../../templates/project/dictionaries/organisations/known.extend.csv"),
    ),
    (
        "dictionaries/organisations/suffixes.extend.csv",
        include_str!("../../templates/project/dictionaries/organisations/suffixes.extend.csv"),
    ),
    (
        "dictionaries/persons/titles.extend.csv",
        include_str!("../../templates/project/dictionaries/persons/titles.extend.csv"),
    ),
    (
        "dictionaries/events/heads.extend.csv",
        include_str!("../../templates/project/dictionaries/events/heads.extend.csv"),
    ),
];

pub(super) fn main(arguments: &InitArguments) -> anyhow::Result<Outcome> {
    let folder = &arguments.folder;
    let command = super::command();
    let settings = command.find_subcommand("run").map(settings::template).unwrap_or_default();
    let files: Vec<(&str, &str)> = [(settings::FILE_NAME, settings.as_str())].into_iter().chain(FILES).collect();
    let in_the_way: Vec<String> = files
        .iter()
        .map(|(name, _)| folder.join(name))
        .filter(|path| fs::symlink_metadata(path).is_ok())
        .map(|path| path.display().to_string())
        .collect();
    if !in_the_way.is_empty() {
        let (them, they) = if in_the_way.len() == 1 { ("it", "stands") } else { ("them", "stand") };
        bail!(
            "nothing was made, for {} {they} in the way; move {them} away, or name another folder",
            in_the_way.join(", ")
        );
    }
    for (name, text) in &files {
        write(&folder.join(name), text)?;
    }
    eprintln!("{} files made in {}", files.len(), folder.display());
    eprintln!("put reports into {}, then run wenmai in {}", folder.join("reports").display(), folder.display());
    Ok(Outcome::Done)
}

/// Writes a new file, and the folders that it lies in.
fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
            anyhow::anyhow!("{} can't be a folder, for a file stands there; name another folder", folder.display())
        }
        _ => anyhow::anyhow!("{} can't be made ({error}); name a folder that you may write to", folder.display()),
    })?;
    // a file that came between stays as it is
    let made = OpenOptions::new().write(true).create_new(true).open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.flush()
    });
    made.with_context(|| format!("{} can't be written", path.display()))
}
