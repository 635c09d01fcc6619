//! Writing a letter, and saying what happened to it.

use crate::pages::Back;
use crate::words::Locale;
use crate::{Error, Sent, SentTo};
use jiff::civil::Date;
use mesinfos_domain::{ActorId, Language, MessageId};
use mesinfos_partners::rights::Right;
use mesinfos_vault::{Mark, NewRequest};

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct New {
    actor: i64,
    right: String,
    /// `fr` or `en`; that of the pages when it is empty.
    language: String,
    details: String,
    /// The draft that this one takes the place of.
    instead: Option<i64>,
}

/// A new letter, as a draft.
pub(super) async fn write(Sent(visitor, form): Sent<New>) -> Result<Back, Error> {
    let right = Right::from_code(&form.right).ok_or(Error::Invalid("no such right".into()))?;
    let language = match (form.language.parse::<Locale>(), visitor.locale) {
        (Ok(Locale::Fr), _) | (Err(_), Locale::Fr) => Language::Fr,
        _ => Language::En,
    };
    let (person, today) = (visitor.name.clone(), visitor.today());
    let id = visitor
        .vault(move |vault| {
            if let Some(draft) = form.instead {
                vault.drop_request(draft)?;
            }
            vault.write_request(&NewRequest {
                actor: ActorId(form.actor),
                right,
                language,
                person: &person,
                details: &form.details,
                today,
            })
        })
        .await?;
    Ok(Back::to(&format!("/rights/{id}")))
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Form {
    /// What happened, or `keep` (the letter's new words), `drop` (the draft).
    what: String,
    /// On which day; today when it is empty.
    day: String,
    body: String,
    message: Option<i64>,
    /// `1`: it did not happen after all.
    undo: String,
}

/// What happened to a request.
pub(super) async fn take(SentTo(visitor, id, form): SentTo<i64, Form>) -> Result<Back, Error> {
    let today = visitor.today();
    let day = form.day.trim().parse::<Date>().unwrap_or(today);
    // Nothing happens tomorrow; a slip of the year would stop the clock.
    let day = day.min(today);
    let mark = match form.what.as_str() {
        "sent" => Some(Mark::Sent),
        "extended" => Some(Mark::Extended),
        "reminded" => Some(Mark::Reminded),
        "answered" => Some(Mark::Answered(form.message.map(MessageId))),
        "complained" => Some(Mark::Complained),
        "closed" => Some(Mark::Closed),
        "keep" | "drop" => None,
        _ => return Err(Error::Invalid("no such step".into())),
    };
    let on = form.undo.is_empty().then_some(day);
    let is_dropped = form.what == "drop";
    visitor
        .vault(move |vault| match mark {
            Some(mark) => vault.mark_request(id, mark, on),
            None if is_dropped => vault.drop_request(id),
            None => vault.edit_request(id, &form.body),
        })
        .await?;
    Ok(Back::to(&if is_dropped { "/rights".to_owned() } else { format!("/rights/{id}") }))
}
