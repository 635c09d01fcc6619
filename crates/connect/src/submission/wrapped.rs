//! A mail passed on whole, inside one of our own (RFC 2046, 5.2.1): the outer one is signed and sent
//! by who sends it, the inner one stays as its author signed it.

use mail_builder::headers::address::Address;
use mail_builder::headers::date::Date;
use mail_builder::headers::text::Text;
use mail_builder::headers::{Header, HeaderType};

/// What such a mail is made of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wrapped<'a> {
    /// Name and address.
    pub from: (&'a str, &'a str),
    /// The one recipient.
    pub to: &'a str,
    /// One line.
    pub subject: &'a str,
    /// A few words of ours, plain text.
    pub note: &'a str,
    /// The mail that is passed on; `None`: it is too large, and the note says so.
    pub mail: Option<&'a [u8]>,
    /// Without angle brackets.
    pub id: &'a str,
    /// When, in microseconds since 1970.
    pub at_us: i64,
}

/// The header by which we know our own again, wherever it comes back.
pub const OURS: &str = "MesInfos-Forwarded";

impl Wrapped<'_> {
    /// The mail, its lines ending in CRLF. `message/rfc822` allows no encoding, so it is as wide as
    /// what is inside.
    pub fn written(&self) -> Vec<u8> {
        let one_line = |text: &str| -> String {
            text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
        };
        let (name, from) = (one_line(self.from.0), self.from.1.to_owned());
        let address = |name: Option<String>, of: String| Address::new_address(name, of);
        let mut out = Vec::with_capacity(self.mail.map_or(0, <[u8]>::len) + 2048);
        header(&mut out, "From", &HeaderType::Address(address(Some(name), from)));
        header(&mut out, "To", &HeaderType::Address(address(None, self.to.to_owned())));
        header(&mut out, "Subject", &HeaderType::Text(Text::new(one_line(self.subject))));
        let at = self.at_us.div_euclid(1_000_000);
        header(&mut out, "Date", &HeaderType::Date(Date::new(at)));
        // RFC 3834: no machine is to answer.
        let plain = format!(
            "Message-ID: <{id}>\r\nAuto-Submitted: auto-generated\r\n{OURS}: 1\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n\
             --{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n",
            id = self.id,
            boundary = self.boundary(),
        );
        out.extend(plain.as_bytes());
        out.extend(base64_lines(self.note.as_bytes()));
        if let Some(mail) = self.mail {
            let how = if mail.is_ascii() { "7bit" } else { "8bit" };
            let head = format!(
                "--{}\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; \
                 filename=\"mail.eml\"\r\nContent-Transfer-Encoding: {how}\r\n\r\n",
                self.boundary()
            );
            out.extend(head.as_bytes());
            for line in mail.strip_suffix(b"\n").unwrap_or(mail).split(|b| *b == b'\n') {
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                // What no line of a mail may hold (RFC 5321, 2.3.8).
                out.extend(line.iter().filter(|b| !matches!(b, b'\r' | 0)));
                out.extend(b"\r\n");
            }
        }
        out.extend(format!("--{}--\r\n", self.boundary()).as_bytes());
        out
    }

    /// The Message-ID is chance that no author of a mail inside can know.
    fn boundary(&self) -> String {
        let letters: String =
            self.id.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
        format!("=_{letters}")
    }
}

fn header(out: &mut Vec<u8>, name: &str, value: &HeaderType<'_>) {
    out.extend(format!("{name}: ").as_bytes());
    value.write_header(out, name.len() + 2);
}

fn base64_lines(bytes: &[u8]) -> Vec<u8> {
    use base64::Engine;
    let text = base64::engine::general_purpose::STANDARD.encode(bytes);
    let mut out = Vec::with_capacity(text.len() + text.len() / 38 + 2);
    for line in text.as_bytes().chunks(76) {
        out.extend(line);
        out.extend(b"\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_reading::Mail;

    fn wrapped(mail: Option<&[u8]>) -> Vec<u8> {
        let wrapped = Wrapped {
            from: ("Fnac\r\nBcc: y@z.example", "retour.k7x2mq@exemple.fr"),
            to: "lea@ailleurs.example",
            subject: "Votre commande\r\nBcc: y@z.example",
            note: "Fnac a écrit à fnac.k7x2m@exemple.fr.\n",
            mail,
            id: "0123456789abcdef0123456789abcdef@exemple.fr",
            at_us: 1_795_510_800_000_000,
        };
        wrapped.written()
    }

    #[test]
    fn the_mail_inside_is_byte_for_byte_what_arrived() {
        let inside =
            "From: <info@fnac.example>\r\nDKIM-Signature: v=1; b=abc\r\n\r\nl’été\r\n.\r\n--x\r\n";
        let bytes = wrapped(Some(inside.replace("\r\n", "\n").as_bytes()));
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains(&format!("8bit\r\n\r\n{inside}--=_")), "{text}");
        let mail = Mail::read(&bytes);
        assert_eq!(
            mail.from.as_ref().map(|f| f.address.as_str()),
            Some("retour.k7x2mq@exemple.fr")
        );
        assert_eq!(mail.header("bcc"), None);
        assert!(mail.subject.starts_with("Votre commande"));
        assert_eq!(mail.header(OURS), Some("1"));
        assert!(mail.text.unwrap_or_default().contains("a écrit à fnac.k7x2m@exemple.fr"));
    }

    #[test]
    fn without_a_mail_the_note_goes_alone() {
        let text = String::from_utf8(wrapped(None)).unwrap();
        assert!(!text.contains("rfc822") && text.is_ascii());
    }
}
