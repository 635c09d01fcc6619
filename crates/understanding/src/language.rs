//! The language of the visible text.

use crate::Letter;
use mesinfos_domain::Language;

/// The language of this letter.
pub fn of(letter: &Letter<'_>) -> Language {
    whatlang::detect_lang(&letter.page.text).map_or(Language::Other, |l| match l {
        whatlang::Lang::Fra => Language::Fr,
        whatlang::Lang::Eng => Language::En,
        whatlang::Lang::Deu => Language::De,
        whatlang::Lang::Spa => Language::Es,
        whatlang::Lang::Ita => Language::It,
        _ => Language::Other,
    })
}
