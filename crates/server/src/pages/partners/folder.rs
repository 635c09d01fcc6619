//! Refused mails, put into a folder of the person's own mailbox, and back: at her word.

use crate::pages::Back;
use crate::{Error, SentTo, State};
use mesinfos_connect as connect;
use mesinfos_connect::{moving, sync};
use mesinfos_domain::CorrectionId;
use mesinfos_vault::import::Watch;
use mesinfos_vault::mailboxes::Mailbox;
use mesinfos_vault::views;
use mesinfos_vault::{Mode, RefusalFolder, Vault};
use std::sync::atomic::AtomicBool;

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Form {
    mailbox: i64,
    /// As she reads it.
    folder: String,
    /// `1`: the next ones too.
    goes_on: String,
}

/// Puts the mails of a refusal there, and if she wants it those of each later sync.
pub(super) async fn put(SentTo(visitor, id, form): SentTo<i64, Form>) -> Result<Back, Error> {
    let kept = visitor.mode == Mode::Watched;
    let said = visitor
        .in_turn(move |vault, state| {
            let refusal = CorrectionId(id);
            let book = views::ledger(vault)?;
            if !book.rows.iter().any(|r| r.word.id == refusal) {
                return Err(Error::NotFound);
            }
            let mailbox = mailbox(vault, form.mailbox)?;
            let outward = state.outward();
            let folder = match moving::folder(vault, &mailbox, &form.folder, &outward) {
                Ok(folder) => folder,
                Err(error) => return Ok(word(&error)),
            };
            let now = state.now_us();
            let rule = RefusalFolder {
                refusal,
                mailbox: mailbox.id,
                folder,
                goes_on: form.goes_on == "1",
                at_us: now,
                mails: 0,
            };
            vault.set_refusal_folder(&rule)?;
            let moved = moving::put_away(vault, &mailbox, &rule, now, &outward);
            // What stands where is known again after a look at the mailbox.
            state.follow(vault, &mailbox, kept)?;
            Ok(match moved {
                Ok(0) => "none",
                Ok(_) => "done",
                Err(error) => word(&error),
            })
        })
        .await?;
    Ok(Back::to("/refusals").saying("moved", said))
}

/// Puts them back where they came from; nothing more goes there.
pub(super) async fn back(SentTo(visitor, id, form): SentTo<i64, Form>) -> Result<Back, Error> {
    let kept = visitor.mode == Mode::Watched;
    let said = visitor
        .in_turn(move |vault, state| {
            let is_it = |r: &RefusalFolder| r.refusal.0 == id && r.mailbox == form.mailbox;
            let rule = vault.refusal_folders()?.into_iter().find(is_it);
            let rule = RefusalFolder { goes_on: false, ..rule.ok_or(Error::NotFound)? };
            let mailbox = mailbox(vault, form.mailbox)?;
            vault.stop_refusal_folder(&rule)?;
            if let Err(error) = put_back(vault, state, &mailbox, &rule) {
                return Ok(word(&error));
            }
            vault.drop_refusal_folder(rule.refusal, rule.mailbox)?;
            state.follow(vault, &mailbox, kept)?;
            Ok("back")
        })
        .await?;
    Ok(Back::to("/refusals").saying("moved", said))
}

fn put_back(
    vault: &Vault,
    state: &State,
    mailbox: &Mailbox,
    rule: &RefusalFolder,
) -> connect::Result<u64> {
    let (now, stop) = (state.now_us(), AtomicBool::new(false));
    let mut watch = Watch { progress: &mut |_, _| {}, kept: &mut |_| {}, stop: &stop };
    let options = sync::Options { attempts: 1, ..sync::Options::new(state.outward(), now) };
    sync::sync(vault, mailbox, &options, &mut watch)?;
    moving::put_back(vault, mailbox, rule, now, &state.outward())
}

fn mailbox(vault: &Vault, id: i64) -> Result<Mailbox, Error> {
    vault.mailboxes()?.into_iter().find(|m| m.id == id).ok_or(Error::NotFound)
}

/// What is said of a trouble: the page of mailboxes tells more.
fn word(error: &connect::Error) -> &'static str {
    match error {
        connect::Error::Forbidden => "forbidden",
        connect::Error::Broken(_) => "broken",
        _ => "failed",
    }
}
