//! Accounts: who may sign in, and the wrapped keys of their vaults.

use super::{Directory, as_typed, typed_code};
use crate::keys::{self, HostKey, Mode, VaultKey};
use crate::{Db, Error, Result, Row, fold};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use mesinfos_domain::PersonId;
use std::sync::OnceLock;

/// Someone who has a vault here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Who.
    pub person: PersonId,
    /// `person_id` of the vault's rows.
    pub number: i64,
    /// The folded name or address signed in with.
    pub login: String,
    /// As shown.
    pub name: String,
    /// `fr` or `en`.
    pub locale: String,
    /// Who can open the vault.
    pub mode: Mode,
    /// May see the host page.
    pub is_host: bool,
    /// Whether there is a passphrase to sign in with.
    pub has_passphrase: bool,
}

/// What makes an account.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    /// Name or address to sign in with.
    pub login: &'a str,
    /// As shown.
    pub name: &'a str,
    /// `fr` or `en`.
    pub locale: &'a str,
    /// None: by link or passkey only. A sealed vault needs one.
    pub passphrase: Option<&'a str>,
    /// Who can open the vault.
    pub mode: Mode,
}

/// Shown once, each opens a sealed vault when the passphrase is lost.
pub type RecoveryCodes = Vec<String>;

const COLUMNS: &str = "person, number, login, name, locale, mode, is_host, passphrase IS NOT NULL";

