//! A throw-away Dovecot on loopback: one server for a test program, one account for a test. Its mail
//! is a Maildir that the test writes to: a file more is a mail more, a file less an expunged one.

use crate::introspection;
use crate::sink::{self, Sink, Taken};
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// What to type when Dovecot is missing.
pub const INSTALL: &str =
    "apt-get install --yes --no-install-recommends dovecot-imapd dovecot-submissiond";

struct Server {
    folder: PathBuf,
    port: u16,
    tls_port: u16,
    out_port: u16,
    out_tls_port: u16,
    sink: Sink,
    // As for PostgreSQL: while this pipe is open the server runs.
    _alive: ChildStdin,
    _shell: Child,
}

static SERVER: OnceLock<Server> = OnceLock::new();
static ACCOUNTS: AtomicU32 = AtomicU32::new(0);

/// A mailbox of its own.
pub struct Account {
    /// In clear, with STARTTLS on offer.
    pub port: u16,
    /// TLS from the first byte, for `localhost`.
    pub tls_port: u16,
    /// Where mails are handed in, in clear, with STARTTLS on offer.
    pub out_port: u16,
    /// The same, TLS from the first byte.
    pub out_tls_port: u16,
    /// Who logs in.
    pub user: String,
    /// With this.
    pub password: &'static str,
    /// The authority that signed the server's certificate (PEM).
    pub certificate: PathBuf,
    maildir: PathBuf,
}

/// An empty mailbox. Panics with the line to type when Dovecot is not installed.
pub fn account() -> Account {
    let server = SERVER.get_or_init(start);
    let user = format!("lea{}", ACCOUNTS.fetch_add(1, Ordering::Relaxed));
    let maildir = server.folder.join("mail").join(&user);
    for folder in ["", "Sent", "Trash", "Junk"] {
        make(&folder_of(&maildir, folder));
    }
    let names = "Sent\nTrash\nJunk\n";
    fs::write(maildir.join("subscriptions"), names).expect("a file");
    Account {
        port: server.port,
        tls_port: server.tls_port,
        out_port: server.out_port,
        out_tls_port: server.out_tls_port,
        user,
        password: "sesame",
        certificate: server.folder.join("cert.pem"),
        maildir,
    }
}

impl Account {
    /// Delivers a mail into a folder (`""` for the inbox) under a name of the test's choice, with
    /// the flags' letters of Maildir.
    pub fn put(&self, folder: &str, name: &str, flags: &str, mail: &[u8]) {
        let folder = folder_of(&self.maildir, folder);
        if !folder.is_dir() {
            make(&folder);
        }
        let waiting = folder.join("tmp").join(name);
        fs::write(&waiting, mail).expect("a mail is written");
        fs::rename(waiting, folder.join("cur").join(format!("{name}:2,{flags}"))).expect("moved");
    }

    /// The mails in a folder, as they stand there.
    pub fn mails(&self, folder: &str) -> Vec<String> {
        let folder = folder_of(&self.maildir, folder);
        let files = ["cur", "new"].map(|below| fs::read_dir(folder.join(below)));
        let files = files.into_iter().flatten().flatten().flatten();
        files.map(|f| fs::read_to_string(f.path()).expect("a mail")).collect()
    }

    /// How many mails stand in a folder, without opening any: the server may be moving them.
    pub fn how_many(&self, folder: &str) -> usize {
        let folder = folder_of(&self.maildir, folder);
        let files = ["cur", "new"].map(|below| fs::read_dir(folder.join(below)));
        files.into_iter().flatten().flatten().count()
    }

    /// The mails that were handed in for sending from this address.
    pub fn sent_from(&self, address: &str) -> Vec<Taken> {
        let all = SERVER.get().map(|s| s.sink.taken()).unwrap_or_default();
        all.into_iter().filter(|t| t.from == address).collect()
    }

    /// Takes a mail away.
    pub fn remove(&self, folder: &str, name: &str) {
        fs::remove_file(self.find(folder, name)).expect("it was there");
    }

