//! What a file is, told by its first bytes; its name only decides where those leave it open.

use super::separator::{is_header, is_separator};
use super::{Hint, Why};
use crate::words;

/// How much is looked at.
pub(super) const LOOK: usize = 64 << 10;

/// What a file is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Many messages parted by `From ` lines.
    Mbox,
    /// One message.
    Message,
    /// One message of Apple Mail.
    Emlx,
    /// A zip archive.
    Zip,
    /// Compressed by gzip; a tar or one of the others inside.
    Gzip,
    /// Compressed by zstd; a tar or one of the others inside.
    Zstd,
    /// A tar archive.
    Tar,
    /// Nothing that is read here.
    Other(Why),
}

impl Form {
    /// By the first [`LOOK`] bytes of a file (all, when it is shorter) and its name.
    pub fn of(start: &[u8], hint: &Hint) -> Form {
        if let Some(form) = magic(start) {
            return form;
        }
        let bare = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
        let text = bare.trim_ascii_start();
        if text.is_empty() {
            let is_held = hint.is_message && !start.is_empty();
            return if is_held { Form::Message } else { Form::Other(Why::Empty) };
        }
        if hint.is_emlx && super::emlx::length(start).is_some() {
            return Form::Emlx;
        }
        if is_separator(text) && !hint.is_emlx {
            return Form::Mbox;
        }
        if is_utf16(start) {
            return Form::Other(Why::Utf16);
        }
        if hint.is_message {
            return Form::Message;
        }
        if super::emlx::length(start).is_some_and(|(_, from)| looks_like_mail(&start[from..])) {
            return Form::Emlx;
        }
        // An mbox that lost its first separator, or has noise before it.
        let has_separator = || {
            memchr::memmem::find_iter(start, b"\n\nFrom ").any(|i| is_separator(&start[i + 2..]))
                || memchr::memmem::find_iter(start, b"\n\r\nFrom ")
                    .any(|i| is_separator(&start[i + 3..]))
        };
        if has_separator() {
            return Form::Mbox;
        }
        match looks_like_mail(text) {
            true if hint.is_mbox => Form::Mbox,
            true => Form::Message,
            false => Form::Other(Why::NotMail),
        }
    }
}

fn magic(start: &[u8]) -> Option<Form> {
    const KINDS: [(&[u8], Form); 10] = [
        (b"PK\x03\x04", Form::Zip),
        (b"PK\x05\x06", Form::Zip),
        (b"\x1f\x8b", Form::Gzip),
        (b"\x28\xb5\x2f\xfd", Form::Zstd),
        (b"!BDN", Form::Other(Why::Outlook)),
        (b"BZh", Form::Other(Why::UnknownArchive)),
        (b"\xfd7zXZ\0", Form::Other(Why::UnknownArchive)),
        (b"7z\xbc\xaf\x27\x1c", Form::Other(Why::UnknownArchive)),
        (b"Rar!\x1a\x07", Form::Other(Why::UnknownArchive)),
        (b"%PDF-", Form::Other(Why::NotMail)),
    ];
    if let Some((_, form)) = KINDS.iter().find(|(magic, _)| start.starts_with(magic)) {
        return Some(*form);
    }
    (start.get(257..262) == Some(b"ustar")).then_some(Form::Tar)
}

/// Whether text begins with the headers of a mail: at least two that mails have, before any line
/// that is no header.
fn looks_like_mail(text: &[u8]) -> bool {
    const KNOWN: [&str; 14] = [
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "received",
        "return-path",
        "mime-version",
        "delivered-to",
        "content-type",
        "reply-to",
        "cc",
        "x-gm-thrid",
        "dkim-signature",
    ];
    let mut known = 0;
    for line in text.split(|&c| c == b'\n').take(200) {
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        if line.trim_ascii().is_empty() || !is_header(line) {
            break;
        }
        let name = line.split(|&c| c == b':').next().unwrap_or_default();
        let name = words::guess(name).trim().to_ascii_lowercase();
        known += usize::from(KNOWN.contains(&name.as_str()));
        if known == 2 {
            return true;
        }
    }
    false
}

/// Text in UTF-16: a byte order mark, or zeros at every other place.
fn is_utf16(start: &[u8]) -> bool {
    if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
        return true;
    }
    let head = &start[..start.len().min(256)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&c| c == 0).count();
    head.len() >= 16 && (zeros(0) > head.len() * 2 / 5) != (zeros(1) > head.len() * 2 / 5)
}
