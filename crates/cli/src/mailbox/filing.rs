//! `mesinfos mailbox file` and `unfile`: its mails filed on the server, and back.

use super::{named, outward};
use crate::request::{Ended, Said};
use anyhow::{Context, Result, bail};
use mesinfos_connect::filing;
use mesinfos_server::Clock;
use mesinfos_server::words::{Locale, drawers};
use mesinfos_vault::{Filed, Filing, Shape, Vault};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::atomic::AtomicBool;

/// How to file a mailbox.
#[derive(clap::Args, Serialize, Deserialize, Debug)]
pub struct File {
    /// As `list` names it.
    name: String,
    /// Under which folder, or label at Gmail; a slash parts levels.
    #[arg(long, default_value = "MesInfos")]
    root: String,
    /// What folders are made of.
    #[arg(long, default_value = "actor-drawer", value_parser = ["actor-drawer", "actor", "drawer"])]
    by: String,
    /// Leave mails where they are for so many days.
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(i64).range(0..36_500))]
    after: i64,
    /// Only say what it would do.
    #[arg(long)]
    dry_run: bool,
}

/// Says what it does, and does it unless it is a dry run.
pub fn file(
    vault: &Vault,
    file: &File,
    locale: Locale,
    stop: &AtomicBool,
    say: &mut dyn FnMut(Said),
) -> Result<Ended> {
    let mailbox = named(vault, &file.name)?;
    let before = vault.filing(mailbox.id)?;
    let now = Clock::system().now().as_microsecond();
    let shape = Shape::from_code(&file.by).context("no such way of filing")?;
    let proposed = Filing::proposed(mailbox.id, &file.root, shape, file.after);
    // Other words for the same drawers would move every mail.
    let drawers = before.map_or_else(|| drawers(locale), |f| f.filing.drawers);
    let wanted = Filing { drawers, at_us: now, ..proposed };
    let filing = match file.dry_run {
        true => wanted,
        false => filing::prepare(vault, &mailbox, wanted, &outward())
            .with_context(|| format!("{} cannot be filed under {}", file.name, file.root))?,
    };
    let plan = vault.filing_plan(&filing, now)?;
    let folders: Vec<Value> =
        plan.folders.iter().map(|(path, n)| json!({ "folder": path, "mails": n })).collect();
    say(Said::Line(json!({
        "mailbox": file.name, "mails": plan.mails, "folders": folders, "left_out": plan.left_out,
        "labels": plan.by_label, "dry_run": file.dry_run,
    })));
    let what = if plan.by_label { "under" } else { "in" };
    let things = if plan.by_label { "labels" } else { "folders" };
    say(Said::Words(format!("{} mails {what} {} {things}.", plan.mails, plan.folders.len())));
    if file.dry_run {
        return Ok(Ended::Done);
    }
    vault.set_filing(&filing)?;
    super::sync(vault, Some(&file.name), stop, say)
}

/// Puts all back.
pub fn unfile(
    vault: &Vault,
    name: &str,
    stop: &AtomicBool,
    say: &mut dyn FnMut(Said),
) -> Result<Ended> {
    let mailbox = named(vault, name)?;
    if !vault.end_filing(mailbox.id)? {
        bail!("{name} is not filed: `mesinfos mailbox list` tells which are");
    }
    super::sync(vault, Some(name), stop, say)
}

pub(super) fn object(filed: &Filed) -> Value {
    json!({
        "root": filed.filing.root,
        "by": filed.filing.shape.code(),
        "after_days": filed.filing.after_days,
        "is_back": filed.filing.is_back,
        "mails": filed.mails,
        "folders": filed.folders,
        "left": filed.left,
        "trouble": filed.trouble,
    })
}

pub(super) fn sentence(filed: &Filed) -> String {
    let trouble = filed.trouble.as_ref().map(|t| format!("; trouble: {t}")).unwrap_or_default();
    match filed.filing.is_back {
        true => format!("going back: {} mails to go{trouble}", filed.left),
        false => format!(
            "filed under {}: {} mails in {} folders, {} to go{trouble}",
            filed.filing.root, filed.mails, filed.folders, filed.left
        ),
    }
}
