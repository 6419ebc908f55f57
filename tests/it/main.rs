//! Tests of the whole: the binary as a user runs it, the tables that it writes, and what holds of every run.
//!
//! One binary, one module a subject. Tests that need the material beside the checkout (`../shared`) say that they skip
//! where it is missing. Golden files are renewed with `INSTA_UPDATE=always cargo test --test it golden`.

mod cli;
mod damage;
mod determinism;
mod dictionaries;
mod docs;
mod evaluation;
mod extract;
mod formats;
mod golden;
mod growth;
#[path = "../hostile/mod.rs"]
mod hostile;
mod hostile_text;
mod indicators;
mod interruption;
mod junk;
mod merge;
mod metadata;
mod names;
mod phenomena;
mod project;
mod provenance;
mod report;
mod scores;
mod seeds;
mod show;
mod strange;
mod support;
mod table_formats;
