//! Writes one mail as servers do: headers, parts, encodings (RFC 5322, 2045, 2047).

use std::fmt::Write;

/// A mail before it is bytes.
#[derive(Clone, Default)]
pub struct Draft {
    /// Seconds since 1970.
    pub at: i64,
    /// Minutes east of UTC.
    pub zone: i32,
    /// From: name and address.
    pub from: (String, String),
    /// To: name and address.
    pub to: (String, String),
    /// The subject.
    pub subject: String,
    /// More headers, in order.
    pub headers: Vec<(String, String)>,
    /// The plain text; empty for a mail of HTML alone.
    pub text: String,
    /// The HTML; empty for a mail of text alone.
    pub html: String,
    /// Inline pictures and attachments.
    pub files: Vec<File>,
    /// How the bodies are encoded.
    pub encoding: Encoding,
    /// Gmail-like label or folder.
    pub label: Option<&'static str>,
}

/// Something carried beside the bodies.
#[derive(Clone)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// For a picture shown in the body.
    pub content_id: Option<String>,
}

/// How bodies travel.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, quoted-printable.
    #[default]
    Quoted,
    /// UTF-8, base64.
    Base64,
    /// ISO-8859-15, quoted-printable: what older shops send.
    Latin9,
    /// UTF-8 as it is.
    EightBit,
}

impl Draft {
    /// The mail's bytes, lines ended by `\n` as in an mbox.
    pub fn write(&self) -> Vec<u8> {
        let mut head = String::new();
        let id = format!("{:x}.{:x}", self.at, hash(&self.subject) ^ hash(&self.from.1));
        let domain = self.from.1.rsplit('@').next().unwrap_or("example");
        let mut add = |name: &str, value: &str| {
            let _ = writeln!(head, "{name}: {value}");
        };
        for (name, value) in self.headers.iter().filter(|(n, _)| is_trace(n)) {
            add(name, value);
        }
        add("Date", &date(self.at, self.zone));
        add("From", &mailbox(&self.from));
        add("To", &mailbox(&self.to));
        add("Subject", &word(&self.subject));
        add("Message-ID", &format!("<{id}@{domain}>"));
        for (name, value) in self.headers.iter().filter(|(n, _)| !is_trace(n)) {
            add(name, value);
        }
        if let Some(label) = self.label {
            add("X-Gmail-Labels", &word(label));
        }
        add("MIME-Version", "1.0");
        let mut out = head.into_bytes();
        out.extend(self.body(&id));
        if !out.ends_with(b"\n") {
            out.push(b'\n');
        }
        out
    }

    fn body(&self, id: &str) -> Vec<u8> {
        let text = || self.part("text/plain", &self.text);
        let html = || self.part("text/html", &self.html);
        let words = match (self.text.is_empty(), self.html.is_empty()) {
            (false, false) => multipart("alternative", &format!("=_a{id}"), &[text(), html()]),
            (true, false) => html(),
            _ => text(),
        };
        let (inline, attached): (Vec<&File>, Vec<&File>) =
            self.files.iter().partition(|f| f.content_id.is_some());
        let mut body = words;
        if !inline.is_empty() {
            let mut parts = vec![body];
            parts.extend(inline.iter().map(|f| file(f)));
            body = multipart("related", &format!("=_r{id}"), &parts);
        }
        if !attached.is_empty() {
            let mut parts = vec![body];
            parts.extend(attached.iter().map(|f| file(f)));
            body = multipart("mixed", &format!("=_m{id}"), &parts);
        }
        body
    }

    fn part(&self, media_type: &str, content: &str) -> Vec<u8> {
        let (charset, transfer, body) = match self.encoding {
            Encoding::Quoted => ("utf-8", "quoted-printable", quoted(content.as_bytes())),
            Encoding::Base64 => ("utf-8", "base64", base64(content.as_bytes())),
            Encoding::EightBit => ("utf-8", "8bit", content.as_bytes().to_vec()),
            Encoding::Latin9 => ("iso-8859-15", "quoted-printable", quoted(&latin9(content))),
        };
        let mut out = format!(
            "Content-Type: {media_type}; charset={charset}\nContent-Transfer-Encoding: {transfer}\n\n"
        )
        .into_bytes();
        out.extend(body);
        out.push(b'\n');
        out
    }
}

