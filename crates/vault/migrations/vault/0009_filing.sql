-- Mails filed in the mailbox itself, by organisation and drawer, at the person's word.

-- 3 her word. How the mails of a mailbox are filed there.
CREATE TABLE filing (
    person_id  BIGINT NOT NULL,
    mailbox    BIGINT NOT NULL,
    root       TEXT NOT NULL,             -- under which folder, as she reads it: levels parted by '/'
    prefix     TEXT NOT NULL,             -- what the server wants before it: '', or 'INBOX.'
    delimiter  TEXT NOT NULL,             -- what parts levels at the server
    shape      TEXT NOT NULL,             -- filing::Shape::code
    after_days BIGINT NOT NULL,           -- younger mails stay where they are
    drawers    TEXT NOT NULL,             -- JSON: Category::code to her word for it when she agreed
    is_back    BOOLEAN NOT NULL,          -- all is being put back
    at_us      BIGINT NOT NULL,
    left_mails BIGINT NOT NULL,           -- still to be filed, or to be put back
    trouble    TEXT,                      -- why the last attempt failed
    PRIMARY KEY (person_id, mailbox)
) {clustered};

-- What was put where and from which folder it came at first, so that it can be put back.
CREATE TABLE mail_filed (
    person_id  BIGINT NOT NULL,
    mailbox    BIGINT NOT NULL,
    message    BIGINT NOT NULL,
    source     BIGINT NOT NULL,           -- source.id
    folder     TEXT NOT NULL,             -- folder or label, as the server writes it
    is_done    BOOLEAN NOT NULL,          -- false: about to be put there
    at_us      BIGINT NOT NULL,
    PRIMARY KEY (person_id, mailbox, message)
) {clustered};
