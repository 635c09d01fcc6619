//! A brand that stands above the name of each product: `Atelier Noé`, and below it `Fond de teint fluide`.

use super::describe::Read;
use super::items::Item;
use super::sheet::{Sheet, Span};
use crate::grammar::fold::fold;
use crate::grammar::values;

/// What speaks for the second line as the name must weigh so much in the middle of all products.
const ENOUGH: i32 = 2;

/// Takes the second line of each product for its name where the first is a brand. One layout draws
/// all products of a mail: it is decided for all of them together.
pub(super) fn tell(sheet: &Sheet, items: &mut [Item]) {
    let pairs: Vec<Option<(Read<String>, Read<String>)>> = items
        .iter()
        .map(|i| i.words.name.clone().zip(i.words.below.clone()).filter(|_| !i.is_suggested))
        .collect();
    let heard: Vec<i32> = items
        .iter()
        .zip(&pairs)
        .filter_map(|(item, pair)| pair.as_ref().map(|(name, below)| (item, name, below)))
        .map(|(item, name, below)| {
            let repeats = pairs.iter().flatten().any(|(n, b)| n.0 == name.0 && b.0 != below.0);
            evidence(sheet, item, name, below) + i32::from(repeats)
        })
        .collect();
    if heard.is_empty() || heard.iter().sum::<i32>() < ENOUGH * heard.len() as i32 {
        return;
    }
    for (item, pair) in items.iter_mut().zip(pairs) {
        if let Some((brand, name)) = pair
            && evidence(sheet, item, &brand, &name) > 0
        {
            item.words.rename(sheet, &name.1);
        }
    }
}

/// `Standard - Porte-bébé`, `4 ans - Pyjama`: which one before the name, in all lines of a mail.
pub(super) fn lead(sheet: &Sheet, items: &mut [Item]) {
    let parted = |item: &Item| {
        let (name, span) = item.words.name.as_ref()?;
        let at = [" - ", " – "].iter().find_map(|s| name.find(s).map(|at| (at, s.len())))?;
        let (which, rest) = (&name[..at.0], &name[at.0 + at.1..]);
        let has_words = rest.chars().filter(|c| c.is_alphabetic()).count() >= 3;
        (has_words && !values::are_values(rest)).then(|| {
            let head = span.start..span.start + which.len() as u32;
            (head, span.start + (at.0 + at.1) as u32..span.end)
        })
    };
    let own: Vec<&Item> = items.iter().filter(|i| !i.is_suggested).collect();
    let said = own.iter().filter(|i| parted(i).is_some_and(|(which, _)| is_said(sheet.at(&which))));
    let sure = own.iter().any(|i| {
        parted(i)
            .is_some_and(|(which, _)| is_default(sheet.at(&which)) || is_size(sheet.at(&which)))
    });
    if !own.iter().all(|i| parted(i).is_some()) || !sure || said.count() * 2 < own.len() {
        return;
    }
    for item in items.iter_mut().filter(|i| !i.is_suggested) {
        let Some((which, name)) = parted(item) else { continue };
        item.words.rename(sheet, &name);
        item.words.details.retain(|d| d.1.start != which.start);
        if !is_default(sheet.at(&which)) {
            item.words.variant.insert(0, (sheet.at(&which).to_owned(), which));
        }
    }
}

fn is_said(which: &str) -> bool {
    is_default(which) || values::are_values(which)
}

fn is_size(which: &str) -> bool {
    values::are_values(which) && which.contains(|c: char| c.is_ascii_digit())
}

/// What a shop calls the only variant of a product.
fn is_default(text: &str) -> bool {
    matches!(
        fold(text).as_str(),
        "default"
            | "standard"
            | "default title"
            | "default variant"
            | "par defaut"
            | "predeterminado"
    )
}

/// How much speaks for `below` as the name and `name` as its brand.
fn evidence(sheet: &Sheet, item: &Item, name: &Read<String>, below: &Read<String>) -> i32 {
    if values::are_values(&below.0) {
        return -3;
    }
    let words = |t: &str| t.split_whitespace().count() as i32;
    let is_strong = |span: &Span| Sheet::is_in(&sheet.strong, span);
    // A variant that has its label stands elsewhere: this line is none.
    let is_labelled = item.words.variant.iter().any(|v| v.0.contains(": ") && v.1 != below.1);
    let shout = |t: &str| !t.chars().any(char::is_lowercase);
    let pictured = match called(sheet, item) {
        Some(alt) if alt.contains(&fold(&below.0)) => 3,
        Some(alt) if alt.contains(&fold(&name.0)) => -4,
        _ => 0,
    };
    pictured
        + i32::from(is_labelled)
        + i32::from(words(&name.0) <= 3 && words(&below.0) > words(&name.0))
        + i32::from(shout(&name.0) && !shout(&below.0))
        + i32::from(is_strong(&below.1)) * 2
        - i32::from(is_strong(&name.1)) * 2
        - i32::from(words(&name.0) > words(&below.0))
}

/// What the picture of a product is called, folded.
fn called(sheet: &Sheet, item: &Item) -> Option<String> {
    let address = item.image.as_deref()?;
    let images = sheet.images.iter().filter(|i| i.1 == address && !i.2.trim().is_empty());
    let nearest = images.min_by_key(|i| i.0.abs_diff(item.span.start))?;
    Some(fold(&nearest.2))
}
