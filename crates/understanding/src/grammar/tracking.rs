//! Parcel numbers: what shapes the carriers use, kept as data in `data/carriers.txt`.

use super::fold::{find_phrase, fold};
use std::ops::Range;
use std::sync::LazyLock;

/// What is known of one carrier.
pub struct Carrier {
    /// Its name; `S10` stands for the post offices' common shape (UPU S10).
    pub name: &'static str,
    /// As mails name it, folded.
    pub names: Vec<&'static str>,
    hosts: Vec<&'static str>,
    shapes: Vec<Shape>,
}

struct Shape {
    text: &'static str,
    sure: bool,
}

static CARRIERS: LazyLock<Vec<Carrier>> = LazyLock::new(|| {
    include_str!("../../data/carriers.txt")
        .lines()
        .filter(|l| !l.trim().is_empty() && !l.starts_with('#'))
        .filter_map(|line| {
            let mut parts = line.split(';').map(str::trim);
            let list = |p: Option<&'static str>| -> Vec<&'static str> {
                p.into_iter()
                    .flat_map(|p| p.split(','))
                    .map(str::trim)
                    .filter(|p| !p.is_empty())
                    .collect()
            };
            let name = parts.next()?;
            let (names, hosts) = (list(parts.next()), list(parts.next()));
            let shapes = list(parts.next())
                .into_iter()
                .map(|s| Shape { text: s.trim_start_matches('!'), sure: s.starts_with('!') })
                .collect();
            Some(Carrier { name, names, hosts, shapes })
        })
        .collect()
});

/// The carrier that this text names, the longest name first.
pub fn carrier_named(text: &str) -> Option<&'static Carrier> {
    let folded = fold(text);
    CARRIERS
        .iter()
        .flat_map(|c| c.names.iter().map(move |n| (c, *n)))
        .filter_map(|(c, n)| find_phrase(&folded, n).map(|at| (n.len(), std::cmp::Reverse(at), c)))
        .max_by_key(|(len, at, _)| (*len, *at))
        .map(|(_, _, c)| c)
}

/// The carrier whose tracking pages live on this host.
pub fn carrier_at(host: &str) -> Option<&'static Carrier> {
    let host = host.to_ascii_lowercase();
    CARRIERS.iter().find(|c| {
        c.hosts
            .iter()
            .any(|h| host == *h || host.strip_suffix(h).is_some_and(|rest| rest.ends_with('.')))
    })
}

fn fits(shape: &str, code: &str) -> bool {
    shape.len() == code.len()
        && shape.bytes().zip(code.bytes()).all(|(s, c)| match s {
            b'#' => c.is_ascii_digit(),
            b'@' => c.is_ascii_alphabetic(),
            b'?' => c.is_ascii_alphanumeric(),
            _ => s.eq_ignore_ascii_case(&c),
        })
}

/// The carrier whose shape this is without doubt; for S10 shapes the check digit must be right.
pub fn carrier_of_shape(code: &str) -> Option<&'static Carrier> {
    let found = CARRIERS.iter().find(|c| c.shapes.iter().any(|s| s.sure && fits(s.text, code)))?;
    let s10 = code.len() == 13
        && code.as_bytes()[..2].iter().all(u8::is_ascii_alphabetic)
        && code.as_bytes()[11..].iter().all(u8::is_ascii_alphabetic);
    (!s10 || s10_check(code)).then_some(found)
}

/// The check digit of UPU S10: weights 8 6 4 2 3 5 9 7, remainder of 11.
fn s10_check(code: &str) -> bool {
    let digits: Vec<u32> =
        code.bytes().skip(2).take(9).map(|b| u32::from(b.wrapping_sub(b'0'))).collect();
    let sum: u32 = digits.iter().take(8).zip([8, 6, 4, 2, 3, 5, 9, 7]).map(|(d, w)| d * w).sum();
    let check = match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        n => n,
    };
    digits.get(8) == Some(&check)
}

/// Whether this carrier uses numbers of this shape.
pub fn uses(carrier: &Carrier, code: &str) -> bool {
    carrier.shapes.iter().any(|s| fits(s.text, code))
}

