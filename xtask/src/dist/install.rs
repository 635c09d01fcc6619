//! `cargo xtask dist --try`: the package on a clean Debian. The previous release is installed, its first
//! page opened, an account made, a household's mails brought; then upgraded, rolled back, upgraded again
//! and removed. Each time the page opens with the same session and every mail is there.

use super::build::{self, Release};
use super::page::Browser;
use super::said;
use crate::run::{cargo, has, root, step};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const PORT: u16 = 8429;
const DATA: &str = "var/lib/mesinfos";
/// There are no terminals in there.
const PTY: &str = "-o=Dpkg::Use-Pty=0";
const UNIT: &str = "lib/systemd/system/mesinfos.service";

/// Needs root and debootstrap: the clean Debian is a folder that one changes root into. No systemd runs
/// there: the unit is judged by `systemd-analyze` from outside, and its very `ExecStart` is started as its
/// user with its environment.
pub fn run(previous: &Path, deb: &Path, release: &Release) -> Result<()> {
    let debian = Debian::clean()?;
    fs::copy(previous, debian.path("previous.deb"))?;
    fs::copy(deb, debian.path("this.deb"))?;
    let mails = samples()?;
    fs::copy(&mails, debian.path("household.mbox"))?;
    fs::create_dir_all(debian.path("etc/mesinfos"))?;
    let listen = format!("MESINFOS_LISTEN=127.0.0.1:{PORT}\n");
    fs::write(debian.path("etc/mesinfos/environment"), listen)?;

    debian.install("the previous release", "/previous.deb")?;
    debian.has_its_user()?;
    let browser = Browser::on(PORT);
    let serving = debian.start(&browser)?;
    first_run(&browser)?;
    step("a household's mails", &mut debian.program(&["import", "/household.mbox"]))?;
    let kept = debian.verified()?;
    serving.stop()?;

    debian.install("this release", "/this.deb")?;
    judged(&debian)?;
    let serving = debian.start(&browser)?;
    opens(&browser)?;
    ensure!(debian.verified()? == kept, "the upgrade changed the originals");
    serving.stop()?;
    let copies = debian.copies()?;
    println!("copies of before the upgrade: {copies:?}");

    debian.install("the previous release again", "/previous.deb")?;
    if copies.is_empty() {
        println!("both have the same schema: there is nothing to go back to");
    } else {
        let refused = debian.program(&["verify"]).output()?;
        let words = String::from_utf8_lossy(&refused.stderr).into_owned();
        ensure!(!refused.status.success(), "the older program took newer data");
        ensure!(words.contains("mesinfos restore --before-upgrade"), "it said only: {words}");
        println!("it says: {}", words.trim());
        step("restore", &mut debian.program(&["restore", "--before-upgrade"]))?;
    }
    let serving = debian.start(&browser)?;
    opens(&browser)?;
    ensure!(debian.verified()? == kept, "rolling back changed the originals");
    serving.stop()?;

    debian.install("this release again", "/this.deb")?;
    let serving = debian.start(&browser)?;
    opens(&browser)?;
    ensure!(debian.verified()? == kept, "the second upgrade changed the originals");
    serving.stop()?;

    step("remove", &mut debian.inside(&["apt-get", "-qq", "-y", PTY, "remove", "mesinfos"]))?;
    step("purge", &mut debian.inside(&["apt-get", "-qq", "-y", PTY, "purge", "mesinfos"]))?;
    ensure!(debian.path(DATA).join("directory.db").exists(), "removing the program removed data");
    println!(
        "\n{}: installed, opened, mails brought, upgraded, rolled back, upgraded again, removed: {kept}",
        release.version
    );
    Ok(())
}

/// Sample mails, by the generator of the repository.
fn samples() -> Result<PathBuf> {
    let mbox = root().join("target/household.mbox");
    let mut write = cargo();
    write.args(["run", "--release", "--locked", "-p", "mesinfos-samples", "--", "household"]);
    step("sample mails", write.arg(&mbox).env("RUSTFLAGS", build::flags()?))?;
    Ok(mbox)
}

/// The first page leads to the account, the account to the mails.
fn first_run(browser: &Browser) -> Result<()> {
    let page = browser.get("/")?;
    ensure!(page.contains("name=\"passphrase\"") && page.contains("/welcome"), "no first page");
    let account =
        [("login", "camille"), ("passphrase", "quatre pommes vertes"), ("mode", "watched")];
    let to = browser.post("/welcome", &account)?;
    ensure!(to == "/import", "the account led to {to}");
    ensure!(browser.get("/import")?.contains("type=\"file\""), "no place for mails");
    println!("the first page opens; an account is made");
    Ok(())
}

/// The same session as before still opens a home page with purchases.
fn opens(browser: &Browser) -> Result<()> {
    let page = browser.get("/")?;
    ensure!(!page.contains("name=\"passphrase\""), "the session was lost");
    ensure!(
        page.contains("href=\"/order/") || page.contains("href=\"/actor/"),
        "an empty home page"
    );
    println!("the page opens, still signed in");
    Ok(())
}

