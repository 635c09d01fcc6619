//! Dedicated addresses: whose each one is, and whether it takes mail; known without any vault.

use super::{Directory, accounts::parse, typed_letters};
use crate::{Error, Result, Row, fold};
use mesinfos_domain::PersonId;
use serde::{Deserialize, Serialize};

/// Whether an address takes mail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AddressState {
    /// It does.
    Open,
    /// Not now.
    Paused,
    /// Never again, unless she opens it again.
    Closed,
}

impl AddressState {
    /// The word in the database and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            AddressState::Open => "open",
            AddressState::Paused => "paused",
            AddressState::Closed => "closed",
        }
    }

    /// From its word.
    pub fn from_code(code: &str) -> Option<AddressState> {
        [AddressState::Open, AddressState::Paused, AddressState::Closed]
            .into_iter()
            .find(|s| s.code() == code)
    }
}

/// A dedicated address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dedicated {
    /// In lower case, with its domain.
    pub address: String,
    /// Whose.
    pub person: PersonId,
    /// Whether it takes mail.
    pub state: AddressState,
    /// When it was made, microseconds since 1970.
    pub created_us: i64,
}

/// A domain for which this host takes mail.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MailDomain {
    /// In lower case.
    pub name: String,
    /// The login of the one person whose own domain it is; everybody's otherwise.
    pub owner: Option<String>,
}

/// What a person tells where she has no address yet: `anything.TOKEN@`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AddressToken {
    /// Six letters.
    pub token: String,
    /// Whether such an address is made by its first mail.
    pub takes_new: bool,
}

/// A person has so many addresses at most.
pub const ADDRESSES: usize = 5000;
/// Letters of an address's own token: with 25 bits, and guesses limited, none is found by guessing.
const OWN_LETTERS: usize = 5;
/// Letters of a person's token, which makes new addresses: 30 bits.
const TOKEN_LETTERS: usize = 6;
/// Longer labels are cut: a local part has 64 bytes (RFC 5321).
const LABEL_BYTES: usize = 32;

/// A label as it stands in an address: lower-case letters and digits, words joined by dashes.
pub fn label_in_address(label: &str) -> String {
    let mut out = String::new();
    for c in fold::key(label).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() >= LABEL_BYTES {
            break;
        }
    }
    let label = out.trim_end_matches('-');
    if label.is_empty() { "adresse".to_owned() } else { label.to_owned() }
}

/// The label and the token of `fnac.k7x2m`; none when it has not that form.
pub fn parts_of_local(local: &str) -> Option<(&str, &str)> {
    let (label, token) = local.rsplit_once('.')?;
    let is_label = !label.is_empty()
        && label.len() <= LABEL_BYTES
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    is_label.then_some((label, token))
}

const COLUMNS: &str = "address, person, state, created_us";

impl Directory {
    /// Makes an address `LABEL.xxxxx@DOMAIN` that nobody can guess.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the person has [`ADDRESSES`] already.
    pub fn make_address(
        &self,
        person: PersonId,
        label: &str,
        domain: &str,
        now_us: i64,
    ) -> Result<Dedicated> {
        // With 25 bits a second try is rare, a third unheard of.
        for _ in 0..8 {
            let local = format!("{}.{}", label_in_address(label), typed_letters(OWN_LETTERS)?);
            match self.add_address(person, &format!("{local}@{domain}"), now_us) {
                Err(Error::Taken(_)) => {}
                made => return made,
            }
        }
        Err(Error::Taken("every address that was drawn"))
    }

    /// Keeps an address as it is written. [`Error::Taken`] when somebody has it.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the person has [`ADDRESSES`] already.
    pub fn add_address(&self, person: PersonId, address: &str, now_us: i64) -> Result<Dedicated> {
        let (owner, address) = (person.to_string(), address.to_lowercase());
        self.db().transaction(|db| {
            let has = db.first(
                "SELECT COUNT(*) FROM address WHERE person = $1",
                &[(&owner).into()],
                |r| r.get::<i64>(0),
            )?;
            if has.unwrap_or(0) >= ADDRESSES as i64 {
                return Err(Error::Invalid(format!("{ADDRESSES} addresses are enough")));
            }
            let made = db.execute(
                "INSERT INTO address (address, person, state, created_us)
                 VALUES ($1, $2, 'open', $3) ON CONFLICT (address) DO NOTHING",
                &[(&address).into(), (&owner).into(), now_us.into()],
            )?;
            if made == 0 { Err(Error::Taken("this address")) } else { Ok(()) }
        })?;
        Ok(Dedicated { address, person, state: AddressState::Open, created_us: now_us })
    }

    /// Whose this address is, in lower case.
    pub fn dedicated(&self, address: &str) -> Result<Option<Dedicated>> {
        self.db().first(
            &format!("SELECT {COLUMNS} FROM address WHERE address = $1"),
            &[address.into()],
            dedicated,
        )
    }

