//! wenmai 文脉: Chinese text mining over reports of associations (协会).
//!
//! A folder of reports becomes tables: which organisation spoke of what and when, what it did and counted, and how
//! that changes over the years. Every row leads back to the characters that it was read from.
//!
//! Data flows one way. [`ingest`] reads a file into a [`model::Document`]; [`clean`](mod@clean) repairs it into a
//! [`model::CleanText`] that knows its way back; [`segment`] finds words, [`extract`] mentions, [`profile`] who speaks
//! of which time, [`link`] which organisation a name means: together the [`model::Facts`] of one document.
//! [`measure`] sums facts into tallies that merge, [`output`] writes both as tables, and [`pipeline`] wires it all.
//!
//! The way of one document:
//!
//! ```
//! use wenmai::ingest;
//! use wenmai::lexicon::{Files, Lexicon};
//! use wenmai::model::{CharIndex, Given};
//! use wenmai::pipeline::Reader;
//!
//! let lexicon = Lexicon::compile(&Files::shipped())?;
//! let reader = Reader::new(&lexicon); // once a run; serves all threads
//! let text = "云海市机器人行业协会2023年工作总结\n全年协会新增会员86家，培训300余人次。";
//! let facts = reader.read(ingest::from_text("summary.txt", text.to_owned(), None, Given::default()));
//!
//! let index = CharIndex::new(&facts.source);
//! let trained = &facts.quantities[1];
//! assert_eq!(index.slice(&facts.source, trained.quantity.span), "300余人次");
//! assert_eq!(trained.quantity.min, Some(301.into())); // 300余: more than 300
//! let doer = trained.organisation.map(|doer| facts.name_of(doer));
//! assert_eq!(doer, Some("云海市机器人行业协会"));
//! # Ok::<(), wenmai::lexicon::Faults>(())
//! ```
//!
//! A whole corpus is [`pipeline::run`] with a [`pipeline::Plan`]; what the binary does with its arguments is in [`cli`].

// the page of a module names the private files it is made of; such links lead somewhere with --document-private-items
#![allow(rustdoc::private_intra_doc_links)]

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
