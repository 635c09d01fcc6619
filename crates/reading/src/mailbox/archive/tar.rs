//! Entries of a tar, one after the other; links and devices are not followed.

use super::super::window::Window;
use super::{Finish, Form, Mark, Place, See, Why, entry, form, hint, pass, skip};
use crate::{limits, words};
use std::io;

pub(super) fn read(
    at: &mut Place,
    window: &mut Window<'_>,
    from: Mark,
    see: &mut See<'_>,
) -> io::Result<Finish> {
    let mut archive = ::tar::Archive::new(window);
    for (index, file) in archive.entries()?.enumerate() {
        let index = index as u64;
        let file = file?;
        if index < from.entry {
            continue;
        }
        let this =
            if index == from.entry { from } else { Mark { entry: index, ..Mark::default() } };
        if index >= from.entry + limits::ARCHIVE_ENTRIES {
            return Ok(Finish::GoOn(this));
        }
        let kind = file.header().entry_type();
        if kind.is_dir() || kind.is_pax_global_extensions() {
            continue;
        }
        let next = Mark { entry: index + 1, ..Mark::default() };
        let name = words::guess(&file.path_bytes()).into_owned();
        let place = Place { inner: Some(name), ..at.clone() };
        let name = place.inner.as_deref().unwrap_or_default();
        let hint = hint(name);
        let finish = if !(kind.is_file() || kind.is_contiguous()) {
            skip(place, Why::NotAFile, next, see)
        } else if let Some(why) = hint.skip {
            skip(place, why, next, see)
        } else {
            let mut inner = Window::new(file, 0);
            inner.fill(form::LOOK)?;
            let form = Form::of(inner.data(), &hint);
            pass(&mut inner, this.offset)?;
            entry(&place, &hint, form, &mut inner, this, see)?
        };
        if let Finish::GoOn(_) = finish {
            return Ok(finish);
        }
    }
    Ok(Finish::Done)
}
