//! What sort of organisation an actor is, by the words of its name, its domain and its mail.

use crate::Letter;
use crate::known::{self, Role};
use crate::letter::words::{fold, words};
use crate::phrases::Beginnings;
use foldhash::{HashMap, HashSet, HashSetExt};
use mesinfos_domain::{ActorKind, Category, Order};
use std::sync::LazyLock;

/// Bytes of text whose words are counted.
const TEXT: usize = 4_000;
/// What a word from here on weighs outside a name or a domain: every shop has a bank and a parcel.
const NAMES: f32 = 4.0;
const IN_PASSING: f32 = 1.0;
const KINDS: usize = ActorKind::ALL.len();

struct Lexicon {
    exact: HashMap<&'static str, Vec<(usize, f32)>>,
    /// Stems by their first three bytes.
    stems: HashMap<&'static str, Vec<(&'static str, usize, f32)>>,
    /// Words of several parts, by the first.
    phrases: HashMap<String, Vec<(Vec<String>, usize, f32)>>,
    /// Of all three.
    beginnings: Beginnings,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let (mut exact, mut stems) = (HashMap::default(), HashMap::default());
    let mut phrases: HashMap<String, Vec<_>> = HashMap::default();
    let rows = include_str!("../../data/kinds.tsv").lines().filter(|l| !l.starts_with('#'));
    for row in rows {
        let mut columns = row.split('\t');
        let kind = columns.next().and_then(ActorKind::from_code).and_then(place);
        let weight = columns.next().and_then(|w| w.parse::<f32>().ok());
        let (Some(kind), Some(weight), Some(list)) = (kind, weight, columns.next()) else {
            continue;
        };
        for word in list.split_whitespace() {
            if word.contains('-') {
                let parts: Vec<String> = words(&word.replace('*', "")).map(str::to_owned).collect();
                let first = parts[0].clone();
                phrases.entry(first).or_default().push((parts, kind, weight));
            } else if let Some(stem) = word.strip_suffix('*') {
                stems.entry(&stem[..3]).or_insert_with(Vec::new).push((stem, kind, weight));
            } else {
                exact.entry(word).or_insert_with(Vec::new).push((kind, weight));
            }
        }
    }
    let first_words = phrases.keys().map(String::as_str);
    let beginnings =
        Beginnings::of(exact.keys().copied().chain(stems.keys().copied()).chain(first_words));
    Lexicon { exact, stems, phrases, beginnings }
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
    let mut add = |kind: usize, weight: f32| {
        scores[kind] += times * if is_name || weight < NAMES { weight } else { IN_PASSING }
    };
    for (i, word) in all.iter().enumerate().filter(|(_, w)| lexicon.beginnings.may_hold(w)) {
        for (phrase, kind, weight) in lexicon.phrases.get(*word).into_iter().flatten() {
            let follows = all[i..].iter().zip(phrase).filter(|(a, b)| **a == b.as_str()).count();
            if follows == phrase.len() && heard.insert(phrase.as_ptr()) {
                add(*kind, *weight);
            }
        }
        if word.len() < 2 || !seen.insert(word) {
            continue;
        }
        let singular = || word.strip_suffix('s').filter(|w| w.len() > 4);
        let exact = lexicon.exact.get(word).or_else(|| lexicon.exact.get(singular()?));
        for &(kind, weight) in exact.into_iter().flatten() {
            add(kind, weight);
        }
        for &(stem, kind, weight) in stems_of(word) {
            if word.starts_with(stem) {
                add(kind, weight);
            }
        }
    }
}

/// Stems that may begin this word.
fn stems_of(word: &str) -> impl Iterator<Item = &'static (&'static str, usize, f32)> {
    word.get(..3).and_then(|head| LEXICON.stems.get(head)).into_iter().flatten()
}

/// Strong words that stand inside an unparted domain: `creditlittoral`, `hoteldesembruns`.
fn listen_inside(label: &str, scores: &mut Scores) {
    let mut found: Vec<(&str, usize, f32)> = Vec::new();
    for start in 0..label.len() {
        let Some(rest) = label.get(start..) else { continue };
        for end in 5..=rest.len().min(16) {
            let Some(word) = rest.get(..end) else { continue };
            for &(kind, weight) in LEXICON.exact.get(word).into_iter().flatten() {
                found.push((word, kind, weight));
            }
        }
        for &(stem, kind, weight) in stems_of(rest) {
            if stem.len() >= 5 && rest.starts_with(stem) {
                found.push((stem, kind, weight));
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
    listen(&fold(&letter.subject), 1.0, false, &mut scores);
    listen(&fold(letter.foot()), 0.7, false, &mut scores);
    let text = &letter.page.text;
    let mut end = text.len().min(TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut body: Scores = [0.0; KINDS];
    listen(&fold(&text[..end]), 1.0, false, &mut body);
    for (score, said) in scores.iter_mut().zip(body) {
        // A long text says everything a little.
        *score += 2.0 * said.sqrt();
    }
    hosts_say(letter, &mut scores);
    markup_says(letter, &mut scores);
    if let Some(order) = order {
        order_says(order, &mut scores);
    }
    prior(category, &mut scores);
    let best = (0..KINDS).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0);
    ActorKind::ALL[best]
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

/// Goods that were ordered, sent and priced one by one come from a shop; a parcel without an order
/// comes from who carries it.
fn order_says(order: &Order, scores: &mut Scores) {
    let goods = order.lines.iter().any(|l| l.sku.is_some() || l.gtin.is_some());
    let priced = order.lines.iter().any(|l| l.total.is_some() || l.unit_price.is_some());
    let sent = order.shipping.is_some() || order.number.is_some() && !order.parcels.is_empty();
    let carried = order.number.is_none() && order.lines.is_empty() && !order.parcels.is_empty();
    for (said, kind, weight) in [
        (goods, ActorKind::Merchant, 3.0),
        (priced, ActorKind::Merchant, 1.5),
        (sent, ActorKind::Merchant, 4.0),
        (carried, ActorKind::Transport, 2.5),
    ] {
        if let (true, Some(i)) = (said, place(kind)) {
            scores[i] += weight;
        }
    }
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
