//! The new folder takes the place of the old one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{FolderError, beside, failed};

/// Puts `new` where `target` is; gives where the old folder stands now, if there was one.
///
/// Where the system can exchange two names in one step (Linux, macOS), no moment passes in which nothing stands at
/// `target`. Elsewhere the old folder is moved aside first, and a run that was killed between the two steps is put
/// right by the next one.
pub(super) fn swap(new: &Path, target: &Path, parent: &Path) -> Result<Option<PathBuf>, FolderError> {
    if !target.exists() {
        return fs::rename(new, target).map(|()| None).map_err(failed("create", target));
    }
    match exchange(new, target) {
        Ok(()) => return Ok(Some(new.to_path_buf())),
        Err(error) if is_unsupported(&error) => {}
        Err(error) => return Err(failed("replace", target)(error)),
    }
    let old = move_aside(target, parent)?;
    if let Err(error) = fs::rename(new, target) {
        fs::rename(&old, target).map_err(failed("move back", &old))?;
        return Err(failed("create", target)(error));
    }
    Ok(Some(old))
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(new: &Path, target: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The system or the file system (a network share, say) can't exchange names.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// Gives the old folder another name beside the target. No guard stands over that name: an error later on must not
/// remove what is in it.
fn move_aside(target: &Path, parent: &Path) -> Result<PathBuf, FolderError> {
    let old = beside(target, parent, "old")?.keep();
    // Only Unix renames over an empty folder.
    fs::remove_dir(&old).map_err(failed("prepare", &old))?;
    fs::rename(target, &old).map_err(failed("move", target))?;
    Ok(old)
}
