//! What a letter shows of who wrote it: domains with their weights, and names.

use super::{markup, name, phrases};
use crate::Letter;
use crate::known::{self, Role};
use crate::letter::links::{TargetKind, host, registrable};
use crate::phrases::AnyOf;
use mesinfos_domain::{Evidence, EvidenceKind};

/// A domain that the letter may belong to.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its registrable domain, or the main domain of the organisation known to own it.
    pub domain: String,
    /// The sum of its evidence.
    pub score: f32,
    /// What speaks for it.
    pub evidence: Vec<(f32, Evidence)>,
    /// Whether the body leads to it or names it.
    pub in_body: bool,
    /// Best kinship with any name of the letter.
    pub kinship: f32,
    /// Best kinship with a name for which the letter says that it was sent.
    pub behalf: f32,
    /// Its hosts below the domain, as far as they may hold a name.
    hosts: Vec<String>,
}

/// A name that the letter gives, where, and how much it counts from 0 to 1.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name.
    pub words: String,
    /// Where it stands.
    pub kind: EvidenceKind,
    /// How much it counts.
    pub weight: f32,
    /// Whether the letter says that it was sent for this one.
    pub behalf: bool,
}

/// All evidence of a letter.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// Domains, in order of appearance.
    pub candidates: Vec<Candidate>,
    /// Names, in order of appearance.
    pub names: Vec<Name>,
    /// The host of the From address.
    pub host: Option<String>,
    /// Where the From address belongs, when it is no mailbox provider's.
    pub sender: Option<String>,
}

/// The domain by which an owner of a host is known.
pub fn owner(host: &str) -> Option<String> {
    if let Some(p) = known::platform(host).filter(|p| p.role.acts_for_others()) {
        return Some(p.domain.to_owned());
    }
    if let Some(school) = below_academy(host) {
        return Some(school);
    }
    match known::organisation(host) {
        Some(o) => Some(o.domain.to_owned()),
        None => registrable(host),
    }
}

/// French schools share the domain of their academy (`clg-lune.ac-lune.fr`): their own is one
/// label longer, as if it were a public suffix.
fn below_academy(host: &str) -> Option<String> {
    let domain = registrable(host).filter(|d| d.starts_with("ac-") && d.ends_with(".fr"))?;
    let below = host.strip_suffix(&domain)?.strip_suffix('.')?;
    let label = below.rsplit('.').next().filter(|l| !l.is_empty() && *l != "www")?;
    Some(format!("{label}.{domain}"))
}

impl Gathered {
    fn add(&mut self, domain: &str, weight: f32, kind: EvidenceKind, value: &str) {
        let evidence = Evidence { kind, value: value.to_owned() };
        let body = matches!(kind, EvidenceKind::Link | EvidenceKind::Footer | EvidenceKind::Markup);
        match self.candidates.iter_mut().find(|c| c.domain == domain) {
            Some(c) => {
                c.score += weight;
                c.in_body |= body;
                if !c.evidence.iter().any(|(_, e)| *e == evidence) {
                    c.evidence.push((weight, evidence));
                }
            }
            None => self.candidates.push(Candidate {
                domain: domain.to_owned(),
                score: weight,
                evidence: vec![(weight, evidence)],
                in_body: body,
                kinship: 0.0,
                behalf: 0.0,
                hosts: Vec::new(),
            }),
        }
    }

    fn add_name(&mut self, words: &str, kind: EvidenceKind, weight: f32) {
        let words = words.trim();
        let letters = words.chars().filter(|c| c.is_alphabetic()).count();
        if letters < 2 || words.chars().count() > 70 || self.names.len() >= 24 {
            return;
        }
        self.names.push(Name { words: words.to_owned(), kind, weight, behalf: false });
    }

    /// A name for which the letter says that it was sent. "Ticket sent by TILLS" names the
    /// platform instead, when that is who wrote.
    fn add_behalf(&mut self, words: &str, weight: f32) {
        let of_sender = |d: &String| name::kinship(d, words) > 0.5;
        let is_platform = self
            .host
            .as_deref()
            .and_then(known::platform)
            .is_some_and(|p| p.domains.iter().any(|d| name::kinship(d, words) > 0.6));
        if self.sender.as_ref().is_some_and(of_sender) || is_platform || name::is_personal(words) {
            return;
        }
        let before = self.names.len();
        self.add_name(words, EvidenceKind::Footer, weight);
        if let Some(n) = self.names.get_mut(before) {
            n.behalf = true;
        }
    }

