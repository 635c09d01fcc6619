//! Every SQL text of the crate is valid on both engines.

use crate::on_both::World;
use mesinfos_vault::{Db, Engine};
use std::fs;
use std::path::Path;

/// What only one engine has: full text, and questions about the database itself.
const SQLITE_ONLY: &[&str] = &[
    "word_index",
    "start_index",
    "thing_index",
    "word_vocabulary",
    "word_instance",
    "total_changes",
    "sqlite_master",
];
const POSTGRES_ONLY: &[&str] =
    &["text_index", "to_tsvector", "pg_", "information_schema", "current_setting", "set_config"];

#[test]
fn every_query_can_be_prepared_on_both_engines() {
    let texts = texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(texts.len() > 150, "only {} texts were found", texts.len());
    let has = |text: &str, words: &[&str]| words.iter().any(|w| text.contains(w));
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let world = World::new(engine);
        let vault = world.vault("lea");
        let others = match engine {
            Engine::Sqlite => POSTGRES_ONLY,
            Engine::Postgres => SQLITE_ONLY,
        };
        let wrong: Vec<String> = vault
            .read(|db: &Db| {
                let refused = |(place, text): &(String, String)| {
                    db.check(text).err().map(|error| format!("{place}: {error}\n    {text}"))
                };
                let mine = texts.iter().filter(|(_, text)| !has(text, others));
                Ok(mine.filter_map(refused).collect())
            })
            .unwrap();
        assert!(wrong.is_empty(), "{engine:?} refuses {}:\n{}", wrong.len(), wrong.join("\n"));
    }
}

/// Each literal that is a whole statement about a vault's tables, with its file. What is put
/// together from pieces is prepared by the stories that run it; the directory has its own tables.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("directory") {
            found.extend(texts(&path));
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            let source = fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            // Tests of the dialect quote pieces of SQL.
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            let whole = literals(source).into_iter().filter(|text| is_statement(text));
            found.extend(whole.map(|text| (name.clone(), text)));
        }
    }
    found
}

fn is_statement(text: &str) -> bool {
    let begins = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "WITH "];
    // A brace is a piece that `format!` puts in, unless it is a word of the dialect.
    let pieces = text.replace("{by_bytes}", "").replace("{lock}", "");
    begins.iter().any(|b| text.starts_with(b)) && !pieces.contains('{')
}

/// The string literals of a Rust source, comments and characters passed over.
fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut chars = source.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        if c == '/' && chars.peek() == Some(&'/') {
            chars.by_ref().find(|c| *c == '\n');
        } else if c == '"' && before != '\'' && before != '\\' {
            found.push(literal(&mut chars));
        }
        before = c;
    }
    found
}

/// The rest of a literal, its escapes undone.
fn literal(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut text = String::new();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => match chars.next() {
                // The text goes on with the first letter of the next line.
                Some('\n') => while chars.next_if(|c| c.is_whitespace()).is_some() {},
                Some(other) => text.push(other),
                None => break,
            },
            c => text.push(c),
        }
    }
    text
}
