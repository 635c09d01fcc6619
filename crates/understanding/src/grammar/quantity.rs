//! How many: `2`, `x2`, `2 x`, `Qté : 2`, `2 Stk.`, `1,5 kg`.

use super::fold::fold;
use mesinfos_reading::limits;

/// Words that may follow a number of pieces.
const PIECES: &[&str] = &[
    "x",
    "×",
    "ea",
    "each",
    "unit",
    "units",
    "item",
    "items",
    "pcs",
    "pc",
    "pce",
    "pces",
    "piece",
    "pieces",
    "stk",
    "stck",
    "stuck",
    "st",
    "ud",
    "uds",
    "unidad",
    "unidades",
    "unite",
    "unites",
    "unit",
    "units",
    "pz",
    "pezzo",
    "pezzi",
    "item",
    "items",
    "article",
    "articles",
    "artikel",
    "articulo",
    "articulos",
    "articolo",
    "articoli",
    "exemplaire",
    "exemplaires",
    "ex",
    "copies",
    "copy",
    "passager",
    "passagers",
    "passenger",
    "passengers",
    "billet",
    "billets",
    "ticket",
    "tickets",
    "place",
    "places",
    "personne",
    "personnes",
    "person",
    "persons",
    "people",
    "adulte",
    "adultes",
    "adult",
    "adults",
    "nuit",
    "nuits",
    "night",
    "nights",
    "nacht",
    "nachte",
    "noche",
    "noches",
    "notte",
    "notti",
    "personen",
    "personas",
    "persone",
    "pasajeros",
    "passeggeri",
    "fois",
    "mal",
    "lot",
    "lots",
    "boite",
    "boites",
    "paquet",
    "paquets",
    "bouteille",
    "bouteilles",
    "bottle",
    "bottles",
    "flasche",
    "flaschen",
    "bottiglia",
    "bottiglie",
    "botella",
    "botellas",
    "etui",
    "etuis",
    "carton",
    "cartons",
    "caisse",
    "caisses",
    "cassa",
    "casse",
    "case",
    "cases",
    "kiste",
    "kisten",
    "caja",
    "cajas",
    "dose",
    "dosen",
    "packung",
    "packungen",
    "confezione",
    "confezioni",
    "rouleau",
    "rouleaux",
    "paire",
    "paires",
    "paar",
    "pair",
    "pairs",
    "sachet",
    "sachets",
    "pack",
    "packs",
    "karten",
    "tarif",
    "off",
    "fl",
    "ej",
    "ejemplar",
    "ejemplares",
    "bt",
    "btl",
];
/// Those that count whatever is named behind them.
const COUNTS: [&str; 13] =
    ["stuck", "stk", "stck", "st", "pcs", "pz", "uds", "ud", "pce", "off", "fl", "ej", "ex"];

/// Units by weight, length or volume, with the thousandths that one is.
const MEASURES: &[(&str, i64)] = &[
    ("kg", 1000),
    ("kilo", 1000),
    ("kilos", 1000),
    ("l", 1000),
    ("litre", 1000),
    ("litres", 1000),
    ("m", 1000),
    ("g", 1),
    ("gr", 1),
    ("lb", 1000),
    ("lbs", 1000),
    ("kwh", 1000),
    ("h", 1000),
];

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}')
}

/// Reads a whole text (a cell) as a quantity, in thousandths. At most
/// [`limits::ORDER_QUANTITY`].
pub fn whole(text: &str) -> Option<i64> {
    let folded = fold(text);
    let t = folded
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '(' | ')' | '*'));
    let t = t.strip_prefix("x").map_or(t, str::trim_start);
    let len = t.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
    let (number, rest) = t.split_at(len);
    let value = number_of(number)?;
    // `0,323 kg x`: the price of a kilo follows.
    let unit = rest.trim().trim_end_matches('.');
    let unit = unit.strip_suffix(" x").unwrap_or(unit);
    // `6 bottles (1 case)`, `5 étui(s)`: what stands in brackets says the same again.
    let unit = match unit.split_once('(') {
        Some((unit, inside)) if !inside.contains(' ') || inside.starts_with(char::is_numeric) => {
            unit.trim()
        }
        _ => unit,
    };
    if unit.is_empty() || PIECES.contains(&unit) {
        return Some(value).filter(|v| *v > 0);
    }
    MEASURES
        .iter()
        .find(|(u, _)| *u == unit)
        .map(|(_, per)| value.saturating_mul(*per) / 1000)
        .filter(|v| *v > 0)
}

/// `2 Stk.`, `3 uds`: a count with a word that counts whatever it stands by.
pub fn pieces(text: &str) -> Option<i64> {
    let (count, unit) = text.trim().split_once(is_gap)?;
    let fits = COUNTS.contains(&fold(unit).trim_end_matches('.'));
    number_of(count).filter(|n| fits && n % 1000 == 0 && *n > 0)
}

