//! Codes: order numbers, references, GTIN with their check digit.

use std::ops::Range;

/// Whether these digits are a GTIN-8, 12, 13 or 14 with a right check digit (GS1).
pub fn is_gtin(code: &str) -> bool {
    if !matches!(code.len(), 8 | 12 | 13 | 14) || !code.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let sum: u32 = code
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| u32::from(b - b'0') * if i % 2 == 1 { 3 } else { 1 })
        .sum();
    sum.is_multiple_of(10) && code.bytes().any(|b| b != b'0')
}

/// The first token of a text that can be an order number, its leading `n°` or `#` left out.
/// Phones, postcodes, dates and amounts are for the caller to rule out by their label.
pub fn number(text: &str) -> Option<Range<usize>> {
    let at = skip_marks(text, 0);
    // One or two small words may stand between: `commande du client 1234` is not ours, so none.
    let rest = &text[at..];
    let end = token_end(rest);
    let token = rest[..end]
        .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '-', '_', '/', '\'', '"']);
    // `FACTURA SIMPLIFICADA: 2404-017-091772`: a word of the label.
    if token.len() >= 6
        && token.bytes().all(|b| b.is_ascii_uppercase())
        && let Some(behind) = rest[end..].strip_prefix(':')
    {
        let from = text.len() - behind.len();
        return number(behind).map(|r| from + r.start..from + r.end);
    }
    // `HO 2021/9710`, `ENC 3391-417`: a few capitals begin it.
    if token.len() == end
        && (1..=4).contains(&end)
        && token.bytes().all(|b| b.is_ascii_uppercase())
        && let Some(rest) = rest[end..].strip_prefix([' ', '\u{a0}'])
    {
        let tail = first_token(rest);
        let digits = tail.bytes().filter(u8::is_ascii_digit).count();
        let is_plain = tail.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'-' | b'.'));
        // `R 102 386 4195`, `A 719937`
        if is_plain
            && end <= 2
            && let Some(r) = number(rest).filter(|r| r.start == 0)
        {
            let digits = rest[r.clone()].bytes().filter(u8::is_ascii_digit).count();
            let ends = !rest[r.end..].trim_start().starts_with(char::is_alphanumeric);
            if digits >= 6 || digits >= 4 && ends {
                return Some(at..text.len() - rest.len() + r.end);
            }
        }
        let is_parted = tail.contains(['/', '-']) && is_number(tail) || is_dotted(tail);
        if digits >= 6 && is_plain && is_parted {
            let tail_at = text.len() - rest.len();
            return Some(at..tail_at + tail.len());
        }
    }
    // `(12,00 €)` is an amount.
    let decimals = rest[token.len()..].strip_prefix(',').unwrap_or_default();
    if decimals.bytes().take_while(u8::is_ascii_digit).count() == 2
        && token.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    if is_number(token) || text[..at].ends_with('#') && is_drawn(token) {
        // Numbers grouped by spaces (`4021 8817 33`) or glued dashes go on.
        let mut stop = at + token.len();
        // `L-8017 4957`
        let group = token.rsplit('-').next().unwrap_or_default();
        let is_led = group.len() == 4
            && token.len() <= 6
            && token.starts_with(|c: char| c.is_ascii_uppercase());
        if (token.len() <= 5 || is_led)
            && group.bytes().all(|b| b.is_ascii_digit())
            && (is_led || group == token)
        {
            loop {
                let more = text[stop..].strip_prefix([' ', '\u{a0}']).unwrap_or("\0");
                let len = more.bytes().take_while(u8::is_ascii_digit).count();
                let gap = text[stop..].chars().next().map_or(0, char::len_utf8);
                let closes = !more[len..].starts_with(|c: char| {
                    c.is_alphanumeric()
                        || "€$£.,/:-".contains(c)
                            && more[len + c.len_utf8()..].starts_with(|d: char| d.is_ascii_digit())
                });
                if !(3..=6).contains(&len) || !closes || (len == 4 && is_year(&more[..len])) {
                    break;
                }
                stop += gap + len;
            }
        }
        return Some(at..stop);
    }
    None
}

/// Four or five capitals right behind a colon: a reference where the label says so, and no word
/// that is known.
pub fn short_reference(text: &str) -> Option<Range<usize>> {
    let after = text.trim_start().strip_prefix([':', '#'])?;
    let start = text.len() - after.trim_start().len();
    let len = text[start..].find(|c: char| !c.is_ascii_uppercase()).unwrap_or(text.len() - start);
    let token = &text[start..start + len];
    let ends = !text[start + len..].starts_with(|c: char| c.is_alphanumeric());
    let known = super::lexicon::hits(&super::fold(token));
    ((4..=5).contains(&len) && ends && known.is_empty() && !is_capital_word(token))
        .then_some(start..start + len)
}

