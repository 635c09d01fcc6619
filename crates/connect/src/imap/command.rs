//! The words of our commands: quoting, and sets of UIDs.

/// A string as the server takes it between quotes; `None` when it cannot stand there (line ends,
/// zero bytes). What is not ASCII must go as a literal or in base64.
pub fn quoted(text: &str) -> Option<String> {
    if !text.is_ascii() || text.bytes().any(|b| matches!(b, b'\r' | b'\n' | 0)) {
        return None;
    }
    Some(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// A folder's name as the server wrote it, between quotes: `imap-proto` leaves its escapes as they
/// are, so they are right to be sent back.
pub(crate) fn folder(name: &str) -> String {
    format!("\"{name}\"")
}

/// Whether a name can be sent back: a server that gives another is up to no good.
pub(crate) fn is_name(name: &str) -> bool {
    let mut escaped = false;
    for c in name.chars() {
        match (escaped, c) {
            (_, '\r' | '\n' | '\0') => return false,
            (true, '"' | '\\') => escaped = false,
            (true, _) | (false, '"') => return false,
            (false, '\\') => escaped = true,
            _ => {}
        }
    }
    !escaped
}

/// A set of UIDs, neighbours joined: `3:5,9`. In any order; empty for none.
pub fn set(uids: &[u32]) -> String {
    let mut sorted = uids.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut out = String::new();
    let mut rest = sorted.as_slice();
    while let [first, ..] = rest {
        let run =
            rest.iter().zip(*first..=u32::MAX).take_while(|(uid, next)| **uid == *next).count();
        let last = rest[run - 1];
        if !out.is_empty() {
            out.push(',');
        }
        out.push_str(&first.to_string());
        if run > 1 {
            out.push(':');
            out.push_str(&last.to_string());
        }
        rest = &rest[run..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_joins_neighbours() {
        assert_eq!(set(&[9, 3, 4, 5, 1]), "1,3:5,9");
        assert_eq!(set(&[]), "");
        assert_eq!(set(&[u32::MAX, u32::MAX - 1]), "4294967294:4294967295");
    }

    #[test]
    fn no_word_of_a_person_ends_the_command() {
        assert_eq!(quoted("a\"b\\c").as_deref(), Some("\"a\\\"b\\\\c\""));
        assert_eq!(quoted("x\r\na2 DELETE INBOX"), None);
        assert!(is_name("Envoy&AOk-s") && is_name("a\\\"b"));
        assert!(!is_name("a\" (UID 1)") && !is_name("a\r\nb") && !is_name("a\\"));
    }
}
