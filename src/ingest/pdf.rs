//! PDF: text page by page, read by `unpdf`, which finds columns and rows and knows the Chinese character collections.
//!
//! Lines that stand at the head or foot of page after page are left out, and so are page numbers there. A paragraph that
//! goes on over a page stays one.

use super::{RawFile, Reader, Rejection};
use crate::lexicon::Faults;
use crate::model::{Document, Format};

#[cfg(feature = "pdf")]
#[path = "pdf/pages.rs"]
mod pages;

pub(super) const READER: Reader = Reader { format: Format::Pdf, extensions: &["pdf"], guarded: true, read };

fn read(file: &RawFile, _: &mut Faults) -> Vec<Result<Document, Rejection>> {
    vec![document(file)]
}

#[cfg(not(feature = "pdf"))]
fn document(file: &RawFile) -> Result<Document, Rejection> {
    let detail = "this wenmai was built without the feature `pdf`; save its text".to_owned();
    Err(file.reject((super::Reason::UnknownFormat, detail)))
}

#[cfg(feature = "pdf")]
fn document(file: &RawFile) -> Result<Document, Rejection> {
    use super::Reason;
    use crate::model::Given;

    let pages = pages::read(&file.bytes, file.limits.pages).map_err(|fault| file.reject(fault))?;
    let characters: usize = pages.iter().flat_map(|page| &page.blocks).map(pages::Block::characters).sum();
    if characters == 0 {
        let detail = match pages.iter().find_map(|page| page.unreadable.as_deref()) {
            Some(font) => format!("its font {font} doesn't say which characters it holds; recognise its text (OCR)"),
            None => "its pages are pictures; recognise their text (OCR) and save it with the file".to_owned(),
        };
        return Err(file.reject((Reason::NoTextLayer, detail)));
    }
    let (composer, title) = pages::compose(&pages);
    composer.finish(file, Format::Pdf, "PDF", Given { title, ..Given::default() })
}
