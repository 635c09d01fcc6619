//! Currencies as mails write them: codes, symbols, and symbols that several share.

use mesinfos_domain::Currency;

/// A currency as written: `$` and `kr` are several.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Written without doubt.
    Sure(Currency),
    /// Written with a shared symbol; this is its commonest meaning.
    Shared(Currency),
}

impl Unit {
    /// The currency or its commonest meaning.
    pub fn currency(self) -> Currency {
        match self {
            Unit::Sure(c) | Unit::Shared(c) => c,
        }
    }
}

const fn code(c: &[u8; 3]) -> &str {
    match std::str::from_utf8(c) {
        Ok(s) => s,
        Err(_) => "XXX",
    }
}

/// Symbols and codes, longer ones first where one begins another.
const UNITS: &[(&str, &[u8; 3], bool)] = &[
    ("€", b"EUR", true),
    ("EUROS", b"EUR", true),
    ("EURO", b"EUR", true),
    ("EUR", b"EUR", true),
    ("US$", b"USD", true),
    ("USD", b"USD", true),
    ("$US", b"USD", true),
    ("CA$", b"CAD", true),
    ("C$", b"CAD", true),
    ("CAD", b"CAD", true),
    ("$CA", b"CAD", true),
    ("$CAD", b"CAD", true),
    ("AU$", b"AUD", true),
    ("A$", b"AUD", true),
    ("AUD", b"AUD", true),
    ("NZ$", b"NZD", true),
    ("NZD", b"NZD", true),
    ("HK$", b"HKD", true),
    ("HKD", b"HKD", true),
    ("S$", b"SGD", true),
    ("SGD", b"SGD", true),
    ("R$", b"BRL", true),
    ("BRL", b"BRL", true),
    ("MX$", b"MXN", true),
    ("MXN", b"MXN", true),
    ("$", b"USD", false),
    ("£", b"GBP", true),
    ("GBP", b"GBP", true),
    ("CHF", b"CHF", true),
    ("SFR.", b"CHF", true),
    ("SFR", b"CHF", true),
    ("FR.", b"CHF", true),
    ("¥", b"JPY", false),
    ("JPY", b"JPY", true),
    ("CNY", b"CNY", true),
    ("RMB", b"CNY", true),
    ("Kč", b"CZK", true),
    ("KČ", b"CZK", true),
    ("CZK", b"CZK", true),
    ("zł", b"PLN", true),
    ("ZŁ", b"PLN", true),
    ("PLN", b"PLN", true),
    ("Ft", b"HUF", true),
    ("HUF", b"HUF", true),
    ("SEK", b"SEK", true),
    ("DKK", b"DKK", true),
    ("NOK", b"NOK", true),
    ("ISK", b"ISK", true),
    ("kr.", b"SEK", false),
    ("kr", b"SEK", false),
    ("₺", b"TRY", true),
    ("TRY", b"TRY", true),
    ("₹", b"INR", true),
    ("INR", b"INR", true),
    ("₽", b"RUB", true),
    ("RUB", b"RUB", true),
    ("₪", b"ILS", true),
    ("ILS", b"ILS", true),
    ("₩", b"KRW", true),
    ("KRW", b"KRW", true),
    ("RON", b"RON", true),
    ("lei", b"RON", true),
    ("BGN", b"BGN", true),
    ("лв", b"BGN", true),
    ("HRK", b"HRK", true),
    ("MAD", b"MAD", true),
    ("TND", b"TND", true),
    ("XOF", b"XOF", true),
    ("FCFA", b"XOF", true),
    ("CFP", b"XPF", true),
    ("XPF", b"XPF", true),
    ("ZAR", b"ZAR", true),
    ("THB", b"THB", true),
    ("AED", b"AED", true),
];

fn currency(c: &[u8; 3]) -> Option<Currency> {
    code(c).parse().ok()
}

/// The unit that `text` begins with, and its length. Letters must not run on into a word.
pub(super) fn unit_at(text: &str) -> Option<(Unit, usize)> {
    let first = text.chars().next()?;
    if !(first.is_alphabetic() || "€$£¥₺₹₽₪₩".contains(first)) {
        return None;
    }
    let mut best: Option<(Unit, usize)> = None;
    for (name, iso, sure) in UNITS {
        let Some(head) = text.get(..name.len()) else { continue };
        if !head.eq_ignore_ascii_case(name) || best.is_some_and(|(_, l)| l >= name.len()) {
            continue;
        }
        let runs_on = name.ends_with(char::is_alphabetic)
            && text[name.len()..].chars().next().is_some_and(char::is_alphabetic);
        // `fr` and `ft` in lower case are words and units of length.
        let too_plain = matches!(*name, "Ft" | "FR." | "TRY") && head != *name;
        if !runs_on
            && !too_plain
            && let Some(c) = currency(iso)
        {
            best = Some((if *sure { Unit::Sure(c) } else { Unit::Shared(c) }, name.len()));
        }
    }
    best
}

/// The unit that `text` ends with, and where it begins.
pub(super) fn unit_before(text: &str) -> Option<(Unit, usize)> {
    let last = text.chars().next_back()?;
    if !(last.is_alphabetic() || last == '.' || "€$£¥₺₹₽₪₩".contains(last)) {
        return None;
    }
    let mut best: Option<(Unit, usize)> = None;
    for (name, iso, sure) in UNITS {
        let Some(start) = text.len().checked_sub(name.len()) else { continue };
        let Some(tail) = text.get(start..) else { continue };
        if !tail.eq_ignore_ascii_case(name) || best.is_some_and(|(_, s)| s <= start) {
            continue;
        }
        let runs_on = name.starts_with(char::is_alphabetic)
            && text[..start].chars().next_back().is_some_and(char::is_alphabetic);
        let too_plain = matches!(*name, "Ft" | "FR." | "TRY") && tail != *name;
        if !runs_on
            && !too_plain
            && let Some(c) = currency(iso)
        {
            best = Some((if *sure { Unit::Sure(c) } else { Unit::Shared(c) }, start));
        }
    }
    best
}
