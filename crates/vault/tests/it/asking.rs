//! What she asks of organisations: letters filled from her mails, their clock, the answers known
//! again; and what the mailbox lets advise.

use crate::bringing_mail::{file, import};
use crate::on_both::{NOW, World, on_both};
use mesinfos_domain::{ActorId, Category, Date, Language, Way};
use mesinfos_partners::rights::{Next, Right, State};
use mesinfos_partners::{Rule, Stance};
use mesinfos_vault::corrections::Correction;
use mesinfos_vault::views::*;
use mesinfos_vault::{Error, Mark, NewRequest, Step, Vault};

pub const TODAY: Date = Date::constant(2026, 11, 24);
const DAY_US: i64 = 86_400_000_000;

pub fn mail(from: &str, to: &str, day: &str, n: usize, subject: &str, body: &str) -> String {
    let domain = from.split('@').nth(1).unwrap_or_default();
    format!(
        "From: {from}\nTo: {to}\nDelivered-To: lea@exemple.fr\nSubject: {subject}\n\
         Date: {day} 10:{n:02}:00 +0100\nMessage-ID: <{n}-{from}>\n\
         DKIM-Signature: v=1; d={domain}; s=a; b=x\n\
         List-Unsubscribe: <mailto:stop@{domain}>\n\
         Content-Type: text/plain; charset=utf-8\n\n{body}\n"
    )
}

pub const NEWS: &str = "Découvrez la collection, en promotion cette semaine. -20 % sur tout le catalogue.\n\
    Pour vous désinscrire de notre lettre d'information, cliquez ici.";

pub fn who(vault: &Vault, domain: &str) -> ActorId {
    let rows = actors(vault, &ActorsAsked::default(), TODAY).unwrap().actors.rows;
    rows.iter().find(|r| r.actor.domain.as_deref() == Some(domain)).unwrap().actor.id
}

pub fn news(world: &World, shop: &str, to: &str, day: &str, n: usize, flags: &str) {
    let text = mail(&format!("nouvelles@{shop}.example"), to, day, n, "Nos nouveautés", NEWS);
    file(world.folder.path(), &format!("in/cur/{shop}{n}.x:2,{flags}"), &text);
    file(world.folder.path(), "in/new/.keep", "");
    file(world.folder.path(), "in/tmp/.keep", "");
}

pub fn brought(world: &World, vault: &Vault) {
    import(vault, &world.folder.path().join("in"));
}

fn letter(vault: &Vault, actor: ActorId, right: Right) -> i64 {
    let new = NewRequest {
        actor,
        right,
        language: Language::Fr,
        person: "Léa Martin",
        details: "",
        today: TODAY,
    };
    vault.write_request(&new).unwrap()
}

#[test]
fn a_letter_knows_her_addresses_and_its_answer_is_known_again() {
    on_both(|world| {
        let vault = world.vault("lea");
        news(&world, "mirabelle", "lea+mirabelle@exemple.fr", "Thu, 5 Mar 2026", 1, "S");
        news(&world, "ramures", "lea@exemple.fr", "Thu, 5 Mar 2026", 2, "S");
        brought(&world, &vault);
        let actor = who(&vault, "mirabelle.example");
        let id = letter(&vault, actor, Right::Access);
        let card = request(&vault, id, "Léa Martin", TODAY).unwrap().unwrap();
        let written = &card.row.request;
        assert!(written.body.contains("lea+mirabelle@exemple.fr"), "{}", written.body);
        assert!(written.body.contains("5 mars 2026") && written.body.contains("Léa Martin"));
        assert_eq!((card.row.state, card.row.next), (State::Draft, Next::Send));
        vault.edit_request(id, "Mes mots.").unwrap();

        let sent = Date::constant(2026, 10, 5);
        vault.mark_request(id, Mark::Sent, Some(sent)).unwrap();
        assert!(matches!(vault.edit_request(id, "Trop tard."), Err(Error::NotFound(_))));
        let card = request(&vault, id, "Léa Martin", TODAY).unwrap().unwrap();
        assert_eq!(card.row.request.body, "Mes mots.");
        let until = Date::constant(2026, 11, 5);
        assert_eq!(card.row.state, State::Overdue { until, late: 19 });
        assert!(card.reminder.is_some() && card.complaint.is_some());
        assert!(card.answers.is_empty());

        // Their answer comes from another domain, and bears the reference; another mail of theirs
        // speaks of data; a newsletter does neither.
        let reply = format!("Re: votre lettre ({})", card.row.request.reference);
        let dpo = mail(
            "cabinet@avocats.example",
            "lea@exemple.fr",
            "Mon, 12 Oct 2026",
            7,
            &reply,
            "Voici.",
        );
        file(world.folder.path(), "in/cur/a.x:2,", &dpo);
        let own = mail(
            "dpo@mirabelle.example",
            "lea@exemple.fr",
            "Tue, 13 Oct 2026",
            8,
            "Vos donnees personnelles",
            "Bonjour.",
        );
        file(world.folder.path(), "in/cur/b.x:2,", &own);
        news(&world, "mirabelle", "lea@exemple.fr", "Wed, 14 Oct 2026", 9, "");
        brought(&world, &vault);
        let card = request(&vault, id, "Léa Martin", TODAY).unwrap().unwrap();
        let found: Vec<Why> = card.answers.iter().map(|a| a.why).collect();
        assert_eq!(found, [Why::Reference, Why::Words]);
        let answer = card.answers[0].mail.id;
        vault.mark_request(id, Mark::Answered(Some(answer)), Some(TODAY)).unwrap();
        let card = request(&vault, id, "Léa Martin", TODAY).unwrap().unwrap();
        let on = Date::constant(2026, 10, 12);
        assert_eq!(card.row.state, State::Answered { on, late: false }, "on the day of the mail");
        assert_eq!(card.answer.unwrap().id, answer);
        vault.mark_request(id, Mark::Answered(None), None).unwrap();
        assert_eq!(requests(&vault, TODAY).unwrap()[0].state, State::Overdue { until, late: 19 });
        vault.drop_request(id).unwrap();
        assert_eq!(requests(&vault, TODAY).unwrap().len(), 1, "what was sent stays");
        let draft = letter(&vault, actor, Right::Erasure);
        vault.drop_request(draft).unwrap();
        assert_eq!(requests(&vault, TODAY).unwrap().len(), 1);
    });
}

