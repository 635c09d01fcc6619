//! A vault of an earlier schema, with a mail and what she said of it: opened by this program, read again,
//! searched, and gone back from.

use super::{account, note, notes, world};
use crate::corrections::Correction;
use crate::migrate::{OURS, Schemas, Steps};
use crate::packing::Packer;
use crate::search::Ask;
use crate::views::{MessagesAsked, messages};
use crate::{Db, Error, Mode, Options, RereadWatch, Result, Store, Vault};
use mesinfos_domain::{Category, MessageId, PersonId};
use mesinfos_reading::canonical::{Quoting, canonical};
use mesinfos_testkit::postgres;
use std::sync::atomic::AtomicBool;

const MAIL: &str = "From: Librairie Mirabelle <commande@mirabelle.example>\nTo: lea@exemple.fr\n\
    Subject: Votre commande M-0042\nDate: Mon, 5 Jan 2026 10:00:00 +0100\n\
    Message-ID: <42@mirabelle.example>\nContent-Type: text/plain; charset=utf-8\n\n\
    Bonjour,\nvotre commande M-0042 est confirmée.\n1 x Atlas des rivières : 24,00 €\n\
    Total : 24,00 €\n";
/// Its minute since 1970.
const MESSAGE: i64 = 29_460_060;

fn schema(vaults: i64) -> Schemas {
    Schemas { vault: Steps(&OURS.vault.0[..vaults as usize]), ..OURS }
}

/// The mail as a program of that time kept it, its facts to be derived, and her word on it.
fn keep_mail(vault: &Vault) -> Result<()> {
    let kept = canonical(MAIL.as_bytes(), Quoting::None);
    let mut packer = Packer::new(vault.content_key())?;
    let body = packer.pack(&kept.bytes, &kept.sha256)?;
    let mut form = vec![0; 8];
    form.extend(kept.kept.encode());
    let word = Correction::Category { message: MessageId(MESSAGE), category: Category::Newsletter };
    let word = serde_json::to_string(&word).unwrap();
    vault.write(|db| {
        let person = db.person();
        db.execute(
            "INSERT INTO source (person_id, id, path, kind, identity, position, is_complete, read_us)
             VALUES ($1, 1, '/mail/in', 'folder', '', '{}', $2, 1)",
            &[person.into(), true.into()],
        )?;
        db.execute(
            "INSERT INTO message (person_id, id, hash, at_us, at_offset, size, from_name, from_address,
                subject, folder, is_counted, category, language, has_order, attachments, problems,
                sensitivity, reader)
             VALUES ($1, $2, $3, $4, 60, $5, 'Librairie Mirabelle', 'commande@mirabelle.example',
                'Votre commande M-0042', 'inbox', $6, 'personal', 'fr', $7, 0, 0, 'plain', 0)",
            &[
                person.into(),
                MESSAGE.into(),
                kept.sha256.as_slice().into(),
                (MESSAGE * 60_000_000).into(),
                (kept.bytes.len() as i64).into(),
                true.into(),
                false.into(),
            ],
        )?;
        db.execute(
            "INSERT INTO original (person_id, message, chunks, body) VALUES ($1, $2, 0, $3)",
            &[person.into(), MESSAGE.into(), body.as_slice().into()],
        )?;
        db.execute(
            "INSERT INTO arrival (person_id, message, source, place, folder, labels, flags, form)
             VALUES ($1, $2, 1, '42.eml', 'inbox', '', 'S', $3)",
            &[person.into(), MESSAGE.into(), form.as_slice().into()],
        )?;
        db.execute(
            "INSERT INTO correction (person_id, id, at_us, kind, subject, body)
             VALUES ($1, 1, 1, 'category', 'message', $2)",
            &[person.into(), (&word).into()],
        )?;
        Ok(())
    })
}

/// What stands in the database itself, whatever the program.
fn stored(vault: &Vault) -> (Vec<u8>, i64) {
    let count = |db: &Db, sql: &str| {
        db.first(sql, &[db.person().into()], |r| r.get::<i64>(0)).map(Option::unwrap_or_default)
    };
    vault
        .read(|db| {
            let words = count(db, "SELECT COUNT(*) FROM correction WHERE person_id = $1")?;
            let bytes = db.first(
                "SELECT hash FROM message WHERE person_id = $1",
                &[db.person().into()],
                |r| r.get::<Vec<u8>>(0),
            )?;
            Ok((bytes.unwrap_or_default(), words))
        })
        .unwrap()
}

fn version(vault: &Vault) -> i64 {
    vault.read(|db| Steps::version(db, "vault")).unwrap()
}

