//! The after-sales file of a thing: what proves the purchase and the delivery, and the letter.

use crate::purchase::{Known, Purchase, Received};
use crate::rights::{self, Article, CONFORMITY, HIDDEN_DEFECTS, RightKind, RightState};
use mesinfos_domain::{Date, Language, MessageId, Money, StatusClass};

/// What an after-sales file holds; the words of the letter are in [`letter`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AfterSales {
    /// Whom the letter goes to: the seller behind a marketplace, else the shop.
    pub seller: String,
    /// The marketplace, when the seller stands behind one.
    pub through: Option<String>,
    /// The order's number.
    pub number: Option<String>,
    /// The day of the order.
    pub placed: Date,
    /// When it was received.
    pub received: Option<Received>,
    /// The product, with its variant.
    pub thing: String,
    /// The merchant's reference.
    pub sku: Option<String>,
    /// EAN or other GTIN.
    pub gtin: Option<String>,
    /// What the line cost.
    pub price: Option<Money>,
    /// On which ground one can write today; `None`: no right is left.
    pub ground: Option<Ground>,
    /// The last day of that ground.
    pub until: Option<Date>,
    /// The texts that the letter cites.
    pub articles: Vec<Article>,
    /// The mail that proves the purchase.
    pub proof_of_purchase: Option<MessageId>,
    /// The mail that proves the delivery; `None` when the day is only estimated.
    pub proof_of_delivery: Option<MessageId>,
}

/// The ground of a letter to the seller.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ground {
    /// Legal guarantee of conformity: a professional sold, less than two years ago.
    Conformity,
    /// Hidden defect: a private person sold, or the two years are over.
    HiddenDefect,
}

/// The file of one line, as it stands on `today`; `None` when there is no such line.
pub fn after_sales(purchase: &Purchase, line: usize, today: Date) -> Option<AfterSales> {
    let bought = purchase.lines.get(line)?;
    let given = rights::rights(purchase, Some(line), today);
    let open = |kind| given.iter().find(|r| r.kind == kind && r.state == RightState::Open);
    let (ground, until, articles) = if let Some(right) = open(RightKind::Conformity) {
        let repair = Article { number: "L217-10", ..CONFORMITY };
        let presumed = Article { number: "L217-7", ..CONFORMITY };
        (Some(Ground::Conformity), right.until, vec![CONFORMITY, presumed, repair])
    } else if open(RightKind::HiddenDefects).is_some() {
        let delay = Article { number: "1648", ..HIDDEN_DEFECTS };
        (Some(Ground::HiddenDefect), None, vec![HIDDEN_DEFECTS, delay])
    } else {
        (None, None, Vec::new())
    };
    let line = &bought.line;
    let merchant = purchase.merchant.name.clone();
    let (seller, through) = match &line.seller {
        Some(seller) if seller.name != merchant => (seller.name.clone(), Some(merchant)),
        _ => (merchant, None),
    };
    let placed = purchase.history.iter().find(|s| s.status.class() == StatusClass::Placed);
    let delivered =
        purchase.history.iter().rev().find(|s| s.status.class() == StatusClass::Delivered);
    Some(AfterSales {
        seller,
        through,
        number: purchase.number.clone(),
        placed: purchase.placed,
        received: purchase.received,
        thing: match &line.variant {
            Some(variant) => format!("{} ({variant})", line.name),
            None => line.name.clone(),
        },
        sku: line.sku.clone(),
        gtin: line.gtin.clone(),
        price: crate::addition::line_total(line)
            .zip(purchase.currency)
            .map(|(amount, currency)| Money { amount, currency }),
        ground,
        until,
        articles,
        proof_of_purchase: placed.map(|s| s.message).or(Some(bought.read_in)),
        proof_of_delivery: delivered
            .filter(|_| purchase.received.is_some_and(|r| r.known == Known::Seen))
            .map(|s| s.message),
    })
}

