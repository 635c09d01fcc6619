//! What is still to be filed, and where: the same for a preview and for the work.

use super::names::{Names, written};
use super::{Filing, Shape};
use crate::moves::{PLACED, PLACED_COLUMNS, PLACES, Pile, Piles};
use crate::{Db, Result, Row, Vault, views};
use mesinfos_domain::Category;
use mesinfos_reading::mailbox::imap_name;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// So many folders are made at most: mails of the rarest organisations stay where they are.
const FOLDERS: usize = 1000;
const DAY_US: i64 = 86_400_000_000;

/// Mails of one folder that go to another, or get another label.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FilingStep {
    /// Where to, as the server writes it.
    pub to: String,
    /// The label that they had from us.
    pub was: Option<String>,
    /// The mails.
    pub pile: Pile,
}

/// What is to be done.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FilingPlan {
    /// In the order in which folders are opened.
    pub steps: Vec<FilingStep>,
    /// How many mails.
    pub mails: i64,
    /// The folders that they go to, as she reads them, those with the most mails first.
    pub folders: Vec<(String, i64)>,
    /// Mails for which there would be too many folders.
    pub left_out: i64,
    /// Labels are put on: the server is Gmail.
    pub by_label: bool,
}

/// One mail, and where it should be.
struct Wanted {
    path: String,
    was: Option<String>,
}

impl Vault {
    /// What a filing has still to do: counted mails of organisations that stand in the inbox, or
    /// where an earlier round put them. What she filed herself, or took back, stays where it is; so
    /// do mails of persons.
    pub fn filing_plan(&self, filing: &Filing, now_us: i64) -> Result<FilingPlan> {
        self.read(|db| {
            let names = views::Names::load(db)?;
            let actors: Vec<views::ActorRef> = names.mains().cloned().collect();
            let folders = Names::of(&actors, &filing.delimiter);
            // Gmail's one folder of all mail has no inbox beside it.
            let inbox = inbox(db, filing.mailbox)?;
            let before = now_us.saturating_sub(filing.after_days.saturating_mul(DAY_US));
            let sql = format!(
                "SELECT {PLACED}, m.actor, m.category, v.folder, v.is_done FROM {PLACES}
                    LEFT JOIN mail_filed v ON v.person_id = h.person_id AND v.mailbox = f.mailbox
                        AND v.message = h.message
                 WHERE h.person_id = $1 AND f.mailbox = $2 AND m.is_counted
                    AND m.actor IS NOT NULL AND m.at_us < $3 AND a.gone_us IS NULL
                    AND ($4 = '' OR f.name = $4 OR f.name = v.folder)
                 ORDER BY h.source, h.uid"
            );
            let of = [
                db.person().into(),
                filing.mailbox.into(),
                before.into(),
                inbox.as_deref().unwrap_or_default().into(),
            ];
            let mut all: BTreeMap<(i64, String, Option<String>), Piles> = BTreeMap::new();
            let mut counts: HashMap<String, i64> = HashMap::new();
            db.query(&sql, &of, |r| {
                if let Some(wanted) = wanted(r, filing, &names, &folders, inbox.as_deref())? {
                    let source = r.get::<i64>(0)?;
                    let key = (source, wanted.path.clone(), wanted.was);
                    let pile = all.entry(key).or_default();
                    let before = pile.len();
                    pile.take(r)?;
                    *counts.entry(wanted.path).or_default() += (pile.len() - before) as i64;
                }
                Ok(())
            })?;
            counts.retain(|_, mails| *mails > 0);
            let made = made(db, filing.mailbox)?;
            Ok(plan(filing, all, counts, &made, inbox.is_none()))
        })
    }
}

