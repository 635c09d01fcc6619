//! One order: what was bought, the addition, its history, its mails.

use super::addition::{Sum, sum};
use crate::pages::parts::order_state;
use crate::pages::{Frame, Nav};
use crate::words::{Html, Words};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use jiff::civil::Date;
use mesinfos_domain::{Amount, Currency, Money, OrderId};
use mesinfos_purchases::{Right, RightState};
use mesinfos_vault::views::{self, OrderCard};

/// `/order/{id}`.
#[derive(Template)]
#[template(path = "orders/show.html")]
struct Page {
    frame: Frame,
    card: OrderCard,
    merchant: String,
    state: Html,
    day: String,
    lede: Html,
    lines: Vec<Line>,
    sum: Sum,
    steps: Vec<Step>,
    rights: Vec<Days>,
    parcels: Vec<(String, String)>,
    mails: Vec<MailLine>,
}

struct Line {
    name: String,
    more: String,
    quantity: String,
    unit: String,
    total: String,
}

/// An event.
struct Step {
    when: String,
    what: String,
    who: String,
    mail: i64,
}

/// A right with its last day.
struct Days {
    day: Date,
    is_ahead: bool,
    when: String,
    what: String,
    article: String,
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
) -> Result<impl IntoResponse, Error> {
    let today = visitor.today();
    let card = visitor.vault(move |vault| views::order(vault, id, today)).await?;
    let card = card.ok_or(Error::NotFound)?;
    show(&filled(&visitor, card, today))
}

fn filled(visitor: &Visitor, card: OrderCard, today: Date) -> Page {
    let w = Words::of(visitor.locale);
    let merchant =
        card.row.merchant.as_ref().map_or_else(|| w.t("merchant-unknown"), |m| m.name.clone());
    let sum = sum(w, &card);
    let title = w.say("order-title").arg("merchant", merchant.as_str()).to_string();
    Page {
        state: order_state(w, card.row.status),
        day: w.full_date(card.row.placed),
        lede: lede(w, &card, &sum),
        lines: lines(w, &card),
        steps: steps(w, &card, today),
        rights: card.rights.iter().filter_map(|r| days(w, r, today)).collect(),
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

fn steps(w: &Words, card: &OrderCard, today: Date) -> Vec<Step> {
    card.history
        .iter()
        .map(|row| {
            let step = &row.step;
            let mut what = w.t(&format!("step-{}", step.status.code().replace('_', "-")));
            if let (Some(amount), Some(currency)) = (step.amount, card.purchase.currency) {
                what = format!("{what}, {}", w.money(Money { amount, currency }));
            }
            let signed = match &row.signed_by {
                Some(_) => w.t("step-signed"),
                None => String::new(),
            };
            let who = [step.writer.clone(), step.parcel.clone().unwrap_or_default(), signed];
            Step {
                when: w.day_short(step.day, today),
                what,
                who: who.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", "),
                mail: step.message.0,
            }
        })
        .collect()
}

fn days(w: &Words, right: &Right, today: Date) -> Option<Days> {
    let day = right.until?;
    if matches!(right.state, RightState::None | RightState::NotYet) {
        return None;
    }
    Some(Days {
        day,
        is_ahead: day >= today,
        when: w.day_short(day, today),
        what: w.t(&format!("right-{}-end", right.kind.code().replace('_', "-"))),
        article: w.say("article").arg("number", right.article.number).to_string(),
    })
}

fn parcels(w: &Words, card: &OrderCard) -> Vec<(String, String)> {
    card.purchase
        .parcels
        .iter()
        .map(|s| {
            let carrier = s.parcel.carrier.clone().unwrap_or_else(|| w.t("parcel"));
            (carrier, s.parcel.number.clone().unwrap_or_default())
        })
        .collect()
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
