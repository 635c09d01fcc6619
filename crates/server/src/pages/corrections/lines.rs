//! The lines of an order, to be written right.

use super::back;
use crate::pages::{Frame, Nav};
use crate::visitor::Sent;
use crate::words::Words;
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use mesinfos_domain::{Amount, OrderId};
use mesinfos_purchases::LineEdit;
use mesinfos_vault::corrections::Correction;
use mesinfos_vault::views;

/// `/order/{id}/lines`.
#[derive(Template)]
#[template(path = "corrections/lines.html")]
struct Page {
    frame: Frame,
    id: OrderId,
    lines: Vec<Line>,
}

struct Line {
    name: String,
    variant: String,
    quantity: String,
    unit: String,
    total: String,
}

pub(super) async fn page(
    visitor: Visitor,
    Path(id): Path<OrderId>,
) -> Result<impl IntoResponse, Error> {
    let today = visitor.today();
    let card = visitor.vault(move |vault| views::order(vault, id, today)).await?;
    let card = card.ok_or(Error::NotFound)?;
    let w = Words::of(visitor.locale);
    let figure = |a: Option<Amount>| a.map(|a| w.amount(a, None)).unwrap_or_default();
    let bought = card.purchase.lines.iter().map(|b| &b.line);
    let lines = bought.map(|line| Line {
        name: line.name.clone(),
        variant: line.variant.clone().unwrap_or_default(),
        quantity: line.quantity.map(|q| w.quantity(q)).unwrap_or_default(),
        unit: figure(line.unit_price),
        total: figure(line.total),
    });
    let lines = lines.collect();
    show(&Page { frame: visitor.frame(Nav::Purchases, w.t("lines-name")), id: card.row.id, lines })
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

pub(super) async fn take(
    Path(id): Path<OrderId>,
    Sent(visitor, form): Sent<Form>,
) -> Result<Redirect, Error> {
    let (now, today) = (visitor.state().now_us(), visitor.today());
    let done = visitor
        .vault(move |vault| {
            let Some(card) = views::order(vault, id, today)? else { return Ok(None) };
            let Some(bought) = card.purchase.lines.get(form.line) else { return Ok(None) };
            let edit = edit(&form, bought.line.clone());
            let (message, line) = (bought.read_in, bought.source_line);
            vault.correct(&Correction::Line { message, line, edit }, now).map(Some)
        })
        .await?;
    Ok(back(&format!("/order/{id}"), Some(done.ok_or(Error::NotFound)?)))
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
