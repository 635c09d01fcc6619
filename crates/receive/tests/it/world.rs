//! A host with a person, and its doors for mail.

use crate::session::{Limits, Protocol};
use mesinfos_domain::PersonId;
use mesinfos_receive::{Hall, House, Office, Place, Rules, bind};
use mesinfos_vault::directory::{MailDomain, NewAccount};
use mesinfos_vault::import::{self, Report, Watch};
use mesinfos_vault::views::{Given, given_addresses};
use mesinfos_vault::{HostKey, Mode, NewAddress, Store, Vault};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::sync::watch;
use tokio_rustls::rustls::ServerConfig;

/// 24 November 2026, in the morning.
pub const NOW: i64 = 1_795_510_800_000_000;
/// Small, so that a test can cross it.
pub const MAIL_BYTES: usize = 100_000;

pub struct World {
    pub home: Home,
    pub folder: TempDir,
}

#[derive(Clone)]
pub struct Home(Arc<(Store, Mutex<Vec<PersonId>>)>);

impl House for Home {
    fn store(&self) -> &Store {
        &self.0.0
    }
    fn now_us(&self) -> i64 {
        NOW
    }
    fn arrived(&self, person: PersonId) {
        self.0.1.lock().unwrap().push(person);
    }
}

/// An open door; closed when dropped.
pub struct Door {
    pub place: String,
    stop: watch::Sender<bool>,
    runs: Option<std::thread::JoinHandle<()>>,
}

impl Door {
    pub fn port(&self) -> u16 {
        self.place.rsplit(':').next().unwrap().parse().unwrap()
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        self.runs.take().unwrap().join().unwrap();
    }
}

impl World {
    pub fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let host_key = HostKey::load_or_create(folder.path()).unwrap();
        let data = folder.path().join("data");
        let options = mesinfos_vault::Options { data, host_key, postgres: None, copied: false };
        let store = Store::open(options).unwrap();
        store.directory().set_mail_domains(&domains()).unwrap();
        World { home: Home(Arc::new((store, Mutex::default()))), folder }
    }

    pub fn store(&self) -> &Store {
        self.home.store()
    }

    pub fn vault(&self, login: &str) -> Vault {
        let new =
            NewAccount { login, name: login, locale: "fr", passphrase: None, mode: Mode::Watched };
        let (account, _) = self.store().create_account(&new, NOW).unwrap();
        self.store().vault(account.person).unwrap()
    }

    /// An address of hers.
    pub fn address(&self, vault: &Vault, label: &str) -> String {
        let new = NewAddress { label, actor: None };
        self.store().give_address(vault, &new, NOW).unwrap().address
    }

    pub fn open(&self, protocol: Protocol) -> Door {
        self.open_by(protocol, "127.0.0.1:0", rules(), None)
    }

    pub fn open_by(
        &self,
        protocol: Protocol,
        place: &str,
        rules: Rules,
        tls: Option<Arc<ServerConfig>>,
    ) -> Door {
        let limits = Limits { mail_bytes: MAIL_BYTES, ..Limits::default() };
        let hall = Hall::new(Office::new(self.home.clone(), rules), limits, tls);
        let place: Place = place.parse().unwrap();
        let (stop, stops) = watch::channel(false);
        let (tell, told) = std::sync::mpsc::channel();
        let runs = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let bound = bind(protocol, &place).await.unwrap();
                tell.send(bound.place()).unwrap();
                bound.run(hall, stops).await;
            });
        });
        Door { place: told.recv().unwrap(), stop, runs: Some(runs) }
    }

    /// Takes what waits into the vault.
    pub fn take(&self, vault: &Vault) -> Report {
        let options = import::Options { now_us: NOW, full: false, threads: 2 };
        let stop = AtomicBool::new(false);
        let mut watch = Watch { progress: &mut |_, _| {}, kept: &mut |_| {}, stop: &stop };
        self.store().take_deposits(vault, &options, &mut watch).unwrap()
    }

    /// Waits until so many mails wait for her.
    pub fn wait_for(&self, person: PersonId, mails: i64, log: &dyn Fn() -> String) {
        let began = Instant::now();
        while self.store().directory().waiting(person).unwrap().mails < mails {
            assert!(began.elapsed() < Duration::from_secs(60), "nothing came:\n{}", log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    pub fn listed(&self, vault: &Vault) -> Vec<Given> {
        let all = self.store().directory().addresses(vault.person()).unwrap();
        given_addresses(vault, &all).unwrap()
    }
}

fn domains() -> Vec<MailDomain> {
    vec![
        MailDomain { name: "exemple.fr".into(), owner: None },
        MailDomain { name: "tom.example".into(), owner: Some("tom".into()) },
    ]
}

pub fn rules() -> Rules {
    Rules::new("mx.exemple.fr".into(), domains())
}

/// An order of a shop, as it is written.
pub fn order(to: &str, n: usize) -> String {
    format!(
        "From: Librairie Mirabelle <commande@mirabelle.example>\r\nTo: {to}\r\n\
         Subject: Votre commande M-{n:04}\r\nDate: Mon, 5 Jan 2026 10:{n:02}:00 +0100\r\n\
         Message-ID: <{n}@mirabelle.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         Bonjour,\r\nvotre commande n° M-{n:04} est confirmée.\r\n\
         1 x Atlas des rivières : 24,00 €\r\nTotal : 24,00 €\r\n\
         ..deux points\r\nhttps://www.mirabelle.example/compte"
    )
}

/// A certificate for `localhost`, signed by itself: its file and what speaks TLS with it.
pub fn certificate(folder: &Path) -> Arc<ServerConfig> {
    use tokio_rustls::rustls::pki_types::pem::PemObject;
    use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
    let made = std::process::Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
        .args(["-days", "2", "-keyout", "key.pem", "-out", "cert.pem"])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(made.status.success());
    let chain: Vec<_> =
        CertificateDer::pem_file_iter(folder.join("cert.pem")).unwrap().flatten().collect();
    let key = PrivateKeyDer::from_pem_file(folder.join("key.pem")).unwrap();
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    Arc::new(config)
}
