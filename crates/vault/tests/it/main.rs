//! Stories of the vault, each told on SQLite and on a throw-away PostgreSQL.

mod directory;
mod on_both;
mod walls;
