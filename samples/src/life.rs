//! What a household is written by administrations, insurers, bank, school and services.

use crate::actors::*;
use crate::diary::{Diary, Sender, long_date, month, price};
use crate::letter::{Block, Labels};
use crate::mime::File;
use crate::styles::Style;

/// Three years of it.
pub fn write(diary: &mut Diary) {
    bills(diary);
    public_bodies(diary);
    money(diary);
    leisure(diary);
    travel(diary);
    health_and_school(diary);
    accounts(diary);
    social_and_jobs(diary);
    mailings(diary);
}

fn fr() -> &'static Labels {
    Labels::french()
}

fn say(text: impl Into<String>) -> Block {
    Block::Say(text.into())
}

fn facts(pairs: &[(&str, String)]) -> Block {
    Block::Facts(pairs.iter().map(|(l, v)| ((*l).to_owned(), v.clone())).collect())
}

fn euros(cents: i64) -> String {
    price(cents, "€", fr())
}

fn bills(diary: &mut Diary) {
    for i in 0..36 {
        let ago = 1080 - i * 30;
        let telecom = Sender::body(&TELECOM, Style::Blocks, 270);
        let number =
            format!("F{}{:02}-{}", 24 + i / 12, i % 12 + 1, diary.dice.between(100_000, 999_999));
        let due = long_date(diary.day(ago - 12), fr());
        let mail = diary.write(
            ago,
            6,
            &telecom,
            &format!("Votre facture de {}", month(diary.day(ago))),
            &[
                say("Bonjour Camille,"),
                say("Votre facture mobile est prête. Le prélèvement aura lieu à la date indiquée."),
                facts(&[
                    ("Facture n°", number.clone()),
                    ("Montant TTC", euros(1999)),
                    ("Prélèvement le", due),
                ]),
                Block::Button(
                    "Voir la facture".into(),
                    "https://www.filaire.example/espace/factures".into(),
                ),
            ],
        );
        if i % 4 == 0 {
            let bytes = crate::diary::pdf(&[
                format!("Filaire Mobile, facture {number}"),
                "Total TTC 19,99 EUR".into(),
            ]);
            diary.attach(
                mail,
                File {
                    name: format!("{number}.pdf"),
                    media_type: "application/pdf",
                    bytes,
                    content_id: None,
                },
            );
        }
        if i % 2 == 0 {
            let energy = Sender::body(&ENERGY, Style::Ledger, 55);
            let cents = diary.dice.between(6200, 14800);
            let date = long_date(diary.day(ago - 10), fr());
            diary.write(ago - 3, 7, &energy, "Votre facture d’électricité est disponible", &[
                say("Bonjour Madame Vasseur,"),
                facts(&[("Contrat", "LU 4471 902".into()), ("Montant de la facture", euros(cents)), ("Date de prélèvement", date)]),
                say("Votre consommation est comparable à celle de l’an dernier à la même saison."),
            ]);
        }
    }
    let telecom = Sender::body(&TELECOM, Style::Blocks, 270);
    diary.write(33, 9, &telecom, "Le prix de votre forfait change", &[
        say("Votre forfait passera de 19,99 € à 21,99 € par mois à compter de votre prochaine facture de janvier. Vous pouvez résilier sans frais jusqu’à quatre mois après cette date."),
    ]);
}

