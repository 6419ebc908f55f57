//! Chinese text mining over association reports.
//!
//! Data flows one way: a file becomes a [`model::Document`], the document a [`model::CleanText`], the clean text
//! tokens and mentions, the mentions one [`model::Facts`] a document; facts are tallied, and tallies become tables.

pub mod clean;
pub mod cli;
pub mod evaluate;
pub mod extract;
pub mod ingest;
pub mod lexicon;
pub mod link;
pub mod measure;
pub mod model;
pub mod output;
pub mod pipeline;
pub mod profile;
pub mod segment;
