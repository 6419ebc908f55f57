//! Mentions to canonical organisations: within a document, then over the corpus.

mod corpus;
mod deed;
mod document;

pub use corpus::{Evidence, Links};
pub use deed::Doers;
pub use document::{attach_publisher, resolve};

/// The characters of `short` stand in `full` in the same order.
fn is_subsequence(short: &str, full: &str) -> bool {
    let mut rest = full.chars();
    short.chars().all(|c| rest.any(|f| f == c))
}