    /// Puts a mail into another folder, as another program of hers does: by its Message-ID, without
    /// angle brackets.
    pub fn take_to(&self, from: &str, to: &str, id: &str) {
        let (from, to) = (folder_of(&self.maildir, from), folder_of(&self.maildir, to));
        if !to.is_dir() {
            make(&to);
        }
        let files = ["cur", "new"].map(|below| fs::read_dir(from.join(below)));
        for file in files.into_iter().flatten().flatten().flatten() {
            let text = fs::read_to_string(file.path()).expect("a mail");
            if text.contains(&format!("<{id}>")) {
                // A new name: the server knows the old one by its old number.
                let name = format!("t{id}:2,S");
                fs::rename(file.path(), to.join("cur").join(name)).expect("moved");
                return;
            }
        }
        panic!("no mail {id} in {}", from.display())
    }

    /// Gives a mail other flags.
    pub fn flag(&self, folder: &str, name: &str, flags: &str) {
        let old = self.find(folder, name);
        fs::rename(&old, old.with_file_name(format!("{name}:2,{flags}"))).expect("renamed");
    }

    /// Makes the server forget its numbers: the next UIDVALIDITY is another.
    pub fn renumber(&self, folder: &str) {
        // UIDVALIDITY is a time in seconds: it must be another one.
        std::thread::sleep(Duration::from_millis(1100));
        let folder = folder_of(&self.maildir, folder);
        for file in fs::read_dir(&folder).expect("a folder").flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if name.starts_with("dovecot") {
                // A file or a folder, and one of the two works.
                let _ = fs::remove_file(file.path());
            }
        }
    }

    fn find(&self, folder: &str, name: &str) -> PathBuf {
        let folder = folder_of(&self.maildir, folder);
        for below in ["cur", "new"] {
            for file in fs::read_dir(folder.join(below)).expect("a folder").flatten() {
                let found = file.file_name().to_string_lossy().into_owned();
                if found.split([':', ',']).next() == Some(name) {
                    return file.path();
                }
            }
        }
        panic!("no mail {name} in {}", folder.display())
    }
}

fn folder_of(maildir: &Path, folder: &str) -> PathBuf {
    if folder.is_empty() { maildir.to_owned() } else { maildir.join(format!(".{folder}")) }
}

/// Open to all: the server's mail user is not the test's.
fn make(folder: &Path) {
    for below in ["", "cur", "new", "tmp"] {
        let path = folder.join(below);
        fs::create_dir_all(&path).expect("a folder");
        open(&path);
    }
}

fn open(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o777)).expect("permissions");
}

fn start() -> Server {
    assert!(
        ["/usr/sbin/dovecot", "/usr/lib/dovecot/imap", "/usr/lib/dovecot/submission"]
            .iter()
            .all(|p| Path::new(p).exists()),
        "Dovecot is not installed: {INSTALL}"
    );
    let temp = tempfile::Builder::new().prefix("mesinfos-imap-").tempdir().expect("a folder");
    let folder = temp.keep();
    open(&folder);
    fs::create_dir(folder.join("mail")).expect("a folder");
    open(&folder.join("mail"));
    crate::certificate::make(&folder);
    let ports = [(); 4].map(|()| free_port());
    let sink = sink::start();
    let asked = introspection::start();
    let oauth2 = format!(
        "introspection_mode = get\nusername_attribute = username\n\
         introspection_url = http://127.0.0.1:{asked}/?token=\n\
         active_attribute = active\nactive_value = true\n"
    );
    fs::write(folder.join("oauth2.conf"), oauth2).expect("a file");
    fs::write(folder.join("dovecot.conf"), configuration(&folder, ports, sink.port))
        .expect("a file");
    let script = format!(
        "/usr/sbin/dovecot -F -c '{folder}/dovecot.conf' >'{folder}/out' 2>&1 & server=$!; \
         cat >/dev/null; kill $server; wait $server; rm -rf '{folder}'",
        folder = folder.display(),
    );
    let mut command = Command::new("setsid");
    command.args(["/bin/sh", "-c", &script]).current_dir("/").stdin(Stdio::piped());
    let mut shell = command.spawn().expect("/bin/sh starts");
    let alive = shell.stdin.take().expect("stdin was piped");
    let [port, tls_port, out_port, out_tls_port] = ports;
    let server = Server {
        folder,
        port,
        tls_port,
        out_port,
        out_tls_port,
        sink,
        _alive: alive,
        _shell: shell,
    };
    server.wait();
    server
}

