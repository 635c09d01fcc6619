//! Which mails speak of one purchase.
//!
//! Three passes over the whole set, each a function of the set and not of its order: firm keys
//! make groups; groups of one merchant and one sum that tell of the same purchase from two sides
//! (payment receipt, invoice with a number of its own) become one; a mail that names nothing goes
//! to the only purchase of its sender that it can mean. Then the person's word.

use crate::calendar::days_between;
use crate::keys::{agree, firm, fold, is_bare, name, parties};
use crate::mail::OrderMail;
use crate::merge::purchase;
use crate::purchase::Purchase;
use crate::word::Word;
use mesinfos_domain::{ActorKind, Date, MessageId, OrderStatus, StatusClass};
use std::collections::{BTreeMap, BTreeSet};

/// Partitions the mails and makes one purchase of each part, by the order of their first mails.
/// Mails that the person said are no orders make none.
pub fn join(mails: Vec<OrderMail>, word: &Word) -> Vec<Purchase> {
    let mut mails: Vec<OrderMail> =
        mails.into_iter().filter(|m| !word.not_orders.contains(&m.message)).collect();
    mails.sort_by_key(|m| (m.at, m.message));
    mails.dedup_by_key(|m| m.message);
    for mail in &mut mails {
        word.edit(mail);
    }
    let mut sets = Sets::new(mails.len());
    by_firm_keys(&mails, word, &mut sets);
    by_sum(&mails, word, &mut sets);
    by_sender(&mails, word, &mut sets);
    by_word(&mails, word, &mut sets);
    let mut groups: BTreeMap<usize, Vec<OrderMail>> = BTreeMap::new();
    for (i, mail) in mails.into_iter().enumerate() {
        groups.entry(sets.root(i)).or_default().push(mail);
    }
    let mut purchases: Vec<Purchase> =
        groups.into_values().filter_map(|group| purchase(group, word)).collect();
    purchases.sort_by_key(|p| p.mails.first().copied());
    purchases
}

/// Disjoint sets over the indices of the mails; the root is the smallest index.
struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Sets {
        Sets((0..n).collect())
    }
    fn root(&mut self, i: usize) -> usize {
        let mut root = i;
        while self.0[root] != root {
            root = self.0[root];
        }
        self.0[i] = root;
        root
    }
    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

/// A pair further apart in one key's list is not compared: bounds the work on a number that
/// thousands of mails share.
const NEAR: usize = 48;

fn by_firm_keys(mails: &[OrderMail], word: &Word, sets: &mut Sets) {
    let mut sharing: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, mail) in mails.iter().enumerate() {
        if !word.splits.contains(&mail.message) {
            for key in firm(mail) {
                sharing.entry(key).or_default().push(i);
            }
        }
    }
    for (key, list) in &sharing {
        for (n, &a) in list.iter().enumerate() {
            for &b in list[n + 1..].iter().take(NEAR) {
                if agree(&mails[a], &mails[b], key) {
                    sets.unite(a, b);
                }
            }
        }
    }
}

/// What the second pass compares.
struct Group<'a> {
    first: usize,
    mails: Vec<&'a OrderMail>,
    /// The first mail that states a sum, and under which names its merchant is known.
    stated: Option<(&'a OrderMail, BTreeSet<String>)>,
    /// The platforms that wrote; `""` when the merchant itself did.
    through: BTreeSet<&'a str>,
}

impl<'a> Group<'a> {
    fn of(first: usize, mails: Vec<&'a OrderMail>) -> Group<'a> {
        let stated = mails
            .iter()
            .find(|m| m.order.total.is_some() && m.order.currency.is_some())
            .map(|m| (*m, parties(m).into_iter().collect()));
        let through = mails
            .iter()
            .map(|m| match (&m.writer.via, m.writer.kind) {
                (Some(via), _) => via.as_str(),
                (None, ActorKind::Bank) => m.writer.domain.as_deref().unwrap_or("bank"),
                (None, _) => "",
            })
            .collect();
        Group { first, mails, stated, through }
    }
    fn has_number(&self) -> bool {
        self.mails.iter().any(|m| m.order.number.is_some())
    }
    fn only(&self, allowed: &[StatusClass]) -> bool {
        self.mails.iter().all(|m| m.order.status.is_none_or(|s| allowed.contains(&s.class())))
    }
    fn is_invoice(&self) -> bool {
        self.mails.iter().all(|m| m.order.status == Some(OrderStatus::Invoiced))
    }
    fn is_receipt(&self) -> bool {
        !self.through.contains("") && self.only(&[StatusClass::Placed, StatusClass::Refunded])
    }
    fn things(&self) -> BTreeSet<String> {
        self.mails.iter().flat_map(|m| m.order.lines.iter().map(|l| fold(&l.name))).collect()
    }
    fn statuses(&self) -> BTreeSet<OrderStatus> {
        self.mails.iter().filter_map(|m| m.order.status).collect()
    }
}

/// Whether one side is another's word of money that went to the merchant who wrote the other: a
/// wallet's receipt names the shop.
fn tells_of_other(a: &Group<'_>, b: &Group<'_>) -> bool {
    let paid_to = |by: &Group<'_>, to: &Group<'_>| {
        let (Some((mail, _)), Some((shop, names))) = (&by.stated, &to.stated) else { return false };
        let merchant = mail.order.part_of_order.as_ref().and_then(|p| p.merchant.as_deref());
        mail.writer.actor != shop.writer.actor
            && mail.writer.kind != ActorKind::Transport
            && merchant.is_some_and(|m| names.contains(&name(m)))
            && by.only(&[StatusClass::Placed, StatusClass::Refunded])
    };
    paid_to(a, b) || paid_to(b, a)
}

/// Why two groups of one merchant and one sum are one purchase. Each group is joined at most once
/// for each reason: two equal orders keep their own receipts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    /// A payment service's word beside the merchant's.
    Receipt,
    /// The invoice has a number of its own.
    Invoice,
    /// One side gives no number.
    Unnumbered,
}

