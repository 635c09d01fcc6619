//! Orders and what follows: confirmation, dispatch, delivery, refund, review.

use crate::actors::{CARRIER, PAYMENT, SHOPS, Shop};
use crate::diary::{Diary, Sender, long_date, picture, price};
use crate::letter::{Block, Good};
use crate::mime::{File, hash};
use crate::styles::Style;

/// The words of one language around an order.
struct Words {
    confirmed: &'static str,
    thanks: &'static str,
    number: &'static str,
    date: &'static str,
    subtotal: &'static str,
    shipping: &'static str,
    free: &'static str,
    discount: &'static str,
    total: &'static str,
    sent: &'static str,
    sent_say: &'static str,
    tracking: &'static str,
    delivered: &'static str,
    delivered_say: &'static str,
    refund: &'static str,
    refund_say: &'static str,
    refunded: &'static str,
}

const FR: Words = Words {
    confirmed: "Commande {n} : c’est noté",
    thanks: "Nous préparons votre commande et vous écrirons à son départ.",
    number: "Commande n°",
    date: "Passée le",
    subtotal: "Sous-total",
    shipping: "Livraison",
    free: "Offerte",
    discount: "Remise",
    total: "Total TTC",
    sent: "Votre commande {n} est partie",
    sent_say: "Le colis a quitté notre entrepôt ce matin.",
    tracking: "Numéro de suivi",
    delivered: "Commande {n} livrée",
    delivered_say: "Votre colis a été remis aujourd’hui. Bonne découverte.",
    refund: "Remboursement sur la commande {n}",
    refund_say: "Nous avons reçu votre retour et procédé au remboursement sur votre carte.",
    refunded: "Montant remboursé",
};
const EN: Words = Words {
    confirmed: "Order {n} received",
    thanks: "We are packing your parcel and will write when it leaves.",
    number: "Order number",
    date: "Placed on",
    subtotal: "Subtotal",
    shipping: "Delivery",
    free: "Free",
    discount: "Discount",
    total: "Total",
    sent: "Order {n} is on its way",
    sent_say: "Your parcel left our workshop today.",
    tracking: "Tracking number",
    delivered: "Order {n} was delivered",
    delivered_say: "Your parcel was handed over today.",
    refund: "Refund for order {n}",
    refund_say: "Your return has arrived and the refund was made to your card.",
    refunded: "Refunded amount",
};
const DE: Words = Words {
    confirmed: "Bestellung {n} ist eingegangen",
    thanks: "Wir packen Ihre Bestellung und melden uns beim Versand.",
    number: "Bestellnummer",
    date: "Bestelldatum",
    subtotal: "Zwischensumme",
    shipping: "Versandkosten",
    free: "kostenlos",
    discount: "Rabatt",
    total: "Gesamtsumme",
    sent: "Bestellung {n} wurde versandt",
    sent_say: "Ihr Paket hat unser Lager verlassen.",
    tracking: "Sendungsnummer",
    delivered: "Bestellung {n} wurde zugestellt",
    delivered_say: "Ihr Paket wurde heute übergeben.",
    refund: "Erstattung zur Bestellung {n}",
    refund_say: "Ihre Rücksendung ist da, der Betrag wurde erstattet.",
    refunded: "Erstatteter Betrag",
};

/// Every shop's orders over the three years.
pub fn write(diary: &mut Diary) {
    for shop in SHOPS {
        for i in 0..shop.orders {
            let span = 1060 / shop.orders;
            let ago = 1075 - i * span - diary.dice.between(0, span / 2);
            one(diary, shop, ago);
        }
    }
    // What is due now: a parcel that waits, an order delivered last week.
    one(diary, &SHOPS[5], 14);
    waiting(diary);
}

fn words(shop: &Shop) -> &'static Words {
    match shop.labels.hello {
        "Hello" => &EN,
        "Guten Tag" => &DE,
        _ => &FR,
    }
}

fn sender<'a>(shop: &'a Shop, address: &'a str) -> Sender<'a> {
    Sender {
        name: shop.name,
        address,
        brand: shop.name,
        site: shop.domain,
        style: shop.style,
        hue: shop.hue,
        labels: shop.labels,
        foot: vec![shop.foot.into(), format!("{}||https://www.{}/", shop.domain, shop.domain)],
        service: "",
        bulk: false,
    }
}

