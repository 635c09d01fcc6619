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

-- What an order's mails have in common: number, parcel, and so on. Mails that share one are candidates
-- for one purchase; `purchases` decides.
CREATE TABLE order_key (
    person_id BIGINT NOT NULL,
    key       TEXT NOT NULL,
    message   BIGINT NOT NULL,
    PRIMARY KEY (person_id, key, message)
) {clustered};
CREATE INDEX order_key_message ON order_key (person_id, message);

-- Several mails about one order are one purchase with a history.
CREATE TABLE purchase (
    person_id   BIGINT NOT NULL,
    id          BIGINT NOT NULL,          -- the message.id that first told of it
    actor       BIGINT,                   -- actor.id as in message; join actor.main
    number      TEXT,
    number_key  TEXT,
    kind        TEXT NOT NULL,            -- 'order', 'bill', 'booking', 'transfer', 'parcel'
    role        TEXT NOT NULL,            -- 'buyer', 'seller'
    date        TEXT NOT NULL,            -- civil date of the order
    at_us       BIGINT NOT NULL,          -- of the first mail
    last_us     BIGINT NOT NULL,          -- of the last mail
    status      TEXT,                     -- OrderStatus::code, the latest stage
    currency    TEXT,
    total       BIGINT,
    subtotal    BIGINT,
    shipping    BIGINT,
    tax         BIGINT,
    discount    BIGINT,
    fees        BIGINT,
    refunded    BIGINT,
    spent       BIGINT,                   -- what counts as spent (total less refunds; 0 when cancelled or unpaid); NULL when not known
    proof       TEXT NOT NULL,            -- 'none', 'doubtful', 'proved'
    is_doubtful BOOLEAN NOT NULL,         -- counted apart until the person confirms it
    is_removed  BOOLEAN NOT NULL,         -- the person said: not an order
    sensitivity TEXT NOT NULL,
    mails       BIGINT NOT NULL,
    body        TEXT NOT NULL,            -- JSON of what `purchases` knows beyond these columns
    PRIMARY KEY (person_id, id)
) {clustered};
CREATE INDEX purchase_actor ON purchase (person_id, actor, date);
CREATE INDEX purchase_date ON purchase (person_id, date, id);

CREATE TABLE purchase_line (
    person_id   BIGINT NOT NULL,
    purchase    BIGINT NOT NULL,
    position    BIGINT NOT NULL,          -- from 0
    message     BIGINT NOT NULL,          -- where it was read
    source_line BIGINT NOT NULL,          -- its place in that mail's order: `order.lines[source_line]`
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL,
    quantity    BIGINT,
    unit_price  BIGINT,
    total       BIGINT,
    currency    TEXT,
    sku         TEXT,
    gtin        TEXT,
    image_url   TEXT,
    url         TEXT,
    variant     TEXT,
    description TEXT,
    seller_name TEXT,
    seller_is_professional BOOLEAN,
    state       TEXT,                     -- OrderStatus::code of this line where it differs, or NULL
    sensitivity TEXT NOT NULL,
    PRIMARY KEY (person_id, purchase, position)
) {clustered};

CREATE TABLE purchase_parcel (
    person_id    BIGINT NOT NULL,
    purchase     BIGINT NOT NULL,
    position     BIGINT NOT NULL,
    message      BIGINT NOT NULL,
    carrier      TEXT,
    number       TEXT,
    url          TEXT,
    pickup_point TEXT,
    pickup_code  TEXT,
    pickup_until TEXT,
    expected     TEXT,
    delivered    TEXT,                    -- civil date
    status       TEXT,
    PRIMARY KEY (person_id, purchase, position)
) {clustered};

-- The history of a purchase, and all its mails.
CREATE TABLE purchase_event (
    person_id BIGINT NOT NULL,
    purchase  BIGINT NOT NULL,
    position  BIGINT NOT NULL,
    message   BIGINT NOT NULL,
    at_us     BIGINT NOT NULL,
    status    TEXT,
    amount    BIGINT,                     -- what was refunded, paid...
    PRIMARY KEY (person_id, purchase, position)
) {clustered};
CREATE INDEX purchase_event_message ON purchase_event (person_id, message);

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
