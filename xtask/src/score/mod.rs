//! `cargo xtask score DIR...`: what is understood against what is true, as docs/evaluation.md
//! defines it.

mod compare;
mod figures;
mod tally;

use crate::{learn, run};
use anyhow::{Context, Result, bail};
use figures::Figures;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// What was asked for.
struct Wish {
    dirs: Vec<String>,
    /// Only mails of these lineages, and then nothing is learnt: the first sight of what was set
    /// aside must not end in the model.
    only: Option<BTreeSet<String>>,
    /// What was understood, instead of running `inspect`: one object a line.
    predictions: Option<String>,
    worst: usize,
    least: Vec<(String, f64)>,
}

/// One labelled mail.
struct Labelled {
    mail: PathBuf,
    truth: Value,
}

/// What is understood, by the mail's path.
type Understood = HashMap<PathBuf, Value>;

pub fn run(args: &[String]) -> Result<()> {
    let wish = wish(args)?;
    let mails = labelled(&wish)?;
    if mails.is_empty() {
        bail!("no labelled mail (NAME.eml beside NAME.json) there");
    }
    let all = mails.iter().map(|m| m.mail.as_path());
    let understood = match &wish.predictions {
        Some(file) => understood(&fs::read_to_string(file)?, &all.collect::<Vec<_>>())?,
        None => inspect(None, all)?,
    };
    println!("(a) plain: {} mails", mails.len());
    let plain = Figures::of(&mails, &understood);
    plain.print(wish.worst);
    if wish.only.is_none() && wish.predictions.is_none() {
        println!("\n(b) one lineage left out of what was learnt, all folds pooled");
        Figures::of(&mails, &left_out(&wish, &mails)?).print(0);
        println!("\n(c) first sight of lineages set aside, from docs/evaluation.md");
        println!("{}", openings()?);
    }
    plain.at_least(&wish.least)
}

fn wish(args: &[String]) -> Result<Wish> {
    let mut wish =
        Wish { dirs: Vec::new(), only: None, predictions: None, worst: 0, least: Vec::new() };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().with_context(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--only-lineages" => {
                wish.only = Some(value()?.split(',').map(str::to_owned).collect());
            }
            "--predictions" => wish.predictions = Some(value()?.clone()),
            "--worst" => wish.worst = value()?.parse()?,
            "--min" => {
                let (name, least) = value()?.split_once('=').context("--min NAME=VALUE")?;
                wish.least.push((name.to_owned(), least.parse()?));
            }
            _ if arg.starts_with('-') => bail!("{arg} is not known"),
            _ => wish.dirs.push(arg.clone()),
        }
    }
    if wish.dirs.is_empty() {
        bail!(
            "cargo xtask score DIR... [--only-lineages A,B] [--predictions FILE] [--worst N] \
             [--min NAME=VALUE]"
        );
    }
    Ok(wish)
}

/// All labelled mails below the folders, by path.
fn labelled(wish: &Wish) -> Result<Vec<Labelled>> {
    let mut files = Vec::new();
    for dir in &wish.dirs {
        collect(Path::new(dir), &mut files).with_context(|| format!("{dir} cannot be read"))?;
    }
    files.sort();
    let mut mails = Vec::new();
    for file in files {
        let truth: Value = serde_json::from_slice(&fs::read(&file)?)
            .with_context(|| format!("{} is no JSON", file.display()))?;
        let platform = truth["platform"].as_str().unwrap_or("?");
        if wish.only.as_ref().is_none_or(|only| only.contains(platform)) {
            mails.push(Labelled { mail: file.with_extension("eml"), truth });
        }
    }
    Ok(mails)
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "json")
            && path.with_extension("eml").exists()
        {
            files.push(path);
        }
    }
    Ok(())
}

/// Runs `mesinfos inspect` over these mails.
fn inspect<'a>(model: Option<&Path>, mails: impl Iterator<Item = &'a Path>) -> Result<Understood> {
    let mails: Vec<&Path> = mails.collect();
    let mut all = Understood::new();
    // A command line holds some 2 MB.
    for some in mails.chunks(1_000) {
        let mut command = run::cargo();
        command.args(["run", "-q", "-p", "mesinfos-cli", "--", "inspect", "--jsonl"]);
        if let Some(model) = model {
            command.arg("--category-model").arg(model);
        }
        let output = command.args(some).stderr(std::process::Stdio::inherit()).output()?;
        if !output.status.success() {
            bail!("mesinfos inspect: {}", output.status);
        }
        all.extend(understood(std::str::from_utf8(&output.stdout)?, some)?);
    }
    Ok(all)
}

/// Lines of `inspect --jsonl` by the mail that they speak of.
fn understood(lines: &str, mails: &[&Path]) -> Result<Understood> {
    let names: HashMap<&OsStr, &Path> =
        mails.iter().filter_map(|m| Some((m.file_name()?, *m))).collect();
    let mut all = Understood::new();
    for line in lines.lines().filter(|l| !l.trim().is_empty()) {
        let said: Value = serde_json::from_str(line)?;
        let name = said["file"].as_str().unwrap_or_default();
        if let Some(mail) = names.get(OsStr::new(name)) {
            all.insert(mail.to_path_buf(), said);
        }
    }
    Ok(all)
}

/// Each lineage read with what was learnt without it.
fn left_out(wish: &Wish, mails: &[Labelled]) -> Result<Understood> {
    let folder = run::root().join("target/folds");
    learn::folds(&folder, &wish.dirs)?;
    let list = fs::read_to_string(folder.join("mails.tsv"))?;
    let lineages: HashMap<&str, &str> = list.lines().filter_map(|l| l.split_once('\t')).collect();
    let mut folds: BTreeMap<Option<&str>, Vec<&Path>> = BTreeMap::new();
    for mail in mails {
        let lineage = mail.mail.to_str().and_then(|m| lineages.get(m)).copied();
        folds.entry(lineage).or_default().push(&mail.mail);
    }
    let mut all = Understood::new();
    for (lineage, mails) in folds {
        // Mails without a category were learnt by nobody.
        let model = lineage.map(|l| folder.join(format!("{l}.tsv")));
        all.extend(inspect(model.as_deref(), mails.into_iter())?);
    }
    Ok(all)
}

/// The table of first figures.
fn openings() -> Result<String> {
    let text = fs::read_to_string(run::root().join("docs/evaluation.md"))?;
    let table = text.split("## Openings").nth(1).unwrap_or_default();
    let rows: Vec<&str> = table.lines().filter(|l| l.starts_with('|')).collect();
    Ok(if rows.len() > 2 { rows.join("\n") } else { "none was opened yet".to_owned() })
}
