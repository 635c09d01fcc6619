//! What was bought: every product as a row, filtered by words, merchant, year and state.

use super::common::{Filter, Names, Sums, day, folded_words, money, unknown};
use super::{ActorRef, PageAsked, Paged, Picture, worded};
use crate::{Db, Result, Row, Vault};
use mesinfos_domain::{ActorId, Date, MessageId, Money, OrderId, Seller};
use mesinfos_purchases::{Known, Received, ThingState};

/// Every product, and what the filter adds up to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Purchases {
    /// This page.
    pub things: Paged<ThingRow>,
    /// How many things the filter lets through, quantities included, those kept only.
    pub kept: i64,
    /// What the things kept cost, a figure for each currency.
    pub sums: Vec<Money>,
    /// Among them, how many are still guaranteed.
    pub guaranteed: i64,
    /// Merchants to filter by: id, name, number of things; the most frequent 50.
    pub merchants: Vec<(ActorRef, i64)>,
    /// Years to filter by, the latest first.
    pub years: Vec<i16>,
}

/// One thing bought: a line of an order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThingRow {
    /// The order.
    pub order: OrderId,
    /// Its line, from 0: with the order it names the thing.
    pub line: i64,
    /// The product's name.
    pub name: String,
    /// Its variant.
    pub variant: Option<String>,
    /// In thousandths of a unit.
    pub quantity: i64,
    /// What the line cost.
    pub price: Option<Money>,
    /// Whom it was bought from; `None` when only a carrier wrote.
    pub merchant: Option<ActorRef>,
    /// The seller behind a marketplace.
    pub seller: Option<Seller>,
    /// What became of it.
    pub state: ThingState,
    /// Its picture.
    pub picture: Option<Picture>,
    /// The day of the order.
    pub placed: Date,
    /// When it was received.
    pub received: Option<Received>,
    /// The last day of the legal guarantee; `None`: none (private seller) or not begun.
    pub guaranteed_until: Option<Date>,
}

/// What the purchases page asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PurchasesAsked {
    /// Whose name, variant or reference holds these words, accents and case aside.
    pub words: Option<String>,
    /// From this merchant.
    pub merchant: Option<ActorId>,
    /// Ordered in this year.
    pub year: Option<i16>,
    /// In this state.
    pub state: Option<ThingState>,
    /// Kept only.
    pub kept: bool,
    /// Still guaranteed only.
    pub guaranteed: bool,
    /// Sorted by.
    pub by: PurchasesBy,
    /// Which page.
    pub page: PageAsked,
}

/// Sorted by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PurchasesBy {
    /// The day of the order, latest first.
    #[default]
    Latest,
    /// The end of the guarantee, soonest first; those without last.
    Guarantee,
    /// The price, highest first.
    Price,
    /// The name.
    Name,
}

/// The purchases page; with words in `asked` it is also the search of one's things.
pub fn purchases(vault: &Vault, asked: &PurchasesAsked, today: Date) -> Result<Purchases> {
    vault.read(|db| {
        let names = Names::load(db)?;
        let today_text = today.to_string();
        let words = asked.words.as_deref().map(folded_words).unwrap_or_default();
        let years = asked.year.map(|y| (format!("{y:04}-01-01"), format!("{:04}-01-01", y + 1)));
        let mut filter = Filter::new(db);
        let patterns = worded::patterns(&words);
        worded::holds(&mut filter, &patterns);
        if let Some(merchant) = asked.merchant {
            filter.and(
                "l.actor IN (SELECT id FROM actor WHERE person_id = $1 AND main = ?)",
                merchant.0,
            );
        }
        if let Some((from, before)) = &years {
            filter.and("l.date >= ?", from);
            filter.and("l.date < ?", before);
        }
        if asked.kept {
            filter.say("l.is_kept");
        }
        if asked.guaranteed {
            let place = filter.bind(&today_text);
            filter.say(&format!(
                "l.is_kept AND l.guaranteed_until >= {place} AND l.received <= {place}"
            ));
        }
        if let Some(state) = asked.state {
            in_state(&mut filter, state, &today_text);
        }
        let few = worded::few(db, &words)?;
        let (total, kept, guaranteed, sums) = match is_by_year(asked) {
            true => of_years(db, asked.year, today)?,
            false => sum_up(db, &filter, few.as_deref(), &today_text)?,
        };
        let way = match few {
            Some(few) => Way::Few(few),
            None if is_by_year(asked) || is_near(db, asked, total)? => Way::Walk,
            None => Way::Narrow,
        };
        let rows = page(db, &names, &filter, way, asked, today)?;
        let (merchants, years) = choices(db, &names)?;
        Ok(Purchases {
            things: Paged { rows, total, page: asked.page },
            kept,
            sums,
            guaranteed,
            merchants,
            years,
        })
    })
}

