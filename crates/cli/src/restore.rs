//! `mesinfos restore --before-upgrade`: back to the vaults that this older program understands.

use crate::open;
use anyhow::Result;
use mesinfos_vault::Store;
use serde_json::json;
use std::path::Path;
use std::process::ExitCode;

/// Puts back and says what was; fails when there is nothing to go back to.
pub fn run(data: &Path, as_json: bool) -> Result<ExitCode> {
    let done = Store::restore_before_upgrade(&open::options(data)?)?;
    if as_json {
        for one in &done {
            println!(
                "{}",
                json!({ "restored": one.path, "schema": one.schema, "set_aside": one.set_aside })
            );
        }
    } else {
        for one in &done {
            println!("{}: back to schema {}", one.path.display(), one.schema);
            if let Some(aside) = &one.set_aside {
                println!("  what was written since the upgrade is kept in {}", aside.display());
            }
        }
    }
    if done.is_empty() {
        eprintln!(
            "mesinfos: no copy from before an upgrade that this program would understand; nothing \
             was changed"
        );
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
