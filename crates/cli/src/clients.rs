//! The clients that the host registered with Google and Microsoft.

use mesinfos_connect::oauth::{Client, Issuer};

/// The variable for each, as `CLIENT_ID` or `CLIENT_ID:SECRET`.
pub const GOOGLE: &str = "MESINFOS_OAUTH_GOOGLE";
pub const MICROSOFT: &str = "MESINFOS_OAUTH_MICROSOFT";

/// Those that the environment names.
pub fn registered() -> Vec<Client> {
    let of = |name: &str, issuer: fn() -> Issuer| {
        let text = std::env::var(name).ok().filter(|t| !t.trim().is_empty())?;
        Some(Client::new(issuer(), &text))
    };
    [of(GOOGLE, Issuer::google), of(MICROSOFT, Issuer::microsoft)].into_iter().flatten().collect()
}
