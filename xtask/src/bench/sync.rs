//! `cargo xtask bench sync`: 10,000 mails from a Dovecot on loopback into the vault, understood and
//! searchable, beside mbsync, which only copies them.

use crate::measure::{self, Run};
use crate::run::{cargo, has, release, step, target};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

const MAILS: usize = 10_000;
const RUNS: usize = 3;

pub fn run(_: &[String]) -> Result<()> {
    if !has("dovecot") || !has("mbsync") {
        bail!("needed: apt-get install --no-install-recommends dovecot-imapd isync");
    }
    step(
        "build",
        cargo().args(["build", "--release", "-p", "mesinfos-cli", "-p", "mesinfos-samples"]),
    )?;
    let work = std::env::temp_dir().join(format!("mesinfos-bench-sync-{}", std::process::id()));
    fs::create_dir_all(&work)?;
    let server = Server::start(&work)?;
    let outcome = compare(&work, &server);
    drop(server);
    fs::remove_dir_all(&work)?;
    outcome
}

fn compare(work: &Path, server: &Server) -> Result<()> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    println!("{}; {MAILS} mails", measure::machine());
    let password = work.join("password");
    fs::write(&password, "sesame\n")?;
    let data = work.join("data");
    for i in 1..=RUNS {
        let _ = fs::remove_dir_all(&data);
        connect(&data, server.port, &password)?;
        ours.push(sync(&data)?);
        let (config, copy) = mbsyncrc(work, server.port, i)?;
        theirs.push(measure::run(
            Command::new("mbsync").arg("-q").arg("-c").arg(&config).arg("all"),
        )?);
        let copied = fs::read_dir(copy.join("INBOX/new"))?.count()
            + fs::read_dir(copy.join("INBOX/cur"))?.count();
        println!(
            "run {i}: ours {:.2} s, mbsync {:.2} s ({copied} copied)",
            ours[i - 1].wall,
            theirs[i - 1].wall
        );
    }
    // The server settles HIGHESTMODSEQ when it is asked for the first time.
    sync(&data)?;
    let again = sync(&data)?;
    let (ours, theirs) = (measure::median(ours), measure::median(theirs));
    let got = synced(&ours)?;
    let arrived = &got["report"]["new_messages"];
    println!("mesinfos  {:6.2} s  {:6.0} mails/s  {arrived} new messages", ours.wall, rate(&ours));
    println!(
        "mbsync    {:6.2} s  {:6.0} mails/s  (defaults: fsync on)",
        theirs.wall,
        rate(&theirs)
    );
    println!("times as fast as mbsync: {:.1}", theirs.wall / ours.wall);
    println!(
        "nothing changed: {:.0} ms whole process, {}",
        again.wall * 1e3,
        synced(&again)?["traffic"]
    );
    if arrived.as_u64() != Some(MAILS as u64) {
        bail!("{arrived} of {MAILS} mails are in the vault");
    }
    Ok(())
}

fn rate(run: &Run) -> f64 {
    MAILS as f64 / run.wall
}

fn mesinfos(data: &Path) -> Command {
    let mut command = Command::new(release("mesinfos"));
    command.env("MESINFOS_PASSPHRASE", "bench bench bench bench").arg("--data").arg(data);
    command
}

fn connect(data: &Path, port: u16, password: &Path) -> Result<()> {
    let port = port.to_string();
    let args = ["--host", "127.0.0.1", "--port", &port, "--security", "plain", "--login", "lea"];
    let mut command = mesinfos(data);
    command.args(["mailbox", "add", "lea@exemple.fr"]).args(args);
    measure::run(command.arg("--password-file").arg(password)).map(|_| ())
}

fn sync(data: &Path) -> Result<Run> {
    measure::run(mesinfos(data).args(["sync", "--json"]))
}

fn synced(run: &Run) -> Result<Value> {
    let last = run.output.lines().last().context("it printed nothing")?;
    let line: Value = serde_json::from_str(last)?;
    Ok(line["synced"].clone())
}

/// A configuration for a copy of its own: everything but the addresses is the default, and where it
/// notes what it has fetched (by default in the home of whoever runs this, where another run's notes
/// would stop it).
fn mbsyncrc(work: &Path, port: u16, number: usize) -> Result<(PathBuf, PathBuf)> {
    let copy = work.join(format!("copy{number}"));
    fs::create_dir_all(&copy)?;
    let path = work.join(format!("mbsyncrc{number}"));
    let copied = copy.display();
    fs::write(
        &path,
        format!(
            "IMAPStore far\nHost 127.0.0.1\nPort {port}\nUser lea\nPass sesame\nSSLType None\n\
             AuthMechs LOGIN\n\n\
             MaildirStore near\nPath {copied}/\nInbox {copied}/INBOX\n\n\
             Channel all\nSyncState {copied}/state-\nFar :far:\nNear :near:\nPatterns INBOX\nCreate Near\nSync Pull\n"
        ),
    )?;
    Ok((path, copy))
}

struct Server {
    port: u16,
    child: Child,
}

impl Server {
    fn start(work: &Path) -> Result<Server> {
        fs::set_permissions(work, fs::Permissions::from_mode(0o777))?;
        maildir(work)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = work.display();
        let config = work.join("dovecot.conf");
        fs::write(
            &config,
            format!(
                "protocols = imap\nlisten = 127.0.0.1\nbase_dir = {folder}/run\n\
                 log_path = {folder}/log\nmail_uid = mail\nmail_gid = mail\nfirst_valid_uid = 1\n\
                 ssl = no\ndisable_plaintext_auth = no\n\
                 mail_location = maildir:{folder}/mail/%u\n\
                 passdb {{\n driver = static\n args = password=sesame\n}}\n\
                 userdb {{\n driver = static\n args = home={folder}/mail/%u\n}}\n\
                 namespace inbox {{\n inbox = yes\n}}\n\
                 service imap-login {{\n inet_listener imap {{\n port = {port}\n}}\n\
                  inet_listener imaps {{\n port = 0\n}}\n}}\n"
            ),
        )?;
        let child = Command::new("dovecot").arg("-F").arg("-c").arg(&config).spawn()?;
        let server = Server { port, child };
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if began.elapsed() > Duration::from_secs(30) {
                bail!("Dovecot did not start: {}", fs::read_to_string(work.join("log"))?);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        // Its index is made before anybody is measured, for both alike.
        step(
            "index",
            Command::new("doveadm").arg("-c").arg(&config).args(["index", "-u", "lea", "INBOX"]),
        )?;
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// The first mails of the bench mailbox, one file each.
fn maildir(work: &Path) -> Result<()> {
    let mbox = target().join("bench").join(format!("mailbox-{MAILS}.mbox"));
    if !mbox.exists() {
        fs::create_dir_all(target().join("bench"))?;
        step(
            "write the mails",
            Command::new(release("mesinfos-samples"))
                .arg("mailbox")
                .arg(&mbox)
                .arg(MAILS.to_string()),
        )?;
    }
    let maildir = work.join("mail/lea");
    super::import::split(&mbox, &maildir)?;
    for below in ["mail", "mail/lea", "mail/lea/cur", "mail/lea/new", "mail/lea/tmp"] {
        fs::set_permissions(work.join(below), fs::Permissions::from_mode(0o777))?;
    }
    Ok(())
}
