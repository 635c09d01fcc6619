//! `mesinfos address forward` and `confirm`: mail of dedicated addresses passed on.

use crate::mailbox;
use crate::request::Said;
use anyhow::{Context, Result, bail};
use mesinfos_server::Clock;
use mesinfos_server::forwarding::Forwarder;
use mesinfos_server::words::{Locale, Words};
use mesinfos_vault::{Store, Vault};
use serde_json::json;

/// Asks for it, ends it, or tells how it stands.
pub fn forward(
    store: &Store,
    vault: &Vault,
    to: Option<&str>,
    by: Option<&str>,
    stop: bool,
    say: &mut dyn FnMut(Said),
) -> Result<()> {
    if stop {
        vault.stop_forwarding()?;
        say(Said::Line(json!({ "forwarding": null })));
        say(Said::Words("Nothing is forwarded any more.".into()));
        return Ok(());
    }
    let Some(to) = to else { return tell(vault, say) };
    let mailbox = match by {
        Some(name) => {
            let found = vault.mailbox(name)?;
            Some(found.with_context(|| format!("no mailbox is called {name}"))?.id)
        }
        None => None,
    };
    let said = with(store, vault, |f| Ok(f.ask(to, mailbox)?))?;
    done(said, "code-sent", say)
}

/// Takes the code that was sent there.
pub fn confirm(store: &Store, vault: &Vault, code: &str, say: &mut dyn FnMut(Said)) -> Result<()> {
    let said = with(store, vault, |f| Ok(f.confirm(code)?))?;
    done(said, "confirmed", say)
}

fn tell(vault: &Vault, say: &mut dyn FnMut(Said)) -> Result<()> {
    let Some(now) = vault.forwarding()? else {
        say(Said::Line(json!({ "forwarding": null })));
        say(Said::Words("Nothing is forwarded.".into()));
        return Ok(());
    };
    say(Said::Line(json!({ "forwarding": {
        "to": now.target, "confirmed": now.is_confirmed, "sent": now.sent,
        "waiting": now.waiting, "failed": now.failed, "trouble": now.trouble,
    } })));
    let how = if now.is_confirmed { "forwarded to" } else { "not confirmed yet:" };
    let trouble = now.trouble.map(|t| format!("; trouble: {t}")).unwrap_or_default();
    say(Said::Words(format!(
        "{how} {}: {} sent, {} waiting, {} not taken{trouble}",
        now.target, now.sent, now.waiting, now.failed
    )));
    Ok(())
}

fn with<T>(
    store: &Store,
    vault: &Vault,
    work: impl FnOnce(&Forwarder<'_>) -> Result<T>,
) -> Result<T> {
    let submission = crate::submission::configured()?;
    let account = store.directory().account(vault.person())?;
    work(&Forwarder {
        store,
        vault,
        submission: submission.as_ref(),
        outward: mailbox::outward(),
        locale: account.and_then(|a| a.locale.parse().ok()).unwrap_or_default(),
        now_us: Clock::system().now().as_microsecond(),
    })
}

fn done(said: &'static str, well: &str, say: &mut dyn FnMut(Said)) -> Result<()> {
    let words = Words::of(Locale::En).t(&format!("forward-{said}"));
    if said != well {
        bail!("{words}");
    }
    say(Said::Line(json!({ "said": said })));
    say(Said::Words(words));
    Ok(())
}
