//! What two mails about one purchase have in common, as numbers that a table can index.
//!
//! [`Keys::own`] are kept for each mail, [`Keys::seek`] are looked up when it arrives. Starting
//! from a mail and following `seek` until nothing new is found gives a set that [`crate::join`]
//! partitions as it would partition all mails: nothing outside of it can matter.

use crate::calendar::days_between;
use crate::mail::OrderMail;
use mesinfos_domain::{ActorKind, Date};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The keys of one mail. Each is a digest: two that are equal by chance bring a mail to
/// [`crate::join`] that it leaves alone.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Keys {
    /// Under which others find it.
    pub own: Vec<i64>,
    /// Under which it finds others.
    pub seek: Vec<i64>,
}

/// Days in a slot of amounts, and of bare mails. Two mails at most so many days apart stand in
/// the same slot or in neighbouring ones.
const AMOUNT_SLOT: i32 = 8;
const BARE_SLOT: i32 = 45;

/// The keys of a mail.
pub fn keys(mail: &OrderMail) -> Keys {
    let mut keys = Keys::default();
    for key in firm(mail) {
        keys.own.push(digest(&key));
        keys.seek.push(digest(&key));
    }
    for who in parties(mail) {
        if let (Some(total), Some(currency)) = (mail.order.total, mail.order.currency) {
            let slot = slot(mail.day, AMOUNT_SLOT);
            let key = |s: i32| digest(&format!("p{who}:{currency}{}:{s}", total.0));
            keys.own.push(key(slot));
            keys.seek.extend((slot - 1..=slot + 1).map(key));
        }
    }
    let slot = slot(mail.day, BARE_SLOT);
    let actor = mail.writer.actor;
    if is_bare(mail) {
        keys.own.push(digest(&format!("b{actor}:{slot}")));
        keys.seek.extend((slot - 1..=slot + 1).map(|s| digest(&format!("g{actor}:{s}"))));
    } else {
        keys.own.push(digest(&format!("g{actor}:{slot}")));
        keys.seek.extend((slot - 1..=slot + 1).map(|s| digest(&format!("b{actor}:{s}"))));
    }
    keys
}

/// FNV-1a, 64 bits: stable, since it is stored.
fn digest(key: &str) -> i64 {
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    i64::from_ne_bytes(hash.to_ne_bytes())
}

/// Keys that name one purchase: the actor's number, the shop's number told by a carrier (with the
/// shop's name, or alone), a parcel.
pub(crate) fn firm(mail: &OrderMail) -> Vec<String> {
    let mut firm = Vec::new();
    if let Some(number) = mail.order.number.as_deref().map(number).filter(|n| !n.is_empty()) {
        firm.push(format!("n{}:{number}", mail.writer.actor));
        firm.extend(parties(mail).into_iter().skip(1).map(|who| format!("m{who}:{number}")));
    }
    if let Some(shop) = &mail.order.part_of_order
        && let (Some(merchant), Some(n)) = (&shop.merchant, &shop.number)
    {
        firm.push(format!("m{}:{}", name(merchant), number(n)));
    }
    // Carriers name the shop loosely or not at all: the shop's number alone then leads to it.
    let told = mail.order.part_of_order.as_ref().and_then(|p| p.number.as_deref());
    for n in [mail.order.number.as_deref(), told].into_iter().flatten().map(number) {
        let digits = n.bytes().filter(u8::is_ascii_digit).count();
        if n.len() >= 5 && digits >= 4 {
            firm.push(format!("c{n}"));
        }
    }
    for parcel in &mail.order.parcels {
        if let Some(n) = parcel.number.as_deref().and_then(tracking) {
            firm.push(format!("t{n}"));
        }
    }
    firm.sort();
    firm.dedup();
    firm
}

