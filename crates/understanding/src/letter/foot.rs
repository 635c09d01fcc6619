//! The foot of a letter: where organisations say who they are by law.

use super::words::fold;
use std::ops::Range;

/// Lines that a foot has at most.
const LINES: usize = 12;

/// The last lines of a text, as a range of its bytes: from a signature mark (`--`) or a copyright
/// in the last half, else the last third.
pub fn foot(text: &str) -> Range<usize> {
    let mut starts: Vec<usize> = Vec::with_capacity(LINES);
    let mut at = text.len();
    let mut all = 0usize;
    let mut marked = None;
    for line in text.rsplit('\n') {
        let start = at - line.len().min(at);
        at = start.saturating_sub(1);
        if line.trim().is_empty() {
            continue;
        }
        all += 1;
        if starts.len() < LINES {
            starts.push(start);
            let opens = matches!(line.trim(), "--" | "-- " | "—") || line.contains('©');
            if opens && marked.is_none() {
                marked = Some(starts.len());
            }
        }
    }
    let third = (all / 3).clamp(1, LINES);
    let kept = marked.filter(|&m| m * 2 <= all + 1).unwrap_or(third).max(third.min(4));
    let start = starts.get(kept.min(starts.len()).wrapping_sub(1)).copied().unwrap_or(text.len());
    start..text.len()
}

/// A company's number in a text: SIRET or SIREN (whose last digit is a Luhn check), or the digits
/// after `RCS`, `USt-IdNr`, `P. IVA`, `CIF`, `Company No`.
pub fn company_number(text: &str) -> Option<String> {
    const MARKS: [&str; 8] =
        ["siret", "siren", "rcs", "ust-id", "p. iva", "p.iva", "cif", "company n"];
    let folded = fold(text);
    for mark in MARKS {
        let Some(i) = folded.find(mark) else { continue };
        let before = folded[..i].chars().next_back();
        if before.is_some_and(char::is_alphanumeric) {
            continue;
        }
        let rest: String = folded[i + mark.len()..].chars().take(40).collect();
        let digits: String = rest.chars().filter(char::is_ascii_digit).take(14).collect();
        if digits.len() >= 7 {
            return Some(digits);
        }
    }
    None
}

/// Whether a line names a company by its legal form: `SARL`, `GmbH`, `Ltd`, `S.r.l.`
pub fn has_legal_form(line: &str) -> bool {
    const FORMS: [&str; 22] = [
        "sarl", "sas", "sasu", "eurl", "sa", "sci", "scop", "ei", "snc", "gmbh", "ag", "kg", "ug",
        "ltd", "llc", "inc", "plc", "srl", "spa", "sl", "slu", "bv",
    ];
    line.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '-' | '|'))
        .filter(|w| w.chars().next().is_some_and(char::is_uppercase))
        .map(|w| fold(w).replace('.', ""))
        .any(|w| FORMS.contains(&w.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_foot_begins_at_the_mark_of_a_signature() {
        let text = "Bonjour\nun\ndeux\ntrois\nquatre\n--\nAtelier Lune\n3 rue Haute\n";
        assert!(text[foot(text)].starts_with("--"));
        assert_eq!(foot(""), 0..0);
    }

    #[test]
    fn company_numbers_and_forms_are_read() {
        assert_eq!(company_number("Siret 123 456 789 00011").as_deref(), Some("12345678900011"));
        assert_eq!(company_number("un circuit de 900 km"), None);
        assert!(has_legal_form("Lune SARL au capital de 1 000 €"));
        assert!(!has_legal_form("la sarl du coin"));
    }
}
