//! What sort of organisation an actor is, by the words of its name, its domain and its mail.

use crate::Letter;
use crate::known::{self, Role};
use crate::letter::words::{fold, words};
use crate::phrases::Beginnings;
use foldhash::{HashMap, HashSet, HashSetExt};
use mesinfos_domain::{ActorKind, Category, Order};
use std::sync::LazyLock;

/// What a mail says of another kind from here on is heard over the sale it tells of.
const CLEAR: f32 = 4.0;
/// What is then left of its words of sales.
const OF_SALES: f32 = 5.0;
/// Bytes of text whose words are counted.
const TEXT: usize = 4_000;
const KINDS: usize = ActorKind::ALL.len();

/// What a word says of one kind.
#[derive(Clone, Copy)]
struct Says {
    kind: usize,
    in_name: f32,
    /// Less for what names say best: every shop has a bank and a parcel.
    in_text: f32,
}

struct Lexicon {
    exact: HashMap<&'static str, Vec<Says>>,
    /// Beginnings of words, by their first three bytes.
    stems: HashMap<&'static str, Vec<(&'static str, Says)>>,
    /// Endings of words, by their last three bytes. Only names are made of such: `Ortenaubahn`.
    endings: HashMap<&'static str, Vec<(&'static str, Says)>>,
    /// Words of several parts, by the first; `#` stands for a number.
    phrases: HashMap<&'static str, Vec<(Vec<&'static str>, Says)>>,
    /// Of all but the endings.
    beginnings: Beginnings,
}

const NUMBER: &str = "#";

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut exact: HashMap<_, Vec<_>> = HashMap::default();
    let mut stems: HashMap<_, Vec<_>> = HashMap::default();
    let mut endings: HashMap<_, Vec<_>> = HashMap::default();
    let mut phrases: HashMap<_, Vec<_>> = HashMap::default();
    let rows = include_str!("../../data/kinds.tsv").lines().filter(|l| !l.starts_with('#'));
    for row in rows {
        let mut columns = row.split('\t');
        let kind = columns.next().and_then(ActorKind::from_code).and_then(place);
        let mut weight = || columns.next().and_then(|w| w.parse::<f32>().ok());
        let (Some(kind), Some(in_name), Some(in_text)) = (kind, weight(), weight()) else {
            continue;
        };
        let says = Says { kind, in_name, in_text };
        for word in columns.next().unwrap_or_default().split_whitespace() {
            if word.contains('-') {
                let parts: Vec<&str> = word.split(['-', '\'']).filter(|p| !p.is_empty()).collect();
                phrases.entry(parts[0]).or_default().push((parts, says));
            } else if let Some((stem, "")) = word.split_once('*') {
                stems.entry(&stem[..3]).or_default().push((stem, says));
            } else if let Some(ending) = word.strip_prefix('*') {
                endings.entry(&ending[ending.len() - 3..]).or_default().push((ending, says));
            } else {
                exact.entry(word).or_default().push(says);
            }
        }
    }
    let beginnings =
        Beginnings::of(exact.keys().chain(stems.keys()).chain(phrases.keys()).copied());
    Lexicon { exact, stems, endings, phrases, beginnings }
});

fn place(kind: ActorKind) -> Option<usize> {
    ActorKind::ALL.iter().position(|k| *k == kind)
}

type Scores = [f32; KINDS];

/// Adds what the words of a name or a text say, each once.
fn listen(folded: &str, times: f32, is_name: bool, scores: &mut Scores) {
    let lexicon = &*LEXICON;
    let all: Vec<&str> = words(folded).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut heard = HashSet::new();
    let mut add = |s: &Says| scores[s.kind] += times * if is_name { s.in_name } else { s.in_text };
    for (i, word) in all.iter().enumerate() {
        let numbered = is_number(word).then_some(NUMBER);
        if numbered.is_none() && !is_name && !lexicon.beginnings.may_hold(word) {
            continue;
        }
        let begun = [Some(*word), numbered].into_iter().flatten();
        for (phrase, says) in begun.filter_map(|w| lexicon.phrases.get(w)).flatten() {
            if follows(&all[i..], phrase) && heard.insert(phrase.as_ptr()) {
                add(says);
            }
        }
        if word.len() < 2 || !seen.insert(word) {
            continue;
        }
        let singular = || word.strip_suffix('s').filter(|w| w.len() > 4);
        let exact = lexicon.exact.get(word).or_else(|| lexicon.exact.get(singular()?));
        exact.into_iter().flatten().for_each(&mut add);
        stems_of(word).filter(|(s, _)| word.starts_with(s)).for_each(|(_, s)| add(s));
        if is_name {
            endings_of(word).filter(|(e, _)| word.ends_with(e)).for_each(|(_, s)| add(s));
        }
    }
}

/// Of a seat, a coach, some nights: `7`, `12a`.
fn is_number(word: &str) -> bool {
    word.len() <= 4 && word.starts_with(|c: char| c.is_ascii_digit())
}

