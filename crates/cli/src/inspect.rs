//! `mesinfos inspect`: what is understood of each mail, for a person or as JSON lines.

use mesinfos_domain::Understood;
use mesinfos_reading::Mail;
use mesinfos_understanding::category::Model;
use mesinfos_understanding::{Context, understand};
use serde_json::{Value, json};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

#[derive(clap::Args)]
pub struct Args {
    /// Mails, mailboxes, archives or folders of these.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// One JSON object a line.
    #[arg(long)]
    jsonl: bool,
    /// The mailbox provider whose Authentication-Results count.
    #[arg(long, value_name = "ID")]
    trust_authserv: Option<String>,
    /// Weights of the category model to use instead of the built-in ones.
    #[arg(long, value_name = "FILE", hide = true)]
    category_model: Option<PathBuf>,
}

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
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut missing = false;
    for path in &args.paths {
        if !path.exists() {
            eprintln!("mesinfos: {} does not exist", path.display());
            missing = true;
            continue;
        }
        let mut files = Vec::new();
        collect(path, &mut files)?;
        files.sort();
        for file in files {
            if file.extension().is_none_or(|e| e != "eml") {
                continue;
            }
            let bytes = std::fs::read(&file)?;
            let understood = understand(&Mail::read(&bytes), &context);
            let id = file.strip_prefix(path).unwrap_or(&file).display().to_string();
            let line = object(&file, &id, &understood);
            if args.jsonl {
                writeln!(out, "{line}")?;
            } else {
                writeln!(out, "{line:#}")?;
            }
        }
    }
    out.flush()?;
    Ok(if missing { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else {
        files.push(path.to_owned());
    }
    Ok(())
}

/// The object of one mail, as docs/contracts.md fixes it.
fn object(file: &Path, id: &str, u: &Understood) -> Value {
    let mut records: Vec<Value> = u.records.iter().map(|r| json!(r)).collect();
    if let Some(order) = &u.order {
        let mut record = json!(order);
        if let Some(fields) = record.as_object_mut() {
            fields.insert("@type".into(), json!("Order"));
        }
        records.push(record);
    }
    json!({
        "file": file.file_name().map(|n| n.to_string_lossy()),
        "id": id,
        "actor": u.actor,
        "actor_domain": u.actor.as_ref().and_then(|a| a.domain.as_deref()),
        "category": u.category.code(),
        "language": u.language.code(),
        "order": u.order,
        "offers": u.offers,
        "records": records,
        "suspected_fraud": u.suspected_fraud,
        "problems": u.problems,
    })
}
