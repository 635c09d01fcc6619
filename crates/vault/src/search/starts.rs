//! Words by their beginning, in SQLite. FTS5 merges all mails of all words of a prefix before it gives the
//! first: of two or three letters, which begin thousands of words, half a mailbox. So the beginnings of
//! each mail's words are an index of their own, a fiftieth of the mail, and the newest mails are found at once.
//! Longer beginnings are those of a few words, which are asked for by name.
//! PostgreSQL's index finds beginnings by itself.

use super::query::Query;
use super::words::START;
use crate::{Db, Engine, Result, setting};

/// So many words of one beginning are asked for by name; each is looked up apart.
const MOST: usize = 16;
/// The setting that says which mails have no beginnings yet.
const STARTS: &str = "starts";

/// Whether nothing is asked of the text but short beginnings, of which every mail has its row.
pub(super) fn are_enough(db: &Db, query: &Query) -> Result<bool> {
    let is_short = |prefix: &String| prefix.chars().count() <= START;
    let is_all = query.words.is_empty() && query.phrases.is_empty() && query.without.is_empty();
    if db.engine() == Engine::Postgres || !is_all || query.prefixes.is_empty() {
        return Ok(false);
    }
    Ok(query.prefixes.iter().all(is_short) && !is_missing(db)?)
}

/// Whether all words of this beginning have the same, so that it is a word of the index of beginnings.
pub(super) fn is_whole(prefix: &str) -> bool {
    prefix.chars().count() == START
}

/// The words that begin so, when they are few.
pub(super) fn words(db: &Db, prefix: &str) -> Result<Option<Vec<String>>> {
    if db.engine() == Engine::Postgres {
        return Ok(None);
    }
    let end = format!("{prefix}{}", char::MAX);
    let (mut words, mut from): (Vec<String>, String) = (Vec::new(), prefix.to_owned());
    loop {
        // From word to word: read through, each would come as often as it stands in a mail.
        let next = db.first(
            "SELECT term FROM word_instance WHERE term >= $1 AND term < $2 LIMIT 1",
            &[(&from).into(), (&end).into()],
            |r| r.get::<String>(0),
        )?;
        let Some(next) = next else { return Ok(Some(words)) };
        if words.len() == MOST {
            return Ok(None);
        }
        // Comes after the word and before any that goes on: letters and digits are greater.
        from = format!("{next}!");
        words.push(next);
    }
}

/// Mails that were indexed before there were beginnings have none, until all are indexed again.
pub(crate) fn miss(db: &Db) -> Result<()> {
    let any = db.first(
        "SELECT 1 FROM message WHERE person_id = $1 LIMIT 1",
        &[db.person().into()],
        |_| Ok(()),
    )?;
    any.map_or(Ok(()), |()| setting::set(db, STARTS, "missing"))
}

/// All mails are indexed from now on.
pub(super) fn are_made(db: &Db) -> Result<()> {
    setting::clear(db, STARTS)
}

fn is_missing(db: &Db) -> Result<bool> {
    Ok(setting::get(db, STARTS)?.is_some())
}
