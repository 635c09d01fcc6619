//! Mail of dedicated addresses passed on by a real Postfix, or by the submission of her own mailbox: only
//! after a code came back, each mail whole, nothing that is refused, nothing that goes round.

use crate::sending::{connected, from, trusting};
use crate::site::{Answer, Browser, Site};
use axum::http::StatusCode;
use mesinfos_domain::PersonId;
use mesinfos_partners::{Rule, Stance};
use mesinfos_server::bring::Post;
use mesinfos_server::{Neighbours, Reach, Submission};
use mesinfos_testkit::dovecot;
use mesinfos_testkit::postfix::{self, Postfix, Talk};
use mesinfos_testkit::sink::{self, Sink, Taken};
use mesinfos_vault::corrections::Correction;
use mesinfos_vault::directory::MailDomain;
use mesinfos_vault::mailboxes::{Access, Secret, Security, Way};
use mesinfos_vault::{Mode, NewAddress, Vault};
use std::time::{Duration, Instant};

const LEA: &str = "lea@ailleurs.example";

struct World {
    site: Site,
    /// Where anybody hands in mail for our domain.
    lmtp: u16,
    sink: Sink,
    postfix: Postfix,
    person: PersonId,
    address: String,
}

/// Postfix in front of us, which also takes what we hand in and brings it to the world outside.
async fn begun() -> Option<World> {
    if !postfix::can_start() {
        eprintln!("not told: only root can start a Postfix");
        return None;
    }
    let sink = sink::start();
    let port = free_port();
    let more = format!(
        "mynetworks = 127.0.0.0/8\nsmtp_destination_concurrency_limit = 1\n\
         default_transport = smtp:[127.0.0.1]:{}\nsmtpd_relay_restrictions = permit_mynetworks, \
         reject_unauth_destination\nsmtpd_recipient_restrictions = permit_mynetworks, \
         reject_unauth_destination\n",
        sink.port
    );
    let postfix = postfix::start(&format!("lmtp:inet:127.0.0.1:{port}"), &more);
    let access = Access {
        host: "127.0.0.1".to_owned(),
        port: postfix.port,
        security: Security::Plain,
        login: String::new(),
        way: Way::Password,
    };
    let submission = Some(Submission { access, secret: Secret::new(String::new()) });
    let neighbours = Neighbours { is_open: true, submission, ..Neighbours::default() };
    let site = Site::near(Reach::Loopback, None, neighbours);
    let person = site.account("camille", Mode::Watched);
    let address = open(&site, person, port).await;
    Some(World { site, lmtp: port, sink, postfix, person, address })
}

fn order(n: usize, more: &str) -> String {
    format!(
        "{more}From: Librairie Mirabelle <commande@mirabelle.example>\r\nTo: x@exemple.fr\r\n\
         Subject: Votre commande M-{n:04}\r\nDate: Mon, 5 Jan 2026 10:{n:02}:00 +0100\r\n\
         Message-ID: <{n}@mirabelle.example>\r\nDKIM-Signature: v=1; b=QUJD\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n\
         Bonjour,\r\nvotre commande n° M-{n:04} est confirmée.\r\n\
         1 x Atlas des rivières : 24,00 €\r\nTotal : 24,00 €\r\n..\r\n"
    )
}

fn deliver(lmtp: u16, from: &str, to: &str, mail: &str) {
    let mut talk = Talk::to(lmtp).expect("it answers");
    talk.ask("LHLO mx.shop.example");
    // Each dot that begins a line is doubled on the wire.
    let stuffed = mail.replace("\r\n.", "\r\n..");
    let said = talk.send(from, to, stuffed.trim_end_matches("\r\n"));
    assert!(said.starts_with("250"), "{said}");
}

