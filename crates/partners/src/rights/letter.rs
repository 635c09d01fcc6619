//! The letters: what is known of the matter, put into words of ours.

use super::{Right, answer_by, english, french};
use mesinfos_domain::{Date, Language};

/// What a letter is filled from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct About {
    /// The organisation's name.
    pub organisation: String,
    /// Its main domain.
    pub domain: Option<String>,
    /// Her name, as she signs.
    pub person: String,
    /// The addresses of hers that it writes to.
    pub addresses: Vec<AddressUse>,
    /// A mark of the request, so that its answer is known again.
    pub reference: String,
    /// What only she can say: what is wrong and what is right, why she objects.
    pub details: String,
    /// When she asked it to stop writing, and the days on which it wrote all the same.
    pub asked_to_stop: Option<Date>,
    /// See [`About::asked_to_stop`]; at most the last few.
    pub wrote_again: Vec<Date>,
}

/// One address of hers, and since when an organisation writes to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AddressUse {
    /// The address.
    pub address: String,
    /// How many mails.
    pub mails: i64,
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
}

/// A letter, to be printed, copied or sent. Paragraphs are parted by an empty line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    /// Its subject, the reference included.
    pub subject: String,
    /// From the salutation to the name.
    pub body: String,
}

/// The words of one language.
pub(super) struct Tongue {
    pub subject: fn(Right) -> &'static str,
    pub reference: &'static str,
    pub greeting: &'static str,
    pub writes: fn(&About) -> String,
    pub asks: fn(Right) -> &'static [&'static str],
    pub details: fn(Right) -> &'static str,
    pub stopped: fn(Date, &[Date]) -> String,
    pub law: &'static [&'static str],
    pub farewell: &'static str,
    pub reminder: fn(Right, Date, Date) -> [String; 3],
    pub complaint: fn(&About, Right, Date, Date, Option<Date>) -> String,
}

fn tongue(language: Language) -> &'static Tongue {
    match language {
        Language::Fr => &french::WORDS,
        _ => &english::WORDS,
    }
}

/// The letter by which she makes use of a right. French or English; other languages get English.
pub fn letter(right: Right, language: Language, about: &About) -> Letter {
    let t = tongue(language);
    let mut parts = vec![t.greeting.to_owned(), (t.writes)(about)];
    parts.extend((t.asks)(right).iter().map(|p| (*p).to_owned()));
    if right.needs_details() {
        let details = about.details.trim();
        parts.push(if details.is_empty() { (t.details)(right) } else { details }.to_owned());
    }
    if right == Right::Marketing
        && let Some(day) = about.asked_to_stop
    {
        parts.push((t.stopped)(day, &about.wrote_again));
    }
    parts.extend(t.law.iter().map(|p| (*p).to_owned()));
    Letter { subject: subject(t, right, about), body: closed(t, parts, about) }
}

/// The letter that reminds them, once their time is over.
pub fn reminder(right: Right, language: Language, about: &About, sent: Date) -> Letter {
    let t = tongue(language);
    let mut parts = vec![t.greeting.to_owned()];
    parts.extend((t.reminder)(right, sent, answer_by(sent)));
    Letter { subject: subject(t, right, about), body: closed(t, parts, about) }
}

/// What she can tell the supervisory authority (article 77), to paste into its form.
pub fn complaint(
    right: Right,
    language: Language,
    about: &About,
    sent: Date,
    reminded: Option<Date>,
) -> String {
    (tongue(language).complaint)(about, right, sent, answer_by(sent), reminded)
}

fn subject(t: &Tongue, right: Right, about: &About) -> String {
    format!("{} ({} {})", (t.subject)(right), t.reference, about.reference)
}

fn closed(t: &Tongue, mut parts: Vec<String>, about: &About) -> String {
    parts.push(format!("{}\n{}", t.farewell, about.person));
    parts.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn about() -> About {
        About {
            organisation: "Électro Vauban".into(),
            domain: Some("electro-vauban.example".into()),
            person: "Camille Aubépine".into(),
            addresses: vec![AddressUse {
                address: "camille@exemple.fr".into(),
                mails: 148,
                first: date(2021, 3, 1),
                last: date(2026, 11, 3),
            }],
            reference: "MI-7".into(),
            details: String::new(),
            asked_to_stop: Some(date(2026, 10, 3)),
            wrote_again: vec![date(2026, 10, 12), date(2026, 10, 19)],
        }
    }

    #[test]
    fn every_letter_names_its_article_the_parties_and_the_time_left() {
        for language in [Language::Fr, Language::En] {
            for right in Right::ALL {
                let Letter { subject, body } = letter(right, language, &about());
                let article = right.article().to_string();
                assert!(subject.contains(&article) && subject.ends_with("MI-7)"), "{subject}");
                for part in ["camille@exemple.fr", "Camille Aubépine", "Électro Vauban", &article]
                {
                    assert!(body.contains(part), "{right:?} {language:?} lacks {part}: {body}");
                }
                let month = if language == Language::Fr { "un mois" } else { "one month" };
                assert!(body.contains(month), "{body}");
                assert!(!body.contains('{') && !body.contains("  "), "{body}");
            }
        }
    }

    #[test]
    fn what_only_she_can_say_stands_in_the_letter() {
        let said = About { details: "Je m’appelle Aubépine, pas Aubepin.".into(), ..about() };
        let filled = letter(Right::Rectification, Language::Fr, &said).body;
        assert!(filled.contains("pas Aubepin"));
        assert!(letter(Right::Rectification, Language::Fr, &about()).body.contains('['));
        assert!(!letter(Right::Access, Language::Fr, &said).body.contains("Aubepin"));
    }

    #[test]
    fn an_objection_to_marketing_tells_what_the_mailbox_saw() {
        let body = letter(Right::Marketing, Language::Fr, &about()).body;
        assert!(body.contains("3 octobre 2026") && body.contains("12 octobre 2026"), "{body}");
        let body = letter(Right::Marketing, Language::En, &about()).body;
        assert!(body.contains("3 October 2026") && body.contains("19 October 2026"), "{body}");
        let never = About { asked_to_stop: None, ..about() };
        assert!(!letter(Right::Marketing, Language::Fr, &never).body.contains("octobre"));
    }

    #[test]
    fn a_reminder_and_a_complaint_tell_the_days() {
        let sent = date(2026, 9, 3);
        let body = reminder(Right::Access, Language::Fr, &about(), sent).body;
        assert!(body.contains("3 septembre 2026") && body.contains("5 octobre 2026"), "{body}");
        let text = complaint(Right::Access, Language::Fr, &about(), sent, Some(date(2026, 10, 9)));
        for part in ["Électro Vauban", "3 septembre 2026", "9 octobre 2026", "article 77"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let text = complaint(Right::Access, Language::En, &about(), sent, None);
        assert!(text.contains("Article 77") && !text.contains("remind"), "{text}");
    }
}
