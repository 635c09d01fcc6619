-- Mailboxes that the person connected: how to reach them, and how far each folder was followed.

CREATE TABLE mailbox (
    person_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    name        TEXT NOT NULL,            -- the person's own word for it, or its address
    host        TEXT NOT NULL,
    port        BIGINT NOT NULL,
    security    TEXT NOT NULL,            -- 'tls', 'starttls', 'plain' (this machine only)
    login       TEXT NOT NULL,
    way         TEXT NOT NULL,            -- 'password', 'xoauth2', 'oauthbearer'
    secret      {bytes} NOT NULL,         -- sealed under the vault's key, on both engines
    added_us    BIGINT NOT NULL,
    tried_us    BIGINT,                   -- last attempt
    synced_us   BIGINT,                   -- last success
    got         BIGINT NOT NULL,          -- new messages since it was added
    trouble     TEXT,                     -- Trouble::code of the last attempt; NULL when it went well
    PRIMARY KEY (person_id, id)
) {clustered};
CREATE UNIQUE INDEX mailbox_name ON mailbox (person_id, name);

-- A folder of a mailbox, as it was when all of it was here. Its arrivals are those of the source;
-- it outlives its mailbox, so that one that is connected again is not fetched again.
CREATE TABLE mailbox_folder (
    person_id   BIGINT NOT NULL,
    source      BIGINT NOT NULL,          -- source.id, kind 'imap'
    mailbox     BIGINT NOT NULL,
    name        TEXT NOT NULL,            -- as the server writes it
    validity    BIGINT NOT NULL,          -- UIDVALIDITY that the numbers of mailbox_mail belong to; 0 before the first
    next_uid    BIGINT NOT NULL,          -- UIDNEXT, messages and HIGHESTMODSEQ (0: the server counts none) at that moment
    messages    BIGINT NOT NULL,
    mod_seq     BIGINT NOT NULL,
    synced_us   BIGINT,                   -- when; NULL until all of it was here once
    trouble     TEXT,
    PRIMARY KEY (person_id, source)
) {clustered};
CREATE INDEX mailbox_folder_mailbox ON mailbox_folder (person_id, mailbox);

-- Which message stands under which number of a folder: what is here is not fetched.
CREATE TABLE mailbox_mail (
    person_id   BIGINT NOT NULL,
    source      BIGINT NOT NULL,
    uid         BIGINT NOT NULL,
    message     BIGINT NOT NULL,
    size        BIGINT NOT NULL,          -- RFC822.SIZE, to know a mail again when all numbers change
    PRIMARY KEY (person_id, source, uid)
) {clustered};

-- When a mail had gone from where it arrived; NULL: it is there. The message stays.
ALTER TABLE arrival ADD COLUMN gone_us BIGINT;

-- Messages whose places changed on a server and whose folder is still to be judged.
CREATE TABLE mailbox_moved (
    person_id   BIGINT NOT NULL,
    message     BIGINT NOT NULL,
    PRIMARY KEY (person_id, message)
) {clustered};
