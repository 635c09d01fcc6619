//! The person's word: it wins, it is undone, it survives rereading.

use crate::bringing_mail::{count, file, import};
use crate::on_both::{NOW, World, on_both};
use mesinfos_domain::{ActorId, ActorKind, Category, MessageId};
use mesinfos_vault::corrections::Correction;
use mesinfos_vault::{Error, RereadWatch, Vault};
use std::sync::atomic::AtomicBool;

/// Shops that write as shops do: an order confirmed, shipped, and some news.
fn order_mail(shop: &str, n: usize, kind: &str) -> String {
    let (subject, body) = match kind {
        "confirmed" => (
            format!("Confirmation de votre commande n° {shop}{n}"),
            format!(
                "Bonjour,\n\nMerci pour votre commande n° {shop}{n} du 3 mars 2026.\n\n\
                 Bol bleu  x 2  12,00 €\nAssiette  x 1  8,00 €\n\n\
                 Sous-total : 20,00 €\nLivraison : 5,00 €\nTotal : 25,00 €\n"
            ),
        ),
        "shipped" => (
            format!("Votre commande n° {shop}{n} est expédiée"),
            format!("Bonjour,\n\nVotre commande n° {shop}{n} a été expédiée aujourd'hui.\n"),
        ),
        _ => (
            "Nos nouveautés du printemps".to_owned(),
            "Découvrez la collection. Pour vous désinscrire, cliquez ici.".to_owned(),
        ),
    };
    format!(
        "From: {shop} <commande@{shop}.example>\nTo: Léa <lea@exemple.fr>\nSubject: {subject}\n\
         Date: Tue, {day} Mar 2026 10:0{n}:00 +0100\nMessage-ID: <{kind}{n}@{shop}.example>\n\
         DKIM-Signature: v=1; d={shop}.example; s=a; b=x\n\
         Content-Type: text/plain; charset=utf-8\n\n{body}",
        day = if kind == "confirmed" { 3 } else { 5 },
    )
}

fn seeded(world: &World) -> Vault {
    let vault = world.vault("lea");
    for shop in ["mirabelle", "ramures"] {
        for n in 1..=3 {
            for kind in ["confirmed", "shipped", "news"] {
                let name = format!("in/{shop}-{n}-{kind}.eml");
                file(world.folder.path(), &name, &order_mail(shop, n, kind));
            }
        }
    }
    import(&vault, &world.folder.path().join("in"));
    vault
}

/// Main actor, category and whether it holds an order, by subject and number.
fn state(vault: &Vault) -> Vec<(i64, String, String, bool)> {
    vault
        .read(|db| {
            db.query(
                "SELECT m.id, COALESCE((SELECT p.name FROM actor a JOIN actor p
                        ON p.person_id = a.person_id AND p.id = a.main
                        WHERE a.person_id = $1 AND a.id = m.actor), ''), m.category, m.has_order
                 FROM message m WHERE m.person_id = $1 ORDER BY m.id",
                &[db.person().into()],
                |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)),
            )
        })
        .unwrap()
}

fn purchases(vault: &Vault) -> Vec<(i64, i64, Option<i64>, i64)> {
    vault
        .read(|db| {
            db.query(
                "SELECT id, mails, total, lines FROM purchase WHERE person_id = $1 ORDER BY id",
                &[db.person().into()],
                |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)),
            )
        })
        .unwrap()
}

fn tallied(vault: &Vault) -> Vec<(i64, String, i64)> {
    vault
        .read(|db| {
            db.query(
                "SELECT a.main, t.category, CAST(SUM(t.mails) AS BIGINT)
                 FROM tally t JOIN actor a ON a.person_id = t.person_id AND a.id = t.actor
                 WHERE t.person_id = $1 GROUP BY a.main, t.category
                 HAVING SUM(t.mails) <> 0 ORDER BY a.main, t.category",
                &[db.person().into()],
                |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
            )
        })
        .unwrap()
}

