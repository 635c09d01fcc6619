-- A person's vault. The same text makes it in SQLite and in PostgreSQL.
--
-- Three layers of truth, kept apart:
--   1 originals    original, message (what it is), arrival, source, import_run
--   2 facts        understood, actor*, purchase*, offer, awaited_document, record, tally, text index;
--                  all can be dropped and derived again by `reread`
--   3 her word     correction, own_address: wins over any fact, never derived
--
-- person_id   the small number that the directory gives the person; it leads every key
-- message.id  the mail's minute since 1970, or the next number free: newest first is "ORDER BY id DESC"
--             in every table and in the text index
-- *_us        microseconds since 1970, UTC; a civil date is TEXT 'YYYY-MM-DD'
-- amounts     hundredths of the currency's main unit beside a currency TEXT (ISO 4217)
-- quantity    thousandths of a unit
-- *_key       folded in Rust (fold::key): no accents, lower case, to compare and to sort
-- sensitivity 'plain', 'health', 'belief', 'intimate', 'minor'
-- body        bytes written by Rust: zstd, and on PostgreSQL encrypted by us

-- ------------------------------------------------------------------ 1 originals

-- A file, or a folder of one-message files, and how far it was read.
CREATE TABLE source (
    person_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    path        TEXT NOT NULL,            -- absolute
    kind        TEXT NOT NULL,            -- 'file', 'folder'
    identity    TEXT NOT NULL,            -- device, inode, size, mtime in ns; of a folder a digest of its files'
    position    TEXT NOT NULL,            -- JSON of reading::mailbox::Mark: all before it is kept
    tail        {bytes},                  -- SHA-256 of the 64 kB before position, to know a grown mbox again
    files       {bytes},                  -- of a folder: 8 bytes for each file that was read, sorted
    is_complete BOOLEAN NOT NULL,         -- read to its end at that identity
    read_us     BIGINT NOT NULL,
    PRIMARY KEY (person_id, id)
) {clustered};
CREATE UNIQUE INDEX source_path ON source (person_id, path);

CREATE TABLE import_run (
    person_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    started_us  BIGINT NOT NULL,
    ended_us    BIGINT,
    state       TEXT NOT NULL,            -- 'running', 'done', 'stopped', 'failed'
    paths       TEXT NOT NULL,            -- JSON array
    report      TEXT NOT NULL,            -- JSON of import::Report
    PRIMARY KEY (person_id, id)
) {clustered};

-- One mail, however often it arrived: equal when the SHA-256 of the canonical form is equal.
CREATE TABLE message (
    person_id      BIGINT NOT NULL,
    id             BIGINT NOT NULL,
    hash           {bytes} NOT NULL,      -- SHA-256 of the canonical form
    message_id_key BIGINT,                -- first 8 bytes of SHA-256 of the Message-ID; equal ones are linked
    at_us          BIGINT NOT NULL,       -- Date, or when it was received, or the import
    at_offset      BIGINT NOT NULL,       -- minutes east of UTC that the Date header gave
    size           BIGINT NOT NULL,       -- of the canonical form
    from_name      TEXT NOT NULL,
    from_address   TEXT NOT NULL,
    subject        TEXT NOT NULL,
    folder         TEXT NOT NULL,         -- 'inbox', 'sent', 'spam', 'trash', 'drafts', 'chats': the best of its arrivals
    is_counted     BOOLEAN NOT NULL,      -- in counts and facts: not sent, spam, trash, drafts, chats, nor suspected
    actor          BIGINT,                -- actor.id as read (or as corrected); NULL for a person
    category       TEXT NOT NULL,         -- Category::code, as read or as corrected
    language       TEXT NOT NULL,
    fraud          TEXT,                  -- Fraud::reason
    forwarded_by   TEXT,
    has_order      BOOLEAN NOT NULL,
    attachments    BIGINT NOT NULL,       -- how many that are not inline
    problems       BIGINT NOT NULL,
    sensitivity    TEXT NOT NULL,
    reader         BIGINT NOT NULL,       -- READER_VERSION that derived its facts; 0 when not yet
    PRIMARY KEY (person_id, id)
) {clustered};
CREATE UNIQUE INDEX message_hash ON message (person_id, hash);
CREATE INDEX message_actor ON message (person_id, actor, id);
CREATE INDEX message_category ON message (person_id, category, id);
CREATE INDEX message_fraud ON message (person_id, id) WHERE fraud IS NOT NULL;
CREATE INDEX message_folder ON message (person_id, folder, id) WHERE folder <> 'inbox';

