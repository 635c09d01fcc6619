//! What is said: a code (RFC 5321, 4.2), its enhanced form (RFC 3463), and words that a person who
//! reads a bounce understands.

use super::Protocol;
use super::command::Fault;
use super::path::Address;

/// Whether a recipient is taken for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Yes.
    Taken,
    /// There is no such address.
    Unknown,
    /// Its owner lets it rest.
    Paused,
    /// Its owner closed it for good.
    Closed,
    /// It is not ours: we relay nothing.
    Elsewhere,
    /// Too much came lately: later.
    TooMuch,
    /// It cannot be said or kept now: later.
    NotNow,
    /// So much waits for its owner that no more is taken: later.
    Full,
}

impl Verdict {
    pub(super) fn refusal(self, address: &Address) -> Option<String> {
        let (code, why) = match self {
            Verdict::Taken => return None,
            Verdict::Unknown => ("550 5.1.1", "there is no such address here"),
            Verdict::Paused => ("550 5.2.1", "its owner has paused this address"),
            Verdict::Closed => ("550 5.2.1", "its owner has closed this address for good"),
            Verdict::Elsewhere => ("550 5.7.1", "not an address of ours, and nothing is relayed"),
            Verdict::TooMuch => ("450 4.7.1", "too many mails lately, try again later"),
            Verdict::NotNow => ("451 4.3.0", "it cannot be taken just now, try again later"),
            Verdict::Full => ("452 4.2.2", "too much waits for its owner, try again later"),
        };
        Some(format!("{code} <{address}>: {why}"))
    }
}

/// What became of a mail for one recipient.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is durable.
    Kept,
    /// It is not, and may be later.
    Later,
    /// Too much waits for its owner.
    Full,
    /// The address takes no mail any more: it was closed meanwhile.
    Gone,
}

impl Outcome {
    fn reply(self) -> &'static str {
        match self {
            Outcome::Kept => "250 2.0.0 kept",
            Outcome::Later => "451 4.3.0 it could not be kept, try again later",
            Outcome::Full => "452 4.2.2 too much waits for its owner, try again later",
            Outcome::Gone => "550 5.2.1 its owner has closed this address",
        }
    }

    pub(super) fn for_one(self, address: &Address) -> String {
        let reply = self.reply();
        let (code, words) = reply.split_at("250 2.0.0".len());
        format!("{code} <{address}>:{words}")
    }

    /// The worst decides: what is not kept for one must come again or be told.
    pub(super) fn for_all(all: impl Iterator<Item = Outcome>) -> &'static str {
        let rank = |o: &Outcome| match o {
            Outcome::Kept => 0,
            Outcome::Gone => 1,
            Outcome::Full => 2,
            Outcome::Later => 3,
        };
        all.max_by_key(rank).unwrap_or(Outcome::Later).reply()
    }
}

pub(super) const DONE: &str = "250 2.0.0 done";
pub(super) const SENDER: &str = "250 2.1.0 go on";
pub(super) const RECIPIENT: &str = "250 2.1.5 go on";
pub(super) const GO_ON: &str = "354 the mail, then a line with a dot alone";
pub(super) const BYE: &str = "221 2.0.0 goodbye";
pub(super) const HELP: &str = "214 2.0.0 see RFC 5321 and RFC 2033";
pub(super) const NOT_SAID: &str = "252 2.1.5 who has an address here is not told";
pub(super) const READY_FOR_TLS: &str = "220 2.0.0 ready for TLS";
pub(super) const STOPPING: &str = "421 4.3.2 this server is stopping, try again later";
pub(super) const TOO_SLOW: &str = "421 4.4.2 nothing was said for too long";
pub(super) const TOO_MANY_FAULTS: &str = "421 4.7.0 too many errors";
pub(super) const LONG_LINE: &str = "500 5.5.2 a line of more than 2048 bytes";
pub(super) const BARE: &str = "500 5.5.2 lines end with <CR><LF>";
pub(super) const BARE_IN_MAIL: &str =
    "550 5.6.0 a <CR> or <LF> stands alone in this mail: lines end with <CR><LF> (RFC 5321, 2.3.8)";
pub(super) const GREET_FIRST: &str = "503 5.5.1 say hello first";
pub(super) const SENDER_FIRST: &str = "503 5.5.1 MAIL first";
pub(super) const RECIPIENT_FIRST: &str = "503 5.5.1 RCPT first";
pub(super) const NO_RECIPIENT: &str = "503 5.5.1 no recipient was taken";
pub(super) const ONE_AT_A_TIME: &str = "503 5.5.1 one mail at a time";
pub(super) const NO_TLS: &str = "502 5.5.1 no TLS here, or already";
pub(super) const INJECTED: &str = "554 5.5.0 nothing may follow STARTTLS before TLS stands";
pub(super) const TOO_LARGE: &str = "552 5.3.4 this mail is too large";
pub(super) const NO_ROOM: &str = "452 4.3.1 no room for this mail now, try again later";
pub(super) const TOO_MANY_RECIPIENTS: &str =
    "452 4.5.3 too many recipients, send to the others after";

pub(super) fn of_fault(fault: Fault) -> &'static str {
    match fault {
        Fault::Unknown => "500 5.5.1 no such command",
        Fault::NotDone => "502 5.5.1 this is not done here",
        Fault::Syntax => "501 5.5.4 not written as it must be",
        Fault::Address => "501 5.1.3 not an address",
        Fault::Parameter => "555 5.5.4 a parameter that was not offered",
        Fault::NotAscii => "553 5.6.7 an address beyond ASCII needs SMTPUTF8",
        Fault::Bytes => "500 5.5.2 not UTF-8",
    }
}

pub(super) fn greeting(protocol: Protocol, host: &str) -> String {
    let word = match protocol {
        Protocol::Lmtp => "LMTP",
        Protocol::Smtp => "ESMTP",
    };
    format!("220 {host} {word} MesInfos")
}

/// What is offered: PIPELINING (RFC 2920), SIZE (1870), 8BITMIME (6152), SMTPUTF8 (6531),
/// ENHANCEDSTATUSCODES (2034), STARTTLS (3207).
pub(super) fn extensions(host: &str, mail_bytes: usize, tls: bool) -> String {
    let tls = if tls { "250-STARTTLS\r\n" } else { "" };
    format!(
        "250-{host}\r\n250-PIPELINING\r\n250-SIZE {mail_bytes}\r\n{tls}250-ENHANCEDSTATUSCODES\r\n\
         250-8BITMIME\r\n250 SMTPUTF8"
    )
}
