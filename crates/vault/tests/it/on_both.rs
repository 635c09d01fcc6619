//! Runs one story on both engines.

use mesinfos_vault::directory::NewAccount;
use mesinfos_vault::{Engine, HostKey, Mode, Options, Store, Vault};
use tempfile::TempDir;

/// 24 November 2026, in the morning.
pub const NOW: i64 = 1_795_510_800_000_000;

/// A store in a folder of its own.
pub struct World {
    pub store: Store,
    pub options: Options,
    pub folder: TempDir,
}

impl World {
    pub fn new(engine: Engine) -> World {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        let options = Options {
            host_key: HostKey::load_or_create(&data).unwrap(),
            data,
            postgres: (engine == Engine::Postgres).then(mesinfos_testkit::postgres::database),
            copied: false,
        };
        World { store: Store::open(options.clone()).unwrap(), options, folder }
    }

    /// The vault of a new person.
    pub fn vault(&self, login: &str) -> Vault {
        let (account, _) = self.store.create_account(&someone(login), NOW).unwrap();
        self.store.vault(account.person).unwrap()
    }

    /// The same folder, as after a restart.
    pub fn restarted(self) -> World {
        let World { store, options, folder } = self;
        drop(store);
        World { store: Store::open(options.clone()).unwrap(), options, folder }
    }
}

pub fn someone(login: &str) -> NewAccount<'_> {
    NewAccount { login, name: login, locale: "fr", passphrase: None, mode: Mode::Watched }
}

/// Tells a story twice.
pub fn on_both(story: impl Fn(World)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        eprintln!("on {engine:?}");
        story(World::new(engine));
    }
}
