//! What the words around a sum say of it where they are no label: a price by the kilo, a former
//! price, a part of another.

use super::figures::Figure;
use super::sheet::{Sheet, Span};
use crate::grammar::fold::{fold, words};

/// What prices are compared by, beside a number of them.
const MEASURES: [&str; 22] = [
    "kg",
    "g",
    "l",
    "cl",
    "ml",
    "dl",
    "kilo",
    "kilos",
    "litre",
    "liter",
    "litro",
    "lt",
    "lb",
    "lbs",
    "oz",
    "m2",
    "qm",
    "mq",
    "kwh",
    "kilogramme",
    "kilogramm",
    "gr",
];
/// What may stand between a price and its measure: `18,00 € le litre`.
const PER: [&str; 16] = [
    "le", "la", "al", "el", "je", "per", "par", "pro", "por", "the", "a", "il", "au", "der", "das",
    "di",
];
/// What begins a former price, or another's.
const FORMER: [&str; 22] = [
    "was",
    "statt",
    "anstatt",
    "au lieu de",
    "instead of",
    "antes",
    "prima",
    "invece di",
    "anziche",
    "en lugar de",
    "en vez de",
    "rrp",
    "uvp",
    "msrp",
    "previously",
    "avant",
    "vorher",
    "prix conseille",
    "prix barre",
    "prix de depart",
    "precio anterior",
    "prezzo precedente",
];
/// What begins a part that the price holds already.
const PARTS: [&str; 13] = [
    "dont",
    "davon",
    "darin",
    "of which",
    "including",
    "incl",
    "inkl",
    "di cui",
    "de los cuales",
    "de las cuales",
    "incluye",
    "incluido",
    "incluso",
];

/// Notes on a figure without a label what its own line says. `from` is where the words before it
/// begin.
pub(super) fn tell(sheet: &Sheet, figure: &mut Figure, from: u32, line: &Span) {
    if is_rate(sheet.at(&(figure.span.end..line.end))) {
        figure.is_aside = true;
        return;
    }
    let words = sheet.at(&(from.min(figure.span.start)..figure.span.start));
    let part = words.rsplit(['–', '·', '|', '(', ',']).next().unwrap_or_default();
    let part = fold(part.trim_start_matches(|c: char| !c.is_alphanumeric()));
    let before = fold(words);
    let before = before.trim_matches(|c: char| !c.is_alphanumeric());
    if is_former(before) {
        figure.is_struck = true;
    }
    if begins_with(&part, &PARTS) {
        (figure.is_aside, figure.role) = (true, None); // `dont éco-participation 0,42 €`
    }
}

/// Whether folded words say no more than that a price is a former one: `was`, `au lieu de`.
pub(super) fn is_former(before: &str) -> bool {
    FORMER
        .iter()
        .any(|w| before.strip_suffix(w).is_some_and(|rest| rest.is_empty() || rest.ends_with(' ')))
}

fn begins_with(text: &str, list: &[&str]) -> bool {
    list.iter().any(|w| {
        text.strip_prefix(w).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    })
}

/// `€/kg`, ` / 100 g`, ` le litre`: what stands right behind a price makes it one by measure.
fn is_rate(behind: &str) -> bool {
    let near = behind.char_indices().nth(24).map_or(behind, |(end, _)| &behind[..end]);
    let text = fold(near);
    let bare = text.trim_start();
    let (rest, is_said) = match bare.strip_prefix('/') {
        Some(rest) => (rest, true),
        None => (bare, false),
    };
    let mut all = words(rest).map(|(_, w)| w).peekable();
    let is_per = all.next_if(|w| PER.contains(w)).is_some();
    if !(is_said || is_per) {
        return false;
    }
    all.next_if(|w| matches!(*w, "1" | "10" | "100" | "1000"));
    // `100g`
    let last = all.next().unwrap_or_default().trim_start_matches(|c: char| c.is_ascii_digit());
    MEASURES.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_by_the_kilo_is_told_from_one_by_the_piece() {
        for text in
            ["/kg", " / 100 g", " le litre)", " al litro", " per kg", "/l", " je kg", "/100g"]
        {
            assert!(is_rate(text), "{text}");
        }
        for text in ["", " / pièce", "/mois", " x 2", " le lot", " l", " par personne", "/m"] {
            assert!(!is_rate(text), "{text}");
        }
    }

    #[test]
    fn a_former_price_is_told_by_the_word_before_it() {
        for text in ["was", "pull au lieu de", "statt"] {
            assert!(is_former(text), "{text}");
        }
        assert!(!is_former("crawlwas"));
    }
}