fn follows(words: &[&str], phrase: &[&str]) -> bool {
    let is_part = |(w, p): (&&str, &&str)| w == p || *p == NUMBER && is_number(w);
    words.len() >= phrase.len() && words.iter().zip(phrase).all(is_part)
}

/// Stems that may begin this word.
fn stems_of(word: &str) -> impl Iterator<Item = &'static (&'static str, Says)> {
    word.get(..3).and_then(|head| LEXICON.stems.get(head)).into_iter().flatten()
}

/// Endings that may close this word, which says more than they.
fn endings_of(word: &str) -> impl Iterator<Item = &'static (&'static str, Says)> {
    let from = word.len().saturating_sub(3).max(1);
    word.get(from..).and_then(|tail| LEXICON.endings.get(tail)).into_iter().flatten()
}

/// Strong words that stand inside an unparted domain: `creditlittoral`, `hoteldesembruns`.
fn listen_inside(label: &str, scores: &mut Scores) {
    let mut found: Vec<(&str, usize, f32)> = Vec::new();
    for start in 0..label.len() {
        let Some(rest) = label.get(start..) else { continue };
        for end in 5..=rest.len().min(16) {
            let Some(word) = rest.get(..end) else { continue };
            for says in LEXICON.exact.get(word).into_iter().flatten() {
                found.push((word, says.kind, says.in_name));
            }
        }
        for (stem, says) in stems_of(rest) {
            if stem.len() >= 5 && rest.starts_with(stem) {
                found.push((stem, says.kind, says.in_name));
            }
        }
    }
    found.retain(|(_, _, weight)| *weight >= 2.0);
    for (word, kind, weight) in &found {
        // A longer word that holds this one says it better.
        if !found.iter().any(|(w, ..)| w.len() > word.len() && w.contains(word)) {
            scores[*kind] += weight * 1.5;
        }
    }
}

/// The kind of the organisation of this name and domain that wrote this letter, perhaps through a
/// platform (its domain).
pub fn of(
    letter: &Letter<'_>,
    name: &str,
    domain: Option<&str>,
    via: Option<&str>,
    category: Category,
    order: Option<&Order>,
) -> ActorKind {
    let mut scores: Scores = [0.0; KINDS];
    // Who takes bookings by a platform for doctors is a doctor.
    let through = via
        .and_then(known::platform)
        .filter(|p| matches!(p.role, Role::Booking | Role::Ticketing | Role::Portal));
    if let Some(kind) = through.and_then(|p| place(p.kind)) {
        scores[kind] += 7.0;
    }
    let name = fold(name);
    listen(&name, 3.0, true, &mut scores);
    if let Some(domain) = domain {
        let (label, ending) = domain.split_once('.').unwrap_or((domain, ""));
        let label = fold(label);
        listen(&label, 1.5, true, &mut scores);
        if !label.contains('-') && label.len() > 5 {
            listen_inside(&label, &mut scores);
        }
        ending_says(ending, &mut scores);
    }
    let mut spoken = spoken(letter);
    let sale = order.map_or(0.0, |o| order_says(o, &mut scores));
    let goods_sent = order.is_some_and(are_goods_sent);
    if let Some(shop) = place(ActorKind::Merchant) {
        let others = (0..KINDS).filter(|k| *k != shop).map(|k| spoken[k]).fold(0.0, f32::max);
        // Whoever sells speaks of orders, prices and payments: seats and nights are no goods.
        if others >= CLEAR && !goods_sent {
            spoken[shop] = spoken[shop].min(OF_SALES);
        } else {
            scores[shop] += sale;
        }
    }
    for (score, said) in scores.iter_mut().zip(spoken) {
        *score += said;
    }
    hosts_say(letter, &mut scores);
    markup_says(letter, &mut scores);
    prior(category, &mut scores);
    let best = (0..KINDS).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0);
    ActorKind::ALL[best]
}