/// This program finds the mail, byte for byte, reads it again, and holds to her word.
fn all_is_there(vault: &Vault) {
    assert_eq!(version(vault), OURS.vault.newest());
    let id = MessageId(MESSAGE);
    assert_eq!(vault.original(id).unwrap().unwrap(), MAIL.as_bytes());
    let arrival = vault.arrivals(id).unwrap().remove(0);
    assert_eq!(arrival.restore(MAIL.as_bytes()).unwrap(), MAIL.as_bytes());
    let stop = AtomicBool::new(false);
    let mut watch = RereadWatch { progress: &mut |_, _| {}, stop: &stop };
    assert_eq!(vault.reread(&mut watch).unwrap(), 1);
    let listed = messages(vault, &MessagesAsked::default()).unwrap().mails.rows;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].mail.category, Category::Newsletter, "her word");
    assert_eq!(listed[0].mail.actor.as_ref().unwrap().domain.as_deref(), Some("mirabelle.example"));
    assert!(listed[0].order.is_some());
    let ask = Ask { text: "atlas rivieres", limit: 10, after: None, by_relevance: false };
    assert_eq!(vault.search(&ask).unwrap().mails.len(), 1);
    let verified = vault.verify(&mut |_, _| {}).unwrap();
    assert!(verified.is_well(), "{verified:?}");
    assert_eq!(notes(vault), ["before@lea.example"]);
}

/// A program of that time made the vault, and kept a mail.
fn begun(options: &Options, earlier: Schemas) -> PersonId {
    let store = Store::open_knowing(options.clone(), earlier).unwrap();
    let lea = account(&store, "lea", Mode::Watched);
    note(&store, lea, "before@lea.example").unwrap();
    let vault = store.vault(lea).unwrap();
    assert_eq!(version(&vault), earlier.vault.newest());
    keep_mail(&vault).unwrap();
    lea
}

#[test]
fn mails_of_every_earlier_schema_are_there_after_the_upgrade_and_after_going_back() {
    for old in 1..OURS.vault.newest() {
        eprintln!("schema {old}");
        let earlier = schema(old);
        let (_folder, options) = world(None);
        let lea = begun(&options, earlier);
        let before =
            stored(&Store::open_knowing(options.clone(), earlier).unwrap().vault(lea).unwrap());
        all_is_there(&Store::open(options.clone()).unwrap().vault(lea).unwrap());

        let refused = Store::open_knowing(options.clone(), earlier).unwrap().vault(lea);
        let refused = refused.err().unwrap();
        assert!(matches!(refused, Error::TooNew { .. }), "{refused}");
        assert!(refused.to_string().contains("mesinfos restore --before-upgrade"), "{refused}");
        let back = Store::restore_knowing(&options, earlier).unwrap();
        assert_eq!(back.iter().map(|b| b.schema).collect::<Vec<_>>(), [old]);
        let store = Store::open_knowing(options.clone(), earlier).unwrap();
        let vault = store.vault(lea).unwrap();
        assert_eq!((version(&vault), stored(&vault)), (old, before));
        assert_eq!(notes(&vault), ["before@lea.example"]);
        drop((vault, store));
        // And forward again, as if nothing had been.
        all_is_there(&Store::open(options).unwrap().vault(lea).unwrap());
    }
}

#[test]
fn on_postgresql_too_with_the_copy_that_the_host_took() {
    for old in [1, OURS.vault.newest() - 1] {
        let earlier = schema(old);
        let url = postgres::database();
        let (folder, options) = world(Some(url.clone()));
        let lea = begun(&options, earlier);
        let before =
            stored(&Store::open_knowing(options.clone(), earlier).unwrap().vault(lea).unwrap());
        let waits = Store::open(options.clone()).unwrap().vault(lea).err().unwrap();
        assert!(matches!(waits, Error::CopyFirst), "{waits}");
        let copy = folder.path().join("copy");
        postgres::dump(&url, &copy);
        let copied = Options { copied: true, ..options.clone() };
        all_is_there(&Store::open(copied.clone()).unwrap().vault(lea).unwrap());

        let refused = Store::open_knowing(options.clone(), earlier).unwrap().vault(lea);
        assert!(matches!(refused, Err(Error::TooNew { .. })), "schema {old}");
        postgres::restore(&copy);
        let store = Store::open_knowing(options, earlier).unwrap();
        let vault = store.vault(lea).unwrap();
        assert_eq!((version(&vault), stored(&vault)), (old, before));
        drop((vault, store));
        all_is_there(&Store::open(copied).unwrap().vault(lea).unwrap());
    }
}
