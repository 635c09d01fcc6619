//! Searching: words in any form, phrases, beginnings, filters, newest first.

use crate::bringing_mail::{file, import};
use crate::on_both::{World, on_both};
use mesinfos_vault::Vault;
use mesinfos_vault::search::Ask;

/// Subject, from, day, body.
const MAILS: [(&str, &str, &str, &str); 7] = [
    (
        "Votre commande est expédiée",
        "Librairie <a@mirabelle.example>",
        "3 Mar 2024",
        "Votre numéro de commande : AB-1207. Les colis arrivent bientôt, à l'été.",
    ),
    (
        "Vos commandes de mars",
        "Librairie <a@mirabelle.example>",
        "5 Apr 2024",
        "Voici le récapitulatif. Le numéro et la commande sont séparés ici.",
    ),
    ("Une lessive douce", "Maison <b@bulle.example>", "1 Jan 2025", "Pour votre lave-linge."),
    (
        "Your orders have shipped",
        "Shop <c@shop.example>",
        "2 Feb 2025",
        "We shipped your order today. Thank you for shopping with us, and see you soon.",
    ),
    (
        "Straße und Öl",
        "Laden <d@laden.example>",
        "3 Mar 2025",
        "Ihre Bestellung aus der Hauptstraße ist unterwegs. Vielen Dank für Ihren Einkauf.",
    ),
    (
        "Dimanche",
        "Tom <tom@amis.example>",
        "4 Apr 2025",
        "On mange une œuvre d'art, été comme hiver ?",
    ),
    (
        "Le mot du jour",
        "Zoé <zoe@amis.example>",
        "5 May 2025",
        "Le mot du jour est deliveries : c'est ainsi que l'on dit en anglais, et je te le donne pour rien.",
    ),
];

fn seeded(world: &World) -> Vault {
    let vault = world.vault("lea");
    for (i, (subject, from, day, body)) in MAILS.iter().enumerate() {
        let mail = format!(
            "From: {from}\nTo: lea@exemple.fr\nSubject: {subject}\nDate: {day} 10:00:00 +0000\n\
             Message-ID: <{i}@x>\nContent-Type: text/plain; charset=utf-8\n\n{body}\n"
        );
        file(world.folder.path(), &format!("in/{i}.eml"), &mail);
    }
    import(&vault, &world.folder.path().join("in"));
    vault
}

fn found(vault: &Vault, text: &str) -> Vec<String> {
    let ask = Ask { text, limit: 10, after: None, by_relevance: false };
    vault.search(&ask).unwrap().mails.into_iter().map(|m| m.subject).collect()
}

#[test]
fn words_are_found_in_any_form_accents_and_case_aside() {
    on_both(|world| {
        let vault = seeded(&world);
        assert_eq!(
            found(&vault, "COMMANDE"),
            ["Vos commandes de mars", "Votre commande est expédiée"],
            "newest first"
        );
        assert_eq!(found(&vault, "expediee"), ["Votre commande est expédiée"]);
        assert_eq!(found(&vault, "order"), ["Your orders have shipped"]);
        assert_eq!(found(&vault, "delivery"), ["Le mot du jour"], "English in a French mail");
        assert_eq!(found(&vault, "strasse"), ["Straße und Öl"]);
        assert_eq!(found(&vault, "œuvre"), ["Dimanche"]);
        assert_eq!(found(&vault, "oeuvres été"), ["Dimanche"]);
        assert!(found(&vault, "chrysanthème").is_empty());
        assert!(found(&vault, "").is_empty());
    });
}

#[test]
fn phrases_beginnings_and_absent_words() {
    on_both(|world| {
        let vault = seeded(&world);
        assert_eq!(found(&vault, "\"numéro de commande\""), ["Votre commande est expédiée"]);
        assert_eq!(found(&vault, "ab-1207"), ["Votre commande est expédiée"]);
        assert_eq!(found(&vault, "lave-linge"), ["Une lessive douce"]);
        assert_eq!(found(&vault, "récap*"), ["Vos commandes de mars"]);
        assert_eq!(found(&vault, "hau*"), ["Straße und Öl"], "as short as it is indexed");
        assert_eq!(found(&vault, "œu*"), ["Dimanche"]);
        assert_eq!(found(&vault, "ha*"), ["Straße und Öl", "Your orders have shipped"]);
        assert_eq!(found(&vault, "lav* le*"), ["Une lessive douce"]);
        assert_eq!(found(&vault, "rec* séparé"), ["Vos commandes de mars"]);
        assert_eq!(found(&vault, "numero -colis"), ["Vos commandes de mars"]);
        assert_eq!(found(&vault, "commande \"le récapitulatif\""), ["Vos commandes de mars"]);
        assert_eq!(found(&vault, "\"la commande\" numér*"), ["Vos commandes de mars"]);
        assert_eq!(found(&vault, "numér* -colis"), ["Vos commandes de mars"]);
        assert!(found(&vault, "\"numéro de commande\" -arriver").is_empty(), "in any form");
        assert_eq!(found(&vault, "\"numéro de commande\" -mars").len(), 1);
        assert_eq!(found(&vault, "de:mirabelle -colis"), ["Vos commandes de mars"]);
        assert_eq!(found(&vault, "acteur:mirabelle commande -colis"), ["Vos commandes de mars"]);
        assert_eq!(found(&vault, "acteur:mirabelle -récapitulatifs"), [MAILS[0].0]);
    });
}

#[test]
fn filters_narrow_with_or_without_words() {
    on_both(|world| {
        let vault = seeded(&world);
        assert_eq!(found(&vault, "de:tom"), ["Dimanche"]);
        assert_eq!(
            found(&vault, "après:2024-04 avant:2025-03"),
            ["Your orders have shipped", "Une lessive douce", "Vos commandes de mars"]
        );
        assert_eq!(found(&vault, "commande après:2024-04"), ["Vos commandes de mars"]);
        assert_eq!(found(&vault, "commande avant:2024-04"), ["Votre commande est expédiée"]);
        assert!(found(&vault, "acteur:personne commande").is_empty());
        assert!(found(&vault, "commande dans:corbeille").is_empty());
        assert!(found(&vault, "has:attachment").is_empty());
    });
}

#[test]
fn pages_follow_each_other_without_gap() {
    on_both(|world| {
        let vault = seeded(&world);
        let all = found(&vault, "dans:réception");
        assert_eq!(all.len(), MAILS.len());
        let (mut pages, mut after) = (Vec::new(), None);
        loop {
            let ask = Ask { text: "dans:inbox", limit: 2, after, by_relevance: false };
            let page = vault.search(&ask).unwrap();
            pages.extend(page.mails.into_iter().map(|m| m.subject));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(pages, all);
    });
}

#[test]
fn another_person_finds_nothing() {
    on_both(|world| {
        seeded(&world);
        assert!(found(&world.vault("tom"), "commande").is_empty());
    });
}