fn by_sum(mails: &[OrderMail], word: &Word, sets: &mut Sets) {
    let mut groups: BTreeMap<usize, Vec<&OrderMail>> = BTreeMap::new();
    for (i, mail) in mails.iter().enumerate() {
        if !word.splits.contains(&mail.message) {
            groups.entry(sets.root(i)).or_default().push(mail);
        }
    }
    let groups: Vec<Group<'_>> = groups.into_iter().map(|(i, m)| Group::of(i, m)).collect();
    let mut of_sum: BTreeMap<_, Vec<(Date, usize)>> = BTreeMap::new();
    for (g, group) in groups.iter().enumerate() {
        if let Some((mail, _)) = &group.stated {
            let sum = (mail.order.total, mail.order.currency.map(|c| c.to_string()));
            of_sum.entry(sum).or_default().push((mail.day, g));
        }
    }
    let mut pairs = Vec::new();
    for list in of_sum.values_mut() {
        list.sort();
        for (n, &(day, a)) in list.iter().enumerate() {
            for &(later, b) in &list[n + 1..] {
                let days = days_between(day, later);
                if days > 7 {
                    break;
                }
                let (a, b) = (a.min(b), a.max(b));
                if let Some(why) = one_purchase(&groups[a], &groups[b], days) {
                    pairs.push((days, a, b, why));
                }
            }
        }
    }
    pairs.sort();
    let mut joined: BTreeSet<(usize, Why)> = BTreeSet::new();
    for (_, a, b, why) in pairs {
        if !joined.contains(&(a, why)) && !joined.contains(&(b, why)) {
            joined.extend([(a, why), (b, why)]);
            sets.unite(groups[a].first, groups[b].first);
        }
    }
}

fn one_purchase(a: &Group<'_>, b: &Group<'_>, days: i32) -> Option<Why> {
    match (&a.stated, &b.stated) {
        (Some((_, a)), Some((_, b))) if !a.is_disjoint(b) => {}
        _ => return None,
    }
    let (x, y) = (a.things(), b.things());
    if !x.is_empty() && !y.is_empty() && x.is_disjoint(&y) {
        return None;
    }
    match (a.has_number(), b.has_number()) {
        _ if days <= 4
            && ((a.is_receipt() || b.is_receipt()) && a.through.is_disjoint(&b.through)
                || tells_of_other(a, b)) =>
        {
            Some(Why::Receipt)
        }
        (true, true) => (a.is_invoice() != b.is_invoice()).then_some(Why::Invoice),
        (false, false) => {
            (days <= 1 && a.statuses().is_disjoint(&b.statuses())).then_some(Why::Unnumbered)
        }
        _ => Some(Why::Unnumbered),
    }
}

/// How long after an order a mail that names nothing can still mean it.
const BARE_DAYS: i32 = 45;

fn by_sender(mails: &[OrderMail], word: &Word, sets: &mut Sets) {
    let bare: Vec<bool> = mails.iter().map(is_bare).collect();
    let mut firsts: BTreeMap<_, BTreeMap<usize, i32>> = BTreeMap::new();
    let day = |i: usize| days_between(mails[0].day, mails[i].day);
    for i in 0..mails.len() {
        if !bare[i] && !word.splits.contains(&mails[i].message) {
            let first = firsts.entry(mails[i].writer.actor).or_default();
            first.entry(sets.root(i)).or_insert_with(|| day(i));
        }
    }
    for i in 0..mails.len() {
        let mail = &mails[i];
        if !bare[i] || word.splits.contains(&mail.message) {
            continue;
        }
        let is_placed = mail.order.status.is_none_or(|s| s.class() == StatusClass::Placed);
        let window = if is_placed { -1..=1 } else { 0..=BARE_DAYS };
        let mut can_mean = firsts
            .get(&mail.writer.actor)
            .into_iter()
            .flatten()
            .filter(|(_, first)| window.contains(&(day(i) - **first)));
        if let (Some((&only, _)), None) = (can_mean.next(), can_mean.next()) {
            sets.unite(i, only);
        }
    }
}

fn by_word(mails: &[OrderMail], word: &Word, sets: &mut Sets) {
    let places: BTreeMap<MessageId, usize> =
        mails.iter().enumerate().map(|(i, m)| (m.message, i)).collect();
    for (a, b) in &word.merges {
        if let (Some(&a), Some(&b)) = (places.get(a), places.get(b)) {
            sets.unite(a, b);
        }
    }
}
