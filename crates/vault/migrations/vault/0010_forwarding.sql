-- Mail of dedicated addresses passed on to the person's real mailbox, at her word.

-- 3 her word. One row; to whom, and whether whoever reads there agreed.
CREATE TABLE forwarding (
    person_id    BIGINT NOT NULL PRIMARY KEY,
    target       TEXT NOT NULL,           -- lower case; '': nothing is passed on
    mailbox      BIGINT,                  -- which mailbox of hers sends; NULL: the host's submission
    code         {bytes},                 -- SHA-256 of the code that was sent there; NULL: none waits
    codes        BIGINT NOT NULL,         -- codes sent since since_us
    since_us     BIGINT NOT NULL,
    asked_us     BIGINT NOT NULL,
    tries        BIGINT NOT NULL,         -- wrong codes
    confirmed_us BIGINT,
    trouble      TEXT                     -- why it stopped, or why the last mail did not go
);

-- What was passed on or waits for it, by the message's hash: written before the mail is in the vault,
-- so that none is forgotten and none goes twice.
CREATE TABLE mail_forwarded (
    person_id BIGINT NOT NULL,
    hash      {bytes} NOT NULL,           -- message.hash
    address   TEXT NOT NULL,              -- to which of her addresses it came
    at_us     BIGINT NOT NULL,            -- when it came; once it is sent, when it was
    state     TEXT NOT NULL,              -- 'waiting', 'sent', 'refused', 'failed'
    next_us   BIGINT NOT NULL,            -- not tried before
    tries     BIGINT NOT NULL,
    PRIMARY KEY (person_id, hash)
) {clustered};
CREATE INDEX mail_forwarded_state ON mail_forwarded (person_id, state, at_us);
