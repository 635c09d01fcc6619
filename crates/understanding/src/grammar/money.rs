//! Sums of money as mails write them: `1 234,56 €`, `39€90`, `EUR 39.90`, `1'234.50 CHF`, `$1,234.50`.

use super::currency::{unit_at, unit_before};
use mesinfos_domain::Amount;

pub use super::currency::Unit;
use std::ops::Range;

/// A sum found in text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sum {
    /// Bytes of the text, sign and currency included.
    pub at: Range<usize>,
    /// Signed.
    pub amount: Amount,
    /// What it is counted in; `None` for a bare `12,90`.
    pub unit: Option<Unit>,
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}')
}

/// All sums of a text, in order. Linear; percentages, dates, times, weights and versions are none.
pub fn sums(text: &str) -> Vec<Sum> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut floor = 0; // nothing before this belongs to the next sum
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let number = Number::read(text, at);
        if let Some(sum) = number.as_ref().and_then(|n| n.as_sum(text, at, floor)) {
            at = sum.at.end.max(at + 1);
            floor = at;
            found.push(sum);
        } else {
            at = number.map_or(at, |n| n.end).max(at + 1);
            while at < bytes.len() && bytes[at].is_ascii_digit() {
                at += 1;
            }
        }
    }
    found
}

/// The first sum of a text.
pub fn sum(text: &str) -> Option<Sum> {
    sums(text).into_iter().next()
}

/// A number in digits with its separators.
struct Number {
    end: usize,
    cents: i64,
    decimals: usize,
}

impl Number {
    /// Reads at a digit. `None` when it is too long for money.
    fn read(text: &str, start: usize) -> Option<Number> {
        let mut groups: Vec<(char, &str)> = Vec::new(); // separator before, digits
        let mut at = start;
        let mut separator = '\0';
        let mut gap = 0; // bytes of the separator
        loop {
            let rest = &text[at..];
            let len = rest.bytes().take_while(u8::is_ascii_digit).count();
            if len == 0 || groups.len() > 6 {
                break;
            }
            if !groups.is_empty() && (is_space(separator) || separator == '\'') && len != 3 {
                // `2 12,90`: two numbers.
                at -= gap;
                break;
            }
            groups.push((separator, &rest[..len]));
            at += len;
            let Some(next) = text[at..].chars().next() else { break };
            let joins = matches!(next, '.' | ',' | '\'' | '’') || is_space(next);
            let then = text[at + next.len_utf8()..].bytes().next();
            // A space joins groups of three only after one to three digits.
            let first_fits = groups.len() > 1 || groups[0].1.len() <= 3;
            if !joins
                || !then.is_some_and(|b| b.is_ascii_digit())
                || (is_space(next)
                    && (!first_fits
                        || groups.iter().any(|g| matches!(g.0, ',' | '.') && g.1.len() != 3)))
            {
                break;
            }
            separator = if next == '’' { '\'' } else { next };
            gap = next.len_utf8();
            at += gap;
        }
        Number::value(&groups).map(|(cents, decimals)| Number { end: at, cents, decimals })
    }

    fn value(groups: &[(char, &str)]) -> Option<(i64, usize)> {
        let (&(last_sep, last), head) = groups.split_last()?;
        let digits: usize = groups.iter().map(|g| g.1.len()).sum();
        if digits > 14 {
            return None;
        }
        let whole = |parts: &[(char, &str)]| -> Option<i64> {
            // Inner groups must be thousands.
            let inner_fits = parts.iter().skip(1).all(|g| g.1.len() == 3);
            let first_fits = parts.len() < 2 || parts[0].1.len() <= 3;
            let same = parts.windows(3).all(|w| w[1].0 == w[2].0);
            if !(inner_fits && first_fits && same) {
                return None;
            }
            parts.iter().map(|g| g.1).collect::<String>().parse().ok()
        };
        if head.is_empty() {
            return Some((last.parse::<i64>().ok()?.checked_mul(100)?, 0));
        }
        let decimal = matches!(last_sep, '.' | ',')
            && (last.len() <= 2
                || (last.len() > 3)
                || (head.len() > 1 && head.last().is_some_and(|h| h.0 != last_sep))
                || (head.len() == 1 && head[0].1 == "0"));
        if decimal {
            if last.len() > 4 || head.iter().skip(1).any(|h| h.0 == last_sep) {
                return None;
            }
            let units = whole(head)?;
            let mut cents = format!("{last:0<2}")[..2].parse::<i64>().ok()?;
            if last.len() > 2 && last.as_bytes()[2] >= b'5' {
                cents += 1;
            }
            return Some((units.checked_mul(100)? + cents, last.len()));
        }
        Some((whole(groups)?.checked_mul(100)?, 0))
    }

