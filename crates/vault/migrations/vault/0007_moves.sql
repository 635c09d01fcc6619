-- Refused mails put into a folder of the mailbox's own server, at the person's word.

-- 3 her word. Which refusal puts its mails where, and whether the next ones go there too.
CREATE TABLE refusal_folder (
    person_id  BIGINT NOT NULL,
    refusal    BIGINT NOT NULL,           -- correction.id
    mailbox    BIGINT NOT NULL,
    folder     TEXT NOT NULL,             -- as the server writes it
    goes_on    BOOLEAN NOT NULL,          -- at each sync
    at_us      BIGINT NOT NULL,
    PRIMARY KEY (person_id, refusal, mailbox)
) {clustered};

-- What was put there and where it came from, so that it can be put back.
CREATE TABLE mail_moved (
    person_id  BIGINT NOT NULL,
    refusal    BIGINT NOT NULL,
    mailbox    BIGINT NOT NULL,
    message    BIGINT NOT NULL,
    source     BIGINT NOT NULL,           -- source.id of the folder that it came from
    at_us      BIGINT NOT NULL,
    back_us    BIGINT,                    -- when it was put back; such a mail is not moved again
    PRIMARY KEY (person_id, refusal, mailbox, message)
) {clustered};
