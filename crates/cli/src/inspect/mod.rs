//! `mesinfos inspect`: what is understood of each mail, for a person or as JSON lines.

mod batch;
mod object;
mod sheet;
mod tongue;
mod walk;

use batch::{Batch, Form};
use mesinfos_understanding::Context;
use mesinfos_understanding::category::Model;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tongue::Tongue;

#[derive(clap::Args)]
pub struct Args {
    /// Mails, mailboxes, archives or folders of these.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// One JSON object a line.
    #[arg(long)]
    jsonl: bool,
    /// The mail that brought the documents: its headers say whose they are.
    #[arg(long, value_name = "FILE")]
    context: Option<PathBuf>,
    /// The mailbox provider whose Authentication-Results count.
    #[arg(long, value_name = "ID")]
    trust_authserv: Option<String>,
    /// Weights of the category model to use instead of the built-in ones.
    #[arg(long, value_name = "FILE", hide = true)]
    category_model: Option<PathBuf>,
}

/// Exit 0, or 1 when a path is missing or cannot be read.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let category_model = match &args.category_model {
        Some(file) => Some(Arc::new(Model::parse(&std::fs::read_to_string(file)?))),
        None => None,
    };
    let context = Context {
        trusted_authserv: args.trust_authserv.clone(),
        category_model,
        ..Context::default()
    };
    let form = if args.jsonl { Form::Jsonl } else { Form::Sheet(Tongue::of_environment()) };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut batch = Batch::new(form, &context);
    let mut walk = walk::Walk::new(args.context.as_deref())?;
    for path in &args.paths {
        walk.path(path, &mut |job| batch.add(job, &mut out))?;
    }
    batch.flush(&mut out)?;
    out.flush()?;
    walk.tell(&mut std::io::stderr());
    Ok(if walk.is_missing { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