fn public_bodies(diary: &mut Diary) {
    for (ago, subject, text) in [
        (
            1010,
            "Votre avis d’impôt sur les revenus est disponible",
            "Un nouveau document a été déposé dans votre espace particulier : votre avis d’impôt. Connectez-vous à votre espace en saisissant vous-même l’adresse du site.",
        ),
        (
            640,
            "Votre avis d’impôt sur les revenus est disponible",
            "Votre avis d’impôt sur les revenus a été mis à disposition dans la rubrique Documents de votre espace particulier.",
        ),
        (
            275,
            "Votre avis d’impôt sur les revenus est disponible",
            "Votre avis d’impôt sur les revenus a été mis à disposition dans la rubrique Documents de votre espace particulier.",
        ),
        (
            200,
            "Accusé de réception de votre déclaration",
            "Votre déclaration de revenus a bien été enregistrée. Conservez ce message : il vaut accusé de réception.",
        ),
        (
            48,
            "Votre avis de taxe foncière vous attend",
            "Votre avis de taxe foncière est consultable en ligne dans votre espace particulier. La date limite de paiement figure sur l’avis.",
        ),
    ] {
        diary.write(
            ago,
            5,
            &Sender::body(&TAX, Style::Notes, 220),
            subject,
            &[
                say("Bonjour,"),
                say(text),
                say("Ce courriel est automatique, merci de ne pas y répondre."),
            ],
        );
    }
    for i in 0..12 {
        let ago = 1050 - i * 88;
        let label = month(diary.day(ago));
        diary.write(ago, 8, &Sender::body(&AMELI, Style::Blocks, 200), "Un nouveau relevé de remboursements", &[say("Bonjour Camille Vasseur,"), say(format!("Votre relevé de remboursements de {label} est disponible dans votre compte.")), say("L’Assurance Maladie ne vous demande jamais vos coordonnées bancaires par courriel.")]);
        diary.write(ago - 20, 8, &Sender::body(&CAF, Style::Notes, 210), "Votre attestation de paiement", &[say(format!("Votre attestation de paiement de {label} est prête. Vous la trouverez dans Mon compte.")), say("La Caf de Loire-Atlantique")]);
    }
}

fn money(diary: &mut Diary) {
    for i in 0..36 {
        let ago = 1085 - i * 30;
        let label = month(diary.day(ago));
        diary.write(ago, 6, &Sender::body(&BANK, Style::Ledger, 160), &format!("Votre relevé de compte de {label}"), &[say("Bonjour,"), say(format!("Votre relevé de compte de {label} vient d’être déposé dans votre espace. Il y reste dix ans."))]);
        if diary.dice.chance(20) {
            let cents = diary.dice.between(12_000, 60_000);
            diary.write(ago - 4, 14, &Sender::body(&BANK, Style::Ledger, 160), "Alerte : solde sous le seuil choisi", &[say(format!("Le solde de votre compte courant est passé sous le seuil de {} que vous avez fixé.", euros(cents)))]);
        }
    }
    for ago in [1000, 820, 610, 455, 250, 90, 21] {
        let label = month(diary.day(ago));
        diary.write(ago, 10, &Sender::body(&MUTUAL, Style::Cards, 130), "Un document vous attend", &[say("Bonjour Camille,"), say(format!("Votre décompte de prestations de {label} est à votre disposition dans votre espace adhérent."))]);
    }
    for ago in [1040, 675, 310] {
        let number = format!("HAB-{}", diary.dice.between(100_000, 999_999));
        diary.write(ago, 9, &Sender::body(&INSURER, Style::Ledger, 10), "Avis d’échéance de votre assurance habitation", &[say("Votre contrat se renouvelle dans deux mois. Vous pouvez y mettre fin à tout moment après un an."), facts(&[("Contrat n°", number), ("Cotisation annuelle TTC", euros(21_840))])]);
    }
}