-- The bytes. A big one continues in original_chunk.
CREATE TABLE original (
    person_id BIGINT NOT NULL,
    message   BIGINT NOT NULL,
    chunks    BIGINT NOT NULL,            -- rows of original_chunk; 0 when all is here
    body      {bytes} NOT NULL,
    PRIMARY KEY (person_id, message)
);
CREATE TABLE original_chunk (
    person_id BIGINT NOT NULL,
    message   BIGINT NOT NULL,
    chunk     BIGINT NOT NULL,            -- from 1
    body      {bytes} NOT NULL,
    PRIMARY KEY (person_id, message, chunk)
);

-- Where and how a message arrived; with it the arrival is reproducible byte for byte.
CREATE TABLE arrival (
    person_id BIGINT NOT NULL,
    message   BIGINT NOT NULL,
    source    BIGINT NOT NULL,
    place     TEXT NOT NULL,              -- inside the source: byte offset of an mbox, path of a file or entry
    folder    TEXT NOT NULL,              -- as message.folder
    labels    TEXT NOT NULL,              -- JSON array; '' when none
    flags     TEXT NOT NULL,              -- as Maildir writes them: D draft, F flagged, P passed on, R, S, T
    form      {bytes} NOT NULL,           -- what canonical form undid: line ends, quoting, removed headers
    PRIMARY KEY (person_id, message, source, place)
) {clustered};

CREATE TABLE attachment (
    person_id  BIGINT NOT NULL,
    message    BIGINT NOT NULL,
    part       BIGINT NOT NULL,           -- for Mail::content
    name       TEXT,                      -- as given: hostile
    name_key   TEXT,
    media_type TEXT NOT NULL,
    size       BIGINT NOT NULL,
    content_id TEXT,
    is_inline  BOOLEAN NOT NULL,
    PRIMARY KEY (person_id, message, part)
) {clustered};

-- ------------------------------------------------------------------ 2 facts

-- All that was understood of one mail, with its provenance: JSON of domain::Understood.
CREATE TABLE understood (
    person_id BIGINT NOT NULL,
    message   BIGINT NOT NULL,
    body      {bytes} NOT NULL,
    PRIMARY KEY (person_id, message)
);

-- An actor as mails name it. `main` joins several into one: merging or splitting changes actors,
-- never their messages.
CREATE TABLE actor (
    person_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    key         TEXT NOT NULL,            -- 'd:shop.example', or 'n:' and the folded name: survives reread
    main        BIGINT NOT NULL,          -- the actor that this one is part of; its own id when it stands alone
    joined_by   TEXT,                     -- 'alias', 'name', 'person': why main is another
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL,
    domain      TEXT,
    kind        TEXT NOT NULL,            -- ActorKind::code
    sensitivity TEXT NOT NULL,
    first_us    BIGINT NOT NULL,
    last_us     BIGINT NOT NULL,
    PRIMARY KEY (person_id, id)
) {clustered};
CREATE UNIQUE INDEX actor_key ON actor (person_id, key);
CREATE INDEX actor_main ON actor (person_id, main);

