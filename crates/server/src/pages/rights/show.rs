//! One request: the letter, what happened, what to do next, the mails that may answer it.

use super::state;
use crate::pages::{Frame, Nav};
use crate::sending;
use crate::words::{Words, isolate};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use jiff::civil::Date;
use mesinfos_domain::Language;
use mesinfos_partners::rights::{Letter, Next, State};
use mesinfos_vault::days;
use mesinfos_vault::views::{self, RequestCard, Why};

/// `/rights/{id}`.
#[derive(Template)]
#[template(path = "rights/show.html")]
struct Page {
    frame: Frame,
    id: i64,
    actor: Option<(i64, String)>,
    lede: String,
    is_late: bool,
    next: String,
    subject: String,
    body: String,
    is_draft: bool,
    /// What is asked, and the language that the draft is not in, by their codes.
    right: &'static str,
    other_language: &'static str,
    needs_words: bool,
    is_open: bool,
    can_remind: bool,
    can_extend: bool,
    is_answered: bool,
    story: Vec<(String, String, bool)>,
    answer: Option<(i64, String, String)>,
    answers: Vec<Answer>,
    reminder: Option<Letter>,
    complaint: Option<String>,
    mailto: String,
    today: String,
    /// The mailboxes that can send it: number and address.
    senders: Vec<(i64, String)>,
    /// Where the last letter went, or where one may be read.
    to: String,
    writable: Vec<String>,
}

struct Answer {
    mail: i64,
    subject: String,
    day: String,
    why: String,
    is_sure: bool,
}

pub(super) async fn page(
    visitor: Visitor,
    Path(id): Path<i64>,
) -> Result<impl IntoResponse, Error> {
    let (today, person) = (visitor.today(), visitor.name.clone());
    let found = visitor
        .vault(move |vault| {
            let Some(card) = views::request(vault, id, &person, today)? else { return Ok(None) };
            let known: Vec<String> = card.addresses.iter().map(|a| a.address.clone()).collect();
            let senders = sending::choices(&sending::senders(vault, &known)?);
            Ok(Some((card, senders)))
        })
        .await?;
    let (card, senders) = found.ok_or(Error::NotFound)?;
    show(&filled(&visitor, card, senders, today))
}

fn filled(visitor: &Visitor, card: RequestCard, senders: Vec<(i64, String)>, today: Date) -> Page {
    let w = Words::of(visitor.locale);
    let r = &card.row.request;
    let who = card.row.actor.as_ref().map(|a| isolate(&a.name).into_owned()).unwrap_or_default();
    let (stands, is_late) = state::state(w, &card.row);
    let title = w
        .say("rights-of")
        .arg("what", state::name(w, r.right))
        .arg("who", who.as_str())
        .to_string();
    let is_open = matches!(card.row.state, State::Waiting { .. } | State::Overdue { .. });
    let reminder = card.reminder.clone().filter(|_| card.row.next == Next::Remind);
    let mail = |m: &views::MailRef| {
        let subject = match m.subject.trim() {
            "" => w.t("mail-no-subject"),
            subject => isolate(subject).into_owned(),
        };
        (m.id.0, subject, w.day(days::day(m.at.as_microsecond()), today))
    };
    Page {
        id: r.id,
        actor: card.row.actor.as_ref().map(|a| (a.id.0, who.clone())),
        lede: w
            .say("rights-lede-one")
            .arg("title", title.as_str())
            .arg("state", stands)
            .to_string(),
        is_late,
        next: state::next(w, card.row.next),
        subject: r.subject.clone(),
        is_draft: r.course.sent.is_none(),
        right: r.right.code(),
        other_language: if r.language == Language::Fr { "en" } else { "fr" },
        needs_words: r.course.sent.is_none() && r.body.contains('['),
        can_remind: matches!(card.row.state, State::Overdue { .. }),
        can_extend: matches!(card.row.state, State::Waiting { is_extended: false, .. }),
        is_answered: matches!(card.row.state, State::Answered { .. } | State::Complained { .. }),
        is_open,
        story: story(w, &card, today),
        answer: card.answer.as_ref().map(mail),
        answers: card
            .answers
            .iter()
            .map(|a| {
                let (mail, subject, day) = mail(&a.mail);
                let why = w.t(match a.why {
                    Why::Reply => "answer-reply",
                    Why::Reference => "answer-reference",
                    Why::Subject => "answer-subject",
                    Why::Words => "answer-words",
                    Why::Sender => "answer-sender",
                });
                Answer { mail, subject, day, why, is_sure: a.why <= Why::Subject }
            })
            .collect(),
        mailto: match &reminder {
            Some(letter) => mailto(&letter.subject, &letter.body),
            None => mailto(&r.subject, &r.body),
        },
        reminder,
        complaint: card.complaint.clone(),
        today: today.to_string(),
        to: match card.letters.last() {
            Some(letter) => letter.recipient.clone(),
            None => card.writable.first().cloned().unwrap_or_default(),
        },
        writable: card.writable.clone(),
        senders,
        body: r.body.clone(),
        frame: visitor.frame(Nav::Refusals, title),
    }
}

/// What happened, in order; the last line is what is owed.
fn story(w: &Words, card: &RequestCard, today: Date) -> Vec<(String, String, bool)> {
    let r = &card.row.request;
    let c = &r.course;
    let mut story: Vec<(Date, &str)> = vec![(r.made_on, "rights-was-written")];
    for (day, key) in [
        (c.sent, "rights-was-sent"),
        (c.extended, "rights-was-extended"),
        (c.reminded, "rights-was-reminded"),
        (c.answered, "rights-was-answered"),
        (c.complained, "rights-was-complained"),
        (c.closed, "rights-was-closed"),
    ] {
        story.extend(day.map(|d| (d, key)));
    }
    story.sort_by_key(|(day, _)| *day);
    // Where it went, when it went from here.
    let sent_to = |key: &str| {
        let letter = match key {
            "rights-was-sent" => card.letters.first(),
            "rights-was-reminded" => card.letters.get(1),
            _ => None,
        };
        let said = letter.map(|l| w.n("rights-sent-to", isolate(&l.recipient).into_owned()));
        said.map(|said| format!(" {said}")).unwrap_or_default()
    };
    let mut lines: Vec<(String, String, bool)> = story
        .into_iter()
        .map(|(day, key)| (w.day(day, today), w.t(key) + &sent_to(key), false))
        .collect();
    if let State::Waiting { until, .. } = card.row.state {
        lines.push((w.day(until, today), w.t("rights-owed"), true));
    }
    lines
}

/// Opens the person's own mail program with the letter in it (RFC 6068).
fn mailto(subject: &str, body: &str) -> String {
    let encode = |text: &str| {
        text.bytes().fold(String::with_capacity(text.len() * 2), |mut out, byte| {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                    out.push(byte as char);
                }
                b'\n' => out.push_str("%0D%0A"),
                _ => out.push_str(&format!("%{byte:02X}")),
            }
            out
        })
    };
    format!("mailto:?subject={}&body={}", encode(subject), encode(body))
}

#[cfg(test)]
mod tests {
    use super::mailto;

    #[test]
    fn a_letter_opens_whole_in_a_mail_program() {
        assert_eq!(mailto("a&b", "é\nx"), "mailto:?subject=a%26b&body=%C3%A9%0D%0Ax");
    }
}
