//! Where a letter leads: the domains of its links, and the domains and addresses its words name.

use mesinfos_reading::Page;

/// Links of one letter that are looked at: a digest with more repeats itself.
const LINKS: usize = 300;
/// Bytes of text searched for domains in words, from each end.
const TEXT: usize = 12_000;

/// A link, or a domain that stands in the words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// The whole host, lower case.
    pub host: String,
    /// Its registrable domain (public suffix list).
    pub domain: String,
    /// Where it stands in the text of the page.
    pub at: u32,
    /// What sort of target it is.
    pub kind: TargetKind,
    /// The registrable domain that a link's words show, when they are an address themselves.
    pub shown: Option<String>,
    /// The registrable domain of an address inside the link's own query: where a counter leads.
    pub leads_to: Option<String>,
}

/// How a domain came into a letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TargetKind {
    /// An `http` link.
    Link,
    /// A link that goes through a counter of clicks.
    Counted,
    /// A mail address, linked or only named.
    Mail,
    /// A domain that the words name without a link.
    Named,
}

/// The registrable domain of a host, lower case; none for an IP address or a bare suffix.
pub fn registrable(host: &str) -> Option<String> {
    let host = host.trim().trim_end_matches('.').to_ascii_lowercase();
    let last = host.rsplit('.').next()?;
    if last.len() < 2 || !last.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-' || b >= 0x80) {
        // `xn--` endings hold digits.
        if !last.starts_with("xn--") {
            return None;
        }
    }
    psl::domain_str(&host).map(str::to_owned)
}

/// The host of an absolute link, as written.
pub fn host(href: &str) -> Option<&str> {
    let (scheme, rest) = href.split_once("://")?;
    if !scheme.trim().eq_ignore_ascii_case("http") && !scheme.trim().eq_ignore_ascii_case("https") {
        return None;
    }
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let authority = &rest[..end];
    let host = authority.rsplit_once('@').map_or(authority, |(_, h)| h);
    Some(host.split(':').next().unwrap_or(host)).filter(|h| !h.is_empty())
}

/// All targets of a page in reading order. Linear.
pub fn targets(page: &Page) -> Vec<Target> {
    let mut all = Vec::new();
    for link in page.links.iter().take(LINKS) {
        let words = page.text.get(link.text.start as usize..link.text.end as usize).unwrap_or("");
        if let Some(target) = target(&link.href, words, link.text.start) {
            all.push(target);
        }
    }
    let linked: Vec<(u32, u32)> = page.links.iter().map(|l| (l.text.start, l.text.end)).collect();
    for (at, token) in tokens(&page.text) {
        let inside = linked.iter().take(LINKS).any(|&(s, e)| s <= at && at < e);
        let mail = token.split_once('@');
        if inside && mail.is_none() {
            continue;
        }
        let host = mail.map_or(token, |(_, h)| h).trim_end_matches('.').to_ascii_lowercase();
        let Some(domain) = named(&host) else { continue };
        let kind = if mail.is_some() { TargetKind::Mail } else { TargetKind::Named };
        all.push(Target { host, domain, at, kind, shown: None, leads_to: None });
    }
    all.sort_by_key(|t| t.at);
    all
}

fn target(href: &str, words: &str, at: u32) -> Option<Target> {
    if let Some(mail) = href.strip_prefix("mailto:").or_else(|| href.strip_prefix("MAILTO:")) {
        let address = mail.split(['?', ',', ';']).next()?;
        let host = address.rsplit_once('@')?.1.trim().to_ascii_lowercase();
        let domain = registrable(&host)?;
        return Some(Target {
            host,
            domain,
            at,
            kind: TargetKind::Mail,
            shown: None,
            leads_to: None,
        });
    }
    let host = host(href)?.to_ascii_lowercase();
    let domain = registrable(&host)?;
    let shown = shown(words);
    let leads_to = leads_to(href);
    let kind =
        if leads_to.is_some() || counts(&host) { TargetKind::Counted } else { TargetKind::Link };
    Some(Target { host, domain, at, kind, shown, leads_to })
}

/// The domain that words show when they are nothing but an address: `www.banque.fr/espace`.
fn shown(words: &str) -> Option<String> {
    let words = words.trim().trim_matches(|c: char| matches!(c, '<' | '>' | '[' | ']' | '(' | ')'));
    if words.is_empty()
        || words.len() > 200
        || words.contains(char::is_whitespace)
        || words.contains('@')
    {
        return None;
    }
    let bare = host(words).unwrap_or_else(|| words.split(['/', '?']).next().unwrap_or(words));
    named(&bare.to_ascii_lowercase())
}

