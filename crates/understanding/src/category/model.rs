//! The weights: what was learnt offline from labelled mails, around what was written by hand.

use super::concepts::{Leaning, Lexicon};
use super::sight::{SHAPES, Sight, Zone};
use mesinfos_domain::Category;
use std::sync::LazyLock;

/// Learnt by `cargo xtask learn`; facts about words, no text of any mail.
const LEARNT: &str = include_str!("../../data/category-model.tsv");

static BUILT_IN: LazyLock<Model> = LazyLock::new(|| Model::parse(LEARNT));

/// How much of a concept's leaning counts before anything is learnt, by where it is said.
const BY_ZONE: [f32; 3] = [1.0, 0.5, 0.25];

/// A multinomial logistic regression whose weights start from the concepts' leanings.
#[derive(Debug)]
pub struct Model {
    /// What is looked for.
    pub lexicon: Lexicon,
    /// One weight a category for each feature.
    pub weights: Vec<Leaning>,
}

impl Model {
    /// The one that the program carries.
    pub fn built_in() -> &'static Model {
        &BUILT_IN
    }

    /// Without any learnt weight: leanings only, with these words to be learnt.
    pub fn by_hand(words: Vec<String>) -> Model {
        let lexicon = Lexicon::with_words(words);
        let mut weights = Vec::new();
        for concept in &lexicon.concepts {
            for share in BY_ZONE {
                weights.push(concept.leaning.map(|l| l * share));
            }
        }
        weights.extend(lexicon.words.iter().flat_map(|_| [[0.0; 6]; 2]));
        weights.extend(SHAPES.iter().map(|s| s.leaning));
        Model { lexicon, weights }
    }

    /// Reads the lines of [`Model::print`]. Lines that name nothing known are passed over.
    pub fn parse(file: &str) -> Model {
        let lines = || file.lines().filter(|l| !l.starts_with('#'));
        let mut words: Vec<String> = lines()
            .filter_map(|l| Some(l.strip_prefix("word:")?.split('@').next()?.to_owned()))
            .collect();
        words.sort();
        words.dedup();
        let mut model = Model::by_hand(words);
        let names: std::collections::HashMap<String, usize> =
            (0..model.weights.len()).map(|i| (model.name(i), i)).collect();
        for line in lines() {
            let mut fields = line.split('\t');
            if let Some(&i) = fields.next().and_then(|name| names.get(name)) {
                for (weight, field) in model.weights[i].iter_mut().zip(fields) {
                    *weight = field.parse().unwrap_or(*weight);
                }
            }
        }
        model
    }

    /// The weights that differ from the leanings, one feature a line.
    pub fn print(&self) -> String {
        let plain = Model::by_hand(self.lexicon.words.clone());
        let mut out = String::from("# feature");
        for category in Category::ALL {
            out.push('\t');
            out.push_str(category.code());
        }
        out.push('\n');
        for (i, (weights, before)) in self.weights.iter().zip(&plain.weights).enumerate() {
            if weights.iter().zip(before).any(|(a, b)| (a - b).abs() >= 0.02) {
                out.push_str(&self.name(i));
                for weight in weights {
                    out.push_str(&format!("\t{weight:.2}"));
                }
                out.push('\n');
            }
        }
        out
    }

    /// The place of a concept's or word's feature; `meaning` as [`Lexicon::find`] gives it.
    pub fn feature(&self, meaning: usize, zone: Zone) -> usize {
        let concepts = self.lexicon.concepts.len();
        match meaning.checked_sub(concepts) {
            None => meaning * 3 + zone as usize,
            Some(word) => concepts * 3 + word * 2 + usize::from(zone != Zone::Subject),
        }
    }

    /// The place of a shape's feature.
    pub fn shape(&self, shape: usize) -> usize {
        self.lexicon.concepts.len() * 3 + self.lexicon.words.len() * 2 + shape
    }

    /// What a feature is called: `concept:shipped@subject`, `word:merci@text`, `shape:html`.
    pub fn name(&self, feature: usize) -> String {
        let concepts = self.lexicon.concepts.len() * 3;
        let words = self.lexicon.words.len() * 2;
        if feature < concepts {
            let zone = ["subject", "head", "body"][feature % 3];
            format!("concept:{}@{zone}", self.lexicon.concepts[feature / 3].name)
        } else if feature < concepts + words {
            let i = feature - concepts;
            let zone = ["subject", "text"][i % 2];
            format!("word:{}@{zone}", self.lexicon.words[i / 2])
        } else {
            let shape = SHAPES.get(feature - concepts - words);
            format!("shape:{}", shape.map_or("", |s| s.name))
        }
    }

    /// The probability of each category.
    pub fn probabilities(&self, sight: &Sight) -> Leaning {
        let mut scores = [0.0f32; 6];
        for seen in &sight.seen {
            for (score, weight) in scores.iter_mut().zip(&self.weights[seen.feature]) {
                *score += weight;
            }
        }
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let shares = scores.map(|s| (s - most).exp());
        let sum: f32 = shares.iter().sum();
        shares.map(|s| s / sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_model_is_read_back_the_same() {
        let mut model = Model::by_hand(vec!["facture".into(), "merci".into()]);
        let last = model.weights.len() - 1;
        model.weights[0] = [1.25, -0.5, 0.0, 0.0, 2.0, 0.0];
        model.weights[last] = [0.0, 0.0, 0.75, 0.0, 0.0, -3.0];
        let word = model.feature(model.lexicon.concepts.len() + 1, Zone::Subject);
        model.weights[word] = [0.5; 6];
        let again = Model::parse(&model.print());
        assert_eq!(again.lexicon.words, ["merci"]);
        assert_eq!(again.weights[0], model.weights[0]);
        assert_eq!(again.weights.last(), model.weights.last());
        assert_eq!(
            again.weights[again.feature(again.lexicon.concepts.len(), Zone::Subject)],
            [0.5; 6]
        );
    }
}