/// The letter's paragraphs. `{seller}`, `{thing}`, `{number}`, `{placed}`, `{received}` and
/// `{price}` are to be filled, formatted for the language. Other languages get the English one.
///
/// A letter to a French seller is best sent in French; the English one is for reading along.
pub fn letter(ground: Ground, language: Language) -> &'static [&'static str] {
    match (ground, language) {
        (Ground::Conformity, Language::Fr) => &[
            "Madame, Monsieur,",
            "Le {placed}, je vous ai acheté {thing} (commande {number}, {price}), que j’ai reçu le {received}.",
            "Ce bien présente le défaut suivant : ",
            "Le vendeur répond des défauts de conformité qui apparaissent dans les deux ans de la délivrance (article L217-3 du Code de la consommation). Ce défaut est présumé avoir existé ce jour-là (article L217-7).",
            "Je vous demande de le réparer ou de le remplacer, sans frais, dans les trente jours de cette demande (articles L217-8 à L217-10). À défaut, je pourrai obtenir une réduction du prix ou la résolution du contrat (article L217-14).",
            "Vous trouverez ci-joint la preuve de l’achat et celle de la livraison.",
            "Je vous prie d’agréer, Madame, Monsieur, mes salutations distinguées.",
        ],
        (Ground::Conformity, _) => &[
            "Dear Sir or Madam,",
            "On {placed} I bought {thing} from you (order {number}, {price}), and received it on {received}.",
            "It has the following defect: ",
            "Under article L217-3 of the French Consumer Code the seller answers for any lack of conformity that appears within two years of delivery. The defect is presumed to have existed on that day (article L217-7).",
            "I ask you to repair or replace it, free of charge, within thirty days of this request (articles L217-8 to L217-10). Failing that, I may ask for a lower price or end the contract (article L217-14).",
            "Proof of purchase and of delivery are enclosed.",
            "Yours faithfully,",
        ],
        (Ground::HiddenDefect, Language::Fr) => &[
            "Madame, Monsieur,",
            "Le {placed}, je vous ai acheté {thing} (commande {number}, {price}).",
            "J’ai découvert le défaut suivant, qui n’était pas visible lors de l’achat : ",
            "Le vendeur est tenu de la garantie des défauts cachés qui rendent la chose impropre à son usage (article 1641 du Code civil). L’action s’exerce dans les deux ans de la découverte (article 1648).",
            "Je vous demande de reprendre ce bien et de m’en rendre le prix, ou de m’en rendre une partie si je le garde (article 1644).",
            "Vous trouverez ci-joint la preuve de l’achat.",
            "Je vous prie d’agréer, Madame, Monsieur, mes salutations distinguées.",
        ],
        (Ground::HiddenDefect, _) => &[
            "Dear Sir or Madam,",
            "On {placed} I bought {thing} from you (order {number}, {price}).",
            "I have found the following defect, which could not be seen when I bought it: ",
            "Under article 1641 of the French Civil Code the seller answers for hidden defects that make the thing unfit for its use. The claim is made within two years of the discovery (article 1648).",
            "I ask you to take it back and return the price, or to return part of it if I keep it (article 1644).",
            "Proof of purchase is enclosed.",
            "Yours faithfully,",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_ask_for_what_is_known_only() {
        let known = ["{seller}", "{thing}", "{number}", "{placed}", "{received}", "{price}"];
        for ground in [Ground::Conformity, Ground::HiddenDefect] {
            for language in [Language::Fr, Language::En] {
                let mut text = letter(ground, language).join("\n");
                assert!(text.contains("{thing}") && text.contains("{placed}"));
                let article = if ground == Ground::Conformity { "L217-3" } else { "1641" };
                assert!(text.contains(article), "{ground:?} {language:?}");
                for name in known {
                    text = text.replace(name, "");
                }
                assert!(!text.contains(['{', '}']), "{text}");
            }
        }
    }
}
