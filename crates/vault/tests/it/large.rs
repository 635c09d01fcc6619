//! A message over the limit of reading is kept whole all the same.

use crate::bringing_mail::{count, import, mbox};
use crate::on_both::on_both;
use mesinfos_domain::MessageId;
use mesinfos_reading::limits;
use std::fs;

#[test]
fn a_message_over_fifty_megabytes_is_kept_and_given_back_byte_for_byte() {
    on_both(|world| {
        let vault = world.vault("lea");
        let head = "From: Studio <photos@studio.example>\nSubject: Vos photos\n\
            Date: Mon, 5 Jan 2026 10:00:00 +0100\nMessage-ID: <grand@studio.example>\n\n";
        // Lines that are not all alike: a piece in the wrong place would be seen.
        let line = |n: usize| format!("{n:075}\n");
        let mut large = head.to_owned();
        for n in 0..=limits::MESSAGE_BYTES / 76 {
            large.push_str(&line(n));
        }
        assert!(large.len() > limits::MESSAGE_BYTES);
        let path = world.folder.path().join("Tous.mbox");
        let from = "From x@y.example Mon Jan  5 10:00:00 2026\n";
        fs::write(&path, format!("{}{from}{large}\n{}", mbox(0..1), mbox(1..2))).unwrap();
        let report = import(&vault, &path);
        assert_eq!(report.new_messages, 3, "its neighbours are read as ever");
        assert_eq!(report.not_understood.get("mail-too-large"), Some(&1), "and it is told");
        assert!(count(&vault, "original_chunk") > 1, "it was never held whole");
        let id = vault
            .read(|db| {
                db.first(
                    "SELECT message FROM original WHERE person_id = $1 AND chunks > 0",
                    &[db.person().into()],
                    |r| r.get(0).map(MessageId),
                )
            })
            .unwrap()
            .unwrap();
        let kept = vault.original(id).unwrap().unwrap();
        assert!(kept == large.as_bytes(), "{} bytes of {}", kept.len(), large.len());
        assert_eq!(import(&vault, &path).arrivals, 0, "a second time it is not opened");
    });
}
