//! Mails by actor, drawer or folder, newest first.

use crate::pages::parts::{Address, Pager};
use crate::pages::{Frame, Nav};
use crate::words::{Words, isolate};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::tz::TimeZone;
use mesinfos_domain::{ActorId, Category};
use mesinfos_partners::Stance;
use mesinfos_vault::views::{self, MessageRow, MessagesAsked, PageAsked, Paged};

#[derive(serde::Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    actor: Option<i64>,
    #[serde(default)]
    category: String,
    #[serde(default)]
    folder: String,
    /// `1`: those of twelve months that nobody opened.
    #[serde(default)]
    unread: String,
    #[serde(default)]
    page: Option<u64>,
}

/// `/mails`.
#[derive(Template)]
#[template(path = "lists/mails.html")]
struct Page {
    frame: Frame,
    lede: String,
    categories: Vec<(String, String, bool)>,
    mails: Vec<Row>,
    pager: Pager,
    /// Nothing is filtered: an empty list is an empty vault.
    is_bare: bool,
}

struct Row {
    id: i64,
    subject: String,
    from: String,
    day: String,
    category: String,
    order: Option<i64>,
    has_attachment: bool,
    suspected: bool,
    is_refused: bool,
}

/// Folders that one may ask for; anything else is the mails that count.
const FOLDERS: [&str; 5] = ["spam", "trash", "drafts", "sent", "chats"];

pub(super) async fn page(
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Error> {
    let here = Address::new("/mails")
        .with("actor", asked.actor.map(|a| a.to_string()).unwrap_or_default())
        .with("category", &asked.category)
        .with("folder", &asked.folder)
        .with("unread", &asked.unread);
    let today = visitor.today();
    let wanted = MessagesAsked {
        actor: asked.actor.map(ActorId),
        category: Category::from_code(&asked.category),
        folder: FOLDERS.contains(&asked.folder.as_str()).then(|| asked.folder.clone()),
        unread: (asked.unread == "1").then_some(today),
        page: PageAsked { number: asked.page.unwrap_or(1).saturating_sub(1) as i64, size: 40 },
        ..MessagesAsked::default()
    };
    let found = visitor.vault(move |vault| views::messages(vault, &wanted)).await?;
    let w = Words::of(visitor.locale);
    let word = |c: Category| w.t(&format!("category-{}", c.code().replace('_', "-")));
    let mut categories =
        vec![(here.without("category").to_string(), w.t("mails-all"), asked.category.is_empty())];
    categories.extend(Category::ALL.map(|c| {
        (here.with("category", c.code()).to_string(), word(c), asked.category == c.code())
    }));
    let rows = found.mails.rows.iter().map(|m| Row {
        id: m.mail.id.0,
        subject: m.mail.subject.clone(),
        from: m.mail.actor.as_ref().map_or_else(|| m.mail.from.clone(), |a| a.name.clone()),
        day: w.day_short(m.mail.at.to_zoned_datetime(TimeZone::UTC).date(), today),
        category: word(m.mail.category),
        order: m.order.map(|o| o.0),
        has_attachment: m.has_attachment,
        suspected: m.suspected_fraud.is_some(),
        is_refused: m.refused.is_some_and(|s| s.stance == Stance::Refused),
    });
    let total = u64::try_from(found.mails.total).unwrap_or(0);
    let page = Page {
        lede: lede(w, &asked, &found.mails),
        categories,
        mails: rows.collect(),
        pager: Pager::new(total, 40, asked.page.unwrap_or(1), &here),
        is_bare: asked.actor.is_none()
            && asked.category.is_empty()
            && asked.folder.is_empty()
            && asked.unread.is_empty(),
        frame: visitor.frame(Nav::Search, w.t("mails-name")),
    };
    show(&page)
}

/// "Marché Delta : 68 mails." With no row there is nobody to name.
fn lede(w: &Words, asked: &Asked, mails: &Paged<MessageRow>) -> String {
    let key = if asked.unread == "1" { "mails-lede-unread" } else { "mails-lede" };
    let said = w.n(key, mails.total);
    let actor = mails.rows.first().and_then(|m| m.mail.actor.as_ref());
    match actor.filter(|_| asked.actor.is_some()) {
        Some(actor) => {
            let of = w.say("mails-of").arg("mails", said.trim_end_matches('.'));
            of.arg("name", isolate(&actor.name)).to_string()
        }
        None => said,
    }
}
