//! Who may speak to her: what a refusal hides, what it leaves, whether it is respected.

use crate::bringing_mail::{file, import};
use crate::on_both::{NOW, World, on_both};
use mesinfos_domain::{ActorId, ActorKind, Category, Date, Way};
use mesinfos_partners::silence::Silence;
use mesinfos_partners::{Rule, Stance};
use mesinfos_vault::corrections::Correction;
use mesinfos_vault::search::Ask;
use mesinfos_vault::views::*;
use mesinfos_vault::{RereadWatch, Step, Vault};
use std::sync::atomic::AtomicBool;

const TODAY: Date = Date::constant(2026, 11, 24);
const DAY_US: i64 = 86_400_000_000;

fn letter(shop: &str, to: &str, day: &str, n: usize) -> String {
    format!(
        "From: {shop} <nouvelles@{shop}.example>\nTo: {to}\nDelivered-To: {to}\n\
         Subject: Nos nouveautés n° {n}\nDate: {day} 10:0{n}:00 +0100\n\
         Message-ID: <news{n}-{to}@{shop}.example>\nList-Unsubscribe: <https://{shop}.example/u>\n\
         DKIM-Signature: v=1; d={shop}.example; s=a; b=x\n\
         Content-Type: text/plain; charset=utf-8\n\n\
         Découvrez la collection, en promotion cette semaine. -20 % sur tout le catalogue.\n\
         Pour vous désinscrire de notre lettre d'information, cliquez ici.\n"
    )
}

fn order(shop: &str, n: usize) -> String {
    format!(
        "From: {shop} <commande@{shop}.example>\nTo: lea@exemple.fr\nDelivered-To: lea@exemple.fr\n\
         Subject: Confirmation de votre commande n° {shop}{n}\n\
         Date: Tue, 3 Mar 2026 11:0{n}:00 +0100\nMessage-ID: <order{n}@{shop}.example>\n\
         DKIM-Signature: v=1; d={shop}.example; s=a; b=x\n\
         Content-Type: text/plain; charset=utf-8\n\n\
         Bonjour,\n\nMerci pour votre commande n° {shop}{n} du 3 mars 2026.\n\n\
         Bol bleu  x 2  12,00 €\nAssiette  x 1  8,00 €\n\n\
         Sous-total : 20,00 €\nLivraison : 5,00 €\nTotal : 25,00 €\n"
    )
}

const SPRING: &str = "Thu, 5 Mar 2026";

/// Two shops, each with three letters and an order; one letter of the first came to a tagged address.
fn seeded(world: &World) -> Vault {
    let vault = world.vault("lea");
    for shop in ["mirabelle", "ramures"] {
        for n in 1..=3 {
            let tagged = shop == "mirabelle" && n == 3;
            let to = if tagged { "lea+jeu@exemple.fr" } else { "lea@exemple.fr" };
            bring(world, &format!("{shop}-{n}"), &letter(shop, to, SPRING, n));
        }
        bring(world, &format!("{shop}-order"), &order(shop, 1));
    }
    import(&vault, &world.folder.path().join("in"));
    for shop in ["mirabelle", "ramures"] {
        // The words of a sample say little of the sort of a shop: she says it.
        let word = Correction::ActorDetails {
            actor: who(&vault, shop),
            name: None,
            sort: Some(ActorKind::Merchant),
        };
        vault.correct(&word, NOW).unwrap();
    }
    vault
}

fn bring(world: &World, name: &str, mail: &str) {
    file(world.folder.path(), &format!("in/{name}.eml"), mail);
}

fn who(vault: &Vault, shop: &str) -> ActorId {
    let rows = actors(vault, &ActorsAsked::default(), TODAY).unwrap().actors.rows;
    let domain = format!("{shop}.example");
    rows.iter().find(|r| r.actor.domain.as_deref() == Some(&domain)).unwrap().actor.id
}

fn refuse(vault: &Vault, rule: Rule) -> mesinfos_domain::CorrectionId {
    vault.correct(&Correction::Partner { rule, stance: Stance::Refused }, NOW).unwrap()
}

