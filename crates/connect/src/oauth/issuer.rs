//! Who asks for a consent, and the client that the host registered there.

use mesinfos_vault::mailboxes::Secret;

/// A provider whose mail servers take tokens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Issuer {
    /// The word in addresses and on the command line.
    pub code: String,
    /// As persons know it.
    pub name: String,
    /// Where the person agrees.
    pub authorize: String,
    /// Where tokens are given out.
    pub token: String,
    /// What is asked for.
    pub scope: String,
    /// What else its page wants to be told.
    pub more: Vec<(String, String)>,
    /// The IMAP servers that take its tokens.
    pub hosts: Vec<String>,
}

impl Issuer {
    /// Google: the whole mailbox is the only scope that IMAP and SMTP take.
    pub fn google() -> Issuer {
        Issuer {
            code: "google".into(),
            name: "Google".into(),
            authorize: "https://accounts.google.com/o/oauth2/v2/auth".into(),
            token: "https://oauth2.googleapis.com/token".into(),
            scope: "https://mail.google.com/".into(),
            // Without these there is no refresh token.
            more: vec![
                ("access_type".into(), "offline".into()),
                ("prompt".into(), "consent".into()),
            ],
            hosts: vec!["imap.gmail.com".into()],
        }
    }

    /// Microsoft: personal and work accounts.
    pub fn microsoft() -> Issuer {
        Issuer {
            code: "microsoft".into(),
            name: "Microsoft".into(),
            authorize: "https://login.microsoftonline.com/common/oauth2/v2.0/authorize".into(),
            token: "https://login.microsoftonline.com/common/oauth2/v2.0/token".into(),
            scope: "https://outlook.office.com/IMAP.AccessAsUser.All \
                    https://outlook.office.com/SMTP.Send offline_access"
                .into(),
            more: Vec::new(),
            hosts: vec!["outlook.office365.com".into()],
        }
    }
}

/// The client that the host registered.
#[derive(Clone, Debug)]
pub struct Client {
    /// Where.
    pub issuer: Issuer,
    /// Its public name.
    pub id: String,
    /// Its secret, where the provider gave one.
    pub secret: Option<Secret>,
}

impl Client {
    /// From `CLIENT_ID` or `CLIENT_ID:SECRET`.
    pub fn new(issuer: Issuer, text: &str) -> Client {
        let (id, secret) = match text.trim().split_once(':') {
            Some((id, secret)) => (id, Some(Secret::new(secret.to_owned()))),
            None => (text.trim(), None),
        };
        Client { issuer, id: id.to_owned(), secret }
    }
}
