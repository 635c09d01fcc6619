//! One mail: its headers, its drawer and why, its facts and the words they were read in.

use super::common::{MAIL, MAIL_COLUMNS, Names, mail_ref};
use super::{ActorRef, MailRef, OrderRow, orders};
use crate::refusals::{self, Refusals, Word};
use crate::{Asked, Db, Result, Vault, originals, steps};
use mesinfos_domain::{
    AwaitedDocument, Evidence, EvidenceKind, Fact, Fraud, Language, MessageId, Offer, Order,
    OrderId, Problem, Record, Source, Understood, Unsubscribe,
};
use mesinfos_reading::Mail;

/// The page of one mail. The body is rendered from the original, in a frame of its own.
#[derive(Clone, PartialEq, Debug)]
pub struct MessageCard {
    /// Subject, date, actor, drawer.
    pub mail: MailRef,
    /// From, To, Cc, Reply-To, Date, List-Id: name and decoded value, hostile as any text.
    pub headers: Vec<HeaderRow>,
    /// How sure of the drawer, from 0 to 100.
    pub category_confidence: u8,
    /// The person chose the drawer: it is not the one that was read.
    pub category_corrected: bool,
    /// Why this actor.
    pub evidence: Vec<Evidence>,
    /// The person chose the actor.
    pub actor_corrected: bool,
    /// The platform that wrote on the actor's behalf.
    pub via: Option<String>,
    /// The address of the person who forwarded it: "forwarded, not authenticated".
    pub forwarded_by: Option<String>,
    /// The language of its text.
    pub language: Language,
    /// What it says of an order.
    pub order: Option<Order>,
    /// The order that it belongs to, with its history.
    pub purchase: Option<OrderRow>,
    /// The promotions it carries.
    pub offers: Vec<Offer>,
    /// The documents that it announces.
    pub awaited: Vec<AwaitedDocument>,
    /// Set on positive evidence of imitation.
    pub suspected_fraud: Option<Fraud>,
    /// Every fact, with the words it was read in.
    pub facts: Vec<FactRow>,
    /// Its attachments.
    pub attachments: Vec<AttachmentRow>,
    /// What was odd in it.
    pub problems: Vec<Problem>,
    /// Other mails with the same Message-ID and other contents.
    pub twins: Vec<MessageId>,
    /// The actor, as shown in lists.
    pub actor: Option<ActorRef>,
    /// The word by which she refuses it.
    pub refused: Option<Word>,
    /// How it says that such mails can be stopped.
    pub unsubscribe: Option<Unsubscribe>,
    /// How its actor was asked to stop.
    pub asked: Asked,
}

/// One header.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeaderRow {
    /// `From`, `To`...
    pub name: String,
    /// Decoded.
    pub value: String,
}

/// One fact and its provenance.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FactRow {
    /// The mail that it was read in.
    pub message: MessageId,
    /// The fact: its field, the words and where they stand, the rule, how sure.
    pub fact: Fact,
}

impl FactRow {
    /// Where it was read.
    pub fn source(&self) -> &Source {
        &self.fact.source
    }
}

/// One attachment: listed by what the mail says of it, never trusted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AttachmentRow {
    /// Its place among the mail's parts.
    pub part: i64,
    /// Its name as the mail gives it; clean it before use as a file name.
    pub name: Option<String>,
    /// Its type as the mail gives it.
    pub media_type: String,
    /// Its size in bytes, decoded.
    pub size: i64,
    /// Its Content-ID, when a page refers to it.
    pub content_id: Option<String>,
    /// Shown in the body (inline) rather than beside it.
    pub inline: bool,
}

/// Headers that a page shows, in this order.
const SHOWN: [&str; 7] = ["From", "To", "Cc", "Reply-To", "Date", "List-Id", "Message-ID"];
/// A large message is read for its head only.
const HEAD: usize = 1 << 20;

/// The page of a mail; `None` when there is no such mail.
pub fn message(vault: &Vault, id: MessageId) -> Result<Option<MessageCard>> {
    let seal = vault.content_key();
    vault.read(|db| {
        let names = Names::load(db)?;
        let sql = format!(
            "SELECT {MAIL}, m.message_id_key, b.purchase FROM message m
                LEFT JOIN purchase_mail b ON b.person_id = m.person_id AND b.message = m.id
             WHERE m.person_id = $1 AND m.id = $2"
        );
        let row = db.first(&sql, &[db.person().into(), id.0.into()], |r| {
            let twin: Option<i64> = r.get(MAIL_COLUMNS)?;
            Ok((mail_ref(r, 0, &names)?, twin, r.get::<Option<i64>>(MAIL_COLUMNS + 1)?))
        })?;
        let Some((mail, twin, purchase)) = row else { return Ok(None) };
        let read = originals::understood(db, seal.as_ref(), id)?;
        let bytes = originals::bytes(db, seal.as_ref(), id, HEAD)?.unwrap_or_default();
        let purchase = match purchase {
            Some(purchase) => orders::one(db, &names, OrderId(purchase))?,
            None => None,
        };
        let (attachments, twins) = (attachments(db, id)?, twins(db, id, twin)?);
        let words = refusals::words(db)?;
        let refusals = Refusals::with(db, words.clone())?;
        let actor = mail.actor.as_ref().map(|a| a.id.0);
        let said = refusals.of_message(db, id.0, actor, mail.category)?;
        let refused = said.and_then(|said| words.into_iter().find(|w| w.id == said.id));
        let card = card(id, mail, read, &bytes, purchase, attachments, twins);
        let asked = match actor {
            Some(id) => {
                let all = steps::all(db)?;
                steps::asked(all.iter().filter(|s| names.main(s.actor.0) == id))
            }
            None => Asked::default(),
        };
        Ok(Some(MessageCard { refused, asked, ..card }))
    })
}

