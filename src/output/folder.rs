//! The output folder: built beside the old one and swapped in whole.
//!
//! A run writes into a folder of its own beside the one asked for; only when everything stands on disk do the two change
//! places ([`swap`]). A run that fails leaves the old folder as it was, and one that is killed leaves either the old or
//! the new; the next run clears away the rest ([`leftovers`]). Two runs never write to one folder ([`lock`]). Files
//! that no run wrote are never deleted: a folder that is not a run's output is refused, and strangers in one that is
//! move along into the new folder.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

use tempfile::{Builder, TempDir};
use thiserror::Error;

use self::lock::Lock;
use super::package;
use super::schema::Table;

mod leftovers;
mod lock;
mod swap;

/// Files of a run that are no tables.
const OWN_FILES: &[&str] = &[
    package::FILE_NAME,
    super::manifest::FILE_NAME,
    super::report::FILE_NAME,
    super::workbook::FILE_NAME,
    super::sql::FILE_NAME,
];

/// Endings of the files of tables.
const TABLE_ENDINGS: &[&str] = &["csv", "parquet", "graphml"];

/// Why an output folder can't be made, with what to do about it.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FolderError {
    /// The path has no last part that a folder could be named by.
    #[error("`{}` can't be the output folder; name a folder inside it, such as `{}`", .0.display(), .0.join("out").display())]
    NoName(PathBuf),
    /// A file stands there.
    #[error("`{}` is a file; name a folder to write to, or remove the file", .0.display())]
    NotAFolder(PathBuf),
    /// The folder holds something else than an output.
    #[error(
        "`{}` holds files (`{example}`, say) but no output of wenmai, and would be replaced; name a new or an empty folder",
        .path.display()
    )]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// One of its files.
        example: String,
    },
    /// Another run writes there.
    #[error("another run writes to `{}`; wait until it ends, or name another folder with --out", .0.display())]
    Busy(PathBuf),
    /// The system refused.
    #[error("can't {action} `{}` ({source}); check that there is room and that you may write there", .path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// A folder under construction. Dropped before [`OutputFolder::commit`], it is removed and the old one stays.
#[derive(Debug)]
pub struct OutputFolder {
    target: PathBuf,
    parent: PathBuf,
    partial: TempDir,
    /// Dropped last.
    _lock: Lock,
}

impl OutputFolder {
    /// A folder for the tables of one run, beside `path`, which it is to become. Missing parents are created.
    ///
    /// # Errors
    /// `path` is a file, holds something else than an output of wenmai, or the folder can't be created.
    pub fn prepare(path: &Path) -> Result<Self, FolderError> {
        let target = target_of(path)?;
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        refuse_strange(&target)?;
        fs::create_dir_all(&parent).map_err(failed("create", &parent))?;
        let lock = Lock::take(&target, &parent)?;
        leftovers::settle(&target, &parent)?;
        let partial = beside(&target, &parent, "partial")?;
        if let Ok(old) = fs::metadata(&target) {
            // The new folder is as open to others as the old one was.
            fs::set_permissions(partial.path(), old.permissions())
                .map_err(failed("set permissions of", partial.path()))?;
        }
        Ok(OutputFolder { target, parent, partial, _lock: lock })
    }

    /// Where to write the files of this run.
    pub fn path(&self) -> &Path {
        self.partial.path()
    }

    /// Where they will stand.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Brings what stands in it by now to the disk, so that [`Self::commit`] has less to wait for. What fails here fails there
    /// too, and is told there.
    pub fn begin_synchronising(&self) {
        let _ = synchronise(self.partial.path());
    }

    /// Brings every file to the disk and puts the folder in place of the old one.
    ///
    /// # Errors
    /// A file can't be synchronised or a folder renamed; the old folder then stands where it stood. An old file that
    /// can't be removed after the swap is an error too, though the new folder is in its place.
    pub fn commit(self) -> Result<(), FolderError> {
        let OutputFolder { target, parent, partial, _lock } = self;
        synchronise(partial.path())?;
        refuse_strange(&target)?;
        let own = own_files(&target);
        let old = swap::swap(partial.path(), &target, &parent)?;
        // What stands under that name now is the old folder, if anything, and must not go before its strangers are out.
        let _ = partial.keep();
        synchronise_folder(&parent)?;
        old.map_or(Ok(()), |old| clear_old(&old, &target, &own))
    }
}

/// `inner` is `outer` or lies inside it, symbolic links resolved; paths that don't exist yet are compared as far as they do.
///
/// # Errors
/// The working folder is unknown, or a part of a path can't be read.
pub fn contains(outer: &Path, inner: &Path) -> io::Result<bool> {
    Ok(resolve(inner)?.starts_with(resolve(outer)?))
}

