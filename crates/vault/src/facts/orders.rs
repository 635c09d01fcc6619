//! Orders: the mails that share a number or a parcel, joined into purchases.

use super::Actors;
use crate::{Db, Result, fold};
use mesinfos_domain::Order;
use std::collections::BTreeSet;

/// Messages whose orders are not joined yet.
#[derive(Default)]
pub(super) struct Orders {
    touched: BTreeSet<i64>,
}

impl Orders {
    /// Takes down what this order has in common with others.
    pub fn add(&mut self, db: &Db, message: i64, order: &Order) -> Result<()> {
        for key in keys(message, order) {
            db.execute(
                "INSERT INTO order_key (person_id, key, message) VALUES ($1, $2, $3)
                 ON CONFLICT (person_id, key, message) DO NOTHING",
                &[db.person().into(), (&key).into(), message.into()],
            )?;
        }
        self.touched.insert(message);
        Ok(())
    }

    pub fn flush(&mut self, _db: &Db, _actors: &Actors) -> Result<()> {
        self.touched.clear();
        Ok(())
    }
}

/// `o:` an order's number, `t:` a parcel's; a mail without any stands alone under `m:`.
fn keys(message: i64, order: &Order) -> Vec<String> {
    let part = order.part_of_order.as_ref().and_then(|p| p.number.as_ref());
    let mut keys: Vec<String> = order
        .number
        .iter()
        .chain(part)
        .map(|n| format!("o:{}", fold::reference(n)))
        .chain(order.parcels.iter().filter_map(|p| {
            let number = fold::reference(p.number.as_ref()?);
            Some(format!("t:{number}"))
        }))
        .filter(|k| k.len() > 2)
        .collect();
    if keys.is_empty() {
        keys.push(format!("m:{message}"));
    }
    keys
}
