//! Codes to type at a checkout: where one stands and what says that it is one.

use super::wording::{Hit, Set, Wording};
use crate::letter::words::fold;
use std::ops::Range;

/// A code and how sure it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// Bytes of the page's text.
    pub at: Range<usize>,
    /// How it was recognised.
    pub by: By,
}

/// What says that a word is a code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum By {
    /// It stands in a sentence of an offer after "with", or alone on its line near one.
    Offer,
    /// "code".
    Label,
    /// "promo code", "voucher".
    PromoLabel,
}

/// Abbreviations that are never codes.
const ABBREVIATIONS: &[&str] = &[
    "TVA", "TTC", "EUR", "USD", "GBP", "CHF", "VAT", "MWST", "INKL", "IBAN", "BIC", "SIRET",
    "SIREN", "RCS", "SARL", "GMBH", "HTTP", "HTTPS", "HTML", "ISBN", "RGPD", "GDPR", "DSGVO",
    "PDF", "FAQ", "CGV", "AGB", "CODE", "USB-C", "UTC", "CEST",
];
/// Words of headlines: codes only where a label leads straight to them.
const HEADLINES: &[&str] = &[
    "PROMO",
    "NEWS",
    "SALE",
    "GRATUIT",
    "OFFERT",
    "SOLDES",
    "NOUVEAU",
    "NEW",
    "FREE",
    "RABATT",
    "SCONTO",
    "OFERTA",
    "DESCUENTO",
    "NOW",
    "EXCLUSIF",
    "VALABLE",
    "VALID",
    "EXTRA",
    "BONUS",
    "SECRET",
    "UNIQUE",
];

/// Bytes between a label and its code at most.
const LABEL_REACH: usize = 160;

/// All codes of a text, in order.
pub fn find(text: &str, wording: &Wording) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for line in lines(text) {
        let content = &text[line.clone()];
        // Only behind a phrase, or alone on its line, is a word looked at.
        let alone = || !content.trim().contains(char::is_whitespace);
        if !may_hold_one(content) {
            continue;
        }
        if !alone() && !wording.ends_within(line.start.saturating_sub(LABEL_REACH), line.end) {
            continue;
        }
        for token in tokens(content) {
            let at = line.start + token.start..line.start + token.end;
            let word = &text[at.clone()];
            let Some(shape) = Shape::of(word) else { continue };
            let by = label_before(text, &at, shape, wording, found.last().map(|f| &f.at))
                .or_else(|| in_offer(text, &line, &at, shape, wording));
            if let Some(by) = by {
                found.push(Found { at, by });
            }
        }
    }
    found
}

/// The cheap refusal: neither a digit nor three signs in a row that are no small letters, which a
/// code has at least ([`Shape::of`]).
fn may_hold_one(line: &str) -> bool {
    let mut row = 0;
    line.bytes().any(|b| {
        let is_of_code = !b.is_ascii() || b.is_ascii_uppercase() || matches!(b, b'-' | b'_');
        row = if is_of_code { row + 1 } else { 0 };
        b.is_ascii_digit() || row >= 3
    })
}

/// The code that an address carries to a basket, by the name of its parameter.
pub fn in_address(href: &str) -> Option<&str> {
    const KEYS: [&str; 18] = [
        "coupon",
        "couponcode",
        "discount",
        "discountcode",
        "promo",
        "promocode",
        "promotion",
        "voucher",
        "vouchercode",
        "gutschein",
        "gutscheincode",
        "rabattcode",
        "codepromo",
        "codeavantage",
        "cupon",
        "codigopromocional",
        "codicesconto",
        "redeem",
    ];
    let query = href.split_once('?').map_or("", |(_, q)| q);
    let query = query.split('#').next().unwrap_or(query);
    let named =
        query.split(['&', ';']).filter_map(|pair| pair.split_once('=')).find_map(|(k, v)| {
            let key: String = k
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|c| c.to_ascii_lowercase())
                .collect();
            KEYS.contains(&key.trim_start_matches("amp")).then_some(v)
        });
    let path = href.split(['?', '#']).next().unwrap_or(href);
    let in_path = || {
        let (_, rest) = path.split_once("/discount/").or_else(|| path.split_once("/coupon/"))?;
        rest.split('/').next()
    };
    named.or_else(in_path).filter(|code| Shape::of(code).is_some())
}

/// How much a word looks like a code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shape {
    /// Capitals and digits: `SUMMER25`.
    Mixed,
    /// Capitals only: `WELCOME`.
    Capitals,
    /// Anything else that a label may make a code: `bienvenue10`, `84512`.
    Weak,
}

