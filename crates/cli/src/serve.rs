//! `mesinfos serve`: the person's pages, until Ctrl-C.

use crate::{clients, open, owner, submission};
use anyhow::{Context, Result, bail};
use clap::Args as ClapArgs;
use mesinfos_receive::Place;
use mesinfos_server::bring::{Doors, Post};
use mesinfos_server::{Acme, Bound, Clock, Config, Neighbours, Reach, State, bind};
use mesinfos_vault::directory::{EntryLink, MailDomain, NewAccount};
use mesinfos_vault::{Mode, Store, fold};
use serde_json::json;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(ClapArgs)]
pub struct Args {
    /// Address and port. Anything but this machine needs TLS files or a proxy.
    #[arg(
        long,
        value_name = "HOST:PORT",
        env = "MESINFOS_LISTEN",
        default_value = "127.0.0.1:8420"
    )]
    listen: String,
    /// A PEM certificate with its chain: the program then speaks HTTPS itself.
    #[arg(long, value_name = "FILE", env = "MESINFOS_TLS_CERT", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key.
    #[arg(long, value_name = "FILE", env = "MESINFOS_TLS_KEY", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Ask an ACME authority for a certificate for this name (port 443 must reach the program);
    /// the program then speaks HTTPS itself. May be given several times.
    #[arg(long, value_name = "NAME", env = "MESINFOS_ACME", value_delimiter = ',', conflicts_with_all = ["tls_cert", "behind_proxy"])]
    acme: Vec<String>,
    /// Where the authority may write to about the certificate.
    #[arg(long, value_name = "MAIL", env = "MESINFOS_ACME_CONTACT", requires = "acme")]
    acme_contact: Option<String>,
    /// Another authority than Let's Encrypt, by the address of its directory.
    #[arg(long, value_name = "URL", env = "MESINFOS_ACME_DIRECTORY", default_value = Acme::LETS_ENCRYPT)]
    acme_directory: String,
    /// Who signed that authority's own HTTPS, when it is a private one.
    #[arg(long, value_name = "FILE", env = "MESINFOS_ACME_CA", requires = "acme")]
    acme_ca: Option<PathBuf>,
    /// A proxy at this address speaks HTTPS in front; its X-Forwarded-For is believed, no other's.
    #[arg(long, value_name = "ADDR", env = "MESINFOS_BEHIND_PROXY", conflicts_with = "tls_cert")]
    behind_proxy: Option<IpAddr>,
    /// Take mail for addresses at this domain, or at a person's own: `lea.fr=LOGIN`. May be given
    /// several times.
    #[arg(
        long,
        value_name = "DOMAIN[=LOGIN]",
        env = "MESINFOS_MAIL_DOMAIN",
        value_delimiter = ','
    )]
    mail_domain: Vec<String>,
    /// Where the host's own mail server delivers by LMTP: 127.0.0.1:PORT, or the path of a socket.
    #[arg(long, value_name = "ADDR|PATH", env = "MESINFOS_LMTP", requires = "mail_domain")]
    lmtp: Option<String>,
    /// Where anybody delivers by SMTP; nothing is relayed.
    #[arg(long, value_name = "ADDR", env = "MESINFOS_SMTP", requires = "mail_domain")]
    smtp: Option<String>,
    /// A certificate for STARTTLS; that of --tls-cert otherwise.
    #[arg(long, value_name = "FILE", env = "MESINFOS_SMTP_TLS_CERT", requires = "smtp_tls_key")]
    smtp_tls_cert: Option<PathBuf>,
    /// Its private key.
    #[arg(long, value_name = "FILE", env = "MESINFOS_SMTP_TLS_KEY", requires = "smtp_tls_cert")]
    smtp_tls_key: Option<PathBuf>,
    /// Let links and servers that mails name lead into this machine's own network too.
    #[arg(long, env = "MESINFOS_OWN_NETWORK")]
    own_network: bool,
    /// Who signed the certificates of mail servers of your own, beside the authorities of this machine.
    #[arg(long, value_name = "FILE", env = "MESINFOS_OWN_CA")]
    own_ca: Option<PathBuf>,
    /// Make an account without a passphrase on an empty machine and bring these mails into it.
    #[arg(long, value_name = "PATH")]
    demo: Option<PathBuf>,
}

