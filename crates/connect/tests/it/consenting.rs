//! Consent in place of a password: tokens of an OAuth server of ours, taken by a real Dovecot.

use crate::world::{NOW, World, mail, options, run_with};
use mesinfos_connect::oauth::{Client, Clients, Issuer, begin, finish};
use mesinfos_connect::sync::Options;
use mesinfos_connect::{Error, Outward, Reach};
use mesinfos_testkit::dovecot::{self, Account};
use mesinfos_testkit::https::{self, Heard, Https, answer};
use mesinfos_vault::mailboxes::{Access, Secret, Security, Way};
use mesinfos_vault::{Vault, mailboxes::Mailbox};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};
use std::time::Duration;

const REDIRECT: &str = "https://mesinfos.example/mailboxes/consent/ours";

/// A provider: gives a token for the code, and a new one for each refresh until it is revoked.
struct Provider {
    server: Https,
    given: Arc<AtomicU32>,
    is_revoked: Arc<AtomicBool>,
    now_us: Arc<AtomicI64>,
}

fn field(heard: &Heard, name: &str) -> String {
    let mut pairs = heard.body.split('&').filter_map(|p| p.split_once('='));
    pairs.find(|(n, _)| *n == name).map(|(_, v)| v.to_owned()).unwrap_or_default()
}

impl Provider {
    fn new(user: &str) -> Provider {
        let (given, is_revoked) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicBool::new(false)));
        let (count, revoked, user) = (Arc::clone(&given), Arc::clone(&is_revoked), user.to_owned());
        let server = https::serve(move |heard| {
            let is_known =
                field(heard, "client_id") == "us" && field(heard, "client_secret") == "s3";
            let is_good = match &*field(heard, "grant_type") {
                "authorization_code" => field(heard, "code") == "c0de",
                "refresh_token" => field(heard, "refresh_token").starts_with("again"),
                _ => false,
            };
            if !is_known || !is_good || revoked.load(Ordering::SeqCst) {
                return answer(400, "application/json", "{\"error\":\"invalid_grant\"}");
            }
            let n = count.fetch_add(1, Ordering::SeqCst) + 1;
            let body = format!(
                "{{\"access_token\":\"token-{user}-{n}\",\"refresh_token\":\"again{n}\",\
                 \"expires_in\":3600,\"token_type\":\"Bearer\"}}"
            );
            answer(200, "application/json", &body)
        });
        Provider { server, given, is_revoked, now_us: Arc::new(AtomicI64::new(NOW)) }
    }

    fn client(&self) -> Client {
        let (authorize, token) = (self.server.at("/authorize"), self.server.at("/token"));
        let code = "ours".to_owned();
        let issuer =
            Issuer { code, authorize, token, hosts: vec!["localhost".into()], ..Issuer::google() };
        Client::new(issuer, "us:s3")
    }

    fn outward(&self) -> Outward {
        let now = Arc::clone(&self.now_us);
        Outward {
            reach: Reach::Anywhere,
            patience: Duration::from_secs(20),
            root: Some(self.server.certificate.clone()),
            clients: Clients::new(vec![self.client()], move || now.load(Ordering::SeqCst)),
        }
    }

    fn options(&self) -> Options {
        Options { imap: self.outward(), ..options(Duration::from_secs(20)) }
    }

    fn wait(&self, seconds: i64) {
        self.now_us.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

fn connected(account: &Account, vault: &Vault, way: Way, secret: &Secret) -> Mailbox {
    let access = Access {
        host: "localhost".to_owned(),
        port: account.port,
        security: Security::Plain,
        login: account.user.clone(),
        way,
    };
    vault.add_mailbox("lea", &access, secret, NOW).unwrap();
    vault.mailbox("lea").unwrap().unwrap()
}

#[test]
fn a_consent_is_followed_for_months_until_it_is_withdrawn() {
    for way in [Way::XOAuth2, Way::OAuthBearer] {
        let (world, account) = (World::new(), dovecot::account());
        account.put("", "m0", "", mail(0).as_bytes());
        let provider = Provider::new(&account.user);
        let client = provider.client();
        let begun = begin(&client, REDIRECT, "lea@exemple.fr", &[9; 64]);
        let outward = provider.outward();
        let none = finish(&client, REDIRECT, "wrong", &begun.verifier, &outward);
        assert!(matches!(none, Err(Error::ConsentEnded)), "{none:?}");
        let tokens = finish(&client, REDIRECT, "c0de", &begun.verifier, &outward).unwrap();
        let asked = provider.server.heard().pop().unwrap();
        assert_eq!(field(&asked, "code_verifier"), begun.verifier.expose());
        assert_eq!(field(&asked, "redirect_uri"), REDIRECT.replace(':', "%3A").replace('/', "%2F"));
        assert!(!format!("{tokens:?} {outward:?}").contains("token-"), "no token in a log");

        let vault = world.vault("lea");
        let mailbox = connected(&account, &vault, way, &tokens.sealed());
        let sync = || run_with(&vault, &mailbox, &provider.options());
        assert_eq!(sync().unwrap().report.new_messages, 1);
        provider.wait(3000);
        sync().unwrap();
        assert_eq!(provider.given.load(Ordering::SeqCst), 1, "it lasts still");
        // Before it expires, not after.
        provider.wait(500);
        account.put("", "m1", "", mail(1).as_bytes());
        assert_eq!(sync().unwrap().report.new_messages, 1);
        assert_eq!(provider.given.load(Ordering::SeqCst), 2);
        // The next one comes of the one that was kept.
        provider.wait(86_400);
        sync().unwrap();
        assert_eq!(field(&provider.server.heard().pop().unwrap(), "refresh_token"), "again2");

        provider.is_revoked.store(true, Ordering::SeqCst);
        provider.wait(86_400);
        let ended = sync();
        assert!(matches!(ended, Err(Error::ConsentEnded)), "{ended:?}");
        let told = vault.mailbox("lea").unwrap().unwrap().trouble;
        assert_eq!(told.as_deref(), Some("consent-ended"));
    }
}

#[test]
fn a_token_that_the_mail_server_refuses_is_an_ended_consent() {
    let (world, account) = (World::new(), dovecot::account());
    let vault = world.vault("lea");
    for way in [Way::XOAuth2, Way::OAuthBearer] {
        let secret = Secret::new("stale".to_owned());
        let mailbox = connected(&account, &vault, way, &secret);
        let refused = run_with(&vault, &mailbox, &options(Duration::from_secs(20)));
        assert!(matches!(refused, Err(Error::ConsentEnded)), "{refused:?}");
        vault.remove_mailbox(mailbox.id).unwrap();
    }
}
