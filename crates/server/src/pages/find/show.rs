//! One question over mails, things, orders and actors.

use super::narrow::narrow;
use crate::pages::orders::Row as OrderLine;
use crate::pages::parts::Address;
use crate::pages::purchases::{Thing, thing};
use crate::pages::{Frame, Nav};
use crate::words::{Html, Words};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Query as Asking;
use axum::response::IntoResponse;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::Date};
use mesinfos_domain::MessageId;
use mesinfos_vault::Vault;
use mesinfos_vault::fold::key;
use mesinfos_vault::search::{ActorHit, Ask, MailHit, MailHits, Piece, Query, Sought, lit};
use mesinfos_vault::views::{self, Found};

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
    /// The thing that was meant: its whole card.
    card: Option<Thing>,
    /// Other things of these words.
    things: Vec<Thing>,
    /// Where the rest of the things stand.
    more_things: Option<String>,
    orders: Vec<OrderLine>,
    more_orders: bool,
    actors: Vec<(i64, String)>,
    mails: Vec<Row>,
    next: Option<String>,
    newest: String,
    relevant: String,
    by_relevance: bool,
    narrow: Vec<(String, Vec<(String, String)>)>,
    /// Nothing at all answers.
    is_void: bool,
    /// Filters that were taken for words.
    misread: Option<String>,
    /// The words name an organisation and no thing: it stands above the things.
    is_of_actor: bool,
}

struct Row {
    id: i64,
    subject: Html,
    from: String,
    day: String,
    category: String,
    snippet: Html,
    has_order: bool,
    is_refused: bool,
    has_attachment: bool,
}

const MAILS: usize = 20;
/// Things and orders shown above the mails.
const FOUND: i64 = 5;
const ACTORS: usize = 5;

/// What the vault answers.
#[derive(Default)]
struct Answer {
    found: Found,
    actors: Vec<ActorHit>,
    mails: MailHits,
    snippets: Vec<Vec<Piece>>,
}

pub(super) async fn page(
    visitor: Visitor,
    Asking(asked): Asking<Asked>,
) -> Result<impl IntoResponse, Error> {
    let today = visitor.today();
    let q = asked.q.trim().to_owned();
    let (text, by_relevance, after) = (q.clone(), asked.sort == "relevant", asked.after);
    let answer = match q.is_empty() {
        true => Answer::default(),
        false => {
            let ask = move |vault: &Vault| answer(vault, &text, by_relevance, after, today);
            visitor.vault(ask).await?
        }
    };
    show(&filled(&visitor, q, by_relevance, answer, today))
}

fn answer(
    vault: &Vault,
    text: &str,
    by_relevance: bool,
    after: Option<i64>,
    today: Date,
) -> mesinfos_vault::Result<Answer> {
    let query = Query::parse(text);
    let above = || -> mesinfos_vault::Result<(Found, Vec<ActorHit>)> {
        // The pages after the first are of mails.
        if after.is_some() {
            return Ok(Default::default());
        }
        let actors = match is_of_mails(&query) {
            true => Vec::new(),
            false => vault.search_actors(text, ACTORS)?,
        };
        Ok((views::found(vault, &query, FOUND, today)?, actors))
    };
    std::thread::scope(|scope| {
        // What stands above the mails is found while these are read.
        let above = scope.spawn(above);
        let after = after.map(MessageId);
        let mails = vault.search(&Ask { text, limit: MAILS, after, by_relevance })?;
        let shown: Vec<MessageId> = mails.mails.iter().map(|m| m.id).collect();
        let snippets = vault.snippets(&shown, &query)?;
        let (found, actors) = above.join().map_err(|_| mesinfos_vault::Error::Stopped)??;
        Ok(Answer { found, actors, mails, snippets })
    })
}

/// A question about what only mails have: no actor answers it.
fn is_of_mails(query: &Query) -> bool {
    query.has_order
        || query.has_attachment
        || query.amount.is_some()
        || query.folder.is_some()
        || !query.files.is_empty()
        || !query.from.is_empty()
        || !query.categories.is_empty()
}

