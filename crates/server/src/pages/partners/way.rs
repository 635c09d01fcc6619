//! How an organisation says that its mails can be stopped, and why one click can be trusted or not.

use crate::words::{Words, isolate};
use mesinfos_domain::{OneClick, Unsubscribe, Way};
use mesinfos_partners::mailto::Mailto;
use mesinfos_vault::{Asked, Step, days};

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
    /// Whether a mail can ask for it.
    pub can_write: bool,
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
            can_write: unsubscribe.mailto.as_deref().is_some_and(|m| Mailto::read(m).is_some()),
            shown: isolate(shown(&address)).into_owned(),
            address,
        }
    }
}

/// How an organisation was asked to stop, and what came of it, in sentences.
pub fn asked_so_far(w: &Words, asked: &Asked) -> Vec<String> {
    let say = |step: &Step, key: &str| {
        w.say(key)
            .arg("day", w.date(days::day(step.at_us)))
            .arg("at", isolate(&step.evidence).into_owned())
            .arg("status", i64::from(step.status.unwrap_or_default()))
            .to_string()
    };
    let taken = asked.taken.iter().map(|step| match (step.status, step.way) {
        (None, _) => say(step, "way-asked"),
        (Some(_), Way::Mailto) => say(step, "way-asked-mailto"),
        (Some(_), _) => say(step, "way-asked-one-click"),
    });
    let declined = asked.declined.iter().map(|step| say(step, "way-declined"));
    taken.chain(declined).collect()
}

/// The host of a link, the address of a mailto: what one should look at before clicking.
pub(super) fn shown(address: &str) -> &str {
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
