//! Every crate that we build with has a licence that `deny.toml` allows.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::process::Command;

/// Adds a fault for each crate whose licence is not allowed.
pub fn check(faults: &mut Vec<String>) -> Result<()> {
    let allowed = allowed(&fs::read_to_string("deny.toml")?)?;
    let out = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .output()?;
    if !out.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&out.stderr));
    }
    let metadata: Value = serde_json::from_slice(&out.stdout)?;
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        match package["license"].as_str() {
            Some(licence) if is_allowed(licence, &allowed) => {}
            Some(licence) => faults.push(format!("{name}: its licence, {licence}, is not allowed")),
            None => faults.push(format!("{name}: no licence in its manifest")),
        }
    }
    Ok(())
}

/// The list in `deny.toml`: one source for us and for `cargo deny`.
fn allowed(deny: &str) -> Result<Vec<String>> {
    let after = deny.split_once("[licenses]").context("deny.toml has [licenses]")?.1;
    let list = after.split_once("allow = [").context("deny.toml has allow = [")?.1;
    let list = list.split_once("\n]").context("the list in deny.toml ends")?.0;
    let lines = list.lines().map(|l| l.split('#').next().unwrap_or_default());
    Ok(lines.flat_map(|l| l.split('"').skip(1).step_by(2)).map(str::to_owned).collect())
}

/// Whether one way of reading an SPDX expression is allowed as a whole. `A/B` is old for `A OR B`.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    any(&words, &mut at, allowed) && at == words.len()
}

fn any(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut is = all(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        is |= all(words, at, allowed);
    }
    is
}

fn all(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut is = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        is &= one(words, at, allowed);
    }
    is
}

fn one(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let is = any(words, at, allowed);
        *at += 1; // The closing one; a missing one leaves `at` past the end.
        return is;
    }
    // An exception (`Apache-2.0 WITH LLVM-exception`) only gives more.
    if words.get(*at) == Some(&"WITH") {
        *at += 2;
    }
    allowed.iter().any(|a| a == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_allowed_when_one_way_of_reading_it_is() {
        let deny = "[licenses]\nallow = [\n  \"MIT\", \"Apache-2.0\", # \"no\"\n  \"ISC\",\n]\n";
        let list = allowed(deny).unwrap();
        assert_eq!(list, ["MIT", "Apache-2.0", "ISC"]);
        for yes in [
            "MIT",
            "GPL-3.0 OR MIT",
            "MIT/Apache-2.0",
            "(MIT OR X) AND ISC",
            "Apache-2.0 WITH LLVM-exception OR X",
        ] {
            assert!(is_allowed(yes, &list), "{yes}");
        }
        for no in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR X) AND Y", "", "(MIT"] {
            assert!(!is_allowed(no, &list), "{no}");
        }
    }
}
