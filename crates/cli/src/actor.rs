//! `mesinfos actor`: who writes and who may, listed, refused, accepted.

use crate::request::{Ended, Said};
use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use mesinfos_domain::{ActorKind, Category};
use mesinfos_partners::{Rule, Stance};
use mesinfos_server::Clock;
use mesinfos_vault::corrections::Correction;
use mesinfos_vault::views::{self, ActorRow, ActorsAsked, PageAsked, Partners, Preview, Standing};
use mesinfos_vault::{Vault, days, fold};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What to do about actors.
#[derive(clap::Subcommand, Serialize, Deserialize, Debug)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// List them, those that write most first.
    List {
        /// Only those of which something is refused.
        #[arg(long)]
        refused: bool,
        /// Only those whose name or domain holds this.
        #[arg(long, value_name = "TEXT")]
        named: Option<String>,
        /// Only of this sort: merchant, leisure, administration, bank...
        #[arg(long, value_name = "SORT")]
        sort: Option<String>,
    },
    /// Refuse an actor, one of its drawers, or one drawer of a sort of actors.
    Refuse(Whom),
    /// Accept an actor or one of its drawers.
    Accept(Whom),
}

/// Whom, and of what.
#[derive(clap::Args, Serialize, Deserialize, Debug)]
pub struct Whom {
    /// Its number, domain or name.
    actor: Option<String>,
    /// One drawer: account, transaction, after_sales, notification, newsletter, personal.
    #[arg(long, value_name = "DRAWER")]
    category: Option<String>,
    /// Instead of one actor: all of this sort, or `all`; needs a drawer.
    #[arg(long, value_name = "SORT", conflicts_with = "actor")]
    sort: Option<String>,
    /// Instead of an actor: all that arrives at this address of yours.
    #[arg(long, value_name = "ADDRESS", conflicts_with_all = ["actor", "sort", "category"])]
    address: Option<String>,
    /// Only say what it would hide.
    #[arg(long)]
    dry_run: bool,
}

pub fn perform(vault: &Vault, what: &What, say: &mut dyn FnMut(Said)) -> Result<Ended> {
    match what {
        What::List { refused, named, sort } => {
            let sort = sort.as_deref().map(kind).transpose()?;
            list(vault, *refused, named.clone(), sort, say)?;
        }
        What::Refuse(whom) => {
            let rule = rule(vault, whom)?;
            let told = views::preview(vault, &rule)?;
            let id = match whom.dry_run {
                true => None,
                false => Some(word(vault, rule, Stance::Refused)?),
            };
            tell(&told, id, say);
        }
        What::Accept(whom) => {
            let id = word(vault, rule(vault, whom)?, Stance::Accepted)?;
            say(Said::Line(json!({ "accepted": id })));
            say(Said::Words("Accepted.".into()));
        }
    }
    Ok(Ended::Done)
}

fn list(
    vault: &Vault,
    refused: bool,
    named: Option<String>,
    sort: Option<ActorKind>,
    say: &mut dyn FnMut(Said),
) -> Result<()> {
    let mut number = 0;
    loop {
        let asked = ActorsAsked {
            kind: sort,
            named: named.clone(),
            partners: if refused { Partners::Refused } else { Partners::Shown },
            page: PageAsked { number, size: 500 },
            ..ActorsAsked::default()
        };
        let found = views::actors(vault, &asked, today())?.actors;
        for row in &found.rows {
            say(Said::Line(object(row)));
            say(Said::Words(format!(
                "{:>6}  {:>6} mails  {:>6} refused  {}",
                row.actor.id,
                row.counts.total(),
                row.hidden.total(),
                plain(&row.actor.name)
            )));
        }
        number += 1;
        if found.rows.is_empty() || number * 500 >= found.total {
            return Ok(());
        }
    }
}

fn object(row: &ActorRow) -> Value {
    let drawers: Vec<&str> = match &row.standing {
        Standing::Partly(drawers) => drawers.iter().map(|c| c.code()).collect(),
        _ => Vec::new(),
    };
    let standing = match row.standing {
        Standing::Undecided => "undecided",
        Standing::Accepted => "accepted",
        Standing::Partly(_) => "partly_refused",
        Standing::Refused => "refused",
    };
    json!({
        "id": row.actor.id.0,
        "name": row.actor.name,
        "domain": row.actor.domain,
        "kind": row.actor.kind.code(),
        "mails": row.counts.total(),
        "newsletters": row.counts.of(Category::Newsletter),
        "unread": row.unread.total(),
        "refused_mails": row.hidden.total(),
        "standing": standing,
        "refused_categories": drawers,
        "first": row.first.to_string(),
        "last": row.last.to_string(),
    })
}

