//! Which parts of a message are its text, which its HTML, and what is attached (RFC 2045 to 2049,
//! RFC 3676, RFC 1847).

use super::Mail;
use super::attachment::{Attachment, opens_as};
use crate::{limits, words};
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders, PartType};
use mesinfos_domain::Problem;

/// Fills in bodies, attachments and attached messages.
pub(super) fn read(mail: &mut Mail, message: &mut Message<'_>, bytes: &[u8]) {
    if message.parts.len() > limits::MIME_PARTS {
        mail.note("mail-too-many-parts", format!("{} parts", message.parts.len()));
        message.parts.truncate(limits::MIME_PARTS);
    }
    let mut walk = Walk { mail, message, bytes };
    let found = walk.part(0, 0, true);
    let mut texts = found.text.join("\n");
    let html = found.html.join("\n");
    if !html.is_empty() && is_placeholder(&texts, &html) {
        texts.clear();
    }
    if texts.contains("-----BEGIN PGP MESSAGE-----") {
        mail.note("mail-encrypted", "PGP");
    }
    let problems = &mut mail.problems;
    let some = |t: String| Some(t).filter(|t| !t.trim().is_empty());
    mail.text = some(texts).map(|t| cut(t, limits::TEXT_BYTES, problems));
    mail.html = some(html).map(|t| cut(t, limits::HTML_BYTES, problems));
}

/// What a part and those inside it give to read.
#[derive(Default)]
struct Found {
    text: Vec<String>,
    html: Vec<String>,
}

struct Walk<'m, 'x> {
    mail: &'m mut Mail,
    message: &'m mut Message<'x>,
    bytes: &'m [u8],
}

impl Walk<'_, '_> {
    /// `is_first`: whether this part may be the body even if it has a name.
    fn part(&mut self, id: u32, depth: usize, is_first: bool) -> Found {
        let mut found = Found::default();
        let Some(part) = self.message.parts.get_mut(id as usize) else { return found };
        if depth > limits::MIME_DEPTH {
            self.mail.note("mail-too-deep", format!("part {id}"));
            return found;
        }
        let body = std::mem::take(&mut part.body);
        let kind = kind(part);
        if part.is_encoding_problem && !matches!(body, PartType::Multipart(_)) && id != 0 {
            self.mail.note("mail-part-broken", format!("part {id}"));
        }
        match body {
            PartType::Multipart(children) => return self.multipart(&kind, &children, depth),
            PartType::Message(inner) => {
                let part = &self.message.parts[id as usize];
                let bytes = match part.encoding {
                    Encoding::None => self
                        .bytes
                        .get(part.offset_body as usize..part.offset_end as usize)
                        .unwrap_or_default()
                        .to_vec(),
                    _ => inner.raw_message.into_owned(),
                };
                if self.mail.depth >= limits::EMBEDDED_DEPTH {
                    self.mail.note("mail-inside-mail-too-deep", format!("part {id}"));
                } else if bytes.len() < self.bytes.len() {
                    self.mail.embedded.push(bytes);
                }
            }
            PartType::Text(text) | PartType::Html(text) => {
                let part = &self.message.parts[id as usize];
                if !is_body(part, &kind, is_first) {
                    self.attach(id, &kind, text.as_bytes());
                    return found;
                }
                if kind.starts_with("multipart/") {
                    self.mail.note("mail-boundary-missing", format!("part {id}"));
                }
                let is_html = kind == "text/html" || kind != "text/plain" && looks_like_html(&text);
                let text = readable(part, text.into_owned(), self.bytes, is_html);
                match is_html {
                    true => found.html.push(text),
                    false => found.text.push(flowed(part, text)),
                }
            }
            PartType::Binary(content) | PartType::InlineBinary(content) => {
                self.attach(id, &kind, &content);
            }
        }
        found
    }

