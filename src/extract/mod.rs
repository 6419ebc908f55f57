//! extract

pub mod date;
