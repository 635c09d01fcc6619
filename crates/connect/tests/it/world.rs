//! A person with a vault, and what can be seen of it.

use mesinfos_connect::imap;
use mesinfos_connect::sync::{Options, Synced, sync};
use mesinfos_connect::{Reach, Result};
use mesinfos_vault::directory::NewAccount;
use mesinfos_vault::import::Watch;
use mesinfos_vault::mailboxes::{Access, Mailbox, Secret, Security, Way};
use mesinfos_vault::{HostKey, Mode, Store, Value, Vault};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use tempfile::TempDir;

/// 24 November 2026, in the morning.
pub const NOW: i64 = 1_795_510_800_000_000;

pub struct World {
    pub store: Store,
    pub folder: TempDir,
}

impl World {
    pub fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        World { store: open(folder.path()), folder }
    }

    pub fn vault(&self, login: &str) -> Vault {
        let new =
            NewAccount { login, name: login, locale: "fr", passphrase: None, mode: Mode::Watched };
        let (account, _) = self.store.create_account(&new, NOW).unwrap();
        self.store.vault(account.person).unwrap()
    }
}

/// The store in this folder; another process may open it once this one has let it go.
pub fn open(folder: &Path) -> Store {
    let host_key = HostKey::load_or_create(folder).unwrap();
    let data = folder.join("data");
    let options = mesinfos_vault::Options { data, host_key, postgres: None, copied: false };
    Store::open(options).unwrap()
}

pub fn access(port: u16, login: &str) -> Access {
    Access {
        host: "localhost".to_owned(),
        port,
        security: Security::Plain,
        login: login.to_owned(),
        way: Way::Password,
    }
}

pub fn connect(vault: &Vault, access: &Access, password: &str) -> Mailbox {
    vault.add_mailbox("lea", access, &Secret::new(password.to_owned()), NOW).unwrap();
    vault.mailbox("lea").unwrap().unwrap()
}

pub fn options(patience: Duration) -> Options {
    let imap = imap::Options { reach: Reach::Anywhere, patience, ..imap::Options::default() };
    let pause = Duration::from_millis(1);
    Options { imap, now_us: NOW, attempts: 3, pause, threads: 2 }
}

pub fn run(vault: &Vault, mailbox: &Mailbox) -> Result<Synced> {
    run_with(vault, mailbox, &options(Duration::from_secs(20)))
}

pub fn run_with(vault: &Vault, mailbox: &Mailbox, options: &Options) -> Result<Synced> {
    let stop = AtomicBool::new(false);
    let mut watch = Watch { progress: &mut |_, _| {}, kept: &mut |_| {}, stop: &stop };
    sync(vault, mailbox, options, &mut watch)
}

pub fn count(vault: &Vault, table: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM {table} WHERE person_id = $1");
    vault
        .read(|db| db.first(&sql, &[Value::from(db.person())], |r| r.get::<i64>(0)))
        .unwrap()
        .unwrap()
}

/// What is there: folder and place, with the message's hash and the flags.
pub fn there(vault: &Vault) -> BTreeMap<(String, String), (Vec<u8>, String)> {
    let rows = vault
        .read(|db| {
            db.query(
                "SELECT s.path, a.place, m.hash, a.flags FROM arrival a
                    JOIN source s ON s.person_id = a.person_id AND s.id = a.source
                    JOIN message m ON m.person_id = a.person_id AND m.id = a.message
                 WHERE a.person_id = $1 AND a.gone_us IS NULL",
                &[db.person().into()],
                |r| {
                    let path: String = r.get(0)?;
                    let folder = path.rsplit('/').next().unwrap_or_default().to_owned();
                    Ok(((folder, r.get::<String>(1)?), (r.get::<Vec<u8>>(2)?, r.get(3)?)))
                },
            )
        })
        .unwrap();
    rows.into_iter().collect()
}

/// A message by its subject.
pub fn message(vault: &Vault, subject: &str) -> mesinfos_domain::MessageId {
    vault
        .read(|db| {
            db.first(
                "SELECT id FROM message WHERE person_id = $1 AND subject = $2",
                &[db.person().into(), subject.into()],
                |r| Ok(mesinfos_domain::MessageId(r.get(0)?)),
            )
        })
        .unwrap()
        .unwrap()
}

/// The folder that a message counts in, by its subject.
pub fn folder_of(vault: &Vault, subject: &str) -> (String, bool) {
    vault
        .read(|db| {
            db.first(
                "SELECT folder, is_counted FROM message WHERE person_id = $1 AND subject = $2",
                &[db.person().into(), subject.into()],
                |r| Ok((r.get::<String>(0)?, r.get::<bool>(1)?)),
            )
        })
        .unwrap()
        .unwrap()
}

/// The n-th mail of a small mailbox; each is different.
pub fn mail(n: usize) -> String {
    format!(
        "From: Boutique {shop} <commande@shop{shop}.example>\r\n\
         To: Lea <lea@exemple.fr>\r\n\
         Subject: Votre commande {n}\r\n\
         Date: {day} Jan 2026 10:{minute:02}:00 +0100\r\n\
         Message-ID: <{n}@shop{shop}.example>\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\
         \r\n\
         Bonjour Lea,\r\n\
         votre commande {n} est confirmee : un bol bleu.\r\n",
        shop = n % 3,
        day = 1 + n / 60 % 28,
        minute = n % 60,
    )
}
