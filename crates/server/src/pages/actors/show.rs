//! One actor: its mails by drawer, its orders, its offers, and why we think it is it.

use crate::pages::lists::Offer;
use crate::pages::orders::Row as OrderLine;
use crate::pages::partners::{WayOut, asked_so_far};
use crate::pages::parts::{bar, volume};
use crate::pages::rights::{Asked, rights_of};
use crate::pages::{Frame, Nav};
use crate::words::{Html, Words};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mesinfos_domain::{ActorId, Category};
use mesinfos_partners::Stance;
use mesinfos_vault::views::{self, ActorCard, Standing};

/// `/actor/{id}`.
#[derive(Template)]
#[template(path = "actors/show.html")]
struct Page {
    frame: Frame,
    card: ActorCard,
    about: String,
    lede: Html,
    drawers: Vec<Drawer>,
    months: Html,
    read_by: String,
    orders: Vec<OrderLine>,
    offers: Vec<Offer>,
    awaited: Vec<Waiting>,
    evidence: Vec<(String, String, String)>,
    rights: Vec<Asked>,
    is_refused: bool,
    way: Option<WayOut>,
    way_mail: i64,
    way_asked: Vec<String>,
    way_actor: i64,
}

struct Drawer {
    code: &'static str,
    name: String,
    count: String,
    unread: String,
    bar: Html,
    last: String,
    is_refused: bool,
    is_newsletter: bool,
}

struct Waiting {
    what: String,
    site: String,
    mail: i64,
}

pub(super) async fn page(
    visitor: Visitor,
    Path(id): Path<ActorId>,
) -> Result<impl IntoResponse, Error> {
    let today = visitor.today();
    let card = visitor.vault(move |vault| views::actor(vault, id, today)).await?;
    let card = card.ok_or(Error::NotFound)?;
    let w = Words::of(visitor.locale);
    let page = Page {
        about: about(w, &card),
        lede: lede(w, &card),
        drawers: drawers(w, &card, today),
        months: volume(w, &card.months, today, &w.t("actor-months-label")),
        read_by: w.read_by(card.read_by, card.row.unread.total()),
        orders: card.orders.iter().map(|o| OrderLine::new(w, o, today)).collect(),
        offers: card.offers.iter().map(|o| Offer::new(w, o, today)).collect(),
        awaited: card.awaited.iter().map(|a| waiting(w, a)).collect(),
        evidence: evidence(w, &card),
        rights: rights_of(w, &card),
        is_refused: card.row.standing == Standing::Refused,
        way: card.unsubscribe.as_ref().map(|(u, _)| WayOut::new(w, u)),
        way_mail: card.unsubscribe.as_ref().map_or(0, |(_, mail)| mail.0),
        way_asked: asked_so_far(w, &card.asked),
        way_actor: card.row.actor.id.0,
        frame: visitor.frame(Nav::Actors, card.row.actor.name.clone()),
        card,
    };
    show(&page)
}

fn day(at: jiff::Timestamp) -> Date {
    at.to_zoned_datetime(TimeZone::UTC).date()
}

/// "Boutique · electro-vauban.example · vous écrit depuis mars 2021".
fn about(w: &Words, card: &ActorCard) -> String {
    let mut parts = vec![w.t(&format!("kind-{}", card.row.actor.kind.code()))];
    parts.extend(card.row.actor.domain.clone());
    parts.push(w.n("actor-since", w.month(day(card.row.first))));
    let former = card.names.iter().skip(1).map(|n| n.name.clone()).next();
    parts.extend(former.map(|name| w.n("actor-formerly", name)));
    parts.join(" · ")
}

fn lede(w: &Words, card: &ActorCard) -> Html {
    let mails = card.row.counts.total();
    let letters = card.row.counts.of(Category::Newsletter);
    // Where all are refused the sentence says so already.
    let hidden = if mails == 0 { 0 } else { card.row.hidden.total() };
    let rest = w.say("actor-mails").arg("mails", mails).arg("letters", letters);
    let rest = rest.arg("hidden", hidden).html();
    match card.row.spent.first() {
        Some(spent) => {
            let first = w.say("actor-spent").arg("spent", w.money(*spent));
            Html::rendered(format!("{} {rest}", first.arg("orders", card.row.orders).html()))
        }
        None => rest,
    }
}

fn drawers(w: &Words, card: &ActorCard, today: Date) -> Vec<Drawer> {
    let total = (card.row.counts.total() + card.row.hidden.total()).max(1);
    card.categories
        .iter()
        .map(|c| Drawer {
            code: c.category.code(),
            name: w.t(&format!("category-{}", c.category.code().replace('_', "-"))),
            count: w.number(c.count),
            unread: match card.row.unread.of(c.category) {
                0 => String::new(),
                n => w.number(n),
            },
            bar: bar(&[(pale(c), (c.count * 1000 / total) as u64)], ""),
            last: w.day_short(day(c.last), today),
            is_refused: c.said.is_some_and(|s| s.stance == Stance::Refused),
            is_newsletter: c.category == Category::Newsletter,
        })
        .collect()
}

/// What is refused is drawn hollow.
fn pale(c: &views::CategoryCount) -> &'static str {
    if c.said.is_some_and(|s| s.stance == Stance::Refused) { "gone" } else { "" }
}

fn waiting(w: &Words, row: &views::AwaitedRow) -> Waiting {
    let kind = w.t(&format!("document-{}", row.document.kind));
    Waiting {
        what: match &row.document.period {
            Some(period) => format!("{kind}, {period}"),
            None => kind,
        },
        site: row.document.site.clone().unwrap_or_default(),
        mail: row.message.0,
    }
}

fn evidence(w: &Words, card: &ActorCard) -> Vec<(String, String, String)> {
    card.evidence
        .iter()
        .take(12)
        .map(|e| {
            let kind = format!("{:?}", e.kind).to_lowercase();
            (w.t(&format!("evidence-{kind}")), e.value.clone(), w.n("evidence-mails", e.mails))
        })
        .collect()
}
