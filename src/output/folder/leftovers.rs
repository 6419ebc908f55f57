//! What a run that was killed left beside its folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::{FolderError, clear_old, failed, hidden_name, own_files};

/// Finishes what killed runs began: an old folder that was moved aside goes back where nothing stands; what is not ours
/// in other folders moves into `target`; the rest is removed. The lock is held: nobody else is at work here.
pub(super) fn settle(target: &Path, parent: &Path) -> Result<(), FolderError> {
    for left in folders(target, parent, "old")? {
        if target.exists() {
            clear_old(&left, target, &own_files(&left))?;
        } else {
            fs::rename(&left, target).map_err(failed("move back", &left))?;
        }
    }
    for left in folders(target, parent, "partial")? {
        if target.exists() {
            clear_old(&left, target, &own_files(&left))?;
        } else {
            fs::remove_dir_all(&left).map_err(failed("remove", &left))?;
        }
    }
    Ok(())
}

/// Folders named as [`super::beside`] names them, in the order of their names.
fn folders(target: &Path, parent: &Path, what: &str) -> Result<Vec<PathBuf>, FolderError> {
    let prefix = hidden_name(target, what);
    let mut found = Vec::new();
    for entry in fs::read_dir(parent).map_err(failed("read", parent))? {
        let entry = entry.map_err(failed("read", parent))?;
        let ours = entry.file_name().to_string_lossy().strip_prefix(&prefix).is_some_and(|rest| rest.starts_with('-'));
        if ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}
