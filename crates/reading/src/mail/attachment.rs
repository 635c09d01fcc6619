//! What is attached: listed and sized, named safely, opened only when the bytes are what a page
//! can show.

/// A part that is not a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attachment {
    /// Its number among the message's MIME parts, to fetch its content with
    /// [`Mail::content`](super::Mail::content).
    pub part: u32,
    /// The name as given, decoded: hostile until [`clean_name`] was at it.
    pub name: Option<String>,
    /// `type/subtype` in lower case, as declared.
    pub media_type: String,
    /// The type that its bytes prove, of the few that are opened ([`opens_as`]).
    pub opens_as: Option<&'static str>,
    /// Decoded size in bytes.
    pub size: u64,
    /// Content-ID without its brackets: what `cid:` addresses name.
    pub content_id: Option<String>,
    /// Whether it is meant to be shown in the body.
    pub is_inline: bool,
}

/// The type of content that is safe to open in a sandboxed page, by its own bytes; never what a
/// header claims. SVG and HTML are none: they run.
pub fn opens_as(content: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 5] = [
        (b"%PDF-", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
    ];
    if let Some((_, kind)) = KINDS.iter().find(|(magic, _)| content.starts_with(magic)) {
        return Some(kind);
    }
    if content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP") {
        return Some("image/webp");
    }
    let head = &content[..content.len().min(4096)];
    let is_text = !head.is_empty()
        && head
            .iter()
            .all(|&c| c >= 0x20 && c != 0x7f || matches!(c, b'\n' | b'\r' | b'\t' | 0x0c))
        && match std::str::from_utf8(head) {
            Ok(_) => true,
            Err(e) => e.error_len().is_none(),
        };
    is_text.then_some("text/plain; charset=utf-8")
}

/// Names of devices on Windows, with any ending.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The longest name in bytes that every file system takes, with room for `(1)`.
const LONGEST: usize = 200;

/// A file name to save under: no path, no control or direction characters, nothing that a system
/// reserves, not empty, at most 200 bytes (RFC 6266, 4.3; RFC 8187 is for who writes the header).
pub fn clean_name(name: &str) -> String {
    // Both kinds of separators, and the look-alikes that some file dialogs fold to them.
    let last = name.rsplit(['/', '\\', '\u{2215}', '\u{2044}', '\u{29f8}', '\u{ff0f}', '\u{ff3c}']);
    let last = last.map(str::trim).find(|p| !p.trim_matches(['.', ' ']).is_empty());
    let mut clean: String = last
        .unwrap_or_default()
        .chars()
        .filter(|&c| !c.is_control() && !crate::words::is_direction_override(c) && !is_unseen(c))
        .map(
            |c| {
                if matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%' | ';') {
                    '_'
                } else {
                    c
                }
            },
        )
        .collect();
    clean = clean.trim_matches(['.', ' ', '\u{a0}']).to_owned();
    let stem = clean.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    if RESERVED.contains(&stem.as_str()) {
        clean.insert(0, '_');
    }
    shorten(&mut clean);
    if clean.is_empty() { "attachment".into() } else { clean }
}

/// Cuts the middle out: the ending says what the file is.
fn shorten(name: &mut String) {
    if name.len() <= LONGEST {
        return;
    }
    let ending = match name.rfind('.') {
        Some(dot) if name.len() - dot <= 16 => name.split_off(dot),
        _ => String::new(),
    };
    let mut end = LONGEST - ending.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.truncate(end);
    name.push_str(&ending);
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fffd}' | '\u{ad}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_safe() {
        for (name, clean) in [
            ("facture.pdf", "facture.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\a\\x.txt", "x.txt"),
            ("/", "attachment"),
            ("..", "attachment"),
            ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
            ("exe\u{202e}fdp.exe", "exefdp.exe"),
            ("CON.txt", "_CON.txt"),
            ("nul", "_nul"),
            ("x.html\0.pdf", "x.html.pdf"),
            ("été à la plage.jpg", "été à la plage.jpg"),
            ("...hidden", "hidden"),
            ("a\"; filename=\"b.exe", "a__ filename=_b.exe"),
        ] {
            assert_eq!(clean_name(name), clean, "{name:?}");
        }
        let long = clean_name(&("é".repeat(400) + ".pdf"));
        assert!(long.len() <= LONGEST && long.ends_with(".pdf"));
    }

    #[test]
    fn only_what_the_bytes_prove_is_opened() {
        assert_eq!(opens_as(b"%PDF-1.7\n"), Some("application/pdf"));
        assert_eq!(opens_as(b"\x89PNG\r\n\x1a\n...."), Some("image/png"));
        assert_eq!(opens_as("été\n".as_bytes()), Some("text/plain; charset=utf-8"));
        assert_eq!(opens_as(b"PK\x03\x04\0\0"), None);
        assert_eq!(opens_as(b""), None);
    }
}
