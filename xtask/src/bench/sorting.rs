//! `cargo xtask bench sorting`: how long the person waits after her word changed who a mail is
//! from, until the pages that depend on it are there again.

use super::browser::{Answer, Site};
use super::import::{DATA, folder};
use crate::measure;
use anyhow::{Context, Result, bail};
use std::time::Duration;

/// Two seconds from the form to the page.
const BAR: Duration = Duration::from_secs(2);

pub fn run(args: &[String]) -> Result<()> {
    if !args.is_empty() {
        bail!("cargo xtask bench sorting, after `cargo xtask bench import`");
    }
    let mut site =
        Site::open(&folder().join(DATA)).context("run `cargo xtask bench import` first")?;
    println!("{}; from the form to the pages of actors and home", measure::machine());
    let actors = site.get("/actors")?.body;
    let loudest = numbers(&actors, "/actor/");
    let [first, second, ..] = loudest[..] else { bail!("two actors are needed") };
    let mails = site.get(&format!("/mails?actor={first}"))?.body;
    let mail = *numbers(&mails, "/mail/").first().context("the loudest actor has no mail")?;
    let token = token(&actors)?;
    let words = [
        (
            "merging the two loudest actors",
            format!("kind=merge_actors&actor={second}&into={first}"),
        ),
        ("another actor for one mail", format!("kind=actor&message={mail}&actor={second}")),
        ("another drawer for one mail", format!("kind=category&message={mail}&category=personal")),
    ];
    for (what, form) in words {
        let (said, answer) = say(&mut site, "/corrections", &form, &token)?;
        let id = number_after(&answer, "corrected=").context("the correction was not taken")?;
        let (undone, _) = say(&mut site, &format!("/corrections/{id}/undo"), "", &token)?;
        for (what, took) in [(what, said), ("  taking it back", undone)] {
            let over = if took < BAR { "" } else { "  over" };
            println!("{what:34} {:8.0} ms{over}", took.as_secs_f64() * 1000.0);
        }
    }
    Ok(())
}

/// Sends a form, then asks for the pages that show what it changed; returns how long all took and
/// the page that the form leads back to.
fn say(site: &mut Site, path: &str, form: &str, token: &str) -> Result<(Duration, String)> {
    let said = site.post(path, &format!("{form}&csrf={token}&back=%2Factors"))?;
    if said.status != 303 {
        bail!("{path} {form}: {}", said.status);
    }
    let mut took = said.took;
    for page in ["/actors", "/"] {
        let Answer { status, took: more, .. } = site.get(page)?;
        if status != 200 {
            bail!("{page}: {status}");
        }
        took += more;
    }
    Ok((took, said.location))
}

/// The token that forms of this session send.
fn token(page: &str) -> Result<String> {
    let after = page.split("name=\"csrf\" value=\"").nth(1).context("no form on the page")?;
    Ok(after.split('"').next().unwrap_or_default().to_owned())
}

/// The numbers that follow this text in links, each once, in order.
fn numbers(page: &str, path: &str) -> Vec<i64> {
    let mut found: Vec<i64> = Vec::new();
    for after in page.split(&format!("href=\"{path}")).skip(1) {
        let digits = after.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        if let Ok(number) = digits.parse()
            && !found.contains(&number)
        {
            found.push(number);
        }
    }
    found
}

fn number_after(text: &str, name: &str) -> Option<i64> {
    let after = text.split(name).nth(1)?;
    after.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}
