//! The order that schema.org markup tells: trusted when it names the sender, never over what the
//! mail shows and proves.

use crate::Letter;
use crate::grammar::fold::fold;
use crate::markup::{self, Item};
use mesinfos_domain::{Amount, Date, Line, Order, OrderStatus, Parcel, PartOfOrder, Seller};
use mesinfos_reading::limits;
use serde_json::Value;
use std::ops::Range;

/// An order from markup and where it stands in the HTML.
pub struct Marked {
    /// What it says.
    pub order: Order,
    /// Bytes of the HTML.
    pub span: Range<u32>,
}

/// Reads the markup of a letter, all its objects about one purchase together.
pub fn read(letter: &Letter<'_>) -> Option<Marked> {
    let dom = letter.dom?;
    // Cheap refusal: most mails carry none.
    memchr::memmem::find(dom.source.as_bytes(), b"schema.org")?;
    let mut out: Option<Marked> = None;
    for item in letter.markup() {
        if !is_trusted(letter, &item.value) {
            continue;
        }
        let Some(order) = order(item) else { continue };
        match &mut out {
            None => out = Some(Marked { order, span: item.span.clone() }),
            Some(m) => join(&mut m.order, order),
        }
    }
    out
}

/// Several objects of one mail (an order and its parcels, two parcels) become one order.
fn join(into: &mut Order, other: Order) {
    let same = into.number.is_none() || other.number.is_none() || into.number == other.number;
    if !same {
        return;
    }
    into.number = into.number.take().or(other.number);
    into.status = into.status.or(other.status);
    into.date = into.date.or(other.date);
    into.total = into.total.or(other.total);
    into.currency = into.currency.or(other.currency);
    into.part_of_order = into.part_of_order.take().or(other.part_of_order);
    if into.lines.is_empty() {
        into.lines = other.lines;
    }
    into.parcels.extend(other.parcels);
}

/// Whether the merchant that markup names is the one who writes: its name in the From header, in
/// the domain or in the text that is shown, its address in the sender's domain.
fn is_trusted(letter: &Letter<'_>, value: &Value) -> bool {
    let merchant = ["merchant", "seller", "provider", "broker"]
        .into_iter()
        .find_map(|k| markup::first(value, k))
        .or_else(|| markup::first(value, "partOfOrder").and_then(|o| markup::first(o, "merchant")));
    let Some(merchant) = merchant else { return true };
    let squeeze = |t: &str| -> String { fold(t).chars().filter(|c| c.is_alphanumeric()).collect() };
    let Some(name) = markup::as_text(merchant) else { return true };
    let name = squeeze(&name);
    if name.len() < 3 {
        return true;
    }
    let from = letter.from.as_ref();
    let seen = |t: &str| squeeze(t).contains(&name);
    from.is_some_and(|f| seen(&f.name) || (!f.name.is_empty() && name.contains(&squeeze(&f.name))))
        || from.and_then(|f| f.domain()).is_some_and(|d| {
            let d = squeeze(d.split('.').rev().nth(1).unwrap_or(d));
            d.len() >= 4 && (name.contains(&d) || d.contains(&name))
        })
        || seen(
            letter
                .page
                .text
                .char_indices()
                .nth(20_000)
                .map_or(letter.page.text.as_str(), |(i, _)| &letter.page.text[..i]),
        )
}

