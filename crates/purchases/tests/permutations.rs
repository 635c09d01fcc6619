//! A purchase is a function of the set of its mails: any order of arrival, and any way of finding
//! them by their keys, gives the same purchases.

use mesinfos_domain::{
    ActorId, ActorKind, Amount, Currency, Date, Line, MessageId, Order, OrderStatus, Parcel,
    PartOfOrder, Timestamp,
};
use mesinfos_purchases::{OrderMail, Purchase, Word, Writer, join, keys};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Small worlds make collisions: few shops, few numbers, few sums, few days.
fn mail() -> impl Strategy<Value = OrderMail> {
    let status = prop::sample::select(OrderStatus::ALL.to_vec());
    (
        (0..4i64, 0..90i32, 0..24i64),
        prop::option::of(0..5u8),
        prop::option::of(status),
        prop::option::of(prop::sample::select(vec![1990i64, 4990, 990])),
        prop::option::of(0..4u8),
        prop::option::of((0..3u8, 0..4u8)),
        prop::collection::vec((0..4u8, 1..3i64), 0..3),
        prop::option::of(prop::sample::select(vec!["pay.example", "send.example"])),
    )
        .prop_map(|((shop, day, hour), number, status, total, parcel, part, lines, via)| {
            let date =
                Date::constant(2026, 3, 1).checked_add(jiff::ToSpan::days(day)).expect("in range");
            let midnight: Timestamp = format!("{date}T00:00:00Z").parse().expect("an instant");
            let kinds = [
                ActorKind::Merchant,
                ActorKind::Merchant,
                ActorKind::Telecom,
                ActorKind::Transport,
            ];
            OrderMail {
                message: MessageId(0),
                at: midnight + jiff::SignedDuration::from_hours(hour),
                day: date,
                writer: Writer {
                    actor: ActorId(shop + 1),
                    name: format!("Boutique {shop}"),
                    domain: Some(format!("boutique{shop}.example")),
                    kind: kinds[shop as usize],
                    via: via.map(str::to_owned),
                },
                order: Order {
                    number: number.map(|n| format!("EV-100{n}")),
                    status,
                    total: total.map(Amount),
                    currency: total.map(|_| Currency::EUR),
                    part_of_order: part.map(|(shop, n)| PartOfOrder {
                        merchant: Some(format!("Boutique {shop}")),
                        number: Some(format!("EV-100{n}")),
                    }),
                    parcels: parcel
                        .into_iter()
                        .map(|p| Parcel {
                            number: Some(format!("6A0000000{p}")),
                            ..Parcel::default()
                        })
                        .collect(),
                    lines: lines
                        .into_iter()
                        .map(|(thing, q)| Line {
                            name: format!("Bol {thing}"),
                            quantity: Some(q * 1000),
                            unit_price: Some(Amount(990)),
                            ..Line::default()
                        })
                        .collect(),
                    ..Order::default()
                },
            }
        })
}

fn mails() -> impl Strategy<Value = Vec<OrderMail>> {
    prop::collection::vec(mail(), 1..24).prop_map(|mut mails| {
        for (i, mail) in mails.iter_mut().enumerate() {
            mail.message = MessageId(i as i64 + 1);
        }
        mails
    })
}

/// The vault's way: each mail, as it arrives, brings those that its keys lead to; their purchases
/// are made again, the others are left alone.
fn one_by_one(mails: &[OrderMail]) -> Vec<Purchase> {
    let mut index: BTreeMap<i64, BTreeSet<usize>> = BTreeMap::new();
    let mut purchases: BTreeMap<MessageId, Purchase> = BTreeMap::new();
    for (arrived, mail) in mails.iter().enumerate() {
        for key in keys(mail).own {
            index.entry(key).or_default().insert(arrived);
        }
        let mut set = BTreeSet::new();
        let mut frontier = vec![arrived];
        while let Some(i) = frontier.pop() {
            if set.insert(i) {
                for key in keys(&mails[i]).seek {
                    frontier.extend(index.get(&key).into_iter().flatten());
                }
            }
        }
        let touched: BTreeSet<MessageId> = set.iter().map(|i| mails[*i].message).collect();
        purchases.retain(|_, p| p.mails.iter().all(|m| !touched.contains(m)));
        for purchase in join(set.iter().map(|i| mails[*i].clone()).collect(), &Word::default()) {
            purchases.insert(purchase.mails[0], purchase);
        }
    }
    let mut all: Vec<Purchase> = purchases.into_values().collect();
    all.sort_by_key(|p| p.mails[0]);
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn any_order_of_arrival_gives_the_same_purchases(
        (mails, shuffled) in mails().prop_flat_map(|m| (Just(m.clone()), Just(m).prop_shuffle())),
    ) {
        prop_assert_eq!(
            join(mails, &Word::default()),
            join(shuffled, &Word::default())
        );
    }

    #[test]
    fn mails_that_arrive_one_by_one_give_what_all_together_give(
        shuffled in mails().prop_shuffle(),
    ) {
        let mut together = join(shuffled.clone(), &Word::default());
        together.sort_by_key(|p| p.mails[0]);
        prop_assert_eq!(one_by_one(&shuffled), together);
    }

    #[test]
    fn each_mail_is_in_exactly_one_purchase(mails in mails()) {
        let mut seen: Vec<MessageId> =
            join(mails.clone(), &Word::default()).into_iter().flat_map(|p| p.mails).collect();
        seen.sort();
        let all: Vec<MessageId> = mails.iter().map(|m| m.message).collect();
        prop_assert_eq!(seen, all);
    }
}
