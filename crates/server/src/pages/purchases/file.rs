//! The after-sales file of a thing, to be printed: the letter, then the mails that prove the purchase
//! and the delivery, with their words.

use super::show::card;
use crate::pages::mail::signed_by;
use crate::pages::{Frame, Nav};
use crate::words::{Locale, Words};
use crate::{Error, Visitor, show as render};
use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use jiff::tz::TimeZone;
use mesinfos_domain::{Language, MessageId, OrderId};
use mesinfos_purchases::after_sales::letter;
use mesinfos_vault::Vault;
use mesinfos_vault::views::{self, MessageCard, ProductCard};

/// `/thing/{order}/{line}/file`.
#[derive(Template)]
#[template(path = "purchases/file.html")]
struct File {
    frame: Frame,
    card: ProductCard,
    seller: String,
    letter: Vec<String>,
    proofs: Vec<Proof>,
    back: String,
}

/// A mail of the file, whole enough to be read on paper.
struct Proof {
    what: String,
    mail: MessageId,
    from: String,
    day: String,
    subject: String,
    signed_by: Option<String>,
    text: String,
    is_cut: bool,
}

/// A proof on paper is no longer than two pages.
const CHARS: usize = 6_000;
/// How long the dotted line for the defect is.
const BY_HAND: usize = 40;

pub(super) async fn file(
    visitor: Visitor,
    Path((order, line)): Path<(OrderId, i64)>,
) -> Result<impl IntoResponse, Error> {
    let card = card(&visitor, order, line, visitor.today()).await?;
    let asked = [
        ("file-purchase", card.proof_of_purchase.as_ref().map(|m| m.id)),
        ("file-delivery", card.proof_of_delivery.as_ref().map(|m| m.id)),
    ];
    let w = Words::of(visitor.locale);
    let mut proofs: Vec<Proof> = Vec::new();
    for (key, mail) in asked {
        let Some(mail) = mail.filter(|id| proofs.iter().all(|p| p.mail != *id)) else { continue };
        let read = move |vault: &Vault| Ok((views::message(vault, mail)?, vault.shown_text(mail)?));
        if let (Some(found), text) = visitor.vault(read).await? {
            proofs.push(proof(w, key, &found, text.unwrap_or_default()));
        }
    }
    let file = File {
        letter: written(w, &card),
        seller: card.after_sales.seller.clone(),
        proofs,
        back: format!("/thing/{order}/{line}"),
        frame: visitor.frame(Nav::Purchases, w.n("file-title", card.row.name.as_str())),
        card,
    };
    render(&file)
}

fn proof(w: &Words, key: &str, found: &MessageCard, text: String) -> Proof {
    let header = |name: &str| found.headers.iter().find(|h| h.name == name);
    let at = found.mail.at.to_zoned_datetime(TimeZone::UTC);
    // Blank lines of a layout would fill pages.
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    let text: String = lines.flat_map(|l| [l, "\n"]).collect();
    let end = text.char_indices().nth(CHARS).map_or(text.len(), |(at, _)| at);
    Proof {
        what: w.t(key),
        mail: found.mail.id,
        from: header("From").map_or_else(|| found.mail.from.clone(), |h| h.value.clone()),
        day: w.full_date(at.date()),
        subject: found.mail.subject.clone(),
        signed_by: signed_by(found),
        is_cut: end < text.len(),
        text: text[..end].to_owned(),
    }
}

/// The letter with what the vault knows.
fn written(w: &Words, card: &ProductCard) -> Vec<String> {
    let a = &card.after_sales;
    let Some(ground) = a.ground else { return Vec::new() };
    let language = match w.locale() {
        Locale::Fr => Language::Fr,
        Locale::En => Language::En,
    };
    let blank = || "……".to_owned();
    let values = [
        ("{placed}", w.date(a.placed)),
        ("{thing}", a.thing.clone()),
        ("{number}", a.number.clone().unwrap_or_else(blank)),
        ("{price}", a.price.map(|m| w.money(m)).unwrap_or_else(blank)),
        ("{received}", a.received.map(|r| w.date(r.day)).unwrap_or_else(blank)),
    ];
    letter(ground, language)
        .iter()
        .map(|paragraph| {
            // One pass over the template: a value that looks like a key stays as it is.
            let mut out = String::new();
            let mut rest = *paragraph;
            while let Some(at) = rest.find('{') {
                out.push_str(&rest[..at]);
                rest = &rest[at..];
                match values.iter().find(|(key, _)| rest.starts_with(key)) {
                    Some((key, value)) => {
                        out.push_str(value);
                        rest = &rest[key.len()..];
                    }
                    None => {
                        out.push('{');
                        rest = &rest[1..];
                    }
                }
            }
            out.push_str(rest);
            // What only she can tell is written by hand.
            if out.trim_end().ends_with(':') {
                out.push_str(&"…".repeat(BY_HAND));
            }
            out
        })
        .collect()
}