fn order(item: &Item) -> Option<Order> {
    let v = &item.value;
    let kind = markup::type_of(v)?;
    let mut order = Order::default();
    match kind {
        "Order" => {
            order.number = text_of(v, &["orderNumber", "confirmationNumber", "identifier"]);
            order.status = text_of(v, &["orderStatus"]).and_then(|s| status(&s));
            order.date = text_of(v, &["orderDate"]).and_then(|d| day(&d));
            order.total = amount_of(
                v,
                &["price", "totalPrice", "total", "totalPaymentDue", "priceSpecification"],
            );
            order.currency = text_of(v, &["priceCurrency"])
                .or_else(|| {
                    markup::first(v, "priceSpecification")
                        .and_then(|p| text_of(p, &["priceCurrency"]))
                })
                .and_then(|c| c.parse().ok());
            order.discount =
                amount_of(v, &["discount"]).map(Amount::abs).filter(|a| *a != Amount::ZERO);
            order.lines = lines(v);
            for d in markup::all(v, "orderDelivery").iter().take(50) {
                order.parcels.extend(parcel(d));
            }
        }
        "ParcelDelivery" => {
            let part = markup::first(v, "partOfOrder");
            let number = part.and_then(|p| text_of(p, &["orderNumber"]));
            let merchant = part.and_then(|p| markup::text(p, "merchant"));
            order.part_of_order = (number.is_some() || merchant.is_some())
                .then(|| PartOfOrder { merchant, number: number.clone() });
            order.number = number;
            order.parcels.extend(parcel(v));
            order.status = Some(OrderStatus::Shipped);
            for shipped in markup::all(v, "itemShipped").iter().take(limits::ORDER_LINES) {
                order.lines.extend(product(shipped));
            }
        }
        "Invoice" => {
            order.number = text_of(v, &["confirmationNumber", "identifier", "accountId"]);
            order.total = amount_of(v, &["totalPaymentDue", "minimumPaymentDue", "total"]);
            order.currency = markup::first(v, "totalPaymentDue")
                .and_then(|p| text_of(p, &["priceCurrency", "currency"]))
                .and_then(|c| c.parse().ok());
            order.status = Some(OrderStatus::Invoiced);
        }
        k if k.ends_with("Reservation") => {
            order.number = text_of(v, &["reservationNumber", "reservationId"]);
            order.total = amount_of(v, &["totalPrice", "price"]);
            order.currency = text_of(v, &["priceCurrency"]).and_then(|c| c.parse().ok());
            order.date = text_of(v, &["bookingTime", "bookingDate"]).and_then(|d| day(&d));
            order.status = Some(match text_of(v, &["reservationStatus"]) {
                Some(s) if s.contains("Cancel") => OrderStatus::Cancelled,
                _ => OrderStatus::Booked,
            });
        }
        _ => return None,
    }
    Some(order)
}

fn text_of(v: &Value, names: &[&str]) -> Option<String> {
    names
        .iter()
        .find_map(|n| markup::text(v, n))
        .map(|t| t.trim_start_matches('#').trim().to_owned())
        .filter(|t| !t.is_empty())
}

/// A price as number, text (`12.90`, `12,90 €`) or object.
fn amount_of(v: &Value, names: &[&str]) -> Option<Amount> {
    names.iter().find_map(|n| {
        let value = markup::first(v, n)?;
        if value.is_object() {
            return amount_of(value, &["price", "value", "minPrice"]);
        }
        amount(&markup::as_text(value)?)
    })
}

fn amount(text: &str) -> Option<Amount> {
    let text = text.trim();
    if let Ok(n) = text.parse::<f64>() {
        return n.is_finite().then(|| Amount((n * 100.0).round() as i64));
    }
    crate::grammar::money::sum(text).map(|s| s.amount)
}

fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

fn status(text: &str) -> Option<OrderStatus> {
    Some(match markup::plain(text) {
        "OrderProcessing" => OrderStatus::Processing,
        "OrderInTransit" | "OrderShipped" => OrderStatus::Shipped,
        "OrderDelivered" => OrderStatus::Delivered,
        "OrderCancelled" => OrderStatus::Cancelled,
        "OrderPaymentDue" => OrderStatus::Pending,
        "OrderPickupAvailable" => OrderStatus::ReadyForPickup,
        "OrderReturned" => OrderStatus::Returned,
        _ => return None,
    })
}

fn lines(v: &Value) -> Vec<Line> {
    let mut out = Vec::new();
    for offer in markup::all(v, "acceptedOffer").iter().take(limits::ORDER_LINES) {
        for item in markup::all(offer, "itemOffered") {
            let Some(mut line) = product(item) else { continue };
            line.quantity =
                markup::first(offer, "eligibleQuantity").and_then(quantity).or(line.quantity);
            line.unit_price =
                amount_of(offer, &["price", "priceSpecification"]).or(line.unit_price);
            line.seller =
                markup::text(offer, "seller").map(|name| Seller { name, professional: None });
            finish(&mut line);
            out.push(line);
        }
    }
    if out.is_empty() {
        for ordered in markup::all(v, "orderedItem").iter().take(limits::ORDER_LINES) {
            let inner = markup::first(ordered, "orderedItem").unwrap_or(ordered);
            let Some(mut line) = product(inner) else { continue };
            line.quantity =
                markup::first(ordered, "orderQuantity").and_then(quantity).or(line.quantity);
            line.unit_price = amount_of(ordered, &["price"])
                .or_else(|| markup::first(inner, "offers").and_then(|o| amount_of(o, &["price"])))
                .or(line.unit_price);
            for d in markup::all(ordered, "orderDelivery").iter().take(1) {
                line.description = line.description.take().or_else(|| markup::text(d, "name"));
            }
            finish(&mut line);
            out.push(line);
        }
    }
    out
}

