//! A letter as a mail (RFC 5322): plain text, ASCII on the wire, nothing of this machine in it.

use mail_builder::MessageBuilder;

/// What a mail is made of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter<'a> {
    /// Her name and address.
    pub from: (&'a str, &'a str),
    /// The one recipient.
    pub to: &'a str,
    /// One line.
    pub subject: &'a str,
    /// Plain text.
    pub body: &'a str,
    /// Without angle brackets; see [`message_id`].
    pub id: &'a str,
    /// The Message-ID of the letter that this one follows.
    pub follows: Option<&'a str>,
    /// When, in microseconds since 1970.
    pub at_us: i64,
}

impl Letter<'_> {
    /// The mail, its lines ending in CRLF.
    pub fn written(&self) -> Vec<u8> {
        // A line end in a header would begin another one.
        let one_line = |text: &str| -> String {
            text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
        };
        let (name, address) = (one_line(self.from.0), self.from.1.to_owned());
        let body = self.body.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n");
        let mut mail = MessageBuilder::new();
        mail = if name.trim().is_empty() || name.contains('@') {
            mail.from(address)
        } else {
            mail.from((name, address))
        };
        mail = mail
            .to(self.to.to_owned())
            .subject(one_line(self.subject))
            .date(self.at_us.div_euclid(1_000_000))
            .message_id(self.id.to_owned());
        if let Some(first) = self.follows {
            mail = mail.in_reply_to(first.to_owned()).references(first.to_owned());
        }
        let mut bytes = Vec::new();
        mail.text_body(body).serialize(&mut bytes);
        bytes
    }
}

/// A Message-ID of 128 bits of chance and the address's own domain, without angle brackets.
pub fn message_id(chance: [u8; 16], from: &str) -> String {
    let domain = from.rsplit('@').next().unwrap_or("localhost");
    format!("{:032x}@{domain}", u128::from_be_bytes(chance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_reading::Mail;

    #[test]
    fn a_letter_is_read_as_it_was_written() {
        let id = message_id([7; 16], "lea@exemple.fr");
        let body = "Madame, Monsieur,\n\nje m’oppose à ce que vous m’écriviez. ".repeat(9)
            + "\n.\nFrom ici\n\u{a0}Léa";
        let letter = Letter {
            from: ("Léa \"L\" <x>\r\nBcc: y@z.example", "lea@exemple.fr"),
            to: "dpo@boutique.example",
            subject: "Demande d’accès\r\nBcc: y@z.example (MI-261130-1)",
            body: &body,
            id: &id,
            follows: Some("first@exemple.fr"),
            at_us: 1_795_510_800_000_000,
        };
        let bytes = letter.written();
        assert!(bytes.is_ascii(), "any server takes it");
        assert!(bytes.split(|b| *b == b'\n').all(|line| line.len() <= 998));
        let mail = Mail::read(&bytes);
        assert_eq!(mail.from.as_ref().map(|f| f.address.as_str()), Some("lea@exemple.fr"));
        assert_eq!(mail.to.len(), 1);
        assert_eq!(mail.to[0].address, "dpo@boutique.example");
        assert!(
            mail.subject.ends_with("(MI-261130-1)") && mail.subject.starts_with("Demande d’accès")
        );
        assert_eq!(mail.header("bcc"), None);
        assert_eq!(mail.header("in-reply-to"), Some("<first@exemple.fr>"));
        assert_eq!(mail.message_id.as_deref().map(|i| i.trim_matches(['<', '>'])), Some(&*id));
        assert_eq!(mail.date, Some(letter.at_us));
        let text = mail.text.unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(text.trim_end(), body.trim_end());
    }
}
