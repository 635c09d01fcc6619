//! What one text announces of an order's stage, and what speaks against an order: phrases in five
//! languages, conditions and negations heeded.

use crate::grammar::fold::{fold, words};
use crate::phrases::Beginnings;
use foldhash::HashMap;
use mesinfos_domain::OrderStatus;
use std::sync::LazyLock;

/// Phrases by their first word, longest first.
struct Phrases<T> {
    by_word: HashMap<&'static str, Vec<(Vec<&'static str>, T)>>,
    beginnings: Beginnings,
}

/// Words that introduce a stage by name, folded: `Status: done`.
const STATUS: [&str; 6] = ["status", "statut", "etat", "estado", "stato", "situacion"];
/// Everyday words that name a stage behind such a label only.
const ONLY_NAMED: [&str; 6] = ["done", "open", "retour", "hecho", "fatto", "fertig"];
/// How many words more a stage named so is worth.
const NAMED: i32 = 10;
/// Beginnings of words, folded, that name a payment: a stage that holds one says what it is about.
const PAYMENTS: [&str; 12] = [
    "paie",
    "paye",
    "payment",
    "pago",
    "pagament",
    "zahlung",
    "don",
    "spende",
    "cotisation",
    "adhesion",
    "prelevement",
    "contribution",
];

/// Words that name a meeting or a journey: one that is called off was booked.
const MEETINGS: [&str; 6] = ["rendez", "appointment", "termin", "cita", "appuntamento", "trajet"];

fn load<T: Copy>(file: &'static str, of: impl Fn(&str) -> Option<T>) -> Phrases<T> {
    let mut out: HashMap<&str, Vec<(Vec<&str>, T)>> = HashMap::default();
    let mut section = None;
    for line in file.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = of(name);
        } else if let Some(s) = section {
            let parts: Vec<&'static str> = weighty(line).map(|w| w.1).collect();
            if let Some(first) = parts.first() {
                out.entry(first).or_default().push((parts, s));
            }
        }
    }
    for list in out.values_mut() {
        list.sort_by_key(|(p, _)| std::cmp::Reverse(p.len()));
    }
    Phrases { beginnings: Beginnings::of(out.keys().copied()), by_word: out }
}

/// Words that say nothing of a stage: `a bien été payée`, `successfully booked`.
const FILLERS: [&str; 6] =
    ["bien", "successfully", "erfolgreich", "correctamente", "correttamente", "exito"];

pub(super) fn weighty(folded: &str) -> impl Iterator<Item = (usize, &str)> {
    words(folded).filter(|(_, word)| !FILLERS.contains(word))
}

/// Why a mail that names products is no order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoOrder {
    /// A left basket.
    Basket,
    /// Asks for a review.
    Review,
    /// A product is back, or cheaper.
    Stock,
    /// The owner of the mailbox sold something: an order, seen from the other side.
    Sale,
    /// A bank tells of a card or an account.
    Account,
    /// A price is asked for or named, nothing is ordered.
    Quote,
    /// Not a reason: words that take back what follows.
    Blocker,
}

static STAGES: LazyLock<Phrases<OrderStatus>> =
    LazyLock::new(|| load(include_str!("../../data/status.txt"), OrderStatus::from_code));
static REASONS: LazyLock<Phrases<NoOrder>> = LazyLock::new(|| {
    load(include_str!("../../data/not-orders.txt"), |name| match name {
        "basket" => Some(NoOrder::Basket),
        "review" => Some(NoOrder::Review),
        "stock" => Some(NoOrder::Stock),
        "sale" => Some(NoOrder::Sale),
        "account" => Some(NoOrder::Account),
        "quote" => Some(NoOrder::Quote),
        "blockers" => Some(NoOrder::Blocker),
        _ => None,
    })
});

/// Phrases of a folded text: what, where, how many words.
fn find<T: Copy>(phrases: &Phrases<T>, parts: &[(usize, &str)]) -> Vec<(T, usize, usize)> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < parts.len() {
        let word = parts[i].1;
        let list = phrases.beginnings.may_hold(word).then(|| phrases.by_word.get(word)).flatten();
        let found = list.and_then(|list| {
            list.iter().find(|(p, _)| {
                p.len() <= parts.len() - i
                    && p.iter().zip(&parts[i..]).skip(1).all(|(a, b)| *a == b.1)
            })
        });
        match found {
            Some((p, t)) => {
                out.push((*t, i, p.len()));
                i += p.len();
            }
            None => i += 1,
        }
    }
    out
}

/// A stage that a text announces.
pub(super) struct Said {
    pub status: OrderStatus,
    /// How many words say it.
    pub words: i32,
    /// Whether a label of status leads to it, and of the order rather than of its payment.
    is_named: bool,
    /// Whether its words name what it is about: `merci pour votre don`, `your table is booked`.
    pub says_it_all: bool,
}

impl Said {
    /// How much they say: one word more each, and more behind a label of status.
    pub fn weight(&self) -> i32 {
        self.words + if self.is_named { NAMED } else { 0 }
    }
}

