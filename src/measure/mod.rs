//! Facts become counts, and counts become trends.

pub mod asked;
pub mod association;
pub mod burst;
mod cell;
pub mod collocation;
pub mod cooccurrence;
pub mod dispersion;
pub mod indicators;
pub mod interner;
pub mod network;
pub mod novelty;
pub mod organisations;
pub mod period;
pub mod rank;
pub mod stats;
pub mod tally;
pub mod trend;
pub mod vocabulary;
