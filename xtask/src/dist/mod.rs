//! `cargo xtask dist`: a release in `dist/`: the binary, a Debian package, a container file, a list of
//! components, checksums. `--try` installs it on a clean Debian, upgrades and rolls back.

mod build;
mod components;
mod install;
mod package;
mod page;
mod previous;

use crate::run::root;
use anyhow::{Context, Result, bail};
use build::Release;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub fn run(args: &[String]) -> Result<()> {
    let value = |name: &str| args.iter().skip_while(|a| *a != name).nth(1).cloned();
    // Another profile tries the packaging in minutes; only `release` is one.
    let profile = value("--profile").unwrap_or_else(|| "release".into());
    let release = Release::of(&root(), &profile)?;
    let dist = root().join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    let binary = dist.join(format!("mesinfos-{}-linux-{}", release.version, build::machine()));
    match value("--binary") {
        // One that was built already, by another job or with another profile.
        Some(built) => build::place(Path::new(&built), &binary)?,
        None => release.build(&binary)?,
    }
    let components = components::of(&root())?;
    let listed = dist.join(format!("mesinfos-{}.cdx.json", release.version));
    fs::write(listed, components::cyclonedx(&release, &components)?)?;
    fs::write(dist.join("NOTICE"), components::notice(&components))?;
    fs::copy("packaging/Containerfile", dist.join("Containerfile"))?;
    let deb = package::deb(&release, &binary, &dist.join("NOTICE"), &dist)?;
    checksums(&dist)?;
    println!("\ndist/ holds {}:", release.version);
    for (sum, name) in lines(&fs::read_to_string(dist.join("SHA256SUMS"))?) {
        println!("  {sum}  {name}");
    }
    if args.iter().any(|a| a == "--try") {
        let previous = match value("--previous") {
            Some(file) if file.ends_with(".deb") => PathBuf::from(file),
            commit => previous::package(commit.as_deref(), &release, &binary)?,
        };
        install::run(&previous, &deb, &release)?;
    }
    Ok(())
}

/// `SHA256SUMS`, for `sha256sum --check`.
fn checksums(dist: &Path) -> Result<()> {
    let mut files: Vec<String> = fs::read_dir(dist)?
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let out = Command::new("sha256sum").current_dir(dist).args(&files).output()?;
    if !out.status.success() {
        bail!("sha256sum: {}", String::from_utf8_lossy(&out.stderr));
    }
    fs::write(dist.join("SHA256SUMS"), out.stdout)?;
    Ok(())
}

fn lines(sums: &str) -> impl Iterator<Item = (&str, &str)> {
    sums.lines()
        .filter_map(|l| l.split_once("  "))
        .map(|(sum, name)| (&sum[..16.min(sum.len())], name))
}

/// What a program says, when it succeeds.
fn said(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let out = command.output().with_context(|| format!("{name} could not be started"))?;
    if !out.status.success() {
        bail!("{name}: {} {}", out.status, String::from_utf8_lossy(&out.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&out.stdout).trim().to_owned())
}
