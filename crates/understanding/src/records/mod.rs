//! Facts beside orders and offers: reservations from markup or words, documents that wait at an
//! actor's site.

mod awaited;
mod booked;

use crate::{Letter, markup};
use mesinfos_domain::{Fact, Place, Record, Source, Understood};
use std::ops::Range;

/// As many objects of markup as one mail gives.
const MOST: usize = 20;
/// As many characters of the words that a fact was read in.
const WORDS: usize = 200;

/// The records of a letter, each with where it was read.
pub fn read(letter: &Letter<'_>, understood: &Understood) -> (Vec<Record>, Vec<Fact>) {
    let (mut records, mut facts) = (Vec::new(), Vec::new());
    for item in letter.markup() {
        if !markup::type_of(&item.value).is_some_and(is_kept) || records.len() >= MOST {
            continue;
        }
        facts.push(Fact {
            field: format!("records[{}]", records.len()),
            source: Source {
                place: Place::Markup,
                start: item.span.start,
                end: item.span.end,
                words: item.value.to_string().chars().take(WORDS).collect(),
            },
            rule: "markup".to_owned(),
            confidence: 95,
        });
        records.push(Record::Markup(item.value.clone()));
    }
    let reserved = |r: &Record| matches!(r, Record::Markup(v) if is_reservation(v));
    if !records.iter().any(reserved)
        && let Some((reservation, mut fact)) = booked::read(letter, understood)
    {
        fact.field = format!("records[{}]", records.len());
        facts.push(fact);
        records.push(Record::Markup(reservation));
    }
    if let Some((document, mut fact)) = awaited::read(letter, understood) {
        fact.field = format!("records[{}]", records.len());
        facts.push(fact);
        records.push(Record::AwaitedDocument(document));
    }
    (records, facts)
}

/// The fact of a record that stands in words: `at` in the subject, or in the visible text.
fn fact(
    letter: &Letter<'_>,
    at: Range<usize>,
    of_subject: bool,
    rule: &str,
    confidence: u8,
) -> Fact {
    let text = if of_subject { &letter.subject } else { &letter.page.text };
    let words = text.get(at.clone()).unwrap_or_default().chars().take(WORDS).collect();
    let at = at.start as u32..at.end as u32;
    let (place, at) = match (of_subject, letter.page.is_html) {
        (true, _) => (Place::Subject, at),
        (false, true) => (Place::Html, letter.page.source_of(at)),
        (false, false) => (Place::Text, letter.page.source_of(at)),
    };
    Fact {
        field: String::new(),
        source: Source { place, start: at.start, end: at.end, words },
        rule: rule.to_owned(),
        confidence,
    }
}

fn is_reservation(value: &serde_json::Value) -> bool {
    markup::type_of(value).is_some_and(|kind| kind.ends_with("Reservation"))
}

/// Reservations of all sorts, invoices, tickets and memberships; orders and parcels are read by
/// `orders`, the rest says nothing of the person.
fn is_kept(kind: &str) -> bool {
    kind.ends_with("Reservation") || matches!(kind, "Invoice" | "Ticket" | "ProgramMembership")
}

#[cfg(test)]
mod tests {
    use crate::{Context, understand};
    use mesinfos_domain::Record;
    use mesinfos_reading::Mail;

    fn records(mail: &str) -> Vec<Record> {
        understand(&Mail::read(mail.as_bytes()), &Context::default()).records
    }

    #[test]
    fn a_reservation_of_the_markup_is_kept_as_it_is() {
        let mail = "From: Bistrot <table@bistrot.example>\nSubject: Votre table\nContent-Type: text/html; charset=utf-8\n\n<script type=\"application/ld+json\">{\"@context\":\"http://schema.org\",\"@type\":\"FoodEstablishmentReservation\",\"reservationNumber\":\"T-12\",\"partySize\":4}</script><p>Votre table est réservée.</p>";
        let records = records(mail);
        let Some(Record::Markup(value)) = records.first() else { panic!("{records:?}") };
        assert_eq!(value["@type"], "FoodEstablishmentReservation");
        assert_eq!(value["partySize"], 4);
    }

    #[test]
    fn an_appointment_in_words_has_its_day_and_time() {
        for (subject, text, starts) in [
            ("Rappel : votre coupe jeudi à 14h", "Bonjour, à jeudi !", Some("2026-03-12T14:00:00")),
            (
                "Ihr Termin am 18.03.2026 um 10:20 Uhr",
                "Bitte bringen Sie Ihre Karte mit.",
                Some("2026-03-18T10:20:00"),
            ),
            (
                "Your table is booked",
                "We look forward to seeing you on Saturday 14 March at 7.30pm, table for 2.",
                Some("2026-03-14T19:30:00"),
            ),
            ("Votre rendez-vous d'hier", "Merci d'être venue le 8 mars 2026 à 9h30.", None),
            ("Votre prochain rendez-vous", "Prenez rendez-vous avant le 20 mars 2026.", None),
        ] {
            let mail = format!(
                "From: Maison <ne-pas-repondre@maison.example>\nSubject: {subject}\nDate: Mon, 09 Mar 2026 09:14:00 +0100\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
            );
            let records = records(&mail);
            let found = records.iter().find_map(|r| match r {
                Record::Markup(v) => v["reservationFor"]["startDate"].as_str(),
                Record::AwaitedDocument(_) => None,
            });
            assert_eq!(found, starts, "{subject}");
        }
    }

    #[test]
    fn a_waiting_document_is_named_with_its_period_and_never_with_a_link_of_the_mail() {
        for (subject, text, kind, period) in [
            (
                "Votre bulletin de paie est disponible",
                "Votre bulletin d'avril 2026 a été déposé dans votre coffre.",
                "payslip",
                Some("avril 2026"),
            ),
            ("Un document vous attend", "Connectez-vous pour le consulter.", "document", None),
            ("Your March statement is ready", "View it online.", "statement", Some("March")),
            (
                "Ihr Steuerbescheid 2025 liegt bereit",
                "Er ist im Postfach abrufbar.",
                "tax",
                Some("2025"),
            ),
        ] {
            let mail = format!(
                "From: Organisme <ne-pas-repondre@organisme.example>\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}\nhttps://ailleurs.example/x\n"
            );
            let records = records(&mail);
            let Some(Record::AwaitedDocument(document)) = records.first() else {
                panic!("{subject}: {records:?}")
            };
            assert_eq!(document.kind, kind, "{subject}");
            assert_eq!(document.period.as_deref(), period, "{subject}");
            assert!(document.site.as_deref().is_none_or(|s| !s.contains("ailleurs")));
        }
    }

    #[test]
    fn an_available_product_is_no_document() {
        let mail = "From: Boutique <info@boutique.example>\nSubject: Le vase bleu est de nouveau disponible\nContent-Type: text/plain; charset=utf-8\n\nIl est en ligne.\n";
        assert_eq!(records(mail), []);
    }
}