fn actor(vault: &Vault, domain: &str) -> ActorId {
    let found = vault
        .read(|db| {
            db.first(
                "SELECT id FROM actor WHERE person_id = $1 AND domain = $2",
                &[db.person().into(), domain.into()],
                |r| r.get(0),
            )
        })
        .unwrap();
    ActorId(found.expect("the actor is known"))
}

fn reread(vault: &Vault) {
    let stop = AtomicBool::new(false);
    vault.reread(&mut RereadWatch { progress: &mut |_, _| {}, stop: &stop }).unwrap();
}

fn well(vault: &Vault) {
    let verified = vault.verify(&mut |_, _| {}).unwrap();
    assert!(verified.is_well(), "{verified:?}");
}

#[test]
fn merged_actors_are_one_until_undone() {
    on_both(|world| {
        let vault = seeded(&world);
        let (before, counts) = (state(&vault), tallied(&vault));
        let part = actor(&vault, "ramures.example");
        let whole = actor(&vault, "mirabelle.example");
        let id = vault.correct(&Correction::MergeActors { part, whole }, NOW).unwrap();
        assert!(state(&vault).iter().all(|m| m.1 == before[0].1 || m.1.is_empty()));
        assert!(tallied(&vault).iter().all(|t| t.0 == whole.0));
        reread(&vault);
        assert!(tallied(&vault).iter().all(|t| t.0 == whole.0), "it survives rereading");
        vault.undo(id, NOW).unwrap();
        assert_eq!(state(&vault), before);
        assert_eq!(tallied(&vault), counts);
        assert!(matches!(vault.undo(id, NOW), Err(Error::NotFound(_))), "undone once");
        well(&vault);
    });
}

#[test]
fn a_corrected_mail_moves_with_its_counts_and_back() {
    on_both(|world| {
        let vault = seeded(&world);
        let before = (state(&vault), tallied(&vault), purchases(&vault));
        let message = MessageId(before.0[0].0);
        let to = actor(&vault, "ramures.example");
        let words = [
            Correction::Category { message, category: Category::Account },
            Correction::Actor { message, actor: Some(to) },
            Correction::Actor { message, actor: None },
        ];
        let mut ids = Vec::new();
        for word in &words {
            ids.push(vault.correct(word, NOW).unwrap());
            well(&vault);
        }
        let now = state(&vault);
        assert_eq!((now[0].1.as_str(), now[0].2.as_str()), ("", "account"), "the last word holds");
        reread(&vault);
        assert_eq!(state(&vault), now, "and survives rereading");
        vault.undo(ids[2], NOW).unwrap();
        assert_ne!(state(&vault)[0].1, "", "the word before it holds again");
        vault.undo(ids[1], NOW).unwrap();
        vault.undo(ids[0], NOW).unwrap();
        assert_eq!((state(&vault), tallied(&vault), purchases(&vault)), before);
        well(&vault);
    });
}

#[test]
fn not_an_order_takes_the_purchase_away_and_back() {
    on_both(|world| {
        let vault = seeded(&world);
        let before = purchases(&vault);
        assert!(!before.is_empty(), "the shops' mails are read as orders");
        let messages = vault
            .read(|db| {
                db.query(
                    "SELECT message FROM purchase_mail WHERE person_id = $1 AND purchase = $2",
                    &[db.person().into(), before[0].0.into()],
                    |r| r.get(0).map(MessageId),
                )
            })
            .unwrap();
        let word = Correction::NotAnOrder { messages };
        let id = vault.correct(&word, NOW).unwrap();
        assert_eq!(purchases(&vault), before[1..]);
        reread(&vault);
        assert_eq!(purchases(&vault), before[1..]);
        vault.undo(id, NOW).unwrap();
        assert_eq!(purchases(&vault), before);
        well(&vault);
    });
}

