//! The few words that differ between SQLite and PostgreSQL.

use super::Engine;
use std::borrow::Cow;

/// Each word in braces, for SQLite and for PostgreSQL.
const WORDS: [(&str, &str, &str); 4] = [
    ("{bytes}", "BLOB", "BYTEA"),
    // A table that is its own primary key: no second tree, rows of one person side by side.
    ("{clustered}", "WITHOUT ROWID", ""),
    // Text order by bytes, whatever the server's locale.
    ("{by_bytes}", "COLLATE BINARY", "COLLATE \"C\""),
    ("{lock}", "", "FOR UPDATE SKIP LOCKED"),
];

/// The text as this engine wants it. SQLite would number `$1` by first appearance, as a name:
/// `?1` says what is meant.
pub fn text(engine: Engine, sql: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(sql);
    if text.contains('{') {
        for (word, lite, server) in WORDS {
            if text.contains(word) {
                let by = if engine == Engine::Sqlite { lite } else { server };
                text = Cow::Owned(text.replace(word, by));
            }
        }
    }
    if engine == Engine::Sqlite && text.contains('$') {
        text = Cow::Owned(text.replace('$', "?"));
    }
    text
}

/// The part of a migration that concerns this engine: what follows a line `--! sqlite` or
/// `--! postgres` is for that one only, until `--! both`.
pub fn part(engine: Engine, migration: &str) -> String {
    let mine = if engine == Engine::Sqlite { "sqlite" } else { "postgres" };
    let mut keep = true;
    let mut out = String::with_capacity(migration.len());
    for line in migration.lines() {
        match line.strip_prefix("--!") {
            Some(who) => keep = matches!(who.trim(), "both") || who.trim() == mine,
            None if keep => {
                out.push_str(line);
                out.push('\n');
            }
            None => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_and_words_replaced() {
        let sql = "SELECT b {by_bytes} FROM t WHERE a = $2 AND c = $1";
        assert_eq!(
            text(Engine::Sqlite, sql),
            "SELECT b COLLATE BINARY FROM t WHERE a = ?2 AND c = ?1"
        );
        assert_eq!(
            text(Engine::Postgres, sql),
            "SELECT b COLLATE \"C\" FROM t WHERE a = $2 AND c = $1"
        );
    }

    #[test]
    fn each_engine_gets_its_part() {
        let m = "a;\n--! sqlite\nb;\n--! postgres\nc;\n--! both\nd;\n";
        assert_eq!(part(Engine::Sqlite, m), "a;\nb;\nd;\n");
        assert_eq!(part(Engine::Postgres, m), "a;\nc;\nd;\n");
    }
}