/// A number of at most [`limits::ORDER_QUANTITY`], with up to three decimals, in thousandths.
fn number_of(number: &str) -> Option<i64> {
    let (units, rest) = match number.split_once([',', '.']) {
        Some((u, r)) => (u, r),
        None => (number, ""),
    };
    if units.is_empty()
        || units.len() > 5
        || rest.len() > 3
        || !rest.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let value = units.parse::<i64>().ok()? * 1000 + format!("{rest:0<3}").parse::<i64>().ok()?;
    Some(value).filter(|v| *v <= limits::ORDER_QUANTITY * 1000)
}

/// A quantity that begins a line: `2x Frites`, `2 x Plein tarif`, `3 × Café`. Returns it and where
/// the rest begins.
pub fn leading(text: &str) -> Option<(i64, usize)> {
    let t = text.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '•' | '·' | '*' | '-' | '–' | '(')
    });
    let skipped = text.len() - t.len();
    let t2 = t
        .strip_prefix(['x', '×', 'X'])
        .filter(|r| r.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    if let Some(after) = t2 {
        // `x2 Frites`
        let after = after.trim_start();
        let len = after.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &after[len..];
        if len <= 3 && rest.starts_with(char::is_whitespace) {
            return Some((after[..len].parse::<i64>().ok()? * 1000, text.len() - rest.len()))
                .filter(|q| q.0 > 0);
        }
        return None;
    }
    let len = t.bytes().take_while(u8::is_ascii_digit).count();
    if len == 0 || len > 4 {
        return None;
    }
    let rest = &t[len..];
    // `2 Stück Winterreifen`: pieces, and nothing that is packed.
    if let Some((unit, name)) = rest.trim_start().split_once(char::is_whitespace)
        && COUNTS.contains(&fold(unit).trim_end_matches('.'))
        && rest.starts_with(char::is_whitespace)
        // `1 pz - Trenino`
        && let name = name.trim_start_matches(['-', '–', '—', ':']).trim_start()
        && name.starts_with(char::is_alphanumeric)
    {
        let at = text.len() - name.len();
        return Some((t[..len].parse::<i64>().ok()? * 1000, at)).filter(|q| q.0 > 0);
    }
    // `5 étui(s) Éthiopie`: a program that counts writes its plurals so.
    if let Some((unit, _)) = rest.trim_start().split_once("(s) ")
        && unit.chars().all(char::is_alphabetic)
    {
        let at = text.len() - rest.len() + rest.find("(s) ")? + 4;
        return Some((t[..len].parse::<i64>().ok()? * 1000, at)).filter(|q| q.0 > 0);
    }
    let gap = rest.len() - rest.trim_start().len();
    let sign = rest.trim_start();
    let c = sign.chars().next()?;
    let after = &sign[c.len_utf8()..];
    let fits = match c {
        '×' | '*' => true,
        'x' | 'X' => {
            after.starts_with(|c: char| c.is_whitespace() || c == ':')
                || (gap == 0 && after.starts_with(|c: char| c.is_uppercase()))
        }
        _ => false,
    };
    if !fits {
        return None;
    }
    let at = skipped + len + gap + c.len_utf8();
    Some((t[..len].parse::<i64>().ok()? * 1000, at)).filter(|q| q.0 > 0)
}

/// A quantity that ends a line: `Café x 2`, `Café ×2`, `Café (x2)`. Returns it and where it begins.
pub fn trailing(text: &str) -> Option<(i64, usize)> {
    let t = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ')' | ']' | '=' | ':' | '-' | '–' | '—' | '@' | '.' | ',')
    });
    let digits = t.bytes().rev().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return trailing_reversed(t).or_else(|| trailing_pieces(t));
    }
    let head = t[..t.len() - digits].trim_end();
    let c = head.chars().next_back()?;
    if !matches!(c, 'x' | 'X' | '×' | '*') {
        return None;
    }
    let before = &head[..head.len() - c.len_utf8()];
    // `45x45` and `240 x 220` are sizes, `Box 2` a name; `taille 38 × 1` is counted.
    let last = before.trim_end().chars().next_back();
    if last.is_none_or(|b| b.is_ascii_digit() && digits > 1)
        || before.chars().next_back().is_some_and(char::is_alphanumeric)
    {
        return None;
    }
    let start = before
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | ',' | '-' | '–'))
        .len();
    Some((t[t.len() - digits..].parse::<i64>().ok()? * 1000, start)).filter(|q| q.0 > 0)
}

/// `Médiators (x12) (4) @ 6,50 €`: a count that a sign parts from the price of one. Returns it and
/// where the rest ends.
pub fn before_price(text: &str) -> Option<(i64, usize)> {
    let at = text.find('@')?;
    let price = text[at + 1..].trim_start();
    if !price.starts_with(|c: char| c.is_ascii_digit() || !c.is_alphanumeric()) {
        return None; // an address
    }
    let head = text[..at].trim_end();
    let bare = head.strip_suffix(')').unwrap_or(head);
    let digits = bare.bytes().rev().take_while(u8::is_ascii_digit).count();
    let start = bare.len() - digits;
    let rest = bare[..start].trim_end_matches(['(', ' ', '\u{a0}']);
    let parted = rest.len() < start || start == 0;
    let count: i64 = bare[start..].parse().ok().filter(|n| (1..=999).contains(n) && parted)?;
    Some((count * 1000, rest.len()))
}

