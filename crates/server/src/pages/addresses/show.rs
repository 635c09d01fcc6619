//! The page of dedicated addresses: each with whom it was given to, what came, and who else writes.

use super::forward::{self, Shown};
use crate::pages::{Frame, Nav};
use crate::words::{Html, Words, isolate};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Query;
use axum::response::IntoResponse;
use mesinfos_vault::days;
use mesinfos_vault::directory::{AddressState, AddressToken, MailDomain};
use mesinfos_vault::views::{self, Given, Stranger};

/// `/addresses`.
#[derive(Template)]
#[template(path = "addresses/show.html")]
struct Page {
    frame: Frame,
    lede: Html,
    /// Where new addresses are; `None`: this host takes no mail.
    domain: Option<MailDomain>,
    /// The one that was just made.
    made: Option<Line>,
    lines: Vec<Line>,
    names: Vec<String>,
    token: AddressToken,
    is_host: bool,
    is_sealed: bool,
    forward: Shown,
    /// What became of a click: the key of a sentence.
    forward_said: Option<String>,
    /// Why nothing is passed on, or not just now.
    forward_trouble: Option<String>,
}

/// One address.
struct Line {
    address: String,
    /// To whom it was given: a name, and where it leads.
    who: String,
    actor: Option<i64>,
    state: AddressState,
    made: String,
    mails: String,
    last: Option<(String, i64)>,
    /// Who else writes, with the mail that proves it.
    leaks: Vec<(String, i64)>,
    carriers: Vec<String>,
}

#[derive(serde::Deserialize)]
pub(super) struct Asked {
    made: Option<String>,
    forward: Option<String>,
}

pub(super) async fn page(
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Error> {
    let w = Words::of(visitor.locale);
    let (all, domain, token, names) = visitor
        .store(|store, vault| {
            let directory = store.directory();
            let person = vault.person();
            let all = views::given_addresses(vault, &directory.addresses(person)?)?;
            let domain = directory.mail_domain_of(person)?;
            Ok((all, domain, directory.address_token(person)?, views::actor_names(vault)?))
        })
        .await?;
    let leaking = all.iter().filter(|g| g.is_leaking()).count();
    let lede = w.say("dedicated-lede").arg("n", all.len()).arg("leaks", leaking).html();
    let mut lines: Vec<Line> = all.iter().map(|g| line(&visitor, w, g)).collect();
    // What needs a decision first, then as they were made; closed ones last.
    lines.sort_by_key(|l| (l.state == AddressState::Closed, l.leaks.is_empty()));
    let made = asked.made.and_then(|made| lines.iter().position(|l| l.address == made));
    let made = made.map(|i| lines.remove(i));
    let frame = visitor.frame(Nav::Addresses, w.t("dedicated-name"));
    let forward = forward::shown(&visitor).await?;
    let trouble = forward.forwarding.as_ref().and_then(|f| f.trouble.as_deref());
    let forward_trouble = trouble.map(|code| match code {
        "bounced" => w.t("forward-bounced"),
        "not-taken" => w.t("forward-not-taken"),
        code => w.t(&format!("mailboxes-trouble-{code}")),
    });
    let said = asked.forward.map(|said| format!("forward-{said}")).filter(|key| w.knows(key));
    let is_sealed = visitor.mode == mesinfos_vault::Mode::Sealed;
    show(&Page {
        frame,
        lede,
        domain,
        made,
        lines,
        names,
        token,
        is_host: visitor.is_host,
        is_sealed,
        forward,
        forward_said: said,
        forward_trouble,
    })
}

fn line(visitor: &Visitor, w: &Words, given: &Given) -> Line {
    let today = visitor.today();
    let day = |at: jiff::Timestamp| w.day(days::day(at.as_microsecond()), today);
    let on_day = |at: jiff::Timestamp| w.on_day(days::day(at.as_microsecond()), today);
    let (who, actor) = match &given.given_to {
        Some(actor) => (actor.name.clone(), Some(actor.id.0)),
        None => (given.label.clone(), None),
    };
    let (carriers, strangers): (Vec<&Stranger>, Vec<&Stranger>) =
        given.strangers.iter().partition(|s| s.is_carrier);
    let leaks = strangers.into_iter().map(|s| {
        let sentence = w.say("dedicated-leak").arg("who", isolate(name(s)));
        let sentence = sentence.arg("n", s.mails).arg("day", day(s.first.at)).to_string();
        (sentence, s.first.id.0)
    });
    Line {
        address: given.address.clone(),
        who,
        actor,
        state: given.state,
        made: match given.is_by_mail {
            true => w.n("dedicated-made-by-mail", on_day(given.made)),
            false => w.n("dedicated-made", on_day(given.made)),
        },
        mails: w.n("dedicated-mails", given.mails),
        last: given.last.as_ref().map(|m| (w.n("dedicated-last", day(m.at)), m.id.0)),
        leaks: leaks.collect(),
        carriers: carriers.into_iter().map(|s| isolate(name(s)).into_owned()).collect(),
    }
}

fn name(stranger: &Stranger) -> &str {
    stranger.actor.as_ref().map_or(stranger.from.as_str(), |a| a.name.as_str())
}
