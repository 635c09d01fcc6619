//! Everything that the program is made of: the list of components (SBOM) and the notice.

use super::build::Release;
use super::said;
use crate::run::cargo;
use anyhow::Result;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A crate that is linked into the program.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct Component {
    name: String,
    version: String,
    licence: Option<String>,
    /// SHA-256 of the archive that it came in; none for our own.
    sum: Option<String>,
}

/// Every crate that the program is built from, found by walking from it (tests' crates are not).
pub fn of(tree: &Path) -> Result<BTreeSet<Component>> {
    let out = said(cargo().current_dir(tree).args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--filter-platform",
        &format!("{}-unknown-linux-gnu", std::env::consts::ARCH),
    ]))?;
    let sums = sums(&std::fs::read_to_string(tree.join("Cargo.lock"))?);
    Ok(linked(&serde_json::from_str(&out)?, &sums))
}

fn linked(metadata: &Value, sums: &BTreeMap<(String, String), String>) -> BTreeSet<Component> {
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
                let is_linked = list(&dependency["dep_kinds"]).iter().any(|k| k["kind"].is_null());
                // What a build script compiles in, it finds in a crate of sources.
                let name = dependency["name"].as_str().unwrap_or_default();
                if is_linked || name.ends_with("_src") {
                    open.push(dependency["pkg"].clone());
                }
            }
        }
    }
    packages
        .iter()
        .filter(|p| seen.contains(&p["id"].to_string()))
        .map(|p| {
            let text = |key: &str| p[key].as_str().unwrap_or_default().to_owned();
            let key = (text("name"), text("version"));
            let sum = sums.get(&key).cloned();
            let licence = p["license"].as_str().map(str::to_owned);
            Component { name: key.0, version: key.1, licence, sum }
        })
        .collect()
}

/// Checksums by name and version, of a `Cargo.lock`.
fn sums(lock: &str) -> BTreeMap<(String, String), String> {
    let value = |package: &str, key: &str| {
        package.lines().find_map(|l| {
            l.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"').map(str::to_owned)
        })
    };
    lock.split("[[package]]")
        .filter_map(|p| Some(((value(p, "name")?, value(p, "version")?), value(p, "checksum")?)))
        .collect()
}

/// CycloneDX 1.6, in JSON.
pub fn cyclonedx(release: &Release, components: &BTreeSet<Component>) -> Result<String> {
    let parts: Vec<Value> = components
        .iter()
        .map(|c| {
            let purl = format!("pkg:cargo/{}@{}", c.name, c.version);
            let mut part = json!({
                "type": "library", "bom-ref": purl, "name": c.name, "version": c.version, "purl": purl,
            });
            if let Some(licence) = &c.licence {
                part["licenses"] = json!([{ "expression": licence.replace('/', " OR ") }]);
            }
            if let Some(sum) = &c.sum {
                part["hashes"] = json!([{ "alg": "SHA-256", "content": sum }]);
            }
            part
        })
        .collect();
    let program = json!({
        "type": "application", "bom-ref": "mesinfos", "name": "mesinfos", "version": release.version,
        "licenses": [{ "expression": "AGPL-3.0-or-later" }],
    });
    Ok(serde_json::to_string_pretty(&json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": { "component": program },
        "components": parts,
    }))?)
}

/// What stands beside the program in a package.
pub fn notice(components: &BTreeSet<Component>) -> String {
    let mut text =
        String::from("MesInfos is built with these libraries, each under its own licence.\n\n");
    for c in components.iter().filter(|c| !c.name.starts_with("mesinfos-")) {
        let licence = c.licence.as_deref().unwrap_or("see its source");
        text += &format!("{} {}: {licence}\n", c.name, c.version);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_linked_is_listed_and_what_only_builds_or_tests_is_not() {
        let package = |name: &str| json!({ "id": name, "name": name, "version": "1.0.0", "license": "MIT/X" });
        let on = |name: &str, kind: Value| json!({ "name": name, "pkg": name, "dep_kinds": [{ "kind": kind }] });
        let names = ["mesinfos-cli", "linked", "below", "openssl_src", "cc", "insta"];
        let metadata = json!({
            "packages": names.map(package),
            "resolve": { "nodes": [
                { "id": "mesinfos-cli", "deps": [on("linked", Value::Null), on("insta", "dev".into())] },
                { "id": "linked", "deps": [
                    on("below", Value::Null), on("cc", "build".into()), on("openssl_src", "build".into()),
                ] },
            ] },
        });
        let lock = "[[package]]\nname = \"below\"\nversion = \"1.0.0\"\nchecksum = \"ab12\"\n";
        let found = linked(&metadata, &sums(lock));
        let names: Vec<&str> = found.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["below", "linked", "mesinfos-cli", "openssl_src"]);
        let sum = |name: &str| found.iter().find(|c| c.name == name).and_then(|c| c.sum.as_deref());
        assert_eq!((sum("below"), sum("linked")), (Some("ab12"), None));
    }
}
