//! Where an address has its servers, asked of its own domain when the person wants to connect it: the
//! table first, then the domain's settings file, then its DNS, then a guess. The address itself is
//! sent to nobody.

mod autoconfig;
mod records;

use crate::outward::Outward;
use crate::provider::{self, Provider, Source};
use crate::web::Web;
use autoconfig::Settings;
pub use records::Dns;
use std::thread;
use std::time::Duration;

/// All that is asked is asked at once and takes no longer.
const PATIENCE: Duration = Duration::from_secs(6);
/// A longer settings file is not one.
const FILE_BYTES: u64 = 64 << 10;

/// Whom a domain's servers are asked of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Directory {
    /// Addresses of settings files, `{domain}` standing for the domain.
    pub files: Vec<String>,
    /// Where names are asked for.
    pub dns: Dns,
}

impl Default for Directory {
    /// The domain's own, as Thunderbird asks for them, and this machine's DNS.
    fn default() -> Directory {
        let files = [
            "https://autoconfig.{domain}/mail/config-v1.1.xml",
            "https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
        ];
        Directory { files: files.map(str::to_owned).into(), dns: Dns::System }
    }
}

/// The servers of an address; `None` when it is no address. Blocks for some seconds at most.
pub fn find(address: &str, outward: &Outward, directory: &Directory) -> Option<Provider> {
    let guess = provider::of(address)?;
    if guess.is_known() {
        return Some(guess);
    }
    let (local, domain) = address.trim().rsplit_once('@')?;
    let domain = domain.to_lowercase();
    let outward = Outward { patience: outward.patience.min(PATIENCE), ..outward.clone() };
    let files: Vec<String> =
        directory.files.iter().map(|f| f.replace("{domain}", &domain)).collect();
    let (told, named) = thread::scope(|scope| {
        let asked: Vec<_> =
            files.iter().map(|url| scope.spawn(|| file(url, &outward, local, &domain))).collect();
        let named = scope.spawn(|| directory.dns.servers(&domain, outward.patience));
        let told = asked.into_iter().filter_map(|a| a.join().ok().flatten()).next();
        (told, named.join().ok().flatten())
    });
    if let Some(settings) = told {
        return Some(settings.provider(guess));
    }
    if let Some(servers) = named {
        return Some(servers.provider(guess));
    }
    Some(guess)
}

fn file(url: &str, outward: &Outward, local: &str, domain: &str) -> Option<Settings> {
    let answer = Web::new(outward).ok()?.get(url, FILE_BYTES + 1).ok()?;
    let is_file = answer.status == 200 && answer.body.len() as u64 <= FILE_BYTES;
    is_file.then(|| Settings::read(&answer.body, local, domain)).flatten()
}

/// Whether this names a machine as DNS knows them: nothing else is shown or connected to.
fn is_host(name: &str) -> bool {
    let is_label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    name.len() <= 253 && name.contains('.') && name.split('.').all(is_label)
}

impl Settings {
    fn provider(self, guess: Provider) -> Provider {
        let mut access = guess.access;
        (access.host, access.port, access.security) = self.incoming;
        access.login = self.login;
        let outgoing = match self.outgoing {
            Some((host, port, security)) => {
                mesinfos_vault::mailboxes::Outgoing { host, port, security }
            }
            None => guess.outgoing,
        };
        Provider { access, outgoing, note: self.note, source: Source::Autoconfig }
    }
}
