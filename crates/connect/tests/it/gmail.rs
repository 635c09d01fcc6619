//! Gmail as far as labels go: the real one cannot be started here. One folder of all mail, labels put
//! on and taken off (X-GM-EXT-1), each of them a folder that is a view.

use crate::filing::{agree, filed, wanted};
use crate::server::{Box, Can, Mail, Server, is_in};
use crate::world::{NOW, World, access, connect, count, mail, run};
use mesinfos_connect::moving;
use mesinfos_connect::{Outward, Reach};
use mesinfos_partners::{Rule, Stance};
use mesinfos_vault::RefusalFolder;
use mesinfos_vault::corrections::Correction;
use mesinfos_vault::views::{ActorsAsked, actors};
use std::collections::BTreeSet;

/// What only Gmail answers; none for what any server does.
pub fn answer(command: &str, inside: &mut Box) -> Option<Vec<String>> {
    let upper = command.to_uppercase();
    if upper.starts_with("LIST") {
        let mut lines = vec![
            "* LIST (\\HasNoChildren) \"/\" \"INBOX\"".to_owned(),
            "* LIST (\\HasNoChildren \\All) \"/\" \"[Gmail]/Tous les messages\"".to_owned(),
        ];
        lines.extend(inside.made.iter().map(|l| format!("* LIST (\\HasNoChildren) \"/\" \"{l}\"")));
        return Some(lines);
    }
    let is_change = ["CREATE", "DELETE", "UID STORE", "UID MOVE", "UID COPY", "UID EXPUNGE"];
    if !is_change.iter().any(|word| upper.starts_with(word)) {
        return None;
    }
    inside.heard.push(command.to_owned());
    if let Some(name) = command.strip_prefix("CREATE ") {
        inside.made.insert(name.trim_matches('"').to_owned());
    }
    if let Some(rest) = command.strip_prefix("UID STORE ") {
        let mut words = rest.splitn(3, ' ');
        let (set, how, label) =
            (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
        assert!(how.ends_with("X-GM-LABELS.SILENT"), "{command}");
        let label = label.trim_matches(['(', ')', '"']);
        let these: Vec<u32> =
            inside.mails.keys().copied().filter(|uid| is_in(set, *uid, inside)).collect();
        inside.seq += 1;
        let seq = inside.seq;
        for uid in these {
            let mail = inside.mails.get_mut(&uid).unwrap();
            mail.seq = seq;
            if how.starts_with('+') {
                mail.labels.insert(label.to_owned());
            } else {
                mail.labels.remove(label);
            }
        }
    }
    Some(Vec::new())
}

/// As Gmail writes them: its own bare, those of the person between quotes.
pub fn labels(mail: &Mail) -> String {
    let written = |l: &String| if l.starts_with('\\') { l.clone() } else { format!("\"{l}\"") };
    mail.labels.iter().map(written).collect::<Vec<_>>().join(" ")
}

fn all_labels(server: &Server) -> Vec<BTreeSet<String>> {
    server.inside.lock().unwrap().mails.values().map(|m| m.labels.clone()).collect()
}

fn begun(world: &World, mails: usize) -> (Server, mesinfos_vault::Vault) {
    let server = Server::start(Can::Gmail, Vec::new());
    for n in 0..mails {
        server.inside.lock().unwrap().put(mail(n).into_bytes());
    }
    (server, world.vault("lea"))
}

fn set(labels: &[&str]) -> BTreeSet<String> {
    labels.iter().map(|l| (*l).to_owned()).collect()
}

#[test]
fn gmail_files_by_labels_beside_what_is_there_and_takes_off_its_own_only() {
    let world = World::new();
    let (server, vault) = begun(&world, 6);
    // She has labels of her own; an archived mail is filed too, and stays archived.
    let mine = set(&["\\Inbox", "Vacances"]);
    server.inside.lock().unwrap().mails.get_mut(&1).unwrap().labels = mine;
    server.inside.lock().unwrap().mails.get_mut(&2).unwrap().labels = set(&[]);
    let mailbox = connect(&vault, &access(server.port, "lea"), "sesame");
    run(&vault, &mailbox).unwrap();
    let before = all_labels(&server);
    let plan = vault.filing_plan(&wanted(&mailbox), NOW).unwrap();
    assert_eq!((plan.mails, plan.folders.len(), plan.by_label), (6, 3, true));

    agree(&vault, &mailbox, &wanted(&mailbox));
    let synced = run(&vault, &mailbox).unwrap();
    assert_eq!((synced.filed, synced.report.new_messages), (6, 0));
    let now = all_labels(&server);
    assert_eq!(now[0], set(&["\\Inbox", "Vacances", "MesInfos/Boutique 0/&AMk-v&AOk-nements"]));
    assert_eq!(now[1], set(&["MesInfos/Boutique 1/&AMk-v&AOk-nements"]), "still archived");
    assert_eq!(run(&vault, &mailbox).unwrap().filed, 0, "once");
    assert_eq!(count(&vault, "message"), 6);

    // By organisation only from now on: the labels move along.
    let other = mesinfos_vault::Filing {
        shape: mesinfos_vault::Shape::Actor,
        ..vault.filing(mailbox.id).unwrap().unwrap().filing
    };
    agree(&vault, &mailbox, &other);
    assert_eq!(run(&vault, &mailbox).unwrap().filed, 6);
    assert_eq!(all_labels(&server)[0], set(&["\\Inbox", "Vacances", "MesInfos/Boutique 0"]));

    assert!(vault.end_filing(mailbox.id).unwrap());
    assert_eq!(run(&vault, &mailbox).unwrap().filed, 6);
    assert_eq!(all_labels(&server), before, "all is as it was");
    assert!(filed(&vault, &mailbox).is_none());
    let heard = server.inside.lock().unwrap().heard.join("\n");
    for never in ["DELETE", "EXPUNGE", "MOVE", "COPY", "Deleted", "(\\Inbox)"] {
        assert!(!heard.contains(never), "{never}: {heard}");
    }
}

#[test]
fn a_label_of_hers_is_not_taken_off_even_when_it_is_called_as_ours() {
    let world = World::new();
    let (server, vault) = begun(&world, 1);
    let mine = set(&["\\Inbox", "MesInfos/Boutique 0/&AMk-v&AOk-nements"]);
    server.inside.lock().unwrap().mails.get_mut(&1).unwrap().labels = mine.clone();
    let mailbox = connect(&vault, &access(server.port, "lea"), "sesame");
    run(&vault, &mailbox).unwrap();
    agree(&vault, &mailbox, &wanted(&mailbox));
    assert_eq!(run(&vault, &mailbox).unwrap().filed, 0);
    vault.end_filing(mailbox.id).unwrap();
    run(&vault, &mailbox).unwrap();
    assert_eq!(all_labels(&server)[0], mine);
}

#[test]
fn refused_mails_leave_gmail_s_inbox_by_a_label_and_come_back() {
    let world = World::new();
    let (server, vault) = begun(&world, 6);
    // `Inboxes` is a label like any other; what is archived is left alone.
    server.inside.lock().unwrap().mails.get_mut(&4).unwrap().labels = set(&["Inboxes"]);
    let mailbox = connect(&vault, &access(server.port, "lea"), "sesame");
    run(&vault, &mailbox).unwrap();
    let before = all_labels(&server);
    let day = mesinfos_vault::days::day(NOW);
    let all = actors(&vault, &ActorsAsked::default(), day).unwrap().actors.rows;
    let is_first = |d: &Option<String>| d.as_deref() == Some("shop0.example");
    let shop = all.iter().find(|r| is_first(&r.actor.domain)).unwrap();
    let word =
        Correction::Partner { rule: Rule::Actor { actor: shop.actor.id }, stance: Stance::Refused };
    let refusal = vault.correct(&word, NOW).unwrap();
    let outward = Outward { reach: Reach::Anywhere, ..Outward::default() };
    let folder = moving::folder(&vault, &mailbox, "Refusés", &outward).unwrap();
    let (at_us, goes_on) = (NOW, true);
    let rule = RefusalFolder { refusal, mailbox: mailbox.id, folder, goes_on, at_us, mails: 0 };
    vault.set_refusal_folder(&rule).unwrap();
    assert_eq!(moving::put_away(&vault, &mailbox, &rule, NOW, &outward).unwrap(), 1);
    let now = all_labels(&server);
    assert_eq!(now[0], set(&["Refus&AOk-s"]));
    assert_eq!(now[3], set(&["Inboxes"]), "archived before, and not touched");
    run(&vault, &mailbox).unwrap();
    assert_eq!(moving::put_away(&vault, &mailbox, &rule, NOW, &outward).unwrap(), 0, "once");

    // The next one goes there too, at its sync.
    server.inside.lock().unwrap().put(mail(6).into_bytes());
    assert_eq!(run(&vault, &mailbox).unwrap().moved, 1);
    run(&vault, &mailbox).unwrap();
    assert_eq!(moving::put_back(&vault, &mailbox, &rule, NOW, &outward).unwrap(), 2);
    assert_eq!(all_labels(&server)[..6], before[..]);
    assert_eq!((count(&vault, "message"), count(&vault, "arrival")), (7, 7));
}