/// Codes in a text whose shape is sure, with their carriers.
pub fn sure(text: &str) -> Vec<(Range<usize>, &'static Carrier)> {
    let mut found = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_ascii_alphanumeric() {
            start.get_or_insert(i);
        } else if let Some(from) = start.take() {
            let token = &text[from..i];
            if (10..=40).contains(&token.len())
                && token.bytes().any(|b| b.is_ascii_digit())
                && !token.bytes().any(|b| b.is_ascii_lowercase())
                && let Some(carrier) = carrier_of_shape(token)
            {
                found.push((from..i, carrier));
            }
        }
    }
    found
}

/// Unbroken codes that may be parcel numbers beside the right words: 9 to 35 capitals and digits,
/// at least six of these digits; no phone number, no bank account, no product's bar code.
pub fn codes(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() || matches!(c, '_' | '/') {
            start.get_or_insert(i);
        } else if let Some(from) = start.take() {
            let token = &text[from..i];
            let digits = token.bytes().filter(u8::is_ascii_digit).count();
            let plain = token.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
            let before = text[..from].chars().next_back();
            let inside = matches!(before, Some('+' | '#' | '@' | '.' | '-' | '='))
                || matches!(c, '@' | '-' | '€' | '%' | '=')
                || matches!(c, '.' | ',')
                    && text[i + 1..].starts_with(|c: char| c.is_alphanumeric());
            let is_phone = digits == token.len() && token.len() == 10 && token.starts_with('0');
            let is_iban = token.len() >= 15
                && token.bytes().take(2).all(|b| b.is_ascii_uppercase())
                && token.bytes().skip(2).take(2).all(|b| b.is_ascii_digit());
            if (9..=35).contains(&token.len())
                && digits >= 6
                && plain
                && !(inside || is_phone || is_iban || super::code::is_gtin(token))
            {
                found.push(from..i);
            }
        }
    }
    found
}

