//! What each command does, and what becomes of a mail at its end.

use super::body::{Body, Fate};
use super::command::Command;
use super::path::Address;
use super::{Delivery, Envelope, Phase, Protocol, Session, reply};

impl Session {
    pub(super) fn obey(&mut self, command: Command) {
        match command {
            Command::Hello { name, is_extended } => self.hello(name, is_extended),
            Command::Mail { sender, size } => self.begin(sender, size),
            Command::Recipient(address) => self.recipient(address),
            Command::Data => self.data(),
            Command::StartTls => self.start_tls(),
            Command::Reset => {
                self.forget();
                self.say(reply::DONE);
            }
            Command::Nothing => self.say(reply::DONE),
            Command::Verify => self.say(reply::NOT_SAID),
            Command::Help => self.say(reply::HELP),
            Command::Quit => {
                self.say(reply::BYE);
                self.phase = Phase::Closed;
            }
        }
    }

    fn hello(&mut self, name: String, is_extended: bool) {
        self.forget();
        if is_extended {
            let tls = self.offers_tls && !self.is_secure;
            let text = reply::extensions(&self.host, self.limits.mail_bytes, tls);
            self.say(&text);
        } else {
            let text = format!("250 {}", self.host);
            self.say(&text);
        }
        self.greeted = Some((name, is_extended));
    }

    fn begin(&mut self, sender: Option<Address>, size: Option<u64>) {
        let Some((name, _)) = &self.greeted else { return self.fault(reply::GREET_FIRST) };
        if self.mail.is_some() {
            return self.fault(reply::ONE_AT_A_TIME);
        }
        if size.is_some_and(|s| s > self.limits.mail_bytes as u64) {
            return self.say(reply::TOO_LARGE);
        }
        self.had_none = false;
        let greeted_as = name.clone();
        self.mail = Some(Envelope { greeted_as, sender, recipients: Vec::new() });
        self.say(reply::SENDER);
    }

    fn recipient(&mut self, address: Address) {
        match &self.mail {
            None => self.fault(reply::SENDER_FIRST),
            Some(mail) if mail.recipients.len() >= self.limits.recipients => {
                self.say(reply::TOO_MANY_RECIPIENTS);
            }
            // Named twice is named once, and one reply for each is what LMTP then gives.
            Some(mail) if mail.recipients.contains(&address) && self.protocol == Protocol::Smtp => {
                self.say(reply::RECIPIENT);
            }
            Some(_) => self.phase = Phase::Checking(address),
        }
    }

    fn data(&mut self) {
        match &self.mail {
            None => self.fault(reply::SENDER_FIRST),
            Some(mail) if mail.recipients.is_empty() => {
                let none = if self.had_none { reply::NO_RECIPIENT } else { reply::RECIPIENT_FIRST };
                self.fault(none);
            }
            Some(_) => {
                self.say(reply::GO_ON);
                self.phase = Phase::Body(Body::new(self.limits.mail_bytes));
            }
        }
    }

    fn start_tls(&mut self) {
        let knows_it = self.greeted.as_ref().is_some_and(|(_, is_extended)| *is_extended);
        if !self.offers_tls || self.is_secure {
            self.fault(reply::NO_TLS);
        } else if !knows_it {
            self.fault(reply::GREET_FIRST);
        } else if self.read < self.input.len() {
            // In clear and meant to be taken for secured (CVE-2011-0411).
            self.say(reply::INJECTED);
            self.phase = Phase::Closed;
        } else {
            self.say(reply::READY_FOR_TLS);
            self.phase = Phase::Shaking;
        }
    }

    /// A mail came to its end. Whatever becomes of it, its envelope is used up.
    pub(super) fn ended(&mut self, fate: Fate) -> Option<Delivery> {
        self.phase = Phase::Command;
        let envelope = self.mail.take().unwrap_or_default();
        let refusal = match fate {
            Fate::Whole { has_bare, .. } if has_bare && self.protocol == Protocol::Smtp => {
                reply::BARE_IN_MAIL
            }
            Fate::Whole { bytes, .. } => {
                self.phase = Phase::Delivering(envelope.recipients.clone());
                return Some(Delivery { envelope, bytes });
            }
            Fate::NoRoom => reply::NO_ROOM,
            Fate::TooLarge | Fate::Endless => reply::TOO_LARGE,
        };
        let times = match self.protocol {
            Protocol::Lmtp => envelope.recipients.len(),
            Protocol::Smtp => 1,
        };
        for _ in 0..times {
            self.say(refusal);
        }
        None
    }

    fn forget(&mut self) {
        self.mail = None;
        self.had_none = false;
    }
}
