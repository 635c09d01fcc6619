//! What keeps a vault closed: the lock, the key, the other person.

use crate::on_both::{NOW, World, on_both};
use mesinfos_vault::{Db, Engine, Error, HostKey, Options, Store};

#[test]
fn a_second_process_is_refused() {
    on_both(|world| {
        assert!(matches!(Store::open(world.options.clone()), Err(Error::Owned(_))));
    });
}

#[test]
fn a_wrong_key_is_said_and_changes_nothing() {
    let world = World::new(Engine::Sqlite);
    let person = world.vault("lea").person();
    let file = world.store.folder(person).join("vault.db");
    let World { store, options, folder: _folder } = world;
    drop(store);
    let before = std::fs::read(&file).unwrap();
    assert!(matches!(Db::sqlite(&file, &[7; 32], 1), Err(Error::WrongKey(_))));
    assert_eq!(std::fs::read(&file).unwrap(), before);
    let other = Options { host_key: HostKey::from_hex(&"ab".repeat(32)).unwrap(), ..options };
    assert!(matches!(Store::open(other), Err(Error::WrongKey(_))));
}

#[test]
fn nothing_readable_is_on_the_disk() {
    let world = World::new(Engine::Sqlite);
    let vault = world.vault("lea");
    vault
        .write(|db| {
            db.execute(
                "INSERT INTO setting (person_id, name, value) VALUES ($1, $2, $3)",
                &[db.person().into(), "planted".into(), "chrysanthème".into()],
            )
        })
        .unwrap();
    let person = vault.person();
    drop(vault);
    let folder = world.store.folder(person);
    let World { store, options, folder: _folder } = world;
    drop(store);
    for file in [folder.join("vault.db"), options.data.join("directory.db")] {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.starts_with(b"SQLite format"), "{}", file.display());
        for clear in [&b"chrysanth"[..], b"planted", b"lea"] {
            // Three letters may stand anywhere by chance in random bytes; longer words may not.
            let found = bytes.windows(clear.len()).any(|w| w == clear);
            assert!(!found || clear.len() < 4, "{}", file.display());
        }
    }
}

#[cfg(unix)]
#[test]
fn every_file_is_its_owner_s_alone_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    fn files(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { files(&path, found) } else { found.push(path) }
        }
    }
    let world = World::new(Engine::Sqlite);
    let vault = world.vault("lea");
    let person = vault.person();
    let wide = |named: &[std::path::PathBuf]| -> Vec<String> {
        let wide = |p: &&std::path::PathBuf| p.metadata().unwrap().permissions().mode() & 0o077;
        named.iter().filter(|p| wide(p) != 0).map(|p| p.display().to_string()).collect()
    };
    let mut all = Vec::new();
    files(&world.options.data, &mut all);
    for name in ["lock", "directory.db", "directory.db-wal", "vault.db", "vault.db-wal"] {
        assert!(all.iter().any(|p| p.ends_with(name)), "{name} of {all:?}");
    }
    assert_eq!(wide(&all), Vec::<String>::new());

    // What an earlier program, or a copy, left open to others is closed when it is opened next.
    let file = world.store.folder(person).join("vault.db");
    let World { store, options, folder: _folder } = world;
    drop((vault, store));
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    Store::open(options).unwrap().vault(person).unwrap();
    assert_eq!(wide(&[file]), Vec::<String>::new());
}

#[test]
fn a_person_sees_no_row_of_another() {
    on_both(|world| {
        let (lea, tom) = (world.vault("lea"), world.vault("tom"));
        lea.write(|db| {
            db.execute(
                "INSERT INTO setting (person_id, name, value) VALUES ($1, 'a', 'hers')",
                &[db.person().into()],
            )
        })
        .unwrap();
        // Even a query that forgets to say whose: the second wall.
        let all = "SELECT COUNT(*) FROM setting";
        let count = |v: &mesinfos_vault::Vault| {
            v.read(|db| db.first(all, &[], |r| r.get::<i64>(0))).unwrap()
        };
        assert_eq!(count(&lea), Some(1));
        assert_eq!(count(&tom), Some(0));
        // Nor can one write as another, where both share tables.
        if tom.engine() == Engine::Postgres {
            let forged = tom.write(|db| {
                db.execute(
                    "INSERT INTO setting (person_id, name, value) VALUES ($1, 'b', 'forged')",
                    &[(db.person() - 1).into()],
                )
            });
            assert!(forged.is_err());
        }
    });
}

#[test]
fn an_erased_person_leaves_nothing() {
    on_both(|world| {
        let lea = world.vault("lea");
        let person = lea.person();
        drop(lea);
        world.store.erase(person).unwrap();
        assert!(!world.store.folder(person).exists());
        assert!(matches!(world.store.vault(person), Err(Error::NotFound(_))));
        let world = world.restarted();
        assert!(world.store.directory().accounts().unwrap().is_empty());
    });
}

#[test]
fn who_still_works_for_an_erased_person_writes_nothing_more_into_what_the_next_one_gets() {
    on_both(|world| {
        let lea = world.vault("lea");
        let person = lea.person();
        let note = |vault: &mesinfos_vault::Vault| {
            vault.write(|db| {
                db.execute(
                    "INSERT INTO setting (person_id, name, value) VALUES ($1, 'a', 'secret')",
                    &[db.person().into()],
                )
            })
        };
        note(&lea).unwrap();
        world.store.directory().add_address(person, "fnac.k7x2m@ici.example", NOW).unwrap();
        // A sealed vault that was closed and opened again is held twice: neither writes.
        world.store.close(person);
        let again = world.store.vault(person).unwrap();
        std::fs::create_dir_all(world.store.uploads(person).join("aa")).unwrap();

        world.store.erase(person).unwrap();
        assert!(matches!(note(&lea), Err(Error::NotFound(_))));
        assert!(matches!(note(&again), Err(Error::NotFound(_))));
        assert!(lea.read(|_| Ok(())).is_err());
        assert!(!world.store.folder(person).exists() && !world.store.uploads(person).exists());
        assert_eq!(world.store.directory().dedicated("fnac.k7x2m@ici.example").unwrap(), None);
        assert!(matches!(world.store.erase(person), Err(Error::NotFound(_))));

        let tom = world.vault("tom");
        let all = "SELECT COUNT(*) FROM setting";
        let count = tom.read(|db| db.first(all, &[], |r| r.get::<i64>(0))).unwrap();
        assert_eq!(count, Some(0), "the same number, nothing of hers");
        note(&tom).unwrap();
    });
}

#[test]
fn an_erasure_that_was_cut_short_is_ended_at_the_next_start() {
    on_both(|world| {
        let person = world.vault("lea").person();
        world.vault("tom");
        // What cannot be removed stops it half-way.
        let stuck = world.store.uploads(person);
        std::fs::create_dir_all(stuck.parent().unwrap()).unwrap();
        std::fs::write(&stuck, "no folder").unwrap();
        assert!(world.store.erase(person).is_err());
        assert!(world.store.vault(person).is_err(), "already closed for good");
        std::fs::remove_file(&stuck).unwrap();
        let world = world.restarted();
        let left = world.store.directory().accounts().unwrap();
        assert_eq!(left.iter().map(|a| a.login.as_str()).collect::<Vec<_>>(), ["tom"]);
        assert!(!world.store.folder(person).exists());
        world.store.vault(left[0].person).unwrap();
    });
}
