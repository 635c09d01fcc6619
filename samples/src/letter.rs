//! What a mail says, before a house style gives it a form.

/// A mail as blocks, top to bottom.
pub enum Block {
    /// A heading.
    Title(String),
    /// A paragraph.
    Say(String),
    /// Label and value pairs.
    Facts(Vec<(String, String)>),
    /// What was bought, and the addition.
    Goods(Vec<Good>, Vec<(String, String)>),
    /// A link to press.
    Button(String, String),
    /// A code to show or type.
    Code(String),
    /// A list.
    List(Vec<String>),
    /// Products praised: picture, name, price.
    Praise(Vec<(String, String)>),
}

/// A line of an order as printed.
pub struct Good {
    /// Name.
    pub name: String,
    /// `Taille : M`, or empty.
    pub variant: String,
    /// Reference, or empty.
    pub sku: String,
    /// Barcode number, or empty.
    pub gtin: String,
    /// Quantity as printed.
    pub quantity: String,
    /// Price of one.
    pub unit: String,
    /// Price of the line.
    pub total: String,
    /// Seller behind a marketplace, or empty.
    pub seller: String,
    /// `cid:` of its picture, or empty.
    pub picture: String,
}

/// The words that a shop's mails use around figures.
pub struct Labels {
    /// Column heads: product, quantity, unit price, total.
    pub heads: [&'static str; 4],
    /// Reference.
    pub sku: &'static str,
    /// Sold by.
    pub sold_by: &'static str,
    /// Greeting before the name.
    pub hello: &'static str,
    /// Line before the link that leaves a mailing list.
    pub leave: &'static str,
}

/// French.
pub const FR: Labels = Labels {
    heads: ["Article", "Qté", "Prix unitaire", "Montant"],
    sku: "Réf.",
    sold_by: "Vendu par",
    hello: "Bonjour",
    leave: "Ne plus recevoir ces messages",
};
/// English.
pub const EN: Labels = Labels {
    heads: ["Item", "Qty", "Price", "Amount"],
    sku: "Code",
    sold_by: "Sold by",
    hello: "Hello",
    leave: "Stop these emails",
};
/// German.
pub const DE: Labels = Labels {
    heads: ["Artikel", "Menge", "Einzelpreis", "Summe"],
    sku: "Art.-Nr.",
    sold_by: "Verkauft von",
    hello: "Guten Tag",
    leave: "Keine Nachrichten mehr erhalten",
};

impl Labels {
    /// The words of most mails here.
    pub fn french() -> &'static Labels {
        &FR
    }
}