fn tell(told: &Preview, id: Option<i64>, say: &mut dyn FnMut(Said)) {
    let actors: Vec<Value> = told
        .rows
        .iter()
        .map(|r| {
            let id = r.actor.as_ref().map(|a| a.id.0);
            let name = r.actor.as_ref().map(|a| &a.name);
            json!({ "id": id, "name": name, "hidden": r.hidden, "kept": r.kept })
        })
        .collect();
    let (hidden, kept) = (told.hidden.total(), told.kept.total());
    say(Said::Line(json!({ "refused": id, "hidden": hidden, "kept": kept, "actors": actors })));
    let verb = if id.is_some() { "are" } else { "would be" };
    say(Said::Words(format!(
        "{hidden} mails of {} organisations {verb} hidden; {kept} others of theirs stay.",
        told.rows.len()
    )));
}

fn word(vault: &Vault, rule: Rule, stance: Stance) -> Result<i64> {
    let now = Clock::system().now().as_microsecond();
    Ok(vault.correct(&Correction::Partner { rule, stance }, now)?.0)
}

fn rule(vault: &Vault, whom: &Whom) -> Result<Rule> {
    let category = match &whom.category {
        Some(code) => {
            Some(Category::from_code(code).with_context(|| format!("no drawer is called {code}"))?)
        }
        None => None,
    };
    if let Some(address) = &whom.address {
        return Ok(Rule::Address { address: address.trim().to_lowercase() });
    }
    if let Some(sort) = &whom.sort {
        let category = category.context("say which drawer of theirs, with --category")?;
        let sort = if sort == "all" { None } else { Some(kind(sort)?) };
        return Ok(Rule::Sort { sort, category, except: Vec::new() });
    }
    let named = whom.actor.as_deref().context("say whom: a number, a domain or a name")?;
    let actor = find(vault, named)?;
    Ok(match category {
        Some(category) => Rule::Drawer { actor, category },
        None => Rule::Actor { actor },
    })
}

fn kind(code: &str) -> Result<ActorKind> {
    ActorKind::from_code(code).with_context(|| format!("no sort of organisation is called {code}"))
}

/// By number or domain, by its whole name, or by a part that no other has.
fn find(vault: &Vault, named: &str) -> Result<mesinfos_domain::ActorId> {
    let mut all = Vec::new();
    for partners in [Partners::Shown, Partners::Refused] {
        let page = PageAsked { number: 0, size: 500 };
        let mut asked = ActorsAsked { partners, page, ..ActorsAsked::default() };
        loop {
            let found = views::actors(vault, &asked, today())?.actors;
            all.extend(found.rows.into_iter().map(|r| r.actor));
            asked.page.number += 1;
            if asked.page.number * 500 >= found.total {
                break;
            }
        }
    }
    all.sort_by_key(|a| a.id);
    all.dedup_by_key(|a| a.id);
    let key = fold::key(named);
    let is_whole = |a: &&views::ActorRef| {
        named.parse() == Ok(a.id.0)
            || a.domain.as_deref() == Some(named.to_lowercase().as_str())
            || fold::key(&a.name) == key
    };
    let whole: Vec<_> = all.iter().filter(is_whole).collect();
    let part = || all.iter().filter(|a| fold::key(&a.name).contains(&key)).collect();
    let found: Vec<_> = if whole.is_empty() { part() } else { whole };
    match &found[..] {
        [one] => Ok(one.id),
        [] => bail!("nobody who writes to you is called {named}"),
        many => {
            let names: Vec<String> =
                many.iter().take(8).map(|a| format!("{} ({})", plain(&a.name), a.id)).collect();
            bail!("{named} may be {}: say which by its number", names.join(", "))
        }
    }
}

fn today() -> Date {
    days::day(Clock::system().now().as_microsecond())
}

/// A stranger's words on a terminal: no control characters, which could move the cursor or more.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