    /// A person's addresses, the newest first.
    pub fn addresses(&self, person: PersonId) -> Result<Vec<Dedicated>> {
        self.db().query(
            &format!(
                "SELECT {COLUMNS} FROM address WHERE person = $1
                 ORDER BY created_us DESC, address {{by_bytes}}"
            ),
            &[(&person.to_string()).into()],
            dedicated,
        )
    }

    /// Pauses, closes or opens one of hers; whether it is hers.
    pub fn set_address(
        &self,
        person: PersonId,
        address: &str,
        state: AddressState,
    ) -> Result<bool> {
        let changed = self.db().execute(
            "UPDATE address SET state = $3 WHERE person = $1 AND address = $2",
            &[(&person.to_string()).into(), address.into(), state.code().into()],
        )?;
        Ok(changed > 0)
    }

    /// What she tells where she has no address yet; made at the first question, and taking nothing
    /// until she lets it.
    pub fn address_token(&self, person: PersonId) -> Result<AddressToken> {
        let owner = person.to_string();
        let found = || {
            self.db().first(
                "SELECT token, takes_new FROM address_token WHERE person = $1",
                &[(&owner).into()],
                |r| Ok(AddressToken { token: r.get(0)?, takes_new: r.get(1)? }),
            )
        };
        for _ in 0..8 {
            if let Some(token) = found()? {
                return Ok(token);
            }
            self.db().execute(
                "INSERT INTO address_token (person, token, takes_new) VALUES ($1, $2, FALSE)
                 ON CONFLICT DO NOTHING",
                &[(&owner).into(), (&typed_letters(TOKEN_LETTERS)?).into()],
            )?;
        }
        Err(Error::Taken("every token that was drawn"))
    }

    /// Whether addresses with her token are made by their first mail.
    pub fn let_mail_make_addresses(&self, person: PersonId, takes_new: bool) -> Result<()> {
        self.address_token(person)?;
        self.db().execute(
            "UPDATE address_token SET takes_new = $2 WHERE person = $1",
            &[(&person.to_string()).into(), takes_new.into()],
        )?;
        Ok(())
    }

    /// Who lets mail make addresses with this token.
    pub fn person_of_token(&self, token: &str) -> Result<Option<PersonId>> {
        let found = self.db().first(
            "SELECT person FROM address_token WHERE token = $1 AND takes_new",
            &[token.into()],
            |r| r.get::<String>(0),
        )?;
        found.map(|person| parse(&person)).transpose()
    }

    /// The domains for which this host takes mail, as [`Directory::set_mail_domains`] left them.
    pub fn mail_domains(&self) -> Result<Vec<MailDomain>> {
        let kept = self.setting("mail_domains")?;
        Ok(kept.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
    }

    /// Notes them, for commands that run beside the server.
    pub fn set_mail_domains(&self, domains: &[MailDomain]) -> Result<()> {
        let json = serde_json::to_string(domains)
            .map_err(|e| Error::Invalid(format!("domains do not serialise: {e}")))?;
        self.set_setting("mail_domains", &json)
    }

    /// Where a person's new addresses are: her own domain first.
    pub fn mail_domain_of(&self, person: PersonId) -> Result<Option<MailDomain>> {
        let account = self.account(person)?.ok_or(Error::NotFound("account"))?;
        let domains = self.mail_domains()?;
        let own = domains.iter().find(|d| d.owner.as_deref() == Some(&account.login));
        Ok(own.or_else(|| domains.iter().find(|d| d.owner.is_none())).cloned())
    }
}

fn dedicated(r: &Row<'_>) -> Result<Dedicated> {
    Ok(Dedicated {
        address: r.get(0)?,
        person: parse(&r.get::<String>(1)?)?,
        // A word that we do not know takes nothing.
        state: AddressState::from_code(&r.get::<String>(2)?).unwrap_or(AddressState::Closed),
        created_us: r.get(3)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_becomes_what_an_address_can_hold() {
        for (label, written) in [
            ("Fnac", "fnac"),
            ("Librairie Mirabelle & Fils", "librairie-mirabelle-fils"),
            ("Château d’Été", "chateau-d-ete"),
            ("  ", "adresse"),
            ("店", "adresse"),
            (&"x".repeat(80), &"x".repeat(32)),
        ] {
            assert_eq!(label_in_address(label), written);
        }
    }

    #[test]
    fn a_local_part_has_a_label_and_a_token() {
        assert_eq!(parts_of_local("fnac.k7x2m"), Some(("fnac", "k7x2m")));
        assert_eq!(parts_of_local("fnac.paris.k7x2m"), Some(("fnac.paris", "k7x2m")));
        let long = format!("{}.k7x2m", "x".repeat(33));
        for none in ["fnac", ".k7x2m", "a b.k7x2m", "é.k7x2m", &long] {
            assert_eq!(parts_of_local(none), None, "{none}");
        }
    }
}