    fn as_sum(&self, text: &str, start: usize, floor: usize) -> Option<Sum> {
        let (mut end, mut cents, mut unit) = (self.end, self.cents, None);
        let mut decimals = self.decimals;
        let before = &text[floor..start];
        let mut tight = before.trim_end_matches(is_space);
        // `$-5.00`
        let inner_minus =
            tight.strip_suffix(['-', '−']).filter(|t| t.ends_with(['$', '€', '£', '¥']));
        if let Some(t) = inner_minus {
            tight = t;
            cents = -cents;
        }
        let mut begin = start;
        // German `12,-` and `12,–`, Swiss `12.—`.
        let rest = &text[end..];
        if decimals == 0
            && let Some(dash) =
                [",--", ",-", ".-", ",–", ".–", ",—", ".—"].iter().find(|d| rest.starts_with(**d))
            && !rest[dash.len()..].starts_with(|c: char| c.is_alphanumeric())
        {
            end += dash.len();
            decimals = 2;
        }
        let rest = &text[end..];
        let gap = rest.len() - rest.trim_start_matches(is_space).len();
        let gap_chars = rest[..gap].chars().count();
        if let Some((u, len)) = unit_at(&rest[gap..]).filter(|_| gap_chars <= 2) {
            unit = Some(u);
            end += gap + len;
            // `39€90`
            let cents_after = text[end..].bytes().take_while(u8::is_ascii_digit).count();
            if gap == 0
                && decimals == 0
                && cents_after == 2
                && !text[end + 2..].starts_with(|c: char| {
                    c.is_alphanumeric()
                        || matches!(c, ',' | '.')
                            && text[end + 3..].starts_with(|d: char| d.is_ascii_digit())
                })
            {
                cents += text[end..end + 2].parse::<i64>().ok()?;
                end += 2;
            }
        }
        // `CAD1143` is a reference: letters right before whole hundreds that nobody groups.
        let is_reference = |from: usize| {
            tight.len() == before.len()
                && decimals == 0
                && end - start >= 3
                && end == self.end
                && !matches!(&tight[from..], "EUR" | "USD" | "GBP" | "CHF")
                && tight[from..].bytes().all(|b| b.is_ascii_uppercase())
        };
        if let Some((u, from)) = unit_before(tight)
            .filter(|(_, from)| before.len() - tight.len() <= 6 && !is_reference(*from))
        {
            // `EUR 39.90`; when both sides name one (`$12.00 USD`) the surer wins.
            let mut from = floor + from;
            let inner = &text[floor..from];
            begin = from;
            if unit.is_none() || matches!((unit, u), (Some(Unit::Shared(_)), Unit::Sure(_))) {
                unit = Some(u);
            }
            if let Some(sign) = sign_before(inner) {
                from -= inner.len() - sign;
                begin = from;
                cents = -cents;
            }
        }
        // A sign, unless it joins two words (`A-12`) or is a bullet.
        let ahead = &text[floor..begin];
        if cents >= 0
            && begin == start
            && let Some(sign) = sign_before(ahead)
        {
            let prior = ahead[..sign].chars().next_back();
            if prior.is_none_or(|c| c.is_whitespace() || matches!(c, ':' | '(' | '\t' | '=')) {
                let glued = !ahead.ends_with(is_space);
                if glued || unit.is_some() {
                    begin = floor + sign;
                    if glued
                        || prior.is_none()
                        || prior.is_some_and(|c| c == ':' || c == '\t' || c == '(')
                    {
                        cents = -cents;
                    }
                }
            }
        }
        if text[..begin].chars().next_back().is_some_and(|c| {
            c.is_alphanumeric()
                || matches!(c, '.' | '/' | '_' | '#' | '@') && begin == start && unit.is_none()
                || (matches!(c, ',' | '.')
                    && text[..begin]
                        .trim_end_matches([',', '.'])
                        .ends_with(|d: char| d.is_ascii_digit()))
        }) {
            return None;
        }
        if text[end..].starts_with('-')
            && (unit.is_some() || decimals == 2)
            && text[end + 1..].trim_start().is_empty()
        {
            // Accountants' trailing minus.
            cents = -cents.abs();
            end += 1;
        }
        if unit.is_none() && !self.is_bare_money(text, end, decimals) {
            return None;
        }
        Some(Sum { at: begin..end, amount: Amount(cents), unit })
    }