-- Why we think that mails are from this actor. kind: EvidenceKind in snake case, or 'name', 'kind',
-- 'domain', 'via': what mails called it, and from when to when (its history).
CREATE TABLE actor_evidence (
    person_id BIGINT NOT NULL,
    actor     BIGINT NOT NULL,
    kind      TEXT NOT NULL,
    value     TEXT NOT NULL,
    mails     BIGINT NOT NULL,
    first_us  BIGINT NOT NULL,
    last_us   BIGINT NOT NULL,
    PRIMARY KEY (person_id, actor, kind, value)
) {clustered};

-- How many counted mails, by actor, month and category: what pages sum instead of reading messages.
CREATE TABLE tally (
    person_id BIGINT NOT NULL,
    actor     BIGINT NOT NULL,            -- actor.id as in message; 0 for persons
    month     BIGINT NOT NULL,            -- months since January 1970
    category  TEXT NOT NULL,
    mails     BIGINT NOT NULL,
    last      BIGINT NOT NULL,            -- newest message.id
    PRIMARY KEY (person_id, actor, month, category)
) {clustered};

-- The same summed by actor and by month, so that home and the list of actors read little.
CREATE TABLE tally_actor (
    person_id BIGINT NOT NULL,
    actor     BIGINT NOT NULL,
    category  TEXT NOT NULL,
    mails     BIGINT NOT NULL,
    last      BIGINT NOT NULL,
    PRIMARY KEY (person_id, actor, category)
) {clustered};
CREATE TABLE tally_month (
    person_id BIGINT NOT NULL,
    month     BIGINT NOT NULL,
    category  TEXT NOT NULL,
    mails     BIGINT NOT NULL,
    last      BIGINT NOT NULL,
    PRIMARY KEY (person_id, month, category)
) {clustered};

-- What an order's mails have in common, as purchases::keys says: those that share a key are candidates
-- for one purchase; `purchases::join` decides.
CREATE TABLE order_key (
    person_id BIGINT NOT NULL,
    key       BIGINT NOT NULL,
    message   BIGINT NOT NULL,
    PRIMARY KEY (person_id, key, message)
) {clustered};
CREATE INDEX order_key_message ON order_key (person_id, message);

-- Several mails about one order are one purchase with a history. Narrow: pages sum this table.
CREATE TABLE purchase (
    person_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,          -- the message.id that first told of it
    actor       BIGINT NOT NULL,          -- actor.id as in message; join actor.main
    kind        TEXT NOT NULL,            -- Nature::code: 'order', 'booking', 'bill', 'transfer', 'parcel'
    is_sale     BOOLEAN NOT NULL,         -- the person sold
    date        TEXT NOT NULL,            -- civil date of the order
    last_us     BIGINT NOT NULL,          -- of the last mail
    number      TEXT,
    status      TEXT NOT NULL,            -- OrderStatus::code, the stage reached
    payment     TEXT NOT NULL,            -- 'unpaid', 'supposed', 'paid'
    proof       TEXT NOT NULL,            -- 'none', 'doubtful', 'proved'
    currency    TEXT,
    total       BIGINT,
    spent       BIGINT,                   -- what it adds to "spent": total less confirmed refunds; NULL when it is not counted
    doubtful    BIGINT,                   -- what it would add if its sum were right; NULL when it is not doubtful
    refunded    BIGINT NOT NULL,          -- confirmed by a mail
    refunds     BIGINT NOT NULL,          -- how many are confirmed
    is_refund_unseen BOOLEAN NOT NULL,    -- one was announced and no mail confirms it
    unseen      BIGINT,                   -- how much that is, when known
    unseen_since TEXT,                    -- the day of the announcement
    received    TEXT,                     -- civil date, seen or estimated
    received_by TEXT,                     -- Known::code
    guaranteed_until TEXT,                -- of its things, when a professional sold
    lines       BIGINT NOT NULL,
    things      BIGINT NOT NULL,          -- units kept
    returned    BIGINT NOT NULL,          -- units that came back or were cancelled
    guaranteed  BIGINT NOT NULL,          -- units that guaranteed_until is about
    guaranteed_value BIGINT NOT NULL,     -- what those cost
    mails       BIGINT NOT NULL,
    sensitivity TEXT NOT NULL,
    PRIMARY KEY (person_id, id)
) {clustered};
-- By merchant and by nature, with what is summed: groups come in order, nothing is sorted.
CREATE INDEX purchase_actor ON purchase (person_id, actor, currency, kind, spent, lines, is_sale, date);
CREATE INDEX purchase_sums ON purchase (person_id, kind, is_sale, currency, total, spent, refunds, refunded, proof,
    doubtful, payment, status, things, returned, guaranteed, guaranteed_value, guaranteed_until, received,
    is_refund_unseen, unseen, date);
