//! Compressed files and archives: each entry is read as the file that it is.
//!
//! `report.txt.gz` is one file that keeps its key. The key of an entry of `reports.zip` is the archive's, `#`, and the
//! entry's path. Archives within archives are read to a small depth.

use encoding_rs::GB18030;

use super::decode::without_nul;
use super::limits::ARCHIVES;
use super::unpack::{Package, gzip};
use super::walk::{Packed, named};
use super::{RawFile, Reading, Reason, Rejection, key_of, read_packed};

/// What lies in a `.gz`.
pub(super) fn read_gzip(file: &RawFile) -> Reading {
    match gzip(&file.bytes, &file.limits) {
        Ok(bytes) => inner(file, file.key.clone(), bytes, &file.key),
        Err(fault) => Reading::rejected(file.reject(fault)),
    }
}

/// What lies in a `.zip`.
pub(super) fn read_zip(file: &RawFile) -> Reading {
    let mut package = match Package::open(&file.bytes, &file.limits) {
        Ok(package) => package,
        Err(fault) => return Reading::rejected(file.reject(fault)),
    };
    let mut reading = Reading::default();
    for (at, raw) in package.entries() {
        let name = entry_name(&raw);
        if is_hidden(&name) {
            continue;
        }
        let key = format!("{}#{name}", file.key);
        match package.entry(at) {
            Ok(bytes) => reading.append(inner(file, key, bytes, &name)),
            Err((Reason::UnpacksTooLarge, detail)) => {
                reading.documents.push(Err(Rejection::new(&key, Reason::UnpacksTooLarge, detail)));
                break;
            }
            Err((reason, detail)) => reading.documents.push(Err(Rejection::new(&key, reason, detail))),
        }
    }
    if reading.documents.is_empty() {
        return Reading::rejected(file.reject((Reason::Empty, "the archive holds no report".to_owned())));
    }
    reading.documents.sort_by_cached_key(key_of);
    if number_repeated(&mut reading) {
        reading.documents.sort_by_cached_key(key_of);
    }
    reading
}

/// Documents of one key (`a\\b.txt` and `a/b.txt`) get a number behind it, as files of a folder do; whether there are such.
fn number_repeated(reading: &mut Reading) -> bool {
    let (mut last, mut count, mut found) = (None, 1, false);
    for document in reading.documents.iter_mut().flatten() {
        if last.as_ref() == Some(&document.key) {
            count += 1;
            document.key.push_str(&format!("~{count}"));
            found = true;
        } else {
            (last, count) = (Some(document.key.clone()), 1);
        }
    }
    found
}

fn inner(outer: &RawFile, key: String, bytes: Vec<u8>, name: &str) -> Reading {
    let name = if name == outer.key { name.strip_suffix_ignoring_case(".gz") } else { name };
    let Some((format, packed)) = named(name) else {
        let detail = "no format has this ending; take it out of the archive";
        return Reading::rejected(Rejection::new(&key, Reason::UnknownFormat, detail));
    };
    if packed != Packed::No && outer.within + 1 >= ARCHIVES {
        let detail = format!("more than {ARCHIVES} archives within each other; unpack them");
        return Reading::rejected(Rejection::new(&key, Reason::TooDeep, detail));
    }
    // what is unpacked inside counts against what is left of the whole
    let mut limits = outer.limits;
    limits.unpacked_bytes = limits.unpacked_bytes.saturating_sub(bytes.len() as u64);
    read_packed(RawFile { key, bytes, limits, within: outer.within + 1 }, format, packed)
}

trait Suffix {
    fn strip_suffix_ignoring_case(&self, suffix: &str) -> &str;
}

impl Suffix for str {
    fn strip_suffix_ignoring_case(&self, suffix: &str) -> &str {
        let at = self.len().saturating_sub(suffix.len());
        match self.get(at..) {
            Some(end) if end.eq_ignore_ascii_case(suffix) => &self[..at],
            _ => self,
        }
    }
}

/// Names are UTF-8, or, of archives that Chinese Windows packs, GBK.
fn entry_name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    };
    without_nul(name.replace('\\', "/"))
}

/// Files that systems leave in archives, and hidden ones.
fn is_hidden(name: &str) -> bool {
    name.ends_with('/')
        || name.split('/').any(|part| part == "__MACOSX" || (part.starts_with('.') && part != "." && part != ".."))
}