impl Shape {
    fn of(word: &str) -> Option<Shape> {
        // Nearly every word: small letters and no digit.
        let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
        if has(u8::is_ascii_lowercase) && !has(u8::is_ascii_digit) {
            return None;
        }
        let bare = word.trim_matches(['-', '_']);
        let chars = bare.chars().count();
        if !(3..=24).contains(&chars) || bare.len() != word.len() {
            return None;
        }
        if !word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
            return None;
        }
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = !word.chars().any(char::is_lowercase);
        match (capitals, letters, digits) {
            (_, 0, 4..) => Some(Shape::Weak),
            (true, 1.., 1..) => Some(Shape::Mixed),
            (true, 4.., 0) if ABBREVIATIONS.contains(&word) => None,
            (true, 4.., 0) => Some(Shape::Capitals),
            (true, 3, 0) if !ABBREVIATIONS.contains(&word) => Some(Shape::Weak),
            (false, 3.., 1..) => Some(Shape::Weak),
            _ => None,
        }
    }
}

/// The label whose code this word is: close before it in the same sentence, or at the end of the
/// line above.
fn label_before(
    text: &str,
    at: &Range<usize>,
    shape: Shape,
    wording: &Wording,
    taken: Option<&Range<usize>>,
) -> Option<By> {
    let label =
        wording.before(at.start, LABEL_REACH, &[Set::PromoLabel, Set::Label, Set::OtherCode])?;
    let between = &text[label.at.end..at.start];
    let colon = between.trim_end().ends_with(':');
    let broken = between.contains('\n') && !colon && !between.trim().is_empty();
    if between.matches('\n').count() > 2 || broken || sentence_ends(between) {
        return None;
    }
    // The code nearest to a label is the one that it announces.
    if taken.is_some_and(|code| code.start >= label.at.end) {
        return None;
    }
    let words = between.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let (mut count, mut amounts) = (0, false);
    for word in words {
        count += 1;
        amounts |= word.chars().all(|c| c.is_ascii_digit());
    }
    let (most, needs) = match (shape, label.set) {
        (_, Set::OtherCode) => return None,
        (Shape::Weak, Set::PromoLabel) => (2, colon || count == 0),
        (Shape::Weak, _) => (1, colon && text[at.clone()].chars().any(char::is_alphabetic)),
        (Shape::Capitals, _) if colon => (8, true),
        (Shape::Capitals, _) => (4, count <= 2 || between.contains(['"', '«', '“', '„'])),
        (Shape::Mixed, _) => (8, true),
    };
    if count > most || !needs || amounts && !colon {
        return None;
    }
    if shape == Shape::Capitals {
        // "CODE PROMO VALABLE CE WEEK-END": a line in capitals holds words, not codes.
        let word = &text[at.clone()];
        let common = HEADLINES.contains(&word) || is_small(word);
        if shouts(text, at) && (common || count > 0 && !colon) || common && count > 0 && !colon {
            return None;
        }
    }
    Some(if label.set == Set::PromoLabel { By::PromoLabel } else { By::Label })
}

/// Without a label: `-20 % avec BALADE20`, or a code alone on its line below an offer.
fn in_offer(
    text: &str,
    line: &Range<usize>,
    at: &Range<usize>,
    shape: Shape,
    wording: &Wording,
) -> Option<By> {
    if shape != Shape::Mixed || text[at.clone()].len() < 5 {
        return None;
    }
    let starts_with_letter = text[at.clone()].starts_with(char::is_alphabetic);
    let lead = wording.before(at.start, 24, &[Set::With, Set::OtherCode]);
    let led = lead.is_some_and(|l| {
        l.set == Set::With
            && text[l.at.end..at.start].trim_matches([' ', '\u{a0}', '"', '«', '“', ':']).is_empty()
    });
    let alone = text[line.clone()].trim() == &text[at.clone()];
    // `Gutschein über 5,00 € für Ihren nächsten Einkauf: MERCI-20DC`
    let (before, after) = (&text[line.start..at.start], &text[at.end..line.end]);
    let closes = before.trim_end().ends_with(':') && after.trim().trim_matches('.').is_empty();
    // `STRIDE10 takes £10 off if …`
    let acts =
        after.split_whitespace().next().is_some_and(|word| ACTS.contains(&fold(word).as_str()))
            && (before.trim().is_empty() || before.trim_end().ends_with(['.', '!', '?', ':']));
    let led = led || closes || acts;
    let near = if led { line.clone() } else { around(text, line, 160) };
    let promised = super::terms::gives_something(text, &near, wording);
    ((led || alone) && starts_with_letter && promised).then_some(By::Offer)
}

