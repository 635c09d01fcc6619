//! Long lists: a page of them at a time, and a way to the rest.

use crate::mail::bring;
use crate::site::Site;
use mesinfos_vault::Mode;

/// So many orders of one lamp each, received in October 2024: two years later their guarantees end.
fn orders(n: usize) -> Vec<String> {
    let order = |i: usize| {
        format!(
            "Delivered-To: camille@exemple.fr\n\
             From: Lampes du Bocage <commande@lampes-bocage.example>\nTo: camille@exemple.fr\n\
             Subject: Votre commande LB{number} est =?utf-8?q?confirm=C3=A9e?=\n\
             Date: Tue, 1 Oct 2024 {hour:02}:{minute:02}:00 +0200\n\
             Message-ID: <{number}@lampes-bocage.example>\nMIME-Version: 1.0\n\
             Content-Type: text/html; charset=utf-8\n\n\
             <html><body><h1>Merci pour votre commande</h1>\
             <p>Votre commande n° LB{number} est confirmée.</p>\
             <table><tr><th>Produit</th><th>Quantité</th><th>Prix unitaire</th><th>Total</th></tr>\
             <tr><td>Lampe Ondine {number}</td><td>1</td><td>49,00 €</td><td>49,00 €</td></tr>\
             <tr><td colspan=3>Livraison</td><td>0,00 €</td></tr>\
             <tr><td colspan=3>Total TTC</td><td>49,00 €</td></tr></table></body></html>\n\n",
            number = 40_000 + i,
            hour = i / 60,
            minute = i % 60,
        )
    };
    (0..n).map(order).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_is_shown_a_hundred_at_a_time_and_nothing_is_lost() {
    let site = Site::new();
    let camille = site.account("camille", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    bring(&site, camille, &orders(130)).await;

    let first = browser.get("/due").await.body;
    let rows = |body: &str| body.matches("<time datetime=\"2026-").count();
    assert!(first.contains("130 échéances dans l’année."), "all of them are counted");
    assert_eq!(rows(&first), 100);
    assert!(first.len() < 100_000, "{} bytes", first.len());
    assert!(first.contains("href=\"/due?page=2\""), "a way to the rest, without a script");
    let second = browser.get("/due?page=2").await.body;
    assert_eq!(rows(&second), 30);
    assert!(second.contains("130 échéances"));
    for number in 40_000..40_130 {
        let name = format!("Lampe Ondine {number}");
        assert!(first.contains(&name) != second.contains(&name), "{name} is on one page");
    }
    assert_eq!(rows(&browser.get("/due?page=99").await.body), 30, "beyond the end is the end");
}