    fn multipart(&mut self, kind: &str, children: &[u32], depth: usize) -> Found {
        let mut found = Found::default();
        if kind == "multipart/encrypted" {
            self.mail.note("mail-encrypted", "PGP");
        }
        for (i, &child) in children.iter().enumerate() {
            let inner = self.part(child, depth + 1, i == 0);
            if kind == "multipart/alternative" {
                // The last that is understood is the richest (RFC 2046, 5.1.4).
                if inner.text.iter().any(|t| !t.trim().is_empty()) {
                    found.text = inner.text;
                }
                if !inner.html.is_empty() {
                    found.html = inner.html;
                }
            } else {
                found.text.extend(inner.text);
                found.html.extend(inner.html);
            }
        }
        found
    }

    fn attach(&mut self, id: u32, kind: &str, content: &[u8]) {
        let part = &self.message.parts[id as usize];
        let name = part.attachment_name().map(|n| words::decode(n.as_bytes()));
        let is_named =
            |end: &str| name.as_deref().is_some_and(|n| n.to_ascii_lowercase().ends_with(end));
        let code = match kind {
            "application/ms-tnef" | "application/vnd.ms-tnef" => Some("mail-tnef"),
            "application/pkcs7-mime" | "application/x-pkcs7-mime" => Some("mail-encrypted"),
            "message/partial" => Some("mail-partial"),
            "message/external-body" => Some("mail-external-body"),
            _ if is_named("winmail.dat") => Some("mail-tnef"),
            _ => None,
        };
        let disposition = part.content_disposition();
        let is_attachment = disposition.is_some_and(|d| d.is_attachment());
        let size = content.len() as u64;
        self.mail.attachments.push(Attachment {
            part: id,
            media_type: kind.to_owned(),
            opens_as: opens_as(content),
            size,
            content_id: part.content_id().map(|c| c.trim_matches(['<', '>', ' ']).to_owned()),
            is_inline: !is_attachment && part.content_id().is_some(),
            name,
        });
        if let Some(code) = code {
            self.mail.note(code, format!("part {id}"));
        }
        if size > limits::ATTACHMENT_BYTES as u64 {
            self.mail.note("attachment-too-large", format!("part {id}"));
        }
    }
}

/// `type/subtype` in lower case.
fn kind(part: &MessagePart<'_>) -> String {
    let kind = match part.content_type() {
        Some(c) => format!("{}/{}", c.ctype(), c.subtype().unwrap_or("octet-stream")),
        None => "text/plain".into(),
    };
    kind.to_ascii_lowercase()
}

/// Whether a text part is read as a body.
fn is_body(part: &MessagePart<'_>, kind: &str, is_first: bool) -> bool {
    let is_attachment = part.content_disposition().is_some_and(|d| d.is_attachment());
    let is_read = matches!(kind, "text/plain" | "text/html" | "text/enriched" | "text/markdown")
        // A multipart without boundary, or a type that is none, at the top.
        || kind.starts_with("multipart/")
        || is_first && (kind == "text/octet-stream" || part.is_encoding_problem);
    is_read && !is_attachment && (is_first || part.attachment_name().is_none())
}

/// The text of a part whose charset lied: UTF-8 under another name, Latin under UTF-8.
fn readable(part: &MessagePart<'_>, text: String, bytes: &[u8], is_html: bool) -> String {
    let label = part.content_type().and_then(|c| c.attribute("charset")).unwrap_or_default();
    if let Some(text) = undecoded(part, label, bytes) {
        return text;
    }
    let known = words::encoding(label);
    let is_utf8 = known.is_none_or(|e| e == encoding_rs::UTF_8);
    let is_latin = known.is_some_and(|e| e.is_single_byte());
    let lost = text.contains('\u{fffd}');
    let mojibake = is_latin && text.contains(['Ã', 'Â', 'â']);
    let unknown = known.is_none() && !label.is_empty() && !text.is_ascii();
    if !(lost && (is_utf8 || is_latin) || mojibake || unknown) {
        return text;
    }
    let raw = bytes.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    let raw = match part.encoding {
        Encoding::Base64 => words::base64(raw),
        Encoding::QuotedPrintable => words::quoted_printable(raw),
        Encoding::None => raw.to_vec(),
    };
    match String::from_utf8(raw) {
        Ok(text) => text,
        Err(_) if mojibake && !lost => text,
        Err(e) => {
            let raw = e.into_bytes();
            let encoding = if is_html { declared(&raw) } else { None };
            let encoding = encoding.filter(|e| *e != encoding_rs::UTF_8);
            // A few broken characters in true UTF-8 are better lost than all others mangled.
            let high = raw.iter().filter(|&&c| c >= 0x80).count();
            if encoding.is_none() && text.matches('\u{fffd}').count() * 8 < high {
                return text;
            }
            encoding
                .unwrap_or(encoding_rs::WINDOWS_1252)
                .decode_without_bom_handling(&raw)
                .0
                .into_owned()
        }
    }
}

