//! `cargo xtask dist`: a release: the binary, a Debian package, checksums, a list of components.

use crate::run::{cargo, root, step};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

pub fn run(args: &[String]) -> Result<()> {
    let value = |name: &str| args.iter().skip_while(|a| *a != name).nth(1).cloned();
    // Another profile tries the packaging in minutes; only `release` is one.
    let profile = value("--profile").unwrap_or_else(|| "release".into());
    step(
        "build",
        cargo().args(["build", "--profile", &profile, "--locked", "-p", "mesinfos-cli"]),
    )?;
    let dist = root().join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    let binary = dist.join("mesinfos");
    let folder = if profile == "dev" { "debug" } else { &profile };
    fs::copy(root().join("target").join(folder).join("mesinfos"), &binary)?;
    step("strip", Command::new("strip").arg("--strip-unneeded").arg(&binary))?;
    let metadata = metadata()?;
    let version = version(&metadata)?;
    let components = components(&metadata);
    fs::write(
        dist.join("mesinfos.cdx.json"),
        serde_json::to_string_pretty(&sbom(&version, &components))?,
    )?;
    fs::write(dist.join("NOTICE"), notice(&components))?;
    fs::copy("packaging/Containerfile", dist.join("Containerfile"))?;
    let deb = package(&dist, &version)?;
    checksums(&dist)?;
    println!("\ndist/ holds {version}: {deb}");
    if args.iter().any(|a| a == "--try") {
        let previous = match value("--previous") {
            Some(file) => PathBuf::from(file),
            None => earlier(&dist, &version)?,
        };
        crate::dist_try::run(&previous, &dist.join(deb))?;
    }
    Ok(())
}

/// Until there is a second release, the previous one is this one under an earlier version: what dpkg
/// does with it is real, what the program finds of an older schema is told by the vault's own tests.
fn earlier(dist: &Path, version: &str) -> Result<PathBuf> {
    let folder = root().join("target/earlier");
    fs::create_dir_all(&folder)?;
    for file in ["mesinfos", "NOTICE"] {
        fs::copy(dist.join(file), folder.join(file))?;
    }
    Ok(folder.join(package(&folder, &format!("{version}~before"))?))
}

fn metadata() -> Result<Value> {
    let out = cargo()
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--filter-platform",
            "x86_64-unknown-linux-gnu",
        ])
        .output()?;
    if !out.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&out.stderr));
    }
    Ok(serde_json::from_slice(&out.stdout)?)
}

fn version(metadata: &Value) -> Result<String> {
    metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|p| p["name"] == "mesinfos-cli")
        .and_then(|p| p["version"].as_str())
        .map(str::to_owned)
        .context("mesinfos-cli has a version")
}

/// A crate that is linked into the program.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Component {
    name: String,
    version: String,
    licence: String,
}

/// Every crate that the program is built from, found by walking from it (tests' crates are not).
fn components(metadata: &Value) -> BTreeSet<Component> {
    let list = |v: &Value| v.as_array().cloned().unwrap_or_default();
    let packages = list(&metadata["packages"]);
    let nodes = list(&metadata["resolve"]["nodes"]);
    let named = |name: &str| packages.iter().find(|p| p["name"] == name).map(|p| p["id"].clone());
    let mut open: Vec<Value> = named("mesinfos-cli").into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id.to_string()) {
            continue;
        }
        for node in nodes.iter().filter(|n| n["id"] == id) {
            for dependency in list(&node["deps"]) {
                let linked = list(&dependency["dep_kinds"]).iter().any(|k| k["kind"].is_null());
                if linked {
                    open.push(dependency["pkg"].clone());
                }
            }
        }
    }
    packages
        .iter()
        .filter(|p| seen.contains(&p["id"].to_string()))
        .map(|p| Component {
            name: p["name"].as_str().unwrap_or_default().into(),
            version: p["version"].as_str().unwrap_or_default().into(),
            licence: p["license"].as_str().unwrap_or("see its source").into(),
        })
        .collect()
}

/// CycloneDX 1.6.
fn sbom(version: &str, components: &BTreeSet<Component>) -> Value {
    let parts: Vec<Value> = components
        .iter()
        .map(|c| {
            json!({
                "type": "library", "name": c.name, "version": c.version,
                "purl": format!("pkg:cargo/{}@{}", c.name, c.version),
                "licenses": [{"expression": c.licence.replace('/', " OR ")}],
            })
        })
        .collect();
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {"type": "application", "name": "mesinfos", "version": version}},
        "components": parts,
    })
}

fn notice(components: &BTreeSet<Component>) -> String {
    let mut text =
        String::from("MesInfos is built with these libraries, each under its own licence.\n\n");
    for c in components.iter().filter(|c| !c.name.starts_with("mesinfos-")) {
        text += &format!("{} {}: {}\n", c.name, c.version, c.licence);
    }
    text
}

/// A .deb, by dpkg-deb, which every Debian has.
fn package(dist: &Path, version: &str) -> Result<String> {
    let tree = dist.join("deb");
    let place = |from: &Path, to: &str, mode: u32| -> Result<()> {
        let to = tree.join(to);
        fs::create_dir_all(to.parent().context("a file stands in a folder")?)?;
        fs::copy(from, &to).with_context(|| from.display().to_string())?;
        fs::set_permissions(&to, fs::Permissions::from_mode(mode))?;
        Ok(())
    };
    place(&dist.join("mesinfos"), "usr/bin/mesinfos", 0o755)?;
    place(Path::new("packaging/mesinfos.service"), "lib/systemd/system/mesinfos.service", 0o644)?;
    for file in ["README.md", "LICENSE", "CHANGELOG.md"] {
        place(Path::new(file), &format!("usr/share/doc/mesinfos/{file}"), 0o644)?;
    }
    place(&dist.join("NOTICE"), "usr/share/doc/mesinfos/NOTICE", 0o644)?;
    for script in ["postinst", "prerm", "postrm"] {
        place(&Path::new("packaging/debian").join(script), &format!("DEBIAN/{script}"), 0o755)?;
    }
    let size = crate::measure::bytes(&tree) / 1024;
    fs::write(
        tree.join("DEBIAN/control"),
        format!(
            "Package: mesinfos\nVersion: {version}\nArchitecture: amd64\nMaintainer: MesInfos <mesinfos@localhost>\n\
             Depends: adduser, libc6 (>= 2.36)\nInstalled-Size: {size}\nSection: web\nPriority: optional\n\
             Description: the data that organisations hold about you, given back to you\n \
             A mailbox goes in; relations, purchases and what is due come out.\n"
        ),
    )?;
    let name = format!("mesinfos_{version}_amd64.deb");
    step(
        "package",
        Command::new("dpkg-deb")
            .args(["--root-owner-group", "--build"])
            .arg(&tree)
            .arg(dist.join(&name)),
    )?;
    fs::remove_dir_all(&tree)?;
    Ok(name)
}

fn checksums(dist: &Path) -> Result<()> {
    let mut files: Vec<String> = fs::read_dir(dist)?
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let out = Command::new("sha256sum").current_dir(dist).args(&files).output()?;
    fs::write(dist.join("SHA256SUMS"), out.stdout)?;
    Ok(())
}