fn finish(line: &mut Line) {
    line.quantity = line.quantity.or(Some(1000));
    if line.quantity == Some(1000) {
        line.total = line.unit_price;
    }
}

fn quantity(v: &Value) -> Option<i64> {
    let text = if v.is_object() { markup::text(v, "value")? } else { markup::as_text(v)? };
    let n: f64 = text.parse().ok()?;
    (n > 0.0 && n <= limits::ORDER_QUANTITY as f64).then(|| (n * 1000.0).round() as i64)
}

fn product(v: &Value) -> Option<Line> {
    let name = markup::text(v, "name").filter(|n| !n.starts_with("http"))?;
    let image = markup::first(v, "image").and_then(|i| {
        if i.is_object() { text_of(i, &["url", "contentUrl", "@id"]) } else { markup::as_text(i) }
    });
    let variant: Vec<String> = [("color", "color"), ("size", "size"), ("material", "material")]
        .into_iter()
        .filter_map(|(k, label)| markup::text(v, k).map(|t| format!("{label}: {t}")))
        .collect();
    Some(Line {
        name,
        sku: text_of(v, &["sku", "productID", "mpn"]),
        gtin: text_of(v, &["gtin13", "gtin", "gtin12", "gtin8", "gtin14", "isbn"]),
        image_url: image,
        url: text_of(v, &["url"]),
        variant: (!variant.is_empty()).then(|| variant.join(", ")),
        ..Line::default()
    })
}

fn parcel(v: &Value) -> Option<Parcel> {
    let carrier = ["carrier", "provider"].into_iter().find_map(|k| markup::text(v, k));
    let number = text_of(v, &["trackingNumber"]).map(|n| super::parcels::printed(&n));
    let expected =
        text_of(v, &["expectedArrivalUntil", "expectedArrivalFrom"]).and_then(|d| day(&d));
    (number.is_some() || carrier.is_some()).then(|| Parcel {
        carrier,
        number,
        url: text_of(v, &["trackingUrl"]),
        expected,
        ..Parcel::default()
    })
}

/// Puts what markup says into what the mail shows. Lines are matched by name, then by place.
pub fn merge(order: &mut Order, marked: &Order) -> Vec<&'static str> {
    let mut taken = Vec::new();
    macro_rules! fill {
        ($field:ident, $name:literal) => {
            if order.$field.is_none() && marked.$field.is_some() {
                order.$field = marked.$field.clone();
                taken.push($name);
            }
        };
    }
    if order.part_of_order.is_none() {
        fill!(number, "order.number");
    }
    fill!(status, "order.status");
    fill!(date, "order.date");
    fill!(total, "order.total");
    fill!(currency, "order.currency");
    if order.lines.is_empty() && !marked.lines.is_empty() {
        order.lines = marked.lines.clone();
        taken.push("order.lines");
    } else {
        let key =
            |l: &Line| fold(&l.name).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let keys: Vec<String> = marked.lines.iter().map(key).collect();
        let same_count = order.lines.len() == marked.lines.len();
        for (i, line) in order.lines.iter_mut().enumerate() {
            let own = key(line);
            let begins =
                |k: &String| k.len() > 3 && (k.starts_with(&own) || own.starts_with(k.as_str()));
            let place =
                keys.iter().position(|k| *k == own).or_else(|| keys.iter().position(begins));
            let by_name = place.and_then(|p| marked.lines.get(p));
            let Some(m) = by_name.or_else(|| marked.lines.get(i).filter(|_| same_count)) else {
                continue;
            };
            line.sku = line.sku.take().or(m.sku.clone());
            line.gtin = line.gtin.take().or(m.gtin.clone());
            line.image_url = m.image_url.clone().or(line.image_url.take());
            line.url = m.url.clone().or(line.url.take());
            line.variant = line.variant.take().or(m.variant.clone());
            line.seller = line.seller.take().or(m.seller.clone());
        }
    }
    for p in &marked.parcels {
        match order.parcels.iter_mut().find(|o| p.number.is_some() && o.number == p.number) {
            Some(o) => {
                o.carrier = o.carrier.take().or(p.carrier.clone());
                o.url = o.url.take().or(p.url.clone());
                o.expected = o.expected.or(p.expected);
            }
            None if p.number.is_some() => {
                order.parcels.push(p.clone());
                taken.push("order.tracking");
            }
            None => {}
        }
    }
    taken
}
