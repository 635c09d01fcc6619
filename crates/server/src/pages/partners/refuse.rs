//! A refusal, weighed before she agrees: what goes from sight, what stays; then her word.

use super::what;
use crate::pages::language::local;
use crate::pages::parts::bar;
use crate::pages::{Back, Frame, Nav};
use crate::words::{Html, Words, isolate};
use crate::{Error, Sent, Visitor, show};
use askama::Template;
use axum::extract::Query;
use axum::response::IntoResponse;
use mesinfos_domain::{ActorId, ActorKind, Category};
use mesinfos_partners::{Rule, Stance};
use mesinfos_vault::corrections::Correction;
use mesinfos_vault::views::{self, Preview};

/// `/refuse?actor=3&category=newsletter`, `?sort=merchant&category=newsletter`, `?actor=3`,
/// `?address=lea%2Bjeu@exemple.fr`; `sort=all` is every sort.
#[derive(serde::Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Asked {
    actor: Option<i64>,
    category: String,
    sort: String,
    address: String,
    /// Where she came from.
    back: String,
}

#[derive(Template)]
#[template(path = "partners/refuse.html")]
struct Page {
    frame: Frame,
    asked: Asked,
    lede: Html,
    rows: Vec<Row>,
    others: Option<Row>,
    hidden: String,
    kept: String,
    in_force: Option<i64>,
    can_except: bool,
    is_whole: bool,
    back: String,
}

struct Row {
    id: i64,
    name: String,
    bar: Html,
    hidden: String,
    kept: String,
}

/// More actors than these are told together.
const ROWS: usize = 60;

impl Asked {
    fn rule(&self) -> Option<Rule> {
        let category = Category::from_code(&self.category);
        if let Some(actor) = self.actor.map(ActorId) {
            return Some(match category {
                Some(category) => Rule::Drawer { actor, category },
                None => Rule::Actor { actor },
            });
        }
        if !self.address.trim().is_empty() {
            return Some(Rule::Address { address: self.address.trim().to_lowercase() });
        }
        let sort = ActorKind::from_code(&self.sort);
        let is_meant = sort.is_some() || self.sort == "all";
        is_meant.then_some(Rule::Sort { sort, category: category?, except: Vec::new() })
    }

    fn back(&self) -> String {
        match (&*self.back, self.actor) {
            ("", Some(actor)) => format!("/actor/{actor}"),
            ("", None) => "/refusals".to_owned(),
            (back, _) => local(back).to_owned(),
        }
    }
}

pub(super) async fn page(
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Error> {
    let rule = asked.rule().ok_or(Error::NotFound)?;
    let (told, name) = visitor
        .vault(move |vault| {
            let name = match rule.actor() {
                Some(id) => match views::actor_ref(vault, id)? {
                    Some(actor) => Some(actor.name),
                    None => return Err(mesinfos_vault::Error::NotFound("actor")),
                },
                None => None,
            };
            Ok((views::preview(vault, &rule)?, name))
        })
        .await?;
    let w = Words::of(visitor.locale);
    let what = what(w, &told.rule, name.as_deref().unwrap_or_default());
    let most = told.rows.iter().map(|r| r.hidden + r.kept).max().unwrap_or(1).max(1);
    let row = |id: i64, name: String, hidden: i64, kept: i64| Row {
        id,
        name,
        bar: bar(&[("", share(kept, most)), ("gone", share(hidden, most))], ""),
        hidden: w.number(hidden),
        kept: w.number(kept),
    };
    let (first, rest) = told.rows.split_at(told.rows.len().min(ROWS));
    let sum = |f: fn(&views::PreviewRow) -> i64| rest.iter().map(f).sum::<i64>();
    let page = Page {
        lede: lede(w, &what, &told),
        others: (!rest.is_empty()).then(|| {
            let name = w.n("refuse-others", rest.len());
            row(0, name, sum(|r| r.hidden), sum(|r| r.kept))
        }),
        rows: first
            .iter()
            .map(|r| {
                let name = r.actor.as_ref().map(|a| isolate(&a.name).into_owned());
                let id = r.actor.as_ref().map_or(0, |a| a.id.0);
                row(id, name.unwrap_or_else(|| w.t("refuse-persons")), r.hidden, r.kept)
            })
            .collect(),
        hidden: w.number(told.hidden.total()),
        kept: w.number(told.kept.total()),
        in_force: told.in_force.map(|id| id.0),
        can_except: matches!(told.rule, Rule::Sort { .. }) && told.rows.len() > 1,
        is_whole: matches!(told.rule, Rule::Actor { .. } | Rule::Address { .. }),
        back: asked.back(),
        frame: visitor.frame(Nav::Refusals, w.n("refuse-name", what.as_str())),
        asked,
    };
    show(&page)
}

fn share(n: i64, most: i64) -> u64 {
    // What is there is seen, however little it is.
    let share = (n.max(0) * 1000 / most).unsigned_abs();
    if n > 0 { share.max(8) } else { share }
}

/// "Refuser les lettres de toutes les boutiques : 4 118 mails masqués, 212 factures et colis restent."
fn lede(w: &Words, what: &str, told: &Preview) -> Html {
    let kept = told.kept.total();
    let orders = told.kept.of(Category::Transaction) + told.kept.of(Category::AfterSales);
    let key = match (kept, orders) {
        (0, _) => "refuse-kept-none",
        (_, 0) => "refuse-kept-others",
        (kept, orders) if kept == orders => "refuse-kept-orders",
        _ => "refuse-kept-both",
    };
    let stay = w.say(key).arg("n", kept).arg("orders", orders).html();
    let hidden = w.say("refuse-lede").arg("what", what).arg("hidden", told.hidden.total()).html();
    Html::rendered(format!("{hidden} {stay}"))
}

/// Her word. `keep` names the actors that the rule leaves as they were, each once.
pub(super) async fn take(
    Sent(visitor, fields): Sent<Vec<(String, String)>>,
) -> Result<Back, Error> {
    let value = |name: &str| {
        let found = fields.iter().find(|(n, _)| n == name);
        found.map(|(_, v)| v.clone()).unwrap_or_default()
    };
    let asked = Asked {
        actor: value("actor").parse().ok(),
        category: value("category"),
        sort: value("sort"),
        address: value("address"),
        back: value("back"),
    };
    let mut rule = asked.rule().ok_or(Error::Invalid("a refusal of nothing".into()))?;
    if let Rule::Sort { except, .. } = &mut rule {
        let kept = fields.iter().filter(|(n, _)| n == "keep");
        except.extend(kept.filter_map(|(_, v)| v.parse().ok()).map(ActorId));
    }
    visitor.says(Correction::Partner { rule, stance: Stance::Refused }, &asked.back()).await
}
