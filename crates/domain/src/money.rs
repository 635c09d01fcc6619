//! Money: whole minor units and an ISO 4217 currency, never a float.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};
use std::str::FromStr;

/// A sum in hundredths of a currency's main unit (cents), whatever the currency.
///
/// One scale for all currencies keeps sums comparable and columns alike; yen read as `1 200`
/// are `Amount(120_000)`. In JSON an amount is a decimal number in the main unit (`12.9`). Arithmetic
/// stops at the ends of `i64` instead of wrapping.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Amount(pub i64);

impl Amount {
    /// Nothing to pay.
    pub const ZERO: Amount = Amount(0);
    /// Without its sign.
    pub fn abs(self) -> Self {
        Amount(self.0.saturating_abs())
    }
    /// The sum in the main unit, for JSON and charts only: never to calculate with.
    pub fn as_main_unit(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl Add for Amount {
    type Output = Amount;
    fn add(self, other: Amount) -> Amount {
        Amount(self.0.saturating_add(other.0))
    }
}
impl Sub for Amount {
    type Output = Amount;
    fn sub(self, other: Amount) -> Amount {
        Amount(self.0.saturating_sub(other.0))
    }
}
impl Neg for Amount {
    type Output = Amount;
    fn neg(self) -> Amount {
        Amount(self.0.saturating_neg())
    }
}
impl Mul<i64> for Amount {
    type Output = Amount;
    fn mul(self, by: i64) -> Amount {
        Amount(self.0.saturating_mul(by))
    }
}
impl std::iter::Sum for Amount {
    fn sum<I: Iterator<Item = Amount>>(all: I) -> Amount {
        all.fold(Amount::ZERO, Add::add)
    }
}
impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(self.as_main_unit())
    }
}
impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let main = f64::deserialize(from)?;
        Ok(Amount((main * 100.0).round() as i64))
    }
}

/// An ISO 4217 code, such as `EUR`. Any three ASCII letters parse, in either case: whether a country
/// uses them is not asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro.
    pub const EUR: Currency = Currency(*b"EUR");
    /// The pound sterling.
    pub const GBP: Currency = Currency(*b"GBP");
    /// The US dollar.
    pub const USD: Currency = Currency(*b"USD");
    /// The Swiss franc.
    pub const CHF: Currency = Currency(*b"CHF");

    /// The three letters.
    pub fn code(&self) -> &str {
        // Only ASCII letters enter, through `from_str`; the fallback is never met.
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl FromStr for Currency {
    type Err = NotACurrency;
    fn from_str(code: &str) -> Result<Self, NotACurrency> {
        match code.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_alphabetic) => {
                Ok(Currency([a, b, c].map(|l| l.to_ascii_uppercase())))
            }
            _ => Err(NotACurrency),
        }
    }
}

/// The text is not three letters.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a currency is three letters of ISO 4217, such as EUR")]
pub struct NotACurrency;

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}
impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// An amount in a currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Money {
    /// How much.
    pub amount: Amount,
    /// Of what.
    pub currency: Currency,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_goes_through_json_unchanged() {
        for cents in [0, 1, 1290, -499, 1_843_210, 99_999_999_999] {
            let json = serde_json::to_string(&Amount(cents)).expect("numbers serialise");
            let back: Amount = serde_json::from_str(&json).expect("and are read again");
            assert_eq!(back, Amount(cents), "{json}");
        }
    }

    #[test]
    fn a_currency_is_three_letters() {
        assert_eq!("eur".parse(), Ok(Currency::EUR));
        assert_eq!("€".parse::<Currency>(), Err(NotACurrency));
        assert_eq!("EURO".parse::<Currency>(), Err(NotACurrency));
    }
}
