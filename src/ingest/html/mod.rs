//! Web pages: the main text of a page, with its title and byline, and without what a site puts around it.
//!
//! `dom_smoothie` (Mozilla's Readability) finds the part that holds the text; where it finds none, or next to nothing,
//! the body is read. Blocks of that part become blocks of the document. Its title, and the line that tells source and
//! day, often stand outside it: they are put in front. Link bars, view counts, notices of registration (ICP备) go.

mod charset;
mod facts;
mod furniture;
mod walk;

#[cfg(test)]
mod tests;

use dom_query::Document as Dom;
use dom_smoothie::{Config, Readability};

use super::compose::Composer;
use super::{RawFile, Reader, Reason, Rejection};
use crate::lexicon::Faults;
use crate::model::{Document, Format};

pub(super) const READER: Reader =
    Reader { format: Format::Html, extensions: &["html", "htm", "xhtml", "shtml"], guarded: true, read };

/// Share of the body's text below which a main text is mistrusted, where it is also short.
const SHARE: usize = 10;
/// Characters above which a main text is trusted, whatever its share.
const LONG: usize = 400;

fn read(file: &RawFile, _: &mut Faults) -> Vec<Result<Document, Rejection>> {
    vec![page(file)]
}

fn page(file: &RawFile) -> Result<Document, Rejection> {
    let (html, encoding) = charset::decode(&file.bytes).map_err(|fault| file.reject(fault))?;
    let (composer, given) = compose(&html, file.limits.depth).map_err(|fault| file.reject(fault))?;
    composer.finish(file, Format::Html, encoding, given)
}

/// Everything that `html` holds as text, nothing taken for furniture: what a converter wrote.
#[cfg(feature = "doc")]
pub(super) fn whole(html: &str, depth: usize) -> Result<Composer, (Reason, String)> {
    let dom = Dom::from(html);
    shallow(&dom, depth)?;
    let mut composer = Composer::default();
    for part in walk::parts(&dom.root(), walk::Scope::Whole) {
        part.write(&mut composer);
    }
    Ok(composer)
}

fn compose(html: &str, depth: usize) -> Result<(Composer, crate::model::Given), (Reason, String)> {
    let dom = Dom::from(html);
    shallow(&dom, depth)?;
    let body = walk::parts(&dom.root(), walk::Scope::Body);
    let facts = facts::Facts::of(&dom, &body);
    let main = main_text(&body, dom);
    let mut composer = Composer::default();
    facts.head(&main, &mut composer);
    for part in main.iter().filter_map(furniture::kept) {
        part.write(&mut composer);
    }
    Ok((composer, facts.given))
}

/// The main text, or the body where none can be found.
fn main_text(body: &[walk::Part], dom: Dom) -> Vec<walk::Part> {
    // A text of Chinese is complete in a third of the characters that the default expects.
    let config = Config { char_threshold: 150, disable_json_ld: true, ..Config::default() };
    let article = Readability::with_document(dom, None, Some(config)).and_then(|mut reader| reader.parse()).ok();
    let main = article.map(|article| walk::parts(&Dom::fragment(article.content).root(), walk::Scope::Whole));
    let (Some(main), all) = (main, walk::characters(body)) else { return body.to_vec() };
    let found = walk::characters(&main);
    let lost_rows = walk::rows(body) > walk::rows(&main) && found < LONG;
    if found == 0 || (found < LONG && found * SHARE < all) || lost_rows { body.to_vec() } else { main }
}

/// Recursion over a tree must end before the stack does.
fn shallow(dom: &Dom, limit: usize) -> Result<(), (Reason, String)> {
    let mut depth = 0_usize;
    let mut node = dom.root();
    loop {
        if let Some(child) = node.first_child() {
            (node, depth) = (child, depth + 1);
            if depth > limit {
                let detail = format!("more than {limit} elements within each other; raise --max-depth");
                return Err((Reason::TooDeep, detail));
            }
            continue;
        }
        node = loop {
            if let Some(next) = node.next_sibling() {
                break next;
            }
            match node.parent() {
                Some(parent) => (node, depth) = (parent, depth.saturating_sub(1)),
                None => return Ok(()),
            }
        };
    }
}