fn leisure(diary: &mut Diary) {
    for i in 0..14 {
        let ago = 420 - i * 30;
        let number = format!("CP-{}", diary.dice.between(10_000, 99_999));
        diary.write(
            ago,
            4,
            &Sender::body(&CINEMA, Style::Cards, 300),
            "Reçu de votre abonnement",
            &[
                say("Merci d’être des nôtres. Voici le reçu du mois."),
                facts(&[
                    ("Reçu n°", number),
                    ("Abonnement Duo, un mois", euros(1199)),
                    ("Total payé", euros(1199)),
                ]),
            ],
        );
    }
    diary.write(
        9,
        11,
        &Sender::body(&CINEMA, Style::Cards, 300).bulk(),
        "Trois films à voir ce week-end",
        &[
            Block::Title("Trois films à voir ce week-end".into()),
            say("Un phare, un procès, un bal : notre choix de la semaine."),
            Block::List(vec!["Le Gardien".into(), "Douze minutes".into(), "Bal de nuit".into()]),
        ],
    );
    for (ago, play) in
        [(700, "Les Marées"), (380, "Antigone sur le quai"), (75, "Le Bal des absents")]
    {
        let number = format!("TBO{}", diary.dice.between(100_000, 999_999));
        let date = long_date(diary.day(ago - 25), fr());
        diary.write(
            ago,
            13,
            &Sender::body(&THEATRE, Style::Ledger, 350),
            &format!("Vos billets : {play}"),
            &[
                say("Votre réservation est confirmée. Présentez ce message à l’entrée."),
                facts(&[
                    ("Réservation", number),
                    ("Spectacle", play.into()),
                    ("Date", format!("{date} à 20 h 30")),
                    ("Places", "2".into()),
                    ("Total", euros(5600)),
                ]),
            ],
        );
    }
}

fn travel(diary: &mut Diary) {
    for (ago, from, to, cents) in [
        (940, "Nantes", "Paris", 4900),
        (930, "Paris", "Nantes", 5200),
        (540, "Nantes", "Quimper", 3100),
        (185, "Nantes", "Lyon", 7800),
        (30, "Nantes", "Bordeaux", 4400),
    ] {
        let code: String =
            (0..6).map(|_| (b'A' + diary.dice.between(0, 25) as u8) as char).collect();
        let day = diary.day(ago - 18);
        let seat = format!("{} / {}", diary.dice.between(1, 18), diary.dice.between(11, 98));
        let mail = diary.write(
            ago,
            12,
            &Sender::body(&TRAIN, Style::Blocks, 185),
            &format!("Votre voyage {from} – {to} est réservé"),
            &[
                say("Bonjour Camille, votre billet est confirmé."),
                facts(&[
                    ("Référence", code.clone()),
                    ("Départ", format!("{from}, {} à 08 h 12", long_date(day, fr()))),
                    ("Arrivée", format!("{to} à 11 h 40")),
                    ("Voiture et place", seat),
                    ("Prix total", euros(cents)),
                ]),
            ],
        );
        let markup = format!(
            "<script type=\"application/ld+json\">{{\"@context\":\"http://schema.org\",\"@type\":\"TrainReservation\",\"reservationNumber\":\"{code}\",\"reservationStatus\":\"http://schema.org/ReservationConfirmed\",\"underName\":{{\"@type\":\"Person\",\"name\":\"Camille Vasseur\"}},\"reservationFor\":{{\"@type\":\"TrainTrip\",\"departureStation\":{{\"@type\":\"TrainStation\",\"name\":\"{from}\"}},\"arrivalStation\":{{\"@type\":\"TrainStation\",\"name\":\"{to}\"}},\"departureTime\":\"{day}T08:12:00+02:00\",\"arrivalTime\":\"{day}T11:40:00+02:00\"}},\"totalPrice\":{},\"priceCurrency\":\"EUR\"}}</script></body>",
            cents as f64 / 100.0
        );
        let draft = &mut diary.mails[mail];
        draft.html = draft.html.replace("</body>", &markup);
    }
    for (ago, nights, cents) in [(545, 3, 28_500), (120, 2, 19_800)] {
        let number = diary.dice.between(1_000_000, 9_999_999).to_string();
        let (arrive, leave) =
            (long_date(diary.day(ago - 21), fr()), long_date(diary.day(ago - 21 - nights), fr()));
        diary.write(
            ago,
            15,
            &Sender::body(&HOTEL, Style::Notes, 195),
            "Confirmation de votre séjour",
            &[
                say("Nous serons heureux de vous accueillir."),
                facts(&[
                    ("Réservation n°", number),
                    ("Arrivée", arrive),
                    ("Départ", leave),
                    ("Chambre", "Double, vue sur mer".into()),
                    ("Montant total du séjour", euros(cents)),
                ]),
            ],
        );
    }
}

