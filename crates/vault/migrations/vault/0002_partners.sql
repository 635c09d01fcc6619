-- Who may still speak to the person: her addresses as mails reach them (facts), what she did about a
-- refusal and which rights she made use of (her word). The refusals themselves are corrections of
-- kind 'partner'.

-- 2 facts. The addresses of hers to which mails came, and which mails.
CREATE TABLE recipient (
    person_id BIGINT NOT NULL,
    id        BIGINT NOT NULL,
    address   TEXT NOT NULL,              -- lower case; hostile as any text
    PRIMARY KEY (person_id, id)
) {clustered};
CREATE UNIQUE INDEX recipient_address ON recipient (person_id, address);
CREATE TABLE message_recipient (
    person_id BIGINT NOT NULL,
    recipient BIGINT NOT NULL,
    message   BIGINT NOT NULL,
    PRIMARY KEY (person_id, recipient, message)
) {clustered};

-- 3 her word. What she did to make an actor keep silent.
CREATE TABLE partner_step (
    person_id BIGINT NOT NULL,
    id        BIGINT NOT NULL,
    actor     BIGINT NOT NULL,
    at_us     BIGINT NOT NULL,
    way       TEXT NOT NULL,              -- 'one_click', 'mailto', 'link': how they were asked to stop
    evidence  TEXT NOT NULL,              -- the address that was used, what came back
    PRIMARY KEY (person_id, id)
) {clustered};
CREATE INDEX partner_step_actor ON partner_step (person_id, actor, at_us);

-- A request under the GDPR, and its course.
CREATE TABLE rights_request (
    person_id  BIGINT NOT NULL,
    id         BIGINT NOT NULL,
    actor      BIGINT NOT NULL,
    kind       TEXT NOT NULL,             -- partners::rights::Right::code
    language   TEXT NOT NULL,
    reference  TEXT NOT NULL,             -- stands in its subject, so that the answer is known again
    subject    TEXT NOT NULL,
    body       TEXT NOT NULL,             -- as she left it
    made_on    TEXT NOT NULL,             -- civil days
    sent_on    TEXT,
    extended_on TEXT,
    reminded_on TEXT,
    answered_on TEXT,
    complained_on TEXT,
    closed_on  TEXT,
    answer     BIGINT,                    -- message.id
    PRIMARY KEY (person_id, id)
) {clustered};
CREATE INDEX rights_request_actor ON rights_request (person_id, actor);
