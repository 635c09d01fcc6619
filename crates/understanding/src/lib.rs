//! Structure to facts: actor, category, orders, offers, each with where it was read.
//!
//! [`understand`] is the whole of it. Each part is a pure function of the [`Letter`] (the mail as
//! it counts: the inner one when a person forwarded it) and says which words it read.

pub mod actor;
pub mod category;
pub mod folded;
pub mod fraud;
pub mod grammar;
pub mod known;
pub mod language;
pub mod letter;
pub mod markup;
pub mod offers;
pub mod orders;
pub mod phrases;
pub mod records;
pub mod unsubscribe;

pub use letter::Letter;

use mesinfos_domain::Understood;
use mesinfos_reading::Mail;

/// What is known beside the mail itself.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The person's own addresses, lower case: what these send has no actor.
    pub own_addresses: Vec<String>,
    /// The authserv-id of the person's mailbox provider: only its Authentication-Results count.
    pub trusted_authserv: Option<String>,
    /// Weights to sort by instead of the built-in ones: for measuring what was learnt without a
    /// part of the mails.
    pub category_model: Option<std::sync::Arc<category::Model>>,
}

/// The version of the reader, kept with each message. A greater one reads nothing again by itself:
/// `reread` derives the facts of all messages.
pub const READER_VERSION: u32 = 6;

/// Understands one mail: what it did not understand is `None`, empty or a problem. Never fails, never
/// panics, linear in the mail's size. Of a suspected fraud category and language are told,
/// and why it is suspected.
pub fn understand(mail: &Mail, context: &Context) -> Understood {
    understand_with_text(mail, context).0
}

/// The same, with all the text that a person sees of the mail: for a search index, which would
/// else have to read the HTML a second time.
pub fn understand_with_text(mail: &Mail, context: &Context) -> (Understood, String) {
    let attached = letter::attached(mail);
    let read = attached.as_ref().unwrap_or(mail);
    let dom = read.html.as_deref().map(mesinfos_reading::Dom::parse);
    let mut letter = Letter::of(read, dom.as_ref());
    if attached.is_some() {
        letter.forwarded_by = mail.from.clone();
    }
    let language = language::of(&letter);
    let fraud = fraud::suspect(&letter, context);
    let mut understood = Understood {
        actor: None,
        category: mesinfos_domain::Category::Personal,
        category_confidence: 0,
        language,
        order: None,
        offers: Vec::new(),
        records: Vec::new(),
        suspected_fraud: fraud,
        unsubscribe: None,
        forwarded_by: letter.forwarded_by.as_ref().map(|a| a.address.clone()),
        facts: Vec::new(),
        problems: mail.problems.clone(),
    };
    let order = orders::read(&letter, language);
    let model = context.category_model.as_deref().unwrap_or(category::Model::built_in());
    let verdict = category::classify(&letter, order.as_ref().map(|o| &o.order), model);
    understood.category = verdict.category;
    understood.category_confidence = verdict.confidence;
    understood.facts.extend(verdict.facts);
    if understood.suspected_fraud.is_some() {
        return (understood, visible(letter)); // docs/contracts.md, "Suspected fraud".
    }
    // Of a mail inside another nobody says whether its signature holds.
    let authserv = context.trusted_authserv.as_deref().filter(|_| attached.is_none());
    if let Some((unsubscribe, fact)) = unsubscribe::read(read, authserv) {
        understood.unsubscribe = Some(unsubscribe);
        understood.facts.push(fact);
    }
    understood.actor =
        actor::of(&letter, context, verdict.category, order.as_ref().map(|o| &o.order));
    if let Some(read) = order
        && category::allows_order(verdict.category, &read.order)
    {
        understood.facts.extend(read.facts);
        understood.order = Some(read.order);
    }
    let (offers, facts) = offers::read(&letter, &understood);
    understood.offers = offers;
    understood.facts.extend(facts);
    let (records, facts) = records::read(&letter, &understood);
    understood.records = records;
    understood.facts.extend(facts);
    (understood, visible(letter))
}

fn visible(letter: Letter<'_>) -> String {
    let Letter { page, note, subject, from, forwarded_by, .. } = letter;
    if note.is_empty() && forwarded_by.is_none() {
        return page.text;
    }
    let from = from.unwrap_or_default();
    format!("{note}\n{} {} {subject}\n{}", from.name, from.address, page.text)
}