/// What stands before the next white space.
fn first_token(text: &str) -> &str {
    let token = text.trim_start().split(char::is_whitespace).next().unwrap_or_default();
    token.trim_end_matches(['.', ',', ';', ')'])
}

/// Skips `n°`, `nº`, `no.`, `nr.`, `num.`, `#`, quotes, brackets and colons.
fn skip_marks(text: &str, from: usize) -> usize {
    let mut at = from;
    // `Ordine n. 10464` whose `n` was read as part of the label.
    if text[at..].starts_with(['.', 'º', '°'])
        && text[at..]
            .trim_start_matches(['.', 'º', '°', ' ', '\u{a0}', '#'])
            .starts_with(|c: char| c.is_ascii_digit())
        || text[at..].starts_with('.') && is_number(first_token(&text[at + 1..]))
        // `Bestellnr. : GH0778320`
        || text[at..].strip_prefix('.').is_some_and(|rest| rest.trim_start().starts_with(':'))
    {
        at += text[at..].len() - text[at..].trim_start_matches(['.', 'º', '°']).len();
    }
    loop {
        let rest = &text[at..];
        let t = rest.trim_start_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    ':' | '#'
                        | '"'
                        | '\''
                        | '“'
                        | '”'
                        | '«'
                        | '»'
                        | '('
                        | '['
                        | '-'
                        | '–'
                        | '—'
                        | '*'
                        | '='
                        | '№'
                        | '_'
                        | '`'
                )
        });
        at = text.len() - t.len();
        let low = t
            .get(..t.char_indices().nth(8).map_or(t.len(), |(i, _)| i))
            .unwrap_or("")
            .to_lowercase();
        let mark = [
            "n°.", "n°", "nº.", "nº", "n.º", "n.°", "n.", "no.", "no ", "nr.", "nr ", "num.",
            "núm.", "id:", "id ", "nro.", "nro ",
        ]
        .into_iter()
        .find(|m| low.starts_with(m));
        match mark {
            Some(m) => {
                // The same number of characters in the original: none of these changes case length.
                let bytes: usize = t.chars().take(m.chars().count()).map(char::len_utf8).sum();
                at += bytes;
            }
            None => return at,
        }
    }
}

fn token_end(text: &str) -> usize {
    let goes_on = |at: usize, c: char| {
        // `DE*LPL*E04417B-0081`, `AS·250407·K9TX`: glued on both sides.
        let joins = matches!(c, '*' | '·')
            && text[..at].ends_with(char::is_alphanumeric)
            && text[at + c.len_utf8()..].starts_with(char::is_alphanumeric);
        c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | '#') || joins
    };
    text.char_indices().find(|(at, c)| !goes_on(*at, *c)).map_or(text.len(), |(at, _)| at)
}

fn is_year(t: &str) -> bool {
    t.len() == 4 && t.parse::<u32>().is_ok_and(|y| (1990..2100).contains(&y))
}

/// `cl2mb7rygvph`: small letters and digits drawn by a machine, which only a sign tells from a word.
fn is_drawn(token: &str) -> bool {
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    (8..=32).contains(&token.len())
        && digits >= 2
        && token.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

/// A text that is nothing but such letters and digits: the value of a label.
pub fn drawn(text: &str) -> Option<Range<usize>> {
    let token = text.trim();
    let start = text.len() - text.trim_start().len();
    is_drawn(token).then(|| start..start + token.len())
}

/// Whether a token has the shape of an order number: digits and dashes, capitals and digits, or
/// six or more capitals; never a word, a date or an amount.
pub fn is_number(token: &str) -> bool {
    let len = token.chars().count();
    if !(2..=40).contains(&len)
        || token.contains("..")
        || token.starts_with("http")
        || !token.starts_with(|c: char| c.is_alphanumeric())
    {
        return false;
    }
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let upper = token.chars().filter(|c| c.is_uppercase()).count();
    let lower = token.chars().filter(|c| c.is_lowercase()).count();
    if token.contains('/')
        && token
            .split('/')
            .all(|p| p.bytes().all(|b| b.is_ascii_digit()) && (p.len() <= 2 || is_year(p)))
    {
        return false; // a date, or 1/2
    }
    if token.contains('.') && token.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        let groups = || token.split('.').map(str::len);
        let least = if groups().count() > 3 { 2 } else { 3 };
        return is_dotted(token) && groups().skip(1).all(|g| g >= least);
    }
    if digits == 0 {
        // PrestaShop-like references: capitals alone. Words written in capitals are shorter or known.
        let dashes = token.bytes().filter(|b| *b == b'-').count();
        return lower == 0
            && upper + dashes == len
            && ((6..=12).contains(&upper) || upper <= 24 && upper > 12 && is_unspoken(token))
            && token.is_ascii()
            && !is_capital_word(token);
    }
    // `f7f118dc…`, 32 of them: the key of a licence.
    let is_key = len >= 32 && token.bytes().all(|b| b.is_ascii_hexdigit());
    if lower > 0 && upper == 0 && (digits < 3 || is_key) {
        return false;
    }
    let iso = token.len() == 10
        && token.as_bytes()[4] == b'-'
        && token.as_bytes()[7] == b'-'
        && digits == 8;
    !iso
}