/// What was ordered or sent long enough ago is supposed to have come ([`ThingState::on`]).
fn in_state<'a>(filter: &mut Filter<'a>, state: ThingState, today: &'a str) {
    match state {
        ThingState::SupposedDelivered => {
            filter.and("l.state IN ('ordered', 'on_its_way') AND l.received <= ?", today);
        }
        ThingState::Ordered | ThingState::OnItsWay => {
            filter.and("l.state = ?", state.code());
            filter.and("(l.received IS NULL OR l.received > ?)", today);
        }
        _ => filter.and("l.state = ?", state.code()),
    }
}

type Sum = (i64, i64, i64, Vec<Money>);

fn sum_up<'a>(db: &Db, filter: &Filter<'a>, few: Option<&'a str>, today: &'a str) -> Result<Sum> {
    let mut filter = filter.clone();
    let now = filter.bind(today);
    let from = from(&mut filter, few);
    let sql = format!(
        "SELECT l.currency, l.is_kept, COUNT(*), CAST(SUM(l.units) AS BIGINT),
            COUNT(l.price), CAST(COALESCE(SUM(l.price), 0) AS BIGINT),
            CAST(COALESCE(SUM(l.units) FILTER
                (WHERE l.guaranteed_until >= {now} AND l.received <= {now}), 0) AS BIGINT)
         FROM {from} l.person_id = $1{} GROUP BY l.currency, l.is_kept",
        filter.sql
    );
    let mut sums = Sums::default();
    let (mut total, mut kept, mut guaranteed) = (0, 0, 0);
    for (currency, is_kept, n) in db.query(&sql, &filter.values, |r| {
        let n: [i64; 5] = [r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?, r.get(6)?];
        Ok((r.get::<Option<String>>(0)?, r.get::<bool>(1)?, n))
    })? {
        total += n[0];
        if !is_kept {
            continue;
        }
        kept += n[1];
        guaranteed += n[4];
        sums.add(currency.as_deref(), n[2], n[3]);
    }
    Ok((total, kept, guaranteed, sums.list()))
}

/// Whether no more than a year is asked for: the sums of years are kept.
fn is_by_year(asked: &PurchasesAsked) -> bool {
    let is_any = asked.words.is_none() && asked.merchant.is_none() && asked.state.is_none();
    is_any && !asked.kept && !asked.guaranteed
}

