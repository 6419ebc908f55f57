//! The text of each document as a file, so that people find again what offsets point at.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::sha256;
use crate::model::Document;

/// Bytes of a part of a path; file systems take 255.
const LONGEST: usize = 200;

/// Writes the text of `document` below `folder`, in UTF-8, under its key with `.txt` behind.
///
/// # Errors
/// What the system says.
pub fn write_text(folder: &Path, document: &Document) -> io::Result<()> {
    let path = path_of(folder, &document.key);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, &document.text)
}

/// The file of a key. Parts that could lead elsewhere, and characters that file systems refuse, are written as `%XX`.
fn path_of(folder: &Path, key: &str) -> PathBuf {
    let mut path = folder.to_owned();
    let parts: Vec<&str> = key.split('/').collect();
    for (at, part) in parts.iter().enumerate() {
        let mut name = safe(part);
        if at + 1 == parts.len() {
            name.push_str(".txt");
        }
        path.push(name);
    }
    path
}

fn safe(part: &str) -> String {
    let mut name = String::with_capacity(part.len());
    let dots = part.is_empty() || part.bytes().all(|b| b == b'.');
    for c in part.chars() {
        if c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%') || (dots && c == '.') {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(name, "%{byte:02X}");
            }
        } else {
            name.push(c);
        }
    }
    if name.is_empty() {
        return "%".to_owned();
    }
    if name.len() > LONGEST {
        let mut end = LONGEST - 20;
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        name.truncate(end);
        let _ = write!(name, "~{}", &sha256(part.as_bytes())[..16]);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_below_the_folder() {
        let shown = |key: &str| path_of(Path::new("t"), key).to_string_lossy().into_owned();
        let cases = [
            ("a/b.md", "t/a/b.md.txt"),
            ("../../x", "t/%2E%2E/%2E%2E/x.txt"),
            ("/etc//x", "t/%/etc/%/x.txt"),
            ("a.zip#..\\b\n.txt", "t/a.zip#..%5Cb%0A.txt.txt"),
            ("c:%", "t/c%3A%25.txt"),
        ];
        for (key, expected) in cases {
            assert_eq!(shown(key), expected, "{key}");
        }
        let long = "会".repeat(500);
        let name = path_of(Path::new("t"), &long);
        assert!(name.file_name().unwrap().len() < 255);
        assert_ne!(name, path_of(Path::new("t"), &(long + "员")));
    }
}
