//! Who writes to the household: all invented, but for public bodies, which bear their real names.

use crate::letter::{DE, EN, FR, Labels};
use crate::styles::Style;

/// A shop: what it sells and how its mails look.
pub struct Shop {
    /// Name.
    pub name: &'static str,
    /// Domain.
    pub domain: &'static str,
    /// Local part of its From address.
    pub local: &'static str,
    /// Layout.
    pub style: Style,
    /// Hue of its colour.
    pub hue: u32,
    /// Language of its mails.
    pub labels: &'static Labels,
    /// `€`, `£`.
    pub currency: &'static str,
    /// Sending service whose domain signs its newsletters, or empty.
    pub service: &'static str,
    /// Orders in three years.
    pub orders: i64,
    /// Newsletters a month.
    pub letters: i64,
    /// Free delivery from so many cents.
    pub free_from: i64,
    /// Name, variant (`Taille : M`) or empty, price in cents.
    pub goods: &'static [(&'static str, &'static str, i64)],
    /// Address at the foot.
    pub foot: &'static str,
}

macro_rules! shop {
    ($($field:ident: $value:expr),+ $(,)?) => {
        Shop { $($field: $value,)+ ..BASE }
    };
}

const BASE: Shop = Shop {
    name: "",
    domain: "",
    local: "commande",
    style: Style::Ledger,
    hue: 210,
    labels: &FR,
    currency: "€",
    service: "",
    orders: 3,
    letters: 1,
    free_from: 5000,
    goods: &[],
    foot: "",
};