fn one(diary: &mut Diary, shop: &Shop, ago: i64) {
    let w = words(shop);
    let l = shop.labels;
    let money = |cents: i64| price(cents, shop.currency, l);
    let count = if shop.orders > 10 { diary.dice.between(3, 7) } else { diary.dice.between(1, 3) };
    let mut goods = Vec::new();
    let mut subtotal = 0;
    let mut files = Vec::new();
    let from = diary.dice.between(0, shop.goods.len() as i64 - 1) as usize;
    for k in 0..(count as usize).min(shop.goods.len()) {
        let (name, variant, cents) = shop.goods[(from + k) % shop.goods.len()];
        let quantity = if diary.dice.chance(25) { diary.dice.between(2, 3) } else { 1 };
        subtotal += cents * quantity;
        let h = hash(name);
        let picture_id = format!("article-{:x}@{}", h & 0xffff, shop.domain);
        let shows_picture = shop.style == Style::Cards;
        if shows_picture {
            files.push(File {
                name: format!("{:x}.png", h & 0xffff),
                media_type: "image/png",
                bytes: picture((h % 360) as u32),
                content_id: Some(picture_id.clone()),
            });
        }
        goods.push(Good {
            name: name.into(),
            variant: variant.into(),
            sku: if shop.style == Style::Cards {
                String::new()
            } else {
                format!(
                    "{}-{:04}",
                    shop.name.chars().filter(char::is_ascii_uppercase).take(2).collect::<String>(),
                    h % 10_000
                )
            },
            gtin: if shop.style == Style::Blocks { gtin(h) } else { String::new() },
            quantity: quantity.to_string(),
            unit: money(cents),
            total: money(cents * quantity),
            seller: if shop.name == "Marché Delta" {
                (*diary.dice.pick(&[
                    "Brocante Lila",
                    "Ondine Audio (professionnel)",
                    "Yannick B. (particulier)",
                    "Comptoir Malin",
                ]))
                .into()
            } else {
                String::new()
            },
            picture: if shows_picture { format!("cid:{picture_id}") } else { String::new() },
        });
    }
    let shipping = if subtotal >= shop.free_from { 0 } else { 490 };
    let discount = if diary.dice.chance(18) { subtotal / 10 } else { 0 };
    let total = subtotal + shipping - discount;
    let mut sums = vec![(w.subtotal.to_owned(), money(subtotal))];
    if discount > 0 {
        sums.push((w.discount.into(), money(-discount)));
    }
    sums.push((w.shipping.into(), if shipping == 0 { w.free.into() } else { money(shipping) }));
    sums.push((w.total.into(), money(total)));
    let number = number(diary, shop);
    let address = format!("{}@{}", shop.local, shop.domain);
    let from = sender(shop, &address);
    let title = |pattern: &str| pattern.replace("{n}", &number);
    let about =
        vec![(w.number.to_owned(), number.clone()), (w.date.into(), long_date(diary.day(ago), l))];
    let hello = Block::Say(format!("{} Camille,", l.hello));
    let mail = diary.write(
        ago,
        9,
        &from,
        &title(w.confirmed),
        &[
            hello,
            Block::Say(w.thanks.into()),
            Block::Facts(about),
            Block::Goods(goods, sums),
            Block::Button(
                shop.name.into(),
                format!("https://www.{}/compte/commandes/{number}", shop.domain),
            ),
        ],
    );
    for file in files {
        diary.attach(mail, file);
    }
    if diary.dice.chance(15) {
        diary.attach(
            mail,
            File {
                name: format!("facture-{number}.pdf"),
                media_type: "application/pdf",
                bytes: crate::diary::pdf(&[
                    format!("Facture {number}"),
                    format!("Total {total} centimes"),
                ]),
                content_id: None,
            },
        );
    }
    if ago < 3 {
        return;
    }
    let parcel = tracking(diary);
    let track = vec![(w.number.to_owned(), number.clone()), (w.tracking.into(), parcel.clone())];
    diary.write(
        ago - 1,
        11,
        &from,
        &title(w.sent),
        &[
            Block::Say(w.sent_say.into()),
            Block::Facts(track),
            Block::Button(w.tracking.into(), format!("https://suivi.{}/{parcel}", CARRIER.site)),
        ],
    );
    if diary.dice.chance(40) {
        let grivel = Sender::body(&CARRIER, Style::Blocks, 30);
        diary.write(
            ago - 2,
            7,
            &grivel,
            &format!("Votre colis {} arrive aujourd’hui", shop.name),
            &[
                Block::Say(format!(
                    "Le colis expédié par {} sera remis aujourd’hui entre 9 h et 13 h.",
                    shop.name
                )),
                Block::Facts(vec![("Colis".into(), parcel.clone())]),
            ],
        );
    }
    diary.write(
        ago - 2,
        16,
        &from,
        &title(w.delivered),
        &[
            Block::Say(w.delivered_say.into()),
            Block::Facts(vec![(w.number.to_owned(), number.clone())]),
        ],
    );
    if diary.dice.chance(12) && ago > 20 {
        let cents = subtotal / count.max(1);
        diary.write(
            ago - 16,
            10,
            &from,
            &title(w.refund),
            &[
                Block::Say(w.refund_say.into()),
                Block::Facts(vec![
                    (w.number.to_owned(), number.clone()),
                    (w.refunded.into(), money(cents)),
                ]),
            ],
        );
    }
    if shop.name == "Marché Delta" && diary.dice.chance(50) {
        let pay = Sender::body(&PAYMENT, Style::Notes, 220);
        diary.write(
            ago,
            9,
            &pay,
            &format!("Reçu de votre paiement à {}", shop.name),
            &[
                Block::Say(format!("Vous avez payé {} à {}.", money(total), shop.name)),
                Block::Facts(vec![
                    ("Commerçant".into(), shop.name.into()),
                    ("Montant".into(), money(total)),
                ]),
            ],
        );
    }
    if shop.labels.hello == "Bonjour" && diary.dice.chance(45) && ago > 12 {
        diary.write(ago - 11, 18, &from.bulk(), &format!("Votre avis sur la commande {number}"), &[Block::Say("Deux minutes pour dire ce que vous en pensez : les autres clients vous liront.".into()), Block::Button("Donner mon avis".into(), format!("https://www.{}/avis/{number}", shop.domain))]);
    }
}

