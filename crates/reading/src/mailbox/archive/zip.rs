//! Entries of a zip by its central directory (APPNOTE 6.3.10), in memory that does not grow with
//! their number.
//!
//! The `zip` crate holds about half a kilobyte for each entry before the first is read; a folder
//! of 400,000 mails would not fit our bound.

use super::super::window::Window;
use super::{Finish, Form, Guard, Input, Mark, Place, See, Why, entry, form, hint, pass, skip};
use crate::{limits, words};
use flate2::{Crc, read::DeflateDecoder};
use std::cell::Cell;
use std::io::{self, Read, SeekFrom};
use std::rc::Rc;

/// Reads the entries from `from` on.
pub(in super::super) fn read(
    at: &mut Place,
    input: &mut dyn Input,
    from: Mark,
    see: &mut See<'_>,
) -> io::Result<Finish> {
    let end = Mark { entry: u64::MAX, ..Mark::default() };
    if from.entry == u64::MAX {
        return Ok(Finish::Done);
    }
    let Some(directory) = Directory::find(input)? else {
        return Ok(skip(at.clone(), Why::Damaged, end, see));
    };
    if directory.entries == 0 {
        return Ok(skip(at.clone(), Why::Empty, end, see));
    }
    match directory.overlaps(input, from.entry)? {
        Some(true) => return Ok(skip(at.clone(), Why::Overlapping, end, see)),
        Some(false) => {}
        None => return Ok(skip(at.clone(), Why::Damaged, end, see)),
    }
    let mut walk = Walk::new(&directory);
    let mut index = 0;
    while let Some(file) = walk.next(input)? {
        let this =
            if index == from.entry { from } else { Mark { entry: index, ..Mark::default() } };
        if index >= from.entry + limits::ARCHIVE_ENTRIES {
            return Ok(Finish::GoOn(this));
        }
        index += 1;
        if this.entry < from.entry || file.name.ends_with(['/', '\\']) {
            continue;
        }
        if let Finish::GoOn(mark) = one(at, input, &directory, file, this, see)? {
            return Ok(Finish::GoOn(mark));
        }
    }
    Ok(Finish::Done)
}

/// Reads one entry.
fn one(
    at: &Place,
    input: &mut dyn Input,
    directory: &Directory,
    file: File,
    this: Mark,
    see: &mut See<'_>,
) -> io::Result<Finish> {
    let next = Mark { entry: this.entry + 1, ..Mark::default() };
    let hint = hint(&file.name);
    let place = Place { inner: Some(file.name), ..at.clone() };
    let refused = if file.is_link {
        Some(Why::NotAFile)
    } else if file.is_encrypted {
        Some(Why::Encrypted)
    } else {
        hint.skip
    };
    if let Some(why) = refused {
        return Ok(skip(place, why, next, see));
    }
    let Some(start) = directory.content(input, file.header)? else {
        return Ok(skip(place, Why::Damaged, next, see));
    };
    input.seek(SeekFrom::Start(start))?;
    let packed = input.take(file.packed);
    let plain: Box<dyn Read + '_> = match file.method {
        0 => Box::new(packed),
        8 => Box::new(DeflateDecoder::new(packed)),
        93 => match zstd::stream::read::Decoder::new(packed) {
            Ok(decoder) => Box::new(decoder),
            Err(_) => return Ok(skip(place, Why::Damaged, next, see)),
        },
        _ => return Ok(skip(place, Why::UnknownArchive, next, see)),
    };
    let trouble = Rc::new(Cell::new(None));
    let checked = Checked { inner: plain, crc: Crc::new(), length: file.length, sum: file.crc };
    let guard = Guard::new(checked, Rc::new(Cell::new(file.packed)), &trouble);
    let mut window = Window::new(guard, 0);
    let finish = (|| {
        window.fill(form::LOOK)?;
        let form = Form::of(window.data(), &hint);
        pass(&mut window, this.offset)?;
        entry(&place, &hint, form, &mut window, this, see)
    })();
    match (finish, trouble.get()) {
        (Ok(finish), _) => Ok(finish),
        (Err(_), Some(why)) => Ok(skip(place, why, next, see)),
        (Err(error), None) => Err(error),
    }
}

/// Fails at the end of an entry whose length or checksum is not what the directory says.
struct Checked<R> {
    inner: R,
    crc: Crc,
    length: u64,
    sum: u32,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(out)?;
        self.crc.update(&out[..n]);
        // `Crc` counts in 32 bits; a longer entry is held to its length by the checksum.
        let wrong = n == 0
            && !out.is_empty()
            && (self.crc.sum() != self.sum || self.crc.amount() != self.length as u32);
        if wrong {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "checksum"));
        }
        Ok(n)
    }
}

/// Where the central directory lies.
struct Directory {
    start: u64,
    end: u64,
    entries: u64,
    /// Bytes before the archive's own first byte (a self-extracting program, junk).
    shift: u64,
    file: u64,
}

/// One line of it.
struct File {
    name: String,
    header: u64,
    packed: u64,
    length: u64,
    crc: u32,
    method: u16,
    is_encrypted: bool,
    is_link: bool,
}

