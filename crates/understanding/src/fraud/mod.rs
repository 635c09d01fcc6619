//! Suspected fraud: only on positive evidence of imitation.

mod claims;
mod domains;

use crate::actor::authserv;
use crate::actor::evidence::tag;
use crate::known::{self, Organisation, Role};
use crate::letter::links::{Target, TargetKind, registrable};
use crate::letter::person;
use crate::letter::words::fold;
use crate::{Context, Letter};
use claims::Claim;
use mesinfos_domain::Fraud;
use std::sync::LazyLock;

/// From this weight of evidence on a letter is taken for an imitation.
const SUSPECTED: f32 = 5.0;
/// Bytes of text searched for lures.
const TEXT: usize = 4_000;

/// Why this letter is taken for an imitation, if it is. Lack of authentication alone never is a
/// reason; a forwarded letter is judged by its inner text.
pub fn suspect(letter: &Letter<'_>, context: &Context) -> Option<Fraud> {
    let from = letter.from.as_ref()?;
    let host = from.domain()?;
    let reason = |reason: &str, imitates: Option<String>| {
        Some(Fraud { reason: reason.to_owned(), imitates })
    };
    if failed_dmarc(letter, context) {
        let imitates =
            known::organisation(host).map_or_else(|| host.to_owned(), |o| o.name.to_owned());
        return reason("dmarc-failed", Some(imitates));
    }
    let own = known::organisation(host);
    if is_spoofed(letter, own, host) {
        let imitates = own.map_or_else(|| host.to_owned(), |o| o.name.to_owned());
        return reason("claims-another-domain", Some(imitates));
    }
    if own.is_some() && !known::is_freemail(host) {
        return None;
    }
    let claim = claims::of(letter);
    if let Some(o) = claim.organisation {
        if weigh(letter, &claim, o, host) >= SUSPECTED {
            return reason("claims-another-domain", Some(o.name.to_owned()));
        }
    } else if let Some(shown) = &claim.shown_domain
        && !leads_to(letter, shown)
        && lures(letter) > 0
    {
        return reason("claims-another-domain", Some(shown.clone()));
    }
    if let Some(name) = is_made_up(letter, &claim, host) {
        return reason("claims-another-domain", Some(name));
    }
    let shown = shown_elsewhere(letter, host)?;
    reason("link-shows-another-domain", Some(shown))
}

/// The provider of the mailbox says that the sender's domain disowns the mail. Mailing lists break
/// signatures of honest mails.
fn failed_dmarc(letter: &Letter<'_>, context: &Context) -> bool {
    letter.forwarded_by.is_none()
        && letter.mail.header("list-id").is_none()
        && authserv::trusted(letter.mail, context.trusted_authserv.as_deref())
            .is_some_and(|r| r.dmarc.as_deref() == Some("fail"))
}

/// The weight of the evidence that a letter from this host is not from the organisation it claims.
fn weigh(letter: &Letter<'_>, claim: &Claim, o: &'static Organisation, host: &str) -> f32 {
    // Without a claim of its own in name or domain, a brand in the body is a shop's partner.
    if claim.display + claim.domain < 2.0 && !(claim.body > 1.5 && says_nothing(letter)) {
        return 0.0;
    }
    if claim.display < 2.0 && letter.person_score() >= person::PERSON {
        return 0.0;
    }
    let platform = known::platform(host);
    let free = known::is_freemail(host);
    let action = action(letter);
    let lures = lures(letter);
    let doubt = domains::suspicion(host).min(1.5);
    let action_doubt = action.map_or(0.0, |t| domains::suspicion(&t.host).min(1.5));
    if lures == 0 && doubt + action_doubt < 0.7 && !free {
        return 0.0;
    }
    let mut weight = claim.display + claim.domain + claim.body + lures.min(2) as f32;
    weight += doubt + action_doubt + if free { 1.0 } else { 0.0 };
    if domains::spells(host, o) {
        weight -= 4.0;
    }
    if platform.is_some_and(|p| !matches!(p.role, Role::Freemail | Role::Hosting | Role::Tracker)) {
        weight -= 2.0;
    }
    let owned = |t: &Target| o.owns(&t.host) || t.leads_to.as_deref().is_some_and(|d| o.owns(d));
    let is_link = |t: &&Target| matches!(t.kind, TargetKind::Link | TargetKind::Counted);
    if action.is_some_and(owned) {
        weight -= 4.0;
    } else if letter.targets.iter().filter(is_link).any(owned) {
        // The true site at the foot lends colour to a button that leads elsewhere.
        weight -= if doubt + action_doubt >= 1.0 { 0.5 } else { 3.0 };
    }
    if action.is_none() && !free {
        weight -= 1.0; // nothing to press
    }
    weight
}

/// A sender that nobody knows, at a domain made for a fraud (bait, digits, a cheap ending), with
/// lures: the name it claims.
fn is_made_up(letter: &Letter<'_>, claim: &Claim, host: &str) -> Option<String> {
    let name = &letter.from.as_ref()?.name;
    let domain = registrable(host)?;
    if claim.organisation.is_some() || name.trim().is_empty() {
        return None;
    }
    let is_foreign = crate::actor::name::kinship(&domain, name) < 0.3;
    let (doubt, lures) = (domains::suspicion(host), lures(letter));
    // What is akin to its name must lure more: a cheap ending and a bait, and two sorts of lures.
    let is_made = known::platform(host).is_none()
        && (is_foreign && doubt >= 2.5 && lures > 0 || doubt >= 1.75 && lures > 1);
    let is_made = is_made || is_foreign && is_foreign_tenant(letter, host, name);
    is_made.then(|| name.trim().to_owned())
}

