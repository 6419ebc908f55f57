//! The command line of wenmai: parse, run, exit code.

use std::process::ExitCode;

/// Documents are many small strings and lists, made on one thread and dropped on another.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    wenmai::cli::main()
}
