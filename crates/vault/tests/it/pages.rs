//! What the pages show of a small mailbox whose every mail is known: the numbers are counted by
//! hand here.

use crate::bringing_mail::{file, import};
use crate::on_both::on_both;
use mesinfos_domain::{Amount, Category, Currency, Date, Money, OrderStatus};
use mesinfos_purchases::{Known, Nature, RightKind, RightState, ThingState};
use mesinfos_vault::Vault;
use mesinfos_vault::search::{Ask, Query};
use mesinfos_vault::views::*;

const TODAY: Date = Date::constant(2026, 6, 10);

fn euros(cents: i64) -> Money {
    Money { amount: Amount(cents), currency: Currency::EUR }
}

/// A mail with an HTML body.
fn mail(n: u32, date: &str, from: &str, subject: &str, body: &str) -> String {
    let domain = from.split('@').nth(1).unwrap().trim_end_matches('>');
    format!(
        "From x@y.example Mon Jan  5 10:00:00 2026\n\
         Delivered-To: lea@exemple.fr\n\
         From: {from}\n\
         To: lea@exemple.fr\n\
         Subject: {subject}\n\
         Date: {date} +0200\n\
         Message-ID: <{n}@{domain}>\n\
         MIME-Version: 1.0\n\
         Content-Type: text/html; charset=utf-8\n\
         \n\
         <html><body>{body}</body></html>\n\n"
    )
}

fn row(name: &str, quantity: u32, unit: &str, total: &str) -> String {
    format!("<tr><td>{name}</td><td>{quantity}</td><td>{unit} €</td><td>{total} €</td></tr>")
}

fn confirmation(number: &str, rows: &[String], shipping: &str, total: &str) -> String {
    format!(
        "<h1>Merci pour votre commande</h1><p>Votre commande n° {number} est confirmée.</p>\
         <table><tr><th>Produit</th><th>Quantité</th><th>Prix unitaire</th><th>Total</th></tr>{}\
         <tr><td colspan=3>Livraison</td><td>{shipping} €</td></tr>\
         <tr><td colspan=3>Total TTC</td><td>{total} €</td></tr></table>",
        rows.concat()
    )
}

const VAUBAN: &str = "Electro Vauban <commande@electro-vauban.example>";
const CARRIER: &str = "Colis Hirondelle <suivi@colis-hirondelle.example>";
const BOTANEO: &str = "Botaneo <bonjour@botaneo.example>";

fn mailbox() -> String {
    let washer = [row("Lave-linge Ondine 8 kg", 1, "449,00", "449,00")];
    let bulbs = [row("Bulbes de tulipes", 2, "5,80", "11,60")];
    [
        mail(
            1,
            "Mon, 4 May 2026 19:04:00",
            VAUBAN,
            "Confirmation de votre commande EV402118",
            &confirmation("EV402118", &washer, "0,00", "449,00"),
        ),
        mail(
            2,
            "Tue, 5 May 2026 08:31:00",
            VAUBAN,
            "Votre commande EV402118 est en route",
            "<p>Votre commande n° EV402118 a été expédiée avec Colis Hirondelle.</p>\
             <p>Numéro de suivi : HR801244719FR</p>",
        ),
        mail(
            3,
            "Fri, 29 May 2026 11:17:00",
            VAUBAN,
            "Votre commande EV402118 a été livrée",
            "<p>Votre commande n° EV402118 a été livrée le 29 mai 2026.</p>",
        ),
        mail(
            4,
            "Tue, 2 Jun 2026 14:22:00",
            BOTANEO,
            "Votre commande BTN90441",
            &confirmation("BTN90441", &bulbs, "3,90", "15,50"),
        ),
        mail(
            5,
            "Wed, 3 Jun 2026 07:00:00",
            BOTANEO,
            "Les dahlias sont arrives : -15 % avec le code DAHLIA15",
            "<h1>Les dahlias sont là</h1><p>Profitez de 15 % de réduction avec le code DAHLIA15 \
             jusqu’au 12 juin 2026.</p><p><a href=\"https://botaneo.example/d\">Voir la \
             collection</a></p><p>Se désabonner de notre lettre d’information.</p>",
        ),
        mail(
            6,
            "Mon, 8 Jun 2026 09:12:00",
            CARRIER,
            "Votre colis vous attend",
            "<p>Bonjour, votre colis de Botaneo (commande BTN90441) vous attend en point relais.</p>\
             <p>Numéro de suivi : HR900044120FR</p><p>Point relais : Relais Amarante, 12 quai des \
             Tanneurs</p><p>Code de retrait : 4718</p><p>À retirer avant le 15 juin 2026.</p>",
        ),
    ]
    .concat()
}

