//! Labelled mails from folders.

use mesinfos_domain::{Category, Order};
use mesinfos_reading::{Dom, Mail};
use mesinfos_understanding::category::{Model, Sight};
use mesinfos_understanding::folded::Folded;
use mesinfos_understanding::{Letter, language, letter, orders};
use serde_json::Value;
use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// One labelled mail.
pub struct Example {
    pub path: PathBuf,
    pub lineage: String,
    pub category: Category,
    pub language: String,
    mail: Mail,
    forwarded_by: Option<mesinfos_reading::Address>,
    order: Option<Order>,
    pub subject: String,
    pub words: BTreeSet<String>,
    pub subject_words: BTreeSet<String>,
    /// Words that name somebody or something in this mail: never to be learnt.
    pub names: BTreeSet<String>,
}

impl Example {
    /// What a model sees of it.
    pub fn sight(&self, model: &Model) -> Sight {
        let dom = self.mail.html.as_deref().map(Dom::parse);
        let mut letter = Letter::of(&self.mail, dom.as_ref());
        if self.forwarded_by.is_some() {
            letter.forwarded_by = self.forwarded_by.clone();
        }
        Sight::of(&letter, self.order.as_ref(), model)
    }
}

/// All mails with a category, by path.
pub fn read(dirs: &[PathBuf]) -> Result<Vec<Example>, Box<dyn Error>> {
    let mut files = Vec::new();
    for dir in dirs {
        collect(dir, &mut files)?;
    }
    files.sort();
    files.into_iter().filter_map(|path| example(path).transpose()).collect()
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "json")
            && path.with_extension("eml").exists()
        {
            files.push(path.with_extension("eml"));
        }
    }
    Ok(())
}

fn example(path: PathBuf) -> Result<Option<Example>, Box<dyn Error>> {
    let truth: Value = serde_json::from_slice(&fs::read(path.with_extension("json"))?)?;
    let Some(category) = truth["category"].as_str().and_then(Category::from_code) else {
        return Ok(None);
    };
    let outer = Mail::read(&fs::read(&path)?);
    let attached = letter::attached(&outer);
    let forwarded_by = attached.as_ref().and(outer.from.clone());
    let mail = attached.unwrap_or(outer);
    let dom = mail.html.as_deref().map(Dom::parse);
    let letter = Letter::of(&mail, dom.as_ref());
    let order = orders::read(&letter, language::of(&letter)).map(|o| o.order);
    let set = |text: &str| -> BTreeSet<String> {
        Folded::of(text).text.split_whitespace().map(str::to_owned).collect()
    };
    let mut names = BTreeSet::new();
    let addresses = mail.from.iter().chain(&mail.to).chain(&mail.cc).chain(&letter.from);
    for address in addresses {
        names.extend(set(&address.name));
        names.extend(set(&address.address));
    }
    names.extend(set(truth["actor"]["name"].as_str().unwrap_or_default()));
    for line in truth["order"]["lines"].as_array().into_iter().flatten() {
        for field in ["name", "variant"] {
            names.extend(set(line[field].as_str().unwrap_or_default()));
        }
    }
    let platform = truth["platform"].as_str().unwrap_or_default();
    Ok(Some(Example {
        lineage: crate::lineage::of(platform),
        category,
        language: truth["language"].as_str().unwrap_or_default().to_owned(),
        forwarded_by,
        order,
        words: set(&letter.page.text),
        subject_words: set(&letter.subject),
        subject: letter.subject.clone(),
        names,
        path,
        mail,
    }))
}
