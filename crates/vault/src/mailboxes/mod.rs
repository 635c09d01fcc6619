//! Mailboxes that the person connected: how to reach them, their secrets, how the last sync went.

mod changes;
mod folders;
pub(crate) mod moved;

pub use changes::{Changed, Renumbered};
pub use folders::{Folder, Here};

pub use crate::import::prepare::message_id_key;
use crate::{Db, Error, Result, Row, Vault, filing, keys};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// How a connection is protected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// STARTTLS, without which nothing is said.
    StartTls,
    /// In clear: to this machine only.
    Plain,
}

/// How the person proves who they are to the server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// A password, or one made for this program.
    Password,
    /// A bearer token, as Google and Microsoft ask for it.
    XOAuth2,
    /// A bearer token (RFC 7628).
    OAuthBearer,
}

/// Words of an enumeration in the database; an unknown one is the first, the strictest.
macro_rules! codes {
    ($type:ident { $first:ident => $first_code:literal, $($name:ident => $code:literal),+ }) => {
        impl $type {
            /// The word in the database and on the command line.
            pub fn code(self) -> &'static str {
                match self {
                    $type::$first => $first_code,
                    $($type::$name => $code,)+
                }
            }

            /// From its word; an unknown one is the strictest.
            pub fn from_code(code: &str) -> $type {
                match code {
                    $($code => $type::$name,)+
                    _ => $type::$first,
                }
            }
        }
    };
}
codes!(Security { Tls => "tls", StartTls => "starttls", Plain => "plain" });
codes!(Way { Password => "password", XOAuth2 => "xoauth2", OAuthBearer => "oauthbearer" });

/// A password or a token: forgotten when dropped, in no log.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret(String);

impl Secret {
    /// Takes it.
    pub fn new(secret: String) -> Secret {
        Secret(secret)
    }

    /// The text itself, for the server that it is meant for.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// How to reach a mailbox, its secret aside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Access {
    /// The server.
    pub host: String,
    /// Its port: 993 or 143.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Whose mailbox there.
    pub login: String,
    /// How they prove it.
    pub way: Way,
}

impl Access {
    /// The path of a folder's `source`: the same when a mailbox is connected again.
    pub fn path(&self, folder: &str) -> String {
        format!("imap://{}@{}/{folder}", self.login, self.host)
    }
}

/// The server that takes the mails that she sends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outgoing {
    /// The server.
    pub host: String,
    /// Its port: 465 or 587.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
}

/// A mailbox that the person connected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mailbox {
    /// Its number.
    pub id: i64,
    /// The person's word for it.
    pub name: String,
    /// How to reach it.
    pub access: Access,
    /// When it was connected, microseconds since 1970.
    pub added_us: i64,
    /// The last attempt, microseconds since 1970; `None`: none yet.
    pub tried_us: Option<i64>,
    /// The last success, the same.
    pub synced_us: Option<i64>,
    /// New messages that it brought since.
    pub got: u64,
    /// Why the last attempt failed: a stable word, the key of a sentence.
    pub trouble: Option<String>,
    /// Her address there, when it is known.
    pub address: Option<String>,
    /// Where its mails are handed in, when that is known.
    pub outgoing: Option<Outgoing>,
}

impl Mailbox {
    /// How a mail is handed in: with the login of the mailbox.
    pub fn outward(&self) -> Option<Access> {
        let out = self.outgoing.clone()?;
        Some(Access {
            host: out.host,
            port: out.port,
            security: out.security,
            ..self.access.clone()
        })
    }
}

const COLUMNS: &str = "id, name, host, port, security, login, way, added_us, tried_us, synced_us,
    got, trouble, address, out_host, out_port, out_security";

