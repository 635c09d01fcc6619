//! Logging in: LOGIN and PLAIN with a password, XOAUTH2 and OAUTHBEARER with a token.

use super::client::{Client, is_passing};
use super::command::quoted;
use super::reply::{Reply, Status};
use crate::{Error, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mesinfos_vault::mailboxes::{Access, Secret, Way};
use zeroize::Zeroizing;

pub(super) fn log_in(client: &mut Client, access: &Access, secret: &Secret) -> Result<()> {
    let login = &access.login;
    let secret = secret.expose();
    match access.way {
        Way::Password if client.can("AUTH=PLAIN") => {
            let word = Zeroizing::new(format!("\0{login}\0{secret}"));
            authenticate(client, "PLAIN", &word, Error::Refused)
        }
        Way::Password => {
            if client.can("LOGINDISABLED") {
                return Err(Error::Insecure);
            }
            let (Some(login), Some(secret)) = (quoted(login), quoted(secret)) else {
                return Err(Error::Refused);
            };
            let command = Zeroizing::new(format!("LOGIN {login} {secret}"));
            let ended = client.run(&command, &mut |_, _| Ok(()))?;
            judge(client, ended.status, &ended.text, Error::Refused)
        }
        Way::XOAuth2 => {
            let word = Zeroizing::new(format!("user={login}\x01auth=Bearer {secret}\x01\x01"));
            authenticate(client, "XOAUTH2", &word, Error::ConsentEnded)
        }
        Way::OAuthBearer => {
            let name = login.replace('=', "=3D").replace(',', "=2C");
            let (host, port) = (&access.host, access.port);
            let word = Zeroizing::new(format!(
                "n,a={name},\x01host={host}\x01port={port}\x01auth=Bearer {secret}\x01\x01"
            ));
            authenticate(client, "OAUTHBEARER", &word, Error::ConsentEnded)
        }
    }
}

/// AUTHENTICATE, the first word with the command where the server takes it (RFC 4959).
fn authenticate(client: &mut Client, way: &str, word: &str, refused: Error) -> Result<()> {
    let mut word = Zeroizing::new(STANDARD.encode(word));
    let command = if client.can("SASL-IR") {
        let whole = Zeroizing::new(format!("AUTHENTICATE {way} {}", word.as_str()));
        // Asked for more after this, the server has refused: an empty answer ends it.
        word = Zeroizing::new(String::new());
        whole
    } else {
        Zeroizing::new(format!("AUTHENTICATE {way}"))
    };
    let ended = client.run(&command, &mut |client, reply| {
        if reply == Reply::GoOn {
            let line = Zeroizing::new(format!("{}\r\n", word.as_str()));
            client.send(&line)?;
            word = Zeroizing::new(String::new());
        }
        Ok(())
    })?;
    judge(client, ended.status, &ended.text, refused)
}

/// What a server can do after login may be more than before.
fn judge(client: &mut Client, status: Status, text: &str, refused: Error) -> Result<()> {
    match status {
        Status::Ok => {
            if !client.can("IMAP4REV1") || client.can("AUTH=PLAIN") || client.can("STARTTLS") {
                client.must("CAPABILITY", &mut |_, _| Ok(()))?;
            }
            Ok(())
        }
        _ if is_passing(text) => Err(Error::Unavailable),
        _ => Err(refused),
    }
}