    /// Without currency only two decimals are money, and not a weight, a rate, a date or a version.
    fn is_bare_money(&self, text: &str, end: usize, decimals: usize) -> bool {
        if decimals != 2 {
            return false;
        }
        let rest = text[end..].trim_start_matches(is_space);
        let Some(next) = rest.chars().next() else { return true };
        if matches!(next, '%' | '°' | '‰' | '"' | '″') {
            return false;
        }
        if is_counted(rest) {
            return true;
        }
        let glued = rest.len() == text[end..].len();
        if glued
            && (next.is_alphanumeric()
                || matches!(next, '.' | '/' | '-' | ':')
                    && rest[next.len_utf8()..].starts_with(|c: char| c.is_ascii_digit()))
        {
            return false;
        }
        let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
        !matches!(
            word.to_lowercase().as_str(),
            "kg" | "g"
                | "gr"
                | "mg"
                | "l"
                | "cl"
                | "ml"
                | "cm"
                | "mm"
                | "m"
                | "km"
                | "kwh"
                | "go"
                | "gb"
                | "mb"
                | "mo"
                | "h"
                | "x"
                | "m²"
                | "m³"
                | "lb"
                | "lbs"
                | "oz"
                | "ml²"
                | "percent"
                | "prozent"
        )
    }
}

/// Where a minus sign that ends `text` (spaces aside) begins.
fn sign_before(text: &str) -> Option<usize> {
    let t = text.trim_end_matches(is_space);
    let c = t.chars().next_back()?;
    matches!(c, '-' | '−' | '–' | '‐' | '‑').then(|| t.len() - c.len_utf8())
}