impl Directory {
    pub(crate) fn create_account(
        &self,
        new: &NewAccount<'_>,
        host: &HostKey,
        now_us: i64,
    ) -> Result<(Account, RecoveryCodes)> {
        if new.mode == Mode::Sealed && new.passphrase.is_none() {
            return Err(Error::Invalid("a sealed vault needs a passphrase".into()));
        }
        let login = fold::key(new.login);
        if login.is_empty() {
            return Err(Error::Invalid("a name or address to sign in with is needed".into()));
        }
        let person = PersonId::new((now_us / 1000).max(0) as u64, keys::random()?);
        let hashed = new.passphrase.map(hash_passphrase).transpose()?;
        let key = VaultKey::random()?;
        let owner = person.to_string();
        let mut ways = Vec::new();
        let mut codes = Vec::new();
        match (new.mode, new.passphrase) {
            (Mode::Sealed, Some(passphrase)) => {
                ways.push(wrapped("passphrase".into(), &key, passphrase, &owner)?);
                for i in 1..=4 {
                    let code = typed_code(6)?;
                    ways.push(wrapped(format!("recovery:{i}"), &key, &as_typed(&code), &owner)?);
                    codes.push(code);
                }
            }
            _ => ways.push(("host".into(), Vec::new(), key.wrap_for_host(host, &owner)?)),
        }
        self.db().transaction(|db| {
            let taken =
                db.first("SELECT 1 FROM account WHERE login = $1", &[(&login).into()], |_| Ok(()))?;
            if taken.is_some() {
                return Err(Error::Taken("this name"));
            }
            let number = db
                .first(
                    "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) + 1 FROM account",
                    &[],
                    |r| r.get::<i64>(0),
                )?
                .unwrap_or(1);
            db.execute(
                "INSERT INTO account (person, number, login, name, locale, passphrase, mode,
                    is_host, created_us)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                &[
                    (&owner).into(),
                    number.into(),
                    (&login).into(),
                    new.name.into(),
                    new.locale.into(),
                    hashed.as_deref().into(),
                    new.mode.code().into(),
                    (number == 1).into(),
                    now_us.into(),
                ],
            )?;
            for (way, salt, wrapped) in &ways {
                db.execute(
                    "INSERT INTO vault_key (person, way, salt, wrapped) VALUES ($1, $2, $3, $4)",
                    &[(&owner).into(), way.into(), salt.into(), wrapped.into()],
                )?;
            }
            Ok(())
        })?;
        let account = self.account(person)?.ok_or(Error::NotFound("account"))?;
        Ok((account, codes))
    }

    /// This person's account.
    pub fn account(&self, person: PersonId) -> Result<Option<Account>> {
        self.db().first(
            &format!("SELECT {COLUMNS} FROM account WHERE person = $1"),
            &[(&person.to_string()).into()],
            account,
        )
    }

    /// The account that signs in with this name.
    pub fn account_by_login(&self, login: &str) -> Result<Option<Account>> {
        self.db().first(
            &format!("SELECT {COLUMNS} FROM account WHERE login = $1"),
            &[(&fold::key(login)).into()],
            account,
        )
    }

    /// All accounts, the oldest first.
    pub fn accounts(&self) -> Result<Vec<Account>> {
        self.db().query(&format!("SELECT {COLUMNS} FROM account ORDER BY number"), &[], account)
    }

    /// Checks login and passphrase. `None` for an unknown name as for a wrong passphrase, after
    /// the same work: nobody learns who has an account here.
    pub fn sign_in(&self, login: &str, passphrase: &str) -> Result<Option<Account>> {
        let found = self.db().first(
            "SELECT person, passphrase FROM account WHERE login = $1",
            &[(&fold::key(login)).into()],
            |r| Ok((r.get::<String>(0)?, r.get::<Option<String>>(1)?)),
        )?;
        // The lock on the directory is not held while hashing.
        let (person, hashed) = match found {
            Some((person, Some(hashed))) => (Some(person), hashed),
            _ => (None, nobody()?),
        };
        let right = verify_passphrase(passphrase, &hashed);
        match person {
            Some(person) if right => self.account(parse(&person)?),
            _ => Ok(None),
        }
    }

    /// Sets the language that the person chose: of pages where the browser says none, and of what is written
    /// without one.
    pub fn set_locale(&self, person: PersonId, locale: &str) -> Result<()> {
        self.db().execute(
            "UPDATE account SET locale = $2 WHERE person = $1",
            &[(&person.to_string()).into(), locale.into()],
        )?;
        Ok(())
    }

    /// Changes the passphrase (the caller has checked the old one: for a sealed vault it is needed
    /// to unwrap the key) and ends the person's sessions.
    pub fn change_passphrase(&self, person: PersonId, old: Option<&str>, new: &str) -> Result<()> {
        let account = self.account(person)?.ok_or(Error::NotFound("account"))?;
        let owner = person.to_string();
        let hashed = hash_passphrase(new)?;
        let rewrapped = match account.mode {
            Mode::Sealed => {
                let key = self.key_by_secret(&account, old.ok_or(Error::Refused)?)?;
                Some(wrapped("passphrase".into(), &key, new, &owner)?)
            }
            Mode::Watched => None,
        };
        self.db().transaction(|db| {
            db.execute(
                "UPDATE account SET passphrase = $2 WHERE person = $1",
                &[(&owner).into(), (&hashed).into()],
            )?;
            if let Some((way, salt, wrapped)) = &rewrapped {
                db.execute(
                    "UPDATE vault_key SET salt = $3, wrapped = $4 WHERE person = $1 AND way = $2",
                    &[(&owner).into(), way.into(), salt.into(), wrapped.into()],
                )?;
            }
            db.execute("DELETE FROM session WHERE person = $1", &[(&owner).into()])?;
            Ok(())
        })
    }

    pub(crate) fn key_by_host(&self, account: &Account, host: &HostKey) -> Result<VaultKey> {
        let owner = account.person.to_string();
        let wrapped = self
            .db()
            .first(
                "SELECT wrapped FROM vault_key WHERE person = $1 AND way = 'host'",
                &[(&owner).into()],
                |r| r.get::<Vec<u8>>(0),
            )?
            .ok_or(Error::Sealed)?;
        VaultKey::unwrap_by_host(host, &owner, &wrapped)
    }

    pub(crate) fn key_by_secret(&self, account: &Account, secret: &str) -> Result<VaultKey> {
        let owner = account.person.to_string();
        let ways = self.db().query(
            "SELECT way, salt, wrapped FROM vault_key WHERE person = $1
             AND (way = 'passphrase' OR way LIKE 'recovery:%')",
            &[(&owner).into()],
            |r| Ok((r.get::<String>(0)?, r.get::<Vec<u8>>(1)?, r.get::<Vec<u8>>(2)?)),
        )?;
        let code = as_typed(secret);
        for (way, salt, wrapped) in ways {
            // A passphrase is taken as it is; a code as it may be typed.
            let secret = if way == "passphrase" { secret } else { &code };
            match VaultKey::unwrap_by_secret(secret, &salt, &owner, &wrapped) {
                Err(Error::Refused) => {}
                answer => return answer,
            }
        }
        Err(Error::Refused)
    }

    /// After this nobody signs in, no vault opens and no mail is taken: what is left is only to be cleared.
    pub(crate) fn forget_keys(&self, person: PersonId) -> Result<()> {
        self.forget(
            person,
            &[
                "vault_key",
                "session",
                "entry_link",
                "passkey",
                "address",
                "address_token",
                "forward_return",
                "deposit_key",
                "deposit",
            ],
        )
    }

    pub(crate) fn forget_account(&self, person: PersonId) -> Result<()> {
        self.forget(person, &["account"])
    }

    fn forget(&self, person: PersonId, tables: &[&str]) -> Result<()> {
        let owner = person.to_string();
        self.db().transaction(|db: &Db| {
            for table in tables {
                let sql = format!("DELETE FROM {table} WHERE person = $1");
                db.execute(&sql, &[(&owner).into()])?;
            }
            Ok(())
        })
    }

    /// Persons whose erasure began and did not end.
    pub(crate) fn without_keys(&self) -> Result<Vec<PersonId>> {
        let found = self.db().query(
            "SELECT person FROM account WHERE NOT EXISTS
                (SELECT 1 FROM vault_key WHERE vault_key.person = account.person)",
            &[],
            |r| r.get::<String>(0),
        )?;
        found.iter().map(|person| parse(person)).collect()
    }
}

