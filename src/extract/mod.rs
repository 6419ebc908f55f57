//! Clean text and tokens to mentions: one grammar a file.

pub mod date;
pub mod organisation;
pub mod term;
