//! One conversation, LMTP (RFC 2033) or SMTP (RFC 5321), as a machine: bytes in, replies out, and
//! between them the questions that only the outside can answer.
//!
//! ```text
//! feed(bytes) -> advance() -> Check(address)    -> checked(verdict)
//!                             Deliver(delivery) -> delivered(outcomes)
//!                             Handshake         -> secured()
//!                             Read | Close
//! ```
//!
//! What is held is bounded: one line, one mail up to the limit, and what was fed since. A mail ends
//! at `<CR><LF>.<CR><LF>` and nowhere else, so that no other reader of the same bytes can see two
//! mails where we see one (SMTP smuggling, 2023).

mod body;
mod command;
mod obey;
mod path;
mod reply;

pub use path::Address;
pub use reply::{Outcome, Verdict};

use body::{Body, Fate};
use std::mem;

/// Which protocol is spoken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Protocol {
    /// From the host's own mail server: one reply for each recipient.
    Lmtp,
    /// From anywhere.
    Smtp,
}

/// What bounds a conversation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Bytes of one mail, as it is kept.
    pub mail_bytes: usize,
    /// Recipients of one mail; RFC 5321 asks for 100 at least.
    pub recipients: usize,
    /// Things that went wrong in one conversation, refused recipients included.
    pub faults: usize,
}

impl Default for Limits {
    /// 50 MB: what is larger is not understood anyway.
    fn default() -> Limits {
        Limits { mail_bytes: 50 << 20, recipients: 100, faults: 20 }
    }
}

/// The longest line of a command, its end included: 512 bytes (RFC 5321, 4.5.3.1.4) and room for
/// what extensions add.
pub const LINE_BYTES: usize = 2048;

/// Who sends, to whom.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Envelope {
    /// What the other side calls itself; any word of its own.
    pub greeted_as: String,
    /// To whom failures are told; none for a mail that is itself such a telling.
    pub sender: Option<Address>,
    /// Whom the caller said to take it for.
    pub recipients: Vec<Address>,
}

/// A mail that is whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delivery {
    /// Who sends, to whom.
    pub envelope: Envelope,
    /// The mail, its lines ended by `<CR><LF>`, dots unstuffed.
    pub bytes: Vec<u8>,
}

/// What the conversation waits for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Next {
    /// More bytes: [`Session::feed`].
    Read,
    /// Whether this address is taken for: [`Session::checked`].
    Check(Address),
    /// The mail is to be kept: [`Session::delivered`].
    Deliver(Delivery),
    /// The other side waits for TLS: [`Session::secured`] when it stands.
    Handshake,
    /// It is over, once the last reply is sent.
    Close,
}

enum Phase {
    Command,
    Checking(Address),
    Body(Body),
    /// For these.
    Delivering(Vec<Address>),
    Shaking,
    Closed,
}

/// One conversation.
pub struct Session {
    protocol: Protocol,
    host: String,
    limits: Limits,
    offers_tls: bool,
    is_secure: bool,
    input: Vec<u8>,
    read: usize,
    out: Vec<u8>,
    phase: Phase,
    /// What the other side calls itself, once it has greeted; whether it knows extensions.
    greeted: Option<(String, bool)>,
    mail: Option<Envelope>,
    /// Recipients were named and none was taken.
    had_none: bool,
    faults: usize,
}

impl Session {
    /// Said instead of a greeting to who has too many conversations already.
    pub const BUSY: &str = "421 4.7.0 too many connections, try again later\r\n";

    /// Begins, with the greeting as the first reply. `host` is our own name.
    pub fn new(protocol: Protocol, host: &str, limits: Limits, offers_tls: bool) -> Session {
        let mut session = Session {
            protocol,
            host: host.to_owned(),
            limits,
            offers_tls,
            is_secure: false,
            input: Vec::new(),
            read: 0,
            out: Vec::new(),
            phase: Phase::Command,
            greeted: None,
            mail: None,
            had_none: false,
            faults: 0,
        };
        session.say(&reply::greeting(protocol, host));
        session
    }

