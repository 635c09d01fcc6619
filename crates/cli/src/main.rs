//! The program `mesinfos`: configuration and wiring only.

mod account;
mod actor;
mod address;
mod badinput;
mod clients;
mod command;
mod import;
mod inspect;
mod mailbox;
mod open;
mod owner;
mod passphrase;
mod request;
mod restore;
mod search;
mod serve;
mod submission;
mod upkeep;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use request::{Request, Task};
use std::path::PathBuf;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// An import asks for memory and gives it back many thousand times a second: a seventh of its CPU
/// time with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Your mails know what you bought, from whom, and what is due. MesInfos gives it back to you.
#[derive(Parser)]
#[command(name = "mesinfos", version)]
struct Cli {
    /// The data folder; made when missing.
    #[arg(long, global = true, value_name = "DIR", env = "MESINFOS_DATA", default_value_os_t = home())]
    data: PathBuf,
    /// Whose vault, when several persons have one here.
    #[arg(long, global = true, value_name = "LOGIN")]
    person: Option<String>,
    /// A file whose first line is the passphrase; `MESINFOS_PASSPHRASE` or a prompt otherwise.
    #[arg(long, global = true, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Print JSON lines, for programs.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print what is understood of each mail, without any vault.
    Inspect(inspect::Args),
    /// Put every file of a folder through every reader (for developers).
    #[command(hide = true)]
    Badinput(badinput::Args),
    /// Bring mails into the vault: mailboxes, Maildirs, archives, folders of these.
    Import {
        /// Where they are.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Read and hash also files that are as they were at the last import.
        #[arg(long)]
        full: bool,
    },
    /// Find mails: words in any form, "phrases", beginnings*, and filters like from: or before:.
    Search {
        /// What to find.
        query: String,
        /// How many mails at most.
        #[arg(long, default_value_t = 20)]
        limit: usize,
    },
    /// Who writes, and who may: list, refuse, accept.
    Actor {
        #[command(subcommand)]
        what: actor::What,
    },
    /// Bring connected mailboxes up to date.
    Sync {
        /// Only this one.
        #[arg(long, value_name = "NAME")]
        mailbox: Option<String>,
    },
    /// Connect mailboxes, tell how they are, forget them.
    Mailbox {
        #[command(subcommand)]
        what: mailbox::What,
    },
    /// Addresses to give to one actor each: list, make, pause, close.
    Address {
        #[command(subcommand)]
        what: address::What,
    },
    /// Leave: erase an account and its vault.
    Account {
        #[command(subcommand)]
        what: account::What,
    },
    /// Derive all facts again from the originals; corrections hold.
    Reread,
    /// Check every original against its hash, and the vault against itself.
    Verify,
    /// Put every vault back as it was before the last upgrade, for an older program.
    Restore {
        /// The only way back there is: the copies that the upgrade took.
        #[arg(long, required = true)]
        before_upgrade: bool,
    },
    /// Serve the person's pages until Ctrl-C.
    Serve(Box<serve::Args>),
}

/// Where programs keep a person's data (XDG base directories).
fn home() -> PathBuf {
    let xdg = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|h| PathBuf::from(h).join(".local/share"));
    xdg.or_else(home).unwrap_or_default().join("mesinfos")
}

/// What `RUST_LOG` says, or who came in and what was refused at the door; but never what was asked
/// of whom: a link to unsubscribe names the person.
fn log_filter() -> EnvFilter {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,door=info"));
    let quiet = ["ureq=off", "ureq_proto=off"].into_iter().filter_map(|d| d.parse().ok());
    quiet.fold(filter, EnvFilter::add_directive)
}

/// Exit codes: 0 done, 1 failed, 2 usage (clap's own), 3 done with mails not understood.
fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(log_filter())
        // Colours are for a terminal, not for a journal.
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_writer(std::io::stderr)
        .init();
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("mesinfos: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode> {
    passphrase::from_file(cli.passphrase_file);
    let task = match cli.command {
        Command::Inspect(args) => return inspect::run(&args),
        Command::Badinput(args) => return badinput::run(&args),
        Command::Serve(args) => return serve::run(&cli.data, &args, cli.json),
        Command::Actor { what } => Task::Actor(what),
        Command::Address { what } => Task::Address(what),
        Command::Restore { .. } => return restore::run(&cli.data, cli.json),
        Command::Sync { mailbox } => Task::Sync { mailbox },
        Command::Mailbox { what } => what.task()?,
        Command::Account { what } => Task::EraseAccount { confirm: what.confirmed()? },
        Command::Reread => Task::Reread,
        Command::Verify => Task::Verify,
        Command::Search { query, limit } => Task::Search { query, limit },
        Command::Import { paths, full } => Task::Import { paths: absolute(paths)?, full },
    };
    command::run(&cli.data, &Request { person: cli.person, task }, cli.json)
}

/// Paths as the folder's owner sees them: it may stand in another folder.
fn absolute(paths: Vec<PathBuf>) -> Result<Vec<PathBuf>> {
    paths
        .into_iter()
        .map(|p| p.canonicalize().with_context(|| format!("{} cannot be read", p.display())))
        .collect()
}
