//! The page one arrives on.

use super::{Due, due_rows};
use crate::pages::lists::Parcel;
use crate::pages::orders::Row as OrderLine;
use crate::pages::parts::{actor, bar, by_year, is_recent, months, spark, volume};
use crate::pages::{Frame, Nav};
use crate::words::{Choice, Html, Words};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use mesinfos_domain::{Amount, Category, Money};
use mesinfos_vault::views::{self, CategoryCounts, Home};

/// `/`.
#[derive(Template)]
#[template(path = "home/show.html")]
struct Page {
    frame: Frame,
    home: Home,
    sentence: Html,
    notes: Vec<Html>,
    due: Vec<Due>,
    orders: Vec<OrderLine>,
    parcels: Vec<Parcel>,
    money: Option<Chart>,
    mail: Html,
    /// Whether its columns are the last twelve months, not years.
    is_recent: bool,
    merchants: Vec<Merchant>,
    loud: Vec<Loud>,
    kinds: Vec<KindLink>,
    partners: Vec<PartnerLink>,
    /// How unread is known.
    read_by: String,
}

/// A kind of actors: its address, its word, how many.
struct KindLink {
    address: String,
    name: String,
    count: String,
}

/// Partners of one standing: where they are listed, how many.
struct PartnerLink {
    address: &'static str,
    name: String,
    count: String,
}

/// Twelve months of money.
struct Chart {
    total: String,
    svg: Html,
    months: Vec<(String, i64, String)>,
}

struct Merchant {
    who: Html,
    spent: String,
    bar: Html,
}

struct Loud {
    id: i64,
    name: String,
    words: String,
    bar: Html,
}

pub(super) async fn page(visitor: Visitor) -> Result<Response, Error> {
    let (now, today) = (visitor.state().now_us(), visitor.today());
    let home = visitor
        .vault(move |vault| {
            let new = views::visit(vault, now)?;
            views::home(vault, today, new)
        })
        .await?;
    let w = Words::of(visitor.locale);
    let frame = visitor.frame(Nav::Home, w.t("home-name"));
    if home.mails == 0 && frame.strip.is_none() {
        // An empty home teaches: the page that brings mail is that lesson.
        return Ok(Redirect::to("/import").into_response());
    }
    let page = Page {
        sentence: sentence(w, &home),
        notes: notes(w, &home),
        due: due_rows(w, &home.due, today),
        orders: home.latest.iter().map(|o| OrderLine::new(w, o, today)).collect(),
        parcels: home.to_collect.iter().map(|p| Parcel::new(w, p, today)).collect(),
        money: money(w, &home),
        mail: volume(w, &home.mail_months, today, &w.t("home-mail-label")),
        merchants: merchants(w, &home),
        loud: loud(w, &home),
        kinds: kinds(w, &home),
        partners: partners(w, &home),
        read_by: w.read_by(home.read_by, home.unread.total()),
        is_recent: is_recent(&home.mail_months, today),
        home,
        frame,
    };
    Ok(show(&page)?.into_response())
}

/// "Depuis 2019 : 18 432,10 € chez 61 marchands, 1 247 objets, 38 encore garantis."
fn sentence(w: &Words, home: &Home) -> Html {
    let s = &home.sentence;
    let first = match (s.since, s.spent.first()) {
        (Some(since), Some(spent)) => w
            .say("home-sentence")
            .arg("year", since.year().to_string())
            .arg("spent", w.money(spent.spent))
            .arg("merchants", s.merchants)
            .arg("things", s.things)
            .arg("guaranteed", s.guaranteed)
            .html(),
        _ => w.say("home-nothing").arg("mails", home.mails).arg("actors", home.actors).html(),
    };
    if s.unseen.count == 0 {
        return first;
    }
    let sums = w.list(&s.unseen.sums.iter().map(|m| w.money(m)).collect::<Vec<_>>());
    let unseen = w.say("home-unseen").arg("n", s.unseen.count).arg("sums", sums).html();
    Html::rendered(format!("{first} {unseen}"))
}

/// What each number rests on, in the sentence's order.
fn notes(w: &Words, home: &Home) -> Vec<Html> {
    let s = &home.sentence;
    let Some(main) = s.spent.first() else { return Vec::new() };
    let mut spent = w
        .say("note-spent")
        .arg("orders", main.orders)
        .arg("before", w.money(main.before))
        .arg("refunds", main.refunds)
        .arg("refunded", w.money(main.refunded))
        .arg("spent", w.money(main.spent))
        .arg("proved", main.proved)
        .html()
        .to_string();
    if main.doubtful_orders > 0 {
        let doubtful = w.say("note-doubtful").arg("n", main.doubtful_orders);
        spent += &format!(" {}", doubtful.arg("sum", w.money(main.doubtful)).html());
    }
    let others: Vec<String> = s.spent[1..].iter().map(|o| w.money(o.spent)).collect();
    if !others.is_empty() {
        spent += &format!(" {}", w.n("note-also", w.list(&others)));
    }
    for line in &s.beside {
        let sums = w.list(&line.sums.iter().map(|m| w.money(m)).collect::<Vec<_>>());
        let key = match line.sold {
            true => "note-sold".to_owned(),
            false => format!("note-beside-{}", line.nature.code()),
        };
        spent += &format!(" {}", w.say(&key).arg("n", line.count).arg("sums", sums).html());
    }
    let mut notes = vec![
        Html::rendered(spent),
        w.say("note-merchants").arg("n", s.merchants).html(),
        w.say("note-things").arg("returned", s.things_returned).html(),
        w.say("note-guaranteed").html(),
    ];
    if s.unseen.count > 0 {
        notes.push(w.say("note-unseen").html());
    }
    notes
}

