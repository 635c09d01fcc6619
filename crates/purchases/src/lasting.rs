//! Whether a thing lasts: the legal guarantee is for goods that one still has in two years, not
//! for what is eaten, used up, or is no thing at all.
//!
//! Judged from evidence: the words of the line's name, a weight or a volume beside them, what its
//! seller trades in. One piece alone leaves a doubt, and a doubt is said.

use crate::keys::fold;
use crate::purchase::Purchase;
use mesinfos_domain::ActorKind;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Whether a thing lasts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Lasting {
    /// Nothing says otherwise.
    Lasts,
    /// Something says that it is consumed, something else does not: "sans doute".
    Unsure,
    /// Eaten, used up, a seat, a subscription, a file.
    Consumed,
}

struct Lists {
    consumed: HashSet<&'static str>,
    service: HashSet<&'static str>,
    lasts: HashSet<&'static str>,
    trade: HashSet<&'static str>,
    lead: HashSet<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let text = include_str!("../data/lasting.txt");
    let list = |name: &str| {
        let lines = text.lines().filter_map(|l| l.strip_prefix(name)?.strip_prefix(": "));
        lines.flat_map(str::split_whitespace).collect()
    };
    Lists {
        consumed: list("consumed"),
        service: list("service"),
        lasts: list("lasts"),
        trade: list("trade"),
        lead: list("lead"),
    }
});

/// Whether the thing on this line lasts.
pub fn lasting(purchase: &Purchase, line: usize) -> Lasting {
    let Some(bought) = purchase.lines.get(line) else { return Lasting::Lasts };
    let line = &bought.line;
    let seller = line.seller.as_ref().map_or(purchase.merchant.name.as_str(), |s| s.name.as_str());
    judge(&line.name, line.variant.as_deref(), seller, purchase.merchant.kind)
}

/// The same from the words alone.
fn judge(name: &str, variant: Option<&str>, seller: &str, kind: ActorKind) -> Lasting {
    let words = words(name);
    let is_of = |word: &str, list: &HashSet<&str>| {
        list.contains(word)
            || list.contains(singular(word))
            || (4..word.len()).any(|at| {
                word.is_char_boundary(at) && list.contains(format!("-{}", &word[at..]).as_str())
            })
    };
    // The first word that is no number and no "lot of": in Romance languages it says what a thing
    // is. Germanic ones say it last, before any measure.
    let first = words.iter().find(|w| !LISTS.lead.contains(w.as_str()) && !is_measure(w));
    let leads = |list: &HashSet<&str>| first.is_some_and(|w| is_of(w, list));
    let holds = |list: &HashSet<&str>| words.iter().any(|w| is_of(w, list));
    let mut against = 0;
    against += match (leads(&LISTS.consumed), leads(&LISTS.service)) {
        (false, false) => i32::from(holds(&LISTS.consumed) || holds(&LISTS.service)),
        _ => 2,
    };
    let all = [name, variant.unwrap_or_default()].join(" ");
    against += i32::from(measures(&all));
    against += i32::from(self::words(seller).iter().any(|w| is_of(w, &LISTS.trade)));
    against += i32::from(matches!(
        kind,
        ActorKind::Travel | ActorKind::Transport | ActorKind::Insurance | ActorKind::Leisure
    ));
    let lasts = match leads(&LISTS.lasts) {
        true => 3,
        false => 2 * i32::from(holds(&LISTS.lasts)),
    };
    match against - lasts {
        ..=0 => Lasting::Lasts,
        1 => Lasting::Unsure,
        _ => Lasting::Consumed,
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .map(fold)
        .filter(|w| !w.is_empty())
        .take(24)
        .collect()
}

/// `biscuits` as `biscuit`, `gâteaux` as `gateau`.
fn singular(word: &str) -> &str {
    match word.len() {
        4.. => word.strip_suffix(['s', 'x']).unwrap_or(word),
        _ => word,
    }
}

fn is_measure(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// A weight or a volume that one buys of what is consumed: grams, millilitres. Kilograms, litres
/// and capacities in litres stand on washing machines and rucksacks, and say nothing.
fn measures(text: &str) -> bool {
    let parts = words(text);
    let unit = |w: &str| matches!(w, "g" | "gr" | "ml" | "cl");
    parts.windows(2).any(|w| is_measure(&w[0]) && unit(&w[1]))
        || parts
            .iter()
            .any(|w| is_measure(w) && unit(w.trim_start_matches(|c: char| c.is_ascii_digit())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lasting::*;

    #[test]
    fn what_is_eaten_or_used_up_has_no_two_years() {
        for (name, variant, seller, expected) in [
            ("Lave-linge Aubière 8 kg", "", "Maison Roche", Lasts),
            ("Machine à café Brise", "", "Maison Roche", Lasts),
            ("Verre à vin, lot de 6", "", "Maison Roche", Lasts),
            ("Kaffeemühle Nord", "", "Haus Linde", Lasts),
            ("Livre de recettes : le pain", "", "Papier & Cie", Lasts),
            ("Gourde isotherme 500 ml", "", "Sentes", Lasts),
            ("Thermomètre de cuisine", "", "Pharmacie du Pont", Lasts),
            ("Café moulu du matin", "250 g", "Torréfaction Vidal", Consumed),
            ("Crème pour les mains", "50 ml", "Maison Roche", Consumed),
            ("Biscuits au beurre", "", "Maison Roche", Consumed),
            ("Orangenhonig", "500 g", "Haus Linde", Consumed),
            ("Abonnement mensuel", "", "Revue des sentes", Consumed),
            ("Yearly subscription", "", "Harbour Tools", Consumed),
            ("Pavé du Larzac", "", "Fromagerie Roux", Unsure),
            ("Soy scented candle", "", "Harbour Tools", Unsure),
            ("Widget", "", "Harbour Tools", Lasts),
        ] {
            let variant = Some(variant).filter(|v| !v.is_empty());
            assert_eq!(judge(name, variant, seller, ActorKind::Merchant), expected, "{name}");
        }
    }
}
