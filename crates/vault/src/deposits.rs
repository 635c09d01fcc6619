//! Mail that others deliver: sealed to its owner and kept at once, taken into the vault when it is
//! open. One way for all: a vault that is sealed, or busy with a large import, loses nothing and
//! makes no sender wait.

use crate::import::{Options, Received, Report, Watch};
use crate::packing::{Packer, unpack};
use crate::{Error, Result, Store, Vault, forwarding, sealing};
use mesinfos_domain::PersonId;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

/// A mail as it was delivered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deposit {
    /// The dedicated address to which it came, in lower case.
    pub address: String,
    /// What the delivery adds before it: `Return-Path`, `Delivered-To`, `Received`, each with its
    /// line end. It belongs to the arrival, not to the mail: delivered twice, the mail is one.
    pub trace: Vec<u8>,
    /// The mail.
    pub mail: Vec<u8>,
}

/// What became of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deposited {
    /// It is durable.
    Kept,
    /// So much waits for her that no more is kept: later.
    Full,
    /// Her vault was never opened, so there is nothing to seal to: later.
    NoKey,
}

/// So many bytes wait for one person at most.
pub const WAITING_BYTES: i64 = 2 << 30;
/// Taken into the vault together.
const BATCH: i64 = 500;
const BATCH_BYTES: i64 = 32 << 20;

impl Store {
    /// Seals a mail to its owner and keeps it; durable when it returns [`Deposited::Kept`].
    pub fn deposit(&self, person: PersonId, mail: &Deposit, now_us: i64) -> Result<Deposited> {
        let directory = self.directory();
        let Some(public) = directory.deposit_key(person)? else { return Ok(Deposited::NoKey) };
        if directory.waiting(person)?.bytes >= WAITING_BYTES {
            return Ok(Deposited::Full);
        }
        let packed = Packer::new(None)?.pack(&mail.to_bytes(), b"")?;
        let sealed = sealing::seal_to(&public, person.to_string().as_bytes(), &packed)?;
        match directory.keep_deposit(person, &sealed, now_us)? {
            true => Ok(Deposited::Kept),
            false => Ok(Deposited::NoKey),
        }
    }

    /// Takes what waits for the owner of an open vault into it. Killed at any moment nothing is
    /// lost, and what is taken twice is one message. Two at once take turns.
    ///
    /// # Errors
    /// Those of the vault; what was not taken still waits.
    pub fn take_deposits(
        &self,
        vault: &Vault,
        options: &Options,
        watch: &mut Watch<'_>,
    ) -> Result<Report> {
        let (person, mut report, mut after) = (vault.person(), Report::default(), 0);
        while !watch.stop.load(Ordering::Relaxed) {
            let batch = self.directory().deposits(person, after, BATCH, BATCH_BYTES)?;
            let Some((last, _)) = batch.last() else { break };
            after = *last;
            let mut ids = Vec::with_capacity(batch.len());
            let mut mails = Vec::with_capacity(batch.len());
            for (id, sealed) in batch {
                match open(vault, &sealed) {
                    Ok(mail) => {
                        ids.push(id);
                        mails.push(mail);
                    }
                    // It stays where it is: a backup may bring back what it was.
                    Err(error) => tracing::error!(%error, "a deposit does not open"),
                }
            }
            let now = take(vault, mails, options, watch)?;
            if now.stopped {
                report.add(now);
                break;
            }
            report.add(now);
            self.directory().drop_deposits(person, &ids)?;
        }
        Ok(report)
    }
}

fn take(
    vault: &Vault,
    mails: Vec<Deposit>,
    options: &Options,
    watch: &mut Watch<'_>,
) -> Result<Report> {
    let mut sources: BTreeMap<String, usize> = BTreeMap::new();
    for mail in &mails {
        let next = sources.len();
        sources.entry(mail.address.clone()).or_insert(next);
    }
    let mut addresses: Vec<&String> = sources.keys().collect();
    addresses.sort_by_key(|a| sources[*a]);
    let rows = vault.address_sources(&addresses, options.now_us)?;
    vault.write(|db| forwarding::note(db, &mails, options.now_us))?;
    let bytes = mails.iter().map(|m| m.mail.len() as u64).sum();
    vault.import_fed(
        &rows,
        bytes,
        |feeding| {
            for mail in mails {
                let source = sources[&mail.address];
                let received = Received { source, address: mail.address, trace: mail.trace };
                if feeding.hand_received(received, mail.mail).is_break() {
                    return;
                }
            }
        },
        options,
        watch,
    )
}

fn open(vault: &Vault, sealed: &[u8]) -> Result<Deposit> {
    let packed = vault.open_sealed(sealed)?;
    let bytes = unpack(&packed, None, b"")?;
    Deposit::from_bytes(&bytes).ok_or_else(|| Error::Damaged("a deposit".into()))
}

impl Deposit {
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.mail.len() + self.trace.len() + 80);
        for part in [self.address.as_bytes(), &self.trace] {
            out.extend((part.len() as u32).to_le_bytes());
            out.extend(part);
        }
        out.extend(&self.mail);
        out
    }

    fn from_bytes(bytes: &[u8]) -> Option<Deposit> {
        fn part<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
            let (length, rest) = bytes.split_first_chunk::<4>()?;
            let (part, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            *bytes = rest;
            Some(part)
        }
        let mut rest = bytes;
        let address = String::from_utf8(part(&mut rest)?.to_vec()).ok()?;
        let trace = part(&mut rest)?.to_vec();
        Some(Deposit { address, trace, mail: rest.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::Deposit;

    #[test]
    fn a_deposit_comes_back_as_it_was() {
        let mail = Deposit {
            address: "fnac.k7x2m@exemple.fr".into(),
            trace: b"Return-Path: <>\r\n".to_vec(),
            mail: b"Subject: x\r\n\r\nx\r\n".to_vec(),
        };
        let bytes = mail.to_bytes();
        assert_eq!(Deposit::from_bytes(&bytes), Some(mail));
        assert_eq!(Deposit::from_bytes(&bytes[..20]), None);
        assert_eq!(Deposit::from_bytes(b"\xff\xff\xff\xffx"), None);
    }
}
