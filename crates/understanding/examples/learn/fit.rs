//! Fits the weights: logistic regression pulled towards where they started.

use crate::corpus::Example;
use mesinfos_domain::Category;
use mesinfos_understanding::category::Model;
use std::collections::BTreeMap;
use std::fmt;

const STEPS: usize = 300;

/// How strongly weights are held where the leanings put them. Chosen by leaving one lineage out:
/// what holds for lineages never seen was mostly written by hand.
const PULL: f32 = 4.0;
/// The same for words: they must earn their weight in several lineages.
const PULL_WORDS: f32 = 16.0;

/// Learns `model.weights` from these mails; the same mails give the same weights.
pub fn fit(model: &mut Model, mails: &[&Example]) {
    let sights: Vec<(Vec<usize>, usize)> = mails
        .iter()
        .map(|m| {
            let seen = m.sight(model).seen.iter().map(|s| s.feature).collect();
            (seen, place(m.category))
        })
        .collect();
    let shares = shares(mails);
    let start = model.weights.clone();
    let first_word = model.lexicon.concepts.len() * 3;
    let first_shape = model.shape(0);
    // Adam (Kingma and Ba, 2015) on the whole set: no chance, no order.
    let n = model.weights.len();
    let (mut mean, mut square) = (vec![[0.0f32; 6]; n], vec![[0.0f32; 6]; n]);
    for step in 1..=STEPS {
        let mut slope = vec![[0.0f32; 6]; n];
        for ((seen, truth), share) in sights.iter().zip(&shares) {
            let mut scores = [0.0f32; 6];
            for &f in seen {
                scores.iter_mut().zip(&model.weights[f]).for_each(|(s, w)| *s += w);
            }
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            let exps = scores.map(|s| (s - most).exp());
            let sum: f32 = exps.iter().sum();
            for (c, e) in exps.iter().enumerate() {
                let error = (e / sum - f32::from(u8::from(c == *truth))) * share;
                for &f in seen {
                    slope[f][c] += error;
                }
            }
        }
        let rate = 0.05 * (1.0 - step as f32 / (STEPS as f32 + 1.0)) + 0.001;
        let (fade1, fade2) = (1.0 - 0.9f32.powi(step as i32), 1.0 - 0.999f32.powi(step as i32));
        for f in 0..n {
            let word = f >= first_word && f < first_shape;
            let pull = if word { PULL_WORDS } else { PULL };
            for c in 0..6 {
                let g = slope[f][c] + pull * (model.weights[f][c] - start[f][c]);
                mean[f][c] = 0.9 * mean[f][c] + 0.1 * g;
                square[f][c] = 0.999 * square[f][c] + 0.001 * g * g;
                let update = mean[f][c] / fade1 / ((square[f][c] / fade2).sqrt() + 1e-6);
                model.weights[f][c] -= rate * update;
            }
        }
    }
}

fn place(category: Category) -> usize {
    Category::ALL.iter().position(|c| *c == category).unwrap_or(0)
}

/// A thousand prints of one template teach little more than one: mails of one lineage, category
/// and language share a weight that grows with the root of their number.
fn shares(mails: &[&Example]) -> Vec<f32> {
    let key = |m: &Example| {
        let begin: String = m.subject.chars().filter(|c| c.is_alphabetic()).take(8).collect();
        (m.lineage.clone(), m.category, m.language.clone(), begin)
    };
    let mut sizes: BTreeMap<_, f32> = BTreeMap::new();
    let mut of_category: BTreeMap<Category, f32> = BTreeMap::new();
    for mail in mails {
        *sizes.entry(key(mail)).or_default() += 1.0;
    }
    for size in &sizes {
        *of_category.entry(size.0.1).or_default() += size.1.sqrt();
    }
    let all: f32 = of_category.values().sum();
    mails
        .iter()
        .map(|m| {
            let balance = (all / 6.0 / of_category[&m.category]).powf(0.5);
            sizes[&key(m)].sqrt().recip() * balance
        })
        .collect()
}

/// Truth against what a model says.
#[derive(Default)]
pub struct Confusion {
    counts: [[usize; 6]; 6],
    faults: Vec<String>,
}

impl Confusion {
    pub fn add(&mut self, mail: &Example, model: &Model) {
        let shares = model.probabilities(&mail.sight(model));
        let said = (0..6).max_by(|&a, &b| shares[a].total_cmp(&shares[b])).unwrap_or(0);
        let truth = place(mail.category);
        self.counts[truth][said] += 1;
        if truth != said {
            self.faults.push(format!(
                "{} {} → {} {:.2} | {}",
                mail.path.file_name().unwrap_or_default().to_string_lossy(),
                mail.category.code(),
                Category::ALL[said].code(),
                shares[said],
                mail.subject
            ));
        }
    }
}

impl fmt::Display for Confusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sum = 0.0;
        for (c, category) in Category::ALL.iter().enumerate() {
            let hit = self.counts[c][c] as f64;
            let truth: usize = self.counts[c].iter().sum();
            let said: usize = self.counts.iter().map(|row| row[c]).sum();
            let f1 = 2.0 * hit / (truth + said).max(1) as f64;
            sum += f1;
            writeln!(f, "{:13} f1 {f1:.4}  {:?}", category.code(), self.counts[c])?;
        }
        writeln!(f, "macro F1 {:.4}", sum / 6.0)?;
        if std::env::var_os("FAULTS").is_some() {
            for fault in &self.faults {
                writeln!(f, "{fault}")?;
            }
        }
        Ok(())
    }
}