/// The stages that one text announces, conditions and negations heeded.
pub(super) fn stages(text: &str) -> Vec<Said> {
    let folded = without_numbers(fold(text));
    let mut out = Vec::new();
    for sentence in folded.split(['.', '!', '?', ';', '\n']) {
        let parts: Vec<(usize, &str)> = weighty(sentence).collect();
        let hits = find(&STAGES, &parts);
        for (status, at, len) in hits {
            if is_label_of_address(sentence, &parts, at + len) {
                continue;
            }
            let phrase = &parts[at..at + len];
            let is_paid = phrase.iter().any(|(_, w)| PAYMENTS.iter().any(|p| w.starts_with(p)));
            let says_it_all = match status {
                OrderStatus::Booked => len > 2,
                OrderStatus::Cancelled => phrase.iter().any(|(_, w)| MEETINGS.contains(w)),
                OrderStatus::Paid => len > 2 && is_paid,
                _ => false,
            };
            let said = Said { status, words: len as i32, is_named: false, says_it_all };
            if is_named(&parts, at, len) {
                out.push(Said { is_named: true, ..said });
                continue;
            }
            // `Nous avons reçu votre message` is no receipt.
            let is_verb = parts[at].1 == "recu"
                && at
                    .checked_sub(1)
                    .is_some_and(|b| matches!(parts[b].1, "avons" | "avez" | "ai" | "a" | "ete"));
            if len == 1 && (is_verb || ONLY_NAMED.contains(&parts[at].1)) {
                continue;
            }
            let before = &parts[at.saturating_sub(7)..at];
            let near = &parts[at.saturating_sub(4)..at];
            let conditional = find(&REASONS, before).iter().any(|(r, i, _)| {
                *r == NoOrder::Blocker
                    && (is_condition(before[*i].1) || near.iter().any(|w| w.1 == before[*i].1))
            });
            if !conditional || len >= 4 {
                out.push(said);
            }
        }
    }
    out
}

/// A folded text with blanks for its numbers: `Bestellung #MB-71494 bestätigt`.
fn without_numbers(folded: String) -> String {
    let is_number = |t: &str| {
        t.contains(|c: char| c.is_ascii_digit())
            && t.bytes().filter(u8::is_ascii_digit).count() >= 3
    };
    if !is_number(&folded) {
        return folded;
    }
    let is_sign =
        |t: &str| matches!(t.trim_end().trim_end_matches(['.', '°', 'º']), "n" | "no" | "nr");
    let mut out = String::with_capacity(folded.len());
    let mut tokens = folded.split_inclusive(char::is_whitespace).peekable();
    while let Some(token) = tokens.next() {
        let leads = is_sign(token) && tokens.peek().is_some_and(|t| is_number(t));
        if leads || is_number(token) && token.is_ascii() {
            out.extend(
                token.chars().map(|c| if c.is_ascii_alphanumeric() || leads { ' ' } else { c }),
            );
        } else {
            out.push_str(token);
        }
    }
    out
}

/// Whether a stage closes a sentence that a label of status leads to: `The new status is: Done`.
fn is_named(parts: &[(usize, &str)], at: usize, len: usize) -> bool {
    let before = &parts[at.saturating_sub(5)..at];
    // `État du paiement : payé` says nothing of the parcel.
    let of_payment = before.iter().any(|(_, w)| PAYMENTS.iter().any(|p| w.starts_with(p)));
    at + len == parts.len()
        && !of_payment
        && before.iter().any(|(_, w)| {
            STATUS
                .iter()
                .any(|s| w.strip_suffix('s').unwrap_or(w).ends_with(s.trim_end_matches('s')))
        })
}

/// `Livré à : 8 impasse du Lavoir`, `Delivered to`: an address follows, nothing has arrived.
fn is_label_of_address(sentence: &str, parts: &[(usize, &str)], next: usize) -> bool {
    let is_small = |p: &&(usize, &str)| matches!(p.1, "a" | "to" | "an" | "en" | "in");
    let small = parts.get(next).filter(is_small).or(parts.get(next - 1).filter(is_small));
    small.and_then(|(at, word)| sentence.get(at + word.len()..)).is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.is_empty() || rest.starts_with(':')
    })
}

fn is_condition(word: &str) -> bool {
    matches!(
        word,
        "once"
            | "when"
            | "if"
            | "unless"
            | "lorsque"
            | "lorsqu"
            | "quand"
            | "des"
            | "si"
            | "sobald"
            | "wenn"
            | "falls"
            | "cuando"
            | "quando"
            | "appena"
            | "se"
            | "until"
            | "before"
            | "avant"
            | "bevor"
            | "prima"
            | "pouvez"
            | "can"
            | "puoi"
            | "puede"
            | "puedes"
            | "kannst"
            | "konnen"
    )
}

/// Whether a line announces a stage: it is then no product.
pub fn announces(text: &str) -> bool {
    stages(text).iter().any(|s| s.weight() >= 3)
}

/// Why a text that names products tells of no order, when it says so.
pub(super) fn reason(text: &str) -> Option<NoOrder> {
    let folded = fold(text);
    let parts: Vec<(usize, &str)> = words(&folded).collect();
    let mut reasons = find(&REASONS, &parts).into_iter().filter(|(reason, at, len)| {
        // `votre avis d’échéance` is a notice, `votre avis sur` an opinion.
        let is_notice = parts[at + len - 1].1 == "avis"
            && parts.get(at + len).is_some_and(|(_, w)| matches!(*w, "d" | "de"));
        *reason != NoOrder::Blocker && !is_notice
    });
    reasons.next().map(|(reason, ..)| reason)
}
