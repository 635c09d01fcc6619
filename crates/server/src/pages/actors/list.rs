//! Everybody who knows the person, by volume, money or last contact.

use crate::pages::parts::{Address, Pager, actor, spark};
use crate::pages::{Frame, Nav};
use crate::words::{Html, Words};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mesinfos_domain::{ActorKind, Category};
use mesinfos_vault::views::{self, ActorRow, ActorsAsked, ActorsBy, PageAsked, Partners, Standing};

#[derive(serde::Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    since: String,
    /// `1`: those with whom something was spent.
    #[serde(default)]
    bought: String,
    /// `accepted`, `undecided`, `refused`, `new`.
    #[serde(default)]
    partner: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    page: Option<u64>,
}

/// `/actors`.
#[derive(Template)]
#[template(path = "actors/list.html")]
struct Page {
    frame: Frame,
    lede: Html,
    kinds: Vec<Kind>,
    sinces: Vec<(&'static str, String, bool)>,
    partners: Vec<(&'static str, String, bool)>,
    asked: Asked,
    here: Address,
    rows: Vec<Row>,
    pager: Pager,
    /// How unread is known.
    read_by: String,
}

struct Kind {
    name: String,
    count: String,
    address: String,
    is_shown: bool,
}

struct Row {
    who: Html,
    kind: String,
    mails: String,
    /// Kind, mails, letters and unread in one line, for a phone.
    more: String,
    course: Html,
    unread: String,
    letters: String,
    spent: String,
    last: String,
    tone: &'static str,
    standing: String,
}

/// How far back, by the value in the address.
const SINCES: [(&str, &str); 4] = [
    ("", "actors-since-ever"),
    ("12", "actors-since-12"),
    ("1", "actors-since-1"),
    ("silent", "actors-since-silent"),
];
/// What she says of them, by the value in the address.
const PARTNERS: [(&str, &str); 5] = [
    ("", "partners-all"),
    ("new", "partners-new"),
    ("accepted", "partners-accepted"),
    ("undecided", "partners-undecided"),
    ("refused", "partners-refused"),
];
/// The page's size: what fits a screen.
const SIZE: i64 = 40;

pub(super) async fn page(
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Error> {
    let (now, today) = (visitor.state().now_us(), visitor.today());
    let here = Address::new("/actors")
        .with("kind", &asked.kind)
        .with("q", &asked.q)
        .with("since", &asked.since)
        .with("bought", &asked.bought)
        .with("partner", &asked.partner)
        .with("sort", &asked.sort);
    let (mut wanted, is_new) = (query(&asked), asked.partner == "new");
    let found = visitor
        .vault(move |vault| {
            if is_new {
                wanted.partners = Partners::Since(views::visit(vault, now)?);
            }
            views::actors(vault, &wanted, today)
        })
        .await?;
    let w = Words::of(visitor.locale);
    let unread = found.actors.rows.iter().map(|r| r.unread.total()).sum();
    let total = u64::try_from(found.actors.total).unwrap_or(0);
    let mut kinds = vec![Kind {
        name: w.t("kinds-all"),
        count: w.number(found.all),
        address: here.without("kind").to_string(),
        is_shown: asked.kind.is_empty(),
    }];
    kinds.extend(found.kinds.iter().map(|k| Kind {
        name: w.t(&format!("kinds-{}", k.kind.code())),
        count: w.number(k.count),
        address: here.with("kind", k.kind.code()).to_string(),
        is_shown: asked.kind == k.kind.code(),
    }));
    let page = Page {
        lede: match asked.bought.is_empty() {
            true => w.say("actors-lede").arg("n", found.all).html(),
            false => w.say("actors-lede-bought").arg("n", total).html(),
        },
        kinds,
        sinces: SINCES.map(|(v, key)| (v, w.t(key), asked.since == v)).to_vec(),
        partners: PARTNERS.map(|(v, key)| (v, w.t(key), asked.partner == v)).to_vec(),
        rows: found.actors.rows.iter().map(|r| row(w, r, today)).collect(),
        pager: Pager::new(total, SIZE as u64, asked.page.unwrap_or(1), &here),
        here,
        asked,
        read_by: w.read_by(found.read_by, unread),
        frame: visitor.frame(Nav::Actors, w.t("nav-actors")),
    };
    show(&page)
}

fn query(asked: &Asked) -> ActorsAsked {
    let by = match asked.sort.as_str() {
        "name" => ActorsBy::Name,
        "letters" => ActorsBy::Newsletters,
        "unread" => ActorsBy::Unread,
        "spent" => ActorsBy::Spent,
        "last" => ActorsBy::Last,
        "kind" => ActorsBy::Kind,
        _ => ActorsBy::Mails,
    };
    ActorsAsked {
        kind: ActorKind::from_code(&asked.kind),
        named: (!asked.q.trim().is_empty()).then(|| asked.q.clone()),
        months: asked.since.parse().ok(),
        silent: asked.since == "silent",
        bought: !asked.bought.is_empty(),
        partners: match asked.partner.as_str() {
            "accepted" => Partners::Accepted,
            "undecided" => Partners::Undecided,
            "refused" => Partners::Refused,
            _ => Partners::Shown,
        },
        by,
        reversed: false,
        page: PageAsked { number: asked.page.unwrap_or(1).saturating_sub(1) as i64, size: SIZE },
    }
}

fn row(w: &Words, r: &ActorRow, today: Date) -> Row {
    let mails = r.counts.total();
    let letters = r.counts.of(Category::Newsletter);
    let course = r.trend.map(i64::unsigned_abs);
    let last = r.last.to_zoned_datetime(TimeZone::UTC).date();
    Row {
        who: actor(&r.actor.name, &format!("/actor/{}", r.actor.id)),
        kind: w.t(&format!("kind-{}", r.actor.kind.code())),
        mails: w.number(mails),
        more: w
            .say("actors-row")
            .arg("kind", w.t(&format!("kind-{}", r.actor.kind.code())))
            .arg("mails", mails)
            .arg("letters", letters)
            .arg("unread", r.unread.total())
            .to_string(),
        course: spark(&course, course.into_iter().max().unwrap_or_default().max(4)),
        unread: match r.unread.total() {
            0 => String::new(),
            n => w.number(n),
        },
        letters: w.number(letters),
        spent: r.spent.first().map(|m| w.money(*m)).unwrap_or_default(),
        last: w.day_short(last, today),
        tone: match r.standing {
            Standing::Accepted => "ok",
            Standing::Undecided => "",
            Standing::Partly(_) | Standing::Refused => "no",
        },
        standing: match &r.standing {
            Standing::Accepted => w.t("standing-accepted"),
            Standing::Undecided => w.t("standing-undecided"),
            Standing::Refused => w.t("standing-refused"),
            Standing::Partly(drawers) => w
                .say("standing-partly")
                .arg("n", drawers.len())
                .arg("hidden", r.hidden.total())
                .to_string(),
        },
    }
}

impl Page {
    /// Nothing is filtered: an empty list is an empty vault.
    fn is_bare(&self) -> bool {
        let a = &self.asked;
        [&a.kind, &a.q, &a.since, &a.bought, &a.partner].iter().all(|f| f.is_empty())
    }

    /// A column's head: its word, a link that sorts by it, and whether the list is.
    fn sort(&self, by: &str) -> Html {
        let w = self.frame.w;
        let address = Html::text(&self.here.with("sort", by).without("page").to_string());
        let word = Html::text(&w.t(&format!("actors-by-{by}")));
        Html::rendered(format!("<a href=\"{address}\">{word}</a>"))
    }

    /// `aria-sort` of a column.
    fn sorted(&self, by: &str) -> Html {
        let now = if self.asked.sort.is_empty() { "mails" } else { &self.asked.sort };
        let direction = if matches!(by, "name" | "kind") { "ascending" } else { "descending" };
        match now == by {
            true => Html::rendered(format!(" aria-sort=\"{direction}\"")),
            false => Html::default(),
        }
    }
}
