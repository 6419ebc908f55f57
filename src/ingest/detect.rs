//! What a file is by its bytes, since names lie: a page saved as `.txt`, a Word file of today named `.doc`.

use memchr::memmem;

use crate::model::Format;

/// Bytes at the head of a file in which a page says that it is one.
const HEAD: usize = 1024;

/// The format to read `bytes` as, where their file's name says `named`.
pub(super) fn format(named: Format, bytes: &[u8]) -> Format {
    if bytes.starts_with(b"%PDF-") || (named == Format::Pdf && memmem::find(head(bytes), b"%PDF-").is_some()) {
        return Format::Pdf;
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return zipped(bytes).unwrap_or(named);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Format::Doc;
    }
    if bytes.starts_with(b"{\\rtf") {
        return Format::Rtf;
    }
    match named {
        Format::Text | Format::Markdown if is_page(bytes) => Format::Html,
        // a page that a site offers as a Word file, or text under a wrong name
        Format::Doc | Format::Docx | Format::Odt | Format::Rtf if is_page(bytes) => Format::Html,
        Format::Doc | Format::Docx | Format::Odt | Format::Rtf | Format::Pdf if is_text(bytes) => Format::Text,
        Format::Html if is_text(bytes) && memchr::memchr(b'<', bytes).is_none() => Format::Text,
        named => named,
    }
}

/// What a ZIP archive holds, where it is a document.
fn zipped(bytes: &[u8]) -> Option<Format> {
    if memmem::find(head(bytes), b"application/vnd.oasis.opendocument.text").is_some() {
        return Some(Format::Odt);
    }
    // the names of all parts stand at the end of the archive, and before each part
    memmem::find(bytes, b"word/document.xml").map(|_| Format::Docx)
}

fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(HEAD)]
}

/// A document type, or a first tag that only pages begin with. UTF-16 is seen through.
fn is_page(bytes: &[u8]) -> bool {
    if memchr::memchr(b'<', head(bytes)).is_none() {
        return false;
    }
    let head: Vec<u8> = head(bytes).iter().filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect();
    let mut rest = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    rest = rest.strip_prefix(b"\xff\xfe").or(rest.strip_prefix(b"\xfe\xff")).unwrap_or(rest).trim_ascii_start();
    if rest.starts_with(b"<?xml") {
        let end = memmem::find(rest, b"?>").map_or(rest.len(), |at| at + 2);
        rest = rest[end..].trim_ascii_start();
    }
    while rest.starts_with(b"<!--") {
        let end = memmem::find(rest, b"-->").map_or(rest.len(), |at| at + 3);
        rest = rest[end..].trim_ascii_start();
    }
    [&b"<!doctype html"[..], b"<html", b"<head>", b"<body>"].iter().any(|tag| rest.starts_with(tag))
}

/// Too few control bytes for data of another kind.
fn is_text(bytes: &[u8]) -> bool {
    let head = head(bytes);
    let controls = head.iter().filter(|b| b.is_ascii_control() && !matches!(b, b'\t'..=b'\r')).count();
    !head.is_empty() && controls * 20 <= head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_win_over_names() {
        let utf16: Vec<u8> = "\u{feff}<!DOCTYPE html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cases: [(Format, &[u8], Format); 14] = [
            (Format::Text, b"%PDF-1.4", Format::Pdf),
            (Format::Pdf, b"\r\n%PDF-1.4", Format::Pdf),
            (Format::Text, b"\xef\xbb\xbf \n<!DOCTYPE HTML>", Format::Html),
            (Format::Text, b"<?xml version='1.0'?><!-- a --><html lang='zh'>", Format::Html),
            (Format::Text, &utf16, Format::Html),
            (Format::Text, b"<p>", Format::Text),
            (Format::Doc, b"<html xmlns:o='urn'>", Format::Html),
            (Format::Doc, b"PK\x03\x04....word/document.xml", Format::Docx),
            (Format::Text, b"PK\x03\x04....", Format::Text),
            (Format::Docx, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format::Doc),
            (Format::Text, b"{\\rtf1", Format::Rtf),
            (Format::Docx, "会员".as_bytes(), Format::Text),
            (Format::Docx, b"\x00\x01\x02", Format::Docx),
            (Format::Html, "会员".as_bytes(), Format::Text),
        ];
        for (named, bytes, expected) in cases {
            assert_eq!(format(named, bytes), expected, "{named:?} {bytes:?}");
        }
    }
}
