//! Sums, numbers and sizes as each language writes them (Lexique des règles typographiques for
//! French; the usage of British public services for English).

use super::{Locale, Words};
use fluent_bundle::FluentValue;
use mesinfos_domain::{Amount, Currency, Money};
use std::borrow::Borrow;

/// Between groups of three digits in French.
const NARROW: char = '\u{202f}';
/// Before a unit, where a line must not break.
const FIXED: char = '\u{a0}';
const MINUS: char = '\u{2212}';

impl Words {
    /// `18 432` or `18,432`.
    pub fn number(&self, n: impl TryInto<i64>) -> String {
        n.try_into().map_or_else(|_| "…".to_owned(), |n| grouped(self.locale, n))
    }

    /// `1 234,56 €` or `€1,234.56`; currencies without cents are shown without.
    pub fn money(&self, money: impl Borrow<Money>) -> String {
        let Money { amount, currency } = *money.borrow();
        self.amount(amount, currency)
    }

    /// A sum and its currency that are kept apart; without a currency, the bare figure.
    pub fn amount(
        &self,
        amount: impl Borrow<Amount>,
        currency: impl Into<Option<Currency>>,
    ) -> String {
        let cents = amount.borrow().0;
        let currency = currency.into();
        let figure = self.decimals(cents.unsigned_abs(), currency.is_some_and(has_no_cents));
        let sign = if cents < 0 { String::from(MINUS) } else { String::new() };
        let Some(currency) = currency else { return sign + &figure };
        match (self.locale, symbol(currency)) {
            (Locale::Fr, Some(symbol)) => format!("{sign}{figure}{FIXED}{symbol}"),
            (Locale::Fr, None) => format!("{sign}{figure}{FIXED}{currency}"),
            (Locale::En, Some(symbol)) => format!("{sign}{symbol}{figure}"),
            (Locale::En, None) => format!("{sign}{currency}{FIXED}{figure}"),
        }
    }

    /// A sum in whole units, for the labels of a chart.
    pub fn round(&self, amount: impl Borrow<Amount>) -> String {
        grouped(self.locale, (amount.borrow().0 + 50).div_euclid(100))
    }

    fn decimals(&self, cents: u64, whole_only: bool) -> String {
        let whole = grouped(self.locale, i64::try_from(cents / 100).unwrap_or(i64::MAX));
        match (whole_only, self.locale) {
            (true, _) => whole,
            (false, Locale::Fr) => format!("{whole},{:02}", cents % 100),
            (false, Locale::En) => format!("{whole}.{:02}", cents % 100),
        }
    }

    /// Thousandths of a unit, as lines of an order keep them: `1`, `1,5`.
    pub fn quantity(&self, thousandths: impl Borrow<i64>) -> String {
        let q = *thousandths.borrow();
        let whole = grouped(self.locale, q / 1000);
        if q % 1000 == 0 {
            return whole;
        }
        let part = format!("{:03}", (q % 1000).abs());
        let point = if self.locale == Locale::Fr { ',' } else { '.' };
        format!("{whole}{point}{}", part.trim_end_matches('0'))
    }

    /// `43 %` or `43%`.
    pub fn percent(&self, n: u8) -> String {
        match self.locale {
            Locale::Fr => format!("{n}{NARROW}%"),
            Locale::En => format!("{n}%"),
        }
    }

    /// Bytes in the largest unit that leaves a figure above one: `84 ko`, `2,1 Go`; `84 kB`.
    pub fn size(&self, bytes: u64) -> String {
        let (units, point) = match self.locale {
            Locale::Fr => (["octets", "ko", "Mo", "Go", "To"], ','),
            Locale::En => (["bytes", "kB", "MB", "GB", "TB"], '.'),
        };
        let mut unit = 0;
        let mut tenths = bytes.saturating_mul(10);
        while tenths >= 10_000 && unit + 1 < units.len() {
            tenths = tenths.div_ceil(1000);
            unit += 1;
        }
        match unit {
            0 => format!("{}{FIXED}{}", grouped(self.locale, (tenths / 10) as i64), units[0]),
            _ if tenths >= 100 || tenths.is_multiple_of(10) => {
                format!("{}{FIXED}{}", tenths / 10, units[unit])
            }
            _ => format!("{}{point}{}{FIXED}{}", tenths / 10, tenths % 10, units[unit]),
        }
    }

