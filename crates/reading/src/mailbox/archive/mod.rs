//! Archives read without unpacking: each entry passes through as a stream, its name is never used
//! as a path, and what unpacks to absurd size is left out.

mod guard;
mod tar;
mod zip;

pub(super) use zip::read as zip;

use super::window::Window;
use super::{Finish, Form, Input, Mark, Place, See, Why, entry, form, hint, skip};
use guard::{Counted, Guard};
use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

/// Reads a tar, or a file that was compressed as a whole (a tar in it, or a mailbox).
pub(super) fn stream(
    at: &mut Place,
    input: &mut dyn Input,
    form: Form,
    from: Mark,
    see: &mut See<'_>,
) -> io::Result<Finish> {
    let packed = Rc::new(Cell::new(0));
    let trouble = Rc::new(Cell::new(None));
    let counted = BufReader::with_capacity(64 << 10, Counted::new(input, &packed));
    let plain: Box<dyn Read + '_> = match form {
        Form::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(counted)),
        Form::Zstd => match zstd::stream::read::Decoder::with_buffer(counted) {
            Ok(mut decoder) => {
                // 2^27: what `zstd --ultra` needs at most without `--long=31`.
                decoder.window_log_max(27)?;
                Box::new(decoder)
            }
            Err(_) => return Ok(skip(at.clone(), Why::Damaged, done(from), see)),
        },
        _ => Box::new(counted),
    };
    let guard = Guard::new(plain, packed, &trouble).keeping_what_came_before();
    let mut window = Window::new(guard, 0);
    let finish = inside(at, form, &mut window, from, see);
    match (finish, trouble.get()) {
        (Ok(Finish::GoOn(mark)), _) => Ok(Finish::GoOn(mark)),
        (_, Some(why)) => Ok(skip(at.clone(), why, done(from), see)),
        (Err(error), None) if error.raw_os_error().is_none() => {
            Ok(skip(at.clone(), Why::Damaged, done(from), see))
        }
        (finish, None) => finish,
    }
}

/// What stands in the unpacked stream.
fn inside(
    at: &mut Place,
    form: Form,
    window: &mut Window<'_>,
    from: Mark,
    see: &mut See<'_>,
) -> io::Result<Finish> {
    window.fill(form::LOOK)?;
    let name = ["gz", "zst", "tgz", "GZ"]
        .iter()
        .find_map(|e| at.path.strip_suffix(e)?.strip_suffix('.'))
        .unwrap_or(&at.path);
    let hint = hint(name);
    let inner = Form::of(window.data(), &hint);
    if inner == Form::Tar {
        return tar::read(at, window, from, see);
    }
    if form == Form::Tar {
        return Ok(skip(at.clone(), Why::Damaged, done(from), see));
    }
    pass(window, from.offset)?;
    entry(at, &hint, inner, window, from, see)
}

/// Passes over what an earlier reading took.
fn pass(window: &mut Window<'_>, bytes: u64) -> io::Result<()> {
    io::copy(&mut window.take(bytes), &mut io::sink()).map(|_| ())
}

fn done(from: Mark) -> Mark {
    Mark { entry: from.entry + 1, ..Mark::default() }
}

#[cfg(test)]
mod tests;
