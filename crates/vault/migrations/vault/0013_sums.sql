-- What pages add up is kept added up, and things are found by a part of a word without reading all of them.

-- 2 facts. Purchases summed by year of the order, nature and currency: the sentence and the lists of orders
-- read some tens of rows. Kept by facts::sums where a purchase is written or
-- deleted, and made there for a vault that had purchases before.
CREATE TABLE tally_purchase (
    person_id BIGINT NOT NULL,
    year      TEXT NOT NULL,              -- the first four signs of purchase.date
    kind      TEXT NOT NULL,
    is_sale   BOOLEAN NOT NULL,
    currency  TEXT NOT NULL,              -- '' where a purchase has none
    orders    BIGINT NOT NULL,
    totals    BIGINT NOT NULL,            -- how many have a total, and what these add up to; so for all below
    total     BIGINT NOT NULL,
    spents    BIGINT NOT NULL,
    spent     BIGINT NOT NULL,
    refunds   BIGINT NOT NULL,            -- of those that count as spent, as the next
    refunded  BIGINT NOT NULL,
    proved    BIGINT NOT NULL,
    doubtfuls BIGINT NOT NULL,
    doubtful  BIGINT NOT NULL,
    unpaid    BIGINT NOT NULL,            -- not cancelled
    things    BIGINT NOT NULL,
    returned  BIGINT NOT NULL,
    unseen_refunds BIGINT NOT NULL,
    unseens   BIGINT NOT NULL,
    unseen    BIGINT NOT NULL,
    PRIMARY KEY (person_id, year, kind, is_sale, currency)
) {clustered};

-- Things summed the same way.
CREATE TABLE tally_thing (
    person_id BIGINT NOT NULL,
    year      TEXT NOT NULL,
    currency  TEXT NOT NULL,
    is_kept   BOOLEAN NOT NULL,
    lines     BIGINT NOT NULL,
    units     BIGINT NOT NULL,
    prices    BIGINT NOT NULL,
    price     BIGINT NOT NULL,
    PRIMARY KEY (person_id, year, currency, is_kept)
) {clustered};

-- Nothing sums all purchases any more.
DROP INDEX purchase_sums;
-- What the guarantee still runs for changes with the day: these are the purchases of two years.
CREATE INDEX purchase_guarantee ON purchase (person_id, guaranteed_until, received, date, currency, guaranteed,
    guaranteed_value) WHERE guaranteed_until IS NOT NULL;
-- By day, with what the lists ask of nearly all: what comes before a far page is passed over in here.
DROP INDEX purchase_date;
CREATE INDEX purchase_date ON purchase (person_id, date, id, kind, currency, spent);

--! sqlite
-- All runs of three signs of what a thing is found by. It holds no text; the row is 65536 purchase + position.
-- It names candidates, whose lines are then asked: what it still says of a line that went finds none.
CREATE VIRTUAL TABLE thing_index USING fts5 (text, content = '', columnsize = 0,
    tokenize = "trigram case_sensitive 1", detail = none);
INSERT INTO thing_index (rowid, text)
SELECT purchase * 65536 + position, words_key FROM purchase_line ORDER BY purchase, position;
CREATE TRIGGER purchase_line_is_new AFTER INSERT ON purchase_line BEGIN
    INSERT INTO thing_index (rowid, text) VALUES (new.purchase * 65536 + new.position, new.words_key);
END;
--! both
