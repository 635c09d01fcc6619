//! Mail of dedicated addresses passed on by a real Postfix: only after a code came back, each mail
//! whole, nothing that is refused, nothing that goes round.

use crate::site::{Answer, Browser, Site};
use axum::http::StatusCode;
use mesinfos_domain::PersonId;
use mesinfos_partners::{Rule, Stance};
use mesinfos_server::bring::Post;
use mesinfos_server::{Neighbours, Reach, Submission};
use mesinfos_testkit::postfix::{self, Postfix, Talk};
use mesinfos_testkit::sink::{self, Sink, Taken};
use mesinfos_vault::corrections::Correction;
use mesinfos_vault::directory::MailDomain;
use mesinfos_vault::mailboxes::{Access, Secret, Security, Way};
use mesinfos_vault::{Mode, NewAddress};
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
    let port = std::net::TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?.port();
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
    let domains = vec![MailDomain { name: "exemple.fr".into(), owner: None }];
    let lmtp = format!("127.0.0.1:{port}").parse().expect("a place");
    let post = Post { domains, lmtp: Some(lmtp), ..Post::default() };
    site.state.open_mail(&post).await.expect("open").run();
    let vault = site.state.store().vault(person).expect("a vault");
    let new = NewAddress { label: "Mirabelle", actor: None };
    let address = site.state.store().give_address(&vault, &new, site.state.now_us());
    let address = address.expect("made").address;
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

impl World {
    fn arrives(&self, from: &str, mail: &str) {
        let mut talk = Talk::to(self.lmtp).expect("it answers");
        talk.ask("LHLO mx.shop.example");
        // Each dot that begins a line is doubled on the wire.
        let stuffed = mail.replace("\r\n.", "\r\n..");
        let said = talk.send(from, &self.address, stuffed.trim_end_matches("\r\n"));
        assert!(said.starts_with("250"), "{said}");
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

    async fn in_vault(&self, mails: i64) {
        let began = Instant::now();
        loop {
            let vault = self.site.state.store().vault(self.person).expect("a vault");
            let there = vault.read(|db| {
                db.first(
                    "SELECT COUNT(*) FROM message WHERE person_id = $1",
                    &[db.person().into()],
                    |r| r.get::<i64>(0),
                )
            });
            if there.expect("read").unwrap_or(0) >= mails {
                return;
            }
            assert!(began.elapsed().as_secs() < 60, "{}", self.postfix.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn ask(&self, browser: &mut Browser<'_>, target: &str) -> Answer {
        let csrf = browser.get("/addresses").await.csrf();
        let form = [("csrf", &*csrf), ("target", target), ("by", "0")];
        browser.post("/addresses/forward", &form).await
    }

    async fn confirm(&self, browser: &mut Browser<'_>, code: &str) -> Answer {
        let csrf = browser.get("/addresses").await.csrf();
        browser.post("/addresses/forward/confirm", &[("csrf", &*csrf), ("code", code)]).await
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
        let said = world.ask(&mut browser, no).await;
        assert_eq!(said.header("location"), format!("/addresses?forward={why}#forward"), "{no}");
    }
    let asked = world.ask(&mut browser, LEA).await;
    assert_eq!(asked.header("location"), "/addresses?forward=code-sent#forward");
    world.arrives("retour@mirabelle.example", &order(1, ""));
    world.in_vault(1).await;
    let taken = world.taken(1).await;
    assert_eq!(taken.len(), 1, "the code, and nothing else");
    assert_eq!(taken[0].to, [LEA]);
    let page = browser.get("/addresses").await.body;
    assert!(page.contains("Un code a été envoyé à"), "{page}");
    let wrong = world.confirm(&mut browser, "aaaaaaaa").await;
    assert!(wrong.header("location").contains("wrong-code"));
    let right = world.confirm(&mut browser, &code(&taken[0]).to_uppercase()).await;
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
    world.ask(&mut browser, LEA).await;
    let code = code(&world.taken(1).await[0]);
    world.confirm(&mut browser, &code).await;
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
    world.ask(&mut browser, LEA).await;
    let asked = world.taken(1).await.remove(0);
    world.confirm(&mut browser, &code(&asked)).await;
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
        let said = world.ask(&mut browser, LEA).await;
        let word = if n < 3 { "code-sent" } else { "enough-codes" };
        assert!(said.header("location").contains(word), "{n}: {}", said.header("location"));
    }
    let taken = world.taken(3).await;
    assert_eq!(taken.len(), 3);
    let codes: Vec<String> = taken.iter().map(code).collect();
    for _ in 0..5 {
        let said = world.confirm(&mut browser, "nonsense").await;
        assert!(said.header("location").contains("wrong-code"));
    }
    for code in &codes {
        let said = world.confirm(&mut browser, code).await;
        assert!(said.header("location").contains("code-over"), "{}", said.header("location"));
    }
    world.site.wait(86_401);
    let mut browser = world.site.signed_in("camille").await;
    assert!(world.ask(&mut browser, LEA).await.header("location").contains("code-sent"));
    world.site.wait(86_401);
    let mut browser = world.site.signed_in("camille").await;
    let last = code(&world.taken(4).await[3]);
    let said = world.confirm(&mut browser, &last).await;
    assert!(said.header("location").contains("code-over"));
    assert_eq!(said.status, StatusCode::SEE_OTHER);
}
