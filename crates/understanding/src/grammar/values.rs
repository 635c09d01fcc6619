//! What an attribute of a product may be when nothing names it: `Rouge`, `M, Bleu`, `40x60 cm`.

use super::fold::{fold, words};
use std::collections::HashSet;
use std::sync::LazyLock;

static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/values.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

const UNITS: [&str; 26] = [
    "cm", "mm", "m", "ml", "cl", "l", "g", "kg", "gb", "go", "to", "tb", "w", "v", "an", "ans",
    "mois", "year", "years", "months", "jahre", "monate", "anos", "meses", "anni", "mesi",
];

/// Whether a text is nothing but values, parted by commas or slashes: each is a size, or half of
/// its words are colours, stuffs and the like.
pub fn are_values(text: &str) -> bool {
    let is_capital =
        text.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let folded = fold(text);
    let mut parts = folded.split([',', '/']).map(str::trim).peekable();
    parts.peek().is_some()
        && parts.all(|part| {
            let all: Vec<&str> = words(part).map(|w| w.1).collect();
            let is_number = |w: &str| w.len() <= 3 && w.bytes().all(|b| b.is_ascii_digit());
            let is_known = |w: &str| {
                WORDS.contains(w) || w.strip_suffix('s').is_some_and(|w| WORDS.contains(w))
            };
            let known = all.iter().filter(|w| is_known(w)).count();
            let numbers = all.iter().filter(|w| is_number(w)).count();
            // `Vert sapin` begins as values are written, `édition bois` as names go on.
            let half = known * 2 >= all.len() && (is_capital || known + numbers == all.len());
            is_size(part) || (1..=3).contains(&all.len()) && known > 0 && half
        })
}

/// `38`, `250 ml`, `40x60 cm`, `90 x 190`, `6-18 mois`.
fn is_size(part: &str) -> bool {
    let mut has_digit = false;
    let fits = part.split_whitespace().flat_map(|w| w.split(['x', '-'])).all(|w| {
        let digits = w.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        has_digit |= digits > 0;
        digits <= 4 && (w.len() == digits || UNITS.contains(&&w[digits..]))
    });
    fits && has_digit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_from_the_rest_of_a_name() {
        for text in
            ["Rouge", "M, Bleu marine", "40x60 cm", "Forest Green", "250 ml", "38 / Noir", "XL"]
        {
            assert!(are_values(text), "{text}");
        }
        for text in
            ["Lyon", "Gaël Faye", "Herringbone", "sachet 100 g", "", "monthly", "édition bois"]
        {
            assert!(!are_values(text), "{text}");
        }
    }
}
