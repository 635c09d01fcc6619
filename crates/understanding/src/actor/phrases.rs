//! Sentences by which a mail says for whom it was sent, or that a name has changed, in five languages.

use crate::letter::words::fold;
use crate::phrases::AnyOf;
use std::sync::LazyLock;

/// What stands before the name of who a platform writes for.
const BEHALF: &[&str] = &[
    "pour le compte de",
    "au nom de",
    "de la part de",
    "au profit de",
    "organisateur :",
    "organisé par",
    "marchand :",
    "marchand\t",
    "commerçant :",
    "bénéficiaire :",
    "établissement :",
    "émetteur :",
    "on behalf of",
    "organizer:",
    "organised by",
    "organized by",
    "merchant:",
    "merchant\t",
    "im auftrag von",
    "im namen von",
    "veranstalter:",
    "handler:",
    "por cuenta de",
    "en nombre de",
    "organizador:",
    "comercio:",
    "per conto di",
    "a nome di",
    "organizzatore:",
    "esercente:",
];

/// Verbs that name the sender when a line speaks of the message itself: "Message envoyé par".
const SENT: &[&str] =
    &["envoyé par", "adressé par", "sent by", "gesendet von", "enviado por", "inviato da"];

/// How such a line begins.
const MESSAGE: &[&str] = &[
    "message",
    "ce message",
    "e-mail",
    "email",
    "cet e-mail",
    "cet email",
    "courriel",
    "ce courriel",
    "this email",
    "this e-mail",
    "this message",
    "diese e-mail",
    "diese nachricht",
    "este correo",
    "este mensaje",
    "questa email",
    "questa e-mail",
    "questo messaggio",
];

/// Verbs of who hands something over through a platform; the name stands before them.
const HANDS_OVER: &[&str] = &[
    " vient de déposer",
    " a déposé",
    " vous a envoyé",
    " vous a adressé",
    " vous a transmis",
    " vous adresse",
    " met à votre disposition",
    " has sent you",
    " has shared",
    " has uploaded",
    " hat ihnen",
    " le ha enviado",
    " te ha enviado",
    " ti ha inviato",
    " le ha inviato",
];

/// Words that end a name after such a phrase.
const ENDS: &[&str] = &[
    ".", ",", "\n", "\t", " - ", " – ", " a bien", " a été", " est ", " le ", " via ", " avec ",
    " dans ", " has ", " is ", " was ", " with ", " ist ", " wurde ", " ha ", " è ", " se ", " · ",
    " | ", " (", ";", "!",
];

/// Names of those for whom the mail says it was sent.
pub fn on_behalf(text: &str) -> Vec<&str> {
    static FIRST_LOOK: LazyLock<AnyOf> =
        LazyLock::new(|| AnyOf::read([BEHALF, SENT, HANDS_OVER].concat()));
    let mut found = Vec::new();
    let mut lower = String::new();
    for line in text.lines().filter(|l| l.len() < 400).take(200) {
        lower_into(line, &mut lower);
        if !FIRST_LOOK.found_in(&lower) {
            continue; // nearly all lines
        }
        if lower.len() != line.len() {
            continue; // offsets would not agree
        }
        if let Some(i) = HANDS_OVER.iter().find_map(|v| lower.find(v))
            && let Some(name) = line.get(..i).map(str::trim)
            && begins_a_name(name)
            && name.split_whitespace().count() <= 6
        {
            found.push(name);
        }
        let speaks_of_itself = MESSAGE.iter().any(|m| lower.starts_with(m));
        let verbs = SENT.iter().filter(|_| speaks_of_itself);
        for phrase in BEHALF.iter().chain(verbs) {
            let Some(i) = lower.find(phrase) else { continue };
            let Some(rest) = line.get(i + phrase.len()..) else { continue };
            let rest =
                rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':' || c == '\t');
            let end = ENDS.iter().filter_map(|e| rest.find(e)).min().unwrap_or(rest.len());
            let name = rest[..end].trim();
            if begins_a_name(name) {
                found.push(name);
            }
        }
        if found.len() > 3 {
            break;
        }
    }
    found
}

fn lower_into(line: &str, lower: &mut String) {
    lower.clear();
    if line.is_ascii() {
        lower.push_str(line);
        lower.make_ascii_lowercase();
    } else {
        *lower = line.to_lowercase();
    }
}

fn begins_a_name(words: &str) -> bool {
    words.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// Whether the text says that an organisation took another name.
pub fn renames(text: &str) -> bool {
    static WORDS: AnyOf = AnyOf::new(&[
        "anciennement",
        "nouveau nom",
        "s'appelle desormais",
        "s'appelle maintenant",
        " s'appelle ",
        "change de nom",
        " devient ",
        "formerly",
        "now called",
        "is now",
        "new name",
        "renamed",
        "ehemals",
        "heisst jetzt",
        "nuevo nombre",
        "ahora se llama",
        "nuovo nome",
    ]);
    let mut end = text.len().min(4_000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    WORDS.found_in(&fold(&text[..end]))
}

/// Whether a line says that mails also leave from the domains it names.
pub fn also_writes_from(line: &str) -> bool {
    static WORDS: AnyOf = AnyOf::new(&[
        "partent aussi",
        "partent egalement",
        "envoyes depuis",
        "ecrivons aussi",
        "ecrivons depuis",
        "adresses suivantes",
        "domaines suivants",
        "also send from",
        "also come from",
        "sent from",
        "auch von",
        "tambien desde",
        "anche da",
        "egalement de",
    ]);
    WORDS.found_in(&fold(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_a_mail_is_sent_for_is_named() {
        assert_eq!(on_behalf("Message envoyé pour le compte de Cabinet Lune.\n"), ["Cabinet Lune"]);
        assert_eq!(on_behalf("Organisateur : Club du Val, a@val.example\n"), ["Club du Val"]);
        assert_eq!(on_behalf("This email was sent by Lune Ltd - 3 High Street\n"), ["Lune Ltd"]);
        assert!(on_behalf("Votre colis est envoyé par Transcolis\n").is_empty());
        assert_eq!(on_behalf("Lune SA vient de déposer un document\n"), ["Lune SA"]);
    }

    #[test]
    fn a_new_name_is_noticed() {
        assert!(renames("Solis devient Lunéa le 1er mai"));
        assert!(!renames("Votre commande est partie"));
    }
}