pub fn run(data: &Path, args: &Args, as_json: bool) -> Result<ExitCode> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(serve(data, args, as_json))
}

async fn serve(data: &Path, args: &Args, as_json: bool) -> Result<ExitCode> {
    let config = Config {
        data: data.to_owned(),
        listen: listen(&args.listen)?,
        reach: reach(args),
        neighbours: Neighbours {
            is_open: args.own_network,
            authority: args.own_ca.clone(),
            submission: submission::configured()?,
            ..Neighbours::default()
        },
        clients: clients::registered(),
    };
    config.check()?;
    let store = open::store(data)?;
    if args.demo.is_some() && config.reach != Reach::Loopback {
        bail!("--demo is for this machine only");
    }
    if args.demo.is_some() && store.directory().accounts()?.is_empty() {
        demo_account(&store)?;
    }
    let setup = match config.reach {
        Reach::Loopback => None,
        Reach::Tls { .. } | Reach::Acme(_) | Reach::BehindProxy(_) => setup_code(&store)?,
    };
    let state = State::new(&config, store, Clock::system(), setup.clone());
    let bound = bind(&config, state.clone()).await?;
    let doors = state.open_mail(&post(args)?).await?;
    if let Err(error) = owner::listen(data, state.clone()) {
        tracing::warn!("commands cannot be handed over: {error:#}");
    }
    let link = entry_link(&state)?;
    tell(&config, &bound, &doors, as_json, link.as_ref(), setup.as_deref())?;
    doors.run();
    let begun = state.clone();
    let demo = args.demo.clone();
    tokio::task::spawn_blocking(move || begin(&begun, demo)).await??;
    bound.run(stopped()).await;
    Ok(ExitCode::SUCCESS)
}

/// Brings the demonstration's mails, and goes on with whatever a stop cut short.
fn begin(state: &State, demo: Option<PathBuf>) -> Result<()> {
    state.go_on()?;
    state.follow_all()?;
    let accounts = state.store().directory().accounts()?;
    if let (Some(mails), Some(first)) = (demo, accounts.first()) {
        let mails = mails.canonicalize().with_context(|| format!("--demo {}", mails.display()))?;
        state.bring(&state.store().vault(first.person)?, vec![mails])?;
    }
    Ok(())
}

/// `localhost` as well as an address.
fn listen(text: &str) -> Result<SocketAddr> {
    use std::net::ToSocketAddrs;
    let mut found = text.to_socket_addrs().with_context(|| format!("--listen {text}"))?;
    found.next().with_context(|| format!("--listen {text} names no address"))
}

fn reach(args: &Args) -> Reach {
    match (&args.tls_cert, &args.tls_key, args.behind_proxy) {
        (Some(certificate), Some(key), _) => {
            Reach::Tls { certificate: certificate.clone(), key: key.clone() }
        }
        (_, _, Some(proxy)) => Reach::BehindProxy(proxy),
        _ if !args.acme.is_empty() => Reach::Acme(Acme {
            names: args.acme.clone(),
            contact: args.acme_contact.clone(),
            directory: args.acme_directory.clone(),
            roots: args.acme_ca.clone(),
        }),
        _ => Reach::Loopback,
    }
}

