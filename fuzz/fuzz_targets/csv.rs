#![no_main]
//! Any bytes, read as `Format::Csv`, `Packed::No`.

use libfuzzer_sys::fuzz_target;
use wenmai::ingest::{Limits, Packed, read_named};
use wenmai::model::Format;

fuzz_target!(|bytes: &[u8]| {
    read_named("a", bytes.to_vec(), Format::Csv, Packed::No, &Limits::default());
});