/// Headers that a server puts on top.
fn is_trace(name: &str) -> bool {
    matches!(
        name,
        "Return-Path" | "Delivered-To" | "Received" | "Authentication-Results" | "DKIM-Signature"
    )
}

fn multipart(kind: &str, boundary: &str, parts: &[Vec<u8>]) -> Vec<u8> {
    let mut out =
        format!("Content-Type: multipart/{kind}; boundary=\"{boundary}\"\n\n").into_bytes();
    for part in parts {
        out.extend(format!("--{boundary}\n").into_bytes());
        out.extend(part);
    }
    out.extend(format!("--{boundary}--\n").into_bytes());
    out
}

fn file(f: &File) -> Vec<u8> {
    let mut out = format!("Content-Type: {}; name=\"{}\"\n", f.media_type, f.name);
    out += "Content-Transfer-Encoding: base64\n";
    match &f.content_id {
        Some(id) => out += &format!("Content-ID: <{id}>\nContent-Disposition: inline\n\n"),
        None => out += &format!("Content-Disposition: attachment; filename=\"{}\"\n\n", f.name),
    }
    let mut out = out.into_bytes();
    out.extend(base64(&f.bytes));
    out.push(b'\n');
    out
}

fn mailbox((name, address): &(String, String)) -> String {
    if name.is_empty() {
        return address.clone();
    }
    if name.is_ascii() {
        return format!("\"{name}\" <{address}>");
    }
    format!("{} <{address}>", word(name))
}

/// An encoded word where needed (RFC 2047).
fn word(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut words = Vec::new();
    let mut piece = String::new();
    for c in text.chars() {
        if piece.len() + c.len_utf8() > 42 {
            words.push(std::mem::take(&mut piece));
        }
        piece.push(c);
    }
    words.push(piece);
    let encoded: Vec<String> = words
        .iter()
        .map(|w| {
            format!("=?utf-8?B?{}?=", String::from_utf8_lossy(&base64(w.as_bytes())).trim_end())
        })
        .collect();
    encoded.join("\n ")
}

fn quoted(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 8);
    let mut column = 0;
    for (i, &b) in bytes.iter().enumerate() {
        if b == b'\n' {
            out.push(b);
            column = 0;
            continue;
        }
        let ends_line = matches!(bytes.get(i + 1), None | Some(b'\n'));
        let plain = (b' '..=b'~').contains(&b) && b != b'=' && !(b == b' ' && ends_line);
        let width = if plain { 1 } else { 3 };
        if column + width > 75 {
            out.extend(b"=\n");
            column = 0;
        }
        if plain {
            out.push(b);
        } else {
            out.extend(format!("={b:02X}").into_bytes());
        }
        column += width;
    }
    out
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::with_capacity(bytes.len() * 4 / 3 + bytes.len() / 57 + 8);
    for line in bytes.chunks(57) {
        for three in line.chunks(3) {
            let n =
                three.iter().fold(0u32, |n, &b| n << 8 | u32::from(b)) << (8 * (3 - three.len()));
            for i in 0..4 {
                out.push(if i <= three.len() {
                    LETTERS[(n >> (18 - 6 * i)) as usize & 63]
                } else {
                    b'='
                });
            }
        }
        out.push(b'\n');
    }
    out
}

/// ISO-8859-15; what it lacks becomes `?`.
fn latin9(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            '€' => 0xA4,
            'œ' => 0xBD,
            'Œ' => 0xBC,
            '\u{202f}' => 0xA0,
            '’' => b'\'',
            c if (c as u32) < 256 => c as u32 as u8,
            _ => b'?',
        })
        .collect()
}

/// `Tue, 24 Nov 2026 14:30:00 +0100`.
pub fn date(at: i64, zone: i32) -> String {
    let Ok(stamp) = jiff::Timestamp::from_second(at + i64::from(zone) * 60) else {
        return String::new();
    };
    let (sign, minutes) = if zone < 0 { ('-', -zone) } else { ('+', zone) };
    format!(
        "{} {sign}{:02}{:02}",
        stamp.strftime("%a, %d %b %Y %H:%M:%S"),
        minutes / 60,
        minutes % 60
    )
}

/// FNV-1a, for Message-IDs that differ.
pub fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
