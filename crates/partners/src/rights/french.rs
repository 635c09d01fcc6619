//! The letters in French.

use super::Right;
use super::letter::{About, Tongue};
use mesinfos_domain::Date;

pub(super) const WORDS: Tongue = Tongue {
    subject,
    reference: "réf.",
    greeting: "Madame, Monsieur,",
    writes,
    asks,
    details,
    stopped,
    law: &[
        "Vous avez un mois pour me répondre, à compter du jour où vous recevez cette lettre \
         (article 12, paragraphe 3) ; si vous deviez prolonger ce délai, vous auriez à me le dire, \
         avec vos raisons, dans ce même mois. La réponse est gratuite (article 12, paragraphe 5).",
        "Je vous écris depuis une adresse que vous utilisez déjà pour me joindre. Si vous avez \
         malgré cela un doute raisonnable sur mon identité, dites-moi sans attendre ce qui le \
         lèverait (article 12, paragraphe 6). Merci de me répondre par voie électronique. Faute de \
         réponse, je pourrai saisir la CNIL (article 77).",
    ],
    farewell: "Avec mes salutations,",
    reminder,
    complaint,
};

fn subject(right: Right) -> &'static str {
    match right {
        Right::Access => "Demande d’accès à mes données personnelles, article 15 du RGPD",
        Right::Portability => "Demande de portabilité de mes données, article 20 du RGPD",
        Right::Rectification => "Demande de rectification de mes données, article 16 du RGPD",
        Right::Marketing => "Opposition à la prospection, article 21 du RGPD",
        Right::Objection => "Opposition à un traitement de mes données, article 21 du RGPD",
        Right::Erasure => "Demande d’effacement de mes données, article 17 du RGPD",
    }
}

fn writes(about: &About) -> String {
    let who = match &about.domain {
        Some(domain) => format!("{} ({domain})", about.organisation),
        None => about.organisation.clone(),
    };
    let mut text = format!("Cette lettre s’adresse à {who}, comme responsable de traitement.");
    let uses: Vec<String> = about
        .addresses
        .iter()
        .map(|a| match a.first == a.last {
            true => format!("{}, le {}", a.address, day(a.first)),
            false => format!("{}, du {} au {}", a.address, day(a.first), day(a.last)),
        })
        .collect();
    match &uses[..] {
        [] => {}
        [one] => text += &format!(" Vous m’écrivez à l’adresse {one}."),
        many => text += &format!(" Vous m’écrivez à ces adresses :\n- {}", many.join(" ;\n- ")),
    }
    text
}

fn asks(right: Right) -> &'static [&'static str] {
    match right {
        Right::Access => &[
            "En application de l’article 15 du règlement (UE) 2016/679 (RGPD), je vous demande de me \
             dire si vous traitez des données qui me concernent et, si c’est le cas, de m’en remettre \
             une copie complète, avec ces informations :\n\
             - pourquoi vous les traitez, et sur quel fondement ;\n\
             - les catégories de données concernées ;\n\
             - le nom de ceux à qui vous les avez communiquées ou les communiquerez, et les garanties \
             prises s’ils sont hors de l’Union européenne ;\n\
             - combien de temps vous les gardez, ou comment cette durée se détermine ;\n\
             - d’où elles viennent, quand ce n’est pas de moi ;\n\
             - les décisions automatisées et les profils dont je fais l’objet, leur logique et leurs \
             conséquences.",
        ],
        Right::Portability => &[
            "En application de l’article 20 du règlement (UE) 2016/679 (RGPD), je vous demande les \
             données que je vous ai fournies, celles qui naissent de mon usage de vos services \
             comprises (compte, commandes, factures, échanges, historique), dans un format structuré, \
             couramment utilisé et lisible par machine : JSON, CSV ou XML par exemple.",
        ],
        Right::Rectification => &[
            "En application de l’article 16 du règlement (UE) 2016/679 (RGPD), je vous demande de \
             corriger ou de compléter les données qui me concernent, et de prévenir de cette \
             correction ceux à qui vous les avez communiquées (article 19) :",
        ],
        Right::Marketing => &[
            "En application de l’article 21, paragraphes 2 et 3, du règlement (UE) 2016/679 (RGPD), je \
             m’oppose à tout usage de mes données à des fins de prospection, profilage compris. Cette \
             opposition n’a pas à être motivée, et vous devez cesser.",
            "Je retire aussi le consentement que j’aurais pu donner à recevoir de la prospection \
             (article 7, paragraphe 3 ; article L34-5 du Code des postes et des communications \
             électroniques). Gardez de mon adresse ce qu’il faut pour ne plus m’écrire, et faites \
             suivre cette opposition à ceux à qui vous l’avez communiquée. Elle ne concerne pas les \
             messages nécessaires à mes commandes ou à mon compte.",
        ],
        Right::Objection => &[
            "En application de l’article 21, paragraphe 1, du règlement (UE) 2016/679 (RGPD), je \
             m’oppose à un traitement de mes données que vous fondez sur votre intérêt légitime ou sur \
             une mission d’intérêt public. Voici lequel, et les raisons qui tiennent à ma situation :",
        ],
        Right::Erasure => &[
            "En application de l’article 17 du règlement (UE) 2016/679 (RGPD), je vous demande \
             d’effacer les données qui me concernent et de fermer mon compte, s’il en existe un. Je \
             n’utilise plus vos services, je retire le consentement que j’aurais pu donner et je \
             m’oppose à ce que vous gardiez ces données.",
            "Si la loi vous oblige à conserver certaines pièces, des factures par exemple, dites-moi \
             lesquelles, pour combien de temps et en vertu de quel texte, et effacez le reste. \
             Prévenez ceux à qui vous avez communiqué mes données (article 19), et confirmez-moi \
             l’effacement.",
        ],
    }
}

