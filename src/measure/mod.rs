//! Facts become counts, and counts become trends.

pub mod stats;