#[test]
fn a_name_and_a_kind_that_she_gave_stay() {
    on_both(|world| {
        let vault = seeded(&world);
        let which = actor(&vault, "mirabelle.example");
        let row = |vault: &Vault| {
            vault
                .read(|db| {
                    db.first(
                        "SELECT name, kind FROM actor WHERE person_id = $1 AND id = $2",
                        &[db.person().into(), which.0.into()],
                        |r| Ok((r.get::<String>(0)?, r.get::<String>(1)?)),
                    )
                })
                .unwrap()
                .unwrap()
        };
        let before = row(&vault);
        let word = Correction::ActorDetails {
            actor: which,
            name: Some("Chez Mirabelle".into()),
            sort: Some(ActorKind::Leisure),
        };
        let id = vault.correct(&word, NOW).unwrap();
        let said = ("Chez Mirabelle".to_owned(), "leisure".to_owned());
        assert_eq!(row(&vault), said);
        let name = "in/mirabelle-9-news.eml";
        file(world.folder.path(), name, &order_mail("mirabelle", 9, "news"));
        import(&vault, &world.folder.path().join("in"));
        reread(&vault);
        assert_eq!(row(&vault), said, "more mail and rereading change nothing");
        vault.undo(id, NOW).unwrap();
        assert_eq!(row(&vault), before);
    });
}

#[test]
fn an_address_that_is_hers_sends_and_does_not_count() {
    on_both(|world| {
        let vault = seeded(&world);
        let before = (state(&vault), tallied(&vault), purchases(&vault));
        let word =
            Correction::OwnAddress { address: "commande@ramures.example".into(), is_mine: true };
        let id = vault.correct(&word, NOW).unwrap();
        assert!(tallied(&vault).len() < before.1.len());
        well(&vault);
        vault.undo(id, NOW).unwrap();
        assert_eq!((state(&vault), tallied(&vault), purchases(&vault)), before);
        well(&vault);
    });
}

#[test]
fn rereading_gives_the_same_facts_and_goes_on_when_stopped() {
    on_both(|world| {
        let vault = seeded(&world);
        let before = (state(&vault), tallied(&vault), purchases(&vault));
        let stop = AtomicBool::new(true);
        let done =
            vault.reread(&mut RereadWatch { progress: &mut |_, _| {}, stop: &stop }).unwrap();
        assert_eq!(done, 0, "stopped at once");
        let world = {
            drop(vault);
            world.restarted()
        };
        let account = world.store.directory().accounts().unwrap().remove(0);
        let vault = world.store.vault(account.person).unwrap();
        reread(&vault);
        assert_eq!((state(&vault), tallied(&vault), purchases(&vault)), before);
        assert_eq!(count(&vault, "understood"), 18);
        well(&vault);
    });
}

#[test]
fn a_stranger_to_the_vault_cannot_be_corrected() {
    on_both(|world| {
        let vault = seeded(&world);
        let word = Correction::Category { message: MessageId(1), category: Category::Account };
        assert!(matches!(vault.correct(&word, NOW), Err(Error::NotFound(_))));
        let word = Correction::NotAnOrder { messages: Vec::new() };
        assert!(matches!(vault.correct(&word, NOW), Err(Error::Invalid(_))));
        assert_eq!(count(&vault, "correction"), 0);
    });
}

#[test]
fn a_vault_says_when_an_earlier_reader_read_its_mails_until_they_are_read_again() {
    on_both(|world| {
        assert!(!world.vault("tom").is_read_by_an_earlier().unwrap(), "nothing was read yet");
        let lea = seeded(&world);
        assert!(!lea.is_read_by_an_earlier().unwrap(), "this reader read them");
        // As a program left it that did not say which reader it had.
        lea.write(|db| {
            let person = [db.person().into()];
            db.execute("DELETE FROM setting WHERE person_id = $1 AND name = 'read_by'", &person)?;
            db.execute("UPDATE message SET reader = 1 WHERE person_id = $1", &person)
        })
        .unwrap();
        let person = lea.person();
        drop(lea);
        world.store.close(person);
        let lea = world.store.vault(person).unwrap();
        assert!(lea.is_read_by_an_earlier().unwrap());
        reread(&lea);
        assert!(!lea.is_read_by_an_earlier().unwrap());
    });
}
