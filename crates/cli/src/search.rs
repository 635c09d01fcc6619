//! `mesinfos search`: mails by their words, newest first.

use crate::request::{Ended, Said};
use anyhow::Result;
use jiff::Timestamp;
use mesinfos_vault::Vault;
use mesinfos_vault::search::Ask;
use serde_json::json;

pub fn perform(
    vault: &Vault,
    query: &str,
    limit: usize,
    say: &mut dyn FnMut(Said),
) -> Result<Ended> {
    let hits = vault.search(&Ask { text: query, limit, after: None, by_relevance: false })?;
    for hit in &hits.mails {
        let day = Timestamp::from_microsecond(hit.at_us).unwrap_or_default();
        say(Said::Line(json!({
            "id": hit.id.0,
            "date": day.to_string(),
            "from": {"name": hit.from_name, "address": hit.from_address},
            "subject": hit.subject,
            "category": hit.category.code(),
            "has_order": hit.has_order,
            "refused": hit.is_refused,
        })));
        let who = if hit.from_name.is_empty() { &hit.from_address } else { &hit.from_name };
        let words = format!("{}  {}  {}", day.strftime("%F"), plain(who), plain(&hit.subject));
        say(Said::Words(words));
    }
    if hits.mails.is_empty() {
        say(Said::Words("No mail holds these words.".into()));
    }
    Ok(Ended::Done)
}

/// A stranger's words on a terminal: no control characters, which could move the cursor or more.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
