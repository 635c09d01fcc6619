//! Stories of the vault, each told on SQLite and on a throw-away PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod asking;
mod bringing_mail;
mod dedicated;
mod directory;
mod her_word;
mod killed;
mod large;
mod on_both;
mod pages;
mod refusing;
mod searching;
mod texts;
mod unread;
mod walls;