    /// Remembers a host of a candidate: schools and town halls have names below a shared domain.
    fn add_host(&mut self, domain: &str, host: &str) {
        let Some(c) = self.candidates.iter_mut().find(|c| c.domain == domain) else { return };
        let label = host.split('.').next().unwrap_or_default();
        if host != domain
            && label.len() > 5
            && c.hosts.len() < 3
            && !c.hosts.iter().any(|h| h == label)
        {
            c.hosts.push(label.to_owned());
        }
    }
}

/// Gathers all evidence. Linear in the letter.
pub fn gather(letter: &Letter<'_>) -> Gathered {
    let mut g = Gathered::default();
    from(letter, &mut g);
    if letter.forwarded_by.is_none() {
        headers(letter, &mut g);
    }
    body(letter, &mut g);
    names(letter, &mut g);
    if let Some(dom) = letter.dom {
        for (name, url) in markup::organisations(dom) {
            if let Some(domain) = url.as_deref().and_then(host).and_then(owner) {
                g.add(&domain, 15.0, EvidenceKind::Markup, &domain);
            }
            g.add_name(&name, EvidenceKind::Markup, 0.7);
        }
    }
    relate(letter, &mut g);
    g
}

/// Whether a host can be an organisation's own: no mailbox provider, mailer, counter or the like.
pub fn may_own(host: &str) -> bool {
    !known::is_freemail(host)
        && known::platform(host)
            .is_none_or(|p| known::organisation(host).is_some_and(|_| p.role == Role::Freemail))
}

fn from(letter: &Letter<'_>, g: &mut Gathered) {
    let Some(from) = &letter.from else { return };
    let Some(host) = from.domain().map(str::to_owned) else { return };
    g.sender = owner(&host).filter(|_| !known::is_freemail(&host));
    if may_own(&host)
        && let Some(domain) = owner(&host)
    {
        let kind = if letter.forwarded_by.is_some() {
            EvidenceKind::Forwarded
        } else {
            EvidenceKind::From
        };
        g.add(&domain, 40.0, kind, &from.address);
    }
    // Mailing services write `contact=lune.fr@mail26.service.net` for contact@lune.fr.
    if let Some((_, inner)) = from.local().rsplit_once('=')
        && let Some(domain) = registrable(inner).filter(|d| may_own(d))
    {
        g.add(&domain, 50.0, EvidenceKind::From, &from.address);
    }
    g.host = Some(host);
}

fn headers(letter: &Letter<'_>, g: &mut Gathered) {
    let mail = letter.mail;
    let own = g.sender.clone();
    if let Some(reply) = &mail.reply_to
        && let Some(h) = reply.domain().filter(|h| may_own(h))
        && let Some(domain) = owner(h)
    {
        let weight = if own.as_deref() == Some(&domain) { 5.0 } else { 25.0 };
        g.add(&domain, weight, EvidenceKind::ReplyTo, &reply.address);
    }
    let mut header = |name: &str, weight: f32, kind: EvidenceKind, host: Option<&str>| {
        let host = host.map(|h| h.trim().to_ascii_lowercase());
        if let Some(h) = host.filter(|h| may_own(h) && mail.header(name).is_some())
            && let Some(domain) = owner(&h)
        {
            g.add(&domain, weight, kind, &h);
        }
    };
    for signature in mail.headers_named("dkim-signature").take(8) {
        header("dkim-signature", 8.0, EvidenceKind::Dkim, tag(signature, "d"));
    }
    let after_at = |v: &'_ str| -> Option<String> {
        let (_, h) = v.rsplit_once('@')?;
        Some(h.trim_matches(|c: char| c == '>' || c.is_whitespace()).to_owned())
    };
    let envelope = mail.header("return-path").and_then(after_at);
    header("return-path", 4.0, EvidenceKind::From, envelope.as_deref());
    let list =
        mail.header("list-id").and_then(|l| l.rsplit('<').next()).map(|l| l.trim_end_matches('>'));
    header("list-id", 4.0, EvidenceKind::ListId, list);
    let leave = mail.header("list-unsubscribe").and_then(|l| l.split('<').find_map(host));
    header("list-unsubscribe", 4.0, EvidenceKind::ListId, leave);
}

