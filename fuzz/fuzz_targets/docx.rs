#![no_main]
//! Any bytes, read as `Format::Docx`, `Packed::No`.

use libfuzzer_sys::fuzz_target;
use wenmai::ingest::{Limits, Packed, read_named};
use wenmai::model::Format;

fuzz_target!(|bytes: &[u8]| {
    read_named("a", bytes.to_vec(), Format::Docx, Packed::No, &Limits::default());
});
