//! Who gets what: whether an address is taken for, and where its mail goes. Never anywhere else than
//! into the deposit of a person here.

use crate::rates::Rate;
use crate::session::{Address, Delivery, Outcome, Protocol, Verdict};
use mesinfos_domain::PersonId;
use mesinfos_vault::directory::{AddressState, MailDomain, parts_of_local};
use mesinfos_vault::{Deposit, Deposited, Error, Result, Store, WAITING_BYTES};
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What stands behind: the store, the clock, and who takes deposits into vaults.
pub trait House: Send + Sync + 'static {
    /// Accounts, addresses, deposits.
    fn store(&self) -> &Store;
    /// Microseconds since 1970.
    fn now_us(&self) -> i64;
    /// A mail waits for this person.
    fn arrived(&self, person: PersonId);
}

/// What the host decides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rules {
    /// Our own name, in greetings and headers.
    pub host: String,
    /// For which domains mail is taken.
    pub domains: Vec<MailDomain>,
    /// Recipients from one address of the outside in ten minutes.
    pub from_one: u32,
    /// Unknown recipients from one address of the outside in ten minutes: more is guessing.
    pub unknown_from_one: u32,
    /// Mails to one address in an hour.
    pub to_one: u32,
    /// Addresses that mails make for one person in a day.
    pub made_by_mail: u32,
}

impl Rules {
    /// For these domains, with limits that people do not meet.
    pub fn new(host: String, domains: Vec<MailDomain>) -> Rules {
        Rules { host, domains, from_one: 300, unknown_from_one: 20, to_one: 200, made_by_mail: 20 }
    }
}

/// Who speaks to us.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Caller {
    /// By which protocol.
    pub protocol: Protocol,
    /// From where; none through a Unix socket.
    pub from: Option<IpAddr>,
    /// Whether TLS stands.
    pub is_secure: bool,
}

/// Decides and keeps. All of it blocks.
pub struct Office<H> {
    house: H,
    rules: Rules,
    from_one: Mutex<Rate<IpAddr>>,
    unknown_from_one: Mutex<Rate<IpAddr>>,
    to_one: Mutex<Rate<String>>,
    made_by_mail: Mutex<Rate<PersonId>>,
}

const MINUTE: i64 = 60_000_000;

/// Whose an address is.
enum Whose {
    Nobodys,
    Elsewhere,
    Hers(PersonId, AddressState),
    /// Its first mail makes it.
    New(PersonId),
    /// Her forwarded mails are sent from it: what comes is counted.
    Return(PersonId),
}

impl<H: House> Office<H> {
    /// For a house, by these rules.
    pub fn new(house: H, rules: Rules) -> Office<H> {
        Office {
            from_one: Mutex::new(Rate::new(rules.from_one, 10 * MINUTE)),
            unknown_from_one: Mutex::new(Rate::new(rules.unknown_from_one, 10 * MINUTE)),
            to_one: Mutex::new(Rate::new(rules.to_one, 60 * MINUTE)),
            made_by_mail: Mutex::new(Rate::new(rules.made_by_mail, 24 * 60 * MINUTE)),
            house,
            rules,
        }
    }

    /// What the host decides.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Whether mail for this address is taken from this caller.
    pub fn verdict(&self, caller: &Caller, address: &Address) -> Verdict {
        let now = self.house.now_us();
        // The host's own mail server answers for its own callers.
        let from = caller.from.filter(|_| caller.protocol == Protocol::Smtp).map(neighbourhood);
        if let Some(from) = from {
            let is_guessing = !lock(&self.unknown_from_one).has_room(&from, now);
            if is_guessing || !lock(&self.from_one).count(from, now) {
                return Verdict::TooMuch;
            }
        }
        match self.weigh(address, now) {
            Ok(Verdict::Unknown) => {
                if let Some(from) = from {
                    lock(&self.unknown_from_one).count(from, now);
                }
                Verdict::Unknown
            }
            Ok(verdict) => verdict,
            Err(error) => {
                tracing::error!(%error, "a recipient could not be looked up");
                Verdict::NotNow
            }
        }
    }

