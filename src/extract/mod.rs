//! Clean text and tokens to mentions: one grammar a file.

pub mod candidate;
pub mod date;
pub mod event;
pub mod indicator;
pub mod numeral;
pub mod organisation;
pub mod person;
pub mod quantity;
pub mod term;
