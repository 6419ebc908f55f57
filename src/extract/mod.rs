//! extract

pub mod numeral;
pub mod quantity;