impl Directory {
    /// By the record at the end of the file (4.3.16), or its 64-bit form (4.3.14).
    fn find(input: &mut dyn Input) -> io::Result<Option<Directory>> {
        let file = input.seek(SeekFrom::End(0))?;
        let from = file.saturating_sub(22 + 0xffff + 20);
        input.seek(SeekFrom::Start(from))?;
        let mut tail = Vec::new();
        input.take(file - from).read_to_end(&mut tail)?;
        let Some(at) = memchr::memmem::rfind(&tail, b"PK\x05\x06") else { return Ok(None) };
        let record = &tail[at..];
        if record.len() < 22 {
            return Ok(None);
        }
        let mut found = Directory {
            entries: u64::from(u16_at(record, 10)),
            start: u64::from(u32_at(record, 16)),
            end: u64::from(u32_at(record, 16)) + u64::from(u32_at(record, 12)),
            shift: 0,
            file,
        };
        let mut record_at = from + at as u64;
        if let Some(locator) = at.checked_sub(20).and_then(|i| tail.get(i..i + 20))
            && locator.starts_with(b"PK\x06\x07")
        {
            let mut big = [0; 56];
            record_at = u64_at(locator, 8);
            input.seek(SeekFrom::Start(record_at))?;
            if input.read_exact(&mut big).is_err() || !big.starts_with(b"PK\x06\x06") {
                return Ok(None);
            }
            found.entries = u64_at(&big, 32);
            found.start = u64_at(&big, 48);
            let Some(end) = found.start.checked_add(u64_at(&big, 40)) else { return Ok(None) };
            found.end = end;
        }
        // The directory ends where its record begins.
        let Some(shift) = record_at.checked_sub(found.end) else { return Ok(None) };
        found.shift = shift;
        found.start += shift;
        found.end += shift;
        Ok(Some(found))
    }

    /// Whether two of the entries of this step share bytes; `None` when the directory is broken.
    fn overlaps(&self, input: &mut dyn Input, from: u64) -> io::Result<Option<bool>> {
        let mut ranges = Vec::new();
        let mut walk = Walk::new(self);
        let mut count = 0u64;
        while let Some(file) = walk.next(input)? {
            count += 1;
            if count > from {
                let end = file.header.saturating_add(file.packed).saturating_add(30);
                if end.saturating_add(self.shift) > self.file {
                    return Ok(None);
                }
                ranges.push((file.header, end));
            }
            if ranges.len() as u64 >= limits::ARCHIVE_ENTRIES {
                break;
            }
        }
        if count == 0 {
            return Ok(None);
        }
        ranges.sort_unstable();
        Ok(Some(ranges.windows(2).any(|w| w[1].0 < w[0].1)))
    }

    /// Where the content of an entry begins, behind its own header (4.3.7).
    fn content(&self, input: &mut dyn Input, header: u64) -> io::Result<Option<u64>> {
        let at = header.saturating_add(self.shift);
        input.seek(SeekFrom::Start(at))?;
        let mut local = [0; 30];
        if input.read_exact(&mut local).is_err() || !local.starts_with(b"PK\x03\x04") {
            return Ok(None);
        }
        Ok(Some(at + 30 + u64::from(u16_at(&local, 26)) + u64::from(u16_at(&local, 28))))
    }
}

/// Goes through the directory a piece at a time: the input is read elsewhere in between.
struct Walk {
    at: u64,
    end: u64,
    held: Vec<u8>,
    used: usize,
}

/// Enough for one line with its longest name, extra field and comment.
const LINE: usize = 46 + 3 * 0xffff;

impl Walk {
    fn new(directory: &Directory) -> Walk {
        Walk { at: directory.start, end: directory.end, held: Vec::new(), used: 0 }
    }

    fn next(&mut self, input: &mut dyn Input) -> io::Result<Option<File>> {
        if self.held.len() - self.used < LINE && self.at < self.end {
            self.held.drain(..self.used);
            self.used = 0;
            input.seek(SeekFrom::Start(self.at))?;
            let want = (self.end - self.at).min(4 * LINE as u64);
            let n = input.take(want).read_to_end(&mut self.held)?;
            self.at = if n == 0 { self.end } else { self.at + n as u64 };
        }
        let Some((file, length)) = File::read(&self.held[self.used..]) else { return Ok(None) };
        self.used += length;
        Ok(Some(file))
    }
}

impl File {
    /// One line of the directory (4.3.12) and its length.
    fn read(line: &[u8]) -> Option<(File, usize)> {
        if line.len() < 46 || !line.starts_with(b"PK\x01\x02") {
            return None;
        }
        let (name, extra, comment) = (u16_at(line, 28), u16_at(line, 30), u16_at(line, 32));
        let name_end = 46 + usize::from(name);
        let extra_end = name_end + usize::from(extra);
        let line = line.get(..extra_end + usize::from(comment))?;
        let name = words::guess(line.get(46..name_end)?).into_owned();
        let is_unix = line[5] == 3;
        let mut file = File {
            name,
            method: u16_at(line, 10),
            crc: u32_at(line, 16),
            packed: u64::from(u32_at(line, 20)),
            length: u64::from(u32_at(line, 24)),
            header: u64::from(u32_at(line, 42)),
            is_encrypted: u16_at(line, 8) & 1 != 0,
            is_link: is_unix && u32_at(line, 38) >> 28 == 0o12,
        };
        file.widen(line.get(name_end..extra_end)?);
        Some((file, line.len()))
    }

    /// Numbers that need 64 bits stand in an extra field (4.5.3).
    fn widen(&mut self, mut extra: &[u8]) {
        while extra.len() >= 4 {
            let (id, length) = (u16_at(extra, 0), usize::from(u16_at(extra, 2)));
            let Some(mut data) = extra.get(4..4 + length) else { return };
            extra = &extra[4 + length..];
            if id == 1 {
                for number in [&mut self.length, &mut self.packed, &mut self.header] {
                    if *number == 0xffff_ffff && data.len() >= 8 {
                        *number = u64_at(data, 0);
                        data = &data[8..];
                    }
                }
                return;
            }
        }
    }
}

/// Little-endian numbers; zero beyond the end, which no valid line has.
fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16_at(bytes, at)) | u32::from(u16_at(bytes, at + 2)) << 16
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}
