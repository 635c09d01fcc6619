//! One question over mails, things and actors.

use crate::pages::parts::Address;
use crate::pages::purchases::{Thing, thing};
use crate::pages::{Frame, Nav};
use crate::words::Words;
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::Date};
use mesinfos_domain::{Category, MessageId};
use mesinfos_vault::search::{ActorHit, Ask, MailHits};
use mesinfos_vault::views::{self, PageAsked, Purchases, PurchasesAsked};

#[derive(serde::Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    after: Option<i64>,
}

/// `/search`.
#[derive(Template)]
#[template(path = "find/show.html")]
struct Page {
    frame: Frame,
    q: String,
    things: Vec<Thing>,
    actors: Vec<(i64, String)>,
    mails: Vec<Row>,
    next: Option<String>,
    newest: String,
    relevant: String,
    by_relevance: bool,
    narrow: Vec<(String, Vec<(String, String)>)>,
}

struct Row {
    id: i64,
    subject: String,
    from: String,
    day: String,
    category: String,
    has_order: bool,
    has_attachment: bool,
}

const MAILS: usize = 20;
const THINGS: i64 = 3;

pub(super) async fn page(
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Error> {
    let today = visitor.today();
    let q = asked.q.trim().to_owned();
    let (text, by_relevance, after) = (q.clone(), asked.sort == "relevant", asked.after);
    let (things, actors, mails) = match q.is_empty() {
        true => Default::default(),
        false => {
            visitor
                .vault(move |vault| {
                    let ask = Ask {
                        text: &text,
                        limit: MAILS,
                        after: after.map(MessageId),
                        by_relevance,
                    };
                    let mails = vault.search(&ask)?;
                    // A question with filters is about mails.
                    let (things, actors) = match text.contains(':') || after.is_some() {
                        true => (None, Vec::new()),
                        false => {
                            let wanted = PurchasesAsked {
                                words: Some(text.clone()),
                                page: PageAsked { number: 0, size: THINGS },
                                ..PurchasesAsked::default()
                            };
                            let things = views::purchases(vault, &wanted, today)?;
                            (Some(things), vault.search_actors(&text, 5)?)
                        }
                    };
                    Ok((things, actors, mails))
                })
                .await?
        }
    };
    show(&filled(&visitor, q, by_relevance, things, &actors, &mails, today))
}

fn filled(
    visitor: &Visitor,
    q: String,
    by_relevance: bool,
    things: Option<Purchases>,
    actors: &[ActorHit],
    mails: &MailHits,
    today: Date,
) -> Page {
    let w = Words::of(visitor.locale);
    let here = Address::new("/search").with("q", &q);
    let word = |c: Category| w.t(&format!("category-{}", c.code().replace('_', "-")));
    let rows: Vec<Row> = mails
        .mails
        .iter()
        .map(|m| {
            let at = Timestamp::from_microsecond(m.at_us).unwrap_or_default();
            Row {
                id: m.id.0,
                subject: m.subject.clone(),
                from: if m.from_name.is_empty() {
                    m.from_address.clone()
                } else {
                    m.from_name.clone()
                },
                day: w.day(at.to_zoned_datetime(TimeZone::UTC).date(), today),
                category: word(m.category),
                has_order: m.has_order,
                has_attachment: m.attachments > 0,
            }
        })
        .collect();
    let title = if q.is_empty() { w.t("nav-search") } else { q.clone() };
    Page {
        things: things
            .map(|p| p.things.rows.iter().map(|t| thing(w, t, today)).collect())
            .unwrap_or_default(),
        actors: actors.iter().map(|a| (a.id.0, a.name.clone())).collect(),
        next: mails.next.map(|n| here.with("after", n).to_string()),
        newest: here.to_string(),
        relevant: here.with("sort", "relevant").to_string(),
        by_relevance,
        narrow: if q.is_empty() { Vec::new() } else { narrow(w, &q, today) },
        mails: rows,
        frame: visitor.frame(Nav::Search, title),
        q,
    }
}

/// Ways to ask more narrowly, as links: drawers, years, what a mail holds.
fn narrow(w: &Words, q: &str, today: Date) -> Vec<(String, Vec<(String, String)>)> {
    let more =
        |filter: String| Address::new("/search").with("q", format!("{q} {filter}")).to_string();
    let categories = Category::ALL
        .iter()
        .map(|c| {
            let word = w.t(&format!("category-{}", c.code().replace('_', "-")));
            (more(format!("category:{}", c.code())), word)
        })
        .collect();
    let years = (0..3)
        .map(|ago| {
            let year = today.year() - ago;
            (more(format!("after:{year}-01-01 before:{}-01-01", year + 1)), year.to_string())
        })
        .collect();
    let holds = ["order", "attachment"]
        .iter()
        .map(|h| (more(format!("has:{h}")), w.t(&format!("narrow-{h}"))))
        .collect();
    vec![
        (w.t("col-category"), categories),
        (w.t("narrow-year"), years),
        (w.t("narrow-holds"), holds),
    ]
}
