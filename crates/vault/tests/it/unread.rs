//! What is not read, by what mailboxes say and by what she opened here.

use crate::asking::{NEWS, TODAY, brought, mail, news, who};
use crate::bringing_mail::{count, file, import};
use crate::on_both::{NOW, on_both};
use mesinfos_domain::{Category, Date};
use mesinfos_partners::{Rule, Stance};
use mesinfos_vault::Vault;
use mesinfos_vault::corrections::Correction;
use mesinfos_vault::days;
use mesinfos_vault::views::*;

fn unread(vault: &Vault) -> i64 {
    home(vault, TODAY, NOW).unwrap().unread.total()
}

fn listed(vault: &Vault) -> Vec<mesinfos_domain::MessageId> {
    let asked = MessagesAsked { unread: Some(TODAY), ..MessagesAsked::default() };
    let mails = messages(vault, &asked).unwrap().mails;
    assert_eq!(mails.total, unread(vault), "the list holds what the figure says");
    mails.rows.iter().map(|m| m.mail.id).collect()
}

#[test]
fn unread_is_what_neither_the_mailbox_nor_she_opened_in_twelve_months() {
    on_both(|world| {
        let vault = world.vault("lea");
        for n in 1..=3 {
            news(&world, "mirabelle", "lea@exemple.fr", "Thu, 5 Mar 2026", n, "");
        }
        news(&world, "ramures", "lea@exemple.fr", "Fri, 6 Mar 2026", 11, "S");
        news(&world, "ramures", "lea@exemple.fr", "Sat, 7 Mar 2026", 12, "");
        news(&world, "ramures", "lea@exemple.fr", "Wed, 5 Mar 2025", 13, "");
        brought(&world, &vault);
        assert_eq!(home(&vault, TODAY, NOW).unwrap().read_by, ReadBy::Mailbox);
        assert_eq!(unread(&vault), 4, "the one of 2025 is too old to be waited for");
        let first = listed(&vault)[0];
        vault.opened(first, NOW).unwrap();
        vault.opened(first, NOW + 1).unwrap();
        assert_eq!(listed(&vault).len(), 3, "what is opened here is read, however often");

        let mirabelle = who(&vault, "mirabelle.example");
        let by = ActorsAsked { by: ActorsBy::Unread, ..ActorsAsked::default() };
        let rows = actors(&vault, &by, TODAY).unwrap().actors.rows;
        assert_eq!((rows[0].actor.id, rows[0].unread.of(Category::Newsletter)), (mirabelle, 3));
        assert_eq!(actor(&vault, mirabelle, TODAY).unwrap().unwrap().row.unread.total(), 3);

        let rule = Rule::Actor { actor: mirabelle };
        vault.correct(&Correction::Partner { rule, stance: Stance::Refused }, NOW).unwrap();
        assert!(listed(&vault).is_empty(), "nobody waits for what she refused");
        let partners = home(&vault, TODAY, NOW).unwrap().partners;
        assert_eq!((partners.refused, partners.undecided, partners.new), (1, 1, 0));
    });
}

#[test]
fn where_no_mailbox_says_what_was_read_only_what_came_after_her_first_opening_can_be_unread() {
    on_both(|world| {
        let vault = world.vault("lea");
        news(&world, "mirabelle", "lea@exemple.fr", "Thu, 5 Mar 2026", 1, "");
        news(&world, "mirabelle", "lea@exemple.fr", "Sat, 7 Mar 2026", 2, "");
        brought(&world, &vault);
        let told = home(&vault, TODAY, NOW).unwrap();
        assert_eq!((told.read_by, told.unread.total()), (ReadBy::Nobody, 0));
        assert!(listed(&vault).is_empty());
        let all = messages(&vault, &MessagesAsked::default()).unwrap().mails.rows;
        let on = days::start(Date::constant(2026, 3, 6));
        vault.opened(all[1].mail.id, on).unwrap();
        assert_eq!(listed(&vault), [all[0].mail.id], "not the thousand of before");
        let told = home(&vault, TODAY, NOW).unwrap();
        assert_eq!(told.read_by, ReadBy::Here(Date::constant(2026, 3, 6)));
    });
}

