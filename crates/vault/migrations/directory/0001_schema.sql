-- The directory: what is nobody's private data. Encrypted with the host key in SQLite.

CREATE TABLE account (
    person       TEXT NOT NULL PRIMARY KEY, -- PersonId, UUIDv7
    number       BIGINT NOT NULL UNIQUE,    -- person_id of the vault's rows
    login        TEXT NOT NULL UNIQUE,      -- as signed in with, folded
    name         TEXT NOT NULL,             -- as shown
    locale       TEXT NOT NULL,             -- 'fr', 'en'
    passphrase   TEXT,                      -- argon2id, PHC string; NULL: links and passkeys only
    mode         TEXT NOT NULL,             -- 'watched' (veillé), 'sealed' (scellé)
    is_host      BOOLEAN NOT NULL,          -- may see the host page
    created_us   BIGINT NOT NULL
);

-- The vault's key, wrapped once for each way to open it. Erasing a vault deletes these first.
CREATE TABLE vault_key (
    person  TEXT NOT NULL,
    way     TEXT NOT NULL,                  -- 'host', 'passphrase', 'recovery:N', 'passkey:ID'
    salt    {bytes} NOT NULL,
    wrapped {bytes} NOT NULL,               -- nonce, then XChaCha20-Poly1305
    PRIMARY KEY (person, way)
);

CREATE TABLE session (
    token_hash {bytes} NOT NULL PRIMARY KEY, -- SHA-256 of the cookie; the cookie is not kept
    id         TEXT NOT NULL UNIQUE,         -- to show and to revoke
    person     TEXT NOT NULL,
    device     TEXT NOT NULL,                -- the browser's own words, shortened
    created_us BIGINT NOT NULL,
    seen_us    BIGINT NOT NULL,
    expires_us BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person);

-- A link that signs in once.
CREATE TABLE entry_link (
    token_hash {bytes} NOT NULL PRIMARY KEY,
    code_hash  {bytes} NOT NULL,             -- of the short code typed without script
    person     TEXT NOT NULL,
    expires_us BIGINT NOT NULL,
    used_us    BIGINT
);
CREATE INDEX entry_link_code ON entry_link (code_hash);

CREATE TABLE passkey (
    credential {bytes} NOT NULL PRIMARY KEY,
    person     TEXT NOT NULL,
    name       TEXT NOT NULL,
    body       TEXT NOT NULL,                -- JSON of the verifier
    created_us BIGINT NOT NULL,
    used_us    BIGINT
);

-- How often something was tried: a bucket is 'login:NAME', 'ip:ADDRESS'...
CREATE TABLE attempt (
    bucket     TEXT NOT NULL PRIMARY KEY,
    count      BIGINT NOT NULL,
    since_us   BIGINT NOT NULL,
    last_us    BIGINT NOT NULL
);

CREATE TABLE host_setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
