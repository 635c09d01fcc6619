//! `cargo xtask dist --try`: the package on a clean Debian: install the previous release, bring mails,
//! upgrade, roll back, remove; the mails are there and the page opens each time.

use crate::run::step;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

const PORT: u16 = 8429;

/// Needs root and debootstrap: the clean Debian is a folder that one changes root into.
pub fn run(previous: &Path, deb: &Path) -> Result<()> {
    let debian = std::env::temp_dir().join("mesinfos-clean-debian");
    if !debian.join("var/lib/dpkg/status").exists() {
        step(
            "a clean Debian",
            Command::new("debootstrap")
                .args(["--variant=minbase", "--include=adduser", "bookworm"])
                .arg(&debian),
        )?;
    }
    fs::copy(previous, debian.join("previous.deb"))?;
    fs::copy(deb, debian.join("this.deb"))?;
    let mails = debian.join("mails");
    fs::create_dir_all(&mails)?;
    for mail in fs::read_dir("e2e/mails")?.flatten() {
        fs::copy(mail.path(), mails.join(mail.file_name()))?;
    }
    step("install the previous release", &mut inside(&debian, &["dpkg", "-i", "/previous.deb"]))?;
    step("bring mails", &mut program(&debian, &["import", "/mails"]))?;
    opens(&debian)?;
    let kept = verified(&debian)?;
    step("upgrade", &mut inside(&debian, &["dpkg", "-i", "/this.deb"]))?;
    opens(&debian)?;
    ensure!(verified(&debian)? == kept, "the upgrade changed the originals");
    step("roll back", &mut inside(&debian, &["dpkg", "-i", "--force-downgrade", "/previous.deb"]))?;
    if verified(&debian).is_err() {
        // The older program does not understand the schema: the copies take over.
        step("restore", &mut program(&debian, &["restore", "--before-upgrade"]))?;
    }
    opens(&debian)?;
    ensure!(verified(&debian)? == kept, "rolling back changed the originals");
    step("remove", &mut inside(&debian, &["dpkg", "-r", "mesinfos"]))?;
    step("purge", &mut inside(&debian, &["dpkg", "-P", "mesinfos"]))?;
    ensure!(
        debian.join("var/lib/mesinfos/directory.db").exists(),
        "removing the program removed data"
    );
    fs::remove_dir_all(&debian)?;
    println!(
        "installed, opened, mails brought, upgraded, opened, rolled back, opened, removed; {kept}"
    );
    Ok(())
}

fn inside(debian: &Path, command: &[&str]) -> Command {
    let mut c = Command::new("chroot");
    c.arg(debian).args(command);
    c
}

/// The program, as its own user.
fn program(debian: &Path, args: &[&str]) -> Command {
    let mut c = Command::new("chroot");
    c.arg("--userspec=mesinfos:mesinfos").arg(debian);
    c.args(["/usr/bin/mesinfos", "--data", "/var/lib/mesinfos"]).args(args);
    c
}

/// What `verify` says of the vault: every original is what arrived.
fn verified(debian: &Path) -> Result<String> {
    let out = program(debian, &["verify"]).output()?;
    let said = String::from_utf8_lossy(&out.stdout).trim().to_owned();
    if !out.status.success() {
        bail!("verify: {} {said} {}", out.status, String::from_utf8_lossy(&out.stderr));
    }
    Ok(said)
}

/// The program answers on its page as its own user.
fn opens(debian: &Path) -> Result<()> {
    let listen = format!("127.0.0.1:{PORT}");
    let child = program(debian, &["serve", "--listen", &listen]).stdout(Stdio::null()).spawn()?;
    let mut child = Stopped(child);
    for _ in 0..100 {
        let page = Command::new("curl").args(["-sSL", &format!("http://{listen}/")]).output()?;
        if page.status.success() && String::from_utf8_lossy(&page.stdout).contains("MesInfos") {
            println!("the page opens");
            return Ok(());
        }
        if let Some(status) = child.0.try_wait().context("the program is gone")? {
            bail!("serve: {status}");
        }
        sleep(Duration::from_millis(100));
    }
    bail!("no page after ten seconds")
}

struct Stopped(Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
