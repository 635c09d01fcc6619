//! Header values as a person reads them: unfolded, encoded words decoded (RFC 2047), raw 8-bit
//! bytes taken for what they most probably are.

use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;

/// A header's raw value, decoded. Never fails: what is no encoded word stays as written.
pub fn decode(raw: &[u8]) -> String {
    decode_text(&unfold(&guess(raw)))
}

/// Text whose charset nobody declared: UTF-8 when it is that, else windows-1252, which is what
/// undeclared 8-bit mail in our five languages is.
pub fn guess(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Joins folded lines (RFC 5322, 2.2.3); a line end that folds nothing becomes a space too.
fn unfold(raw: &str) -> Cow<'_, str> {
    let raw = raw.trim_matches([' ', '\t', '\r', '\n']);
    if !raw.contains(['\n', '\r', '\t', '\0']) {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    for line in raw.split(['\n', '\r']) {
        let line = line.trim_matches([' ', '\t']);
        if !line.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.extend(
                line.chars().filter(|&c| c != '\0').map(|c| if c == '\t' { ' ' } else { c }),
            );
        }
    }
    Cow::Owned(out)
}

/// Text with its encoded words decoded; white space between two of them goes (RFC 2047, 6.2).
fn decode_text(text: &str) -> String {
    if !text.contains("=?") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    // Bytes of neighbouring words in one charset: writers cut them in mid-character.
    let mut run: Option<(&'static Encoding, Vec<u8>)> = None;
    let mut rest = text;
    while let Some(at) = rest.find("=?") {
        let (before, from) = rest.split_at(at);
        let Some((encoding, bytes, length)) = word(from) else {
            flush(&mut out, &mut run);
            out.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
            continue;
        };
        if !before.trim().is_empty() || run.is_none() {
            flush(&mut out, &mut run);
            out.push_str(before);
        }
        match &mut run {
            Some((same, held)) if *same == encoding => held.extend_from_slice(&bytes),
            _ => {
                flush(&mut out, &mut run);
                run = Some((encoding, bytes));
            }
        }
        rest = &from[length..];
    }
    flush(&mut out, &mut run);
    out.push_str(rest);
    // Decoded words may hold line ends: a value is one line.
    if out.contains(['\n', '\r']) {
        out = unfold(&out).into_owned();
    }
    out
}

fn flush(out: &mut String, run: &mut Option<(&'static Encoding, Vec<u8>)>) {
    if let Some((encoding, bytes)) = run.take() {
        out.push_str(&encoding.decode_without_bom_handling(&bytes).0);
    }
}

/// The encoded word at the start of `text`: its charset, its bytes, its length in the text.
fn word(text: &str) -> Option<(&'static Encoding, Vec<u8>, usize)> {
    let inner = text.strip_prefix("=?")?;
    let (charset, after) = inner.split_once('?')?;
    // RFC 2231, 5: the language after a star.
    let charset = charset.split('*').next()?;
    if charset.is_empty() || charset.len() > 40 || charset.contains(char::is_whitespace) {
        return None;
    }
    let (method, after) = after.split_once('?')?;
    let end = after.find("?=")?;
    let data = &after[..end];
    let bytes = match method {
        "Q" | "q" => q(data.as_bytes()),
        "B" | "b" => base64(data.as_bytes()),
        _ => return None,
    };
    let length = text.len() - after.len() + end + 2;
    let encoding = encoding(charset).unwrap_or_else(|| {
        if std::str::from_utf8(&bytes).is_ok() { encoding_rs::UTF_8 } else { WINDOWS_1252 }
    });
    // Labelled UTF-8 and is not: latin, as mislabelled mail nearly always is.
    Some((encoding, bytes, length))
}

/// A charset by its label, with the names that mail uses beside those of the web. UTF-7 is none:
/// it hides markup from whoever does not expect it.
pub fn encoding(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches(['"', '\'']);
    Encoding::for_label_no_replacement(label.as_bytes()).or_else(|| {
        match label.to_ascii_lowercase().as_str() {
            "cp65001" | "utf8mb4" | "unicode" | "utf_8" => Some(encoding_rs::UTF_8),
            "cp1252" | "ansi" | "iso-8859-1-windows-3.1-latin-1" => Some(WINDOWS_1252),
            "cp850" | "ibm850" | "cp437" => Some(WINDOWS_1252),
            "cp932" | "ms932" => Some(encoding_rs::SHIFT_JIS),
            "cp936" => Some(encoding_rs::GBK),
            "cp949" => Some(encoding_rs::EUC_KR),
            _ => None,
        }
    })
}

/// The Q encoding (RFC 2047, 4.2).
fn q(data: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = data.iter().map(|&c| if c == b'_' { b' ' } else { c }).collect();
    hexed(&spaced)
}

/// `=C3=A9` as the bytes it names; what is no such pair stays.
fn hexed(data: &[u8]) -> Vec<u8> {
    let hex = |c: u8| (c as char).to_digit(16).map(|d| d as u8);
    let mut out = Vec::with_capacity(data.len());
    let mut at = 0;
    while at < data.len() {
        if let [b'=', a, b, ..] = data[at..]
            && let (Some(high), Some(low)) = (hex(a), hex(b))
        {
            out.push(high << 4 | low);
            at += 3;
        } else {
            out.push(data[at]);
            at += 1;
        }
    }
    out
}

/// Characters that turn the direction of what follows: in a name they make `exe` read as `pdf`.
pub(crate) fn is_direction_override(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Quoted-printable (RFC 2045, 6.7) that forgives.
pub(crate) fn quoted_printable(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    for line in data.split_inclusive(|&c| c == b'\n') {
        let content = line.trim_ascii_end();
        match content.strip_suffix(b"=") {
            Some(soft) => out.extend(hexed(soft)),
            None => {
                out.extend(hexed(content));
                if line.ends_with(b"\n") {
                    out.push(b'\n');
                }
            }
        }
    }
    out
}

/// Base64 that forgives: other bytes are passed over, missing padding is no matter.
pub(crate) fn base64(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() / 4 * 3 + 3);
    let (mut bits, mut held) = (0u32, 0);
    for &c in data {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' | b',' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_words_are_read_and_what_is_none_stays() {
        for (raw, read) in [
            ("=?UTF-8?Q?Votre_commande_n=C2=B0_12?=", "Votre commande n° 12"),
            ("=?utf-8?B?w4l0w6k=?= =?utf-8?b?IMOgIFBhcmlz?=", "Été à Paris"),
            ("=?iso-8859-1?q?d=E9j=E0?= vu", "déjà vu"),
            ("a =?utf-8*fr?Q?b?= c", "a b c"),
            // Cut in mid-character.
            ("=?UTF-8?Q?=C3?=\r\n =?UTF-8?Q?=A9t=C3=A9?=", "été"),
            ("=?UTF-8?Q?broken", "=?UTF-8?Q?broken"),
            ("=?x?y?z?= ok", "=?x?y?z?= ok"),
            ("=?x-unknown?Q?=C3=A9?=", "é"),
            ("=?utf-8?Q?a=0D=0ABcc: x?=", "a Bcc: x"),
            ("folded\r\n\tvalue", "folded value"),
            ("", ""),
        ] {
            assert_eq!(decode(raw.as_bytes()), read, "{raw}");
        }
        assert_eq!(decode(b"d\xe9j\xe0 vu"), "déjà vu");
        assert_eq!(decode("déjà vu".as_bytes()), "déjà vu");
    }
}