    /// Takes bytes as they came.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.input.extend_from_slice(bytes);
    }

    /// The replies to send now.
    pub fn replies(&mut self) -> Vec<u8> {
        mem::take(&mut self.out)
    }

    /// How many bytes of a mail are held.
    pub fn held(&self) -> usize {
        match &self.phase {
            Phase::Body(body) => body.held(),
            _ => 0,
        }
    }

    /// Whether TLS stands.
    pub fn is_secure(&self) -> bool {
        self.is_secure
    }

    /// Whether a mail is on its way: the other side may be slow, but must go on.
    pub fn is_receiving(&self) -> bool {
        matches!(self.phase, Phase::Body(_))
    }

    /// Goes as far as what was fed allows.
    pub fn advance(&mut self) -> Next {
        loop {
            match &mut self.phase {
                Phase::Closed => return Next::Close,
                Phase::Checking(address) => return Next::Check(address.clone()),
                // Asked again before it was answered: nothing more happens.
                Phase::Delivering(_) => return Next::Read,
                Phase::Shaking => return Next::Handshake,
                Phase::Body(body) => {
                    let (used, fate) = body.take(&self.input[self.read..]);
                    self.read += used;
                    match fate {
                        None => return self.wait(),
                        Some(Fate::Endless) => {
                            self.say(reply::TOO_LARGE);
                            self.phase = Phase::Closed;
                        }
                        Some(fate) => {
                            if let Some(delivery) = self.ended(fate) {
                                return Next::Deliver(delivery);
                            }
                        }
                    }
                }
                Phase::Command => {
                    let waiting = &self.input[self.read..];
                    let end = waiting.iter().take(LINE_BYTES).position(|b| *b == b'\n');
                    let Some(end) = end else {
                        if waiting.len() < LINE_BYTES {
                            return self.wait();
                        }
                        self.say(reply::LONG_LINE);
                        self.phase = Phase::Closed;
                        continue;
                    };
                    let line = waiting[..end].to_vec();
                    self.read += end + 1;
                    self.line(&line);
                }
            }
        }
    }

    /// Answers [`Next::Check`].
    pub fn checked(&mut self, verdict: &Verdict) {
        let Phase::Checking(address) = &self.phase else { return };
        let address = address.clone();
        self.phase = Phase::Command;
        if let Some(refusal) = verdict.refusal(&address) {
            self.had_none = true;
            // The host's own mail server may ask about as many as it likes.
            match self.protocol {
                Protocol::Lmtp => self.say(&refusal),
                Protocol::Smtp => self.fault(&refusal),
            }
            return;
        }
        if let Some(mail) = &mut self.mail {
            mail.recipients.push(address);
            self.say(reply::RECIPIENT);
        }
    }

    /// Answers [`Next::Deliver`]: an outcome for each recipient, in their order. Those that are
    /// missing count as not kept.
    pub fn delivered(&mut self, outcomes: &[Outcome]) {
        let Phase::Delivering(recipients) = &mut self.phase else { return };
        let recipients = mem::take(recipients);
        self.phase = Phase::Command;
        let all = (0..recipients.len()).map(|i| outcomes.get(i).copied().unwrap_or(Outcome::Later));
        match self.protocol {
            Protocol::Lmtp => {
                for (address, outcome) in recipients.iter().zip(all) {
                    self.say(&outcome.for_one(address));
                }
            }
            // One reply for all: who has it already knows it again when it comes once more.
            Protocol::Smtp => self.say(Outcome::for_all(all)),
        }
    }

    /// TLS stands: all that was said before is forgotten (RFC 3207, 4.2).
    pub fn secured(&mut self) {
        if matches!(self.phase, Phase::Shaking) {
            self.phase = Phase::Command;
            (self.is_secure, self.greeted, self.mail) = (true, None, None);
            (self.input, self.read) = (Vec::new(), 0);
        }
    }

    /// There is no room for this mail: its end is waited for and it is sent away for later.
    pub fn no_room(&mut self) {
        if let Phase::Body(body) = &mut self.phase {
            body.no_room();
        }
    }

    /// We must end: said when it may be said, that is not inside a mail.
    pub fn stop(&mut self) {
        self.say(reply::STOPPING);
        self.phase = Phase::Closed;
    }

    /// The other side said nothing for too long.
    pub fn too_slow(&mut self) {
        self.say(reply::TOO_SLOW);
        self.phase = Phase::Closed;
    }

    fn wait(&mut self) -> Next {
        self.input.drain(..self.read);
        self.read = 0;
        Next::Read
    }

    fn say(&mut self, reply: &str) {
        self.out.extend_from_slice(reply.as_bytes());
        self.out.extend_from_slice(b"\r\n");
    }

    fn fault(&mut self, reply: &str) {
        self.say(reply);
        self.faults += 1;
        if self.faults >= self.limits.faults {
            self.say(reply::TOO_MANY_FAULTS);
            self.phase = Phase::Closed;
        }
    }

    /// A line without its `<LF>`.
    fn line(&mut self, line: &[u8]) {
        let whole = line.strip_suffix(b"\r").filter(|l| !l.iter().any(|b| matches!(b, b'\r' | 0)));
        let Some(line) = whole else {
            // What follows such a line may be meant for somebody else: nothing of it is looked at.
            self.say(reply::BARE);
            self.phase = Phase::Closed;
            return;
        };
        match command::parse(self.protocol, line) {
            Ok(command) => self.obey(command),
            Err(fault) => self.fault(reply::of_fault(fault)),
        }
    }
}