fn health_and_school(diary: &mut Diary) {
    for ago in [880, 700, 515, 340, 150, 16] {
        let date = long_date(diary.day(ago - 7), fr());
        let from =
            Sender { service: "agenda-sante.example", ..Sender::body(&HEALTH, Style::Blocks, 175) };
        diary.write(ago, 9, &from, "Rappel de votre rendez-vous", &[say(format!("Vous avez rendez-vous {date} à 10 h 20 au Cabinet dentaire Saint-Clair, 3 place Saint-Clair à Nantes.")), say("En cas d’empêchement, prévenez le cabinet vingt-quatre heures à l’avance.")]);
    }
    for (i, (subject, text)) in [("Sortie au jardin des plantes", "La classe de Léo ira au jardin des plantes jeudi. Prévoir un pique-nique et des bottes."), ("Réunion de rentrée", "La réunion de rentrée aura lieu mardi à 18 h dans la salle de motricité."), ("Photo de classe", "Le photographe passe lundi matin. Les bons de commande seront dans les cartables."), ("Grève et service d’accueil", "Un service d’accueil est organisé vendredi. Répondez avant mercredi si votre enfant sera présent.")].into_iter().enumerate() {
        for year in 0..3 {
            diary.write(1060 - year * 360 - i as i64 * 61, 17, &Sender::body(&SCHOOL, Style::Typed, 0), subject, &[say("Bonjour,"), say(text), say("L’équipe de l’école du Petit-Port")]);
        }
    }
}

fn accounts(diary: &mut Diary) {
    for (i, shop) in SHOPS.iter().enumerate().filter(|(_, s)| s.labels.hello == "Bonjour") {
        let address = format!("compte@{}", shop.domain);
        let from = Sender {
            name: shop.name,
            address: &address,
            brand: shop.name,
            site: shop.domain,
            style: shop.style,
            hue: shop.hue,
            labels: fr(),
            foot: vec![shop.foot.into()],
            service: "",
            bulk: false,
        };
        diary.write(1090 - i as i64, 10, &from, "Bienvenue, votre compte est ouvert", &[say("Votre compte client est créé. Votre identifiant est l’adresse à laquelle vous lisez ce message."), Block::Button("Mon compte".into(), format!("https://www.{}/compte", shop.domain))]);
        if i % 2 == 0 {
            diary.write(400 - i as i64 * 13, 22, &from, "Réinitialisation de votre mot de passe", &[say("Vous avez demandé à changer de mot de passe. Le lien est valable une heure. Si ce n’est pas vous, ignorez ce message."), Block::Button("Choisir un nouveau mot de passe".into(), format!("https://www.{}/compte/mot-de-passe", shop.domain))]);
        }
        if i % 3 == 0 {
            diary.write(210 - i as i64 * 7, 7, &from, "Nouvelle connexion à votre compte", &[say("Une connexion depuis un nouvel appareil a été relevée. Si c’était vous, il n’y a rien à faire."), facts(&[("Appareil", "Téléphone".into()), ("Ville", "Nantes".into())])]);
        }
    }
}