/// Where in a text, from its beginning, a parcel number stands: 8 to 35 letters and digits, at
/// least five of these digits, groups parted by single spaces or dashes joined.
pub fn number(text: &str) -> Option<Range<usize>> {
    let start = text.find(|c: char| c.is_ascii_alphanumeric())?;
    if text[..start].chars().count() > 12 || text[..start].contains(['.', '!', '?']) {
        return None;
    }
    let mut end = start;
    let mut count = 0;
    let mut rest = &text[start..];
    loop {
        let len = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let word = &rest[..len];
        let coded = word.bytes().any(|b| b.is_ascii_digit())
            || (word.len() <= 3
                && !word.is_empty()
                && word.bytes().all(|b| b.is_ascii_uppercase()));
        if !coded || word.bytes().filter(u8::is_ascii_lowercase).count() > 3 || count + len > 40 {
            break;
        }
        count += len;
        end += len;
        rest = &text[end..];
        // `99.00.219894.31688173`: long groups of digits.
        let is_dotted = |c: char| {
            let digits = |t: &str| t.bytes().take_while(u8::is_ascii_digit).count();
            c == '.' && digits(word) == len && digits(&rest[1..]) >= 2 && text.len() - start >= 18
        };
        let joins =
            rest.chars().next().is_some_and(|c| matches!(c, ' ' | '\u{a0}' | '-') || is_dotted(c))
                && count < 36;
        let next = rest.chars().next().map_or(0, char::len_utf8);
        if !joins || !rest[next..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            break;
        }
        let follows = rest[next..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        let follower = &rest[next..next + follows];
        let goes_on = follower.bytes().filter(u8::is_ascii_digit).count() * 2 >= follower.len()
            || (follower.len() == 2 && follower.bytes().all(|b| b.is_ascii_uppercase()));
        if !goes_on || (rest.starts_with([' ', '\u{a0}']) && len >= 8) {
            break;
        }
        end += next;
        rest = &text[end..];
    }
    let token = text[start..end].trim_end_matches([' ', '-', '\u{a0}']);
    let plain: String = token.chars().filter(char::is_ascii_alphanumeric).collect();
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    let slash = text[end..].starts_with(['/', ':'])
        && text[end + 1..].starts_with(|c: char| c.is_ascii_digit());
    ((8..=35).contains(&plain.len()) && digits >= 5 && !slash).then(|| start..start + token.len())
}

/// The parcel number that a tracking link carries in its query or path.
pub fn in_link(href: &str) -> Option<String> {
    const KEYS: &[&str] = &[
        "tracking",
        "trackingnumber",
        "tracking_number",
        "trackingnum",
        "tracknum",
        "tracknumber",
        "tracknumbers",
        "tracknums",
        "trackingid",
        "tracking_id",
        "trackingcode",
        "tracking_code",
        "trknbr",
        "trackids",
        "inquirynumber1",
        "tracknumber1",
        "parcel",
        "parcelnumber",
        "parcel_number",
        "parcelno",
        "pknr",
        "piececode",
        "idc",
        "qtc_tlabels1",
        "tlabels",
        "consignment",
        "consignmentnumber",
        "colis",
        "numerocolis",
        "numero_colis",
        "numcolis",
        "liste_numeros_courrier",
        "listenumeroslt",
        "expedition",
        "numeroexpedition",
        "barcode",
        "shipment",
        "shipmentid",
        "shipmentnumber",
        "sendung",
        "sendungsnummer",
        "spedizione",
        "envio",
        "numero_envio",
        "suivi",
        "numerosuivi",
        "match",
        "searchfor",
        "reference_colis",
        "awb",
        "mailno",
        "number",
    ];
    let low = href.to_ascii_lowercase();
    let about_parcels = [
        "track",
        "suivi",
        "parcel",
        "sendung",
        "seguimiento",
        "colis",
        "envio",
        "spedizion",
        "verfolg",
        "livraison",
        "delivery",
    ]
    .iter()
    .any(|w| low.contains(w));
    let fits = |v: &str| {
        let v = v.trim();
        let digits = v.bytes().filter(u8::is_ascii_digit).count();
        (8..=35).contains(&v.len())
            && digits >= 6
            && v.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let query = href.split_once(['?', '#']).map_or("", |(_, q)| q);
    for pair in query.split(['&', '#', '?', ';']) {
        let Some((k, v)) = pair.split_once('=') else { continue };
        let k = k.trim_start_matches("amp;").to_ascii_lowercase();
        let sure = KEYS.contains(&k.as_str())
            && (about_parcels || k.contains("track") || k.contains("colis"));
        if sure && fits(v) && k != "number"
            || (about_parcels && fits(v) && carrier_of_shape(v).is_some())
        {
            return Some(v.trim().to_owned());
        }
    }
    if !about_parcels {
        return None;
    }
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let host = href.split("//").nth(1).and_then(|h| h.split(['/', '?']).next()).unwrap_or_default();
    let carriers =
        carrier_at(host).is_some() || host.starts_with("track") || host.starts_with("suivi");
    (fits(last) && (carriers || carrier_of_shape(last).is_some())).then(|| last.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sure_shapes_tell_their_carrier() {
        for (text, name) in [
            ("1Z999AA10123456784", "UPS"),
            ("6A12345678901", "Colissimo"),
            ("TBA123456789012", "Amazon"),
            ("RR123456785FR", "S10"),
        ] {
            let found = sure(&format!("Colis {text}."));
            assert_eq!(found.first().map(|(_, c)| c.name), Some(name), "{text}");
        }
        assert!(sure("Commande EQMDSMFKQ du 29 08 2022").is_empty());
    }

    #[test]
    fn a_number_behind_its_label_is_read_with_its_spaces() {
        for (text, code) in [
            (" : 15428609511601", "15428609511601"),
            (": 6A 12345 67890 1 chez", "6A 12345 67890 1"),
            (" 1Z999AA10123456784 on", "1Z999AA10123456784"),
            (" 123456789012 12/05/2021", "123456789012"),
        ] {
            assert_eq!(number(text).map(|r| &text[r]), Some(code), "{text}");
        }
        assert_eq!(number(" sera disponible demain"), None);
        assert_eq!(number(" : 12/05/2021"), None);
    }

    #[test]
    fn a_tracking_link_carries_the_number() {
        assert_eq!(
            in_link("https://t.example/track?tracknum=1Z999AA10123456784&x=1").as_deref(),
            Some("1Z999AA10123456784")
        );
        assert_eq!(
            in_link("https://www.shop.example/suivi?colis=15428609511601").as_deref(),
            Some("15428609511601")
        );
        assert_eq!(in_link("https://www.shop.example/p?id=15428609511601"), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}|[0-9A-Z -]{0,50}") {
            if let Some(r) = number(&text) { let _ = &text[r]; }
            let _ = (sure(&text), in_link(&text), carrier_named(&text));
        }
    }
}