/// All shops.
pub const SHOPS: &[Shop] = &[
    shop! { name: "Librairie Mirabelle", domain: "librairie-mirabelle.example", style: Style::Ledger, hue: 40, orders: 9, letters: 1, foot: "Librairie Mirabelle SARL, 4 rue des Halles, 44000 Nantes",
    goods: &[("Le Jardin des marées", "", 2190), ("Petit traité du pain au levain", "", 1850), ("Carnets d’un gardien de phare", "", 890), ("L’Île aux courlis, tome 2", "Format : poche", 820), ("Atlas des vents de France", "Édition : reliée", 3900), ("Apprendre l’accordéon en soixante jours", "", 2450)] },
    shop! { name: "Trottignole", domain: "trottignole.example", local: "bonjour", style: Style::Cards, hue: 340, service: "courrielix.example", orders: 7, letters: 4, free_from: 4900, foot: "Trottignole SAS, 12 quai des Tanneurs, 49000 Angers",
    goods: &[("Bottes de pluie Grenouille", "Pointure : 28, Couleur : Vert", 2490), ("Combinaison polaire", "Taille : 4 ans", 3990), ("Gigoteuse Nuage", "Taille : 6-18 mois", 4550), ("Lot de trois bodies", "Taille : 2 ans", 1999), ("Cirés assortis", "Taille : 6 ans, Couleur : Jaune", 3290)] },
    shop! { name: "Électro Vauban", domain: "electro-vauban.example", local: "suivi", style: Style::Blocks, hue: 215, orders: 5, letters: 2, foot: "Électro Vauban, société au capital de 40 000 €, SIRET 812 345 678 00015",
    goods: &[("Lave-linge Vifair L7 9 kg", "Couleur : Blanc", 54900), ("Aspirateur balai Vifair Z2", "", 22990), ("Bouilloire Ondine 1,7 L", "Couleur : Inox", 3990), ("Grille-pain deux fentes", "", 2990), ("Réfrigérateur Polaire 310 L", "", 48900), ("Cafetière à piston", "Contenance : 1 L", 2450)] },
    shop! { name: "Marché Delta", domain: "marche-delta.example", local: "ne-pas-repondre", style: Style::Cards, hue: 20, orders: 11, letters: 3, foot: "Marché Delta, place de marché. Les vendeurs sont responsables de leurs articles.",
    goods: &[("Machine à coudre d’occasion", "", 2900), ("Casque audio Sourdine", "Couleur : Noir", 5990), ("Étagère modulable", "Dimensions : 80 x 120 cm", 4590), ("Coque de téléphone", "Modèle : P8", 1290), ("Câble tressé 2 m", "", 990), ("Puzzle mille pièces, Canal", "", 1690), ("Sac à dos 25 L", "Couleur : Ardoise", 3950)] },
    shop! { name: "Botanéo", domain: "botaneo.example", local: "jardin", style: Style::Typed, hue: 120, orders: 6, letters: 1, free_from: 3900, foot: "Botanéo, pépiniéristes depuis 1978, 85600 Montaigu",
    goods: &[("Bulbes de tulipes, sachet de 50", "", 1700), ("Tomate ancienne, trois plants", "", 890), ("Rosier Belle de Loire", "Contenant : 4 L", 1890), ("Terreau de feuilles", "Volume : 40 L", 790), ("Sécateur forgé", "", 3250)] },
    shop! { name: "La Halle aux Lampes", domain: "halle-aux-lampes.example", local: "atelier", style: Style::Notes, hue: 48, orders: 4, letters: 1, foot: "La Halle aux Lampes, 8 passage du Commerce, 35000 Rennes",
    goods: &[("Lampe d’atelier Orsay", "Couleur : Graphite", 6490), ("Suspension Osier", "Diamètre : 40 cm", 8900), ("Ampoule à filament E27", "Puissance : 6 W", 1150), ("Lampe de chevet Galet", "", 4590)] },
    shop! { name: "Foulée Libre", domain: "foulee-libre.example", local: "service", style: Style::Ledger, hue: 180, service: "postillon.example", orders: 5, letters: 3, foot: "Foulée Libre, coopérative, 38000 Grenoble",
    goods: &[("Chaussures de course Sentier 3", "Pointure : 42", 11990), ("Short léger", "Taille : M, Couleur : Bleu", 2990), ("Chaussettes anti-ampoules", "Pointure : 41-43", 1290), ("Lampe frontale 300 lumens", "", 4490), ("Gourde souple", "Contenance : 500 mL", 1890)] },
    shop! { name: "Épicerie du Coin de l’Île", domain: "coin-de-lile.example", local: "paniers", style: Style::Ledger, hue: 90, orders: 14, letters: 1, free_from: 6000, foot: "Épicerie coopérative, 2 boulevard des Îles, 44200 Nantes",
    goods: &[("Carottes de sable", "1 kg", 240), ("Pain de seigle", "", 480), ("Tomme de brebis", "250 g", 790), ("Œufs plein air", "Boîte de 12", 420), ("Huile d’olive vierge", "75 cL", 1190), ("Lentilles vertes", "500 g", 330), ("Café moulu Harrar", "250 g", 640), ("Pommes reinettes", "1,5 kg", 435), ("Beurre demi-sel", "250 g", 310)] },
    shop! { name: "Pharmacie du Quai", domain: "pharmacie-du-quai.example", local: "pharmacie", style: Style::Notes, hue: 150, orders: 3, letters: 0, foot: "Pharmacie du Quai, 19 quai de la Fosse, 44000 Nantes",
    goods: &[("Sérum physiologique", "Boîte de 40", 490), ("Crème solaire SPF 50", "200 mL", 1490), ("Thermomètre frontal", "", 3290)] },
    shop! { name: "Thistle & Twine", domain: "thistleandtwine.example", local: "orders", style: Style::Blocks, hue: 280, labels: &EN, currency: "£", orders: 3, letters: 1, foot: "Thistle & Twine Ltd, 3 Weaver’s Close, Edinburgh EH1",
    goods: &[("Highland wool, 100 g", "Colour: Heather", 895), ("Bamboo needles", "Size: 4 mm", 650), ("Pattern book: Ten Shawls", "", 1400)] },
    shop! { name: "Werkzeug Brandt", domain: "werkzeug-brandt.example", local: "bestellung", style: Style::Ledger, hue: 0, labels: &DE, orders: 2, letters: 0, foot: "Werkzeug Brandt GmbH, Industriestraße 7, 79098 Freiburg",
    goods: &[("Akkuschrauber 18 V", "", 12990), ("Bohrersatz, 19-teilig", "", 3495), ("Schraubzwinge 60 cm", "", 1890)] },
];

