-- Mails that the person opened on our pages. With what a mailbox says of its own (arrival.flags), this is
-- what was read.

-- 3 her word. The first time.
CREATE TABLE opened (
    person_id  BIGINT NOT NULL,
    message    BIGINT NOT NULL,
    at_us      BIGINT NOT NULL,
    PRIMARY KEY (person_id, message)
) {clustered};
