//! Settings: another passphrase, and who stays signed in.

use crate::site::{PASSPHRASE, Site};
use axum::http::StatusCode;
use mesinfos_server::Reach;
use mesinfos_vault::Mode;
use mesinfos_vault::directory::NewAccount;

#[tokio::test]
async fn another_passphrase_takes_the_old_one_and_ends_all_other_sessions() {
    let site = Site::new();
    site.account("camille", Mode::Watched);
    let mut elsewhere = site.signed_in("camille").await;
    let mut browser = site.signed_in("camille").await;
    let csrf = browser.get("/settings").await.csrf();
    let new = "sept cailloux blancs";
    let change = |old| [("csrf", csrf.as_str()), ("old", old), ("new", new)];
    let wrong = browser.post("/settings/passphrase", &change("not this passphrase")).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert_eq!(elsewhere.get("/help").await.status, StatusCode::OK);

    site.wait(5);
    let before = browser.cookie.clone();
    let done = browser.post("/settings/passphrase", &change(PASSPHRASE)).await;
    assert_eq!(done.header("location"), "/settings?done=passphrase");
    assert_ne!(browser.cookie, before, "a new session here");
    assert_eq!(browser.get("/help").await.status, StatusCode::OK);
    assert_eq!(elsewhere.get("/help").await.status, StatusCode::SEE_OTHER, "none elsewhere");
    let old = site.browser().sign_in("camille", PASSPHRASE).await;
    assert_eq!(old.status, StatusCode::UNAUTHORIZED);
    site.wait(5);
    assert_eq!(site.browser().sign_in("camille", new).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn all_other_devices_are_signed_out_at_once() {
    let site = Site::new();
    site.account("camille", Mode::Watched);
    let (mut phone, mut tablet) =
        (site.signed_in("camille").await, site.signed_in("camille").await);
    let mut browser = site.signed_in("camille").await;
    let csrf = browser.get("/settings").await.csrf();
    let done = browser.post("/settings/sessions/end-others", &[("csrf", &csrf)]).await;
    assert_eq!(done.header("location"), "/settings?done=others");
    assert_eq!(phone.get("/help").await.status, StatusCode::SEE_OTHER);
    assert_eq!(tablet.get("/help").await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get("/help").await.status, StatusCode::OK);
    let page = browser.get("/settings?done=others").await;
    assert!(!page.body.contains("end-others"), "nothing left to end");
}

#[tokio::test]
async fn an_account_is_erased_by_its_name_and_passphrase_and_nothing_of_it_is_left() {
    let site = Site::new();
    let camille = site.account("camille", Mode::Watched);
    site.account("tom", Mode::Watched);
    let store = site.state.store();
    store.vault(camille).expect("her vault");
    store.directory().add_address(camille, "fnac.k7x2m@ici.example", 0).expect("an address");
    std::fs::create_dir_all(store.uploads(camille).join("aa")).expect("an upload");
    let mut phone = site.signed_in("camille").await;
    let mut browser = site.signed_in("camille").await;
    let mut other = site.signed_in("tom").await;
    assert!(browser.get("/settings").await.body.contains("/settings/erase"));
    let page = browser.get("/settings/erase").await;
    assert!(
        page.body.contains("Votre adresse dédiée") && page.body.contains("/addresses/tell.csv")
    );
    let csrf = page.csrf();
    let erase = |name, old| [("csrf", csrf.as_str()), ("name", name), ("old", old)];

    let unnamed = browser.post("/settings/erase", &erase("tom", PASSPHRASE)).await;
    assert_eq!(unnamed.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unsaid = browser.post("/settings/erase", &erase("camille", "not this one")).await;
    assert_eq!(unsaid.status, StatusCode::UNAUTHORIZED);
    site.wait(5);
    let forged = [("csrf", "no"), ("name", "camille"), ("old", PASSPHRASE)];
    assert_eq!(browser.post("/settings/erase", &forged).await.status, StatusCode::FORBIDDEN);
    assert!(store.directory().account(camille).expect("an answer").is_some(), "still there");

    let done = browser.post("/settings/erase", &erase("Camille", PASSPHRASE)).await;
    assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/erased"));
    assert_eq!(browser.cookie, None);
    let last = browser.get("/erased").await;
    assert_eq!(last.status, StatusCode::OK);
    assert!(last.body.contains("sont effacés") && !last.body.to_lowercase().contains("camille"));
    assert_eq!(phone.get("/").await.header("location"), "/sign-in", "no session elsewhere");
    assert_eq!(other.get("/help").await.status, StatusCode::OK, "nobody else is touched");
    assert!(!store.folder(camille).exists() && !store.uploads(camille).exists());
    assert!(store.directory().dedicated("fnac.k7x2m@ici.example").expect("an answer").is_none());
    site.wait(5);
    let gone = site.browser().sign_in("camille", PASSPHRASE).await;
    assert_eq!(gone.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_sealed_vault_is_erased_though_it_is_closed() {
    let site = Site::new();
    let camille = site.account("camille", Mode::Sealed);
    let mut browser = site.signed_in("camille").await;
    site.state.store().close(camille);
    let csrf = browser.get("/settings/erase").await.csrf();
    let form = [("csrf", csrf.as_str()), ("name", "camille"), ("old", PASSPHRASE)];
    let done = browser.post("/settings/erase", &form).await;
    assert_eq!(done.header("location"), "/erased");
    assert!(site.state.store().directory().accounts().expect("accounts").is_empty());
    assert_eq!(site.browser().get("/sign-in").await.header("location"), "/welcome");
}

#[tokio::test]
async fn without_a_passphrase_one_has_just_signed_in() {
    let site = Site::new();
    let new = NewAccount {
        login: "demo",
        name: "demo",
        locale: "fr",
        passphrase: None,
        mode: Mode::Watched,
    };
    let made = site.state.store().create_account(&new, site.state.now_us());
    let person = made.expect("an account").0.person;
    let mut browser = site.browser();
    let link = site.state.entry_link(person).expect("a link");
    browser.post("/enter", &[("code", &link.token)]).await;
    let csrf = browser.get("/settings/erase").await.csrf();
    let form = [("csrf", csrf.as_str()), ("name", "demo")];
    site.wait(700);
    let page = browser.get("/settings/erase").await;
    assert!(page.body.contains("/sign-in?back=/settings/erase"));
    let late = browser.post("/settings/erase", &form).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    let link = site.state.entry_link(person).expect("a link");
    browser.post("/enter", &[("code", &link.token)]).await;
    let csrf = browser.get("/settings/erase").await.csrf();
    let form = [("csrf", csrf.as_str()), ("name", "demo")];
    assert_eq!(browser.post("/settings/erase", &form).await.header("location"), "/erased");
}

#[tokio::test]
async fn when_all_have_left_nobody_takes_the_machine_until_it_starts_again() {
    let site = Site::reached(Reach::BehindProxy("127.0.0.1".parse().expect("an address")), None);
    let camille = site.account("camille", Mode::Watched);
    site.state.erase(camille).expect("erased");
    let form = [
        ("login", "mallory"),
        ("passphrase", "sept cailloux blancs"),
        ("mode", "watched"),
        ("setup", ""),
    ];
    let taken = site.browser().post("/welcome", &form).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(site.state.store().directory().accounts().expect("accounts").is_empty());
}

#[tokio::test]
async fn the_language_chosen_while_signed_in_is_kept_in_the_account() {
    let site = Site::new();
    let camille = site.account("camille", Mode::Watched);
    let kept = || {
        let account = site.state.store().directory().account(camille).expect("an answer");
        account.expect("hers").locale
    };
    site.browser().get("/language/en").await;
    assert_eq!(kept(), "fr", "a stranger's choice is the stranger's");
    let mut browser = site.signed_in("camille").await;
    let set = browser.get("/language/en?back=/settings").await;
    assert_eq!((set.header("location"), kept().as_str()), ("/settings", "en"));
    // Elsewhere, where nothing was chosen, pages speak it too.
    let page = site.signed_in("camille").await.get("/settings").await;
    assert!(page.body.contains("<html lang=\"en\">"));
    assert_eq!(browser.get("/language/xx").await.status, StatusCode::NOT_FOUND);
    assert_eq!(kept(), "en");
}
