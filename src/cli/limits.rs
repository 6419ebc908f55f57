//! Flags that say how much of an input is read at most.

use crate::ingest::Limits;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Limits (what goes beyond them is a row of rejected.csv)")]
pub(super) struct LimitArguments {
    /// Bytes of a file
    #[arg(long, value_name = "N", default_value_t = Limits::default().file_bytes)]
    max_file_bytes: u64,
    /// Bytes that a compressed file may unpack to
    #[arg(long, value_name = "N", default_value_t = Limits::default().unpacked_bytes)]
    max_unpacked_bytes: u64,
    /// Times its size that a compressed file may unpack to
    #[arg(long, value_name = "N", default_value_t = Limits::default().ratio)]
    max_ratio: u64,
    /// Elements within elements of a web page or a Word file
    #[arg(long, value_name = "N", default_value_t = 512, value_parser = clap::value_parser!(u16).range(1..=4096))]
    max_depth: u16,
    /// Pages of a PDF
    #[arg(long, value_name = "N", default_value_t = Limits::default().pages)]
    max_pages: u32,
    /// Seconds for a file that is compressed, or that a library reads
    #[arg(long, value_name = "N", default_value_t = Limits::default().seconds)]
    max_seconds: u64,
}

impl LimitArguments {
    pub(super) fn limits(&self) -> Limits {
        Limits {
            file_bytes: self.max_file_bytes,
            unpacked_bytes: self.max_unpacked_bytes,
            ratio: self.max_ratio,
            depth: usize::from(self.max_depth),
            pages: self.max_pages,
            seconds: self.max_seconds,
        }
    }
}
