//! The command line of wenmai: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    wenmai::cli::main()
}
