//! The language of the visible text: its small words first, what the mail declares second.

use crate::Letter;
use crate::folded::Folded;
use foldhash::HashMap;
use mesinfos_domain::Language;
use std::sync::LazyLock;

/// The small words of each language, folded: articles, pronouns, prepositions, and the commonest
/// words of mails.
const SMALL_WORDS: &str = include_str!("../data/small-words.txt");

/// As much text as tells a language.
const TEXT_BYTES: usize = 4_000;
/// A word of the subject counts so many times: it is the mail's own, where a footer may not be.
const SUBJECT: f32 = 2.0;
/// What `lang="fr"` or Content-Language count, in small words: templates often lie.
const DECLARED: f32 = 1.5;
/// From so many small words on, nothing else is asked.
const ENOUGH: f32 = 8.0;

/// For each small word, how much it says for each of `Language::READ`: a word of one language
/// says one, a word of two half each.
static SHARES: LazyLock<HashMap<&'static str, [f32; 5]>> = LazyLock::new(|| {
    let mut shares: HashMap<&str, [f32; 5]> = HashMap::default();
    for line in SMALL_WORDS.lines().filter(|l| !l.starts_with('#')) {
        let Some((code, words)) = line.split_once(' ') else { continue };
        if let Some(i) = Language::READ.iter().position(|l| l.code() == code) {
            for word in words.split_whitespace() {
                shares.entry(word).or_default()[i] = 1.0;
            }
        }
    }
    for share in shares.values_mut() {
        let sum: f32 = share.iter().sum();
        // A word that three languages share says nearly nothing.
        share.iter_mut().for_each(|s| *s /= sum * sum);
    }
    shares
});

/// The language of this letter.
pub fn of(letter: &Letter<'_>) -> Language {
    let text = crate::letter::head(&letter.page.text, TEXT_BYTES);
    let mut scores = [0.0f32; 5];
    let mut words = 0;
    let subject = Folded::of(&letter.subject);
    for (part, weight) in [(&subject, SUBJECT), (&*letter.folded(TEXT_BYTES), 1.0)] {
        for word in part.text.split_ascii_whitespace() {
            words += usize::from(word.len() > 1);
            if let Some(shares) = SHARES.get(word) {
                scores.iter_mut().zip(shares).for_each(|(s, share)| *s += share * weight);
            }
        }
    }
    let (best, lead) = ranked(&scores);
    let sparse = scores[best] * 25.0 < words as f32;
    if scores[best] >= ENOUGH && lead >= scores[best] * 0.4 && !sparse {
        return Language::READ[best];
    }
    // Little text, or another language: what the mail declares, then letters in threes.
    let read_here = scores[best] >= 1.0 && !sparse;
    for declared in declared(letter) {
        if let Some(i) = Language::READ.iter().position(|l| *l == declared) {
            scores[i] += DECLARED;
        }
    }
    let mut foreign = false;
    let sample: String = [letter.subject.as_str(), text].join("\n").chars().take(1_000).collect();
    if let Some(info) = whatlang::detect(&sample) {
        match Language::READ.iter().position(|l| *l == read(info.lang())) {
            Some(i) => scores[i] += 2.0 * info.confidence() as f32,
            None => foreign = info.is_reliable(),
        }
    }
    let (best, _) = ranked(&scores);
    if scores[best] <= 0.0 || foreign && !read_here {
        return Language::Other;
    }
    Language::READ[best]
}

/// Whether a folded word is one of everyday use in a language that is read.
pub fn is_small_word(word: &str) -> bool {
    SHARES.contains_key(word)
}

/// The place of the highest score, and how far it is ahead of the next.
fn ranked(scores: &[f32; 5]) -> (usize, f32) {
    let mut order = [0, 1, 2, 3, 4];
    order.sort_by(|&a: &usize, &b: &usize| scores[b].total_cmp(&scores[a]));
    (order[0], scores[order[0]] - scores[order[1]])
}

/// What the mail says of itself: `lang` on its first elements, Content-Language.
fn declared(letter: &Letter<'_>) -> impl Iterator<Item = Language> {
    let header = letter.mail.header("content-language").map(Language::from_code);
    let html = letter.dom.and_then(|dom| {
        dom.ids()
            .take(12)
            .find_map(|id| dom.attr(id, "lang").or_else(|| dom.attr(id, "xml:lang")))
            .map(Language::from_code)
    });
    header.into_iter().chain(html)
}

fn read(lang: whatlang::Lang) -> Language {
    match lang {
        whatlang::Lang::Fra => Language::Fr,
        whatlang::Lang::Eng => Language::En,
        whatlang::Lang::Deu => Language::De,
        whatlang::Lang::Spa => Language::Es,
        whatlang::Lang::Ita => Language::It,
        _ => Language::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_reading::Mail;

    fn language(mail: &str) -> Language {
        let mail = Mail::read(mail.as_bytes());
        let dom = mail.html.as_deref().map(mesinfos_reading::Dom::parse);
        of(&Letter::of(&mail, dom.as_ref()))
    }

    #[test]
    fn a_short_letter_is_read_in_its_language() {
        for (text, expected) in [
            ("Bonjour, votre colis est en route.", Language::Fr),
            ("Your parcel is on its way.", Language::En),
            ("Ihr Paket ist unterwegs.", Language::De),
            ("Su paquete está en camino.", Language::Es),
            ("Il tuo pacco è in viaggio.", Language::It),
            (
                "Twoja paczka jest już w drodze i zostanie dostarczona jutro przez kuriera.",
                Language::Other,
            ),
        ] {
            let mail = format!("Content-Type: text/plain; charset=utf-8\n\n{text}\n");
            assert_eq!(language(&mail), expected, "{text}");
        }
    }

    #[test]
    fn names_and_figures_do_not_hide_the_language() {
        let mail = "Subject: Bestellung 4711\nContent-Type: text/html; charset=utf-8\n\n<html lang=de><table><tr><td>Menge<td>Artikel<td>Preis<tr><td>2<td>Wireless Headphones Pro Max<td>49,00 EUR<tr><td>1<td>Running Shoes Light<td>79,00 EUR<tr><td>Gesamt<td><td>177,00 EUR</table>";
        assert_eq!(language(mail), Language::De);
    }
}
