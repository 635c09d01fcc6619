//! People who write to people: what must never become an actor.

use crate::diary::{Diary, OWNER};

const FRIENDS: &[(&str, &str)] = &[
    ("Thomas Lenoir", "thomas.lenoir@mel.example"),
    ("Monique Vasseur", "monique.vasseur@boite.example"),
    ("Inès Carpentier", "ines.carpentier@mel.example"),
    ("Yann Le Goff", "yann@legoff.example"),
    ("Aïcha Benali", "aicha.benali@atelier-nord.example"),
    ("Paul Mercier", "pmercier@courrier.example"),
];

const WORDS: &[(&str, &str)] = &[
    (
        "Dimanche midi",
        "Coucou Camille,\n\nOn se retrouve chez maman dimanche vers midi ? Je prends le pain et le fromage, tu peux t’occuper du dessert ?\n\nBises,\n{from}",
    ),
    (
        "Les clés du garage",
        "Salut,\n\nJe t’ai laissé les clés sous le pot de basilic. Pense à refermer le portail en partant, il bat au vent.\n\nÀ demain,\n{from}",
    ),
    (
        "Photos de la randonnée",
        "Bonsoir,\n\nVoilà enfin les photos du sentier côtier. Il y en a une de toi avec le chien qui est vraiment réussie. Dis-moi lesquelles tu veux en grand.\n\n{from}",
    ),
    (
        "Re: Samedi",
        "Oui, samedi me va. Par contre je finis à 18 h, donc plutôt 19 h chez toi.\n\nTu veux que j’apporte la perceuse ? Elle m’a coûté 89 € et je ne m’en sers jamais.\n\n{from}",
    ),
    (
        "Devis pour les volets",
        "Camille,\n\nLe menuisier est passé. Il parle de trois semaines. Je te montre le papier ce soir, ce n’est pas donné mais c’est du bon travail.\n\nBisous,\n{from}",
    ),
    (
        "Ton adresse ?",
        "Coucou,\n\nJe t’envoie une carte des îles, redonne-moi ton adresse exacte : je ne sais jamais si c’est le 14 ou le 16.\n\nJe t’embrasse,\n{from}",
    ),
    (
        "Covoiturage pour le concert",
        "Hello,\n\nOn est trois dans la voiture, il reste une place. Départ 17 h 30 devant l’école, retour vers minuit. Essence partagée, 6 € chacun.\n\n{from}",
    ),
    (
        "Le livre que je t’ai prêté",
        "Salut Camille,\n\nQuand tu auras fini le livre sur les phares, passe-le à Yann. Il le cherche partout et la librairie n’en a plus.\n\nÀ bientôt,\n{from}",
    ),
    (
        "Réunion de jeudi",
        "Bonjour Camille,\n\nPeux-tu relire la page 3 avant jeudi ? Je ne suis pas sûre des chiffres du deuxième tableau.\n\nMerci,\n{from}",
    ),
    (
        "Anniversaire de Léo",
        "Coucou,\n\nPour les six ans de Léo on pensait à un vélo tous ensemble. Si vous êtes partants, je m’occupe de réserver.\n\nBises à tous,\n{from}",
    ),
];

/// Three years of letters and answers.
pub fn write(diary: &mut Diary) {
    for i in 0..64 {
        let friend = *diary.dice.pick(FRIENDS);
        let (subject, words) = *diary.dice.pick(WORDS);
        let first = friend.0.split(' ').next().unwrap_or_default();
        let ago = 1090 - i * 17 - diary.dice.between(0, 12);
        let hour = diary.dice.between(8, 22);
        diary.person(ago.max(0), hour, friend, OWNER, subject, &words.replace("{from}", first));
        if diary.dice.chance(35) {
            diary.person(
                (ago - 1).max(0),
                20,
                OWNER,
                friend,
                &format!("Re: {subject}"),
                &format!("Merci {first}, c’est parfait pour moi.\n\nCamille\n"),
            );
        }
    }
    forwarded(diary);
    let spam = diary.person(
        40,
        3,
        ("Gagnant", "prix@loterie-du-monde.example"),
        OWNER,
        "Vous avez gagné",
        "Répondez vite pour toucher votre gain.",
    );
    diary.mails[spam].label = Some("Spam");
    let draft = diary.person(5, 21, OWNER, FRIENDS[1], "Noël", "Maman, pour Noël je propose");
    diary.mails[draft].label = Some("Brouillons");
}

/// A friend sends on a shop's mail: it belongs to the shop.
fn forwarded(diary: &mut Diary) {
    let day = crate::diary::long_date(diary.day(62), crate::letter::Labels::french());
    diary.person(61, 19, FRIENDS[0], OWNER, "Fwd: Commande 48213 : c’est noté", &format!(
        "Pour info, c’est la commande dont je te parlais.\n\n---------- Message transféré ----------\nDe : Foulée Libre <service@foulee-libre.example>\nDate : {day} 09:12\nObjet : Commande 48213 : c’est noté\nÀ : <thomas.lenoir@mel.example>\n\nBonjour Thomas,\n\nNous préparons votre commande.\n\nCommande n° : 48213\n\n1 x Gourde souple   18,90 €\n2 x Chaussettes anti-ampoules   25,80 €\n------------------------------------------------\nSous-total : 44,70 €\nLivraison : 4,90 €\nTotal TTC : 49,60 €\n\n--\nFoulée Libre, coopérative, 38000 Grenoble\n"
    ));
}