/// `Calcetines técnicos, Talla L - 3 uds`: pieces that a dash or a comma parts from the name.
fn trailing_pieces(t: &str) -> Option<(i64, usize)> {
    let (head, unit) = t.rsplit_once(is_gap)?;
    let digits = head.bytes().rev().take_while(u8::is_ascii_digit).count();
    let name = head[..head.len() - digits].trim_end();
    let bare = name.trim_end_matches(['-', '–', '—', ',']).trim_end();
    let is_parted = (1..=3).contains(&digits) && bare.len() < name.len() && !bare.is_empty();
    let count = head[head.len() - digits..].parse::<i64>().ok().filter(|n| *n > 0 && is_parted)?;
    COUNTS.contains(&fold(unit).as_str()).then_some((count * 1000, bare.len()))
}

/// `Café 2 x`, `Café (2x)` before an amount.
fn trailing_reversed(t: &str) -> Option<(i64, usize)> {
    let c = t.chars().next_back()?;
    if !matches!(c, 'x' | 'X' | '×') {
        return None;
    }
    let head = t[..t.len() - c.len_utf8()].trim_end();
    // `Moule à tajine - 2 pcs x`
    let unit = head.rfind(is_gap).map_or("", |at| &head[at..]);
    let is_unit = PIECES.contains(&fold(unit).trim().trim_end_matches('.'));
    let head = if is_unit { head[..head.len() - unit.len()].trim_end() } else { head };
    let digits = head.bytes().rev().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return None;
    }
    let before = &head[..head.len() - digits];
    if !before.is_empty()
        && !before.ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '['))
    {
        return None;
    }
    let start = before
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | ',' | '-' | '–'))
        .len();
    Some((head[head.len() - digits..].parse::<i64>().ok()? * 1000, start)).filter(|q| q.0 > 0)
}

/// A count right before the price of one: `12 bout. à`, `3 bottles at`, `3 à`.
pub fn of_pieces(text: &str) -> Option<i64> {
    const TO: [&str; 8] = ["a", "at", "zu", "je", "von", "de", "da", "x"];
    let folded = fold(text);
    let mut words = folded.split_whitespace();
    let count = words.next().filter(|w| w.len() <= 3)?.parse::<i64>().ok()?;
    let unit = words.next()?;
    if TO.contains(&unit) && unit != "x" && words.clone().next().is_none() {
        return (count > 0).then_some(count * 1000);
    }
    let is_short = unit.ends_with('.') && unit.len() <= 6;
    let to = words.next();
    // `2 spicchi ×`: the sign counts whatever stands before it.
    let is_sign = to.is_some_and(|w| matches!(w, "×" | "x" | "*" | "@"));
    let is_unit = is_short || is_sign || PIECES.contains(&unit.trim_end_matches('.'));
    let to = to.is_none_or(|w| TO.contains(&w)) || is_sign;
    (is_unit && to && words.next().is_none() && count > 0).then_some(count * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cell_that_is_a_quantity_is_read_in_each_style() {
        for (text, q) in [
            ("2", 2000),
            ("x2", 2000),
            ("2 x", 2000),
            ("× 3", 3000),
            ("2 Stk.", 2000),
            ("1,5 kg", 1500),
            ("0.750 kg", 750),
            ("2 passagers", 2000),
            ("10", 10_000),
            ("10000", limits::ORDER_QUANTITY * 1000),
        ] {
            assert_eq!(whole(text), Some(q), "{text}");
        }
        for text in ["", "Lampe", "12,90 €", "2021-01-01", "10001", "123456", "0"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn a_quantity_before_or_after_a_name_is_taken_off() {
        assert_eq!(leading("2x Frites"), Some((2000, 2)));
        assert_eq!(leading("2 x Plein tarif"), Some((2000, 3)));
        assert_eq!(leading("12 × Œufs"), Some((12_000, 5)));
        assert_eq!(leading("45x45 Coussin"), None);
        assert_eq!(leading("2 verres"), None);
        assert_eq!(trailing("Café x 2"), Some((2000, "Café".len())));
        assert_eq!(trailing("Café (x2)"), Some((2000, "Café".len())));
        assert_eq!(trailing("Coussin 45x45"), None);
        assert_eq!(trailing("Taille : 240 x 220"), None);
        assert_eq!(trailing("Xbox 2"), None);
        assert_eq!(before_price("Cordes (x6) (4) @ 6,50 €"), Some((4000, "Cordes (x6)".len())));
        assert_eq!(before_price("Stylo 2 @ 3.00"), Some((2000, "Stylo".len())));
        assert_eq!(before_price("claire@exemple.fr"), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}|[0-9x× (),.]{0,20}") {
            let _ = (whole(&text), leading(&text), trailing(&text));
        }
    }
}
