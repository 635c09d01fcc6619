//! A throw-away Postfix on loopback, configured as the host's guide says (docs/host.md): it takes mail
//! for a domain and delivers it to us. One server for a test, because each delivers elsewhere.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

/// What to type when Postfix is missing.
pub const INSTALL: &str = "apt-get install --yes --no-install-recommends postfix";

/// A running Postfix; it stops when it is dropped.
pub struct Postfix {
    folder: PathBuf,
    /// Where it takes mail.
    pub port: u16,
    // As for PostgreSQL: while this pipe is open the server runs.
    alive: Option<ChildStdin>,
    shell: Child,
}

/// Whether this user can start one: its master gives up root's rights itself and must have them.
pub fn can_start() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.trim_ascii() == b"0")
}

/// Takes mail for `exemple.fr` and delivers it by `transport`: `lmtp:inet:127.0.0.1:2424`,
/// `lmtp:unix:/path`, `smtp:[127.0.0.1]:2525`. `more` are lines for `main.cf`. Panics with the line
/// to type when Postfix is not installed.
pub fn start(transport: &str, more: &str) -> Postfix {
    assert!(Path::new("/usr/sbin/postfix").exists(), "Postfix is not installed: {INSTALL}");
    let temp = tempfile::Builder::new().prefix("mesinfos-mx-").tempdir().expect("a folder");
    let folder = temp.keep();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("permissions");
    for below in ["etc", "queue", "data"] {
        fs::create_dir(folder.join(below)).expect("a folder");
    }
    // Its own user keeps its caches there.
    let own = Command::new("chown").arg("postfix").arg(folder.join("data")).status();
    assert!(own.is_ok_and(|s| s.success()), "Postfix's package brings the user `postfix`");
    let port = free_port();
    fs::write(folder.join("etc/main.cf"), main_cf(&folder, transport, more)).expect("a file");
    fs::write(folder.join("etc/master.cf"), master_cf(port)).expect("a file");
    let script = format!(
        "/usr/sbin/postfix -c '{folder}/etc' start-fg >'{folder}/out' 2>&1 & server=$!; \
         cat >/dev/null; /usr/sbin/postfix -c '{folder}/etc' stop >/dev/null 2>&1; wait $server; \
         rm -rf '{folder}'",
        folder = folder.display(),
    );
    let mut command = Command::new("setsid");
    command.args(["/bin/sh", "-c", &script]).current_dir("/").stdin(Stdio::piped());
    let mut shell = command.spawn().expect("/bin/sh starts");
    let alive = shell.stdin.take();
    let postfix = Postfix { folder, port, alive, shell };
    postfix.wait();
    postfix
}

impl Drop for Postfix {
    fn drop(&mut self) {
        drop(self.alive.take());
        // It is waited for so that its folder has gone when the test ends.
        let _ = self.shell.wait();
    }
}

impl Postfix {
    fn wait(&self) {
        let began = Instant::now();
        while Talk::to(self.port).is_none() {
            if began.elapsed() > Duration::from_secs(60) {
                panic!("Postfix did not start within a minute:\n{}", self.log());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// A conversation with it, greeted.
    pub fn talk(&self) -> Talk {
        let mut talk = Talk::to(self.port).expect("it answers");
        talk.ask("EHLO mx.shop.example");
        talk
    }

    /// What it says of its work.
    pub fn log(&self) -> String {
        let read = |name| fs::read_to_string(self.folder.join(name)).unwrap_or_default();
        format!("{}{}", read("out"), read("log"))
    }
}

/// A conversation in SMTP or LMTP, a line at a time.
pub struct Talk {
    reader: BufReader<TcpStream>,
}

impl Talk {
    /// Connects and hears the greeting; none when nobody answers yet.
    pub fn to(port: u16) -> Option<Talk> {
        let stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
        let mut talk = Talk { reader: BufReader::new(stream) };
        talk.hear().starts_with("220").then_some(talk)
    }

    /// Says a line and hears the reply, all its lines.
    pub fn ask(&mut self, line: &str) -> String {
        self.say(&format!("{line}\r\n"));
        self.hear()
    }

    /// Says bytes as they are.
    pub fn say(&mut self, bytes: &str) {
        // Who has hung up is noticed by who hears nothing.
        let _ = self.reader.get_mut().write_all(bytes.as_bytes());
    }

    /// Hears one reply; empty when the other side has hung up.
    pub fn hear(&mut self) -> String {
        let mut reply = String::new();
        loop {
            let mut line = String::new();
            if self.reader.read_line(&mut line).unwrap_or(0) == 0 {
                return reply;
            }
            reply.push_str(&line);
            if line.as_bytes().get(3) != Some(&b'-') {
                return reply;
            }
        }
    }

    /// Sends a mail to one recipient; the reply to the first word that was refused, or to the mail.
    pub fn send(&mut self, from: &str, to: &str, mail: &str) -> String {
        for line in [format!("MAIL FROM:<{from}>"), format!("RCPT TO:<{to}>"), "DATA".to_owned()] {
            let reply = self.ask(&line);
            if !reply.starts_with(['2', '3']) {
                self.ask("RSET");
                return reply;
            }
        }
        self.say(&format!("{mail}\r\n.\r\n"));
        self.hear()
    }
}

fn main_cf(folder: &Path, transport: &str, more: &str) -> String {
    let folder = folder.display();
    format!(
        "compatibility_level = 3.6\nqueue_directory = {folder}/queue\n\
         data_directory = {folder}/data\nmaillog_file = {folder}/log\n\
         maillog_file_prefixes = {folder}\nmail_owner = postfix\nsetgid_group = postdrop\n\
         myhostname = mx.exemple.fr\nmydestination =\nmynetworks =\ninet_interfaces = 127.0.0.1\n\
         inet_protocols = ipv4\nsmtpd_peername_lookup = no\nalias_maps =\nalias_database =\n\
         minimal_backoff_time = 1s\nmaximal_backoff_time = 2s\nqueue_run_delay = 1s\n\
         address_verify_poll_delay = 1s\naddress_verify_poll_count = 30\n\
         relay_domains = exemple.fr\nrelay_transport = {transport}\n\
         smtpd_recipient_restrictions = reject_unauth_destination, reject_unverified_recipient\n\
         unverified_recipient_reject_code = 550\n\
         address_verify_positive_expire_time = 2s\naddress_verify_positive_refresh_time = 1s\n\
         address_verify_negative_expire_time = 2s\naddress_verify_negative_refresh_time = 1s\n\
         {more}\n"
    )
}

/// As Debian's, without chroot: the folder is a test's.
fn master_cf(port: u16) -> String {
    format!(
        "127.0.0.1:{port} inet n - n - - smtpd\ncleanup unix n - n - 0 cleanup\n\
         qmgr unix n - n 300 1 qmgr\ntlsmgr unix - - n 1000? 1 tlsmgr\n\
         rewrite unix - - n - - trivial-rewrite\nbounce unix - - n - 0 bounce\n\
         defer unix - - n - 0 bounce\ntrace unix - - n - 0 bounce\nverify unix - - n - 1 verify\n\
         smtp unix - - n - - smtp\nrelay unix - - n - - smtp\nlmtp unix - - n - - lmtp\n\
         proxymap unix - - n - - proxymap\nproxywrite unix - - n - 1 proxymap\n\
         error unix - - n - - error\nretry unix - - n - - error\nanvil unix - - n - 1 anvil\n\
         scache unix - - n - 1 scache\npostlog unix-dgram n - n - 1 postlogd\n"
    )
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}