/// A help desk rented for a fraud: its own label (`ohalyycp.desk.example`) has nothing of the name
/// that it shows, and the letter both threatens and asks to prove oneself or to pay.
fn is_foreign_tenant(letter: &Letter<'_>, host: &str, name: &str) -> bool {
    let is_desk = known::platform(host).is_some_and(|p| p.role == Role::Desk);
    let tenant = registrable(host).and_then(|d| host.strip_suffix(&d)?.strip_suffix('.'));
    is_desk
        && tenant.is_some_and(|t| !t.contains('.') && crate::actor::name::kinship(t, name) < 0.3)
        && !says_nothing(letter)
        && lures(letter) >= 2
}

/// The first link that asks to be followed: no address, no counter of a mailing service.
fn action<'l>(letter: &'l Letter<'_>) -> Option<&'l Target> {
    letter.targets.iter().find(|t| {
        matches!(t.kind, TargetKind::Link | TargetKind::Counted)
            && known::platform(&t.host)
                .is_none_or(|p| matches!(p.role, Role::Hosting | Role::Tracker))
    })
}

/// Whether the displayed name names nobody: empty, an address, or words of function.
fn says_nothing(letter: &Letter<'_>) -> bool {
    letter
        .from
        .as_ref()
        .is_some_and(|f| crate::actor::name::candidates(&f.name).iter().all(|n| n.contains('@')))
}

/// A true sender's domain, written by somebody else: neither the envelope nor a signature is the
/// organisation's, and the letter's button leads to a doubtful place.
fn is_spoofed(letter: &Letter<'_>, own: Option<&'static Organisation>, host: &str) -> bool {
    if letter.forwarded_by.is_some() || known::platform(host).is_some() {
        return false;
    }
    let domain = registrable(host);
    let owns = |h: &str| own.is_some_and(|o| o.owns(h)) || registrable(h) == domain;
    let mail = letter.mail;
    let signed = mail
        .headers_named("dkim-signature")
        .filter_map(|s| tag(s, "d"))
        .any(|d| owns(d) || known::platform(d).is_some());
    let envelope = mail
        .header("return-path")
        .and_then(|r| r.rsplit_once('@'))
        .map(|(_, h)| h.trim_matches(|c: char| c == '>' || c.is_whitespace()).to_ascii_lowercase());
    let Some(envelope) = envelope else { return false };
    let sent = owns(&envelope) || known::platform(&envelope).is_some();
    if signed || sent {
        return false;
    }
    let Some(action) = action(letter) else { return false };
    let lured = lures(letter);
    let doubt = domains::suspicion(&action.host);
    let led_home = owns(&action.host) || action.leads_to.as_deref().is_some_and(owns);
    // Of an organisation that is not known, a doubtful button is the least to ask.
    !led_home && if own.is_some() { doubt >= 0.7 || lured > 1 } else { doubt >= 1.0 && lured > 0 }
}

static BAITS: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    include_str!("../../data/baits.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .map(|(_, phrases)| phrases.split(';').collect())
        .collect()
});

/// How many sorts of lure a letter holds: asking money, asking to prove oneself, threat, gift.
fn lures(letter: &Letter<'_>) -> usize {
    let text = &letter.page.text;
    let mut end = text.len().min(TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut folded = fold(&letter.subject);
    folded.push('\n');
    folded.push_str(&fold(&text[..end]));
    BAITS.iter().filter(|phrases| phrases.iter().any(|p| folded.contains(p))).count()
}

fn leads_to(letter: &Letter<'_>, domain: &str) -> bool {
    letter.targets.iter().any(|t| {
        matches!(t.kind, TargetKind::Link | TargetKind::Counted)
            && (t.domain == domain || t.leads_to.as_deref() == Some(domain))
    })
}

/// A link whose words are an address while it leads to a doubtful one, of neither the sender nor
/// a counter that the sender uses: the domain it shows.
fn shown_elsewhere(letter: &Letter<'_>, host: &str) -> Option<String> {
    let sender = registrable(host)?;
    let uses_counter = letter.mail.header("list-unsubscribe").is_some();
    letter.targets.iter().find_map(|t| {
        let shown =
            t.shown.as_ref().filter(|s| **s != t.domain && t.leads_to.as_ref() != Some(*s))?;
        let known_target = known::organisation(&t.host).is_some()
            || known::platform(&t.host).is_some_and(|p| p.role != Role::Hosting);
        let same_owner = known::organisation(shown).is_some_and(|o| o.owns(&t.host));
        let own = t.domain == sender || known_target || same_owner || uses_counter;
        let doubtful = domains::suspicion(&t.host) >= 1.0 && lures(letter) > 0;
        (!own && *shown != sender && doubtful).then(|| shown.clone())
    })
}