/// What was said about mail that others deliver.
fn post(args: &Args) -> Result<Post> {
    let place = |option: &str, text: &Option<String>| -> Result<Option<Place>> {
        let parsed = text.as_deref().map(str::parse).transpose();
        parsed.with_context(|| format!("{option} {}", text.as_deref().unwrap_or_default()))
    };
    let domains = args.mail_domain.iter().map(|text| mail_domain(text)).collect::<Result<_>>()?;
    let own = args.smtp_tls_cert.clone().zip(args.smtp_tls_key.clone());
    Ok(Post {
        domains,
        lmtp: place("--lmtp", &args.lmtp)?,
        smtp: place("--smtp", &args.smtp)?,
        tls: own.or_else(|| args.tls_cert.clone().zip(args.tls_key.clone())),
    })
}

/// `exemple.fr`, or `lea.fr=lea`: a domain that is one person's own.
fn mail_domain(text: &str) -> Result<MailDomain> {
    let (name, owner) = match text.split_once('=') {
        Some((name, login)) => (name, Some(fold::key(login))),
        None => (text, None),
    };
    let name = name.trim().trim_end_matches('.').to_lowercase();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    if !name.contains('.') || name.starts_with('.') || !name.chars().all(is_name) {
        bail!("--mail-domain {text} is no domain (one beyond ASCII is written xn--...)");
    }
    Ok(MailDomain { name, owner })
}

fn demo_account(store: &Store) -> Result<()> {
    let new = NewAccount {
        login: "demo",
        name: "demo",
        locale: "fr",
        passphrase: None,
        mode: Mode::Watched,
    };
    store.create_account(&new, Clock::system().now().as_microsecond())?;
    Ok(())
}

/// Where others can reach the first-run page, the first account is for who reads this terminal.
fn setup_code(store: &Store) -> Result<Option<String>> {
    if store.directory().accounts()?.is_empty() {
        let mut random = [0_u8; 10];
        getrandom::fill(&mut random).map_err(|e| anyhow::anyhow!("no randomness: {e}"))?;
        const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
        let code = random.iter().map(|b| char::from(LETTERS[usize::from(b & 31)])).collect();
        return Ok(Some(code));
    }
    Ok(None)
}

/// On this machine, who starts the server holds the host's key already: a link for its only person
/// gives away nothing. With several persons each signs in for herself.
fn entry_link(state: &State) -> Result<Option<EntryLink>> {
    if *state.reach() != Reach::Loopback {
        return Ok(None);
    }
    match state.store().directory().accounts()?.as_slice() {
        [only] => Ok(Some(state.entry_link(only.person)?)),
        _ => Ok(None),
    }
}

fn tell(
    config: &Config,
    bound: &Bound,
    doors: &Doors,
    as_json: bool,
    link: Option<&EntryLink>,
    setup: Option<&str>,
) -> Result<()> {
    let address = bound.address()?;
    let is_https = matches!(config.reach, Reach::Tls { .. } | Reach::Acme(_));
    let scheme = if is_https { "https" } else { "http" };
    // `localhost`, because a browser trusts it as it trusts HTTPS.
    let url = match config.reach {
        Reach::Loopback => format!("http://localhost:{}/", address.port()),
        _ => format!("{scheme}://{address}/"),
    };
    let enter = link.map(|link| format!("{url}enter#{}", link.token));
    if as_json {
        let code = link.map(|link| &link.code);
        let mut line = json!({ "ready": url, "enter": enter, "code": code, "setup": setup });
        for (protocol, place) in doors.places() {
            line[protocol] = place.into();
        }
        println!("{line}");
        return Ok(());
    }
    println!("MesInfos: {}", enter.as_deref().unwrap_or(&url));
    for (protocol, place) in doors.places() {
        println!("Mail is taken at {place} ({protocol}).");
    }
    if let Some(link) = link {
        println!(
            "The link works once, for ten minutes. Without scripts: {url}enter, code {}",
            link.code
        );
    }
    if let Some(setup) = setup {
        println!("To make the first account: code {setup}");
    }
    println!("Ctrl-C stops.");
    Ok(())
}

/// Ctrl-C, or the order of the system's service manager.
async fn stopped() {
    let ctrl_c = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = ctrl_c => {}
        () = terminate => {}
    }
}
