//! A vault goes through an upgrade and back: two programs, the later with one more step each.

use crate::directory::NewAccount;
use crate::migrate::{FORMS, OURS, Schemas, Steps};
use crate::search::Ask;
use crate::{Engine, Error, HostKey, Mode, Options, Result, Store, Value, Vault};
use mesinfos_domain::PersonId;
use std::path::PathBuf;

mod earlier;

/// The program after this one: a step more on both sides.
fn next() -> Schemas {
    fn longer(steps: Steps, step: &'static str) -> Steps {
        Steps(Vec::leak([steps.0, &[step]].concat()))
    }
    Schemas {
        directory: longer(OURS.directory, "CREATE TABLE later (note TEXT NOT NULL);"),
        vault: longer(
            OURS.vault,
            "CREATE TABLE later_note (person_id BIGINT NOT NULL, note TEXT NOT NULL);",
        ),
    }
}

fn world(postgres: Option<String>) -> (tempfile::TempDir, Options) {
    let folder = tempfile::tempdir().unwrap();
    let host_key = HostKey::load_or_create(folder.path()).unwrap();
    let options = Options { data: folder.path().to_owned(), host_key, postgres, copied: false };
    (folder, options)
}

fn account(store: &Store, login: &str, mode: Mode) -> PersonId {
    let passphrase = (mode == Mode::Sealed).then_some("sésame");
    let new = NewAccount { login, name: login, locale: "fr", passphrase, mode };
    store.create_account(&new, 1).unwrap().0.person
}

/// Something of the person's that can be told apart later.
fn note(store: &Store, person: PersonId, text: &str) -> Result<()> {
    store.vault(person)?.write(|db| {
        db.execute(
            "INSERT INTO own_address (person_id, address, mails) VALUES ($1, $2, 1)",
            &[db.person().into(), text.into()],
        )
        .map(|_| ())
    })
}

fn notes(vault: &Vault) -> Vec<String> {
    vault
        .read(|db| {
            db.query(
                "SELECT address FROM own_address WHERE person_id = $1 ORDER BY address",
                &[db.person().into()],
                |r| r.get::<String>(0),
            )
        })
        .unwrap()
}

#[test]
fn an_upgrade_leaves_a_copy_and_an_older_program_goes_back_to_it() {
    let (_folder, options) = world(None);
    let store = Store::open(options.clone()).unwrap();
    let lea = account(&store, "lea", Mode::Watched);
    let tom = account(&store, "tom", Mode::Sealed);
    store.unseal(tom, "sésame").unwrap();
    note(&store, lea, "before@lea.example").unwrap();
    note(&store, tom, "before@tom.example").unwrap();
    drop(store);
    assert_eq!(Store::restore_before_upgrade(&options).unwrap(), [], "nothing to go back to yet");

    let store = Store::open_knowing(options.clone(), next()).unwrap();
    note(&store, lea, "after@lea.example").unwrap();
    store.unseal(tom, "sésame").unwrap();
    assert_eq!(notes(&store.vault(lea).unwrap()), ["after@lea.example", "before@lea.example"]);
    account(&store, "zoe", Mode::Watched);
    let owned = Store::restore_before_upgrade(&options);
    assert!(matches!(owned, Err(Error::Owned(_))), "not under a running program");
    drop(store);

    let refused = Store::open(options.clone()).err().unwrap();
    assert!(refused.to_string().contains("mesinfos restore --before-upgrade"), "{refused}");
    let back = Store::restore_before_upgrade(&options).unwrap();
    assert_eq!(back.len(), 3, "two vaults and the directory");
    let (vaults, directory) = back.split_at(2);
    assert!(vaults.iter().all(|b| b.schema == OURS.vault.newest()));
    assert_eq!(directory[0].schema, OURS.directory.newest());
    assert!(back.iter().all(|b| b.set_aside.as_ref().unwrap().exists()));

    let store = Store::open(options.clone()).unwrap();
    assert_eq!(store.directory().accounts().unwrap().len(), 2, "zoe came after");
    assert_eq!(notes(&store.vault(lea).unwrap()), ["before@lea.example"]);
    store.unseal(tom, "sésame").unwrap();
    assert_eq!(notes(&store.vault(tom).unwrap()), ["before@tom.example"]);
    drop(store);
    assert_eq!(Store::restore_before_upgrade(&options).unwrap(), [], "going back is done once");

    // And forward again, with what the older program wrote meanwhile.
    let store = Store::open(options.clone()).unwrap();
    note(&store, lea, "meanwhile@lea.example").unwrap();
    drop(store);
    let store = Store::open_knowing(options, next()).unwrap();
    assert_eq!(notes(&store.vault(lea).unwrap()), ["before@lea.example", "meanwhile@lea.example"]);
}

