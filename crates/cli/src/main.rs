//! The program `mesinfos`: configuration and wiring only.

mod inspect;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Your mails know what you bought, from whom, and what is due. MesInfos gives it back to you.
#[derive(Parser)]
#[command(name = "mesinfos", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print what is understood of each mail, without any vault.
    Inspect(inspect::Args),
}

/// Exit codes: 0 done, 1 failed, 2 usage (clap's own), 3 done with mails not understood.
fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Inspect(args) => inspect::run(&args),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("mesinfos: {error:#}");
            ExitCode::FAILURE
        }
    }
}
