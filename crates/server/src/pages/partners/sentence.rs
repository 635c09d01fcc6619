//! A rule as one reads it: "les lettres de toutes les boutiques".

use crate::words::{Words, isolate};
use mesinfos_domain::Category;
use mesinfos_partners::Rule;

/// What a rule is about, to stand after "refuser" or alone. `actor` is the name of the one that it
/// names, if it does.
pub fn what(w: &Words, rule: &Rule, actor: &str) -> String {
    let drawer = |c: Category| w.t(&format!("drawer-{}", c.code().replace('_', "-")));
    match rule {
        Rule::Actor { .. } => w.n("rule-actor", isolate(actor)),
        Rule::Drawer { category, .. } => w
            .say("rule-drawer")
            .arg("drawer", drawer(*category))
            .arg("of", of(w, actor))
            .to_string(),
        Rule::Sort { sort, category, except } => {
            let sort = sort.map_or("all", |s| s.code());
            let rule = w.say("rule-sort").arg("drawer", drawer(*category));
            let rule = rule.arg("sort", w.t(&format!("sorts-{sort}"))).to_string();
            match except.len() {
                0 => rule,
                n => w.say("rule-except").arg("rule", rule).arg("n", n).to_string(),
            }
        }
        Rule::Address { address } => w.n("rule-address", isolate(address)),
        Rule::Newcomers { category: None } => w.t("rule-newcomers"),
        Rule::Newcomers { category: Some(category) } => {
            w.n("rule-newcomers-drawer", drawer(*category))
        }
    }
}

/// "de Botanéo", "d’Électro Vauban".
fn of(w: &Words, name: &str) -> String {
    let name = isolate(name);
    let first = name.chars().find(|c| c.is_alphanumeric()).unwrap_or('x');
    let is_vowel = "aeiouyàâäéèêëîïôöùûüæœ".contains(first.to_lowercase().next().unwrap_or('x'));
    w.n(if is_vowel { "of-vowel" } else { "of-name" }, name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Locale;
    use mesinfos_domain::{ActorId, ActorKind};

    #[test]
    fn a_rule_reads_as_a_sentence() {
        let (fr, en) = (Words::of(Locale::Fr), Words::of(Locale::En));
        let letters = Rule::Sort {
            sort: Some(ActorKind::Merchant),
            category: Category::Newsletter,
            except: vec![],
        };
        assert_eq!(what(fr, &letters, ""), "les lettres de toutes les boutiques");
        assert_eq!(what(en, &letters, ""), "newsletters of all shops");
        let drawer = Rule::Drawer { actor: ActorId(1), category: Category::Newsletter };
        assert_eq!(what(fr, &drawer, "Électro Vauban"), "les lettres d’Électro Vauban");
        assert_eq!(what(fr, &drawer, "Botanéo"), "les lettres de Botanéo");
        let but =
            Rule::Sort { sort: None, category: Category::Newsletter, except: vec![ActorId(1)] };
        assert_eq!(what(fr, &but, ""), "les lettres de tous les acteurs, sauf un");
    }
}
