//! Arithmetic as the proof: the sum done again from the lines, beside what the mail says.

use mesinfos_domain::{Amount, Line, Proof};
use serde::{Deserialize, Serialize};

/// The printed sums of an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Printed {
    /// What was paid or is due.
    pub total: Option<Amount>,
    /// The lines' sum.
    pub subtotal: Option<Amount>,
    /// Delivery.
    pub shipping: Option<Amount>,
    /// Tax.
    pub tax: Option<Amount>,
    /// What was taken off; positive.
    pub discount: Option<Amount>,
    /// Other charges.
    pub fees: Option<Amount>,
}

/// The addition, term by term.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Addition {
    /// What each line comes to; `None` where no price was read.
    pub lines: Vec<Option<Amount>>,
    /// Added.
    pub shipping: Option<Amount>,
    /// Added.
    pub fees: Option<Amount>,
    /// Taken off; `None` also where the lines are printed with the discount already off.
    pub discount: Option<Amount>,
    /// Added; `None` where the prices hold the tax already.
    pub tax: Option<Amount>,
    /// What the terms come to; `None` when no line has a price.
    pub computed: Option<Amount>,
    /// What the mail says.
    pub printed: Option<Amount>,
    /// What it says.
    pub proof: Proof,
    /// The only line without a price, and the price that would make the sum right.
    pub would_settle: Option<(usize, Amount)>,
}

impl Addition {
    /// Printed less computed: what is missing from the lines.
    pub fn gap(&self) -> Option<Amount> {
        Some(self.printed? - self.computed?)
    }
}

/// What a line comes to: its total, else unit price by quantity, to the nearest cent.
pub fn line_total(line: &Line) -> Option<Amount> {
    line.total.or_else(|| {
        let thousandths = line.unit_price?.0.saturating_mul(line.quantity.unwrap_or(1000));
        Some(Amount((thousandths + 500 * thousandths.signum()) / 1000))
    })
}

/// Adds the lines up and compares. Shops print prices with or without tax, and lines before or
/// after a discount: the first of the four readings that adds up is taken, else the plainest one.
pub fn add_up<'a>(lines: impl IntoIterator<Item = &'a Line>, printed: &Printed) -> Addition {
    let lines: Vec<Option<Amount>> = lines.into_iter().map(line_total).collect();
    let sum: Amount = lines.iter().flatten().copied().sum();
    let zero = Amount::ZERO;
    let reading = |discount: Option<Amount>, tax: Option<Amount>| {
        sum + printed.shipping.unwrap_or(zero) + printed.fees.unwrap_or(zero)
            - discount.unwrap_or(zero)
            + tax.unwrap_or(zero)
    };
    let terms = [
        (printed.discount, None),
        (printed.discount, printed.tax),
        (None, None),
        (None, printed.tax),
    ];
    let priced = lines.iter().any(Option::is_some);
    let right = terms
        .into_iter()
        .find(|(d, t)| priced && printed.total.is_some_and(|total| same(reading(*d, *t), total)));
    let (discount, tax) = right.unwrap_or(terms[0]);
    let computed = priced.then(|| reading(discount, tax));
    let proof = match (right, computed, printed.total) {
        (Some(_), ..) => Proof::Proved,
        (None, Some(_), Some(_)) => Proof::Doubtful,
        _ => Proof::None,
    };
    let mut addition = Addition {
        lines,
        shipping: printed.shipping,
        fees: printed.fees,
        discount,
        tax,
        computed,
        printed: printed.total,
        proof,
        would_settle: None,
    };
    let mut unpriced = addition.lines.iter().enumerate().filter(|(_, l)| l.is_none());
    if let (Some((only, _)), None, Some(gap)) =
        (unpriced.next(), unpriced.next(), addition.gap().filter(|g| *g > zero))
    {
        addition.would_settle = Some((only, gap));
    }
    addition
}

/// Equal to the cent: shops round lines and totals apart, so that one cent is no contradiction.
pub fn same(a: Amount, b: Amount) -> bool {
    (a - b).abs() <= Amount(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(unit: Option<i64>, quantity: i64) -> Line {
        Line {
            name: "x".into(),
            quantity: Some(quantity),
            unit_price: unit.map(Amount),
            ..Line::default()
        }
    }

    #[test]
    fn three_lines_shipping_and_discount_make_the_total() {
        let lines = [line(Some(6490), 1000), line(Some(890), 2000), line(Some(595), 1000)];
        let printed = Printed {
            total: Some(Amount(8765)),
            shipping: Some(Amount(490)),
            discount: Some(Amount(590)),
            tax: Some(Amount(1461)),
            ..Printed::default()
        };
        let addition = add_up(&lines, &printed);
        assert_eq!(addition.proof, Proof::Proved);
        assert_eq!(addition.tax, None, "the prices hold the tax");
        assert_eq!(addition.gap(), Some(Amount::ZERO));
    }

    #[test]
    fn a_price_that_was_not_read_is_asked_for() {
        let lines = [line(Some(580), 2000), line(None, 1000)];
        let printed = Printed {
            total: Some(Amount(1700)),
            shipping: Some(Amount(390)),
            ..Printed::default()
        };
        let addition = add_up(&lines, &printed);
        assert_eq!(addition.proof, Proof::Doubtful);
        assert_eq!(addition.would_settle, Some((1, Amount(150))));
    }

    #[test]
    fn a_kilo_and_a_half_and_tax_on_top() {
        let printed =
            Printed { total: Some(Amount(1800)), tax: Some(Amount(300)), ..Printed::default() };
        let addition = add_up(&[line(Some(1000), 1500)], &printed);
        assert_eq!((addition.proof, addition.tax), (Proof::Proved, Some(Amount(300))));
    }

    #[test]
    fn no_price_at_all_proves_nothing() {
        let printed = Printed { total: Some(Amount(1800)), ..Printed::default() };
        assert_eq!(add_up(&[line(None, 1000)], &printed).proof, Proof::None);
    }
}
