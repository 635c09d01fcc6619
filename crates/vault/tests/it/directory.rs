//! Accounts, sessions, links and passkeys.

use crate::on_both::{NOW, on_both, someone};
use mesinfos_vault::directory::{NewAccount, NewPasskey, NewSession};
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

#[test]
fn a_passkey_opens_a_sealed_vault_with_its_own_secret_until_it_is_removed() {
    on_both(|world| {
        let new = NewAccount { passphrase: Some("sésame"), mode: Mode::Sealed, ..someone("lea") };
        let (lea, _) = world.store.create_account(&new, NOW).unwrap();
        let (store, person) = (&world.store, lea.person);
        let key = |credential| NewPasskey { person, credential, name: "clé", body: "{}" };
        let opening = key(b"opening");
        let refused = store.add_passkey(&opening, "sesame", Some(&[7; 32]), NOW);
        assert!(matches!(refused, Err(Error::Refused)), "the passphrase unwraps the key first");
        store.add_passkey(&opening, "sésame", Some(&[7; 32]), NOW).unwrap();
        store.add_passkey(&key(b"signing"), "sésame", None, NOW + 1).unwrap();
        assert!(matches!(store.add_passkey(&opening, "sésame", None, NOW), Err(Error::Taken(_))));
        let all = store.directory().passkeys(person).unwrap();
        assert_eq!(all.iter().map(|p| p.opens).collect::<Vec<_>>(), [true, false]);

        let open = |credential: &[u8], secret| store.unseal_by_passkey(person, credential, secret);
        assert!(matches!(open(b"opening", &[8; 32]), Err(Error::Refused)));
        assert!(matches!(open(b"signing", &[7; 32]), Err(Error::Sealed)));
        assert!(open(b"opening", &[7; 32]).is_ok());
        store.close(person);

        store.directory().change_passphrase(person, Some("sésame"), "ouvre-toi").unwrap();
        assert!(open(b"opening", &[7; 32]).is_ok(), "another passphrase leaves passkeys alone");
        store.close(person);
        store.directory().used_passkey(&all[0], "{\"counter\":2}", NOW + 5).unwrap();
        let used = store.directory().passkey(person, b"opening").unwrap().unwrap();
        assert_eq!((used.body.as_str(), used.used_us), ("{\"counter\":2}", Some(NOW + 5)));

        assert!(store.directory().remove_passkey(person, b"opening").unwrap());
        assert!(matches!(open(b"opening", &[7; 32]), Err(Error::Sealed)), "its way in went too");
        assert!(!store.directory().remove_passkey(person, b"opening").unwrap());
    });
}

#[test]
fn one_person_s_passkey_is_no_other_s() {
    on_both(|world| {
        let (lea, tom) = (world.vault("lea").person(), world.vault("tom").person());
        let new = NewPasskey { person: lea, credential: b"hers", name: "clé", body: "{}" };
        world.store.add_passkey(&new, "", Some(&[1; 32]), NOW).unwrap();
        let directory = world.store.directory();
        assert!(!directory.passkeys(lea).unwrap()[0].opens, "a watched vault needs no way in");
        assert_eq!(directory.passkey(tom, b"hers").unwrap(), None);
        assert!(!directory.remove_passkey(tom, b"hers").unwrap());
        world.store.erase(lea).unwrap();
        assert_eq!(world.store.directory().passkeys(lea).unwrap(), []);
    });
}
