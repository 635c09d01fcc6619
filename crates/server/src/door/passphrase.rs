//! Which passphrases are strong enough to open a life's mails.

/// Fewest characters.
pub const SHORTEST: usize = 12;
/// Most bytes: argon2 takes more, but nobody types more.
const LONGEST: usize = 1024;

/// Passphrases and stems that everybody tries first, folded.
const COMMON: &[&str] = &[
    "motdepasse",
    "monmotdepasse",
    "password",
    "passphrase",
    "azertyuiop",
    "azerty",
    "qwertyuiop",
    "qwerty",
    "qwertz",
    "123456789",
    "123123123",
    "111111111",
    "987654321",
    "abcdefghi",
    "bonjour",
    "jetaime",
    "iloveyou",
    "welcome",
    "bienvenue",
    "soleil",
    "doudou",
    "letmein",
    "administrateur",
    "administrator",
    "admin",
    "root",
    "changeme",
    "secret",
    "mesinfos",
    "marseille",
    "paris",
    "france",
    "football",
    "dragon",
    "monkey",
    "princesse",
    "chouchou",
    "loulou",
    "coucou",
    "nicolas",
    "camille",
    "trustno1",
    "starwars",
    "pokemon",
    "superman",
];

/// Why a passphrase was refused: the key of the sentence shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weak {
    /// Under [`SHORTEST`] characters.
    Short,
    /// Over a thousand bytes.
    Long,
    /// A word that everybody tries first, or the person's own name, with little around it.
    Common,
    /// A few characters over and over, or a run of neighbours.
    Repeats,
}

impl Weak {
    /// The key of the sentence that says so.
    pub fn key(self) -> &'static str {
        match self {
            Weak::Short => "passphrase-short",
            Weak::Long => "passphrase-long",
            Weak::Common => "passphrase-common",
            Weak::Repeats => "passphrase-repeats",
        }
    }
}

/// Judges a new passphrase; `about` are the login and the name of the person.
///
/// # Errors
/// What is weak about it.
pub fn judge(passphrase: &str, about: &[&str]) -> Result<(), Weak> {
    if passphrase.chars().count() < SHORTEST {
        return Err(Weak::Short);
    }
    if passphrase.len() > LONGEST {
        return Err(Weak::Long);
    }
    let folded = fold(passphrase);
    let mut different: Vec<char> = folded.chars().collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < 5 || is_run(&folded) {
        return Err(Weak::Repeats);
    }
    let own: Vec<String> = about.iter().map(|a| fold(a)).filter(|a| a.len() > 3).collect();
    let mut rest = folded.clone();
    for word in COMMON.iter().copied().chain(own.iter().map(String::as_str)) {
        rest = rest.replace(word, "");
    }
    // Digits glued to a common word (a year, "123") add next to nothing.
    let left = rest.chars().filter(|c| !c.is_ascii_digit()).count();
    if rest.len() < folded.len() && left < 6 {
        return Err(Weak::Common);
    }
    // Thirty thousand passphrases that leaked, rows of keys, dates (ASVS 6.2.4): guessed in under a
    // hundred million tries is guessed.
    let guessed = zxcvbn::zxcvbn(passphrase, about);
    if guessed.score() < zxcvbn::Score::Three { Err(Weak::Common) } else { Ok(()) }
}

/// Lower case, letters and digits only, the usual look-alikes undone.
fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '@' | 'à' | 'â' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            '$' => 's',
            '0' => 'o',
            c => c,
        })
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Whether nearly every character follows its neighbour by one step (`abcdef`, `987654`).
fn is_run(folded: &str) -> bool {
    let codes: Vec<i64> = folded.chars().map(|c| i64::from(u32::from(c))).collect();
    let steps = codes.windows(2).filter(|w| (w[1] - w[0]).abs() <= 1).count();
    codes.len() > 1 && steps * 10 >= (codes.len() - 1) * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_is_refused() {
        for (weak, why) in [
            ("onze lettre", Weak::Short),
            ("motdepasse123", Weak::Common),
            ("M0tdepasse2026 MotDePasse", Weak::Common),
            ("Password12345!", Weak::Common),
            ("camille-camille-1984", Weak::Common),
            ("aaaaaaaaaaaaaaaa", Weak::Repeats),
            ("abababababab", Weak::Repeats),
            ("abcdefghijklmnop", Weak::Repeats),
            ("123456789012345", Weak::Repeats),
            ("azertyuiop123", Weak::Common),
            ("mynameismichael", Weak::Common),
            ("1qaz2wsx3edc4rfv", Weak::Common),
            ("liverpool2019!", Weak::Common),
        ] {
            assert_eq!(judge(weak, &["camille", "Camille Roux"]), Err(why), "{weak}");
        }
        assert_eq!(judge(&"aé9 ".repeat(400), &[]), Err(Weak::Long));
    }

    #[test]
    fn judging_takes_no_time_whatever_is_typed() {
        let begun = std::time::Instant::now();
        for odd in ["4@8({[<3€6&", "aA1!", "pa55w0rd@$$", "20261130-1.2.26 "] {
            let _ = judge(&odd.repeat(LONGEST / odd.len()), &["camille"]);
        }
        assert!(begun.elapsed().as_secs() < 4, "{:?} in an unoptimised build", begun.elapsed());
    }

    #[test]
    fn a_few_words_do() {
        for strong in ["le chat dort sous la lampe", "quatre pommes vertes", "x8!kQ2vv-Lm4z"] {
            assert_eq!(judge(strong, &["camille"]), Ok(()), "{strong}");
        }
    }
}