impl Server {
    fn wait(&self) {
        let began = Instant::now();
        let mut said = [0; 4];
        loop {
            if let Ok(mut tcp) = TcpStream::connect(("127.0.0.1", self.port))
                && tcp.read_exact(&mut said).is_ok()
                && said.starts_with(b"* OK")
            {
                let _ = tcp.write_all(b"a LOGOUT\r\n");
                return;
            }
            if began.elapsed() > Duration::from_secs(60) {
                let log = |name| fs::read_to_string(self.folder.join(name)).unwrap_or_default();
                panic!("Dovecot did not start within a minute:\n{}{}", log("out"), log("log"));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn configuration(folder: &Path, ports: [u16; 4], sink: u16) -> String {
    let [port, tls_port, out_port, out_tls_port] = ports;
    let folder = folder.display();
    let users = if is("root") {
        "mail_uid = mail\nmail_gid = mail\nfirst_valid_uid = 1\n".to_owned()
    } else {
        let me = output(Command::new("id").arg("-un"));
        let group = output(Command::new("id").arg("-gn"));
        format!(
            "default_internal_user = {me}\ndefault_login_user = {me}\n\
             default_internal_group = {group}\nmail_uid = {me}\nmail_gid = {group}\n\
             first_valid_uid = 1\nservice anvil {{\n chroot =\n}}\n\
             service imap-login {{\n chroot =\n}}\n\
             service submission-login {{\n chroot =\n}}\n"
        )
    };
    format!(
        "protocols = imap submission\nlisten = 127.0.0.1\nbase_dir = {folder}/run\nlog_path = {folder}/log\n\
         {users}\
         ssl = yes\nssl_cert = <{folder}/cert.pem\nssl_key = <{folder}/key.pem\n\
         disable_plaintext_auth = no\n\
         auth_mechanisms = plain login xoauth2 oauthbearer\n\
         mail_location = maildir:{folder}/mail/%u\n\
         passdb {{\n driver = oauth2\n mechanisms = xoauth2 oauthbearer\n\
          args = {folder}/oauth2.conf\n}}\n\
         passdb {{\n mechanisms = plain login\n driver = static\n args = password=sesame\n}}\n\
         userdb {{\n driver = static\n args = home={folder}/mail/%u\n}}\n\
         namespace inbox {{\n inbox = yes\n separator = /\n\
          mailbox Sent {{\n special_use = \\Sent\n}}\n\
          mailbox Trash {{\n special_use = \\Trash\n}}\n\
          mailbox Junk {{\n special_use = \\Junk\n}}\n}}\n\
         service imap-login {{\n inet_listener imap {{\n port = {port}\n}}\n\
          inet_listener imaps {{\n port = {tls_port}\n ssl = yes\n}}\n}}\n\
         service submission-login {{\n inet_listener submission {{\n port = {out_port}\n}}\n\
          inet_listener submissions {{\n port = {out_tls_port}\n ssl = yes\n}}\n}}\n\
         hostname = localhost\nsubmission_relay_host = 127.0.0.1\n\
         submission_relay_port = {sink}\n\
         mail_fsync = never\nmail_max_userip_connections = 50\n"
    )
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

fn is(user: &str) -> bool {
    output(Command::new("id").arg("-un")) == user
}

fn output(command: &mut Command) -> String {
    let out = command.output().expect("it runs").stdout;
    String::from_utf8_lossy(&out).trim().to_owned()
}
