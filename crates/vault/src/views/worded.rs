//! Things by the words that they are found by, each anywhere in what a thing is called. Reading what all
//! things are called takes as long as all else of a search: in SQLite an index of every three signs says
//! which few can be meant, and of what many are, the newest are asked first.

use super::common::{Filter, Names, holding};
use super::purchases::{self, Way};
use super::{PageAsked, PurchasesAsked, ThingRow};
use crate::{Db, Engine, Result};
use mesinfos_domain::Date;
use std::collections::BTreeSet;

/// So many that the index names are opened one by one; of more, the newest hold a page most often.
const FEW: i64 = 400;
/// So many of the newest things are asked one by one before all are.
const NEWEST: i64 = 3000;

/// Adds that each of these words stands in what a thing is found by.
pub(super) fn holds<'a>(filter: &mut Filter<'a>, patterns: &'a [String]) {
    for pattern in patterns {
        filter.and("l.words_key LIKE ? ESCAPE '!'", pattern);
    }
}

/// The patterns of these words for [`holds`].
pub(super) fn patterns(words: &[String]) -> Vec<String> {
    words.iter().map(|word| holding(word)).collect()
}

/// The way to the few things that can hold these words: what the index is asked. `None` when they can be
/// many, or the words are too short to tell, or there is no such index (PostgreSQL).
pub(super) fn few(db: &Db, words: &[String]) -> Result<Option<String>> {
    let Some(asked) = signs(words).filter(|_| db.engine() == Engine::Sqlite) else {
        return Ok(None);
    };
    let found = db.first(
        "SELECT COUNT(*) FROM (SELECT rowid FROM thing_index WHERE thing_index MATCH $1 LIMIT $2)",
        &[(&asked).into(), (FEW + 1).into()],
        |r| r.get::<i64>(0),
    )?;
    Ok(found.is_some_and(|found| found <= FEW).then_some(asked))
}

/// Every three signs in a row of these words, all of them to be there.
fn signs(words: &[String]) -> Option<String> {
    let mut all = BTreeSet::new();
    for word in words {
        let signs: Vec<char> = word.chars().collect();
        // Letters and digits only: nothing else has a meaning of its own in the index's grammar.
        let whole = signs.windows(3).filter(|w| w.iter().all(|c| c.is_alphanumeric()));
        all.extend(whole.map(|w| format!("\"{}\"", w.iter().collect::<String>())));
    }
    (!all.is_empty()).then(|| all.into_iter().collect::<Vec<_>>().join(" AND "))
}

/// The latest things that hold these words and meet the filter (which asks for them too).
pub(super) fn latest(
    db: &Db,
    names: &Names,
    filter: &Filter<'_>,
    words: &[String],
    most: i64,
    today: Date,
) -> Result<Vec<ThingRow>> {
    let asked =
        PurchasesAsked { page: PageAsked { number: 0, size: most }, ..PurchasesAsked::default() };
    if let Some(few) = few(db, words)? {
        return purchases::page(db, names, filter, Way::Few(few), &asked, today);
    }
    let since = db.first(
        "SELECT date FROM purchase_line WHERE person_id = $1
         ORDER BY date DESC, purchase DESC, position DESC LIMIT 1 OFFSET $2",
        &[db.person().into(), NEWEST.into()],
        |r| r.get::<String>(0),
    )?;
    let Some(since) = since else {
        return purchases::page(db, names, filter, Way::Walk, &asked, today);
    };
    let mut newest = filter.clone();
    newest.and("l.date >= ?", &since);
    let found = purchases::page(db, names, &newest, Way::Walk, &asked, today)?;
    match found.len() as i64 == most {
        true => Ok(found),
        false => purchases::page(db, names, filter, Way::Narrow, &asked, today),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_signs_in_a_row_are_asked_for_and_nothing_that_has_a_meaning() {
        let asked =
            |words: &[&str]| signs(&words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>());
        assert_eq!(asked(&["lampe", "ampe"]).as_deref(), Some(r#""amp" AND "lam" AND "mpe""#));
        assert_eq!(asked(&["de", "\"a\"b*", "a\0b"]), None);
        assert_eq!(asked(&["été"]).as_deref(), Some(r#""été""#));
    }
}
