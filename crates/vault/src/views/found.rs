//! What a search finds beside mails: things and orders, by the same words and filters.

use super::common::{Filter, Names, folded_words};
use super::worded::{self, holds, patterns};
use super::{OrderRow, PageAsked, ThingRow, orders};
use crate::search::Query;
use crate::{Db, Result, Vault, fold};
use mesinfos_domain::Date;

/// Things and orders, the latest first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Found {
    /// Things whose words are those that were asked for; at most as many as asked.
    pub things: Vec<ThingRow>,
    /// There are more things.
    pub more_things: bool,
    /// Orders of that number; or, when nothing but filters was asked for, those let through.
    pub orders: Vec<OrderRow>,
    /// There are more orders.
    pub more_orders: bool,
}

/// How many digits a word must hold to be looked for among the numbers of orders.
const DIGITS: usize = 3;

/// Finds things and orders. What only a mail can have (an attachment, a sender, a drawer other than
/// that of transactions, a folder) finds none.
pub fn found(vault: &Vault, query: &Query, most: i64, today: Date) -> Result<Found> {
    use mesinfos_domain::Category;
    let only_mails = query.has_attachment
        || !query.files.is_empty()
        || !query.from.is_empty()
        || query.folder.is_some()
        || !query.categories.iter().all(|c| *c == Category::Transaction);
    if only_mails || query.is_empty() {
        return Ok(Found::default());
    }
    vault.read(|db| {
        let names = Names::load(db)?;
        let texts = texts(query);
        let mut found = Found::default();
        if !texts.is_empty() {
            found.things = things(db, &names, query, &texts, most + 1, today)?;
        }
        found.orders = listed(db, &names, query, &texts, most + 1)?;
        found.more_things = trim(&mut found.things, most);
        found.more_orders = trim(&mut found.orders, most);
        Ok(found)
    })
}

fn trim<T>(rows: &mut Vec<T>, most: i64) -> bool {
    let most = usize::try_from(most).unwrap_or_default();
    let is_more = rows.len() > most;
    rows.truncate(most);
    is_more
}

/// Words, prefixes and phrases alike: each must stand in what a thing or an order is found by.
fn texts(query: &Query) -> Vec<String> {
    let phrases = query.phrases.iter().map(|p| p.join(" "));
    query.words.iter().chain(&query.prefixes).cloned().chain(phrases).collect()
}

fn things(
    db: &Db,
    names: &Names,
    query: &Query,
    texts: &[String],
    most: i64,
    today: Date,
) -> Result<Vec<ThingRow>> {
    let words: Vec<String> = texts.iter().map(|t| singular(t)).flat_map(folded_words).collect();
    let without = query.without.iter().map(|t| t.as_str()).flat_map(folded_words);
    let (patterns, without) = (patterns(&words), patterns(&without.collect::<Vec<_>>()));
    let (after, before) = days(query);
    let mut filter = Filter::new(db);
    holds(&mut filter, &patterns);
    for pattern in &without {
        filter.and("NOT l.words_key LIKE ? ESCAPE '!'", pattern);
    }
    narrow(&mut filter, query, names, ["l.actor", "l.date", "l.price"], (&after, &before));
    worded::latest(db, names, &filter, &words, most, today)
}

fn listed(
    db: &Db,
    names: &Names,
    query: &Query,
    texts: &[String],
    most: i64,
) -> Result<Vec<OrderRow>> {
    let numbers: Vec<String> = texts
        .iter()
        .map(|t| fold::reference(t))
        .filter(|t| t.chars().filter(char::is_ascii_digit).count() >= DIGITS)
        .map(|t| super::common::holding(&t))
        .collect();
    if numbers.len() < texts.len()
        || (texts.is_empty()
            && query.actors.is_empty()
            && query.amount.is_none()
            && !query.has_order)
    {
        return Ok(Vec::new());
    }
    let (after, before) = days(query);
    let mut filter = Filter::new(db);
    filter.say("p.kind <> 'parcel'");
    for number in &numbers {
        // A number is found however its groups are parted.
        filter.and(
            "REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(LOWER(p.number), '-', ''), ' ', ''), '/', ''),
                '.', ''), '#', '') LIKE ? ESCAPE '!'",
            number,
        );
    }
    narrow(&mut filter, query, names, ["p.actor", "p.date", "p.total"], (&after, &before));
    orders::list(db, names, &filter, orders::By::Day, PageAsked { number: 0, size: most })
}

type Day = Option<String>;

fn days(query: &Query) -> (Day, Day) {
    (query.after.map(|d| d.to_string()), query.before.map(|d| d.to_string()))
}

/// The filters that things and orders share.
fn narrow<'a>(
    filter: &mut Filter<'a>,
    query: &Query,
    names: &Names,
    [actor, date, sum]: [&str; 3],
    (after, before): (&'a Day, &'a Day),
) {
    if let Some(after) = after {
        filter.and(&format!("{date} >= ?"), after);
    }
    if let Some(before) = before {
        filter.and(&format!("{date} < ?"), before);
    }
    if let Some((least, most)) = query.amount {
        filter.and(&format!("{sum} >= ?"), least);
        filter.and(&format!("{sum} <= ?"), most);
    }
    if !query.actors.is_empty() {
        // Only numbers of our own enter the text.
        let ids: Vec<String> = names.called(&query.actors).iter().map(i64::to_string).collect();
        match ids.is_empty() {
            true => filter.say("FALSE"),
            false => filter.say(&format!("{actor} IN ({})", ids.join(", "))),
        }
    }
}

/// `lampes` finds `Lampe`: things are found by part of their words.
fn singular(text: &str) -> &str {
    match text.len() {
        5.. => text.strip_suffix(['s', 'x']).unwrap_or(text),
        _ => text,
    }
}
