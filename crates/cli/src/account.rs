//! `mesinfos account`: leaving, with all that one brought.

use crate::request::{self, Ended, Said};
use anyhow::{Result, bail};
use clap::Subcommand;
use mesinfos_domain::PersonId;
use mesinfos_vault::{Store, fold};
use serde_json::json;
use std::io::{IsTerminal, Write};

#[derive(Subcommand)]
pub enum What {
    /// Erase an account and its vault: mails, facts, corrections, secrets of mailboxes, addresses. No way back.
    Erase {
        /// The name of the account, typed again; asked at the prompt otherwise.
        #[arg(long, value_name = "LOGIN")]
        confirm: Option<String>,
    },
}

impl What {
    /// What was typed to confirm, before anything is asked of the folder.
    pub fn confirmed(self) -> Result<String> {
        let What::Erase { confirm } = self;
        if let Some(name) = confirm {
            return Ok(name);
        }
        if !std::io::stdin().is_terminal() {
            bail!("nothing is erased without --confirm LOGIN, the name of the account");
        }
        eprintln!(
            "The account goes with its vault: mails kept here, all that was read in them, corrections, secrets \
             of mailboxes, dedicated addresses. None of it can come back; mails at the provider stay there."
        );
        eprint!("Name of the account, to erase it: ");
        std::io::stderr().flush()?;
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }
}

/// Erases by `erase`: the server's own way while it serves.
pub fn perform(
    store: &Store,
    person: Option<&str>,
    confirm: &str,
    erase: &dyn Fn(PersonId) -> Result<()>,
    say: &mut dyn FnMut(Said),
) -> Result<Ended> {
    let account = request::account(store, person)?;
    if fold::key(confirm) != account.login {
        bail!("“{confirm}” is not the name of this account: nothing is erased");
    }
    erase(account.person)?;
    say(Said::Line(json!({ "erased": account.login })));
    say(Said::Words(format!("The account {} and its vault are erased.", account.login)));
    Ok(Ended::Done)
}
