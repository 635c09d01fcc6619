//! What the fuzzer calls for mail that is delivered, and what the seeds run through as plain tests:
//! the first byte says the protocol and how the bytes are cut; the rest is what the other side says.

use crate::session::{Address, Delivery, Limits, Next, Outcome, Protocol, Session, Verdict};

/// What came out of a conversation.
#[derive(PartialEq, Eq, Debug, Default)]
pub struct Seen {
    /// All replies, joined.
    pub said: String,
    /// The mails, in their order.
    pub mails: Vec<Delivery>,
    /// The most that was held of a mail at once.
    pub held: usize,
    /// Whether we ended it.
    pub is_over: bool,
}

/// A small world: `no` is unknown, `paused` is paused, all others are taken.
pub fn verdict(address: &Address) -> Verdict {
    match address.local() {
        "no" => Verdict::Unknown,
        "paused" => Verdict::Paused,
        "closed" => Verdict::Closed,
        "far" => Verdict::Elsewhere,
        _ => Verdict::Taken,
    }
}

pub const LIMITS: Limits = Limits { mail_bytes: 200, recipients: 3, faults: 5 };

/// A whole conversation in pieces of these lengths, the last one again and again.
pub fn converse(protocol: Protocol, bytes: &[u8], pieces: &[usize]) -> Seen {
    let mut session = Session::new(protocol, "mx.exemple.fr", LIMITS, false);
    let mut seen = Seen::default();
    let mut rest = bytes;
    let mut lengths = pieces.iter().copied();
    let mut length = bytes.len().max(1);
    loop {
        let next = session.advance();
        seen.said.push_str(&String::from_utf8(session.replies()).expect("replies are UTF-8"));
        seen.held = seen.held.max(session.held());
        match next {
            Next::Read if rest.is_empty() => return seen,
            Next::Read => {
                length = lengths.next().unwrap_or(length).max(1);
                let (now, later) = rest.split_at(length.min(rest.len()));
                session.feed(now);
                rest = later;
            }
            Next::Check(address) => session.checked(&verdict(&address)),
            Next::Deliver(delivery) => {
                let outcome = |a: &Address| match a.local() {
                    "later" => Outcome::Later,
                    _ => Outcome::Kept,
                };
                let outcomes: Vec<Outcome> =
                    delivery.envelope.recipients.iter().map(outcome).collect();
                seen.mails.push(delivery);
                session.delivered(&outcomes);
            }
            Next::Handshake => session.secured(),
            Next::Close => {
                seen.is_over = true;
                return seen;
            }
        }
    }
}

/// However the bytes are cut, the same is said; what is held is bounded; no reply holds a line end
/// that the other side wrote; each mail was asked for.
pub fn conversation(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let protocol = if first & 1 == 0 { Protocol::Lmtp } else { Protocol::Smtp };
    let whole = converse(protocol, bytes, &[]);
    let cut = converse(protocol, bytes, &[usize::from(first >> 1) % 7 + 1]);
    assert_eq!((&whole.said, &whole.mails), (&cut.said, &cut.mails));
    assert!(whole.held <= LIMITS.mail_bytes && cut.held <= LIMITS.mail_bytes);
    for line in whole.said.split("\r\n").filter(|l| !l.is_empty()) {
        let (code, _) = line.split_at_checked(3).expect("a reply has a code");
        assert!(code.bytes().all(|b| b.is_ascii_digit()), "{line:?}");
        assert!(!line.contains(['\r', '\n', '\0']), "{line:?}");
    }
    let asked = whole.said.matches("\r\n354 ").count();
    assert!(whole.mails.len() <= asked);
    for mail in &whole.mails {
        assert!(mail.bytes.len() <= LIMITS.mail_bytes);
        assert!(!mail.envelope.recipients.is_empty());
        assert!(mail.envelope.recipients.iter().all(|r| verdict(r) == Verdict::Taken));
        assert!(mail.bytes.is_empty() || mail.bytes.ends_with(b"\r\n"));
    }
}
