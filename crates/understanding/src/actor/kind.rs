//! What sort of organisation an actor is, by the words of its name, its domain and its mail.

use crate::Letter;
use crate::known::{self, Role};
use crate::letter::words::{fold, words};
use mesinfos_domain::{ActorKind, Category};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Bytes of text whose words are counted.
const TEXT: usize = 4_000;
const KINDS: usize = ActorKind::ALL.len();

#[derive(Default)]
struct Lexicon {
    exact: HashMap<&'static str, Vec<(usize, f32)>>,
    /// Stems by their first three bytes.
    stems: HashMap<&'static str, Vec<(&'static str, usize, f32)>>,
    /// Words of several parts, as they stand in folded text.
    phrases: Vec<(String, usize, f32)>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
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
                lexicon.phrases.push((word.trim_end_matches('*').replace('-', " "), kind, weight));
            } else if let Some(stem) = word.strip_suffix('*') {
                lexicon.stems.entry(&stem[..3]).or_default().push((stem, kind, weight));
            } else {
                lexicon.exact.entry(word).or_default().push((kind, weight));
            }
        }
    }
    lexicon
});

fn place(kind: ActorKind) -> Option<usize> {
    ActorKind::ALL.iter().position(|k| *k == kind)
}

type Scores = [f32; KINDS];

/// Adds what the words of a text say; each word counts once.
fn listen(folded: &str, times: f32, scores: &mut Scores) {
    let lexicon = &*LEXICON;
    let mut seen: HashSet<&str> = HashSet::new();
    for word in words(folded) {
        if word.len() < 2 || !seen.insert(word) {
            continue;
        }
        for &(kind, weight) in lexicon.exact.get(word).into_iter().flatten() {
            scores[kind] += weight * times;
        }
        if word.len() > 3 && word.is_char_boundary(3) {
            for &(stem, kind, weight) in lexicon.stems.get(&word[..3]).into_iter().flatten() {
                if word.starts_with(stem) {
                    scores[kind] += weight * times;
                }
            }
        }
    }
    for (phrase, kind, weight) in &lexicon.phrases {
        if folded.contains(phrase.as_str()) {
            scores[*kind] += weight * times;
        }
    }
}

/// Strong words that stand inside an unparted domain: `creditlittoral`, `hoteldesembruns`.
fn listen_inside(label: &str, scores: &mut Scores) {
    let mut found: Vec<(&str, usize, f32)> = Vec::new();
    let lexicon = &*LEXICON;
    let exact = lexicon.exact.iter().flat_map(|(w, l)| l.iter().map(move |&(k, x)| (*w, k, x)));
    let stems = lexicon.stems.values().flatten().map(|&(s, k, x)| (s, k, x));
    for (word, kind, weight) in exact.chain(stems) {
        if word.len() >= 5 && weight >= 2.0 && label.contains(word) {
            found.push((word, kind, weight));
        }
    }
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
) -> ActorKind {
    let mut scores: Scores = [0.0; KINDS];
    // Who takes bookings by a platform for doctors is a doctor.
    let through = via
        .and_then(known::platform)
        .filter(|p| matches!(p.role, Role::Booking | Role::Ticketing | Role::Portal));
    if let Some(kind) = through.and_then(|p| place(p.kind)) {
        scores[kind] += 4.0;
    }
    let name = fold(name);
    listen(&name, 3.0, &mut scores);
    if let Some(domain) = domain {
        let (label, ending) = domain.split_once('.').unwrap_or((domain, ""));
        let label = fold(label);
        listen(&label, 1.5, &mut scores);
        if !label.contains('-') && label.len() > 5 {
            listen_inside(&label, &mut scores);
        }
        ending_says(ending, &mut scores);
    }
    listen(&fold(&letter.subject), 1.0, &mut scores);
    listen(&fold(letter.foot()), 0.7, &mut scores);
    let text = &letter.page.text;
    let mut end = text.len().min(TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut body: Scores = [0.0; KINDS];
    listen(&fold(&text[..end]), 1.0, &mut body);
    for (score, said) in scores.iter_mut().zip(body) {
        // A long text says everything a little.
        *score += 2.0 * said.sqrt();
    }
    hosts_say(letter, &mut scores);
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