fn account(r: &Row<'_>) -> Result<Account> {
    Ok(Account {
        person: parse(&r.get::<String>(0)?)?,
        number: r.get(1)?,
        login: r.get(2)?,
        name: r.get(3)?,
        locale: r.get(4)?,
        mode: Mode::from_code(&r.get::<String>(5)?),
        is_host: r.get(6)?,
        has_passphrase: r.get(7)?,
    })
}

pub(super) fn parse(person: &str) -> Result<PersonId> {
    person.parse().map_err(|_| Error::Damaged(format!("{person} is no person's id")))
}

fn wrapped(
    way: String,
    key: &VaultKey,
    secret: &str,
    owner: &str,
) -> Result<(String, Vec<u8>, Vec<u8>)> {
    let salt: [u8; 16] = keys::random()?;
    Ok((way, salt.to_vec(), key.wrap_for_secret(secret, &salt, owner)?))
}

/// Argon2id with the parameters of OWASP's cheat sheet (19 MiB, 2 passes).
fn hasher() -> Result<Argon2<'static>> {
    let params =
        Params::new(19 << 10, 2, 1, None).map_err(|e| Error::Invalid(format!("argon2: {e}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_passphrase(passphrase: &str) -> Result<String> {
    let salt: [u8; 16] = keys::random()?;
    let odd = |e| Error::Invalid(format!("argon2: {e}"));
    let salt = SaltString::encode_b64(&salt).map_err(odd)?;
    Ok(hasher()?.hash_password(passphrase.as_bytes(), &salt).map_err(odd)?.to_string())
}

/// What an unknown name is checked against: made once, so that it costs one check like a known one.
fn nobody() -> Result<String> {
    static NOBODY: OnceLock<String> = OnceLock::new();
    match NOBODY.get() {
        Some(hashed) => Ok(hashed.clone()),
        None => Ok(NOBODY
            .get_or_init({
                let hashed = hash_passphrase("nobody's passphrase")?;
                move || hashed
            })
            .clone()),
    }
}

fn verify_passphrase(passphrase: &str, hashed: &str) -> bool {
    let (Ok(hasher), Ok(hashed)) = (hasher(), PasswordHash::new(hashed)) else { return false };
    hasher.verify_password(passphrase.as_bytes(), &hashed).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// OWASP's password storage cheat sheet, ASVS 2.4: argon2id, 19 MiB, 2 passes, a salt each.
    #[test]
    fn passphrases_are_hashed_as_they_should_be() {
        let once = hash_passphrase("quatre pommes vertes").unwrap();
        assert!(once.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{once}");
        assert_ne!(once, hash_passphrase("quatre pommes vertes").unwrap());
        assert!(verify_passphrase("quatre pommes vertes", &once));
        assert!(!verify_passphrase("quatre pommes verte", &once));
    }
}