/// What the mail itself says: its subject, its foot and its text.
fn spoken(letter: &Letter<'_>) -> Scores {
    let mut spoken: Scores = [0.0; KINDS];
    listen(&fold(&letter.subject), 1.0, false, &mut spoken);
    listen(&fold(letter.foot()), 0.7, false, &mut spoken);
    let text = &letter.page.text;
    let mut end = text.len().min(TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut body: Scores = [0.0; KINDS];
    listen(&fold(&text[..end]), 1.0, false, &mut body);
    for (score, said) in spoken.iter_mut().zip(body) {
        // A long text says everything a little.
        *score += 2.0 * said.sqrt();
    }
    spoken
}

fn ending_says(ending: &str, scores: &mut Scores) {
    let kind = match ending {
        "gouv.fr" | "gov.uk" | "gob.es" | "gov.it" | "gov" | "bund.de" | "admin.ch" => {
            ActorKind::Administration
        }
        "social" | "dating" => ActorKind::Social,
        "host" | "hosting" => ActorKind::Telecom,
        "tv" | "fm" | "events" | "club" | "games" => ActorKind::Leisure,
        "travel" | "hotel" => ActorKind::Travel,
        "jobs" | "careers" => ActorKind::Employment,
        "health" | "doctor" | "dental" => ActorKind::Health,
        "shop" | "store" | "boutique" => ActorKind::Merchant,
        "bank" => ActorKind::Bank,
        "insurance" => ActorKind::Insurance,
        "io" | "app" | "dev" | "cloud" | "software" | "ai" => ActorKind::Other,
        _ => return,
    };
    if let Some(i) = place(kind) {
        scores[i] += 3.0;
    }
}

/// Software is used at `app.lune.example`, a shop sells at `boutique.lune.example`.
fn hosts_say(letter: &Letter<'_>, scores: &mut Scores) {
    let mut software = false;
    let mut shop = false;
    for target in letter.targets.iter().take(30) {
        match target.host.split('.').next().unwrap_or_default() {
            "app" | "vault" | "dashboard" | "console" | "api" | "docs" | "status" | "portal" => {
                software = true
            }
            "shop" | "boutique" | "store" | "tienda" | "negozio" => shop = true,
            _ => {}
        }
    }
    for (said, kind, weight) in
        [(software, ActorKind::Other, 4.0), (shop, ActorKind::Merchant, 3.0)]
    {
        if let (true, Some(i)) = (said, place(kind)) {
            scores[i] += weight;
        }
    }
}

/// What is reserved says who takes reservations.
fn markup_says(letter: &Letter<'_>, scores: &mut Scores) {
    if letter.dom.is_none_or(|d| !d.source.contains("schema.org")) {
        return;
    }
    for item in letter.markup() {
        let kind = match crate::markup::type_of(&item.value) {
            Some("LodgingReservation" | "FlightReservation" | "RentalCarReservation") => {
                ActorKind::Travel
            }
            Some("TrainReservation" | "BusReservation" | "TaxiReservation" | "BoatReservation") => {
                ActorKind::Transport
            }
            Some("EventReservation" | "FoodEstablishmentReservation") => ActorKind::Leisure,
            _ => continue,
        };
        if let Some(i) = place(kind) {
            scores[i] += 5.0;
        }
    }
}

/// What an order says for a shop: goods that were ordered, sent and priced one by one. A parcel
/// without an order comes from who carries it.
fn order_says(order: &Order, scores: &mut Scores) -> f32 {
    let carried = order.number.is_none() && order.lines.is_empty() && !order.parcels.is_empty();
    if let (true, Some(carrier)) = (carried, place(ActorKind::Transport)) {
        scores[carrier] += 2.5;
    }
    let goods = order.lines.iter().any(|l| l.sku.is_some() || l.gtin.is_some());
    let priced = order.lines.iter().any(|l| l.total.is_some() || l.unit_price.is_some());
    let sent = match are_goods_sent(order) {
        // Carriers name the order of their parcel too, not what is in it.
        true if order.lines.is_empty() => 1.0,
        true => 4.0,
        false => 0.0,
    };
    sent + if goods { 3.0 } else { 0.0 } + if priced { 1.5 } else { 0.0 }
}

fn are_goods_sent(order: &Order) -> bool {
    order.shipping.is_some() || order.number.is_some() && !order.parcels.is_empty()
}

/// Most who write are shops.
fn prior(category: Category, scores: &mut Scores) {
    let merchant = match category {
        Category::Transaction | Category::AfterSales | Category::Newsletter => 3.0,
        _ => 1.5,
    };
    if let Some(i) = place(ActorKind::Merchant) {
        scores[i] += merchant;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(text: &str, is_name: bool) -> Option<ActorKind> {
        let mut scores: Scores = [0.0; KINDS];
        listen(&fold(text), 1.0, is_name, &mut scores);
        let best = (0..KINDS).max_by(|&a, &b| scores[a].total_cmp(&scores[b]))?;
        (scores[best] > 0.0).then_some(ActorKind::ALL[best])
    }

    #[test]
    fn every_word_of_the_data_can_be_heard() {
        let rows = include_str!("../../data/kinds.tsv").lines();
        for row in rows.filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let columns: Vec<&str> = row.split('\t').collect();
            assert_eq!(columns.len(), 4, "{row}");
            assert!(ActorKind::from_code(columns[0]).is_some(), "{row}");
            assert!(columns[1].parse::<f32>().is_ok() && columns[2].parse::<f32>().is_ok());
            for word in columns[3].split_whitespace() {
                assert_eq!(word, fold(word), "{row}");
                let bare = word.trim_matches('*');
                assert!(bare == word || bare.len() >= 3 && !word.contains('-'), "{word}");
            }
        }
    }

    #[test]
    fn numbers_stand_in_phrases_and_endings_in_names() {
        assert_eq!(heard("Voiture 7, place 21", false), Some(ActorKind::Transport));
        assert_eq!(heard("3 nuits", false), Some(ActorKind::Travel));
        assert_eq!(heard("Ortenaubahn", true), Some(ActorKind::Transport));
        assert_eq!(heard("Ortenaubahn", false), None);
    }
}
