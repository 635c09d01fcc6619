//! One mail: its headers decoded, its bodies as text, its attachments listed.

mod address;
mod attachment;
mod body;
mod date;

pub use address::Address;
pub use attachment::{Attachment, clean_name, opens_as};

use crate::{limits, words};
use mail_parser::{Message, MessageParser};
use mesinfos_domain::Problem;
use std::borrow::Cow;

/// A mail as it was read. Nothing in it is trusted.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    /// All headers in order, names as written, values unfolded and RFC 2047 words decoded.
    pub headers: Vec<Header>,
    /// The subject, decoded; empty when there is none.
    pub subject: String,
    /// Who wrote, by the From header; the first when several.
    pub from: Option<Address>,
    /// Where answers go.
    pub reply_to: Option<Address>,
    /// Sender, when there is one.
    pub sender: Option<Address>,
    /// To.
    pub to: Vec<Address>,
    /// Cc.
    pub cc: Vec<Address>,
    /// Date header, microseconds since 1970 (UTC); when it is missing or makes no sense, that of
    /// the last Received header, and a problem says so.
    pub date: Option<i64>,
    /// Minutes east of UTC that the date gave: the reader's civil day depends on it.
    pub date_offset: i32,
    /// Message-ID without its angle brackets.
    pub message_id: Option<String>,
    /// The plain-text body: all inline text parts, without a placeholder beside HTML.
    pub text: Option<String>,
    /// The HTML body: all inline HTML parts.
    pub html: Option<String>,
    /// Attachments and inline pictures.
    pub attachments: Vec<Attachment>,
    /// Messages attached as `message/rfc822`, as their bytes.
    pub embedded: Vec<Vec<u8>>,
    /// What was odd.
    pub problems: Vec<Problem>,
    /// How many messages this one stands in.
    depth: usize,
}

/// One header.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Header {
    /// As written.
    pub name: String,
    /// Unfolded and decoded.
    pub value: String,
}

impl Mail {
    /// Reads one message (RFC 5322, MIME). Never fails: what is missing is empty, what is odd is
    /// a problem. Messages over [`limits::MESSAGE_BYTES`] are read no further than their headers.
    pub fn read(bytes: &[u8]) -> Mail {
        let mut mail = Mail::default();
        mail.fill(bytes);
        mail
    }

    /// An attached message; `None` beyond [`limits::EMBEDDED_DEPTH`].
    pub fn inner(&self, number: usize) -> Option<Mail> {
        let bytes = self.embedded.get(number)?;
        let mut mail = Mail { depth: self.depth + 1, ..Mail::default() };
        if mail.depth > limits::EMBEDDED_DEPTH {
            return None;
        }
        mail.fill(bytes);
        Some(mail)
    }

    /// The first header of this name (any case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name)).map(|h| h.value.as_str())
    }

    /// All headers of this name, in order.
    pub fn headers_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.headers
            .iter()
            .filter(move |h| h.name.eq_ignore_ascii_case(name))
            .map(|h| h.value.as_str())
    }

    /// The decoded content of one attachment of the message that `bytes` are.
    pub fn content(bytes: &[u8], part: u32) -> Option<Vec<u8>> {
        let bytes = mended(bytes);
        let message = parser().parse(bytes.as_ref())?;
        Some(message.part(part)?.contents().to_vec())
    }

    fn fill(&mut self, bytes: &[u8]) {
        let whole = mended(bytes);
        let mut bytes = whole.as_ref();
        if bytes.len() > limits::MESSAGE_BYTES {
            self.note("mail-too-large", format!("{} bytes", bytes.len()));
            bytes = &bytes[..header_end(bytes).min(limits::HEADER_BLOCK_BYTES)];
        }
        let Some(mut message) = parser().parse(bytes).filter(|m| !m.headers().is_empty()) else {
            // Text where headers are expected is still text.
            let code = if bytes.trim_ascii().is_empty() { "mail-empty" } else { "mail-no-headers" };
            self.note(code, "byte 0");
            let text = words::guess(bytes);
            self.text =
                Some(body::cut(text.trim().to_owned(), limits::TEXT_BYTES, &mut Vec::new()))
                    .filter(|t| !t.is_empty());
            return;
        };
        self.take_headers(&message, bytes);
        body::read(self, &mut message, bytes);
    }

    fn take_headers(&mut self, message: &Message<'_>, bytes: &[u8]) {
        let mut addressed = Addressed::default();
        for h in message.headers() {
            let name = bytes
                .get(h.offset_field as usize..h.offset_start as usize)
                .unwrap_or_default()
                .trim_ascii();
            let name = words::guess(name.strip_suffix(b":").unwrap_or(name).trim_ascii_end());
            let mut raw =
                bytes.get(h.offset_start as usize..h.offset_end as usize).unwrap_or_default();
            if h.offset_end as usize > limits::HEADER_BLOCK_BYTES {
                self.note("mail-headers-too-large", name.chars().take(60).collect::<String>());
                break;
            }
            if raw.len() > limits::HEADER_BYTES {
                self.note("mail-header-too-long", name.chars().take(60).collect::<String>());
                raw = &raw[..limits::HEADER_BYTES];
            }
            addressed.take(&name, raw);
            self.headers.push(Header { name: name.into_owned(), value: words::decode(raw) });
        }
        self.subject = self.header("subject").unwrap_or_default().to_owned();
        if addressed.from_headers > 1 || addressed.from.len() > 1 {
            self.note("mail-several-from", "From");
        }
        let several = |name| self.headers_named(name).count() > 1;
        if several("content-type") {
            self.note("mail-content-type-twice", "Content-Type");
        }
        if addressed.to.len() + addressed.cc.len() > limits::RECIPIENTS {
            self.note("mail-too-many-recipients", "To");
            addressed.to.truncate(limits::RECIPIENTS);
            addressed.cc.truncate(limits::RECIPIENTS - addressed.to.len());
        }
        self.from = addressed.from.into_iter().next();
        self.reply_to = addressed.reply_to.into_iter().next();
        self.sender = addressed.sender.into_iter().next();
        (self.to, self.cc) = (addressed.to, addressed.cc);
        self.message_id = self.header("message-id").and_then(id);
        date::read(self);
    }

    fn note(&mut self, code: &str, place: impl Into<String>) {
        self.problems.push(Problem::new(code, place));
    }
}

