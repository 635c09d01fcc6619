//! `cargo xtask dist --try`: the package on a clean Debian: install, open the page, upgrade, remove.

use crate::run::step;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

const PORT: u16 = 8429;

/// Needs root and debootstrap: the clean Debian is a folder that one changes root into.
pub fn run(deb: &Path) -> Result<()> {
    let debian = std::env::temp_dir().join("mesinfos-clean-debian");
    if !debian.join("usr").exists() {
        step(
            "a clean Debian",
            Command::new("debootstrap")
                .args(["--variant=minbase", "--include=adduser", "bookworm"])
                .arg(&debian),
        )?;
    }
    fs::copy(deb, debian.join("mesinfos.deb"))?;
    step("install", &mut inside(&debian, &["dpkg", "-i", "/mesinfos.deb"]))?;
    opens(&debian)?;
    let person = debian.join("var/lib/mesinfos");
    let before = fs::read(person.join("directory.db")).context("the directory was made")?;
    // Until there is a second release, an upgrade is the same one again over a used folder.
    step("upgrade", &mut inside(&debian, &["dpkg", "-i", "/mesinfos.deb"]))?;
    if fs::read(person.join("directory.db"))? != before {
        bail!("an upgrade that changes nothing changed the directory");
    }
    opens(&debian)?;
    step("remove", &mut inside(&debian, &["dpkg", "-r", "mesinfos"]))?;
    if !person.join("directory.db").exists() {
        bail!("removing the program removed data");
    }
    fs::remove_dir_all(&debian)?;
    println!("installed, opened, upgraded, opened, removed; the data stayed");
    Ok(())
}

fn inside(debian: &Path, command: &[&str]) -> Command {
    let mut c = Command::new("chroot");
    c.arg(debian).args(command);
    c
}

/// The program answers on its page as its own user.
fn opens(debian: &Path) -> Result<()> {
    let listen = format!("127.0.0.1:{PORT}");
    let child = Command::new("chroot")
        .args(["--userspec=mesinfos:mesinfos"])
        .arg(debian)
        .args(["/usr/bin/mesinfos", "--data", "/var/lib/mesinfos", "serve", "--listen", &listen])
        .stdout(Stdio::null())
        .spawn()?;
    let mut child = Stopped(child);
    for _ in 0..100 {
        let page = Command::new("curl").args(["-sSL", &format!("http://{listen}/")]).output()?;
        if page.status.success() && String::from_utf8_lossy(&page.stdout).contains("MesInfos") {
            println!("the page opens");
            return Ok(());
        }
        if let Some(status) = child.0.try_wait()? {
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
