//! One order: what was bought, the addition, its history, its mails.

use super::addition::{Sum, sum};
use super::story::{End, Step, ends, steps};
use crate::pages::corrections::Fields;
use crate::pages::parts::order_state;
use crate::pages::{Frame, Nav};
use crate::words::{Html, Words};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use jiff::civil::Date;
use mesinfos_domain::{Amount, Currency, Money, OrderId};
use mesinfos_purchases::Nature;
use mesinfos_vault::views::{self, OrderCard};

/// `/order/{id}`.
#[derive(Template)]
#[template(path = "orders/show.html")]
struct Page {
    frame: Frame,
    card: OrderCard,
    merchant: String,
    /// How its number is named: of an order, of a bill, of a booking.
    number_key: &'static str,
    state: Html,
    day: String,
    lede: Html,
    lines: Vec<Line>,
    sum: Sum,
    steps: Vec<Step>,
    rights: Vec<End>,
    parcels: Vec<Vec<String>>,
    mails: Vec<MailLine>,
    /// The line that is being written right, in its place.
    edited: Option<Fields>,
}

#[derive(serde::Deserialize, Default)]
pub(super) struct Asked {
    /// A line's place, or one past the last to add one.
    #[serde(default)]
    edit: Option<usize>,
}

struct Line {
    name: String,
    more: String,
    quantity: String,
    unit: String,
    total: String,
}

struct MailLine {
    id: i64,
    subject: String,
    day: String,
    facts: Vec<(String, String)>,
}

pub(super) async fn page(
    visitor: Visitor,
    Path(id): Path<OrderId>,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Error> {
    let today = visitor.today();
    let card = visitor.vault(move |vault| views::order(vault, id, today)).await?;
    let card = card.ok_or(Error::NotFound)?;
    show(&filled(&visitor, card, asked.edit, today))
}

fn filled(visitor: &Visitor, card: OrderCard, edit: Option<usize>, today: Date) -> Page {
    let w = Words::of(visitor.locale);
    let merchant =
        card.row.merchant.as_ref().map_or_else(|| w.t("merchant-unknown"), |m| m.name.clone());
    let sum = sum(w, &card);
    let title = w.say("order-title").arg("merchant", merchant.as_str()).to_string();
    Page {
        edited: edit
            .filter(|n| *n <= card.purchase.lines.len())
            .map(|n| Fields::of(w, &card.purchase, n)),
        state: order_state(w, card.row.status),
        number_key: match card.row.nature {
            Nature::Bill => "order-number-bill",
            Nature::Booking => "order-number-booking",
            _ => "order-number",
        },
        day: w.full_date(card.row.placed),
        lede: lede(w, &card, &sum),
        lines: lines(w, &card),
        steps: steps(w, &card.history, card.purchase.currency, today),
        rights: ends(w, &card.rights, today),
        parcels: parcels(w, &card),
        mails: mails(w, &card, today),
        frame: visitor.frame(Nav::Purchases, title),
        merchant,
        sum,
        card,
    }
}

/// The answer first: whether the sum adds up.
fn lede(w: &Words, card: &OrderCard, sum: &Sum) -> Html {
    let total = card.row.total.map(|m| w.money(m)).unwrap_or_default();
    match (&sum.gap, sum.proved) {
        (Some(gap), _) => w.say("order-gap").arg("gap", gap.as_str()).html(),
        (None, true) => {
            w.say("order-proved").arg("lines", card.purchase.lines.len()).arg("total", total).html()
        }
        (None, false) if card.row.nature == Nature::Parcel => w.say("order-parcel-only").html(),
        (None, false) if total.is_empty() => w.say("order-bare").html(),
        (None, false) => w.say("order-total-only").arg("total", total).html(),
    }
}

fn lines(w: &Words, card: &OrderCard) -> Vec<Line> {
    let currency = card.purchase.currency.unwrap_or(Currency::EUR);
    let money = |a: Option<Amount>| {
        a.map(|amount| w.money(Money { amount, currency })).unwrap_or_else(|| "—".into())
    };
    card.purchase
        .lines
        .iter()
        .map(|bought| {
            let line = &bought.line;
            let mut more: Vec<String> = line.variant.iter().cloned().collect();
            more.extend(line.sku.iter().map(|s| w.n("line-sku", s.as_str())));
            more.extend(line.gtin.iter().map(|g| w.n("line-gtin", g.as_str())));
            more.extend(line.seller.iter().map(|s| w.n("line-seller", s.name.as_str())));
            Line {
                name: line.name.clone(),
                more: more.join(" · "),
                quantity: line.quantity.map(|q| w.quantity(q)).unwrap_or_else(|| "—".into()),
                unit: money(line.unit_price),
                total: money(mesinfos_purchases::addition::line_total(line)),
            }
        })
        .collect()
}

/// Each parcel's carrier, then what is known of it: number, place, day.
fn parcels(w: &Words, card: &OrderCard) -> Vec<Vec<String>> {
    let parcel = |s: &mesinfos_purchases::Shipment| {
        let mut known = vec![s.parcel.carrier.clone().unwrap_or_else(|| w.t("parcel"))];
        known.extend(s.parcel.number.clone());
        known.extend(s.parcel.pickup_point.clone());
        known.extend(s.parcel.pickup_code.as_ref().map(|c| w.n("parcel-code", c.as_str())));
        known.extend(s.parcel.pickup_until.map(|d| w.n("collect-until", w.date(d))));
        known.extend(s.delivered.map(|d| w.n("parcel-delivered", w.date(d))));
        known
    };
    card.purchase.parcels.iter().map(parcel).collect()
}

fn mails(w: &Words, card: &OrderCard, today: Date) -> Vec<MailLine> {
    card.mails
        .iter()
        .map(|row| MailLine {
            id: row.mail.id.0,
            subject: row.mail.subject.clone(),
            day: w.day(row.mail.at.to_zoned_datetime(jiff::tz::TimeZone::UTC).date(), today),
            facts: row
                .facts
                .iter()
                .filter(|f| !f.fact.source.words.is_empty())
                .take(12)
                .map(|f| (f.fact.anchor(), f.fact.source.words.clone()))
                .collect(),
        })
        .collect()
}

impl Page {
    /// The fields that stand in place of this line.
    fn edits(&self, line: usize) -> Option<&Fields> {
        self.edited.as_ref().filter(|fields| fields.line == line)
    }
}
