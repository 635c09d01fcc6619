//! The program `mesinfos`: configuration and wiring only.

mod inspect;
mod open;
mod serve;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Your mails know what you bought, from whom, and what is due. MesInfos gives it back to you.
#[derive(Parser)]
#[command(name = "mesinfos", version)]
struct Cli {
    /// The data folder; made when missing.
    #[arg(long, global = true, value_name = "DIR", env = "MESINFOS_DATA", default_value_os_t = home())]
    data: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print what is understood of each mail, without any vault.
    Inspect(inspect::Args),
    /// Serve the person's pages until Ctrl-C.
    Serve(serve::Args),
}

/// Where programs keep a person's data (XDG base directories).
fn home() -> PathBuf {
    let xdg = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|h| PathBuf::from(h).join(".local/share"));
    xdg.or_else(home).unwrap_or_default().join("mesinfos")
}

/// Exit codes: 0 done, 1 failed, 2 usage (clap's own), 3 done with mails not understood.
fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Inspect(args) => inspect::run(&args),
        Command::Serve(args) => serve::run(&cli.data, &args),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("mesinfos: {error:#}");
            ExitCode::FAILURE
        }
    }
}
