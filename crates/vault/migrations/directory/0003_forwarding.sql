-- The address that forwarded mails are sent from, one for each person: what cannot be delivered comes
-- back to it and is counted, while every vault is closed; nothing is ever answered.
CREATE TABLE forward_return (
    token    TEXT NOT NULL PRIMARY KEY,
    person   TEXT NOT NULL UNIQUE,
    bounces  BIGINT NOT NULL                 -- since she last confirmed
);