/// Mails shown, by whichever page counts them; they must agree.
fn shown(vault: &Vault) -> i64 {
    let home = home(vault, TODAY, NOW).unwrap();
    let rows = actors(vault, &ActorsAsked::default(), TODAY).unwrap().actors.rows;
    let list = messages(vault, &MessagesAsked::default()).unwrap().mails;
    let by_month: i64 = home.mail_months.iter().map(|m| m.counts.total()).sum();
    assert_eq!(list.total, list.rows.len() as i64, "the list counts what it shows");
    assert_eq!(home.mails, list.total, "home and the list agree");
    assert_eq!(home.mails, by_month, "the months too");
    assert_eq!(home.mails, rows.iter().map(|r| r.counts.total()).sum::<i64>(), "and the actors");
    home.mails
}

fn letters(sort: Option<ActorKind>, except: Vec<ActorId>) -> Rule {
    Rule::Sort { sort, category: Category::Newsletter, except }
}

#[test]
fn letters_of_all_shops_go_and_orders_stay() {
    on_both(|world| {
        let vault = seeded(&world);
        assert_eq!(shown(&vault), 8);
        let rule = letters(Some(ActorKind::Merchant), vec![]);
        let told = preview(&vault, &rule).unwrap();
        assert_eq!((told.hidden.total(), told.kept.total(), told.rows.len()), (6, 2, 2));
        assert_eq!(told.hidden.of(Category::Newsletter), 6);
        assert_eq!(shown(&vault), 8, "a preview changes nothing");

        let id = refuse(&vault, rule.clone());
        assert_eq!(shown(&vault), 2);
        assert_eq!(home(&vault, TODAY, NOW).unwrap().hidden, 6);
        let all = messages(&vault, &MessagesAsked { refused: true, ..Default::default() }).unwrap();
        assert_eq!(all.mails.rows.iter().filter(|m| m.refused.is_some()).count(), 6);
        assert_eq!(preview(&vault, &rule).unwrap().in_force, Some(id));
        let offers = offers(&vault, &OffersAsked { over_too: true, ..Default::default() }, TODAY);
        assert_eq!(offers.unwrap().total, 0, "what refused letters offer is not shown");

        let ask = Ask { text: "nouveautés", limit: 20, after: None, by_relevance: false };
        let found = vault.search(&ask).unwrap().mails;
        assert_eq!((found.len(), found.iter().all(|m| m.is_refused)), (6, true), "still found");
        let card = message(&vault, found[0].id).unwrap().unwrap();
        assert_eq!(card.refused.unwrap().rule, rule, "the mail says by which word");

        let stop = AtomicBool::new(false);
        vault.reread(&mut RereadWatch { progress: &mut |_, _| {}, stop: &stop }).unwrap();
        assert_eq!(shown(&vault), 2, "it survives rereading");
        vault.undo(id, NOW).unwrap();
        assert_eq!(shown(&vault), 8);
        assert_eq!(home(&vault, TODAY, NOW).unwrap().hidden, 0);
    });
}

#[test]
fn one_shop_is_excepted_one_is_refused_whole_and_its_orders_are_kept_in_the_account() {
    on_both(|world| {
        let vault = seeded(&world);
        let (mirabelle, ramures) = (who(&vault, "mirabelle"), who(&vault, "ramures"));
        refuse(&vault, letters(None, vec![mirabelle]));
        assert_eq!(shown(&vault), 5, "Mirabelle's letters stay");
        let orders = home(&vault, TODAY, NOW).unwrap().orders;
        refuse(&vault, Rule::Actor { actor: ramures });
        assert_eq!(shown(&vault), 4);
        assert_eq!(
            home(&vault, TODAY, NOW).unwrap().orders,
            orders,
            "what was bought stays bought"
        );
        let asked = ActorsAsked { partners: Partners::Refused, ..Default::default() };
        let refused = actors(&vault, &asked, TODAY).unwrap().actors.rows;
        assert_eq!(refused.len(), 1);
        assert_eq!((&refused[0].standing, refused[0].hidden.total()), (&Standing::Refused, 4));
        let card = actor(&vault, ramures, TODAY).unwrap().expect("its page still opens");
        assert!(card.categories.iter().all(|c| c.said.unwrap().stance == Stance::Refused));

        let keep = Rule::Drawer { actor: ramures, category: Category::Transaction };
        let accept = Correction::Partner { rule: keep, stance: Stance::Accepted };
        vault.correct(&accept, NOW).unwrap();
        assert_eq!(shown(&vault), 5, "its orders are shown again, its letters are not");
    });
}

