//! The addition of an order, done again line by line and held against what the mail says.

use crate::words::Words;
use mesinfos_domain::{Amount, Currency, Money};
use mesinfos_vault::views::OrderCard;

/// One term: its sign, what it is, how much.
pub(super) struct Term {
    pub sign: &'static str,
    pub what: String,
    pub sum: String,
}

/// The addition as it is printed.
pub(super) struct Sum {
    pub terms: Vec<Term>,
    pub computed: Option<String>,
    pub printed: Option<String>,
    /// The words of the mail that state the total.
    pub quoted: Option<String>,
    pub gap: Option<String>,
    pub proved: bool,
    /// The line whose price would settle it, and that price.
    pub would_settle: Option<Settle>,
}

/// The one question of a doubtful order.
pub(super) struct Settle {
    pub name: String,
    pub price: String,
    /// The line's place in the order, and the price in hundredths, for the form.
    pub line: usize,
    pub cents: i64,
}

/// The addition of this order.
pub(super) fn sum(w: &Words, card: &OrderCard) -> Sum {
    let currency = card.purchase.currency.unwrap_or(Currency::EUR);
    let money = |amount: Amount| w.money(Money { amount, currency });
    let a = &card.addition;
    let mut terms = Vec::new();
    for (line, total) in card.purchase.lines.iter().zip(&a.lines) {
        let Some(total) = total else { continue };
        let sign = if terms.is_empty() { "" } else { "+" };
        terms.push(Term { sign, what: named(w, &line.line, currency), sum: money(*total) });
    }
    let others = [
        ("+", "sum-shipping", a.shipping),
        ("+", "sum-fees", a.fees),
        ("+", "sum-tax", a.tax),
        ("−", "sum-discount", a.discount),
    ];
    for (sign, key, amount) in others {
        if let Some(amount) = amount {
            terms.push(Term { sign, what: w.t(key), sum: money(amount.abs()) });
        }
    }
    let quoted = card.mails.iter().flat_map(|m| &m.facts).find(|f| f.fact.field == "order.total");
    Sum {
        terms,
        computed: a.computed.map(money),
        printed: a.printed.map(money),
        quoted: quoted.map(|f| f.fact.source.words.clone()),
        gap: a.gap().filter(|g| *g != Amount::ZERO).map(|g| money(g.abs())),
        proved: a.computed.is_some() && a.gap() == Some(Amount::ZERO),
        would_settle: a.would_settle.and_then(|(line, price)| {
            let name = card.purchase.lines.get(line)?.line.name.clone();
            Some(Settle { name, price: money(price), line, cents: price.0 })
        }),
    }
}

/// "Filtres, 2 × 8,90 €".
fn named(w: &Words, line: &mesinfos_domain::Line, currency: Currency) -> String {
    match (line.quantity, line.unit_price) {
        (Some(quantity), Some(unit)) if quantity != 1000 => w
            .say("sum-times")
            .arg("name", line.name.as_str())
            .arg("quantity", w.quantity(quantity))
            .arg("price", w.money(Money { amount: unit, currency }))
            .to_string(),
        _ => line.name.clone(),
    }
}
