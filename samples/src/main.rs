//! Writes the sample mailboxes: a household's three years, and a large one to measure with.

mod actors;
mod bulk;
mod diary;
mod dice;
mod letter;
mod life;
mod mime;
mod orders;
mod people;
mod styles;

use anyhow::{Context, Result, bail};
use std::fs::File;
use std::io::{BufWriter, Write};

const USAGE: &str =
    "mesinfos-samples household OUT.mbox [LAST-DAY]\nmesinfos-samples mailbox OUT.mbox [MESSAGES]";

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [kind, out, rest @ ..] = args.as_slice() else { bail!("{USAGE}") };
    let file = File::create(out).with_context(|| format!("{out} cannot be written"))?;
    let mut to = BufWriter::with_capacity(1 << 20, file);
    match kind.as_str() {
        "household" => household(rest.first(), &mut to)?,
        "mailbox" => {
            let count = rest.first().map_or(Ok(100_000), |n| n.parse())?;
            bulk::write(count, &mut to)?;
        }
        _ => bail!("{USAGE}"),
    }
    to.flush()?;
    Ok(())
}

/// The household's mails, oldest first, ending on the given day (today when none is).
fn household(last: Option<&String>, to: &mut impl Write) -> Result<()> {
    let until = match last {
        Some(day) => day.parse().with_context(|| format!("{day} is no date like 2026-11-24"))?,
        None => today(),
    };
    let mut diary = diary::Diary::new(2012, until);
    orders::write(&mut diary);
    life::write(&mut diary);
    people::write(&mut diary);
    diary.mails.sort_by_key(|m| m.at);
    for mail in &diary.mails {
        mbox(&mail.write(), mail.at, to)?;
    }
    eprintln!("{} mails", diary.mails.len());
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the edge: without a day named, the mails end today")]
fn today() -> jiff::civil::Date {
    jiff::ZonedDateTime::now().date()
}

/// One message of an mboxrd file.
fn mbox(mail: &[u8], at: i64, to: &mut impl Write) -> Result<()> {
    let stamp = jiff::Timestamp::from_second(at)?.strftime("%a %b %e %H:%M:%S %Y");
    writeln!(to, "From MAILER-DAEMON {stamp}")?;
    for line in mail.split_inclusive(|&b| b == b'\n') {
        if line.iter().position(|&b| b != b'>').is_some_and(|i| line[i..].starts_with(b"From ")) {
            to.write_all(b">")?;
        }
        to.write_all(line)?;
    }
    to.write_all(b"\n")?;
    Ok(())
}