#[test]
fn an_address_of_hers_is_closed() {
    on_both(|world| {
        let vault = seeded(&world);
        let rule = Rule::Address { address: "lea+jeu@exemple.fr".into() };
        let told = preview(&vault, &rule).unwrap();
        assert_eq!((told.hidden.total(), told.rows.len()), (1, 1));
        let id = refuse(&vault, rule);
        assert_eq!(shown(&vault), 7);
        let row = &ledger(&vault).unwrap().rows[0];
        assert_eq!(row.hidden, 1);
        refuse(&vault, letters(None, vec![]));
        assert_eq!(shown(&vault), 2, "a mail that two words hide is hidden once");
        assert_eq!(home(&vault, TODAY, NOW).unwrap().hidden, 6);
        vault.undo(id, NOW).unwrap();
        assert_eq!(shown(&vault), 2);
        let none = Rule::Address { address: "personne@exemple.fr".into() };
        assert_eq!(preview(&vault, &none).unwrap().hidden.total(), 0);
    });
}

#[test]
fn newcomers_are_what_she_chose_and_old_partners_stay() {
    on_both(|world| {
        let vault = seeded(&world);
        let before = NOW - 60 * DAY_US;
        let word =
            |stance| Correction::Partner { rule: Rule::Newcomers { category: None }, stance };
        vault.correct(&word(Stance::Refused), before).unwrap();
        assert_eq!(shown(&vault), 8, "those she knew before");
        bring(&world, "new", &letter("tapage", "lea@exemple.fr", "Mon, 2 Nov 2026", 1));
        bring(&world, "old", &letter("ramures", "lea@exemple.fr", "Mon, 2 Nov 2026", 4));
        import(&vault, &world.folder.path().join("in"));
        assert_eq!(shown(&vault), 9);
        let asked = ActorsAsked { partners: Partners::Refused, ..Default::default() };
        assert_eq!(actors(&vault, &asked, TODAY).unwrap().actors.rows.len(), 1);
        vault.correct(&word(Stance::Accepted), NOW).unwrap();
        assert_eq!(shown(&vault), 10);
    });
}

#[test]
fn silence_is_judged_by_the_mailbox() {
    on_both(|world| {
        let vault = seeded(&world);
        let (mirabelle, ramures) = (who(&vault, "mirabelle"), who(&vault, "ramures"));
        // 3 October 2026: both are refused, and one is asked to stop the day after.
        let refused = NOW - 52 * DAY_US;
        let rule = letters(None, vec![]);
        vault.correct(&Correction::Partner { rule, stance: Stance::Refused }, refused).unwrap();
        let silent = &ledger(&vault).unwrap().rows[0];
        assert!(silent.watched.iter().all(|w| w.silence == Silence::Unread), "no mail came since");
        assert_eq!((silent.hidden, silent.waiting), (6, 2));

        let day = |n: i64| refused + n * DAY_US;
        let link = || "https://ramures.example/u".to_owned();
        let step = Step::by_herself(ramures, day(1), Way::Link, link());
        vault.asked_to_stop(&step).unwrap();
        // A request that its server declined counts for nothing, and is told all the same.
        let declined = Step { status: Some(500), at_us: day(2), ..step.clone() };
        vault.asked_to_stop(&declined).unwrap();
        bring(&world, "again-1", &letter("ramures", "lea@exemple.fr", "Mon, 5 Oct 2026", 5));
        bring(&world, "again-2", &letter("ramures", "lea@exemple.fr", "Mon, 12 Oct 2026", 6));
        bring(&world, "other", &order("buisson", 2).replace("3 Mar", "20 Oct"));
        import(&vault, &world.folder.path().join("in"));
        let book = ledger(&vault).unwrap();
        let row = &book.rows[0];
        assert_eq!((row.hidden, row.ceased, row.waiting), (8, 1, 0));
        let loud = &row.watched[0];
        assert_eq!((loud.actor.id, loud.again), (ramures, 1), "a mail on its way proves nothing");
        assert_eq!(loud.silence, Silence::Insists { after: 8 });
        assert_eq!(loud.asked.taken.as_ref(), Some(&step));
        assert_eq!(loud.asked.declined.as_ref(), Some(&declined));
        assert!(loud.first.is_some() && loud.first == loud.last);
        let quiet = &row.watched[1];
        assert_eq!(quiet.actor.id, mirabelle);
        assert_eq!(quiet.silence, Silence::Ceased { days: 17 });
        let asked = ActorsAsked { partners: Partners::Undecided, ..Default::default() };
        assert_eq!(actors(&vault, &asked, TODAY).unwrap().actors.rows.len(), 1, "Buisson");
    });
}