/// An address inside a link, as counters of clicks carry it, percent-encoded or plain.
fn leads_to(href: &str) -> Option<String> {
    let rest = href.get(8..)?;
    let lower = rest.to_ascii_lowercase();
    for mark in ["https%3a%2f%2f", "http%3a%2f%2f", "https://", "http://"] {
        if let Some(i) = lower.find(mark) {
            let inner = &lower[i + mark.len()..];
            let end = inner.find(['/', '%', '&', '?', '#', '"']).unwrap_or(inner.len());
            return registrable(&inner[..end]);
        }
    }
    None
}

/// Whether the first label of a host is one that counters of clicks use.
fn counts(host: &str) -> bool {
    const LABELS: &[&str] = &[
        "click", "clic", "clicks", "clics", "track", "tracking", "trk", "links", "link", "lien",
        "liens", "lnk", "t", "r", "go", "url", "email", "e", "ea", "elink", "c", "l", "mail", "em",
        "mailing", "click1", "ct", "redirect", "redir", "rdr", "open", "enews", "nl", "emailing",
        "stats",
    ];
    host.split('.').next().is_some_and(|label| LABELS.contains(&label))
        && host.split('.').count() > 2
}

/// A registrable domain whose ending is one that exists (or is kept for examples).
fn named(host: &str) -> Option<String> {
    let suffix = psl::suffix(host.as_bytes())?;
    let reserved = host.ends_with(".example") || host.ends_with(".test");
    if !(suffix.is_known() || reserved) {
        return None;
    }
    registrable(host)
}

/// Tokens of the text that may be a domain or a mail address.
fn tokens(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let cut = |mut at: usize| {
        while at < text.len() && !text.is_char_boundary(at) {
            at += 1;
        }
        at.min(text.len())
    };
    let head = cut(TEXT);
    let tail = cut(text.len().saturating_sub(TEXT)).max(head);
    [&text[..head], &text[tail..]].into_iter().flat_map(move |part| {
        around_dots(part)
            .filter(|t| t.len() > 3)
            .map(|t| t.trim_matches(|c: char| matches!(c, '.' | '-' | '_' | '=')))
            .filter(|t| t.len() > 3 && t.contains('.') && !t.starts_with('@'))
            .filter(|t| !t.bytes().any(|b| b.is_ascii_uppercase()) || t.contains('@'))
            .map(move |t| ((t.as_ptr() as usize - text.as_ptr() as usize) as u32, t))
    })
}

/// The runs of signs of an address that hold a dot: only around dots is the text looked at.
fn around_dots(text: &str) -> impl Iterator<Item = &str> {
    let is_outside =
        |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | '+' | '='));
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = &text[from..];
        let dot = memchr::memchr(b'.', rest.as_bytes())?;
        let before = rest[..dot].char_indices().rev().find(|(_, c)| is_outside(*c));
        let start = before.map_or(0, |(i, c)| i + c.len_utf8());
        let end = rest[dot..].find(is_outside).map_or(rest.len(), |i| dot + i);
        from += end;
        Some(&rest[start..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_reading::Dom;

    #[test]
    fn links_counters_addresses_and_named_domains_are_told_apart() {
        let html = "<a href='https://click.boite.example/x?u=https%3A%2F%2Fwww.lune.fr%2Fa'>Voir</a>\
            <a href='https://piege.top/'>www.banque.fr/espace</a><p>Écrivez à aide@lune.fr ou sur lune.fr. Total 12.90</p>";
        let page = Page::from_html(&Dom::parse(html));
        let all = targets(&page);
        assert_eq!(all[0].kind, TargetKind::Counted);
        assert_eq!(all[0].leads_to.as_deref(), Some("lune.fr"));
        assert_eq!(all[1].shown.as_deref(), Some("banque.fr"));
        let rest: Vec<_> = all[2..].iter().map(|t| (t.kind, t.domain.as_str())).collect();
        assert_eq!(rest, [(TargetKind::Mail, "lune.fr"), (TargetKind::Named, "lune.fr")]);
    }

    #[test]
    fn registrable_domains_follow_the_public_suffix_list() {
        assert_eq!(registrable("www.a.co.uk").as_deref(), Some("a.co.uk"));
        assert_eq!(registrable("assure.ameli.fr").as_deref(), Some("ameli.fr"));
        assert_eq!(registrable("192.168.0.1"), None);
    }
}