fn vault_of(world: &crate::on_both::World) -> Vault {
    let vault = world.vault("lea");
    let path = file(world.folder.path(), "lea.mbox", &mailbox());
    import(&vault, &path);
    vault
}

#[test]
fn home_says_what_the_mails_know() {
    on_both(|world| {
        let vault = vault_of(&world);
        let home = home(&vault, TODAY, 0).unwrap();
        let said = &home.sentence;
        assert_eq!(said.since, Some(Date::constant(2026, 5, 4)));
        let spent: Vec<Money> = said.spent.iter().map(|s| s.spent).collect();
        assert_eq!(spent, [euros(46450)]);
        assert_eq!((said.merchants, said.things), (2, 3));
        assert_eq!(said.unseen, Unseen::default());
        assert_eq!((home.mails, home.actors, home.orders), (6, 3, 2));
        let june = home.money_months.last().unwrap();
        assert_eq!((june.month, june.orders, june.spent), (Month::of(TODAY), 1, euros(1550)));
        let by: Vec<(&str, Money)> =
            home.money_merchants.iter().map(|m| (m.actor.name.as_str(), m.spent)).collect();
        assert_eq!(by, [("Electro Vauban", euros(44900)), ("Botaneo", euros(1550))]);
        let months: Vec<i64> = home.mail_months.iter().map(|m| m.counts.total()).collect();
        assert_eq!(months, [3, 3]);
        assert_eq!(home.latest.iter().map(|o| o.lines).collect::<Vec<_>>(), [1, 1]);
        let due: Vec<(DueWhat, Date)> = home.due.iter().map(|d| (d.what, d.day)).collect();
        assert!(due.contains(&(DueWhat::Withdrawal, Date::constant(2026, 6, 12))), "{due:?}");
        assert!(due.contains(&(DueWhat::Pickup, Date::constant(2026, 6, 15))), "{due:?}");
        assert!(due.contains(&(DueWhat::Offer, Date::constant(2026, 6, 12))), "{due:?}");
    });
}

#[test]
fn typing_lave_linge_gives_its_card() {
    on_both(|world| {
        let vault = vault_of(&world);
        for typed in ["lave-linge", "LAVE LINGE", "ondine", "vauban ondine"] {
            let asked =
                PurchasesAsked { words: Some(typed.to_owned()), ..PurchasesAsked::default() };
            let found = purchases(&vault, &asked, TODAY).unwrap();
            assert_eq!((found.things.total, found.kept), (1, 1), "{typed}");
            assert_eq!(found.sums, [euros(44900)]);
        }
        let none = PurchasesAsked { words: Some("%".to_owned()), ..PurchasesAsked::default() };
        assert_eq!(purchases(&vault, &none, TODAY).unwrap().things.total, 0);
        let all = purchases(&vault, &PurchasesAsked::default(), TODAY).unwrap();
        let washer = all.things.rows.iter().find(|t| t.name.contains("Ondine")).unwrap();
        assert_eq!(washer.state, ThingState::Delivered);
        let card = product(&vault, washer.order, washer.line, TODAY).unwrap().unwrap();
        assert_eq!(card.row, *washer);
        assert_eq!(card.after_sales.seller, "Electro Vauban");
        let received = card.row.received.unwrap();
        assert_eq!((received.day, received.known), (Date::constant(2026, 5, 29), Known::Seen));
        let right = |kind| card.rights.iter().find(|r| r.kind == kind).unwrap();
        let guarantee = right(RightKind::Conformity);
        assert_eq!(guarantee.until, Some(Date::constant(2028, 5, 29)));
        assert_eq!((guarantee.state, guarantee.article.number), (RightState::Open, "L217-3"));
        assert!(card.proof_of_purchase.unwrap().subject.contains("Confirmation"));
        assert!(card.proof_of_delivery.unwrap().subject.contains("livr"));
        assert!(product(&vault, washer.order, 7, TODAY).unwrap().is_none());
    });
}

