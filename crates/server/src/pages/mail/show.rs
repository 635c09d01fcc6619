//! The page of one mail.

use super::body::Asked;
use super::facts::{self, Row};
use crate::mail::{clean_name, form};
use crate::pages::partners::{WayOut, asked_so_far, what};
use crate::pages::{Frame, Nav};
use crate::words::{Words, isolate};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use mesinfos_domain::{EvidenceKind, MessageId, Place};
use mesinfos_reading::{Dom, Mail, Tag};
use mesinfos_vault::views::{self, MessageCard};
use mesinfos_vault::{Word, days};

/// `/mail/{id}`.
#[derive(Template)]
#[template(path = "mail/show.html")]
struct Page {
    frame: Frame,
    id: MessageId,
    card: MessageCard,
    subject: String,
    from: String,
    to: String,
    written: String,
    category: String,
    /// Why it is in this drawer, of this actor: one sentence with the evidence.
    why: String,
    /// The domain that signed it, when it is the actor's own.
    signed_by: Option<String>,
    /// The key of the sentence that says why it is suspected.
    why_suspected: Option<&'static str>,
    /// Remote pictures left out, and those of them that only tell that the mail was opened.
    remote: (u32, u32),
    pictures: bool,
    has_both: bool,
    is_text: bool,
    /// Path and query of the frame.
    body: String,
    /// The fact that is lit from the start.
    lit: String,
    facts: Vec<Row>,
    attachments: Vec<Part>,
    /// The word by which it is refused, and since when.
    refused: Option<(String, String)>,
    way: Option<WayOut>,
    way_mail: i64,
    way_asked: Vec<String>,
    way_actor: i64,
}

/// An attachment's line.
struct Part {
    number: i64,
    name: String,
    kind: String,
    opens: bool,
}

#[derive(serde::Deserialize, Default)]
pub(super) struct Lit {
    /// The anchor of a fact.
    #[serde(default)]
    fact: String,
}

pub(super) async fn page(
    visitor: Visitor,
    Path(id): Path<MessageId>,
    Query(asked): Query<Asked>,
    Query(lit): Query<Lit>,
) -> Result<impl IntoResponse, Error> {
    let found = visitor
        .vault(move |vault| {
            let Some(card) = views::message(vault, id)? else { return Ok(None) };
            let bytes = vault.original(id)?.unwrap_or_default();
            Ok(Some((card, Mail::read(&bytes))))
        })
        .await?;
    let (card, mail) = found.ok_or(Error::NotFound)?;
    noted(&visitor, id);
    show(&filled(&visitor, id, card, &mail, &asked, &lit.fact))
}

/// Notes that she opened it. Her page does not wait: an import may be writing.
fn noted(visitor: &Visitor, id: MessageId) {
    let (state, person, now) = (visitor.state().clone(), visitor.person, visitor.state().now_us());
    tokio::spawn(async move {
        let noted = state.ask(move |store| store.vault(person)?.opened(id, now)).await;
        if let Err(error) = noted {
            tracing::info!(%error, "an opening was not noted");
        }
    });
}

fn filled(
    visitor: &Visitor,
    id: MessageId,
    card: MessageCard,
    mail: &Mail,
    asked: &Asked,
    lit: &str,
) -> Page {
    let w = Words::of(visitor.locale);
    let subject = match mail.subject.trim() {
        "" => w.t("mail-no-subject"),
        subject => isolate(subject).into_owned(),
    };
    let all: Vec<_> = card.facts.iter().map(|f| f.fact.clone()).collect();
    let shown = form(mail, &all, asked.is_text());
    let is_text = shown == crate::mail::Form::Text;
    let pictures = asked.pictures == "1";
    let mut query = Vec::new();
    query.extend((asked.is_text()).then_some("as=text"));
    query.extend(pictures.then_some("pictures=1"));
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    let at = visitor.state().zone().to_datetime(card.mail.at);
    let written = w
        .say("mail-written")
        .arg("day", w.full_date(at.date()))
        .arg("time", w.time(at.time()))
        .to_string();
    let frame = visitor.frame(Nav::Search, subject.clone());
    Page {
        id,
        from: address(mail.from.as_ref()),
        to: mail.to.first().map(|a| address(Some(a))).unwrap_or_default(),
        written,
        category: w.t(&format!("category-{}", card.mail.category.code().replace('_', "-"))),
        why: why(w, &card),
        signed_by: signed_by(&card),
        why_suspected: card.suspected_fraud.as_ref().and_then(|f| why_suspected(&f.reason)),
        remote: if is_text { (0, 0) } else { remote(mail.html.as_deref().unwrap_or_default()) },
        pictures,
        has_both: mail.html.is_some() && mail.text.is_some(),
        is_text,
        body: format!("/mail/{id}/body{query}"),
        lit: lit.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect(),
        facts: facts::rows(w, &all, shown),
        attachments: parts(w, &card),
        refused: card.refused.as_ref().map(|word| refused(w, &card, word)),
        way: card.unsubscribe.as_ref().map(|u| WayOut::new(w, u)),
        way_mail: id.0,
        way_asked: asked_so_far(w, &card.asked),
        way_actor: card.actor.as_ref().map_or(0, |a| a.id.0),
        frame,
        subject,
        card,
    }
}

/// How many words of evidence the sentence quotes.
const QUOTED: usize = 3;

