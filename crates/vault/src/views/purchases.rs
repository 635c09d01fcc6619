//! What was bought: every product as a row, filtered by words, merchant, year and state.

use super::common::{Filter, Names, Sums, day, folded_words, money, unknown};
use super::{ActorRef, PageAsked, Paged, Picture};
use crate::{Db, Result, Row, Value, Vault};
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
        for word in &words {
            filter.and("l.words_key LIKE ? ESCAPE '!'", word);
        }
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
        let (total, kept, guaranteed, sums) = sum_up(db, &filter, &today_text)?;
        let rows = page(db, &names, &filter, asked, today)?;
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

fn sum_up<'a>(db: &Db, filter: &Filter<'a>, today: &'a str) -> Result<Sum> {
    let mut values = filter.values.clone();
    values.push(today.into());
    let now = values.len();
    let sql = format!(
        "SELECT l.currency, l.is_kept, COUNT(*), CAST(SUM(l.units) AS BIGINT),
            COUNT(l.price), CAST(COALESCE(SUM(l.price), 0) AS BIGINT),
            CAST(COALESCE(SUM(l.units) FILTER
                (WHERE l.guaranteed_until >= ${now} AND l.received <= ${now}), 0) AS BIGINT)
         FROM purchase_line l WHERE l.person_id = $1{} GROUP BY l.currency, l.is_kept",
        filter.sql
    );
    let mut sums = Sums::default();
    let (mut total, mut kept, mut guaranteed) = (0, 0, 0);
    for (currency, is_kept, n) in db.query(&sql, &values, |r| {
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

const THING: &str = "l.purchase, l.position, l.name, l.variant, l.quantity, l.price, l.currency,
    l.actor, l.seller_name, l.seller_is_professional, l.state, l.image_url, l.pictured_in, l.date,
    l.received, l.received_by, l.guaranteed_until";

pub(super) fn page(
    db: &Db,
    names: &Names,
    filter: &Filter<'_>,
    asked: &PurchasesAsked,
    today: Date,
) -> Result<Vec<ThingRow>> {
    let order = match asked.by {
        // A rare word is looked for in the narrow index; by date, each line would be opened.
        PurchasesBy::Latest
            if asked.words.is_some() || asked.state.is_some() || asked.merchant.is_some() =>
        {
            "l.date || '' DESC, l.purchase DESC, l.position DESC"
        }
        PurchasesBy::Latest => "l.date DESC, l.purchase DESC, l.position DESC",
        PurchasesBy::Guarantee => {
            "l.guaranteed_until ASC NULLS LAST, l.purchase DESC, l.position DESC"
        }
        PurchasesBy::Price => "l.price DESC NULLS LAST, l.purchase DESC, l.position DESC",
        PurchasesBy::Name => "l.words_key {by_bytes}, l.purchase DESC, l.position DESC",
    };
    let mut values = filter.values.clone();
    values.extend::<[Value<'_>; 2]>([asked.page.limit().into(), asked.page.offset().into()]);
    // The rows are chosen in the narrow index, then read: the wide table is met for one page only
    // (CROSS JOIN: SQLite would else read it all in the order asked for).
    let sql = format!(
        "SELECT {THING} FROM (
            SELECT l.purchase AS p, l.position AS n FROM purchase_line l
            WHERE l.person_id = $1{} ORDER BY {order} LIMIT ${} OFFSET ${}
         ) chosen CROSS JOIN purchase_line l
         WHERE l.person_id = $1 AND l.purchase = chosen.p AND l.position = chosen.n
         ORDER BY {order}",
        filter.sql,
        values.len() - 1,
        values.len()
    );
    db.query(&sql, &values, |r| thing(r, names, today))
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