/// Somebody who writes without selling goods.
pub struct Body {
    /// Name shown.
    pub name: &'static str,
    /// From address.
    pub address: &'static str,
    /// Site.
    pub site: &'static str,
}

/// Bodies, by the word that `life` calls them by.
pub const fn body(name: &'static str, address: &'static str, site: &'static str) -> Body {
    Body { name, address, site }
}

/// Income tax.
pub const TAX: Body = body(
    "Direction générale des Finances publiques",
    "ne-pas-repondre@dgfip.finances.gouv.fr",
    "impots.gouv.fr",
);
/// Health insurance.
pub const AMELI: Body = body("L’Assurance Maladie", "noreply@info.ameli.fr", "ameli.fr");
/// Family allowance.
pub const CAF: Body = body("Caf de Loire-Atlantique", "nepasrepondre@caf.fr", "caf.fr");
/// Bank.
pub const BANK: Body =
    body("Banque de l’Estuaire", "alertes@banque-estuaire.example", "banque-estuaire.example");
/// Mutual insurer.
pub const MUTUAL: Body =
    body("Mutuelle Arpège", "adherents@mutuelle-arpege.example", "mutuelle-arpege.example");
/// Home insurer.
pub const INSURER: Body = body(
    "Assurances du Phare",
    "contrats@assurances-du-phare.example",
    "assurances-du-phare.example",
);
/// Telephone.
pub const TELECOM: Body = body("Filaire Mobile", "facture@filaire.example", "filaire.example");
/// Electricity.
pub const ENERGY: Body =
    body("Lumen Énergie", "clients@lumen-energie.example", "lumen-energie.example");
/// Streaming.
pub const CINEMA: Body = body("Cinéphare", "hello@cinephare.example", "cinephare.example");
/// Trains.
pub const TRAIN: Body =
    body("Rails de l’Ouest", "billets@rails-ouest.example", "rails-ouest.example");
/// Hotel.
pub const HOTEL: Body =
    body("Hôtel des Vagues", "reservation@hotel-des-vagues.example", "hotel-des-vagues.example");
/// Theatre.
pub const THEATRE: Body = body(
    "Théâtre du Bras d’Or",
    "billetterie@theatre-bras-dor.example",
    "theatre-bras-dor.example",
);
/// Travel agency.
pub const TRAVEL: Body =
    body("Cormoran Voyages", "evasion@cormoran-voyages.example", "cormoran-voyages.example");
/// Neighbours' network.
pub const SOCIAL: Body =
    body("Voisinages", "notification@voisinages.example", "voisinages.example");
/// Job alerts.
pub const JOBS: Body =
    body("Emplois de l’Estuaire", "alertes@emplois-estuaire.example", "emplois-estuaire.example");
/// Medical appointments.
pub const HEALTH: Body =
    body("Cabinet dentaire Saint-Clair", "rdv@agenda-sante.example", "cabinet-saint-clair.example");
/// Newspaper.
pub const PRESS: Body =
    body("La Gazette de la Loire", "lettre@gazette-loire.example", "gazette-loire.example");
/// School.
pub const SCHOOL: Body =
    body("École du Petit-Port", "ecole@ecole-petit-port.example", "ecole-petit-port.example");
/// Carrier.
pub const CARRIER: Body = body("Transports Grivel", "suivi@grivel.example", "grivel.example");
/// Payment service.
pub const PAYMENT: Body = body("Paycomète", "recus@paycomete.example", "paycomete.example");
