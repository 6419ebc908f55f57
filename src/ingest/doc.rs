//! Word files of 1997 to 2003, read by `office_oxide`.

use super::{RawFile, Reader, Rejection};
use crate::lexicon::Faults;
use crate::model::{Document, Format};

pub(super) const READER: Reader = Reader { format: Format::Doc, extensions: &["doc", "wps"], guarded: true, read };

fn read(file: &RawFile, _: &mut Faults) -> Vec<Result<Document, Rejection>> {
    vec![document(file)]
}

#[cfg(feature = "doc")]
fn document(file: &RawFile) -> Result<Document, Rejection> {
    use office_oxide::DocumentFormat;

    use super::{Reason, html};
    use crate::model::Given;

    let bytes = std::io::Cursor::new(file.bytes.clone());
    let document = office_oxide::Document::from_reader(bytes, DocumentFormat::Doc).map_err(|error| {
        let said = error.to_string();
        let (reason, advice) = match said.to_ascii_lowercase() {
            said if said.contains("encrypt") || said.contains("password") => (Reason::Encrypted, "without a password"),
            _ => (Reason::Damaged, "as .docx"),
        };
        file.reject((reason, format!("{said}; save it {advice}")))
    })?;
    // its own view of headings and rows is told by the page that it writes
    let composer = html::whole(&document.to_html(), file.limits.depth).map_err(|fault| file.reject(fault))?;
    composer.finish(file, Format::Doc, "UTF-8", Given::default())
}

#[cfg(not(feature = "doc"))]
fn document(file: &RawFile) -> Result<Document, Rejection> {
    let detail = "this wenmai was built without the feature `doc`; save it as .docx".to_owned();
    Err(file.reject((super::Reason::UnknownFormat, detail)))
}
