//! The addresses that forwarded mails are sent from, and how many came back to each.

use super::{Directory, accounts::parse, typed_letters};
use crate::{Error, Result};
use mesinfos_domain::PersonId;

/// What such an address begins with.
pub const RETURN: &str = "retour";
const LETTERS: usize = 6;

impl Directory {
    /// The local part of the address that this person's forwarded mails are sent from; made at the
    /// first question.
    pub fn return_local(&self, person: PersonId) -> Result<String> {
        let owner = person.to_string();
        for _ in 0..8 {
            let known = self.db().first(
                "SELECT token FROM forward_return WHERE person = $1",
                &[(&owner).into()],
                |r| r.get::<String>(0),
            )?;
            if let Some(token) = known {
                return Ok(format!("{RETURN}.{token}"));
            }
            self.db().execute(
                "INSERT INTO forward_return (token, person, bounces) VALUES ($1, $2, 0)
                 ON CONFLICT DO NOTHING",
                &[(&typed_letters(LETTERS)?).into(), (&owner).into()],
            )?;
        }
        Err(Error::Taken("every token that was drawn"))
    }

    /// Whose forwarded mails are sent from this local part.
    pub fn person_of_return(&self, local: &str) -> Result<Option<PersonId>> {
        let Some(token) = local.strip_prefix(RETURN).and_then(|l| l.strip_prefix('.')) else {
            return Ok(None);
        };
        let found = self.db().first(
            "SELECT person FROM forward_return WHERE token = $1",
            &[token.into()],
            |r| r.get::<String>(0),
        )?;
        found.map(|person| parse(&person)).transpose()
    }

    /// One came back.
    pub fn forward_bounced(&self, person: PersonId) -> Result<()> {
        self.db().execute(
            "UPDATE forward_return SET bounces = bounces + 1 WHERE person = $1",
            &[(&person.to_string()).into()],
        )?;
        Ok(())
    }

    /// How many came back since [`Directory::forget_bounces`].
    pub fn bounces(&self, person: PersonId) -> Result<i64> {
        let found = self.db().first(
            "SELECT bounces FROM forward_return WHERE person = $1",
            &[(&person.to_string()).into()],
            |r| r.get::<i64>(0),
        )?;
        Ok(found.unwrap_or(0))
    }

    /// Begins to count anew.
    pub fn forget_bounces(&self, person: PersonId) -> Result<()> {
        self.db().execute(
            "UPDATE forward_return SET bounces = 0 WHERE person = $1",
            &[(&person.to_string()).into()],
        )?;
        Ok(())
    }
}