/// What a code does, right behind it.
const ACTS: [&str; 14] = [
    "takes", "gives", "saves", "gets", "unlocks", "donne", "offre", "retire", "gibt", "bringt",
    "spart", "da", "regala", "quita",
];

/// A line's range with as many bytes before and after.
fn around(text: &str, line: &Range<usize>, bytes: usize) -> Range<usize> {
    let mut start = line.start.saturating_sub(bytes);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (line.end + bytes).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// Whether the words beside this one are in capitals too.
fn shouts(text: &str, at: &Range<usize>) -> bool {
    let start = text[..at.start].rfind('\n').map_or(0, |i| i + 1);
    let end = text[at.end..].find('\n').map_or(text.len(), |i| at.end + i);
    let others = [&text[start..at.start], &text[at.end..end]];
    let words = || others.iter().flat_map(|o| o.split_whitespace()).filter(|w| w.len() > 2);
    words().count() > 1 && words().all(|w| !w.chars().any(char::is_lowercase))
}

/// Whether a word in capitals is an everyday word.
fn is_small(word: &str) -> bool {
    crate::language::is_small_word(&fold(word))
}

fn sentence_ends(between: &str) -> bool {
    between.contains(['!', '?'])
        || between
            .match_indices('.')
            .any(|(i, _)| between[i + 1..].chars().next().is_none_or(char::is_whitespace) && i > 0)
}

fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split('\n').flat_map(move |line| {
        let start = at;
        at += line.len() + 1;
        let mut cell = start;
        line.split('\t').map(move |c| {
            let range = cell..cell + c.len();
            cell += c.len() + 1;
            range
        })
    })
}

/// Words of a line with the hyphens inside; addresses of pages and mails are skipped.
fn tokens(line: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let is_address =
        |word: &str| word.contains("://") || word.contains('@') || word.contains("www.");
    let has_address = is_address(line);
    for word in split_at(line, char::is_whitespace) {
        if has_address && is_address(&line[word.clone()]) {
            continue;
        }
        let part = &line[word.clone()];
        for inner in split_at(part, |c| !c.is_alphanumeric() && !matches!(c, '-' | '_')) {
            out.push(word.start + inner.start..word.start + inner.end);
        }
    }
    out
}

fn split_at(text: &str, ends: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices() {
        match (ends(c), start) {
            (false, None) => start = Some(i),
            (true, Some(s)) => {
                out.push(s..i);
                start = None;
            }
            _ => {}
        }
    }
    out.extend(start.map(|s| s..text.len()));
    out
}

impl Hit {
    /// Whether the hit lies wholly inside another.
    pub fn inside(&self, other: &Hit) -> bool {
        other.at.start <= self.at.start && self.at.end <= other.at.end && self.at != other.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        let wording = Wording::of(text);
        find(text, &wording).into_iter().map(|f| text[f.at].to_owned()).collect()
    }

    #[test]
    fn a_label_or_an_offer_makes_a_code() {
        for (text, expected) in [
            ("Avec le code PRIMEVERE, -15 % sur tout.", "PRIMEVERE"),
            ("Votre code promo : bienvenue10", "bienvenue10"),
            ("-12 % chez nos voisins avec VOISIN12.", "VOISIN12"),
            ("20 % Rabatt mit HERBST20", "HERBST20"),
            ("Use code WELCOME at checkout for 10% off.", "WELCOME"),
            ("Usa el código OTOÑO20 y ahorra un 20 %.", "OTOÑO20"),
            ("Code à saisir dans le panier : DOUCEURS", "DOUCEURS"),
            ("CODE PROMO\nMAI2026", "MAI2026"),
        ] {
            assert_eq!(codes(text), [expected], "{text}");
        }
    }

    #[test]
    fn other_codes_and_words_in_capitals_are_none() {
        for text in [
            "Code postal : 44000 NANTES",
            "Votre code de vérification est 482913",
            "Sicherheitscode: AB12CD",
            "CODE PROMO VALABLE CE WEEK-END SEULEMENT",
            "Le code de retrait de votre colis : K7P2",
            "Casque XR500 à 49,90 €",
            "Your booking code is QX7T2P.",
        ] {
            assert_eq!(codes(text), [""; 0], "{text}");
        }
    }
}
