//! XML of office files as a stream of events, damaged ends forgiven.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::Reason;
use super::unpack::Fault;

/// What stands next; names without their prefixes.
pub(super) enum Xml<'e> {
    Open(&'e str, &'e BytesStart<'e>),
    Close(&'e str),
    Text(&'e str),
}

/// Hands over the events of `bytes`. Entities that a document defines itself stay unread, so none can explode.
///
/// # Errors
/// `too_deep`; `damaged` where nothing could be read before the damage.
pub(super) fn walk(bytes: &[u8], depth: usize, mut take: impl FnMut(Xml<'_>)) -> Result<(), Fault> {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().check_end_names = false;
    let mut open = 0_usize;
    let mut read = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                open += 1;
                if open > depth {
                    let detail = format!("more than {depth} elements within each other; raise --max-depth");
                    return Err((Reason::TooDeep, detail));
                }
                take(Xml::Open(start.local_name().as_ref(), &start));
            }
            Ok(Event::Empty(start)) => {
                take(Xml::Open(start.local_name().as_ref(), &start));
                take(Xml::Close(start.local_name().as_ref()));
            }
            Ok(Event::End(end)) => {
                open = open.saturating_sub(1);
                take(Xml::Close(end.local_name().as_ref()));
            }
            Ok(Event::Text(text)) => {
                read = true;
                take(Xml::Text(&text.xml10_content()));
            }
            Ok(Event::CData(text)) => take(Xml::Text(&text.xml10_content())),
            Ok(Event::GeneralRef(name)) => {
                let known = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    Ok(None) => predefined(&name.xml10_content()),
                    Err(_) => None,
                };
                if let Some(c) = known {
                    take(Xml::Text(c.encode_utf8(&mut [0; 4])));
                }
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            // what stood before the damage is text all the same
            Err(_) if read => return Ok(()),
            Err(error) => return Err((Reason::Damaged, format!("its text is no XML ({error}); save it again"))),
        }
    }
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => return None,
    })
}

/// The value of an attribute by its name without prefix.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}