CREATE INDEX purchase_date ON purchase (person_id, date, id);

-- All that is known of it: JSON of purchases::Purchase.
CREATE TABLE purchase_body (
    person_id BIGINT NOT NULL,
    purchase  BIGINT NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (person_id, purchase)
) {clustered};

-- The things bought, one row a line; lines of sales, bookings and bills stand in the body only.
CREATE TABLE purchase_line (
    person_id   BIGINT NOT NULL,
    purchase    BIGINT NOT NULL,
    position    BIGINT NOT NULL,          -- from 0
    actor       BIGINT NOT NULL,          -- as in purchase
    date        TEXT NOT NULL,            -- as in purchase
    name        TEXT NOT NULL,
    words_key   TEXT NOT NULL,            -- name, variant and references, folded
    variant     TEXT,
    quantity    BIGINT NOT NULL,
    units       BIGINT NOT NULL,          -- whole things: 2 for two, 1 for a kilo and a half
    price       BIGINT,                   -- of the line
    currency    TEXT,
    image_url   TEXT,
    pictured_in BIGINT,                   -- the message whose picture it is
    seller_name TEXT,
    seller_is_professional BOOLEAN,
    state       TEXT NOT NULL,            -- ThingState::code, as mails tell it
    is_kept     BOOLEAN NOT NULL,
    received    TEXT,                     -- as in purchase
    received_by TEXT,
    guaranteed_until TEXT,
    sensitivity TEXT NOT NULL,
    PRIMARY KEY (person_id, purchase, position)
) {clustered};
CREATE INDEX purchase_line_words ON purchase_line
    (person_id, currency, is_kept, units, price, received, guaranteed_until, state, actor, date, purchase, position, words_key);
CREATE INDEX purchase_line_date ON purchase_line (person_id, date, purchase, position);
CREATE INDEX purchase_line_guarantee ON purchase_line (person_id, guaranteed_until);

-- Its parcels, for what waits and what is on its way.
CREATE TABLE purchase_parcel (
    person_id     BIGINT NOT NULL,
    purchase      BIGINT NOT NULL,
    position      BIGINT NOT NULL,
    message       BIGINT NOT NULL,        -- the last that speaks of it
    is_waiting    BOOLEAN NOT NULL,       -- at a relay point or in a locker
    waiting_since TEXT,
    carrier       TEXT,
    number        TEXT,
    pickup_point  TEXT,
    pickup_code   TEXT,
    pickup_until  TEXT,
    expected      TEXT,
    delivered     TEXT,
    PRIMARY KEY (person_id, purchase, position)
) {clustered};
CREATE INDEX purchase_parcel_waiting ON purchase_parcel (person_id, is_waiting, pickup_until);

-- Which mails speak of a purchase.
CREATE TABLE purchase_mail (
    person_id BIGINT NOT NULL,
    message   BIGINT NOT NULL,
    purchase  BIGINT NOT NULL,
    PRIMARY KEY (person_id, message)
) {clustered};
CREATE INDEX purchase_mail_purchase ON purchase_mail (person_id, purchase, message);