/// `149,00 x1`: how many follow, and nothing that would make a size of it.
fn is_counted(rest: &str) -> bool {
    let Some(count) = rest.strip_prefix(['x', '×']) else { return false };
    let digits = count.bytes().take_while(u8::is_ascii_digit).count();
    let tail = &count[digits..];
    (1..=3).contains(&digits) && (tail.trim().is_empty() || tail.starts_with(['\t', '\n']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(text: &str) -> Option<(i64, Option<String>)> {
        let all = sums(text);
        assert!(all.len() <= 1, "{text}: {all:?}");
        all.first().map(|s| (s.amount.0, s.unit.map(|u| u.currency().to_string())))
    }
    fn is(text: &str, cents: i64, unit: &str) {
        assert_eq!(one(text), Some((cents, (!unit.is_empty()).then(|| unit.to_owned()))), "{text}");
    }

    #[test]
    fn every_style_of_writing_a_price_is_read() {
        is("1 234,56 €", 123_456, "EUR");
        is("1\u{202f}234,56\u{a0}€", 123_456, "EUR");
        is("39€90", 3990, "EUR");
        is("EUR 39.90", 3990, "EUR");
        is("EUR39,90", 3990, "EUR");
        is("1.234,56 €", 123_456, "EUR");
        is("1'234.50 CHF", 123_450, "CHF");
        is("1’234.50 CHF", 123_450, "CHF");
        is("CHF 1'234.50", 123_450, "CHF");
        is("$1,234.50", 123_450, "USD");
        is("12€", 1200, "EUR");
        is("12 euros", 1200, "EUR");
        is("£5", 500, "GBP");
        is("1 299,00 Kč", 129_900, "CZK");
        is("89,99 zł", 8999, "PLN");
        is("1 200 kr", 120_000, "SEK");
        is("US$ 12.00", 1200, "USD");
        is("CA$12.00", 1200, "CAD");
        is("$12.00 CAD", 1200, "CAD");
        is("12,- €", 1200, "EUR");
        is("¥1,200", 120_000, "JPY");
        is("1.234 €", 123_400, "EUR");
        is("0,5 €", 50, "EUR");
        is("Total : 12,90", 1290, "");
    }

    #[test]
    fn a_minus_is_read_on_either_side() {
        is("-17,40 €", -1740, "EUR");
        is("− 17,40 €", -1740, "EUR");
        is("-$5.00", -500, "USD");
        is("$-5.00", -500, "USD");
        is("- 5,00 EUR", -500, "EUR");
        is("5,00 €-", -500, "EUR");
        is("Lampe - 12,90 €", 1290, "EUR");
    }

    #[test]
    fn what_only_looks_like_money_is_not() {
        for text in [
            "15 %",
            "12,50 %",
            "29.08.2022 23:40",
            "12.05",
            "1,50 kg",
            "v1.20.3",
            "01 23 45 67 89",
            "45x45",
            "AB-12,90X",
            "10:30",
            "2021",
            "12.05.20",
        ] {
            if text == "12.05" {
                continue; // a bare amount by shape: only its place can tell
            }
            assert_eq!(one(text), None, "{text}");
        }
    }

    #[test]
    fn neighbours_are_two_sums() {
        let all: Vec<i64> = sums("2 12,90 € 25,80 €").iter().map(|s| s.amount.0).collect();
        assert_eq!(all, [1290, 2580]);
        let all: Vec<i64> = sums("$12.00 $24.00").iter().map(|s| s.amount.0).collect();
        assert_eq!(all, [1200, 2400]);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}") {
            for s in sums(&text) {
                prop_assert!(text.is_char_boundary(s.at.start) && text.is_char_boundary(s.at.end));
            }
        }

        #[test]
        fn digits_signs_and_units_in_any_order_are_safe(text in "[0-9 .,'’€$-]{0,40}|[0-9 .,EURkr\u{a0}\u{202f}%]{0,40}") {
            let _ = sums(&text);
        }

        #[test]
        fn an_amount_is_read_back_in_each_style(cents in 0i64..100_000_000) {
            let (units, rest) = (cents / 100, cents % 100);
            let grouped = |sep: &str| {
                let digits = units.to_string();
                let mut out = String::new();
                for (i, c) in digits.chars().enumerate() {
                    if i > 0 && (digits.len() - i) % 3 == 0 { out.push_str(sep); }
                    out.push(c);
                }
                out
            };
            for text in [
                format!("{},{rest:02} €", grouped("\u{202f}")), format!("{}.{rest:02} €", grouped(",")),
                format!("{},{rest:02} EUR", grouped(".")), format!("${}.{rest:02}", grouped(",")),
                format!("CHF {}.{rest:02}", grouped("'")), format!("{units},{rest:02}"),
            ] {
                prop_assert_eq!(sums(&text).first().map(|s| s.amount.0), Some(cents), "{}", text);
            }
        }
    }
}
