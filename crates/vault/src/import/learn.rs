//! Whose mailbox this is: the person's addresses and provider, guessed from what arrives.

use super::prepare::Hints;
use crate::{Db, Result, setting};
use mesinfos_understanding::Context;
use std::collections::BTreeMap;

/// Counts of what mails say, and what follows from them.
#[derive(Clone, Default)]
pub(crate) struct Learnt {
    /// Address: mails delivered to it; those addressed to it; those sent from it.
    addresses: BTreeMap<String, Counts>,
    authserv: BTreeMap<String, u64>,
    mails: u64,
    /// Addresses that the person confirmed, and those that she refused.
    confirmed: Vec<String>,
    refused: Vec<String>,
}

#[derive(Default, Clone, Copy)]
struct Counts {
    delivered: u64,
    addressed: u64,
    sent: u64,
}

/// An address that so few mails name is not guessed to be hers.
const ENOUGH: u64 = 3;
/// A mailbox of many lists names many addresses: only the commonest are kept in mind.
const ADDRESSES: usize = 20_000;
/// The setting that keeps whose Authentication-Results count (RFC 8601).
const AUTHSERV: &str = "authserv";

impl Learnt {
    pub fn load(db: &Db) -> Result<Learnt> {
        let mut learnt = Learnt::default();
        for (address, mails, is_confirmed) in db.query(
            "SELECT address, mails, is_confirmed FROM own_address WHERE person_id = $1",
            &[db.person().into()],
            |r| Ok((r.get::<String>(0)?, r.get::<i64>(1)?, r.get::<Option<bool>>(2)?)),
        )? {
            match is_confirmed {
                Some(true) => learnt.confirmed.push(address),
                Some(false) => learnt.refused.push(address),
                None => {
                    learnt.addresses.entry(address).or_default().delivered += mails.max(0) as u64;
                    learnt.mails += mails.max(0) as u64;
                }
            }
        }
        if let Some(id) = setting::get(db, AUTHSERV)? {
            learnt.authserv.insert(id, 100);
        }
        Ok(learnt)
    }

    /// Takes one mail into account.
    pub fn see(&mut self, from: &str, is_sent: bool, hints: &Hints) {
        self.mails += 1;
        if is_sent {
            self.count(from).sent += 1;
            return;
        }
        if let Some(to) = &hints.delivered_to {
            self.count(to).delivered += 1;
        }
        for to in &hints.recipients {
            self.count(to).addressed += 1;
        }
        if let Some(id) = &hints.authserv
            && self.authserv.len() < 1000
        {
            *self.authserv.entry(id.clone()).or_default() += 1;
        }
    }

    fn count(&mut self, address: &str) -> &mut Counts {
        let full = self.addresses.len() >= ADDRESSES && !self.addresses.contains_key(address);
        // The empty address takes what there is no room for.
        self.addresses.entry(if full { String::new() } else { address.to_owned() }).or_default()
    }

    /// What the understanding of a mail may know.
    pub fn context(&self) -> Context {
        let own_addresses = self.own().into_iter().map(|(address, _)| address).collect();
        let most = self.authserv.iter().max_by_key(|(_, n)| **n);
        let trusted_authserv = most
            // Most mails bear the provider's own word; what a sender forged stays rare.
            .filter(|(_, n)| **n >= ENOUGH && **n * 2 > self.authserv.values().sum())
            .map(|(id, _)| id.clone());
        Context { own_addresses, trusted_authserv, ..Context::default() }
    }

    /// Guessed and confirmed addresses with the number of mails that say so.
    fn own(&self) -> Vec<(String, u64)> {
        let mut own: Vec<(String, u64)> = self.confirmed.iter().map(|a| (a.clone(), 0)).collect();
        for (address, c) in &self.addresses {
            let says = c.delivered + c.sent;
            let often = says >= ENOUGH && says * 20 >= self.mails
                || c.sent >= ENOUGH
                // No other trace in old mailboxes: nearly every mail is addressed to her.
                || c.addressed >= ENOUGH && c.addressed * 4 >= self.mails;
            let is_address = address.contains('@');
            if often
                && is_address
                && !self.refused.contains(address)
                && !self.confirmed.contains(address)
            {
                own.push((address.clone(), says.max(c.addressed)));
            }
        }
        own
    }

    /// Writes the guesses; what the person said of an address stands.
    pub fn flush(&self, db: &Db) -> Result<()> {
        for (address, mails) in self.own() {
            db.execute(
                "INSERT INTO own_address (person_id, address, mails, is_confirmed)
                 VALUES ($1, $2, $3, NULL)
                 ON CONFLICT (person_id, address) DO UPDATE SET
                    mails = CASE WHEN excluded.mails > own_address.mails
                        THEN excluded.mails ELSE own_address.mails END",
                &[db.person().into(), (&address).into(), (mails as i64).into()],
            )?;
        }
        if let Some(id) = self.context().trusted_authserv {
            setting::set(db, AUTHSERV, &id)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_is_who_most_mails_go_to_or_come_from_in_sent() {
        let mut learnt = Learnt::default();
        let hints = |to: &str| Hints {
            delivered_to: Some(to.into()),
            recipients: vec![to.into(), "liste@club.example".into()],
            authserv: Some("mx.fournisseur.example".into()),
            recipient: None,
            answers: Vec::new(),
        };
        for _ in 0..10 {
            learnt.see("boutique@shop.example", false, &hints("lea@exemple.fr"));
        }
        learnt.see("x@y.example", false, &hints("autre@exemple.fr"));
        for _ in 0..4 {
            learnt.see("lea.pro@exemple.com", true, &hints("x"));
        }
        let context = learnt.context();
        assert!(context.own_addresses.contains(&"lea@exemple.fr".to_owned()));
        assert!(context.own_addresses.contains(&"lea.pro@exemple.com".to_owned()));
        assert!(!context.own_addresses.contains(&"autre@exemple.fr".to_owned()));
        assert!(!context.own_addresses.contains(&"boutique@shop.example".to_owned()));
        assert_eq!(context.trusted_authserv.as_deref(), Some("mx.fournisseur.example"));
    }
}