/// "Rangé dans les lettres, d’après « Ne plus recevoir » et List-Unsubscribe ; c’est Cinéphare, d’après
/// cinephare.example."
fn why(w: &Words, card: &MessageCard) -> String {
    let drawer = w.t(&format!("drawer-{}", card.mail.category.code().replace('_', "-")));
    let mut words: Vec<String> = Vec::new();
    let of_category =
        card.facts.iter().map(|f| &f.fact).filter(|f| f.field.starts_with("category"));
    let mut of_category: Vec<_> = of_category.collect();
    // What a person can see first, the mail's own headers last.
    of_category.sort_by_key(|f| f.source.place == Place::Header);
    for fact in of_category {
        let said = isolate(fact.source.words.trim());
        let said = match fact.source.place {
            Place::Header => said.into_owned(),
            _ => w.n("quoted", said),
        };
        if !said.is_empty() && !words.contains(&said) && words.len() < QUOTED {
            words.push(said);
        }
    }
    let filed = match (card.category_corrected, words.is_empty()) {
        (true, _) => w.n("mail-filed-by-you", drawer),
        (false, true) => w.n("mail-filed", drawer),
        (false, false) => {
            w.say("mail-filed-by").arg("drawer", drawer).arg("words", w.list(&words)).to_string()
        }
    };
    let Some(actor) = &card.actor else { return filed };
    let mut seen: Vec<String> = Vec::new();
    for evidence in card.evidence.iter().filter(|e| e.kind != EvidenceKind::DisplayName) {
        let said = isolate(evidence.value.trim()).into_owned();
        if !said.is_empty() && !seen.contains(&said) && seen.len() < 2 {
            seen.push(said);
        }
    }
    let who = match (card.actor_corrected, seen.is_empty()) {
        (true, _) => w.t("mail-is-of-by-you"),
        (false, true) => return filed,
        (false, false) => {
            let name = isolate(&actor.name).into_owned();
            w.say("mail-is-of").arg("name", name).arg("words", w.list(&seen)).to_string()
        }
    };
    format!("{filed} {who}")
}

/// By which word she refuses it, and since when.
fn refused(w: &Words, card: &MessageCard, word: &Word) -> (String, String) {
    let name = card.actor.as_ref().map_or("", |a| &a.name);
    (what(w, &word.rule, name), w.date(days::day(word.at_us)))
}

fn address(address: Option<&mesinfos_reading::Address>) -> String {
    let Some(address) = address else { return String::new() };
    let (name, at) = (isolate(&address.name), isolate(&address.address));
    // The real address is always shown: a name is what anybody wrote.
    if name.trim().is_empty() { at.into_owned() } else { format!("{name} <{at}>") }
}

/// Each reason of `understanding::fraud` has its sentence; one of a later reading has none yet.
fn why_suspected(reason: &str) -> Option<&'static str> {
    match reason {
        "dmarc-failed" => Some("mail-why-dmarc-failed"),
        "claims-another-domain" => Some("mail-why-claims-another-domain"),
        "link-shows-another-domain" => Some("mail-why-link-shows-another-domain"),
        _ => None,
    }
}

/// The domain that signed a mail, when it is its actor's own.
pub(in crate::pages) fn signed_by(card: &MessageCard) -> Option<String> {
    if card.suspected_fraud.is_some() || card.forwarded_by.is_some() {
        return None;
    }
    let own = card.actor.as_ref()?.domain.as_deref()?;
    let signed = card.evidence.iter().find(|e| e.kind == EvidenceKind::Dkim && e.value == own);
    signed.map(|e| e.value.clone())
}

/// Remote pictures, and those of them too small to be seen.
fn remote(html: &str) -> (u32, u32) {
    let dom = Dom::parse(html);
    let (mut pictures, mut trackers) = (0, 0);
    for id in dom.ids().filter(|id| dom.tag(*id) == Some(Tag::Img)) {
        let src = dom.attr(id, "src").unwrap_or_default().trim_start().to_ascii_lowercase();
        if !src.starts_with("http:") && !src.starts_with("https:") {
            continue;
        }
        let tiny = |name| dom.attr(id, name).and_then(|v| v.trim().parse::<u32>().ok());
        match (tiny("width"), tiny("height")) {
            (Some(w), Some(h)) if w <= 2 && h <= 2 => trackers += 1,
            _ => pictures += 1,
        }
    }
    (pictures, trackers)
}

fn parts(w: &Words, card: &MessageCard) -> Vec<Part> {
    let listed = card.attachments.iter().filter(|a| !a.inline);
    listed
        .map(|a| {
            let number = u32::try_from(a.part).unwrap_or_default();
            let kind = match a.media_type.as_str() {
                "application/pdf" => "PDF".to_owned(),
                t if t.starts_with("image/") => w.t("mail-picture"),
                t if t.starts_with("text/plain") => w.t("mail-text"),
                t => isolate(t).into_owned(),
            };
            let size = w.size(u64::try_from(a.size).unwrap_or_default());
            let opens = matches!(
                a.media_type.as_str(),
                "application/pdf"
                    | "image/png"
                    | "image/jpeg"
                    | "image/gif"
                    | "image/webp"
                    | "text/plain"
                    | "text/csv"
            );
            Part {
                number: a.part,
                name: clean_name(a.name.as_deref(), number),
                kind: format!("{kind}, {size}"),
                opens,
            }
        })
        .collect()
}
