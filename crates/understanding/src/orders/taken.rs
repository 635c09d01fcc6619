//! What was chosen is taken into the order, each part with the words it was read in.

use super::items::Item;
use super::proof::{self, Sums};
use super::sheet::{Sheet, Span};
use mesinfos_domain::{Amount, Fact, Line, Order, Proof, Source};
use mesinfos_reading::limits;

/// Where the parts of an order were read, gathered as they are taken.
pub(super) struct Facts<'s> {
    pub sheet: &'s Sheet,
    pub out: Vec<Fact>,
}

impl Facts<'_> {
    pub fn span(&mut self, field: &str, span: &Span, rule: &str, confidence: u8) {
        self.source(field, self.sheet.source(span), rule, confidence);
    }
    pub fn source(&mut self, field: &str, source: Source, rule: &str, confidence: u8) {
        self.out.push(Fact {
            field: field.to_owned(),
            source,
            rule: rule.to_owned(),
            confidence: confidence.min(100),
        });
    }
}

/// The sums that were chosen.
pub(super) fn take_sums(order: &mut Order, sums: &Sums, facts: &mut Facts<'_>) {
    let sure = match sums.proof {
        Proof::Proved => 98,
        Proof::None => 75,
        Proof::Doubtful => 50,
    };
    let mut take = |field: &str, chosen: &proof::Chosen| {
        chosen.as_ref().map(|(amount, span)| {
            facts.span(&format!("order.{field}"), span, "label-beside-amount", sure);
            *amount
        })
    };
    order.total = take("total", &sums.total);
    order.subtotal = take("subtotal", &sums.subtotal);
    order.shipping = take("shipping", &sums.shipping);
    order.tax = take("tax", &sums.tax);
    order.discount = take("discount", &sums.discount);
    order.fees = take("fees", &sums.fees);
    order.refunded = take("refunded", &sums.refunded);
}

/// The lines that were chosen.
pub(super) fn take_lines(order: &mut Order, items: &[Item], sums: &Sums, facts: &mut Facts<'_>) {
    for i in &sums.lines {
        let item = &items[*i];
        let Some((name, at)) = &item.words.name else { continue };
        let n = order.lines.len();
        let field = |f: &str| format!("order.lines[{n}].{f}");
        let rule = if item.has_titles { "titled-columns" } else { "repeated-rows" };
        let sure = if sums.proof == Proof::Proved { 95 } else { 70 };
        facts.span(&field("name"), at, rule, sure);
        let quantity = item.words.quantity.as_ref().map(|q| q.0);
        if order.lines.len() >= limits::ORDER_LINES {
            break;
        }
        let mut line =
            Line { name: name.clone(), quantity: quantity.or(Some(1000)), ..Line::default() };
        let mut note = |f: &str, read: &Option<(Amount, Span)>| {
            if let Some((_, s)) = read {
                facts.span(&field(f), s, rule, sure);
            }
        };
        line.unit_price = item.unit.as_ref().map(|u| u.0);
        line.total = item.total.as_ref().map(|u| u.0);
        note("unit_price", &item.unit);
        note("total", &item.total);
        let several = quantity.is_some_and(|q| q != 1000);
        if sums.prices_are_units && several && item.unit.is_none() && item.price.is_none() {
            line.unit_price = line.total.take(); // Its title said otherwise; the sums decided.
        }
        if let Some((p, _)) = &item.price {
            let is_unit = line.total.is_some() || sums.prices_are_units;
            if is_unit && (several || line.total.is_some()) {
                line.unit_price = Some(*p);
                note("unit_price", &item.price);
            } else {
                line.total = line.total.or(Some(*p));
                note("total", &item.price);
            }
        }
        if line.quantity == Some(1000) {
            // One piece: its price and the line's are the same.
            line.unit_price = line.unit_price.or(line.total);
            line.total = line.total.or(line.unit_price);
        }
        let mut text = |f: &str, read: &Option<(String, Span)>| {
            read.as_ref().map(|(t, s)| {
                facts.span(&field(f), s, rule, sure);
                t.clone()
            })
        };
        line.sku = text("sku", &item.words.sku);
        line.gtin = text("gtin", &item.words.gtin);
        if let Some((seller, s)) = &item.words.seller {
            facts.span(&field("seller"), s, rule, sure);
            line.seller = Some(seller.clone());
        }
        if let (Some((_, first)), Some((_, last))) =
            (item.words.variant.first(), item.words.variant.last())
        {
            facts.span(
                &field("variant"),
                &(first.start.min(last.start)..last.end.max(first.end)),
                rule,
                sure,
            );
            line.variant = Some(
                item.words.variant.iter().map(|v| v.0.as_str()).collect::<Vec<_>>().join(", "),
            );
        }
        if !item.words.details.is_empty() {
            line.description = Some(
                item.words.details.iter().map(|d| d.0.as_str()).collect::<Vec<_>>().join("\n"),
            );
        }
        line.image_url = item.image.clone();
        line.url = item.url.clone();
        if let Some((_, s)) = &item.words.quantity {
            facts.span(&field("quantity"), s, rule, sure);
        }
        order.lines.push(line);
    }
}
