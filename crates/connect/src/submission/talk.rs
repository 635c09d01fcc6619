//! One mail, handed in: greeting, TLS, login, envelope, bytes.

use super::answer::{Answer, Heard};
use crate::imap::Stream;
use crate::outward::Outward;
use crate::{Error, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mesinfos_vault::mailboxes::{Access, Secret, Security, Way};
use std::io::{Read, Write};
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// A server that has all of the mail may look at it for a while (RFC 5321, 4.5.3.2.6).
const VERDICT: Duration = Duration::from_secs(120);

/// Hands a mail in, from one address to another; the status of the server that took it (250).
/// `access` is that of the submission server.
///
/// # Errors
/// [`Error::Declined`] when the server does not take this mail; otherwise those of the connection.
/// After [`Error::Cut`] or [`Error::Slow`] it may have taken it all the same.
pub fn hand_in(
    access: &Access,
    secret: &Secret,
    from: &str,
    to: &str,
    mail: &[u8],
    outward: &Outward,
) -> Result<u16> {
    let (from, to) = (path(from)?, path(to)?);
    let mut talk = Talk::open(access, outward)?;
    // A server on this machine may know us without a name.
    if !access.login.is_empty() {
        talk.log_in(access, secret)?;
    }
    let eight = if mail.is_ascii() {
        ""
    } else if talk.can("8BITMIME").is_some() {
        " BODY=8BITMIME"
    } else {
        return Err(Error::Broken("no 8-bit mail"));
    };
    talk.envelope(&format!("MAIL FROM:<{from}>{eight}"))?;
    talk.envelope(&format!("RCPT TO:<{to}>"))?;
    let go_on = talk.say("DATA")?;
    if go_on.code != 354 {
        return Err(refused(&go_on));
    }
    talk.stream.write_all(&dotted(mail)).map_err(|e| Error::io(&e))?;
    talk.patience = VERDICT;
    talk.stream.wait(VERDICT)?;
    let verdict = talk.hear()?;
    if verdict.code / 100 != 2 {
        return Err(refused(&verdict));
    }
    // Taken is taken, whether the goodbye is heard or not.
    let _ = talk.stream.write_all(b"QUIT\r\n").and_then(|()| talk.stream.flush());
    Ok(verdict.code)
}

struct Talk {
    stream: Stream,
    heard: Heard,
    capable: Vec<String>,
    patience: Duration,
}

impl Talk {
    /// Connects, and makes the connection safe as the mailbox says.
    fn open(access: &Access, outward: &Outward) -> Result<Talk> {
        let mut talk = Talk {
            stream: Stream::open(access, outward)?,
            heard: Heard::default(),
            capable: Vec::new(),
            patience: outward.patience,
        };
        if talk.hear()?.code != 220 {
            return Err(Error::Unavailable);
        }
        talk.greet()?;
        if access.security != Security::StartTls {
            return Ok(talk);
        }
        // RFC 3207. Failure is failure: nothing more is said in clear, and what was heard with the
        // answer was said by whoever stands between.
        if talk.can("STARTTLS").is_none() {
            return Err(Error::Insecure);
        }
        if talk.say("STARTTLS")?.code != 220 || !talk.heard.is_empty() {
            return Err(Error::Insecure);
        }
        let stream = talk.stream.secure(&access.host, outward.root.as_deref())?;
        let mut talk = Talk { stream, heard: Heard::default(), capable: Vec::new(), ..talk };
        talk.greet()?;
        Ok(talk)
    }

    /// EHLO; our name says nothing of this machine.
    fn greet(&mut self) -> Result<()> {
        let answer = self.say("EHLO [127.0.0.1]")?;
        if answer.code != 250 {
            return Err(Error::Broken("no EHLO"));
        }
        self.capable = answer.lines.into_iter().skip(1).map(|l| l.to_uppercase()).collect();
        Ok(())
    }

    /// What the server says of a capability.
    fn can(&self, capability: &str) -> Option<&str> {
        self.capable.iter().find_map(|line| {
            // Some servers of old write `AUTH=PLAIN`.
            let rest = line.strip_prefix(capability)?;
            (rest.is_empty() || rest.starts_with([' ', '=']))
                .then(|| rest.trim_start_matches([' ', '=']))
        })
    }

    fn log_in(&mut self, access: &Access, secret: &Secret) -> Result<()> {
        let offered: Vec<String> =
            self.can("AUTH").unwrap_or_default().split(' ').map(str::to_owned).collect();
        let has = |way: &str| offered.iter().any(|o| o == way);
        let (login, secret) = (&access.login, secret.expose());
        let bearer = format!("user={login}\x01auth=Bearer {secret}\x01\x01");
        match access.way {
            Way::Password if has("PLAIN") => {
                self.auth("PLAIN", format!("\0{login}\0{secret}"), Error::Refused)
            }
            Way::Password if has("LOGIN") => self.login(login, secret),
            Way::OAuthBearer if has("OAUTHBEARER") => {
                let name = login.replace('=', "=3D").replace(',', "=2C");
                let (host, port) = (&access.host, access.port);
                let word = format!(
                    "n,a={name},\x01host={host}\x01port={port}\x01auth=Bearer {secret}\x01\x01"
                );
                self.auth("OAUTHBEARER", word, Error::ConsentEnded)
            }
            Way::XOAuth2 | Way::OAuthBearer if has("XOAUTH2") => {
                self.auth("XOAUTH2", bearer, Error::ConsentEnded)
            }
            // Nothing that we could say would be understood, or only in clear.
            _ => Err(Error::Broken("no login")),
        }
    }

    /// RFC 4954, with the first word in the command.
    fn auth(&mut self, way: &str, word: String, error: Error) -> Result<()> {
        let word = Zeroizing::new(STANDARD.encode(Zeroizing::new(word)));
        let command = Zeroizing::new(format!("AUTH {way} {}", word.as_str()));
        let mut answer = self.say(&command)?;
        if answer.code == 334 {
            // Asked for more after this, the server has refused, and says why: an empty word ends it.
            answer = self.say("")?;
        }
        judge(&answer, error)
    }

    /// The old way, name and password one after the other.
    fn login(&mut self, login: &str, secret: &str) -> Result<()> {
        let mut answer = self.say("AUTH LOGIN")?;
        for word in [login, secret] {
            if answer.code != 334 {
                break;
            }
            let word = Zeroizing::new(STANDARD.encode(word));
            answer = self.say(&word)?;
        }
        judge(&answer, Error::Refused)
    }

    fn envelope(&mut self, command: &str) -> Result<()> {
        let answer = self.say(command)?;
        if answer.code / 100 == 2 { Ok(()) } else { Err(refused(&answer)) }
    }

    fn say(&mut self, command: &str) -> Result<Answer> {
        let line = Zeroizing::new(format!("{command}\r\n"));
        self.stream.write_all(line.as_bytes()).map_err(|e| Error::io(&e))?;
        self.hear()
    }

    fn hear(&mut self) -> Result<Answer> {
        self.stream.flush().map_err(|e| Error::io(&e))?;
        let began = Instant::now();
        let mut room = [0; 4096];
        loop {
            if let Some(answer) = self.heard.answer()? {
                return Ok(answer);
            }
            if began.elapsed() > self.patience {
                return Err(Error::Slow);
            }
            let n = self.stream.read(&mut room).map_err(|e| Error::io(&e))?;
            if n == 0 {
                return Err(Error::Cut);
            }
            self.heard.take(&room[..n]);
        }
    }
}

fn judge(answer: &Answer, refused: Error) -> Result<()> {
    match answer.code / 100 {
        2 => Ok(()),
        4 => Err(Error::Unavailable),
        _ => Err(refused),
    }
}

/// Later perhaps, or not at all.
fn refused(answer: &Answer) -> Error {
    match answer.code / 100 {
        4 => Error::Unavailable,
        _ => Error::Declined(answer.code),
    }
}

/// An address as it stands between angle brackets: nothing in it ends the command.
fn path(address: &str) -> Result<&str> {
    let is_plain = |b: u8| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b'\\');
    let is_good = address.len() <= 254 && address.contains('@') && address.bytes().all(is_plain);
    if is_good { Ok(address) } else { Err(Error::Broken("no address")) }
}

