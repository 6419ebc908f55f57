//! The encoding of a page: what it says of itself, where its bytes agree.

use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8};

use crate::ingest::{Reason, decode as text};

/// Bytes in which the declaration must stand (HTML Standard: 1024; pages with scripts in front need more).
const HEAD: usize = 4096;
/// One character in so many may be damaged where the page says its encoding.
const DAMAGE: usize = 200;

/// Decodes a page.
///
/// # Errors
/// As [`text::decode`].
pub(super) fn decode(bytes: &[u8]) -> Result<text::Decoded, (Reason, String)> {
    let bom = Encoding::for_bom(bytes).is_some();
    let Some(encoding) = declared(bytes).filter(|_| !bom) else { return text::decode(bytes) };
    let strict = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    match (strict, text::decode(bytes)) {
        // UTF-8 that is declared as something else is UTF-8: it can hardly be by chance
        (_, Ok((text, "UTF-8"))) => Ok((text, "UTF-8")),
        (Some(text), _) if !text.trim().is_empty() && !text.contains('\0') => Ok((text.into_owned(), label(encoding))),
        (_, Err(fault)) if fault.0 == Reason::UnknownEncoding => {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            let damaged = text.chars().filter(|c| *c == '\u{fffd}').count();
            if damaged * DAMAGE > text.chars().count() { Err(fault) } else { Ok((text.into_owned(), label(encoding))) }
        }
        (_, detected) => detected,
    }
}

/// What `<meta charset>`, `http-equiv` or an XML declaration says.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    for name in [&b"charset"[..], b"encoding"] {
        for at in memchr::memmem::find_iter(&head, name) {
            let rest = head[at + name.len()..].trim_ascii_start();
            let Some(rest) = rest.strip_prefix(b"=") else { continue };
            let rest = rest.trim_ascii_start();
            let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
            let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || b"-_".contains(b)).count();
            if let Some(encoding) = Encoding::for_label(&rest[..length]) {
                return Some(if encoding == GBK { GB18030 } else { encoding })
                    .filter(|e| [GB18030, BIG5, UTF_8].contains(e));
            }
        }
    }
    None
}

fn label(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}
