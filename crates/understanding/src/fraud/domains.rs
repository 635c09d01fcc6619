//! Domains as imitators make them: a brand with bait, digits, a cheap ending, a twin letter.

use crate::known::{self, Organisation, Role};
use crate::letter::words::fold;
use std::collections::HashSet;
use std::sync::LazyLock;

static BAIT: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/bait_domains.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// Endings that cost next to nothing and that few organisations use.
const CHEAP: &[&str] = &[
    "top", "xyz", "info", "site", "online", "icu", "live", "click", "best", "cx", "cyou", "rest",
    "buzz", "cfd", "sbs", "club", "monster", "quest", "link", "work", "support", "vip", "win",
    "bid", "loan", "tk", "ml", "ga", "cf", "gq", "pw", "cc", "ws", "su", "ru", "cn", "space",
    "website", "fun", "beauty", "bond", "lol",
];

/// How much a domain looks made for a fraud, from 0 to about 3.
pub fn suspicion(host: &str) -> f32 {
    let Some(domain) = crate::letter::links::registrable(host) else { return 1.0 };
    let (label, ending) = domain.split_once('.').unwrap_or((&domain, ""));
    let label = fold(label);
    let digits = label.chars().filter(char::is_ascii_digit).count();
    let mut doubt = 0.0;
    if known::platform(host).is_some_and(|p| p.role == Role::Hosting) {
        doubt += 1.5;
    }
    if digits >= 3 {
        doubt += 1.0;
    }
    if CHEAP.contains(&ending.rsplit('.').next().unwrap_or(ending)) {
        doubt += 1.0;
    }
    let bait = parts(&label).filter(|w| BAIT.contains(w)).count();
    if bait > 0 && (label.contains('-') || digits > 0) {
        doubt += 0.75;
    }
    if label.starts_with("xn--") {
        doubt += 1.0;
    }
    doubt
}

/// The words of a label: parted at hyphens and digits.
fn parts(label: &str) -> impl Iterator<Item = &str> {
    label.split(|c: char| c == '-' || c.is_ascii_digit()).filter(|w| !w.is_empty())
}

/// The organisation that a foreign domain is made to look like: it holds the organisation's name
/// or its own label beside something else, or a twin of it (`paypa1`).
pub fn looks_like(host: &str) -> Option<&'static Organisation> {
    let domain = crate::letter::links::registrable(host)?;
    if known::organisation(host).is_some()
        || known::platform(host).is_some_and(|p| p.role != Role::Hosting)
    {
        return None;
    }
    // Free hosting: what the page is called stands before the host's own name.
    let label = fold(domain.split('.').next().unwrap_or(&domain));
    let words: Vec<&str> = parts(&label).collect();
    if words.len() > 1 || label.contains(|c: char| c.is_ascii_digit()) {
        for i in 0..words.len() {
            if let Some((o, n)) = known::named_at(&words[i..])
                && words[i..i + n].iter().map(|w| w.len()).sum::<usize>() >= 3
            {
                return Some(o);
            }
            // `royalmail-redelivery.example`: its words written as one, beside something else.
            if let Some(o) = known::squashed(words[i]).filter(|_| words.len() > 1) {
                return Some(o);
            }
        }
    }
    let twin = straightened(&label);
    if twin != label {
        let words: Vec<&str> = twin.split('-').collect();
        for i in 0..words.len() {
            if let Some((o, _)) = known::named_at(&words[i..])
                && words[i].len() >= 5
            {
                return Some(o);
            }
        }
    }
    None
}

/// A label with the digits and pairs that stand for letters put back.
fn straightened(label: &str) -> String {
    label
        .replace("rn", "m")
        .replace("vv", "w")
        .chars()
        .map(|c| match c {
            '0' => 'o',
            '1' => 'l',
            '3' => 'e',
            '5' => 's',
            _ => c,
        })
        .collect()
}

/// Whether a domain is the organisation's name and nothing else (`netflix.ca`): an own domain
/// that is not in the data, unless its ending is a cheap one.
pub fn spells(host: &str, organisation: &Organisation) -> bool {
    let Some(domain) = crate::letter::links::registrable(host) else { return false };
    let (label, ending) = domain.split_once('.').unwrap_or((&domain, ""));
    let label: String = fold(label).chars().filter(|c| c.is_alphanumeric()).collect();
    let cheap =
        CHEAP.contains(&ending) || known::platform(host).is_some_and(|p| p.role == Role::Hosting);
    !cheap && organisation.names.iter().any(|n| crate::letter::words::squash(n) == label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_domains_look_made_up() {
        assert!(suspicion("colis-suivi-4821.top") > 2.0);
        assert!(suspicion("librairie-du-port.fr") < 0.5);
        assert!(suspicion("page.web.app") >= 1.0);
    }

    #[test]
    fn twins_and_brands_with_bait_are_seen_through() {
        assert_eq!(looks_like("paypa1-compte.com").map(|o| o.name), Some("PayPal"));
        assert_eq!(looks_like("netflix-abo77.com").map(|o| o.name), Some("Netflix"));
        assert_eq!(looks_like("royalmail-fee.com").map(|o| o.name), Some("Royal Mail"));
        assert!(looks_like("netflix.com").is_none());
        assert!(looks_like("librairie-du-port.fr").is_none());
    }
}