    /// `a, b et c`.
    pub fn list(&self, items: &[String]) -> String {
        let and = if self.locale == Locale::Fr { " et " } else { " and " };
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [head @ .., last] => format!("{}{and}{last}", head.join(", ")),
        }
    }
}

fn grouped(locale: Locale, n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + 8);
    if n < 0 {
        out.push(MINUS);
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(if locale == Locale::Fr { NARROW } else { ',' });
        }
        out.push(digit);
    }
    out
}

fn symbol(currency: Currency) -> Option<&'static str> {
    match currency.code() {
        "EUR" => Some("€"),
        "GBP" => Some("£"),
        "USD" => Some("$"),
        _ => None,
    }
}

fn has_no_cents(currency: Currency) -> bool {
    matches!(currency.code(), "JPY" | "KRW" | "VND" | "CLP" | "XOF" | "XAF" | "XPF" | "ISK")
}

/// How a number given to a sentence is written in it.
pub(super) fn for_fluent<'v>(locale: Locale, value: &FluentValue<'v>) -> Option<String> {
    match value {
        FluentValue::Number(n) => Some(grouped(locale, n.value.round() as i64)),
        _ => None,
    }
}

/// `SPELL($n)`: small numbers in words, as a sentence begins with them (`Trois droits…`); larger
/// ones in figures. One is left to the sentence, which knows the gender.
pub(super) fn spell(locale: Locale, values: &[FluentValue<'_>]) -> FluentValue<'static> {
    const FR: [&str; 11] =
        ["Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf", "Dix", "Onze", "Douze"];
    const EN: [&str; 11] = [
        "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
    ];
    let Some(FluentValue::Number(n)) = values.first() else { return FluentValue::Error };
    let words = if locale == Locale::Fr { FR } else { EN };
    let n = n.value.round() as i64;
    let word = usize::try_from(n - 2).ok().and_then(|i| words.get(i).copied());
    FluentValue::from(word.map_or_else(|| grouped(locale, n), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(cents: i64) -> Money {
        Money { amount: Amount(cents), currency: Currency::EUR }
    }

    #[test]
    fn sums_are_written_as_each_language_writes_them() {
        let (fr, en) = (Words::of(Locale::Fr), Words::of(Locale::En));
        assert_eq!(fr.money(euros(123_456)), "1\u{202f}234,56\u{a0}€");
        assert_eq!(en.money(euros(123_456)), "€1,234.56");
        assert_eq!(fr.money(euros(-5)), "−0,05\u{a0}€");
        assert_eq!(en.money(euros(-1_843_210)), "−€18,432.10");
        let yen = Money { amount: Amount(120_000), currency: "JPY".parse().expect("a code") };
        assert_eq!(en.money(yen), "JPY\u{a0}1,200");
        assert_eq!(fr.amount(Amount(999), None), "9,99");
    }

    #[test]
    fn numbers_sizes_and_lists() {
        let (fr, en) = (Words::of(Locale::Fr), Words::of(Locale::En));
        assert_eq!(fr.number(1_247), "1\u{202f}247");
        assert_eq!(en.number(-41_280), "−41,280");
        assert_eq!(fr.quantity(1500), "1,5");
        assert_eq!(en.quantity(3000), "3");
        assert_eq!(fr.size(84_000), "84\u{a0}ko");
        assert_eq!(fr.size(2_100_000_000), "2,1\u{a0}Go");
        assert_eq!(en.size(999), "999\u{a0}bytes");
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(fr.list(&names), "a, b et c");
        assert_eq!(en.list(&names[..1]), "a");
    }
}