/// The n-th letter of a shop, as [`news`] writes it.
fn letter(shop: &str, n: usize) -> String {
    let from = format!("nouvelles@{shop}.example");
    mail(&from, "lea@exemple.fr", "Thu, 5 Mar 2026", n, "Nos nouveautés", NEWS)
}

#[test]
fn what_came_with_a_file_that_says_nothing_of_reading_is_not_unread() {
    on_both(|world| {
        let vault = world.vault("lea");
        // Her mailbox says: one read, six not.
        news(&world, "ramures", "lea@exemple.fr", "Thu, 5 Mar 2026", 1, "S");
        for n in 2..=7 {
            news(&world, "ramures", "lea@exemple.fr", "Thu, 5 Mar 2026", n, "");
        }
        brought(&world, &vault);
        assert_eq!(unread(&vault), 6);
        // An export beside it has a letter of the mailbox, and nine that stand nowhere else.
        let mut export = String::new();
        for text in (10..=18).map(|n| letter("mirabelle", n)).chain([letter("ramures", 2)]) {
            export.push_str(&format!("From - Thu Mar  5 10:00:00 2026\n{text}\n"));
        }
        file(world.folder.path(), "export.mbox", &export);
        import(&vault, &world.folder.path().join("export.mbox"));
        assert_eq!(count(&vault, "message"), 16);
        assert_eq!(home(&vault, TODAY, NOW).unwrap().read_by, ReadBy::Mailbox);
        assert_eq!(unread(&vault), 6, "nobody knows of the nine");
        assert_eq!(listed(&vault).len(), 6);
        let mirabelle = who(&vault, "mirabelle.example");
        assert_eq!(actor(&vault, mirabelle, TODAY).unwrap().unwrap().row.unread.total(), 0);
        let advised = advice(&vault, TODAY, NOW).unwrap().unread;
        let advised: Vec<_> = advised.iter().map(|l| (l.letters, l.opened)).collect();
        assert!(advised.is_empty(), "six of seven not opened, nine not known: {advised:?}");

        // Another mail program's mbox does say it, mail by mail.
        let mut told = String::new();
        for (n, status) in [(20, "Status: RO\n"), (21, "Status: O\n"), (22, "")] {
            let text = letter("verger", n);
            told.push_str(&format!("From - Thu Mar  5 10:00:00 2026\n{status}{text}\n"));
        }
        file(world.folder.path(), "told.mbox", &told);
        import(&vault, &world.folder.path().join("told.mbox"));
        assert_eq!(unread(&vault), 7);
        assert_eq!(listed(&vault).len(), 7);
    });
}

#[test]
fn a_takeout_says_in_her_language_what_was_opened() {
    on_both(|world| {
        let vault = world.vault("lea");
        let mut takeout = String::new();
        for (n, labels) in [
            (1, "Boîte de réception,Ouvert"),
            (2, "Boîte de réception,Non lus"),
            (3, "Messages archivés,Ouvert,Non lus"),
            (4, "Messages archivés"),
        ] {
            let text = letter("mirabelle", n);
            takeout.push_str(&format!(
                "From {n}@xxx Thu Mar  5 10:00:00 +0000 2026\nX-GM-THRID: {n}\n\
                 X-Gmail-Labels: {labels}\n{text}\n"
            ));
        }
        file(world.folder.path(), "Takeout/Mail/Tous les messages.mbox", &takeout);
        import(&vault, &world.folder.path().join("Takeout"));
        assert_eq!(count(&vault, "message"), 4);
        assert_eq!(listed(&vault).len(), 2, "marked as unread again is unread; one is not known");
    });
}
