//! Who a letter says it comes from: known organisations in its displayed name, domain and body.

use crate::Letter;
use crate::known::{self, Organisation};
use crate::letter::links::registrable;
use crate::letter::words::{fold, words};
use foldhash::HashSet;
use std::sync::LazyLock;

/// Words that may stand beside a name without making it another's.
static BESIDE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/tone.tsv")
        .lines()
        .filter_map(|l| l.strip_prefix("beside\t"))
        .flat_map(|words| words.split(';'))
        .collect()
});

/// How a letter claims an organisation.
#[derive(Default)]
pub struct Claim {
    /// Whom, when it is a known one.
    pub organisation: Option<&'static Organisation>,
    /// A domain that the displayed name shows although the letter is not from it.
    pub shown_domain: Option<String>,
    /// The strength of the displayed name's claim.
    pub display: f32,
    /// The strength of the domain's claim.
    pub domain: f32,
    /// The strength of the body's claim: its heading and its foot.
    pub body: f32,
}

/// What the letter claims, the strongest claim first.
pub fn of(letter: &Letter<'_>) -> Claim {
    let mut claim = Claim::default();
    let Some(from) = &letter.from else { return claim };
    let host = from.domain().unwrap_or_default();
    display(letter, &from.name, host, &mut claim);
    if let Some(o) = super::domains::looks_like(host)
        && claim.organisation.is_none_or(|c| std::ptr::eq(c, o))
    {
        claim.organisation = Some(o);
        claim.domain = if super::domains::suspicion(host) > 0.7 { 2.5 } else { 1.0 };
    }
    // `proton.me@elsewhere.example` claims proton.me.
    if let Some(o) = known::organisation(&fold(from.local()))
        && claim.organisation.is_none_or(|c| std::ptr::eq(c, o))
    {
        claim.organisation = Some(o);
        claim.domain += 2.0;
    }
    body(letter, &mut claim);
    claim
}

fn display(letter: &Letter<'_>, name: &str, host: &str, claim: &mut Claim) {
    for token in
        name.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')'))
    {
        let shown = token.rsplit('@').next().unwrap_or(token).to_ascii_lowercase();
        if !shown.contains('.') || shown.starts_with('.') {
            continue;
        }
        let Some(domain) = registrable(&shown)
            .filter(|_| psl::suffix(shown.as_bytes()).is_some_and(|s| s.is_known()))
        else {
            continue;
        };
        let own = registrable(host).is_some_and(|h| h == domain);
        if let Some(o) = known::organisation(&shown) {
            claim.organisation = Some(o);
            claim.display = 3.0;
        } else if !own && letter.mail.to.iter().any(|t| t.domain() == Some(domain.as_str())) {
            // The person's own provider or employer, claimed from elsewhere.
            claim.shown_domain = Some(domain);
            claim.display = 3.0;
        }
    }
    if claim.display > 0.0 {
        return;
    }
    let folded = fold(name);
    let all: Vec<&str> = words(&folded).collect();
    let (mut named, mut beside, mut i) = (None::<(&'static Organisation, f32)>, 0, 0);
    while i < all.len() {
        match known::named_at(&all[i..]) {
            Some((o, n)) if named.is_none_or(|(other, _)| std::ptr::eq(o, other)) => {
                // "Alan", "Jules": a first name claims nothing by itself.
                let plain = n == 1 && (known::is_first_name(all[i]) || all[i].len() < 3);
                named = named.or(Some((o, if plain { 1.0 } else { 3.0 })));
                i += n;
            }
            _ => {
                beside += usize::from(
                    !BESIDE.contains(all[i]) && !all[i].bytes().all(|b| b.is_ascii_digit()),
                );
                i += 1;
            }
        }
    }
    let Some((o, strength)) = named else { return };
    let domain = registrable(host).unwrap_or_default();
    // "Orange Bleue" at orange-bleue.fr is a name of its own.
    let own_name = beside > 0 && crate::actor::name::kinship(&domain, name) > 0.5;
    if beside <= 3 && !own_name {
        claim.organisation = Some(o);
        claim.display = if beside == 0 { strength } else { f32::min(strength, 2.0) };
    }
}

/// The heading or lines of the foot that are nothing but the organisation's name.
fn body(letter: &Letter<'_>, claim: &mut Claim) {
    let names_it =
        |line: &str, wanted: Option<&'static Organisation>| -> Option<&'static Organisation> {
            if line.len() > 80 {
                return None;
            }
            let folded = fold(line);
            let all: Vec<&str> =
                words(&folded).filter(|w| !BESIDE.contains(w) && !is_year(w)).collect();
            let (o, n) = known::named_at(&all)?;
            (n == all.len() && wanted.is_none_or(|w| std::ptr::eq(w, o))).then_some(o)
        };
    let lines =
        || letter.page.text.lines().map(str::trim).filter(|l| l.chars().any(char::is_alphanumeric));
    let head = lines().take(2).find_map(|l| names_it(l, claim.organisation));
    let foot = letter.foot().lines().find_map(|l| names_it(l, claim.organisation.or(head)));
    let picture = letter.page.images.first().and_then(|i| names_it(&i.alt, claim.organisation));
    let head = head.or(picture);
    if let (None, Some(h), Some(f)) = (claim.organisation, head, foot)
        && std::ptr::eq(h, f)
    {
        claim.organisation = Some(h);
    }
    claim.body = f32::from(u8::from(head.is_some())) + f32::from(u8::from(foot.is_some()));
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.starts_with("20") && word.bytes().all(|b| b.is_ascii_digit())
}
