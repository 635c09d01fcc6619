//! The language of the sheet: the person's, as their system says it.

/// A language that the sheet is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tongue {
    Fr,
    En,
}

impl Tongue {
    /// What the environment asks for (POSIX: the first that is set of these three).
    pub fn of_environment() -> Tongue {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        Tongue::of(set.as_deref().unwrap_or_default())
    }

    fn of(locale: &str) -> Tongue {
        if locale.starts_with("fr") { Tongue::Fr } else { Tongue::En }
    }

    /// The words in this language.
    pub fn of_two<'w>(self, english: &'w str, french: &'w str) -> &'w str {
        match self {
            Tongue::En => english,
            Tongue::Fr => french,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_speaks_the_language_of_the_system() {
        for (locale, tongue) in [
            ("fr_FR.UTF-8", Tongue::Fr),
            ("fr", Tongue::Fr),
            ("en_GB", Tongue::En),
            ("C", Tongue::En),
        ] {
            assert_eq!(Tongue::of(locale), tongue, "{locale}");
        }
    }
}
