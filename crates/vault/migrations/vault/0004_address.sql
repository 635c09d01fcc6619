-- 3 her word. Dedicated addresses: to whom she gave each. Whether one is open, paused or closed stands
-- in the directory; what came to it are the arrivals of its source (kind 'address').
CREATE TABLE given_address (
    person_id   BIGINT NOT NULL,
    address     TEXT NOT NULL,            -- lower case
    label       TEXT NOT NULL,            -- her word for it, or what stood before the token
    actor       BIGINT,                   -- actor.id; NULL: who writes first
    made_us     BIGINT NOT NULL,
    is_by_mail  BOOLEAN NOT NULL,         -- made by its first mail
    PRIMARY KEY (person_id, address)
) {clustered};
