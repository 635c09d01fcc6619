//! Opens the data folder as the command line and the environment say.

use anyhow::Result;
use mesinfos_vault::{HostKey, Options, Store};
use std::path::Path;

/// Takes the folder. The host's key is `MESINFOS_HOST_KEY` or `host.key` in the folder; the vaults
/// are there too, or in the PostgreSQL of `MESINFOS_DATABASE`.
pub fn store(data: &Path) -> Result<Store> {
    let mut folder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.recursive(true).create(data)?;
    Ok(Store::open(options(data)?)?)
}

/// Where the data are and what opens them.
pub fn options(data: &Path) -> Result<Options> {
    let host_key = match std::env::var("MESINFOS_HOST_KEY") {
        Ok(hex) => HostKey::from_hex(&hex)?,
        Err(_) => HostKey::load_or_create(data)?,
    };
    let postgres = std::env::var("MESINFOS_DATABASE").ok();
    // Said once by the host, after `pg_dump`, to let an upgrade change a PostgreSQL.
    let copied = std::env::var("MESINFOS_DATABASE_COPIED").is_ok_and(|v| v == "yes");
    Ok(Options { data: data.to_owned(), host_key, postgres, copied })
}
