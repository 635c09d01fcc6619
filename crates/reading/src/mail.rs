//! One mail: its headers decoded, its bodies as text, its attachments listed.

use crate::limits;
use mail_parser::{MessageParser, MessagePart, MimeHeaders, PartType};
use mesinfos_domain::Problem;
use serde::{Deserialize, Serialize};
use std::ops::Range;

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
    /// Sender, when it differs from From.
    pub sender: Option<Address>,
    /// To.
    pub to: Vec<Address>,
    /// Cc.
    pub cc: Vec<Address>,
    /// Date header, microseconds since 1970 (UTC).
    pub date: Option<i64>,
    /// Minutes east of UTC that the Date header gave: the reader's civil day depends on it.
    pub date_offset: i32,
    /// Message-ID without its angle brackets.
    pub message_id: Option<String>,
    /// The plain-text body.
    pub text: Option<String>,
    /// The HTML body.
    pub html: Option<String>,
    /// Attachments and inline pictures.
    pub attachments: Vec<Attachment>,
    /// Messages attached as `message/rfc822`, as their bytes.
    pub embedded: Vec<Vec<u8>>,
    /// What was odd.
    pub problems: Vec<Problem>,
}

/// One header.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Header {
    /// As written.
    pub name: String,
    /// Unfolded and decoded.
    pub value: String,
}

/// An address with the name shown beside it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Address {
    /// The displayed name; may be empty.
    pub name: String,
    /// `local@domain`, the domain in lower case; may be malformed.
    pub address: String,
}

impl Address {
    /// What stands after the last `@`.
    pub fn domain(&self) -> Option<&str> {
        self.address.rsplit_once('@').map(|(_, d)| d).filter(|d| !d.is_empty())
    }
    /// What stands before the last `@`.
    pub fn local(&self) -> &str {
        self.address.rsplit_once('@').map_or(self.address.as_str(), |(l, _)| l)
    }
}

/// A part that is not a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attachment {
    /// Its number among the message's MIME parts, to fetch its content with [`Mail::content`].
    pub part: u32,
    /// The name as given: hostile until cleaned.
    pub name: Option<String>,
    /// `type/subtype` in lower case.
    pub media_type: String,
    /// Decoded size in bytes.
    pub size: u64,
    /// Content-ID without its brackets: what `cid:` addresses name.
    pub content_id: Option<String>,
    /// Whether it is meant to be shown in the body.
    pub is_inline: bool,
}

impl Mail {
    /// Reads one message (RFC 5322, MIME). Never fails: what is missing is empty, what is odd is
    /// a problem. Messages over [`limits::MESSAGE_BYTES`] are read no further than their headers.
    pub fn read(bytes: &[u8]) -> Mail {
        read(bytes)
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
        let message = MessageParser::default().parse(bytes)?;
        Some(message.part(part)?.contents().to_vec())
    }
}

fn read(bytes: &[u8]) -> Mail {
    let mut mail = Mail::default();
    let bytes = if bytes.len() > limits::MESSAGE_BYTES {
        mail.problems.push(Problem::new("mail-too-large", format!("{} bytes", bytes.len())));
        &bytes[..header_end(bytes).min(limits::HEADER_BLOCK_BYTES)]
    } else {
        bytes
    };
    let Some(message) = MessageParser::default().parse(bytes) else {
        mail.problems.push(Problem::new("mail-not-readable", "byte 0"));
        return mail;
    };
    for h in message.headers_raw() {
        mail.headers.push(Header { name: h.0.to_owned(), value: unfold(h.1) });
    }
    mail.subject = message.subject().unwrap_or_default().to_owned();
    mail.from = message.from().and_then(|a| a.first()).map(address);
    mail.reply_to = message.reply_to().and_then(|a| a.first()).map(address);
    mail.sender = message.sender().and_then(|a| a.first()).map(address);
    let list = |a: Option<&mail_parser::Address<'_>>| -> Vec<Address> {
        a.map(|a| a.iter().take(limits::RECIPIENTS).map(address).collect()).unwrap_or_default()
    };
    mail.to = list(message.to());
    mail.cc = list(message.cc());
    if let Some(d) = message.date() {
        mail.date = Some(d.to_timestamp().saturating_mul(1_000_000));
        let minutes = i32::from(d.tz_hour) * 60 + i32::from(d.tz_minute);
        mail.date_offset = if d.tz_before_gmt { -minutes } else { minutes };
    }
    mail.message_id = message.message_id().map(str::to_owned);
    for (i, part) in message.parts.iter().enumerate().take(limits::MIME_PARTS) {
        take_part(&mut mail, i as u32, part);
    }
    mail
}

fn take_part(mail: &mut Mail, number: u32, part: &MessagePart<'_>) {
    let is_attachment = part.content_disposition().is_some_and(|d| d.is_attachment());
    match &part.body {
        PartType::Multipart(_) => {}
        PartType::Text(t) if !is_attachment && mail.text.is_none() => {
            mail.text = Some(cut(t, limits::TEXT_BYTES, &mut mail.problems));
        }
        PartType::Html(t) if !is_attachment && mail.html.is_none() => {
            mail.html = Some(t.to_string());
        }
        PartType::Message(inner) => mail.embedded.push(inner.raw_message.to_vec()),
        _ => mail.attachments.push(Attachment {
            part: number,
            name: part.attachment_name().map(str::to_owned),
            media_type: part
                .content_type()
                .map(|c| format!("{}/{}", c.ctype(), c.subtype().unwrap_or("octet-stream")))
                .unwrap_or_else(|| "application/octet-stream".into())
                .to_ascii_lowercase(),
            size: part.len() as u64,
            content_id: part.content_id().map(str::to_owned),
            is_inline: !is_attachment && part.content_id().is_some(),
        }),
    }
}

fn cut(text: &str, limit: usize, problems: &mut Vec<Problem>) -> String {
    if text.len() <= limit {
        return text.to_owned();
    }
    problems.push(Problem::new("mail-body-too-large", format!("{} bytes", text.len())));
    let mut end = limit;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

fn address(a: &mail_parser::Addr<'_>) -> Address {
    let raw = a.address().unwrap_or_default().trim();
    let address = match raw.rsplit_once('@') {
        Some((local, domain)) => format!("{local}@{}", domain.to_ascii_lowercase()),
        None => raw.to_owned(),
    };
    Address { name: a.name().unwrap_or_default().trim().to_owned(), address }
}

/// Joins folded lines (RFC 5322, 2.2.3).
fn unfold(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for (i, line) in raw.lines().enumerate() {
        if i > 0 && !out.ends_with(' ') {
            out.push(' ');
        }
        out.push_str(line.trim());
    }
    out.trim().to_owned()
}

fn header_end(bytes: &[u8]) -> usize {
    let find = |sep: &[u8]| memchr::memmem::find(bytes, sep).map(|i: usize| i + sep.len());
    let ends: Range<usize> = 0..bytes.len();
    [find(b"\r\n\r\n"), find(b"\n\n")].into_iter().flatten().min().unwrap_or(ends.end)
}