/// The value of a tag in a DKIM signature (RFC 6376, 3.2).
pub fn tag<'s>(signature: &'s str, name: &str) -> Option<&'s str> {
    signature.split(';').find_map(|part| {
        let (n, value) = part.split_once('=')?;
        (n.trim() == name).then(|| value.trim())
    })
}

fn body(letter: &Letter<'_>, g: &mut Gathered) {
    let text = &letter.page.text;
    let foot_at = (text.len() - letter.foot().len()) as u32;
    let sender = g.sender.clone();
    let usable: Vec<(String, &crate::letter::links::Target)> = letter
        .targets
        .iter()
        .filter_map(|t| {
            let led = t.leads_to.as_deref().filter(|d| may_own(d));
            if let Some(d) = led {
                return owner(d).map(|d| (d, t));
            }
            may_own(&t.host).then(|| owner(&t.host).map(|d| (d, t))).flatten()
        })
        .collect();
    let total = usable.len().max(1) as f32;
    let mut first_link = true;
    for (domain, t) in &usable {
        // A known organisation that another's mail leads to is rarely its author.
        let foreign = known::organisation(domain).is_some() && sender.as_ref() != Some(domain);
        let share = if foreign { 0.3 } else { 1.0 };
        let in_foot = t.at >= foot_at;
        let kind = if in_foot { EvidenceKind::Footer } else { EvidenceKind::Link };
        let mut weight = 12.0 / total;
        if matches!(t.kind, TargetKind::Link | TargetKind::Counted) && first_link {
            weight += 12.0;
            first_link = false;
        }
        let again = g
            .candidates
            .iter()
            .any(|c| c.domain == *domain && c.evidence.iter().any(|(_, e)| e.kind == kind));
        weight += match (in_foot, again) {
            (true, false) => 14.0,
            (false, false) if t.kind == TargetKind::Mail => 10.0,
            _ => 0.0,
        };
        let value = if t.kind == TargetKind::Mail { &t.host } else { &t.domain };
        g.add(domain, weight * share, kind, value);
        g.add_host(domain, &t.host);
    }
    for picture in letter.page.images.iter().take(40) {
        let Some(h) = host(&picture.src).map(str::to_ascii_lowercase).filter(|h| may_own(h)) else {
            continue;
        };
        let Some(domain) = owner(&h) else { continue };
        let seen = g.candidates.iter().any(|c| c.domain == domain && c.in_body);
        g.add(&domain, if seen { 0.3 } else { 4.0 }, EvidenceKind::Link, &h);
    }
}

fn names(letter: &Letter<'_>, g: &mut Gathered) {
    if let Some(from) = &letter.from {
        for (i, n) in name::candidates(&from.name).into_iter().enumerate() {
            if !n.contains('@') {
                g.add_name(&n, EvidenceKind::DisplayName, if i == 0 { 1.0 } else { 0.85 });
            }
        }
    }
    for n in phrases::on_behalf(&letter.page.text) {
        g.add_behalf(n, 1.0);
    }
    if let Some(bracketed) = letter.subject.strip_prefix('[').and_then(|s| s.split_once(']')) {
        g.add_name(bracketed.0, EvidenceKind::Link, 0.6);
    }
    let heading =
        letter.page.text.lines().map(str::trim).find(|l| l.chars().any(char::is_alphabetic));
    if let Some(heading) = heading.filter(|h| h.len() < 60) {
        g.add_name(heading, EvidenceKind::Link, 0.6);
    }
    for picture in letter.page.images.iter().take(2) {
        g.add_name(&picture.alt, EvidenceKind::Link, 0.6);
    }
    let foot = letter.foot();
    for line in foot.lines().map(str::trim).filter(|l| !l.is_empty()).take(10) {
        let name = first_piece(line);
        if name.len() < 60 {
            g.add_name(name, EvidenceKind::Footer, 0.5);
        }
        // "Coffre-fort pour Lune SA": a platform names its customer.
        let customer =
            [" pour ", " for ", " für ", " para ", " per "].iter().find_map(|j| line.split_once(j));
        let names_sender =
            |head: &str| g.sender.as_ref().is_some_and(|s| name::kinship(s, head) > 0.5);
        if let Some((_, customer)) =
            customer.filter(|(head, _)| head.len() < 30 && names_sender(head))
        {
            g.add_behalf(first_piece(customer), 1.0);
        }
    }
}

