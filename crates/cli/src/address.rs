//! `mesinfos address`: dedicated addresses, listed, made, paused, closed.

mod forward;

use crate::request::{Ended, Said};
use anyhow::{Result, bail};
use mesinfos_server::Clock;
use mesinfos_vault::directory::AddressState;
use mesinfos_vault::views::{self, Given};
use mesinfos_vault::{NewAddress, Store, Vault};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What to do with dedicated addresses.
#[derive(clap::Subcommand, Serialize, Deserialize, Debug)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// List them: to whom each was given, what came, who else writes there.
    List {
        /// Only those to which others write.
        #[arg(long)]
        leaking: bool,
    },
    /// Make one for an actor, or for a word of yours.
    New {
        /// A name or domain in full, or any word: the address begins with it.
        label: String,
    },
    /// Refuse mail for now.
    Pause {
        /// Which.
        address: String,
    },
    /// Refuse mail for good.
    Close {
        /// Which.
        address: String,
    },
    /// Take mail again.
    Open {
        /// Which.
        address: String,
    },
    /// Pass on what arrives there to your real mailbox, once a code that is sent to it comes back;
    /// without an address, tell how it stands.
    Forward {
        /// Where to.
        to: Option<String>,
        /// By this connected mailbox instead of the host's submission.
        #[arg(long, value_name = "MAILBOX")]
        by: Option<String>,
        /// Forward no more.
        #[arg(long, conflicts_with = "to")]
        stop: bool,
    },
    /// Bring back the code that was sent there.
    Confirm {
        /// As it stands in the mail.
        code: String,
    },
    /// Let mail make addresses with your letters, or no more.
    FirstMail {
        /// `on` or `off`; without either, tell how it stands.
        #[arg(value_parser = ["on", "off"])]
        makes: Option<String>,
    },
}

pub fn perform(
    store: &Store,
    vault: &Vault,
    what: &What,
    say: &mut dyn FnMut(Said),
) -> Result<Ended> {
    match what {
        What::List { leaking } => list(store, vault, *leaking, say)?,
        What::New { label } => {
            let actor = views::actor_named(vault, label)?.map(|a| a.id);
            let now = Clock::system().now().as_microsecond();
            let made = store.give_address(vault, &NewAddress { label, actor }, now)?;
            say(Said::Line(json!({ "address": made.address, "state": made.state.code() })));
            say(Said::Words(made.address));
        }
        What::Pause { address } => set(store, vault, address, AddressState::Paused, say)?,
        What::Close { address } => set(store, vault, address, AddressState::Closed, say)?,
        What::Open { address } => set(store, vault, address, AddressState::Open, say)?,
        What::Forward { to, by, stop } => {
            forward::forward(store, vault, to.as_deref(), by.as_deref(), *stop, say)?;
        }
        What::Confirm { code } => forward::confirm(store, vault, code, say)?,
        What::FirstMail { makes } => first_mail(store, vault, makes.as_deref(), say)?,
    }
    Ok(Ended::Done)
}

fn list(store: &Store, vault: &Vault, leaking: bool, say: &mut dyn FnMut(Said)) -> Result<()> {
    let addresses = store.directory().addresses(vault.person())?;
    for given in views::given_addresses(vault, &addresses)? {
        if leaking && !given.is_leaking() {
            continue;
        }
        say(Said::Line(object(&given)));
        let to = given.given_to.as_ref().map_or(given.label.as_str(), |a| a.name.as_str());
        let mut words =
            format!("{} ({}): {}, {} mails", given.address, given.state.code(), to, given.mails);
        for stranger in given.strangers.iter().filter(|s| !s.is_carrier) {
            let who = stranger.actor.as_ref().map_or(stranger.from.as_str(), |a| a.name.as_str());
            words.push_str(&format!("; {who} writes there too ({})", stranger.mails));
        }
        say(Said::Words(words));
    }
    Ok(())
}

fn object(given: &Given) -> Value {
    let actor = |a: &views::ActorRef| json!({ "id": a.id.0, "name": a.name, "domain": a.domain });
    let strangers = given.strangers.iter().map(|s| {
        json!({
            "actor": s.actor.as_ref().map(actor),
            "from": s.from,
            "is_carrier": s.is_carrier,
            "mails": s.mails,
            "first": s.first.id.0,
        })
    });
    json!({
        "address": given.address,
        "state": given.state.code(),
        "label": given.label,
        // Whom to tell should the host close: who knows an address that still takes mail.
        "to_tell": given.state != AddressState::Closed,
        "given_to": given.given_to.as_ref().map(actor),
        "is_named": given.is_named,
        "is_by_mail": given.is_by_mail,
        "made_us": given.made.as_microsecond(),
        "mails": given.mails,
        "last": given.last.as_ref().map(|m| m.id.0),
        "others": strangers.collect::<Vec<_>>(),
    })
}

fn set(
    store: &Store,
    vault: &Vault,
    address: &str,
    state: AddressState,
    say: &mut dyn FnMut(Said),
) -> Result<()> {
    let address = address.to_lowercase();
    if !store.directory().set_address(vault.person(), &address, state)? {
        bail!("{address} is no address of yours: `mesinfos address list` names them");
    }
    say(Said::Line(json!({ "address": address, "state": state.code() })));
    say(Said::Words(format!("{address} is {}.", state.code())));
    Ok(())
}

fn first_mail(
    store: &Store,
    vault: &Vault,
    makes: Option<&str>,
    say: &mut dyn FnMut(Said),
) -> Result<()> {
    let directory = store.directory();
    if let Some(makes) = makes {
        directory.let_mail_make_addresses(vault.person(), makes == "on")?;
    }
    let token = directory.address_token(vault.person())?;
    let domain = directory.mail_domain_of(vault.person())?.map(|d| d.name);
    say(Said::Line(json!({ "token": token.token, "domain": domain, "makes": token.takes_new })));
    let domain = domain.unwrap_or_else(|| "(no domain yet)".into());
    let word = if token.takes_new { "makes an address" } else { "is refused" };
    say(Said::Words(format!("A mail to any-word.{}@{domain} {word}.", token.token)));
    Ok(())
}
