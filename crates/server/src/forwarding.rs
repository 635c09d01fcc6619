//! Mail of dedicated addresses passed on to a person's real mailbox: asked for, agreed to by a code,
//! done, ended. The same for pages and commands.

use crate::config::Submission;
use crate::words::{Locale, Words, isolate};
use mesinfos_connect as connect;
use mesinfos_connect::forwarding::{Round, Route, go_on, send_code};
use mesinfos_connect::{Outward, provider};
use mesinfos_vault::corrections::Correction;
use mesinfos_vault::mailboxes::Mailbox;
use mesinfos_vault::{Confirmed, Error as VaultError, Store, Vault, Waits};

/// So many that come back end it.
const BOUNCES: i64 = 5;
/// A code has so many letters; 25 letters and figures for each.
const CODE_LETTERS: usize = 8;

/// Who passes mails on, for one person.
pub struct Forwarder<'a> {
    /// Accounts and addresses.
    pub store: &'a Store,
    /// Hers, open.
    pub vault: &'a Vault,
    /// The host's own way out, if it has one.
    pub submission: Option<&'a Submission>,
    /// How others are reached.
    pub outward: Outward,
    /// The language of our own words.
    pub locale: Locale,
    /// Now, in microseconds since 1970.
    pub now_us: i64,
}

/// What became of a question: a stable word, the key of a sentence.
pub type Said = &'static str;