/// A parcel that waits at a relay point, this week.
fn waiting(diary: &mut Diary) {
    let grivel = Sender::body(&CARRIER, Style::Ledger, 30);
    let until = long_date(diary.day(-4), crate::letter::Labels::french());
    let parcel = tracking(diary);
    diary.write(
        1,
        8,
        &grivel,
        "Votre colis Marché Delta vous attend au relais",
        &[
            Block::Say("Il est arrivé ce matin au point relais que vous avez choisi.".into()),
            Block::Facts(vec![
                (
                    "Point relais".into(),
                    "Relais Amarante, 12 quai des Tanneurs, 44000 Nantes".into(),
                ),
                ("Colis".into(), parcel),
                ("À retirer avant le".into(), until),
            ]),
            Block::Say("Code de retrait :".into()),
            Block::Code("4718 C".into()),
        ],
    );
}

/// Each shop numbers its orders in its own way.
fn number(diary: &mut Diary, shop: &Shop) -> String {
    let n = diary.dice.between(10_000, 99_999);
    match hash(shop.name) % 5 {
        0 => format!("{n}"),
        1 => format!("{}-{n}", diary.until.year()),
        2 => format!("C{n}7"),
        3 => (0..9).map(|_| (b'A' + diary.dice.between(0, 25) as u8) as char).collect(),
        _ => format!("{}-{}-{}", diary.dice.between(100, 999), n, diary.dice.between(1000, 9999)),
    }
}

fn tracking(diary: &mut Diary) -> String {
    // UPU S10: two letters, eight digits, a check digit, the country.
    let serial: Vec<i64> = (0..8).map(|_| diary.dice.between(0, 9)).collect();
    let sum: i64 = serial.iter().zip([8, 6, 4, 2, 3, 5, 9, 7]).map(|(d, w)| d * w).sum();
    let check = match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        n => n,
    };
    let digits: String = serial.iter().map(|d| char::from(b'0' + *d as u8)).collect();
    format!("GR{digits}{check}FR")
}

/// An EAN-13 with its check digit (GS1 General Specifications, 7.9).
fn gtin(seed: u64) -> String {
    let body: Vec<u64> =
        std::iter::once(3).chain((0..11).map(|i| (seed >> (i * 4)) % 10)).collect();
    let sum: u64 = body.iter().enumerate().map(|(i, d)| d * if i % 2 == 0 { 1 } else { 3 }).sum();
    let mut digits: String = body.iter().map(|d| char::from(b'0' + *d as u8)).collect();
    digits.push(char::from(b'0' + ((10 - sum % 10) % 10) as u8));
    digits
}
