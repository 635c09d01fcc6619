-- What pages look for and few rows have: these indexes hold those rows only, so that an import writes
-- nothing into them.

-- Mails that were delivered to a dedicated address: they have no place inside their source.
CREATE INDEX arrival_delivered ON arrival (person_id, source, message) WHERE place = '';
-- Refunds that a mail announced and none confirms.
CREATE INDEX purchase_unseen ON purchase (person_id, unseen_since) WHERE is_refund_unseen;
