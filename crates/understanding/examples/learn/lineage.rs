//! Which templates have one origin.

/// The lineage of a corpus' `platform` field: mails that one hand or one code base laid out.
pub fn of(platform: &str) -> String {
    const TOGETHER: &[(&str, &[&str])] = &[
        ("prestashop", &["prestashop", "thirtybees"]),
        ("transactional-templates", &["postmark", "mailgun", "sendwithus"]),
        ("other", &["other-"]),
        ("hard", &["hard-"]),
        ("real", &["real"]),
    ];
    TOGETHER
        .iter()
        .find(|(_, starts)| starts.iter().any(|s| platform.starts_with(s)))
        .map_or_else(|| platform.replace(['/', ':'], "-"), |(name, _)| (*name).to_owned())
}
