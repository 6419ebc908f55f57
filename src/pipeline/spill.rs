//! Facts on disk between the two passes, so that memory does not grow with the corpus.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

/// Records in the order in which they were pushed; the file has no name and vanishes with the process.
pub(super) struct Spill {
    file: BufWriter<File>,
    bytes: u64,
}

impl Spill {
    pub fn new() -> io::Result<Self> {
        Ok(Spill { file: BufWriter::with_capacity(1 << 20, tempfile::tempfile()?), bytes: 0 })
    }

    pub fn push(&mut self, record: &[u8]) -> io::Result<()> {
        let length = u32::try_from(record.len()).map_err(|_| io::Error::other("a document's facts exceed 4 GiB"))?;
        self.file.write_all(&length.to_le_bytes())?;
        self.file.write_all(record)?;
        self.bytes += record.len() as u64;
        Ok(())
    }

    /// Bytes of all records.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    pub fn into_reader(self) -> io::Result<SpillReader> {
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(SpillReader { file: BufReader::with_capacity(1 << 20, file), rest: self.bytes, starts: Vec::new(), at: 0 })
    }
}

pub(super) struct SpillReader {
    file: BufReader<File>,
    rest: u64,
    /// Where each record that was read begins.
    starts: Vec<u64>,
    at: u64,
}

impl SpillReader {
    /// The next records, about `bytes` of them; none at the end.
    pub fn next(&mut self, bytes: usize) -> io::Result<Vec<Vec<u8>>> {
        let mut records = Vec::new();
        let mut read = 0;
        while read < bytes && self.rest > 0 {
            let record = self.read()?;
            self.starts.push(self.at);
            self.at += record.len() as u64 + 4;
            read += record.len();
            self.rest -= record.len() as u64;
            records.push(record);
        }
        Ok(records)
    }

    /// A record that was read before, by its number. [`Self::next`] must not follow.
    pub fn record(&mut self, number: usize) -> io::Result<Vec<u8>> {
        let start = self.starts.get(number).ok_or_else(|| io::Error::other("no such document was spilled"))?;
        self.file.seek(SeekFrom::Start(*start))?;
        self.read()
    }

    fn read(&mut self) -> io::Result<Vec<u8>> {
        let mut length = [0; 4];
        self.file.read_exact(&mut length)?;
        let mut record = vec![0; u32::from_le_bytes(length) as usize];
        self.file.read_exact(&mut record)?;
        Ok(record)
    }
}