impl Forwarder<'_> {
    /// The mailboxes of hers that can send.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn senders(&self) -> mesinfos_vault::Result<Vec<Mailbox>> {
        let all = self.vault.mailboxes()?.into_iter();
        Ok(all.filter_map(sending).collect())
    }

    /// Whether anybody could send for her.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn has_host(&self) -> mesinfos_vault::Result<bool> {
        Ok(self.submission.is_some()
            && self.store.directory().mail_domain_of(self.vault.person())?.is_some())
    }

    /// Sends a code to this address; nothing else is sent there until it comes back.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn ask(&self, target: &str, mailbox: Option<i64>) -> mesinfos_vault::Result<Said> {
        let target = target.trim().to_lowercase();
        let Some((_, domain)) = target.rsplit_once('@').filter(|_| is_address(&target)) else {
            return Ok("no-address");
        };
        // An address here would come round again.
        if self.store.directory().mail_domains()?.iter().any(|d| d.name == domain) {
            return Ok("own-address");
        }
        let route = match self.route(mailbox) {
            Ok(route) => route,
            Err(error) => return Ok(word(&error)),
        };
        let Some(code) = code() else { return Ok("failed") };
        match self.vault.ask_forwarding(&target, mailbox, &code, self.now_us) {
            Err(VaultError::Taken(_)) => return Ok("enough-codes"),
            asked => asked?,
        }
        let w = Words::of(self.locale);
        let note = w.say("forward-code-note").arg("code", code.as_str()).to_string();
        let subject = w.t("forward-code-subject");
        let sent = send_code(&route, &target, (&subject, &note), self.now_us, &self.outward);
        Ok(match sent {
            Ok(_) => "code-sent",
            Err(error) => {
                self.vault.forwarding_trouble(Some(error.code()), true)?;
                word(&error)
            }
        })
    }

    /// Takes the code that was sent there.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn confirm(&self, code: &str) -> mesinfos_vault::Result<Said> {
        Ok(match self.vault.confirm_forwarding(code, self.now_us)? {
            Confirmed::Done => {
                let directory = self.store.directory();
                directory.forget_bounces(self.vault.person())?;
                // What we send comes back with her mailbox: it is hers, and counts for nothing.
                let known = self.vault.forwarding()?;
                if let Ok(route) = self.route(known.and_then(|f| f.mailbox)) {
                    let said = Correction::OwnAddress { address: route.from, is_mine: true };
                    self.vault.correct(&said, self.now_us)?;
                }
                "confirmed"
            }
            Confirmed::Wrong => "wrong-code",
            Confirmed::Over => "code-over",
        })
    }

    /// Passes on what waits, as far as it may; how many.
    ///
    /// # Errors
    /// Those of the vault; what stands in the way is noted in it.
    pub fn run(&self) -> mesinfos_vault::Result<Round> {
        let Some(known) = self.vault.forwarding()?.filter(|f| f.is_confirmed) else {
            return Ok(Round::default());
        };
        if self.store.directory().bounces(self.vault.person())? >= BOUNCES {
            self.vault.forwarding_trouble(Some("bounced"), true)?;
            return Ok(Round::default());
        }
        if known.waiting == 0 {
            return Ok(Round::default());
        }
        let passed = self.route(known.mailbox).and_then(|route| {
            let words = |waits: &Waits, is_inside: bool| self.words(waits, is_inside);
            go_on(self.vault, &route, &known.target, &words, self.now_us, &self.outward)
        });
        match passed {
            Ok(round) => {
                let trouble = (round.failed > 0).then_some("not-taken");
                if trouble.is_some() || round.sent > 0 {
                    self.vault.forwarding_trouble(trouble, false)?;
                }
                Ok(round)
            }
            Err(connect::Error::Vault(error)) => Err(error),
            Err(error) => {
                tracing::info!(trouble = error.code(), "mails are not passed on just now");
                self.vault.forwarding_trouble(Some(error.code()), false)?;
                Ok(Round::default())
            }
        }
    }

    fn route(&self, mailbox: Option<i64>) -> connect::Result<Route> {
        if let Some(id) = mailbox {
            let all = self.vault.mailboxes()?.into_iter();
            let hers = all.filter_map(sending).find(|m| m.id == id);
            return Route::of(self.vault, &hers.ok_or(connect::Error::Forbidden)?, &self.outward);
        }
        let person = self.vault.person();
        let directory = self.store.directory();
        let domain = directory.mail_domain_of(person)?;
        let (Some(out), Some(domain)) = (self.submission, domain) else {
            return Err(connect::Error::Forbidden);
        };
        let from = format!("{}@{}", directory.return_local(person)?, domain.name);
        Ok(Route { access: out.access.clone(), secret: out.secret.clone(), from })
    }

    /// Whom a mail is shown from, and the words before it.
    fn words(&self, waits: &Waits, is_inside: bool) -> (String, String) {
        let w = Words::of(self.locale);
        let name = w.say("forward-name").arg("who", waits.who.as_str()).to_string();
        let mut note = w
            .say("forward-note")
            .arg("who", isolate(&waits.who))
            .arg("address", waits.address.as_str())
            .to_string();
        note.push(' ');
        note.push_str(&w.t(if is_inside { "forward-inside" } else { "forward-too-large" }));
        if waits.is_suspected {
            note.push_str("\n\n");
            note.push_str(&w.t("forward-suspected"));
        }
        note.push_str("\n\n");
        note.push_str(&w.t("forward-why"));
        note.push('\n');
        (name, note)
    }
}

/// A mailbox that can send, with where it does.
fn sending(mailbox: Mailbox) -> Option<Mailbox> {
    let address = mailbox.address.clone()?;
    if mailbox.outgoing.is_some() {
        return Some(mailbox);
    }
    // Connected before where mails are handed in was written down.
    let found = provider::of(&address).filter(provider::Provider::is_known)?;
    let same = found.access.host == mailbox.access.host;
    same.then_some(Mailbox { outgoing: Some(found.outgoing), ..mailbox })
}

fn is_address(text: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b'\\' | b',');
    let parts = text.rsplit_once('@');
    text.len() <= 254
        && text.bytes().all(is_plain)
        && parts.is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
}

/// Letters that are read and typed without doubt.
fn code() -> Option<String> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
    let mut chance = [0; CODE_LETTERS];
    getrandom::fill(&mut chance).ok()?;
    Some(chance.iter().map(|b| char::from(LETTERS[usize::from(b & 31)])).collect())
}

fn word(error: &connect::Error) -> Said {
    match error {
        connect::Error::Forbidden => "nobody-sends",
        connect::Error::Declined(_) => "not-taken",
        _ => "failed",
    }
}