/// Takes mail in for our domain: where it is handed in, and an address of hers there.
async fn open(site: &Site, person: PersonId, port: u16) -> String {
    let domains = vec![MailDomain { name: "exemple.fr".into(), owner: None }];
    let lmtp = format!("127.0.0.1:{port}").parse().expect("a place");
    let post = Post { domains, lmtp: Some(lmtp), ..Post::default() };
    site.state.open_mail(&post).await.expect("open").run();
    let vault = site.state.store().vault(person).expect("a vault");
    let new = NewAddress { label: "Mirabelle", actor: None };
    let address = site.state.store().give_address(&vault, &new, site.state.now_us());
    address.expect("made").address
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// Sends a code there by a mailbox of hers, or by the host (0).
async fn ask(browser: &mut Browser<'_>, target: &str, by: &str) -> Answer {
    let csrf = browser.get("/addresses").await.csrf();
    let form = [("csrf", &*csrf), ("target", target), ("by", by)];
    browser.post("/addresses/forward", &form).await
}

async fn confirm(browser: &mut Browser<'_>, code: &str) -> Answer {
    let csrf = browser.get("/addresses").await.csrf();
    browser.post("/addresses/forward/confirm", &[("csrf", &*csrf), ("code", code)]).await
}

impl World {
    fn arrives(&self, from: &str, mail: &str) {
        deliver(self.lmtp, from, &self.address, mail);
    }

    async fn taken(&self, most: usize) -> Vec<Taken> {
        let began = Instant::now();
        while self.sink.taken().len() < most {
            assert!(began.elapsed().as_secs() < 60, "{}", self.postfix.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        // One that should not come has time to.
        tokio::time::sleep(Duration::from_millis(1500)).await;
        self.sink.taken()
    }

    async fn in_vault(&self, least: i64) {
        let began = Instant::now();
        loop {
            let vault = self.site.state.store().vault(self.person).expect("a vault");
            if mails(&vault) >= least {
                return;
            }
            assert!(began.elapsed().as_secs() < 60, "{}", self.postfix.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// The code in a mail.
fn code(mail: &Taken) -> String {
    let text = mesinfos_reading::Mail::read(mail.mail.as_bytes()).text.expect("words");
    let line = text.lines().next().expect("a line");
    line.rsplit(' ').next().expect("a code").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_goes_on_whole_only_after_the_code_came_back() {
    let Some(world) = begun().await else { return };
    let mut browser = world.site.signed_in("camille").await;
    for (no, why) in [("lea", "no-address"), ("x@exemple.fr", "own-address"), ("a@b", "no-address")]
    {
        let said = ask(&mut browser, no, "0").await;
        assert_eq!(said.header("location"), format!("/addresses?forward={why}#forward"), "{no}");
    }
    let asked = ask(&mut browser, LEA, "0").await;
    assert_eq!(asked.header("location"), "/addresses?forward=code-sent#forward");
    world.arrives("retour@mirabelle.example", &order(1, ""));
    world.in_vault(1).await;
    let taken = world.taken(1).await;
    assert_eq!(taken.len(), 1, "the code, and nothing else");
    assert_eq!(taken[0].to, [LEA]);
    let page = browser.get("/addresses").await.body;
    assert!(page.contains("Un code a été envoyé à"), "{page}");
    let wrong = confirm(&mut browser, "aaaaaaaa").await;
    assert!(wrong.header("location").contains("wrong-code"));
    let right = confirm(&mut browser, &code(&taken[0]).to_uppercase()).await;
    assert!(right.header("location").contains("forward=confirmed"));

    let mail = order(2, "");
    world.arrives("retour@mirabelle.example", &mail);
    let taken = world.taken(2).await;
    assert_eq!(taken.len(), 2, "what came before the code stays here");
    let passed = &taken[1];
    assert_eq!(passed.to, [LEA]);
    assert!(passed.from.starts_with("retour.") && passed.from.ends_with("@exemple.fr"));
    assert!(passed.mail.contains(&mail), "byte for byte: {}", passed.mail);
    let read = mesinfos_reading::Mail::read(passed.mail.as_bytes());
    let from = read.from.expect("a sender");
    assert_eq!(from.address, passed.from, "envelope and From are of one domain: DMARC holds");
    assert!(from.name.contains("Mirabelle"), "{}", from.name);
    assert_eq!(read.subject, "Votre commande M-0002");
    assert!(passed.mail.contains("Content-Type: message/rfc822"));
    let page = browser.get("/addresses").await.body;
    assert!(page.contains("est transféré à") && page.contains("un mail"), "{page}");

    // Ended is ended.
    let csrf = browser.get("/addresses").await.csrf();
    browser.post("/addresses/forward/end", &[("csrf", &csrf)]).await;
    world.arrives("retour@mirabelle.example", &order(3, ""));
    world.in_vault(3).await;
    assert_eq!(world.taken(2).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_bounced_or_has_been_there_does_not_go_on() {
    let Some(world) = begun().await else { return };
    let mut browser = world.site.signed_in("camille").await;
    ask(&mut browser, LEA, "0").await;
    let code = code(&world.taken(1).await[0]);
    confirm(&mut browser, &code).await;
    world.arrives("", &order(1, "Auto-Submitted: auto-replied\r\n"));
    world.arrives("", &order(2, ""));
    world.arrives("a@b.example", &order(3, &format!("Delivered-To: {LEA}\r\n")));
    world.arrives(LEA, &order(4, ""));
    world.in_vault(4).await;
    assert_eq!(world.taken(1).await.len(), 1, "nothing goes round");
    world.arrives("retour@mirabelle.example", &order(5, ""));
    let passed = world.taken(2).await.remove(1);
    // What we sent comes back by some other way: it is known as ours.
    world.arrives("somebody@ailleurs.example", passed.mail.trim_end());
    world.in_vault(6).await;
    assert_eq!(world.taken(2).await.len(), 2);
    let vault = world.site.state.store().vault(world.person).expect("a vault");
    let day = world.site.state.today();
    let all = mesinfos_vault::views::actors(&vault, &Default::default(), day).expect("read");
    let shop = all.actors.rows.iter().find(|r| r.actor.name.contains("Mirabelle")).expect("there");
    assert_eq!(shop.counts.total(), 5, "what was passed on is counted once");
    let rule = Rule::Actor { actor: shop.actor.id };
    let word = Correction::Partner { rule, stance: Stance::Refused };
    vault.correct(&word, world.site.state.now_us()).expect("said");
    world.arrives("retour@mirabelle.example", &order(7, ""));
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(world.taken(2).await.len(), 2, "refused");
    assert_eq!(vault.forwarding().expect("read").expect("on").sent, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_is_counted_never_answered_and_ends_it() {
    let Some(world) = begun().await else { return };
    let mut browser = world.site.signed_in("camille").await;
    ask(&mut browser, LEA, "0").await;
    let asked = world.taken(1).await.remove(0);
    confirm(&mut browser, &code(&asked)).await;
    let back = |n: usize| {
        let mut talk = Talk::to(world.lmtp).expect("it answers");
        talk.ask("LHLO mx.ailleurs.example");
        talk.send("", &asked.from, &format!("Subject: Undelivered {n}\r\n\r\nno such mailbox"))
    };
    let mut talk = Talk::to(world.lmtp).expect("it answers");
    talk.ask("LHLO mx.ailleurs.example");
    let reply = talk.send(LEA, &asked.from, "Subject: Re\r\n\r\nhello");
    assert!(reply.starts_with("550"), "nobody reads there: {reply}");
    for n in 0..5 {
        assert!(back(n).starts_with("250"), "{n}");
    }
    world.arrives("retour@mirabelle.example", &order(1, ""));
    world.in_vault(1).await;
    assert_eq!(world.taken(1).await.len(), 1, "nothing more goes there");
    let page = browser.get("/addresses").await.body;
    assert!(page.contains("trop de mails"), "{page}");
    let waiting = world.site.state.store().directory().waiting(world.person).expect("read");
    assert_eq!(waiting.mails, 0, "what came back fills nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_few_and_end_after_a_day_or_five_tries() {
    let Some(world) = begun().await else { return };
    let mut browser = world.site.signed_in("camille").await;
    for n in 0..4 {
        let said = ask(&mut browser, LEA, "0").await;
        let word = if n < 3 { "code-sent" } else { "enough-codes" };
        assert!(said.header("location").contains(word), "{n}: {}", said.header("location"));
    }
    let taken = world.taken(3).await;
    assert_eq!(taken.len(), 3);
    let codes: Vec<String> = taken.iter().map(code).collect();
    for _ in 0..5 {
        let said = confirm(&mut browser, "nonsense").await;
        assert!(said.header("location").contains("wrong-code"));
    }
    for code in &codes {
        let said = confirm(&mut browser, code).await;
        assert!(said.header("location").contains("code-over"), "{}", said.header("location"));
    }
    world.site.wait(86_401);
    let mut browser = world.site.signed_in("camille").await;
    assert!(ask(&mut browser, LEA, "0").await.header("location").contains("code-sent"));
    world.site.wait(86_401);
    let mut browser = world.site.signed_in("camille").await;
    let last = code(&world.taken(4).await[3]);
    let said = confirm(&mut browser, &last).await;
    assert!(said.header("location").contains("code-over"));
    assert_eq!(said.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn her_own_mailbox_passes_them_on_to_itself_and_what_comes_back_counts_once() {
    let account = dovecot::account();
    let site = trusting(&account.certificate);
    let camille = site.account("camille", Mode::Watched);
    let lmtp = free_port();
    let given = open(&site, camille, lmtp).await;
    let account = connected(&site, camille);
    let hers = from(&account);
    let mut browser = site.signed_in("camille").await;
    let shown = browser.get("/addresses").await.body;
    assert!(shown.contains(&format!("<option value=\"1\">{hers}</option>")), "{shown}");
    assert!(!shown.contains("<option value=\"0\">"), "this host sends for nobody");
    let nobody = ask(&mut browser, &hers, "0").await;
    assert!(nobody.header("location").contains("nobody-sends"), "{}", nobody.header("location"));

    let asked = ask(&mut browser, &hers, "1").await;
    assert!(asked.header("location").contains("code-sent"), "{}", asked.header("location"));
    let sent = account.sent_from(&hers);
    assert_eq!((sent.len(), &*sent[0].to), (1, std::slice::from_ref(&hers)));
    let right = confirm(&mut browser, &code(&sent[0])).await;
    assert!(right.header("location").contains("forward=confirmed"));

    let mail = order(1, "");
    deliver(lmtp, "retour@mirabelle.example", &given, &mail);
    let vault = site.state.store().vault(camille).expect("a vault");
    until("it is passed on", || account.sent_from(&hers).len() == 2).await;
    let passed = account.sent_from(&hers).remove(1);
    assert_eq!(passed.to, std::slice::from_ref(&hers));
    assert!(passed.mail.contains(&mail), "byte for byte: {}", passed.mail);
    let read = mesinfos_reading::Mail::read(passed.mail.as_bytes());
    let sender = read.from.expect("a sender");
    assert_eq!(sender.address, hers, "her provider takes it: it is her own address");
    assert!(sender.name.contains("Mirabelle"), "{}", sender.name);
    until("it is noted", || vault.forwarding().expect("read").expect("on").sent == 1).await;

    // It arrives in that mailbox, which is read too: the shop has written once.
    account.put("", "passed", "", passed.mail.as_bytes());
    let csrf = browser.get("/mailboxes").await.csrf();
    browser.post("/mailboxes/retry", &[("csrf", &csrf), ("name", &hers)]).await;
    until("it is fetched", || mails(&vault) == 2).await;
    let day = site.state.today();
    let all = mesinfos_vault::views::actors(&vault, &Default::default(), day).expect("read");
    let written: Vec<i64> = all.actors.rows.iter().map(|r| r.counts.total()).collect();
    assert_eq!(written, [1]);

    // Without that mailbox nobody sends: what waits is kept, and she is told.
    browser.post("/mailboxes/remove", &[("csrf", &csrf), ("name", &hers)]).await;
    deliver(lmtp, "retour@mirabelle.example", &given, &order(2, ""));
    let stands = || vault.forwarding().expect("read").expect("on");
    until("it waits", || stands().waiting == 1 && stands().trouble.is_some()).await;
    assert_eq!(account.sent_from(&hers).len(), 2);
    let page = browser.get("/addresses").await.body;
    assert!(page.contains(", un attend"), "{page}");
}

fn mails(vault: &Vault) -> i64 {
    let there = vault.read(|db| {
        let sql = "SELECT COUNT(*) FROM message WHERE person_id = $1";
        db.first(sql, &[db.person().into()], |r| r.get::<i64>(0))
    });
    there.expect("read").unwrap_or(0)
}

async fn until(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed().as_secs() < 60, "never: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
