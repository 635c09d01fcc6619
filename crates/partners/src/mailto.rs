//! A `mailto:` address as an organisation gives it for unsubscribing (RFC 6068): to whom one writes,
//! and the words that it wants. Anybody may have written it, so only a subject and a text are taken
//! from it, and only one recipient.

/// What is written, and to whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mailto {
    /// The one recipient.
    pub to: String,
    /// The subject that it wants; "unsubscribe" when it wants none.
    pub subject: String,
    /// The text that it wants.
    pub body: String,
}

/// Longer ones are not a subject, and not a text that one is asked to send.
const SUBJECT_CHARS: usize = 300;
const BODY_CHARS: usize = 2000;
/// RFC 5321, 4.5.3.1: local part, path.
const LOCAL_BYTES: usize = 64;
const ADDRESS_BYTES: usize = 254;

impl Mailto {
    /// Reads it. `None` when there is not exactly one recipient out in the open, or when its words
    /// cannot be shown as they would be sent.
    pub fn read(address: &str) -> Option<Mailto> {
        let rest = address.split_once(':').filter(|(s, _)| s.eq_ignore_ascii_case("mailto"))?.1;
        let rest = rest.split('#').next().unwrap_or_default();
        let (to, fields) = rest.split_once('?').unwrap_or((rest, ""));
        let to = recipient(&decoded(to)?)?;
        let mut mailto = Mailto { to, subject: String::new(), body: String::new() };
        for field in fields.split('&').filter(|f| !f.is_empty()) {
            let (name, value) = field.split_once('=').unwrap_or((field, ""));
            let value = decoded(value)?;
            match decoded(name)?.to_ascii_lowercase().as_str() {
                "subject" if mailto.subject.is_empty() => {
                    mailto.subject = line(&value, SUBJECT_CHARS)?;
                }
                "body" if mailto.body.is_empty() => mailto.body = text(&value)?,
                // More recipients would be written to without her seeing why.
                "to" | "cc" | "bcc" => return None,
                // A link is no place to choose headers of hers (RFC 6068, 4).
                _ => {}
            }
        }
        if mailto.subject.is_empty() {
            mailto.subject = "unsubscribe".to_owned();
        }
        Some(mailto)
    }
}

/// One plain address out in the open, its domain in lower case; `None` otherwise. Quoted local parts,
/// addresses of machines and names that only a private network knows are none.
pub fn recipient(address: &str) -> Option<String> {
    let address = address.trim();
    let (local, domain) = address.rsplit_once('@')?;
    let is_local = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let is_label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let domain = domain.to_ascii_lowercase();
    let labels: Vec<&str> = domain.split('.').collect();
    let last = labels.last()?;
    // RFC 6761, 6762, 8375, 9476, and what home routers call their network.
    let private = [
        "local",
        "localhost",
        "localdomain",
        "internal",
        "lan",
        "home",
        "arpa",
        "alt",
        "onion",
        "invalid",
    ];
    let is_good = !local.is_empty()
        && local.len() <= LOCAL_BYTES
        && address.len() <= ADDRESS_BYTES
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(is_local)
        && labels.len() >= 2
        && labels.iter().all(|l| is_label(l))
        && last.len() >= 2
        && !last.bytes().all(|b| b.is_ascii_digit())
        && !private.contains(last);
    is_good.then(|| format!("{local}@{domain}"))
}

/// Percent-decoded (RFC 3986, 2.1); a plus is a plus (RFC 6068, 5). `None` when it is no UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |b: u8| char::from(b).to_digit(16);
        match (first, tail) {
            (b'%', [a, b, tail @ ..]) if hex(*a).is_some() && hex(*b).is_some() => {
                bytes.push((hex(*a)? * 16 + hex(*b)?) as u8);
                rest = tail;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// One line; line ends would begin another header.
fn line(text: &str, most: usize) -> Option<String> {
    let is_odd = |c: char| c.is_control() || is_hidden(c);
    let text = text.trim();
    (text.chars().count() <= most && !text.contains(is_odd)).then(|| text.to_owned())
}

/// Some lines, their ends made `\n`.
fn text(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    let is_odd = |c: char| c.is_control() && c != '\n' && c != '\t' || is_hidden(c);
    (text.chars().count() <= BODY_CHARS && !text.contains(is_odd)).then(|| text.to_owned())
}

/// What turns the direction of text, so that it reads as something else than it is.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailto_gives_a_recipient_a_subject_and_a_text() {
        let read = |a: &str| Mailto::read(a);
        let plain = read("mailto:stop@Lettres.example").expect("one");
        assert_eq!(
            (plain.to.as_str(), plain.subject.as_str()),
            ("stop@lettres.example", "unsubscribe")
        );
        let whole =
            read("MAILTO:stop%2B12@a.example?subject=D%C3%A9sinscription&body=un%0D%0Adeux&x-y=z")
                .expect("one");
        assert_eq!(whole.to, "stop+12@a.example");
        assert_eq!((whole.subject.as_str(), whole.body.as_str()), ("Désinscription", "un\ndeux"));
        assert_eq!(read("mailto:a+b@a.example?subject=1+1").expect("one").subject, "1+1");
    }

    #[test]
    fn no_link_writes_to_several_or_puts_headers_of_its_own() {
        for no in [
            "mailto:a@a.example,b@b.example",
            "mailto:a@a.example?to=b@b.example",
            "mailto:a@a.example?cc=b@b.example",
            "mailto:a@a.example?BCC=b@b.example",
            "mailto:a@a.example?%62cc=b@b.example",
            "mailto:a@a.example?subject=x%0D%0ABcc:%20b@b.example",
            "mailto:a%0D%0Ab@a.example",
            "mailto:a@a.example%0D%0ARCPT",
            "mailto:%22a%20b%22@a.example",
            "mailto:a@[127.0.0.1]",
            "mailto:a@127.0.0.1",
            "mailto:a@localhost",
            "mailto:a@printer.local",
            "mailto:a@nas.home.arpa",
            "mailto:a@a.example?subject=%E2%80%AEx",
            "mailto:a@a.example?subject=%FF",
            "mailto:@a.example",
            "mailto:a@",
            "mailto:",
            "https://a.example",
            "",
        ] {
            assert_eq!(Mailto::read(no), None, "{no}");
        }
        let long = format!("mailto:a@a.example?subject={}", "x".repeat(SUBJECT_CHARS));
        assert!(Mailto::read(&long).is_some());
        assert!(Mailto::read(&format!("{long}x")).is_none());
        let headers = Mailto::read("mailto:a@a.example?from=b@b.example&in-reply-to=%3Cx%3E");
        assert_eq!(headers.expect("one").to, "a@a.example", "the rest is left alone");
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_fail_or_breaks_a_line(rest in "\\PC{0,120}", percent in "(%[0-9a-fA-F]{0,2}|[a-z@?&=.,]){0,60}") {
            for address in [format!("mailto:{rest}"), format!("mailto:{percent}")] {
                if let Some(read) = Mailto::read(&address) {
                    proptest::prop_assert!(!read.to.contains(char::is_whitespace));
                    proptest::prop_assert!(!read.subject.contains(char::is_control));
                }
            }
        }
    }
}
