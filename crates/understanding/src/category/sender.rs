//! What the sender's name and address say: a person, a brand, a role, a machine.

use super::shape::Shape;
use super::sight::At;
use crate::Letter;
use crate::known;
use crate::letter::words::{fold, squash, words};
use mesinfos_reading::Address;

/// Parts of an address that name what it is for, folded, without separators.
const ROLES: &[(Shape, &[&str])] = &[
    (
        Shape::NoReply,
        &[
            "noreply",
            "nepasrepondre",
            "donotreply",
            "dontreply",
            "nichtantworten",
            "keineantwort",
            "noresponder",
            "norisponder",
            "nonrispondere",
            "neplusrepondre",
            "automat",
            "mailer",
            "bounce",
            "donotrespond",
            "nereply",
        ],
    ),
    (
        Shape::NewsAddress,
        &[
            "newsletter",
            "news",
            "infolettre",
            "lettre",
            "offre",
            "promo",
            "marketing",
            "deals",
            "angebot",
            "oferta",
            "offert",
            "campagne",
            "campaign",
            "boletin",
            "actus",
            "crm",
        ],
    ),
    (
        Shape::OrderAddress,
        &[
            "commande",
            "order",
            "bestell",
            "pedido",
            "ordini",
            "ordine",
            "shop",
            "boutique",
            "store",
            "tienda",
            "negozio",
            "vente",
            "sales",
            "livraison",
            "suivi",
            "tracking",
            "shipping",
            "versand",
            "booking",
            "reservation",
            "billet",
            "ticket",
        ],
    ),
    (
        Shape::BillAddress,
        &[
            "facture",
            "facturation",
            "billing",
            "invoice",
            "receipt",
            "rechnung",
            "fattur",
            "recu",
            "paiement",
            "payment",
            "buchhaltung",
            "comptabilite",
            "pago",
        ],
    ),
    (
        Shape::SupportAddress,
        &[
            "support",
            "sav",
            "help",
            "service",
            "kundenservice",
            "assistance",
            "assistenza",
            "soporte",
            "atencion",
            "retour",
            "return",
            "claims",
            "sinistre",
            "reclamation",
            "avis",
            "review",
            "feedback",
            "care",
        ],
    ),
    (Shape::AlertAddress, &["alert", "notif", "reminder", "rappel", "update", "messages"]),
    (
        Shape::AccountAddress,
        &["account", "security", "securite", "sicherheit", "compte", "konto", "verify", "login"],
    ),
    (
        Shape::RoleAddress,
        &[
            "contact",
            "info",
            "hello",
            "bonjour",
            "team",
            "equipe",
            "client",
            "kontakt",
            "mail",
            "admin",
            "webmaster",
            "office",
            "accueil",
            "customer",
            "hola",
            "ciao",
            "secretariat",
        ],
    ),
];

/// Whether an address is at a provider where anybody has a mailbox.
pub fn is_free_provider(address: &Address) -> bool {
    address.domain().is_some_and(known::is_freemail)
}

/// Whether name and address look like those of a person.
pub fn is_person(address: &Address) -> bool {
    role(address).is_none()
        && (is_free_provider(address) || has_person_name(address) && has_own_address(address))
}

/// Tells `saw` what the sender looks like.
pub fn look(letter: &Letter<'_>, saw: &mut impl FnMut(Shape, At)) {
    let Some(from) = &letter.from else { return };
    if from.address.is_empty() {
        return;
    }
    if is_free_provider(from) {
        saw(Shape::FreeProvider, At::From);
    }
    if let Some(role) = role(from) {
        saw(role, At::From);
    } else if has_own_address(from) {
        saw(Shape::PersonAddress, At::From);
    }
    if is_brand(from) {
        saw(Shape::BrandName, At::From);
    } else if has_person_name(from) {
        saw(Shape::PersonName, At::From);
    }
}

/// What the part before the `@` names; never set at a free provider, where `promo.julie` is Julie.
fn role(address: &Address) -> Option<Shape> {
    if is_free_provider(address) {
        return None;
    }
    let local = squash(address.local());
    ROLES.iter().find(|(_, words)| words.iter().any(|w| local.contains(w))).map(|(s, _)| *s)
}