/// The sums of one year, or of all.
fn of_years(db: &Db, year: Option<i16>, today: Date) -> Result<Sum> {
    let texts =
        year.map(|y| (format!("{y:04}"), format!("{y:04}-01-01"), format!("{:04}-01-01", y + 1)));
    let (mut in_year, mut of_day) = (Filter::new(db), Filter::new(db));
    if let Some((year, from, before)) = &texts {
        in_year.and("t.year = ?", year);
        of_day.and("p.date >= ?", from);
        of_day.and("p.date < ?", before);
    }
    let sql = format!(
        "SELECT NULLIF(t.currency, ''), t.is_kept, CAST(SUM(t.lines) AS BIGINT),
            CAST(SUM(t.units) AS BIGINT), CAST(SUM(t.prices) AS BIGINT), CAST(SUM(t.price) AS BIGINT)
         FROM tally_thing t WHERE t.person_id = $1{} GROUP BY t.currency, t.is_kept",
        in_year.sql
    );
    let mut sums = Sums::default();
    let (mut total, mut kept) = (0, 0);
    for (currency, is_kept, [lines, units, prices, price]) in
        db.query(&sql, &in_year.values, |r| {
            let n: [i64; 4] = [r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?];
            Ok((r.get::<Option<String>>(0)?, r.get::<bool>(1)?, n))
        })?
    {
        total += lines;
        if is_kept {
            kept += units;
            sums.add(currency.as_deref(), prices, price);
        }
    }
    let guaranteed = super::sentence::guaranteed(db, &of_day, today)?;
    Ok((total, kept, guaranteed.iter().map(|(_, things, _)| things).sum(), sums.list()))
}

const THING: &str = "l.purchase, l.position, l.name, l.variant, l.quantity, l.price, l.currency,
    l.actor, l.seller_name, l.seller_is_professional, l.state, l.image_url, l.pictured_in, l.date,
    l.received, l.received_by, l.guaranteed_until";

/// How the things of a page are found.
pub(super) enum Way {
    /// From one to the next in the order asked for: as many are let through as are passed over, or all.
    Walk,
    /// All in the narrow index, sorted, and only those shown opened.
    Narrow,
    /// Those few that the index of what things are called names when it is asked this.
    Few(String),
}

/// Where lines `l` are read from.
fn from<'a>(filter: &mut Filter<'a>, few: Option<&'a str>) -> String {
    let Some(few) = few else { return "purchase_line l WHERE".to_owned() };
    let place = filter.bind(few);
    format!(
        "thing_index CROSS JOIN purchase_line l WHERE thing_index MATCH {place}
            AND l.purchase = thing_index.rowid / 65536 AND l.position = thing_index.rowid % 65536 AND"
    )
}

/// So many lines are opened one by one before reading all of the narrow index, and sorting, is quicker.
const PASSED: i64 = 4000;

/// Whether a page by date, of as many lines as the filter lets through, is near to the newest one.
fn is_near(db: &Db, asked: &PurchasesAsked, total: i64) -> Result<bool> {
    if asked.by != PurchasesBy::Latest || asked.merchant.is_some() || total == 0 {
        return Ok(false);
    }
    let all = db.first(
        "SELECT CAST(COALESCE(SUM(lines), 0) AS BIGINT) FROM tally_thing WHERE person_id = $1",
        &[db.person().into()],
        |r| r.get::<i64>(0),
    )?;
    let shown = asked.page.offset().saturating_add(asked.page.limit());
    Ok(shown.saturating_mul(all.unwrap_or(0)) / total < PASSED)
}

pub(super) fn page(
    db: &Db,
    names: &Names,
    filter: &Filter<'_>,
    way: Way,
    asked: &PurchasesAsked,
    today: Date,
) -> Result<Vec<ThingRow>> {
    let order = match (asked.by, &way) {
        (PurchasesBy::Latest, Way::Walk) => "l.date DESC, l.purchase DESC, l.position DESC",
        // An expression has no index: the engine does not walk through that of the days.
        (PurchasesBy::Latest, _) => "l.date || '' DESC, l.purchase DESC, l.position DESC",
        (PurchasesBy::Guarantee, _) => {
            "l.guaranteed_until ASC NULLS LAST, l.purchase DESC, l.position DESC"
        }
        (PurchasesBy::Price, _) => "l.price DESC NULLS LAST, l.purchase DESC, l.position DESC",
        (PurchasesBy::Name, _) => "l.words_key {by_bytes}, l.purchase DESC, l.position DESC",
    };
    let mut filter = filter.clone();
    let from = from(&mut filter, if let Way::Few(few) = &way { Some(few) } else { None });
    let (limit, offset) = (filter.bind(asked.page.limit()), filter.bind(asked.page.offset()));
    // The rows are chosen in the narrow index, then read: the wide table is met for one page only
    // (CROSS JOIN: SQLite would else read it all in the order asked for).
    let sql = format!(
        "SELECT {THING} FROM (
            SELECT l.purchase AS p, l.position AS n FROM {from} l.person_id = $1{}
            ORDER BY {order} LIMIT {limit} OFFSET {offset}
         ) chosen CROSS JOIN purchase_line l
         WHERE l.person_id = $1 AND l.purchase = chosen.p AND l.position = chosen.n
         ORDER BY {order}",
        filter.sql,
    );
    db.query(&sql, &filter.values, |r| thing(r, names, today))
}

