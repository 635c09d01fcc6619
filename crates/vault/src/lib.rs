//! A person's vault: originals, facts, the person's word, search; SQLite or PostgreSQL.