/// The address headers, collected.
#[derive(Default)]
struct Addressed {
    from: Vec<Address>,
    from_headers: usize,
    reply_to: Vec<Address>,
    sender: Vec<Address>,
    to: Vec<Address>,
    cc: Vec<Address>,
}

impl Addressed {
    fn take(&mut self, name: &str, raw: &[u8]) {
        let is = |what: &str| name.eq_ignore_ascii_case(what);
        let (list, most) = if is("from") {
            self.from_headers += 1;
            (&mut self.from, 16)
        } else if is("to") {
            (&mut self.to, limits::RECIPIENTS + 1)
        } else if is("cc") {
            (&mut self.cc, limits::RECIPIENTS + 1)
        } else if is("reply-to") {
            (&mut self.reply_to, 16)
        } else if is("sender") {
            (&mut self.sender, 16)
        } else {
            return;
        };
        address::read(&words::guess(raw), list, most);
    }
}

/// Only what the structure of a message needs; the rest is read here.
fn parser() -> MessageParser {
    MessageParser::new().with_mime_headers().default_header_ignore()
}

/// An identifier between angle brackets, or bare as some programs write it.
fn id(value: &str) -> Option<String> {
    let inner = match value.split_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or(rest),
        None => value,
    };
    let inner = inner.trim();
    (!inner.is_empty() && inner.len() <= 998).then(|| inner.to_owned())
}

/// What no reader of messages should have to know: a byte order mark, an mbox separator or blank
/// lines before the first header, lines that end in CR alone, a first boundary right below the headers.
fn mended(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut at = 0;
    if bytes.starts_with(b"\xef\xbb\xbf") {
        at = 3;
    }
    while let Some(b'\n' | b'\r') = bytes.get(at) {
        at += 1;
    }
    let rest = &bytes[at..];
    if rest.starts_with(b"From ") || rest.starts_with(b">From ") {
        at += memchr::memchr(b'\n', rest).map_or(rest.len(), |i| i + 1);
    }
    let rest = &bytes[at..];
    if memchr::memchr(b'\n', rest).is_none() && memchr::memchr(b'\r', rest).is_some() {
        return Cow::Owned(rest.iter().map(|&c| if c == b'\r' { b'\n' } else { c }).collect());
    }
    match boundary_among_headers(rest) {
        Some(at) => Cow::Owned([&rest[..at], b"\n", &rest[at..]].concat()),
        None => Cow::Borrowed(rest),
    }
}

/// Where a boundary stands in the header block, whose blank line was lost.
fn boundary_among_headers(bytes: &[u8]) -> Option<usize> {
    let head = &bytes[..header_end(bytes).min(limits::HEADER_BLOCK_BYTES)];
    let at = memchr::memmem::find(head, b"\n--")? + 1;
    let above = String::from_utf8_lossy(&head[..at]).to_ascii_lowercase();
    above.contains("boundary=").then_some(at)
}

fn header_end(bytes: &[u8]) -> usize {
    let find = |sep: &[u8]| memchr::memmem::find(bytes, sep).map(|i: usize| i + sep.len());
    [find(b"\r\n\r\n"), find(b"\n\n")].into_iter().flatten().min().unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests;
