//! The consent itself: where the person is sent, and what her return is worth.

use super::{Client, Tokens};
use crate::outward::Outward;
use crate::web::Web;
use crate::{Error, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mesinfos_vault::mailboxes::Secret;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// An answer is small.
const ANSWER_BYTES: u64 = 64 << 10;
/// When the server does not say how long a token lasts (RFC 6749, 5.1).
const USUAL_SECONDS: i64 = 3600;

/// A consent that was begun.
#[derive(Clone, Debug)]
pub struct Begun {
    /// Where the person agrees.
    pub url: String,
    /// Comes back with her; nobody else knows it.
    pub state: String,
    /// Proves that who asks for the token is who began (RFC 7636).
    pub verifier: Secret,
}

/// Begins: `chance` is 64 bytes of it. `redirect` is the page that she comes back to.
pub fn begin(client: &Client, redirect: &str, address: &str, chance: &[u8; 64]) -> Begun {
    let (state, verifier) = chance.split_at(32);
    let state = URL_SAFE_NO_PAD.encode(state);
    let verifier = URL_SAFE_NO_PAD.encode(verifier);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    let mut fields = vec![
        ("response_type", "code"),
        ("client_id", &*client.id),
        ("redirect_uri", redirect),
        ("scope", &client.issuer.scope),
        ("state", &state),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("login_hint", address),
    ];
    fields.extend(client.issuer.more.iter().map(|(n, v)| (n.as_str(), v.as_str())));
    let url = format!("{}?{}", client.issuer.authorize, form(&fields));
    Begun { url, state, verifier: Secret::new(verifier) }
}

/// Ends it: the code that she came back with, for tokens.
///
/// # Errors
/// [`Error::ConsentEnded`] when the provider does not take the code; those of the connection.
pub fn finish(
    client: &Client,
    redirect: &str,
    code: &str,
    verifier: &Secret,
    outward: &Outward,
) -> Result<Tokens> {
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", redirect),
        ("code_verifier", verifier.expose()),
    ];
    let given = ask(client, &fields, outward)?;
    // Without one the mailbox would go silent within the hour.
    let refresh = given.refresh_token.ok_or(Error::Broken("no refresh token"))?;
    Ok(tokens(client, given.access_token, refresh, given.expires_in, outward))
}

/// The next token.
///
/// # Errors
/// [`Error::ConsentEnded`] when the provider gives none any more; those of the connection.
pub(super) fn refresh(client: &Client, old: &Tokens, outward: &Outward) -> Result<Tokens> {
    let fields = [("grant_type", "refresh_token"), ("refresh_token", &*old.refresh)];
    let given = ask(client, &fields, outward)?;
    // Some give a new one each time, some never.
    let refresh = given.refresh_token.unwrap_or_else(|| old.refresh.clone());
    Ok(tokens(client, given.access_token, refresh, given.expires_in, outward))
}

fn tokens(
    client: &Client,
    access: String,
    refresh: String,
    seconds: Option<i64>,
    outward: &Outward,
) -> Tokens {
    let lasts = seconds.filter(|s| (0..=86_400 * 30).contains(s)).unwrap_or(USUAL_SECONDS);
    let expires_us = outward.clients.now_us() + lasts * 1_000_000;
    Tokens { issuer: client.issuer.code.clone(), access, refresh, expires_us }
}

#[derive(Deserialize)]
struct Given {
    access_token: String,
    refresh_token: Option<String>,
    expires_in: Option<i64>,
}

#[derive(Deserialize)]
struct Refused {
    error: String,
}

fn ask(client: &Client, fields: &[(&str, &str)], outward: &Outward) -> Result<Given> {
    let mut all = vec![("client_id", client.id.as_str())];
    all.extend(client.secret.as_ref().map(|s| ("client_secret", s.expose())));
    all.extend(fields);
    let body = zeroize::Zeroizing::new(form(&all));
    let answer = Web::new(outward)?.post(&client.issuer.token, &body, ANSWER_BYTES)?;
    match answer.status {
        200 => serde_json::from_slice(&answer.body).map_err(|_| Error::Broken("no token")),
        // RFC 6749, 5.2.
        400..=499 => {
            let why = serde_json::from_slice::<Refused>(&answer.body).map(|r| r.error);
            match why.as_deref() {
                // The host's client is unknown there, or its secret is wrong: no consent helps.
                Ok("invalid_client" | "unauthorized_client") => Err(Error::Broken("the client")),
                _ => Err(Error::ConsentEnded),
            }
        }
        _ => Err(Error::Unavailable),
    }
}

/// application/x-www-form-urlencoded.
fn form(fields: &[(&str, &str)]) -> String {
    let encoded = |text: &str| -> String {
        text.bytes()
            .map(|b| match b {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                    char::from(b).to_string()
                }
                _ => format!("%{b:02X}"),
            })
            .collect()
    };
    let pairs = fields.iter().map(|(n, v)| format!("{}={}", encoded(n), encoded(v)));
    pairs.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::Issuer;

    #[test]
    fn the_challenge_is_that_of_the_verifier() {
        let client = Client::new(Issuer::google(), "id&1:secret:with:colons");
        assert_eq!(client.secret.as_ref().map(Secret::expose), Some("secret:with:colons"));
        let chance = std::array::from_fn(|i| i as u8);
        let begun = begin(&client, "https://a.example/back", "lea+x@gmail.com", &chance);
        assert!(begun.url.starts_with("https://accounts.google.com/o/oauth2/v2/auth?"));
        for part in [
            "client_id=id%261",
            "redirect_uri=https%3A%2F%2Fa.example%2Fback",
            "login_hint=lea%2Bx%40gmail.com",
            "code_challenge_method=S256",
            "access_type=offline",
            &format!("state={}", begun.state),
        ] {
            assert!(begun.url.contains(part), "{part}: {}", begun.url);
        }
        // RFC 7636, 4.1: 43 to 128 characters; the verifier itself is not in the address.
        assert_eq!(begun.verifier.expose().len(), 43);
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(begun.verifier.expose()));
        assert!(begun.url.contains(&format!("code_challenge={challenge}")));
        assert!(!begun.url.contains(begun.verifier.expose()) && !begun.url.contains("secret"));
    }
}