fn social_and_jobs(diary: &mut Diary) {
    for i in 0..30 {
        let ago = 1070 - i * 36;
        diary.write(
            ago,
            19,
            &Sender::body(&SOCIAL, Style::Cards, 80).bulk(),
            diary_pick(
                i,
                &[
                    "Deux voisins ont répondu à votre annonce",
                    "Inès C. vous a écrit",
                    "Cette semaine dans votre quartier",
                ],
            ),
            &[
                say("Il se passe quelque chose près de chez vous."),
                Block::Button("Voir".into(), "https://www.voisinages.example/fil".into()),
            ],
        );
        if i < 10 {
            diary.write(
                330 - i * 30,
                6,
                &Sender::body(&JOBS, Style::Ledger, 205).bulk(),
                "4 nouvelles offres pour « paysagiste »",
                &[
                    say("Voici les offres parues depuis hier et qui répondent à votre alerte."),
                    Block::List(vec![
                        "Paysagiste concepteur, Nantes".into(),
                        "Chef d’équipe espaces verts, Rezé".into(),
                        "Jardinier botaniste, Angers".into(),
                    ]),
                ],
            );
        }
    }
}

fn diary_pick<'a>(i: i64, all: &[&'a str]) -> &'a str {
    all[i as usize % all.len()]
}

/// Newsletters, promotions and codes.
fn mailings(diary: &mut Diary) {
    let themes = [
        "La sélection de la semaine",
        "Les idées du mois",
        "Fin de série : jusqu’à -40 %",
        "Nouveautés : elles arrivent",
        "Ce que nos clients préfèrent",
        "Pour les beaux jours",
        "Derniers jours de soldes",
    ];
    for shop in SHOPS.iter().filter(|s| s.letters > 0 && s.labels.hello == "Bonjour") {
        let address = if shop.service.is_empty() {
            format!("lettre@{}", shop.domain)
        } else {
            format!("lettre@news.{}", shop.domain)
        };
        for i in 0..shop.letters * 9 {
            let ago = 1080 - i * (1078 / (shop.letters * 9));
            let theme = themes[(i as usize + shop.hue as usize) % themes.len()];
            let from = Sender {
                name: shop.name,
                address: &address,
                brand: shop.name,
                site: shop.domain,
                style: if shop.style == Style::Typed { Style::Notes } else { shop.style },
                hue: shop.hue,
                labels: fr(),
                foot: vec![shop.foot.into()],
                service: shop.service,
                bulk: true,
            };
            let praised: Vec<(String, String)> = shop
                .goods
                .iter()
                .take(3)
                .map(|(name, _, cents)| ((*name).to_owned(), euros(*cents)))
                .collect();
            let mut blocks = vec![
                Block::Title(theme.into()),
                say("Notre équipe a choisi pour vous quelques articles de la saison."),
                Block::Praise(praised),
            ];
            if i % 4 == 1 {
                let code = format!(
                    "{}{}",
                    shop.domain[..5].to_uppercase().replace('-', "X"),
                    5 * (1 + i % 4)
                );
                let until = long_date(diary.day(ago - 15), fr());
                blocks.push(say(format!(
                    "{} % de remise dès 40 € d’achat avec le code {code}, jusqu’au {until}.",
                    5 * (1 + i % 4)
                )));
            }
            blocks.push(Block::Button(
                "Voir la boutique".into(),
                format!("https://www.{}/", shop.domain),
            ));
            diary.write(ago, 7, &from, theme, &blocks);
        }
    }
    for i in 0..30 {
        diary.write(1078 - i * 36, 6, &Sender::body(&PRESS, Style::Notes, 5).bulk(), &format!("La lettre du matin, {}", long_date(diary.day(1078 - i * 36), fr())), &[Block::Title("Ce matin".into()), say("Le pont levé plus tôt que prévu, les maraîchers inquiets de la sécheresse, et un portrait : la dernière voilière du port.")]);
        if i % 3 == 0 {
            diary.write(
                1070 - i * 36,
                8,
                &Sender::body(&TRAVEL, Style::Cards, 195).bulk(),
                "Évasions à partir de 199 €",
                &[
                    Block::Title("Le large vous appelle".into()),
                    Block::Praise(vec![
                        ("Une semaine aux Açores".into(), "dès 699 €".into()),
                        ("Week-end à Porto".into(), "dès 199 €".into()),
                    ]),
                ],
            );
        }
    }
}
