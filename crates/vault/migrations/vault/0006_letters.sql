-- Mails that the person sends from here: the server that takes them, what was sent, what answers it.

ALTER TABLE mailbox ADD COLUMN address TEXT;          -- hers, as mails from it are signed; NULL: its name or login
ALTER TABLE mailbox ADD COLUMN out_host TEXT;         -- where its mails are handed in; NULL: not known
ALTER TABLE mailbox ADD COLUMN out_port BIGINT;
ALTER TABLE mailbox ADD COLUMN out_security TEXT;     -- as security

-- A mail that was taken by the server; a copy of it comes back with the mailbox.
CREATE TABLE letter (
    person_id  BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    at_us      BIGINT NOT NULL,
    sender     TEXT NOT NULL,             -- hers
    recipient  TEXT NOT NULL,
    message_id TEXT NOT NULL,             -- without angle brackets
    message_id_key BIGINT NOT NULL,       -- as in message
    actor      BIGINT NOT NULL,
    request    BIGINT,                    -- rights_request.id; NULL: it asks to stop
    PRIMARY KEY (person_id, id)
) {clustered};
CREATE INDEX letter_request ON letter (person_id, request);

-- Mails that name a letter of hers as what they answer.
CREATE TABLE letter_answer (
    person_id  BIGINT NOT NULL,
    letter     BIGINT NOT NULL,
    message    BIGINT NOT NULL,
    PRIMARY KEY (person_id, letter, message)
) {clustered};