fn money(w: &Words, home: &Home) -> Option<Chart> {
    let currency = home.money_months.first().map(|m| m.spent.currency)?;
    let total: Amount = home.money_months.iter().map(|m| m.spent.amount).sum();
    if total == Amount::ZERO {
        return None;
    }
    let bars: Vec<_> = home
        .money_months
        .iter()
        .map(|m| (m.month.0, m.spent.amount.0, w.round(m.spent.amount)))
        .collect();
    let rows = home
        .money_months
        .iter()
        .map(|m| (w.month(m.month.0), m.orders, w.money(m.spent)))
        .collect();
    Some(Chart {
        total: w.money(Money { amount: total, currency }),
        svg: months(w, &bars, &w.t("home-money-label")),
        months: rows,
    })
}

fn merchants(w: &Words, home: &Home) -> Vec<Merchant> {
    let most = home.money_merchants.first().map_or(1, |m| m.spent.amount.0.max(1));
    home.money_merchants
        .iter()
        .map(|m| Merchant {
            who: actor(&m.actor.name, &format!("/actor/{}", m.actor.id)),
            spent: w.money(m.spent),
            bar: bar(&[("", (m.spent.amount.0.max(0) * 1000 / most) as u64)], ""),
        })
        .collect()
}

fn loud(w: &Words, home: &Home) -> Vec<Loud> {
    let most = home.loudest.iter().map(|l| l.counts.total()).max().unwrap_or(0).max(1);
    home.loudest
        .iter()
        .map(|l| Loud {
            bar: bar(&[("", (l.counts.total() * 1000 / most).unsigned_abs())], ""),
            id: l.actor.id.0,
            name: l.actor.name.clone(),
            words: w
                .say("home-loud-row")
                .arg("n", l.counts.total())
                .arg("month", w.month_name(l.month.0))
                .arg("letters", l.counts.of(Category::Newsletter))
                .to_string(),
        })
        .collect()
}

fn kinds(w: &Words, home: &Home) -> Vec<KindLink> {
    let link = |k: &views::KindCount| KindLink {
        address: format!("/actors?kind={}", k.kind.code()),
        name: w.t(&format!("kinds-{}", k.kind.code())),
        count: w.number(k.count),
    };
    home.kinds.iter().map(link).collect()
}

fn partners(w: &Words, home: &Home) -> Vec<PartnerLink> {
    let of = &home.partners;
    let all = [
        ("/actors?partner=new", "partners-new", of.new),
        ("/actors?partner=accepted", "partners-accepted", of.accepted),
        ("/actors?partner=refused", "partners-refused", of.refused),
        ("/actors?partner=undecided", "partners-undecided", of.undecided),
        ("/actors?since=silent", "partners-silent", of.silent),
    ];
    let link = |(address, key, count): (&'static str, &str, i64)| PartnerLink {
        address,
        name: w.t(key),
        count: w.number(count),
    };
    all.into_iter().filter(|(.., count)| *count > 0).map(link).collect()
}

impl Page {
    /// The others together, on the last line of the merchants.
    fn others(&self) -> Option<(String, String)> {
        let w = self.frame.w;
        let (count, money) = self.home.money_others?;
        (count > 0).then(|| (w.n("home-others", count), w.money(money)))
    }

    /// Mails and letters by year, the latest first; empty when one year is all there is.
    fn years(&self) -> Vec<(i16, String, String)> {
        let (w, years) = (self.frame.w, by_year(&self.home.mail_months));
        if years.len() < 2 {
            return Vec::new();
        }
        let letters = |c: &CategoryCounts| w.number(c.of(Category::Newsletter));
        years.iter().rev().map(|(y, c)| (*y, w.number(c.total()), letters(c))).collect()
    }

    /// Each drawer with mail: its code, its word, its course by month on one scale, its sum, what of
    /// it is not read (empty where nothing is).
    fn drawers(&self) -> Vec<(&'static str, String, Html, String, String)> {
        let (w, months) = (self.frame.w, &self.home.mail_months);
        let months = &months[months.len().saturating_sub(24)..];
        let course = |c: Category| -> Vec<u64> {
            months.iter().map(|m| u64::try_from(m.counts.of(c)).unwrap_or_default()).collect()
        };
        let most = Category::ALL.into_iter().flat_map(course).max().unwrap_or_default();
        let row = |(code, word, _): Choice, c: Category| {
            let (sum, unread) = (self.home.counts.of(c), self.home.unread.of(c));
            let unread = if unread > 0 { w.number(unread) } else { String::new() };
            (sum > 0).then(|| (code, word, spark(&course(c), most), w.number(sum), unread))
        };
        let words = w.categories(Category::Personal);
        words.into_iter().zip(Category::ALL).filter_map(|(choice, c)| row(choice, c)).collect()
    }
}