fn details(right: Right) -> &'static str {
    match right {
        Right::Rectification => "[Écrivez ici ce qui est faux, et ce qui est juste.]",
        _ => "[Écrivez ici de quel traitement il s’agit, et pourquoi vous vous y opposez.]",
    }
}

fn stopped(asked: Date, wrote: &[Date]) -> String {
    let asked = day(asked);
    if wrote.is_empty() {
        return format!("Je vous ai déjà demandé de cesser le {asked}.");
    }
    let days: Vec<String> = wrote.iter().map(|d| day(*d)).collect();
    format!(
        "Je vous ai déjà demandé de cesser le {asked}. Vous m’avez écrit encore : {}.",
        days.join(", ")
    )
}

fn reminder(right: Right, sent: Date, until: Date) -> [String; 3] {
    [
        format!(
            "Le {}, je vous ai adressé cette demande : « {} ». Vous aviez jusqu’au {} pour y répondre \
             (article 12, paragraphe 3, du RGPD). Je n’ai pas reçu de réponse.",
            day(sent),
            subject(right),
            day(until)
        ),
        "Je vous prie de me répondre sans délai. Ne pas donner suite à une demande fondée sur les \
         articles 15 à 22 expose à une sanction de l’autorité de contrôle (article 83, paragraphe 5)."
            .to_owned(),
        "Sans réponse de votre part, je saisirai la CNIL (article 77).".to_owned(),
    ]
}

fn complaint(
    about: &About,
    right: Right,
    sent: Date,
    until: Date,
    reminded: Option<Date>,
) -> String {
    let addresses: Vec<&str> = about.addresses.iter().map(|a| a.address.as_str()).collect();
    let mut text = format!(
        "Je dépose une réclamation (article 77 du RGPD) contre {}{}.\n\n\
         Le {}, je lui ai adressé une demande : « {} » (réf. {}). Le délai d’un mois de l’article 12, \
         paragraphe 3, a pris fin le {}, sans réponse.",
        about.organisation,
        about.domain.as_ref().map(|d| format!(" ({d})")).unwrap_or_default(),
        day(sent),
        subject(right),
        about.reference,
        day(until),
    );
    if let Some(reminded) = reminded {
        text += &format!(" Je lui ai écrit de nouveau le {}, en vain.", day(reminded));
    }
    if !addresses.is_empty() {
        text += &format!("\n\nCet organisme m’écrit à : {}.", addresses.join(", "));
    }
    text + &format!(
        "\n\nJe demande à la CNIL d’obtenir qu’il soit répondu à cette demande. Je joins la lettre et \
         les mails échangés.\n\n{}",
        about.person
    )
}

fn day(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let number = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    let month = MONTHS.get(date.month() as usize - 1).copied().unwrap_or_default();
    format!("{number} {month} {}", date.year())
}