impl Vault {
    /// Connects a mailbox. [`Error::Taken`] when the name is in use.
    pub fn add_mailbox(
        &self,
        name: &str,
        access: &Access,
        secret: &Secret,
        now_us: i64,
    ) -> Result<i64> {
        let key = self.secret_key();
        self.write(|db| {
            if by_name(db, name)?.is_some() {
                return Err(Error::Taken("this name of a mailbox"));
            }
            let id = db
                .first(
                    "SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) + 1 FROM mailbox
                     WHERE person_id = $1",
                    &[db.person().into()],
                    |r| r.get::<i64>(0),
                )?
                .unwrap_or(1);
            let sealed = keys::seal(&key, &about(id), secret.expose().as_bytes())?;
            db.execute(
                "INSERT INTO mailbox (person_id, id, name, host, port, security, login, way, secret,
                    added_us, tried_us, synced_us, got, trouble)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, NULL, 0, NULL)",
                &[
                    db.person().into(),
                    id.into(),
                    name.into(),
                    (&access.host).into(),
                    i64::from(access.port).into(),
                    access.security.code().into(),
                    (&access.login).into(),
                    access.way.code().into(),
                    (&sealed).into(),
                    now_us.into(),
                ],
            )?;
            Ok(id)
        })
    }

    /// All mailboxes, by name.
    pub fn mailboxes(&self) -> Result<Vec<Mailbox>> {
        self.read(|db| {
            db.query(
                &format!(
                    "SELECT {COLUMNS} FROM mailbox WHERE person_id = $1 ORDER BY name {{by_bytes}}"
                ),
                &[db.person().into()],
                mailbox,
            )
        })
    }

    /// The mailbox with this name.
    pub fn mailbox(&self, name: &str) -> Result<Option<Mailbox>> {
        self.read(|db| by_name(db, name))
    }

    /// Its password or token.
    pub fn mailbox_secret(&self, id: i64) -> Result<Secret> {
        let sealed = self.read(|db| {
            db.first(
                "SELECT secret FROM mailbox WHERE person_id = $1 AND id = $2",
                &[db.person().into(), id.into()],
                |r| r.get::<Vec<u8>>(0),
            )
        })?;
        let sealed = sealed.ok_or(Error::NotFound("mailbox"))?;
        let clear = keys::open(&self.secret_key(), &about(id), &sealed)?;
        let text = String::from_utf8(clear).map_err(|_| Error::Refused)?;
        Ok(Secret::new(text))
    }

    /// The same token made fresh: no word on how the mailbox is.
    pub fn renew_mailbox_secret(&self, id: i64, secret: &Secret) -> Result<()> {
        let sealed = keys::seal(&self.secret_key(), &about(id), secret.expose().as_bytes())?;
        self.write(|db| {
            db.execute(
                "UPDATE mailbox SET secret = $3 WHERE person_id = $1 AND id = $2",
                &[db.person().into(), id.into(), (&sealed).into()],
            )
        })?;
        Ok(())
    }

    /// Her address there, and where its mails are handed in.
    pub fn set_outgoing(&self, id: i64, address: &str, outgoing: Option<&Outgoing>) -> Result<()> {
        let changed = self.write(|db| {
            db.execute(
                "UPDATE mailbox SET address = $3, out_host = $4, out_port = $5, out_security = $6
                 WHERE person_id = $1 AND id = $2",
                &[
                    db.person().into(),
                    id.into(),
                    address.into(),
                    outgoing.map(|o| o.host.as_str()).into(),
                    outgoing.map(|o| i64::from(o.port)).into(),
                    outgoing.map(|o| o.security.code()).into(),
                ],
            )
        })?;
        if changed == 0 { Err(Error::NotFound("mailbox")) } else { Ok(()) }
    }

    /// A new password or token for it.
    pub fn set_mailbox_secret(&self, id: i64, secret: &Secret) -> Result<()> {
        let sealed = keys::seal(&self.secret_key(), &about(id), secret.expose().as_bytes())?;
        self.write(|db| {
            db.execute(
                "UPDATE mailbox SET secret = $3, trouble = NULL WHERE person_id = $1 AND id = $2",
                &[db.person().into(), id.into(), (&sealed).into()],
            )
        })?;
        Ok(())
    }

    /// Forgets a mailbox and its secret. What it brought stays, and is not fetched again should it
    /// be connected anew.
    pub fn remove_mailbox(&self, id: i64) -> Result<()> {
        let gone = self.write(|db| {
            // What was filed stays there: without the password nothing can be put back.
            filing::forget(db, id)?;
            db.execute(
                "DELETE FROM mailbox WHERE person_id = $1 AND id = $2",
                &[db.person().into(), id.into()],
            )
        })?;
        if gone == 0 { Err(Error::NotFound("mailbox")) } else { Ok(()) }
    }

    /// Notes how a sync ended: with new messages, or with a trouble.
    pub fn mailbox_synced(
        &self,
        id: i64,
        got: u64,
        trouble: Option<&str>,
        now_us: i64,
    ) -> Result<()> {
        let success = trouble.is_none().then_some(now_us);
        self.write(|db| {
            db.execute(
                "UPDATE mailbox SET tried_us = $3, synced_us = COALESCE($4, synced_us),
                    got = got + $5, trouble = $6
                 WHERE person_id = $1 AND id = $2",
                &[
                    db.person().into(),
                    id.into(),
                    now_us.into(),
                    success.into(),
                    (got as i64).into(),
                    trouble.into(),
                ],
            )
        })?;
        Ok(())
    }
}

fn by_name(db: &Db, name: &str) -> Result<Option<Mailbox>> {
    db.first(
        &format!("SELECT {COLUMNS} FROM mailbox WHERE person_id = $1 AND name = $2"),
        &[db.person().into(), name.into()],
        mailbox,
    )
}

fn mailbox(r: &Row<'_>) -> Result<Mailbox> {
    Ok(Mailbox {
        id: r.get(0)?,
        name: r.get(1)?,
        access: Access {
            host: r.get(2)?,
            port: r.get::<i64>(3)? as u16,
            security: Security::from_code(&r.get::<String>(4)?),
            login: r.get(5)?,
            way: Way::from_code(&r.get::<String>(6)?),
        },
        added_us: r.get(7)?,
        tried_us: r.get(8)?,
        synced_us: r.get(9)?,
        got: r.get::<i64>(10)? as u64,
        trouble: r.get(11)?,
        address: r.get::<Option<String>>(12)?.or_else(|| {
            // Connected by an earlier version: her address is its name, or its login.
            let known = [r.get::<String>(1), r.get::<String>(5)];
            known.into_iter().flatten().find(|name| name.contains('@'))
        }),
        outgoing: match (r.get::<Option<String>>(13)?, r.get::<Option<i64>>(14)?) {
            (Some(host), Some(port)) => Some(Outgoing {
                host,
                port: port as u16,
                security: Security::from_code(&r.get::<Option<String>>(15)?.unwrap_or_default()),
            }),
            _ => None,
        },
    })
}

/// What a sealed secret is bound to.
fn about(id: i64) -> Vec<u8> {
    format!("mailbox {id}").into_bytes()
}
