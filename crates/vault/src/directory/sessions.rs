//! Sessions: an opaque token in a cookie, of which only the hash is kept.

use super::{Directory, accounts::parse, hash, token};
use crate::{Result, Row, keys};
use mesinfos_domain::PersonId;

/// A signed-in browser.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    /// To show and to revoke; never the token.
    pub id: String,
    /// Who.
    pub person: PersonId,
    /// The browser's own words, shortened.
    pub device: String,
    /// When it began, microseconds since 1970.
    pub created_us: i64,
    /// Last use, to the minute, in microseconds since 1970.
    pub seen_us: i64,
    /// When it ends unless it is used, microseconds since 1970.
    pub expires_us: i64,
}

/// What opens a session.
#[derive(Clone, Copy, Debug)]
pub struct NewSession<'a> {
    /// Who.
    pub person: PersonId,
    /// User-Agent.
    pub device: &'a str,
    /// How long without any use, in microseconds.
    pub lasts_us: i64,
}

const COLUMNS: &str = "id, person, device, created_us, seen_us, expires_us";
const MINUTE_US: i64 = 60_000_000;

impl Directory {
    /// Opens a session and returns its token, which is kept nowhere.
    pub fn open_session(&self, new: &NewSession<'_>, now_us: i64) -> Result<String> {
        let token = token()?;
        let id = uuid::Builder::from_random_bytes(keys::random()?).into_uuid().to_string();
        let device: String = new.device.chars().take(200).collect();
        let expires = now_us.saturating_add(new.lasts_us);
        self.db().transaction(|db| {
            db.execute("DELETE FROM session WHERE expires_us <= $1", &[now_us.into()])?;
            db.execute(
                "INSERT INTO session
                    (token_hash, id, person, device, created_us, seen_us, expires_us)
                 VALUES ($1, $2, $3, $4, $5, $5, $6)",
                &[
                    (&hash(&token)).into(),
                    (&id).into(),
                    (&new.person.to_string()).into(),
                    (&device).into(),
                    now_us.into(),
                    expires.into(),
                ],
            )?;
            Ok(())
        })?;
        Ok(token)
    }

    /// The session of a token, if it has not ended. Each use within it moves its end.
    pub fn session(&self, token: &str, now_us: i64) -> Result<Option<Session>> {
        let key = hash(token);
        let db = self.db();
        let found = db.first(
            &format!("SELECT {COLUMNS} FROM session WHERE token_hash = $1 AND expires_us > $2"),
            &[(&key).into(), now_us.into()],
            session,
        )?;
        // Once a minute at most: a page view is no write.
        if let Some(s) = &found
            && now_us - s.seen_us > MINUTE_US
        {
            db.execute(
                "UPDATE session SET seen_us = $2, expires_us = expires_us + ($2 - seen_us)
                 WHERE token_hash = $1",
                &[(&key).into(), now_us.into()],
            )?;
        }
        Ok(found)
    }

    /// A person's sessions, the latest used first.
    pub fn sessions(&self, person: PersonId, now_us: i64) -> Result<Vec<Session>> {
        self.db().query(
            &format!(
                "SELECT {COLUMNS} FROM session WHERE person = $1 AND expires_us > $2
                 ORDER BY seen_us DESC, id"
            ),
            &[(&person.to_string()).into(), now_us.into()],
            session,
        )
    }

    /// Ends the session of this token (sign-out).
    pub fn close_session(&self, token: &str) -> Result<()> {
        self.db().execute("DELETE FROM session WHERE token_hash = $1", &[(&hash(token)).into()])?;
        Ok(())
    }

    /// Ends one of a person's sessions by its id; whether there was one.
    pub fn revoke_session(&self, person: PersonId, id: &str) -> Result<bool> {
        let ended = self.db().execute(
            "DELETE FROM session WHERE person = $1 AND id = $2",
            &[(&person.to_string()).into(), id.into()],
        )?;
        Ok(ended > 0)
    }
}

fn session(r: &Row<'_>) -> Result<Session> {
    Ok(Session {
        id: r.get(0)?,
        person: parse(&r.get::<String>(1)?)?,
        device: r.get(2)?,
        created_us: r.get(3)?,
        seen_us: r.get(4)?,
        expires_us: r.get(5)?,
    })
}
