//! Figures from counts, and how they are printed.

use super::tally::{Found, Share, Tally};
use super::{Labelled, Understood};
use anyhow::{Result, bail};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The figures over all mails, by platform and by language.
pub struct Figures {
    all: Tally,
    platforms: BTreeMap<String, Tally>,
    languages: BTreeMap<String, Tally>,
    missing: usize,
    /// Faults and the mail that has them.
    worst: Vec<(usize, String)>,
}

/// The columns of the tables by platform and language.
const COLUMNS: [&str; 10] = [
    "actor",
    "category",
    "order_f1",
    "order_number",
    "total",
    "line_precision",
    "line_recall",
    "line_f1",
    "offer_f1",
    "orders_all_right",
];

impl Figures {
    /// Compares what is understood with the truth; a mail that is not understood is all wrong.
    pub fn of(mails: &[Labelled], understood: &Understood) -> Figures {
        let mut figures = Figures {
            all: Tally::default(),
            platforms: BTreeMap::new(),
            languages: BTreeMap::new(),
            missing: 0,
            worst: Vec::new(),
        };
        let nothing = json!({"actor_domain": "-none-", "offers": []});
        for mail in mails {
            let said = understood.get(&mail.mail).unwrap_or_else(|| {
                figures.missing += 1;
                &nothing
            });
            let key = |field: &str| mail.truth[field].as_str().unwrap_or("?").to_owned();
            let faults = figures.all.add(&mail.truth, said);
            figures.platforms.entry(key("platform")).or_default().add(&mail.truth, said);
            figures.languages.entry(key("language")).or_default().add(&mail.truth, said);
            if faults > 0 {
                figures.worst.push((faults, note(mail, said)));
            }
        }
        figures.worst.sort_by(|a, b| b.cmp(a));
        figures
    }

    /// Prints them all, and the mails with the most faults.
    pub fn print(&self, worst: usize) {
        for (name, figure) in named(&self.all) {
            println!("  {name:18} {}", shown(figure));
        }
        println!("  {:18} {}", "not understood", self.missing);
        println!("category: precision recall f1");
        for (name, found) in &self.all.categories {
            let [p, r, f] = prf(found).map(shown);
            println!("  {name:18} {p} {r} {f}");
        }
        for (title, tallies) in [("platform", &self.platforms), ("language", &self.languages)] {
            println!("by {title}: mails {}", COLUMNS.join(" "));
            for (name, tally) in tallies {
                let figures: BTreeMap<String, Option<f64>> = named(tally).into_iter().collect();
                let cells: Vec<String> =
                    COLUMNS.iter().map(|c| shown(figures.get(*c).copied().flatten())).collect();
                println!("  {name:24} {:5} {}", tally.mails, cells.join(" "));
            }
        }
        for (faults, mail) in self.worst.iter().take(worst) {
            println!("  {faults:4} faults  {mail}");
        }
    }

    /// Fails when a figure is lower than asked for.
    pub fn at_least(&self, least: &[(String, f64)]) -> Result<()> {
        let figures: BTreeMap<String, Option<f64>> = named(&self.all).into_iter().collect();
        for (name, least) in least {
            let figure = figures.get(name).copied().flatten();
            if figure.is_none_or(|f| f < *least) {
                bail!("{name} is {}, wanted {least}", shown(figure));
            }
        }
        Ok(())
    }
}

fn note(mail: &Labelled, said: &Value) -> String {
    let name = mail.mail.file_name().unwrap_or_default().to_string_lossy();
    let of = |v: &Value| v.as_str().unwrap_or("-").to_owned();
    format!("{name} ({} read as {})", of(&mail.truth["category"]), of(&said["category"]))
}

/// Each figure by its name, in the order of printing.
fn named(tally: &Tally) -> Vec<(String, Option<f64>)> {
    let share = |name: &str| tally.shares.get(name).and_then(|&(hit, all): &Share| ratio(hit, all));
    let mut out: Vec<(String, Option<f64>)> = Vec::new();
    let mut put = |name: &str, figure| out.push((name.to_owned(), figure));
    for name in [
        "actor",
        "actor_direct",
        "actor_forwarded",
        "person_silent",
        "fraud_silent",
        "not_suspected",
        "kind",
        "category",
    ] {
        put(name, share(name));
    }
    let f1: Vec<f64> = tally
        .categories
        .values()
        .filter(|f| f[0] + f[2] > 0)
        .map(|f| prf(f)[2].unwrap_or(0.0))
        .collect();
    put("category_macro_f1", (!f1.is_empty()).then(|| f1.iter().sum::<f64>() / f1.len() as f64));
    for (name, found) in [("order", &tally.orders), ("line", &tally.lines)] {
        let [p, r, f] = prf(found);
        put(&format!("{name}_precision"), p);
        put(&format!("{name}_recall"), r);
        put(&format!("{name}_f1"), f);
    }
    for name in [
        "order_number",
        "total",
        "subtotal",
        "shipping",
        "tax",
        "discount",
        "currency",
        "date",
        "status",
        "status_class",
        "line_sku",
        "line_gtin",
        "line_variant",
        "line_image_url",
    ] {
        put(name, share(name));
    }
    put("tracking_f1", prf(&tally.parcels)[2]);
    let [p, r, f] = prf(&tally.offers);
    put("offer_precision", p);
    put("offer_recall", r);
    put("offer_f1", f);
    put("orders_all_right", share("orders_all_right"));
    out
}

fn ratio(hit: usize, all: usize) -> Option<f64> {
    (all > 0).then(|| hit as f64 / all as f64)
}

/// Precision, recall and their harmonic mean.
fn prf(&[right, wrong, missed]: &Found) -> [Option<f64>; 3] {
    [
        ratio(right, right + wrong),
        ratio(right, right + missed),
        ratio(2 * right, 2 * right + wrong + missed),
    ]
}

fn shown(figure: Option<f64>) -> String {
    figure.map_or_else(|| "     -".to_owned(), |f| format!("{f:.4}"))
}
