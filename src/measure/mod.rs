//! Facts become counts, and counts become trends.

pub mod indicators;
pub mod period;
pub mod stats;
pub mod tally;
pub mod trend;
