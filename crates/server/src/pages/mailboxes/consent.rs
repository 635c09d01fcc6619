//! Consent in place of a password: the way to the provider's page, and the way back.

use super::retry::follow;
use crate::consents::For;
use crate::pages;
use crate::{Error, Visitor};
use axum::extract::{Path, Query};
use mesinfos_connect::oauth;
use mesinfos_connect::provider::Provider;
use mesinfos_vault::Vault;
use mesinfos_vault::mailboxes::{Access, Mailbox, Secret, Way};

/// Where she agrees: the provider's name, and the address of its page.
pub(super) struct Asked {
    pub name: String,
    pub url: String,
}

/// Begins a consent, where the host registered a client for this server.
pub(super) fn begin(
    visitor: &Visitor,
    found: &Provider,
    address: &str,
) -> Result<Option<Asked>, Error> {
    let clients = visitor.state().clients();
    let Some(client) = clients.of_host(&found.access.host) else { return Ok(None) };
    let mut chance = [0; 64];
    getrandom::fill(&mut chance).map_err(|e| Error::Broken(format!("no randomness: {e}")))?;
    let issuer = client.issuer.code.clone();
    let redirect = format!("{}/mailboxes/consent/{issuer}", visitor.origin);
    let begun = oauth::begin(client, &redirect, address, &chance);
    let about = For {
        person: visitor.person,
        session: visitor.session.clone(),
        issuer,
        redirect,
        address: address.to_owned(),
        access: Access { way: Way::XOAuth2, ..found.access.clone() },
        outgoing: found.outgoing.clone(),
    };
    visitor.state().consents().keep(&begun, about, visitor.state().now_us());
    Ok(Some(Asked { name: client.issuer.name.clone(), url: begun.url }))
}

/// What the provider sends her back with (RFC 6749, 4.1.2).
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Back {
    state: String,
    code: String,
    error: String,
}

/// Her return: the code is exchanged for tokens, and the mailbox is connected.
pub(super) async fn back(
    visitor: Visitor,
    Path(issuer): Path<String>,
    Query(back): Query<Back>,
) -> Result<pages::Back, Error> {
    let state = visitor.state();
    let (person, now) = (visitor.person, state.now_us());
    let begun = state.consents().take(&back.state, &issuer, person, &visitor.session, now);
    let Some(begun) = begun else { return Ok(said("lost")) };
    if !back.error.is_empty() || back.code.is_empty() {
        return Ok(said("refused"));
    }
    let outcome = visitor
        .outward(move |vault, state| {
            let clients = state.clients();
            let client = clients.of_issuer(&begun.about.issuer).ok_or(Error::NotFound)?;
            let outward = state.to_strangers();
            let given =
                oauth::finish(client, &begun.about.redirect, &back.code, &begun.verifier, &outward);
            let tokens = match given {
                Ok(tokens) => tokens,
                Err(error) => {
                    tracing::info!(trouble = error.code(), "a consent gave no token");
                    return Ok(None);
                }
            };
            let (name, access) = (&begun.about.address, &begun.about.access);
            let kept = keep(vault, name, access, &tokens.sealed(), state.now_us())?;
            if let Some(mailbox) = &kept {
                vault.set_outgoing(mailbox.id, name, Some(&begun.about.outgoing))?;
            }
            Ok(Some((vault.clone(), kept)))
        })
        .await?;
    match outcome {
        None => Ok(said("failed")),
        Some((_, None)) => Ok(said("taken")),
        Some((vault, Some(mailbox))) => {
            follow(&visitor, &vault, &mailbox)?;
            Ok(said("done"))
        }
    }
}

/// A new mailbox, or the same one with a consent given again; `None` when its name is another's.
fn keep(
    vault: &Vault,
    name: &str,
    access: &Access,
    secret: &Secret,
    now_us: i64,
) -> Result<Option<Mailbox>, Error> {
    match vault.mailbox(name)? {
        Some(known) if known.access == *access => vault.set_mailbox_secret(known.id, secret)?,
        Some(_) => return Ok(None),
        None => {
            vault.add_mailbox(name, access, secret, now_us)?;
        }
    }
    Ok(vault.mailbox(name)?)
}

fn said(word: &str) -> pages::Back {
    pages::Back::to("/mailboxes").saying("consent", word)
}
