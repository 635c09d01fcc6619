//! Hits and faults over some mails.

use super::compare::{amount, cents, line_name, number, registrable, text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Right answers of all answers due.
pub type Share = (usize, usize);

/// Found rightly, found wrongly, missed.
pub type Found = [usize; 3];

/// The counts that figures are made of.
#[derive(Default)]
pub struct Tally {
    pub mails: usize,
    /// By figure: `actor`, `order_number`, `total`...
    pub shares: BTreeMap<&'static str, Share>,
    pub categories: BTreeMap<String, Found>,
    pub orders: Found,
    pub lines: Found,
    pub offers: Found,
    pub parcels: Found,
}

/// Statuses that name one stage of an order.
fn status_class(status: &str) -> &str {
    match status {
        "confirmed" | "pending" | "processing" | "paid" | "invoiced" | "booked" => "placed",
        "shipped" | "partially_shipped" | "out_for_delivery" | "delayed" | "ready_for_pickup" => {
            "shipped"
        }
        "delivered" | "completed" => "delivered",
        "refunded" | "partially_refunded" => "refunded",
        "return" | "returned" => "return",
        other => other,
    }
}

impl Tally {
    /// Counts one mail; returns how many faults it has.
    pub fn add(&mut self, truth: &Value, said: &Value) -> usize {
        self.mails += 1;
        if truth["platform"] == "phishing" {
            let facts = !said["actor_domain"].is_null()
                || !said["order"].is_null()
                || said["offers"].as_array().is_some_and(|o| !o.is_empty());
            return self.hit("fraud_silent", !facts);
        }
        let mut faults = 0;
        self.hit("not_suspected", said["suspected_fraud"].is_null());
        faults += self.actor(truth, said);
        faults += self.category(truth, said);
        faults += self.order(&truth["order"], &said["order"]);
        faults + self.offers(truth, said)
    }

    fn hit(&mut self, figure: &'static str, right: bool) -> usize {
        let share = self.shares.entry(figure).or_default();
        share.0 += usize::from(right);
        share.1 += 1;
        usize::from(!right)
    }

    fn actor(&mut self, truth: &Value, said: &Value) -> usize {
        let actor = &truth["actor"];
        if actor["kind"] == "person" {
            let right = said["actor_domain"].is_null();
            self.hit("person_silent", right);
            return self.hit("actor", right);
        }
        let Some(domain) = actor["domain"].as_str().filter(|d| !d.is_empty()) else { return 0 };
        let aliases = actor["domain_aliases"].as_array().into_iter().flatten();
        let named = said["actor_domain"].as_str().map(registrable);
        let right = std::iter::once(domain)
            .chain(aliases.filter_map(Value::as_str))
            .any(|d| Some(registrable(d)) == named);
        let forwarded = [&truth["forwarded_by"], &truth["forwarded"]]
            .iter()
            .any(|f| !f.is_null() && **f != Value::Bool(false));
        self.hit(if forwarded { "actor_forwarded" } else { "actor_direct" }, right);
        if let Some(kind) = actor["kind"].as_str() {
            self.hit("kind", said["actor"]["kind"] == kind);
        }
        self.hit("actor", right)
    }

    fn category(&mut self, truth: &Value, said: &Value) -> usize {
        let Some(category) = truth["category"].as_str() else { return 0 };
        let guess = said["category"].as_str();
        if guess == Some(category) {
            self.categories.entry(category.to_owned()).or_default()[0] += 1;
        } else {
            self.categories.entry(category.to_owned()).or_default()[2] += 1;
            if let Some(guess) = guess {
                self.categories.entry(guess.to_owned()).or_default()[1] += 1;
            }
        }
        self.hit("category", guess == Some(category))
    }

    fn order(&mut self, truth: &Value, said: &Value) -> usize {
        match (truth.is_null(), said.is_null()) {
            (false, false) => self.orders[0] += 1,
            (true, false) => self.orders[1] += 1,
            (false, true) => self.orders[2] += 1,
            (true, true) => {}
        }
        let mut faults = usize::from(truth.is_null() != said.is_null());
        if truth.is_null() {
            // Lines of an order that is none are wrong lines.
            self.lines[1] += said["lines"].as_array().map_or(0, Vec::len);
            return faults;
        }
        let mut whole = true;
        if !truth["number"].is_null() {
            let right = number(&truth["number"]) == number(&said["number"]);
            faults += self.hit("order_number", right);
            whole &= right;
        }
        for sum in ["total", "subtotal", "shipping", "tax", "discount"] {
            let Some(due) = cents(&truth[sum]) else { continue };
            let given = &said[sum];
            if !said.is_null() && due == 0 && given.is_null() && sum != "total" {
                continue; // A zero left unsaid is no fault and no merit.
            }
            let right = cents(given).map(i64::abs) == Some(due.abs());
            faults += self.hit(sum, right);
            whole &= right || sum != "total";
        }
        if let Some(currency) = truth["currency"].as_str() {
            self.hit("currency", said["currency"] == currency);
        }
        if let Some(date) = truth["date"].as_str() {
            self.hit("date", said["date"].as_str().and_then(|d| d.get(..10)) == Some(date));
        }
        if let Some(status) = truth["status"].as_str() {
            let guess = said["status"].as_str();
            self.hit("status", guess == Some(status));
            self.hit("status_class", guess.map(status_class) == Some(status_class(status)));
        }
        if let Some(due) = truth["lines"].as_array() {
            let given = said["lines"].as_array().map(Vec::as_slice).unwrap_or_default();
            let (right, pairs) = (due.len(), self.lines(due, given));
            faults += due.len() + given.len() - 2 * pairs;
            whole &= pairs == right && pairs == given.len();
        }
        self.parcels(truth, said);
        let all = self.shares.entry("orders_all_right").or_default();
        all.0 += usize::from(whole);
        all.1 += 1;
        faults
    }

    /// Pairs lines one to one, best name first; returns how many pairs there are.
    fn lines(&mut self, due: &[Value], given: &[Value]) -> usize {
        let mut pairs = Vec::new();
        for (i, truth) in due.iter().enumerate() {
            for (j, said) in given.iter().enumerate() {
                if same_line(truth, said) {
                    pairs.push((line_name(truth, said), i, j));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
        let (mut used_due, mut used_given) = (BTreeSet::new(), BTreeSet::new());
        for (_, i, j) in pairs {
            if used_due.contains(&i) || used_given.contains(&j) {
                continue;
            }
            used_due.insert(i);
            used_given.insert(j);
            for (field, figure) in [
                ("sku", "line_sku"),
                ("gtin", "line_gtin"),
                ("variant", "line_variant"),
                ("image_url", "line_image_url"),
            ] {
                if !due[i][field].is_null() {
                    self.hit(figure, text(&due[i][field]) == text(&given[j][field]));
                }
            }
        }
        let right = used_due.len();
        count(&mut self.lines, right, given.len(), due.len());
        right
    }

    fn parcels(&mut self, truth: &Value, said: &Value) {
        let numbers = |order: &Value| -> BTreeSet<String> {
            let parcels = order["tracking"].as_array().into_iter().flatten();
            parcels.filter_map(|p| number(&p["number"])).filter(|n| !n.is_empty()).collect()
        };
        let (due, given) = (numbers(truth), numbers(said));
        count(&mut self.parcels, due.intersection(&given).count(), given.len(), due.len());
    }

    fn offers(&mut self, truth: &Value, said: &Value) -> usize {
        if truth.get("offers").is_some_and(Value::is_null) {
            return 0; // Not labelled.
        }
        let codes = |mail: &Value| -> BTreeSet<String> {
            let offers = mail["offers"].as_array().into_iter().flatten();
            let coded = offers.filter(|o| o["code"].as_str().is_some_and(|c| !c.is_empty()));
            coded.map(|o| text(&o["code"])).collect()
        };
        let (due, mut given) = (codes(truth), codes(said));
        // Naming the voucher that an order was paid with is no fault.
        if amount(&truth["order"]["discount"]).is_some_and(|d| d != 0.0) {
            given = given.intersection(&due).cloned().collect();
        }
        count(&mut self.offers, due.intersection(&given).count(), given.len(), due.len());
        due.symmetric_difference(&given).count()
    }
}

fn count(found: &mut Found, right: usize, given: usize, due: usize) {
    found[0] += right;
    found[1] += given - right;
    found[2] += due - right;
}

fn same_line(truth: &Value, said: &Value) -> bool {
    if !said.is_object() || line_name(truth, said) < 0.82 {
        return false;
    }
    let quantity = amount(&truth["quantity"]);
    if let Some(due) = quantity
        && !amount(&said["quantity"]).is_some_and(|q| (q - due).abs() < 1e-6)
    {
        return false;
    }
    let stated: Vec<&str> =
        ["unit_price", "total"].into_iter().filter(|k| !truth[*k].is_null()).collect();
    if stated.is_empty() {
        return true;
    }
    let both: Vec<&&str> = stated.iter().filter(|k| cents(&said[**k]).is_some()).collect();
    if !both.is_empty() {
        return both.iter().all(|k| cents(&truth[**k]) == cents(&said[**k]));
    }
    // Different prices are stated: they agree through the quantity.
    let times = |price: &Value| {
        amount(price).map(|p| (p * quantity.filter(|q| *q != 0.0).unwrap_or(1.0) * 100.0).round())
    };
    let whole = |total: &Value| amount(total).map(|t| (t * 100.0).round());
    if truth["unit_price"].is_null() && !said["unit_price"].is_null() {
        return whole(&truth["total"]) == times(&said["unit_price"]);
    }
    if truth["total"].is_null() && !said["total"].is_null() {
        return times(&truth["unit_price"]) == whole(&said["total"]);
    }
    false
}