/// The absolute path without links of what exists, and what doesn't exist behind it.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let mut missing = Vec::new();
    let mut known = path.as_path();
    loop {
        match known.canonicalize() {
            Ok(mut resolved) => {
                for part in missing.iter().rev() {
                    match part {
                        Component::ParentDir => drop(resolved.pop()),
                        Component::Normal(name) => resolved.push(name),
                        _ => {}
                    }
                }
                return Ok(resolved);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let (Some(part), Some(parent)) = (known.components().next_back(), known.parent()) else {
                    return Ok(path);
                };
                missing.push(part);
                known = parent;
            }
            Err(error) => return Err(error),
        }
    }
}

/// The folder meant, symbolic links followed so that the link stays.
fn target_of(path: &Path) -> Result<PathBuf, FolderError> {
    let target = match path.canonicalize() {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_path_buf(),
        Err(error) => return Err(failed("read", path)(error)),
    };
    let working = std::env::current_dir().and_then(|folder| folder.canonicalize());
    if target.file_name().is_none() || working.is_ok_and(|working| working.starts_with(&target)) {
        // The working folder or one above it would be renamed under the user's feet.
        return Err(FolderError::NoName(path.to_path_buf()));
    }
    Ok(target)
}

/// `.out.partial` for `out`.
fn hidden_name(target: &Path, what: &str) -> String {
    let name = target.file_name().unwrap_or(OsStr::new("out")).to_string_lossy();
    format!(".{name}.{what}")
}

/// A new hidden folder beside the target: on the same file system, so that it can be renamed.
fn beside(target: &Path, parent: &Path, what: &str) -> Result<TempDir, FolderError> {
    let prefix = format!("{}-", hidden_name(target, what));
    let mut builder = Builder::new();
    builder.prefix(&prefix);
    #[cfg(unix)]
    let readable: fs::Permissions = std::os::unix::fs::PermissionsExt::from_mode(0o777);
    #[cfg(unix)]
    builder.permissions(readable);
    builder.tempdir_in(parent).map_err(failed("create a folder in", parent))
}

/// An error unless `target` is missing, empty, or an output.
fn refuse_strange(target: &Path) -> Result<(), FolderError> {
    match fs::metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed("read", target)(error)),
        Ok(found) if !found.is_dir() => return Err(FolderError::NotAFolder(target.to_path_buf())),
        Ok(_) => {}
    }
    let first =
        fs::read_dir(target).map_err(failed("read", target))?.next().transpose().map_err(failed("read", target))?;
    match first {
        Some(entry) if !package::is_ours(target) => {
            let example = entry.file_name().to_string_lossy().into_owned();
            Err(FolderError::Foreign { path: target.to_path_buf(), example })
        }
        _ => Ok(()),
    }
}

/// Names of the files in `folder` that a run wrote: those that its package names, and those that every run may write.
fn own_files(folder: &Path) -> Vec<String> {
    let tables = super::TABLES.iter().flat_map(|table: &&Table| {
        TABLE_ENDINGS.iter().map(|ending| format!("{}.{ending}", table.name)).collect::<Vec<_>>()
    });
    let mut own = package::paths(folder);
    own.extend(OWN_FILES.iter().map(|&name| name.to_owned()).chain(tables));
    own
}

/// Removes what a run wrote from the old folder, moves the rest into the new one, and removes the old folder.
fn clear_old(old: &Path, target: &Path, own: &[String]) -> Result<(), FolderError> {
    for entry in fs::read_dir(old).map_err(failed("read", old))? {
        let entry = entry.map_err(failed("read", old))?;
        let name = entry.file_name();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && own.iter().any(|own| name == own.as_str()) {
            fs::remove_file(entry.path()).map_err(failed("remove", &entry.path()))?;
            continue;
        }
        let moved = target.join(&name);
        if !moved.exists() {
            fs::rename(entry.path(), &moved).map_err(failed("move", &entry.path()))?;
        }
    }
    // A stranger whose place was taken stays in the old folder, which then is not empty and stays too.
    fs::remove_dir(old).map_err(failed("remove", old))
}

/// Every file of the folder and the folder itself stand on disk after it.
fn synchronise(folder: &Path) -> Result<(), FolderError> {
    for entry in fs::read_dir(folder).map_err(failed("read", folder))? {
        let entry = entry.map_err(failed("read", folder))?;
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            synchronise(&path)?;
        } else {
            // Windows synchronises only what is open for writing.
            File::options()
                .append(true)
                .open(&path)
                .and_then(|file| file.sync_all())
                .map_err(failed("write", &path))?;
        }
    }
    synchronise_folder(folder)
}

/// The names in the folder stand on disk after it; only Unix can be asked for that.
fn synchronise_folder(folder: &Path) -> Result<(), FolderError> {
    if cfg!(unix) {
        File::open(folder).and_then(|file| file.sync_all()).map_err(failed("write", folder))?;
    }
    Ok(())
}

fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FolderError {
    let path = path.to_path_buf();
    move |source| FolderError::Io { action, path, source }
}

#[cfg(test)]
mod tests;