#[test]
fn an_order_shows_its_history_its_sum_and_its_words() {
    on_both(|world| {
        let vault = vault_of(&world);
        let latest = orders(&vault, &OrdersAsked::default()).unwrap();
        assert_eq!(latest.spent, [euros(46450)]);
        let id = latest.orders.rows.last().unwrap().id;
        let card = order(&vault, id, TODAY).unwrap().unwrap();
        assert_eq!(card.row.nature, Nature::Order);
        let told: Vec<OrderStatus> = card.history.iter().map(|s| s.step.status).collect();
        assert_eq!(told, [OrderStatus::Confirmed, OrderStatus::Shipped, OrderStatus::Delivered]);
        assert_eq!(card.addition.gap(), Some(Amount::ZERO));
        assert_eq!(card.purchase.parcels.len(), 1);
        assert_eq!(card.mails.len(), 3);
        assert!(card.mails[0].facts.iter().any(|f| f.source().words.contains("EV402118")));
        // Any of its mails leads to it.
        let other = mesinfos_domain::OrderId(card.mails[2].mail.id.0);
        assert_eq!(order(&vault, other, TODAY).unwrap().unwrap().row.id, id);
        let next = card.neighbours.1.unwrap();
        assert_eq!(order(&vault, next, TODAY).unwrap().unwrap().neighbours.0, Some(id));
    });
}

#[test]
fn a_parcel_waits_with_its_place_its_code_and_its_last_day() {
    on_both(|world| {
        let vault = vault_of(&world);
        let waiting = to_collect(&vault, TODAY).unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].code.as_deref(), Some("4718"));
        assert_eq!(waiting[0].until, Some(Date::constant(2026, 6, 15)));
        assert_eq!(waiting[0].things, ["Bulbes de tulipes"]);
        assert_eq!(waiting[0].merchant.as_ref().unwrap().name, "Botaneo");
        assert!(to_collect(&vault, Date::constant(2026, 8, 1)).unwrap().is_empty());
    });
}

#[test]
fn actors_and_their_mails_are_counted_alike_everywhere() {
    on_both(|world| {
        let vault = vault_of(&world);
        let all = actors(&vault, &ActorsAsked::default(), TODAY).unwrap();
        assert_eq!((all.all, all.actors.total), (3, 3));
        let first = &all.actors.rows[0];
        assert_eq!((first.actor.name.as_str(), first.counts.total()), ("Electro Vauban", 3));
        assert_eq!(first.spent, [euros(44900)]);
        assert_eq!(first.trend[10..], [3, 0]);
        let named = ActorsAsked { named: Some("BOTANÉ".into()), ..ActorsAsked::default() };
        let found = actors(&vault, &named, TODAY).unwrap();
        assert_eq!(found.actors.rows.len(), 1);
        let botaneo = found.actors.rows[0].actor.id;
        let card = actor(&vault, botaneo, TODAY).unwrap().unwrap();
        let counts: Vec<(Category, i64)> =
            card.categories.iter().map(|c| (c.category, c.count)).collect();
        assert_eq!(counts, [(Category::Transaction, 1), (Category::Newsletter, 1)]);
        assert_eq!(card.offers[0].offer.code.as_deref(), Some("DAHLIA15"));
        assert!(card.domains.iter().any(|d| d.domain == "botaneo.example"));
        let asked = MessagesAsked { actor: Some(botaneo), ..MessagesAsked::default() };
        let mails = messages(&vault, &asked).unwrap().mails;
        assert_eq!((mails.total, mails.rows.len()), (2, 2));
        assert!(mails.rows[0].mail.at > mails.rows[1].mail.at, "newest first");
        let letters =
            MessagesAsked { category: Some(Category::Newsletter), ..MessagesAsked::default() };
        assert_eq!(messages(&vault, &letters).unwrap().mails.total, 1);
        let id = mails.rows[1].mail.id;
        let card = message(&vault, id).unwrap().unwrap();
        assert_eq!(card.mail.subject, "Votre commande BTN90441");
        assert!(card.headers.iter().any(|h| h.name == "From" && h.value.contains("Botaneo")));
        assert!(card.purchase.is_some() && !card.facts.is_empty());
        assert_eq!(offers(&vault, &OffersAsked::default(), TODAY).unwrap().total, 1);
    });
}

