//! Compressed bytes within limits: parts of ZIP packages, `.gz`.

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::{Limits, Reason};

/// Entries of an archive.
const ENTRIES: usize = 20_000;

/// A code and what to do.
pub(super) type Fault = (Reason, String);

/// What a `.gz` unpacks to.
///
/// # Errors
/// `damaged`, `unpacks_too_large`.
pub(super) fn gzip(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Fault> {
    within(MultiGzDecoder::new(bytes), limits.unpacked(bytes.len() as u64))
}

/// A ZIP archive whose entries together unpack to no more than the limits.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'b> Package<'b> {
    /// Reads the directory of the archive.
    ///
    /// # Errors
    /// `damaged`, `unpacks_too_large` where it has too many entries.
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, Fault> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        if archive.len() > ENTRIES {
            let detail = format!("more than {ENTRIES} entries; unpack it into the folder");
            return Err((Reason::UnpacksTooLarge, detail));
        }
        Ok(Package { archive, left: limits.unpacked(bytes.len() as u64) })
    }

    /// The bytes of a part; `None` where there is no such part.
    ///
    /// # Errors
    /// `damaged`, `encrypted`, `unpacks_too_large`.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        match self.archive.index_for_name(name) {
            Some(at) => self.entry(at).map(Some),
            None => Ok(None),
        }
    }

    /// Index and raw name of each entry that is a file.
    pub(super) fn entries(&mut self) -> Vec<(usize, Vec<u8>)> {
        let names: Vec<Vec<u8>> = self.archive.file_names_raw().map(<[u8]>::to_vec).collect();
        let file = |(_, name): &(usize, Vec<u8>)| !name.ends_with(b"/") && !name.is_empty();
        names.into_iter().enumerate().filter(file).collect()
    }

    /// The bytes of an entry.
    ///
    /// # Errors
    /// See [`Package::part`].
    pub(super) fn entry(&mut self, at: usize) -> Result<Vec<u8>, Fault> {
        let file = self.archive.by_index(at).map_err(|error| damaged(&error))?;
        let bytes = within(file, self.left)?;
        self.left -= bytes.len() as u64;
        Ok(bytes)
    }
}

fn within(reader: impl Read, limit: u64) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
    if bytes.len() as u64 > limit {
        let detail =
            format!("unpacks to more than {limit} bytes; unpack it, or raise --max-unpacked-bytes or --max-ratio");
        return Err((Reason::UnpacksTooLarge, detail));
    }
    Ok(bytes)
}

fn damaged(error: &impl std::fmt::Display) -> Fault {
    let said = error.to_string();
    if said.to_ascii_lowercase().contains("password") {
        return (Reason::Encrypted, "a password locks it; save it without one".to_owned());
    }
    (Reason::Damaged, format!("the archive can't be unpacked ({said}); fetch or save it again"))
}
