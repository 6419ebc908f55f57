//! How much of an input is read at most.

/// What an input may take; one that takes more is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file.
    pub file_bytes: u64,
    /// Bytes that a compressed file may unpack to, all that lies in it together.
    pub unpacked_bytes: u64,
    /// How many times its size a compressed file may unpack to; the first MiB is free.
    pub ratio: u64,
    /// Elements within elements of a web page or a Word file.
    pub depth: usize,
    /// Pages of a PDF.
    pub pages: u32,
    /// Seconds for one file of a format that a library reads, or that is compressed.
    pub seconds: u64,
}

/// Archives within archives.
pub(super) const ARCHIVES: u32 = 3;

/// Bytes that anything may unpack to, whatever the ratio.
const FREE: u64 = 1 << 20;

impl Default for Limits {
    /// 256 MiB a file and unpacked, 200 times its size, 512 elements deep, 5,000 pages, 60 seconds.
    fn default() -> Self {
        Limits { file_bytes: 256 << 20, unpacked_bytes: 256 << 20, ratio: 200, depth: 512, pages: 5_000, seconds: 60 }
    }
}

impl Limits {
    /// Bytes that `packed` bytes may become.
    pub(super) fn unpacked(&self, packed: u64) -> u64 {
        self.unpacked_bytes.min(packed.saturating_mul(self.ratio).max(FREE))
    }
}