/// Two to four capitalised words, as in `Hélène Le Goff`; a firm in brackets does not count.
fn has_person_name(address: &Address) -> bool {
    let words: Vec<&str> = bare_name(address).split_whitespace().collect();
    let proper = |w: &&str| {
        w.chars().next().is_some_and(char::is_uppercase)
            && w.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
    };
    (2..=4).contains(&words.len())
        && words.iter().filter(|w| proper(w)).count() >= 2
        && words.iter().all(|w| proper(w) || w.chars().all(char::is_lowercase) && w.len() < 4)
}

fn bare_name(address: &Address) -> &str {
    address.name.split(['(', '|', '<']).next().unwrap_or_default().trim()
}

/// Whether the part before the `@` is made of the displayed name: `h.bonnet` for Hélène Bonnet.
fn has_own_address(address: &Address) -> bool {
    let local = squash(address.local());
    let name = fold(&address.name);
    words(&name).any(|w| w.len() > 2 && local.contains(w)) && !is_brand(address)
}

/// Whether the displayed name is that of the domain: `Atelier Brume` at `atelierbrume.fr`.
fn is_brand(address: &Address) -> bool {
    let Some(domain) = address.domain() else { return false };
    if is_free_provider(address) {
        return false;
    }
    let (domain, local) = (squash(domain), squash(address.local()));
    let name = squash(&address.name);
    let longest = fold(bare_name(address));
    let longest = words(&longest).max_by_key(|w| w.len()).unwrap_or_default();
    // Somebody may bear the name of her own firm: then her address does too.
    name.len() > 2 && domain.contains(&name)
        || longest.len() > 4 && domain.contains(longest) && !local.contains(longest)
}

/// Whether a header of this name is set by services that send for others.
pub fn is_service_header(name: &str) -> bool {
    const SERVICES: &[&str] = &[
        "x-mj-",
        "x-sib-",
        "x-mailin-",
        "x-campaign",
        "x-mc-",
        "x-sg-",
        "x-ses-",
        "x-pm-",
        "x-mailgun-",
        "x-sfmc-",
        "x-report-abuse",
        "x-complaints-to",
        "x-csa-",
        "x-mandrill-",
        "x-sparkpost",
        "x-msys-",
        "x-hs-",
        "x-klaviyo",
        "x-job",
        "x-acxiom",
        "x-emv-",
        "x-lettre",
        "x-php-originating-script",
        "x-listmember",
        "x-mailer-",
        "x-rext",
        "x-auto-response",
    ];
    SERVICES.iter().any(|s| {
        name.as_bytes().get(..s.len()).is_some_and(|n| n.eq_ignore_ascii_case(s.as_bytes()))
    })
}

/// Whether a person's mail program or webmail names itself.
pub fn is_mail_program(value: &str) -> bool {
    const PROGRAMS: &[&str] = &[
        "thunderbird",
        "apple mail",
        "iphone mail",
        "ipad mail",
        "outlook",
        "mutt",
        "k-9",
        "evolution",
        "kmail",
        "roundcube",
        "webmail",
        "the bat",
        "airmail",
        "postbox",
        "claws",
        "zimbra",
        "open-xchange",
        "mailbird",
        "spark",
        "fairemail",
        "eudora",
    ];
    let value = value.to_ascii_lowercase();
    PROGRAMS.iter().any(|p| value.contains(p))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(name: &str, address: &str) -> Address {
        Address { name: name.into(), address: address.into() }
    }

    #[test]
    fn persons_are_told_from_brands() {
        for (name, at) in [
            ("Hélène Le Goff", "helene.le-goff@gmail.com"),
            ("", "karim.roussel@wanadoo.fr"),
            ("Anna Keller (KELLER-BAU)", "a.keller@keller-planung.de"),
            ("promo.lucie", "promo.lucie7@gmail.com"),
        ] {
            assert!(is_person(&address(name, at)), "{name} <{at}>");
        }
        for (name, at) in [
            ("Maison Perrin", "contact@maisonperrin.fr"),
            ("Service Client", "no-reply@boutique.example"),
            ("Banque du Levant", "alertes@banque-du-levant.fr"),
            ("Brand News", "brand@brandnews.com"),
        ] {
            assert!(!is_person(&address(name, at)), "{name} <{at}>");
        }
    }
}