/// Hardly a vowel: no word of any language.
fn is_unspoken(token: &str) -> bool {
    let vowels = token.bytes().filter(|b| matches!(b, b'A' | b'E' | b'I' | b'O' | b'U')).count();
    vowels * 5 <= token.len()
}

/// Digits in groups of which one is too long for a date or an amount: `0191.143.490`,
/// `24.118.0097.331`.
fn is_dotted(token: &str) -> bool {
    let groups = || token.split('.').map(str::len);
    let is_digits = token.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    // `4.118.732.905`, which no address of the net can be
    let is_net = token.split('.').all(|g| g.parse::<u16>().is_ok_and(|n| n < 256));
    let is_long = groups().count() >= 4 && token.len() >= 13 && !is_net;
    is_digits && groups().count() >= 3 && (groups().any(|g| g > 3) || is_long)
}

/// Words that stand in capitals where a reference might.
fn is_capital_word(token: &str) -> bool {
    const WORDS: &[&str] = &[
        "COMMANDE",
        "FACTURE",
        "DETAILS",
        "DETAIL",
        "NUMERO",
        "REFERENCE",
        "CONFIRMEE",
        "EXPEDIEE",
        "CONFIRMED",
        "CONFIRMATION",
        "SHIPPED",
        "SUMMARY",
        "INVOICE",
        "RECEIPT",
        "NUMBER",
        "STATUS",
        "PRODUCT",
        "PRODUCTS",
        "PRODUIT",
        "PRODUITS",
        "BESTELLUNG",
        "NUMMER",
        "RECHNUNG",
        "PEDIDO",
        "RESUMEN",
        "ORDINE",
        "FATTURA",
        "NUMERO",
        "RIEPILOGO",
        "VIREMENT",
        "CHEQUE",
        "PAYPAL",
        "PAYMENT",
        "PAIEMENT",
        "LIVRAISON",
        "DELIVERY",
        "SHIPPING",
        "QUANTITY",
        "QUANTITE",
        "PLACED",
        "DETALLES",
        "TRACKING",
        "VALIDEE",
        "ANNULEE",
        "RECUE",
        "PASSEE",
        "UPDATE",
        "THANKS",
        "BILLING",
        "CUSTOMER",
        "CLIENT",
        "ADDRESS",
        "ADRESSE",
        "ACCOUNT",
        "ARTICLE",
        "ARTICLES",
        "DESCRIPTION",
        "AMOUNT",
        "MONTANT",
        "SUBTOTAL",
        "ENVIADO",
        "CANCELLED",
        "REFUNDED",
        "DELIVERED",
        "PENDING",
        "COMPLETED",
        "RECEIVED",
        "PROCESSING",
        "GESAMT",
        "VERSAND",
    ];
    WORDS.contains(&token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_gtin_has_a_right_check_digit() {
        assert!(is_gtin("4006381333931"));
        assert!(!is_gtin("4006381333932"));
        assert!(is_gtin("036000291452"));
        assert!(!is_gtin("0000000000000"));
    }

    #[test]
    fn an_order_number_is_read_behind_its_mark() {
        for (text, number_) in [
            ("n° 6343", "6343"),
            ("#088206 vom 29.08.2022", "088206"),
            (": EQMDSMFKQ passée le", "EQMDSMFKQ"),
            ("Nr. 22891", "22891"),
            (" RCPT-796044", "RCPT-796044"),
            ("404-1234567-7654321.", "404-1234567-7654321"),
            ("N°: F1988143.", "F1988143"),
        ] {
            assert_eq!(number(text).map(|r| &text[r]), Some(number_), "{text}");
        }
        for text in ["du 16 juin", "confirmée", "14/01/2021", "12.90", "2021-02-15", "DETAILS", ""]
        {
            let read = number(text).map(|r| &text[r]);
            assert_eq!(read, None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}|[0-9A-Z nN°#.:/-]{0,30}") {
            if let Some(r) = number(&text) { let _ = &text[r]; }
            let _ = is_gtin(&text);
        }
    }
}