/// The beginning of a foot's line, up to what parts a name from an address or a claim.
fn first_piece(line: &str) -> &str {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let line = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '-');
    static ENDS: AnyOf = AnyOf::new(&[
        " - ",
        " – ",
        " — ",
        ", ",
        " · ",
        " | ",
        "\t",
        " (",
        " : ",
        ". ",
        " est une ",
        " is a ",
    ]);
    let end = ENDS.first_in(line).unwrap_or(line.len());
    line[..end].trim_end_matches(['.', ',', ' ', '·'])
}

/// Adds what names say of domains.
fn relate(letter: &Letter<'_>, g: &mut Gathered) {
    let platform = g.host.as_deref().and_then(known::platform);
    let labels = tenant_labels(letter, g.host.as_deref());
    let subject = &letter.subject;
    let names = std::mem::take(&mut g.names);
    for c in &mut g.candidates {
        let (mut shown, mut other) = (0.0f32, 0.0f32);
        let mut best: Option<&Name> = None;
        for n in &names {
            let known_as = known::organisation(&c.domain).is_some_and(|o| {
                o.names
                    .iter()
                    .any(|k| crate::letter::words::fold(k) == crate::letter::words::fold(&n.words))
            });
            let below =
                c.hosts.iter().map(|h| 0.9 * name::kinship(h, &n.words)).fold(0.0, f32::max);
            let k = if known_as { 1.0 } else { name::kinship(&c.domain, &n.words).max(below) };
            if k < 0.35 {
                continue;
            }
            if n.behalf {
                c.behalf = c.behalf.max(k);
            }
            let k = k * n.weight;
            if k > c.kinship {
                c.kinship = k;
                best = Some(n);
            }
            if n.kind == EvidenceKind::DisplayName || n.weight >= 1.0 {
                shown = shown.max(k);
            } else {
                other = other.max(k);
            }
        }
        other = other.max(name::kinship(&c.domain, subject).min(0.6));
        let weight = 40.0 * shown + 22.0 * other;
        c.score += weight;
        if let Some(n) = best {
            let evidence = Evidence { kind: n.kind, value: n.words.clone() };
            c.evidence.push((weight, evidence));
        }
        if labels.iter().any(|l| name::kinship(&c.domain, l) > 0.6) {
            c.score += 15.0;
        }
        // What the platform that wrote is called says nothing of for whom.
        if platform.is_some_and(|p| p.domains.iter().any(|d| *d == c.domain)) {
            c.score = 0.0;
        }
    }
    g.names = names;
}

/// The labels by which platforms tell their customers apart: `lune` in `lune.desk.example`, in
/// the From host and in links, and the local part of a mailing service's address.
fn tenant_labels(letter: &Letter<'_>, host: Option<&str>) -> Vec<String> {
    let mut labels = Vec::new();
    let mut tenant = |h: &str| {
        if known::platform(h).is_some_and(|p| p.role != Role::Freemail)
            && let Some(domain) = registrable(h)
            && let Some(sub) = h.strip_suffix(&domain).and_then(|s| s.strip_suffix('.'))
        {
            labels.push(sub.to_owned());
        }
    };
    host.into_iter().for_each(&mut tenant);
    letter.targets.iter().take(20).for_each(|t| tenant(&t.host));
    if let (Some(h), Some(from)) = (host, &letter.from)
        && known::platform(h).is_some_and(|p| p.role != Role::Freemail)
    {
        labels.push(from.local().split('=').next().unwrap_or_default().to_owned());
    }
    labels
}