    fn weigh(&self, address: &Address, now: i64) -> Result<Verdict> {
        let person = match self.whose(address)? {
            Whose::Elsewhere => return Ok(Verdict::Elsewhere),
            Whose::Nobodys => return Ok(Verdict::Unknown),
            Whose::Hers(_, AddressState::Paused) => return Ok(Verdict::Paused),
            Whose::Hers(_, AddressState::Closed) => return Ok(Verdict::Closed),
            Whose::Return(person) => person,
            Whose::Hers(person, AddressState::Open) => person,
            Whose::New(person) if lock(&self.made_by_mail).has_room(&person, now) => person,
            Whose::New(_) => return Ok(Verdict::TooMuch),
        };
        if !lock(&self.to_one).has_room(&self.named(address), now) {
            return Ok(Verdict::TooMuch);
        }
        let waiting = self.house.store().directory().waiting(person)?;
        Ok(if waiting.bytes >= WAITING_BYTES { Verdict::Full } else { Verdict::Taken })
    }

    /// Keeps a mail for each of its recipients, in their order.
    pub fn keep(&self, caller: &Caller, delivery: &Delivery) -> Vec<Outcome> {
        let now = self.house.now_us();
        let mut arrived = BTreeSet::new();
        let outcomes = delivery.envelope.recipients.iter().map(|address| {
            match self.keep_for(caller, delivery, address, now) {
                Ok((outcome, person)) => {
                    arrived.extend(person.filter(|_| outcome == Outcome::Kept));
                    outcome
                }
                Err(error) => {
                    tracing::error!(%error, "a mail could not be kept");
                    Outcome::Later
                }
            }
        });
        let outcomes = outcomes.collect();
        for person in arrived {
            self.house.arrived(person);
        }
        outcomes
    }

    fn keep_for(
        &self,
        caller: &Caller,
        delivery: &Delivery,
        address: &Address,
        now: i64,
    ) -> Result<(Outcome, Option<PersonId>)> {
        let (store, name) = (self.house.store(), self.named(address));
        let person = match self.whose(address)? {
            Whose::Hers(person, AddressState::Open) => person,
            Whose::New(person) => {
                if !lock(&self.made_by_mail).count(person, now) {
                    return Ok((Outcome::Later, None));
                }
                match store.directory().add_address(person, &name, now) {
                    // Another mail made it a moment ago.
                    Ok(_) | Err(Error::Taken(_)) => {}
                    Err(error) => return Err(error),
                }
                person
            }
            Whose::Return(person) => {
                // Only what could not be delivered comes from nobody (RFC 5321, 4.5.5).
                if delivery.envelope.sender.is_some() {
                    return Ok((Outcome::Gone, None));
                }
                if !lock(&self.to_one).count(name, now) {
                    return Ok((Outcome::Later, None));
                }
                // Counted, never kept: nothing of it can fill anything.
                store.directory().forward_bounced(person)?;
                return Ok((Outcome::Kept, None));
            }
            Whose::Hers(..) | Whose::Nobodys | Whose::Elsewhere => {
                return Ok((Outcome::Gone, None));
            }
        };
        if !lock(&self.to_one).count(name.clone(), now) {
            return Ok((Outcome::Later, None));
        }
        let trace = trace(&self.rules.host, caller, delivery, &name, now);
        let deposit = Deposit { address: name, trace, mail: delivery.bytes.clone() };
        let outcome = match store.deposit(person, &deposit, now)? {
            Deposited::Kept => Outcome::Kept,
            Deposited::Full => Outcome::Full,
            Deposited::NoKey => Outcome::Later,
        };
        Ok((outcome, Some(person)))
    }

    /// The address as it is kept: folded, with a domain.
    fn named(&self, address: &Address) -> String {
        match (address.domain().is_empty(), self.rules.domains.first()) {
            (true, Some(first)) => format!("{}@{}", address.folded(), first.name),
            _ => address.folded(),
        }
    }

