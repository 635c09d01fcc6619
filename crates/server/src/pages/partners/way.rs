//! How an organisation says that its mails can be stopped, and why one click can be trusted or not.

use crate::words::{Words, isolate};
use mesinfos_domain::{OneClick, Unsubscribe, Way};

/// The way out, in words. Included by `partners/way.html`.
pub struct WayOut {
    /// What can be done.
    pub say: String,
    /// Why it is the way.
    pub why: String,
    /// The word for the form that notes it.
    pub code: &'static str,
    /// Where a click leads: https, http or mailto, nothing else.
    pub address: String,
    /// What the click shows: a host or an address.
    pub shown: String,
}

impl WayOut {
    /// In the person's language.
    pub fn new(w: &Words, unsubscribe: &Unsubscribe) -> WayOut {
        let way = unsubscribe.way();
        let signed_by = match &unsubscribe.one_click {
            OneClick::Yes { signed_by } => isolate(signed_by).into_owned(),
            _ => String::new(),
        };
        let address = match way {
            Way::Mailto => unsubscribe.mailto.as_ref(),
            Way::OneClick | Way::Link => unsubscribe.link.as_ref(),
        };
        let address = address.cloned().unwrap_or_default();
        WayOut {
            say: w.t(&format!("way-{}", way.code().replace('_', "-"))),
            why: w
                .say(&format!("way-why-{}", unsubscribe.one_click.code()))
                .arg("domain", signed_by)
                .to_string(),
            code: way.code(),
            shown: isolate(shown(&address)).into_owned(),
            address,
        }
    }
}

/// The host of a link, the address of a mailto: what one should look at before clicking.
fn shown(address: &str) -> &str {
    let after = address.split_once(':').map_or(address, |(_, rest)| rest);
    let after = after.strip_prefix("//").unwrap_or(after);
    after.split(['/', '?', '#']).next().unwrap_or(after)
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn what_is_clicked_is_named_by_its_host() {
        assert_eq!(shown("https://a.example/u?x=1"), "a.example");
        assert_eq!(shown("mailto:stop@a.example?subject=x"), "stop@a.example");
    }
}