#[test]
fn an_empty_vault_has_empty_pages() {
    on_both(|world| {
        let vault = world.vault("lea");
        let home = home(&vault, TODAY, 0).unwrap();
        assert_eq!((home.mails, home.sentence.since), (0, None));
        assert!(home.mail_months.is_empty() && home.due.is_empty());
        assert_eq!(purchases(&vault, &PurchasesAsked::default(), TODAY).unwrap().things.total, 0);
        assert_eq!(actors(&vault, &ActorsAsked::default(), TODAY).unwrap().all, 0);
        assert!(actor(&vault, mesinfos_domain::ActorId(1), TODAY).unwrap().is_none());
        assert!(order(&vault, mesinfos_domain::OrderId(1), TODAY).unwrap().is_none());
        assert!(message(&vault, mesinfos_domain::MessageId(1)).unwrap().is_none());
    });
}

#[test]
fn things_and_orders_are_found_by_the_words_and_filters_of_mails() {
    on_both(|world| {
        let vault = vault_of(&world);
        for (asked, things, orders) in [
            ("LAVÉ-linge", &["Lave-linge Ondine 8 kg"][..], &[][..]),
            ("acteur:botaneo tulipe", &["Bulbes de tulipes"], &[]),
            ("tulipes montant:>100", &[], &[]),
            ("lave-linge avant:2026-05-01", &[], &[]),
            ("lave-linge -ondine", &[], &[]),
            ("ev-402118", &[], &["EV402118"]),
            ("montant:>100", &[], &["EV402118"]),
            ("contient:commande après:2026-06", &[], &["BTN90441"]),
            ("lave-linge fichier:facture", &[], &[]),
            ("100%_", &[], &[]),
        ] {
            let found = found(&vault, &Query::parse(asked), 5, TODAY).unwrap();
            let named: Vec<&str> = found.things.iter().map(|t| t.name.as_str()).collect();
            assert_eq!(named, things, "{asked}");
            let numbers: Vec<&str> =
                found.orders.iter().filter_map(|o| o.number.as_deref()).collect();
            assert_eq!(numbers, orders, "{asked}");
        }
        let hit = vault
            .search(&Ask { text: "relais", limit: 1, after: None, by_relevance: false })
            .unwrap()
            .mails
            .remove(0);
        let pieces = vault.snippets(&[hit.id], &Query::parse("relais")).unwrap().concat();
        assert!(pieces.iter().any(|p| p.is_hit && p.text == "relais"), "{pieces:?}");
        let addresses = own_addresses(&vault).unwrap();
        assert_eq!(addresses[0].address, "lea@exemple.fr");
        assert_eq!(addresses[0].said, None);
    });
}

#[test]
fn a_booking_of_the_markup_is_due_on_its_day_unless_it_was_cancelled() {
    let train = |n, number: &str, day: &str, status: &str| {
        let body = format!(
            "<script type=\"application/ld+json\">{{\"@context\":\"http://schema.org\",\
             \"@type\":\"TrainReservation\",\"reservationNumber\":\"{number}\",\
             \"reservationStatus\":\"http://schema.org/{status}\",\"reservationFor\":{{\
             \"@type\":\"TrainTrip\",\"departureStation\":{{\"@type\":\"TrainStation\",\
             \"name\":\"Nantes\"}},\"arrivalStation\":{{\"@type\":\"TrainStation\",\"name\":\
             \"Quimper\"}},\"departureTime\":\"{day}T08:12:00+02:00\"}}}}</script>\
             <p>Votre voyage est réservé.</p>"
        );
        let from = "Rails du Bocage <voyages@rails-bocage.example>";
        mail(n, &format!("Mon, {n} Jun 2026 09:00:00"), from, "Votre voyage", &body)
    };
    let mails = [
        train(1, "KDX42", "2026-06-20", "ReservationConfirmed"),
        train(2, "KDX42", "2026-06-20", "ReservationConfirmed"),
        train(3, "LMP77", "2026-06-25", "ReservationConfirmed"),
        train(4, "LMP77", "2026-06-25", "ReservationCancelled"),
        train(5, "OLD11", "2026-06-02", "ReservationConfirmed"),
    ];
    on_both(|world| {
        let vault = world.vault("lea");
        let path = file(world.folder.path(), "lea.mbox", &mails.concat());
        import(&vault, &path);
        let rows: Vec<(DueWhat, Date, String)> = due(&vault, TODAY, 30)
            .unwrap()
            .into_iter()
            .map(|row| (row.what, row.day, row.about))
            .collect();
        let day = Date::constant(2026, 6, 20);
        assert_eq!(rows, [(DueWhat::Booking, day, "Nantes → Quimper".to_owned())]);
    });
}

