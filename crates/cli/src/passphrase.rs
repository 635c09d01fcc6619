//! Where a passphrase comes from: a file, the environment, or the person at the prompt.

use anyhow::{Context, Result, bail};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::OnceLock;

static FILE: OnceLock<Option<PathBuf>> = OnceLock::new();

/// Remembers `--passphrase-file`.
pub fn from_file(path: Option<PathBuf>) {
    // Set once, from `main`; a second call would change nothing and does not happen.
    let _ = FILE.set(path);
}

/// From the file or the environment.
pub fn given() -> Result<Option<String>> {
    if let Some(path) = FILE.get().and_then(Option::as_ref) {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        return Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()));
    }
    Ok(std::env::var("MESINFOS_PASSPHRASE").ok().filter(|p| !p.is_empty()))
}

/// From the file, the environment or a prompt.
pub fn known() -> Result<String> {
    if let Some(passphrase) = given()? {
        return Ok(passphrase);
    }
    if !std::io::stdin().is_terminal() {
        bail!("no passphrase was given");
    }
    eprint!("Passphrase: ");
    std::io::stderr().flush()?;
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// A mailbox's password: the first line of a file, or typed.
pub fn of_mailbox(file: Option<&std::path::Path>) -> Result<String> {
    let line = match file {
        Some(path) => std::fs::read_to_string(path)
            .with_context(|| format!("{} cannot be read", path.display()))?
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned(),
        None => {
            if std::io::stdin().is_terminal() {
                eprint!("Password of the mailbox: ");
                std::io::stderr().flush()?;
            }
            let mut line = String::new();
            std::io::stdin().read_line(&mut line)?;
            line
        }
    };
    let line = line.trim_end_matches(['\r', '\n']);
    if line.is_empty() {
        bail!("no password was given");
    }
    Ok(line.to_owned())
}
