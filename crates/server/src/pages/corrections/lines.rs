//! A line of an order, written right in its place, removed or added.

use crate::pages::Back;
use crate::words::Words;
use crate::{Error, SentTo};
use mesinfos_domain::{Amount, Line, MessageId, OrderId};
use mesinfos_purchases::{LineEdit, Purchase};
use mesinfos_vault::corrections::Correction;
use mesinfos_vault::views;

/// A line as the fields of its form: in its place in the order's table.
pub(in crate::pages) struct Fields {
    /// Its place; the number of lines, when it is a new one.
    pub line: usize,
    pub is_new: bool,
    pub name: String,
    pub variant: String,
    pub quantity: String,
    pub unit: String,
    pub total: String,
}

impl Fields {
    /// The fields of this line; of an empty one past the last.
    pub fn of(w: &Words, purchase: &Purchase, line: usize) -> Fields {
        let figure = |a: Option<Amount>| a.map(|a| w.amount(a, None)).unwrap_or_default();
        let empty = Line::default();
        let read = purchase.lines.get(line).map(|b| &b.line);
        let is_new = read.is_none();
        let read = read.unwrap_or(&empty);
        Fields {
            line,
            is_new,
            name: read.name.clone(),
            variant: read.variant.clone().unwrap_or_default(),
            quantity: read.quantity.map(|q| w.quantity(q)).unwrap_or_default(),
            unit: figure(read.unit_price),
            total: figure(read.total),
        }
    }
}

/// One line as the form gives it: an empty field says "not known".
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Form {
    line: usize,
    remove: String,
    /// Only the line's sum: the one question of a doubtful order.
    settle: String,
    name: String,
    variant: String,
    quantity: String,
    unit: String,
    total: String,
}

pub(super) async fn take(SentTo(visitor, id, form): SentTo<OrderId, Form>) -> Result<Back, Error> {
    let today = visitor.today();
    let word = visitor
        .vault(move |vault| {
            let Some(card) = views::order(vault, id, today)? else { return Ok(None) };
            let Some((message, line)) = place(&card.purchase, form.line) else { return Ok(None) };
            let read = card.purchase.lines.get(form.line).map(|b| b.line.clone());
            let edit = edit(&form, read.unwrap_or_default());
            Ok(Some(Correction::Line { message, line, edit }))
        })
        .await?;
    visitor.says(word.ok_or(Error::NotFound)?, &format!("/order/{id}")).await
}

/// The mail that a line was read in and its place there; past the last, a new place in the mail of
/// the others.
fn place(purchase: &Purchase, line: usize) -> Option<(MessageId, usize)> {
    if let Some(bought) = purchase.lines.get(line) {
        return Some((bought.read_in, bought.source_line));
    }
    let mail = purchase.lines.first().map(|b| b.read_in).or(purchase.mails.first().copied())?;
    let last = purchase.lines.iter().filter(|b| b.read_in == mail).map(|b| b.source_line + 1).max();
    (line == purchase.lines.len()).then_some((mail, last.unwrap_or(0)))
}

fn edit(form: &Form, mut line: mesinfos_domain::Line) -> LineEdit {
    if !form.remove.is_empty() {
        return LineEdit::Removed;
    }
    if let Ok(cents) = form.settle.parse() {
        line.total = Some(Amount(cents));
        return LineEdit::Is(Box::new(line));
    }
    let text = |t: &str| Some(t.trim().to_owned()).filter(|t| !t.is_empty());
    if let Some(name) = text(&form.name) {
        line.name = name;
    }
    line.variant = text(&form.variant);
    line.quantity = decimal(&form.quantity, 3);
    line.unit_price = decimal(&form.unit, 2).map(Amount);
    line.total = decimal(&form.total, 2).map(Amount);
    LineEdit::Is(Box::new(line))
}

/// A figure typed in either language, in units of `10^-digits`: `1 234,56`, `1,234.56`, `12 €`.
/// The last comma or full stop is the decimal sign when one to `digits` digits follow it.
fn decimal(typed: &str, digits: usize) -> Option<i64> {
    let typed: String =
        typed.chars().filter(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).collect();
    let (whole, part) = match typed.rfind([',', '.']) {
        Some(at) if (1..=digits).contains(&(typed.len() - at - 1)) => {
            (&typed[..at], &typed[at + 1..])
        }
        _ => (&typed[..], ""),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    if whole.is_empty() && part.is_empty() {
        return None;
    }
    format!("{whole}{part:0<digits$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_read_as_it_is_written_in_either_language() {
        for (typed, cents) in [
            ("1 234,56", Some(123_456)),
            ("1,234.56", Some(123_456)),
            ("12 €", Some(1200)),
            (",5", Some(50)),
            ("1.234", Some(123_400)),
            ("", None),
            ("gratuit", None),
        ] {
            assert_eq!(decimal(typed, 2), cents, "{typed}");
        }
        assert_eq!(decimal("1,5", 3), Some(1500));
        assert_eq!(decimal("2", 3), Some(2000));
    }
}
