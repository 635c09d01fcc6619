//! Values of a product with their labels: `Taille : M`, `EAN 400…`, `Sold by X`, and what is a detail.

use super::describe::Read;
use super::sheet::{Sheet, Span};
use crate::grammar::fold::{self, fold};
use crate::grammar::lexicon::{self, Role};
use crate::grammar::{money, quantity, values};
use mesinfos_domain::Seller;

/// A model or reference as it stands in brackets: `DS-200`, no size and no year.
pub fn is_model(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain = text.bytes().all(|b| {
        b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.' | b'/')
    });
    plain
        && digits > 0
        && (4..=24).contains(&text.len())
        && (text.starts_with(|c: char| c.is_ascii_uppercase()) || digits >= 5)
}

/// `GTR-ALP-L`: capitals in groups.
fn is_grouped(text: &str) -> bool {
    let is_group = |g: &str| !g.is_empty() && g.bytes().all(|b| b.is_ascii_uppercase());
    (5..=24).contains(&text.len()) && text.contains('-') && text.split('-').all(is_group)
}

/// `label : value`, the label short.
pub fn pair(text: &str) -> Option<(&str, &str)> {
    let (label, value) = text.split_once([':', '：'])?;
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if is_digit(label.chars().next_back()) && is_digit(value.chars().next()) {
        return None; // a time, a scale
    }
    let (label, value) = (
        label.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '-' | '•' | '·' | '(' | '*' | '–')
        }),
        value.trim(),
    );
    // `Bonnet (Couleur: Moutarde)`: the colon is inside what stands in brackets.
    let is_inside = label.contains('(') && !label.contains(')');
    (!label.is_empty()
        && !is_inside
        && label.chars().count() <= 32
        && !value.is_empty()
        && !value.starts_with("//"))
    .then_some((label, value))
}

/// How many a cell says, with its label or without: `2`, `Qty: 2`, `6 ea`.
pub fn count(text: &str) -> Option<i64> {
    quantity::whole(text).or_else(|| {
        let (role, _, value) = value_of(text)?;
        (role == Role::Quantity).then(|| quantity::whole(value)).flatten()
    })
}

/// A value of a product with its label: `Taille : M`, or `EAN 4006381333931` where the label is plain.
pub fn value_of(text: &str) -> Option<(Role, &str, &str)> {
    if let Some((label, value)) = pair(text) {
        return attribute_role(label).map(|role| (role, label, value));
    }
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (label, value) = bare.split_once([' ', '\u{a0}'])?;
    let is_numbered = value.trim_start().starts_with('#');
    let value = value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '#' | ')' | ']'));
    let l = lexicon::label(label);
    // `Item # BAR-MP12`
    let is_product = || lexicon::hits(&fold(label)).iter().any(|h| h.roles.has(Role::Product));
    if is_numbered && l.unknown == 0 && is_product() && (is_model(value) || is_grouped(value)) {
        return Some((Role::Sku, label, value));
    }
    let fits = l.coverage() == 100
        && !value.contains(' ')
        && value.bytes().any(|b| b.is_ascii_digit())
        && money::sums(value).is_empty();
    if l.coverage() == 100 && l.has(Role::Attribute) && values::are_values(value) {
        return Some((Role::Attribute, label, value));
    }
    [Role::Gtin, Role::Sku, Role::Quantity]
        .into_iter()
        .find(|r| fits && l.has(*r))
        .map(|role| (role, label, value))
        .or_else(|| reference(bare))
}

/// `Numéro d’article 802.381.98`, `Réf. 41 922-486`: a label of several words, a reference of several
/// groups of digits.
fn reference(text: &str) -> Option<(Role, &str, &str)> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let from = text[..at]
        .rfind([' ', '\u{a0}'])
        .map_or(0, |s| s + text[s..].chars().next().map_or(1, char::len_utf8));
    let (label, value) = (text[..from].trim_end(), text[from..].trim_end());
    let l = lexicon::label(label);
    let is_group = |w: &str| {
        w.bytes().any(|b| b.is_ascii_digit())
            && w.bytes().all(|b| {
                b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'/')
            })
    };
    let fits = l.coverage() == 100
        && l.has(Role::Sku)
        && (4..=24).contains(&value.len())
        && value.split_whitespace().count() <= 3
        && value.split_whitespace().all(is_group);
    fits.then_some((Role::Sku, label, value))
}

/// `Puissance : -0,25`: a bare number with a sign that a label takes for something else than money.
pub fn is_signed_value(text: &str) -> bool {
    pair(text).is_some_and(|(label, value)| {
        let bare = value.trim_start_matches(['+', '-', '−']);
        bare.len() < value.len()
            && bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
            && lexicon::label(label).sum_role().is_none()
            && !labels_price(label)
    })
}