#[test]
fn an_objection_tells_that_they_wrote_again() {
    on_both(|world| {
        let vault = world.vault("lea");
        news(&world, "mirabelle", "lea@exemple.fr", "Thu, 5 Mar 2026", 1, "");
        brought(&world, &vault);
        let actor = who(&vault, "mirabelle.example");
        let card = mesinfos_vault::views::actor(&vault, actor, TODAY).unwrap().unwrap();
        let (way, _) = card.unsubscribe.expect("its letters say how");
        assert_eq!(way.way(), Way::Mailto);
        // 3 October.
        let at_us = NOW - 52 * DAY_US;
        vault.asked_to_stop(&Step::by_herself(actor, at_us, Way::Mailto, "stop@".into())).unwrap();
        news(&world, "mirabelle", "lea@exemple.fr", "Mon, 12 Oct 2026", 2, "");
        brought(&world, &vault);
        let id = letter(&vault, actor, Right::Marketing);
        let body = request(&vault, id, "Léa", TODAY).unwrap().unwrap().row.request.body;
        assert!(body.contains("3 octobre 2026") && body.contains("12 octobre 2026"), "{body}");
        let none = NewRequest {
            actor: ActorId(999),
            right: Right::Access,
            language: Language::En,
            person: "Léa",
            details: "",
            today: TODAY,
        };
        assert!(matches!(vault.write_request(&none), Err(Error::NotFound(_))));
        let missing = vault.mark_request(
            id,
            Mark::Answered(Some(mesinfos_domain::MessageId(1))),
            Some(TODAY),
        );
        assert!(matches!(missing, Err(Error::NotFound(_))));
    });
}

#[test]
fn advice_has_its_reason() {
    on_both(|world| {
        let vault = world.vault("lea");
        for n in 1..=7 {
            news(&world, "mirabelle", "lea@exemple.fr", "Thu, 5 Mar 2026", n, "");
            news(&world, "ramures", "lea@exemple.fr", "Fri, 6 Mar 2026", n + 10, "S");
        }
        news(&world, "jeu", "lea+jeu@exemple.fr", "Mon, 2 Mar 2026", 30, "S");
        news(&world, "tapage", "lea+jeu@exemple.fr", "Mon, 2 Nov 2026", 31, "");
        let old = mail(
            "compte@ancien.example",
            "lea@exemple.fr",
            "Tue, 3 May 2022",
            40,
            "Bienvenue, votre compte est créé",
            "Votre compte client est créé. Votre identifiant : lea. Confirmez votre adresse. Mot de passe.",
        );
        file(world.folder.path(), "in/cur/old.x:2,S", &old);
        brought(&world, &vault);
        let month_ago = NOW - 30 * DAY_US;
        let told = advice(&vault, TODAY, month_ago).unwrap();
        assert!(told.knows_reading);
        let unread: Vec<_> =
            told.unread.iter().map(|l| (l.actor.domain.as_deref(), l.letters, l.opened)).collect();
        assert_eq!(unread, [(Some("mirabelle.example"), 7, 0)], "ramures is read");
        assert_eq!(told.new.len(), 1, "tapage came this month");
        assert_eq!(told.leaks.len(), 1);
        assert_eq!(told.leaks[0].address, "lea+jeu@exemple.fr");
        assert_eq!(told.leaks[0].given_to.domain.as_deref(), Some("jeu.example"));
        assert_eq!(told.loudest[0].1, 7);
        let asleep: Vec<_> =
            told.unused.iter().map(|(row, day)| (row.actor.domain.as_deref(), *day)).collect();
        assert_eq!(asleep, [(Some("ancien.example"), Date::constant(2022, 5, 3))]);

        let rule = Rule::Drawer {
            actor: who(&vault, "mirabelle.example"),
            category: Category::Newsletter,
        };
        vault.correct(&Correction::Partner { rule, stance: Stance::Refused }, NOW).unwrap();
        assert!(
            advice(&vault, TODAY, month_ago).unwrap().unread.is_empty(),
            "what is refused is settled"
        );

        assert_eq!(visit(&vault, NOW).unwrap(), month_ago, "the first visit");
        assert_eq!(
            visit(&vault, NOW + DAY_US / 4).unwrap(),
            month_ago + DAY_US / 4,
            "the same one"
        );
        let next = NOW + 2 * DAY_US;
        assert_eq!(visit(&vault, next).unwrap(), NOW);
        assert!(advice(&vault, TODAY, NOW).unwrap().new.is_empty());
    });
}