fn thing(r: &Row<'_>, names: &Names, today: Date) -> Result<ThingRow> {
    let currency: Option<String> = r.get(6)?;
    let state = ThingState::from_code(&r.get::<String>(10)?).ok_or_else(|| unknown("state"))?;
    let received = received(r.get(14)?, r.get(15)?);
    Ok(ThingRow {
        order: OrderId(r.get(0)?),
        line: r.get(1)?,
        name: r.get(2)?,
        variant: r.get(3)?,
        quantity: r.get(4)?,
        price: money(r.get(5)?, currency.as_deref()),
        merchant: names.get(Some(r.get(7)?)),
        seller: match r.get::<Option<String>>(8)? {
            Some(name) => Some(Seller { name, professional: r.get(9)? }),
            None => None,
        },
        state: state.on(received, today),
        picture: picture(r.get(11)?, r.get::<Option<i64>>(12)?.map(MessageId)),
        placed: day(r.get(13)?).unwrap_or(today),
        received,
        guaranteed_until: day(r.get(16)?),
    })
}

/// A stored day of receipt and how it is known.
pub(super) fn received(date: Option<String>, known: Option<String>) -> Option<Received> {
    Some(Received { day: day(date)?, known: Known::from_code(&known?)? })
}

/// A picture from its address in a mail.
pub(super) fn picture(url: Option<String>, message: Option<MessageId>) -> Option<Picture> {
    let url = url?;
    match (url.strip_prefix("cid:"), message) {
        (Some(id), Some(message)) => {
            let content_id = id.trim_matches(['<', '>']).to_owned();
            Some(Picture::Inline { message, content_id })
        }
        (Some(_), None) => None,
        (None, _) => url.starts_with("http").then_some(Picture::Remote(url)),
    }
}

type Choices = (Vec<(ActorRef, i64)>, Vec<i16>);

/// What the filters offer.
fn choices(db: &Db, names: &Names) -> Result<Choices> {
    let person = db.person().into();
    let mut merchants: Vec<(ActorRef, i64)> = Vec::new();
    for (actor, lines) in db.query(
        "SELECT actor, CAST(SUM(lines) AS BIGINT) FROM purchase
         WHERE person_id = $1 AND kind = 'order' AND NOT is_sale AND lines > 0 GROUP BY actor",
        &[person],
        |r| Ok((r.get::<i64>(0)?, r.get::<i64>(1)?)),
    )? {
        let Some(actor) = names.get(Some(actor)) else { continue };
        match merchants.iter_mut().find(|(a, _)| a.id == actor.id) {
            Some((_, n)) => *n += lines,
            None => merchants.push((actor, lines)),
        }
    }
    merchants.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.name.cmp(&b.name)));
    merchants.truncate(50);
    // Two questions, each answered at one end of the index: both in one would read it all.
    let bound = |end: &str| {
        let sql = format!("SELECT {end}(date) FROM purchase_line WHERE person_id = $1");
        db.first(&sql, &[person], |r| Ok(day(r.get(0)?)))
    };
    let years = match (bound("MIN")?.flatten(), bound("MAX")?.flatten()) {
        (Some(first), Some(last)) => (first.year()..=last.year()).rev().collect(),
        _ => Vec::new(),
    };
    Ok((merchants, years))
}
