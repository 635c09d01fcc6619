//! Names that others chose: kept from reordering the words around them, and the letter and hue
//! that stand for a picture.

use std::borrow::Cow;

/// A foreign name as it may stand inside one of our sentences (UAX #9): its own direction marks are
/// dropped, and where it holds right-to-left letters it is isolated (U+2068 … U+2069), so that it
/// cannot turn the rest of the line. In markup, `<bdi>` does the same.
pub fn isolate(name: &str) -> Cow<'_, str> {
    if name.is_ascii() && !name.bytes().any(|b| b.is_ascii_control()) {
        return Cow::Borrowed(name);
    }
    let hostile = |c: char| c.is_control() || is_direction_mark(c);
    let clean: Cow<'_, str> = match name.chars().any(hostile) {
        true => Cow::Owned(name.chars().filter(|c| !hostile(*c)).collect()),
        false => Cow::Borrowed(name),
    };
    match clean.chars().any(is_right_to_left) {
        true => Cow::Owned(format!("\u{2068}{clean}\u{2069}")),
        false => clean,
    }
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The blocks of the right-to-left scripts (Hebrew, Arabic, Syriac, Thaana, NKo and their forms).
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1eeff}')
}

/// The letter of an actor's picture, and which of the twelve hues of the style sheet it takes: the
/// same name always has the same.
pub fn letter_and_hue(name: &str) -> (String, u8) {
    let letter = name.chars().find(|c| c.is_alphanumeric()).unwrap_or('·');
    // FNV-1a: short, stable across releases, spread enough for twelve hues.
    let hash = name.to_lowercase().bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (letter.to_uppercase().collect(), ((hash >> 7) % 12) as u8)
}

/// `pickupPoint` and `pickup_point` as `pickup-point`: a part of a sentence's key.
pub fn kebab(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('-');
        }
        out.push(if c == '_' { '-' } else { c.to_ascii_lowercase() });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_turn_the_line_around_it() {
        assert_eq!(isolate("Électro Vauban"), "Électro Vauban");
        assert_eq!(isolate("دار الكتب"), "\u{2068}دار الكتب\u{2069}");
        assert_eq!(isolate("evil\u{202e}gnp.exe"), "evilgnp.exe");
        assert_eq!(isolate("two\nlines"), "twolines");
    }

    #[test]
    fn a_picture_is_a_letter_on_the_hue_of_the_name() {
        let (letter, hue) = letter_and_hue("  «électro» Vauban");
        assert_eq!(letter, "É");
        assert!(hue < 12);
        assert_eq!(letter_and_hue("Fnac").1, letter_and_hue("FNAC").1);
        assert_eq!(letter_and_hue("…").0, "·");
    }
}
