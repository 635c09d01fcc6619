//! What the fuzzer calls for the meaning of a mail, and what the seeds run through as plain tests: any bytes
//! are understood without panic, twice alike, and what is understood can be kept and read back.

use mesinfos_domain::Understood;
use mesinfos_reading::Mail;
use mesinfos_understanding::{Context, understand_with_text};

pub fn understanding(bytes: &[u8]) {
    let mail = Mail::read(bytes);
    let context = Context {
        own_addresses: vec!["lea@exemple.fr".to_owned()],
        trusted_authserv: Some("mx.exemple.fr".to_owned()),
        category_model: None,
    };
    let (understood, text) = understand_with_text(&mail, &context);
    assert_eq!(understand_with_text(&Mail::read(bytes), &context), (understood.clone(), text));
    if understood.suspected_fraud.is_some() {
        assert!(understood.order.is_none() && understood.offers.is_empty());
    }
    let all = understood.order.iter().flat_map(|o| [o.subtotal, o.shipping, o.total]).flatten();
    let all = all.chain(understood.order.iter().flat_map(|o| &o.lines).filter_map(|l| l.total));
    for amount in all {
        // A sum of a thousand lines fits.
        assert!(amount.0.checked_mul(1000).is_some(), "{amount:?}");
    }
    assert!(understood.facts.iter().all(|f| f.confidence <= 100));
    let kept = serde_json::to_vec(&understood).expect("facts are kept as JSON");
    let back: Understood = serde_json::from_slice(&kept).expect("and read back");
    assert_eq!(back, understood);
}
