//! Character references (HTML, 13.2.5.72 to 80): named, numeric, and those that mail writes
//! without their semicolon.

use memchr::memchr;
use std::borrow::Cow;

/// A piece of text: as written, or one reference with the character it stands for.
pub(crate) enum Segment<'a> {
    /// As written; where it begins.
    Plain(&'a str, usize),
    /// A reference: its character, where it begins, where it ends.
    Reference(char, usize, usize),
}

/// The pieces of text in order.
pub(crate) fn segments(text: &str, is_attribute: bool) -> impl Iterator<Item = Segment<'_>> {
    let mut at = 0;
    // A reference that was found behind plain text, to be given next.
    let mut found: Option<(char, usize, usize)> = None;
    std::iter::from_fn(move || {
        if let Some((c, from, to)) = found.take() {
            return Some(Segment::Reference(c, from, to));
        }
        let from = at;
        let mut look = at;
        while let Some(i) = memchr(b'&', text.as_bytes().get(look..)?) {
            let amp = look + i;
            if let Some((c, length)) = reference(&text[amp..], is_attribute) {
                at = amp + length;
                if amp > from {
                    found = Some((c, amp, at));
                    return Some(Segment::Plain(&text[from..amp], from));
                }
                return Some(Segment::Reference(c, amp, at));
            }
            look = amp + 1;
        }
        at = text.len();
        (from < at).then(|| Segment::Plain(&text[from..], from))
    })
}

/// Text with its references resolved; borrowed when there are none.
pub(crate) fn decode(text: &str, is_attribute: bool) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for segment in segments(text, is_attribute) {
        match segment {
            Segment::Plain(plain, _) => out.push_str(plain),
            Segment::Reference(c, ..) => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The reference at the start of `text` and its length.
fn reference(text: &str, is_attribute: bool) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        return numeric(bytes);
    }
    let name = bytes[1..].iter().take(32).take_while(|c| c.is_ascii_alphanumeric()).count();
    if name < 2 {
        return None;
    }
    if bytes.get(1 + name) == Some(&b';') {
        if let Some(c) = common(&text[1..=name]) {
            return Some((c, name + 2));
        }
        // The whole table of HTML names.
        let whole = &text[..name + 2];
        let decoded = html_escape::decode_html_entities(whole);
        if decoded != whole {
            return Some((decoded.chars().next()?, name + 2));
        }
    }
    // Old names count without their semicolon, by the longest prefix; in an attribute only where
    // no letter, digit or `=` follows, else every `?a=1&copy=2` would break.
    (2..=name.min(6)).rev().find_map(|length| {
        let c = legacy(&text[1..=length])?;
        let after = bytes.get(1 + length);
        let goes_on = after.is_some_and(|c| c.is_ascii_alphanumeric() || *c == b'=');
        (!(is_attribute && goes_on)).then_some((c, length + 1))
    })
}

fn numeric(bytes: &[u8]) -> Option<(char, usize)> {
    let is_hex = matches!(bytes.get(2), Some(b'x' | b'X'));
    let (from, radix) = if is_hex { (3, 16) } else { (2, 10) };
    let digits = bytes[from.min(bytes.len())..].iter();
    let digits = digits.take_while(|c| (**c as char).is_digit(radix)).count();
    if digits == 0 {
        return None;
    }
    let number = bytes[from..from + digits]
        .iter()
        .try_fold(0u32, |n, c| n.checked_mul(radix)?.checked_add((*c as char).to_digit(radix)?));
    let c = match number {
        // HTML, 13.2.5.80: what windows-1252 has at these places.
        Some(n @ 0x80..=0x9f) => {
            let byte = [n as u8];
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next()
        }
        Some(0) | None => None,
        Some(n) => char::from_u32(n),
    };
    let semicolon = usize::from(bytes.get(from + digits) == Some(&b';'));
    Some((c.unwrap_or('\u{fffd}'), from + digits + semicolon))
}

/// Names that nearly all references in mail have.
fn common(name: &str) -> Option<char> {
    Some(match name {
        "nbsp" => '\u{a0}',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "euro" => '€',
        "zwnj" => '\u{200c}',
        "rsquo" => '’',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        _ => return None,
    })
}

/// Latin-1 names in the order of their code points from 160 on.
const LATIN: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf",
    "laquo", "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro",
    "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute",
    "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute",
    "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute",
    "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil",
    "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde",
    "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave", "uacute", "ucirc",
    "uuml", "yacute", "thorn", "yuml",
];

/// Names that count without a semicolon.
fn legacy(name: &str) -> Option<char> {
    match name {
        "amp" | "AMP" => Some('&'),
        "lt" | "LT" => Some('<'),
        "gt" | "GT" => Some('>'),
        "quot" | "QUOT" => Some('"'),
        "COPY" => Some('©'),
        "REG" => Some('®'),
        _ => LATIN.iter().position(|n| *n == name).and_then(|i| char::from_u32(160 + i as u32)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_browsers_do() {
        for (text, read) in [
            ("5&nbsp;&euro; &amp; plus", "5\u{a0}€ & plus"),
            ("&eacute;t&eacute", "été"),
            ("caf&eacutes", "cafés"),
            ("&#8364; &#x20AC; &#128; &#146;", "€ € € ’"),
            ("&#0; &#xD800; &#99999999999;", "\u{fffd} \u{fffd} \u{fffd}"),
            ("&#8364 &#", "€ &#"),
            ("a & b && &; &x; &unknown;", "a & b && &; &x; &unknown;"),
            ("&lt;b&gt", "<b>"),
            ("&hellip;&check;", "…✓"),
            ("&notit;", "¬it;"),
        ] {
            assert_eq!(decode(text, false), read, "{text}");
        }
        assert_eq!(decode("?a=1&copy=2&amp;b=3&reg&x", true), "?a=1&copy=2&b=3®&x");
    }

    #[test]
    fn many_ampersands_are_read_in_time() {
        let text = "&".repeat(2 << 20);
        assert_eq!(decode(&text, false).len(), text.len());
    }
}