/// The mail as it is sent: line ends of CRLF, dots doubled where they begin a line, and the last dot
/// (RFC 5321, 4.5.2).
fn dotted(mail: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(mail.len() + mail.len() / 40 + 5);
    for line in mail.strip_suffix(b"\n").unwrap_or(mail).split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.starts_with(b".") {
            out.push(b'.');
        }
        // A bare CR is no line end, and some servers take it for one.
        out.extend(line.iter().filter(|b| **b != b'\r'));
        out.extend(b"\r\n");
    }
    out.extend(b".\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mail_ends_its_own_sending() {
        assert_eq!(dotted(b"a\r\n.\r\nb\n..c\r\n"), b"a\r\n..\r\nb\r\n...c\r\n.\r\n");
        assert_eq!(dotted(b"a\r.\rb"), b"a.b\r\n.\r\n");
        assert_eq!(dotted(b"a\r\n\r\n"), b"a\r\n\r\n.\r\n");
    }

    #[test]
    fn no_address_ends_the_command() {
        assert!(path("lea@exemple.fr").is_ok());
        for no in ["a@b> SIZE=1", "a@b\r\nDATA", "a b@c", "", "a", "<a@b>", "é@b.fr"] {
            assert!(path(no).is_err(), "{no}");
        }
    }
}