fn plan(
    filing: &Filing,
    all: BTreeMap<(i64, String, Option<String>), Piles>,
    counts: HashMap<String, i64>,
    made: &BTreeSet<String>,
    by_label: bool,
) -> FilingPlan {
    let mut folders: Vec<(String, i64)> = counts.into_iter().collect();
    folders.sort_by(|a, b| (Reverse(a.1), &a.0).cmp(&(Reverse(b.1), &b.0)));
    let (mut room, mut left_out) = (FOLDERS.saturating_sub(made.len()), 0);
    folders.retain(|(path, mails)| {
        let is_there = made.contains(&written(filing, path));
        if !is_there && room == 0 {
            left_out += mails;
            return false;
        }
        room -= usize::from(!is_there);
        true
    });
    let mails = folders.iter().map(|f| f.1).sum();
    let kept: BTreeSet<&str> = folders.iter().map(|f| f.0.as_str()).collect();
    let steps = all.into_iter().filter(|((_, path, _), _)| kept.contains(path.as_str()));
    let steps = steps.flat_map(|((_, path, was), piles)| {
        let to = written(filing, &path);
        piles.0.into_iter().map(move |pile| FilingStep { to: to.clone(), was: was.clone(), pile })
    });
    let steps: Vec<FilingStep> = steps.collect();
    FilingPlan { steps, mails, folders, left_out, by_label }
}

/// Where the mail of this row should be; `None`: where it is.
fn wanted(
    r: &Row<'_>,
    filing: &Filing,
    names: &views::Names,
    folders: &Names,
    inbox: Option<&str>,
) -> Result<Option<Wanted>> {
    let actor = names.main(r.get::<i64>(PLACED_COLUMNS)?);
    let category = Category::from_code(&r.get::<String>(PLACED_COLUMNS + 1)?);
    let Some(path) = folders.path(filing, actor, category.unwrap_or(Category::Personal)) else {
        return Ok(None);
    };
    let put: Option<String> = r.get(PLACED_COLUMNS + 2)?;
    let is_done = r.get::<Option<bool>>(PLACED_COLUMNS + 3)?.unwrap_or(false);
    let to = written(filing, &path);
    let stands: String = r.get(1)?;
    let is_right = match inbox {
        Some(_) if stands == to => true,
        // She took it back.
        Some(inbox) if is_done && stands == inbox => true,
        Some(_) => false,
        None if is_done && put.as_deref() == Some(&to) => true,
        // A label of hers.
        None => put.is_none() && has_label(&r.get::<String>(5)?, &to),
    };
    let was = put.filter(|put| inbox.is_none() && *put != to);
    Ok((!is_right).then_some(Wanted { path, was }))
}

/// Whether one of these labels, as they are kept, is this one, as the server writes it.
pub(crate) fn has_label(labels: &str, written: &str) -> bool {
    let labels: Vec<String> = serde_json::from_str(labels).unwrap_or_default();
    labels.iter().any(|l| *l == imap_name(written))
}

/// The folders that hold filed mails.
fn made(db: &Db, mailbox: i64) -> Result<BTreeSet<String>> {
    let made = db.query(
        "SELECT DISTINCT folder FROM mail_filed WHERE person_id = $1 AND mailbox = $2",
        &[db.person().into(), mailbox.into()],
        |r| r.get::<String>(0),
    )?;
    Ok(made.into_iter().collect())
}

fn inbox(db: &Db, mailbox: i64) -> Result<Option<String>> {
    let names = db.query(
        "SELECT name FROM mailbox_folder WHERE person_id = $1 AND mailbox = $2",
        &[db.person().into(), mailbox.into()],
        |r| r.get::<String>(0),
    )?;
    Ok(names.into_iter().find(|n| n.eq_ignore_ascii_case("INBOX")))
}

impl Filing {
    /// A filing as she is shown it before she agrees to one: nothing is known of the server yet.
    pub fn proposed(mailbox: i64, root: &str, shape: Shape, after_days: i64) -> Filing {
        Filing {
            mailbox,
            root: root.to_owned(),
            prefix: String::new(),
            delimiter: "/".to_owned(),
            shape,
            after_days,
            drawers: BTreeMap::new(),
            is_back: false,
            at_us: 0,
        }
    }
}