/// Who sells, where a line says no more than that: `Sold by Harbour Books (private seller)`.
pub fn seller(sheet: &Sheet, line: &Span) -> Option<Read<Seller>> {
    let text = sheet.at(line);
    let first = lexicon::first_hit(&fold(text))?;
    if !first.roles.has(Role::Seller) || text.contains('\n') {
        return None;
    }
    let (at, word) = fold::words(text).nth(first.words - 1)?;
    let rest = &text[at + word.len()..];
    let named = rest.trim_start().starts_with(':');
    let name = rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.'));
    if first.words < 2 && !named || name.is_empty() || !money::sums(name).is_empty() {
        return None;
    }
    Some((seller_named(name), line.clone()))
}

/// A seller's name, and whether what stands behind it says in trade or private.
pub fn seller_named(text: &str) -> Seller {
    let part = text.find(" (").or_else(|| text.find([',', '|'])).or_else(|| text.rfind(" - "));
    let said =
        part.map(|at| lexicon::label(text[at..].trim_matches(|c: char| !c.is_alphanumeric())));
    let professional = said.filter(|l| l.coverage() >= 50).and_then(|l| {
        if l.has(Role::Private) { Some(false) } else { l.has(Role::Professional).then_some(true) }
    });
    let name = match (part, professional) {
        (Some(at), Some(_)) => &text[..at],
        _ => text,
    };
    Seller { name: name.trim().to_owned(), professional }
}

/// A line of a list that is not `- label : value`.
pub fn is_bare_bullet(text: &str) -> bool {
    text.trim_start().starts_with(['-', '–', '•', '·', '*']) && value_of(text).is_none()
}

/// Whether a text is no more than the label of a line's price.
pub fn labels_price(text: &str) -> bool {
    let l = lexicon::label(text);
    let is_price = [Role::Price, Role::UnitPrice, Role::LinePrice].into_iter().any(|r| l.has(r));
    is_price && l.unknown == 0 && l.sum_role().is_none() && money::sums(text).is_empty()
}

/// Whether a line gives nothing but a reference.
pub fn is_reference(text: &str) -> bool {
    value_of(text).is_some_and(|(role, ..)| role == Role::Sku)
}

/// What an attribute's label says of a product.
pub fn attribute_role(label: &str) -> Option<Role> {
    let l = lexicon::label(label);
    if l.coverage() < 50 || label.contains(" - ") || l.weighty > 4 {
        return None;
    }
    [
        Role::Gtin,
        Role::Quantity,
        Role::Sku,
        Role::Seller,
        Role::Attribute,
        Role::UnitPrice,
        Role::Price,
        Role::LinePrice,
        Role::State,
        Role::Detail,
    ]
    .into_iter()
    .find(|r| l.has(*r) && !(*r == Role::Sku && l.has(Role::Attribute)))
}

/// A line's parts, parted by bars, dots, commas or semicolons, when each is a pair.
pub fn parts(text: &str) -> Vec<(usize, &str)> {
    for sep in ["|", "·", "•", "; ", ", ", " - ", " – ", " / "] {
        let list: Vec<(usize, &str)> =
            text.split(sep).map(|p| (p.as_ptr() as usize - text.as_ptr() as usize, p)).collect();
        if list.len() > 1 && list.iter().all(|(_, p)| value_of(p).is_some()) {
            return list;
        }
    }
    vec![(0, text)]
}

/// Where `- Taille : M, …` or `(Taille : M)` begins in a name: end of the name, start of the values.
pub fn attributes_at(text: &str) -> Option<(usize, usize)> {
    let colon = text.find([':', '：'])?;
    let head = text[..colon].trim_end();
    // The words right before the colon are a label, whatever parts them from the name.
    let starts: Vec<usize> = head.rmatch_indices(' ').take(3).map(|(at, _)| at + 1).collect();
    let known = starts.iter().rev().find(|at| {
        let l = lexicon::label(&head[**at..]);
        let is_one = !head[**at..].contains(['-', '–', '—', ',', '|', '/', '(', '[']);
        is_one && l.has(Role::Attribute) && l.unknown == 0 && l.weighty > 0
    });
    if let Some(at) = known {
        let end = head[..*at].trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, '-' | '–' | '—' | ',' | '|' | '/' | '(' | '[')
        });
        return (!end.is_empty()).then_some((end.len(), *at));
    }
    let mut best = None;
    for sep in [" - ", " – ", " — ", " (", ", ", " | ", " / ", " ["] {
        if let Some(at) = head.rfind(sep) {
            let label = head[at + sep.len()..].trim();
            let known = !label.is_empty() && label.chars().count() <= 30 && {
                let l = lexicon::label(label);
                l.has(Role::Attribute) && l.coverage() >= 50
            };
            let several = text.matches([':', '：']).count() >= 2
                && sep != ", "
                && label.split_whitespace().count() <= 3;
            if (known
                || several
                || is_option(label, text[colon + 1..].trim())
                || (sep.trim_start() == "- " && label.split_whitespace().count() <= 2))
                && best.is_none_or(|(b, _)| at < b)
            {
                best = Some((at, at + sep.len()));
            }
        }
    }
    best.filter(|(at, _)| *at > 0)
}

