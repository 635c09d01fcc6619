//! `mesinfos mailbox` and `mesinfos sync`: mailboxes on a server, connected and followed.

mod filing;

pub use filing::{File, file, unfile};

use crate::import::{sentences, words};
use crate::request::{Ended, Said, Task};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use mesinfos_connect::Reach;
use mesinfos_connect::imap;
use mesinfos_connect::oauth::Clients;
use mesinfos_connect::provider::{self, Note};
use mesinfos_connect::sync::{self, Options};
use mesinfos_server::Clock;
use mesinfos_vault::import::Watch;
use mesinfos_vault::mailboxes::{Mailbox, Secret, Security};
use mesinfos_vault::{Filed, Vault};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// What to do with mailboxes.
#[derive(Subcommand)]
pub enum What {
    /// Connect a mailbox: the server is known by its address, or named.
    Add(Box<Add>),
    /// Tell which are connected, and how the last sync went.
    List,
    /// File its mails on the server by organisation and kind, from now on.
    File(filing::File),
    /// Put all that was filed back where it was, and file no more.
    Unfile {
        /// As `list` names it.
        name: String,
    },
    /// Forget a mailbox and its password; what it brought stays.
    Remove {
        /// As `list` names it.
        name: String,
    },
}

/// A mailbox to connect.
#[derive(Args)]
pub struct Add {
    /// Its address.
    address: String,
    /// Your word for it; its address otherwise.
    #[arg(long)]
    name: Option<String>,
    /// The server, when the address does not tell it.
    #[arg(long)]
    host: Option<String>,
    /// Its port.
    #[arg(long)]
    port: Option<u16>,
    /// How the connection is protected; `plain` is for this machine only.
    #[arg(long, value_parser = ["tls", "starttls", "plain"])]
    security: Option<String>,
    /// Who logs in, when it is not the address.
    #[arg(long)]
    login: Option<String>,
    /// A file whose first line is the password; asked for otherwise.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

/// A mailbox to connect, as it is handed to the folder's owner.
#[derive(Serialize, Deserialize, Debug)]
pub struct New {
    name: String,
    address: String,
    host: Option<String>,
    port: Option<u16>,
    security: Option<String>,
    login: Option<String>,
    password: Password,
}

/// On its way to the folder's owner; in no log.
#[derive(Serialize, Deserialize)]
struct Password(String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl What {
    /// The task for the folder's owner; the password is asked for here.
    pub fn task(self) -> Result<Task> {
        Ok(match self {
            What::List => Task::Mailboxes,
            What::Remove { name } => Task::Disconnect { name },
            What::File(file) => Task::File(file),
            What::Unfile { name } => Task::Unfile { name },
            What::Add(add) => Task::Connect(New {
                name: add.name.unwrap_or_else(|| add.address.clone()),
                password: Password(crate::passphrase::of_mailbox(add.password_file.as_deref())?),
                address: add.address,
                host: add.host,
                port: add.port,
                security: add.security,
                login: add.login,
            }),
        })
    }
}

/// Connects it; the first sync tells whether it works.
pub fn add(vault: &Vault, new: &New, say: &mut dyn FnMut(Said)) -> Result<Ended> {
    let found = provider::of(&new.address)
        .with_context(|| format!("{} is no mail address", new.address))?;
    let mut access = found.access;
    if let Some(host) = &new.host {
        access.host.clone_from(host);
    } else if found.note == Note::OAuth {
        bail!(
            "this provider takes no password: connect it on the page /mailboxes, where its consent is asked for"
        );
    }
    access.port = new.port.unwrap_or(access.port);
    if let Some(security) = &new.security {
        access.security = Security::from_code(security);
    }
    if let Some(login) = &new.login {
        access.login.clone_from(login);
    }
    let secret = Secret::new(new.password.0.clone());
    let now = Clock::system().now().as_microsecond();
    let id = vault.add_mailbox(&new.name, &access, &secret, now)?;
    // With a server of her own words, where its mails are handed in is not known.
    let outgoing = Some(found.outgoing).filter(|_| new.host.is_none());
    vault.set_outgoing(id, &new.address, outgoing.as_ref())?;
    say(Said::Line(json!({ "mailbox": new.name, "host": access.host, "port": access.port })));
    say(Said::Words(format!(
        "{} is connected to {}:{}. `mesinfos sync` brings its mails.",
        new.name, access.host, access.port
    )));
    Ok(Ended::Done)
}

/// Tells which are connected.
pub fn list(vault: &Vault, say: &mut dyn FnMut(Said)) -> Result<Ended> {
    for mailbox in vault.mailboxes()? {
        let filed = vault.filing(mailbox.id)?;
        say(Said::Line(object(&mailbox, filed.as_ref())));
        let how = match (&mailbox.trouble, mailbox.synced_us) {
            (Some(trouble), _) => format!("trouble: {trouble}"),
            (None, Some(_)) => format!("{} mails brought", mailbox.got),
            (None, None) => "not synced yet".to_owned(),
        };
        say(Said::Words(format!("{} ({}): {how}", mailbox.name, mailbox.access.host)));
        if let Some(filed) = filed {
            say(Said::Words(format!("  {}", filing::sentence(&filed))));
        }
    }
    Ok(Ended::Done)
}

fn object(mailbox: &Mailbox, filed: Option<&Filed>) -> Value {
    json!({
        "filing": filed.map(filing::object),
        "name": mailbox.name,
        "host": mailbox.access.host,
        "port": mailbox.access.port,
        "security": mailbox.access.security.code(),
        "login": mailbox.access.login,
        "synced_us": mailbox.synced_us,
        "tried_us": mailbox.tried_us,
        "got": mailbox.got,
        "trouble": mailbox.trouble,
    })
}

/// Forgets it.
pub fn remove(vault: &Vault, name: &str, say: &mut dyn FnMut(Said)) -> Result<Ended> {
    let mailbox = named(vault, name)?;
    vault.remove_mailbox(mailbox.id)?;
    say(Said::Line(json!({ "removed": name })));
    say(Said::Words(format!("{name} is forgotten. What it brought stays.")));
    Ok(Ended::Done)
}

/// Brings them up to date, one after the other; fails when one of them did.
pub fn sync(
    vault: &Vault,
    name: Option<&str>,
    stop: &AtomicBool,
    say: &mut dyn FnMut(Said),
) -> Result<Ended> {
    let all = match name {
        Some(name) => vec![named(vault, name)?],
        None => vault.mailboxes()?,
    };
    if all.is_empty() {
        bail!("no mailbox is connected: `mesinfos mailbox add ADDRESS`");
    }
    let mut ended = Ended::Done;
    let mut failed = Vec::new();
    for mailbox in all {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        match one(vault, &mailbox, stop, say) {
            Ok(Ended::Done) => {}
            Ok(other) => ended = other,
            Err(error) => {
                say(Said::Words(format!("{}: {error}", mailbox.name)));
                say(Said::Line(json!({ "mailbox": mailbox.name, "trouble": error.code() })));
                failed.push(mailbox.name);
            }
        }
    }
    if failed.is_empty() {
        Ok(ended)
    } else {
        bail!("not brought up to date: {}", failed.join(", "))
    }
}

/// Who runs commands here may reach from here what they like.
pub fn outward() -> imap::Options {
    let now_us = || Clock::system().now().as_microsecond();
    let clients = Clients::new(crate::clients::registered(), now_us);
    imap::Options { reach: Reach::Anywhere, clients, ..imap::Options::default() }
}

fn one(
    vault: &Vault,
    mailbox: &Mailbox,
    stop: &AtomicBool,
    say: &mut dyn FnMut(Said),
) -> mesinfos_connect::Result<Ended> {
    let options = Options::new(outward(), Clock::system().now().as_microsecond());
    let say = RefCell::new(say);
    let synced = sync::sync(
        vault,
        mailbox,
        &options,
        &mut Watch {
            progress: &mut |progress, _| {
                let words = format!("{}: {}", mailbox.name, words(progress));
                (say.borrow_mut())(Said::Progress { share: progress.share(), words });
            },
            kept: &mut |id| (say.borrow_mut())(Said::Line(json!({ "ok": id }))),
            stop,
        },
    )?;
    let mut say = say.borrow_mut();
    if synced.report.arrivals > 0 {
        for sentence in sentences(&synced.report) {
            say(Said::Words(sentence));
        }
    }
    say(Said::Words(format!(
        "{}: {} new mails, {} changed, {} gone from the server and kept here.",
        mailbox.name, synced.report.new_messages, synced.changed, synced.gone
    )));
    if synced.filed > 0 {
        say(Said::Words(format!("{}: {} mails filed or put back.", mailbox.name, synced.filed)));
    }
    say(Said::Line(json!({ "mailbox": mailbox.name, "synced": synced })));
    Ok(if synced.report.is_partial() { Ended::Partly } else { Ended::Done })
}

fn named(vault: &Vault, name: &str) -> Result<Mailbox> {
    vault.mailbox(name)?.with_context(|| format!("no mailbox is called {name}"))
}
