//! Facts on disk between the two passes, so that memory does not grow with the corpus.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use postcard::ser_flavors::Flavor;

use crate::ingest::{Reason, Rejection};
use crate::model::{Facts, Record};

/// Facts as they are spilled: the encoding of their [`Record`].
pub(super) fn encoded(facts: &Facts) -> Result<Vec<u8>, Rejection> {
    // some more than most take, so that nothing is moved on the way
    let bytes = Encoded(Vec::with_capacity(3 * facts.source.len() + 1024));
    postcard::serialize_with_flavor(&Record::of(facts), bytes).map_err(|error| Rejection {
        path: facts.document.key.clone(),
        reason: Reason::Unreadable,
        detail: format!("its facts can't be stored ({error})"),
    })
}

/// Bytes that grow.
struct Encoded(Vec<u8>);

impl Flavor for Encoded {
    type Output = Vec<u8>;

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<Vec<u8>> {
        Ok(self.0)
    }
}

/// Records in the order in which they were pushed; the file has no name and vanishes with the process.
pub(super) struct Spill {
    file: BufWriter<File>,
    /// Where each record ends.
    ends: Vec<u64>,
}

impl Spill {
    pub fn new() -> io::Result<Self> {
        Ok(Spill { file: BufWriter::with_capacity(1 << 20, tempfile::tempfile()?), ends: Vec::new() })
    }

    pub fn push(&mut self, record: &[u8]) -> io::Result<()> {
        self.file.write_all(record)?;
        self.ends.push(self.bytes() + record.len() as u64);
        Ok(())
    }

    /// Bytes of all records.
    pub fn bytes(&self) -> u64 {
        self.ends.last().copied().unwrap_or_default()
    }

    pub fn into_reader(self) -> io::Result<SpillReader> {
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(SpillReader { file, ends: self.ends, read: 0 })
    }
}

/// Records that follow each other.
#[derive(Default)]
pub(super) struct Records {
    bytes: Vec<u8>,
    ranges: Vec<Range<usize>>,
}

impl Records {
    /// Where each record stands, to be given to [`Self::record`].
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.ranges
    }

    pub fn record(&self, range: &Range<usize>) -> &[u8] {
        &self.bytes[range.clone()]
    }
}

pub(super) struct SpillReader {
    file: File,
    ends: Vec<u64>,
    /// Records that [`Self::next`] has read.
    read: usize,
}

impl SpillReader {
    /// Reads the next records, about `bytes` of them, in place of those that `records` holds; none at the end.
    pub fn next(&mut self, bytes: u64, records: &mut Records) -> io::Result<()> {
        let from = self.start(self.read);
        let full = self.ends[self.read..].iter().position(|end| end - from >= bytes);
        let ends = &self.ends[self.read..full.map_or(self.ends.len(), |last| self.read + last + 1)];
        let lengths = ends.iter().scan(0, |start, end| {
            let range = *start..(end - from) as usize;
            *start = range.end;
            Some(range)
        });
        records.ranges.clear();
        records.ranges.extend(lengths);
        self.read += ends.len();
        records.bytes.resize(records.ranges.last().map_or(0, |range| range.end), 0);
        self.file.read_exact(&mut records.bytes)
    }

    /// A record by its number. [`Self::next`] must not follow.
    pub fn record(&mut self, number: usize) -> io::Result<Vec<u8>> {
        let end = *self.ends.get(number).ok_or_else(|| io::Error::other("no such document was spilled"))?;
        let start = self.start(number);
        self.file.seek(SeekFrom::Start(start))?;
        let mut record = vec![0; (end - start) as usize];
        self.file.read_exact(&mut record)?;
        Ok(record)
    }

    fn start(&self, number: usize) -> u64 {
        number.checked_sub(1).map_or(0, |before| self.ends[before])
    }
}
