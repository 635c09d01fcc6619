//! The folders of a connected mailbox: what is here of each, and where it stood then.

use super::Mailbox;
use crate::import::fed;
use crate::{Db, Result, Row, Vault};
use std::collections::BTreeMap;

/// A folder of a mailbox.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Folder {
    /// Its `source`.
    pub source: i64,
    /// As the server writes it.
    pub name: String,
    /// UIDVALIDITY; 0 before the first sync.
    pub validity: u32,
    /// UIDNEXT when all of it was here.
    pub next_uid: u32,
    /// Messages there at that moment.
    pub messages: u32,
    /// HIGHESTMODSEQ at that moment; 0 when the server counts none.
    pub mod_seq: u64,
    /// When all of it was here, microseconds since 1970.
    pub synced_us: Option<i64>,
    /// Why the last attempt failed.
    pub trouble: Option<String>,
}

/// A message that is here of a folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Here {
    /// RFC822.SIZE.
    pub size: u64,
    /// First 8 bytes of its Message-ID's SHA-256.
    pub message_id_key: Option<i64>,
}

const COLUMNS: &str = "source, name, validity, next_uid, messages, mod_seq, synced_us, trouble";

impl Vault {
    /// The folders of a mailbox, by name.
    pub fn mailbox_folders(&self, mailbox: i64) -> Result<Vec<Folder>> {
        self.read(|db| {
            db.query(
                &format!(
                    "SELECT {COLUMNS} FROM mailbox_folder WHERE person_id = $1 AND mailbox = $2
                     ORDER BY name {{by_bytes}}"
                ),
                &[db.person().into(), mailbox.into()],
                folder,
            )
        })
    }

    /// The folders with these names, made when they are new, in the same order.
    pub fn follow_folders(
        &self,
        mailbox: &Mailbox,
        names: &[String],
        now_us: i64,
    ) -> Result<Vec<Folder>> {
        let mut known: BTreeMap<String, Folder> =
            self.mailbox_folders(mailbox.id)?.into_iter().map(|f| (f.name.clone(), f)).collect();
        if names.iter().any(|n| !known.contains_key(n)) {
            self.write(|db| {
                for name in names.iter().filter(|n| !known.contains_key(*n)) {
                    follow(db, mailbox, name, now_us)?;
                }
                Ok(())
            })?;
            known = self
                .mailbox_folders(mailbox.id)?
                .into_iter()
                .map(|f| (f.name.clone(), f))
                .collect();
        }
        Ok(names.iter().filter_map(|n| known.remove(n)).collect())
    }

    /// What is here of a folder, by UID.
    pub fn folder_here(&self, source: i64) -> Result<BTreeMap<u32, Here>> {
        let rows = self.read(|db| {
            db.query(
                "SELECT h.uid, h.size, m.message_id_key FROM mailbox_mail h
                    JOIN message m ON m.person_id = h.person_id AND m.id = h.message
                 WHERE h.person_id = $1 AND h.source = $2 ORDER BY h.uid",
                &[db.person().into(), source.into()],
                |r| {
                    let here =
                        Here { size: r.get::<i64>(1)?.max(0) as u64, message_id_key: r.get(2)? };
                    Ok((r.get::<i64>(0)? as u32, here))
                },
            )
        })?;
        Ok(rows.into_iter().collect())
    }

    /// Notes where folders stood when all of them was here.
    pub fn folders_synced(&self, folders: &[Folder], now_us: i64) -> Result<()> {
        self.write(|db| {
            for f in folders {
                db.execute(
                    "UPDATE mailbox_folder SET validity = $3, next_uid = $4, messages = $5,
                        mod_seq = $6, synced_us = COALESCE($7, synced_us), trouble = $8
                     WHERE person_id = $1 AND source = $2",
                    &[
                        db.person().into(),
                        f.source.into(),
                        i64::from(f.validity).into(),
                        i64::from(f.next_uid).into(),
                        i64::from(f.messages).into(),
                        (f.mod_seq as i64).into(),
                        f.trouble.is_none().then_some(now_us).into(),
                        f.trouble.as_deref().into(),
                    ],
                )?;
            }
            Ok(())
        })
    }
}

/// The `source` of a folder. A mailbox that is connected again finds its folders as they were left.
pub(super) fn follow(db: &Db, mailbox: &Mailbox, name: &str, now_us: i64) -> Result<i64> {
    let source = fed::source(db, fed::IMAP, &mailbox.access.path(name), now_us)?;
    db.execute(
        "INSERT INTO mailbox_folder (person_id, source, mailbox, name, validity, next_uid, messages,
            mod_seq, synced_us, trouble)
         VALUES ($1, $2, $3, $4, 0, 0, 0, 0, NULL, NULL)
         ON CONFLICT (person_id, source) DO UPDATE SET mailbox = excluded.mailbox",
        &[db.person().into(), source.into(), mailbox.id.into(), name.into()],
    )?;
    Ok(source)
}

fn folder(r: &Row<'_>) -> Result<Folder> {
    Ok(Folder {
        source: r.get(0)?,
        name: r.get(1)?,
        validity: r.get::<i64>(2)? as u32,
        next_uid: r.get::<i64>(3)? as u32,
        messages: r.get::<i64>(4)? as u32,
        mod_seq: r.get::<i64>(5)? as u64,
        synced_us: r.get(6)?,
        trouble: r.get(7)?,
    })
}
