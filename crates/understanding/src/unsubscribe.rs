//! The way to stop such mails, from List-Unsubscribe (RFC 2369) and List-Unsubscribe-Post (RFC 8058).
//!
//! One click is believed only as RFC 8058 has it: an https address, the Post header, and both under a
//! DKIM signature that holds. Whether it holds is what the mailbox's own provider wrote; nothing is
//! asked of anybody.

use crate::actor::authserv;
use crate::actor::evidence::tag;
use mesinfos_domain::{Fact, OneClick, Place, Source, Unsubscribe};
use mesinfos_reading::Mail;

const LIST: &str = "list-unsubscribe";
const POST: &str = "list-unsubscribe-post";
/// A header with more addresses, or longer ones, is read no further.
const ADDRESSES: usize = 20;
const ADDRESS_BYTES: usize = 2000;

/// What the mail offers, and where it says so. `authserv`: whose Authentication-Results count; `None`
/// where no header of this mail can be trusted (it lies inside another).
pub fn read(mail: &Mail, authserv: Option<&str>) -> Option<(Unsubscribe, Fact)> {
    let header = mail.header(LIST)?;
    let addresses = addresses(header);
    let starting = |scheme: &str| addresses.iter().find(|a| has_scheme(a, scheme)).cloned();
    let https = starting("https:");
    let link = https.clone().or_else(|| starting("http:"));
    let mailto = starting("mailto:");
    let words = link.as_ref().or(mailto.as_ref())?.clone();
    let one_click = one_click(mail, https.is_some(), authserv);
    let confidence = if matches!(one_click, OneClick::Yes { .. }) { 100 } else { 80 };
    let fact = Fact {
        field: "unsubscribe".to_owned(),
        source: Source {
            place: Place::Header,
            start: 0,
            end: u32::try_from(header.len()).unwrap_or(u32::MAX),
            words: words.chars().take(200).collect(),
        },
        rule: format!("list-unsubscribe-{}", one_click.code()),
        confidence,
    };
    Some((Unsubscribe { link, mailto, one_click }, fact))
}

/// What stands between angle brackets; white space in it means nothing (RFC 2369, section 2).
fn addresses(header: &str) -> Vec<String> {
    let parts = header.split('<').skip(1).filter_map(|part| part.split_once('>'));
    parts
        .take(ADDRESSES)
        .map(|(inside, _)| inside.split_whitespace().collect::<String>())
        .filter(|a| a.len() <= ADDRESS_BYTES && !a.contains(char::is_control))
        .collect()
}

fn has_scheme(address: &str, scheme: &str) -> bool {
    address.get(..scheme.len()).is_some_and(|a| a.eq_ignore_ascii_case(scheme))
        && address.len() > scheme.len()
}

fn one_click(mail: &Mail, is_https: bool, authserv: Option<&str>) -> OneClick {
    let offered = mail
        .header(POST)
        .is_some_and(|v| v.trim().eq_ignore_ascii_case("list-unsubscribe=one-click"));
    if !offered {
        return OneClick::NotOffered;
    }
    if !is_https {
        return OneClick::NotHttps;
    }
    if [LIST, POST].iter().any(|name| mail.headers_named(name).count() > 1) {
        return OneClick::Repeated;
    }
    let signatures: Vec<&str> = mail.headers_named("dkim-signature").take(16).collect();
    if !signatures.iter().any(|s| covers(s)) {
        return OneClick::NotSigned;
    }
    let Some(results) = authserv::trusted_value(mail, authserv) else {
        return OneClick::NotVerified;
    };
    let passed = passed(results);
    let verified = signatures.iter().filter(|s| covers(s)).find_map(|signature| {
        let domain = tag(signature, "d")?;
        let same = |s: &&&str| tag(s, "d").is_some_and(|d| d.eq_ignore_ascii_case(domain));
        // Where the server does not say which of a domain's signatures held, each must cover both.
        let all_cover = signatures.iter().filter(same).all(|s| covers(s));
        let holds = passed.iter().any(|p| p.is_of(signature, domain, all_cover));
        holds.then(|| domain.to_ascii_lowercase())
    });
    match verified {
        Some(signed_by) => OneClick::Yes { signed_by },
        None => OneClick::NotVerified,
    }
}

/// Whether a signature covers both headers (its tag `h`, RFC 6376, 3.5).
fn covers(signature: &str) -> bool {
    let Some(headers) = tag(signature, "h") else { return false };
    let has = |name: &str| headers.split(':').any(|h| h.trim().eq_ignore_ascii_case(name));
    has(LIST) && has(POST)
}

/// One signature that the server found valid, as far as it says which (RFC 8601, 2.7.1; RFC 6008).
struct Passed {
    domain: String,
    selector: Option<String>,
    begins: Option<String>,
}

impl Passed {
    fn is_of(&self, signature: &str, domain: &str, all_cover: bool) -> bool {
        if !self.domain.eq_ignore_ascii_case(domain) {
            return false;
        }
        let value = |name| -> String {
            tag(signature, name).unwrap_or_default().split_whitespace().collect()
        };
        let same_selector = self.selector.as_ref().map(|s| s.eq_ignore_ascii_case(&value("s")));
        let same_bytes = self.begins.as_ref().map(|b| value("b").starts_with(b.as_str()));
        match (same_selector, same_bytes) {
            (Some(false), _) | (_, Some(false)) => false,
            (_, Some(true)) => true,
            (Some(true), None) | (None, None) => all_cover,
        }
    }
}