/// The text of a part that the parser left encoded: a mail that was cut off ends without a boundary.
fn undecoded(part: &MessagePart<'_>, charset: &str, bytes: &[u8]) -> Option<String> {
    let encoding = part.content_transfer_encoding().filter(|_| part.is_encoding_problem)?;
    let raw = bytes.get(part.offset_body as usize..part.offset_end as usize)?;
    let raw = match encoding.to_ascii_lowercase().as_str() {
        "quoted-printable" => words::quoted_printable(raw),
        "base64" => words::base64(raw),
        _ => return None,
    };
    let charset = words::encoding(charset).unwrap_or(encoding_rs::UTF_8);
    Some(charset.decode_without_bom_handling(&raw).0.into_owned())
}

/// The charset that HTML gives itself in its first kilobyte.
fn declared(html: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&html[..html.len().min(2048)]).to_ascii_lowercase();
    let (_, rest) = head.split_once("charset=")?;
    let label =
        rest.trim_start_matches(['"', '\'']).split(['"', '\'', '>', ';', ' ', '/']).next()?;
    words::encoding(label)
}

/// Whether a part of no stated type holds HTML.
fn looks_like_html(text: &str) -> bool {
    let head = text.trim_start();
    let head = head.get(..head.len().min(64)).unwrap_or_default().to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html")
}

/// Text with the soft line ends of `format=flowed` undone (RFC 3676, 4).
fn flowed(part: &MessagePart<'_>, text: String) -> String {
    let attribute = |name: &str| part.content_type().and_then(|c| c.attribute(name));
    let is =
        |name: &str, value: &str| attribute(name).is_some_and(|v| v.eq_ignore_ascii_case(value));
    if !is("format", "flowed") {
        return text;
    }
    let deletes_space = is("delsp", "yes");
    let mut out = String::with_capacity(text.len());
    // The quoting depth of a line that flows into the next.
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let depth = line.bytes().take_while(|&c| c == b'>').count();
        let content = &line[depth..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        if open != Some(depth) {
            if open.is_some() {
                out.push('\n');
            }
            if depth > 0 {
                out.push_str(&line[..depth]);
                out.push(' ');
            }
        }
        let is_signature = content == "-- ";
        if content.ends_with(' ') && !is_signature {
            out.push_str(if deletes_space { &content[..content.len() - 1] } else { content });
            open = Some(depth);
        } else {
            out.push_str(content);
            out.push('\n');
            open = None;
        }
    }
    out
}

/// Whether the text beside HTML only says that there is HTML.
fn is_placeholder(text: &str, html: &str) -> bool {
    let text = text.trim();
    text.len() < 400 && (text.len() < 40 || html.len() > 20 * text.len())
}

/// At most `limit` bytes, with a problem when there was more.
pub(super) fn cut(mut text: String, limit: usize, problems: &mut Vec<Problem>) -> String {
    if text.len() > limit {
        problems.push(Problem::new("mail-body-too-large", format!("{} bytes", text.len())));
        let mut end = limit;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
    text
}
