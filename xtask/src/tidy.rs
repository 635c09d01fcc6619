//! `cargo xtask tidy`: rules of the house that no lint knows.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file longer than this does more than one thing.
const LINES: usize = 500;

/// Which crate may use which: a crate uses those to its left, never those to its right.
const ORDER: &[&str] = &[
    "domain",
    "reading",
    "understanding",
    "purchases",
    "partners",
    "vault",
    "connect",
    "receive",
    "server",
    "cli",
];

pub fn run(_: &[String]) -> Result<()> {
    let mut faults = Vec::new();
    let files = tracked()?;
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "rs")) {
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        modules(file, &text, &mut faults);
        examples(file, &text, &mut faults);
    }
    edges(&mut faults)?;
    crate::licences::check(&mut faults)?;
    paths(&files, &mut faults);
    locales(Path::new("crates/server/locales"), &mut faults)?;
    if faults.is_empty() {
        println!("tidy: {} files, nothing to say", files.len());
        return Ok(());
    }
    for fault in &faults {
        eprintln!("tidy: {fault}");
    }
    bail!("tidy found {} faults", faults.len())
}

fn tracked() -> Result<Vec<PathBuf>> {
    let out = Command::new("git").args(["ls-files", "-co", "--exclude-standard"]).output()?;
    let list = String::from_utf8(out.stdout)?;
    Ok(list.lines().map(PathBuf::from).filter(|p| p.is_file()).collect())
}

/// Size, and the sentence on what the module owns.
fn modules(file: &Path, text: &str, faults: &mut Vec<String>) {
    let lines = text.lines().count();
    if lines > LINES {
        faults.push(format!("{}: {lines} lines, {LINES} at most", file.display()));
    }
    let is_module = file.components().any(|c| c.as_os_str() == "src");
    if is_module && !text.trim_start().starts_with("//!") {
        faults.push(format!("{}: no sentence (//!) on what it owns", file.display()));
    }
}

/// An example in a crate whose examples are not run (it takes a minute to find that there are none) would
/// never be tried.
fn examples(file: &Path, text: &str, faults: &mut Vec<String>) {
    let parts: Vec<_> = file.components().filter_map(|c| c.as_os_str().to_str()).collect();
    let ["crates", name, "src", ..] = parts[..] else { return };
    let manifest = fs::read_to_string(Path::new("crates").join(name).join("Cargo.toml"));
    if !manifest.is_ok_and(|m| m.contains("doctest = false")) {
        return;
    }
    let mut is_inside = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_start();
        let Some(rest) = line.strip_prefix("///").or(line.strip_prefix("//!")) else { continue };
        let Some(language) = rest.trim().strip_prefix("```") else { continue };
        if !is_inside && matches!(language, "" | "rust") {
            let place = format!("{}:{}", file.display(), number + 1);
            faults.push(format!("{place}: an example, and doctest = false in Cargo.toml"));
        }
        is_inside = !is_inside;
    }
}

/// Arrows between crates.
fn edges(faults: &mut Vec<String>) -> Result<()> {
    let out = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .output()?;
    let metadata: Value = serde_json::from_slice(&out.stdout)?;
    let rank: BTreeMap<&str, usize> = ORDER.iter().enumerate().map(|(i, n)| (*n, i)).collect();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let short = name.strip_prefix("mesinfos-");
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let on = dependency["name"].as_str().unwrap_or_default();
            let Some(on) = on.strip_prefix("mesinfos-") else { continue };
            let for_tests = dependency["kind"].as_str() == Some("dev");
            let allowed = match short {
                None => false, // xtask builds us from outside.
                _ if on == "testkit" => for_tests,
                _ if for_tests => true,
                Some("testkit") => true,
                Some(short) => match (rank.get(short), rank.get(on)) {
                    (Some(user), Some(used)) => used < user,
                    _ => false,
                },
            };
            if !allowed {
                faults.push(format!("{name} must not depend on mesinfos-{on}"));
            }
        }
    }
    Ok(())
}

/// No place of the machine that it was made on.
fn paths(files: &[PathBuf], faults: &mut Vec<String>) {
    let places = [concat!("/wo", "rk/"), concat!("../sha", "red"), concat!("/ho", "me/")];
    for file in files {
        let Ok(text) = fs::read_to_string(file) else { continue };
        for (number, line) in text.lines().enumerate() {
            if places.iter().any(|p| line.contains(p)) {
                faults.push(format!("{}:{}: a place of one machine", file.display(), number + 1));
            }
        }
    }
}

/// Each sentence in each language.
fn locales(folder: &Path, faults: &mut Vec<String>) -> Result<()> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    if !folder.is_dir() {
        return Ok(());
    }
    for language in fs::read_dir(folder)? {
        let language = language?.path();
        if !language.is_dir() {
            continue;
        }
        let mut own = BTreeSet::new();
        for file in fs::read_dir(&language)? {
            let text = fs::read_to_string(file?.path())?;
            own.extend(
                text.lines()
                    .filter(|l| l.starts_with(|c: char| c.is_ascii_alphabetic()))
                    .filter_map(|l| l.split_once('=').map(|(key, _)| key.trim().to_owned())),
            );
        }
        keys.insert(language.display().to_string(), own);
    }
    let all: BTreeSet<String> = keys.values().flatten().cloned().collect();
    for (language, own) in &keys {
        for key in all.difference(own) {
            faults.push(format!("{language}: no sentence for {key}"));
        }
    }
    Ok(())
}
