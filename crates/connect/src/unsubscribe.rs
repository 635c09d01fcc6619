//! Unsubscribing by one click (RFC 8058), when the person clicks and only by the book.

use crate::outward::Outward;
use crate::web::Web;
use crate::{Error, Result};
use mesinfos_domain::{OneClick, Unsubscribe};
use std::time::Duration;

/// What is posted, letter by letter (RFC 8058, 3.1).
const WORD: &str = "List-Unsubscribe=One-Click";
/// All of it takes no longer: the person waits for the page.
const PATIENCE: Duration = Duration::from_secs(20);

/// Asks the sender to stop: the status that its server answers. A redirect is an answer, and is not
/// followed. What the server says beside its status is not read.
///
/// # Errors
/// [`Error::Broken`] when the mail does not offer it or nobody vouches for the offer; otherwise those
/// of the connection. After [`Error::Slow`] and [`Error::Cut`] the server may have heard it.
pub fn one_click(unsubscribe: &Unsubscribe, outward: &Outward) -> Result<u16> {
    let (OneClick::Yes { .. }, Some(link)) = (&unsubscribe.one_click, &unsubscribe.link) else {
        return Err(Error::Broken("no one-click offer"));
    };
    let outward = Outward { patience: outward.patience.min(PATIENCE), ..outward.clone() };
    // What stands after '#' is never sent, and some clients stumble over it.
    let link = link.split('#').next().unwrap_or_default();
    Ok(Web::new(&outward)?.post(link, WORD, 0)?.status)
}