fn filled(visitor: &Visitor, q: String, by_relevance: bool, a: Answer, today: Date) -> Page {
    let w = Words::of(visitor.locale);
    let here = Address::new("/search").with("q", &q);
    let sought = Sought::of(&Query::parse(&q));
    let rows = a.mails.mails.iter().zip(&a.snippets).map(|(m, s)| row(w, m, s, &sought, today));
    let mut things: Vec<Thing> = a.found.things.iter().map(|t| thing(w, t, today)).collect();
    let title = if q.is_empty() { w.t("nav-search") } else { q.clone() };
    // With nothing found there is nothing to narrow.
    let is_void = a.found.things.is_empty()
        && a.found.orders.is_empty()
        && a.actors.is_empty()
        && a.mails.mails.is_empty();
    let misread: Vec<String> =
        Query::misread(&q).iter().map(|m| w.n("quoted", m.as_str())).collect();
    let is_of_actor =
        !a.actors.is_empty() && things.first().is_none_or(|t| !names(&t.name, &Query::parse(&q)));
    Page {
        card: (!things.is_empty() && !is_of_actor).then(|| things.remove(0)),
        is_of_actor,
        misread: (!misread.is_empty())
            .then(|| w.say("search-misread").arg("n", misread.len()).arg("what", w.list(&misread)))
            .map(|said| said.to_string()),
        things,
        // The list of things knows the same words, but none of the filters.
        more_things: (a.found.more_things && !q.contains(':'))
            .then(|| Address::new("/purchases").with("q", &q).to_string()),
        orders: a.found.orders.iter().map(|o| OrderLine::new(w, o, today)).collect(),
        more_orders: a.found.more_orders,
        actors: a.actors.iter().map(|a| (a.id.0, a.name.clone())).collect(),
        next: a.mails.next.map(|n| here.with("after", n).to_string()),
        newest: here.to_string(),
        relevant: here.with("sort", "relevant").to_string(),
        by_relevance,
        narrow: match q.is_empty() || is_void {
            true => Vec::new(),
            false => narrow(w, &q, today),
        },
        is_void,
        mails: rows.collect(),
        frame: visitor.frame(Nav::Search, title),
        q,
    }
}

/// Whether a thing's own name holds one of the words, whole or begun.
fn names(thing: &str, query: &Query) -> bool {
    let name = key(thing);
    let holds = |word: &String| {
        name.split(|c: char| !c.is_alphanumeric()).any(|n| n.starts_with(word.as_str()))
    };
    query.words.iter().chain(query.phrases.iter().flatten()).chain(&query.prefixes).any(holds)
}

fn row(w: &Words, m: &MailHit, snippet: &[Piece], sought: &Sought, today: Date) -> Row {
    let at = Timestamp::from_microsecond(m.at_us).unwrap_or_default();
    let subject = match m.subject.trim().is_empty() {
        true => Html::text(&w.t("mail-no-subject")),
        false => marked(&lit(&m.subject, sought)),
    };
    Row {
        id: m.id.0,
        subject,
        from: if m.from_name.is_empty() { m.from_address.clone() } else { m.from_name.clone() },
        day: w.day(at.to_zoned_datetime(TimeZone::UTC).date(), today),
        category: w.t(&format!("category-{}", m.category.code().replace('_', "-"))),
        snippet: marked(snippet),
        has_order: m.has_order,
        is_refused: m.is_refused,
        has_attachment: m.attachments > 0,
    }
}

/// The pieces with `<mark>` around what was asked for; all of it is escaped.
fn marked(pieces: &[Piece]) -> Html {
    let piece = |p: &Piece| match (Html::text(&p.text), p.is_hit) {
        (text, true) => format!("<mark>{text}</mark>"),
        (text, false) => text.to_string(),
    };
    Html::rendered(pieces.iter().map(piece).collect())
}
