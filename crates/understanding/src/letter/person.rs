//! The marks of a person's hand: who signs, and how.

use super::words::{fold, words};
use mesinfos_reading::Address;

/// Last lines of a letter where its writer signs.
const LAST_LINES: usize = 12;

/// The line of a text where the person of this address signs: one of its last lines begins with
/// a word of the displayed name.
pub fn signature<'t>(text: &'t str, from: &Address) -> Option<&'t str> {
    let name = fold(&from.name);
    let names: Vec<&str> = words(&name).filter(|w| w.len() > 1).collect();
    if names.is_empty() || names.len() > 5 {
        return None;
    }
    text.lines()
        .rev()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('>'))
        .take(LAST_LINES)
        .find(|line| {
            let line = fold(line);
            let mut signed = words(&line);
            let first = signed.next();
            first.is_some_and(|w| names.contains(&w)) && signed.count() < 4
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_signed_by_a_name_of_its_own_line() {
        let from = Address { name: "Hélène Bonnet".into(), address: "h@x.example".into() };
        assert_eq!(
            signature("Coucou,\nà demain !\nHélène\n06 00 00 00 00\n", &from),
            Some("Hélène")
        );
        assert_eq!(
            signature("Bonjour,\nHélène Bonnet a passé la commande numéro 12 hier.\n", &from),
            None
        );
    }
}
