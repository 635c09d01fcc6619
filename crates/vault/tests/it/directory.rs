//! Accounts, sessions, links and counters.

use crate::on_both::{NOW, on_both, someone};
use mesinfos_vault::directory::{Attempts, NewAccount, NewSession};
use mesinfos_vault::{Error, Mode};

const MINUTE: i64 = 60_000_000;

#[test]
fn a_person_signs_in_with_the_right_passphrase_only() {
    on_both(|world| {
        let new = NewAccount { passphrase: Some("trois mots doux"), ..someone("Léa@Exemple.fr") };
        let (lea, codes) = world.store.create_account(&new, NOW).unwrap();
        assert!(codes.is_empty(), "a watched vault needs no recovery code");
        assert!(lea.is_host, "the first account is the host's");
        assert!(matches!(world.store.create_account(&new, NOW), Err(Error::Taken(_))));
        let directory = world.store.directory();
        assert_eq!(directory.sign_in("lea@exemple.FR", "trois mots doux").unwrap(), Some(lea));
        assert_eq!(directory.sign_in("léa@exemple.fr", "trois mots").unwrap(), None);
        assert_eq!(directory.sign_in("tom@exemple.fr", "trois mots doux").unwrap(), None);
    });
}

#[test]
fn a_session_lives_by_its_token_and_ends_when_revoked() {
    on_both(|world| {
        let person = world.vault("lea").person();
        let directory = world.store.directory();
        let new = NewSession { person, device: "Firefox", lasts_us: 30 * MINUTE };
        let token = directory.open_session(&new, NOW).unwrap();
        let session = directory.session(&token, NOW).unwrap().unwrap();
        assert_eq!(session.person, person);
        assert_eq!(directory.session("another", NOW).unwrap(), None);
        // Use moves the end.
        assert!(directory.session(&token, NOW + 20 * MINUTE).unwrap().is_some());
        assert!(directory.session(&token, NOW + 45 * MINUTE).unwrap().is_some());
        assert!(directory.session(&token, NOW + 90 * MINUTE).unwrap().is_none());
        let token = directory.open_session(&new, NOW).unwrap();
        let id = directory.session(&token, NOW).unwrap().unwrap().id;
        assert!(directory.revoke_session(person, &id).unwrap());
        assert_eq!(directory.session(&token, NOW).unwrap(), None);
    });
}

#[test]
fn a_link_enters_once_by_token_or_by_typed_code() {
    on_both(|world| {
        let person = world.vault("lea").person();
        let directory = world.store.directory();
        let link = directory.create_link(person, 10 * MINUTE, NOW).unwrap();
        let typed = link.code.to_uppercase().replace('-', " ");
        assert_eq!(directory.use_link(&typed, NOW).unwrap(), Some(person));
        assert_eq!(directory.use_link(&link.token, NOW).unwrap(), None, "used");
        let link = directory.create_link(person, 10 * MINUTE, NOW).unwrap();
        assert_eq!(directory.use_link(&link.token, NOW + 11 * MINUTE).unwrap(), None, "too old");
    });
}

#[test]
fn tries_are_counted_within_their_window() {
    on_both(|world| {
        let directory = world.store.directory();
        for n in 1..=3 {
            let counted = directory.count_attempt("login:lea", MINUTE, NOW + n).unwrap();
            assert_eq!(counted, Attempts { count: n, since_us: NOW + 1 });
        }
        let later = NOW + 2 * MINUTE;
        assert_eq!(directory.attempts("login:lea", MINUTE, later).unwrap().count, 0);
        assert_eq!(directory.count_attempt("login:lea", MINUTE, later).unwrap().count, 1);
    });
}

#[test]
fn a_sealed_vault_opens_for_its_owner_only() {
    on_both(|world| {
        let new = NewAccount { passphrase: Some("sésame"), mode: Mode::Sealed, ..someone("lea") };
        let (lea, codes) = world.store.create_account(&new, NOW).unwrap();
        assert!(matches!(world.store.vault(lea.person), Err(Error::Sealed)));
        assert!(matches!(world.store.unseal(lea.person, "sesame"), Err(Error::Refused)));
        world.store.unseal(lea.person, "sésame").unwrap();
        assert!(world.store.vault(lea.person).is_ok(), "open until closed");
        world.store.close(lea.person);
        assert!(matches!(world.store.vault(lea.person), Err(Error::Sealed)));
        let typed = codes[2].to_uppercase();
        world.store.unseal(lea.person, &typed).unwrap();
        world.store.close(lea.person);
        let directory = world.store.directory();
        directory.change_passphrase(lea.person, Some("sésame"), "ouvre-toi").unwrap();
        assert!(world.store.unseal(lea.person, "sésame").is_err());
        world.store.unseal(lea.person, "ouvre-toi").unwrap();
    });
}
