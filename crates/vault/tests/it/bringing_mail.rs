//! Bringing mail: once, twice, in several forms, interrupted, grown.

use crate::on_both::{NOW, on_both};
use mesinfos_domain::MessageId;
use mesinfos_vault::import::{Options, Report, Watch};
use mesinfos_vault::{Value, Vault};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

pub const OPTIONS: Options = Options { now_us: NOW, full: false, threads: 2 };

pub fn import(vault: &Vault, path: &Path) -> Report {
    import_with(vault, path, &OPTIONS)
}

fn import_with(vault: &Vault, path: &Path, options: &Options) -> Report {
    let mut watch =
        Watch { progress: &mut |_, _| {}, kept: &mut |_| {}, stop: &AtomicBool::new(false) };
    vault.import(&[path.to_owned()], options, &mut watch).unwrap()
}

/// The n-th mail of a small mailbox; each is different.
pub fn mail(n: usize) -> String {
    format!(
        "Received: from mx.shop{shop}.example by mx.exemple.fr; Mon, 5 Jan 2026 10:00:00 +0100\n\
         Delivered-To: lea@exemple.fr\n\
         From: Boutique {shop} <commande@shop{shop}.example>\n\
         To: Léa <lea@exemple.fr>\n\
         Subject: =?utf-8?q?Votre_commande_n=C2=B0_{n}?=\n\
         Date: Mon, 5 Jan 2026 10:{minute:02}:00 +0100\n\
         Message-ID: <{n}@shop{shop}.example>\n\
         Content-Type: text/plain; charset=utf-8\n\
         \n\
         Bonjour Léa,\n\
         From now on, votre commande n° {n} est confirmée : un bol bleu.\n\
         Merci de votre visite.\n",
        shop = n % 3,
        minute = n % 60,
    )
}

pub fn mbox(mails: impl IntoIterator<Item = usize>) -> String {
    mails
        .into_iter()
        .map(|n| {
            let quoted = mail(n).replace("\nFrom now", "\n>From now");
            format!("From x@y.example Mon Jan  5 10:00:00 2026\n{quoted}\n")
        })
        .collect()
}

pub fn file(folder: &Path, name: &str, content: &str) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, content).unwrap();
    path
}

pub fn count(vault: &Vault, table: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM {table} WHERE person_id = $1");
    vault
        .read(|db| db.first(&sql, &[Value::from(db.person())], |r| r.get::<i64>(0)))
        .unwrap()
        .unwrap()
}

#[test]
fn a_second_import_adds_nothing_and_opens_nothing() {
    on_both(|world| {
        let vault = world.vault("lea");
        let path = file(world.folder.path(), "mail.mbox", &mbox(0..50));
        let report = import(&vault, &path);
        assert_eq!((report.arrivals, report.new_messages), (50, 50));
        assert_eq!(count(&vault, "message"), 50);
        let again = import(&vault, &path);
        assert_eq!((again.arrivals, again.unchanged_files), (0, 1));
        let full = import_with(&vault, &path, &Options { full: true, ..OPTIONS });
        assert_eq!((full.arrivals, full.new_messages, full.known_messages), (50, 0, 50));
        for table in ["message", "original", "arrival", "understood"] {
            assert_eq!(count(&vault, table), 50, "{table}");
        }
    });
}

#[test]
fn one_mailbox_in_several_forms_is_one_set_of_messages() {
    on_both(|world| {
        let vault = world.vault("lea");
        let folder = world.folder.path();
        import(&vault, &file(folder, "mail.mbox", &mbox(0..20)));
        let takeout = mbox(0..20)
            .replace("\nDelivered-To", "\nX-GM-THRID: 17\nX-Gmail-Labels: Important\nDelivered-To")
            .replace('\n', "\r\n");
        import(&vault, &file(folder, "Takeout/Tous.mbox", &takeout));
        for n in 0..20 {
            file(folder, &format!("Maildir/cur/17000000{n:02}.x.host:2,S"), &mail(n));
            file(folder, &format!("eml/{n}.eml"), &mail(n).replace('\n', "\r\n"));
        }
        import(&vault, &folder.join("Maildir"));
        import(&vault, &folder.join("eml"));
        assert_eq!(count(&vault, "message"), 20);
        assert_eq!(count(&vault, "arrival"), 80);
    });
}

#[test]
fn each_arrival_comes_back_byte_for_byte() {
    on_both(|world| {
        let vault = world.vault("lea");
        let takeout = mbox(0..1)
            .replace("\nDelivered-To", "\nX-Gmail-Labels: Important\nDelivered-To")
            .replace('\n', "\r\n");
        let alone = mail(0);
        import(&vault, &file(world.folder.path(), "Tous.mbox", &takeout));
        import(&vault, &file(world.folder.path(), "0.eml", &alone));
        let id = vault
            .read(|db| {
                db.first(
                    "SELECT id FROM message WHERE person_id = $1",
                    &[db.person().into()],
                    |r| r.get(0).map(MessageId),
                )
            })
            .unwrap()
            .unwrap();
        let canonical = vault.original(id).unwrap().unwrap();
        let arrivals = vault.arrivals(id).unwrap();
        assert_eq!(arrivals.len(), 2);
        assert_eq!(arrivals[0].restore(&canonical).unwrap(), takeout.as_bytes());
        assert_eq!(arrivals[1].restore(&canonical).unwrap(), alone.as_bytes());
    });
}

