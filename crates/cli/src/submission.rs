//! Where the host has people's forwarded mails handed in.

use anyhow::{Context, Result, bail};
use mesinfos_server::Submission;
use mesinfos_vault::mailboxes::{Access, Secret, Security, Way};

/// `smtp://127.0.0.1:25` (this machine only), `smtps://LOGIN@HOST:465`, `smtp+tls://LOGIN@HOST:587`
/// (STARTTLS).
pub const WHERE: &str = "MESINFOS_SUBMISSION";
/// Its password.
pub const PASSWORD: &str = "MESINFOS_SUBMISSION_PASSWORD";

/// What the environment says of it.
pub fn configured() -> Result<Option<Submission>> {
    let of = |name: &str| std::env::var(name).ok().filter(|t| !t.trim().is_empty());
    let Some(text) = of(WHERE) else { return Ok(None) };
    let access = access(text.trim()).with_context(|| format!("{WHERE}={text}"))?;
    let secret = Secret::new(of(PASSWORD).unwrap_or_default());
    Ok(Some(Submission { access, secret }))
}

fn access(text: &str) -> Result<Access> {
    let (scheme, rest) = text.split_once("://").context("no such form: smtps://LOGIN@HOST:465")?;
    let (security, port) = match scheme {
        "smtp" => (Security::Plain, 25),
        "smtps" => (Security::Tls, 465),
        "smtp+tls" => (Security::StartTls, 587),
        _ => bail!("smtp, smtps or smtp+tls"),
    };
    // A login may be an address.
    let (login, place) = rest.rsplit_once('@').unwrap_or(("", rest));
    let (host, port) = match place.trim_end_matches('/').rsplit_once(':') {
        Some((host, port)) => (host, port.parse().context("no such port")?),
        None => (place.trim_end_matches('/'), port),
    };
    if host.is_empty() {
        bail!("no host");
    }
    if security != Security::Plain && login.is_empty() {
        bail!("no login");
    }
    let (host, login) = (host.to_owned(), login.to_owned());
    Ok(Access { host, port, security, login, way: Way::Password })
}

#[cfg(test)]
mod tests {
    use super::access;
    use mesinfos_vault::mailboxes::Security;

    #[test]
    fn a_server_is_named_in_one_line() {
        let own = access("smtp://127.0.0.1:2525").unwrap();
        assert_eq!((own.host.as_str(), own.port, own.login.as_str()), ("127.0.0.1", 2525, ""));
        let far = access("smtps://mesinfos@exemple.fr@smtp.exemple.fr").unwrap();
        assert_eq!((far.login.as_str(), far.port), ("mesinfos@exemple.fr", 465));
        assert_eq!(access("smtp+tls://m@h:587").unwrap().security, Security::StartTls);
        for no in
            ["", "smtp.exemple.fr", "http://x", "smtps://smtp.exemple.fr", "smtp://", "smtp://h:x"]
        {
            assert!(access(no).is_err(), "{no}");
        }
    }
}