fn card(
    id: MessageId,
    mail: MailRef,
    read: Option<Understood>,
    bytes: &[u8],
    purchase: Option<OrderRow>,
    attachments: Vec<AttachmentRow>,
    twins: Vec<MessageId>,
) -> MessageCard {
    let head = Mail::read(bytes);
    let headers = SHOWN
        .iter()
        .flat_map(|name| head.headers_named(name).take(3).map(move |value| (name, value)))
        .map(|(name, value)| HeaderRow { name: (*name).to_owned(), value: value.to_owned() })
        .collect();
    let actor = mail.actor.clone();
    let Some(read) = read else {
        // Kept and not understood: too large, damaged.
        return MessageCard {
            mail,
            headers,
            category_confidence: 0,
            category_corrected: false,
            evidence: Vec::new(),
            actor_corrected: false,
            via: None,
            forwarded_by: None,
            language: Language::Other,
            order: None,
            purchase,
            offers: Vec::new(),
            awaited: Vec::new(),
            suspected_fraud: None,
            facts: Vec::new(),
            attachments,
            problems: head.problems,
            twins,
            actor,
            refused: None,
            unsubscribe: None,
            asked: Asked::default(),
        };
    };
    let evidence = read.actor.as_ref().map(|a| a.evidence.clone()).unwrap_or_default();
    MessageCard {
        headers,
        category_confidence: read.category_confidence,
        category_corrected: read.category != mail.category,
        actor_corrected: evidence.iter().any(|e| e.kind == EvidenceKind::Person),
        via: read.actor.and_then(|a| a.via),
        evidence,
        forwarded_by: read.forwarded_by,
        language: read.language,
        order: read.order,
        purchase,
        offers: read.offers,
        awaited: read
            .records
            .into_iter()
            .filter_map(|record| match record {
                Record::AwaitedDocument(document) => Some(document),
                Record::Markup(_) => None,
            })
            .collect(),
        suspected_fraud: read.suspected_fraud,
        facts: read.facts.into_iter().map(|fact| FactRow { message: id, fact }).collect(),
        attachments,
        problems: read.problems,
        twins,
        actor,
        refused: None,
        unsubscribe: read.unsubscribe,
        asked: Asked::default(),
        mail,
    }
}

fn attachments(db: &Db, id: MessageId) -> Result<Vec<AttachmentRow>> {
    db.query(
        "SELECT part, name, media_type, size, content_id, is_inline FROM attachment
         WHERE person_id = $1 AND message = $2 ORDER BY part",
        &[db.person().into(), id.0.into()],
        |r| {
            Ok(AttachmentRow {
                part: r.get(0)?,
                name: r.get(1)?,
                media_type: r.get(2)?,
                size: r.get(3)?,
                content_id: r.get(4)?,
                inline: r.get(5)?,
            })
        },
    )
}

/// Other mails that claim the same Message-ID. Without an index on it: those of the same minutes
/// are looked at, since a second copy is dated like the first.
fn twins(db: &Db, id: MessageId, key: Option<i64>) -> Result<Vec<MessageId>> {
    let Some(key) = key else { return Ok(Vec::new()) };
    db.query(
        "SELECT id FROM message WHERE person_id = $1 AND id >= $2 AND id <= $3
            AND message_id_key = $4 AND id <> $5 ORDER BY id LIMIT 20",
        &[db.person().into(), (id.0 - 60).into(), (id.0 + 60).into(), key.into(), id.0.into()],
        |r| Ok(MessageId(r.get(0)?)),
    )
}

/// The facts about an order that one mail gave.
pub(super) fn order_facts(
    db: &Db,
    seal: Option<&[u8; 32]>,
    message: MessageId,
) -> Result<Vec<FactRow>> {
    let facts = originals::understood(db, seal, message)?.map(|u| u.facts).unwrap_or_default();
    Ok(facts
        .into_iter()
        .filter(|fact| fact.field.starts_with("order"))
        .map(|fact| FactRow { message, fact })
        .collect())
}
