-- Dedicated addresses. Whose each one is must be known while every vault is closed; to whom she gave
-- it stands in her vault (given_address).
CREATE TABLE address (
    address    TEXT NOT NULL PRIMARY KEY,    -- lower case, with its domain
    person     TEXT NOT NULL,
    state      TEXT NOT NULL,                -- 'open', 'paused', 'closed'
    created_us BIGINT NOT NULL
);
CREATE INDEX address_person ON address (person, created_us);

-- 'anything.TOKEN@' makes an address by its first mail, when she lets it.
CREATE TABLE address_token (
    person     TEXT NOT NULL PRIMARY KEY,
    token      TEXT NOT NULL UNIQUE,
    takes_new  BOOLEAN NOT NULL
);

-- What a mail is sealed to while its owner's vault is closed: the public half of a pair that the
-- vault's key gives (HPKE, RFC 9180).
CREATE TABLE deposit_key (
    person     TEXT NOT NULL PRIMARY KEY,
    public     {bytes} NOT NULL
);

-- Mails that were acknowledged and are not in their vault yet.
CREATE TABLE deposit (
    person     TEXT NOT NULL,
    id         BIGINT NOT NULL,
    at_us      BIGINT NOT NULL,
    size       BIGINT NOT NULL,              -- of sealed
    sealed     {bytes} NOT NULL,
    PRIMARY KEY (person, id)
);
CREATE INDEX deposit_size ON deposit (person, size);
