//! Learns the weights of the category model from folders of labelled mails
//! (`NAME.eml` beside `NAME.json` with `category`, `platform`): `cargo xtask learn DIR...`.
//!
//! ```text
//! learn [--from FILE] [--out FILE] [--folds FOLDER] DIR...
//! ```
//! `--from` starts from weights learnt before and holds to them: what else they were learnt from is
//! not forgotten, and its mails need not be here.
//! `--out` writes the weights learnt from everything; `--folds` writes, for each lineage, the
//! weights learnt without it, and `mails.tsv` that says which lineage a mail is of.

mod corpus;
mod fit;
mod lineage;
mod words;

use corpus::Example;
use mesinfos_understanding::category::Model;
use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut from, mut out, mut folds, mut dirs) = (None, None, None, Vec::new());
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--from" => from = args.next().map(PathBuf::from),
            "--out" => out = args.next().map(PathBuf::from),
            "--folds" => folds = args.next().map(PathBuf::from),
            _ => dirs.push(PathBuf::from(arg)),
        }
    }
    let before = from.map(fs::read_to_string).transpose()?;
    let learn = |mails: &[&Example]| {
        let mut model = match &before {
            Some(weights) => Model::parse(weights),
            None => Model::by_hand(words::choose(mails)),
        };
        fit::fit(&mut model, mails);
        model
    };
    let mails = corpus::read(&dirs)?;
    eprintln!("learn: {} labelled mails", mails.len());
    if let Some(folder) = folds {
        fs::create_dir_all(&folder)?;
        let lineages: BTreeSet<&str> = mails.iter().map(|m| m.lineage.as_str()).collect();
        let mut confusion = fit::Confusion::default();
        for lineage in lineages {
            let (held, kept): (Vec<_>, Vec<_>) = mails.iter().partition(|m| m.lineage == lineage);
            let model = learn(&kept);
            for mail in held {
                confusion.add(mail, &model);
            }
            fs::write(folder.join(format!("{lineage}.tsv")), model.print())?;
        }
        let list: String =
            mails.iter().map(|m| format!("{}\t{}\n", m.path.display(), m.lineage)).collect();
        fs::write(folder.join("mails.tsv"), list)?;
        eprintln!("leave one lineage out:\n{confusion}");
    }
    if let Some(file) = out {
        let all: Vec<&Example> = mails.iter().collect();
        let model = learn(&all);
        let mut confusion = fit::Confusion::default();
        all.iter().for_each(|m| confusion.add(m, &model));
        eprintln!("on what was learnt from:\n{confusion}");
        fs::write(file, model.print())?;
    }
    Ok(())
}