#[test]
fn a_grown_mailbox_is_read_from_where_it_ended() {
    on_both(|world| {
        let vault = world.vault("lea");
        let path = file(world.folder.path(), "mail.mbox", &mbox(0..30));
        import(&vault, &path);
        let mut grown = fs::OpenOptions::new().append(true).open(&path).unwrap();
        grown.write_all(mbox(30..40).as_bytes()).unwrap();
        drop(grown);
        let report = import(&vault, &path);
        assert_eq!((report.arrivals, report.new_messages), (10, 10));
        // Compacted by its program: another file, read whole, and nothing doubled.
        fs::write(&path, mbox(5..45)).unwrap();
        let report = import(&vault, &path);
        assert_eq!((report.arrivals, report.new_messages), (40, 5));
        assert_eq!(count(&vault, "message"), 45);
    });
}

#[test]
fn a_maildir_that_got_one_more_opens_one() {
    on_both(|world| {
        let vault = world.vault("lea");
        let folder = world.folder.path();
        for n in 0..10 {
            file(folder, &format!("Maildir/cur/17000000{n:02}.x.host:2,S"), &mail(n));
        }
        import(&vault, &folder.join("Maildir"));
        file(folder, "Maildir/cur/1700000099.x.host:2,", &mail(99));
        let report = import(&vault, &folder.join("Maildir"));
        assert_eq!((report.arrivals, report.new_messages, report.unchanged_files), (1, 1, 10));
        let again = import(&vault, &folder.join("Maildir"));
        assert_eq!((again.arrivals, again.unchanged_files), (0, 11));
    });
}

#[test]
fn a_stopped_import_goes_on() {
    on_both(|world| {
        let vault = world.vault("lea");
        let path = file(world.folder.path(), "mail.mbox", &mbox(0..3000));
        let (stop, seen) = (AtomicBool::new(false), AtomicU64::new(0));
        let mut watch = Watch {
            progress: &mut |_, _| {},
            kept: &mut |_| {
                seen.fetch_add(1, Ordering::Relaxed);
                stop.store(true, Ordering::Relaxed);
            },
            stop: &stop,
        };
        let report = vault.import(std::slice::from_ref(&path), &OPTIONS, &mut watch).unwrap();
        assert!(report.stopped);
        let kept = count(&vault, "message");
        assert_eq!(kept, seen.load(Ordering::Relaxed) as i64);
        let report = import(&vault, &path);
        assert_eq!(report.new_messages as i64, 3000 - kept);
        assert_eq!(report.known_messages, 0, "nothing was read twice");
        assert_eq!(count(&vault, "message"), 3000);
        assert_eq!(import(&vault, &path).unchanged_files, 1);
    });
}

#[test]
fn sent_mail_spam_and_trash_are_kept_and_do_not_count() {
    on_both(|world| {
        let vault = world.vault("lea");
        let folder = world.folder.path();
        file(folder, "Mail/Inbox", &mbox(0..10));
        file(folder, "Mail/Trash", &mbox(10..12));
        file(folder, "Mail/Spam", &mbox(12..13));
        file(folder, "Mail/Sent", &mbox(13..16));
        let report = import(&vault, &folder.join("Mail"));
        assert_eq!(report.new_messages, 16);
        assert_eq!((report.trash, report.spam, report.sent), (2, 1, 3));
        let counted: i64 = report.categories.values().sum::<u64>() as i64;
        assert_eq!(counted, 10);
        // Found in the inbox too, a mail of the trash counts again once its facts are derived.
        import(&vault, &file(folder, "more.mbox", &mbox(10..11)));
        let folders = vault
            .read(|db| {
                db.query(
                    "SELECT folder FROM message WHERE person_id = $1 AND subject = $2",
                    &[db.person().into(), "Votre commande n° 10".into()],
                    |r| r.get::<String>(0),
                )
            })
            .unwrap();
        assert_eq!(folders, ["inbox"]);
    });
}

#[test]
fn the_very_first_mail_is_read_knowing_whose_mailbox_it_is() {
    on_both(|world| {
        let vault = world.vault("lea");
        let checked = |n: usize, verdict: &str| {
            let words = format!(
                "Authentication-Results: mx.fournisseur.example; dmarc={verdict}\nFrom: Boutique"
            );
            mail(n).replacen("From: Boutique", &words, 1)
        };
        let mails: Vec<String> =
            (0..6).map(|n| checked(n, if n == 0 { "fail" } else { "pass" })).collect();
        let mbox: String = mails
            .iter()
            .map(|m| format!("From x@y.example Mon Jan  5 10:00:00 2026\n{m}\n"))
            .collect();
        let report = import(&vault, &file(world.folder.path(), "mail.mbox", &mbox));
        // Only the provider's own word makes a mail suspect, and the first has nobody before it.
        assert_eq!((report.new_messages, report.suspected), (6, 1));
    });
}