/// What systemd itself says of the unit, when it is on this machine.
fn judged(debian: &Debian) -> Result<()> {
    if !has("systemd-analyze") {
        println!("no systemd-analyze here: the unit is not judged");
        return Ok(());
    }
    let root = format!("--root={}", debian.0.display());
    let unit = format!("/{UNIT}");
    step("unit: verify", Command::new("systemd-analyze").args([&root, "verify", &unit]))?;
    // An exposure of 2.0 of 10 at most: the network is what it needs.
    let mut security = Command::new("systemd-analyze");
    security.args([&root, "security", "--offline=true", "--threshold=20", "--no-pager", &unit]);
    let table = said(&mut security)?;
    println!("{}", table.lines().last().unwrap_or_default());
    Ok(())
}

/// A clean Debian in a folder, removed at the end.
struct Debian(PathBuf);

impl Debian {
    fn clean() -> Result<Debian> {
        let base = root().join("target/clean-debian");
        if !base.join("var/lib/dpkg/status").exists() {
            step(
                "a clean Debian",
                Command::new("debootstrap")
                    .args([
                        "--variant=minbase",
                        "--include=adduser,ca-certificates,systemd",
                        "bookworm",
                    ])
                    .arg(&base),
            )?;
        }
        let own = std::env::temp_dir().join(format!("mesinfos-debian-{}", std::process::id()));
        said(Command::new("cp").arg("-a").arg(&base).arg(&own))?;
        Ok(Debian(own))
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.0.join(inside)
    }

    fn inside(&self, command: &[&str]) -> Command {
        let mut c = Command::new("chroot");
        c.arg(&self.0).args(command).env("DEBIAN_FRONTEND", "noninteractive");
        c
    }

    /// As the guide says it: by apt, from a file.
    fn install(&self, title: &str, deb: &str) -> Result<()> {
        let apt = ["apt-get", "-qq", "-y", PTY, "--allow-downgrades", "install", deb];
        step(&format!("install {title}"), &mut self.inside(&apt))
    }

    fn has_its_user(&self) -> Result<()> {
        let folder = fs::metadata(self.path(DATA))?;
        let users = fs::read_to_string(self.path("etc/passwd"))?;
        let line =
            users.lines().find(|l| l.starts_with("mesinfos:")).context("no user mesinfos")?;
        ensure!(line.ends_with("/nologin"), "its user may sign in: {line}");
        ensure!(line.split(':').nth(2) == Some(&folder.uid().to_string()), "not its folder");
        ensure!(folder.mode() & 0o777 == 0o700, "its folder is open to others");
        Ok(())
    }

    /// As the service's user, with nothing of our environment.
    fn as_its_user(&self) -> Command {
        let mut c = Command::new("chroot");
        c.arg("--userspec=mesinfos:mesinfos").arg(&self.0).args(["env", "-i", "PATH=/usr/bin"]);
        c
    }

    /// The program, as the service's user would call it.
    fn program(&self, args: &[&str]) -> Command {
        let mut c = self.as_its_user();
        c.args(["/usr/bin/mesinfos", "--data", "/var/lib/mesinfos"]).args(args);
        c
    }

    /// Starts what the unit starts, and waits for its page.
    fn start(&self, browser: &Browser) -> Result<Serving> {
        let unit = fs::read_to_string(self.path(UNIT))?;
        let value = |key: &str| unit.lines().find_map(|l| l.strip_prefix(key));
        ensure!(value("User=") == Some("mesinfos"), "the unit names another user");
        let command = value("ExecStart=").context("the unit starts something")?;
        let environment = value("EnvironmentFile=-").context("the unit reads a file of options")?;
        let options = fs::read_to_string(self.path(environment.trim_start_matches('/')))?;
        let child = self
            .as_its_user()
            .args(options.lines())
            .args(command.split_whitespace())
            .stdout(Stdio::null())
            .spawn()?;
        let serving = Serving(child);
        browser.wait()?;
        Ok(serving)
    }

    /// What `verify` says of the vault: every original is what arrived.
    fn verified(&self) -> Result<String> {
        said(&mut self.program(&["verify"]))
    }

    /// The copies that an upgrade left.
    fn copies(&self) -> Result<Vec<String>> {
        let find =
            ["find", "/var/lib/mesinfos", "-name", "*.before-upgrade-*.db", "-printf", "%f\n"];
        let mut found: Vec<String> =
            said(&mut self.inside(&find))?.lines().map(str::to_owned).collect();
        found.sort();
        Ok(found)
    }
}

impl Drop for Debian {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Serving(Child);

impl Serving {
    /// As systemd stops it (`KillSignal=SIGINT`); it must end well.
    fn stop(mut self) -> Result<()> {
        said(Command::new("kill").args(["-INT", &self.0.id().to_string()]))?;
        let status = self.0.wait()?;
        if !status.success() {
            bail!("stopped, serve ended with {status}");
        }
        Ok(())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
