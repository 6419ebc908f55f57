//! Wires the stages; the only use of rayon.

mod reader;

pub use reader::Reader;