fn passed(results: &str) -> Vec<Passed> {
    let plain = without_comments(results);
    let parts = plain.split(';').skip(1);
    let is_pass = |part: &&str| {
        let said = part.split_whitespace().next().unwrap_or_default();
        said.eq_ignore_ascii_case("dkim=pass")
    };
    parts
        .filter(is_pass)
        .filter_map(|part| {
            let property = |name: &str| {
                let found = part.split_whitespace().find_map(|w| w.strip_prefix(name));
                found.map(|v| v.trim_matches('"').to_owned())
            };
            let by_identity = || {
                let identity = property("header.i=")?;
                identity.rsplit('@').next().map(str::to_owned)
            };
            Some(Passed {
                domain: property("header.d=").or_else(by_identity)?,
                selector: property("header.s="),
                begins: property("header.b=").filter(|b| b.len() >= 8),
            })
        })
        .collect()
}

/// Comments may hold anything, semicolons and lies included.
fn without_comments(value: &str) -> String {
    let mut depth = 0u32;
    let mut plain = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_domain::Way;

    const LINK: &str =
        "List-Unsubscribe: <mailto:stop@a.example?subject=x>, <https://a.example/u>\n";
    const POSTED: &str = "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n";
    const SIGNED: &str = "DKIM-Signature: v=1; d=a.example; s=k1; b=ABCDEFGHIJ; \
                          h=From:List-Unsubscribe:\n List-Unsubscribe-Post\n";
    const HELD: &str = "Authentication-Results: mx.ici.example; spf=pass;\n \
                        dkim=pass (2048-bit key; secure) header.d=a.example header.b=ABCDEFGH\n";

    fn of(head: &str) -> Unsubscribe {
        let mail = Mail::read(format!("{head}Subject: x\n\nx").as_bytes());
        read(&mail, Some("mx.ici.example")).expect("a way").0
    }

    #[test]
    fn one_click_is_believed_by_the_book_only() {
        let whole = of(&format!("{HELD}{SIGNED}{LINK}{POSTED}"));
        assert_eq!(whole.one_click, OneClick::Yes { signed_by: "a.example".into() });
        assert_eq!(whole.way(), Way::OneClick);
        let cases = [
            (format!("{HELD}{SIGNED}{LINK}"), OneClick::NotOffered),
            (
                format!("{HELD}{SIGNED}List-Unsubscribe: <http://a.example/u>\n{POSTED}"),
                OneClick::NotHttps,
            ),
            (format!("{HELD}{SIGNED}{LINK}{LINK}{POSTED}"), OneClick::Repeated),
            (
                format!(
                    "{HELD}DKIM-Signature: d=a.example; h=From:List-Unsubscribe\n{LINK}{POSTED}"
                ),
                OneClick::NotSigned,
            ),
            (format!("{SIGNED}{LINK}{POSTED}"), OneClick::NotVerified),
            (
                format!(
                    "Authentication-Results: elsewhere.example; dkim=pass header.d=a.example\n{SIGNED}{LINK}{POSTED}"
                ),
                OneClick::NotVerified,
            ),
            (
                format!(
                    "Authentication-Results: mx.ici.example; dkim=fail (dkim=pass header.d=a.example) header.d=a.example\n{SIGNED}{LINK}{POSTED}"
                ),
                OneClick::NotVerified,
            ),
            (
                format!(
                    "Authentication-Results: mx.ici.example; dkim=pass header.d=b.example\n{SIGNED}{LINK}{POSTED}"
                ),
                OneClick::NotVerified,
            ),
        ];
        for (head, why) in cases {
            assert_eq!(of(&head).one_click, why, "{head}");
        }
    }

    #[test]
    fn another_signature_of_the_same_domain_proves_nothing() {
        let other = "DKIM-Signature: v=1; d=a.example; s=k2; b=ZZZZZZZZZZ; h=From\n";
        let held = "Authentication-Results: mx.ici.example; dkim=pass header.d=a.example";
        let told =
            |more: &str| of(&format!("{held}{more}\n{other}{SIGNED}{LINK}{POSTED}")).one_click;
        assert_eq!(told(""), OneClick::NotVerified, "which of the two held?");
        assert_eq!(told(" header.s=k2"), OneClick::NotVerified);
        assert_eq!(told(" header.b=ZZZZZZZZ"), OneClick::NotVerified);
        assert!(matches!(told(" header.s=k1 header.b=ABCDEFGH"), OneClick::Yes { .. }));
    }

    #[test]
    fn other_ways() {
        assert_eq!(of(LINK).way(), Way::Mailto);
        let folded = of("List-Unsubscribe: <https://a.example/\n very/long>\n");
        assert_eq!(folded.link.as_deref(), Some("https://a.example/very/long"));
        assert_eq!(folded.way(), Way::Link);
        for nothing in ["List-Unsubscribe: NO\n", "List-Unsubscribe: <javascript:alert(1)>\n", ""] {
            let mail = Mail::read(format!("{nothing}Subject: x\n\nx").as_bytes());
            assert_eq!(read(&mail, None), None, "{nothing}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_header_makes_it_fail(a in ".{0,200}", b in ".{0,80}", c in ".{0,200}") {
            let mail = Mail::read(format!(
                "List-Unsubscribe: {a}\nList-Unsubscribe-Post: {b}\nDKIM-Signature: {c}\nSubject: x\n\nx"
            ).as_bytes());
            let _ = read(&mail, Some("a"));
        }
    }
}