#[test]
fn every_page_of_a_list_of_mails_goes_on_where_the_one_before_ends() {
    let shop = |n: u32, date: &str| mail(n, date, BOTANEO, "Vos bulbes", "<p>Bonjour</p>");
    let other = |n: u32, date: &str| mail(n, date, VAUBAN, "Votre atelier", "<p>Bonjour</p>");
    // Five of the last minute of May (UTC): the numbers of four of them are those of June.
    let mut mails: Vec<String> = (1..=5).map(|n| shop(n, "Mon, 1 Jun 2026 01:59:00")).collect();
    mails.extend((6..=8).map(|n| other(n, "Mon, 1 Jun 2026 02:01:00")));
    mails.extend((9..=11).map(|n| shop(n, &format!("Tue, {n} Mar 2026 10:00:00"))));
    mails.push(other(12, "Thu, 1 Jan 2026 10:00:00"));
    mails.push(shop(13, "Fri, 2 Feb 1968 10:00:00"));
    on_both(|world| {
        let vault = world.vault("lea");
        import(&vault, &file(world.folder.path(), "lea.mbox", &mails.concat()));
        let page = |asked: &MessagesAsked, number, size| {
            let asked = MessagesAsked { page: PageAsked { number, size }, ..asked.clone() };
            let mails = messages(&vault, &asked).unwrap().mails;
            (mails.total, mails.rows.iter().map(|m| m.mail.id).collect::<Vec<_>>())
        };
        let all = MessagesAsked::default();
        let (total, listed) = page(&all, 0, 500);
        assert_eq!((total, listed.len()), (13, 13));
        assert!(listed.is_sorted_by(|a, b| a > b), "newest first");
        let rows = messages(&vault, &all).unwrap().mails.rows;
        let actor =
            |name: &str| rows.iter().filter_map(|m| m.mail.actor.clone()).find(|a| a.name == name);
        let mut lists = vec![all.clone()];
        for who in ["Botaneo", "Electro Vauban"] {
            let actor = Some(actor(who).unwrap().id);
            lists.push(MessagesAsked { actor, ..all.clone() });
        }
        let drawers = Category::ALL.map(|c| MessagesAsked { category: Some(c), ..all.clone() });
        lists.extend(drawers);
        for asked in &lists {
            let (total, whole) = page(asked, 0, 500);
            assert_eq!(total, whole.len() as i64, "{asked:?}");
            for size in 1..=4 {
                let pages = (0..=total / size).flat_map(|number| page(asked, number, size).1);
                assert_eq!(pages.collect::<Vec<_>>(), whole, "{size} a page, {asked:?}");
            }
        }
    });
}

#[test]
fn every_page_of_the_orders_goes_on_where_the_one_before_ends() {
    on_both(|world| {
        let vault = vault_of(&world);
        let list = |asked: OrdersAsked, number, size| -> Vec<i64> {
            let asked = OrdersAsked { page: PageAsked { number, size }, ..asked };
            orders(&vault, &asked).unwrap().orders.rows.iter().map(|o| o.id.0).collect()
        };
        let all = list(OrdersAsked::default(), 0, 10);
        assert_eq!(all.len(), 2);
        for nature in [None, Some(Nature::Order)] {
            let asked = OrdersAsked { nature, ..OrdersAsked::default() };
            assert_eq!(list(asked.clone(), 0, 10), all);
            assert_eq!([list(asked.clone(), 0, 1), list(asked, 1, 1)].concat(), all);
        }
        let far = PageAsked { number: 500, size: 1 };
        let beyond = OrdersAsked { page: far, ..OrdersAsked::default() };
        assert!(orders(&vault, &beyond).unwrap().orders.rows.is_empty());
    });
}
