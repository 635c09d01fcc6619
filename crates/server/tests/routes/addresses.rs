//! Dedicated addresses: made, paused, closed, told.

use crate::site::{Browser, Site};
use axum::http::StatusCode;
use mesinfos_domain::PersonId;
use mesinfos_vault::directory::{AddressState, MailDomain};
use mesinfos_vault::import::{Options, Watch};
use mesinfos_vault::{Deposit, Mode};
use std::sync::atomic::AtomicBool;

fn takes_mail(site: &Site) {
    let domains = [MailDomain { name: "exemple.fr".into(), owner: None }];
    site.state.store().directory().set_mail_domains(&domains).expect("kept");
}

fn arrives(site: &Site, person: PersonId, address: &str, from: &str) {
    let store = site.state.store();
    let mail = format!(
        "From: {from} <info@{from}.example>\r\nTo: x@y.example\r\nSubject: Votre commande de {from}\r\n\
         Date: Mon, 5 Jan 2026 10:00:00 +0100\r\n\r\nVotre commande est confirmée.\r\n"
    );
    let deposit =
        Deposit { address: address.to_owned(), trace: Vec::new(), mail: mail.into_bytes() };
    store.deposit(person, &deposit, site.state.now_us()).expect("kept");
    let options = Options { now_us: site.state.now_us(), full: false, threads: 1 };
    let stop = AtomicBool::new(false);
    let mut watch = Watch { progress: &mut |_, _| {}, kept: &mut |_| {}, stop: &stop };
    let vault = store.vault(person).expect("open");
    store.take_deposits(&vault, &options, &mut watch).expect("taken");
}

async fn make(browser: &mut Browser<'_>, label: &str) -> String {
    let csrf = browser.get("/addresses").await.csrf();
    let made = browser.post("/addresses/make", &[("csrf", &csrf), ("label", label)]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER);
    let to = made.header("location").to_owned();
    let page = browser.get(&to).await;
    let address = to.split("made=").nth(1).expect("an address").replace("%40", "@");
    assert!(page.body.contains(&format!("<output>{address}</output>")), "{address}");
    address
}

#[tokio::test]
async fn a_host_that_takes_no_mail_says_so() {
    let site = Site::new();
    site.account("camille", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let page = browser.get("/addresses").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("ne reçoit pas de mail"), "{}", page.body);
    assert!(page.body.contains("--mail-domain"), "the host is told how");
    assert!(!page.body.contains("action=\"/addresses/make\""));
}

#[tokio::test]
async fn an_address_is_made_in_one_click_paused_closed_and_opened_again() {
    let site = Site::new();
    let person = site.account("camille", Mode::Watched);
    takes_mail(&site);
    let mut browser = site.signed_in("camille").await;
    let address = make(&mut browser, "Fnac").await;
    assert!(address.starts_with("fnac.") && address.ends_with("@exemple.fr"));
    let page = browser.get("/addresses").await;
    assert!(page.body.contains("le domaine de votre hôte"), "the tie is said");
    let csrf = page.csrf();
    let directory = site.state.store().directory();
    for (word, state) in [
        ("paused", AddressState::Paused),
        ("closed", AddressState::Closed),
        ("open", AddressState::Open),
    ] {
        let form = [("csrf", csrf.as_str()), ("address", &address), ("state", word)];
        let done = browser.post("/addresses/set", &form).await;
        assert_eq!(done.header("location"), "/addresses");
        let known = directory.dedicated(&address).expect("asked").expect("hers");
        assert_eq!((known.state, known.person), (state, person));
    }
    let form = [("csrf", csrf.as_str()), ("address", &address), ("state", "sold")];
    assert_eq!(browser.post("/addresses/set", &form).await.status, StatusCode::BAD_REQUEST);
    let form = [("csrf", csrf.as_str()), ("makes", "1")];
    browser.post("/addresses/first-mail", &form).await;
    assert!(directory.address_token(person).expect("there").takes_new);
}

#[tokio::test]
async fn one_person_s_address_is_no_other_s_to_change() {
    let site = Site::new();
    site.account("camille", Mode::Watched);
    site.account("tom", Mode::Watched);
    takes_mail(&site);
    let address = make(&mut site.signed_in("camille").await, "Fnac").await;
    let mut tom = site.signed_in("tom").await;
    let csrf = tom.get("/addresses").await.csrf();
    let form = [("csrf", csrf.as_str()), ("address", &address), ("state", "closed")];
    assert_eq!(tom.post("/addresses/set", &form).await.status, StatusCode::NOT_FOUND);
    let form = [("csrf", csrf.as_str()), ("address", &address), ("label", "x")];
    assert_eq!(tom.post("/addresses/given", &form).await.status, StatusCode::NOT_FOUND);
    assert!(!tom.get("/addresses").await.body.contains(&address));
}

#[tokio::test]
async fn what_came_and_who_else_writes_is_shown_with_the_mail_that_proves_it() {
    let site = Site::new();
    let person = site.account("camille", Mode::Watched);
    takes_mail(&site);
    let mut browser = site.signed_in("camille").await;
    let address = make(&mut browser, "mirabelle").await;
    arrives(&site, person, &address, "mirabelle");
    let page = browser.get("/addresses").await.body;
    assert!(page.contains("un mail") && !page.contains("y écrit aussi"), "{page}");
    arrives(&site, person, &address, "casino");
    let page = browser.get("/addresses").await.body;
    assert!(page.contains("y écrit aussi") && page.contains("où d’autres écrivent"), "{page}");
    let advice = browser.get("/advice").await.body;
    assert!(advice.contains(&address), "{advice}");
    let tell = browser.get("/addresses/tell").await.body;
    assert!(tell.contains(&address) && tell.contains("2 mails"), "{tell}");
}
