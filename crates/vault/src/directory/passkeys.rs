//! Passkeys (WebAuthn): who signs in with which one, and the vault keys that some of them open.

use super::{Directory, accounts::parse};
use crate::keys::{self, VaultKey};
use crate::{Error, Result, Row};
use mesinfos_domain::PersonId;
use std::fmt::Write;

/// What an authenticator answers to the PRF extension: 32 bytes that only it can make, and only
/// after it has verified its owner.
pub type PasskeySecret = [u8; 32];

/// A passkey that signs in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passkey {
    /// The credential's id, chosen by the authenticator.
    pub credential: Vec<u8>,
    /// Whose.
    pub person: PersonId,
    /// As its owner calls it.
    pub name: String,
    /// The verifier's own record (public key, counter), as JSON.
    pub body: String,
    /// Whether it also opens the sealed vault.
    pub opens: bool,
    /// When it was made, microseconds since 1970.
    pub created_us: i64,
    /// When it signed in last; `None`: never yet.
    pub used_us: Option<i64>,
}

/// What makes a passkey.
#[derive(Clone, Copy)]
pub struct NewPasskey<'a> {
    /// Whose.
    pub person: PersonId,
    /// The credential's id.
    pub credential: &'a [u8],
    /// As its owner calls it.
    pub name: &'a str,
    /// The verifier's record.
    pub body: &'a str,
}

const COLUMNS: &str = "credential, person, name, body, created_us, used_us";

impl Directory {
    /// Keeps a passkey. With a vault's key and the authenticator's secret, that key is wrapped by
    /// the secret, and the passkey opens the vault. [`Error::Taken`] when the credential is known.
    pub(crate) fn add_passkey(
        &self,
        new: &NewPasskey<'_>,
        opens: Option<(&VaultKey, &PasskeySecret)>,
        now_us: i64,
    ) -> Result<()> {
        let (owner, way) = (new.person.to_string(), way(new.credential));
        let wrapped = opens
            .map(|(key, secret)| {
                let salt: [u8; 16] = keys::random()?;
                Ok::<_, Error>((salt, key.wrap_for_passkey(secret, &salt, &about(&owner, &way))?))
            })
            .transpose()?;
        self.db().transaction(|db| {
            let taken = db.first(
                "SELECT 1 FROM passkey WHERE credential = $1",
                &[new.credential.into()],
                |_| Ok(()),
            )?;
            if taken.is_some() {
                return Err(Error::Taken("this passkey"));
            }
            db.execute(
                "INSERT INTO passkey (credential, person, name, body, created_us, used_us)
                 VALUES ($1, $2, $3, $4, $5, NULL)",
                &[
                    new.credential.into(),
                    (&owner).into(),
                    new.name.into(),
                    new.body.into(),
                    now_us.into(),
                ],
            )?;
            if let Some((salt, wrapped)) = &wrapped {
                db.execute(
                    "INSERT INTO vault_key (person, way, salt, wrapped) VALUES ($1, $2, $3, $4)",
                    &[(&owner).into(), (&way).into(), salt.as_slice().into(), wrapped.into()],
                )?;
            }
            Ok(())
        })
    }

    /// A person's passkeys, the oldest first.
    pub fn passkeys(&self, person: PersonId) -> Result<Vec<Passkey>> {
        let (owner, db) = (person.to_string(), self.db());
        let ways =
            db.query("SELECT way FROM vault_key WHERE person = $1", &[(&owner).into()], |r| {
                r.get::<String>(0)
            })?;
        db.query(
            &format!(
                "SELECT {COLUMNS} FROM passkey WHERE person = $1 ORDER BY created_us, credential"
            ),
            &[(&owner).into()],
            |r| passkey(r, &ways),
        )
    }

    /// The passkey of this person with this credential.
    pub fn passkey(&self, person: PersonId, credential: &[u8]) -> Result<Option<Passkey>> {
        Ok(self.passkeys(person)?.into_iter().find(|p| p.credential == credential))
    }

    /// Notes a use, with the verifier's record as it is now (its counter has moved).
    pub fn used_passkey(&self, passkey: &Passkey, body: &str, now_us: i64) -> Result<()> {
        self.db().execute(
            "UPDATE passkey SET body = $3, used_us = $4 WHERE person = $1 AND credential = $2",
            &[
                (&passkey.person.to_string()).into(),
                (&passkey.credential).into(),
                body.into(),
                now_us.into(),
            ],
        )?;
        Ok(())
    }

    /// Removes one of a person's passkeys and its way into the vault; whether there was one.
    pub fn remove_passkey(&self, person: PersonId, credential: &[u8]) -> Result<bool> {
        let owner = person.to_string();
        self.db().transaction(|db| {
            let gone = db.execute(
                "DELETE FROM passkey WHERE person = $1 AND credential = $2",
                &[(&owner).into(), credential.into()],
            )?;
            if gone > 0 {
                db.execute(
                    "DELETE FROM vault_key WHERE person = $1 AND way = $2",
                    &[(&owner).into(), (&way(credential)).into()],
                )?;
            }
            Ok(gone > 0)
        })
    }

    /// The vault's key that this passkey wraps. [`Error::Sealed`] when it wraps none,
    /// [`Error::Refused`] when the secret is not its own.
    pub(crate) fn key_by_passkey(
        &self,
        person: PersonId,
        credential: &[u8],
        secret: &PasskeySecret,
    ) -> Result<VaultKey> {
        let (owner, way) = (person.to_string(), way(credential));
        let (salt, wrapped) = self
            .db()
            .first(
                "SELECT salt, wrapped FROM vault_key WHERE person = $1 AND way = $2",
                &[(&owner).into(), (&way).into()],
                |r| Ok((r.get::<Vec<u8>>(0)?, r.get::<Vec<u8>>(1)?)),
            )?
            .ok_or(Error::Sealed)?;
        VaultKey::unwrap_by_passkey(secret, &salt, &about(&owner, &way), &wrapped)
    }
}

/// The way into the vault that a passkey is.
fn way(credential: &[u8]) -> String {
    let mut way = String::from("passkey:");
    for byte in credential {
        let _ = write!(way, "{byte:02x}"); // Writing to a String never fails.
    }
    way
}

/// What a wrapped key is bound to: its vault and its passkey.
fn about(owner: &str, way: &str) -> String {
    format!("{owner} {way}")
}

fn passkey(r: &Row<'_>, ways: &[String]) -> Result<Passkey> {
    let credential: Vec<u8> = r.get(0)?;
    Ok(Passkey {
        opens: ways.contains(&way(&credential)),
        credential,
        person: parse(&r.get::<String>(1)?)?,
        name: r.get(2)?,
        body: r.get(3)?,
        created_us: r.get(4)?,
        used_us: r.get(5)?,
    })
}