CREATE TABLE offer (
    person_id        BIGINT NOT NULL,
    message          BIGINT NOT NULL,
    position         BIGINT NOT NULL,     -- `offers[position]`
    actor            BIGINT,
    at_us            BIGINT NOT NULL,
    code             TEXT,
    description      TEXT NOT NULL,
    percent          BIGINT,
    amount           BIGINT,
    free_shipping    BOOLEAN NOT NULL,
    minimum_purchase BIGINT,
    valid_until      TEXT,
    PRIMARY KEY (person_id, message, position)
) {clustered};
CREATE INDEX offer_until ON offer (person_id, valid_until);
CREATE INDEX offer_actor ON offer (person_id, actor, at_us);

-- "Un document vous attend."
CREATE TABLE awaited_document (
    person_id BIGINT NOT NULL,
    message   BIGINT NOT NULL,
    position  BIGINT NOT NULL,
    actor     BIGINT,
    at_us     BIGINT NOT NULL,
    kind      TEXT NOT NULL,
    period    TEXT,
    until     TEXT,
    site      TEXT,
    PRIMARY KEY (person_id, message, position)
) {clustered};

-- Reservations and other schema.org objects, as the mail's markup gave them.
CREATE TABLE record (
    person_id BIGINT NOT NULL,
    message   BIGINT NOT NULL,
    position  BIGINT NOT NULL,            -- `records[position]`
    actor     BIGINT,
    at_us     BIGINT NOT NULL,
    kind      TEXT NOT NULL,              -- '@type'
    starts    TEXT,                       -- civil date where the markup gives one
    body      TEXT NOT NULL,              -- JSON
    PRIMARY KEY (person_id, message, position)
) {clustered};

-- ------------------------------------------------------------------ 3 her word

-- What the person said, in order; applied last, after any reading. Undoing is a later row.
CREATE TABLE correction (
    person_id BIGINT NOT NULL,
    id        BIGINT NOT NULL,
    at_us     BIGINT NOT NULL,
    kind      TEXT NOT NULL,              -- corrections::Word, or 'undo'
    subject   TEXT NOT NULL,              -- what it is about, by a name that survives reread
    body      TEXT NOT NULL,              -- JSON
    undone_by BIGINT,
    PRIMARY KEY (person_id, id)
) {clustered};

-- Which addresses are "me": guessed from the mailbox, confirmed by her.
CREATE TABLE own_address (
    person_id    BIGINT NOT NULL,
    address      TEXT NOT NULL,           -- lower case
    mails        BIGINT NOT NULL,         -- how many say so
    is_confirmed BOOLEAN,                 -- NULL: only guessed; FALSE: she said it is not hers
    PRIMARY KEY (person_id, address)
) {clustered};

-- What the program learnt of this mailbox ('authserv') and what the person chose.
CREATE TABLE setting (
    person_id BIGINT NOT NULL,
    name      TEXT NOT NULL,
    value     TEXT NOT NULL,
    PRIMARY KEY (person_id, name)
) {clustered};

-- ------------------------------------------------------------------ text index

-- Two forms made in Rust (search::index), tokens parted by spaces: words folded, in order, for phrases
-- and prefixes; stems folded, each once, for bare words. The row is message.id.
--! sqlite
CREATE VIRTUAL TABLE word_index USING fts5 (text, content = '', columnsize = 0,
    tokenize = "ascii", detail = full);
CREATE VIRTUAL TABLE stem_index USING fts5 (text, content = '', columnsize = 0,
    tokenize = "ascii", detail = none);
--! postgres
CREATE TABLE text_index (
    person_id BIGINT NOT NULL,
    message   BIGINT NOT NULL,
    words     TSVECTOR NOT NULL,
    stems     TSVECTOR NOT NULL,
    PRIMARY KEY (person_id, message)
);
CREATE INDEX text_index_words ON text_index USING gin (words);
CREATE INDEX text_index_stems ON text_index USING gin (stems);
--! both
