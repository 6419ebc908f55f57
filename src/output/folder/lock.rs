//! One run a folder: a lock beside it that the system lets go of when the process ends, however it ends.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::{FolderError, failed, hidden_name};

/// Held for as long as a run may write.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// None where the file system knows no locks.
    _file: Option<File>,
}

impl Lock {
    /// Takes the lock of `target`.
    pub fn take(target: &Path, parent: &Path) -> Result<Self, FolderError> {
        let path = parent.join(hidden_name(target, "lock"));
        loop {
            let file = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
                .map_err(failed("create a file in", parent))?;
            match file.try_lock() {
                // the run before removed the file while this one opened it: another may have made a new one
                Ok(()) if !is_at(&file, &path) => {}
                Ok(()) => return Ok(Lock { path, _file: Some(file) }),
                Err(TryLockError::WouldBlock) => return Err(FolderError::Busy(target.to_path_buf())),
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(Lock { path, _file: None });
                }
                Err(TryLockError::Error(error)) => return Err(failed("lock", &path)(error)),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // an empty file that stays behind does no harm
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |found: io::Result<fs::Metadata>| found.ok().map(|found| (found.dev(), found.ino()));
    let held = identity(file.metadata());
    held.is_some() && held == identity(fs::metadata(path))
}

/// Elsewhere a file can't be removed while it is open.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}
