//! What can go wrong outside, named after what the person or the program can do about it.

/// The crate's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong outside. No variant holds a word of a mail, a password or a server's own text.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such server, or it does not answer: check the name, or wait.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The connection cannot be protected: no STARTTLS, or a certificate that is not believed.
    #[error("the connection to the server cannot be made safe")]
    Insecure,
    /// This address is not one that this program may reach.
    #[error("a server at this address may not be reached from here")]
    Forbidden,
    /// The server refused login or password: give the right one, or an application password.
    #[error("the server refused the login")]
    Refused,
    /// The consent behind a token has ended: sign in with the provider again.
    #[error("the provider's consent has ended")]
    ConsentEnded,
    /// The server says that it cannot just now: try later.
    #[error("the server is not available just now")]
    Unavailable,
    /// The server does not take this mail, with this status (RFC 5321): to this address, or so long.
    #[error("the server does not take this mail ({0})")]
    Declined(u16),
    /// The connection ended before the work did: try again.
    #[error("the connection was cut")]
    Cut,
    /// The server sends next to nothing: try later.
    #[error("the server is too slow")]
    Slow,
    /// The server says what its protocol does not allow: try again, then tell its operator.
    #[error("the server does not speak as it should ({0})")]
    Broken(&'static str),
    /// The vault or its disk refused.
    #[error(transparent)]
    Vault(#[from] mesinfos_vault::Error),
    /// The person, or the program's end, stopped the work; what is kept stays.
    #[error("stopped")]
    Stopped,
}

impl Error {
    /// A stable word, the key of the sentence shown.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Unreachable => "unreachable",
            Error::Insecure => "insecure",
            Error::Forbidden => "forbidden",
            Error::Refused => "refused",
            Error::ConsentEnded => "consent-ended",
            Error::Unavailable => "unavailable",
            Error::Declined(_) => "not-taken",
            Error::Cut => "cut",
            Error::Slow => "slow",
            Error::Broken(_) => "broken",
            Error::Vault(_) => "vault",
            Error::Stopped => "stopped",
        }
    }

    /// Whether the same may work in a moment.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Error::Unreachable | Error::Unavailable | Error::Cut | Error::Slow | Error::Broken(_)
        )
    }

    /// From a socket.
    pub(crate) fn io(error: &std::io::Error) -> Error {
        use std::io::ErrorKind::{InvalidData, TimedOut, WouldBlock};
        match error.kind() {
            TimedOut | WouldBlock => Error::Slow,
            // What rustls says of a certificate or of bytes that are no TLS.
            InvalidData => Error::Insecure,
            _ => Error::Cut,
        }
    }
}
