//! The servers that a domain names in DNS (RFC 6186, RFC 8314).

use super::is_host;
use crate::provider::{Provider, Source};
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::RData;
use hickory_resolver::{Resolver, TokioResolver};
use mesinfos_vault::mailboxes::{Outgoing, Security};
use std::net::SocketAddr;
use std::time::Duration;

/// Whom names are asked of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Dns {
    /// As this machine is set up.
    #[default]
    System,
    /// One server.
    Server(SocketAddr),
    /// Nobody.
    Off,
}

/// The servers that a domain names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Servers {
    incoming: Target,
    outgoing: Option<Target>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Target {
    host: String,
    port: u16,
    security: Security,
}

/// One SRV record (RFC 2782).
#[derive(Clone, PartialEq, Eq, Debug)]
struct Record {
    priority: u16,
    weight: u16,
    port: u16,
    target: String,
}

impl Servers {
    pub fn provider(self, guess: Provider) -> Provider {
        let mut access = guess.access;
        let Target { host, port, security } = self.incoming;
        (access.host, access.port, access.security) = (host, port, security);
        let outgoing = match self.outgoing {
            Some(Target { host, port, security }) => Outgoing { host, port, security },
            None => guess.outgoing,
        };
        Provider { access, outgoing, note: guess.note, source: Source::Dns }
    }
}

impl Dns {
    /// What a domain names; `None` when it names no IMAP server, or not in time.
    pub(super) fn servers(self, domain: &str, patience: Duration) -> Option<Servers> {
        if self == Dns::Off {
            return None;
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
        let asked = runtime.block_on(async {
            tokio::time::timeout(patience, async { self.asked(domain).await }).await
        });
        // A look-up of the system's that still runs is not waited for.
        runtime.shutdown_background();
        asked.ok().flatten()
    }

    async fn asked(self, domain: &str) -> Option<Servers> {
        let resolver = self.resolver()?;
        let ask = async |service: &str, security: Security| {
            let found = resolver.srv_lookup(format!("_{service}._tcp.{domain}.")).await.ok()?;
            let records = found.answers().iter().filter_map(|r| match &r.data {
                RData::SRV(srv) => Some(Record {
                    priority: srv.priority,
                    weight: srv.weight,
                    port: srv.port,
                    target: srv.target.to_ascii(),
                }),
                _ => None,
            });
            chosen(records, security)
        };
        let (imaps, imap, submissions, submission) = tokio::join!(
            ask("imaps", Security::Tls),
            ask("imap", Security::StartTls),
            ask("submissions", Security::Tls),
            ask("submission", Security::StartTls),
        );
        Some(Servers { incoming: imaps.or(imap)?, outgoing: submissions.or(submission) })
    }

    fn resolver(self) -> Option<TokioResolver> {
        let builder = match self {
            Dns::System => TokioResolver::builder_tokio().ok()?,
            Dns::Server(address) => {
                let mut one = ConnectionConfig::udp();
                one.port = address.port();
                let mut server = NameServerConfig::udp(address.ip());
                server.connections = vec![one];
                let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
                Resolver::builder_with_config(config, TokioRuntimeProvider::default())
            }
            Dns::Off => return None,
        };
        builder.build().ok()
    }
}

/// The first by priority, the heaviest of these; a dot says that there is none (RFC 2782).
fn chosen(records: impl Iterator<Item = Record>, security: Security) -> Option<Target> {
    let host = |r: &Record| r.target.trim_end_matches('.').to_ascii_lowercase();
    records
        .filter(|r| r.port > 0 && is_host(&host(r)))
        .min_by_key(|r| (r.priority, std::cmp::Reverse(r.weight)))
        .map(|r| Target { host: host(&r), port: r.port, security })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_by_priority_and_the_heaviest_is_chosen() {
        let record = |priority, weight, target: &str| Record {
            priority,
            weight,
            port: 993,
            target: target.to_owned(),
        };
        let all = [
            record(10, 90, "b.example."),
            record(5, 1, "light.example."),
            record(5, 9, "Heavy.example."),
            record(0, 0, "."),
            record(0, 0, "local"),
            record(0, 0, "a b.example."),
        ];
        let found = chosen(all.into_iter(), Security::Tls).expect("a server");
        assert_eq!(found.host, "heavy.example");
        assert_eq!(chosen([record(0, 0, ".")].into_iter(), Security::Tls), None);
    }
}
