//! Dedicated addresses from both sides: the directory knows whose one is, the vault to whom she gave
//! it.

use crate::directory::{Dedicated, parts_of_local};
use crate::import::fed;
use crate::{Db, Error, Result, Store, Vault};
use mesinfos_domain::ActorId;

/// An address to make.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NewAddress<'a> {
    /// Her word for it: it begins the address.
    pub label: &'a str,
    /// To whom she gives it; `None`: to whoever writes first.
    pub actor: Option<ActorId>,
}

impl Store {
    /// Makes an address for the owner of an open vault, on her own domain where she has one.
    ///
    /// # Errors
    /// [`Error::NoMailDomain`] when this host takes no mail.
    pub fn give_address(
        &self,
        vault: &Vault,
        new: &NewAddress<'_>,
        now_us: i64,
    ) -> Result<Dedicated> {
        let directory = self.directory();
        let domain = directory.mail_domain_of(vault.person())?.ok_or(Error::NoMailDomain)?;
        let label = match new.label.trim() {
            "" => return Err(Error::Invalid("an address needs a word to begin with".into())),
            label => label,
        };
        let made = directory.make_address(vault.person(), label, &domain.name, now_us)?;
        vault.write(|db| note(db, &made.address, label, new.actor, now_us, false))?;
        Ok(made)
    }
}

impl Vault {
    /// Her word for an address, and to whom she gave it.
    pub fn set_given_address(
        &self,
        address: &str,
        label: &str,
        actor: Option<ActorId>,
        now_us: i64,
    ) -> Result<()> {
        self.write(|db| note(db, address, label, actor, now_us, false))
    }

    /// The rows of `source` for these addresses. One that she has no note of was made by its mail.
    pub(crate) fn address_sources(
        &self,
        addresses: &[&String],
        now_us: i64,
    ) -> Result<Vec<(i64, String)>> {
        self.write(|db| {
            let mut rows = Vec::with_capacity(addresses.len());
            for address in addresses {
                let known = db.first(
                    "SELECT 1 FROM given_address WHERE person_id = $1 AND address = $2",
                    &[db.person().into(), (*address).into()],
                    |_| Ok(()),
                )?;
                if known.is_none() {
                    note(db, address, label_of(address), None, now_us, true)?;
                }
                let id = fed::source(db, fed::ADDRESS, address, now_us)?;
                rows.push((id, (*address).clone()));
            }
            Ok(rows)
        })
    }
}

/// What stands before the token of an address.
pub(crate) fn label_of(address: &str) -> &str {
    let local = address.split_once('@').map_or(address, |(local, _)| local);
    parts_of_local(local).map_or(local, |(label, _)| label)
}

fn note(
    db: &Db,
    address: &str,
    label: &str,
    actor: Option<ActorId>,
    now_us: i64,
    is_by_mail: bool,
) -> Result<()> {
    db.execute(
        "INSERT INTO given_address (person_id, address, label, actor, made_us, is_by_mail)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (person_id, address) DO UPDATE SET
            label = excluded.label, actor = excluded.actor",
        &[
            db.person().into(),
            address.into(),
            label.into(),
            actor.map(|a| a.0).into(),
            now_us.into(),
            is_by_mail.into(),
        ],
    )?;
    Ok(())
}
