//! Attachments: names made safe, and which of them may be opened in a sandboxed page.

use std::fmt::Write;

/// How an attachment may be opened in the browser.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    /// A picture of this media type.
    Picture(&'static str),
    /// A PDF.
    Pdf,
    /// Plain text.
    Text,
}

/// Whether this content may be opened: what its first bytes say must agree with what is announced,
/// so that a page is never taken for a picture. HTML, SVG and everything else is only saved.
pub fn shown(media_type: &str, content: &[u8]) -> Option<Shown> {
    let starts = |magic: &[u8]| content.starts_with(magic);
    let picture = if starts(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if starts(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if starts(b"GIF87a") || starts(b"GIF89a") {
        Some("image/gif")
    } else if starts(b"RIFF") && content.get(8..12) == Some(b"WEBP") {
        Some("image/webp")
    } else {
        None
    };
    match media_type {
        t if t.starts_with("image/") => picture.map(Shown::Picture),
        "application/pdf" | "application/x-pdf" | "application/octet-stream"
            if starts(b"%PDF-") =>
        {
            Some(Shown::Pdf)
        }
        "text/plain" | "text/csv" if std::str::from_utf8(content).is_ok() => Some(Shown::Text),
        _ => None,
    }
}

/// A file name that no system takes for a path, a device or a name written backwards.
pub fn clean_name(given: Option<&str>, number: u32) -> String {
    let given = given.unwrap_or_default();
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|&c| !c.is_control() && !is_invisible(c))
        .map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c })
        .collect();
    let kept = kept.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if kept.is_empty() || is_device(kept) {
        return format!(
            "{number}{}",
            if kept.is_empty() { String::new() } else { format!("-{kept}") }
        );
    }
    shorten(kept)
}

/// Direction overrides and zero-width characters: `exe.fdp` must not read as `pdf.exe`.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (stem.len() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT")))
}

/// At most 120 characters, the extension kept.
fn shorten(name: &str) -> String {
    const MOST: usize = 120;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, e)) if e.chars().count() <= 10 => (stem, format!(".{e}")),
        _ => (name, String::new()),
    };
    let room = MOST - extension.chars().count();
    stem.chars().take(room).chain(extension.chars()).collect()
}

/// A Content-Disposition header for a cleaned name (RFC 6266, RFC 8187).
pub fn disposition(kind: &str, name: &str) -> String {
    let ascii: String = name
        .chars()
        .map(|c| {
            if c.is_ascii() && !matches!(c, '"' | '\\' | '%') && !c.is_control() { c } else { '_' }
        })
        .collect();
    let mut header = format!("{kind}; filename=\"{ascii}\"");
    if ascii != name {
        header.push_str("; filename*=UTF-8''");
        for b in name.bytes() {
            if b.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&b) {
                header.push(char::from(b));
            } else {
                // Writing to a String cannot fail.
                let _ = write!(header, "%{b:02X}");
            }
        }
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_path() {
        for (given, cleaned) in [
            ("facture.pdf", "facture.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Windows\\evil.exe", "evil.exe"),
            ("facture\u{202e}fdp.exe", "facturefdp.exe"),
            ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie_ x=1.pdf"),
            ("..", "7"),
            ("", "7"),
            (".htaccess", "htaccess"),
            ("con.txt", "7-con.txt"),
            ("<img src=x onerror=1>.png", "_img src=x onerror=1_.png"),
        ] {
            assert_eq!(clean_name(Some(given), 7), cleaned, "{given:?}");
        }
        assert_eq!(clean_name(None, 7), "7");
        let long = format!("{}.pdf", "é".repeat(500));
        let cleaned = clean_name(Some(&long), 7);
        assert!(cleaned.chars().count() == 120 && cleaned.ends_with(".pdf"));
    }

    #[test]
    fn the_header_holds_any_name() {
        assert_eq!(disposition("attachment", "a.pdf"), "attachment; filename=\"a.pdf\"");
        assert_eq!(
            disposition("inline", "reçu \"1\".pdf"),
            "inline; filename=\"re_u _1_.pdf\"; filename*=UTF-8''re%C3%A7u%20%221%22.pdf"
        );
    }

    #[test]
    fn only_what_is_what_it_says_is_opened() {
        assert_eq!(shown("application/pdf", b"%PDF-1.7"), Some(Shown::Pdf));
        assert_eq!(shown("image/png", b"\x89PNG\r\n\x1a\n"), Some(Shown::Picture("image/png")));
        assert_eq!(shown("text/plain", "été".as_bytes()), Some(Shown::Text));
        for (media_type, content) in [
            ("text/html", "<p>"),
            ("image/svg+xml", "<svg/>"),
            ("image/png", "<script>"),
            ("application/pdf", "<html>"),
            ("application/xhtml+xml", "<html/>"),
        ] {
            assert_eq!(shown(media_type, content.as_bytes()), None, "{media_type}");
        }
    }
}