#[test]
fn a_roll_back_cut_short_makes_no_empty_vault_and_can_be_run_again() {
    let (_folder, options) = world(None);
    let store = Store::open(options.clone()).unwrap();
    let lea = account(&store, "lea", Mode::Watched);
    note(&store, lea, "before@lea.example").unwrap();
    let vault: PathBuf = store.folder(lea).join("vault.db");
    drop(store);
    Store::open_knowing(options.clone(), next()).unwrap().vault(lea).unwrap();
    // The power went between the two renames.
    std::fs::rename(&vault, vault.with_extension("after-upgrade.db")).unwrap();
    let half = Store::open_knowing(options.clone(), next()).unwrap().vault(lea);
    assert!(matches!(half, Err(Error::HalfRestored(_))));
    Store::restore_before_upgrade(&options).unwrap();
    assert_eq!(notes(&Store::open(options).unwrap().vault(lea).unwrap()), ["before@lea.example"]);
}

#[test]
fn a_damaged_database_is_not_upgraded() {
    let (_folder, options) = world(None);
    let store = Store::open(options.clone()).unwrap();
    let lea = account(&store, "lea", Mode::Watched);
    note(&store, lea, "before@lea.example").unwrap();
    let path = store.folder(lea).join("vault.db");
    drop(store);
    let mut bytes = std::fs::read(&path).unwrap();
    let end = bytes.len() - 100;
    bytes[end] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let upgraded = Store::open_knowing(options, next()).unwrap().vault(lea);
    assert!(matches!(upgraded, Err(Error::Damaged(_))), "{:?}", upgraded.err());
}

#[test]
fn on_postgresql_an_upgrade_waits_until_the_host_has_a_copy() {
    let (_folder, options) = world(Some(mesinfos_testkit::postgres::database()));
    let store = Store::open(options.clone()).unwrap();
    let lea = account(&store, "lea", Mode::Watched);
    note(&store, lea, "before@lea.example").unwrap();
    drop(store);
    let waits = Store::open_knowing(options.clone(), next()).err().unwrap();
    assert!(waits.to_string().contains("pg_dump"), "{waits}");
    assert!(Store::open(options.clone()).is_ok(), "nothing was changed");
    let copied = Options { copied: true, ..options.clone() };
    let store = Store::open_knowing(copied, next()).unwrap();
    assert_eq!(notes(&store.vault(lea).unwrap()), ["before@lea.example"]);
    drop(store);
    let back = Store::restore_before_upgrade(&options).err().unwrap();
    assert!(back.to_string().contains("pg_restore"), "{back}");
}

/// One mail, as a program of a schema without forms indexed it.
fn indexed_before(store: &Store, person: PersonId) {
    let write = |db: &crate::Db| {
        let whose = Value::from(db.person());
        db.execute(
            "INSERT INTO message (person_id, id, hash, at_us, at_offset, size, from_name, from_address,
                subject, folder, is_counted, category, language, has_order, attachments, problems,
                sensitivity, reader)
             VALUES ($1, 9, $2, 540000000, 0, 1, '', '', '', 'inbox', TRUE, 'personal', 'fr', FALSE, 0, 0,
                'plain', 1)",
            &[whose, (&[1u8; 32]).into()],
        )?;
        let (words, stems) = ("vos commandes sont parties ", "vos command sont part ");
        match db.engine() {
            Engine::Sqlite => {
                let values = |text: &'static str| [Value::from(9i64), text.into()];
                db.execute("INSERT INTO word_index (rowid, text) VALUES ($1, $2)", &values(words))?;
                db.execute("INSERT INTO stem_index (rowid, text) VALUES ($1, $2)", &values(stems))
            }
            Engine::Postgres => db.execute(
                "INSERT INTO text_index (person_id, message, words, stems)
                 VALUES ($1, 9, to_tsvector('simple', $2), to_tsvector('simple', $3))",
                &[whose, words.into(), stems.into()],
            ),
        }
    };
    store.vault(person).unwrap().write(write).unwrap();
}

#[test]
fn what_was_indexed_before_there_were_forms_is_found_in_any_form() {
    for postgres in [None, Some(mesinfos_testkit::postgres::database())] {
        let (_folder, options) = world(postgres);
        let options = Options { copied: true, ..options };
        let earlier = Schemas { vault: Steps(&OURS.vault.0[..FORMS as usize - 1]), ..OURS };
        let store = Store::open_knowing(options.clone(), earlier).unwrap();
        // In PostgreSQL the schema changes once, and each vault is brought along when it is opened.
        let people = ["lea", "tom"].map(|login| account(&store, login, Mode::Watched));
        people.iter().for_each(|person| indexed_before(&store, *person));
        drop(store);
        let store = Store::open(options).unwrap();
        for person in people {
            let vault = store.vault(person).unwrap();
            let found = |text| {
                let ask = Ask { text, limit: 10, after: None, by_relevance: false };
                vault.search(&ask).unwrap().mails.len()
            };
            assert_eq!(
                ["commande", "parti", "\"vos commandes\"", "colis"].map(found),
                [1, 1, 1, 0]
            );
        }
    }
}
