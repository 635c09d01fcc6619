//! `cargo xtask learn [--more] DIR...`: learns the category model again from folders of labelled
//! mails, or learns more from these when the mails that it was learnt from are not at hand.

use crate::run;
use anyhow::{Result, bail};
use std::path::Path;

/// The weights that the program carries.
const MODEL: &str = "crates/understanding/data/category-model.tsv";

pub fn run(dirs: &[String]) -> Result<()> {
    let (more, dirs): (Vec<_>, Vec<_>) = dirs.iter().cloned().partition(|d| d == "--more");
    if dirs.is_empty() {
        bail!("name the folders of labelled mails");
    }
    let from: &[&str] = if more.is_empty() { &[] } else { &["--from", MODEL] };
    learner(&[from, &["--out", MODEL]].concat(), &dirs)
}

/// Writes, for each lineage, the weights learnt without it, and `mails.tsv`.
pub fn folds(folder: &Path, dirs: &[String]) -> Result<()> {
    learner(&["--folds", &folder.to_string_lossy()], dirs)
}

fn learner(options: &[&str], dirs: &[String]) -> Result<()> {
    let mut command = run::cargo();
    command.args(["run", "-q", "-p", "mesinfos-understanding", "--example", "learn", "--"]);
    run::step("learn", command.args(options).args(dirs))
}