    fn whose(&self, address: &Address) -> Result<Whose> {
        let name = self.named(address);
        let Some((local, domain)) = name.rsplit_once('@') else { return Ok(Whose::Elsewhere) };
        let Some(domain) = self.rules.domains.iter().find(|d| d.name == domain) else {
            return Ok(Whose::Elsewhere);
        };
        let directory = self.house.store().directory();
        // Who answers for the domain must be reached (RFC 5321, 4.5.1; RFC 2142): the host.
        if matches!(local, "postmaster" | "abuse") {
            let host = directory.accounts()?.into_iter().find(|a| a.is_host);
            return Ok(host.map_or(Whose::Nobodys, |h| Whose::Hers(h.person, AddressState::Open)));
        }
        if let Some(known) = directory.dedicated(&name)? {
            return Ok(Whose::Hers(known.person, known.state));
        }
        if let Some(person) = directory.person_of_return(local)? {
            return Ok(Whose::Return(person));
        }
        let Some((_, token)) = parts_of_local(local) else { return Ok(Whose::Nobodys) };
        let Some(person) = directory.person_of_token(token)? else { return Ok(Whose::Nobodys) };
        let is_hers = match &domain.owner {
            None => true,
            Some(login) => directory.account(person)?.is_some_and(|a| a.login == *login),
        };
        Ok(if is_hers { Whose::New(person) } else { Whose::Nobodys })
    }
}

/// What a delivery adds before a mail (RFC 5321, 4.4).
fn trace(host: &str, caller: &Caller, delivery: &Delivery, to: &str, now_us: i64) -> Vec<u8> {
    let sender = delivery.envelope.sender.as_ref().map(ToString::to_string).unwrap_or_default();
    let from = caller.from.map(|ip| format!(" ([{ip}])")).unwrap_or_default();
    let with = match (caller.protocol, caller.is_secure) {
        (Protocol::Lmtp, _) => "LMTP",
        (Protocol::Smtp, false) => "ESMTP",
        (Protocol::Smtp, true) => "ESMTPS",
    };
    let at = jiff::Timestamp::from_microsecond(now_us).unwrap_or_default();
    // Without a date rather than with a wrong one: years beyond 9999 are nobody's.
    let at = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_string(&at);
    let at = at.unwrap_or_default();
    format!(
        "Return-Path: <{sender}>\r\nDelivered-To: {to}\r\n\
         Received: from {}{from} by {host} with {with}; {at}\r\n",
        delivery.envelope.greeted_as
    )
    .into_bytes()
}

/// Whom a limit counts together: one address, or the network of a home where addresses abound.
fn neighbourhood(from: IpAddr) -> IpAddr {
    match from.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 => v4,
    }
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    // Counts stay counts, whatever panicked beside them.
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Envelope;

    #[test]
    fn what_a_delivery_adds_is_a_header_that_says_how_it_came() {
        let envelope = Envelope {
            greeted_as: "mx.shop.example".into(),
            sender: Address::parse("retour@shop.example"),
            recipients: Vec::new(),
        };
        let caller = Caller {
            protocol: Protocol::Smtp,
            from: Some("192.0.2.7".parse().unwrap()),
            is_secure: true,
        };
        let delivery = Delivery { envelope, bytes: Vec::new() };
        let trace = trace("mx.exemple.fr", &caller, &delivery, "fnac.k7x2m@exemple.fr", 0);
        assert_eq!(
            String::from_utf8(trace).unwrap(),
            "Return-Path: <retour@shop.example>\r\nDelivered-To: fnac.k7x2m@exemple.fr\r\n\
             Received: from mx.shop.example ([192.0.2.7]) by mx.exemple.fr with ESMTPS; \
             Thu, 1 Jan 1970 00:00:00 -0000\r\n"
        );
    }

    #[test]
    fn a_home_counts_as_one() {
        let of = |text: &str| neighbourhood(text.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(of("192.0.2.7"), "192.0.2.7");
    }
}
