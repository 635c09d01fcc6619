//! Authentication-Results (RFC 8601): whose they are and what they say.

use mesinfos_reading::Mail;

/// What a trusted provider found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Results {
    /// `dmarc=` when stated.
    pub dmarc: Option<String>,
    /// Domains whose DKIM signature passed.
    pub signed: Vec<String>,
}

/// The authserv-id that opens a header; `None` when it has none (Outlook writes none).
pub fn authserv_id(value: &str) -> Option<&str> {
    let first = value.split(';').next()?.trim();
    let id = first.split_whitespace().next()?;
    (!id.contains('=') && !id.is_empty()).then_some(id)
}

/// The results that the person's own provider wrote, by its authserv-id. Only the topmost such
/// header counts: a forged one stands below.
pub fn trusted(mail: &Mail, authserv: Option<&str>) -> Option<Results> {
    trusted_value(mail, authserv).map(read)
}

/// The header itself.
pub fn trusted_value<'m>(mail: &'m Mail, authserv: Option<&str>) -> Option<&'m str> {
    let id = authserv?;
    mail.headers_named("authentication-results")
        .find(|v| authserv_id(v).is_some_and(|a| a.eq_ignore_ascii_case(id)))
}

/// What one header says.
pub fn read(value: &str) -> Results {
    let mut results = Results::default();
    for part in value.split(';').skip(1) {
        let part = part.trim();
        let Some((method, rest)) = part.split_once('=') else { continue };
        let result: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
        match method.trim() {
            "dmarc" => results.dmarc = Some(result.to_ascii_lowercase()),
            "dkim" if result.eq_ignore_ascii_case("pass") => {
                let domain = rest.split_whitespace().find_map(|w| {
                    w.strip_prefix("header.d=").or_else(|| {
                        w.strip_prefix("header.i=").map(|i| i.rsplit('@').next().unwrap_or(i))
                    })
                });
                results.signed.extend(domain.map(str::to_ascii_lowercase));
            }
            _ => {}
        }
    }
    results
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_provider_counts() {
        let mail = Mail::read(b"Authentication-Results: mx.ici.example; dkim=pass header.d=lune.fr; dmarc=fail (p=NONE)\r\nAuthentication-Results: ailleurs.example; dmarc=pass\r\n\r\nx");
        let r = trusted(&mail, Some("MX.ici.example")).expect("it is there");
        assert_eq!(r.dmarc.as_deref(), Some("fail"));
        assert_eq!(r.signed, ["lune.fr"]);
        assert_eq!(trusted(&mail, None), None);
    }
}
