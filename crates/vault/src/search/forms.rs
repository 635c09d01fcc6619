//! The forms of a word: which words of a vault share its stem. A bare word asks for all of them.
//!
//! One index of words serves phrases, prefixes and bare words alike; stems indexed beside it were a
//! third more to write and to keep. The vocabulary that takes their place grows with the different
//! words of a mailbox, not with its mails.

use super::words::{Form, forms_of, stem, stems_of};
use crate::{Db, Engine, Result};
use mesinfos_domain::Language;
use std::ops::ControlFlow;

/// So many words of one stem are asked for, the shortest first: a verb has some fifty forms in French.
/// Beyond stand only words of a mailbox made to have them.
const MOST: i64 = 64;

/// The words that a bare word asks for: itself, its stem where that is a word, and the words of this
/// vault of which a language's stemmer makes what it makes of this one.
pub(super) fn asked(db: &Db, word: &str) -> Result<Vec<String>> {
    let mut forms = vec![word.to_owned()];
    for text in stems_of(word) {
        let is_shared = |language| text == word || stem(word, language).as_ref() == Some(&text);
        let is_own_stem = |language| stem(&text, language).as_ref() == Some(&text);
        if Language::READ.into_iter().any(|l| is_shared(l) && is_own_stem(l)) {
            forms.push(text.clone());
        }
        db.each(
            "SELECT word, language FROM word_form WHERE person_id = $1 AND stem = $2
             ORDER BY LENGTH(word), word {by_bytes}, language LIMIT $3",
            &[db.person().into(), (&text).into(), MOST.into()],
            |r| {
                if is_shared(Language::from_code(&r.get::<String>(1)?)) {
                    forms.push(r.get(0)?);
                }
                Ok(ControlFlow::Continue(()))
            },
        )?;
    }
    forms.sort_unstable();
    forms.dedup();
    Ok(forms)
}

/// Remembers forms; those that are known stay.
pub(super) fn insert(db: &Db, mut forms: Vec<&Form>) -> Result<()> {
    // In the order of the table; several threads tell the same word.
    forms.sort_unstable();
    forms.dedup();
    for form in forms {
        db.execute(
            "INSERT INTO word_form (person_id, stem, language, word) VALUES ($1, $2, $3, $4)
             ON CONFLICT (person_id, stem, language, word) DO NOTHING",
            &[
                db.person().into(),
                (&form.stem).into(),
                form.language.code().into(),
                (&form.word).into(),
            ],
        )?;
    }
    Ok(())
}

/// Whether a vault has no forms: it is empty, or its index was made before there were any.
pub(crate) fn are_missing(db: &Db) -> Result<bool> {
    let one = db.first(
        "SELECT word FROM word_form WHERE person_id = $1 LIMIT 1",
        &[db.person().into()],
        |_| Ok(()),
    )?;
    Ok(one.is_none())
}

/// Makes the forms of all words that the index holds. In which mails they stand is not asked: each is
/// taken for a word of every language of the mailbox.
pub(crate) fn make(db: &Db) -> Result<()> {
    let mut languages: Vec<Language> = db.query(
        "SELECT DISTINCT language FROM message WHERE person_id = $1",
        &[db.person().into()],
        |r| Ok(Language::from_code(&r.get::<String>(0)?)),
    )?;
    languages.push(Language::En);
    let vocabulary = match db.engine() {
        Engine::Sqlite => "SELECT term FROM word_vocabulary".to_owned(),
        Engine::Postgres => format!(
            "SELECT word FROM ts_stat('SELECT words FROM text_index WHERE person_id = {}')",
            db.person()
        ),
    };
    let mut forms = Vec::new();
    db.each(&vocabulary, &[], |r| {
        forms.clear();
        forms_of(&r.get::<String>(0)?, &languages, &mut forms);
        insert(db, forms.iter().collect())?;
        Ok(ControlFlow::Continue(()))
    })
}
