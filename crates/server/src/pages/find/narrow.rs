//! Ways to ask more narrowly, as links: drawers, years, what a mail holds.

use crate::pages::parts::Address;
use crate::words::{Locale, Words};
use jiff::civil::Date;
use mesinfos_domain::Category;

/// A name and its links, each an address and a word; the filters are written in the page's language.
pub(super) fn narrow(w: &Words, q: &str, today: Date) -> Vec<(String, Vec<(String, String)>)> {
    let more =
        |filter: &str| Address::new("/search").with("q", format!("{q} {filter}")).to_string();
    let is_french = w.locale() == Locale::Fr;
    let drawer = |c: Category| match (is_french, c) {
        (false, c) => format!("category:{}", c.code()),
        (true, Category::Account) => "catégorie:compte".to_owned(),
        (true, Category::Transaction) => "catégorie:transaction".to_owned(),
        (true, Category::AfterSales) => "catégorie:sav".to_owned(),
        (true, Category::Notification) => "catégorie:notification".to_owned(),
        (true, Category::Newsletter) => "catégorie:lettre".to_owned(),
        (true, Category::Personal) => "catégorie:personnel".to_owned(),
    };
    let year = |year: i16| match is_french {
        true => format!("date:{year}"),
        false => format!("after:{year} before:{}", year + 1),
    };
    let (order, attachment) = match is_french {
        true => ("contient:commande", "contient:pièce"),
        false => ("has:order", "has:attachment"),
    };
    let word = |c: Category| w.t(&format!("category-{}", c.code().replace('_', "-")));
    vec![
        (
            w.t("col-category"),
            Category::ALL.iter().map(|c| (more(&drawer(*c)), word(*c))).collect(),
        ),
        (
            w.t("narrow-year"),
            (0..3).map(|ago| today.year() - ago).map(|y| (more(&year(y)), y.to_string())).collect(),
        ),
        (
            w.t("narrow-holds"),
            vec![(more(order), w.t("narrow-order")), (more(attachment), w.t("narrow-attachment"))],
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_vault::search::Query;

    #[test]
    fn every_link_is_a_filter_in_its_language() {
        for locale in Locale::ALL {
            for (name, links) in narrow(Words::of(locale), "x", Date::constant(2026, 5, 4)) {
                for (address, _) in links {
                    let (_, q) = address.split_once("q=").expect("a question");
                    let q = q
                        .replace('+', " ")
                        .replace("%3A", ":")
                        .replace("%C3%A9", "é")
                        .replace("%C3%A8", "è");
                    let query = Query::parse(&q);
                    assert_eq!(query.words, ["x"], "{name}: {q}");
                    assert!(query.phrases.is_empty(), "{name}: {q}");
                }
            }
        }
    }
}
