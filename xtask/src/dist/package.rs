//! The Debian package, by `dpkg-deb`, which every Debian has.

use super::build::{Release, machine};
use super::said;
use crate::run::step;
use anyhow::{Context, Result};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Packs a binary with the unit, the scripts and the papers of its source tree.
pub fn deb(release: &Release, binary: &Path, notice: &Path, to: &Path) -> Result<PathBuf> {
    let tree = to.join("deb");
    let place = |from: &Path, at: &str, mode: u32| -> Result<()> {
        let at = tree.join(at);
        let folder = at.parent().context("a file stands in a folder")?;
        fs::create_dir_all(folder)?;
        fs::copy(from, &at).with_context(|| from.display().to_string())?;
        fs::set_permissions(&at, fs::Permissions::from_mode(mode))?;
        Ok(())
    };
    let source = |name: &str| release.tree.join(name);
    place(binary, "usr/bin/mesinfos", 0o755)?;
    let unit = "lib/systemd/system/mesinfos.service";
    place(&source("packaging/mesinfos.service"), unit, 0o644)?;
    for file in
        ["README.md", "CHANGELOG.md", "docs/host.md", "docs/guide.fr.md", "docs/guide.en.md"]
    {
        // An earlier release may lack one.
        if source(file).exists() {
            let name = file.rsplit('/').next().unwrap_or(file);
            place(&source(file), &format!("usr/share/doc/mesinfos/{name}"), 0o644)?;
        }
    }
    place(&source("LICENSE"), "usr/share/doc/mesinfos/copyright", 0o644)?;
    place(notice, "usr/share/doc/mesinfos/NOTICE", 0o644)?;
    for script in ["postinst", "prerm", "postrm"] {
        let from = source("packaging/debian").join(script);
        place(&from, &format!("DEBIAN/{script}"), 0o755)?;
    }
    let size = crate::measure::bytes(&tree) / 1024;
    fs::write(tree.join("DEBIAN/control"), control(release, &libc(binary)?, size))?;
    narrow(&tree)?;
    let file = to.join(format!("mesinfos_{}_{}.deb", release.version, machine()));
    step(
        "package",
        Command::new("dpkg-deb")
            .env("SOURCE_DATE_EPOCH", &release.made)
            .args(["--root-owner-group", "-Zgzip", "--build"])
            .arg(&tree)
            .arg(&file),
    )?;
    fs::remove_dir_all(&tree)?;
    Ok(file)
}

/// Without `ca-certificates` no mailbox's server would be believed.
fn control(release: &Release, libc: &str, size: u64) -> String {
    format!(
        "Package: mesinfos\nVersion: {}\nArchitecture: {}\nMaintainer: MesInfos <mesinfos@localhost>\n\
         Depends: adduser, ca-certificates, libc6 (>= {libc}), libgcc-s1\nInstalled-Size: {size}\n\
         Section: web\nPriority: optional\n\
         Description: data that organisations hold about you, given back to you\n \
         A mailbox goes in; relations, purchases and what is due come out.\n",
        release.version,
        machine(),
    )
}

/// The newest version of the C library that the binary asks for.
fn libc(binary: &Path) -> Result<String> {
    let table = said(Command::new("objdump").arg("-T").arg(binary))?;
    newest_libc(&table).context("the binary names a version of the C library")
}

fn newest_libc(table: &str) -> Option<String> {
    let versions = table.split("GLIBC_").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..end].split('.').map(|n| n.parse().ok()).collect::<Option<Vec<u32>>>()
    });
    let newest = versions.max()?;
    Some(newest.iter().map(u32::to_string).collect::<Vec<_>>().join("."))
}

/// Folders as Debian wants them, whatever the builder's umask.
fn narrow(folder: &Path) -> Result<()> {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            narrow(&path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::newest_libc;

    #[test]
    fn versions_are_compared_as_numbers() {
        let table = "x (GLIBC_2.2.5) read\ny (GLIBC_2.34) dlopen\nz (GLIBC_2.4) w\n GLIBC_PRIVATE";
        assert_eq!(newest_libc(table).as_deref(), Some("2.34"));
        assert_eq!(newest_libc("nothing"), None);
    }
}