/// Under which names the merchant of this mail is known: its id first, then its folded name, the
/// first label of its domain, the shop that a carrier or a bank names.
pub(crate) fn parties(mail: &OrderMail) -> Vec<String> {
    let mut who = vec![format!("#{}", mail.writer.actor)];
    let names = [
        Some(name(&mail.writer.name)),
        mail.writer.domain.as_deref().and_then(|d| d.split('.').next()).map(fold),
        mail.order.part_of_order.as_ref().and_then(|p| p.merchant.as_deref()).map(name),
    ];
    for name in names.into_iter().flatten().filter(|n| n.len() > 2) {
        if !who.contains(&name) {
            who.push(name);
        }
    }
    who
}

/// Names nothing but its sender: "your order is on its way".
pub(crate) fn is_bare(mail: &OrderMail) -> bool {
    firm(mail).is_empty() && mail.order.total.is_none() && mail.order.lines.is_empty()
}

/// Whether two mails that share a firm key speak of one purchase: shops start their numbers
/// again, carriers use theirs again, and a contract's number stands on every bill.
pub(crate) fn agree(a: &OrderMail, b: &OrderMail, key: &str) -> bool {
    let days = days_between(a.day, b.day).abs();
    if key.starts_with('t') {
        return days <= 120;
    }
    if key.starts_with('c') {
        return days <= 60
            && (a.writer.kind == ActorKind::Transport) != (b.writer.kind == ActorKind::Transport)
            && may_be_one_merchant(a, b);
    }
    let totals_differ = matches!((a.order.total, b.order.total), (Some(x), Some(y)) if x != y);
    if is_recurring(a.writer.kind) && is_recurring(b.writer.kind) {
        return days <= 20 && !totals_differ;
    }
    let dates_differ = matches!(
        (a.order.date, b.order.date),
        (Some(x), Some(y)) if days_between(x, y).abs() > 31
    );
    days <= 1100 && !(totals_differ && dates_differ)
}

/// False only when one names a shop that is clearly not the other's.
fn may_be_one_merchant(a: &OrderMail, b: &OrderMail) -> bool {
    let named = |mail: &OrderMail| mail.order.part_of_order.as_ref()?.merchant.as_deref().map(name);
    let fits = |shop: &str, other: &OrderMail| {
        parties(other).iter().any(|p| p.contains(shop) || p.len() > 3 && shop.contains(p.as_str()))
    };
    named(a).is_none_or(|shop| fits(&shop, b)) && named(b).is_none_or(|shop| fits(&shop, a))
}

/// Organisations whose mails carry the number of a contract or an account.
fn is_recurring(kind: ActorKind) -> bool {
    use ActorKind::*;
    matches!(kind, Administration | Bank | Insurance | Telecom)
}

fn slot(day: Date, length: i32) -> i32 {
    days_between(Date::constant(1970, 1, 1), day).div_euclid(length)
}

/// `N° EV-402 118` and `ev402118` are one number. Leading zeros are kept: shops count with them.
pub fn number(printed: &str) -> String {
    fold(printed)
}

/// A tracking number worth joining by: eight signs or more, digits among them.
fn tracking(printed: &str) -> Option<String> {
    let folded = fold(printed);
    let digits = folded.bytes().filter(u8::is_ascii_digit).count();
    (folded.len() >= 8 && digits >= 5).then_some(folded)
}

/// A merchant's name without accents, spaces and legal form.
pub(crate) fn name(printed: &str) -> String {
    const FORMS: [&str; 14] = [
        "sas", "sarl", "sasu", "eurl", "sa", "scop", "ltd", "llc", "inc", "gmbh", "ag", "srl",
        "sl", "spa",
    ];
    let words: Vec<String> = printed.split_whitespace().map(fold).collect();
    let kept: String =
        words.iter().filter(|w| !FORMS.contains(&w.as_str())).map(String::as_str).collect();
    if kept.is_empty() { words.concat() } else { kept }
}

/// Letters and digits only, no marks, lower case.
pub(crate) fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c) && c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace('œ', "oe")
        .replace('ß', "ss")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_fold() {
        assert_eq!(number("EV-402 118"), "ev402118");
        assert_eq!(name("Nœud Marin SARL"), name("NŒUD MARIN"));
        assert_eq!(tracking("HR 8012 4471 9"), Some("hr801244719".into()));
        assert_eq!(tracking("12345"), None, "too short to be anybody's own");
    }
}