/// `Nib: M`: one word and a short value behind a name, an option that no list needs to know.
fn is_option(label: &str, value: &str) -> bool {
    let is_word = label.chars().all(char::is_alphabetic) && label.chars().count() <= 14;
    is_word
        && label.starts_with(char::is_uppercase)
        && value.trim_end_matches([')', ']']).chars().count() <= 12
        && value.split_whitespace().count() <= 2
}

/// `Glaze: Oat` on a line of its own: an option, whatever it is called.
pub fn is_option_line(text: &str) -> bool {
    pair(text).is_some_and(|(label, value)| {
        is_option(label, value) && lexicon::label(label).coverage() == 0
    })
}

/// Where bare values behind a hyphen or in brackets begin: `Lampe - Rouge`, `Chemise (M / Bleu)`.
pub fn bare_values_at(text: &str) -> Option<(usize, usize)> {
    for sep in [" - ", " – ", " — ", ": ", " ("] {
        let Some(at) = text.rfind(sep) else { continue };
        let tail = &text[at + sep.len()..];
        let tail = if sep == " (" { tail.strip_suffix(')').unwrap_or_default() } else { tail };
        let is_size = matches!(tail, "XS" | "S" | "M" | "L" | "XL" | "XXL" | "XXXL");
        let named = sep != " ("
            || is_size
            || tail.ends_with(" cm")
            || tail.contains(['/', ','])
            || tail.chars().all(|c| !c.is_ascii_digit()) && tail.chars().count() >= 3;
        let tail = tail.trim();
        let is_value = values::are_values(tail) || sep != " (" && is_short_value(&text[..at], tail);
        if at >= 3 && named && is_value {
            return Some((at, at + sep.len()));
        }
    }
    // `Commode 4 tiroirs, blanc`: a comma parts a colour, and many other things.
    let at = text.rfind(", ")?;
    let tail = text[at + 2..].trim();
    let is_plain = !tail.contains(|c: char| c.is_ascii_digit());
    (at >= 3 && is_plain && values::are_values(tail)).then_some((at, at + 2))
}

/// `Carnet de lin - Ocre`, `Running shoe – UK 8`: one word or a size behind a dash, where the name
/// has words of its own.
fn is_short_value(name: &str, tail: &str) -> bool {
    let words = tail.split_whitespace().count();
    let letters = |t: &str| t.chars().filter(|c| c.is_alphabetic()).count();
    let is_word = words == 1 && tail.chars().all(|c| c.is_alphabetic() || c == '-');
    let is_size = words == 2
        && tail.len() <= 8
        && tail.split_whitespace().all(|w| {
            w.bytes().all(|b| b.is_ascii_uppercase())
                || w.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
        });
    tail.starts_with(char::is_uppercase)
        && (is_word && letters(tail) <= 12 && letters(tail) >= 3 || is_size)
        && name.split_whitespace().count() >= 2
}

/// A label of a product's attribute alone: its value stands on the next line.
pub fn awaits_value(text: &str) -> bool {
    let l = lexicon::label(text);
    text.chars().count() <= 24
        && l.has(Role::Attribute)
        && l.unknown == 0
        && l.weighty <= 2
        && text.chars().all(|c| !c.is_ascii_digit())
        && !values::are_values(text)
}

/// `Taille : M ,Couleur : Rouge` as `Taille: M, Couleur: Rouge`.
pub fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if matches!(c, ':' | '：' | ',') {
            let kept = out.trim_end().len();
            out.truncate(kept);
            out.push(if c == '：' { ':' } else { c });
        } else {
            out.push(if c == '\u{a0}' || c == '\u{202f}' { ' ' } else { c });
        }
    }
    out.replace("  ", " ")
}

/// Whether a line only describes a product named elsewhere: an attribute, a reference, a quantity.
pub fn is_detail(text: &str) -> bool {
    let t = text.trim();
    if t.is_empty() {
        return true;
    }
    if quantity::whole(t).is_some() {
        return true;
    }
    if t.starts_with(['-', '•', '·', '↳', '+']) && t.chars().count() <= 60 {
        return pair(t).is_some() || t.split_whitespace().count() <= 6;
    }
    if let Some((label, _)) = pair(t)
        && attribute_role(label).is_some()
    {
        return true;
    }
    if value_of(t).is_some() {
        return true;
    }
    let folded = fold(t);
    let hits = lexicon::hits(&folded);
    hits.first().is_some_and(|h| {
        h.start <= 1
            && (h.roles.has(Role::Seller) && h.words >= 2
                || h.roles.has(Role::Sku)
                    && t.split_whitespace().count() <= 3
                    && t.bytes().any(|b| b.is_ascii_digit())
                || h.roles.has(Role::Gtin)
                || h.roles.has(Role::Quantity) && t.split_whitespace().count() <= 3)
    })
}
